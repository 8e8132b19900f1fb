"""The people of a group as rows: one model for the cards and for the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import IntEnum
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from connexion_desktop.domain.board import (
    RESERVED,
    CardFilter,
    CardOrder,
    GroupBoard,
    PersonCard,
)
from connexion_desktop.domain.french_dates import short_day
from connexion_desktop.domain.sheet import ListSheet
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.group.words import (
    DRAFT,
    alert_line,
    alerts_tip,
    card_told,
    contact_since,
    next_line,
    presence_share,
    project_told,
)
from connexion_desktop.ui.widgets import presence_strip
from connexion_desktop.ui.widgets.tips import tip_text

AnyIndex = QModelIndex | QPersistentModelIndex
CARD = Qt.ItemDataRole.UserRole
"""The role that gives the whole `PersonCard`."""


class Column(IntEnum):
    """The table's columns, in their first order."""

    NAME = 0
    ALERT = 1
    PRESENCE = 2
    NEXT = 3
    CONTACT = 4
    PROJECT = 5
    CV = 6
    PITCH = 7
    IMMERSION = 8
    LENT = 9
    ACTIVITY = 10
    FAMILIES = 11


TITLES = {
    Column.NAME: "Nom",
    Column.ALERT: "À faire",
    Column.PRESENCE: "Présences",
    Column.NEXT: "Prochaine étape",
    Column.CONTACT: "Contact",
    Column.PROJECT: "Projet",
    Column.CV: "CV",
    Column.PITCH: "Pitch",
    Column.IMMERSION: "Immersion",
    Column.LENT: "PC prêté",
    Column.ACTIVITY: "Activité",
    Column.FAMILIES: "Filières",
}
ORDERED = {
    Column.NAME: CardOrder.NAME,
    Column.ALERT: CardOrder.ALERTS,
    Column.NEXT: CardOrder.NEXT,
    Column.CONTACT: CardOrder.CONTACT,
}
"""The columns whose order is one of the sort menu's."""

STEPS = (Column.CV, Column.PITCH, Column.IMMERSION)


class Sorting(NamedTuple):
    """By what the rows are sorted: an order of the menu, or any column of the table."""

    by: CardOrder | Column = CardOrder.ALERTS
    descending: bool = False

    @property
    def label(self) -> str:
        """Its French words, for the sort button."""
        label = self.by.label if isinstance(self.by, CardOrder) else TITLES[self.by].lower()
        return f"{label}, à l’envers" if self.descending else label

    @property
    def kept(self) -> str:
        """What is remembered of it."""
        return f"{self.by.value}:{int(self.descending)}"

    @classmethod
    def recalled(cls, kept: str) -> Sorting:
        """The order remembered; the usual one where that is damaged."""
        by, _, descending = kept.partition(":")
        if by in set(CardOrder):
            return cls(CardOrder(by), descending == "1")
        if by.isdecimal() and int(by) in set(Column):
            return cls(Column(int(by)), descending == "1")
        return cls()


class BoardModel(QAbstractTableModel):
    """The cards of a board that pass the filter, in the order chosen. Never queries anything.

    `sorted()` comes when the order changed, whoever asked for it.
    """

    sorted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.board: GroupBoard | None = None
        self.filter = CardFilter.ALL
        self.drafts: frozenset[UUID] = frozenset()
        self.sorting = Sorting()
        self._shown: list[PersonCard] = []

    def show_drafts(self, people: frozenset[UUID]) -> None:
        """Mark those about whom something begun waits."""
        self.drafts = people
        self._changed_all()

    def _changed_all(self) -> None:
        if self._shown:
            last = self.index(len(self._shown) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def show_board(self, board: GroupBoard) -> None:
        """Show another board, or the same one after a change."""
        self.board = board
        self._arrange()

    def keep(self, kept: CardFilter) -> None:
        """Show only the people of a counter."""
        self.filter = kept
        self._arrange()

    def order(self, sorting: Sorting) -> None:
        """Show them in another order."""
        self.sorting = sorting
        self._arrange()
        self.sorted.emit()

    def cards(self) -> tuple[PersonCard, ...]:
        """The people shown, in their order."""
        return tuple(self._shown)

    def card(self, index: AnyIndex) -> PersonCard | None:
        """Who stands at an index."""
        return self._shown[index.row()] if index.isValid() else None

    def person(self, index: AnyIndex) -> UUID | None:
        """The id of who stands at an index."""
        card = self.card(index)
        return None if card is None else card.person_id

    def row_of(self, person_id: UUID | None) -> int:
        """The row of a person, -1 if they are not shown."""
        ids = [card.person_id for card in self._shown]
        return ids.index(person_id) if person_id in ids else -1

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column < 0:
            return
        wanted = Column(column)
        self.order(Sorting(ORDERED.get(wanted, wanted), order == Qt.SortOrder.DescendingOrder))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.ToolTipRole and section == Column.FAMILIES:
            return "Filières découvertes sur celles choisies"
        return TITLES[Column(section)] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        card = self.card(index)
        if card is None or self.board is None:
            return None
        if role == CARD:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(card, Column(index.column()), self.board)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._told(card, Column(index.column()), self.board)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(_tip(card, Column(index.column()), self.board))
        return _dress(card, Column(index.column()), self.board, role)

    def _told(self, card: PersonCard, column: Column, board: GroupBoard) -> str:
        """What a screen reader says of a cell: of the name, the whole card."""
        if column is Column.NAME:
            told = card_told(card, board)
            return f"{told}. {DRAFT}" if card.person_id in self.drafts else told
        return (
            presence_strip.told(card.presence)
            if column is Column.PRESENCE
            else cell_text(card, column, board)
        )

    def _arrange(self) -> None:
        board = self.board
        if board is None:
            return
        kept = [card for card in board.cards if self.filter.keeps(card)]
        kept.sort(key=lambda card: card.sort_name)
        kept.sort(key=self._key(board), reverse=self.sorting.descending)
        before = [card.journey_id for card in self._shown]
        after = [card.journey_id for card in kept]
        if before == after:
            self._shown = kept
            self._changed_all()
        elif set(before) == set(after):
            self._reorder(kept, [after.index(each) for each in before])
        else:
            self.beginResetModel()
            self._shown = kept
            self.endResetModel()

    def _reorder(self, kept: list[PersonCard], new_rows: list[int]) -> None:
        """Move the rows so that what is selected, and the current one, stay with their people."""
        self.layoutAboutToBeChanged.emit()
        self._shown = kept
        known = self.persistentIndexList()
        moved = [self.index(new_rows[index.row()], index.column()) for index in known]
        self.changePersistentIndexList(known, moved)
        self.layoutChanged.emit()

    def _key(self, board: GroupBoard) -> Callable[[PersonCard], Any]:
        by = self.sorting.by
        if isinstance(by, CardOrder):
            return by.key
        return lambda card: _column_key(card, by, board)


def board_sheet(
    board: GroupBoard, cards: Sequence[PersonCard], columns: Sequence[Column]
) -> ListSheet:
    """People as a list for another program, or for paper."""
    return ListSheet(
        board.cohort.name if board.cohort is not None else "",
        tuple(TITLES[column] for column in columns),
        tuple(tuple(cell_text(card, column, board) for column in columns) for card in cards),
    )


def cell_text(card: PersonCard, column: Column, board: GroupBoard) -> str:
    """What a cell of the table says, and what is copied."""
    if column in STEPS:
        if is_reserved(card, column):
            return RESERVED
        done = done_on(card, column)
        return short_day(done, board.today) if done else ""
    return _TEXTS[column](card, board)


_TEXTS: dict[Column, Callable[[PersonCard, GroupBoard], str]] = {
    Column.NAME: lambda card, board: card.name,
    Column.ALERT: lambda card, board: alert_line(card),
    Column.PRESENCE: lambda card, board: presence_share(card),
    Column.NEXT: next_line,
    Column.CONTACT: contact_since,
    Column.PROJECT: lambda card, board: project_told(card),
    Column.LENT: lambda card, board: ", ".join(item.number for item in card.lent),
    Column.ACTIVITY: lambda card, board: card.activity,
    Column.FAMILIES: lambda card, board: (
        RESERVED if card.reserved else f"{card.families_discovered}/{card.families_chosen}"
    ),
}


def is_reserved(card: PersonCard, column: Column) -> bool:
    """Whether a step is not for who looks."""
    return card.reserved and column != Column.IMMERSION


def done_on(card: PersonCard, column: Column) -> date | None:
    """The day of a step; None where it is not done, or not for who looks."""
    steps = {step.label: step.done_on for step in card.steps}
    return steps.get(TITLES[column])


def _dress(card: PersonCard, column: Column, board: GroupBoard, role: int) -> Any:
    """The name in bold, what is missing or late in its colour."""
    tokens = theme.tokens()
    if role == Qt.ItemDataRole.FontRole and column == Column.NAME:
        return theme.font("body", bold=True)
    if role != Qt.ItemDataRole.ForegroundRole:
        return None
    if column == Column.LENT and any(item.is_late(board.today) for item in card.lent):
        return tokens.red
    if column == Column.NEXT and card.planned and card.planned[0].is_late(board.today):
        return tokens.amber
    nothing = (column == Column.NEXT and not card.planned) or (
        column == Column.PROJECT and not card.project
    )
    return tokens.muted if nothing else None


def _column_key(card: PersonCard, column: Column, board: GroupBoard) -> Any:
    match column:
        case Column.PRESENCE:
            return card.days_present / max(card.days_marked, 1)
        case Column.FAMILIES:
            return card.families_discovered / max(card.families_chosen, 1)
        case Column.CV | Column.PITCH | Column.IMMERSION:
            done = done_on(card, column)
            return (done is None, done.toordinal() if done else 0)
        case _:
            text = cell_text(card, column, board)
            return (not text, text.casefold())


def _tip(card: PersonCard, column: Column, board: GroupBoard) -> str:
    match column:
        case Column.ALERT:
            return alerts_tip(card)
        case Column.PRESENCE:
            return presence_strip.told(card.presence)
        case Column.NEXT:
            return "\n".join(planned.text(board.today) for planned in card.planned)
        case Column.PROJECT:
            return "\n".join(each for each in (card.project, *card.other_projects) if each)
        case Column.FAMILIES:
            return card.families_told
        case _:
            return cell_text(card, column, board)
