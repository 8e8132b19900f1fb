"""Doubles found, compared, merged and undone: in the real window, with real keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from connexion_desktop.data import models as m
from connexion_desktop.domain.merging import Side
from connexion_desktop.domain.targets import MergeTarget, PersonTarget
from connexion_desktop.ui import theme
from connexion_desktop.ui.main_window import DISCREET
from connexion_desktop.ui.pages.duplicates import DuplicatesPage
from connexion_desktop.ui.pages.merging import MergingPage
from connexion_desktop.ui.pages.merging.caution import CautionLine
from connexion_desktop.ui.pages.people import PeoplePage
from connexion_desktop.ui.pages.person import PersonPage

from .cut import cut
from .hands import Hands
from .names import unnamed
from .walking import Walk

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


class Doubles(Hands):
    """The window, on a base where Aïssatou Diallo alone was written down twice."""

    def __init__(self, walk: Walk) -> None:
        super().__init__(walk)
        self.second = m.new_id()
        self.first: UUID = self.save(self._write)

    def _write(self, session: Any) -> UUID:
        twice = session.scalar(sa.select(m.Person).where(m.Person.given_name == "Toure"))
        twice.deleted_at = m.utc_now()
        first = session.scalar(sa.select(m.Person).where(m.Person.given_name == "Aïssatou"))
        session.add(
            m.Person(
                id=self.second,
                number="P-00090",
                given_name="AISSATOU",
                family_name="Diallo",
                birth_date=first.birth_date,
                phone="06 39 98 09 77",
                city="Lormont",
            )
        )
        session.add(m.Note(person_id=self.second, on=first.met_on, text="Vue au marché."))
        found: UUID = first.id
        return found

    def save(self, act: Callable[[Any], Any], label: str = "Saisie") -> Any:
        answers: list[Any] = []
        self.window.jobs.write(self.window, act, answers.append, label=label)
        self.walk.wait()
        return answers[0]

    def go(self, name: str, target: object = None) -> None:
        self.window.go(name, target)
        self.walk.wait()

    def page(self, kind: type[Any]) -> Any:
        page = self.window.current_page()
        assert isinstance(page, kind)
        return page

    def compare(self) -> MergingPage:
        self.go("merging", MergeTarget(self.first, self.second))
        page: MergingPage = self.page(MergingPage)
        QApplication.processEvents()
        return page

    def pairs(self) -> DuplicatesPage:
        self.go("duplicates")
        page: DuplicatesPage = self.page(DuplicatesPage)
        self.walk.until(lambda: page.stack.currentWidget() is page.table or is_empty(page))
        QApplication.processEvents()
        return page

    def person(self, person_id: UUID) -> Any:
        with self.window.jobs.store.read() as session:  # type: ignore[union-attr]
            return session.get(m.Person, person_id)


def is_empty(page: DuplicatesPage) -> bool:
    """Whether the page says that nobody is written down twice."""
    told = page.empty.accessibleName().startswith("Aucun doublon en vue")
    return told and page.stack.currentWidget() is page.empty


@pytest.fixture
def doubles(walk: Walk) -> Doubles:
    return Doubles(walk)


def test_the_list_of_people_tells_quietly_how_many_and_leads_to_them(doubles: Doubles) -> None:
    doubles.go("people")
    people: PeoplePage = doubles.page(PeoplePage)
    doubles.walk.until(people.twice.isVisible)
    assert people.twice.link.text() == "1 doublon possible"
    QTest.mouseClick(people.twice.link, LEFT)
    pairs: DuplicatesPage = doubles.page(DuplicatesPage)
    doubles.walk.until(lambda: bool(pairs.model.rows()))
    (pair,) = pairs.model.rows()
    assert (pair.older.id, pair.newer.id) == (doubles.first, doubles.second)


def test_from_the_pairs_enter_compares_and_ctrl_enter_merges(doubles: Doubles) -> None:
    doubles.pairs()
    doubles.press(Qt.Key.Key_Return)
    page: MergingPage = doubles.page(MergingPage)
    assert page.choices.choice("person.given_name", Side.KEPT).hasFocus()
    doubles.press(Qt.Key.Key_Return, CONTROL)
    pairs: DuplicatesPage = doubles.page(DuplicatesPage)
    assert not doubles.window.banners.shown()
    assert is_empty(pairs)  # before everybody is even compared again
    assert doubles.window.status.news.text() == (
        "Les deux fiches n’en font qu’une · Ctrl+Z pour annuler"
    )
    assert doubles.person(doubles.second).deleted_at is not None
    doubles.press(Qt.Key.Key_Z, CONTROL)
    assert doubles.person(doubles.second).deleted_at is None
    doubles.walk.until(lambda: bool(pairs.model.rows()))
    doubles.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert doubles.person(doubles.second).deleted_at is not None


def test_the_arrows_choose_a_value_and_walk_among_the_fields(doubles: Doubles) -> None:
    page = doubles.compare()
    given, phone = "person.given_name", "person.phone"
    doubles.press(Qt.Key.Key_Right)
    assert page.choices.choice(given, Side.OTHER).isChecked()
    doubles.press(Qt.Key.Key_Left)
    assert page.choices.choice(given, Side.KEPT).isChecked()
    keys = list(page.choices.sides())
    for _step in range(keys.index(phone)):
        doubles.press(Qt.Key.Key_Down)
    assert page.choices.choice(phone, Side.BOTH).hasFocus()
    doubles.press(Qt.Key.Key_Left)
    assert page.choices.sides()[phone] is Side.OTHER
    doubles.press(Qt.Key.Key_Up)
    for _key in keys[keys.index(phone) - 1 :]:
        doubles.press(Qt.Key.Key_Return)
    assert page.merge_button.hasFocus()


def test_a_click_chooses_a_value_that_the_merge_keeps(doubles: Doubles) -> None:
    page = doubles.compare()
    QTest.mouseClick(page.choices.choice("person.city", Side.OTHER), LEFT, pos=QPoint(20, 8))
    QTest.mouseClick(page.merge_button, LEFT)
    doubles.walk.wait()
    person: PersonPage = doubles.page(PersonPage)
    assert person.about() == doubles.first
    kept = doubles.person(doubles.first)
    assert (kept.city, kept.other_phone) == ("Lormont", "06 39 98 09 77")


def test_what_is_chosen_stays_while_something_else_of_a_file_changes(doubles: Doubles) -> None:
    page = doubles.compare()
    page.choices.choice("person.city", Side.OTHER).click()

    def change(session: Any) -> None:
        session.get(m.Person, doubles.second).channel = "rue"

    doubles.save(change)
    assert "person.channel" in page.choices.sides()
    assert page.choices.isAncestorOf(doubles.focus)
    assert page.choices.sides()["person.city"] is Side.OTHER


def test_fields_that_agree_are_folded_away_until_asked_for(doubles: Doubles) -> None:
    page = doubles.compare()
    assert not page.known.holder.isVisible()
    assert "sans rien à choisir" in page.known.more.text()
    QTest.mouseClick(page.known.more, LEFT)
    assert page.known.holder.isVisible()


def test_many_presences_that_contradict_each_other_come_a_few_at_a_time(doubles: Doubles) -> None:
    def write(session: Any) -> None:
        journey = m.Journey.person_id == doubles.first
        ours = session.scalars(sa.select(m.Journey).where(journey)).one()
        theirs = m.Journey(
            person_id=doubles.second, cohort_id=ours.cohort_id, entered_on=ours.entered_on
        )
        session.add(theirs)
        session.flush()
        for mark in session.scalars(
            sa.select(m.Attendance).where(m.Attendance.journey_id == ours.id)
        ):
            session.add(
                m.Attendance(
                    journey_id=theirs.id,
                    meeting_id=mark.meeting_id,
                    on=mark.on,
                    half=mark.half,
                    mark="A" if mark.mark == "P" else "P",
                )
            )

    doubles.save(write)
    page = doubles.compare()
    assert len(page.choices.sides()) > 15
    page.choices.choice("person.city", Side.OTHER).click()
    doubles.walk.until(lambda: page.choices.is_whole)
    last = list(page.choices.sides())[-1]
    page.choices.choice(last, Side.OTHER).click()
    doubles.press(Qt.Key.Key_Return, CONTROL)
    assert doubles.person(doubles.first).city == "Lormont"


def test_escape_leaves_both_files_as_they_are(doubles: Doubles) -> None:
    doubles.compare()
    doubles.press(Qt.Key.Key_Escape)
    doubles.page(PeoplePage)
    assert doubles.person(doubles.second).deleted_at is None


def test_not_the_same_is_remembered_and_undone(doubles: Doubles) -> None:
    pairs = doubles.pairs()
    doubles.press(Qt.Key.Key_X, CONTROL | SHIFT)
    doubles.walk.until(lambda: is_empty(pairs))
    doubles.press(Qt.Key.Key_Z, CONTROL)
    doubles.walk.until(lambda: bool(pairs.model.rows()))


def test_a_pair_is_neither_deleted_nor_has_a_history(doubles: Doubles) -> None:
    pairs = doubles.pairs()
    (pair,) = pairs.model.rows()
    pairs.table.setFocus()
    doubles.press(Qt.Key.Key_Delete)
    doubles.press(Qt.Key.Key_H, CONTROL)
    assert not doubles.window.banners.shown()
    assert [each.id for each in pairs.model.rows()] == [pair.id]
    offered = {each.text() for each in pairs.menu_for(pair.id).actions()}
    assert "Comparer ces deux fiches" in offered
    assert not offered & {"Supprimer", "Historique…"}


def test_a_pair_answered_while_comparing_is_no_more_in_the_list(doubles: Doubles) -> None:
    doubles.pairs()
    doubles.press(Qt.Key.Key_Return)
    doubles.press(Qt.Key.Key_X, CONTROL | SHIFT)
    pairs: DuplicatesPage = doubles.page(DuplicatesPage)
    assert is_empty(pairs)
    assert "Ce sont deux personnes" in doubles.window.status.news.text()


def test_two_people_selected_in_the_list_are_compared_and_no_other_number(
    doubles: Doubles,
) -> None:
    doubles.go("people")
    people: PeoplePage = doubles.page(PeoplePage)
    doubles.press(Qt.Key.Key_M, CONTROL | SHIFT)
    assert "Choisissez deux personnes" in doubles.window.status.news.text()
    compare = doubles.window.actions_.get("people.compare")
    assert compare not in people.menu_for(doubles.first).actions()
    people.table.put_selected({doubles.first, doubles.second})
    assert compare in people.menu_for(doubles.first).actions()
    doubles.press(Qt.Key.Key_M, CONTROL | SHIFT)
    view = doubles.page(MergingPage).view
    assert (view.kept.id, view.other.id) == (doubles.first, doubles.second)


def test_a_person_page_says_whom_they_resemble_and_comes_back_there(doubles: Doubles) -> None:
    doubles.go("person", PersonTarget(doubles.second, origin="people"))
    page: PersonPage = doubles.page(PersonPage)
    doubles.walk.until(page.resembling.isVisible)
    assert page.resembling.accessibleName() == (
        "Ressemble à Aïssatou Diallo · 03/04/1991 (P-00001) : "
        "même nom, même date de naissance. Comparer"
    )
    QTest.mouseClick(page.resembling, LEFT)
    doubles.walk.wait()
    doubles.page(MergingPage)
    doubles.press(Qt.Key.Key_Escape)
    assert doubles.page(PersonPage).about() == doubles.second
    doubles.window.actions_.get("person.compare").trigger()
    doubles.walk.wait()
    doubles.press(Qt.Key.Key_Return, CONTROL)
    assert doubles.page(PersonPage).about() == doubles.first
    assert doubles.page(PersonPage).isAncestorOf(doubles.focus)
    doubles.walk.until(lambda: not doubles.page(PersonPage).resembling.isVisible())


def test_whoever_sits_beside_the_screen_sees_nobody_else(doubles: Doubles) -> None:
    doubles.go("person", PersonTarget(doubles.second))
    page: PersonPage = doubles.page(PersonPage)
    doubles.walk.until(page.resembling.isVisible)
    doubles.window.actions_.get("discreet").trigger()
    assert not page.resembling.isVisible()
    doubles.window.actions_.get("person.compare").trigger()
    doubles.walk.wait()
    assert doubles.window.current_page() is page
    assert doubles.window.status.news.text() == DISCREET
    doubles.window.actions_.get("discreet").trigger()
    assert page.resembling.isVisible()


def test_files_being_merged_are_not_read_again_meanwhile(doubles: Doubles) -> None:
    page = doubles.compare()
    page.merge()
    page.refresh()
    doubles.walk.wait()
    assert page.view is None
    assert not doubles.window.banners.shown()


def test_two_certain_birth_dates_change_what_the_button_says(doubles: Doubles) -> None:
    def change(session: Any) -> None:
        person = session.get(m.Person, doubles.second)
        person.birth_date = person.birth_date.replace(year=1980)

    doubles.save(change)
    page = doubles.compare()
    assert page.merge_button.text() == "Fusionner quand même"
    assert page.apart_button.property("kind") == "primary"
    doubles.press(Qt.Key.Key_Return, CONTROL)
    assert doubles.person(doubles.second).deleted_at is None
    assert page.merge_button.hasFocus()
    doubles.press(Qt.Key.Key_X, CONTROL | SHIFT)
    again = doubles.compare()
    assert "deux personnes" in again.cautions.findChildren(CautionLine)[0].accessibleName()


def test_a_file_deleted_meanwhile_is_told_in_place(doubles: Doubles) -> None:
    doubles.compare()

    def delete(session: Any) -> None:
        session.get(m.Person, doubles.second).deleted_at = m.utc_now()

    doubles.save(delete)
    assert "n’est plus dans la base" in str(doubles.window.banners.shown()[0].problem)
    doubles.press(Qt.Key.Key_Return, CONTROL)
    assert doubles.person(doubles.first).deleted_at is None


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_cut_and_everything_has_a_name(doubles: Doubles, scale: int) -> None:
    def write_long(session: Any) -> None:
        for who, words in ((doubles.first, "a" * 300), (doubles.second, "Mal de dos. " * 40)):
            session.add(m.PersonHealth(person_id=who, work_impact=words))

    doubles.save(write_long)
    theme.apply(theme.Scheme.LIGHT, scale)
    page = doubles.compare()
    page.known.more.click()
    QApplication.processEvents()
    assert cut(doubles.window) == []
    assert not unnamed(doubles.window)
    doubles.pairs()
    assert cut(doubles.window) == []
    assert not unnamed(doubles.window)


def test_markup_in_a_name_is_shown_as_it_was_typed(doubles: Doubles) -> None:
    def rename(session: Any) -> None:
        session.get(m.Person, doubles.second).city = "<b>Cenon</b> & <img src=x>"

    doubles.save(rename)
    page = doubles.compare()
    assert page.choices.choice("person.city", Side.OTHER).text() == "<b>Cenon</b> & <img src=x>"
