"""A séance moved by a half-day, by a day, or to where it was dropped: what it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import full_day
from connexion_desktop.domain.meetings import DAY, MeetingRow
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presences import Slot
from connexion_desktop.domain.programme_template import USUAL_HOURS

_WEEKEND = 5
_APART = USUAL_HOURS[Half.AFTERNOON][0] - USUAL_HOURS[Half.MORNING][0]
_SAFE = "Rien n’a changé."
_HALVES = {Half.MORNING: "le matin", Half.AFTERNOON: "l’après-midi"}


@dataclass(frozen=True, slots=True)
class When:
    """A day, and from when to when, in minutes."""

    on: date
    start: int
    end: int

    @property
    def columns(self) -> dict[str, date | int]:
        """As the base holds it."""
        return {"on": self.on, "start": self.start, "end": self.end}


def to_half(meeting: MeetingRow, half: Half) -> When:
    """The same séance in the morning or in the afternoon, as far from its beginning, or as near to
    that as the half-day leaves room for. Raises UserError where it is there already, takes the
    whole day, or is longer than that half-day."""
    if len(meeting.halves) > 1:
        raise UserError("Cette séance prend toute la journée.", _SAFE, "Changez ses heures.")
    if meeting.halves == (half,):
        raise UserError(f"Cette séance est déjà {_HALVES[half]}.", _SAFE)
    first, last = Slot(meeting.on, half).bounds
    latest = last - (meeting.end - meeting.start)
    if latest < first:
        raise UserError(
            f"Cette séance est plus longue que {_HALVES[half]}.", _SAFE, "Changez ses heures."
        )
    step = _APART if half is Half.AFTERNOON else -_APART
    return at(meeting, meeting.on, min(max(meeting.start + step, first), latest))


def by_days(meeting: MeetingRow, step: int) -> When:
    """The same séance on the next (1) or last (-1) day that is not of a weekend."""
    day = meeting.on + timedelta(days=step)
    while day.weekday() >= _WEEKEND:
        day += timedelta(days=step)
    return at(meeting, day, meeting.start)


def at(meeting: MeetingRow, on: date, start: int) -> When:
    """The same séance at another time, as long, within the day."""
    length = meeting.end - meeting.start
    start = min(max(start, 0), DAY - length)
    return When(on, start, start + length)


def moved_told(meeting: MeetingRow, closed: str) -> str:
    """« Mon CV : mardi 7 avril, 9 h – 12 h », and why that day is closed where it is."""
    told = f"{meeting.title} : {full_day(meeting.on)}, {meeting.hours}"
    return f"{told} (jour fermé : {closed})" if closed else told
