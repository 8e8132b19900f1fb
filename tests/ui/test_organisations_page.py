"""The structures, in the real window: reached from Immersions, mended, taken away."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from connexion_desktop.ui.pages.organisations import OrganisationsPage
from connexion_desktop.ui.pages.placements import PlacementsPage
from connexion_desktop.ui.sheets import Sheet

from .hands import Hands
from .walking import Walk

CONTROL = Qt.KeyboardModifier.ControlModifier


class Structures(Hands):
    """The page, and the keys of who works there."""

    def __init__(self, walk: Walk) -> None:
        super().__init__(walk)
        self.go("placements")
        self.front(PlacementsPage).list.hosts_button.click()
        self.wait()

    @property
    def page(self) -> OrganisationsPage:
        return self.front(OrganisationsPage)

    def names(self) -> list[str]:
        return [row.name for row in self.page.model.rows()]

    def choose(self, name: str) -> Any:
        row = next(row for row in self.page.model.rows() if row.name == name)
        self.page.table.put_current(row.id, anew=False)
        self.page.table.setFocus()
        return row

    def unused(self) -> str:
        return next(row.name for row in self.page.model.rows() if not row.past)


@pytest.fixture
def structures(walk: Walk) -> Structures:
    return Structures(walk)


def test_they_are_reached_from_the_immersions_and_found(structures: Structures) -> None:
    assert structures.names() == sorted(structures.names(), key=str.lower)
    assert structures.window.status.summary.text() == f"{len(structures.names())} structures"
    structures.page.table.setFocus()
    for letter in "tilleul":
        QTest.keyClicks(QApplication.focusWidget() or structures.window, letter)
    assert structures.names() == ["Maison Tilleul"]
    structures.press(Qt.Key.Key_Return)
    assert structures.page.editing.isVisible()


def test_f2_mends_one_and_ctrl_z_gives_it_back(structures: Structures) -> None:
    row = structures.choose("Maison Tilleul")
    structures.press(Qt.Key.Key_F2)
    strip = structures.page.editing
    assert strip.fields["name"].hasFocus()
    assert strip.fields["name"].selectedText() == "Maison Tilleul"
    strip.fields["city"].setText("Lormont")
    QTest.keyClick(strip.fields["city"], Qt.Key.Key_Return)
    structures.walk.wait()
    assert structures.page.row(row.id).city == "Lormont"  # type: ignore[union-attr]
    assert not strip.isVisible() and structures.page.table.hasFocus()
    structures.press(Qt.Key.Key_Z, CONTROL)
    structures.walk.until(lambda: structures.page.row(row.id).city == row.city)  # type: ignore[union-attr]


def test_a_number_that_is_no_siret_is_said_and_nothing_is_lost(structures: Structures) -> None:
    structures.choose("Maison Tilleul")
    structures.press(Qt.Key.Key_F2)
    strip = structures.page.editing
    strip.fields["siret"].setText("123")
    strip.act_button.click()
    structures.walk.wait()
    assert strip.isVisible() and strip.problem.text()
    assert strip.fields["siret"].text() == "123"


def test_ctrl_n_writes_one_more_and_del_takes_it_away(structures: Structures) -> None:
    before = structures.names()
    structures.press(Qt.Key.Key_N, CONTROL)
    QTest.keyClicks(structures.page.adding.name, "Atelier du Phare")
    structures.press(Qt.Key.Key_Return)
    assert set(structures.names()) - set(before) == {"Atelier du Phare"}
    structures.press(Qt.Key.Key_Escape)
    structures.choose("Atelier du Phare")
    structures.press(Qt.Key.Key_Delete)
    assert structures.names() == before
    assert structures.window.status.news.text() == "Structure supprimée · Ctrl+Z pour annuler"


def test_one_where_an_immersion_was_done_stays(structures: Structures) -> None:
    structures.choose("Maison Tilleul")
    structures.press(Qt.Key.Key_Delete)
    assert "Maison Tilleul" in structures.names()
    (banner,) = structures.window.banners.shown()
    assert "une immersion" in banner.problem.what


def test_ctrl_h_tells_what_became_of_it(structures: Structures) -> None:
    structures.choose("Maison Tilleul")
    structures.press(Qt.Key.Key_F2)
    structures.page.editing.fields["city"].setText("Lormont")
    structures.page.editing.act_button.click()
    structures.walk.wait()
    structures.choose("Maison Tilleul")
    structures.press(Qt.Key.Key_H, CONTROL)
    structures.walk.until(lambda: structures.window.findChild(Sheet) is not None)
    sheet = structures.window.findChild(Sheet)
    assert isinstance(sheet, Sheet)
    structures.walk.until(
        lambda: any("Lormont" in each.text() for each in sheet.findChildren(QLabel))
    )


def test_its_immersions_are_a_click_away(structures: Structures) -> None:
    structures.choose("Maison Tilleul")
    structures.window.actions_.get("organisations.placements").trigger()
    structures.walk.wait()
    placements = structures.window.current_page()
    assert isinstance(placements, PlacementsPage)
    assert placements.list.search.text() == "Maison Tilleul"
