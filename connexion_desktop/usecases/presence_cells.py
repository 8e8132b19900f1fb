"""The half-days of some people as the base holds them: who is expected, what is marked, and how a
cell is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.board import Presence, day_presence
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presences import (
    LATE,
    MARK,
    MISSED,
    REASON,
    SAFE,
    CellKey,
    Slot,
    attended,
    check_day,
    check_late,
    done_minutes,
    minutes_of,
    not_expected,
    sent,
)
from connexion_desktop.domain.programme import Participant

from . import meeting_reads


@dataclass(frozen=True, slots=True)
class Sheet:
    """Some half-days, read in the unit of work that writes them."""

    session: Session
    people: Mapping[UUID, Participant]
    meetings: Mapping[UUID, Sequence[MeetingRow]]
    marks: Mapping[CellKey, list[m.Attendance]]
    reasons: Mapping[UUID, m.AbsenceReason]

    @classmethod
    def read(cls, session: Session, keys: Collection[CellKey]) -> Sheet:
        """Read what is around these cells, whose séances stay as they are until it is written.
        Raises UserError where somebody left their group."""
        journeys = {key.journey_id for key in keys}
        days = {key.slot.on for key in keys}
        found: dict[UUID, Participant] = {}
        meetings: dict[UUID, Sequence[MeetingRow]] = {}
        for cohort_id in _cohorts(session, journeys):
            few = meeting_reads.of_group(cohort_id).where(m.Meeting.on.in_(days))
            meeting_reads.hold(session, few, to_change=False)
            people = meeting_reads.participants(session, cohort_id)
            rows = meeting_reads.read(session, few).told({cohort_id: people})
            found |= {each.journey_id: each for each in people}
            meetings |= {each.journey_id: rows for each in people}
        if journeys - found.keys():
            raise UserError("Cette personne n’est plus dans ce groupe.", SAFE)
        marks = _marks(session, journeys, days)
        return cls(session, found, meetings, marks, _reasons(session, marks))

    def alive(self, key: CellKey) -> list[m.Attendance]:
        """The marks of a half-day; several where its séances were marked apart."""
        return [row for row in self.marks[key] if row.deleted_at is None]

    def expected(self, key: CellKey) -> tuple[MeetingRow, ...]:
        """The séances where somebody is expected on a half-day."""
        return attended(self.people[key.journey_id], key.slot, self.meetings[key.journey_id])

    def held(self, key: CellKey) -> dict[str, Any]:
        """What a cell holds, by the names of commands."""
        alive = self.alive(key)
        if not alive:
            return {MARK: None, LATE: None, REASON: ""}
        mark = day_presence(frozenset(Presence(row.mark) for row in alive))
        shown = next(row for row in alive if row.mark == mark.value)
        why = self.reasons.get(shown.id)
        return {
            MARK: mark,
            LATE: shown.late_minutes,
            REASON: (why.reason or "") if why is not None else "",
        }

    def refuse_sent(self, keys: Iterable[CellKey]) -> None:
        """Raise UserError where one of them was sent to who pays the participants."""
        for key in keys:
            if any(row.locked_at is not None for row in self.alive(key)):
                raise sent(self.people[key.journey_id].name, key.slot)

    def write(self, key: CellKey, values: Mapping[str, Any], today: date) -> None:
        """Write what changes in a cell. Raises UserError for what may not be marked there."""
        told = {**self.held(key), **values}
        mark = told[MARK]
        if mark is None:
            if MARK not in values:
                raise UserError("Cette présence a été retirée entre-temps.", SAFE)
            self._clear(key)
            return
        if MARK in values:
            check_day(mark, key.slot, today)
        alive = self.alive(key)
        rows = [row for row in alive if MARK in values or row.mark == mark.value]
        rows = rows or [self._made(key, mark)]
        for row in rows:
            row.mark = mark.value
            row.justified = mark is Presence.EXCUSED
            row.late_minutes = told[LATE] if mark is Presence.LATE else None
            planned = self._planned(key, row, alone=len(alive) < 2)
            check_late(values.get(LATE), planned)
            if planned is not None:
                row.minutes = done_minutes(mark, planned, row.late_minutes)
            if mark not in MISSED:
                self._give_reason(row, "")
            elif REASON in values:
                self._give_reason(row, values[REASON])

    def stale(self) -> list[tuple[m.Attendance, int]]:
        """The marks whose hours are no more those of their séances, and what they are by now; what
        was sent stays as it was."""
        found = []
        for key in self.marks:
            alive = self.alive(key)
            for row in (each for each in alive if each.locked_at is None):
                planned = self._planned(key, row, alone=len(alive) < 2)
                if planned is not None:
                    minutes = done_minutes(Presence(row.mark), planned, row.late_minutes)
                    if minutes != (row.minutes or 0):
                        found.append((row, minutes))
        return found

    def _made(self, key: CellKey, mark: Presence) -> m.Attendance:
        """A mark of the séance where somebody is expected; the one taken away, if there was."""
        expected = self.expected(key)
        if not expected:
            raise not_expected(self.people[key.journey_id].name, key.slot)
        meeting_id = expected[0].id
        row = next((each for each in self.marks[key] if each.meeting_id == meeting_id), None)
        if row is not None:
            row.deleted_at = None
            return row
        row = m.Attendance(
            journey_id=key.journey_id,
            meeting_id=meeting_id,
            on=key.slot.on,
            half=key.slot.half.value,
            mark=mark.value,
        )
        self.session.add(row)
        self.marks[key].append(row)
        return row

    def _planned(self, key: CellKey, row: m.Attendance, *, alone: bool) -> int | None:
        """How long what is marked lasts; None where no séance says it."""
        own = [each for each in self.meetings[key.journey_id] if each.id == row.meeting_id]
        expected = list(self.expected(key))
        meetings = (expected or own) if alone else own
        return minutes_of(key.slot, meetings) if meetings else None

    def _clear(self, key: CellKey) -> None:
        now = m.utc_now()
        for row in self.alive(key):
            row.deleted_at = now
            if (why := self.reasons.get(row.id)) is not None:
                why.deleted_at = now

    def _give_reason(self, row: m.Attendance, reason: str) -> None:
        why = self.reasons.get(row.id)
        if why is not None:
            if reason or (why.detail and row.mark in MISSED):
                why.reason = reason or None
            else:
                why.deleted_at = m.utc_now()
        elif reason:
            self.session.flush()
            self.session.add(m.AbsenceReason(attendance_id=row.id, reason=reason))


def _marks(
    session: Session, journeys: Collection[UUID], days: Collection[date]
) -> dict[CellKey, list[m.Attendance]]:
    """What is marked, and what was taken away, the last first."""
    table = m.Attendance
    found: dict[CellKey, list[m.Attendance]] = defaultdict(list)
    rows = session.scalars(
        sa.select(table)
        .where(table.journey_id.in_(journeys), table.on.in_(days))
        .order_by(table.deleted_at.desc(), table.id)
    )
    for row in rows:
        found[CellKey(row.journey_id, Slot(row.on, Half(row.half)))].append(row)
    return found


def _reasons(
    session: Session, marks: Mapping[CellKey, list[m.Attendance]]
) -> dict[UUID, m.AbsenceReason]:
    table = m.AbsenceReason
    ids = [row.id for rows in marks.values() for row in rows]
    rows = session.scalars(
        sa.select(table).where(table.attendance_id.in_(ids), table.deleted_at.is_(None))
    )
    return {row.attendance_id: row for row in rows}


def _cohorts(session: Session, journeys: Collection[UUID]) -> Sequence[UUID]:
    journey = m.Journey
    return session.scalars(
        sa.select(journey.cohort_id).where(journey.id.in_(journeys)).distinct()
    ).all()
