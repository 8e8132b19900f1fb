"""A line of the feed, corrected where it stands: when and why on one line, then its text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from connexion_desktop.domain.entry import Entry
from connexion_desktop.domain.feed import Written
from connexion_desktop.ui.pages.person.text_in_place import TextInPlace
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
        return self._read(Written(self.head.text(), self.text.toPlainText()))

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
