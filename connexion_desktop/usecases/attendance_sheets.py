"""Attendance sheets: numbered, and kept as they were printed, so that a signed one finds its way
back even when the programme has changed since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.counters import take_number
from connexion_desktop.domain.attendance_paper import AttendancePaper, SheetRequest, grids
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.signed_sheets import (
    KnownSheet,
    Sheets,
    Signature,
    SignSheet,
    TellSignature,
    gaps_of,
)
from connexion_desktop.usecases import presence_reads, programme
from connexion_desktop.usecases.paper_parties import association_of, body_of

_SAFE = "Rien n’a changé."


def make(session: Session, query: BoardQuery, request: SheetRequest) -> AttendancePaper:
    """The sheet asked for of a group, numbered. Asked for again, it is the same edition; what
    changed since makes the next one. Raises UserError without a group, a séance or anybody to
    sign."""
    asked = _unnumbered(session, query, request)
    _hold(session, asked.cohort_id)
    known = _kept(session, asked.cohort_id, request)
    if known and _says_as(known[-1], asked.paper):
        return known[-1]
    number = known[-1].number if known else _new_number(session, query.today)
    paper = replace(asked.paper, number=number, edition=_last_edition(session, number) + 1)
    session.add(
        m.AttendanceSheet(
            cohort_id=asked.cohort_id,
            number=number,
            edition=paper.edition,
            first_on=paper.days[0],
            last_on=paper.days[-1],
            pages=len(paper.pages),
            content=msgspec.to_builtins(paper),
        )
    )
    session.flush()
    return paper


def preview(session: Session, query: BoardQuery, request: SheetRequest) -> AttendancePaper:
    """The same, and nothing is kept: the edition that is known where nothing changed, else without
    a number what `make` would issue. Raises UserError as it does."""
    asked = _unnumbered(session, query, request)
    known = _kept(session, asked.cohort_id, request)
    return known[-1] if known and _says_as(known[-1], asked.paper) else asked.paper


@dataclass(frozen=True, slots=True)
class _Asked:
    cohort_id: UUID
    paper: AttendancePaper


def _unnumbered(session: Session, query: BoardQuery, request: SheetRequest) -> _Asked:
    shown = programme.load(session, query)
    group = shown.cohort
    if group is None or query.cohort_id not in (None, group.id):
        raise UserError(
            "Ce groupe n’est plus dans la base.",
            "Aucune feuille n’a été faite.",
            "Choisissez un autre groupe.",
        )
    meetings = request.among(shown)
    held = (each for each in meetings if each.is_standing)
    paper = AttendancePaper(
        issuer=body_of(association_of(session)),
        group=group.name,
        place=group.site,
        conseiller=group.conseiller,
        request=request,
        pages=grids(meetings, (*shown.people, *shown.guests_at(held))),
        made_on=query.today,
    )
    return _Asked(group.id, paper)


def _kept(session: Session, cohort_id: UUID, request: SheetRequest) -> list[AttendancePaper]:
    """The editions of the sheet of these séances, the oldest first."""
    return [each.paper for each in _known(session, cohort_id) if each.paper.request == request]


def _known(session: Session, cohort_id: UUID) -> list[KnownSheet]:
    """Every sheet of a group, edition by edition."""
    table = m.AttendanceSheet
    rows = session.execute(
        sa.select(
            table.id,
            table.number,
            table.edition,
            table.content,
            table.signed_on,
            table.signatures,
        )
        .where(table.cohort_id == cohort_id, table.deleted_at.is_(None))
        .order_by(table.number, table.edition)
    ).all()
    last = {row.number: row.edition for row in rows}
    return [
        KnownSheet(
            row.id,
            msgspec.convert(row.content, AttendancePaper),
            row.signed_on,
            is_last=last[row.number] == row.edition,
            signatures=_signatures(row.signatures),
        )
        for row in rows
    ]


def known(session: Session, query: BoardQuery) -> Sheets:
    """The sheets of a group, the last number first, and where what is noted and what is signed
    differ."""
    grid = presence_reads.load(session, query)
    if grid.cohort is None:
        return Sheets(query.today)
    sheets = _known(session, grid.cohort.id)
    return Sheets(query.today, grid.cohort.id, tuple(reversed(sheets)), gaps_of(grid, sheets))


def sign(session: Session, command: SignSheet) -> None:
    """Note that the signed sheet came back, or that it did not. Raises UserError if it is gone, or
    if its last day has not come; one that a later edition replaced comes back when it may."""
    sheet = _the_sheet(session, command.id)
    if not _is_replaced(session, sheet):
        command.check_whole(sheet.last_on)
    sheet.signed_on = command.on


def tell_signature(session: Session, command: TellSignature) -> None:
    """Note that a signature is missing on a sheet that came back, or is there after all. Raises
    UserError if the sheet is gone, or did not come back."""
    sheet = _the_sheet(session, command.sheet_id)
    if sheet.signed_on is None:
        raise UserError(
            f"La feuille {sheet.number} n’est pas revenue.",
            _SAFE,
            "Notez d’abord qu’elle est revenue signée (Espace).",
        )
    others = (each for each in _signatures(sheet.signatures) if each.key != command.key)
    told = (*others, Signature(command.key, command.is_there))
    sheet.signatures = msgspec.to_builtins(told)


def _signatures(kept: Any) -> tuple[Signature, ...]:
    return msgspec.convert(kept or (), tuple[Signature, ...])


def _the_sheet(session: Session, sheet_id: UUID) -> m.AttendanceSheet:
    sheet = session.get(m.AttendanceSheet, sheet_id)
    if sheet is None or sheet.deleted_at is not None:
        raise UserError("Cette feuille n’est plus dans la base.", _SAFE)
    return sheet


def _is_replaced(session: Session, sheet: m.AttendanceSheet) -> bool:
    table = m.AttendanceSheet
    later = sa.select(table.id).where(
        table.number == sheet.number,
        table.edition > sheet.edition,
        table.deleted_at.is_(None),
    )
    return session.scalars(later.limit(1)).first() is not None


def _hold(session: Session, cohort_id: UUID) -> None:
    """Until the end of the act, who would issue another sheet of the group on a server waits."""
    cohort = sa.select(m.Cohort.id).where(m.Cohort.id == cohort_id)
    session.execute(cohort.with_for_update(key_share=True)).all()


def _last_edition(session: Session, number: str) -> int:
    """0 before the first. One that was undone counts: it may be on paper."""
    last = sa.func.max(m.AttendanceSheet.edition)
    return session.scalar(sa.select(last).where(m.AttendanceSheet.number == number)) or 0


def _says_as(known: AttendancePaper, asked: AttendancePaper) -> bool:
    """Whether nothing that is printed changed but the day it is printed."""
    return replace(asked, number=known.number, edition=known.edition, made_on=known.made_on) == (
        known
    )


def _new_number(session: Session, today: date) -> str:
    series = f"EM-{today.year}"
    return f"{series}-{take_number(session, series):04d}"
