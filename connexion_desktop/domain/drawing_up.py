"""A cycle drawn up in one go: the séances that a model puts on its days, and what a second drawing
leaves as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from connexion_desktop.domain.meetings import MeetingRow, MeetingState, NewMeeting
from connexion_desktop.domain.new_id import new_id
from connexion_desktop.domain.programme_days import Cycle, CycleDay
from connexion_desktop.domain.programme_template import ACTIVITY, Template, TemplateLine


@dataclass(frozen=True, slots=True)
class DrawUp:
    """Draw up the séances of a group from a model (None: the one that is shipped), on `today`."""

    cohort_id: UUID
    template_id: UUID | None
    today: date


@dataclass(frozen=True, slots=True)
class OfferedActivity:
    """An activity that the group is offered: its words, and who holds it."""

    code: str
    label: str
    partner_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the séances of a group have in common: where it meets, who leads its workshops, and the
    activities it is offered."""

    cohort_id: UUID
    place: str = ""
    leader_id: UUID | None = None
    activities: tuple[OfferedActivity, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """What drawing up does: the `cycle` that it follows, the séances `made`, those that go, and how
    many stay: up to the last day that took place, or where a presence is noted."""

    cycle: Cycle
    made: tuple[NewMeeting, ...]
    dropped: tuple[UUID, ...]
    kept: int

    @property
    def told(self) -> str:
        """« 92 séances sur 24 jours, du… ; 1 jour fermé, rattrapé. 12 séances passées ou notées
        restent ; 40 à venir sont remplacées. »"""
        count = len(self.made)
        parts = [f"{count} séance{'s' * (count > 1)} à établir. Le cycle : {self.cycle.told}."]
        if self.kept:
            parts.append(_counted(self.kept, "passée ou notée reste", "passées ou notées restent"))
        if self.dropped:
            parts.append(
                _counted(len(self.dropped), "à venir est remplacée", "à venir sont remplacées")
            )
        return " ".join(parts)


def _counted(count: int, one: str, many: str) -> str:
    return f"1 séance {one}." if count == 1 else f"{count} séances {many}."


def draw(
    cycle: Cycle,
    template: Template,
    known: Sequence[MeetingRow],
    where: Circumstances,
    today: date,
) -> Drawing:
    """What the model puts on the days of the cycle. Up to the last day that took place, or where a
    presence is noted, all stays as it is; what follows is replaced."""
    last = max((each.on for each in known if is_settled(each, today)), default=date.min)
    made = tuple(
        meeting
        for day in cycle.days
        if day.on > last
        for line in template.of(day.week, day.rank)
        for meeting in _made(day, line, where)
    )
    dropped = tuple(each.id for each in known if each.on > last)
    return Drawing(cycle, made, dropped, len(known) - len(dropped))


def is_settled(meeting: MeetingRow, today: date) -> bool:
    """Whether a séance is no longer to be drawn: it took place, or somebody's presence is noted."""
    return meeting.on < today or meeting.marked > 0 or meeting.state is MeetingState.HELD


def _made(day: CycleDay, line: TemplateLine, where: Circumstances) -> list[NewMeeting]:
    """The séance of a line on its day; for an activity, one for each that the group is offered."""

    def meeting(title: str, **more: Any) -> NewMeeting:
        return NewMeeting(
            new_id(), where.cohort_id, day.on, line.start, line.end, line.kind, title, **more
        )

    if line.kind != ACTIVITY or not where.activities:
        leader = None if line.kind == ACTIVITY else where.leader_id
        return [meeting(line.title, place=where.place, leader_id=leader)]
    return [
        meeting(activity.label, partner_id=activity.partner_id, activity=activity.code)
        for activity in where.activities
    ]
