"""What is marked follows what becomes of its séances: its hours are counted again, and nothing is
left noted at what takes no place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presences import SAFE, CellKey, Slot

from . import meeting_reads
from .presence_cells import Sheet
from .roles import not_mine

_FIRST = "etirez d’abord ses présences (onglet « Présences »)"


class _Loose(Enum):
    """Why a mark no longer holds to its séance: what is refused then, and the way on."""

    GONE = ("elle ne se supprime pas", f"R{_FIRST}.")
    CANCELLED = ("elle ne s’annule pas", f"Si elle n’a pas eu lieu, r{_FIRST}, puis annulez-la.")
    ELSEWHERE = ("elle ne change plus de demi-journée", f"R{_FIRST}, ou ajoutez une autre séance.")
    LEFT_OUT = ("qui y a été noté y reste", "Retirez d’abord sa présence (onglet « Présences »).")


@dataclass(frozen=True, slots=True)
class _Noted:
    """What is marked around some séances: the half-days where they count; by mark, whose it is,
    which séance it is tied to, and why it does not hold there."""

    meetings: Mapping[UUID, MeetingRow] = field(default_factory=dict)
    cells: frozenset[CellKey] = frozenset()
    loose: Mapping[UUID, tuple[UUID, UUID, _Loose]] = field(default_factory=dict)

    @classmethod
    def around(cls, session: Session, ids: Collection[UUID]) -> _Noted:
        marks = _marks(session, ids)
        if not marks:
            return cls()
        meeting = m.Meeting
        standing = sa.select(meeting.id).where(meeting.id.in_(ids), meeting.deleted_at.is_(None))
        groups = sa.select(m.Cohort.id).join(meeting, meeting.cohort_id == m.Cohort.id)
        people = meeting_reads.participants_of(session, groups.where(meeting.id.in_(ids)))
        told = {each.id: each for each in meeting_reads.read(session, standing).told(people)}
        cells: set[CellKey] = set()
        loose: dict[UUID, tuple[UUID, UUID, _Loose]] = {}
        for mark in marks:
            key = CellKey(mark.journey_id, Slot(mark.on, Half(mark.half)))
            tied = mark.meeting_id in ids
            if tied and (why := _why_loose(key, told.get(mark.meeting_id))) is not None:
                loose[mark.id] = (mark.meeting_id, mark.journey_id, why)
            if tied or any(_counts(key, each) for each in told.values()):
                cells.add(key)
        return cls(told, frozenset(cells), loose)

    def holds(self, mark: UUID, why: _Loose) -> bool:
        """Whether a mark held to its séance, but for `why`: who is no more expected there (they
        left their group) is noted there all the same."""
        if mark not in self.loose:
            return True
        return self.loose[mark][2] is _Loose.LEFT_OUT and why is not _Loose.LEFT_OUT

    def refuse_loosened(self, before: _Noted) -> None:
        """Raise UserError where a mark held to its séance before, and no more."""
        people: dict[tuple[UUID, _Loose], set[UUID]] = defaultdict(set)
        for mark, (meeting_id, journey_id, why) in self.loose.items():
            if before.holds(mark, why) and meeting_id in before.meetings:
                people[meeting_id, why].add(journey_id)
        for (meeting_id, why), noted in people.items():
            meeting, many = before.meetings[meeting_id], len(noted) > 1
            told = f"{len(noted)} présences sont notées" if many else "1 présence est notée"
            consequence, todo = why.value
            raise UserError(
                f"« {meeting.title} » ({long_day(meeting.on)}) : {told}, {consequence}.", SAFE, todo
            )


def _marks(session: Session, ids: Collection[UUID]) -> list[sa.Row[tuple[object, ...]]]:
    """The marks on the days of these séances, or tied to one, of whoever is still there."""
    mark, meeting, journey, person = m.Attendance, m.Meeting, m.Journey, m.Person
    days = sa.select(meeting.on).where(meeting.id.in_(ids), meeting.deleted_at.is_(None))
    query = (
        sa.select(mark.id, mark.journey_id, mark.meeting_id, mark.on, mark.half)
        .join(journey, journey.id == mark.journey_id)
        .join(person, person.id == journey.person_id)
        .where(
            sa.or_(mark.on.in_(days), mark.meeting_id.in_(ids)),
            mark.deleted_at.is_(None),
            journey.deleted_at.is_(None),
            person.deleted_at.is_(None),
        )
    )
    return list(session.execute(query))


def _is_at(key: CellKey, meeting: MeetingRow) -> bool:
    return key.slot.on == meeting.on and key.slot.half in meeting.halves


def _counts(key: CellKey, meeting: MeetingRow) -> bool:
    return _is_at(key, meeting) and key.journey_id in meeting.people


def _why_loose(key: CellKey, meeting: MeetingRow | None) -> _Loose | None:
    if meeting is None:
        return _Loose.GONE
    if not meeting.is_standing:
        return _Loose.CANCELLED
    if not _is_at(key, meeting):
        return _Loose.ELSEWHERE
    return None if key.journey_id in meeting.people else _Loose.LEFT_OUT


@contextmanager
def following(session: Session, meetings: Collection[UUID]) -> Iterator[None]:
    """Do inside what is done to these séances: the hours of whoever is marked on their half-days,
    before or after, are counted again.

    Raises UserError where that leaves a presence noted at a séance that is gone, cancelled, at
    another time, or without who is noted; and where who asks may not write those hours.
    """
    if not meetings:
        yield
        return
    those = sa.select(m.Meeting.id).where(m.Meeting.id.in_(meetings))
    meeting_reads.hold(session, those, to_change=True)
    before = _Noted.around(session, meetings)
    yield
    session.flush()
    after = _Noted.around(session, meetings)
    after.refuse_loosened(before)
    recount(session, before.cells | after.cells)


def recount(session: Session, cells: Collection[CellKey]) -> None:
    """Count again the hours of these half-days, but those sent. Raises UserError where who asks may
    not write them."""
    if not cells:
        return
    stale = Sheet.read(session, cells).stale()
    beyond = not_mine(session, {row.journey_id for row, _ in stale})
    if beyond:
        many = len(beyond) > 1
        told = f"{len(beyond)} présences sont notées" if many else "1 présence est notée"
        raise UserError(
            f"{told} sur cette demi-journée, et {'leurs' if many else 'ses'} heures changeraient.",
            SAFE,
            "Demandez-le à qui suit le groupe, ou le remplace : lui seul change des présences.",
        )
    for row, minutes in stale:
        row.minutes = minutes


def meetings_among(rows: Iterable[m.Row]) -> frozenset[UUID]:
    """The séances that these rows are, or say who is expected at."""
    found: set[UUID] = set()
    for row in rows:
        if isinstance(row, m.Meeting):
            found.add(row.id)
        elif isinstance(row, m.MeetingParticipant):
            found.add(row.meeting_id)
    return frozenset(found)
