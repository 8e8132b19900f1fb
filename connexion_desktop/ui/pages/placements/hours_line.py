"""The hours of one day, typed as people type them: « 9h-12h30 / 13h30-17h »."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.hours import hours_text, parse_ranges, ranges_text
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.placement_hours import Ranges
from connexion_desktop.ui import theme
from connexion_desktop.ui.timers import once_after
from connexion_desktop.ui.widgets.alert import announce
from connexion_desktop.ui.widgets.bound_field import PAUSE
from connexion_desktop.ui.widgets.labels import label
from connexion_desktop.ui.widgets.remark import Remark
from connexion_desktop.ui.widgets.tips import put_tip

_DAY, _TOTAL = 92, 58
_SAME = "idem"


class HoursLine(QWidget):
    """`typed` at each readable edit; `settled` at a pause, on Enter, on leaving: to be saved.

    « idem » takes the hours of `day_before`. What cannot be read stays as typed, with the reason
    in place of the total, and is told by `drafted(text)`; `drafted(None)` when nothing is left to
    keep.
    """

    typed = Signal()
    settled = Signal()
    drafted = Signal(object)

    def __init__(self, day: str, placeholder: str = "—") -> None:
        super().__init__()
        self.day_before: HoursLine | None = None
        self._ranges: Ranges = ()
        self._shown = ""
        self.day = label(day)
        self.remark = label("", "small")
        self.remark.hide()
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        self.line.installEventFilter(self)
        self.total = label("", "muted")
        self.total.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.problem = Remark()
        self.problem.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.addWidget(self.day, 0, 0)
        self._grid.addWidget(self.line, 0, 1)
        self._grid.addWidget(self.total, 0, 2)
        self._grid.addWidget(self.remark, 1, 1)
        self._grid.addWidget(self.problem, 0, 2)
        self._grid.setColumnStretch(1, 1)
        self._pause = once_after(PAUSE, self._settle, self)
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self._go_on)
        theme.changed.connect(self._fit)
        self.name(day)
        self._fit()

    def name(self, day: str, remark: str = "") -> None:
        """Say which day it is, and what is particular to it."""
        self.day.setText(day)
        self.line.setAccessibleName(f"Horaires, {day}")
        self.line.setAccessibleDescription(remark)
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))

    def ranges(self) -> Ranges:
        """The last hours that could be read."""
        return self._ranges

    def has_problem(self) -> bool:
        """Whether what is typed cannot be read."""
        return bool(self.problem.text())

    def is_dirty(self) -> bool:
        """Whether it holds something that is not shown from the base."""
        return self.line.text() != self._shown

    def show_hours(self, ranges: Ranges) -> None:
        """Show the hours of the base, unless others are being typed."""
        if self.is_dirty():
            return
        self._take(ranges)
        self._shown = ranges_text(ranges)
        self.line.setText(self._shown)

    def show_draft(self, text: str) -> None:
        """Bring back what could not be read when the application last stopped."""
        self.line.setText(text)
        self._edited(text)
        self._settle()

    def forget(self) -> None:
        """Drop what is being typed."""
        self._pause.stop()
        self.line.setText(self._shown)
        self._say("")

    def flush(self) -> None:
        """Save now what is typed, if it can be read."""
        if self.is_dirty():
            self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.problem.show_whole(self.line)
        elif event.type() == QEvent.Type.FocusOut:
            self._leave()
        elif (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and self.is_dirty()
        ):
            self._restore()
            return True
        return super().eventFilter(watched, event)

    def _edited(self, text: str) -> None:
        self._say("")
        self._pause.start()
        try:
            found = self._read(text)
        except UserError:
            self.drafted.emit(text)
            return
        if found != self._ranges:
            self._take(found)
            self.typed.emit()

    def _read(self, text: str) -> Ranges:
        if fold(text) != _SAME:
            return parse_ranges(text)
        if self.day_before is None:
            raise UserError(
                "« idem » reprend le jour d’avant : il n’y en a pas ici.",
                todo="Écrivez par exemple 9h-12h30.",
            )
        return self.day_before.ranges()

    def _settle(self) -> None:
        self._pause.stop()
        try:
            found = self._read(self.line.text())
        except UserError as problem:
            self._say(str(problem))
            return
        self._say("")
        self._take(found)
        self._shown = self.line.text()
        self.drafted.emit(None)
        self.settled.emit()

    def _leave(self) -> None:
        """Save, and write the hours the way they are read everywhere."""
        self.flush()
        if not self.has_problem():
            self._shown = ranges_text(self._ranges)
            self.line.setText(self._shown)

    def _restore(self) -> None:
        self.forget()
        self._take(self._read(self._shown))
        self.drafted.emit(None)
        self.typed.emit()

    def _go_on(self) -> None:
        self._settle()
        if not self.has_problem():
            self.line.focusNextChild()

    def _take(self, ranges: Ranges) -> None:
        self._ranges = ranges
        minutes = sum(end - start for start, end in ranges)
        self.total.setText(hours_text(minutes) if minutes else "")

    def _say(self, reason: str) -> None:
        if self.problem.text() == reason:
            return
        self.problem.say(reason, "red")
        self.problem.setVisible(bool(reason))
        self.total.setHidden(bool(reason))
        put_tip(self.line, reason or self.remark.text())
        self.line.setProperty("invalid", bool(reason))
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)
        if reason:
            announce(self.problem)
            if self.line.hasFocus():
                self.problem.show_whole(self.line)

    def _fit(self) -> None:
        self.day.setFixedWidth(theme.px(_DAY))
        for last in (self.total, self.problem):
            last.setFixedWidth(theme.px(_TOTAL))
