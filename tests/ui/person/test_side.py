"""Beside the feed: obstacles, families, trades."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from PySide6.QtCore import QPoint, Qt

from connexion_desktop.data import models as m
from connexion_desktop.domain.person_file import ProjectState

from ..office import Office


def test_a_digit_or_a_click_says_the_level_of_an_obstacle(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    rows = office.page.side.obstacles.rows
    assert [rows.row(row).theme for row in range(rows.count())] == ["mobilite", "famille"]
    rows.setFocus()
    office.key(rows, Qt.Key.Key_Down)
    office.key(rows, Qt.Key.Key_2)
    assert (rows.row(1).entry, rows.row(1).today) == (4, 2)
    marks = rows.marks_rect(0)
    office.click(rows, QPoint(marks.left() + 3, marks.center().y()))
    assert rows.row(0).today == 1
    assert "Se déplace sans difficulté" in rows.tip(0, 1)
    office.key(rows, Qt.Key.Key_0)
    assert rows.row(0).today == 3


def test_the_other_obstacles_are_one_click_away(office: Office, twelve: tuple[UUID, UUID]) -> None:
    office.open(twelve[0])
    panel = office.page.side.obstacles
    assessed = panel.rows.count()
    assert 0 < assessed < 10
    office.click(panel.others)
    assert panel.rows.count() == 10
    assert panel.rows.told(0) == "Logement : non évalué"
    office.open(twelve[1])
    office.open(twelve[0])
    assert panel.rows.count() == assessed


def test_a_family_is_discovered_and_given_its_stars(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    panel = office.page.side.families
    assert panel.counted.text() == "0 découverte sur 1"
    panel.rows.setFocus()
    office.key(panel.rows, Qt.Key.Key_Space)
    assert panel.counted.text() == "1 découverte sur 1"
    office.key(panel.rows, Qt.Key.Key_4)
    assert (panel.rows.row(0).discovered, panel.rows.row(0).interest) == (True, 4)
    panel.menu().actions()[0].trigger()
    office.settle()
    assert panel.counted.text() == "1 découverte sur 2"
    panel.rows.go_to(1)
    office.key(panel.rows, Qt.Key.Key_Delete)
    assert panel.rows.count() == 1


def test_the_trades_are_written_and_confirmed_in_place(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    panel = office.page.side.project
    office.click(panel.badges[0])
    assert panel.badges[0].state() is ProjectState.TO_CONFIRM
    trade = panel.trades[1]
    trade.setFocus()
    office.type(trade, "Agente hôtelière")
    office.key(trade, Qt.Key.Key_Return)
    kept = sa.select(m.ProjectChoice.rank, m.ProjectChoice.label, m.ProjectChoice.state)
    assert sorted(office.rows(kept)) == [
        (1, "Aide-soignante", "to_confirm"),
        (2, "Agente hôtelière", "explore"),
    ]
    assert panel.badges[1].isVisible()
