"""The rules that a record must still keep once something of it was put back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.meetings import check_meeting
from connexion_desktop.domain.person_fields import FIELDS, checked
from connexion_desktop.domain.timetable import timetable_problems

from .person_details import TABLES
from .placement_drafts import editable
from .placement_paper import slots_of
from .referring import first_gone
from .taken import is_taken

Touched = Mapping[m.Row, Collection[str]]
"""The rows put back, and their columns."""

_SAFE = "Rien n’a été changé."


def check_before(session: Session, ref: RecordRef, tables: Collection[str]) -> None:
    """Raise UserError where these tables of a record may not change any more."""
    if ref.kind == "placement" and {"placement", "placement_slot"}.intersection(tables):
        editable(session, ref.id)


def check_after(session: Session, ref: RecordRef, touched: Touched) -> None:
    """Raise UserError where the record, as it is now, would break a rule, or refer to what was
    deleted."""
    if first_gone(session, touched) is not None:
        raise UserError(
            "Cela renvoie à une fiche, ou à une ligne, supprimée depuis.",
            _SAFE,
            "Annulez d’abord cette suppression, ou corrigez la fiche à la main.",
        )
    for row, columns in touched.items():
        _refuse_empty(row, columns)
        rule = _RULES.get(row.__tablename__)
        if rule is not None and row.deleted_at is None:
            rule(session, row, columns)
    if ref.kind == "placement":
        _check_hours(session, ref.id, touched)


def _refuse_empty(row: m.Row, columns: Collection[str]) -> None:
    for column in columns:
        needed = "label" in row.__table__.c[column].info and not row.__table__.c[column].nullable
        if needed and not str(getattr(row, column)).strip():
            label = row.__table__.c[column].info["label"]
            raise UserError(f"« {label} » ne peut pas rester vide.", _SAFE)


def _check_person(_session: Session, row: Any, columns: Collection[str]) -> None:
    parts = [part for part, model in TABLES.items() if isinstance(row, model)]
    part = row.kind if isinstance(row, m.PersonContact) else parts[0]
    for column in columns:
        spec = FIELDS.get(f"{part}.{column}")
        held = getattr(row, column)
        if spec is not None and (held is None or isinstance(held, str)):
            checked(spec, held)


def _check_equipment(session: Session, row: Any, columns: Collection[str]) -> None:
    if "number" in columns:
        _refuse_taken(session, m.Equipment.number, row.number, row.id)


def _check_cohort(session: Session, row: Any, columns: Collection[str]) -> None:
    if "name" in columns:
        _refuse_taken(session, m.Cohort.name, row.name, row.id)


def _check_template(session: Session, row: Any, columns: Collection[str]) -> None:
    if "name" in columns:
        _refuse_taken(session, m.ProgrammeTemplate.name, row.name, row.id)


def _refuse_taken(
    session: Session, column: InstrumentedAttribute[str], name: str, own: UUID
) -> None:
    if is_taken(session, column, name, own):
        raise UserError(
            f"« {name} » est pris depuis.", _SAFE, "Donnez d’abord un autre nom à l’autre."
        )


def _check_journey(session: Session, row: Any, _columns: Collection[str]) -> None:
    """An entry comes before the exit, and two journeys of a person never cover one day."""
    if row.left_on is not None and row.left_on < row.entered_on:
        raise UserError("La sortie ne peut pas précéder l’entrée.", _SAFE)
    journey = m.Journey
    others = session.scalars(
        sa.select(journey).where(
            journey.person_id == row.person_id,
            journey.id != row.id,
            journey.deleted_at.is_(None),
        )
    )
    for other in others:
        ends = row.left_on is not None and row.left_on <= other.entered_on
        begins = other.left_on is not None and other.left_on <= row.entered_on
        if not ends and not begins:
            raise UserError(
                "Deux parcours de cette personne couvriraient les mêmes jours.",
                _SAFE,
                "Corrigez d’abord l’autre parcours.",
            )


def _check_loan(_session: Session, row: Any, _columns: Collection[str]) -> None:
    if row.number is not None:
        raise UserError(
            "La convention de ce prêt est faite : elle ne change plus.",
            "Ce qui est imprimé reste vrai.",
            "Notez le retour, puis prêtez de nouveau.",
        )


def _check_note(_session: Session, row: Any, _columns: Collection[str]) -> None:
    if not row.text.strip():
        raise UserError("Une note ne peut pas être vide.", _SAFE)


def _check_mark(_session: Session, row: Any, _columns: Collection[str]) -> None:
    if row.locked_at is not None:
        raise UserError(
            "Cette présence a été envoyée : elle ne change plus ainsi.",
            _SAFE,
            "Rouvrez-la d’abord : « Corriger une présence envoyée… », page Programme.",
        )


def _check_meeting(_session: Session, row: Any, _columns: Collection[str]) -> None:
    check_meeting(row.title, row.on, row.start, row.end)


def _check_hours(session: Session, placement_id: UUID, touched: Touched) -> None:
    """The hours and the period agree, where either was put back."""
    moved = any(
        isinstance(row, m.PlacementSlot)
        or (isinstance(row, m.Placement) and {"starts_on", "ends_on"}.intersection(columns))
        for row, columns in touched.items()
    )
    placement = session.get_one(m.Placement, placement_id)
    slots = slots_of(session, placement_id)
    if moved and slots:
        problems = timetable_problems(slots, placement.starts_on, placement.ends_on)
        if problems:
            raise UserError(
                problems[0].message,
                _SAFE,
                "Revenez à toute la version : les dates et les horaires vont ensemble.",
            )


_RULES: dict[str, Callable[[Session, Any, Collection[str]], None]] = {
    **{model.__tablename__: _check_person for model in TABLES.values()},
    "equipment": _check_equipment,
    "cohort": _check_cohort,
    "programme_template": _check_template,
    "journey": _check_journey,
    "loan": _check_loan,
    "note": _check_note,
    "attendance": _check_mark,
    "meeting": _check_meeting,
}
