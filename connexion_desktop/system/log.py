"""The log: what the application did, without a name, a number or a note of anyone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

_LARGEST = 512 * 1024


class Log:
    """Lines in a file that starts again, keeping the last one, when it passes 512 kB."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def listen(self) -> None:
        """Take in, from now on, what our own modules say with `logging`: their words and the type
        of the error, never its text."""
        import logging

        class Handler(logging.Handler):
            def emit(handler, record: logging.LogRecord) -> None:  # noqa: N805
                kind = record.exc_info[0] if record.exc_info else None
                told = f" ({kind.__qualname__})" if kind else ""
                self.write(record.levelname.lower(), f"{record.name}: {record.getMessage()}{told}")

        ours = logging.getLogger("connexion_desktop")
        for known in list(ours.handlers):
            ours.removeHandler(known)
        ours.addHandler(Handler(logging.WARNING))

    def write(self, kind: str, text: str) -> None:
        """Add an entry. A disk that refuses it is forgiven."""
        stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        body = text.rstrip().replace("\n", "\n  ")
        with self._lock:
            try:
                if self._path.exists() and self._path.stat().st_size > _LARGEST:
                    self._path.replace(self._path.with_suffix(".1.log"))
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(f"{stamp} {kind} {body}\n")
            except OSError:
                return
