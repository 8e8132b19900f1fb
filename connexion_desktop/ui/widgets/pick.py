"""A line in which three letters are enough: what is found drops down under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from connexion_desktop.domain.names import fold
from connexion_desktop.ui import icons, theme
from connexion_desktop.ui.timers import once_after
from connexion_desktop.ui.widgets.line_icon import LineIcon

_Index = QModelIndex | QPersistentModelIndex
_OFFER = Qt.ItemDataRole.UserRole
_PAUSE = 90
_MOST_ROWS = 8
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to pick: what it is called, a detail, a remark at the right; `icon` marks an act
    rather than a thing."""

    value: object
    title: str
    detail: str = ""
    remark: str = ""
    icon: str = ""


class _Offers(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._offers: tuple[Offer, ...] = ()

    def put(self, offers: Sequence[Offer]) -> None:
        self.beginResetModel()
        self._offers = tuple(offers)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._offers)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._offers):
            return None
        offer = self._offers[index.row()]
        if role == _OFFER:
            return offer
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (offer.title, offer.detail, offer.remark) if part)
        return None


class _OfferDelegate(QStyledItemDelegate):
    """Two lines: the title and the remark, then the detail."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        offer = index.data(_OFFER)
        two = isinstance(offer, Offer) and bool(offer.detail)
        return QSize(theme.px(240), theme.px(44 if two else 32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        offer = index.data(_OFFER)
        if not isinstance(offer, Offer):
            return
        tokens = theme.tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.accent_tint)
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 6, 6)
        inner = rect.adjusted(theme.px(9), theme.px(4), -theme.px(9), -theme.px(4))
        if offer.icon:
            side = theme.px(16)
            top = inner.y() + (inner.height() - side) // 2
            icons.draw(painter, QRect(inner.x(), top, side, side), offer.icon, tokens.accent)
            inner.setLeft(inner.x() + side + theme.px(7))
        first = QRect(inner)
        if offer.detail:
            first.setHeight(inner.height() // 2)
            second = QRect(inner)
            second.setTop(first.bottom() + 1)
            _draw(painter, second, offer.detail, muted=True)
        if offer.remark:
            painter.setFont(theme.font("small"))
            width = painter.fontMetrics().horizontalAdvance(offer.remark) + 2
            aside = QRect(first.right() - width + 1, first.y(), width, first.height())
            _draw(painter, aside, offer.remark, muted=True)
            first.setRight(aside.left() - theme.px(8))
        painter.setPen(tokens.accent if offer.icon else tokens.ink)
        _draw(painter, first, offer.title, accent=bool(offer.icon))
        painter.restore()


def _draw(
    painter: QPainter, rect: QRect, text: str, *, muted: bool = False, accent: bool = False
) -> None:
    tokens = theme.tokens()
    painter.setFont(theme.font("small" if muted else "body"))
    painter.setPen(tokens.muted if muted else tokens.accent if accent else tokens.ink)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class OfferLine(QLineEdit):
    """A line under which offers may drop down: arrows and Enter take one, typing goes on."""

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._offers = _Offers()

    @cached_property
    def _list(self) -> QListView:
        made = QListView()
        made.setProperty("kind", "popup")
        made.setMouseTracking(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._completer = QCompleter(self._offers, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWrapAround(False)
        self._completer.setMaxVisibleItems(_MOST_ROWS)
        self._completer.setPopup(made)
        theme.dress(made)
        self._completer.setWidget(self)
        self._completer.activated[QModelIndex].connect(self._pick)  # type: ignore[index]
        made.setItemDelegate(_OfferDelegate(made))
        return made

    def drop(self, offers: Sequence[Offer], *, first: bool = False) -> None:
        """Show offers under the line, or none; with `first`, Enter takes the first one."""
        self._offers.put(offers)
        if not offers:
            self.fold_up()
            return
        popup = self._list
        self._completer.complete(self._room())
        popup.setCurrentIndex(
            self._completer.completionModel().index(0, 0) if first else QModelIndex()
        )

    def fold_up(self) -> None:
        """Show no offer any more."""
        if self.is_dropped():
            self._list.hide()

    def is_dropped(self) -> bool:
        """Whether offers are shown."""
        return "_list" in self.__dict__ and self._list.isVisible()

    def offered(self) -> list[Offer]:
        """What is dropped down now."""
        if not self.is_dropped():
            return []
        rows = range(self._offers.rowCount())
        return [self._offers.data(self._offers.index(row), _OFFER) for row in rows]  # type: ignore[misc]

    def event(self, event: QEvent) -> bool:
        """Tab leaves the line and its offers at once: shown, they would hide that it is left."""
        is_press = event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and event.key() in _TABS:
            self.fold_up()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is left to the offers where one of them is chosen."""
        if event.key() in _ENTER and self.is_dropped():
            if self._list.currentIndex().isValid():
                event.ignore()
                return
            self.fold_up()
        super().keyPressEvent(event)

    def _pick(self, index: QModelIndex) -> None:
        offer = index.data(_OFFER)
        if isinstance(offer, Offer):
            self._take(offer)

    def _take(self, offer: Offer) -> None:
        self.fold_up()
        self.taken.emit(offer.value)

    def _room(self) -> QRect:
        width = max(self.width(), theme.px(280))
        return QRect(0, 0, width, self.height() + 2)


class PickLine(OfferLine):
    """`wanted(text)` asks what may be picked; `offer` shows it; `picked(value)` is the choice.

    Arrows and Enter choose, Escape closes the list, then gives the text back (`given_up`). Enter
    pressed before the answer takes it if it can only be that one, else drops it down at once.
    `given_back` tells that what was typed is no longer there.
    """

    wanted = Signal(str)
    picked = Signal(object)
    given_up = Signal()
    given_back = Signal()

    def __init__(self, placeholder: str, *, least: int = 0) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        LineIcon(self, "search-line")
        self._least = least
        self._shown = ""
        self._query: str | None = None
        self._entered = False
        self._pause = once_after(_PAUSE, self._ask, self)
        self.textEdited.connect(lambda _text: self._typed())

    def show_value(self, text: str) -> None:
        """Show what is chosen, unless something is being typed."""
        if self.text() == self._shown:
            self.setText(text)
            self.setCursorPosition(0)
        self._shown = text

    def give_back(self) -> None:
        """Show again what is chosen."""
        self._pause.stop()
        self._query = None
        self._entered = False
        self.fold_up()
        self.setText(self._shown)
        self.setCursorPosition(0)
        self.given_back.emit()

    def is_searching(self) -> bool:
        """Whether what it holds is not what is chosen."""
        return self.text() != self._shown

    def offer(self, text: str, offers: Sequence[Offer]) -> None:
        """Drop down what was found for `text`, if that is what was asked last."""
        if text != self._query or not self.hasFocus():
            return
        entered, self._entered = self._entered, False
        sure = _only_one(text, offers) if entered else None
        if sure is not None:
            self._take(sure)
            return
        self.drop(offers, first=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.is_dropped():
            self._ask(always=True)
        elif event.key() in _ENTER and self.is_searching() and not self.is_dropped():
            self._entered = True
            self._ask(always=True)
        elif event.key() == Qt.Key.Key_Escape and self.is_searching():
            self.give_back()
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and not self.is_searching():
            QTimer.singleShot(0, self, self.selectAll)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and self.is_searching():
            self.give_back()

    def _typed(self) -> None:
        self._entered = False
        self._pause.start()

    def _ask(self, *, always: bool = False) -> None:
        self._pause.stop()
        self._query = self.text().strip() if self.is_searching() else ""
        if always or len(self._query) >= self._least:
            self.wanted.emit(self._query)
        else:
            self.fold_up()

    def _take(self, offer: Offer) -> None:
        self.fold_up()
        self.setText(self._shown)
        self.picked.emit(offer.value)


def _only_one(text: str, offers: Sequence[Offer]) -> Offer | None:
    """The thing that is meant without doubt: the only one found, or the only one so called."""
    things = [each for each in offers if not each.icon]
    named = [each for each in things if fold(each.title) == fold(text)]
    for found in (things, named):
        if len(found) == 1:
            return found[0]
    return None
