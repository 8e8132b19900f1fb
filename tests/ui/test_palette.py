"""Search and commands: real keys in the real window, on the demo base."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from connexion_desktop.data import models as m
from connexion_desktop.domain.search import Hit
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.equipment.page import EquipmentPage
from connexion_desktop.ui.pages.placements import PlacementsPage
from connexion_desktop.ui.pages.settings import SettingsPage
from connexion_desktop.ui.pages.settings.team import TeamPane
from connexion_desktop.ui.palette import Palette

from .names import unnamed
from .walking import LONG, Walk

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class Finder:
    """The palette of a window, used by its keys alone."""

    def __init__(self, qtbot: QtBot, walk: Walk) -> None:
        self.qtbot, self.walk, self.window = qtbot, walk, walk.window

    @property
    def palette(self) -> Palette:
        return self.window.findChild(Palette)  # type: ignore[return-value]

    def open(self) -> None:
        self.press(Qt.Key.Key_K, CONTROL)

    def type(self, text: str) -> None:
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.focus(), QKeyEvent(kind, 0, NONE, letter))
        self.walk.wait()

    def seek(self, text: str) -> None:
        self.open()
        self.type(text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.qtbot.keyClick(self.focus(), key, modifier)
        self.walk.wait()

    def focus(self) -> QWidget:
        return self.window.focusWidget() or self.window

    def headings(self) -> list[str]:
        return [row for row in self.palette.list.rows() if isinstance(row, str)]

    def titles(self) -> list[str]:
        return [row.thing.title for row in self.palette.list.rows() if isinstance(row, Hit)]

    def current(self) -> str:
        thing = self.palette.list.current()
        return "" if thing is None else thing.title

    def page(self) -> str:
        page = self.window.current_page()
        assert page is not None
        return page.name


@pytest.fixture
def finder(qtbot: QtBot, walk: Walk) -> Finder:
    walk.go("group")
    walk.window.activateWindow()
    return Finder(qtbot, walk)


def test_ctrl_k_then_a_few_letters_then_enter_opens_the_person(finder: Finder) -> None:
    finder.seek("dialo aiss")
    assert finder.titles() == ["Aïssatou Diallo"]
    finder.press(Qt.Key.Key_Return)
    assert not finder.palette.isVisible()
    assert finder.page() == "person"
    assert finder.window.status.summary.text().endswith("Aïssatou Diallo")


@pytest.mark.parametrize("typed", ["12/05/1988", "12 mai 88", "n'guessan", "KOFFI"])
def test_a_person_is_found_by_birth_date_and_name(finder: Finder, typed: str) -> None:
    finder.seek(typed)
    assert finder.current() == "Koffi N’Guessan"


def test_a_person_is_found_by_the_digits_of_the_phone(finder: Finder) -> None:
    who = m.Person(id=m.new_id(), number="P-9", given_name="Awa", family_name="Ba")
    who.phone = "+33639987777"
    finder.window.jobs.write(
        finder.window, lambda session: session.add(who), label="Nouvelle personne"
    )
    finder.walk.wait()
    finder.seek("98 77 77")
    assert finder.titles() == ["Awa Ba"]


def test_a_group_opens_on_its_page(finder: Finder) -> None:
    finder.seek("2025 pessac")
    assert finder.headings()[0] == "Groupes"
    title = finder.current()
    finder.press(Qt.Key.Key_Return)
    assert (finder.page(), finder.window.header.title.words()) == ("group", title)


def test_a_convention_opens_by_its_number_whatever_its_zeros(finder: Finder) -> None:
    finder.seek("pmsmp 2026 1")
    number = finder.current()
    assert number.startswith("PMSMP-2026-")
    finder.press(Qt.Key.Key_Return)
    page: Any = finder.window.current_page()
    assert isinstance(page, PlacementsPage)
    row = page.list.model.row_at(page.list.view.currentIndex())
    assert row is not None and row.number == number


def test_a_host_opens_the_immersions_in_it_and_another_convention_the_whole_list(
    finder: Finder,
) -> None:
    finder.seek("entrepot lac bleu")
    assert finder.headings() == ["Structures d’accueil"]
    host = finder.current()
    finder.press(Qt.Key.Key_Return)
    page: Any = finder.window.current_page()
    assert isinstance(page, PlacementsPage)
    assert page.list.search.text() == host
    kept = [page.list.model.row_at(page.list.model.index(n)) for n in range(40)]
    assert {row.host for row in kept if row is not None} == {host}
    finder.seek("pmsmp 2026 1")
    number = finder.current()
    finder.press(Qt.Key.Key_Return)
    row = page.list.model.row_at(page.list.view.currentIndex())
    assert row is not None and (row.number, page.list.search.text()) == (number, "")
    assert row.host != host


def test_a_computer_is_shown_on_its_row_whatever_the_list_kept(finder: Finder) -> None:
    finder.walk.go("equipment")
    page = finder.window.current_page()
    assert isinstance(page, EquipmentPage)
    page.search.setText("introuvable")
    finder.walk.until(lambda: not page.model.rows())
    finder.seek("pc 7")
    finder.press(Qt.Key.Key_Return)
    finder.walk.until(lambda: bool(page.model.rows()))
    wanted = next(row for row in page.model.rows() if row.number == "PC-007")
    assert page.table.current() == wanted.id


def test_an_act_is_done_from_its_words_and_shows_its_keys(finder: Finder) -> None:
    finder.seek("nouvelle pers")
    assert finder.current() == "Nouvelle personne"
    assert finder.palette.list.told() == "Nouvelle personne, Édition, Ctrl+Maj+N"
    finder.press(Qt.Key.Key_Return)
    strip = finder.window.focusWidget()
    assert isinstance(strip, QLineEdit) and strip.isVisible()
    assert not finder.palette.isAncestorOf(strip)


def test_an_act_of_another_page_is_not_offered(finder: Finder) -> None:
    finder.walk.go("equipment")
    finder.seek("nouvel ordinateur")
    assert "Nouvel ordinateur" in finder.titles()
    finder.press(Qt.Key.Key_Escape)
    finder.walk.go("group")
    finder.seek("nouvel ordinateur")
    assert "Nouvel ordinateur" not in finder.titles()


def test_arrows_walk_over_headings_and_stop_at_both_ends(finder: Finder) -> None:
    finder.seek("a")
    titles = finder.titles()
    assert len(finder.headings()) > 1
    walked = [finder.current()]
    for _ in titles:
        finder.press(Qt.Key.Key_Down)
        walked.append(finder.current())
    assert walked == [*titles, titles[-1]]
    finder.press(Qt.Key.Key_Tab)
    assert finder.current() == titles[-1]
    for _ in titles:
        finder.press(Qt.Key.Key_Up)
    assert finder.current() == titles[0]
    assert finder.palette.line.accessibleDescription().startswith(titles[0])


def test_escape_gives_the_keyboard_back_to_where_it_was(finder: Finder) -> None:
    finder.walk.go("people")
    page: Any = finder.window.current_page()
    page.search.setFocus()
    finder.seek("dia")
    assert finder.palette.line.hasFocus()
    finder.press(Qt.Key.Key_Escape)
    assert page.search.hasFocus()
    assert not finder.palette.isVisible()
    assert page.search.text() == ""


def test_ctrl_k_again_closes_and_a_click_beside_too(finder: Finder, qtbot: QtBot) -> None:
    finder.open()
    finder.open()
    assert not finder.palette.isVisible()
    finder.open()
    assert finder.palette.isVisible()
    corner = QPoint(5, finder.palette.height() - 5)
    qtbot.mouseClick(finder.palette, Qt.MouseButton.LeftButton, pos=corner)
    assert not finder.palette.isVisible()


def test_a_click_on_a_row_opens_it(finder: Finder, qtbot: QtBot) -> None:
    finder.seek("koffi")
    shown = finder.palette.list
    at = shown.visualRect(shown.currentIndex()).center()
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=at)
    finder.walk.wait()
    assert finder.window.status.summary.text().endswith("Koffi N’Guessan")


def test_enter_pressed_before_the_answer_takes_what_is_found(finder: Finder) -> None:
    finder.open()
    for letter in "koffi":
        QApplication.sendEvent(finder.focus(), QKeyEvent(QEvent.Type.KeyPress, 0, NONE, letter))
    finder.press(Qt.Key.Key_Return)
    finder.walk.wait()
    assert finder.window.status.summary.text().endswith("Koffi N’Guessan")


def test_what_was_used_lately_comes_first_and_only_ids_are_kept(finder: Finder) -> None:
    finder.open()
    assert finder.headings() == ["Actes"]
    finder.press(Qt.Key.Key_Escape)
    for typed in ("koffi", "aissatou", "koffi"):
        finder.seek(typed)
        finder.press(Qt.Key.Key_Return)
    finder.open()
    assert finder.headings() == ["Récemment", "Actes"]
    assert finder.titles()[:2] == ["Koffi N’Guessan", "Aïssatou Diallo"]
    kept = finder.palette._settings.text("search_recent")
    assert len(kept.split()) == 2
    assert all(key.startswith("person:") and len(key) == 39 for key in kept.split())


@pytest.mark.parametrize("typed", ["equipe", "remplacement", "roles"])
def test_the_team_and_its_replacements_are_found_where_they_are_set(
    finder: Finder, typed: str
) -> None:
    finder.seek(typed)
    finder.press(Qt.Key.Key_Return)
    finder.walk.wait()
    page = finder.window.current_page()
    assert isinstance(page, SettingsPage) and isinstance(page.pane, TeamPane)


def test_nothing_found_offers_a_way_on(finder: Finder) -> None:
    finder.seek("xqzt")
    assert finder.headings() == ["Rien ne correspond à « xqzt »"]
    assert finder.titles() == ["Nouvelle personne", "Personnes"]
    finder.press(Qt.Key.Key_Down)
    finder.press(Qt.Key.Key_Return)
    assert finder.page() == "people"


def test_somebody_made_meanwhile_is_found(finder: Finder) -> None:
    finder.seek("zebulon")
    assert "Zébulon Ba" not in finder.titles()
    who = m.Person(id=m.new_id(), number="P-9", given_name="Zébulon", family_name="Ba")
    finder.window.jobs.write(
        finder.window, lambda session: session.add(who), label="Nouvelle personne"
    )
    finder.walk.until(lambda: finder.titles() == ["Zébulon Ba"])


def test_what_is_read_once_is_kept_while_nothing_changes(finder: Finder) -> None:
    finder.seek("a")
    kept = finder.palette._shelves
    finder.press(Qt.Key.Key_Escape)
    finder.seek("b")
    assert finder.palette._shelves is kept
    finder.palette.leave()
    who = m.Person(id=m.new_id(), number="P-9", given_name="Awa", met_on=date(2026, 4, 1))
    finder.window.jobs.write(
        finder.window, lambda session: session.add(who), label="Nouvelle personne"
    )
    finder.walk.wait()
    finder.open()
    assert finder.palette._shelves is not kept


def test_an_act_that_takes_the_keyboard_closes_it(finder: Finder) -> None:
    finder.open()
    finder.press(Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert not finder.palette.isVisible()
    assert isinstance(finder.window.focusWidget(), QLineEdit)


def test_what_is_typed_is_never_read_as_html(finder: Finder) -> None:
    finder.seek("<b>gras")
    assert finder.headings() == ["Rien ne correspond à « <b>gras »"]


def test_the_header_opens_it_and_leaves_it_out_where_there_is_no_room(
    finder: Finder, qtbot: QtBot
) -> None:
    header = finder.window.header
    finder.window.resize(1366, 768)
    QApplication.processEvents()
    assert header.search.isVisible()
    assert header.search.x() + header.search.width() <= header.note.x()
    before = finder.window.focusWidget()
    qtbot.mouseClick(header.search, Qt.MouseButton.LeftButton)
    finder.walk.wait()
    assert finder.palette.line.hasFocus()
    finder.press(Qt.Key.Key_Escape)
    assert before is not None and before.hasFocus()
    finder.window.resize(640, 600)
    QApplication.processEvents()
    assert not header.search.isVisible()
    finder.window.resize(1366, 768)
    QApplication.processEvents()
    assert header.search.isVisible()


def test_the_menu_aller_and_the_help_tell_its_key(finder: Finder) -> None:
    acts = [entry.action for entry in finder.window.actions_.entries("Aller")]
    assert acts[0].text() == "Chercher…"
    assert acts[0].shortcut().toString() == "Ctrl+K"


def test_it_has_names_and_wears_the_style_sheet(finder: Finder) -> None:
    finder.seek("a")
    assert unnamed(finder.window) == []
    assert finder.palette.styleSheet()
    assert finder.palette.list.accessibleName() == "Ce qui est trouvé"


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(900, 600)])
def test_the_card_stays_within_the_window(finder: Finder, scale: int, size: QSize) -> None:
    finder.window.resize(size)
    theme.apply(theme.Scheme.DARK, scale)
    finder.walk.wait()
    finder.seek("a")
    card = finder.palette.card
    assert finder.palette.rect().contains(card.geometry())
    header = finder.window.header
    assert card.y() >= header.height()
    status = finder.window.status
    assert card.geometry().bottom() < status.mapTo(finder.window, QPoint(0, 0)).y()
    centre = header.mapTo(finder.window, header.rect().center()).x()
    assert abs(card.geometry().center().x() - centre) <= 1
    hint = finder.palette.findChild(QLabel)
    assert hint is not None and not hint.isVisible()
    finder.walk.until(lambda: finder.palette.list.height() > theme.px(100))


def test_it_opens_before_the_answer_of_the_base_and_says_so(finder: Finder, qtbot: QtBot) -> None:
    qtbot.keyClick(finder.focus(), Qt.Key.Key_K, CONTROL)
    assert finder.palette.line.hasFocus()
    assert finder.palette.waiting.isVisible()
    qtbot.waitUntil(lambda: not finder.palette.waiting.isVisible(), timeout=LONG)
