"""The first minute: a base made, its recovery code shown, the demo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from connexion_desktop.app import Application
from connexion_desktop.domain import recovery
from connexion_desktop.domain.keys import RawKey, wrapped_path
from connexion_desktop.system import folders, secrets
from connexion_desktop.system.log import Log
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.errors import Door
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.options import Options
from connexion_desktop.ui.pages.first_start import Welcome
from connexion_desktop.ui.pages.group.page import GroupPage
from connexion_desktop.ui.pages.import_page import ImportPage
from connexion_desktop.ui.pages.recovery_code import RecoveryCode
from connexion_desktop.ui.pages.unlock import NewPassphrase, Unlock
from connexion_desktop.ui.place import Place, demo_place, named_place

from .desk import (
    LONG,
    PHRASE,
    C,
    Start,
    key_file,
)


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


def test_a_first_start_is_made_with_the_keyboard_alone(
    qtbot: QtBot, start: Start, settings: Settings
) -> None:
    desk = start(named_place(settings))
    welcome = desk.wait_card(Welcome)
    desk.type_in(welcome.author, "Nadia Ferrand")
    qtbot.keyClick(welcome.author, Qt.Key.Key_Return)
    assert desk.window.focusWidget() is welcome.choices.own
    qtbot.keyClick(welcome.choices.own, Qt.Key.Key_Return)
    desk.type_in(welcome.association, "Les Possibles")
    qtbot.keyClick(welcome.association, Qt.Key.Key_Return)
    phrase = desk.wait_card(NewPassphrase)
    for field in (phrase.first, phrase.second):
        field.setText(PHRASE)
    qtbot.keyClick(phrase.second, Qt.Key.Key_Return)
    card = desk.wait_card(RecoveryCode)
    assert desk.window.focusWidget() is card.code.print_button
    desk.window.activateWindow()
    qtbot.waitUntil(card.code.print_button.hasFocus)
    for widget in (card.code.print_button, card.code.copy_button):
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    qtbot.keyClick(card.kept, Qt.Key.Key_Space)
    qtbot.keyClick(card.kept, Qt.Key.Key_Tab)
    assert desk.window.focusWidget() is card.import_first
    qtbot.keyClick(card.import_first, Qt.Key.Key_Tab)
    assert desk.window.focusWidget() is card.go_on
    qtbot.keyClick(card.go_on, Qt.Key.Key_Return)
    desk.wait_open()


@pytest.mark.parametrize("to_import", [True, False])
def test_the_last_step_offers_to_import_one_s_table(
    qtbot: QtBot, qapp: QApplication, settings: Settings, tmp_path: Path, to_import: bool
) -> None:
    application = Application(qapp, Options(), settings, Door(Log(tmp_path / "journal.log")))
    window = application.window
    qtbot.addWidget(window, before_close_func=lambda _window: application.release())

    def card(kind: type[C]) -> C:
        def shown() -> QWidget | None:
            return window.stack.currentWidget()

        qtbot.waitUntil(lambda: isinstance(shown(), kind), timeout=LONG)
        found = shown()
        assert isinstance(found, kind)
        qtbot.waitUntil(found.isEnabled, timeout=LONG)
        return found

    application.show()
    welcome = card(Welcome)
    welcome.author.setText("Nadia Ferrand")
    welcome.choices.own.click()
    welcome.association.setText("Les Possibles")
    welcome.make.click()
    phrase = card(NewPassphrase)
    for field in (phrase.first, phrase.second):
        field.setText(PHRASE)
    phrase.keep.click()
    code = card(RecoveryCode)
    assert not code.import_first.isEnabled()
    code.kept.click()
    (code.import_first if to_import else code.go_on).click()
    card(ImportPage if to_import else GroupPage)
    qtbot.waitUntil(lambda: _knows(window, "quit") and window.jobs.is_idle, timeout=LONG)
    card(ImportPage if to_import else GroupPage)
    window.finish()


def _knows(window: MainWindow, act: str) -> bool:
    return any(each.action.objectName() == act for each in window.actions_.entries("Fichier"))


def test_a_folder_that_cannot_be_made_is_told_on_the_card(
    qtbot: QtBot, start: Start, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "fichier").write_text("ce n’est pas un dossier", encoding="utf-8")
    desk = start(Place(tmp_path / "fichier" / "notre.base", tmp_path / "notre.cle"))
    welcome = desk.wait_card(Welcome)
    desk.type_in(welcome.author, "Nadia Ferrand")
    welcome.choices.own.click()
    desk.type_in(welcome.association, "Les Possibles")
    qtbot.keyClick(welcome.association, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(welcome.banners.shown()), timeout=LONG)
    (banner,) = welcome.banners.shown()
    assert "dossier" in banner.problem.what
    assert welcome.association.text() == "Les Possibles"


def test_a_code_printed_before_the_window_closes_opens_the_base(
    qtbot: QtBot, start: Start, settings: Settings
) -> None:
    desk = start(named_place(settings))
    desk.ask_for_a_base()
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
    again.give_phrase()
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


def test_a_window_closed_while_the_base_is_made_still_owes_its_code(
    qtbot: QtBot, start: Start, settings: Settings
) -> None:
    desk = start(named_place(settings))
    desk.ask_for_a_base()
    desk.choose_phrase()
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
    again.give_phrase()
    assert again.wait_card(RecoveryCode)


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


def test_a_base_made_beside_one_that_stays_locked_leaves_its_passphrase(
    start: Start, base: tuple[Path, RawKey]
) -> None:
    path, key = base
    secrets.wrap(path, key, PHRASE)
    desk = start(Place(path))
    desk.wait_card(Unlock).back_button.click()
    desk.ask_for_a_base()
    desk.choose_phrase(PHRASE + " neufs")
    desk.say_code_is_kept()
    assert desk.wait_open().path == folders.default_base()
    assert secrets.unwrap(path, PHRASE) == key


def test_a_key_left_by_a_base_that_moved_is_kept_when_another_is_made(
    start: Start, base: tuple[Path, RawKey], settings: Settings
) -> None:
    moved, key = base
    folders.default_base().parent.mkdir(parents=True, exist_ok=True)
    secrets.wrap(folders.default_base(), key, PHRASE)
    desk = start(named_place(settings))
    desk.ask_for_a_base()
    desk.choose_phrase(PHRASE + " neufs")
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
        welcome = desk.welcomed()
        welcome.choices.demo.click()
        assert desk.wait_open().path == demo_place().base
        desk.close()
    assert named_place(settings) == demo_place()


def test_who_only_looked_at_the_ways_to_begin_goes_back_to_the_base_left(
    qtbot: QtBot, start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    desk = start(Place(path, key_file(tmp_path, key)))
    assert desk.wait_open().path == path
    desk.store.close()  # type: ignore[union-attr]
    desk.store = None
    desk.opening.welcome()
    welcome = desk.wait_card(Welcome)
    assert welcome.back.text() == f"Revenir à « {path.name} »"
    welcome.choices.demo.setFocus()
    qtbot.keyClick(welcome.choices.demo, Qt.Key.Key_Escape)
    assert desk.wait_open().path == path


def test_without_a_base_there_is_none_to_go_back_to(qtbot: QtBot, start: Start) -> None:
    welcome = start(Place(folders.default_base())).wait_card(Welcome)
    assert not welcome.back.isVisible()
    qtbot.keyClick(welcome, Qt.Key.Key_Escape)
    assert welcome.isVisible()


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
    welcome = desk.welcomed()
    welcome.choices.demo.click()
    welcome.progress.cancel.click()
    qtbot.waitUntil(lambda: not welcome.is_waiting(), timeout=LONG)
    assert not demo_place().base.exists()
    welcome.choices.demo.click()
    assert desk.wait_open().path == demo_place().base
