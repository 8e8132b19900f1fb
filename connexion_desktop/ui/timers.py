"""The wait between the last of several things and what is done about them all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def once_after(wait: int, then: Callable[[], object], owner: QObject) -> QTimer:
    """A timer that does it once, `wait` ms after it was last started; it goes with its owner."""
    made = QTimer(owner)
    made.setSingleShot(True)
    made.setInterval(wait)
    made.timeout.connect(then)
    return made
