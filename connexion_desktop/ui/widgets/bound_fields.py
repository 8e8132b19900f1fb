"""Fields that save by themselves: nothing to press, nothing lost.

What is typed goes at once to a draft, is saved at each pause and on leaving the field. Escape
gives back what was saved last. A problem is told at the right of the title, and moves nothing;
where it would be cut there, it has a line of its own under the editor. What the rules of a whole
form find has none: it comes while another field is typed in, and is whole elsewhere.
What somebody else saved meanwhile is never written over: it is told under the field, to choose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from connexion_desktop.domain.conflicts import Known, both
from connexion_desktop.domain.french_dates import imprecise_numeric, known_part
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui import theme
from connexion_desktop.ui.timers import once_after
from connexion_desktop.ui.widgets import badge
from connexion_desktop.ui.widgets.alert import announce
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.conflict_line import ConflictLine, quoted
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.labels import label, restyle
from connexion_desktop.ui.widgets.pick import OfferLine
from connexion_desktop.ui.widgets.reading_order import put_in_order
from connexion_desktop.ui.widgets.remark import Remark
from connexion_desktop.ui.widgets.tips import put_tip

PAUSE = 800
"""How long one stops typing before it is saved, in ms."""

_SAID_FOR = 2_500
_SAVED = "enregistré"
_KINDS: dict[badge.Tint, str] = {"red": "error", "amber": "warning"}
_FROM = "\x1f"
"""Between a draft and what it started from: no key types it."""
_NARROW = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_LETTERS = 8


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
    """A title, an editor, and what becomes of what is typed. Made by the classes below."""

    edited = Signal(str)
    filled = Signal()
    """Another value is shown than the one typed."""
    complained = Signal()
    """What is typed cannot be saved, or can be again."""

    def __init__(self, title: str, editor: QWidget, link: Link) -> None:
        super().__init__()
        self.editor = editor
        self._link = link
        self._saved = ""
        self._known = Known("")
        self._conflict: ConflictLine | None = None
        self._theirs = ""
        self._meanwhile = ""
        self._asked: str | None = None
        self._saving = 0
        self._touched = False
        self._shown = ""
        self._note = ""
        self._doubt = ""
        self._complaint = ""
        self._ruled: badge.Tint = "grey"
        self.rules: tuple[str, ...] = ()
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
        self._below: QLabel | None = None
        self._column.addStretch(1)
        self._pause = once_after(PAUSE, self.flush, self)
        self._unsay = once_after(_SAID_FOR, self._tell, self)

    def _hint(self) -> str:
        return self._link.hint(self.text()) if self._link.hint else ""

    def has_problem(self) -> bool:
        """Whether it says why what is typed is not saved."""
        return bool(self._complaint)

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
            self._tell()
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

    def note(self, text: str) -> None:
        """What stands at the end of the title while nothing else is said (« à compléter »)."""
        if text == self._note:
            return
        self._note = text
        self._tell()

    def rule(self, messages: Sequence[str], tint: badge.Tint) -> None:
        """What the rules find wrong in it, whether it is saved or not."""
        if (tuple(messages), tint) == (self.rules, self._ruled):
            return
        self.rules, self._ruled = tuple(messages), tint
        self._tell()

    def doubt(self, text: str) -> None:
        """What is odd in a value that is kept all the same; « » for nothing."""
        if text != self._doubt:
            self._doubt = text
            self._tell()

    def show_value(self, text: str) -> None:
        """Show what the base holds. What is being typed, or saved, stays: it is newer."""
        if self._saving:
            return
        typing = self.is_dirty()
        self._saved = text
        if not typing:
            self._put(text)
        if self.is_dirty():
            changed = self._conflict is None and _letters(text) != _letters(self._known.loaded)
            self._meanwhile = f"changé entre-temps : {quoted(self.words_for(text))}" * changed
            self._tell()
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
        return f"{text}{_FROM}{self._known.loaded}"

    def show_draft(self, kept: str) -> None:
        """Bring back what was being typed before, with the reason why it cannot be saved, if so."""
        text, mark, start = kept.rpartition(_FROM)
        text = text if mark else start
        if text != self._saved:
            if mark:
                self._known.load(start)
            self._write(text)
            self._typed()
            self._say_problem(self._reason_against(self.text()))

    def flush(self) -> None:
        """Save now what is typed, if it can be."""
        self._pause.stop()
        text = self.text()
        if not self.is_dirty():
            self._say_problem("")
            if self._conflict is not None:
                self.restore()
            return
        if self._conflict is not None:
            return
        reason = self._reason_against(text)
        if reason:
            self._say_problem(reason)
            return
        self._say_problem("")
        self._asked, self._saved = self._saved, text
        self._saving += 1
        self._link.save(text)
        self._known.send(text)

    def contest(self, words: str, theirs: str, also: Callable[[], object] = lambda: None) -> None:
        """The saving asked for would write over what somebody else saved, `theirs`: `words` say it
        under the editor, to choose. `also` is done too when one's own is kept."""
        self.refuse("")
        self._saved = self._theirs = theirs
        self._settle_conflict()
        append = self._keep_both if self._can_keep_both() else None
        line = ConflictLine(
            words, self.title.text(), lambda: self._keep_mine(also), self._take_theirs, append
        )
        self._conflict = line
        self._column.insertWidget(self._column.indexOf(self.editor) + 1, line)
        self._tell()
        put_in_order(self)
        theme.dress(line)
        line.show()
        if self._link.draft:
            self._link.draft(self.kept(self.text()))
        line.tell()

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
        self._tell()

    def _take_theirs(self) -> None:
        self.restore()
        self.take_focus()

    def _keep_mine(self, also: Callable[[], object]) -> None:
        self.rebase(self._theirs)
        also()
        self.impose(self.text(), over=self._theirs)

    def _keep_both(self) -> None:
        self.impose(both(self._theirs, self.text()), over=self._theirs)

    def _can_keep_both(self) -> bool:
        """Whether two texts may stand one after the other."""
        return False

    def _settle_conflict(self) -> None:
        self._meanwhile = ""
        if self._conflict is None:
            return
        focus = self.window().focusWidget()
        inside = focus is not None and self._conflict.isAncestorOf(focus)
        self._conflict.hide()
        self._conflict.deleteLater()
        self._conflict = None
        if inside:
            self.take_focus()

    def confirm(self) -> None:
        """The saving asked for is done."""
        self._known.answer(kept=True)
        self._meanwhile = ""
        self._asked = None
        self._saving = max(0, self._saving - 1)
        self._unsay.start()
        self._tell()

    def refuse(self, reason: str) -> None:
        """The saving asked for was refused: the text stays, and says why it is not saved."""
        self._known.answer(kept=False)
        self._saving = max(0, self._saving - 1)
        if self._asked is not None:
            self._saved, self._asked = self._asked, None
        self._forget_saving()
        self._say_problem(reason)

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
        self._say_problem("")

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
        self._say_problem("")
        self._forget_saving()
        if self._link.draft:
            self._link.draft(self.kept(self.text()) if self.is_dirty() else None)
        self._pause.start()
        self.edited.emit(self.text())

    def _forget_saving(self) -> None:
        """Say no more that the last saving is done."""
        self._unsay.stop()
        self._tell()

    def _say_problem(self, reason: str) -> None:
        if self._complaint == reason:
            return
        is_news = bool(self._complaint) is not bool(reason)
        self._complaint = reason
        self._tell()
        self.editor.setProperty("invalid", bool(reason))
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)
        if is_news:
            self.complained.emit()
        if reason:
            announce(self.state)

    def _tell(self) -> None:
        """Say what matters most: why it is not saved, what the rules find, that it is saved."""
        if self._complaint:
            self.state.say(self._complaint, "red")
        elif self._meanwhile:
            self.state.say(self._meanwhile, "amber")
        elif self.rules:
            self.state.say("\n".join(self.rules), self._ruled)
        elif self._doubt:
            self.state.say(self._doubt, "amber")
        else:
            self.state.say(_SAVED if self._unsay.isActive() else self._note or self._hint())
        put_tip(self.editor, self._complaint or "\n".join(self.rules) or self._doubt)
        if self.isVisible():
            self._give_room()

    def _give_room(self) -> None:
        """Give what does not fit beside the title its own line."""
        text, kind = self.state.text(), _KINDS.get(self.state.tint, "small")
        is_own = bool(self._complaint) or not self.rules
        wanted = is_own and text != _SAVED and self.state.is_cut
        if wanted and self._below is None:
            self._below = label("", kind, wrap=True)
            self._column.insertWidget(2, self._below)
        if self._below is not None:
            self._below.setText(text)
            self._below.setVisible(wanted)
            if self._below.property("kind") != kind:
                restyle(self._below, kind=kind)
        self.state.tell_below(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._give_room()


class LineField(BoundField):
    """One line; Enter saves and goes on to the next field, or where `after_enter` says."""

    def __init__(self, title: str, link: Link, *, placeholder: str = "") -> None:
        self.line = OfferLine()
        self.after_enter: Callable[[], object] = self.line.focusNextChild
        self.line.setPlaceholderText(placeholder)
        super().__init__(title, self.line, link)
        self.line.textEdited.connect(lambda _text: self._typed())
        self.line.returnPressed.connect(self._go_on)

    def text(self) -> str:
        return self.line.text()

    def propose(self, text: str) -> None:
        """Write a text as if it had been typed, and save it."""
        self._write(text)
        self._typed()
        self.flush()

    def _write(self, text: str) -> None:
        self.line.setText(text)
        if not self.line.hasFocus():
            self.line.setCursorPosition(0)

    def _go_on(self) -> None:
        self.flush()
        if not self.has_problem():
            self.after_enter()


class TextField(BoundField):
    """Several lines, as high as `lines`; Tab goes on to the next field."""

    def __init__(self, title: str, link: Link, *, placeholder: str = "", lines: int = 3) -> None:
        self.area = QPlainTextEdit()
        self.area.setPlaceholderText(placeholder)
        self.area.setTabChangesFocus(True)
        self._lines = lines
        super().__init__(title, self.area, link)
        self._writing = False
        self.area.textChanged.connect(self._maybe_typed)
        theme.changed.connect(self._fit)
        self._fit()

    def text(self) -> str:
        return self.area.toPlainText()

    def _write(self, text: str) -> None:
        self._writing = True
        self.area.setPlainText(text)
        self._writing = False

    def _can_keep_both(self) -> bool:
        return True

    def _maybe_typed(self) -> None:
        if not self._writing:
            self._typed()

    def _fit(self) -> None:
        self.area.setFixedHeight(self.area.fontMetrics().lineSpacing() * self._lines + 22)


class ComboField(BoundField):
    """One of a list of (value, words); a choice is saved at once."""

    def __init__(self, title: str, link: Link, choices: Sequence[tuple[str, str]]) -> None:
        self.combo = Combo()
        self.combo.setSizeAdjustPolicy(_NARROW)
        self.combo.setMinimumContentsLength(_LETTERS)
        self._offered: tuple[tuple[str, str], ...] = ()
        self.offer(choices)
        super().__init__(title, self.combo, link)
        self.combo.activated.connect(self._chosen)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these instead; the one chosen stays, if it is among them."""
        if self._offered == tuple(choices):
            return
        self._offered = tuple(choices)
        chosen = self.text()
        self.combo.clear()
        for value, words in choices:
            self.combo.addItem(words, value)
        self.combo.setCurrentIndex(self.combo.findData(chosen))

    def text(self) -> str:
        """The value chosen (not its words)."""
        return str(self.combo.currentData() or "")

    def words_for(self, text: str) -> str:
        return dict(self._offered).get(text, text)

    def _write(self, text: str) -> None:
        self.combo.setCurrentIndex(self.combo.findData(text))

    def _chosen(self) -> None:
        self._typed()
        self.flush()


class BoundDate(BoundField):
    """A date as people type them; what is saved is « 04/03/2026 », « 02/2026 » or « 2023 »: a date
    that is not whole says so beside its title."""

    def __init__(
        self,
        title: str,
        save: Callable[[ImpreciseDate | None], object],
        today: Callable[[], date],
        purpose: DatePurpose = DatePurpose.EVENT,
        *,
        imprecise: bool = False,
        draft: Callable[[str | None], object] | None = None,
        hint: Callable[[ImpreciseDate], str] | None = None,
    ) -> None:
        self.field = DateField(today, purpose, imprecise=imprecise)
        said = partial(self._said_of_date, hint) if hint or imprecise else None
        link = Link(lambda _text: save(self.field.value()), self._reason, draft, said)
        super().__init__(title, self.field, link)
        self.field.textEdited.connect(lambda _text: self._typed())
        self.field.date_changed.connect(lambda _date: self._chosen())

    def text(self) -> str:
        return self.field.text()

    def show_date(self, value: ImpreciseDate | date | None) -> None:
        """Show what the base holds, unless something is being typed."""
        whole = ImpreciseDate(value) if isinstance(value, date) else value
        self.show_value("" if whole is None else imprecise_numeric(whole))

    def flush(self) -> None:
        """Save what is typed, if it reads as a date."""
        if self.is_dirty():
            self.field.settle()
        super().flush()

    def _chosen(self) -> None:
        self._touched = True
        self.flush()

    def _typed(self) -> None:
        """A pause saves nothing: « 3/9 » may be the start of « 3/9/2025 »."""
        super()._typed()
        self._pause.stop()

    def _holds(self, text: str) -> bool:
        """The date that goes with the text is put with it."""
        return False

    def _write(self, text: str) -> None:
        self.field.setText(text)
        read = self.field.reading().date
        if read is not None or not text:
            self.field.show_date(read)

    def _said_of_date(self, hint: Callable[[ImpreciseDate], str] | None, _text: str) -> str:
        read = self.field.reading().date
        if read is None:
            return ""
        said = hint(read) if hint else ""
        return " · ".join(part for part in (known_part(read), said) if part)

    def _reason(self, _text: str) -> str | None:
        return self.field.reading().reason or None


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
