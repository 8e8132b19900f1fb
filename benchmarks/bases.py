"""Demo bases of any size, made once and kept under build/, for tests and benchmarks.

A base is made again when what makes it changes: the generator, the schema, the reference lists.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / "build" / "bases"
TODAY = date(2026, 4, 21)
_KEY = "5eed" * 16
_PACKAGE = ROOT / "connexion_desktop"
_MAKERS = (
    _PACKAGE / "usecases" / "demo",
    _PACKAGE / "usecases" / "placement_paper.py",
    _PACKAGE / "domain" / "convention_paper.py",
    _PACKAGE / "domain" / "attendance_paper.py",
    _PACKAGE / "data" / "models",
    _PACKAGE / "data" / "migrations",
    ROOT / "resources" / "reference",
)


@dataclass(frozen=True, slots=True)
class DemoBase:
    """A closed base, the file that holds its key, and the day it is told from."""

    path: Path
    key_file: Path
    today: date = TODAY

    @property
    def options(self) -> tuple[str, ...]:
        """What the command line takes to open it."""
        return (
            "--fichier", str(self.path), "--cle", str(self.key_file),
            "--aujourd-hui", self.today.isoformat(),
        )  # fmt: skip


def cached(people: int = 0, today: date = TODAY) -> DemoBase:
    """The kept base of that size: copy it, never open it."""
    folder = CACHE / f"{people}-{today.isoformat()}-{_digest()}"
    if not folder.exists():
        _make(folder, people, today)
        _forget_others(folder, people, today)
    return DemoBase(folder / "demo.base", folder / "demo.cle", today)


def copy(folder: Path, people: int = 0, today: date = TODAY) -> DemoBase:
    """A copy in `folder`, to open and to change."""
    kept = cached(people, today)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(kept.path, folder / kept.path.name)
    shutil.copy(kept.key_file, folder / kept.key_file.name)
    return DemoBase(folder / kept.path.name, folder / kept.key_file.name, today)


def _make(folder: Path, people: int, today: date) -> None:
    from connexion_desktop.domain.keys import RawKey
    from connexion_desktop.system import secrets
    from connexion_desktop.usecases import demo

    print(f"making a demo base of {people or 'the usual'} people…", file=sys.stderr, flush=True)
    CACHE.mkdir(parents=True, exist_ok=True)
    key = RawKey(_KEY)
    with tempfile.TemporaryDirectory(prefix=".", dir=CACHE) as making:
        whole = Path(making) / "whole"
        whole.mkdir()
        demo.create(whole / "demo.base", key, today, people)
        secrets.make_key_file(whole / "demo.cle", key)
        try:
            os.replace(whole, folder)  # noqa: PTH105 - another process may have made it meanwhile
        except OSError:
            if not folder.exists():
                raise


def _forget_others(kept: Path, people: int, today: date) -> None:
    for folder in CACHE.glob(f"{people}-{today.isoformat()}-*"):
        if folder != kept:
            shutil.rmtree(folder, ignore_errors=True)


def _digest() -> str:
    digest = hashlib.sha256()
    for maker in _MAKERS:
        files = sorted(maker.rglob("*")) if maker.is_dir() else [maker]
        for file in files:
            if file.suffix in (".py", ".toml"):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
