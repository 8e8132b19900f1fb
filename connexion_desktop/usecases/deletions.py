"""Taking away a record made by mistake, with all that hangs on it, in one act that Ctrl+Z undoes.

What is printed and signed stays, and so does what others count on: then it is refused, with why.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import MODELS
from connexion_desktop.data.references import POINTERS, REFERENCES
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.records import KINDS

from .placements import discard
from .referring import rows_with
from .taking_away import Found, hanging, take_away

_SAFE = "Rien n’a été supprimé."
_POINTING = frozenset(each.model.__tablename__ for each in POINTERS)
_LEFT_ALONE = frozenset({"import_batch", "attachment_bytes"}) | _POINTING
"""What tells of a row without counting on it, and the bytes of a file, found by its line alone."""

COUNTING = {
    "action": "une action",
    "agreement": "une convention",
    "amendment": "un avenant",
    "attendance": "une présence",
    "attendance_sheet": "une feuille de présence",
    "cohort_activity": "l’activité d’un groupe",
    "document": "une pièce",
    "funder_code": "les codes d’un financeur",
    "intake_step": "une étape de quelqu’un",
    "interview": "un entretien",
    "loan": "un prêt",
    "meeting": "une séance",
    "outreach": "une action d’aller-vers",
    "placement": "une immersion",
    "signature": "une signature",
    "target": "un objectif",
    "visit": "une visite",
}
"""What may count on a row, in words: the tables that refer to it and are something without it."""


def delete(session: Session, ref: RecordRef) -> None:
    """Take a record away: somebody, a group without anybody, a computer never lent, a draft, a
    structure of no use yet.

    Raises UserError, in words, where a paper was made, where something is lent, or where others
    count on it.
    """
    table = KINDS[ref.kind].table
    row = session.get(MODELS[table], ref.id)
    if row is None or row.deleted_at is not None:
        raise UserError("Cette fiche n’est plus dans la base.", _SAFE)
    if ref.kind == "placement":
        discard(session, ref.id)
        return
    if ref.kind in _RULES:
        _RULES[ref.kind](session, ref.id)
    found = hanging(session, table, ref.id)
    _refuse_counted_on(session, found)
    take_away(session, found)


def _refuse_counted_on(session: Session, found: Found) -> None:
    """Refuse where something that stays refers to what would go."""
    for name, column, target in REFERENCES:
        if target not in found or name in _LEFT_ALONE:
            continue
        if rows_with(session, column, found[target]) - found.get(name, set()):
            where = COUNTING[name]
            raise UserError(f"Cette fiche sert ailleurs ({where}).", _SAFE, "Corrigez-la plutôt.")


def _there_is(session: Session, *which: sa.ColumnElement[bool]) -> bool:
    return bool(session.scalar(sa.select(sa.exists().where(*which))))


def _check_person(session: Session, row_id: UUID) -> None:
    placement, loan, mark, journey = m.Placement, m.Loan, m.Attendance, m.Journey
    of_them = (placement.person_id == row_id, placement.deleted_at.is_(None))
    if _there_is(session, *of_them, placement.number.is_not(None)):
        raise UserError(
            "Une convention d’immersion a été émise pour cette personne.",
            "Rien n’a été supprimé : ce qui est imprimé reste vrai.",
            "Terminez plutôt son parcours.",
        )
    lent = (loan.person_id == row_id, loan.deleted_at.is_(None))
    if _there_is(session, *lent, loan.returned_on.is_(None)):
        raise UserError(
            "Cette personne a encore un matériel prêté.", _SAFE, "Notez d’abord son retour."
        )
    if _there_is(session, *lent, loan.number.is_not(None)):
        raise UserError(
            "Une convention de prêt a été faite pour cette personne.",
            "Rien n’a été supprimé : ce qui est imprimé reste vrai.",
        )
    filed = (
        journey.id == mark.journey_id,
        journey.person_id == row_id,
        mark.locked_at.is_not(None),
        mark.deleted_at.is_(None),
    )
    if _there_is(session, *filed):
        raise UserError(
            "Des présences de cette personne ont été envoyées à l’organisme qui la rémunère.",
            _SAFE,
            "Notez plutôt sa sortie du groupe : sa fiche reste, et ce qui a été envoyé reste vrai.",
        )


def _check_group(session: Session, row_id: UUID) -> None:
    journey, sheet = m.Journey, m.AttendanceSheet
    if _there_is(session, journey.cohort_id == row_id, journey.deleted_at.is_(None)):
        raise UserError(
            "Il y a, ou il y a eu, quelqu’un dans ce groupe.",
            _SAFE,
            "Annulez d’abord les entrées faites par erreur (Ctrl+Z).",
        )
    if _there_is(session, sheet.cohort_id == row_id, sheet.deleted_at.is_(None)):
        raise UserError("Une feuille de présence de ce groupe est imprimée.", _SAFE)


def _check_equipment(session: Session, row_id: UUID) -> None:
    loan = m.Loan
    if _there_is(session, loan.equipment_id == row_id, loan.deleted_at.is_(None)):
        raise UserError(
            "Ce matériel a déjà été prêté.", _SAFE, "Réformez-le : il ne se prêtera plus."
        )


_RULES: dict[str, Callable[[Session, UUID], None]] = {
    "person": _check_person,
    "group": _check_group,
    "equipment": _check_equipment,
}
