"""The same people as rows: sorted by any column, several selected, copied to a spreadsheet."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from connexion_desktop.domain.board import CardOrder, PersonCard
from connexion_desktop.ui import icons, theme
from connexion_desktop.ui.pages.group.card import paint_badges
from connexion_desktop.ui.pages.group.gestures import ask_menu, open_person, take_key
from connexion_desktop.ui.pages.group.model import (
    CARD,
    ORDERED,
    STEPS,
    BoardModel,
    Column,
    copied,
)
from connexion_desktop.ui.pages.group.words import presence_share
from connexion_desktop.ui.widgets import badge, presence_strip

AnyIndex = QModelIndex | QPersistentModelIndex
_PADDING = 9
_WIDTHS = {
    Column.NAME: 176,
    Column.ALERT: 206,
    Column.PRESENCE: 156,
    Column.NEXT: 176,
    Column.CONTACT: 96,
    Column.PROJECT: 134,
    Column.CV: 40,
    Column.PITCH: 52,
    Column.IMMERSION: 88,
    Column.LENT: 74,
    Column.ACTIVITY: 110,
    Column.FAMILIES: 66,
}
_SPARED = (Column.FAMILIES, Column.ACTIVITY)
"""What is left out first where there is little room: the cards tell it too."""

_NARROWEST, _WIDEST = 0.95, 1.4
"""What a column may be reduced or grown to, of its usual width."""


class TableView(QTableView):
    """See the module. `opened(person_id)` on a double click or Enter; `menu_wanted(id, point)`;
    `escaped()`: the user wants everybody back."""

    opened = Signal(object)
    menu_wanted = Signal(object, object)
    escaped = Signal()
    columns_changed = Signal()

    def __init__(self, model: BoardModel) -> None:
        super().__init__()
        self.board_model = model
        self.setAccessibleName("Tableau du groupe")
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
        self._pointed = -1
        self._widths_chosen = False
        self._held = False
        self._dress_header()
        self.setItemDelegate(RowDelegate(self))
        self.setItemDelegateForColumn(Column.PRESENCE, PresenceDelegate(self))
        self.setItemDelegateForColumn(Column.ALERT, AlertDelegate(self))
        for column in STEPS:
            self.setItemDelegateForColumn(column, StepDelegate(self))
        self.doubleClicked.connect(lambda _index: open_person(self))
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def pointed_row(self) -> int:
        """The row under the mouse, -1 for none."""
        return self._pointed

    def _point_at(self, row: int) -> None:
        if row != self._pointed:
            self._pointed = row
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.rowAt(int(event.position().y())))
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Leave, QEvent.Type.HoverLeave):
            self._point_at(-1)
        return super().viewportEvent(event)

    def current_person(self) -> UUID | None:
        """Whose row has the keyboard."""
        return self.board_model.person(self.currentIndex())

    def put_current(self, person_id: UUID | None) -> None:
        """Give the keyboard to somebody's row; to the first if they are not shown."""
        row = max(self.board_model.row_of(person_id), 0)
        index = self.board_model.index(row, 0)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def columns(self) -> str:
        """The widths and the order of the columns, to be remembered."""
        return bytes(self.horizontalHeader().saveState().toBase64().data()).decode("ascii")

    def put_columns(self, kept: str) -> None:
        """Give the columns the widths and the order remembered; what is damaged is ignored."""
        state = QByteArray.fromBase64(QByteArray(kept.encode("ascii", "ignore")))
        header = self.horizontalHeader()
        header.blockSignals(True)
        self._widths_chosen = header.restoreState(state)
        for column in _SPARED:
            header.showSection(column)
        header.blockSignals(False)
        self._show_sorting()

    def copy(self) -> None:
        """Put the selected rows on the clipboard, as a spreadsheet pastes them."""
        board = self.board_model.board
        if board is None:
            return
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        header = self.horizontalHeader()
        columns = [Column(header.logicalIndex(place)) for place in range(header.count())]
        cards = [self.board_model.cards()[row] for row in rows]
        QGuiApplication.clipboard().setText(copied(board, cards, columns))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not take_key(self, event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        ask_menu(self, event)

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
        self._show_sorting()
        self.board_model.sorted.connect(self._show_sorting)
        header.sortIndicatorChanged.connect(self.board_model.sort)
        header.viewport().installEventFilter(self)
        header.sectionResized.connect(self._section_resized)
        header.sectionMoved.connect(self._choose_widths)

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

    def _choose_widths(self, *_moved: int) -> None:
        self._widths_chosen = True
        self.columns_changed.emit()

    def _fit_columns(self) -> None:
        """Give the columns the width of the view, as far as they stay readable, until the user
        chooses."""
        room = self.viewport().width()
        shown = dict(_WIDTHS)
        for column in _SPARED:
            if theme.px(sum(shown.values())) * _NARROWEST > room:
                del shown[column]
        share = min(max(room / theme.px(sum(shown.values())), _NARROWEST), _WIDEST)
        header = self.horizontalHeader()
        header.blockSignals(True)
        for column in _SPARED:
            header.setSectionHidden(column, column not in shown)
        for column, width in shown.items():
            header.resizeSection(column, int(theme.px(width) * share))
        header.blockSignals(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show_sorting(self) -> None:
        """Put the arrow on the column that sorts."""
        sorting = self.board_model.sorting
        columns = {order: column for column, order in ORDERED.items()}
        column = columns[sorting.by] if isinstance(sorting.by, CardOrder) else sorting.by
        order = Qt.SortOrder.DescendingOrder if sorting.descending else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(column, order)
        header.blockSignals(False)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(34))
        if not self._widths_chosen:
            self._fit_columns()
            self.updateGeometries()


class RowDelegate(QStyledItemDelegate):
    """A cell lit with its whole row where the mouse is."""

    def __init__(self, view: TableView) -> None:
        super().__init__(view)
        self._view = view

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        if index.row() == self._view.pointed_row:
            option.state |= QStyle.StateFlag.State_MouseOver


class _PaintedDelegate(RowDelegate):
    """A cell whose ground is the style's and whose content is ours."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().paint(painter, option, index)
        model, card = index.model(), index.data(CARD)
        if isinstance(model, BoardModel) and isinstance(card, PersonCard):
            painter.save()
            painter.setFont(theme.font("small"))
            box = option.rect.adjusted(_PADDING, 0, -_PADDING, 0)
            self.fill(painter, box, card, Column(index.column()), model)
            painter.restore()

    def fill(
        self, painter: QPainter, box: QRect, card: PersonCard, column: Column, model: BoardModel
    ) -> None:
        """Draw the content."""
        raise NotImplementedError


class PresenceDelegate(_PaintedDelegate):
    """The strip, and the days present beside it."""

    def fill(
        self, painter: QPainter, box: QRect, card: PersonCard, column: Column, model: BoardModel
    ) -> None:
        """Draw the content."""
        room = painter.fontMetrics().horizontalAdvance("24/24") + theme.px(8)
        strip = QRect(box.x(), 0, max(box.width() - room, 0), theme.px(8))
        strip.moveTop(box.center().y() - strip.height() // 2)
        days = model.board.days if model.board is not None else ()
        presence_strip.paint(painter, strip, card.presence, [day.week for day in days])
        painter.setPen(theme.tokens().muted)
        painter.drawText(
            box,
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            presence_share(card),
        )


class AlertDelegate(_PaintedDelegate):
    """The badges of what is to be done."""

    def fill(
        self, painter: QPainter, box: QRect, card: PersonCard, column: Column, model: BoardModel
    ) -> None:
        """Draw the content."""
        row = QRect(box.x(), 0, box.width(), badge.size("Àg", "red").height())
        row.moveTop(box.center().y() - row.height() // 2)
        paint_badges(painter, row, card)


class StepDelegate(_PaintedDelegate):
    """A milestone: a tick once done, a hollow ring until then."""

    def fill(
        self, painter: QPainter, box: QRect, card: PersonCard, column: Column, model: BoardModel
    ) -> None:
        """Draw the content."""
        done = card.steps[STEPS.index(column)].done_on is not None
        side = theme.px(14 if done else 11)
        mark = QRect(box.x(), box.center().y() - side // 2, side, side)
        tokens = theme.tokens()
        if done:
            icons.draw(painter, mark, "check-line", tokens.green)
        else:
            icons.draw(painter, mark, "checkbox-blank-circle-line", tokens.muted)
