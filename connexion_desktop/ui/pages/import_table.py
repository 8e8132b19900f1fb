"""The rows of an import as they would be written: what needs a look first, filtered by status."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from connexion_desktop.domain.import_rows import PreviewRow, RowStatus
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.badge import Tint
from connexion_desktop.ui.widgets.tips import tip_text

_HEADINGS = ("Statut", "Feuille", "Ligne", "Qui, quoi", "À savoir")
_STATUS, _SHEET, _ROW, _TITLE, _TOLD = range(5)
_WIDTHS = {_STATUS: 120, _SHEET: 104, _ROW: 56, _TITLE: 220}
_ICONS: dict[RowStatus, tuple[str, Tint]] = {
    RowStatus.NEW: ("add-circle-line", "green"),
    RowStatus.KNOWN: ("checkbox-circle-line", "grey"),
    RowStatus.DOUBTFUL: ("alert-line", "amber"),
    RowStatus.UNUSABLE: ("error-warning-line", "red"),
}
_URGENCY = {RowStatus.UNUSABLE: 0, RowStatus.DOUBTFUL: 1}

_Index = QModelIndex | QPersistentModelIndex


class PreviewTableModel(QAbstractTableModel):
    """The rows shown, as frozen rows: unusable, then doubtful, then as the file has them."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[PreviewRow, ...] = ()
        self._shown: tuple[PreviewRow, ...] = ()
        self._status: RowStatus | None = None

    def set_rows(self, rows: tuple[PreviewRow, ...]) -> None:
        """Show other rows, with the same filter."""
        self._all = tuple(sorted(rows, key=_urgency))
        self.filter(self._status)

    def filter(self, status: RowStatus | None) -> None:
        """Show the rows of one status, or all."""
        self.beginResetModel()
        self._status = status
        self._shown = tuple(row for row in self._all if status in (None, row.status))
        self.endResetModel()

    def row_at(self, index: _Index) -> PreviewRow | None:
        """The row at an index, None for an index of nothing."""
        return self._shown[index.row()] if index.isValid() else None

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADINGS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return _text(row, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return tip_text(_text(row, index.column()))
            case Qt.ItemDataRole.DecorationRole if index.column() == _STATUS:
                return theme.icon(*_icon(row.status))
            case Qt.ItemDataRole.ForegroundRole:
                return getattr(theme.tokens(), _ink(row, index.column()))
        return None


def _icon(status: RowStatus) -> tuple[str, str]:
    """The icon of a status, and the token of its ink."""
    icon, tint = _ICONS[status]
    return icon, "muted" if tint == "grey" else tint


def _ink(row: PreviewRow, column: int) -> str:
    """The token of a cell's ink."""
    if column == _STATUS:
        return _icon(row.status)[1]
    plain = column in (_SHEET, _ROW) or (column == _TOLD and not row.reason)
    return "muted" if plain else "ink"


def _urgency(row: PreviewRow) -> int:
    return _URGENCY.get(row.status, 2 if row.problems else 3)


def _text(row: PreviewRow, column: int) -> str:
    told = " · ".join(part for part in (row.reason, row.detail) if part)
    return (row.status.label, row.sheet, str(row.row), row.title, told)[column]


class PreviewTable(QTableView):
    """The table; `chosen` is the row under the cursor, None where there is no row."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows = PreviewTableModel()
        self.setModel(self._rows)
        self.setAccessibleName("Lignes à importer")
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._rows.modelReset.connect(lambda: self.selectRow(0))
        self.selectionModel().currentRowChanged.connect(self._tell)
        theme.changed.connect(self._size)
        self._size()

    def set_rows(self, rows: tuple[PreviewRow, ...]) -> None:
        """Show other rows."""
        self._rows.set_rows(rows)
        self._tell(self.currentIndex())

    def filter(self, status: RowStatus | None) -> None:
        """Show the rows of one status, or all."""
        self._rows.filter(status)
        self._tell(self.currentIndex())

    def _tell(self, current: _Index) -> None:
        self.chosen.emit(self._rows.row_at(current))

    def _size(self) -> None:
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, theme.px(width))
        self.verticalHeader().setDefaultSectionSize(theme.px(28))
        self.setIconSize(QSize(theme.px(16), theme.px(16)))
