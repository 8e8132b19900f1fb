"""Twelve people on a real base, and the page that shows them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from connexion_desktop.data.database import Database
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.jobs import Jobs
from tests import factories as make
from tests.factories import START, days

from .bench import TWELVE, Bench


@pytest.fixture
def people(database: Database) -> dict[str, UUID]:
    """Twelve people: Océane is silent, Karim's immersion runs unsigned, six have a computer."""
    found = {}
    with database.bulk() as session:
        cohort = make.cohort(session, conseiller_id=make.staff(session))
        for rank, (given, family) in enumerate(TWELVE):
            who, going = make.participant(session, cohort, given, family)
            found[given] = who
            make.talk(session, who, days(-16 if given == "Océane" else -2))
            make.mark(session, going, START, "P")
            if rank % 2:
                make.laptop(session, who, f"PC-{rank:03d}", days(100))
        make.placement(session, found["Karim"], "to_sign", days(-3), days(5))
        make.action(session, found["Léo"], "Visite chantier", days(7))
        make.action(session, found["Elif"], "Bilan PMSMP", days(6))
        make.paper(session, found["Léo"], "autorisation", "asked")
    return found


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "reglages.json")


@pytest.fixture
def bench(qtbot: QtBot, jobs: Jobs, settings: Settings, people: dict[str, UUID]) -> Iterator[Bench]:
    made = Bench(qtbot, jobs, settings)
    yield made
    made.window.finish()


@pytest.fixture
def bare(qtbot: QtBot, jobs: Jobs, settings: Settings, database: Database) -> Iterator[Bench]:
    """On a base without any group."""
    made = Bench(qtbot, jobs, settings)
    yield made
    made.window.finish()
