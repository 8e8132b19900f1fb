"""The group that the people enter, and the start of a new one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from tests import factories
from tests.usecases.importing import alive, bring_in
from tests.workbooks import office_sheets, save_csv, tables

from .bench import Bench, count

# --- the group ---------------------------------------------------------------------------------


@pytest.fixture
def talence(database: Database, act: Callable[..., Act]) -> None:
    with database.write(act()) as session:
        factories.cohort(session, "Talence printemps")


def test_the_groups_there_are_are_offered(bench: Bench, talence: None) -> None:
    bench.drop(bench.office())
    names = [bench.form.cohort.itemText(row) for row in range(bench.form.cohort.count())]
    assert names == ["Talence printemps"]
    completer = bench.form.cohort.completer()
    assert completer is not None
    completer.setCompletionPrefix("print")
    assert completer.completionCount() == 1


def test_another_group_is_looked_at_and_imported_into(bench: Bench, talence: None) -> None:
    bench.drop(bench.office())
    bench.type_group("talence printemps")
    bench.key(Qt.Key.Key_Return)
    assert "groupe existant" in bench.texts()
    assert bench.form.import_button.hasFocus()
    assert count(bench.database) == 0
    bench.key(Qt.Key.Key_Return)
    assert bench.report.isVisible()
    assert [each.name for each in alive(bench.database, m.Cohort)] == ["Talence printemps"]


def test_a_group_is_found_by_three_letters(bench: Bench, talence: None) -> None:
    bench.drop(bench.office())
    bench.type_group("pri")
    completer = bench.form.cohort.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    assert popup.isVisible()
    bench.press(popup, Qt.Key.Key_Down)
    bench.press(popup, Qt.Key.Key_Return)
    assert bench.form.group == "Talence printemps"
    assert "groupe existant" in bench.texts()
    assert count(bench.database) == 0


def test_without_a_group_it_is_refused_in_place(bench: Bench) -> None:
    bench.drop(bench.office())
    bench.type_group(" ")
    bench.click(bench.form.import_button)
    assert "nom du groupe" in bench.banners()[0]
    assert bench.form.isVisible()
    assert count(bench.database) == 0


# --- the start of a new group ------------------------------------------------------------------


def undated(bench: Bench) -> Path:
    return save_csv(
        bench.folder / "sans-entree.csv", [("NOM", "Prénom", "Né(e) le"), ("ROUX", "Inès", "1991")]
    )


def test_a_new_group_starts_on_the_day_when_most_enter_and_says_so(bench: Bench) -> None:
    bench.drop(bench.office())
    assert bench.form.start.isVisible()
    assert bench.form.start.text() == "02/03/2026"
    bench.click(bench.form.import_button)
    assert alive(bench.database, m.Cohort)[0].starts_on == date(2026, 3, 2)


def test_a_start_that_the_file_does_not_say_is_asked_with_what_happens_else(bench: Bench) -> None:
    bench.drop(undated(bench))
    assert bench.form.start.text() == ""
    assert "à dire : sinon il commence cette semaine, le 20 avril 2026" in bench.texts()
    bench.type_into(bench.form.start, "3/3")
    bench.press(bench.form.start, Qt.Key.Key_Return)
    assert "à dire" not in bench.texts()
    assert bench.form.start.text() == "03/03/2026"
    bench.click(bench.form.import_button)
    assert alive(bench.database, m.Cohort)[0].starts_on == date(2026, 3, 3)


def test_a_start_that_is_no_date_stops_the_import_where_it_is_typed(bench: Bench) -> None:
    bench.drop(bench.office())
    bench.type_into(bench.form.start, "32/13")
    bench.click(bench.form.import_button)
    assert bench.form.isVisible()
    assert bench.form.start.property("invalid")
    assert "il n’y a pas de mois 13" in bench.texts().lower()
    assert alive(bench.database, m.Cohort) == []


def test_a_start_that_is_no_date_stays_when_the_group_is_named_otherwise(bench: Bench) -> None:
    bench.drop(undated(bench))
    bench.type_into(bench.form.start, "3 mras 2026")
    line = bench.form.cohort.lineEdit()
    assert line is not None
    line.setFocus()
    line.selectAll()
    bench.type_into(line, "Cenon")
    bench.press(line, Qt.Key.Key_Return)
    bench.settle()
    assert bench.form.start.text() == "3 mras 2026"
    bench.click(bench.form.import_button)
    assert alive(bench.database, m.Cohort) == []


def test_the_start_of_a_group_that_is_there_is_not_asked(bench: Bench) -> None:
    bring_in(bench.database, tables(office_sheets()))
    bench.drop(bench.office())
    assert not bench.form.start.isVisible()
