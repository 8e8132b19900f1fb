"""Nothing typed is lost."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.usecases import undo
from tests.placement_base import AUTHOR, LAST, Office, new_act

from .bench import Bench


def test_what_is_being_typed_is_saved_when_another_immersion_is_chosen(
    bench: Bench, database: Database, office: Office, draft: UUID, blank: UUID
) -> None:
    bench.show(draft)
    bench.put("objectives", "Voir aussi une nuit")
    bench.click_row(blank)
    assert bench.stored(draft).values["objectives"] == "Voir aussi une nuit"
    assert bench.stored(blank).values["objectives"] is None
    assert bench.field("objectives").property("plainText") == ""


def test_a_date_that_cannot_be_read_comes_back_where_it_was_typed(
    bench: Bench, draft: UUID, blank: UUID
) -> None:
    bench.show(draft)
    bench.put("ends_on", "32/13")
    bench.click_row(blank)
    assert bench.field("ends_on").property("text") == ""
    bench.click_row(draft)
    bench.until(lambda: bench.field("ends_on").property("text") == "32/13")
    assert bench.stored(draft).values["ends_on"] == LAST


def test_what_is_being_typed_is_saved_on_leaving_the_page(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.put("evaluation", "Carnet de bord")
    bench.window.go("person", None)
    assert bench.stored(draft).values["evaluation"] == "Carnet de bord"


def test_an_undone_edit_is_seen_at_once(bench: Bench, database: Database, draft: UUID) -> None:
    bench.show(draft)
    bench.put("trade", "Cuisinière")
    bench.press(Qt.Key.Key_Return)
    bench.settle()
    with database.write(new_act()) as session:
        step = undo.undo_last(session, AUTHOR)
        assert step is not None
        assert step.text == "Métier : immersion modifiée · Aïssatou Diallo"
    bench.until(lambda: bench.field("trade").property("text") == "Aide-soignante")


def test_a_suggested_trade_is_the_one_of_the_project(
    bench: Bench, database: Database, office: Office, blank: UUID
) -> None:
    with database.write(new_act()) as session:
        session.add(m.ProjectChoice(journey_id=office.journey, rank=1, label="Aide-soignante"))
    bench.show(blank)
    assert bench.form.purpose._trades.stringList()[0] == "Aide-soignante"


def test_no_protection_is_an_answer(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    ppe = bench.form.fields.fields["ppe"]
    bench.click(ppe.yes)  # type: ignore[attr-defined]
    bench.type("Chaussures prêtées", Qt.Key.Key_Return)
    assert bench.stored(draft).values["ppe"] == "Chaussures prêtées"
    bench.click(ppe.no)  # type: ignore[attr-defined]
    assert bench.stored(draft).values["ppe"] == ""


def test_a_draft_is_thrown_away_after_a_question(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.choose("Supprimer le brouillon")
    bench.press(Qt.Key.Key_Return)
    bench.until(lambda: bench.page.stack.currentWidget() is bench.page.empty)
