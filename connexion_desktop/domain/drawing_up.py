"""A cycle drawn up in one go: the séances that a model puts on its days, and what a second drawing
leaves as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from connexion_desktop.domain.meetings import MeetingRow, MeetingState, NewMeeting
from connexion_desktop.domain.new_id import new_id
from connexion_desktop.domain.programme_days import Cycle
from connexion_desktop.domain.programme_template import ACTIVITY, AWAY, Template, TemplateLine


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


def _always_open(_day: date) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the séances of a group have in common: where it meets (not for what is held `AWAY`),
    who leads its workshops, the activities it is offered; `closed(day)` says why it is closed on a
    day."""

    cohort_id: UUID
    place: str = ""
    leader_id: UUID | None = None
    activities: tuple[OfferedActivity, ...] = ()
    closed: Callable[[date], str] = _always_open


@dataclass(frozen=True, slots=True)
class Drawing:
    """What drawing up does: the `cycle` that it follows, the séances `made`, those that they take
    the place of (`dropped`; one on the same day and hours keeps its id), and how many stay: up to
    the last day that took place, or where a presence is noted. The lines of the model `left_out`
    have no day in this cycle."""

    cycle: Cycle
    made: tuple[NewMeeting, ...]
    dropped: tuple[UUID, ...]
    kept: int
    left_out: int = 0

    @property
    def gone(self) -> tuple[UUID, ...]:
        """Those that nothing takes the place of."""
        made = {each.id for each in self.made}
        return tuple(each for each in self.dropped if each not in made)

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
        if self.left_out:
            many = self.left_out > 1
            parts.append(
                f"{self.left_out} séance{'s' * many} du modèle n’{'ont' if many else 'a'} pas de "
                "jour dans ce cycle."
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
    placed = list(_placed(cycle, template, where.closed))
    made = [
        meeting
        for on, line in sorted(placed, key=lambda each: (each[0], each[1].hours))
        if on > last
        for meeting in _made(on, line, where)
    ]
    dropped = [each for each in known if each.on > last]
    return Drawing(
        cycle,
        tuple(_as_known(made, dropped)),
        tuple(each.id for each in dropped),
        len(known) - len(dropped),
        len(template.lines) - len(placed),
    )


def _as_known(made: Sequence[NewMeeting], dropped: Sequence[MeetingRow]) -> Iterator[NewMeeting]:
    """Each under the id of one that it takes the place of, on the same day and hours, of the same
    activity: calendars that hold it then know it again. Of several, the one of the same title."""
    left: dict[object, list[MeetingRow]] = defaultdict(list)
    for row in dropped:
        left[row.on, row.start, row.end, row.activity].append(row)
    for new in made:
        found = left[new.on, new.start, new.end, new.activity]
        if found:
            row = min(found, key=lambda each: each.title != new.title)
            found.remove(row)
            yield replace(new, id=row.id)
        else:
            yield new


def is_settled(meeting: MeetingRow, today: date) -> bool:
    """Whether a séance is no longer to be drawn: it took place, or somebody's presence is noted."""
    return meeting.on < today or meeting.marked > 0 or meeting.state is MeetingState.HELD


def _placed(
    cycle: Cycle, template: Template, closed: Callable[[date], str]
) -> Iterator[tuple[date, TemplateLine]]:
    """The lines of a model that have a day in a cycle, and that day."""
    days = {(day.week, day.rank): day.on for day in cycle.days}
    for line in template.lines:
        if line.weekday is None:
            on = days.get((line.week, line.day))
        else:
            on = cycle.apart(line.week, line.weekday, closed)
        if on is not None:
            yield on, line


def _made(on: date, line: TemplateLine, where: Circumstances) -> list[NewMeeting]:
    """The séance of a line on its day; for an activity, one for each that the group is offered,
    unless the line says which."""

    def meeting(title: str, **more: Any) -> NewMeeting:
        return NewMeeting(
            new_id(), where.cohort_id, on, line.start, line.end, line.kind, title, **more
        )

    if line.kind != ACTIVITY:
        return [
            meeting(
                line.title,
                place=line.place or ("" if line.kind in AWAY else where.place),
                leader_id=where.leader_id,
                partner_id=line.partner_id,
                activity=line.activity,
            )
        ]
    wanted = [each for each in where.activities if line.activity in ("", each.code)]
    if not wanted:
        place = line.place or where.place
        return [
            meeting(line.title, place=place, partner_id=line.partner_id, activity=line.activity)
        ]
    return [
        meeting(
            line.title if line.activity else activity.label,
            place=line.place,
            partner_id=(line.partner_id if line.activity else None) or activity.partner_id,
            activity=activity.code,
        )
        for activity in wanted
    ]
