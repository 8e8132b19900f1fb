"""Where our computers are: lent and given back in the real window, with real keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from connexion_desktop.domain.equipment import EquipmentFilter, EquipmentRow, EquipmentState
from connexion_desktop.domain.names import fold
from connexion_desktop.ui.pages.equipment import EquipmentPage

from .walking import Walk


class Fleet:
    """The page, and what the keyboard does there."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self.window = walk.window
        walk.window.resize(1366, 768)
        walk.go("equipment")
        QApplication.processEvents()
        page = walk.window.current_page()
        assert isinstance(page, EquipmentPage)
        self.page = page

    @property
    def news(self) -> str:
        return self.window.status.news.text()

    def row(self, number: str) -> EquipmentRow:
        return next(row for row in self.page.model.rows() if row.number == number)

    def first(self, state: EquipmentState) -> EquipmentRow:
        return next(row for row in self.page.model.rows() if row.state is state)

    def enter_on(self, row: EquipmentRow) -> None:
        self.page.table.put_current(row.id)
        self.page.table.setFocus()
        self.press(Qt.Key.Key_Return)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(
            QApplication.activePopupWidget() or QApplication.focusWidget() or self.window, key
        )
        self.wait()

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(QApplication.focusWidget() or self.window, letter)
        self.wait()

    def wait(self) -> None:
        QApplication.processEvents()
        self._walk.wait()
        QApplication.processEvents()

    def lend_to(self, name: str) -> None:
        """Type somebody's name in the strip that is open, and take the one found."""
        strip = self.page.lending
        self.type(name)
        self.press(Qt.Key.Key_Return)
        self._walk.until(strip.due.hasFocus)


@pytest.fixture
def fleet(walk: Walk) -> Fleet:
    return Fleet(walk)


def test_the_fleet_is_there_with_who_has_what(fleet: Fleet) -> None:
    lent = fleet.first(EquipmentState.LENT)
    assert lent.person
    chip = fleet.page.counters.chip(EquipmentFilter.LENT)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert {row.state for row in fleet.page.model.rows()} == {EquipmentState.LENT}


def test_a_computer_is_found_by_who_has_it(fleet: Fleet) -> None:
    lent = fleet.first(EquipmentState.LENT)
    fleet.type(fold(lent.person.split()[-1]))
    assert lent.id in [row.id for row in fleet.page.model.rows()]
    assert len(fleet.page.model.rows()) < 5


def test_enter_lends_what_is_there(fleet: Fleet) -> None:
    free = fleet.first(EquipmentState.AVAILABLE)
    fleet.enter_on(free)
    assert fleet.page.lending.heading.text() == f"Prêter {free.number}"
    fleet.lend_to("petit")
    fleet.press(Qt.Key.Key_Return)
    found = fleet.row(free.number)
    assert (found.state, found.person) == (EquipmentState.LENT, "Léo Petit")
    assert not fleet.page.lending.isVisible()
    assert "Prêté à Léo Petit" in fleet.news


def test_nobody_chosen_is_said_in_place(fleet: Fleet) -> None:
    fleet.enter_on(fleet.first(EquipmentState.AVAILABLE))
    fleet.page.lending.act_button.click()
    assert "à qui" in fleet.page.lending.problem.text()
    assert fleet.page.lending.person.hasFocus()


def test_enter_takes_back_what_is_lent_and_ctrl_z_lends_it_again(fleet: Fleet) -> None:
    lent = fleet.first(EquipmentState.LENT)
    fleet.enter_on(lent)
    assert lent.person in fleet.page.returning.heading.text()
    fleet.press(Qt.Key.Key_Return)
    assert fleet.row(lent.number).state is EquipmentState.AVAILABLE
    fleet.window.actions_.get("undo").trigger()
    fleet.wait()
    assert fleet.row(lent.number).person == lent.person


def test_a_broken_computer_goes_to_repair(fleet: Fleet) -> None:
    lent = fleet.first(EquipmentState.LENT)
    fleet.enter_on(lent)
    fleet.page.returning.state.setCurrentText("En réparation")
    fleet.page.returning.condition.setFocus()
    fleet.type("Ecran fendu.")
    fleet.press(Qt.Key.Key_Return)
    found = fleet.row(lent.number)
    assert (found.state, found.condition) == (EquipmentState.REPAIR, "Ecran fendu.")
    fleet.enter_on(found)
    assert "en réparation" in fleet.news


def test_a_return_in_the_future_is_refused_in_place(fleet: Fleet) -> None:
    lent = fleet.first(EquipmentState.LENT)
    fleet.enter_on(lent)
    fleet.page.returning.day.selectAll()
    fleet.type("1/1/2030")
    fleet.press(Qt.Key.Key_Return)
    assert fleet.page.returning.problem.text()
    assert fleet.row(lent.number).state is EquipmentState.LENT


def test_a_new_computer_is_added_by_its_label(fleet: Fleet) -> None:
    before = len(fleet.page.model.rows())
    QTest.mouseClick(fleet.page.new, Qt.MouseButton.LeftButton)
    fleet.type("PC-900")
    fleet.press(Qt.Key.Key_Return)
    assert len(fleet.page.model.rows()) == before + 1
    assert fleet.page.arriving.number.text() == ""
    fleet.type("pc-900")
    fleet.press(Qt.Key.Key_Return)
    assert "déjà un" in fleet.page.arriving.problem.text()
    assert len(fleet.page.model.rows()) == before + 1


def test_escape_closes_and_keeps_what_was_begun(fleet: Fleet) -> None:
    free = fleet.first(EquipmentState.AVAILABLE)
    fleet.enter_on(free)
    fleet.page.lending.aim.setText("Refaire son CV")
    fleet.press(Qt.Key.Key_Escape)
    assert fleet.page.table.hasFocus()
    fleet.enter_on(free)
    assert fleet.page.lending.aim.text() == "Refaire son CV"
