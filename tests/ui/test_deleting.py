"""Taking away with Suppr what was made by mistake, and bringing it back with Ctrl+Z."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from connexion_desktop.domain.equipment import NewEquipment
from connexion_desktop.ui.pages.equipment import EquipmentPage
from connexion_desktop.ui.pages.list_page import ListPage
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.ui.pages.placements import PlacementsPage
from connexion_desktop.usecases import loans

from .names import unnamed
from .walking import Walk

UNDO = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def press(
    walk: Walk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(QApplication.focusWidget() or walk.window, key, modifier)
    walk.wait()
    QApplication.processEvents()
    walk.wait()


def test_a_computer_never_lent_goes_and_comes_back(walk: Walk) -> None:
    walk.go("equipment")
    page = walk.window.current_page()
    assert isinstance(page, EquipmentPage)
    command = NewEquipment(uuid4(), "PC-ESSAI")
    page.desk.jobs.write(page, lambda session: loans.add(session, command), label="Nouveau")
    walk.until(lambda: page.model.place_of(command.id) is not None)
    page.table.put_current(command.id, anew=True)
    page.table.setFocus()
    press(walk, Qt.Key.Key_Delete)
    assert page.model.place_of(command.id) is None
    assert walk.window.status.news.text() == "Matériel supprimé · Ctrl+Z pour annuler"
    press(walk, *UNDO)
    assert page.model.place_of(command.id) is not None


@pytest.mark.parametrize(
    ("name", "why"), [("groups", "dans ce groupe"), ("equipment", "déjà été prêté")]
)
def test_what_others_count_on_stays_and_says_why(walk: Walk, name: str, why: str) -> None:
    walk.go(name)
    page = walk.window.current_page()
    assert isinstance(page, ListPage)
    page.table.setFocus()
    before = len(page.model.rows())
    press(walk, Qt.Key.Key_Delete)
    assert len(page.model.rows()) == before
    assert why in walk.window.banners.shown()[0].problem.what


def test_suppr_in_the_field_that_finds_only_erases_letters(walk: Walk) -> None:
    walk.go("people")
    page = walk.window.current_page()
    assert isinstance(page, ListPage)
    before = len(page.model.rows())
    page.search.setText("zzz")
    page.search.setFocus()
    page.search.home(False)
    press(walk, Qt.Key.Key_Delete)
    assert page.search.text() == "zz"
    page.search.clear()
    assert len(page.model.rows()) == before


def test_several_rows_are_not_taken_away_at_once(walk: Walk) -> None:
    walk.go("people")
    page = walk.window.current_page()
    assert isinstance(page, ListPage)
    before = len(page.model.rows())
    page.table.setFocus()
    page.table.selectAll()
    press(walk, Qt.Key.Key_Delete)
    assert len(page.model.rows()) == before
    assert "une seule ligne" in walk.window.status.news.text()


def test_a_draft_goes_from_the_list_and_comes_back(walk: Walk) -> None:
    walk.go("placements")
    page = walk.window.current_page()
    assert isinstance(page, PlacementsPage)
    first = page.list.first()
    assert first is not None
    page.list.view.setFocus()
    assert page.acts.menu() is not None
    press(walk, Qt.Key.Key_Delete)
    walk.until(lambda: not page.list.model.index_of(first.id).isValid())
    assert walk.window.status.news.text() == "Brouillon supprimé · Ctrl+Z pour annuler"
    press(walk, *UNDO)
    walk.until(lambda: page.list.model.index_of(first.id).isValid())


def test_somebody_met_by_mistake_goes_from_their_own_page(walk: Walk) -> None:
    walk.go("people")
    people = walk.window.current_page()
    assert isinstance(people, ListPage)
    met = next(row for row in people.model.rows() if row.line.state == "met")
    people.open_row(met.id)
    walk.wait()
    page = walk.window.current_page()
    assert isinstance(page, PersonPage)
    walk.window.actions_.get("person.delete").trigger()
    walk.until(lambda: walk.window.current_page() is people)
    walk.wait()
    assert people.model.place_of(met.id) is None
    assert not walk.window.banners.shown()
    assert not unnamed(people)
    press(walk, *UNDO)
    assert people.model.place_of(met.id) is not None
