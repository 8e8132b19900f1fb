"""The rows of an import as they would be written, filtered by what becomes of them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from connexion_desktop.domain.import_rows import PreviewRow, RowStatus
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.badge import Tint

_HEADINGS = ("", "Feuille", "Ligne", "Qui, quoi", "Détail", "À savoir")
_STATUS, _SHEET, _ROW, _TITLE, _DETAIL, _REASON = range(6)
_WIDTHS = {_STATUS: 112, _SHEET: 98, _ROW: 48, _TITLE: 186, _DETAIL: 246}
_ICONS: dict[RowStatus, tuple[str, Tint]] = {
    RowStatus.NEW: ("add-circle-line", "green"),
    RowStatus.KNOWN: ("checkbox-circle-line", "grey"),
    RowStatus.DOUBTFUL: ("alert-line", "amber"),
    RowStatus.UNUSABLE: ("error-warning-line", "red"),
}

_Index = QModelIndex | QPersistentModelIndex


class PreviewTableModel(QAbstractTableModel):
    """The rows shown, as frozen rows."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[PreviewRow, ...] = ()
        self._shown: tuple[PreviewRow, ...] = ()
        self._status: RowStatus | None = None

    def set_rows(self, rows: tuple[PreviewRow, ...]) -> None:
        """Show other rows, with the same filter."""
        self._all = rows
        self.filter(self._status)

    def filter(self, status: RowStatus | None) -> None:
        """Show the rows of one status, or all."""
        self.beginResetModel()
        self._status = status
        self._shown = tuple(row for row in self._all if status in (None, row.status))
        self.endResetModel()

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
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(row, index.column())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            problems = "\n".join(str(problem) for problem in row.problems)
            return problems or _text(row, index.column())
        if index.column() == _STATUS:
            icon, tint = _ICONS[row.status]
            ink = "muted" if tint == "grey" else tint
            if role == Qt.ItemDataRole.DecorationRole:
                return theme.icon(icon, ink)
            if role == Qt.ItemDataRole.ForegroundRole:
                return getattr(theme.tokens(), ink)
        if role == Qt.ItemDataRole.ForegroundRole and index.column() in (_SHEET, _ROW, _DETAIL):
            return theme.tokens().muted
        return None


def _text(row: PreviewRow, column: int) -> str:
    return (row.status.label, row.sheet, str(row.row), row.title, row.detail, row.reason)[column]


class PreviewTable(QTableView):
    """The table, with its columns' widths and no grid."""

    def __init__(self, model: PreviewTableModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName("Lignes à importer")
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        theme.changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, theme.px(width))
        self.verticalHeader().setDefaultSectionSize(theme.px(28))
