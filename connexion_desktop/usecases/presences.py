"""Presences marked, corrected, taken away: one cell or many, in one act.

Marking does not say that a séance was held: closing it is an act of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.conflicts import known_value, merge
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.presences import (
    LATE,
    MARK,
    MISSED,
    REASON,
    SAFE,
    AllPresent,
    CellKey,
    MarkCell,
    MarkCells,
    Reopen,
    attended,
    check_day,
)

from . import meeting_reads
from .conflicts import Held, refuse
from .presence_cells import Sheet
from .roles import not_mine

_LABELS = {MARK: "Présence", LATE: "Retard", REASON: "Motif"}
_COLUMNS = {MARK: ("mark", "deleted_at"), LATE: ("late_minutes",), REASON: ("reason", "deleted_at")}


def mark(session: Session, command: MarkCells) -> None:
    """Write what changes in these cells. Raises UserError where somebody is not expected, where the
    presence was sent, or for what cannot be; ConflictError for what somebody else changed."""
    keys = [cell.key for cell in command.cells]
    sheet = Sheet.read(session, keys)
    sheet.refuse_sent(keys)
    _refuse_overwriting(sheet, command.cells)
    for cell in command.cells:
        sheet.write(cell.key, cell.values, command.today)


def all_present(session: Session, command: AllPresent) -> int:
    """Say that whoever is expected and has no mark yet came, be they of another group, where who
    asks may say so; returns how many. Raises UserError on a day that has not come."""
    for slot in command.slots:
        check_day(Presence.PRESENT, slot, command.today)
    people = meeting_reads.participants(session, command.cohort_id)
    keys = [CellKey(each.journey_id, slot) for slot in command.slots for each in people]
    keys += _guests(session, command)
    sheet = Sheet.read(session, keys)
    blank = [key for key in keys if not sheet.alive(key) and sheet.expected(key)]
    for key in blank:
        sheet.write(key, {MARK: Presence.PRESENT}, command.today)
    return len(blank)


def _guests(session: Session, command: AllPresent) -> list[CellKey]:
    """Those of other groups that the séances of this one expect, but those of somebody else."""
    guests = meeting_reads.guests(session, command.cohort_id)
    reserved = not_mine(session, {each.journey_id for each in guests})
    days = {slot.on for slot in command.slots}
    found = meeting_reads.read(session, meeting_reads.own_on(command.cohort_id, days))
    own = found.told({})
    return [
        CellKey(each.journey_id, slot)
        for slot in command.slots
        for each in guests
        if each.journey_id not in reserved and attended(each, slot, own)
    ]


def reopen(session: Session, command: Reopen) -> None:
    """Let presences that were sent be corrected; the act says why (`Correction.act`). Raises
    UserError where none of them was sent."""
    sheet = Sheet.read(session, command.keys)
    locked = [row for key in command.keys for row in sheet.alive(key) if row.locked_at is not None]
    if not locked:
        raise UserError("Aucune de ces présences n’a été envoyée.", SAFE, "Corrigez-les ici même.")
    for row in locked:
        row.locked_at = None


def _refuse_overwriting(sheet: Sheet, cells: Iterable[MarkCell]) -> None:
    """Raise ConflictError for what somebody else changed since it was seen. A lateness goes with
    its mark; so does a reason, but from one absence to another."""
    base: dict[str, Any] = {}
    mine: dict[str, Any] = {}
    held: dict[str, Held] = {}
    links: list[tuple[str, ...]] = []
    for cell in cells:
        if cell.seen is None:
            continue
        theirs = sheet.held(cell.key)
        name = _namer(cell.key)
        wanted = {**theirs, **cell.values}
        for field, seen in cell.seen.items():
            base[name(field)] = known_value(seen, theirs[field])
            mine[name(field)] = cell.values.get(field, base[name(field)])
            held[name(field)] = _held(sheet, cell.key, field, theirs[field])
        links.append((name(MARK), name(LATE)))
        if not {wanted[MARK], theirs[MARK]} <= MISSED:
            links.append((name(MARK), name(REASON)))
    values = {each: found.value for each, found in held.items()}
    labels = {each: found.label for each, found in held.items()}
    refuse(sheet.session, merge(base, mine, values, links, labels), held)


def _namer(key: CellKey) -> Any:
    return lambda field: f"{key.journey_id} {key.slot.on} {key.slot.half} {field}"


def _held(sheet: Sheet, key: CellKey, field: str, value: Any) -> Held:
    who = sheet.people[key.journey_id].name
    rows: list[m.Row] = [*sheet.marks[key]]
    if field == REASON:
        rows = [why for row in sheet.marks[key] if (why := sheet.reasons.get(row.id)) is not None]
    return Held(f"{_LABELS[field]} · {who}, {key.slot.told}", value, tuple(rows), _COLUMNS[field])
