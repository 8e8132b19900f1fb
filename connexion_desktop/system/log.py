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
