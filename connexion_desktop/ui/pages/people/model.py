"""The people as rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import IntEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from connexion_desktop.domain.french_dates import age_text, imprecise_numeric
from connexion_desktop.domain.listing import PersonState
from connexion_desktop.domain.people import KnownPerson, PeopleOrder
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.badge import Tint
from connexion_desktop.ui.widgets.list_table import AnyIndex
from connexion_desktop.ui.widgets.tips import tip_text

PERSON = Qt.ItemDataRole.UserRole
"""The role that gives the whole `KnownPerson`."""


class Column(IntEnum):
    """The columns, in their first order."""

    NAME = 0
    GIVEN = 1
    STATE = 2
    GROUP = 3
    PHONE = 4
    CITY = 5
    BIRTH = 6
    MET = 7
    TO_CHECK = 8
    NUMBER = 9


TITLES = {
    Column.NAME: "Nom",
    Column.GIVEN: "Prénom",
    Column.STATE: "Où en est-on",
    Column.GROUP: "Groupe",
    Column.PHONE: "Téléphone",
    Column.CITY: "Ville",
    Column.BIRTH: "Âge",
    Column.MET: "Premier contact",
    Column.TO_CHECK: "À vérifier",
    Column.NUMBER: "Numéro",
}
ORDERS = {column: PeopleOrder[column.name] for column in Column}

TINTS: dict[PersonState, Tint] = {
    PersonState.MET: "grey",
    PersonState.INVITED: "accent",
    PersonState.WAITING: "amber",
    PersonState.IN_GROUP: "green",
    PersonState.OUT: "grey",
    PersonState.REFUSED: "grey",
}


class PeopleModel(QAbstractTableModel):
    """The people to show, already in their order. Never queries anything."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._people: Sequence[KnownPerson] = ()
        self._rows: dict[UUID, int] = {}

    def show_people(self, people: Sequence[KnownPerson]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._people = people
        self._rows = {person.id: row for row, person in enumerate(people)}
        self.endResetModel()

    def people(self) -> Sequence[KnownPerson]:
        """Those shown, from the top."""
        return self._people

    def person(self, index: AnyIndex) -> KnownPerson | None:
        """Who is at a row."""
        return self._people[index.row()] if index.isValid() else None

    def row_of(self, person_id: UUID | None) -> int | None:
        """Where somebody is; None where they are not shown."""
        return None if person_id is None else self._rows.get(person_id)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._people)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return TITLES[Column(section)]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        person = self.person(index)
        if person is None:
            return None
        column = Column(index.column())
        if role == PERSON:
            return person
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(person, column, self._today())
        if role == Qt.ItemDataRole.AccessibleTextRole and column is Column.NAME:
            return f"{person.name}, {person.line.state.label}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(cell_text(person, column, self._today()))
        return _dress(column, role)


def cell_text(person: KnownPerson, column: Column, today: date) -> str:
    """What a cell says, and what is copied."""
    return _TEXTS[column](person, today)


def _dress(column: Column, role: int) -> Any:
    """The names in bold, what is to be mended in its colour."""
    if role == Qt.ItemDataRole.FontRole and column in (Column.NAME, Column.GIVEN):
        return theme.font("body", bold=True)
    if role == Qt.ItemDataRole.ForegroundRole:
        return {
            Column.TO_CHECK: theme.tokens().amber,
            Column.NUMBER: theme.tokens().muted,
        }.get(column)
    return None


def _age(person: KnownPerson, today: date) -> str:
    return age_text(person.line.birth, today) if person.line.birth is not None else ""


def _met(person: KnownPerson, _today: date) -> str:
    return imprecise_numeric(person.line.met) if person.line.met is not None else ""


def _to_check(person: KnownPerson, _today: date) -> str:
    count = person.line.to_check
    return f"{count} valeur{'s' * (count > 1)}" if count else ""


_TEXTS: dict[Column, Callable[[KnownPerson, date], str]] = {
    Column.NAME: lambda person, today: person.line.family_name,
    Column.GIVEN: lambda person, today: person.line.given_name,
    Column.STATE: lambda person, today: person.line.state.label,
    Column.GROUP: lambda person, today: person.line.group,
    Column.PHONE: lambda person, today: person.line.phone,
    Column.CITY: lambda person, today: person.line.city,
    Column.BIRTH: _age,
    Column.MET: _met,
    Column.TO_CHECK: _to_check,
    Column.NUMBER: lambda person, today: person.line.number,
}
