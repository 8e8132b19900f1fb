"""Everyone met, and somebody new: in the real window, with real keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from connexion_desktop import usecases
from connexion_desktop.domain.listing import PersonState
from connexion_desktop.domain.people import NewPerson
from connexion_desktop.ui.new_person import NewPersonStrip
from connexion_desktop.ui.pages.people import PeoplePage
from connexion_desktop.ui.pages.person import PersonPage

from .hands import Hands
from .walking import Walk

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NO = Qt.KeyboardModifier.NoModifier
NAME, GIVEN, CITY = 0, 1, 5
"""Columns, in their first order."""


class People(Hands):
    """The page, and what the keyboard does there."""

    def __init__(self, walk: Walk) -> None:
        super().__init__(walk)
        self.go("people")
        self.page = self.front(PeoplePage)

    @property
    def shown(self) -> str:
        page = self.window.current_page()
        assert page is not None
        return page.name

    @property
    def person(self) -> PersonPage:
        return self.front(PersonPage)

    @property
    def strip(self) -> NewPersonStrip:
        (found,) = self.window.findChildren(NewPersonStrip)
        return found

    def names(self) -> list[str]:
        return [person.name for person in self.page.model.rows()]

    def begin(self, *words: str) -> None:
        """Ctrl+Maj+N, then fill the fields one after the other."""
        self.press(Qt.Key.Key_N, CONTROL | SHIFT)
        for rank, word in enumerate(words):
            if rank:
                self.press(Qt.Key.Key_Tab)
            self.type(word)


class Held:
    """What is long to read waits until it is let go: the pool is busy."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self._go = Event()
        for _ in range(2):
            walk.window.jobs.compute(walk.window, lambda _p: self._go.wait(30), lambda _none: None)
        walk.window.resize(1366, 768)
        walk.window.go("people")
        page = walk.window.current_page()
        assert isinstance(page, PeoplePage)
        self.page = page
        walk.until(lambda: bool(page.model.rows()))

    def names(self) -> list[str]:
        return [person.name for person in self.page.model.rows()]

    def let_go(self) -> None:
        self._go.set()
        self.walk.wait()


def test_the_menu_of_a_row_opens_without_a_mouse_nor_a_menu_key(people: People) -> None:
    people.page.table.put_row(1)
    people.page.table.setFocus()
    people.press(Qt.Key.Key_F10, SHIFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[0].text() == "Ouvrir"
    menu.close()


def test_where_somebody_is_is_said_by_the_keyboard_alone(people: People) -> None:
    people.page.show_everything()
    row = next(row for row in people.page.model.rows() if row.line.state is PersonState.MET)
    people.page.table.put_current(row.id, anew=False)
    people.press(Qt.Key.Key_L, CONTROL)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(menu, key)
    people.wait()
    again = people.page.row(row.id)
    assert again is not None and again.line.state is PersonState.INVITED


@pytest.fixture
def held(start: Callable[..., Walk], monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """The first opening of a list that is long, all of it still to be read."""
    monkeypatch.setattr(PeoplePage, "long_from", 10)
    monkeypatch.setattr(PeoplePage, "first_rows", 6)
    made = Held(start())
    yield made
    made.let_go()


def test_the_first_of_a_long_list_are_there_while_it_is_read(held: Held) -> None:
    first = held.names()
    assert len(first) == 6
    everybody = held.page.counters.chip(None).word()
    told = held.walk.window.status.summary.text()
    assert told.startswith("6 sur ") and told.endswith("lecture de la suite…")
    held.let_go()
    assert held.page.is_whole
    assert held.names()[:6] == first
    assert len(held.names()) > 40
    assert held.page.counters.chip(None).word() == everybody


def test_who_is_opened_while_a_long_list_is_read_is_not_waited_for(held: Held) -> None:
    opened = held.page.model.rows()[2]
    held.page.table.put_row(2)
    QTest.keyClick(held.page.table, Qt.Key.Key_Return)
    page = held.walk.window.current_page()
    assert isinstance(page, PersonPage)
    held.walk.until(lambda: held.walk.window.status.summary.text().endswith(opened.name))


def test_a_list_that_is_still_read_is_neither_saved_nor_said_to_hold_nobody(held: Held) -> None:
    held.walk.window.actions_.get("people.export").trigger()
    assert "se lit encore" in held.walk.window.status.news.text()
    QTest.keyClicks(held.page.search, "zzz")
    assert held.page.empty.isVisible()
    shown = [each.text() for each in held.page.empty.findChildren(QLabel)]
    assert "Lecture en cours…" in shown
    held.let_go()
    shown = [each.text() for each in held.page.empty.findChildren(QLabel)]
    assert "Rien ne correspond" in shown


def test_who_is_made_while_a_long_list_is_read_is_in_it(held: Held) -> None:
    held.page.desk.jobs.write(
        held.page,
        lambda session: usecases.people.create(
            session, NewPerson(uuid4(), "Zéphyrine", "", None, held.page.desk.today())
        ),
        label="Nouvelle personne",
    )
    held.walk.until(lambda: not held.page.desk.jobs.unsaved)
    assert "Zéphyrine" not in held.names()
    held.let_go()
    held.walk.until(lambda: "Zéphyrine" in held.names())


@pytest.fixture
def people(walk: Walk) -> People:
    return People(walk)


def test_everyone_ever_met_is_there_by_family_name(people: People) -> None:
    assert len(people.names()) == 50
    assert people.names()[:2] == ["Amadou Bâ", "Lucette Baron"]
    assert people.window.status.summary.text() == "50 personnes"


def test_typing_on_the_list_finds_and_enter_opens(people: People) -> None:
    people.type("dial")
    assert people.names() == ["Aïssatou Diallo"]
    assert people.window.status.summary.text() == "1 sur 50 personnes"
    people.press(Qt.Key.Key_Return)
    assert people.person.header.isVisible()
    assert people.window.status.summary.text().endswith("Aïssatou Diallo")
    assert people.window.rail.buttons()["people"].isChecked()


def test_escape_leads_back_to_the_list_as_it_was(people: People) -> None:
    people.type("dial")
    people.press(Qt.Key.Key_Return)
    people.press(Qt.Key.Key_Up, ALT)
    assert people.shown == "people"
    assert people.names() == ["Aïssatou Diallo"]


def test_the_arrows_walk_along_the_list(people: People) -> None:
    first, second = people.names()[:2]
    people.press(Qt.Key.Key_Return)
    assert people.window.status.summary.text().endswith(first)
    people.press(Qt.Key.Key_Right, ALT)
    assert people.window.status.summary.text().endswith(second)
    people.press(Qt.Key.Key_Up, ALT)
    assert people.shown == "people"


def test_down_goes_from_the_search_to_the_list(people: People) -> None:
    people.press(Qt.Key.Key_F, CONTROL)
    assert people.page.search.hasFocus()
    people.press(Qt.Key.Key_Down)
    assert people.page.table.hasFocus()


def test_a_counter_filters_and_escape_brings_everybody_back(people: People) -> None:
    chip = people.page.counters.chip(PersonState.WAITING)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(people.names()) == 3
    people.page.table.setFocus()
    people.press(Qt.Key.Key_Escape)
    assert len(people.names()) == 50


def test_nobody_found_is_said_with_a_way_out(people: People) -> None:
    people.type("zzz")
    assert people.page.empty.isVisible()
    assert "Rien ne correspond" in people.page.empty.accessibleName()
    people.press(Qt.Key.Key_Escape)
    assert len(people.names()) == 50


def test_a_click_on_a_title_sorts_and_a_second_one_turns_the_order(people: People) -> None:
    header = people.page.table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(CITY) + 20, header.height() // 2)
    for descending in (False, True):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, NO, at)
        people.wait()
        towns = [person.line.city for person in people.page.model.rows()]
        known = [town for town in towns if town]
        assert known == sorted(known, reverse=descending)
        assert towns[: len(known)] == known


def test_the_selected_rows_are_copied_for_a_spreadsheet(people: People) -> None:
    people.press(Qt.Key.Key_Down, SHIFT)
    people.press(Qt.Key.Key_C, CONTROL)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:2] == ["Nom", "Prénom"]
    assert [line.split("\t")[:2] for line in lines[1:]] == [["Bâ", "Amadou"], ["Baron", "Lucette"]]


def test_columns_left_out_of_a_small_window_come_back_in_a_large_one(people: People) -> None:
    header = people.page.table.horizontalHeader()
    people.window.resize(820, 600)
    QApplication.processEvents()
    assert header.isSectionHidden(CITY)
    people.window.resize(1366, 768)
    QApplication.processEvents()
    assert not any(
        header.isSectionHidden(column) for column in range(people.page.model.columnCount())
    )


def test_a_column_the_user_widened_stays_so(people: People) -> None:
    header = people.page.table.horizontalHeader()
    edge = QPoint(header.sectionViewportPosition(GIVEN) - 1, header.height() // 2)
    before = header.sectionSize(NAME)
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, NO, edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(40, 0))
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, NO, edge + QPoint(40, 0))
    people.window.resize(1300, 768)
    QApplication.processEvents()
    assert header.sectionSize(NAME) == before + 40


def test_two_fields_and_enter_make_somebody_and_let_one_write(people: People) -> None:
    people.begin("ines", "GARNIER")
    people.press(Qt.Key.Key_Return)
    assert people.window.status.summary.text() == "P-00051 · Ines Garnier"
    assert people.person.journal.writer.area.hasFocus()
    assert not people.strip.isVisible()
    people.press(Qt.Key.Key_Up, ALT)
    assert "Ines Garnier" in people.names()


def test_ctrl_z_takes_somebody_new_away(people: People) -> None:
    people.begin("ines")
    people.press(Qt.Key.Key_Return)
    people.person.setFocus()
    people.window.actions_.get("undo").trigger()
    people.wait()
    assert people.shown == "people"
    assert "Ines" not in people.names()


def test_somebody_known_is_proposed_first_and_opened(people: People) -> None:
    people.begin("aissatou", "diallo")
    people.press(Qt.Key.Key_Return)
    assert people.shown == "people"
    (known,) = people.strip.likenesses()
    assert known.hasFocus() and "P-00001" in known.accessibleDescription()
    people.press(Qt.Key.Key_Return)
    assert people.window.status.summary.text() == "P-00001 · Aïssatou Diallo"
    assert not people.strip.isVisible()


def test_a_namesake_is_made_all_the_same(people: People) -> None:
    people.begin("aissatou", "diallo")
    people.press(Qt.Key.Key_Return)
    assert people.strip.act_button.text() == "Créer quand même"
    people.strip.act_button.click()
    people.wait()
    assert people.window.status.summary.text() == "P-00051 · Aissatou Diallo"


def test_a_namesake_that_a_colleague_made_meanwhile_is_shown_before_another_is_made(
    people: People,
) -> None:
    people.begin("aissatou", "diallo")
    people.press(Qt.Key.Key_Return)
    theirs = NewPerson(uuid4(), "Aissatou", "Diallo", None, people.page.desk.today())
    people.page.desk.jobs.write(
        people.page, lambda session: usecases.people.create(session, theirs), label="Autre poste"
    )
    people.wait()
    people.strip.act_button.click()
    people.wait()
    assert "Aissatou Diallo (P-00051)" in people.strip.problem.text()
    people.strip.act_button.click()
    people.wait()
    told = [each.accessibleDescription() for each in people.strip.likenesses()]
    assert len(told) == 2 and any("P-00051" in each for each in told)
    people.strip.act_button.click()
    people.wait()
    assert people.window.status.summary.text() == "P-00052 · Aissatou Diallo"


def test_without_a_given_name_it_is_said_in_place(people: People) -> None:
    people.begin("", "Garnier")
    people.press(Qt.Key.Key_Return)
    assert "prénom" in people.strip.problem.text()
    assert people.strip.given.hasFocus()
    assert people.strip.family.text() == "Garnier"


def test_an_unreadable_birth_date_is_said_in_place(people: People) -> None:
    people.begin("Ines", "Garnier", "32/13/1990")
    people.press(Qt.Key.Key_Return)
    assert people.strip.problem.text()
    assert people.strip.birth.text() == "32/13/1990"
    assert "Ines Garnier" not in people.names()


def test_escape_keeps_what_was_typed_and_gives_the_keyboard_back(people: People) -> None:
    people.begin("Ines", "Garnier")
    people.press(Qt.Key.Key_Escape)
    assert not people.strip.isVisible()
    assert people.page.table.hasFocus()
    people.press(Qt.Key.Key_N, CONTROL | SHIFT)
    assert (people.strip.given.text(), people.strip.family.text()) == ("Ines", "Garnier")


def test_what_was_typed_is_there_at_the_next_start(people: People) -> None:
    people.begin("Ines", "Garnier")
    strip = people.strip
    strip.given.clear()
    strip.family.clear()
    again = NewPersonStrip(people.page.desk)
    people.window.put_above(again)
    again.begin()
    people.wait()
    assert (again.given.text(), again.family.text()) == ("Ines", "Garnier")


def test_a_very_long_name_never_makes_the_window_wider(people: People) -> None:
    people.begin("Wolfeschlegelstein" * 6)
    people.press(Qt.Key.Key_Return)
    people.begin("Wolfeschlegelstein" * 6)
    people.press(Qt.Key.Key_Return)
    assert people.strip.likenesses()
    assert people.window.minimumSizeHint().width() <= 1024


def test_what_resembles_is_told_as_typed_not_as_markup(people: People) -> None:
    people.begin("<b>Ines</b>", "<img src=x>")
    people.press(Qt.Key.Key_Return)
    people.press(Qt.Key.Key_N, CONTROL | SHIFT)
    people.begin("<b>Ines</b>", "<img src=x>")
    people.press(Qt.Key.Key_Return)
    (known,) = people.strip.likenesses()
    assert "<" in known.text()
    labels = people.strip.findChildren(QLabel)
    assert all(each.textFormat() is Qt.TextFormat.PlainText for each in labels)


def test_the_list_shown_is_saved_for_a_spreadsheet(people: People, tmp_path: Path) -> None:
    people.type("talence")
    people.page.acts.save_to(tmp_path / "talence.csv")
    people.wait()
    lines = (tmp_path / "talence.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Nom;Prénom;")
    assert len(lines) == len(people.names()) + 1
    assert "Enregistré" in people.window.status.news.text()


def test_of_several_rows_selected_only_those_are_saved(people: People, tmp_path: Path) -> None:
    people.press(Qt.Key.Key_Down, SHIFT)
    people.page.acts.save_to(tmp_path / "deux.csv")
    people.wait()
    assert len((tmp_path / "deux.csv").read_text(encoding="utf-8-sig").splitlines()) == 3


def test_a_list_that_cannot_be_saved_says_so_in_place(people: People, tmp_path: Path) -> None:
    people.page.acts.save_to(tmp_path / "absent" / "liste.xlsx")
    people.wait()
    (banner,) = people.window.banners.shown()
    assert "n’a pas pu être écrit" in banner.problem.what


def test_the_menu_of_a_row_puts_people_on_the_waiting_list(people: People) -> None:
    people.type("dragomir")
    (person,) = people.page.model.rows()
    menu = people.page.menu_for(person.id)
    where = next(act.menu() for act in menu.actions() if act.text() == "Où en est-on")
    assert isinstance(where, QMenu)
    next(act for act in where.actions() if act.text() == "En attente").trigger()
    people.wait()
    assert people.page.model.rows()[0].line.state is PersonState.WAITING
    assert "1 personne : en attente" in people.window.status.news.text()


def test_why_somebody_does_not_enter_is_chosen_in_the_menu(people: People) -> None:
    people.type("dragomir")
    (person,) = people.page.model.rows()
    menu = people.page.menu_for(person.id)
    why = [each for each in menu.findChildren(QMenu) if each.title() == "Sans entrée"]
    next(act for act in why[0].actions() if act.text() == "Choix de la personne").trigger()
    people.wait()
    assert people.page.model.rows()[0].line.state is PersonState.REFUSED


def test_several_people_stay_selected_when_somebody_is_saved(people: People) -> None:
    for _ in range(2):
        people.press(Qt.Key.Key_Down, SHIFT)
    before = people.page.table.selected()
    people.page.move_on(PersonState.WAITING)
    people.wait()
    assert len(before) == 3
    assert people.page.table.selected() == before


def test_a_filter_whose_last_person_goes_shows_everybody_again(people: People) -> None:
    QTest.mouseClick(people.page.counters.chip(PersonState.WAITING), Qt.MouseButton.LeftButton)
    people.page.table.setFocus()
    people.press(Qt.Key.Key_A, CONTROL)
    people.page.move_on(PersonState.INVITED)
    people.wait()
    assert len(people.names()) == 50
    assert people.page.counters.chip(None).isChecked()


def test_home_and_end_go_to_the_first_and_the_last(people: People) -> None:
    people.press(Qt.Key.Key_End)
    assert people.page.table.current() == people.page.model.rows()[-1].id
    people.press(Qt.Key.Key_Home)
    assert people.page.table.current() == people.page.model.rows()[0].id


def test_what_is_copied_is_said_and_computes_nothing(people: People) -> None:
    people.begin("=1+1")
    people.press(Qt.Key.Key_Return)
    people.press(Qt.Key.Key_Up, ALT)
    people.type("=1")
    people.press(Qt.Key.Key_Down)
    people.press(Qt.Key.Key_C, CONTROL)
    assert "'=1+1" in QGuiApplication.clipboard().text()
    assert people.window.status.news.text() == "1 ligne copiée"


def test_pressing_twice_makes_one_person(people: People) -> None:
    people.begin("aissatou", "diallo")
    people.press(Qt.Key.Key_Return)
    people.strip.act_button.click()
    people.strip.act_button.click()
    people.wait()
    people.window.go("people")
    people.wait()
    assert len(people.names()) == 51


def test_the_strip_goes_when_another_page_is_shown(people: People) -> None:
    people.begin("Ines")
    people.window.go("group")
    people.wait()
    assert not people.strip.isVisible()
