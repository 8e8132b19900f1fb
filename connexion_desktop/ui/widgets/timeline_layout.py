"""Where everything of a journey's band goes: months, phases, marks, lanes, events, captions.

Arithmetic on rectangles in logical pixels, so that no two labels cover each other at any width or
text size; painting is `timeline`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF

from connexion_desktop.domain.band import Band, BandEvent, BandMark, Phase
from connexion_desktop.domain.calendar_fr import add_months, monday_of
from connexion_desktop.domain.feed import Lane
from connexion_desktop.domain.french_dates import SHORT_MONTHS

TODAY_WORD = "aujourd’hui"

_MOST_TRACKS = 3
_BETWEEN = 2.0
"""Between two bars one over the other, in logical pixels."""

_BOLD = 1.18
"""How much wider a text is in the phases' bold."""

Measure = Callable[[str], float]
"""The width of a text in the band's small font."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The band's lengths, already scaled with the text, in logical pixels."""

    months: float
    phase: float
    marks: float
    lane: float
    dot: float
    bar: float
    pad: float

    @classmethod
    def scaled(cls, px: Callable[[float], int]) -> Sizes:
        """The lengths for a text size."""
        return cls(px(19), px(19), px(19), px(18), px(10), px(9), px(5))

    @property
    def height(self) -> float:
        """Of the whole band."""
        return self.months + self.phase + self.marks + self.lane * len(Lane) + self.pad


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its left edge, and its name where there is room for one."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class PhaseBox:
    """A phase, and the words that fit in it, clear of the line of today."""

    phase: Phase
    rect: QRectF
    text: QRectF
    label: str


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A dashed line, and its word where there is room."""

    mark: BandMark
    x: float
    text: QRectF | None


@dataclass(frozen=True, slots=True)
class Spot:
    """An event, where it is drawn, and its caption where there is room."""

    event: BandEvent
    rect: QRectF
    caption: QRectF | None = None


@dataclass(frozen=True, slots=True)
class Geometry:
    """Everything placed. `today` is None when the day is outside the band."""

    left: float
    right: float
    lanes: dict[Lane, float] = field(default_factory=dict)
    months: tuple[Month, ...] = ()
    phases: tuple[PhaseBox, ...] = ()
    marks: tuple[MarkLine, ...] = ()
    today: float | None = None
    pill: QRectF | None = None
    spots: tuple[Spot, ...] = ()

    def at(self, point: QPointF, slack: float) -> Spot | None:
        """The event under a point, or the nearest within `slack`."""
        near = [
            spot
            for spot in self.spots
            if spot.rect.adjusted(-slack, -slack, slack, slack).contains(point)
        ]

        def distance(spot: Spot) -> tuple[float, float]:
            away = spot.rect.center() - point
            return abs(away.y()), abs(away.x())

        return min(near, key=distance, default=None)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every placing needs: the band, its edges, its scale, its lengths."""

    band: Band
    left: float
    right: float
    sizes: Sizes
    measure: Measure

    @property
    def per_day(self) -> float:
        days = self.band.last.toordinal() + 1 - self.band.first.toordinal()
        return (self.right - self.left) / days

    @property
    def today(self) -> float | None:
        day = self.band.today
        return self.middle(day) if self.band.first <= day <= self.band.last else None

    @property
    def marks_top(self) -> float:
        return self.sizes.months + self.sizes.phase

    def lane_top(self, lane: Lane) -> float:
        """Where a lane begins, from the top."""
        return self.marks_top + self.sizes.marks + list(Lane).index(lane) * self.sizes.lane

    def x(self, day: date) -> float:
        """The left edge of a day."""
        return self.left + (day.toordinal() - self.band.first.toordinal()) * self.per_day

    def middle(self, day: date) -> float:
        return self.x(day) + self.per_day / 2


def lay_out(band: Band, width: float, sizes: Sizes, measure: Measure) -> Geometry:
    """Place everything in a band `width` wide."""
    left = max(measure(lane.label) for lane in Lane) + 3 * sizes.pad
    frame = _Frame(band, left, max(width - sizes.pad, left + 1), sizes, measure)
    top = frame.marks_top + sizes.marks
    lanes = {lane: top + (index + 0.5) * sizes.lane for index, lane in enumerate(Lane)}
    pill = _pill(frame)
    return Geometry(
        left=left,
        right=frame.right,
        lanes=lanes,
        months=tuple(_months(frame)),
        phases=tuple(_phase_box(phase, frame) for phase in band.phases),
        marks=tuple(_mark_lines(frame, pill)),
        today=frame.today,
        pill=pill,
        spots=_with_captions(_spots(frame, lanes), frame),
    )


def _months(frame: _Frame) -> list[Month]:
    """Every month is named, or every second, third, sixth: as many as fit. Januaries are."""
    firsts = []
    day = frame.band.first
    while day <= frame.band.last:
        firsts.append(day)
        day = add_months(day, 1)
    for stride in (1, 2, 3, 6):
        labels = {day: _month_label(day, stride, frame) for day in firsts}
        if "?" not in labels.values():
            break
    return [Month(frame.x(day), labels[day].strip("?")) for day in firsts]


def _month_label(day: date, stride: int, frame: _Frame) -> str:
    """Its name if it is to be named, « ? » where that does not fit."""
    if (day.month - 1) % stride:
        return ""
    end = min(add_months(day, stride), frame.band.last + timedelta(days=1))
    room = frame.x(end) - frame.x(day) - frame.sizes.pad
    name = SHORT_MONTHS[day.month - 1]
    wanted = (f"{name} {day.year}", name) if day.month == 1 else (name,)
    cut_short = end < add_months(day, stride)
    fitting = (text for text in wanted if frame.measure(text) <= room)
    return next(fitting, "" if cut_short else "?")


def _pill(frame: _Frame) -> QRectF | None:
    if frame.today is None:
        return None
    width = frame.measure(TODAY_WORD) + 2.4 * frame.sizes.pad
    x = min(max(frame.today - width / 2, frame.left), frame.right - width)
    height = frame.sizes.marks
    return QRectF(x, frame.marks_top + height * 0.08, width, height * 0.84)


def _phase_box(phase: Phase, frame: _Frame) -> PhaseBox:
    """The longest of its words that fit, on one side of today's line."""
    sizes, today = frame.sizes, frame.today
    start, end = frame.x(phase.first), frame.x(phase.last + timedelta(days=1))
    rect = QRectF(start, sizes.months, end - start - 2, sizes.phase)
    whole = rect.adjusted(1.6 * sizes.pad, 0, -sizes.pad, 0)
    before, after = QRectF(whole), QRectF(whole)
    if today is not None and whole.left() < today < whole.right():
        before.setRight(today - sizes.pad)
        after.setLeft(today + 1.4 * sizes.pad)
    for label in phase.labels:
        for room in (before, after):
            if frame.measure(label) * _BOLD <= room.width():
                return PhaseBox(phase, rect, room, label)
    return PhaseBox(phase, rect, whole, "")


def _mark_lines(frame: _Frame, pill: QRectF | None) -> Iterable[MarkLine]:
    """Each word stands left of its line, or right of it, where nothing is already."""
    taken = [pill] if pill is not None else []
    pad, height = frame.sizes.pad, frame.sizes.marks
    for mark in frame.band.marks:
        x = frame.x(mark.on)
        width = frame.measure(mark.label)
        places = [
            place
            for place in (
                QRectF(x - width - pad, frame.marks_top, width, height),
                QRectF(x + pad, frame.marks_top, width, height),
            )
            if place.left() >= frame.left
            and place.right() <= frame.right
            and not any(place.intersects(other) for other in taken)
        ]
        taken += places[:1]
        yield MarkLine(mark, x, places[0] if places else None)


def _spots(frame: _Frame, lanes: dict[Lane, float]) -> list[Spot]:
    by_lane: dict[Lane, list[BandEvent]] = defaultdict(list)
    for event in frame.band.events:
        by_lane[event.lane].append(event)
    spots: list[Spot] = []
    for lane, events in by_lane.items():
        spots += _bars([event for event in events if event.until is not None], frame, lanes[lane])
        points = [event for event in events if event.until is None]
        spread = _days if lane is Lane.GROUP else _dots
        spots += spread(points, frame, lanes[lane])
    order = {id(event): index for index, event in enumerate(frame.band.events)}
    return sorted(spots, key=lambda spot: order[id(spot.event)])


def _bars(events: Sequence[BandEvent], frame: _Frame, y: float) -> list[Spot]:
    """One over the other where they would cover each other: two loans at once are two."""
    boxes = [_bar(event, frame) for event in events]
    tracks: list[float] = []
    track_of: list[int] = []
    for left, width in boxes:
        track = next((place for place, end in enumerate(tracks) if end <= left), len(tracks))
        track = min(track, _MOST_TRACKS - 1)
        if track == len(tracks):
            tracks.append(0.0)
        tracks[track] = max(tracks[track], left + width)
        track_of.append(track)
    count = len(tracks)
    height = min(frame.sizes.bar, (frame.sizes.lane - _BETWEEN * count) / max(count, 1))
    top = y - (height * count + _BETWEEN * (count - 1)) / 2
    return [
        Spot(event, QRectF(left, top + track * (height + _BETWEEN), width, height))
        for event, (left, width), track in zip(events, boxes, track_of, strict=True)
    ]


def _bar(event: BandEvent, frame: _Frame) -> tuple[float, float]:
    """Where a bar begins, and how wide it is."""
    start = frame.x(max(event.on, frame.band.first))
    last = min(event.until or event.on, frame.band.last)
    return start, max(frame.x(last + timedelta(days=1)) - start, frame.sizes.dot * 1.2)


def _days(events: Sequence[BandEvent], frame: _Frame, y: float) -> list[Spot]:
    """Days of the group, side by side in the room of their week: two days are told apart."""
    weeks: dict[date, list[BandEvent]] = defaultdict(list)
    for event in events:
        weeks[monday_of(event.on)].append(event)
    room, dot = frame.per_day * 7, frame.sizes.dot
    spots: list[Spot] = []
    for monday, days in weeks.items():
        step = min(room / max(len(days), 2), dot)
        x = frame.x(monday) + (room - step * len(days)) / 2
        for index, event in enumerate(days):
            box = QRectF(x + index * step, y - (dot - 1) / 2, max(step - 1, 2), dot - 1)
            spots.append(Spot(event, box))
    return spots


def _dots(events: Sequence[BandEvent], frame: _Frame, y: float) -> list[Spot]:
    """Events close to one another are spread a little, like coins, so that each can be seen."""
    dot = frame.sizes.dot
    spots: list[Spot] = []
    free = float("-inf")
    for event in sorted(events, key=lambda each: each.on):
        true = frame.middle(event.on)
        x = min(max(true, free), true + dot)
        free = x + dot * 0.55
        spots.append(Spot(event, QRectF(x - dot / 2, y - dot / 2, dot, dot)))
    return spots


def _with_captions(spots: Sequence[Spot], frame: _Frame) -> tuple[Spot, ...]:
    taken: dict[Lane, list[QRectF]] = defaultdict(list)
    for spot in spots:
        taken[spot.event.lane].append(spot.rect)
    placed = []
    for spot in spots:
        lane = taken[spot.event.lane]
        caption = _caption_place(spot, lane, frame) if spot.event.caption else None
        lane += [caption] if caption is not None else []
        placed.append(Spot(spot.event, spot.rect, caption))
    return tuple(placed)


def _caption_place(spot: Spot, taken: Sequence[QRectF], frame: _Frame) -> QRectF | None:
    """Right of its bar, else left of it, else after all the rest; clear of everything of its lane
    and of today's line."""
    width, gap = frame.measure(spot.event.caption) + 1, 1.2 * frame.sizes.pad
    bar, height, today = spot.rect, frame.sizes.lane, frame.today
    after = max(other.right() for other in taken)
    top = frame.lane_top(spot.event.lane)
    for x in (bar.right() + gap, bar.left() - width - gap, after + gap):
        place = QRectF(x, top, width, height)
        inside = frame.left <= place.left() and place.right() <= frame.right
        crossed = today is not None and place.left() - 2 < today < place.right() + 2
        if inside and not crossed and not any(place.intersects(other) for other in taken):
            return place
    return None
