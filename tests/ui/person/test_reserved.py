"""The page of a person, for the secretariat of a shared server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from pytestqt.qtbot import QtBot

from connexion_desktop.data import models as m
from connexion_desktop.domain.acts import Act
from connexion_desktop.ui.jobs import Jobs
from tests import factories as make
from tests import servers
from tests.factories import TODAY

from ..office import Office

Open = Callable[[servers.Hand], Office]


@pytest.fixture
def aissatou(shared_office: servers.Office, tmp_path: Path, act: Callable[..., Act]) -> UUID:
    """Of Nadia's group, with a note and an obstacle."""
    with shared_office.opened(servers.NADIA, tmp_path).write(act()) as session:
        me = session.scalars(sa.select(m.Staff.id).where(m.Staff.login == "n.ferrand")).one()
        who, journey = make.participant(session, make.cohort(session, conseiller_id=me))
        make.note(session, who, TODAY)
        make.put(session, m.ObstacleLevel(journey_id=journey, theme="sante", level=2, on=TODAY))
    return who


@pytest.fixture
def opened(qtbot: QtBot, shared_office: servers.Office, tmp_path: Path) -> Iterator[Open]:
    """Open the page as somebody of the team."""
    made: list[Office] = []

    def open_as(hand: servers.Hand) -> Office:
        store, jobs = shared_office.opened(hand, tmp_path), Jobs()
        jobs.attach(store, store.author)
        made.append(Office(qtbot, jobs, store))
        return made[-1]

    yield open_as
    for office in made:
        office.settle()
        office.window.close()
        office.jobs.stop()


def test_the_secretariat_is_told_what_is_reserved_instead_of_nothing(
    opened: Open, aissatou: UUID
) -> None:
    office = opened(servers.SOLENE)
    office.open(aissatou)
    page = office.page
    assert not page.journal.writer.isVisible()
    assert page.journal.reserved.isVisible()
    assert page.side.reserved.isVisible()
    for panel in (page.side.project, page.side.obstacles, page.side.families, page.side.nothing):
        assert not panel.isVisible()
    assert "Vue au café." not in str(office.titles())


def test_the_conseiller_reads_and_writes_all(opened: Open, aissatou: UUID) -> None:
    office = opened(servers.NADIA)
    office.open(aissatou)
    page = office.page
    assert page.journal.writer.isVisible()
    assert page.side.obstacles.isVisible()
    assert not page.journal.reserved.isVisible()
    office.write("Bilan écrit.")
    assert len(office.items()) >= 2
