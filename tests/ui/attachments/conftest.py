"""A window on somebody's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.ui.jobs import Jobs
from tests import factories as make

from .bench import Bench


@pytest.fixture
def people(database: Database, act: Callable[..., Act]) -> tuple[UUID, UUID]:
    """Aïssatou and Koffi."""
    with database.write(act()) as session:
        group = make.cohort(session)
        first, _ = make.participant(session, group)
        second, _ = make.participant(session, group, "Koffi", "N’Guessan")
    return first, second


@pytest.fixture
def bench(
    qtbot: QtBot, jobs: Jobs, database: Database, people: tuple[UUID, UUID]
) -> Iterator[Bench]:
    made = Bench(qtbot, jobs, database)
    made.open(people[0])
    yield made
    qtbot.waitUntil(lambda: jobs.is_idle)
