"""A séance on the shared server: each role is offered what it may change of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.domain.acts import Act
from connexion_desktop.ui.pages.programme import ProgrammePage
from tests import factories as make
from tests import servers
from tests.factories import TODAY

from .window import Workstation

Sign = Callable[..., Act]


@pytest.fixture
def meeting(team: servers.Office, sign: Sign, tmp_path: Path) -> tuple[UUID, UUID]:
    """(a group of Nadia's, a séance where one of its two people is expected)."""
    with team.opened(servers.NADIA, tmp_path).write(sign("Groupe")) as session:
        nadia = session.scalar(sa.select(m.Staff.id).where(m.Staff.login == servers.NADIA.login))
        cohort = make.cohort(session, conseiller_id=nadia)
        named, _other = (make.participant(session, cohort, name)[1] for name in ("Awa", "Léa"))
        row = m.Meeting(
            cohort_id=cohort, on=TODAY, start=540, end=720, kind="atelier", title="Mon CV"
        )
        made = make.put(session, row)
        make.put(session, m.MeetingParticipant(meeting_id=made, journey_id=named))
    return cohort, made


@pytest.mark.parametrize(("hand", "may"), [(servers.NADIA, True), (servers.SOLENE, False)])
def test_who_is_expected_is_ticked_by_who_follows_the_group_alone(
    workstation: Workstation, meeting: tuple[UUID, UUID], hand: servers.Hand, *, may: bool
) -> None:
    cohort, made = meeting
    workstation.open(hand)
    workstation.window.go("programme", cohort)
    workstation.wait()
    page = workstation.window.current_page()
    assert isinstance(page, ProgrammePage)
    page.open_meeting(made)
    workstation.wait()
    people = page.beside.panel.people
    assert people.heading.text() == "Attendu : 1 sur 2"
    assert [box.isEnabled() for box in people.boxes.values()] == [may, may]
    assert (people.all.isVisible(), people.reserved.isVisible()) == (may, not may)
    assert people.guests.isVisible() == may
