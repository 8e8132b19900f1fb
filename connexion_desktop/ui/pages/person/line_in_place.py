"""A line of the feed, corrected where it stands: when and why on one line, then its text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from connexion_desktop.domain.conflicts import ConflictError, both
from connexion_desktop.domain.entry import Entry
from connexion_desktop.domain.feed import Written
from connexion_desktop.ui.pages.person.lines_seen import HEAD, TEXT
from connexion_desktop.ui.pages.person.text_in_place import TextInPlace
from connexion_desktop.ui.widgets.conflict_line import ConflictLine, told
from connexion_desktop.ui.widgets.labels import label, restyle

KEYS = "Entrée enregistre · Maj+Entrée va à la ligne · Échap abandonne"


_TOLD = 200
_LONGEST_HEAD = 300


class LineInPlace(QWidget):
    """`done()` when it is to be saved and closed, `given_up()` when it is not to be.

    `rested()` when the fingers rest on the text, which is then saved by itself; `grown()` when it
    needs another height. `read` says how what is typed is understood, `told` how that is said.
    """

    done = Signal()
    given_up = Signal()
    rested = Signal()
    grown = Signal()

    def __init__(
        self,
        parent: QWidget,
        read: Callable[[Written], Entry],
        told: Callable[[Entry], str],
        *,
        head_first: bool,
    ) -> None:
        super().__init__(parent)
        self._read, self._told = read, told
        self._saved_head: str | None = ""
        self.started = self.over = False
        self.conflict: ConflictLine | None = None
        self._theirs: dict[str, str] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.head = QLineEdit()
        self.head.setMaxLength(_LONGEST_HEAD)
        self.text = TextInPlace()
        self.line = label("", "small", wrap=True)
        self.keys = label(KEYS, "small", wrap=True)
        self._first_field: QWidget = self.head if head_first else self.text
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        for each in (self.head, self.text, self.line, self.keys):
            self._column.addWidget(each)
        self.head.installEventFilter(self)
        self.head.textChanged.connect(self._show_line)
        self.text.sent.connect(self.done)
        self.text.left.connect(self.given_up)
        self.text.paused.connect(self.rested)
        self.text.grown.connect(self._show_line)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def start(self, written: Written) -> None:
        """Show the line as it was saved."""
        self.started = True
        self._saved_head = written.head
        self.head.setText(written.head)
        self.text.start(written.text)
        self._show_line()

    def entry(self) -> Entry:
        """What is typed, as it is understood."""
        return self._read(self.entered())

    def entered(self) -> Written:
        """What is typed, as it is."""
        return Written(self.head.text(), self.text.toPlainText())

    def head_changed(self) -> bool:
        """Whether the head is to be saved."""
        return self.head.text() != self._saved_head

    def take_all(self) -> None:
        """What is typed is taken for saved."""
        self._saved_head = self.head.text()
        self.text.take_changed()

    def hold(self) -> None:
        """What was taken for saved was refused: it is to be saved again."""
        self.text.hold()

    def contest(self, problem: ConflictError, typed: Written, keep: Callable[[], object]) -> None:
        """Show what somebody else made of the line, under what was typed; `keep` saves it."""
        self.settle_conflict()
        if self.text.toPlainText() != typed.text:
            self.text.setPlainText(typed.text)
        if self.head.text() != typed.head:
            self.head.setText(typed.head)
        self.text.hold()
        self._theirs = {clash.field: clash.theirs for clash in problem.clashes}
        if HEAD in self._theirs:
            self._saved_head = None

        def choose(text: str) -> None:
            self.text.setPlainText(text)
            self.settle_conflict()
            keep()
            self.text.setFocus()

        mine = self.text.toPlainText
        theirs = self._theirs.get(TEXT)
        shown = " · ".join(filter(None, self._theirs.values()))
        self.conflict = ConflictLine(
            told(problem, "cette ligne", shown),
            self.text.accessibleName(),
            lambda: choose(mine()),
            self.take_theirs,
            None if theirs is None else lambda: choose(both(theirs, mine())),
        )
        self.conflict.stand(self._column, self._column.indexOf(self.keys))
        self.grown.emit()

    def take_theirs(self) -> None:
        """What the other wrote takes the place of what was typed there."""
        self.head.setText(self._theirs.get(HEAD, self.head.text()))
        self.text.setPlainText(self._theirs.get(TEXT, self.text.toPlainText()))
        self.take_all()
        self.settle_conflict()
        self.text.setFocus()

    def settle_conflict(self) -> None:
        """Nothing is to be chosen any more."""
        if self.conflict is not None:
            self._column.removeWidget(self.conflict)
            self.conflict.leave()
            self.conflict = None
            self.grown.emit()

    def show_problem(self, problem: str) -> None:
        """Say why the line cannot be saved as it is."""
        self.line.setText(problem)
        restyle(self.line, kind="error")
        self.grown.emit()

    def wanted_height(self, width: int) -> int:
        """As high as what it holds."""
        return self._column.totalHeightForWidth(width)

    def has_focus(self) -> bool:
        """Whether the keyboard is in one of its fields."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._first_field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the head: left to it, they would go on to the list."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        acts = {
            Qt.Key.Key_Return: self.done,
            Qt.Key.Key_Enter: self.done,
            Qt.Key.Key_Escape: self.given_up,
        }
        act = acts.get(Qt.Key(event.key()))
        if act is not None:
            act.emit()
        return act is not None

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Leaving saves, as everywhere; another window only comes in front."""
        if self.over or self.isHidden() or old is None or not self.isAncestorOf(old):
            return
        if new is None:
            self.rested.emit()
        elif new is not self and not self.isAncestorOf(new):
            self.done.emit()

    def _show_line(self) -> None:
        entry = self.entry()
        kind = "small" if entry.problem else "warning" if entry.doubt else "preview"
        self.line.setText((entry.problem or self._told(entry))[:_TOLD])
        restyle(self.line, kind=kind)
        self.text.fit()
        self.grown.emit()
