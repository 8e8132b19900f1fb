"""One séance beside its week: mended where it is typed, who is expected, how it stands."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from sqlalchemy.orm import Session

from benchmarks.bases import TODAY
from connexion_desktop.data import models as m
from connexion_desktop.domain.meetings import MeetingState
from connexion_desktop.ui.history_sheet import HistorySheet
from connexion_desktop.ui.widgets.bound_field import BoundField
from tests import factories as make

from .pages import CONTROL, Programmes

PITCH = "Mon pitch, premier essai"
VISIT = "Visite d’un plateau technique"


def write(programmes: Programmes, field: BoundField, text: str) -> None:
    """Type in a field in place of what it holds, and go on."""
    field.take_focus()
    programmes.press(Qt.Key.Key_A, CONTROL)
    programmes.type(text)
    programmes.press(Qt.Key.Key_Return)


def press(programmes: Programmes, button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    programmes.wait()


def acts_done(programmes: Programmes) -> int:
    store = programmes.window.jobs.store
    assert store is not None
    with store.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(m.DoneCommand)) or 0


def test_enter_opens_a_seance_and_escape_gives_the_week_back(programmes: Programmes) -> None:
    programmes.go_to(PITCH)
    programmes.press(Qt.Key.Key_Return)
    panel = programmes.page.beside.panel
    assert panel.isVisible() and panel.fields.title.text() == PITCH
    assert panel.fields.title.editor.hasFocus()
    assert panel.fields.hours.text() == "9 h – 12 h"
    programmes.press(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert programmes.page.week.grid.hasFocus()


def test_a_click_opens_another_beside(programmes: Programmes) -> None:
    programmes.click(PITCH)
    programmes.click("Cuisine")
    assert programmes.page.beside.panel.fields.title.text() == "Cuisine"
    assert (
        programmes.page.beside.panel.people.heading.text() == "Attendu : qui a choisi « Cuisine »"
    )


def test_what_is_typed_is_saved_field_by_field(programmes: Programmes) -> None:
    programmes.click(PITCH)
    fields = programmes.page.beside.panel.fields
    write(programmes, fields.hours, "10h-12h30")
    write(programmes, fields.place, "Salle bleue")
    write(programmes, fields.on, "23/4")
    row = programmes.meeting(PITCH)
    assert (row.on, row.hours, row.place) == (date(2026, 4, 23), "10 h – 12 h 30", "Salle bleue")
    assert date(2026, 4, 23) in programmes.days()
    programmes.page.beside.close()
    programmes.press(Qt.Key.Key_Z, CONTROL)
    assert programmes.meeting(PITCH).on == TODAY


def test_hours_that_are_none_are_told_and_kept(programmes: Programmes) -> None:
    programmes.click(PITCH)
    hours = programmes.page.beside.panel.fields.hours
    write(programmes, hours, "12h-9h")
    assert hours.has_problem() and hours.text() == "12h-9h"
    assert programmes.meeting(PITCH).hours == "9 h – 12 h"
    programmes.press(Qt.Key.Key_Escape)
    assert hours.text() == "9 h – 12 h"


def test_a_leader_is_of_the_team_or_a_guest(programmes: Programmes) -> None:
    programmes.click(PITCH)
    leader = programmes.page.beside.panel.fields.leader
    write(programmes, leader, "Ines Duval-Martin")
    guest = programmes.meeting(PITCH)
    assert (guest.leader_id, guest.leader) == (None, "Ines Duval-Martin")
    write(programmes, leader, "nadia ferrand")
    of_team = programmes.meeting(PITCH)
    assert of_team.leader_id is not None and of_team.leader == "Nadia Ferrand"


@pytest.mark.parametrize("leaving", [Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_the_beginning_of_one_name_is_enough_to_say_who_leads(
    programmes: Programmes, leaving: Qt.Key
) -> None:
    programmes.click(PITCH)
    leader = programmes.page.beside.panel.fields.leader
    leader.take_focus()
    programmes.press(Qt.Key.Key_A, CONTROL)
    programmes.type("nad")
    assert [each.title for each in leader.line.offered()] == ["Nadia Ferrand"]
    leader.flush()  # as a pause does: one may still be typing
    programmes.wait()
    assert leader.text() == "nad"
    programmes.press(leaving)
    of_team = programmes.meeting(PITCH)
    assert of_team.leader_id is not None and of_team.leader == "Nadia Ferrand"
    assert leader.text() == "Nadia Ferrand" and not leader.line.hasFocus()


def test_a_guest_who_has_a_name_of_the_team_is_typed_in_full(programmes: Programmes) -> None:
    programmes.click(PITCH)
    leader = programmes.page.beside.panel.fields.leader
    write(programmes, leader, "Nadia Fer")
    assert programmes.meeting(PITCH).leader == "Nadia Ferrand"
    write(programmes, leader, "Nadia Ferrer")
    guest = programmes.meeting(PITCH)
    assert (guest.leader_id, guest.leader) == (None, "Nadia Ferrer")


def test_the_beginning_of_one_name_is_enough_for_a_partner(programmes: Programmes) -> None:
    programmes.click(PITCH)
    partner = programmes.page.beside.panel.fields.partner
    write(programmes, partner, "on cata")
    assert not partner.has_problem()
    assert programmes.meeting(PITCH).partner == "On catalyse"


def test_a_partner_is_found_by_three_letters(programmes: Programmes) -> None:
    programmes.click(PITCH)
    partner = programmes.page.beside.panel.fields.partner
    partner.take_focus()
    programmes.type("cata")
    offered = partner.line.offered()
    assert [each.title for each in offered] == ["On catalyse"]
    programmes.press(Qt.Key.Key_Down)
    programmes.press(Qt.Key.Key_Return)
    assert programmes.meeting(PITCH).partner == "On catalyse"


def test_a_partner_that_is_not_in_the_book_is_not_kept(programmes: Programmes) -> None:
    programmes.click(PITCH)
    partner = programmes.page.beside.panel.fields.partner
    write(programmes, partner, "Inconnue au bataillon")
    assert partner.has_problem() and programmes.meeting(PITCH).partner == ""
    partner.restore()


@pytest.mark.parametrize(("listed", "code"), [("activity", "cuisine"), ("meeting_kind", "visite")])
def test_what_is_offered_no_more_stays_in_a_seance_that_is_opened_and_closed(
    programmes: Programmes, listed: str, code: str
) -> None:
    def retire(session: Session) -> None:
        item = m.ReferenceItem
        line = session.scalars(sa.select(item).where(item.list == listed, item.code == code)).one()
        line.retired_on = date(2026, 4, 1)

    programmes.meanwhile(retire)
    title = "Cuisine" if listed == "activity" else VISIT
    before, acts = programmes.meeting(title), acts_done(programmes)
    programmes.click(title)
    programmes.press(Qt.Key.Key_Escape)
    programmes.click(title)
    programmes.press(Qt.Key.Key_Escape)
    programmes.click(title)
    programmes.click(PITCH)
    programmes.press(Qt.Key.Key_Escape)
    assert acts_done(programmes) == acts
    assert programmes.meeting(title) == before


def homonyms(programmes: Programmes) -> dict[str, UUID]:
    """Two structures of one name, by their towns."""
    found = {}

    def add(session: Session) -> None:
        for town in ("Bordeaux", "Pessac"):
            found[town] = make.organisation(session, "Relais des Tilleuls", city=town)

    programmes.meanwhile(add)
    return found


def take_partner(programmes: Programmes, town: str) -> None:
    """Look for a structure, and take the one of that town."""
    partner = programmes.page.beside.panel.fields.partner
    partner.take_focus()
    programmes.press(Qt.Key.Key_A, CONTROL)
    programmes.type("tilleuls")
    towns = [each.detail for each in partner.line.offered()]
    for _ in range(towns.index(town) + 1):
        programmes.press(Qt.Key.Key_Down)
    programmes.press(Qt.Key.Key_Return)


def test_of_two_structures_of_one_name_the_one_picked_is_kept(programmes: Programmes) -> None:
    known = homonyms(programmes)
    programmes.click(PITCH)
    for town in ("Pessac", "Bordeaux", "Pessac"):
        take_partner(programmes, town)
        assert programmes.meeting(PITCH).partner_id == known[town]
        assert town in programmes.page.beside.panel.fields.partner.text()
    assert not programmes.window.banners.shown()
    programmes.page.beside.close()
    programmes.click(PITCH)
    programmes.page.beside.panel.fields.partner.take_focus()
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Return):
        programmes.press(Qt.Key.Key_A, CONTROL)
        programmes.press(key)
    assert programmes.meeting(PITCH).partner_id is None


def test_a_name_that_two_structures_have_is_asked_about(programmes: Programmes) -> None:
    homonyms(programmes)
    programmes.click(PITCH)
    partner = programmes.page.beside.panel.fields.partner
    write(programmes, partner, "relais des tilleuls")
    assert partner.remarks.complaint == (
        "Plusieurs structures ont ce nom : choisissez dans la liste."
    )
    assert programmes.meeting(PITCH).partner_id is None
    partner.restore()


def test_a_guest_who_has_the_name_of_somebody_of_the_team_is_no_conflict(
    programmes: Programmes,
) -> None:
    wanted = programmes.meeting(PITCH).id

    def invite(session: Session) -> None:
        row = session.get_one(m.Meeting, wanted)
        row.leader_id, row.leader_name = None, "Nadia Ferrand"

    programmes.meanwhile(invite)
    programmes.click(PITCH)
    leader = programmes.page.beside.panel.fields.leader
    write(programmes, leader, "Ines Duval-Martin")
    assert leader.conflict() is None
    assert programmes.meeting(PITCH).leader == "Ines Duval-Martin"


@pytest.mark.parametrize("typed", ["", " ", "-", "?"])
def test_a_seance_without_a_day_is_refused_in_its_field(programmes: Programmes, typed: str) -> None:
    programmes.click(PITCH)
    day = programmes.page.beside.panel.fields.on
    day.take_focus()
    programmes.press(Qt.Key.Key_A, CONTROL)
    programmes.press(Qt.Key.Key_Delete)
    programmes.type(typed)
    programmes.press(Qt.Key.Key_Tab)
    assert day.has_problem()
    assert programmes.meeting(PITCH).on == TODAY
    day.take_focus()
    programmes.press(Qt.Key.Key_Escape)
    assert day.text() == "21/04/2026"


def test_what_is_refused_once_the_seance_is_closed_is_told_all_the_same(
    programmes: Programmes,
) -> None:
    programmes.click("Se présenter")
    panel = programmes.page.beside.panel
    panel.fields.hours.take_focus()
    programmes.press(Qt.Key.Key_A, CONTROL)
    programmes.type("14h-17h")
    press(programmes, panel.close_button)
    (told,) = programmes.window.banners.shown()
    assert told.problem.what.startswith("Séance « Se présenter » : ")
    assert "12 présences sont notées" in told.problem.what
    programmes.click("Se présenter")
    assert panel.fields.hours.text() == "14h-17h" and panel.fields.hours.has_problem()
    panel.fields.hours.restore()


def test_what_is_typed_after_what_will_be_refused_is_no_conflict(programmes: Programmes) -> None:
    programmes.click("Se présenter")
    hours = programmes.page.beside.panel.fields.hours
    hours.take_focus()
    for typed in ("14h-17h", "9h-11h"):
        QTest.keyClick(hours.line, Qt.Key.Key_A, CONTROL)
        QTest.keyClicks(hours.line, typed)
        hours.flush()
    programmes.wait()
    assert hours.conflict() is None
    assert programmes.meeting("Se présenter").hours == "9 h – 11 h"


def test_a_seance_is_cancelled_restored_and_held(programmes: Programmes) -> None:
    programmes.click(PITCH)
    panel = programmes.page.beside.panel
    states = []
    for button in (panel.cancel, panel.cancel, panel.held):
        press(programmes, button)
        states.append(programmes.meeting(PITCH).state)
    assert states == [MeetingState.CANCELLED, MeetingState.PLANNED, MeetingState.HELD]
    assert panel.state.text() == "tenue"


def test_two_seances_in_one_place_say_so_in_words(programmes: Programmes) -> None:
    programmes.click(VISIT)
    fields = programmes.page.beside.panel.fields
    write(programmes, fields.place, "Salle bleue")
    programmes.click(PITCH)
    write(programmes, fields.place, "salle bleue")
    write(programmes, fields.hours, "13h30-15h")
    told = [line.text() for line in programmes.page.beside.panel.wrong]
    assert told == [
        f"Même lieu que « {VISIT} »",
        f"Nadia Ferrand anime aussi « {VISIT} »",
        f"12 personnes sont attendues aussi à « {VISIT} »",
    ]
    assert "2 à vérifier" in programmes.window.status.summary.text()


def test_a_seance_is_added_on_the_day_in_sight_and_opened(programmes: Programmes) -> None:
    programmes.go_to(PITCH)
    programmes.press(Qt.Key.Key_N, CONTROL)
    strip = programmes.page.strips.adding
    assert strip.isVisible() and strip.day.text() == "21/04/2026"
    programmes.type("Permanence du mediateur")
    programmes.press(Qt.Key.Key_Return)
    assert programmes.meeting("Permanence du mediateur").on == TODAY
    assert programmes.page.beside.panel.fields.title.text() == "Permanence du mediateur"
    assert not strip.isVisible()


def test_a_seance_without_a_title_is_not_added(programmes: Programmes) -> None:
    programmes.press(Qt.Key.Key_N, CONTROL)
    programmes.press(Qt.Key.Key_Return)
    assert "n’a pas de titre" in programmes.page.strips.adding.problem.text()
    programmes.press(Qt.Key.Key_Escape)


def test_ctrl_h_tells_what_became_of_a_seance(programmes: Programmes) -> None:
    programmes.click(PITCH)
    write(programmes, programmes.page.beside.panel.fields.place, "Salle bleue")
    programmes.page.beside.close()
    programmes.press(Qt.Key.Key_H, CONTROL)
    (sheet,) = programmes.window.findChildren(HistorySheet)
    assert sheet.windowTitle() == "Historique de la séance"
    sheet.close()


def test_what_is_being_typed_stays_when_the_page_is_read_again(programmes: Programmes) -> None:
    programmes.click(PITCH)
    place = programmes.page.beside.panel.fields.place
    place.take_focus()
    programmes.press(Qt.Key.Key_A, CONTROL)
    programmes.type("Sal")
    programmes.page.refresh()
    programmes.wait()
    assert place.text() == "Sal" and place.editor.hasFocus()
    place.restore()


def test_the_place_and_the_partner_of_a_seance_are_read_whole(programmes: Programmes) -> None:
    programmes.window.resize(1366, 748)
    programmes.click("Visite d’un plateau technique")
    fields = programmes.page.beside.panel.fields
    for field in (fields.place, fields.leader, fields.partner):
        line = field.line
        room = line.width() - 2 * line.fontMetrics().horizontalAdvance("00")
        for words in (line.text(), line.placeholderText(), "Campus des Métiers de l’Aquitaine"):
            assert line.fontMetrics().horizontalAdvance(words) <= room, words
