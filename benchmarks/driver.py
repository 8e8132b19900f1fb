"""The application itself, started as its command starts it, with marks at what is painted.

A benchmark never waits for somebody: where the window would ask or tell a problem, the process ends
and says why; after `LIMIT` seconds it ends with what each thread was doing.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from connexion_desktop import app  # before PySide6: it must find Python's own import

# isort: split
from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from connexion_desktop.domain.board import GroupBoard

LIMIT = 150
QUIET = 1500
"""How long nothing must be under way before memory is read, in ms: the pages built ahead are in."""


def start_and_mark(started: float) -> None:
    """Open the window on the base that sys.argv names, tell the marks, close; never returns."""

    class Marked(Driven):
        def _after_paint(self) -> None:
            mark("shell", time.monotonic() - started)
            super()._after_paint()

        def group_painted(self) -> None:
            mark("group", time.monotonic() - started)

        def settled(self) -> None:
            from benchmarks.resident import resident_mb

            mark("memory", resident_mb())
            self.window.close()

    drive(Marked, sys.argv[1:])


def mark(name: str, value: float) -> None:
    """Tell a figure to the process that measures."""
    print(f"MARK {name} {value}", flush=True)


def drive(kind: type[Driven], arguments: Sequence[str]) -> NoReturn:
    """Run the application to its end, as `__main__` does."""
    faulthandler.dump_traceback_later(LIMIT, exit=True)
    status = app.main(arguments, kind)
    sys.stdout.flush()
    sys.exit(status)


def give_up(why: str) -> NoReturn:
    """End the process at once."""
    print(why, file=sys.stderr, flush=True)
    os._exit(1)


class Driven(app.Application):
    """The application with nobody before it: what it would ask or tell ends the process."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.window.jobs.failed.connect(lambda problem: give_up(str(problem)))
        self._watched = False

    def group_painted(self) -> None:
        """The cards of the group have just been painted for the first time."""

    def settled(self) -> None:
        """The base is open and nothing has been under way for a while."""

    def _paint_at_once(self, board: GroupBoard) -> None:
        super()._paint_at_once(board)
        self._watch()

    def _show_first(self) -> None:
        super()._show_first()
        self._watch()
        when_quiet(self.window, self.settled)

    def _watch(self) -> None:
        page = self.window.current_page()
        if page is not None and not self._watched:
            self._watched = True
            view = page.cards  # type: ignore[attr-defined]
            AfterPaint(view.viewport(), lambda: view.model().rowCount() > 0, self.group_painted)

    def _refuse_to_ask(self) -> None:
        give_up("the base was not opened without asking")

    def _tell_crash(self, report: str) -> None:
        give_up(report)


class AfterPaint(QObject):
    """Calls back once, right after the first paint of a widget for which `ready()` holds: its own
    paint, or where `kind` is UpdateRequest, that of all that changed in a window."""

    def __init__(
        self,
        widget: QObject,
        ready: Callable[[], bool],
        then: Callable[[], object],
        kind: QEvent.Type = QEvent.Type.Paint,
    ) -> None:
        super().__init__(widget)
        self._kind = kind
        self._ready = ready
        self._then = then
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == self._kind and self._ready():
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._then)
        return False


def when_quiet(window: Any, then: Callable[[], object]) -> None:
    """Call back once no job has been under way for `QUIET` ms."""

    def look() -> None:
        if window.jobs.is_idle:
            then()
        else:
            QTimer.singleShot(QUIET, window, look)

    QTimer.singleShot(QUIET, window, look)
