"""A window and its opening, as the application puts them together, and who uses them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from connexion_desktop.app import Bases
from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain import recovery
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.progress import Silent
from connexion_desktop.system import folders, secrets
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.closing import Closing
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.opening import Opening
from connexion_desktop.ui.pages.first_start import Welcome
from connexion_desktop.ui.pages.recovery_code import RecoveryCode
from connexion_desktop.ui.pages.restore import ConfirmRestoring
from connexion_desktop.ui.pages.unlock import NewPassphrase, Unlock
from connexion_desktop.ui.place import Place
from connexion_desktop.ui.sheets import Sheet
from connexion_desktop.usecases import maintenance

from ..names import unnamed

TODAY = date(2026, 4, 21)
PHRASE = "quatre mots faciles à dire"
LONG = 20_000

C = TypeVar("C", bound=QWidget)


class Desk:
    """A window and its opening, as the application puts them together."""

    def __init__(self, qtbot: QtBot, place: Place, settings: Settings) -> None:
        self.qtbot = qtbot
        self.window = MainWindow((), Jobs(), lambda: TODAY)
        qtbot.addWidget(self.window, before_close_func=lambda w: w.finish())
        self.opening = Opening(self.window, Bases(), place, settings, lambda: TODAY)
        self.opening.opened.connect(self._take)
        self.closing = Closing(self.window, lambda: self.opening.place.base)
        self.store: Database | None = None
        self.window.resize(1366, 768)
        self.window.show()

    def _take(self, store: Database) -> None:
        self.store = store
        self.window.jobs.attach(store, "Nadia Ferrand")
        self.window.seat("Nadia Ferrand")

    def wait_open(self) -> Database:
        self.qtbot.waitUntil(lambda: self.store is not None, timeout=LONG)
        assert self.store is not None
        return self.store

    def wait_card(self, kind: type[C]) -> C:
        def there() -> bool:
            shown = self.window.stack.currentWidget()
            return isinstance(shown, kind) and shown.isEnabled()

        self.qtbot.waitUntil(there, timeout=LONG)
        assert not unnamed(self.window)
        shown = self.window.stack.currentWidget()
        assert isinstance(shown, kind)
        return shown

    def wait_place(self, end: str) -> None:
        """Wait until the status line says so."""
        place = self.window.status.place
        self.qtbot.waitUntil(lambda: place.text().endswith(end), timeout=LONG)

    def type_in(self, field: QWidget, text: str) -> None:
        self.qtbot.keyClicks(field, text)

    def welcomed(self) -> Welcome:
        """The ways to begin, signed."""
        welcome = self.wait_card(Welcome)
        welcome.author.setText("Nadia Ferrand")
        return welcome

    def ask_for_a_base(self) -> None:
        welcome = self.welcomed()
        welcome.choices.own.click()
        welcome.association.setText("Les Possibles")
        welcome.make.click()

    def choose_phrase(self, phrase: str = PHRASE) -> None:
        card = self.wait_card(NewPassphrase)
        for field in (card.first, card.second):
            field.setText(phrase)
        card.keep.click()

    def give_phrase(self, phrase: str = PHRASE) -> None:
        unlock = self.wait_card(Unlock)
        unlock.phrase.setText(phrase)
        unlock.open_button.click()

    def give_code(self, key: RawKey) -> None:
        unlock = self.wait_card(Unlock)
        unlock.code.setText(recovery.encode(key))
        unlock.open_button.click()

    def confirm_restoring(self) -> None:
        self.wait_card(ConfirmRestoring).restore_button.click()

    def say_code_is_kept(self) -> None:
        card = self.wait_card(RecoveryCode)
        card.kept.click()
        card.go_on.click()

    def close(self) -> None:
        with self.qtbot.waitSignal(self.closing.closed, timeout=LONG):
            self.window.close()
        assert not self.window.isVisible()
        self.store = None


Start = Callable[..., Desk]


class Picker:
    """Who chooses files: `pick(file)` says which is next; `folder`, where the dialog began."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self._file = ""

    def __call__(self, file: Path) -> None:
        self._file = str(file)

    def answer(self, _parent: QWidget, _title: str, folder: str, _kinds: str) -> tuple[str, str]:
        self.folder = Path(folder)
        return self._file, ""


def key_file(folder: Path, key: RawKey) -> Path:
    path = folder / "cle.txt"
    secrets.make_key_file(path, key)
    return path


def met(name: str) -> m.Person:
    return m.Person(number=f"P-{name}", given_name=name, family_name="Diallo")


def people_in(path: Path, key: RawKey) -> int:
    with closing(Database.open(path, key)) as opened, opened.read() as session:
        return session.query(m.Person).count()


def sheet_shown(qtbot: QtBot, desk: Desk) -> Sheet:
    qtbot.waitUntil(lambda: desk.window.findChild(Sheet) is not None, timeout=LONG)
    found = desk.window.findChild(Sheet)
    assert isinstance(found, Sheet)
    assert not unnamed(found)
    return found


def back_up(path: Path, key: RawKey, name: str = "") -> Path:
    """A backup where closing leaves them; with a name, of somebody met just before."""
    with closing(Database.open(path, key)) as opened:
        if name:
            with opened.write(Act("Anne Martin", "Nouvelle personne", uuid4())) as session:
                session.add(met(name))
        return maintenance.back_up(opened, folders.backup_folder(path), Silent())
