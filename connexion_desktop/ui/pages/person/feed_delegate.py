"""How a line of the feed is drawn, clicked and edited in place."""

from __future__ import annotations

from datetime import date
from enum import Enum

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.domain.corrections import ENTRY_KINDS, HINTS, read_correction
from connexion_desktop.domain.entry import Entry, EntryKind, Known
from connexion_desktop.domain.entry_preview import preview
from connexion_desktop.domain.feed import FeedItem, FeedKey, Written
from connexion_desktop.domain.french_dates import short_imprecise
from connexion_desktop.domain.imprecise import Precision
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.person.feed_model import (
    ITEM,
    SAME_DAY,
    SIGNED,
    FeedModel,
    Index,
)
from connexion_desktop.ui.pages.person.feed_paint import (
    LEFT,
    UNFOLD_STEP,
    FoldedText,
    Parts,
    head_height,
    is_tickable,
    link_height,
    link_rect,
    paint_disc,
    paint_ground,
    paint_head,
    parts_of,
    row_width,
    text_width,
)
from connexion_desktop.ui.pages.person.line_in_place import LineInPlace
from connexion_desktop.ui.pages.person.lines_seen import LinesSeen


class Hit(Enum):
    """What of a line was clicked."""

    TICK = "tick"
    ACT = "act"
    FOLD = "fold"


class FeedDelegate(QStyledItemDelegate):
    """`hit(index, Hit)` on a click.

    Of a line corrected in place: `corrected(FeedKey, Entry)`, `given_up(FeedKey, former text)`,
    `unread(problem)` where its head was left as it could not be understood, `left_unsaved(text)`
    where it is left before one chose between one's own and somebody else's, `grown()` when it takes
    more or less room.
    """

    hit = Signal(object, object)
    corrected = Signal(object, object)
    given_up = Signal(object, str)
    unread = Signal(str)
    left_unsaved = Signal(str)
    grown = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._unfolded: dict[FeedKey, int] = {}
        self._texts: dict[FeedKey, tuple[object, FoldedText]] = {}
        self._heights: dict[FeedKey, tuple[object, int]] = {}
        self.known = Known()
        self.seen = LinesSeen()
        self._number = 0
        self.editing: FeedKey | None = None
        self.editor_height = 0
        self.editor: LineInPlace | None = None
        self._index = QPersistentModelIndex()

    def restart(self) -> None:
        """Forget every measure: the width, the font or the colours changed."""
        self._texts.clear()
        self._heights.clear()

    def unfold(self, index: Index) -> None:
        """Show more of a long text, or fold it again once all of it is shown."""
        item: FeedItem = index.data(ITEM)
        shown = self._unfolded.get(item.key, 0)
        if shown >= len(item.text):
            self._unfolded.pop(item.key, None)
        else:
            self._unfolded[item.key] = shown + UNFOLD_STEP
        self.sizeHintChanged.emit(index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        item: FeedItem = index.data(ITEM)
        width = row_width(option)
        if item.key == self.editing:
            return QSize(width, head_height() + self.editor_height + theme.px(20))
        stamp = (width, self._unfolded.get(item.key, 0), item.text)
        known = self._heights.get(item.key)
        if known is None or known[0] != stamp:
            height = head_height() + theme.px(16)
            if item.text:
                text = self._text(item, text_width(width))
                height += text.height + (link_height() if text.folds else 0)
            self._heights[item.key] = known = (stamp, height)
        return QSize(width, known[1])

    def _text(self, item: FeedItem, width: int) -> FoldedText:
        shown = self._unfolded.get(item.key, 0)
        stamp = (width, shown, item.text)
        known = self._texts.get(item.key)
        if known is None or known[0] != stamp:
            self._texts[item.key] = known = (stamp, FoldedText(item.text, width, shown))
        return known[1]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item: FeedItem = index.data(ITEM)
        tokens = theme.tokens()
        parts = parts_of(option.rect, item)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, first=index.row() == 0)
        if not index.data(SAME_DAY):
            painter.setFont(theme.font("body"))
            painter.setPen(tokens.muted)
            painter.drawText(parts.date, LEFT, short_imprecise(item.when))
            self._paint_year(painter, parts, item, index)
        paint_disc(painter, parts.disc, item)
        paint_head(painter, parts, item, index.data(SIGNED))
        if item.text and item.key != self.editing:
            self._paint_text(painter, parts, item)
        painter.restore()

    def _paint_year(self, painter: QPainter, parts: Parts, item: FeedItem, index: Index) -> None:
        if item.on.year != _today(index).year and item.precision is Precision.DAY:
            painter.setFont(theme.font("small"))
            below = parts.date.translated(0, parts.date.height())
            painter.drawText(below, LEFT, str(item.on.year))

    def _paint_text(self, painter: QPainter, parts: Parts, item: FeedItem) -> None:
        tokens = theme.tokens()
        text = self._text(item, parts.text.width())
        painter.setPen(tokens.muted)
        text.layout.draw(painter, QPointF(parts.text.topLeft()))
        if text.folds:
            painter.setPen(tokens.accent)
            painter.setFont(theme.font("small"))
            painter.drawText(link_rect(parts, text), LEFT, text.link)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            found = self.hit_at(event.position(), option, index)
            if event.button() == Qt.MouseButton.LeftButton and found is not None:
                self.hit.emit(index, found)
                return True
        return super().editorEvent(event, model, option, index)

    def hit_at(self, point: QPointF, option: QStyleOptionViewItem, index: Index) -> Hit | None:
        """What of the line a click at `point` means."""
        item: FeedItem = index.data(ITEM)
        parts = parts_of(option.rect, item)
        at, slack = point.toPoint(), theme.px(4)
        if is_tickable(item) and parts.disc.adjusted(-slack, -slack, slack, slack).contains(at):
            return Hit.TICK
        if item.next_act and item.next_act.opens and parts.act.contains(at):
            return Hit.ACT
        if item.text and item.key != self.editing:
            text = self._text(item, parts.text.width())
            if text.folds and link_rect(parts, text).contains(at):
                return Hit.FOLD
        return None

    # Editing in place

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        item: FeedItem = index.data(ITEM)
        kind, today = ENTRY_KINDS[item.key.kind], _today(index)

        def read(written: Written) -> Entry:
            return read_correction(kind, written, item.on, today, self.known)

        editor = LineInPlace(
            parent,
            read,
            lambda entry: " · ".join(preview(entry, today)),
            head_first=kind is EntryKind.ABSENCE,
        )
        editor.head.setPlaceholderText(HINTS[kind])
        editor.head.setAccessibleName(f"{HINTS[kind]} ({item.title})")
        editor.text.setAccessibleName(f"Texte : {item.title}")
        editor.rested.connect(lambda: self._save_text(editor))
        editor.done.connect(lambda: self._finish(editor))
        editor.given_up.connect(lambda: self._give_up(editor))
        editor.grown.connect(lambda: self._fit(editor))
        number = self._number = self._number + 1
        editor.destroyed.connect(lambda: self._stop_editing(number))
        self.editing = item.key
        self.editor, self._index = editor, QPersistentModelIndex(index)
        return editor

    def flush(self) -> None:
        """Save what is being typed in place; what is still to be chosen goes to who can keep it."""
        editor = self.editor
        if editor is None:
            return
        if editor.conflict is not None:
            self.left_unsaved.emit(editor.text.toPlainText())
            editor.settle_conflict()
            self._close(editor)
            return
        self.commitData.emit(editor)

    def contest(self, key: FeedKey, problem: ConflictError, typed: Written) -> bool:
        """Show, in the line being written again, what somebody else made of it, to choose; False
        if it is not any more."""
        editor = self.editor
        if editor is None or not self.is_open(key):
            return False

        def keep() -> None:
            self.seen.take_theirs(key, problem)
            self.commitData.emit(editor)

        editor.contest(problem, typed, keep)
        return True

    def hold(self, key: FeedKey) -> bool:
        """Keep for unsaved what is being typed in that line; False if it is not any more."""
        if self.editor is None or not self.is_open(key):
            return False
        self.editor.hold()
        return True

    def is_open(self, key: FeedKey) -> bool:
        """Whether a line is being written again, and not about to be closed."""
        return self.editor is not None and self.editing == key and not self.editor.over

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Only at first: what is being typed is newer than what was saved."""
        item: FeedItem = index.data(ITEM)
        if isinstance(editor, LineInPlace) and not editor.started and item.written is not None:
            editor.start(item.written)
            self.seen.start(item.key, item.written)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if not isinstance(editor, LineInPlace) or editor.conflict is not None:
            return
        entry = editor.entry()
        if editor.head_changed() and not entry.problem:
            editor.take_all()
            self.corrected.emit(index.data(ITEM).key, entry)
            return
        if editor.head_changed():
            self.unread.emit(entry.problem)
        self._save_text(editor)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        item: FeedItem = index.data(ITEM)
        parts = parts_of(option.rect, item)
        editor.setGeometry(
            parts.text.left() - theme.px(7),
            parts.text.top() + theme.px(2),
            parts.text.width() + 2 * theme.px(7),
            self.editor_height,
        )
        if isinstance(editor, LineInPlace):
            self._fit(editor)

    def _save_text(self, editor: LineInPlace) -> None:
        if editor.conflict is None and editor.text.take_changed():
            self._rewrite(editor.text.toPlainText())

    def _rewrite(self, text: str) -> None:
        if self._index.isValid():
            self._index.model().setData(self._index, text)

    def _finish(self, editor: LineInPlace) -> None:
        """Save and close; what cannot be saved is told, and stays open if one is still there. So
        does what is still to be chosen."""
        if editor.conflict is not None:
            return
        problem = editor.entry().problem
        if problem and editor.has_focus():
            editor.show_problem(problem)
            return
        self.commitData.emit(editor)
        self._close(editor)

    def _give_up(self, editor: LineInPlace) -> None:
        """The former text comes back; what was typed is saved first, so that it can be too. Where
        somebody else changed the line, theirs does."""
        if editor.conflict is not None:
            editor.take_theirs()
            self._close(editor)
            return
        typed, first = editor.text.toPlainText(), editor.text.first
        if typed.strip():
            self._save_text(editor)
        if editor.text.saved != first and self.editing is not None:
            self.given_up.emit(self.editing, first)
        self._close(editor)

    def _close(self, editor: LineInPlace) -> None:
        editor.over = True
        had_focus = editor.has_focus()
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        view = self.parent()
        if had_focus and isinstance(view, QWidget):
            view.setFocus()

    def _fit(self, editor: LineInPlace) -> None:
        height = editor.wanted_height(editor.width())
        if height != self.editor_height:
            self.editor_height = height
            self._resized()

    def _stop_editing(self, number: int) -> None:
        if number != self._number:
            return
        self.editing = self.editor = None
        self.editor_height = 0
        self._resized()

    def _resized(self) -> None:
        """The row takes its new height; what is corrected in it stays whole in sight."""
        if not self._index.isValid():
            return
        self.sizeHintChanged.emit(self._index)
        view = self.parent()
        if self.editing is not None and isinstance(view, QAbstractItemView):
            view.doItemsLayout()
            view.scrollTo(self._index.model().index(self._index.row(), 0))
            self.grown.emit()


def _today(index: Index) -> date:
    model = index.model()
    assert isinstance(model, FeedModel)  # noqa: S101 - the only one drawn here
    return model.today
