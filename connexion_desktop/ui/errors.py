"""The only door for errors: whatever goes wrong, anywhere, ends here.

A UserError is shown in place, by whoever listens to `user_error`. Anything else is a bug: a calm
window with a report made of types, files and lines, never of the user's data.
"""

from __future__ import annotations

import faulthandler
import sys
import threading
import traceback
from collections import Counter
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)

from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.system.log import Log

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_HARMLESS = ("This plugin does not support", "propagateSizeHints")
_SHOWN_AT_MOST = 3


def report(problem: BaseException, where: TracebackType | None = None) -> str:
    """What a developer needs to mend it: types, files, lines. No message, no value: they may hold
    a name."""
    import platform

    lines = [
        f"Connexion Desktop {version()} · Python {platform.python_version()} · Qt {qVersion()}"
        f" · {platform.system()} {platform.release()}"
    ]
    current: BaseException | None = problem
    trace = where or problem.__traceback__
    seen: set[int] = set()
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(f"{type(current).__module__}.{type(current).__qualname__}")
        lines += [
            f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        current = current.__cause__ or current.__context__
        trace = current.__traceback__ if current is not None else None
    return "\n".join(lines)


def detail(problem: UserError) -> str:
    """What to copy for whoever helps: the sentence shown, and the report of what lies beneath."""
    return f"{problem}\n\n{report(problem)}"


class Door(QObject):
    """Takes every unhandled error of every thread, writes it in the log, tells the window."""

    user_error = Signal(object)
    crashed = Signal(str)

    _arrived = Signal(object)

    def __init__(self, log: Log) -> None:
        super().__init__()
        self.log = log
        self._times: Counter[str] = Counter()
        self._faults: TextIOWrapper | None = None
        self._arrived.connect(self._sort)

    def install(self) -> None:
        """Stand at every exit of the interpreter and of Qt."""
        sys.excepthook = self._from_python
        threading.excepthook = self._from_thread
        sys.unraisablehook = self._from_nowhere
        qInstallMessageHandler(self._from_qt)
        self._watch_faults()

    def remove(self) -> None:
        """Give the exits back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        qInstallMessageHandler(None)
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            self._faults = None

    def take(self, problem: BaseException) -> None:
        """Report an error, from any thread."""
        self._arrived.emit(problem)

    def _watch_faults(self) -> None:
        """Have what kills the interpreter itself written in a file; the one before is kept."""
        try:
            path = self.log.path.with_name("plantage.txt")
            with suppress(OSError):  # another window may be holding it
                if path.stat().st_size:
                    path.replace(path.with_suffix(".1.txt"))
            self._faults = path.open("a", encoding="utf-8")
            faulthandler.enable(self._faults)
        except OSError:
            faulthandler.enable()

    def _from_python(
        self, kind: type[BaseException], problem: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        self.take(problem.with_traceback(trace))

    def _from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.take(args.exc_value)

    def _from_nowhere(self, args: UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            self.take(args.exc_value)

    def _from_qt(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) or text.startswith(_HARMLESS):
            return
        self.log.write("qt", text)

    def _sort(self, problem: BaseException) -> None:
        if isinstance(problem, Cancelled):
            return
        if isinstance(problem, UserError):
            self.user_error.emit(problem)
            return
        text = report(problem)
        self._times[text] += 1
        if self._times[text] <= _SHOWN_AT_MOST:
            self.log.write("imprévu", text)
            self.crashed.emit(text)


def _short(filename: str) -> str:
    """A file without the folders that may bear the user's name."""
    path = Path(filename)
    parts = path.parts
    for anchor in ("connexion_desktop", "site-packages"):
        if anchor in parts:
            start = len(parts) - 1 - parts[::-1].index(anchor)
            return "/".join(parts[start:])
    return path.name


def version() -> str:
    """The application's version."""
    from importlib import metadata

    try:
        return metadata.version("connexion-desktop")
    except metadata.PackageNotFoundError:
        return "?"
