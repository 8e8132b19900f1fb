"""The dated feed: virtual rows of any height, walked and edited with the keyboard alone."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu

from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.domain.entry import Known
from connexion_desktop.domain.feed import FeedItem, FeedKey, FeedKind, FeedPage, Written
from connexion_desktop.domain.loan_paper import LoanPaperKind
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.person.feed_delegate import FeedDelegate, Hit
from connexion_desktop.ui.pages.person.feed_model import FeedModel
from connexion_desktop.ui.pages.person.feed_paint import is_tickable

_BATCH = 80


class FeedView(QListView):
    """Space ticks, F2 corrects, Delete deletes, Enter follows what is offered at the right.

    `chosen(FeedKey | None)` follows the selection; `ticked(FeedKey, bool)`, `opened(FeedItem)`,
    `removed(FeedItem)`, `history_wanted(RecordRef)`, `rewritten(FeedKey, str)`, and those of
    `FeedDelegate` are acts; `more_wanted()` asks for older lines.
    """

    chosen = Signal(object)
    ticked = Signal(object, bool)
    opened = Signal(object)
    removed = Signal(object)
    history_wanted = Signal(object)
    rewritten = Signal(object, str)
    more_wanted = Signal()

    def __init__(self, today: date, me: str) -> None:
        super().__init__()
        self.feed = FeedModel(today, me)
        self.feed.setParent(self)
        self.drawing = FeedDelegate(self)
        self.setModel(self.feed)
        self.setItemDelegate(self.drawing)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setProperty("kind", "bare")
        self.setAccessibleName("Parcours, du plus récent au plus ancien")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(theme.px(20))
        self.drawing.hit.connect(self._hit)
        self.feed.rewritten.connect(self.rewritten)
        self.feed.more_wanted.connect(self.more_wanted)
        theme.changed.connect(self._restart)

    def show_page(self, page: FeedPage, today: date, *, keep_place: bool) -> None:
        """Show these lines. With `keep_place` what the user reads does not move."""
        anchor = self._anchor() if keep_place else None
        self.feed.show_page(page, today)
        if anchor is not None:
            self._hold(anchor)
        elif not keep_place:
            self.scrollToTop()

    def show_key(self, key: FeedKey) -> bool:
        """Select a line and bring it into view; False if it is not read yet."""
        row = self.feed.row_of(key)
        if row is None:
            return False
        index = self.feed.index(row)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def current_item(self) -> FeedItem | None:
        """The line the keyboard is on."""
        index = self.currentIndex()
        return self.feed.item(index) if index.isValid() else None

    def know(self, known: Known) -> None:
        """What is known of the person, by which a correction is understood."""
        self.drawing.known = known

    def flush(self) -> None:
        """Save the text being edited in place."""
        self.drawing.flush()

    def hold(self, key: FeedKey) -> bool:
        """Keep for unsaved what is being typed in that line; False if it is not any more."""
        return self.drawing.hold(key)

    def contest(self, key: FeedKey, problem: ConflictError, typed: Written) -> bool:
        """Have one choose, where a line was typed, between that and what somebody else made of it;
        False where it cannot be shown: it is gone, or another line is being written."""
        closed = self.drawing.editor is None or self.drawing.editor.over
        if closed and self.isVisible() and self.show_key(key):
            self.edit(self.currentIndex())
        return self.drawing.contest(key, problem, typed)

    def is_editing(self) -> bool:
        """Whether a text is being edited in place."""
        return self.state() == QAbstractItemView.State.EditingState

    def _anchor(self) -> tuple[FeedKey, int] | None:
        """The first line seen, and how far it is scrolled; None at the very top."""
        if self.verticalScrollBar().value() == 0:
            return None
        index = self.indexAt(QPoint(theme.px(4), 1))
        if not index.isValid():
            return None
        return self.feed.item(index).key, self.visualRect(index).top()

    def _hold(self, anchor: tuple[FeedKey, int]) -> None:
        key, top = anchor
        row = self.feed.row_of(key)
        if row is None:
            return
        self.doItemsLayout()
        moved = self.visualRect(self.feed.index(row)).top() - top
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + moved)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        indexes = selected.indexes()
        self.chosen.emit(self.feed.item(indexes[0]).key if indexes else None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        hit = None
        if index.isValid():
            hit = self.drawing.hit_at(event.position(), self._option(index), index)
        shape = Qt.CursorShape.ArrowCursor if hit is None else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.feed.item(index).written is not None:
            self.edit(index)
            return
        super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.current_item()
        if item is None or self.is_editing():
            super().keyPressEvent(event)
            return
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy(item)
            return
        match event.key():
            case Qt.Key.Key_Space if is_tickable(item):
                self._hit(index, Hit.TICK)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                self._enter(index, item)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if item.written is not None:
                self.removed.emit(item)
            case Qt.Key.Key_Right:
                self.drawing.unfold(index)
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.drawing.restart()
        super().resizeEvent(event)

    def _option(self, index: QModelIndex):  # type: ignore[no-untyped-def]
        from PySide6.QtWidgets import QStyleOptionViewItem

        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = QRect(self.visualRect(index))
        return option

    def _enter(self, index: QModelIndex, item: FeedItem) -> None:
        if item.next_act is not None and item.next_act.opens:
            self.opened.emit(item)
        elif item.written is not None:
            self.edit(index)
        else:
            self.drawing.unfold(index)

    def _hit(self, index: QModelIndex, hit: Hit) -> None:
        item = self.feed.item(index)
        match hit:
            case Hit.TICK:
                self.ticked.emit(item.key, not item.done)
            case Hit.ACT:
                self.opened.emit(item)
            case Hit.FOLD:
                self.drawing.unfold(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Of the line pointed at or, by the keyboard's key, of the current one."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            menu = self.menu_for(self.feed.item(index))
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            point = self.visualRect(index).center() if by_key else event.pos()
            menu.popup(self.viewport().mapToGlobal(point))

    def menu_for(self, item: FeedItem) -> QMenu:
        """The acts on a line, for the context menu."""
        menu = QMenu(self)
        if item.next_act is not None and item.next_act.opens:
            menu.addAction(item.next_act.label, lambda: self.opened.emit(item))
        if item.key.kind is FeedKind.LOAN:
            menu.addAction(LoanPaperKind.AGREEMENT.label, lambda: self.opened.emit(item))
        if is_tickable(item):
            done = "tenu" if item.key.kind is FeedKind.INTERVIEW else "faite"
            words = f"Marquer comme {'à faire' if item.done else done}"
            menu.addAction(
                theme.icon("check-line"), words, lambda: self.ticked.emit(item.key, not item.done)
            )
        if item.written is not None:
            menu.addAction(
                theme.icon("edit-line"), "Modifier\tF2", lambda: self.edit(self.currentIndex())
            )
        menu.addAction(theme.icon("file-copy-line"), "Copier\tCtrl+C", lambda: self._copy(item))
        if (ref := item.key.record) is not None:
            menu.addAction(
                theme.icon("history-line"),
                "Historique…\tCtrl+Maj+H",
                lambda: self.history_wanted.emit(ref),
            )
        if item.written is not None:
            menu.addSeparator()
            menu.addAction(
                theme.icon("delete-bin-line", "red"),
                "Supprimer\tSuppr",
                lambda: self.removed.emit(item),
            )
        return menu

    def _copy(self, item: FeedItem) -> None:
        parts = (" · ".join(part for part in (item.title, item.state) if part), item.text)
        QGuiApplication.clipboard().setText("\n".join(part for part in parts if part))

    def _restart(self) -> None:
        self.drawing.restart()
        self.verticalScrollBar().setSingleStep(theme.px(20))
        self.scheduleDelayedItemsLayout()
