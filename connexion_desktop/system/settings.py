"""The choices of one user on one computer: a small readable file, never anything about people."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from connexion_desktop.system.folders import config_folder

Value = str | int | bool


class Settings:
    """Read once, written at each change. A file that is missing or damaged counts as empty."""

    def __init__(self, path: Path | None = None) -> None:
        """Without a path, they last as long as the application."""
        self._path = path
        self._values = _read(path) if path else {}

    @classmethod
    def of_user(cls) -> Settings:
        """Those of the person at this computer."""
        return cls(config_folder() / "reglages.json")

    def text(self, name: str, default: str = "") -> str:
        """A text, or the default if it is absent or something else."""
        value = self._values.get(name)
        return value if isinstance(value, str) else default

    def number(self, name: str, default: int) -> int:
        """A whole number, or the default if it is absent or something else."""
        value = self._values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else default

    def flag(self, name: str, default: bool = False) -> bool:
        """A yes or no, or the default if it is absent or something else."""
        value = self._values.get(name)
        return value if isinstance(value, bool) else default

    def put(self, name: str, value: Value) -> None:
        """Keep a choice. A disk that refuses it is forgiven: the choice lasts until closing."""
        if self._values.get(name) == value:
            return
        self._values[name] = value
        if self._path is not None:
            with contextlib.suppress(OSError):
                _write(self._path, self._values)


def _read(path: Path) -> dict[str, Value]:
    if not path.exists():
        return {}
    import json

    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(found) if isinstance(found, dict) else {}


def _write(path: Path, values: dict[str, Value]) -> None:
    """Whole or not at all: a power cut leaves the old file or the new one."""
    import json

    draft = path.with_suffix(".tmp")
    draft.write_text(json.dumps(values, ensure_ascii=False, indent=2), encoding="utf-8")
    os.replace(draft, path)  # noqa: PTH105 - atomic on the three systems
