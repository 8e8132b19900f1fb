"""The host, and the association that signs."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.placement_file import EditPlacement, SetTimetable
from connexion_desktop.domain.timetable import Slot
from connexion_desktop.usecases import placement_drafts, placements
from tests.placement_base import FIRST, Office, issued, new_act

from .bench import Bench

# Sundays and nights


def test_a_host_that_works_on_sundays_says_so_on_its_page(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    sunday = FIRST + timedelta(days=6)
    with database.write(new_act()) as session:
        placement_drafts.edit(session, EditPlacement(draft, "ends_on", sunday))
        slots = (Slot(sunday, 540, 720),)
        placement_drafts.set_timetable(session, SetTimetable(draft, slots, None))
    bench.show(draft)
    assert any("dimanche" in line for line in bench.checklist)
    bench.form.host.book.unfold()
    bench.form.walk._show_whole(bench.field("host.sunday_practice"))
    bench.click(bench.field("host.sunday_practice"))
    bench.settle()
    assert bench.checklist == []


# The host


def test_down_then_enter_adds_the_host_to_the_book(bench: Bench, blank: UUID) -> None:
    bench.show(blank)
    bench.form.host.pick.setFocus()
    bench.type("Boulangerie Nouvelle")
    bench.until(lambda: QApplication.activePopupWidget() is not None)
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Return)
    stored = bench.stored(blank)
    assert stored.host is not None and stored.host.name == "Boulangerie Nouvelle"


def test_a_siret_that_gives_no_host_says_why(bench: Bench, blank: UUID) -> None:
    bench.show(blank)
    host = bench.form.host
    host.pick.setFocus()
    bench.type("12345678900011")
    below = host.book.geometry()
    bench.until(lambda: host.remark.text() == "La clé de ce SIRET est fausse.")
    assert host.book.geometry() == below, "an error moves nothing"
    bench.press(Qt.Key.Key_Escape)
    assert host.remark.text() == ""


def test_a_host_is_found_by_three_letters_and_brings_its_people(bench: Bench, blank: UUID) -> None:
    bench.show(blank)
    bench.form.host.pick.setFocus()
    bench.pick("bas")
    assert bench.field("tutor_name").property("text") == "Hélène Castagnet"
    assert bench.field("host_signatory").property("text") == "Rose Lamy"
    assert "Bègles" in bench.form.host.book.summary.text()
    assert "SIRET 213 300 635 00017" in bench.form.host.book.summary.text()


def test_a_host_that_is_not_in_the_book_is_added_from_the_form(bench: Bench, blank: UUID) -> None:
    bench.show(blank)
    bench.form.host.pick.setFocus()
    bench.pick("Garage du Lac")
    form = bench.stored(blank)
    assert form.host is not None
    assert form.host.name == "Garage du Lac"
    assert bench.form.host.book.is_open()


def test_a_wrong_siret_is_told_in_words_as_it_is_typed(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.click(bench.form.host.book.toggle)
    bench.put("host.siret", "21330063500018")
    assert bench.said("host.siret") == ["La clé de ce SIRET est fausse."]
    assert "La clé de ce SIRET est fausse." in bench.checklist
    assert not bench.form.issue_button.isEnabled()


def test_mending_the_host_mends_the_book(bench: Bench, database: Database, draft: UUID) -> None:
    bench.show(draft)
    bench.click(bench.form.host.book.toggle)
    bench.put("host.city", "Bordeaux")
    bench.press(Qt.Key.Key_Return)
    form = bench.stored(draft)
    assert form.host is not None
    assert form.host.city == "Bordeaux"
    assert form.paper.host.body.address.city == "Bordeaux"


def test_the_code_of_the_host_brings_its_town_and_its_number_says_where_it_is(
    bench: Bench, database: Database, draft: UUID
) -> None:
    bench.show(draft)
    bench.click(bench.form.host.book.toggle)
    bench.put("host.city", "")
    bench.press(Qt.Key.Key_Delete)
    bench.put("host.postal_code", "33170")
    bench.until(lambda: bench.holds("host.city", "Gradignan"))
    bench.put("host.phone", "0536490299")
    assert bench.form.fields.fields["host.phone"].state.text() == "Sud-Ouest"
    bench.press(Qt.Key.Key_Tab)
    form = bench.stored(draft)
    assert form.host is not None
    assert form.host.city == "Gradignan"


def test_numbers_are_shown_in_groups_of_digits_however_they_are_typed(
    bench: Bench, database: Database, office: Office
) -> None:
    with database.write(new_act()) as session:
        session.get_one(m.Organisation, office.host).phone = "0536490200"
    made = issued(database, office)
    with database.write(new_act()) as session:
        placements.revise(session, made)
    bench.show(made)
    bench.form.host.book.unfold()
    assert bench.holds("host.siret", "213 300 635 00017")
    assert bench.holds("host.phone", "05 36 49 02 00")
    bench.put("host.siret", "21330063500017")
    assert bench.form.head.notice.text() == "Rien n’a encore changé depuis la version émise."
    bench.put("host.phone", "0536490299")
    bench.put("tutor_phone", "05.36.49.02.98")
    bench.press(Qt.Key.Key_Tab)
    bench.until(lambda: bench.holds("host.phone", "05 36 49 02 99"))
    bench.until(lambda: bench.holds("tutor_phone", "05 36 49 02 98"))
    host = bench.stored(made).host
    assert host is not None
    assert (host.siret, host.details["phone"]) == ("21330063500017", "05 36 49 02 99")


def test_escape_gives_the_host_back(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    pick = bench.form.host.pick
    pick.setFocus()
    bench.type("zzz")
    bench.until(lambda: QApplication.activePopupWidget() is not None)
    bench.press(Qt.Key.Key_Escape)
    bench.press(Qt.Key.Key_Escape)
    assert pick.text() == "Résidence des Bassins"


# The association itself


def test_without_a_delegation_one_is_written_in_place(
    bench: Bench, database: Database, draft: UUID
) -> None:
    with database.write(new_act()) as session:
        for row in session.query(m.Delegation):
            row.deleted_at = row.created_at
    bench.show(draft)
    assert "délégation à saisir" in bench.form.prescriber.folded.summary.text()
    bench.next_point()
    editor = bench.form.prescriber.delegation
    assert bench.focus is editor.reference
    bench.type("DEL-40")
    editor.body.setFocus()
    bench.type("France Travail", Qt.Key.Key_Return)
    bench.until(lambda: not editor.problem.isHidden())
    editor.first.setFocus()
    bench.type("1/1/2026")
    editor.last.setFocus()
    bench.type("31/12/2028")
    bench.click(editor.save_button)
    bench.until(bench.form.issue_button.isEnabled)
    assert "DEL-40" in bench.form.prescriber.folded.summary.text()
