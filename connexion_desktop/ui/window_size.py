"""How large the window is: as it was left, within the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from connexion_desktop.system.settings import Settings

_USUAL = QSize(1366, 768)
_FRAME = 40


class WindowSize:
    """The size of a window, in the settings of whom it belongs to."""

    def __init__(self, window: QWidget, settings: Settings) -> None:
        self._window, self._settings = window, settings

    def show(self, *, framed: bool) -> None:
        """Show the window as it was left; in its frame in any case, where it must be."""
        size = self._left()
        self._window.resize(size)
        if not framed and (self._settings.flag("maximized") or not _leaves_room_for_a_frame(size)):
            self._window.showMaximized()
        else:
            self._window.show()

    def remember(self) -> None:
        """Keep it for the next time."""
        self._settings.put("maximized", self._window.isMaximized())
        if not self._window.isMaximized():
            self._settings.put("width", self._window.width())
            self._settings.put("height", self._window.height())

    def _left(self) -> QSize:
        width = self._settings.number("width", _USUAL.width())
        height = self._settings.number("height", _USUAL.height())
        return QSize(width, height).boundedTo(_screen())


def _screen() -> QSize:
    return QApplication.primaryScreen().availableSize()


def _leaves_room_for_a_frame(size: QSize) -> bool:
    """On a small screen a window as high as the screen would hide its last lines."""
    return size.height() + _FRAME <= _screen().height()
