"""A table of rows: sorted by its columns, which are moved, resized and remembered; several rows are
selected and copied to a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from connexion_desktop.domain.sheet import harmless
from connexion_desktop.ui import theme

AnyIndex = QModelIndex | QPersistentModelIndex
_ROW = 34
_NARROWEST, _WIDEST = 0.95, 1.4
"""What a column may be reduced or grown to, of its usual width."""


class ListTable(QTableView):
    """See the module. `widths` are the usual ones, in logical pixels; the columns `spared` are left
    out where there is little room, the first one first."""

    columns_changed = Signal()

    def __init__(
        self, model: QAbstractItemModel, widths: Mapping[int, int], spared: Sequence[int] = ()
    ) -> None:
        super().__init__()
        self._usual, self._spared = widths, spared
        self._pointed = -1
        self._widths_chosen = False
        self._held = False
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self._dress_header()
        self.setItemDelegate(RowDelegate(self))
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def pointed_row(self) -> int:
        """The row under the mouse, -1 for none."""
        return self._pointed

    def put_row(self, row: int) -> None:
        """Give the keyboard to a row, selected alone."""
        index = self.model().index(row, 0)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def selected_rows(self) -> list[int]:
        """The rows selected, from the top."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def columns(self) -> str:
        """The widths and the order of the columns, to be remembered, and how many they are."""
        header = self.horizontalHeader()
        state = bytes(header.saveState().toBase64().data()).decode("ascii")
        return f"{header.count()}:{state}"

    def put_columns(self, kept: str) -> None:
        """Give the columns the widths and the order remembered; what is damaged, or was remembered
        of other columns, is ignored."""
        header = self.horizontalHeader()
        count, _, encoded = kept.partition(":")
        if count != str(header.count()):
            return
        state = QByteArray.fromBase64(QByteArray(encoded.encode("ascii", "ignore")))
        header.blockSignals(True)
        self._widths_chosen = header.restoreState(state)
        for column in self._spared:
            header.showSection(column)
        header.blockSignals(False)

    def show_sorting(self, column: int, *, descending: bool) -> None:
        """Put the arrow on the column that sorts."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(column, order)
        header.blockSignals(False)

    def copy(self) -> None:
        """Put the selected rows on the clipboard under their titles, as a spreadsheet pastes them,
        in the order of the columns."""
        rows = self.selected_rows()
        if not rows:
            return
        header, model = self.horizontalHeader(), self.model()
        columns = [header.logicalIndex(place) for place in range(header.count())]
        across = Qt.Orientation.Horizontal
        lines = [[str(model.headerData(column, across)) for column in columns]]
        lines += [[str(model.index(row, column).data()) for column in columns] for row in rows]
        text = "\n".join(
            "\t".join(harmless(" ".join(cell.split())) for cell in line) for line in lines
        )
        QGuiApplication.clipboard().setText(text)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.rowAt(int(event.position().y())))
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Leave, QEvent.Type.HoverLeave):
            self._point_at(-1)
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _point_at(self, row: int) -> None:
        if row != self._pointed:
            self._pointed = row
            self.viewport().update()

    def _dress_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        self._fit_columns()
        header.viewport().installEventFilter(self)
        header.sectionResized.connect(self._section_resized)
        header.sectionMoved.connect(lambda *_moved: self._choose_widths())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.horizontalHeader().viewport():
            pressed, released = QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease
            if event.type() in (pressed, released):
                self._held = event.type() == pressed
        return super().eventFilter(watched, event)

    def _section_resized(self, *_resized: int) -> None:
        """The mouse chooses; a scroll bar or another size of text only changes widths."""
        if self._held:
            self._choose_widths()

    def _choose_widths(self) -> None:
        self._widths_chosen = True
        self.columns_changed.emit()

    def _fit_columns(self) -> None:
        """Give the columns the width of the view, as far as they stay readable, until the user
        chooses."""
        room = self.viewport().width()
        shown = dict(self._usual)
        for column in self._spared:
            if theme.px(sum(shown.values())) * _NARROWEST > room:
                del shown[column]
        share = min(max(room / theme.px(sum(shown.values())), _NARROWEST), _WIDEST)
        header = self.horizontalHeader()
        header.blockSignals(True)
        for column in self._spared:
            header.setSectionHidden(column, column not in shown)
        for column, width in shown.items():
            header.resizeSection(column, int(theme.px(width) * share))
        header.blockSignals(False)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        if not self._widths_chosen:
            self._fit_columns()
            self.updateGeometries()


class RowDelegate(QStyledItemDelegate):
    """A cell lit with its whole row where the mouse is."""

    def __init__(self, view: ListTable) -> None:
        super().__init__(view)
        self._view = view

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        if index.row() == self._view.pointed_row:
            option.state |= QStyle.StateFlag.State_MouseOver
