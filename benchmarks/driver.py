"""The application itself, started as its command starts it, with a mark at each thing painted."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer

from benchmarks.resident import resident_mb
from connexion_desktop import app
from connexion_desktop.ui.jobs import Store

_QUIET = 400
"""How long after the base is open memory is read, in ms."""


def start_and_mark(started: float) -> None:
    """Open the window on the base that sys.argv names, tell the marks, close; never returns."""

    def mark(name: str, value: float | None = None) -> None:
        shown = time.monotonic() - started if value is None else value
        print(f"MARK {name} {shown}", flush=True)

    class Marked(app.Application):
        def show(self) -> None:
            self.window.painted.connect(lambda: mark("shell"))
            super().show()

        def _paint_at_once(self, painted: bytes) -> None:
            super()._paint_at_once(painted)
            self._watch()

        def _begin(self, store: Store) -> None:
            super()._begin(store)
            self._watch()
            QTimer.singleShot(_QUIET, self.window, self._end)

        def _watch(self) -> None:
            page = self.window.current_page()
            if page is not None and not hasattr(self, "_painted"):
                self._painted = RowsPainted(page, lambda: mark("group"))

        def _end(self) -> None:
            if not self.window.jobs.is_idle:
                QTimer.singleShot(_QUIET, self.window, self._end)
                return
            mark("memory", resident_mb())
            self.window.close()

    app.Application = Marked  # type: ignore[misc]
    sys.exit(app.main(sys.argv[1:]))


class RowsPainted(QObject):
    """Calls back once, right after a card was painted."""

    def __init__(self, page: QObject, then: Callable[[], None]) -> None:
        super().__init__(page)
        self._then = then
        self._view = page.cards  # type: ignore[attr-defined]
        self._view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._view.model().rowCount() > 0:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False
