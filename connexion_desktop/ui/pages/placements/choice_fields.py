"""Fields that are chosen rather than written: radios, a box to tick, « non / oui, lesquels »."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.bound_field import BoundField, Link

NO, YES = "-", "+"
"""How « non » and « oui » (then what is written) are told apart from no answer, an empty text."""


_BESIDE = 40
"""Left of the words and right of them: the circle or the box, the ring, a margin."""


class _Wrapping(QObject):
    """Breaks the words of a button into lines where there is no room for them in one."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button)
        self._button = button
        self._words = button.text()
        button.setAccessibleName(self._words)
        button.setMinimumWidth(1)
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            lines = self._lines(event.size().width() - theme.px(_BESIDE))
            if lines != self._button.text():
                self._button.setText(lines)
        return super().eventFilter(watched, event)

    def _lines(self, room: int) -> str:
        lines = [""]
        for word in self._words.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self._button.fontMetrics().horizontalAdvance(longer) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return "\n".join(lines)


class _Radios(QButtonGroup):
    """Radios of which one at most is chosen, none at first. Tab stops once there: at the one
    chosen, else at the first."""

    def __init__(self, box: QWidget, radios: Sequence[QRadioButton]) -> None:
        super().__init__(box)
        self._radios = radios
        for radio in radios:
            self.addButton(radio)
        self.buttonClicked.connect(lambda _radio: self._keep_one_stop())
        self._keep_one_stop()

    def choose(self, chosen: QRadioButton | None) -> None:
        """Choose that one, or none, as if nobody had clicked."""
        self.setExclusive(False)
        for radio in self._radios:
            radio.setChecked(radio is chosen)
        self.setExclusive(True)
        self._keep_one_stop()

    def stop(self) -> QRadioButton:
        """Where Tab stops."""
        return next((radio for radio in self._radios if radio.isChecked()), self._radios[0])

    def _keep_one_stop(self) -> None:
        stop = self.stop()
        for radio in self._radios:
            strong, click = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
            radio.setFocusPolicy(strong if radio is stop else click)


class RadioField(BoundField):
    """One of a few choices, each in full; nothing is chosen at first."""

    def __init__(self, title: str, link: Link, choices: Sequence[tuple[str, str]]) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(4)
        self.radios: dict[str, QRadioButton] = {}
        for value, words in choices:
            radio = QRadioButton(words)
            _Wrapping(radio)
            self.radios[value] = radio
            column.addWidget(radio)
        self._group = _Radios(box, tuple(self.radios.values()))
        super().__init__(title, box, link)
        self._group.buttonClicked.connect(lambda _radio: self._chosen())

    def take_focus(self) -> None:
        self._group.stop().setFocus(Qt.FocusReason.TabFocusReason)

    def text(self) -> str:
        """The value chosen; nothing while none is."""
        return next((value for value, radio in self.radios.items() if radio.isChecked()), "")

    def words_for(self, text: str) -> str:
        radio = self.radios.get(text)
        return radio.accessibleName() if radio is not None else ""

    def _write(self, text: str) -> None:
        self._group.choose(self.radios.get(text))

    def _chosen(self) -> None:
        self._typed()
        self.flush()


class CheckField(BoundField):
    """A box to tick: « 1 » when it is."""

    def __init__(self, title: str, link: Link) -> None:
        self.box = QCheckBox(title)
        _Wrapping(self.box)
        super().__init__(title, self.box, link)
        self.title.hide()
        self._top.insertWidget(0, self.box, 1)
        self._top.setStretchFactor(self.state, 0)
        self.box.toggled.connect(self._toggled)
        self._writing = False

    def text(self) -> str:
        return "1" if self.box.isChecked() else ""

    def words_for(self, text: str) -> str:
        return "oui" if text else "non"

    def _write(self, text: str) -> None:
        self._writing = True
        self.box.setChecked(bool(text))
        self._writing = False

    def _toggled(self) -> None:
        if not self._writing:
            self._typed()
            self.flush()


class YesNoField(BoundField):
    """« Non », or « oui » and a text; not answered at first. See NO and YES for its text."""

    def __init__(self, title: str, link: Link, *, placeholder: str) -> None:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.no, self.yes = QRadioButton("Non"), QRadioButton("Oui")
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(f"{title} : {placeholder}")
        self._group = _Radios(box, (self.no, self.yes))
        for part in (self.no, self.yes):
            row.addWidget(part)
        row.addWidget(self.line, 1)
        super().__init__(title, box, link)
        for inner in (self.no, self.yes, self.line):
            inner.installEventFilter(self)
        self._group.buttonClicked.connect(lambda _radio: self._chosen())
        self.line.textEdited.connect(self._written)
        self.line.returnPressed.connect(self._go_on)
        self.line.hide()

    def take_focus(self) -> None:
        """Where something is to be written after « oui », that is where."""
        place = self.line if self.yes.isChecked() else self._group.stop()
        place.setFocus(Qt.FocusReason.TabFocusReason)

    def text(self) -> str:
        if self.no.isChecked():
            return NO
        return YES + self.line.text() if self.yes.isChecked() else ""

    def words_for(self, text: str) -> str:
        return "non" if text == NO else f"oui : {text[1:]}" if text else ""

    def _write(self, text: str) -> None:
        yes = text.startswith(YES)
        self._group.choose(self.yes if yes else self.no if text == NO else None)
        self.line.setText(text.removeprefix(YES) if yes else "")
        self.line.setVisible(yes)

    def _chosen(self) -> None:
        self.line.setVisible(self.yes.isChecked())
        self._typed()
        if self.yes.isChecked():
            self._pause.stop()
            self.line.setFocus()
        else:
            self.flush()

    def _written(self) -> None:
        self.yes.setChecked(True)
        self._typed()

    def _go_on(self) -> None:
        self.flush()
        if not self.has_problem():
            self.line.focusNextChild()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in (self.no, self.yes, self.line):
            if event.type() == QEvent.Type.FocusOut and not self._keeps_focus():
                self.flush()
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        return super().eventFilter(watched, event)

    def _keeps_focus(self) -> bool:
        """Whether the keyboard goes from one part of the field to another."""
        focus = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus) and focus is not self.line


def answer_text(value: object) -> str:
    """What a `YesNoField` shows for a stored answer: None, nothing (« non »), or a text."""
    if not isinstance(value, str):
        return ""
    return YES + value if value else NO


def answer_value(text: str) -> str | None:
    """The answer to store for the text of a `YesNoField`."""
    return "" if text == NO else text.removeprefix(YES).strip() or None


def answer_problem(text: str) -> str | None:
    """Why that text cannot be stored: « oui » says what."""
    return "Précisez en quelques mots." if text.startswith(YES) and not text[1:].strip() else None
