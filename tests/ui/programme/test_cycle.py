"""The whole cycle as a list: walked, opened, given away."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QHeaderView

from connexion_desktop import usecases
from connexion_desktop.data import models as m
from connexion_desktop.domain.meetings import MeetingState
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.programme.words import TINTS
from connexion_desktop.ui.print_preview import PrintPreview
from connexion_desktop.ui.widgets import badge

from ..walking import Walk
from .pages import CONTROL, Programmes, draw, new_group


def cycle(programmes: Programmes) -> None:
    programmes.press(Qt.Key.Key_T, CONTROL)
    assert programmes.page.cycle.table.hasFocus()


def test_ctrl_t_shows_every_seance_of_the_cycle_by_day(programmes: Programmes) -> None:
    cycle(programmes)
    rows = programmes.page.cycle.model.rows()
    assert len(rows) == 74
    assert rows[0].title == "Accueil : faire connaissance"
    assert [row.on for row in rows] == sorted(row.on for row in rows)
    texts = [column.text(rows[-1]) for column in programmes.page.cycle.model.columns]
    assert texts[:4] == ["12", "mardi 26 mai", "13 h 30 – 16 h 30", "Démarches et recherches"]


def test_on_a_laptop_the_day_the_title_and_the_state_are_read_whole(programmes: Programmes) -> None:
    programmes.window.resize(1366, 768)
    new_group(programmes, "7/9")
    programmes.act("programme.draw")
    draw(programmes)
    cycle(programmes)
    table, model = programmes.page.cycle.table, programmes.page.cycle.model
    titles = [column.title for column in model.columns]
    in_sight = model.rows()[: table.rowAt(table.viewport().height() - 1)]
    assert len(in_sight) > 10
    for place in (titles.index("Jour"), titles.index("Séance")):
        column = model.columns[place]
        metrics = QFontMetrics(theme.font("body", bold=column.bold))
        for words in {column.text(row) for row in in_sight}:
            assert table.columnWidth(place) >= metrics.horizontalAdvance(words) + 18, words
    planned = badge.size("prévue", TINTS[MeetingState.PLANNED], icon="").width()
    assert table.columnWidth(titles.index("État")) >= planned + 18
    assert not table.isColumnHidden(titles.index("Lieu"))


def test_what_is_to_be_checked_is_in_sight_on_a_laptop_and_the_titles_whole(
    programmes: Programmes,
) -> None:
    programmes.window.resize(1366, 768)
    for site in ("Pessac", "Talence"):
        new_group(programmes, "7/9", site)
        programmes.act("programme.draw")
        draw(programmes)
    cycle(programmes)
    table, model = programmes.page.cycle.table, programmes.page.cycle.model
    titles = [column.title for column in model.columns]
    wrong = titles.index("À vérifier")
    assert table.isColumnHidden(wrong), "there is nothing to check"
    programmes.meanwhile(in_one_room("Accueil : faire connaissance"))
    assert not table.isColumnHidden(wrong)
    assert {model.columns[wrong].text(row) for row in model.rows()} == {
        "",
        "Même lieu que « Accueil : faire connaissance », Pessac · septembre 2026",
    }
    shown = [place for place in range(len(titles)) if not table.isColumnHidden(place)]
    assert sum(map(table.columnWidth, shown)) <= table.viewport().width()
    header = table.horizontalHeader()
    assert [titles[place] for place in shown if cut(header, place)] == []


def in_one_room(title: str) -> Callable[[usecases.Session], object]:
    """Every séance of that title is held there."""

    def write(session: usecases.Session) -> None:
        for row in session.scalars(sa.select(m.Meeting).where(m.Meeting.title == title)):
            row.place = "Salle bleue"

    return write


def cut(header: QHeaderView, place: int) -> bool:
    """Whether a title lacks room."""
    title = str(header.model().headerData(place, Qt.Orientation.Horizontal))
    wanted = QFontMetrics(theme.font("small")).horizontalAdvance(title) + 18
    return header.sectionSize(place) < wanted


def test_enter_opens_a_seance_beside_the_list_and_arrows_change_it(programmes: Programmes) -> None:
    cycle(programmes)
    programmes.press(Qt.Key.Key_Home)
    programmes.press(Qt.Key.Key_Return)
    panel = programmes.page.beside.panel
    assert panel.fields.title.text() == "Accueil : faire connaissance"
    programmes.page.cycle.table.setFocus()
    programmes.press(Qt.Key.Key_Down)
    assert panel.fields.title.text() == "Cuisine"
    programmes.press(Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_the_list_is_copied_and_saved(programmes: Programmes, walk: Walk, tmp_path: Path) -> None:
    cycle(programmes)
    programmes.press(Qt.Key.Key_Home)
    programmes.press(Qt.Key.Key_C, CONTROL)
    walk.until(lambda: "Accueil : faire connaissance" in QApplication.clipboard().text())
    programmes.page.lists.save_to(tmp_path / "programme.csv")
    walk.until(lambda: "Enregistré" in programmes.told)
    with (tmp_path / "programme.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file, delimiter=";"))
    assert lines[0][:4] == ["Semaine", "Jour", "Heures", "Séance"]
    assert len(lines) == 75


def test_ctrl_p_prints_the_cycle_from_the_week_too(programmes: Programmes, walk: Walk) -> None:
    programmes.press(Qt.Key.Key_P, CONTROL)
    walk.until(lambda: any(p.is_drawn for p in programmes.window.findChildren(PrintPreview)))
    (preview,) = programmes.window.findChildren(PrintPreview)
    preview.close()


def test_the_tab_chosen_is_found_again(programmes: Programmes) -> None:
    cycle(programmes)
    programmes.press(Qt.Key.Key_1, CONTROL)
    programmes.press(Qt.Key.Key_3, CONTROL)
    assert programmes.page.cycle.isVisible()
