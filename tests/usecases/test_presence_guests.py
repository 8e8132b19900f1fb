"""Those of other groups that a séance expects: marked in its own group's grid too, as far as who
asks may say so."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.board import BoardQuery, Presence
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.period import month_of
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presence_grid import PresenceGrid
from connexion_desktop.domain.presences import MARK, AllPresent, CellKey, MarkCell, MarkCells, Slot
from connexion_desktop.usecases import presence_papers, presence_reads, presences
from tests import factories as make
from tests import servers
from tests.factories import START, TODAY

from .presence_group import AFTERNOON, MORNING, Group, NewAct

Sign = Callable[..., Act]
P, A = Presence.PRESENT, Presence.ABSENT


@pytest.fixture
def group(database: Store, act: NewAct) -> Group:
    with database.bulk() as session:
        return Group(database, act, make.cohort(session))


@pytest.fixture
def other(database: Store, act: NewAct) -> Group:
    with database.bulk() as session:
        return Group(database, act, make.cohort(session, "Talence · mars 2026"))


def test_a_guest_has_a_line_and_is_marked_there_as_in_the_grid_of_theirs(
    group: Group, other: Group
) -> None:
    own, guest = group.join("Aïssatou"), other.join("Malik")
    group.plan(MORNING, people=(own, guest))
    other.plan(AFTERNOON)
    other.mark(guest, AFTERNOON, {MARK: A})
    (shown,) = group.grid.guests
    assert shown.told == "Malik Diallo (Talence · mars 2026)"
    assert not group.grid.reserved
    assert [each.slot for each in group.grid.columns] == [MORNING], "not the days of another group"
    group.mark(guest, MORNING, {MARK: P})
    assert group.cell(guest).mark is other.cell(guest).mark is P
    assert group.cell(guest).minutes == 180
    assert (group.grid.count(MORNING).came, other.grid.guests) == (1, ())
    group.undo()
    assert group.cell(guest).mark is other.cell(guest).mark is None


def test_everybody_came_takes_the_guests_where_they_are_expected_and_nowhere_else(
    group: Group, other: Group
) -> None:
    own, guest = group.join("Aïssatou"), other.join("Malik")
    group.plan(MORNING, people=(own, guest))
    group.plan(AFTERNOON)
    other.plan(AFTERNOON)
    assert not group.cell(guest, AFTERNOON).is_expected
    assert len(group.grid.to_mark((MORNING, AFTERNOON), guests=True)) == 3
    assert group.all_present(MORNING, AFTERNOON) == 3
    assert other.cell(guest).mark is P
    assert other.cell(guest, AFTERNOON).mark is None


def test_a_guest_who_is_not_marked_yet_holds_no_month_back(group: Group, other: Group) -> None:
    own, guest = group.join("Aïssatou"), other.join("Malik")
    slot = Slot(START, Half.MORNING)
    group.plan(slot, people=(own, guest))
    group.mark(own, slot, {MARK: P})
    with group.database.write(group.act("Mois envoyé")) as session:
        assert presence_papers.send(session, group.cohort, month_of(START), TODAY) == 1


class Shared:
    """A séance of a group on the server, where one of another group of the same conseiller is
    expected; that other group is then handed to somebody, where `to` is given."""

    def __init__(
        self,
        server: Store,
        host: Store,
        sign: Callable[[], Act],
        hand: servers.Hand,
        to: servers.Hand | None = None,
    ) -> None:
        self.host, self.sign = host, sign
        with server.bulk() as session:
            self.cohort = make.cohort(session, conseiller_id=_staff(session, hand))
            theirs = make.cohort(session, "Talence", conseiller_id=_staff(session, hand))
            self.own = make.participant(session, self.cohort, "Awa")[1]
            self.guest = make.participant(session, theirs, "Malik")[1]
            meeting = make.put(
                session,
                m.Meeting(
                    cohort_id=self.cohort, on=TODAY, start=540, end=720, kind="atelier",
                    title="Mon CV",
                ),
            )  # fmt: skip
        with host.write(sign()) as session:
            for journey in (self.own, self.guest):
                session.add(m.MeetingParticipant(meeting_id=meeting, journey_id=journey))
        if to is not None:
            with server.bulk() as session:
                handed = session.get(m.Cohort, theirs)
                assert handed is not None
                handed.conseiller_id = _staff(session, to)

    @property
    def grid(self) -> PresenceGrid:
        with self.host.read() as session:
            return presence_reads.load(session, BoardQuery(self.cohort, TODAY))

    def everybody(self) -> int:
        with self.host.write(self.sign()) as session:
            return presences.all_present(session, AllPresent(self.cohort, (MORNING,), TODAY))


def _staff(session: Session, hand: servers.Hand) -> UUID:
    return session.scalars(sa.select(m.Staff.id).where(m.Staff.login == hand.login)).one()


@pytest.fixture
def shared(
    server: Store, office: servers.Office, act: Sign, tmp_path: Path
) -> Callable[..., Shared]:
    def made(hand: servers.Hand, to: servers.Hand | None = None) -> Shared:
        sign = partial(act, "Présence notée", author=f"{hand.given} {hand.family}")
        return Shared(server, office.opened(hand, tmp_path), sign, hand, to)

    return made


def test_who_follows_both_groups_marks_the_guest_on_the_server(
    shared: Callable[..., Shared],
) -> None:
    held = shared(servers.NADIA)
    assert [each.journey_id for each in held.grid.guests] == [held.guest]
    assert held.everybody() == 2
    assert held.grid.cell(held.guest, MORNING).mark is P


def test_the_guest_of_a_colleague_who_is_seen_says_who_marks_them(
    shared: Callable[..., Shared],
) -> None:
    held = shared(servers.BRUNO, servers.NADIA)
    grid = held.grid
    (guest,) = grid.guests
    assert grid.reserved == {held.guest} and grid.may_mark
    assert grid.reserved_told(guest) == "présence notée par qui suit « Talence »"
    assert held.everybody() == 1
    assert held.grid.cell(held.guest, MORNING).mark is None
    command = MarkCells((MarkCell(CellKey(held.guest, MORNING), {MARK: P}),), TODAY)
    with pytest.raises(UserError), held.host.write(held.sign()) as session:
        presences.mark(session, command)


def test_the_guest_of_a_colleague_who_is_not_shown_holds_nothing_back(
    shared: Callable[..., Shared],
) -> None:
    held = shared(servers.KARIM, servers.NADIA)
    assert not held.grid.guests
    assert held.everybody() == 1
