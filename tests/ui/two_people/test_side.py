"""Two people on what stands beside the feed: a project, an obstacle, a family."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from connexion_desktop import usecases
from connexion_desktop.data import models as m
from connexion_desktop.domain.person_commands import ObstacleEdit, ProjectEdit
from connexion_desktop.domain.person_file import ProjectState
from connexion_desktop.ui.widgets.conflict_line import ConflictLine
from tests.factories import TODAY

from ..colleague import nadia
from ..office import Office
from ..walking import LONG
from .bench import ALT

Two = tuple[UUID, UUID]


def _journey(office: Office, who: UUID) -> UUID:
    found = office.scalar(sa.select(m.Journey.id).where(m.Journey.person_id == who))
    assert isinstance(found, UUID)
    return found


def _nadia_chooses(office: Office, who: UUID, label: str, state: ProjectState) -> None:
    edit = ProjectEdit(_journey(office, who), 1, label, state)
    nadia(office.database, lambda session: usecases.person_side.set_project(session, edit))


def _project(office: Office) -> list[tuple[object, ...]]:
    return office.rows(sa.select(m.ProjectChoice.label, m.ProjectChoice.state))


def types_a_trade(office: Office, who: UUID) -> QLineEdit:
    office.open(who)
    trade = office.page.side.project.trades[0]
    trade.setFocus()
    trade.selectAll()
    office.type(trade, "Agent de service")
    return trade


def meets(office: Office) -> ConflictLine:
    """What is to be chosen under the first trade once it is left."""
    project = office.page.side.project
    project.trades[0].flush()
    office.qtbot.waitUntil(lambda: project.conflict(1) is not None, timeout=LONG)
    line = project.conflict(1)
    assert line is not None
    return line


def test_a_trade_and_how_sure_it_is_are_chosen_together(office: Office, twelve: Two) -> None:
    who = twelve[0]
    trade = types_a_trade(office, who)
    _nadia_chooses(office, who, "Aide-soignante", ProjectState.CONFIRMED)
    office.settle()
    assert trade.text() == "Agent de service"
    line = meets(office)
    assert line.words.text().startswith("Nadia Ferrand a changé ce choix à ")
    assert "Aide-soignante, " in line.words.text()
    office.key(trade, Qt.Key.Key_G, ALT)
    office.qtbot.waitUntil(lambda: office.page.side.project.conflict(1) is None, timeout=LONG)
    office.settle()
    assert _project(office) == [("Agent de service", "explore")]


def test_the_trade_of_the_other_may_be_taken(office: Office, twelve: Two) -> None:
    who = twelve[0]
    trade = types_a_trade(office, who)
    _nadia_chooses(office, who, "Magasinier", ProjectState.TO_CONFIRM)
    line = meets(office)
    office.click(line.theirs)
    office.page.flush()
    office.settle()
    assert trade.text() == "Magasinier"
    assert _project(office) == [("Magasinier", "to_confirm")]


def test_trades_typed_on_are_no_conflict_with_oneself(office: Office, twelve: Two) -> None:
    office.open(twelve[0])
    project = office.page.side.project
    trade = project.trades[0]
    for text in ("Agent", " de", " service"):
        office.type(trade, text)
        trade.flush()
    office.settle()
    assert project.conflict(1) is None
    assert office.failed == []


def _levels(office: Office) -> list[tuple[object, ...]]:
    return office.rows(sa.select(m.ObstacleLevel.level).where(m.ObstacleLevel.stage == "follow_up"))


def test_an_obstacle_set_by_the_other_is_told_and_stays(office: Office, twelve: Two) -> None:
    who = twelve[0]
    office.open(who)
    rows = office.page.side.obstacles.rows
    office.key(rows, Qt.Key.Key_Down)
    assert "4 sur 5" in rows.told(rows.current_row())
    edit = ObstacleEdit(_journey(office, who), "famille", 2, TODAY)
    nadia(office.database, lambda session: usecases.person_side.set_obstacle(session, edit))
    office.key(rows, Qt.Key.Key_5)  # the page has not heard of it yet
    assert office.failed[-1].what.startswith("Nadia Ferrand a changé « Frein : ")
    assert _levels(office) == [(2,)]
    office.key(rows, Qt.Key.Key_5)
    assert _levels(office) == [(5,)]
    office.key(rows, Qt.Key.Key_3)
    assert _levels(office) == [(3,)]
