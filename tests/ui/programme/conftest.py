from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.ui.jobs import Jobs
from tests import factories as make
from tests.factories import TODAY, days
from tests.ui.group.bench import TWELVE

from ..walking import Walk
from .activity_bench import Desk
from .pages import Programmes
from .presence_bench import Bench


@pytest.fixture
def programmes(walk: Walk) -> Programmes:
    return Programmes(walk)


@pytest.fixture
def desk(programmes: Programmes) -> Desk:
    return Desk(programmes)


@pytest.fixture
def cohort(database: Database) -> UUID:
    """Twelve people, three weeks of Mondays and Tuesdays: those past are marked."""
    with database.bulk() as session:
        cohort = make.cohort(session)
        journeys = [make.participant(session, cohort, *name)[1] for name in TWELVE]
        for week in (-2, -1, 0, 1):
            for day in (-1, 0):
                on = days(7 * week + day)
                for half, start in (("am", 540), ("pm", 810)):
                    meeting = make.put(
                        session,
                        m.Meeting(
                            cohort_id=cohort, on=on, start=start, end=start + 180,
                            kind="atelier", title="Atelier", state="planned",
                        ),
                    )  # fmt: skip
                    if on < TODAY:
                        for journey in journeys:
                            make.mark(session, journey, on, "P", half, meeting_id=meeting)
    return cohort


@pytest.fixture
def bench(qtbot: QtBot, jobs: Jobs, database: Database, cohort: UUID) -> Iterator[Bench]:
    made = Bench(qtbot, jobs, database, cohort)
    yield made
    made.settle()
    made.window.finish()
