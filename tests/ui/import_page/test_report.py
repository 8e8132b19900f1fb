"""Importing, the report, undoing."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from connexion_desktop.data import models as m
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.import_rows import RowStatus
from connexion_desktop.usecases.undo import next_steps, redo_last, undo
from tests.usecases.importing import alive, bring_in, named
from tests.workbooks import office_sheets, person, tables

from ..elsewhere import Elsewhere
from .bench import Bench, count


def test_enter_imports_and_the_report_tells_what_is_left(bench: Bench) -> None:
    bench.drop(bench.office(person(NOM="SANSPRÉNOM")))
    assert bench.form.import_button.hasFocus()
    bench.key(Qt.Key.Key_Return)
    assert count(bench.database) == 8
    assert bench.report.isVisible()
    assert bench.report.made.text().startswith("Ajoutés : 1 groupe, 8 personnes")
    assert "3 valeurs à vérifier, 1 ligne laissée de côté" in bench.texts()
    assert (
        "• Participants, ligne 14, colonne C (Prénom) : cellule vide."
        in bench.report.left.toPlainText()
    )


def test_the_journal_does_not_repeat_the_name_of_the_file(bench: Bench) -> None:
    """A file may be named after somebody, and more people read the journal than imports."""
    file = bench.office()
    bench.drop(file)
    bench.key(Qt.Key.Key_Return)
    with bench.database.read() as session:
        labels = session.scalars(select(m.DoneCommand.label)).all()
    assert labels == ["Import d’un tableau"]
    (batch,) = alive(bench.database, m.ImportBatch)
    assert batch.report["file"] == file.name


def test_enter_in_the_table_imports_too(bench: Bench) -> None:
    bench.drop(bench.office())
    bench.form.table.setFocus()
    bench.key(Qt.Key.Key_Return)
    assert count(bench.database) == 8


def test_enter_on_a_chip_presses_the_chip(bench: Bench) -> None:
    bench.drop(bench.office())
    bench.form.chips[RowStatus.DOUBTFUL].setFocus()
    bench.key(Qt.Key.Key_Return)
    assert len(bench.shown()) == 2
    assert count(bench.database) == 0


def test_the_group_is_one_click_away(bench: Bench) -> None:
    bench.drop(bench.office())
    bench.click(bench.form.import_button)
    bench.click(bench.report.see)
    page = bench.window.current_page()
    assert isinstance(page, Elsewhere)
    assert page.target == alive(bench.database, m.Cohort)[0].id


def test_the_import_is_undone_in_one_click_then_done_again(bench: Bench) -> None:
    bench.drop(bench.office())
    bench.click(bench.form.import_button)
    bench.click(bench.report.undo)
    assert count(bench.database) == 0
    assert "Import annulé" in bench.texts()
    bench.click(bench.report.again)
    assert "nouveau · Aïssatou Diallo" in bench.shown()
    bench.click(bench.form.import_button)
    assert count(bench.database) == 8


def test_an_import_that_cannot_be_undone_says_why(bench: Bench, act: Callable[..., Act]) -> None:
    bench.drop(bench.office())
    bench.click(bench.form.import_button)
    with bench.database.write(act("Corriger", author="Bruno Petit")) as session:
        session.get_one(m.Person, named(bench.database, "Léo").id).city = "Pessac"
    bench.click(bench.report.undo)
    assert "Bruno Petit" in bench.banners()[0]
    assert count(bench.database) == 8
    assert bench.report.undo.isEnabled()


def test_the_report_stays_at_hand_in_the_menu(bench: Bench) -> None:
    with pytest.raises(KeyError):
        bench.window.actions_.get("import-report")
    bench.drop(bench.office())
    bench.click(bench.form.import_button)
    bench.window.go("group")
    bench.window.go("import")
    assert bench.page.welcome.isVisible()
    bench.window.actions_.get("import-report").trigger()
    assert bench.report.isVisible()
    assert bench.report.undo.isVisible()


def test_the_report_of_an_import_undone_elsewhere_says_so(bench: Bench) -> None:
    bench.drop(bench.office())
    bench.click(bench.form.import_button)
    bench.window.go("group")
    with bench.database.write(Act("Anne Martin", "Annulation", uuid4())) as session:
        last, _ = next_steps(session, "Anne Martin")
        assert last is not None
        undo(session, last.command_id)
    bench.window.actions_.get("import-report").trigger()
    bench.settle()
    assert bench.report.made.text().startswith("Annulé le ")
    assert not bench.report.see.isVisible() and not bench.report.undo.isVisible()
    assert bench.report.again.isVisible()
    bench.window.go("import", bench.office())
    bench.settle()
    bench.window.actions_.get("import-report").trigger()
    bench.settle()
    assert not bench.report.again.isVisible(), "another file is at hand"
    with bench.database.write(Act("Anne Martin", "Rétablissement", uuid4())) as session:
        redo_last(session, "Anne Martin")
    bench.window.actions_.get("import-report").trigger()
    bench.settle()
    assert bench.report.undo.isVisible(), "it was done again"


def test_the_report_stands_under_the_import_in_its_menu(bench: Bench) -> None:
    for id in ("import", "quit"):
        bench.window.actions_.add(id, id, "", lambda: None, menu="Fichier")
    bench.drop(bench.office())
    bench.click(bench.form.import_button)
    order = [entry.id for entry in bench.window.actions_.entries("Fichier")]
    assert order == ["import", "import-report", "quit"]


def test_the_same_file_twice_says_that_nothing_changes(bench: Bench) -> None:
    bring_in(bench.database, tables(office_sheets()))
    bench.drop(bench.office())
    assert bench.form.chips[RowStatus.KNOWN].accessibleName() == "Déjà connues 16"
    assert bench.form.import_button.text() == "Rien à importer"
    assert "Rien à importer : les 16 lignes sont déjà connues." in bench.texts()
    assert not bench.form.import_button.isEnabled()
    bench.key(Qt.Key.Key_Escape)
    assert bench.window.current_page() is not bench.page
    assert count(bench.database) == 8
