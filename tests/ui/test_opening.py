"""From a bare computer to an open base and back: made, restored, unlocked, closed, backed up."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import TypeVar
from uuid import uuid4

import pypdfium2
import pytest
import sqlalchemy as sa
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from connexion_desktop.app import Bases
from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.data.lock import is_held
from connexion_desktop.domain import recovery
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.keys import Ask, RawKey, wrapped_path
from connexion_desktop.domain.maintenance import backup_name
from connexion_desktop.domain.progress import Progress
from connexion_desktop.system import folders, secrets
from connexion_desktop.system.log import Log
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui import theme
from connexion_desktop.ui.closing import Closing, last_backup, place_text
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.opening import Opening
from connexion_desktop.ui.pages.first_start import Welcome
from connexion_desktop.ui.pages.recovery_code import RecoveryCode
from connexion_desktop.ui.pages.trouble import Trouble
from connexion_desktop.ui.pages.unlock import NewPassphrase, Unlock
from connexion_desktop.ui.place import Place, demo_place, named_place
from connexion_desktop.ui.recovery_sheet import print_sheet, sheet
from connexion_desktop.ui.sheets import Sheet
from connexion_desktop.ui.shell_actions import ShellActions
from connexion_desktop.ui.single_window import SingleWindow
from connexion_desktop.ui.widgets.banner import Notice

from .names import unnamed

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

    def type_in(self, field: QWidget, text: str) -> None:
        self.qtbot.keyClicks(field, text)

    def close(self) -> None:
        with self.qtbot.waitSignal(self.closing.closed, timeout=LONG):
            self.window.close()
        assert not self.window.isVisible()
        self.store = None


Start = Callable[..., Desk]


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


def key_file(folder: Path, key: RawKey) -> Path:
    path = folder / "cle.txt"
    secrets.make_key_file(path, key)
    return path


def met(name: str) -> m.Person:
    return m.Person(number="P-1", given_name=name, family_name="Diallo")


def test_a_base_whose_key_is_at_hand_opens_without_a_word(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    asked: list[object] = []
    desk = start(Place(path, key_file(tmp_path, key), once=True))
    desk.opening.asked.connect(asked.append)
    assert desk.wait_open().path == path
    assert not asked


def test_a_first_start_makes_a_base_and_shows_its_recovery_code(
    qtbot: QtBot, start: Start, settings: Settings
) -> None:
    desk = start(named_place(settings))
    welcome = desk.wait_card(Welcome)
    welcome.choices.own.click()
    assert "votre nom" in welcome.reason()
    desk.type_in(welcome.author, "Nadia Ferrand")
    welcome.choices.own.click()
    qtbot.keyClick(welcome.association, Qt.Key.Key_Return)
    assert "association" in welcome.reason()
    desk.type_in(welcome.association, "Les Possibles")
    qtbot.keyClick(welcome.association, Qt.Key.Key_Return)
    phrase = desk.wait_card(NewPassphrase)
    assert not folders.default_base().exists()
    for field in (phrase.first, phrase.second):
        field.setText(PHRASE)
    phrase.keep.click()
    card = desk.wait_card(RecoveryCode)
    assert not card.go_on.isEnabled()
    card.kept.click()
    code = card.code.text()
    card.go_on.click()
    store = desk.wait_open()
    assert recovery.decode(code) == store.key
    assert settings.text("author") == "Nadia Ferrand"
    assert named_place(settings).base == store.path == folders.default_base()


def test_a_code_printed_before_the_window_closes_opens_the_base(
    qtbot: QtBot, start: Start, settings: Settings
) -> None:
    desk = start(named_place(settings))
    welcome = desk.wait_card(Welcome)
    welcome.author.setText("Nadia Ferrand")
    welcome.choices.own.click()
    welcome.association.setText("Les Possibles")
    welcome.make.click()
    phrase = desk.wait_card(NewPassphrase)
    assert "12 caractères au moins" in " ".join(told.text() for told in phrase.findChildren(QLabel))
    for field in (phrase.first, phrase.second):
        field.setText(PHRASE)
    phrase.keep.click()
    printed = desk.wait_card(RecoveryCode).code.text()
    assert "phrase de passe est oubliée" in " ".join(
        told.text() for told in desk.wait_card(RecoveryCode).findChildren(QLabel)
    )
    desk.window.finish()
    again = start(named_place(settings))
    unlock = again.wait_card(Unlock)
    unlock.phrase.setText(PHRASE)
    unlock.open_button.click()
    card = again.wait_card(RecoveryCode)
    assert card.code.text() == printed
    card.kept.click()
    card.go_on.click()
    assert again.wait_open().key == recovery.decode(printed)
    again.close()
    third = start(named_place(settings))
    third.wait_card(Unlock).phrase.setText(PHRASE)
    third.wait_card(Unlock).open_button.click()
    third.wait_open()


def test_once_the_code_is_printed_the_keyboard_is_on_what_says_so(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = RecoveryCode(recovery.encode(RawKey.new()), "Les Possibles", on=TODAY)
    qtbot.addWidget(card)
    card.show()

    def accept(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(tmp_path / "code.pdf"))
        return int(QPrintDialog.DialogCode.Accepted)

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    card.print_button.click()
    assert card.focusWidget() is card.kept
    assert (tmp_path / "code.pdf").exists()
    card.close()


def test_a_passphrase_is_long_enough_and_typed_twice_alike(qtbot: QtBot) -> None:
    card = NewPassphrase()
    qtbot.addWidget(card)
    chosen: list[str] = []
    card.chosen.connect(chosen.append)
    for first, second in (("court", "court"), (PHRASE, PHRASE + "x")):
        card.first.setText(first)
        card.second.setText(second)
        card.keep.click()
        assert card.reason()
    assert not chosen
    card.second.setText(PHRASE)
    qtbot.keyClick(card.second, Qt.Key.Key_Return)
    assert chosen == [PHRASE]


def test_a_passphrase_opens_the_base_a_wrong_one_says_so(
    qtbot: QtBot, start: Start, base: tuple[Path, RawKey]
) -> None:
    path, key = base
    secrets.wrap(path, key, PHRASE)
    desk = start(Place(path))
    unlock = desk.wait_card(Unlock)
    unlock.phrase.setText("pas la bonne phrase")
    unlock.open_button.click()
    qtbot.waitUntil(lambda: bool(unlock.banners.shown()), timeout=LONG)
    qtbot.waitUntil(unlock.phrase.isEnabled, timeout=LONG)
    qtbot.waitUntil(lambda: desk.window.focusWidget() is unlock.phrase)
    desk.type_in(unlock.phrase, "x")
    assert unlock.phrase.text() == "x"
    unlock.phrase.setText(PHRASE)
    qtbot.keyClick(unlock.phrase, Qt.Key.Key_Return)
    assert desk.wait_open().path == path


def test_from_the_code_one_goes_back_to_the_passphrase_and_to_the_start(
    qtbot: QtBot, start: Start, base: tuple[Path, RawKey]
) -> None:
    path, key = base
    secrets.wrap(path, key, PHRASE)
    desk = start(Place(path))
    unlock = desk.wait_card(Unlock)
    unlock.phrase.setText("pas la bonne phrase")
    unlock.open_button.click()
    qtbot.waitUntil(lambda: bool(unlock.banners.shown()), timeout=LONG)
    unlock.other.click()
    assert not unlock.banners.shown()
    assert unlock.code.isVisible() and not unlock.phrase.isVisible()
    unlock.other.click()
    assert unlock.phrase.isVisible() and not unlock.code.isVisible()
    unlock.back_button.click()
    desk.wait_card(Welcome)


def test_the_eight_groups_of_a_typed_code_can_be_reread(qtbot: QtBot) -> None:
    card = Unlock(Ask.RECOVERY)
    qtbot.addWidget(card)
    theme.dress(card)
    card.resize(900, 600)
    card.show()
    code = recovery.encode(RawKey.new())
    qtbot.keyClicks(card.code, code)
    block = card.code.document().firstBlock()
    assert block.layout().lineCount() == 2
    assert block.layout().lineAt(0).textLength() == 36
    assert card.code.viewport().height() >= 2 * card.code.fontMetrics().lineSpacing()
    assert card.code.text() == code
    given: list[str] = []
    card.code_given.connect(given.append)
    qtbot.keyClick(card.code, Qt.Key.Key_Return)
    assert given == [code]
    card.close()


def test_enter_in_the_first_passphrase_goes_to_the_second(qtbot: QtBot) -> None:
    card = NewPassphrase()
    qtbot.addWidget(card)
    card.show()
    card.first.setFocus()
    card.first.setText(PHRASE)
    qtbot.keyClick(card.first, Qt.Key.Key_Return)
    assert card.focusWidget() is card.second
    assert not card.reason()
    card.close()


def test_a_lost_key_comes_back_with_the_recovery_code(
    qtbot: QtBot, start: Start, base: tuple[Path, RawKey]
) -> None:
    path, key = base
    desk = start(Place(path))
    unlock = desk.wait_card(Unlock)
    assert unlock.phrase.isHidden()
    code = recovery.encode(key)
    unlock.code.setText("A" + code[1:] if code[0] != "A" else "B" + code[1:])
    unlock.open_button.click()
    qtbot.waitUntil(lambda: bool(unlock.banners.shown()), timeout=LONG)
    assert "groupe 1" in unlock.banners.shown()[0].problem.what
    unlock.code.setText(code.lower())
    unlock.open_button.click()
    phrase = desk.wait_card(NewPassphrase)
    for field in (phrase.first, phrase.second):
        field.setText(PHRASE)
    phrase.keep.click()
    desk.wait_open()
    assert secrets.unwrap(path, PHRASE) == key


def test_a_damaged_base_offers_its_backups(
    qtbot: QtBot,
    start: Start,
    base: tuple[Path, RawKey],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, key = base
    backup = tmp_path / "sauvegarde.base"
    shutil.copy(path, backup)
    path.write_bytes(b"")
    place = Place(path, key_file(tmp_path, key))
    desk = start(place)
    trouble = desk.wait_card(Trouble)
    assert trouble.banners.shown()
    trouble.retry.click()
    qtbot.waitUntil(lambda: desk.window.stack.currentWidget() is not trouble, timeout=LONG)
    again = desk.wait_card(Trouble)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(backup), ""))
    again.restore.click()
    assert desk.wait_open().path == path


def test_a_wrong_key_file_offers_the_code_and_another_file(
    qtbot: QtBot,
    start: Start,
    base: tuple[Path, RawKey],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, key = base
    wrong = tmp_path / "autre.cle"
    secrets.make_key_file(wrong, RawKey.new())
    desk = start(Place(path, wrong, once=True))
    trouble = desk.wait_card(Trouble)
    assert not trouble.restore.isVisible()
    assert "sauvegardes" not in " ".join(told.text() for told in trouble.findChildren(QLabel))
    trouble.secret.click()
    unlock = desk.wait_card(Unlock)
    unlock.back_button.click()
    again = desk.wait_card(Trouble)
    right = key_file(tmp_path, key)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(right), ""))
    again.key.click()
    assert desk.wait_open().path == path


def test_a_remembered_key_file_that_is_lost_is_replaced_by_the_code(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path, settings: Settings
) -> None:
    path, key = base
    desk = start(Place(path, tmp_path / "perdue.cle"))
    desk.wait_card(Trouble).secret.click()
    unlock = desk.wait_card(Unlock)
    unlock.code.setText(recovery.encode(key))
    unlock.open_button.click()
    phrase = desk.wait_card(NewPassphrase)
    for field in (phrase.first, phrase.second):
        field.setText(PHRASE)
    phrase.keep.click()
    desk.wait_open()
    assert named_place(settings) == Place(path)
    assert secrets.unwrap(path, PHRASE) == key


def test_from_trouble_another_base_is_opened(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = base
    broken = tmp_path / "vide.base"
    broken.write_bytes(b"")
    desk = start(Place(broken))
    trouble = desk.wait_card(Trouble)
    assert trouble.restore.isVisible() and not trouble.secret.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))
    trouble.other.click()
    unlock = desk.wait_card(Unlock)
    unlock.code.setText(recovery.encode(key))
    unlock.open_button.click()
    phrase = desk.wait_card(NewPassphrase)
    for field in (phrase.first, phrase.second):
        field.setText(PHRASE)
    phrase.keep.click()
    assert desk.wait_open().path == path


def test_a_backup_of_another_key_than_the_file_asks_for_its_code(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = base
    other = RawKey.new()
    backup = tmp_path / "autre.base"
    Database.create(backup, other, "Autre association").close()
    path.write_bytes(b"")
    desk = start(Place(path, key_file(tmp_path, key)))
    trouble = desk.wait_card(Trouble)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(backup), ""))
    trouble.restore.click()
    unlock = desk.wait_card(Unlock)
    unlock.code.setText(recovery.encode(other))
    unlock.open_button.click()
    phrase = desk.wait_card(NewPassphrase)
    for field in (phrase.first, phrase.second):
        field.setText(PHRASE)
    phrase.keep.click()
    assert desk.wait_open().key == other


def test_a_backup_is_restored_on_a_new_computer_with_the_code(
    start: Start, base: tuple[Path, RawKey], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup, key = base
    desk = start(named_place(settings))
    welcome = desk.wait_card(Welcome)
    desk.type_in(welcome.author, "Nadia Ferrand")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(backup), ""))
    welcome.choices.restore.click()
    unlock = desk.wait_card(Unlock)
    unlock.code.setText(recovery.encode(key))
    unlock.open_button.click()
    phrase = desk.wait_card(NewPassphrase)
    for field in (phrase.first, phrase.second):
        field.setText(PHRASE)
    phrase.keep.click()
    assert desk.wait_open().path == folders.default_base()
    assert backup.exists()
    desk.close()
    again = start(named_place(settings))
    unlock = again.wait_card(Unlock)
    unlock.phrase.setText(PHRASE)
    unlock.open_button.click()
    assert again.wait_open().key == key


def test_the_passphrase_of_the_base_restores_its_backup_and_stays(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = base
    backup = tmp_path / "sauvegarde.base"
    shutil.copy(path, backup)
    secrets.wrap(path, key, PHRASE)
    path.write_bytes(b"")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(backup), ""))
    desk = start(Place(path))
    desk.wait_card(Trouble).restore.click()
    unlock = desk.wait_card(Unlock)
    unlock.phrase.setText(PHRASE)
    unlock.open_button.click()
    assert desk.wait_open().key == key
    assert secrets.unwrap(path, PHRASE) == key


def restore_another(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, RawKey]:
    """From the passphrase of a base back to the choices, then a backup of another base, whose code
    is typed."""
    key = RawKey.new()
    backup = folder / "autre.base"
    Database.create(backup, key, "Autre association").close()
    desk.wait_card(Unlock).back_button.click()
    welcome = desk.wait_card(Welcome)
    welcome.author.setText("Nadia Ferrand")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(backup), ""))
    welcome.choices.restore.click()
    unlock = desk.wait_card(Unlock)
    unlock.code.setText(recovery.encode(key))
    unlock.open_button.click()
    return backup, key


def test_a_restoration_refused_leaves_the_passphrase_of_the_present_base(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = base
    secrets.wrap(path, key, PHRASE)
    elsewhere = Database.open(path, key)
    restore_another(desk := start(Place(path)), tmp_path, monkeypatch)
    trouble = desk.wait_card(Trouble)
    assert "déjà ouverte" in trouble.banners.shown()[0].problem.what
    elsewhere.close()
    assert secrets.unwrap(path, PHRASE) == key


def test_the_base_put_aside_keeps_its_passphrase(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = base
    secrets.wrap(path, key, PHRASE)
    _, other = restore_another(desk := start(Place(path)), tmp_path, monkeypatch)
    phrase = desk.wait_card(NewPassphrase)
    for field in (phrase.first, phrase.second):
        field.setText(PHRASE + " neufs")
    phrase.keep.click()
    assert desk.wait_open().key == other
    assert "Une autre base était à cette place" in desk.window.status.news.text()
    assert secrets.unwrap(path, PHRASE + " neufs") == other
    (aside,) = (file for file in path.parent.glob("*.avant-*") if file.suffix != ".cle")
    assert secrets.unwrap(aside, PHRASE) == key
    with closing(Database.open(aside, key)) as kept:
        assert kept.key == key


def test_a_base_made_beside_one_that_stays_locked_leaves_its_passphrase(
    start: Start, base: tuple[Path, RawKey]
) -> None:
    path, key = base
    secrets.wrap(path, key, PHRASE)
    desk = start(Place(path))
    desk.wait_card(Unlock).back_button.click()
    welcome = desk.wait_card(Welcome)
    welcome.author.setText("Nadia Ferrand")
    welcome.choices.own.click()
    welcome.association.setText("Les Possibles")
    welcome.make.click()
    phrase = desk.wait_card(NewPassphrase)
    for field in (phrase.first, phrase.second):
        field.setText(PHRASE + " neufs")
    phrase.keep.click()
    card = desk.wait_card(RecoveryCode)
    card.kept.click()
    card.go_on.click()
    assert desk.wait_open().path == folders.default_base()
    assert secrets.unwrap(path, PHRASE) == key


def test_a_key_left_by_a_base_that_moved_is_kept_when_another_is_made(
    start: Start, base: tuple[Path, RawKey], settings: Settings
) -> None:
    moved, key = base
    folders.default_base().parent.mkdir(parents=True, exist_ok=True)
    secrets.wrap(folders.default_base(), key, PHRASE)
    desk = start(named_place(settings))
    welcome = desk.wait_card(Welcome)
    welcome.author.setText("Nadia Ferrand")
    welcome.choices.own.click()
    welcome.association.setText("Les Possibles")
    welcome.make.click()
    phrase = desk.wait_card(NewPassphrase)
    for field in (phrase.first, phrase.second):
        field.setText(PHRASE + " neufs")
    phrase.keep.click()
    card = desk.wait_card(RecoveryCode)
    (aside,) = folders.default_base().parent.glob("*.cle.mise-de-cote.*")
    assert aside.name in desk.window.status.news.text()
    card.kept.click()
    card.go_on.click()
    assert desk.wait_open().key != key
    aside.rename(wrapped_path(moved))
    assert secrets.unwrap(moved, PHRASE) == key


def test_the_demo_is_made_once_and_found_again(start: Start, settings: Settings) -> None:
    for _ in range(2):
        desk = start(Place(folders.default_base()))
        welcome = desk.wait_card(Welcome)
        welcome.author.setText("Nadia Ferrand")
        welcome.choices.demo.click()
        assert desk.wait_open().path == demo_place().base
        desk.close()
    assert named_place(settings) == demo_place()


def test_while_the_demo_is_made_a_second_enter_asks_nothing(qtbot: QtBot, start: Start) -> None:
    desk = start(Place(folders.default_base()))
    welcome = desk.wait_card(Welcome)
    asked: list[str] = []
    welcome.demo_wanted.connect(asked.append)
    welcome.author.setText("Nadia Ferrand")
    welcome.choices.demo.setFocus()
    for _ in range(3):
        qtbot.keyClick(welcome.choices.demo, Qt.Key.Key_Space)
        qtbot.keyClick(welcome.choices.demo, Qt.Key.Key_Return)
    assert welcome.is_waiting()
    assert "Base de démonstration" in welcome.progress.what.text()
    assert desk.wait_open().path == demo_place().base
    assert asked == ["Nadia Ferrand"]


def test_an_interrupted_demo_gives_the_choices_back(qtbot: QtBot, start: Start) -> None:
    desk = start(Place(folders.default_base()))
    welcome = desk.wait_card(Welcome)
    welcome.author.setText("Nadia Ferrand")
    welcome.choices.demo.click()
    welcome.progress.cancel.click()
    qtbot.waitUntil(lambda: not welcome.is_waiting(), timeout=LONG)
    assert not demo_place().base.exists()
    welcome.choices.demo.click()
    assert desk.wait_open().path == demo_place().base


def test_a_name_that_was_asked_is_no_more_once_it_is_typed(qtbot: QtBot, start: Start) -> None:
    welcome = start(Place(folders.default_base())).wait_card(Welcome)
    welcome.author.clear()
    welcome.choices.own.click()
    assert welcome.reason() == "Écrivez d’abord votre nom : il signera vos actes."
    qtbot.keyClicks(welcome.author, "Nadia Ferrand")
    assert welcome.reason() == ""
    welcome.choices.own.click()
    welcome.make.click()
    assert "nom de votre association" in welcome.reason()
    qtbot.keyClicks(welcome.association, "Connexion")
    assert welcome.reason() == ""


def test_the_name_of_the_association_is_asked_under_its_field(qtbot: QtBot, start: Start) -> None:
    welcome = start(Place(folders.default_base())).wait_card(Welcome)
    welcome.author.setText("Nadia Ferrand")
    welcome.choices.own.click()
    welcome.make.click()
    told = next(
        found
        for found in welcome.findChildren(QLabel)
        if found.isVisible() and "nom de votre association." in found.text()
    )
    below = told.mapTo(welcome, QPoint()).y()
    assert below > welcome.association.mapTo(welcome, QPoint()).y()


def test_a_base_open_in_another_window_is_left_to_it(
    qtbot: QtBot, start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    place = Place(path, key_file(tmp_path, key))
    first = start(place)
    first.wait_open()
    raised: list[bool] = []
    single = SingleWindow(path, lambda: raised.append(True), first.window)
    assert is_held(path)
    second = Desk(qtbot, place, Settings())
    with qtbot.waitSignal(second.opening.gave_way, timeout=LONG):
        second.opening.start()
    qtbot.waitUntil(lambda: bool(raised), timeout=LONG)
    assert not isinstance(second.window.stack.currentWidget(), Trouble)
    second.window.jobs.stop()
    single.close()
    first.close()
    assert not is_held(path)


def test_a_picture_that_cannot_be_kept_stops_nobody(
    qtbot: QtBot, start: Start, base: tuple[Path, RawKey], tmp_path: Path, log: Log
) -> None:
    path, key = base
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_open()

    def break_down(session: Session) -> None:
        session.execute(sa.text("INSERT INTO page_snapshot (name) VALUES ('Awa Diallo')"))

    told: list[object] = []
    desk.window.jobs.failed.connect(told.append)
    desk.window.jobs.keep_picture(desk.window, break_down)
    desk.close()
    assert not told
    written = log.path.read_text(encoding="utf-8")
    assert "no picture kept (IntegrityError)" in written
    assert "Diallo" not in written


def test_a_base_open_elsewhere_says_so(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    place = Place(path, key_file(tmp_path, key))
    start(place).wait_open()
    trouble = start(place).wait_card(Trouble)
    assert "déjà ouverte" in trouble.banners.shown()[0].problem.what


def test_closing_saves_what_waits_then_backs_up_and_lets_go(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_open()
    desk.window.jobs.write(
        desk.window,
        lambda session: session.add(m.Person(number="P-1", given_name="Awa", family_name="Diallo")),
        label="Nouvelle personne",
    )
    desk.close()
    (backup,) = folders.backup_folder(path).glob("*.base")
    for file in (path, backup):
        opened = Database.open(file, key)
        with opened.read() as session:
            assert session.query(m.Person).count() == 1
        opened.close()


def test_a_quiet_day_makes_no_second_backup(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    place = Place(path, key_file(tmp_path, key))
    for _ in range(2):
        desk = start(place)
        desk.wait_open()
        desk.close()
    assert len(list(folders.backup_folder(path).glob("*.base"))) == 1


def test_a_window_closed_while_the_base_is_made_still_owes_its_code(
    qtbot: QtBot, start: Start, settings: Settings
) -> None:
    desk = start(named_place(settings))
    welcome = desk.wait_card(Welcome)
    welcome.author.setText("Nadia Ferrand")
    welcome.choices.own.click()
    welcome.association.setText("Les Possibles")
    welcome.make.click()
    phrase = desk.wait_card(NewPassphrase)
    for field in (phrase.first, phrase.second):
        field.setText(PHRASE)
    phrase.keep.click()
    folder = folders.default_base().parent
    qtbot.waitUntil(
        lambda: any(
            each.name.startswith(".en-cours-") or each.suffix == ".base"
            for each in folder.glob("*")
        ),
        timeout=LONG,
    )
    desk.close()
    again = start(named_place(settings))
    unlock = again.wait_card(Unlock)
    unlock.phrase.setText(PHRASE)
    unlock.open_button.click()
    assert again.wait_card(RecoveryCode)


def test_what_a_crash_left_without_a_backup_is_backed_up_at_the_next_closing(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    place = Place(path, key_file(tmp_path, key))
    desk = start(place)
    desk.wait_open()
    desk.close()
    opened = Database.open(path, key)
    with opened.write(Act("Anne Martin", "Nouvelle personne", uuid4())) as session:
        session.add(m.Person(number="P-1", given_name="Awa", family_name="Diallo"))
    opened.close()
    desk = start(place)
    desk.wait_open()
    desk.close()
    assert len(list(folders.backup_folder(path).glob("*.base"))) == 2


def test_a_backup_that_fails_is_told_and_a_second_close_leaves_anyway(
    qtbot: QtBot, start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    folders.backup_folder(path).write_text("un fichier à la place du dossier", encoding="utf-8")
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_open()
    desk.window.close()
    qtbot.waitUntil(lambda: bool(desk.window.banners.shown()), timeout=LONG)
    assert desk.window.isVisible()
    desk.close()


def test_a_system_shutting_down_loses_nothing_and_waits_for_no_backup(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_open()
    desk.window.jobs.write(desk.window, lambda session: session.add(met("Awa")), label="Ajout")
    desk.closing.leave_now()
    desk.store = None
    assert not desk.window.isVisible()
    assert not list(folders.backup_folder(path).glob("*"))
    opened = Database.open(path, key)
    with opened.read() as session:
        assert session.query(m.Person).count() == 1
    opened.close()


class Gone(QObject):
    """Set as soon as a window is seen no more."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.told = Event()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.told.set()
        return super().eventFilter(watched, event)


def test_the_window_goes_before_what_still_runs_is_waited_for(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_open()
    gone, started, seen = Gone(desk.window), Event(), []

    def run(progress: Progress) -> None:
        started.set()
        try:
            while True:
                progress.step(0, 0)
        except Cancelled:
            seen.append(gone.told.wait(1))
            raise

    desk.window.jobs.compute(desk.window, run, lambda _none: None)
    assert started.wait(LONG / 1000)
    desk.close()
    assert seen == [True]


def test_closing_waits_for_whoever_typed_what_could_not_be_saved(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_open()

    def refuse(_session: object) -> None:
        raise UserError("Ce métier est trop long.", "Il n’a pas été enregistré.")

    desk.window.jobs.write(desk.window, refuse, label="Projet")
    with desk.qtbot.waitSignal(desk.closing.stayed, timeout=LONG):
        desk.window.close()
    assert desk.window.isVisible()
    assert "sans ce qui n’est pas enregistré" in desk.window.status.news.text()
    desk.close()
    assert not desk.window.isVisible()


def test_a_base_beside_one_that_is_backed_up_is_backed_up_too(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    other = path.with_name("autre.base")
    Database.create(other, key, "Autre association").close()
    file = key_file(tmp_path, key)
    for place in (path, other):
        desk = start(Place(place, file))
        desk.wait_open()
        desk.closing.show_place()
        assert desk.window.status.place.text().endswith("pas encore de sauvegarde")
        desk.close()
    assert len(list(folders.backup_folder(other).glob("*.base"))) == 2


def test_the_status_line_tells_how_old_the_backup_is(tmp_path: Path) -> None:
    base, base_id = tmp_path / "notre.base", uuid4()
    now = datetime.now(UTC)
    assert place_text(None, now).startswith("Enregistré")
    assert place_text(None, now).endswith("pas encore de sauvegarde")
    folder = folders.backup_folder(base)
    folder.mkdir()
    backup = folder / backup_name(base_id, now)
    backup.touch()
    os.utime(backup, (now.timestamp(), now.timestamp()))
    last = last_backup(base, base_id)
    assert last == now
    for later, words in (
        (timedelta(seconds=30), "à l’instant"),
        (timedelta(minutes=20), "il y a 20 min"),
        (timedelta(hours=2, minutes=1), "il y a 2 h"),
        (timedelta(days=3, minutes=1), "il y a 3 jours"),
    ):
        assert place_text(last, now + later).endswith(f"sauvegarde {words}")


def test_a_base_of_invented_people_says_so_all_along(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    with closing(Database.open(path, key)) as opened, opened.bulk() as session:
        session.execute(sa.update(m.BaseInfo).values(demo=True))
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_open()
    desk.closing.say_if_demo()
    place = desk.window.status.place
    desk.qtbot.waitUntil(lambda: "démonstration" in place.text(), timeout=LONG)
    desk.closing.show_place()
    assert place.text() == "Base de démonstration · personnes inventées"
    desk.close()


@pytest.fixture
def working(start: Start, base: tuple[Path, RawKey], tmp_path: Path) -> Desk:
    """An open base, with the window's own acts."""
    path, key = base
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_open()
    acts = ShellActions(desk.window, Settings())
    acts.add_first()
    acts.add_rest((), desk.closing, desk.window.close)
    return desk


def sheet_shown(qtbot: QtBot, desk: Desk) -> Sheet:
    qtbot.waitUntil(lambda: desk.window.findChild(Sheet) is not None, timeout=LONG)
    found = desk.window.findChild(Sheet)
    assert isinstance(found, Sheet)
    assert not unnamed(found)
    return found


@pytest.mark.parametrize(
    ("act", "title"),
    [
        ("help", "Raccourcis clavier"),
        ("legal", "Mentions PMSMP à vérifier"),
        ("about", "Connexion Desktop"),
        ("verify", "La base est saine"),
        ("recovery", "Code de secours"),
    ],
)
def test_each_sheet_opens_from_the_menu_and_closes(
    qtbot: QtBot, working: Desk, act: str, title: str
) -> None:
    working.window.actions_.get(act).trigger()
    shown = sheet_shown(qtbot, working)
    assert shown.windowTitle() == title
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_a_backup_is_made_on_demand(qtbot: QtBot, working: Desk) -> None:
    working.window.actions_.get("backup").trigger()
    qtbot.waitUntil(lambda: "Sauvegarde faite" in working.window.status.news.text(), timeout=LONG)
    assert working.window.status.place.text().endswith("sauvegarde à l’instant")


def test_the_last_act_is_undone_from_anywhere(qtbot: QtBot, working: Desk) -> None:
    window = working.window
    window.jobs.write(
        window,
        lambda session: session.add(m.Person(number="P-1", given_name="Awa", family_name="Diallo")),
        label="Nouvelle personne",
    )
    undo = window.actions_.get("undo")
    qtbot.waitUntil(lambda: undo.text() == "Annuler : Nouvelle personne")
    undo.trigger()
    qtbot.waitUntil(lambda: window.banners.noticed() is not None)
    notice = window.banners.noticed()
    assert notice is not None and notice.text == "Annulé : Nouvelle personne · Awa Diallo"
    qtbot.waitUntil(lambda: undo.text() == "Annuler le dernier acte")
    redo = window.actions_.get("redo")
    assert redo.text() == "Rétablir : Nouvelle personne"
    notice.buttons[0].click()
    qtbot.waitUntil(lambda: undo.text() == "Annuler : Nouvelle personne")
    undo.trigger()
    qtbot.waitUntil(lambda: undo.text() == "Annuler le dernier acte")
    undo.trigger()
    qtbot.waitUntil(lambda: window.status.news.text() == "Il n’y a rien à annuler.")


def several_people(desk: Desk) -> None:
    """Four people at once: undoing that is asked first."""
    people = [m.Person(number=f"P-{rank}", given_name="Zoé") for rank in range(4)]
    desk.window.jobs.write(
        desk.window, lambda session: session.add_all(people), label="Quatre personnes"
    )


def one_more(desk: Desk) -> None:
    """Another act, done by the same person."""
    desk.window.jobs.write(
        desk.window,
        lambda session: session.add(m.Person(number="P-9", given_name="Awa")),
        label="Nouvelle personne",
    )


def people_left(qtbot: QtBot, desk: Desk) -> list[str]:
    """The first names of those who are in the base."""
    found: list[str] = []
    query = sa.select(m.Person.given_name).where(m.Person.deleted_at.is_(None))
    jobs = desk.window.jobs
    jobs.after_writes(
        desk.window,
        lambda: jobs.read(desk.window, lambda s: list(s.scalars(query)), found.extend),
    )
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=LONG)
    return sorted(found)


def noticed(qtbot: QtBot, desk: Desk, text: str) -> Notice:
    """The notice that tells `text`, once it is shown."""
    banners = desk.window.banners

    def is_shown() -> bool:
        shown = banners.noticed()
        return shown is not None and text in shown.text

    qtbot.waitUntil(is_shown, timeout=LONG)
    found = banners.noticed()
    assert found is not None
    return found


def test_undo_all_undoes_what_it_names_and_nothing_else(qtbot: QtBot, working: Desk) -> None:
    several_people(working)
    working.window.actions_.get("undo").trigger()
    asked = noticed(qtbot, working, "4 personnes")
    one_more(working)
    asked.buttons[1].click()
    noticed(qtbot, working, "Annulé : Quatre personnes")
    assert people_left(qtbot, working) == ["Awa"]


def test_the_question_goes_once_something_else_was_done(qtbot: QtBot, working: Desk) -> None:
    several_people(working)
    working.window.actions_.get("undo").trigger()
    noticed(qtbot, working, "4 personnes")
    one_more(working)
    qtbot.waitUntil(lambda: working.window.banners.noticed() is None, timeout=LONG)
    assert len(people_left(qtbot, working)) == 5


def test_the_offer_to_do_again_is_for_what_it_names_and_goes_with_the_next_act(
    qtbot: QtBot, working: Desk
) -> None:
    undo = working.window.actions_.get("undo")
    one_more(working)
    undo.trigger()
    told = noticed(qtbot, working, "Annulé : Nouvelle personne")
    several_people(working)
    told.buttons[0].click()
    noticed(qtbot, working, "Rétabli : Nouvelle personne")
    assert people_left(qtbot, working) == ["Awa", "Zoé", "Zoé", "Zoé", "Zoé"]
    undo.trigger()
    noticed(qtbot, working, "4 personnes").buttons[1].click()
    noticed(qtbot, working, "Annulé : Quatre personnes")
    working.window.jobs.write(
        working.window,
        lambda session: session.add(m.Cohort(name="Bordeaux", starts_on=TODAY)),
        label="Nouveau groupe",
    )
    qtbot.waitUntil(lambda: working.window.banners.noticed() is None, timeout=LONG)


def test_ctrl_z_pressed_twice_at_once_undoes_two_acts(qtbot: QtBot, working: Desk) -> None:
    one_more(working)
    one_more_group = m.Cohort(name="Bordeaux", starts_on=TODAY)
    working.window.jobs.write(
        working.window, lambda session: session.add(one_more_group), label="Nouveau groupe"
    )
    undo = working.window.actions_.get("undo")
    undo.trigger()
    undo.trigger()
    noticed(qtbot, working, "Annulé : Nouvelle personne")
    assert people_left(qtbot, working) == []


def test_the_printed_sheet_is_read_without_a_magnifying_glass(qtbot: QtBot, tmp_path: Path) -> None:
    code = recovery.encode(RawKey.new())
    file = tmp_path / "code.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    print_sheet(sheet(code, "Les <Possibles> & Cie", TODAY), printer)
    document = pypdfium2.PdfDocument(file)
    assert len(document) == 1
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    page = document[0].get_textpage()
    text = page.get_text_range()
    words = text.split()
    assert "Les <Possibles> & Cie" in text
    assert "21/04/2026" in text
    assert [word for word in words if len(word) == 8 and word in code] == code.split("-")
    for place in range(page.count_chars()):
        if not page.get_text_range(place, 1).isalnum():
            continue
        left, bottom, right, top = page.get_charbox(place, loose=True)
        assert top - bottom >= 9
        assert left >= 50 and right <= width - 50 and bottom >= 50 and top <= height - 50
    document.close()
