"""Pictures of the pages, light and dark, taken from the real window on a real base."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QWidget

from connexion_desktop.ui import theme
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.scenes import Scene

SIZE = QSize(1366, 768)
_SCHEMES = ((theme.Scheme.LIGHT, "clair"), (theme.Scheme.DARK, "sombre"))
_QUIET_FOR = 250


class Photographs(QObject):
    """Takes each scene in each scheme, once nothing is being read; then calls `on_end`."""

    def __init__(
        self,
        window: MainWindow,
        scenes: Sequence[Scene],
        folder: Path,
        on_end: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._folder = folder
        self._on_end = on_end
        self._left = [(scene, scheme, word) for scheme, word in _SCHEMES for scene in scenes]

    def start(self) -> None:
        """Go through them all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._window.resize(SIZE)
        self._next()

    def _next(self) -> None:
        if not self._left:
            self._on_end()
            return
        scene, scheme, word = self._left.pop(0)
        if theme.scheme() is not scheme:
            theme.apply(scheme)
        self._window.jobs.read(self, scene.target, lambda target: self._pose(scene, target, word))

    def _pose(self, scene: Scene, target: object, word: str) -> None:
        self._window.go(scene.page, target)
        self._when_quiet(lambda: self._arrange(scene, word))

    def _arrange(self, scene: Scene, word: str) -> None:
        page = self._window.current_page()
        if page is not None:
            scene.arrange(page)
        self._when_ready(scene, lambda: self._when_quiet(lambda: self._take(scene, word)))

    def _take(self, scene: Scene, word: str) -> None:
        self._window.status.news.clear()
        for lit in self._window.findChildren(QWidget):
            lit.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)  # no mouse on a picture
        self._window.grab().save(str(self._folder / f"{scene.name}-{word}.png"))
        self._next()

    def _when_ready(self, scene: Scene, then: Callable[[], object]) -> None:
        """Call back once all that the scene shows is there."""
        page = self._window.current_page()
        if page is None or scene.ready(page):
            then()
        else:
            QTimer.singleShot(_QUIET_FOR, self, lambda: self._when_ready(scene, then))

    def _when_quiet(self, then: Callable[[], object]) -> None:
        """Call back once no job has been under way for a while."""

        def look() -> None:
            if self._window.jobs.is_idle:
                then()
            else:
                QTimer.singleShot(_QUIET_FOR, self, look)

        QTimer.singleShot(_QUIET_FOR, self, look)
