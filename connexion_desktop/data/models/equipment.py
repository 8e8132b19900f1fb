"""Computers and other equipment, lent to participants."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import JSON_OR_NULL, Row, code, ref, unique_alive, words


class Equipment(Row):
    """A computer, a bag, a key: numbered by the association."""

    __tablename__ = "equipment"
    __table_args__ = (unique_alive("equipment_number", "number"),)

    number: Mapped[str] = words(40, "Numéro")
    kind: Mapped[str] = code(default="computer")
    model: Mapped[str | None] = words(160, "Modèle")
    serial: Mapped[str | None] = words(80, "Numéro de série")
    value_cents: Mapped[int | None]
    state: Mapped[str] = code(default="available")
    condition: Mapped[str | None] = words(300, "État")
    accessories: Mapped[str | None] = words(300, "Accessoires")
    site_id: Mapped[UUID | None] = ref("site")
    bought_on: Mapped[date | None]


class Loan(Row):
    """A hand-over, until the return; what is lent together bears the same number, on one paper.

    `terms` are those of the agreement, frozen, and `signed_on` the day written on it;
    `checklist_in` holds the answers at the return.
    """

    __tablename__ = "loan"
    __table_args__ = (unique_alive("loan_open", "equipment_id", where="returned_on IS NULL"),)

    equipment_id: Mapped[UUID] = ref("equipment")
    person_id: Mapped[UUID] = ref("person")
    journey_id: Mapped[UUID | None] = ref("journey")
    number: Mapped[str | None] = words(40, "Numéro")
    lent_on: Mapped[date]
    due_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    condition_out: Mapped[str | None] = mapped_column(Text)
    condition_in: Mapped[str | None] = mapped_column(Text)
    accessories_out: Mapped[str | None] = words(300, "Accessoires prêtés")
    accessories_in: Mapped[str | None] = words(300, "Accessoires rendus")
    checklist_in: Mapped[Any | None] = mapped_column(JSON_OR_NULL)
    aim: Mapped[str | None] = mapped_column(Text)
    aim_in: Mapped[str | None] = mapped_column(Text)
    digital_level_out: Mapped[int | None]
    digital_level_in: Mapped[int | None]
    terms: Mapped[str | None] = mapped_column(Text)
    signed_on: Mapped[date | None]


class EquipmentEvent(Row):
    """A dated event of a piece of equipment: repair, loss, inventory check."""

    __tablename__ = "equipment_event"

    equipment_id: Mapped[UUID] = ref("equipment")
    on: Mapped[date]
    kind: Mapped[str] = code()
    detail: Mapped[str | None] = mapped_column(Text)
    staff_id: Mapped[UUID | None] = ref("staff")
