"""Where everything of a week is drawn: pure geometry, in logical pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QPoint, QRect

from connexion_desktop.domain.programme_week import Slot, Week, WeekDay

_STEP = 15
"""What is dropped begins on a quarter of an hour, in minutes."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """What grows with the text: the hours at the left, the heads of the days, the least height of
    an hour, the space between two séances."""

    gutter: int
    head: int
    hour: int
    gap: int

    @classmethod
    def scaled(cls, px: Callable[[float], int]) -> Sizes:
        """At the size of text in force."""
        return cls(px(50), px(46), px(50), px(3))


@dataclass(frozen=True, slots=True)
class WeekLayout:
    """A week drawn in `width` × `height`: the days share what the hours leave, an hour takes what
    its part of the height is, or the least it needs: it then scrolls."""

    week: Week
    hours: tuple[int, int]
    width: int
    height: int
    sizes: Sizes

    @property
    def per_hour(self) -> float:
        """How high an hour is."""
        count = (self.hours[1] - self.hours[0]) / 60
        return max((self.height - self.sizes.head - self.sizes.gap) / count, self.sizes.hour)

    @property
    def whole(self) -> int:
        """How high all of it is, heads included."""
        count = (self.hours[1] - self.hours[0]) / 60
        return round(self.sizes.head + self.sizes.gap + count * self.per_hour)

    def column(self, place: int) -> QRect:
        """The column of a day, its head included."""
        room, count = self.width - self.sizes.gutter, len(self.week.days)
        left = self.sizes.gutter + room * place // count
        return QRect(
            left, 0, self.sizes.gutter + room * (place + 1) // count - left, max(self.whole, 0)
        )

    def head(self, place: int) -> QRect:
        """Where the day is named."""
        column = self.column(place)
        return QRect(column.x(), 0, column.width(), self.sizes.head)

    def y_of(self, minute: int) -> int:
        """How far down a time of the day is."""
        return round(self.sizes.head + (minute - self.hours[0]) / 60 * self.per_hour)

    def minute_at(self, y: int) -> int:
        """The time of the day at that height, to the quarter of an hour."""
        minute = self.hours[0] + (y - self.sizes.head) / self.per_hour * 60
        return round(minute / _STEP) * _STEP

    def day_at(self, x: int) -> WeekDay:
        """The day under a point, the nearest one outside."""
        room, count = max(self.width - self.sizes.gutter, 1), len(self.week.days)
        return self.week.days[min(max((x - self.sizes.gutter) * count // room, 0), count - 1)]

    def block(self, place: int, slot: Slot) -> QRect:
        """Where a séance of a day is drawn."""
        return self.span(place, slot.meeting.start, slot.meeting.end, slot.lane, slot.lanes)

    def span(self, place: int, start: int, end: int, lane: int = 0, lanes: int = 1) -> QRect:
        """A time of a day, in one of its lanes."""
        column, gap = self.column(place), self.sizes.gap
        left, right = column.x() + gap, column.right() + 1 - gap
        wide = right - left
        first, last = left + wide * lane // lanes, left + wide * (lane + 1) // lanes
        top, bottom = self.y_of(start), self.y_of(end)
        return QRect(first, top + 1, last - first - gap * (lane + 1 < lanes), bottom - top - gap)

    def blocks(self) -> list[tuple[Slot, QRect]]:
        """Every séance and where it is drawn, by day then time."""
        return [
            (slot, self.block(place, slot))
            for place, day in enumerate(self.week.days)
            for slot in day.slots
        ]

    def place_of(self, meeting_id: UUID) -> QRect:
        """Where a séance is drawn; nowhere if it is not of this week."""
        found = (rect for slot, rect in self.blocks() if slot.meeting.id == meeting_id)
        return next(found, QRect())

    def at(self, point: QPoint) -> int:
        """Which séance is under a point, counted from the first; -1 for none."""
        rects = [rect for _, rect in self.blocks()]
        return next((rank for rank, rect in enumerate(rects) if rect.contains(point)), -1)
