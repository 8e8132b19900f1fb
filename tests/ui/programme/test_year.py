"""A year of groups on one view."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from benchmarks.bases import TODAY
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.ui.pages.programme.tabs import TABS
from connexion_desktop.ui.pages.programme.year_pane import YearPane
from connexion_desktop.ui.pages.settings import SettingsPage
from connexion_desktop.ui.pages.settings.records import SitesPane
from connexion_desktop.ui.pages.settings.thresholds import ThresholdsPane

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
    assert pane.title.text() == (
        "2026 · 1 groupe sur 4 : 1 à Bordeaux · il manque Bordeaux, Pessac, Talence"
        " · 1 commencé avant"
    )
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


def test_enter_on_the_group_shown_comes_back_to_the_week_of_today(programmes: Programmes) -> None:
    programmes.go_to("Se présenter")
    programmes.press(Qt.Key.Key_PageUp, ALT)
    programmes.press(Qt.Key.Key_PageUp, ALT)
    assert TODAY not in programmes.days()
    pane = year(programmes)
    pane.grid.setCurrentIndex(pane.grid.year_model.index(shown(pane).index("Bordeaux · mars 2026")))
    programmes.press(Qt.Key.Key_Return)
    assert TODAY in programmes.days()


def test_what_is_set_in_the_settings_is_what_the_year_is_compared_to(
    programmes: Programmes,
) -> None:
    pane = year(programmes)
    programmes.go("settings")
    page = programmes.front(SettingsPage)
    page.open(SettingsSection.SITES)
    programmes.wait()
    sites = page.pane
    assert isinstance(sites, SitesPane)
    for name, count in (("Bordeaux", "1"), ("Pessac", "0"), ("Talence", "vingt")):
        names = [row.text("name") for row in sites.model.rows()]
        sites.table.put_row(names.index(name))
        programmes.wait()
        field = sites.form.fields["sessions"]
        field.take_focus()
        field.editor.selectAll()  # type: ignore[attr-defined]
        programmes.type(count)
        programmes.press(Qt.Key.Key_Tab)
    assert field.state.text() == "Il faut un nombre entier, de 0 à 99."
    field.restore()
    page.open(SettingsSection.THRESHOLDS)
    programmes.wait()
    thresholds = page.pane
    assert isinstance(thresholds, ThresholdsPane)
    total = thresholds.boxes["programme.sessions_per_year"].field
    total.take_focus()
    total.editor.selectAll()  # type: ignore[attr-defined]
    programmes.type("2")
    programmes.press(Qt.Key.Key_Tab)
    programmes.go("programme")
    assert pane.title.text() == (
        "2026 · 1 groupe sur 2 : 1 à Bordeaux · il manque Talence · 1 commencé avant"
    )


def test_a_click_opens_a_group_and_arrows_walk_them(programmes: Programmes) -> None:
    pane = year(programmes)
    programmes.press(Qt.Key.Key_Home)
    programmes.press(Qt.Key.Key_Down)
    assert pane.grid.currentIndex().row() == 1
    at = pane.grid.visualRect(pane.grid.year_model.index(0)).center()
    QTest.mouseClick(pane.grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    programmes.wait()
    assert programmes.window.header.title.words() == shown(pane)[0]
