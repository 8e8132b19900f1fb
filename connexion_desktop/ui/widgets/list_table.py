"""A table of rows: sorted by its columns, which are moved, resized and remembered; several rows are
selected and copied to a spreadsheet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

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
from PySide6.QtGui import QFontMetrics, QHoverEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from connexion_desktop.ui import theme

AnyIndex = QModelIndex | QPersistentModelIndex
_ROW = 34
PADDING = 9
"""At each side of what a cell, or a title, says."""

_NARROWEST, _WIDEST = 0.95, 1.4
"""What a column may be reduced or grown to, of its usual width."""

_GIVES = 0.6
"""What is left of the usual width of a column that gives room to another, at least."""


class ListTable(QTableView):
    """See the module. `widths` are the usual ones, in logical pixels; the columns `spared` are left
    out where there is little room, the first one first."""

    columns_changed = Signal()
    """The user chose other columns, their order or their widths."""

    def __init__(
        self, model: QAbstractItemModel, widths: Mapping[int, int], spared: Sequence[int] = ()
    ) -> None:
        super().__init__()
        self._usual, self._spared = widths, spared
        self._needs: dict[int, int] = {}
        self._in_sight: frozenset[int] = frozenset()
        self._pointed = -1
        self._widths_chosen = False
        self._held = False
        self._left_out: set[int] = set()
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
        theme.changed.connect(self._needs.clear)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def pointed_row(self) -> int:
        """The row under the mouse, -1 for none."""
        return self._pointed

    def need(self, needs: Mapping[int, int]) -> None:
        """Make room for what the columns hold: how wide it is, in pixels. What a column needed once
        it keeps, so that no column moves while one seeks."""
        grown = {
            column: width for column, width in needs.items() if width > self._needs.get(column, 0)
        }
        if grown:
            self._needs |= grown
            self._fit()

    def keep_in_sight(self, columns: frozenset[int]) -> None:
        """Leave out none of these, though they are spared: they hold something by now."""
        if columns != self._in_sight:
            self._in_sight = columns
            self._fit()

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
        """How many columns there are, their widths and their order, those taken out: to be
        remembered."""
        header = self.horizontalHeader()
        state = bytes(header.saveState().toBase64().data()).decode("ascii")
        left_out = ",".join(str(column) for column in sorted(self._left_out))
        return f"{header.count()}:{state}:{left_out}"

    def put_columns(self, kept: str) -> None:
        """Give the columns the widths and the order remembered, and take out those that were; what
        is damaged, or was remembered of other columns, is ignored."""
        header = self.horizontalHeader()
        count, _, rest = kept.partition(":")
        encoded, _, left_out = rest.partition(":")
        if count != str(header.count()):
            return
        state = QByteArray.fromBase64(QByteArray(encoded.encode("ascii", "ignore")))
        header.blockSignals(True)
        self._widths_chosen = header.restoreState(state)
        known = {int(each) for each in left_out.split(",") if each.isdecimal()}
        chosen = {column for column in known if column < header.count()}
        self._left_out = chosen if self._widths_chosen and len(chosen) < header.count() else set()
        for column in range(header.count()):
            header.setSectionHidden(column, column in self._left_out)
        header.blockSignals(False)

    def chosen_columns(self) -> list[int]:
        """The columns that were not taken out, in the order of the table: those left out where
        there is little room are among them."""
        header = self.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return [column for column in order if column not in self._left_out]

    def choose_column(self, column: int, *, wanted: bool) -> None:
        """Show a column, or take it out; the last one stays."""
        if not wanted and len(self._left_out) + 1 == self.model().columnCount():
            return
        (self._left_out.discard if wanted else self._left_out.add)(column)
        self.horizontalHeader().setSectionHidden(column, not wanted)
        self._choose_widths()

    def restore_columns(self) -> None:
        """Every column again, in the first order, as wide as usual."""
        header = self.horizontalHeader()
        header.blockSignals(True)
        self._left_out.clear()
        for column in range(header.count()):
            header.showSection(column)
            header.moveSection(header.visualIndex(column), column)
        header.blockSignals(False)
        self._widths_chosen = False
        self._fit()
        self.viewport().update()
        self.columns_changed.emit()

    def columns_menu(self) -> QMenu:
        """The columns, to be shown or taken out."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        header, across = self.horizontalHeader(), Qt.Orientation.Horizontal
        for place in range(header.count()):
            column = header.logicalIndex(place)
            act = menu.addAction(str(self.model().headerData(column, across)))
            act.setCheckable(True)
            act.setChecked(column not in self._left_out)
            act.toggled.connect(lambda wanted, each=column: self.choose_column(each, wanted=wanted))
        menu.addSeparator()
        menu.addAction("Remettre les colonnes d’origine", self.restore_columns)
        return menu

    def ask_columns(self) -> None:
        """Show the menu of the columns under their titles."""
        header = self.horizontalHeader()
        self.columns_menu().popup(header.mapToGlobal(header.rect().bottomLeft()))

    def show_sorting(self, column: int, *, descending: bool) -> None:
        """Put the arrow on the column that sorts."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(column, order)
        header.blockSignals(False)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Leave, QEvent.Type.HoverLeave):
            self._point_at(-1)
        elif isinstance(event, QHoverEvent):  # the mouse may rest where the rows come
            self._point_at(self.rowAt(int(event.position().y())))
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
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda at: self.columns_menu().popup(header.mapToGlobal(at))
        )
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
        chooses; those that have more than they need give room to those that lack some, first to
        those that are never left out."""
        room = self.viewport().width()
        shown = {
            column: width for column, width in self._usual.items() if column not in self._left_out
        }
        for column in (each for each in self._spared if each not in self._in_sight):
            if column in shown and theme.px(sum(shown.values())) * _NARROWEST > room:
                del shown[column]
        share = min(max(room / theme.px(sum(shown.values())), _NARROWEST), _WIDEST)
        header = self.horizontalHeader()
        header.blockSignals(True)
        for column in self._usual:
            header.setSectionHidden(column, column not in shown)
        usual = {column: theme.px(width) for column, width in shown.items()}
        widths = shared(usual, share, self._needs, self._spared, self._titles(shown))
        for column, width in widths.items():
            header.resizeSection(column, width)
        header.blockSignals(False)

    def _titles(self, columns: Iterable[int]) -> dict[int, int]:
        """How wide the titles of these columns are, in pixels."""
        metrics, across = QFontMetrics(theme.font("small")), Qt.Orientation.Horizontal
        return {
            column: metrics.horizontalAdvance(str(self.model().headerData(column, across)))
            + 2 * PADDING
            for column in columns
        }

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        if not self._widths_chosen:
            self._fit_columns()
            self.updateGeometries()


def shared(
    usual: Mapping[int, int],
    share: float,
    needs: Mapping[int, int],
    spared: Collection[int] = (),
    titles: Mapping[int, int] = MappingProxyType({}),
) -> dict[int, int]:
    """The width of each column: `share` of the usual one, then what the others can spare to those
    whose content is wider; the ones `spared` have what is left, or give some too. None gives away
    the room of its title."""
    widths = {column: width * share for column, width in usual.items()}
    least = {
        column: min(max(usual[column] * _GIVES, titles.get(column, 0)), width)
        for column, width in widths.items()
    }
    lack = {
        column: needs[column] - width
        for column, width in widths.items()
        if needs.get(column, 0) > width
    }
    spare = {
        column: width - max(needs[column], least[column])
        for column, width in widths.items()
        if column in needs and column not in lack
    }
    spare = {column: width for column, width in spare.items() if width > 0}
    sparing = left = sum(spare.values())
    first = sum(width for column, width in lack.items() if column not in spared)
    given = {each: widths[each] - least[each] for each in lack if each in spared}
    if first > left and sum(given.values()) > 0:
        taken = min(first - left, sum(given.values()))
        left += taken
        for column, width in given.items():
            widths[column] -= taken * width / sum(given.values())
    for is_spared in (False, True):
        served = {each: width for each, width in lack.items() if (each in spared) == is_spared}
        lacking = sum(served.values())
        moved = min(lacking, left)
        left -= moved
        for column, width in served.items():
            widths[column] += moved * width / lacking
    for column, width in spare.items():
        widths[column] -= (sparing - left) * width / sparing
    return {column: int(width) for column, width in widths.items()}


class RowDelegate(QStyledItemDelegate):
    """A cell lit with its whole row where the mouse is."""

    def __init__(self, view: ListTable) -> None:
        super().__init__(view)
        self._view = view

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        if index.row() == self._view.pointed_row:
            option.state |= QStyle.StateFlag.State_MouseOver
