"""The base is looked at in the background: once a day, and after a closing that went wrong."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from connexion_desktop.data.database import Database
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.daily_check import DailyCheck
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.main_window import MainWindow

TODAY = date(2026, 4, 21)


@pytest.fixture
def base(empty_base: tuple[Path, RawKey], tmp_path: Path) -> tuple[Path, RawKey]:
    template, key = empty_base
    path = tmp_path / "notre.base"
    shutil.copy(template, path)
    return path, key


@pytest.fixture
def window(qtbot: QtBot, base: tuple[Path, RawKey]) -> Iterator[MainWindow]:
    """A window on the base, which its test may damage first."""
    made = MainWindow((), Jobs())
    qtbot.addWidget(made, before_close_func=lambda w: w.finish())
    yield made
    store = made.jobs.store
    made.jobs.stop()
    if store is not None:
        store.close()


def start(window: MainWindow, base: tuple[Path, RawKey], settings: Settings) -> DailyCheck:
    if window.jobs.store is None:
        window.jobs.attach(Database.open(*base), "Nadia Ferrand")
    check = DailyCheck(window, settings, lambda: TODAY)
    check.start()
    return check


def is_checking(window: MainWindow) -> bool:
    return not window.jobs.is_idle


def test_a_base_with_a_broken_page_is_told_in_a_banner_that_lasts(
    qtbot: QtBot, window: MainWindow, base: tuple[Path, RawKey]
) -> None:
    path, _ = base
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 8192 * 4096)
        file.write(os.urandom(4096))
    settings = Settings()
    start(window, base, settings).end()
    qtbot.waitUntil(lambda: bool(window.banners.shown()))
    (banner,) = window.banners.shown()
    assert "La base est abîmée" in banner.problem.what
    assert "Restaurer une sauvegarde" in banner.problem.todo
    window.banners.clear()
    assert window.banners.shown() == [banner]
    banner.close_button.click()
    assert not window.banners.shown()


def test_a_sound_base_is_checked_once_a_day_unless_a_closing_went_wrong(
    qtbot: QtBot, window: MainWindow, base: tuple[Path, RawKey]
) -> None:
    settings = Settings()
    check = start(window, base, settings)
    assert is_checking(window)
    qtbot.waitUntil(lambda: window.jobs.is_idle)
    check.end()
    start(window, base, settings)
    assert not is_checking(window), "checked already today"
    start(window, base, settings)
    assert is_checking(window), "the second start never ended"
    qtbot.waitUntil(lambda: window.jobs.is_idle)
    assert not window.banners.shown()
