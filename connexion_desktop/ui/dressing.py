"""Style sheets, put on the roots of what is seen rather than on the application.

Qt styles a widget again each time it or one of its ancestors is moved, where the application has a
style sheet; and a new sheet there styles everything at once, seen or not. So each root (a bar, a
page, a dialog) has the sheet of its own: what is built outside of one costs nothing until it is
put there, and after a change of colours those that are hidden wait for a free moment.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QScrollBar, QWidget
from shiboken6 import isValid

_BREATH = 1
"""Between two hidden roots, in ms: one that comes at once is dressed in the same turn."""


class Dressing(QObject):
    """The roots and the sheet they wear. `caught_up` is called once the hidden ones wear it too."""

    def __init__(self, caught_up: Callable[[], object]) -> None:
        super().__init__()
        self._sheet = self._bars = ""
        self._roots: list[QWidget] = []
        self._late: list[QWidget] = []
        self._caught_up = caught_up

    def add(self, root: QWidget) -> None:
        """Dress a root now and at each change, until it is destroyed."""
        self._forget_dead()
        self._roots.append(root)
        self._put_on(root)

    def change(self, sheet: str) -> None:
        """Have the roots that are seen wear another sheet at once, the others soon."""
        self._sheet = sheet
        self._bars = "\n".join(
            line for line in sheet.splitlines() if line.startswith(QScrollBar.__name__)
        )
        self._forget_dead()
        self._late = [root for root in self._roots if not root.isVisible()]
        for root in self._roots:
            if root in self._late:
                root.installEventFilter(self)
            else:
                self._put_on(root)
        self._go_on()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched in self._late:
            self._dress_late(self._late.index(watched))
        return False

    def _go_on(self) -> None:
        if self._late:
            QTimer.singleShot(_BREATH, self, self._dress_next)

    def _dress_next(self) -> None:
        if self._late:
            self._dress_late(0)
            self._go_on()

    def _dress_late(self, rank: int) -> None:
        root = self._late.pop(rank)
        if isValid(root):
            root.removeEventFilter(self)
            self._put_on(root)
        if not self._late:
            self._caught_up()

    def _put_on(self, root: QWidget) -> None:
        """A bar holds nothing else: of the whole sheet, which Qt reads and keeps for each root, it
        wears what is said of bars."""
        root.setStyleSheet(self._bars if isinstance(root, QScrollBar) else self._sheet)

    def _forget_dead(self) -> None:
        self._roots = [root for root in self._roots if isValid(root)]
