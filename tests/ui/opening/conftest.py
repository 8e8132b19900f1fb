"""A base of one's own, a computer without a keyring, windows stopped at the end."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from connexion_desktop.domain.keys import RawKey
from connexion_desktop.system import secrets
from connexion_desktop.system.log import Log
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.place import Place
from connexion_desktop.ui.shell_actions import ShellActions

from .desk import (
    Desk,
    Picker,
    Start,
    key_file,
)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    """The application's log, as it listens to our own modules."""
    made = Log(tmp_path / "journal.log")
    made.listen()
    yield made
    ours = logging.getLogger("connexion_desktop")
    for handler in list(ours.handlers):
        ours.removeHandler(handler)


@pytest.fixture
def settings() -> Settings:
    return Settings()


@pytest.fixture
def start(qtbot: QtBot, settings: Settings) -> Iterator[Start]:
    """Start on a place, on a computer without a keyring; stop what is left at the end."""
    made: list[Desk] = []

    def start_on(place: Place) -> Desk:
        desk = Desk(qtbot, place, settings)
        made.append(desk)
        desk.opening.start()
        return desk

    yield start_on
    for desk in made:
        desk.window.jobs.stop()
        if desk.store is not None:
            desk.store.close()


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keyring of whoever runs the tests is left alone."""
    monkeypatch.setattr(secrets, "ALLOWED", ())


@pytest.fixture
def base(empty_base: tuple[Path, RawKey], tmp_path: Path) -> tuple[Path, RawKey]:
    """A closed base whose key only its recovery code gives back."""
    template, key = empty_base
    path = tmp_path / "bureau" / "notre.base"
    path.parent.mkdir()
    shutil.copy(template, path)
    return path, key


@pytest.fixture
def working(start: Start, base: tuple[Path, RawKey], tmp_path: Path) -> Desk:
    """An open base, with the window's own acts."""
    path, key = base
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_open()
    acts = ShellActions(desk.window, Settings())
    acts.add_first()
    acts.add_rest((), desk.closing, desk.window.close, lambda _file: None, lambda: None)
    return desk


@pytest.fixture
def pick(monkeypatch: pytest.MonkeyPatch) -> Picker:
    """The system's dialog for files, answered."""
    picker = Picker()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", picker.answer)
    return picker
