"""A few fields and Enter, between the header and the page: for what is made from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.domain.errors import UserError
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.alert import announce
from connexion_desktop.ui.widgets.conflict_line import ConflictLine, quoted
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from datetime import date

    from connexion_desktop.domain.drafts import Typed
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.widgets.date_field import DateField
    from connexion_desktop.usecases import Session

_WAITS = "Hors connexion : ce sera enregistré dès que le serveur répondra."


class EntryStrip(QWidget):
    """`fields`, each with its width in logical pixels, stand on one line with the button of the
    act, or on several where there is little room. Escape closes it and gives the keyboard back to
    where it was. `below` is for what is to be told. `begun()` each time it is shown."""

    begun = Signal()

    def __init__(
        self, desk: Desk, title: str, fields: Sequence[tuple[QWidget, int]], words: str
    ) -> None:
        super().__init__()
        self._desk = desk
        self._before: QWidget | None = None
        self._saving = False
        self._closed: list[QWidget] = []
        self.conflict: ConflictLine | None = None
        self._fields = fields
        self.act_button = button(words, "primary")
        tip = "Fermer (Échap) : ce qui est écrit reste"
        self.close_button = button("", "ghost", icon="close-line", tip=tip)
        self.close_button.clicked.connect(self.leave)
        self.heading = label(title, "heading")
        for field, _ in fields:
            if isinstance(field, QComboBox):
                field.installEventFilter(self)
        line = flow(self.heading, *(field for field, _ in fields), self.act_button)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(line, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.below = QVBoxLayout()
        self.below.setSpacing(4)
        panel = Panel()
        panel.setAccessibleName(title)
        panel.body.addLayout(row)
        panel.body.addWidget(self.problem)
        panel.body.addLayout(self.below)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, 0)
        self._column.addWidget(panel)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        theme.changed.connect(self._fit)
        self._fit()
        desk.jobs.link_changed.connect(self._tell_link)
        self.hide()

    def on_enter(self, act: Callable[[], object], *lines: QLineEdit) -> None:
        """What Enter does in these lines, and the button. What is typed there is not wrong yet."""
        self.act_button.clicked.connect(act)
        for line in lines:
            line.returnPressed.connect(act)
            line.textEdited.connect(lambda _text: self.say(""))

    def minimumSizeHint(self) -> QSize:
        """Never what would make the window larger than its screen."""
        return QSize(0, super().minimumSizeHint().height())

    def take_margins_away(self) -> None:
        """Where it stands, the page has them already."""
        self._column.setContentsMargins(0, 0, 0, 0)

    def begin(self) -> None:
        """Show it, and give its first field the keyboard."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.begun.emit()
        self.settle_conflict()
        self.show()
        self._fields[0][0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def still_saves(self) -> bool:
        """Whether what was typed before is not saved yet: it is shown, and nothing else asked."""
        if self._saving:
            self.begin()
            self._tell_link(self._desk.jobs.answers)
        return self._saving

    def leave(self) -> None:
        """Close it."""
        self.hide()
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_read(self, field: DateField) -> bool:
        """Whether a date is readable, or none; else why not is said, and where is shown."""
        if field.settle():
            return True
        self.say(field.reading().reason)
        field.setFocus()
        return False

    def day_of(self, field: DateField, missing: str) -> date | None:
        """The day, where there must be one; else why it is not read is said, or that it is
        missing, and where is shown."""
        if not self.is_read(field):
            return None
        day = field.day()
        if day is None:
            self.say(missing)
            field.setFocus()
        return day

    def save(
        self,
        act: Callable[[Session], object],
        on_done: Callable[[], object] = lambda: None,
        *,
        label: str,
        on_answer: Callable[[Any], object] = lambda _answer: None,
        on_conflict: Callable[[ConflictError], object] | None = None,
        typed: Typed | None = None,
    ) -> None:
        """Do the act, once: until its answer nothing is pressed again, nor typed over it. A refusal
        is said in place, and what was typed stays; so does it while the server is out of reach.
        Once it is closed, or asks about something else, a refusal is told as any other.
        `on_conflict` is for what somebody else changed too; `on_answer` takes what the act gave."""
        if self._saving:
            return
        about = self.heading.text()
        self._hold()
        self.settle_conflict()
        self._tell_link(self._desk.jobs.answers)

        def done(answer: object) -> None:
            self._let_go()
            on_done()
            on_answer(answer)

        def refused(problem: UserError) -> None:
            self._let_go()
            if self.isHidden() or self.heading.text() != about:
                self._desk.fail(problem)
            elif on_conflict is not None and isinstance(problem, ConflictError):
                on_conflict(problem)
            else:
                self.say(str(problem))

        self._desk.jobs.write(self, act, done, refused, label=label, typed=typed)

    def _hold(self) -> None:
        """A line keeps the keyboard: whoever is in it stays there."""
        self._saving = True
        for field, _ in self._fields:
            if isinstance(field, QLineEdit):
                if not field.isReadOnly():
                    field.setReadOnly(True)
                    self._closed.append(field)
            elif field.isEnabled():
                field.setEnabled(False)
                self._closed.append(field)

    def _let_go(self) -> None:
        self._saving = False
        for field in self._closed:
            if isinstance(field, QLineEdit):
                field.setReadOnly(False)
            field.setEnabled(True)
        self._closed.clear()

    def contest(
        self,
        problem: ConflictError,
        seen: dict[str, Any],
        *,
        told: Callable[[str, Any], str],
        write: Callable[[str, Any], object],
        save: Callable[[], object],
    ) -> None:
        """Say what somebody else made of what is typed here, to choose. Both ways it is `seen` from
        then on: one's own is saved over it, or it is written in the fields."""
        theirs = {each.field: each.theirs for each in problem.clashes}
        changed = ", ".join(
            f"{each.label} {quoted(told(each.field, each.theirs))}" for each in problem.clashes
        )

        def settle() -> None:
            self.settle_conflict()
            self._fields[0][0].setFocus(Qt.FocusReason.OtherFocusReason)
            seen.update(theirs)

        def keep_mine() -> None:
            settle()
            save()

        def take_theirs() -> None:
            settle()
            for column, value in theirs.items():
                write(column, value)

        self.settle_conflict()
        self.conflict = ConflictLine(
            f"{problem.who} changé{problem.when} : {changed}.",
            self.heading.text(),
            keep_mine,
            take_theirs,
        )
        self.conflict.stand(self.below)

    def settle_conflict(self) -> None:
        """Nothing is to be chosen any more."""
        if self.conflict is not None:
            self.conflict.leave()
            self.conflict = None

    def _tell_link(self, answers: bool) -> None:
        if self._saving:
            self.say("" if answers else _WAITS)

    def say(self, problem: str) -> None:
        """Tell why it cannot be done; « » when it can."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if problem:
            announce(self.problem)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on a list does the act, as it does in a field; the arrows and Space choose."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and isinstance(watched, QComboBox):
                self.act_button.click()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        for field, width in self._fields:
            field.setFixedWidth(theme.px(width))


def entry_line(words: str) -> QLineEdit:
    """A line whose words say what is to be typed in it: in it, to who points at it, and aloud."""
    line = QLineEdit()
    line.setPlaceholderText(words)
    line.setAccessibleName(words)
    line.setToolTip(words)
    return line
