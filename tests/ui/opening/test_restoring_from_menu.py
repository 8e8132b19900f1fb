"""« Fichier, Restaurer une sauvegarde… », in the real application, on an open base."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from connexion_desktop.app import Application
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.system import folders, secrets
from connexion_desktop.system.log import Log
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.errors import Door
from connexion_desktop.ui.options import Options
from connexion_desktop.ui.pages.restore import ConfirmRestoring
from connexion_desktop.ui.pages.unlock import Unlock

from .desk import LONG, PHRASE, Picker, met, people_in

C = TypeVar("C", bound=QWidget)


class Workstation:
    """The application on one computer: one window after the other."""

    def __init__(self, qtbot: QtBot, app: QApplication, options: Options, log: Log) -> None:
        self.qtbot, self._app = qtbot, app
        self._settings, self._door = Settings(), Door(log)
        self.application = self._show(options)

    def _show(self, options: Options) -> Application:
        made = Application(self._app, options, self._settings, self._door)
        with self.qtbot.waitSignal(made.window.painted, timeout=LONG):
            made.show()
        return made

    def card(self, kind: type[C]) -> C:
        stack = self.application.window.stack
        self.qtbot.waitUntil(lambda: isinstance(stack.currentWidget(), kind), timeout=LONG)
        found = stack.currentWidget()
        assert isinstance(found, kind)
        return found

    def wait_open(self) -> None:
        window = self.application.window

        def rested() -> bool:
            return window.current_page() is not None and window.jobs.is_idle

        self.qtbot.waitUntil(rested, timeout=LONG)

    def restore(self) -> None:
        """From the menu; the window that comes after is the one at the front."""
        window = self.application.window
        window.actions_.get("restore").trigger()
        self.qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG)
        self.application.release()
        assert self.application.next is not None
        self.application = self._show(self.application.next)

    def meet(self, name: str) -> None:
        window = self.application.window
        window.jobs.write(window, lambda session: session.add(met(name)), label="Nouvelle personne")

    def leave(self) -> None:
        self.application.window.close()
        self.qtbot.waitUntil(lambda: not self.application.window.isVisible(), timeout=LONG)
        self.application.release()


@pytest.fixture
def on(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Callable[[Path], Workstation]]:
    made: list[Workstation] = []

    def open_on(base: Path) -> Workstation:
        made.append(Workstation(qtbot, qapp, Options(base), Log(tmp_path / "journal.log")))
        return made[-1]

    yield open_on
    for each in made:
        each.application.release()
        each.application.window.finish()


@pytest.fixture
def unlocked(on: Callable[[Path], Workstation], base: tuple[Path, RawKey]) -> Workstation:
    """On a computer without a keyring: the passphrase was typed once."""
    path, key = base
    secrets.wrap(path, key, PHRASE)
    station = on(path)
    unlock = station.card(Unlock)
    unlock.phrase.setText(PHRASE)
    unlock.open_button.click()
    station.wait_open()
    return station


def test_a_backup_is_restored_from_the_menu_with_the_key_of_the_open_base(
    base: tuple[Path, RawKey], unlocked: Workstation, pick: Picker
) -> None:
    path, key = base
    folder = folders.backup_folder(path)
    unlocked.application.window.actions_.get("backup").trigger()
    unlocked.qtbot.waitUntil(lambda: bool(list(folder.glob("*.base"))), timeout=LONG)
    unlocked.meet("Awa")
    unlocked.wait_open()
    (backup,) = folder.glob("*.base")
    pick(backup)
    unlocked.restore()
    assert pick.folder == folder
    unlocked.card(ConfirmRestoring).restore_button.click()
    unlocked.wait_open()
    told = unlocked.application.window.banners.noticed()
    (aside,) = (file for file in path.parent.glob("*.avant-*") if file.suffix != ".cle")
    assert told is not None
    assert list(folder.glob("*.base")) == [backup]
    assert backup.name in told.text and str(aside) in told.text
    unlocked.leave()
    assert people_in(path, key) == 0
    assert people_in(aside, key) == 1
    assert secrets.unwrap(path, PHRASE) == key


def test_one_may_change_one_s_mind_and_go_on_with_the_open_base(
    base: tuple[Path, RawKey],
    empty_base: tuple[Path, RawKey],
    unlocked: Workstation,
    pick: Picker,
    tmp_path: Path,
) -> None:
    path, key = base
    unlocked.meet("Awa")
    pick(Path(shutil.copy(empty_base[0], tmp_path / "copie.base")))
    unlocked.restore()
    unlocked.card(ConfirmRestoring).back_button.click()
    unlocked.wait_open()
    unlocked.leave()
    assert people_in(path, key) == 1
    assert list(folders.backup_folder(path).glob("*.base"))


def test_a_file_that_is_no_backup_is_told_and_the_base_opens_again(
    unlocked: Workstation, pick: Picker, tmp_path: Path
) -> None:
    file = tmp_path / "photo.base"
    file.write_text("pas une base", encoding="utf-8")
    pick(file)
    unlocked.restore()
    unlocked.wait_open()
    (told,) = unlocked.application.window.banners.shown()
    assert "photo.base" in told.problem.what
    unlocked.leave()
