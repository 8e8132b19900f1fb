"""A backup put back: on a new computer, over a damaged base, over another base."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from connexion_desktop.data.database import Database
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.system import folders, secrets
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.pages.first_start import Welcome
from connexion_desktop.ui.pages.restore import ConfirmRestoring
from connexion_desktop.ui.pages.trouble import Trouble
from connexion_desktop.ui.pages.unlock import NewPassphrase, Unlock
from connexion_desktop.ui.place import Place, Restoration, demo_place, named_place
from connexion_desktop.usecases import keys

from ..cut import cut
from .desk import (
    LONG,
    PHRASE,
    Desk,
    Picker,
    Start,
    back_up,
    key_file,
    people_in,
)


def restore_another(desk: Desk, folder: Path, pick: Picker) -> tuple[Path, RawKey]:
    """From the passphrase of a base back to the choices, then a backup of another base, whose code
    is typed."""
    key = RawKey.new()
    backup = folder / "autre.base"
    Database.create(backup, key, "Autre association").close()
    desk.wait_card(Unlock).back_button.click()
    welcome = desk.welcomed()
    pick(backup)
    welcome.choices.restore.click()
    desk.give_code(key)
    desk.confirm_restoring()
    return backup, key


def test_a_damaged_base_offers_its_backups(
    qtbot: QtBot,
    start: Start,
    base: tuple[Path, RawKey],
    tmp_path: Path,
    pick: Picker,
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
    pick(backup)
    again.restore.click()
    desk.confirm_restoring()
    assert desk.wait_open().path == path


def test_a_backup_of_another_key_than_the_file_asks_for_its_code(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path, pick: Picker
) -> None:
    path, key = base
    other = RawKey.new()
    backup = tmp_path / "autre.base"
    Database.create(backup, other, "Autre association").close()
    path.write_bytes(b"")
    desk = start(Place(path, key_file(tmp_path, key)))
    trouble = desk.wait_card(Trouble)
    pick(backup)
    trouble.restore.click()
    desk.give_code(other)
    desk.confirm_restoring()
    desk.choose_phrase()
    assert desk.wait_open().key == other


def test_a_backup_is_restored_on_a_new_computer_with_the_code(
    start: Start, base: tuple[Path, RawKey], settings: Settings, pick: Picker
) -> None:
    backup, key = base
    desk = start(named_place(settings))
    welcome = desk.wait_card(Welcome)
    desk.type_in(welcome.author, "Nadia Ferrand")
    pick(backup)
    welcome.choices.restore.click()
    desk.give_code(key)
    desk.choose_phrase()
    assert desk.wait_open().path == folders.default_base()
    assert backup.exists()
    desk.close()
    again = start(named_place(settings))
    again.give_phrase()
    assert again.wait_open().key == key


def test_the_passphrase_of_the_base_restores_its_backup_and_stays(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path, pick: Picker
) -> None:
    path, key = base
    backup = tmp_path / "sauvegarde.base"
    shutil.copy(path, backup)
    secrets.wrap(path, key, PHRASE)
    path.write_bytes(b"")
    pick(backup)
    desk = start(Place(path))
    desk.wait_card(Trouble).restore.click()
    desk.give_phrase()
    desk.confirm_restoring()
    assert desk.wait_open().key == key
    assert secrets.unwrap(path, PHRASE) == key


def test_a_restoration_refused_leaves_the_passphrase_of_the_present_base(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path, pick: Picker
) -> None:
    path, key = base
    secrets.wrap(path, key, PHRASE)
    elsewhere = Database.open(path, key)
    restore_another(desk := start(Place(path)), tmp_path, pick)
    card = desk.wait_card(ConfirmRestoring)
    desk.qtbot.waitUntil(lambda: bool(card.banners.shown()), timeout=LONG)
    assert "déjà ouverte" in card.banners.shown()[0].problem.what
    elsewhere.close()
    assert secrets.unwrap(path, PHRASE) == key


def test_the_base_put_aside_keeps_its_passphrase(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path, pick: Picker
) -> None:
    path, key = base
    secrets.wrap(path, key, PHRASE)
    _, other = restore_another(desk := start(Place(path)), tmp_path, pick)
    desk.choose_phrase(PHRASE + " neufs")
    assert desk.wait_open().key == other
    assert secrets.unwrap(path, PHRASE + " neufs") == other
    (aside,) = (file for file in path.parent.glob("*.avant-*") if file.suffix != ".cle")
    told = desk.window.banners.noticed()
    assert told is not None
    assert "Une autre base était à cette place" in told.text and str(aside) in told.text
    assert secrets.unwrap(aside, PHRASE) == key
    with closing(Database.open(aside, key)) as kept:
        assert kept.key == key


def test_without_a_passphrase_the_restored_base_opens_and_its_code_is_asked_next_time(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    """« Retour » comes too late to give up: the base was replaced."""
    path, key = base
    secrets.wrap(path, key, PHRASE)
    other = RawKey.new()
    backup = tmp_path / "autre.base"
    Database.create(backup, other, "Autre association").close()
    desk = start(Place(path))
    desk.wait_card(Unlock)
    desk.opening.restore(Restoration(backup, Place(path), key))
    desk.qtbot.waitUntil(lambda: asks_the_code_of(desk, backup), timeout=LONG)
    desk.give_code(other)
    desk.confirm_restoring()
    desk.wait_card(NewPassphrase).back_button.click()
    assert desk.wait_open().key == other
    told = desk.window.banners.noticed()
    assert told is not None
    assert "Base restaurée" in told.text and "code de secours sera demandé" in told.text
    desk.close()
    again = start(Place(path))
    again.give_code(other)
    again.choose_phrase()
    assert again.wait_open().key == other


def test_on_a_new_computer_too_the_restored_base_opens_without_a_passphrase(
    start: Start, base: tuple[Path, RawKey], settings: Settings, pick: Picker
) -> None:
    backup, key = base
    desk = start(named_place(settings))
    pick(backup)
    desk.welcomed().choices.restore.click()
    desk.give_code(key)
    desk.wait_card(NewPassphrase).back_button.click()
    assert desk.wait_open().path == folders.default_base()


def asks_the_code_of(desk: Desk, file: Path) -> bool:
    card = desk.window.stack.currentWidget()
    return isinstance(card, Unlock) and file.name in card.accessibleName()


def texts(card: QWidget) -> str:
    return " ".join(told.text() for told in card.findChildren(QLabel))


def test_the_choice_of_a_backup_begins_where_they_are(
    start: Start, base: tuple[Path, RawKey], pick: Picker
) -> None:
    path, key = base
    back_up(path, key)
    desk = start(Place(path))
    desk.wait_card(Unlock).back_button.click()
    desk.welcomed().choices.restore.click()
    assert pick.folder == folders.backup_folder(path)


def test_what_a_restoration_changes_is_told_and_nothing_is_done_before_the_answer(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path, pick: Picker
) -> None:
    path, key = base
    pick(back_up(path, key, "Awa"))
    back_up(path, key, "Koffi")
    desk = start(Place(path))
    desk.wait_card(Unlock).back_button.click()
    desk.welcomed().choices.restore.click()
    desk.give_code(key)
    card = desk.wait_card(ConfirmRestoring)
    told = texts(card).replace("\u200b", "")
    assert not cut(card)
    assert "1 personne, 0 groupe" in told and str(path) in told
    assert datetime.now().astimezone().strftime("%Y") in told
    assert "autre base" not in told
    card.back_button.click()
    desk.wait_card(Welcome)
    assert people_in(path, key) == 2
    assert not list(path.parent.glob("*.avant-restauration.*"))


def test_a_key_file_that_fits_the_backup_is_not_asked_again(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path, pick: Picker
) -> None:
    path, key = base
    pick(back_up(path, key))
    path.write_bytes(b"")
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_card(Trouble).restore.click()
    desk.confirm_restoring()
    assert desk.wait_open().key == key


def test_a_backup_of_the_demo_goes_back_to_the_demo(
    start: Start, settings: Settings, pick: Picker
) -> None:
    folders.default_base().parent.mkdir(parents=True, exist_ok=True)
    own = RawKey.new()
    Database.create(folders.default_base(), own, "Les Possibles").close()
    demo = demo_place()
    assert demo.key_file is not None
    demo.base.parent.mkdir(parents=True)
    key = keys.for_new_base(demo.key_file)
    Database.create(demo.base, key, "Association inventée").close()
    pick(back_up(demo.base, key))
    desk = start(named_place(settings))
    desk.wait_card(Unlock).back_button.click()
    desk.welcomed().choices.restore.click()
    desk.confirm_restoring()
    assert desk.wait_open().path == demo.base
    assert people_in(folders.default_base(), own) == 0
