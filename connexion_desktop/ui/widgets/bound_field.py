"""A field that saves by itself: nothing to press, nothing lost.

What is typed goes at once to a draft, is saved at each pause and on leaving the field. Escape
gives back what was saved last. What somebody else saved meanwhile is never written over: it is told
under the field, to choose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from connexion_desktop.domain.conflicts import Known, both
from connexion_desktop.domain.drafts import parted, typed_over
from connexion_desktop.ui.timers import once_after
from connexion_desktop.ui.widgets.conflict_line import ConflictLine, quoted
from connexion_desktop.ui.widgets.field_remarks import FieldRemarks
from connexion_desktop.ui.widgets.labels import label
from connexion_desktop.ui.widgets.remark import Remark

PAUSE = 800
"""How long one stops typing before it is saved, in ms."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a field does with what is typed.

    `save` starts the saving; whoever saves then calls `field.confirm()` or `field.refuse(reason)`.
    `validate` gives the reason (French) why a text cannot be saved, or None. `draft` keeps what is
    typed until then; it is given None when the field is back to what is saved. `hint` says what is
    understood of a text, as it is typed: where a phone number belongs, an age.
    """

    save: Callable[[str], object]
    validate: Callable[[str], str | None] | None = None
    draft: Callable[[str | None], object] | None = None
    hint: Callable[[str], str] | None = None


class BoundField(QWidget):
    """A title, an editor, and what becomes of what is typed; `remarks` is what is told of it. Each
    kind says what its editor holds (`text`), and how that is written in it (`_write`)."""

    edited = Signal(str)
    filled = Signal()
    """Another value is shown than the one typed."""

    def __init__(self, title: str, editor: QWidget, link: Link) -> None:
        super().__init__()
        self.editor = editor
        self._link = link
        self._saved = ""
        self._known = Known("")
        self._conflict: ConflictLine | None = None
        self._asked: str | None = None
        self._saving = 0
        self._touched = False
        self._shown = ""
        self.title = label(title, "small")
        self.title.setBuddy(editor)
        editor.setAccessibleName(title)
        editor.installEventFilter(self)
        self.state = Remark()
        self._top = QHBoxLayout()
        self._top.addWidget(self.title)
        self._top.addWidget(self.state, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addLayout(self._top)
        self._column.addWidget(editor)
        self._column.addStretch(1)
        self.remarks = FieldRemarks(self.state, editor, self._column, self._hint)
        self._pause = once_after(PAUSE, self.flush, self)

    def _hint(self) -> str:
        return self._link.hint(self.text()) if self._link.hint else ""

    def has_problem(self) -> bool:
        """Whether it says why what is typed is not saved."""
        return bool(self.remarks.complaint)

    def take_focus(self) -> None:
        """Put the cursor in it."""
        self.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def text(self) -> str:
        """What the editor holds now."""
        raise NotImplementedError

    def _write(self, text: str) -> None:
        """Put a text in the editor, as if it had not been typed."""
        raise NotImplementedError

    def _put(self, text: str) -> None:
        self._touched = False
        if not self._holds(text):
            self._write(text)
        self._shown = self.text()
        if self._link.hint:
            self.remarks.tell()
        self.filled.emit()

    def _holds(self, text: str) -> bool:
        """Whether the editor holds it already: written again, the cursor would go to its start and
        what Ctrl+Z takes back there be forgotten. What is saved has its spaces tidied."""
        held = self.text()
        return held == text or (self.editor.hasFocus() and held.split() == text.split())

    def is_dirty(self) -> bool:
        """Whether something typed is not saved yet; a field nobody touched never is."""
        text = self.text()
        return text != self._saved and (self._touched or text != self._shown)

    def is_waiting(self) -> bool:
        """Whether it will be saved at the next pause of typing."""
        return self._pause.isActive()

    def show_value(self, text: str) -> None:
        """Show what the base holds. What is being typed, or saved, stays: it is newer."""
        if self._saving:
            return
        typing = self.is_dirty()
        if text != self._saved:
            self.remarks.unsay_saved()
        self._saved = text
        if not typing:
            self._put(text)
        if self.is_dirty():
            changed = self._conflict is None and _letters(text) != _letters(self._known.loaded)
            told = f"changé entre-temps : {quoted(self.words_for(text))}" * changed
            self.remarks.changed_meanwhile(told)
        else:
            self._known.load(text)
            self._settle_conflict()

    def seen(self) -> tuple[str, ...]:
        """What the base is known to hold: what the typing started from, then what was sent."""
        return tuple(self._known.seen())

    def words_for(self, text: str) -> str:
        """How a text of this field is said to who chooses between two."""
        return text

    def kept(self, text: str) -> str:
        """What is typed and what it started from, to be kept as a draft."""
        return typed_over(text, self._known.loaded)

    def show_draft(self, kept: str) -> None:
        """Bring back what was being typed before, with the reason why it cannot be saved, if so."""
        text, start = parted(kept)
        if text != self._saved:
            if start is not None:
                self._known.load(start)
            self._write(text)
            self._typed()
            self.remarks.complain(self._reason_against(self.text()))

    def flush(self) -> None:
        """Save now what is typed, if it can be."""
        self._pause.stop()
        text = self.text()
        if not self.is_dirty():
            self.remarks.complain("")
            if self._conflict is not None:
                self.restore()
            return
        if self._conflict is not None:
            return
        reason = self._reason_against(text)
        if reason:
            self.remarks.complain(reason)
            return
        self.remarks.complain("")
        self._asked, self._saved = self._saved, text
        self._saving += 1
        self._link.save(text)
        self._known.send(text)

    def contest(self, words: str, theirs: str, also: Callable[[], object] = lambda: None) -> None:
        """The saving asked for would write over what somebody else saved, `theirs`: `words` say it
        under the editor, to choose. `also` is done too when one's own is kept."""
        self.refuse("")
        self._saved = theirs
        self._settle_conflict()

        def keep_mine() -> None:
            self.rebase(theirs)
            also()
            self.impose(self.text(), over=theirs)

        def keep_both() -> None:
            self.impose(both(theirs, self.text()), over=theirs)

        self._conflict = ConflictLine(
            words,
            self.title.text(),
            keep_mine,
            self._take_theirs,
            keep_both if self._can_keep_both() else None,
        )
        self._conflict.stand(self._column, self._column.indexOf(self.editor) + 1)
        if self._link.draft:
            self._link.draft(self.kept(self.text()))

    def conflict(self) -> ConflictLine | None:
        """What is to be chosen, if anything is."""
        return self._conflict

    def rebase(self, theirs: str) -> None:
        """What is typed here is to be saved over that, which the base holds."""
        self._saved = theirs
        self._known.load(theirs)

    def impose(self, text: str, *, over: str) -> None:
        """Save a text chosen over another one, which the base holds."""
        self._pause.stop()
        self._settle_conflict()
        self.rebase(over)
        if self.text() != text:
            self._write(text)
        self._touched = True
        self.flush()
        self.remarks.tell()

    def _take_theirs(self) -> None:
        self.restore()
        self.take_focus()

    def _can_keep_both(self) -> bool:
        """Whether two texts may stand one after the other."""
        return False

    def _settle_conflict(self) -> None:
        self.remarks.changed_meanwhile("")
        if self._conflict is None:
            return
        focus = self.window().focusWidget()
        inside = focus is not None and self._conflict.isAncestorOf(focus)
        self._conflict.leave()
        self._conflict = None
        if inside:
            self.take_focus()

    def confirm(self) -> None:
        """The saving asked for is done."""
        self._known.answer(kept=True)
        self._asked = None
        self._saving = max(0, self._saving - 1)
        self.remarks.say_saved()

    def refuse(self, reason: str) -> None:
        """The saving asked for was refused: the text stays, and says why it is not saved."""
        self._known.answer(kept=False)
        self._saving = max(0, self._saving - 1)
        if self._asked is not None:
            self._saved, self._asked = self._asked, None
        self.remarks.unsay_saved()
        self.remarks.complain(reason)

    def restore(self) -> None:
        """Give back what was saved last."""
        self._pause.stop()
        if not self._saving:
            self._known.load(self._saved)
        self._asked, self._saving = None, 0
        self._settle_conflict()
        self._put(self._saved)
        if self._link.draft:
            self._link.draft(None)
        self.remarks.unsay_saved()
        self.remarks.complain("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor:
            if event.type() == QEvent.Type.FocusIn:
                self.state.show_whole(self.editor)
            elif event.type() == QEvent.Type.FocusOut:
                self.flush()
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._key(event)
            elif event.type() == QEvent.Type.ShortcutOverride and (
                _is_ours(event) or _undoes_nothing(self.editor, event)
            ):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and (self.is_dirty() or self.has_problem()):
            self.restore()
            return True
        return False

    def _reason_against(self, text: str) -> str:
        return (self._link.validate(text) if self._link.validate else None) or ""

    def _typed(self) -> None:
        self._touched = True
        self.remarks.complain("")
        self.remarks.unsay_saved()
        if self._link.draft:
            self._link.draft(self.kept(self.text()) if self.is_dirty() else None)
        self._pause.start()
        self.edited.emit(self.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.remarks.give_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.remarks.give_room()


def _letters(text: str) -> str:
    """What a text says, whatever its spaces and its marks: « 0639980011 » is « 06 39 98 00 11 »."""
    return "".join(filter(str.isalnum, text)).casefold()


def _is_ours(event: QEvent) -> bool:
    """Whether a key is the page's: on X11 Qt keeps Ctrl+E for the end of the line, as « Fin »."""
    held = Qt.KeyboardModifier.ControlModifier
    return (
        isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_E and event.modifiers() == held
    )


def _undoes_nothing(editor: QWidget, event: QEvent) -> bool:
    """Whether a key would undo what was typed in an editor where nothing is left to: it is then the
    window's, which undoes the last act."""
    if not isinstance(event, QKeyEvent) or not event.matches(QKeySequence.StandardKey.Undo):
        return False
    if isinstance(editor, QLineEdit):
        return not editor.isUndoAvailable()
    return not (isinstance(editor, QPlainTextEdit) and editor.document().isUndoAvailable())
