"""The presences in sight as rows and columns: a person each, a half-day each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.french_dates import short_day
from connexion_desktop.domain.presence_grid import Cell, Column, PresenceGrid
from connexion_desktop.domain.presences import CellKey
from connexion_desktop.domain.programme import Participant
from connexion_desktop.ui.widgets.tips import tip_text

AnyIndex = QModelIndex | QPersistentModelIndex
_ACROSS = Qt.Orientation.Horizontal
_SPOKEN = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.StatusTipRole)


class PresenceModel(QAbstractTableModel):
    """See the module. `grid` holds the days in sight alone."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.grid: PresenceGrid | None = None

    def show(self, grid: PresenceGrid) -> None:
        """Show it; what has the keyboard keeps it where rows and columns are the same."""
        known = self.grid
        same = known is not None and (known.rows, [each.slot for each in known.columns]) == (
            grid.rows,
            [each.slot for each in grid.columns],
        )
        if not same:
            self.beginResetModel()
        self.grid = grid
        if not same:
            self.endResetModel()
        elif grid.rows and grid.columns:
            last = self.index(len(grid.rows) - 1, len(grid.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(_ACROSS, 0, len(grid.columns) - 1)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(grid.rows) - 1)

    def clear(self) -> None:
        """Show nothing: what was in sight is of another group, or is no more."""
        if self.grid is not None:
            self.beginResetModel()
            self.grid = None
            self.endResetModel()

    @property
    def people(self) -> tuple[Participant, ...]:
        """Those in sight, guests last."""
        return self.grid.rows if self.grid is not None else ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The half-days in sight."""
        return self.grid.columns if self.grid is not None else ()

    def key(self, index: AnyIndex) -> CellKey | None:
        """Whose half-day a cell is."""
        if not index.isValid():
            return None
        person = self.people[index.row()]
        return CellKey(person.journey_id, self.columns[index.column()].slot)

    def cell(self, index: AnyIndex) -> Cell | None:
        """What a cell holds."""
        key = self.key(index)
        return self.grid.cell(key.journey_id, key.slot) if self.grid and key else None

    def presence(self, index: AnyIndex) -> Presence:
        """What a cell shows."""
        cell, key = self.cell(index), self.key(index)
        if cell is None or key is None or self.grid is None:
            return Presence.OUTSIDE
        return cell.presence(key.slot.on, self.grid.today)

    def told(self, index: AnyIndex) -> str:
        """What a cell says, in words."""
        if self.grid is None or not index.isValid():
            return ""
        return self.grid.told(self.people[index.row()], self.columns[index.column()].slot)

    def index_of(self, key: CellKey | None) -> QModelIndex:
        """Where a cell is; nowhere where it is not in sight."""
        if key is not None:
            for column, each in enumerate(self.columns):
                if each.slot == key.slot:
                    for row, person in enumerate(self.people):
                        if person.journey_id == key.journey_id:
                            return self.index(row, column)
        return QModelIndex()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.people)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.presence(index).value
        if role in _SPOKEN:
            return self.told(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(self.told(index))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        count = len(self.columns if orientation == _ACROSS else self.people)
        if self.grid is None or not 0 <= section < count:
            return None
        shown = role == Qt.ItemDataRole.DisplayRole
        if orientation == _ACROSS:
            column = self.columns[section]
            if shown:
                return f"{short_day(column.slot.on)}, {column.slot.half.label}"
            told = f"{column.told}\n{self.grid.count(column.slot).told}"
        else:
            person = self.people[section]
            if shown:
                return person.told
            reserved = self.grid.reserved_told(person)
            told = f"{person.told} : {reserved or self.grid.rate(person.journey_id).told}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(told)
        return told if role in _SPOKEN else None
