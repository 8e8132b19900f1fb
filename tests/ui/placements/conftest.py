"""An office, its drafts, and the page that shows them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from connexion_desktop.data.database import Database
from connexion_desktop.domain.placement_file import NewPlacement
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.usecases import placements
from tests.factories import TODAY
from tests.placement_base import Office, drafted, furnished, new_act

from .bench import Bench


@pytest.fixture
def office(database: Database) -> Office:
    return furnished(database)


@pytest.fixture
def draft(database: Database, office: Office) -> UUID:
    """A draft of which everything is typed."""
    with database.write(new_act()) as session:
        return drafted(session, office)


@pytest.fixture
def blank(database: Database, office: Office) -> UUID:
    """A draft of which nothing is typed."""
    command = NewPlacement(UUID(int=7), office.person, TODAY)
    with database.write(new_act()) as session:
        return placements.create(session, command)


@pytest.fixture
def bench(
    qtbot: QtBot, jobs: Jobs, database: Database, office: Office, tmp_path: Path
) -> Iterator[Bench]:
    made = Bench(qtbot, jobs, database, tmp_path)
    yield made
    made.window.finish()
    made.window.deleteLater()
