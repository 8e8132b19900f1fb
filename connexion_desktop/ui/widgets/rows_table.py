"""A list of frozen rows as a table: what its columns say is declared, the rest is common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
)
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from connexion_desktop.domain.names import fold
from connexion_desktop.domain.sheet import Cell, ListSheet
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets import badge
from connexion_desktop.ui.widgets.list_table import PADDING, AnyIndex, ListTable, RowDelegate
from connexion_desktop.ui.widgets.tips import tip_text

_ARROW = 18
_MEASURED = 40
"""How many rows are looked at to know how wide their texts are."""
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_AT_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Identified(Protocol):
    """A row that is known by its id."""

    @property
    def id(self) -> UUID:
        """Of what the row is about."""


Row = TypeVar("Row", bound=Identified)


Tinting = Callable[[Row], badge.Tint]


@dataclass(frozen=True, slots=True)
class RowColumn(Generic[Row]):
    """One column: its title, its usual width in logical pixels, and what it says of a row.

    `key` is what it sorts by, without it the text; None comes last. `ink` gives the name of a
    token. With a `tint` what it says is drawn as a badge. What is `spared` is left out where there
    is little room, the last one first; but `in_sight`, only while it holds nothing.
    """

    title: str
    width: int
    text: Callable[[Row], str]
    key: Callable[[Row], Any] | None = None
    bold: bool = False
    ink: Callable[[Row], str] | None = None
    tint: Tinting[Row] | None = None
    spared: bool = False
    in_sight: bool = False


def given(row: Row, column: RowColumn[Row]) -> Cell:
    """What a cell gives to another program: its day where it is one, else what it says."""
    key = column.key(row) if column.key is not None else None
    return key if isinstance(key, date) else column.text(row)


def in_order(
    rows: Iterable[Row], column: RowColumn[Row], *, descending: bool = False
) -> tuple[Row, ...]:
    """Rows sorted by a column; equals stay as they were, and nothing comes last both ways."""

    def key(row: Row) -> Any:
        return column.key(row) if column.key is not None else fold(column.text(row)) or None

    keyed = [(key(row), row) for row in rows]
    known = [each for each in keyed if each[0] is not None]
    known.sort(key=lambda each: each[0], reverse=descending)
    return tuple(row for _, row in [*known, *(each for each in keyed if each[0] is None)])


class RowsModel(QAbstractTableModel, Generic[Row]):
    """The rows to show, already in their order. Never queries anything. `told` is what a screen
    reader says of a whole row, at its first cell."""

    def __init__(self, columns: Sequence[RowColumn[Row]], told: Callable[[Row], str]) -> None:
        super().__init__()
        self.columns = columns
        self._told = told
        self._shown: Sequence[Row] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._shown = rows
        self.endResetModel()

    def rows(self) -> Sequence[Row]:
        """Those shown, from the top."""
        return self._shown

    def row(self, index: AnyIndex) -> Row | None:
        """The one at an index."""
        return self._shown[index.row()] if index.isValid() else None

    def place_of(self, row_id: UUID | None) -> int | None:
        """Where a row is; None where it is not shown."""
        if row_id is None:
            return None
        wanted = row_id.int  # a UUID compares itself in Python: too slow for a long list
        return next((place for place, row in enumerate(self._shown) if row.id.int == wanted), None)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.columns[section].title

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        column = self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                found: Any = column.text(row)
            case Qt.ItemDataRole.AccessibleTextRole if index.column() == 0:
                found = self._told(row)
            case Qt.ItemDataRole.ToolTipRole:
                found = tip_text(column.text(row))
            case Qt.ItemDataRole.FontRole if column.bold:
                found = theme.font("body", bold=True)
            case Qt.ItemDataRole.ForegroundRole if column.ink and column.ink(row):
                found = getattr(theme.tokens(), column.ink(row))
            case _:
                found = None
        return found


class RowsTable(ListTable, Generic[Row]):
    """`opened(id)` on a double click or Enter; `menu_wanted(id, point)`; `escaped()`;
    `typed(text)`: a letter was typed, to be sought; `sorted(column, descending)`; `copied()`: the
    rows selected are wanted on the clipboard."""

    opened = Signal(object)
    menu_wanted = Signal(object, object)
    escaped = Signal()
    typed = Signal(str)
    copied = Signal()
    sorted = Signal(int, bool)

    def __init__(self, model: RowsModel[Row], name: str) -> None:
        widths = {place: column.width for place, column in enumerate(model.columns)}
        spared = [place for place, column in enumerate(model.columns) if column.spared]
        self.rows_model = model
        self._last_place = 0
        super().__init__(model, widths, spared[::-1])
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self, model))
        for place, column in enumerate(model.columns):
            if column.tint is not None:
                self.setItemDelegateForColumn(place, BadgeDelegate(self, model, column.tint))
        model.modelReset.connect(self._measure)
        theme.changed.connect(self._measure)
        self.doubleClicked.connect(lambda _index: self.open_current())
        self.horizontalHeader().sortIndicatorChanged.connect(
            lambda column, order: self.sorted.emit(column, order == Qt.SortOrder.DescendingOrder)
        )

    def _measure(self) -> None:
        """Have the columns make room for what they hold."""
        rows = self.rows_model.rows()[:_MEASURED]
        self.need(
            {place: _width(column, rows) for place, column in enumerate(self.rows_model.columns)}
        )
        self.keep_in_sight(frozenset(filter(self._holds, range(len(self.rows_model.columns)))))

    def _holds(self, place: int) -> bool:
        """Whether a column that stays in sight then holds something."""
        column = self.rows_model.columns[place]
        return column.in_sight and any(map(column.text, self.rows_model.rows()))

    def show_in_order(self, rows: Iterable[Row]) -> None:
        """Show rows by the column that sorts; the one that has the keyboard keeps it."""
        header, kept = self.horizontalHeader(), self.current()
        column = self.rows_model.columns[header.sortIndicatorSection()]
        descending = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        self.rows_model.show_rows(in_order(rows, column, descending=descending))
        self.put_current(kept, anew=False)

    def current(self) -> UUID | None:
        """Which row has the keyboard."""
        row = self.rows_model.row(self.currentIndex())
        return row.id if row is not None else None

    def clear_current(self) -> None:
        """Take the keyboard away from every row, and select none."""
        self.selectionModel().clear()

    def put_current(self, row_id: UUID | None, *, anew: bool) -> None:
        """Give the keyboard to a row. Where it is not shown: to the first row if they were looked
        for `anew`, else to what has taken its place."""
        place = self.rows_model.place_of(row_id)
        if place is None:
            place = 0 if anew else min(self._last_place, self.rows_model.rowCount() - 1)
        self.put_row(max(place, 0))

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self._last_place = current.row()

    def selected(self) -> tuple[UUID, ...]:
        """The rows selected, from the top."""
        rows = self.rows_model.rows()
        return tuple(rows[place].id for place in self.selected_rows())

    def put_selected(self, ids: Collection[UUID]) -> None:
        """Select several rows, besides the one that has the keyboard."""
        wanted = {row_id.int for row_id in ids}
        if len(wanted) < 2:
            return
        places = [p for p, row in enumerate(self.rows_model.rows()) if row.id.int in wanted]
        if len(places) > 1:
            chosen = QItemSelection()
            last = self.rows_model.columnCount() - 1
            for place in places:
                index = self.rows_model.index(place, 0)
                chosen.append(QItemSelectionRange(index, index.siblingAtColumn(last)))
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(chosen, flags.ClearAndSelect)

    def sheet(self, title: str, *, alone: bool) -> Callable[[], ListSheet]:
        """What makes the rows selected, or all where they are not several and not `alone`, a sheet
        for another program, with the columns chosen in the order of the table: to be called on a
        worker, since there may be many."""
        places = self.selected_rows()
        rows = self.rows_model.rows()
        chosen = [rows[place] for place in places] if alone or len(places) > 1 else rows
        columns = [self.rows_model.columns[place] for place in self.chosen_columns()]
        return lambda: ListSheet(
            title,
            tuple(column.title for column in columns),
            tuple(tuple(given(row, column) for column in columns) for row in chosen),
        )

    def open_current(self) -> None:
        """Ask for the row that has the keyboard."""
        row_id = self.current()
        if row_id is not None:
            self.opened.emit(row_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_current()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = self.rows_model.rowCount() - 1
            self.put_row(0 if event.key() == Qt.Key.Key_Home else last)
        elif text.strip() and text.isprintable() and not event.modifiers() & _HELD:
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        row = self.rows_model.row(index)
        if row is not None:
            at = self.visualRect(index).center() if by_key else event.pos()
            self.menu_wanted.emit(row.id, self.viewport().mapToGlobal(at))


def _width(column: RowColumn[Row], rows: Sequence[Row]) -> int:
    """How wide a column must be for its title, and for the texts of these rows, in pixels."""
    title = QFontMetrics(theme.font("small")).horizontalAdvance(column.title)
    metrics = QFontMetrics(theme.font("body", bold=column.bold))
    widths = [title + theme.px(_ARROW) + 2 * PADDING]
    for row in rows:
        words = column.text(row)
        tint = column.tint(row) if column.tint is not None and words else None
        wide = (
            metrics.horizontalAdvance(words)
            if tint is None
            else badge.size(words, tint, icon="").width()
        )
        widths.append(wide + 2 * PADDING + 2)
    return max(widths)


class CellDelegate(RowDelegate, Generic[Row]):
    """A cell, painted as the style sheet paints one, in half the time: of the eight roles that Qt
    asks the model for, seven are mostly nothing, and a frame of a list has a hundred cells."""

    def __init__(self, view: ListTable, model: RowsModel[Row]) -> None:
        super().__init__(view)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        tokens = theme.tokens()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, tokens.accent_tint)
        elif index.row() == self._view.pointed_row:
            painter.fillRect(option.rect, tokens.hover)
        row, column = self._model.row(index), self._model.columns[index.column()]
        words = "" if row is None else column.text(row)
        if row is not None and words:
            box = option.rect.adjusted(PADDING, 0, -PADDING, 0)
            self.write(painter, box, words, row, column)

    def write(
        self, painter: QPainter, box: QRect, words: str, row: Row, column: RowColumn[Row]
    ) -> None:
        """Draw what a cell says in `box`."""
        font = theme.font("body", bold=column.bold)
        ink = column.ink(row) if column.ink is not None else ""
        painter.setFont(font)
        painter.setPen(getattr(theme.tokens(), ink or "ink"))
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box.adjusted(0, 0, 0, -1), _AT_LEFT, shown)


class BadgeDelegate(CellDelegate[Row]):
    """What a cell says, on a tint."""

    def __init__(self, view: ListTable, model: RowsModel[Row], tint: Tinting[Row]) -> None:
        super().__init__(view, model)
        self._tint = tint

    def write(
        self, painter: QPainter, box: QRect, words: str, row: Row, column: RowColumn[Row]
    ) -> None:
        tint = self._tint(row)
        size = badge.size(words, tint, icon="")
        drawn = QRect(box.x(), 0, min(size.width(), box.width()), size.height())
        drawn.moveTop(box.center().y() - size.height() // 2)
        badge.paint(painter, drawn, words, tint, icon="")
