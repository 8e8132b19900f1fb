"""What opens a base: its key at hand, a passphrase, a key file, the code."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from connexion_desktop.data.lock import is_held
from connexion_desktop.domain.keys import Ask, RawKey
from connexion_desktop.system import secrets
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.first_start import Welcome
from connexion_desktop.ui.pages.trouble import Trouble
from connexion_desktop.ui.pages.unlock import NewPassphrase, Unlock
from connexion_desktop.ui.place import Place, named_place
from connexion_desktop.ui.single_window import SingleWindow

from .desk import (
    LONG,
    PHRASE,
    Desk,
    Picker,
    Start,
    key_file,
)


def test_a_base_whose_key_is_at_hand_opens_without_a_word(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    asked: list[object] = []
    desk = start(Place(path, key_file(tmp_path, key), once=True))
    desk.opening.asked.connect(asked.append)
    assert desk.wait_open().path == path
    assert not asked


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


def test_the_eye_is_as_large_as_the_text_and_shows_what_is_typed(qtbot: QtBot) -> None:
    theme.apply(theme.Scheme.LIGHT, 200)
    card = Unlock(Ask.PASSPHRASE)
    qtbot.addWidget(card)
    card.resize(1366, 768)
    theme.dress(card)
    card.show()
    field = card.phrase
    qtbot.keyClicks(field, "ouvre")
    eye = field.eye
    assert eye.height() >= theme.px(16)
    assert field.rect().contains(eye.geometry())
    assert field.displayText() != "ouvre"
    qtbot.mouseClick(eye, Qt.MouseButton.LeftButton)
    assert field.displayText() == "ouvre"
    card.close()


def refused(qtbot: QtBot, desk: Desk) -> Unlock:
    """The card, once a passphrase that is not the one was typed in it."""
    unlock = desk.wait_card(Unlock)
    unlock.phrase.setText("pas la bonne phrase")
    unlock.open_button.click()
    qtbot.waitUntil(lambda: bool(unlock.banners.shown()), timeout=LONG)
    return unlock


def test_a_passphrase_opens_the_base_a_wrong_one_says_so(
    qtbot: QtBot, start: Start, base: tuple[Path, RawKey]
) -> None:
    path, key = base
    secrets.wrap(path, key, PHRASE)
    desk = start(Place(path))
    unlock = refused(qtbot, desk)
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
    unlock = refused(qtbot, desk)
    unlock.other.click()
    assert not unlock.banners.shown()
    assert unlock.code.isVisible() and not unlock.phrase.isVisible()
    unlock.other.click()
    assert unlock.phrase.isVisible() and not unlock.code.isVisible()
    unlock.back_button.click()
    desk.wait_card(Welcome)


def test_a_wrong_key_file_offers_the_code_and_another_file(
    qtbot: QtBot,
    start: Start,
    base: tuple[Path, RawKey],
    tmp_path: Path,
    pick: Picker,
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
    pick(right)
    again.key.click()
    assert desk.wait_open().path == path


def test_a_remembered_key_file_that_is_lost_is_replaced_by_the_code(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path, settings: Settings
) -> None:
    path, key = base
    desk = start(Place(path, tmp_path / "perdue.cle"))
    desk.wait_card(Trouble).secret.click()
    desk.give_code(key)
    desk.choose_phrase()
    desk.wait_open()
    assert named_place(settings) == Place(path)
    assert secrets.unwrap(path, PHRASE) == key


def test_from_trouble_another_base_is_opened(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path, pick: Picker
) -> None:
    path, key = base
    broken = tmp_path / "vide.base"
    broken.write_bytes(b"")
    desk = start(Place(broken))
    trouble = desk.wait_card(Trouble)
    assert trouble.restore.isVisible() and not trouble.secret.isVisible()
    pick(path)
    trouble.other.click()
    desk.give_code(key)
    desk.choose_phrase()
    assert desk.wait_open().path == path


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


def test_a_base_open_elsewhere_says_so(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    place = Place(path, key_file(tmp_path, key))
    start(place).wait_open()
    trouble = start(place).wait_card(Trouble)
    assert "déjà ouverte" in trouble.banners.shown()[0].problem.what
