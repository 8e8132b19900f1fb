"""What the rules find as one types, and what is missing of the person."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox
from sqlalchemy import select

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.identity import Civility
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.domain.typography import typeset
from tests.placement_base import Office, new_act

from ..elsewhere import Elsewhere
from .bench import Bench


def test_a_period_over_a_month_is_told_as_it_is_typed_and_before_it_is_saved(
    bench: Bench, draft: UUID
) -> None:
    bench.show(draft)
    bench.put("ends_on", "19/6/2026")
    assert "dépasse un mois" in bench.said("ends_on")[0]
    legal = bench.form.period.legal.text()
    assert legal.startswith(typeset("Dernier jour possible : 17 juin 2026"))
    bench.put("ends_on", "17/6/2026")
    assert bench.said("ends_on") == []


def test_what_the_rules_find_as_one_types_moves_no_field(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    monday = bench.form.timetable.week.lines[0]
    bench.put("ends_on", "22/5/2026")
    bench.form.area.ensureWidgetVisible(monday)
    QApplication.processEvents()

    def places() -> list[QPoint]:
        hours = [line.line for line in bench.form.timetable.week.lines]
        seen = [bench.field("tutor_name"), bench.field("ends_on"), *hours]
        return [each.mapTo(bench.page, QPoint()) for each in seen]

    before = places()
    bench.put("ends_on", "19/6/2026")
    monday.line.setFocus()
    bench.type("9h-8", Qt.Key.Key_Return)
    QApplication.processEvents()
    assert bench.said("ends_on") and monday.has_problem()
    assert places() == before


def test_what_is_missing_is_calm_and_what_is_wrong_is_red(bench: Bench, blank: UUID) -> None:
    bench.show(blank)
    assert bench.checklist == ["14 points à compléter"]
    assert bench.form.fields.fields["tasks"].state.text() == "à compléter"
    assert not bench.said("tasks")
    bench.put("tasks", "Accueillir")
    assert bench.form.fields.fields["tasks"].state.text() == ""
    assert bench.checklist == ["13 points à compléter"]


def test_a_line_of_the_checklist_goes_to_its_field(bench: Bench, blank: UUID) -> None:
    bench.show(blank)
    checklist = bench.form.head.checklist
    bench.click(checklist.line_at(0))
    line = checklist.texts().index("Les objectifs précis de l’immersion sont à écrire.")
    bench.click(checklist.line_at(line))
    assert bench.focus is bench.field("objectives")


def test_what_concerns_the_person_opens_their_page(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    with database.write(new_act()) as session:
        session.get_one(m.Person, office.person).birth_date = None
    bench.show(draft)
    assert "naissance" in bench.form.person.remark.text()
    checklist = bench.form.head.checklist
    bench.click(checklist.line_at(0))
    bench.click(checklist.line_at(1))
    page = bench.window.current_page()
    assert isinstance(page, Elsewhere)
    assert page.target == PersonTarget(office.person, field="person.birth_date")


def test_a_new_person_is_completed_without_leaving_the_form(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    with database.write(new_act()) as session:
        who = session.get_one(m.Person, office.person)
        who.nationality = who.address = who.birth_city = who.birth_place = None
        for contact in session.scalars(select(m.PersonContact)):
            contact.deleted_at = contact.created_at
    bench.show(draft)
    record = bench.form.person.record
    assert record.summary.text() == "5 mentions à compléter"
    checklist = bench.form.head.checklist
    bench.click(checklist.line_at(0))
    bench.click(checklist.line_at(checklist.texts().index("Le lieu de naissance est à saisir.")))
    assert bench.focus is bench.field("person.birth_city")
    bench.type("Conakry")
    combo = bench.field("person.nationality")
    assert isinstance(combo, QComboBox)
    combo.setFocus()
    bench.press(Qt.Key.Key_F)
    bench.put("person.address", "4 allée des Tilleuls")
    bench.put("emergency.name", "Mariama Diallo")
    bench.put("emergency.phone", "06 39 98 00 12")
    bench.press(Qt.Key.Key_Tab)
    assert bench.form.issue_button.isEnabled()
    assert record.summary.text() == "Identité, adresse, personne à prévenir"
    stored = bench.stored(draft)
    assert stored.findings == ()
    assert stored.paper.beneficiary.emergency.phone == "06 39 98 00 12"


def test_a_birth_name_that_is_not_known_is_asked_and_said_to_be_the_same_in_one_click(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    with database.write(new_act()) as session:
        session.get_one(m.Person, office.person).birth_name = None
    bench.show(draft)
    assert not bench.form.issue_button.isEnabled()
    same = bench.form.person.same_name
    assert same.isVisible()
    bench.click(same)
    assert not same.isVisible()
    assert bench.stored(draft).paper.beneficiary.birth_name == "Diallo"
    assert bench.form.issue_button.isEnabled()


def test_the_civility_is_chosen_in_the_form_and_the_paper_ticks_it(
    bench: Bench, draft: UUID
) -> None:
    bench.show(draft)
    bench.form.person.record.unfold()
    bench.field("person.civility").setFocus()
    bench.press(Qt.Key.Key_Down)
    assert bench.stored(draft).paper.beneficiary.civility is Civility.MRS
