"""The cells of a workbook, as a spreadsheet shows them: to be read, and no more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView

from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.tips import tip_text

_Index = QModelIndex | QPersistentModelIndex
_NARROWEST, _WIDEST = 48, 260
_HEIGHT = 28
_LETTERS = 26
_MEASURED = 50
"""How many rows say how wide a column is."""


class _Cells(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._cells: Sequence[Sequence[str]] = ()

    def show_cells(self, cells: Sequence[Sequence[str]]) -> None:
        self.beginResetModel()
        self._cells = cells
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._cells)

    def columnCount(self, parent: _Index | None = None) -> int:
        is_leaf = parent is not None and parent.isValid()
        return 0 if is_leaf or not self._cells else len(self._cells[0])

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return letters(section) if orientation is Qt.Orientation.Horizontal else str(section + 1)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        text = self._cells[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.ToolTipRole:
                return tip_text(text)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{letters(index.column())}{index.row() + 1} : {text or 'vide'}"
        return None


class Grid(QTableView):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self._cells = _Cells()
        self.setModel(self._cells)
        self.setAccessibleName("Lignes du classeur")
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setResizeContentsPrecision(_MEASURED)
        theme.changed.connect(self._fit)

    def show_cells(self, cells: Sequence[Sequence[str]]) -> None:
        """Show other cells, from the first one; every row is as long as the others."""
        self._cells.show_cells(cells)
        self.scrollToTop()
        self.setCurrentIndex(self._cells.index(0, 0))
        self._fit()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(_HEIGHT))
        self.horizontalHeader().setMaximumSectionSize(theme.px(_WIDEST))
        self.horizontalHeader().setMinimumSectionSize(theme.px(_NARROWEST))
        self.resizeColumnsToContents()


def letters(column: int) -> str:
    """A, B… Z, AA: as spreadsheets name their columns, the first one being 0."""
    name = ""
    while column >= 0:
        column, letter = divmod(column, _LETTERS)
        name = chr(ord("A") + letter) + name
        column -= 1
    return name
