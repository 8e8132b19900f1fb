"""The presences of a group on the shared server: who marks, who only reads, who sees nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.board import BoardQuery, Presence
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presence_grid import PresenceGrid
from connexion_desktop.domain.presences import MARK, REASON, CellKey, MarkCell, MarkCells, Slot
from connexion_desktop.usecases import presence_reads, presences
from tests import factories as make
from tests import servers
from tests.factories import TODAY

NewAct = Callable[..., Act]
MORNING = Slot(TODAY, Half.MORNING)


@pytest.fixture
def group(server: Store) -> tuple[UUID, UUID]:
    """(group, journey) of Nadia's, where Aïssatou is expected this morning."""
    with server.bulk() as session:
        nadia = session.scalars(
            sa.select(m.Staff.id).where(m.Staff.login == servers.NADIA.login)
        ).one()
        cohort = make.cohort(session, conseiller_id=nadia)
        journey = make.participant(session, cohort)[1]
        make.put(
            session,
            m.Meeting(
                cohort_id=cohort, on=TODAY, start=540, end=720, kind="atelier", title="Mon CV"
            ),
        )
    return cohort, journey


def seen_by(store: Store, cohort: UUID) -> PresenceGrid:
    with store.read() as session:
        return presence_reads.load(session, BoardQuery(cohort, TODAY))


def mark(store: Store, act: Act, journey: UUID, **values: object) -> None:
    command = MarkCells((MarkCell(CellKey(journey, MORNING), values),), TODAY)
    with store.write(act) as session:
        presences.mark(session, command)


def act_of(hand: servers.Hand, act: NewAct) -> Act:
    return act("Présence notée", author=f"{hand.given} {hand.family}")


def test_who_follows_the_group_marks_and_the_secretariat_never_reads_why(
    office: servers.Office, group: tuple[UUID, UUID], act: NewAct, tmp_path: Path
) -> None:
    cohort, journey = group
    nadia = office.opened(servers.NADIA, tmp_path)
    assert seen_by(nadia, cohort).may_mark
    mark(nadia, act_of(servers.NADIA, act), journey, **{MARK: Presence.EXCUSED, REASON: "sante"})
    assert seen_by(nadia, cohort).cell(journey, MORNING).reason == "sante"
    solene = office.opened(servers.SOLENE, tmp_path)
    grid = seen_by(solene, cohort)
    cell = grid.cell(journey, MORNING)
    assert (cell.mark, cell.reason) == (Presence.EXCUSED, "")
    assert grid.reasons is None and not grid.may_mark
    with pytest.raises(UserError):
        mark(solene, act_of(servers.SOLENE, act), journey, **{MARK: Presence.PRESENT})
    assert seen_by(nadia, cohort).cell(journey, MORNING).mark is Presence.EXCUSED


def test_a_colleague_s_group_is_not_shown(
    office: servers.Office, group: tuple[UUID, UUID], tmp_path: Path
) -> None:
    grid = seen_by(office.opened(servers.KARIM, tmp_path), group[0])
    assert grid.cohort is not None and grid.cohort.is_closed_to_me
    assert not grid.people and not grid.may_mark


def test_who_is_conseiller_and_secretariat_reads_a_colleague_s_group(
    office: servers.Office, group: tuple[UUID, UUID], tmp_path: Path
) -> None:
    grid = seen_by(office.opened(servers.BRUNO, tmp_path), group[0])
    assert len(grid.people) == 1 and not grid.may_mark
