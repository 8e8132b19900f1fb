"""A year of groups on one view."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from connexion_desktop.ui.pages.programme.tabs import TABS
from connexion_desktop.ui.pages.programme.year_pane import YearPane

from .pages import ALT, Programmes


def year(programmes: Programmes) -> YearPane:
    programmes.page.tabs.setCurrentIndex([words for words, _, _ in TABS].index("Année"))
    programmes.wait()
    pane = programmes.page.pane
    assert isinstance(pane, YearPane)
    pane.take_focus()
    return pane


def shown(pane: YearPane) -> list[str]:
    rows = pane.grid.year_model
    groups = (rows.group(row) for row in range(rows.rowCount()))
    return [group.name for group in groups if group is not None]


def test_every_group_of_the_year_is_there_with_who_leads_it(programmes: Programmes) -> None:
    pane = year(programmes)
    assert pane.title.text() == "2026 · 1 groupe : 1 à Bordeaux"
    assert sorted(shown(pane)) == ["Bordeaux · mars 2026", "Talence · décembre 2025"]
    seen = QAccessible.queryAccessibleInterface(pane.grid)
    assert seen is not None
    said = [seen.child(row).text(QAccessible.Text.Name) for row in range(2)]
    assert any("Nadia Ferrand, 12 personnes pour 12 places" in each for each in said)


def test_another_year_is_turned_to_by_keys_and_buttons(programmes: Programmes) -> None:
    pane = year(programmes)
    programmes.press(Qt.Key.Key_PageUp, ALT)
    assert pane.title.text().startswith("2025 · 2 groupes")
    QTest.mouseClick(pane.after, Qt.MouseButton.LeftButton)
    assert pane.title.text().startswith("2026")


def test_enter_shows_the_programme_of_a_group(programmes: Programmes) -> None:
    pane = year(programmes)
    pane.grid.setCurrentIndex(
        pane.grid.year_model.index(shown(pane).index("Talence · décembre 2025"))
    )
    programmes.press(Qt.Key.Key_Return)
    assert programmes.window.header.title.words() == "Talence · décembre 2025"
    assert programmes.page.week.isVisible()


def test_a_click_opens_a_group_and_arrows_walk_them(programmes: Programmes) -> None:
    pane = year(programmes)
    programmes.press(Qt.Key.Key_Home)
    programmes.press(Qt.Key.Key_Down)
    assert pane.grid.currentIndex().row() == 1
    at = pane.grid.visualRect(pane.grid.year_model.index(0)).center()
    QTest.mouseClick(pane.grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    programmes.wait()
    assert programmes.window.header.title.words() == shown(pane)[0]
