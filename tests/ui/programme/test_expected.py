"""Who is expected at a séance: ticked one by one, all of them again, by two people at once."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from sqlalchemy.orm import Session

from benchmarks.bases import TODAY
from connexion_desktop.data import models as m
from connexion_desktop.domain.meetings import NewMeeting, SetPeople
from connexion_desktop.usecases import meetings
from tests import factories as make

from .pages import CONTROL, Programmes, new_group

PITCH = "Mon pitch, premier essai"
VISIT = "Visite d’un plateau technique"


@pytest.fixture
def opened(programmes: Programmes) -> Programmes:
    programmes.click(PITCH)
    return programmes


def test_only_some_are_expected_then_all_again(programmes: Programmes) -> None:
    programmes.click(VISIT)
    people = programmes.page.beside.panel.people
    assert people.heading.text() == "Attendu : tout le groupe"
    first, second = list(people.boxes.values())[:2]
    for box in (first, second):
        box.click()
        programmes.wait()
    assert len(programmes.meeting(VISIT).people) == 10
    assert people.heading.text() == "Attendu : 10 sur 12"
    people.all.click()
    programmes.wait()
    assert programmes.meeting(VISIT).is_whole and first.isChecked()


def test_all_of_this_group_at_another_s_seance_do_not_bring_the_other_along(
    programmes: Programmes,
) -> None:
    programme = programmes.page.programme
    assert programme is not None and programme.cohort is not None
    other = next(each.id for each in programme.groups if each.id != programme.cohort.id)
    named = tuple(sorted(programmes.meeting(PITCH).people))[:2]
    visit = NewMeeting(uuid4(), other, TODAY, 1020, 1080, "visite", "Visite commune", people=named)
    programmes.meanwhile(lambda session: meetings.add(session, visit))
    programmes.click("Visite commune")
    people = programmes.page.beside.panel.people
    assert people.heading.text() == "Attendu : 2 sur 12" and not people.all.isVisible()
    for box in people.boxes.values():
        if not box.isChecked():
            box.click()
    programmes.wait()
    row = programmes.meeting("Visite commune")
    assert not row.is_whole and row.people == set(people.boxes)
    assert not people.all.isVisible() and people.heading.text() == "Attendu : 12 sur 12"


def test_somebody_of_another_group_is_expected_where_nobody_is_in_the_group(
    programmes: Programmes,
) -> None:
    new_group(programmes, "20/4")
    programmes.press(Qt.Key.Key_N, CONTROL)
    programmes.type("Rencontre")
    programmes.press(Qt.Key.Key_Return)
    programme = programmes.page.programme
    assert programme is not None and not programme.people
    people = programmes.page.beside.panel.people
    assert people.guests.pick.isVisible()
    people.guests.pick.setFocus()
    programmes.type("Karim")
    programmes.press(Qt.Key.Key_Return)
    programmes.until(lambda: bool(people.guests.removals))
    assert len(programmes.meeting("Rencontre").people) == 1


def test_the_name_of_a_participant_is_shown_as_it_was_typed(programmes: Programmes) -> None:
    programme = programmes.page.programme
    assert programme is not None
    who = programme.people[0].person_id

    def name(session: Session) -> None:
        session.get_one(m.Person, who).family_name = "Diallo & Fils"

    programmes.meanwhile(name)
    programmes.click(PITCH)
    texts = [box.text() for box in programmes.page.beside.panel.people.boxes.values()]
    assert any("Diallo && Fils" in text for text in texts)


def test_two_unticked_one_after_the_other_both_stay_out(opened: Programmes) -> None:
    boxes = list(opened.page.beside.panel.people.boxes.items())
    for _, box in boxes[:2]:
        box.click()
    opened.wait()
    assert not opened.meeting(PITCH).people & {each for each, _ in boxes[:2]}
    assert len(opened.meeting(PITCH).people) == 10


def test_who_a_colleague_takes_off_stays_out(opened: Programmes) -> None:
    meeting = opened.meeting(PITCH).id
    boxes = list(opened.page.beside.panel.people.boxes.items())
    off = SetPeople(meeting, removed=(boxes[0][0],))
    opened.unheard(lambda session: meetings.set_people(session, off))
    boxes[1][1].click()
    opened.wait()
    assert not opened.meeting(PITCH).people & {each for each, _ in boxes[:2]}


def test_the_whole_group_is_not_put_back_over_what_a_colleague_names(opened: Programmes) -> None:
    meeting, people = opened.meeting(PITCH).id, opened.page.beside.panel.people
    first, second, *_ = people.boxes
    people.boxes[first].click()
    opened.wait()
    off = SetPeople(meeting, removed=(second,))
    opened.unheard(lambda session: meetings.set_people(session, off))
    people.all.click()
    opened.wait()
    assert "Nadia Ferrand a changé « Attendu »" in opened.refused
    assert not opened.meeting(PITCH).people & {first, second}
    assert not people.boxes[second].isChecked()


@pytest.fixture
def guest(programmes: Programmes) -> UUID:
    """Somebody of another group, on the way by now."""
    found: list[UUID] = []

    def enter(session: Session) -> None:
        talence = make.cohort(session, "Talence · mars 2026")
        zoe = make.put(
            session, m.Person(number="P-90001", given_name="Zoé", family_name="Quartier")
        )
        found.append(make.journey(session, zoe, talence))

    programmes.meanwhile(enter)
    return found[-1]


def add_guest(programmes: Programmes, typed: str = "quar") -> None:
    """Type a few letters of a name in the line under the boxes, and take the one found."""
    pick = programmes.page.beside.panel.people.guests.pick
    QTest.mouseClick(pick, Qt.MouseButton.LeftButton)
    programmes.type(typed)
    programmes.until(lambda: bool(pick.offered()))
    (offer,) = pick.offered()
    assert (offer.title, offer.detail) == ("Zoé Quartier", "Talence · mars 2026")
    programmes.press(Qt.Key.Key_Return)


def test_somebody_of_another_group_is_added_shown_with_it_and_taken_off(
    programmes: Programmes, guest: UUID
) -> None:
    programmes.click(VISIT)
    people = programmes.page.beside.panel.people
    add_guest(programmes)
    assert programmes.meeting(VISIT).people == {*people.boxes, guest}
    assert people.heading.text() == "Attendu : 12 sur 12"
    names = [each.text() for each in people.guests.findChildren(QLabel) if each.isVisible()]
    assert "Zoé Quartier (Talence · mars 2026)" in names
    QTest.mouseClick(people.guests.removals[guest], Qt.MouseButton.LeftButton)
    programmes.wait()
    assert programmes.meeting(VISIT).people == set(people.boxes)
    assert people.heading.text() == "Attendu : tout le groupe" and not people.guests.removals


def test_adding_somebody_of_another_group_is_undone(programmes: Programmes, guest: UUID) -> None:
    programmes.click(VISIT)
    add_guest(programmes)
    assert guest in programmes.meeting(VISIT).people
    programmes.page.beside.close()
    programmes.press(Qt.Key.Key_Z, CONTROL)
    assert programmes.meeting(VISIT).is_whole


def test_a_guest_and_who_a_colleague_takes_off_are_both_kept(
    programmes: Programmes, guest: UUID
) -> None:
    programmes.click(VISIT)
    people = programmes.page.beside.panel.people
    first, *rest = people.boxes
    off = SetPeople(programmes.meeting(VISIT).id, removed=(first,))
    programmes.unheard(lambda session: meetings.set_people(session, off))
    add_guest(programmes)
    assert programmes.meeting(VISIT).people == {*rest, guest}


def test_the_group_alone_is_expected_again(programmes: Programmes, guest: UUID) -> None:
    programmes.click(VISIT)
    add_guest(programmes)
    people = programmes.page.beside.panel.people
    assert people.all.text() == "N’attendre que le groupe"
    QTest.mouseClick(people.all, Qt.MouseButton.LeftButton)
    programmes.wait()
    assert programmes.meeting(VISIT).is_whole


def test_nobody_of_another_group_has_that_name(programmes: Programmes, guest: UUID) -> None:
    programmes.click(VISIT)
    guests = programmes.page.beside.panel.people.guests
    QTest.mouseClick(guests.pick, Qt.MouseButton.LeftButton)
    programmes.type("xyzzy")
    programmes.until(guests.nobody.isVisible)
    assert guests.nobody.text().startswith("Personne à ajouter de ce nom")
    programmes.press(Qt.Key.Key_Escape)
    assert not guests.nobody.isVisible() and guests.pick.text() == ""


def test_nobody_is_said_to_be_missing_once_the_name_is_given_up(
    programmes: Programmes, guest: UUID
) -> None:
    programmes.click(VISIT)
    guests = programmes.page.beside.panel.people.guests
    QTest.mouseClick(guests.pick, Qt.MouseButton.LeftButton)
    programmes.wait()
    QTest.keyClicks(guests.pick, "xyzzy")
    QTest.keyClick(guests.pick, Qt.Key.Key_Down)  # asks at once
    QTest.keyClick(guests.pick, Qt.Key.Key_Escape)
    programmes.wait()
    assert guests.pick.hasFocus() and guests.pick.text() == ""
    assert not guests.nobody.isVisible()
