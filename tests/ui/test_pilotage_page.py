"""What was achieved, looked into: in the real window, with real keys and clicks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from connexion_desktop.data import models as m
from connexion_desktop.domain.period import Period
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.ui.pages.pilotage import PilotagePage

from .hands import Hands
from .walking import Walk

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Pilotage(Hands):
    """The page, and what the keyboard does there."""

    def __init__(self, walk: Walk) -> None:
        super().__init__(walk)
        self.go("pilotage")
        self.wait()

    @property
    def page(self) -> PilotagePage:
        return self.front(PilotagePage)

    def wait(self) -> None:
        """Twice: what is answered asks for more."""
        for _ in range(2):
            super().wait()

    def number(self, code: str) -> str:
        return self.page.tiles.tile(code).accessibleName()

    def names(self) -> list[str]:
        return [line.name for line in self.page.detail.lines()]

    def ask(self, first: date, last: date) -> None:
        self.page.bar.put_period(Period(first, last))
        self.wait()


@pytest.fixture
def pilotage(walk: Walk) -> Pilotage:
    return Pilotage(walk)


def test_the_year_is_counted_as_soon_as_the_page_is_opened(pilotage: Pilotage) -> None:
    assert pilotage.number("met") == "Personnes rencontrées : 26"
    assert pilotage.number("attendance") == "Taux de présence : 88\u00a0%"
    assert pilotage.page.detail.heading.text() == "Personnes rencontrées"
    assert "premier contact" in pilotage.page.detail.rule.text()
    assert len(pilotage.names()) == 26


def test_the_arrows_walk_among_the_figures_and_enter_goes_to_the_list_then_to_somebody(
    pilotage: Pilotage,
) -> None:
    pilotage.press(Qt.Key.Key_Right)
    assert pilotage.page.detail.heading.text() == "Entrées"
    assert len(pilotage.names()) == 12
    pilotage.press(Qt.Key.Key_Down)
    assert pilotage.page.detail.heading.text() == "Absences"
    pilotage.press(Qt.Key.Key_Up)
    pilotage.press(Qt.Key.Key_Return)
    assert pilotage.page.detail.table.hasFocus()
    first = pilotage.names()[0]
    pilotage.press(Qt.Key.Key_Return)
    page = pilotage.walk.window.current_page()
    assert isinstance(page, PersonPage)
    assert first in pilotage.walk.window.status.summary.text()


def test_escape_goes_back_from_the_list_to_the_figure(pilotage: Pilotage) -> None:
    pilotage.press(Qt.Key.Key_Return)
    assert pilotage.page.detail.table.hasFocus()
    pilotage.press(Qt.Key.Key_Escape)
    assert pilotage.page.tiles.tile("met").hasFocus()


def test_a_bar_keeps_those_it_counts_and_gives_the_others_back(pilotage: Pilotage) -> None:
    page = pilotage.page
    page.choose("placements")
    pilotage.wait()
    chart = page.detail.chart
    assert [(bar.label, bar.told) for bar in chart.bars] == [
        ("Découvrir un métier", "5"), ("Confirmer un projet", "7"), ("Initier un recrutement", "2"),
    ]  # fmt: skip
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place_of(2).center())
    assert len(pilotage.names()) == 2
    assert page.detail.count.text() == "2 lignes · Initier un recrutement"
    chart.setFocus()
    pilotage.press(Qt.Key.Key_Up)
    pilotage.press(Qt.Key.Key_Space)
    assert len(pilotage.names()) == 7
    pilotage.press(Qt.Key.Key_Space)
    assert len(pilotage.names()) == 14


def test_every_bar_of_every_figure_keeps_as_many_as_it_says(pilotage: Pilotage) -> None:
    page = pilotage.page
    assert page.report is not None
    page.choose("entered")
    pilotage.wait()
    for way in page.report.figure("entered").breakdowns:
        page.detail.ways.chip(way.title).click()
        for rank, bar in enumerate(page.detail.chart.bars):
            chart = page.detail.chart
            QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place_of(rank).center())
            assert str(len(pilotage.names())) == bar.told, (way.title, bar.label)


def test_another_period_is_typed_or_chosen_and_counted_at_once(pilotage: Pilotage) -> None:
    first = pilotage.page.bar.first
    first.setFocus()
    first.selectAll()
    QTest.keyClicks(first, "1/4/2026")
    pilotage.press(Qt.Key.Key_Return)
    assert pilotage.number("entered") == "Entrées : 0"
    assert pilotage.page.bar.usual.text() == "Autre période"
    pilotage.ask(date(2026, 3, 1), date(2026, 3, 31))
    assert pilotage.number("entered") == "Entrées : 12"
    assert pilotage.page.bar.usual.text() == "Mars 2026"


def test_a_period_upside_down_is_told_and_changes_nothing(pilotage: Pilotage) -> None:
    pilotage.ask(date(2026, 4, 2), date(2026, 4, 1))
    assert "avant de commencer" in pilotage.walk.window.banners.shown()[0].problem.what
    assert pilotage.number("met") == "Personnes rencontrées : 26"


def test_a_site_then_a_group_narrow_what_is_counted(pilotage: Pilotage) -> None:
    bar = pilotage.page.bar
    bar.site.setCurrentText("Talence")
    bar.site.activated.emit(bar.site.currentIndex())
    pilotage.wait()
    assert pilotage.number("present") == "Personnes présentes : 12"
    pilotage.page.refresh()
    pilotage.wait()
    assert bar.site.currentText() == "Talence"
    assert pilotage.number("present") == "Personnes présentes : 12"
    bar.site.setCurrentIndex(0)
    bar.group.setCurrentText("Pessac · mars 2025")
    bar.group.activated.emit(bar.group.currentIndex())
    pilotage.wait()
    assert pilotage.number("present") == "Personnes présentes : 1"
    assert pilotage.walk.window.header.title.words() == "Pilotage"


def test_what_nobody_knows_yet_is_a_dash_with_its_reason(pilotage: Pilotage) -> None:
    pilotage.ask(date(2027, 1, 1), date(2027, 12, 31))
    assert pilotage.number("met") == "Personnes rencontrées : non connu"
    assert pilotage.page.detail.remark.text() == "Non connu : la période n’a pas commencé."
    assert pilotage.names() == []


def test_a_count_given_up_leaves_what_was_asked_and_what_is_seen_in_agreement(
    pilotage: Pilotage,
) -> None:
    page = pilotage.page
    page.bar.put_period(Period(date(2026, 3, 1), date(2026, 3, 31)))
    assert page.job is not None
    page.job.cancel()
    pilotage.wait()
    assert page.bar.usual.text() == "Année 2026"
    assert pilotage.number("entered") == "Entrées : 12"
    page.choose("entered")
    pilotage.wait()
    assert len(pilotage.names()) == 12


def test_the_usual_periods_are_those_of_the_day_it_is(pilotage: Pilotage) -> None:
    menu = pilotage.page.bar.usual.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    (month,) = [act for act in menu.actions() if act.text() == "Ce mois-ci"]
    month.trigger()
    pilotage.wait()
    assert pilotage.page.bar.usual.text() == "Avril 2026"


def test_the_report_is_seen_before_it_is_printed(pilotage: Pilotage) -> None:
    pilotage.press(Qt.Key.Key_R, CONTROL)
    pilotage.walk.until(lambda: pilotage.page.paper.is_drawn)
    assert pilotage.page.beside.currentWidget() is pilotage.page.paper
    pilotage.press(Qt.Key.Key_R, CONTROL)
    assert pilotage.page.beside.currentWidget() is pilotage.page.detail
    pilotage.press(Qt.Key.Key_R, CONTROL)
    pilotage.press(Qt.Key.Key_Escape)
    assert pilotage.page.beside.currentWidget() is pilotage.page.detail
    assert pilotage.page.tiles.tile("met").hasFocus()


def test_the_report_is_saved_without_names_and_with_them_when_asked(
    pilotage: Pilotage, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    pilotage.page.save_to(path)
    pilotage.wait()
    assert "Entrées" not in load_workbook(path).sheetnames
    pilotage.page.save_to(path, named=True)
    pilotage.wait()
    assert "Entrées" in load_workbook(path).sheetnames
    for kind in (".pdf", ".docx", ".csv"):
        pilotage.page.save_to(path.with_suffix(kind))
        pilotage.wait()
        assert path.with_suffix(kind).exists()


def test_an_empty_report_is_not_saved(pilotage: Pilotage, tmp_path: Path) -> None:
    pilotage.ask(date(2027, 1, 1), date(2027, 12, 31))
    pilotage.page.save_to(tmp_path / "a.pdf")
    pilotage.wait()
    assert "rien à compter" in pilotage.walk.window.banners.shown()[0].problem.what
    assert not (tmp_path / "a.pdf").exists()


def test_the_lines_selected_go_to_the_clipboard(pilotage: Pilotage) -> None:
    pilotage.page.choose("entered")
    pilotage.wait()
    pilotage.page.detail.table.setFocus()
    pilotage.press(Qt.Key.Key_A, CONTROL)
    pilotage.press(Qt.Key.Key_C, CONTROL)
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == 13
    assert lines[0].startswith("Personne\tDate")


def test_figures_follow_what_is_saved_meanwhile(pilotage: Pilotage) -> None:
    pilotage.walk.window.jobs.write(
        pilotage.page,
        lambda session: session.add(
            m.Person(number="P-99999", given_name="Lina", met_on=date(2026, 4, 20))
        ),
        label="Nouvelle personne",
    )
    pilotage.wait()
    pilotage.wait()
    assert pilotage.number("met") == "Personnes rencontrées : 27"
    assert len(pilotage.names()) == 27
