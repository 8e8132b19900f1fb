"""Which days of a group's presences are in sight, and where its grid is first looked at."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from connexion_desktop.domain.calendar_fr import monday_of
from connexion_desktop.domain.presence_grid import PresenceGrid
from connexion_desktop.domain.presences import Slot

_WEEK = timedelta(weeks=1)


class Span(StrEnum):
    """How many days are in sight."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    CYCLE = "cycle"

    @property
    def label(self) -> str:
        """French words."""
        return {"week": "Une semaine", "fortnight": "Deux semaines", "cycle": "Tout le cycle"}[
            self.value
        ]

    @property
    def short(self) -> str:
        """The same where there is little room."""
        return {"week": "1 sem.", "fortnight": "2 sem.", "cycle": "Cycle"}[self.value]

    @property
    def weeks(self) -> int:
        """How many weeks one goes on by."""
        return 1 if self is Span.WEEK else 2


def days_of(grid: PresenceGrid, span: Span, day: date) -> tuple[date, date]:
    """The first and the last day in sight around a day. Two weeks are the first and second of the
    group, the third and fourth…"""
    if not grid.columns:
        return day, day
    first, last = grid.columns[0].slot.on, grid.columns[-1].slot.on
    if span is Span.CYCLE:
        return first, last
    shown = min(max(day, first), last)
    begins = monday_of(first)
    blocks = (shown - begins) // (span.weeks * _WEEK)
    start = begins + blocks * span.weeks * _WEEK
    return start, start + span.weeks * _WEEK - timedelta(days=1)


def first_slot(grid: PresenceGrid, day: date) -> Slot | None:
    """Where the keyboard is put: on the first half-day of that day that has somebody to mark, else
    on its first; on the nearest before it where it holds none, else on the first of all."""
    slots = [each.slot for each in grid.columns]
    of_day = [slot for slot in slots if slot.on == day]
    blank = (slot for slot in of_day if grid.to_mark([slot], guests=True))
    before = (slot for slot in reversed(slots) if slot.on < day)
    return next(iter((*blank, *of_day, *before, *slots)), None)
