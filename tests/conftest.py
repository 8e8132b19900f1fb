"""What every part of the suite needs: a real encrypted base, quickly, and acts to sign."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.keys import RawKey

AUTHOR = "Anne Martin"


@pytest.fixture(scope="session")
def empty_base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RawKey]:
    """A closed base with its lists and nobody in it, made once; copy it, never open it."""
    path = tmp_path_factory.mktemp("base") / "vide.connexion"
    key = RawKey.new()
    Database.create(path, key, "Association d’essai").close()
    return path, key


@pytest.fixture
def database(empty_base: tuple[Path, RawKey], tmp_path: Path) -> Iterator[Database]:
    """An open base of this test's own: reference lists, nobody yet."""
    template, key = empty_base
    path = tmp_path / "base.connexion"
    shutil.copy(template, path)
    opened = Database.open(path, key)
    yield opened
    opened.close()


@pytest.fixture
def act() -> Callable[..., Act]:
    """Make an act: `act("Nouvelle personne")`, `act("…", author="…", command_id=…)`."""

    def make(label: str = "Essai", **values: object) -> Act:
        return Act(**{"author": AUTHOR, "label": label, "command_id": uuid4(), **values})  # type: ignore[arg-type]

    return make
