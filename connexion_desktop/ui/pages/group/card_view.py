"""The cards of a group: a grid that fits the window, walked with the keyboard."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import (
    QElapsedTimer,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from connexion_desktop.domain.board import GroupBoard, PersonCard
from connexion_desktop.domain.french_dates import full_day, short_day
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.group import card as drawing
from connexion_desktop.ui.pages.group.gestures import ask_menu, open_person, take_key
from connexion_desktop.ui.pages.group.grid import Grid, grid_for
from connexion_desktop.ui.pages.group.model import CARD, BoardModel, Column
from connexion_desktop.ui.pages.group.words import alerts_tip, next_line
from connexion_desktop.ui.widgets import presence_strip
from connexion_desktop.ui.widgets.tips import tip_text

AnyIndex = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction


class CardView(QListView):
    """See the module. `opened(person_id)` on a click or Enter; `menu_wanted(person_id, point)`;
    `escaped()`: the user wants everybody back."""

    opened = Signal(object)
    menu_wanted = Signal(object, object)
    escaped = Signal()
    copied = Signal()

    def __init__(self, model: BoardModel) -> None:
        super().__init__()
        self.board_model = model
        self._grid = Grid(1, 1, 1, scrolls=False)
        self._typed = ""
        self._since_typed = QElapsedTimer()
        self.setAccessibleName("Cartes du groupe")
        self.setProperty("kind", "cards")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(CardDelegate(self))
        self.setModel(model)
        self.clicked.connect(lambda _index: open_person(self))
        theme.changed.connect(self.fit)

    def board(self) -> GroupBoard | None:
        """What is shown."""
        return self.board_model.board

    def fit(self) -> None:
        """Choose the grid again: the space, the size of text or the number of people changed."""
        board = self.board_model.board
        count = len(board.cards) if board is not None else 12
        bar = theme.BAR
        height = self.height()
        grid = grid_for(self.width(), height, count, drawing.lowest(), drawing.highest())
        if grid.scrolls:
            narrower = self.width() - bar
            grid = grid_for(narrower, height, count, drawing.lowest(), drawing.highest())
        self._grid = grid
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if grid.scrolls else policy.ScrollBarAlwaysOff
        )
        self.setGridSize(self.cell_size())

    def cell_size(self) -> QSize:
        """The size of a cell of the grid."""
        return QSize(self._grid.width, self._grid.height)

    def current_person(self) -> UUID | None:
        """Whose card has the keyboard."""
        return self.board_model.person(self.currentIndex())

    def put_current(self, person_id: UUID | None) -> None:
        """Give the keyboard to somebody's card; to the first if they are not shown."""
        row = max(self.board_model.row_of(person_id), 0)
        index = self.board_model.index(row, 0)
        if index.isValid():
            self.setCurrentIndex(index)

    def chosen(self) -> tuple[list[int], list[Column]]:
        """The row that has the keyboard, and every column."""
        row = self.currentIndex().row()
        return [row] if row >= 0 else [], list(Column)

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        row, last = self.currentIndex().row(), self.board_model.rowCount() - 1
        columns = self._grid.columns
        page = max(self.viewport().height() // self._grid.height, 1) * columns
        target = {
            _Move.MoveLeft: row - 1,
            _Move.MovePrevious: row - 1,
            _Move.MoveRight: row + 1,
            _Move.MoveNext: row + 1,
            _Move.MoveUp: row - columns if row >= columns else row,
            _Move.MoveDown: row + columns if row // columns < last // columns else row,
            _Move.MovePageUp: row - page,
            _Move.MovePageDown: row + page,
            _Move.MoveHome: 0,
            _Move.MoveEnd: last,
        }[action]
        return self.board_model.index(min(max(target, 0), last), 0)

    def keyboardSearch(self, search: str) -> None:
        from connexion_desktop.domain.names import fold

        self._typed = self._typed + search if self._is_still_typing() else search
        self._since_typed.start()
        wanted = fold(self._typed)
        cards = self.board_model.cards()
        start = max(self.currentIndex().row(), 0) + (len(self._typed) == 1)
        for step in range(len(cards)):
            row = (start + step) % len(cards)
            if wanted and _name_starts(cards[row], wanted):
                self.setCurrentIndex(self.board_model.index(row, 0))
                return

    def _is_still_typing(self) -> bool:
        limit = QApplication.keyboardInputInterval()
        return self._since_typed.isValid() and self._since_typed.elapsed() < limit

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.fit()
        super().resizeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.indexAt(event.position().toPoint()).isValid()
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        )
        super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not take_key(self, event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        ask_menu(self, event)


def _name_starts(card: PersonCard, wanted: str) -> bool:
    from connexion_desktop.domain.names import fold

    name = fold(card.name)
    return name.startswith(wanted) or any(word.startswith(wanted) for word in name.split())


class CardDelegate(QStyledItemDelegate):
    """Paints the cards; tells what is under the pointer, down to one day of the strip."""

    def __init__(self, view: CardView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return self._view.cell_size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        card, board = index.data(CARD), self._view.board()
        if card is None or board is None:
            return
        state = option.state
        look = drawing.Look(
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            ringed=self._view.hasFocus() and index == self._view.currentIndex(),
            draft=card.person_id in self._view.board_model.drafts,
        )
        drawing.paint(painter, option.rect, card, board, look)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> bool:
        card, board = index.data(CARD), self._view.board()
        if card is None or board is None:
            return False
        cell = option.rect
        told = tip_text(_tip(cell, event.pos(), card, board))
        QToolTip.showText(event.globalPos(), told, view)
        return True


def _tip(cell: QRect, at: QPoint, card: PersonCard, board: GroupBoard) -> str:
    where = drawing.places(cell)
    if where.strip.adjusted(0, -4, 0, 4).contains(at):
        weeks = [day.week for day in board.days]
        cells = presence_strip.places(where.strip, len(weeks), weeks)
        rank = sum(box.right() < at.x() for box in cells[:-1])
        day, mark = board.days[rank], card.presence[rank]
        return f"{full_day(day.on)} : {day.closed.lower() or mark.label}"
    if where.subtitle.contains(at):
        return card.families_told
    if at.y() >= where.footer.top():
        return alerts_tip(card)
    lines = (*_fixed_tips(card, board), *_extra_tips(card, board))
    told = zip(lines, where.lines, strict=False)
    return next((text for text, box in told if box.contains(at)), "")


def _fixed_tips(card: PersonCard, board: GroupBoard) -> tuple[str, str, str]:
    """What the three lines that every card has say in full."""
    projects = "\n".join(each for each in (card.project, *card.other_projects) if each)
    steps = [f"{step.label} : {short_day(step.done_on)}" for step in card.steps if step.done_on]
    steps += [f"Prêté : {', '.join(item.number for item in card.lent)}"] if card.lent else []
    coming = (planned.text(board.today) for planned in card.planned)
    return projects, "\n".join(steps), "\n".join(coming) or next_line(card, board)


def _extra_tips(card: PersonCard, board: GroupBoard) -> list[str]:
    return [
        " · ".join(part for part in (extra.text, extra.when) if part)
        for extra in drawing.extras(card, board)
    ]
