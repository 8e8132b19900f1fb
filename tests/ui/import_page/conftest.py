"""A window on an empty base."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from connexion_desktop.data.database import Database
from connexion_desktop.ui.jobs import Jobs

from .bench import Bench


@pytest.fixture
def bench(qtbot: QtBot, jobs: Jobs, database: Database, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, jobs, database, tmp_path)
    yield made
    made.settle()
