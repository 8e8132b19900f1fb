"""The same people as rows: sorted by any column, several selected, copied to a spreadsheet."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

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
    done_on,
    is_reserved,
)
from connexion_desktop.ui.pages.group.words import presence_share
from connexion_desktop.ui.widgets import badge, presence_strip
from connexion_desktop.ui.widgets.list_table import AnyIndex, ListTable, RowDelegate

_PADDING = 9
_WIDTHS: dict[int, int] = {
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
_SPARED = (
    Column.FAMILIES,
    Column.ACTIVITY,
    Column.LENT,
    Column.IMMERSION,
    Column.PITCH,
    Column.CV,
    Column.PROJECT,
    Column.CONTACT,
    Column.PRESENCE,
    Column.NEXT,
)
"""What is left out first where there is little room: the cards tell it too."""


class TableView(ListTable):
    """See the module. `opened(person_id)` on a double click or Enter; `menu_wanted(id, point)`;
    `escaped()`: the user wants everybody back; `copied()`: the rows selected are wanted on the
    clipboard."""

    opened = Signal(object)
    menu_wanted = Signal(object, object)
    escaped = Signal()
    copied = Signal()

    def __init__(self, model: BoardModel) -> None:
        super().__init__(model, _WIDTHS, _SPARED)
        self.board_model = model
        self.setAccessibleName("Tableau du groupe")
        self.setItemDelegateForColumn(Column.PRESENCE, PresenceDelegate(self))
        self.setItemDelegateForColumn(Column.ALERT, AlertDelegate(self))
        for column in STEPS:
            self.setItemDelegateForColumn(column, StepDelegate(self))
        self.doubleClicked.connect(lambda _index: open_person(self))
        self._show_sorting()
        model.sorted.connect(self._show_sorting)
        self.horizontalHeader().sortIndicatorChanged.connect(model.sort)

    def current_person(self) -> UUID | None:
        """Whose row has the keyboard."""
        return self.board_model.person(self.currentIndex())

    def put_current(self, person_id: UUID | None) -> None:
        """Give the keyboard to somebody's row; to the first if they are not shown."""
        self.put_row(max(self.board_model.row_of(person_id), 0))

    def chosen(self) -> tuple[list[int], list[Column]]:
        """The rows selected, and the columns chosen."""
        return self.selected_rows(), [Column(column) for column in self.chosen_columns()]

    def put_columns(self, kept: str) -> None:
        super().put_columns(kept)
        self._show_sorting()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not take_key(self, event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        ask_menu(self, event)

    def _show_sorting(self) -> None:
        sorting = self.board_model.sorting
        columns = {order: column for column, order in ORDERED.items()}
        column = columns[sorting.by] if isinstance(sorting.by, CardOrder) else sorting.by
        self.show_sorting(column, descending=sorting.descending)


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
    """A milestone: a tick once done, a hollow ring until then; nothing where it is not for who
    looks."""

    def fill(
        self, painter: QPainter, box: QRect, card: PersonCard, column: Column, model: BoardModel
    ) -> None:
        """Draw the content."""
        if is_reserved(card, column):
            return
        done = done_on(card, column) is not None
        side = theme.px(14 if done else 11)
        mark = QRect(box.x(), box.center().y() - side // 2, side, side)
        tokens = theme.tokens()
        if done:
            icons.draw(painter, mark, "check-line", tokens.green)
        else:
            icons.draw(painter, mark, "checkbox-blank-circle-line", tokens.muted)
