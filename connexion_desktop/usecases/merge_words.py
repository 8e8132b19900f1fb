"""What the fields of two files say, in words, whatever table they are of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.french_dates import (
    imprecise_numeric,
    long_day,
    numeric_day,
    short_day,
)
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.merging import LABELS, SECTIONS, Held
from connexion_desktop.domain.names import full_name
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.person_fields import SECTIONS as RECORD
from connexion_desktop.domain.person_file import ProjectState

from .merge_plan import Join
from .person_details import TABLES
from .record_rows import told_of

_PARTS = {model: part for part, model in TABLES.items()}
_TITLES = {spec.name: section.title for section in RECORD for spec in section.fields}
_PLACES = {"planned": "prévue", "came": "venue", "missed": "manquée"}


class Words:
    """Reads once the words of the lists, the names of sites, groups, families and colleagues."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def label(self, join: Join, column: str) -> str:
        """How a field is called: « Téléphone », « CV, fait le »."""
        named = label_of(join.kept.__table__.c[column])
        whose = self._whose(join)
        return f"{whose}, {named[:1].lower()}{named[1:]}" if whose else named

    def section(self, join: Join, column: str) -> str:
        """Under which title it stands."""
        part = _TITLES.get(_record_name(join.kept, column))
        if part is not None:
            return part
        title = SECTIONS[join.table]
        if join.table in ("journey", "journey_exit"):
            return f"{title} · {self.group(self._journey_of(join.kept).cohort_id)}"
        return title

    def told(self, join: Join, column: str, value: Held) -> str:
        """What a value of a field says; « » for nothing."""
        match value:
            case None:
                found = "En cours" if column == "left_on" else ""
            case bool():
                found = "Oui" if value else "Non"
            case ImpreciseDate():
                found = imprecise_numeric(value)
            case date():
                found = numeric_day(value)
            case UUID():
                found = self._names.get(value, "")
            case str():
                found = self._word(join, column, value)
            case _:
                found = str(value)
        return found

    def whole(self, row: Any) -> str:
        """A row that is chosen as it stands: « Absence excusée · garde d’enfants »."""
        if isinstance(row, m.ProjectChoice):
            return f"{row.label} ({ProjectState(row.state).label})"
        presence = Presence(row.mark).label.capitalize()
        late = f"{row.late_minutes} min" if row.late_minutes else ""
        excused = "excusée" if row.justified and row.mark != Presence.EXCUSED else ""
        told = (presence, late, excused, *self._reasons(row))
        return " · ".join(part for part in told if part)

    def whole_label(self, row: Any) -> str:
        """What such a row is about: « lun. 9 mars 2026, matin »."""
        if isinstance(row, m.ProjectChoice):
            return "Premier choix" if row.rank == 1 else f"Choix n° {row.rank}"
        return f"{short_day(row.on)} {row.on.year}, {Half(row.half).label}"

    def group(self, cohort_id: UUID) -> str:
        """The name of a group."""
        return self._names.get(cohort_id, "")

    def _journey_of(self, row: Any) -> m.Journey:
        journey_id = row.id if isinstance(row, m.Journey) else row.journey_id
        return self._session.get_one(m.Journey, journey_id)

    def _reasons(self, attendance: m.Attendance) -> list[str]:
        reason = m.AbsenceReason
        rows = self._session.scalars(
            sa.select(reason).where(
                reason.attendance_id == attendance.id, reason.deleted_at.is_(None)
            )
        )
        return [
            part
            for row in rows
            for part in (self._lists.get(("absence_reason", row.reason or ""), ""), row.detail)
            if part
        ]

    def _whose(self, join: Join) -> str:
        row = join.kept
        match row:
            case m.Milestone():
                return self._lists.get(("milestone", row.kind), row.kind)
            case m.FamilyChoice():
                return self._names.get(row.family_id, "") or "Filière"
            case m.VisitPlace():
                return f"Visite du {long_day(self._session.get_one(m.Visit, row.visit_id).on)}"
        return ""

    def _word(self, join: Join, column: str, value: str) -> str:
        if join.table == "visit_place":
            return _PLACES.get(value, value)
        told = told_of(join.table, column)
        words = () if told is None else told.words
        if isinstance(words, str):
            return self._lists.get((words, value), value)
        return dict(words).get(value, value)

    @cached_property
    def _lists(self) -> Mapping[tuple[str, str], str]:
        item = m.ReferenceItem
        rows = self._session.execute(
            sa.select(item.list, item.code, item.label).where(item.deleted_at.is_(None))
        )
        return {(row.list, row.code): row.label for row in rows}

    @cached_property
    def _names(self) -> Mapping[UUID | None, str]:
        found: dict[UUID | None, str] = {}
        for model, column in (
            (m.Site, m.Site.name),
            (m.Cohort, m.Cohort.name),
            (m.TradeFamily, m.TradeFamily.label),
        ):
            found |= dict(self._session.execute(sa.select(model.id, column)).tuples().all())
        for staff in self._session.scalars(sa.select(m.Staff)):
            found[staff.id] = full_name(staff.given_name, staff.family_name)
        return found


def _record_name(row: Any, column: str) -> str:
    """The name of a field in the record of a person: « residence.expires_on »."""
    part = row.kind if isinstance(row, m.PersonContact) else _PARTS.get(type(row), "")
    return f"{part}.{column}"


def label_of(column: sa.Column[Any]) -> str:
    """How a column is called. Raises KeyError for one that nobody named."""
    table, name = column.table.name, column.name
    if (label := LABELS.get(f"{table}.{name}")) is not None:
        return label
    told = told_of(table, name)
    return str(column.info["label"]) if told is None else told.label
