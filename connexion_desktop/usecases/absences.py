"""Absences written on a person's page: half-days marked, why, then mended or taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.feed import FeedKey, FeedKind
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.person_commands import Half, NewAbsence
from connexion_desktop.domain.presences import CellKey, Slot

from .person_rows import fitting, gone, journey_on, the_person
from .presence_cells import Sheet
from .presence_following import recount

_ABSENT, _EXCUSED = "A", "E"


def add(session: Session, new: NewAbsence) -> FeedKey:
    """Mark an absence, excused or not, on one half-day or on the day's; on each of its days.

    Raises UserError if the person is in no group that day, or if that presence was sent.
    Returns the line of its first day.
    """
    for on, half in new.also:
        _mark_absent(session, new, on, half)
    return FeedKey(FeedKind.ATTENDANCE, _mark_absent(session, new, new.on, new.half), new.on)


def _mark_absent(session: Session, new: NewAbsence, on: date, half: Half | None) -> UUID:
    """Mark the absence on one of its days; returns the journey's id."""
    person = the_person(session, new.person_id)
    journey_id = journey_on(session, person.id, on)
    if journey_id is None:
        raise UserError(
            f"Le {long_day(on)}, cette personne n’était dans aucun groupe.",
            "Rien n’a été enregistré.",
            "Écrivez une note, ou corrigez la date.",
        )
    detail = fitting(new.detail, "detail", "Le détail de l’absence")
    for each in Half if half is None else (half,):
        for mark in _marks(session, journey_id, on, each):
            mark.mark = _EXCUSED if new.excused else _ABSENT
            mark.justified = new.excused
            mark.late_minutes = None
            mark.minutes = 0
            session.flush()
            _give_reason(session, mark.id, new.reason, detail)
    return journey_id


def _marks(session: Session, journey_id: UUID, on: date, half: Half) -> list[m.Attendance]:
    """The marks of a half-day: those known, else a new one, tied to the group's séance."""
    table = m.Attendance
    known = list(
        session.scalars(
            sa.select(table).where(
                table.journey_id == journey_id,
                table.on == on,
                table.half == half.value,
                table.deleted_at.is_(None),
            )
        )
    )
    _refuse_sent(known)
    if not known:
        made = table(
            journey_id=journey_id,
            on=on,
            half=half.value,
            mark=_ABSENT,
            meeting_id=_meeting_on(session, journey_id, on, half),
        )
        session.add(made)
        known.append(made)
    return known


def _refuse_sent(marks: Sequence[m.Attendance]) -> None:
    sent = next((mark for mark in marks if mark.locked_at is not None), None)
    if sent is not None:
        raise UserError(
            f"La présence du {long_day(sent.on)} a été envoyée : elle ne change plus ainsi.",
            "Rien n’a été enregistré.",
            "Rouvrez-la d’abord (« Corriger une présence envoyée… », page Programme), ou écrivez"
            " une note.",
        )


def _meeting_on(session: Session, journey_id: UUID, on: date, half: Half) -> UUID | None:
    """The séance where the person is expected."""
    key = CellKey(journey_id, Slot(on, half))
    return next((each.id for each in Sheet.read(session, [key]).expected(key)), None)


def _give_reason(session: Session, attendance_id: UUID, reason: str, detail: str) -> None:
    row = _reason_of(session, attendance_id)
    if row is None and (reason or detail):
        session.add(
            m.AbsenceReason(
                attendance_id=attendance_id, reason=reason or None, detail=detail or None
            )
        )
    elif row is not None:
        row.reason, row.detail = reason or None, detail or None


def _reason_of(session: Session, attendance_id: UUID) -> m.AbsenceReason | None:
    table = m.AbsenceReason
    return session.scalars(
        sa.select(table).where(table.attendance_id == attendance_id, table.deleted_at.is_(None))
    ).one_or_none()


def rewrite(session: Session, key: FeedKey, text: str) -> None:
    """Change the detail of the absence of a day."""
    detail = fitting(text, "detail", "Le détail de l’absence")
    for mark in _missed(session, key):
        why = _reason_of(session, mark.id)
        _give_reason(session, mark.id, why.reason or "" if why is not None else "", detail)


def correct(session: Session, key: FeedKey, new: NewAbsence) -> FeedKey:
    """The half-days no more said are noted as they were before; the others are marked again."""
    said = {
        (on, each.value)
        for on, half in ((new.on, new.half), *new.also)
        for each in (Half if half is None else (half,))
    }
    for mark in _missed(session, key):
        if (mark.on, mark.half) not in said:
            _take_away(session, mark)
    session.flush()
    return add(session, new)


def _missed(session: Session, key: FeedKey) -> list[m.Attendance]:
    """The marks of the half-days missed on a day; raises UserError if there are none left."""
    table = m.Attendance
    marks = session.scalars(
        sa.select(table).where(
            table.journey_id == key.id,
            table.on == key.on,
            table.mark.in_((_ABSENT, _EXCUSED)),
            table.deleted_at.is_(None),
        )
    ).all()
    if not marks:
        raise gone()
    _refuse_sent(marks)
    return list(marks)


def _take_away(session: Session, mark: m.Attendance) -> None:
    """Note the half-day as it was before the absence was; not at all where it was not noted."""
    replaced = _replaced(session, mark)
    if replaced:
        mark.mark, mark.late_minutes = replaced["mark"], replaced.get("late_minutes")
        mark.justified = replaced.get("justified", mark.justified)
        mark.minutes = replaced.get("minutes", mark.minutes)
        session.flush()
        recount(session, (CellKey(mark.journey_id, Slot(mark.on, Half(mark.half))),))
    else:
        mark.deleted_at = m.utc_now()
    why = _reason_of(session, mark.id)
    if why is not None:
        why.deleted_at = m.utc_now()


def _replaced(session: Session, mark: m.Attendance) -> dict[str, Any]:
    """What the absence took the place of, by field, as the journal tells it: what each field held
    when the mark became an absence, whatever was mended since."""
    line = m.AuditLine
    told = session.execute(
        sa.select(line.command_id, line.field, line.before)
        .where(line.table_name == m.Attendance.__tablename__, line.row_id == mark.id)
        .order_by(line.at, line.id)
    ).all()
    missed = (None, _ABSENT, _EXCUSED)
    acts = [row.command_id for row in told if row.field == "mark" and row.before not in missed]
    if not acts:
        return {}
    first = [row.command_id for row in told].index(acts[-1])
    return {row.field: row.before for row in reversed(told[first:])}


def delete(session: Session, key: FeedKey) -> None:
    """Take the absence of a day away; undoing brings it back."""
    for mark in _missed(session, key):
        _take_away(session, mark)
