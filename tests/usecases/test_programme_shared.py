"""The programme of a group on the shared server: the secretariat changes its séances, neither what
is noted there nor who is expected, and is told so before it is refused."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.attendance_paper import SheetRequest
from connexion_desktop.domain.board import BoardQuery, Presence
from connexion_desktop.domain.drawing_up import DrawUp
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.meetings import EditMeeting, MeetingState, NewMeeting, SetPeople
from connexion_desktop.domain.new_id import new_id
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presences import MARK, CellKey, MarkCell, MarkCells, Slot
from connexion_desktop.domain.programme import Programme
from connexion_desktop.usecases import attendance_sheets, meetings, presences, programme
from tests import factories as make
from tests import servers
from tests.factories import TODAY, days

NewAct = Callable[..., Act]


@dataclass(frozen=True)
class Shared:
    """A group of Nadia's, with Aïssatou and Malik; Aïssatou came this morning."""

    office: servers.Office
    act: NewAct
    folder: Path
    cohort: UUID
    journeys: tuple[UUID, UUID]
    morning: UUID
    then: UUID

    def opened(self, hand: servers.Hand) -> Store:
        return self.office.opened(hand, self.folder)

    def does(self, hand: servers.Hand, what: Callable[[Session], object]) -> None:
        act = self.act("Séance", author=f"{hand.given} {hand.family}")
        with self.opened(hand).write(act) as session:
            what(session)

    def seen_by(self, hand: servers.Hand) -> Programme:
        with self.opened(hand).read() as session:
            return programme.load(session, BoardQuery(self.cohort, TODAY))

    def minutes(self) -> int | None:
        with self.opened(servers.NADIA).read() as session:
            return session.scalars(sa.select(m.Attendance.minutes)).one()


@pytest.fixture
def shared(server: Store, office: servers.Office, act: NewAct, tmp_path: Path) -> Shared:
    with server.bulk() as session:
        nadia = session.scalars(
            sa.select(m.Staff.id).where(m.Staff.login == servers.NADIA.login)
        ).one()
        cohort = make.cohort(session, conseiller_id=nadia)
        both = tuple(make.participant(session, cohort, name)[1] for name in ("Aïssatou", "Malik"))
        morning, then = (
            make.put(
                session,
                m.Meeting(
                    cohort_id=cohort, on=TODAY, start=start, end=start + 90, kind="atelier",
                    title=title,
                ),
            )
            for title, start in (("Mon CV", 540), ("Suite", 630))
        )  # fmt: skip
    made = Shared(office, act, tmp_path, cohort, (both[0], both[1]), morning, then)
    came = MarkCell(CellKey(both[0], Slot(TODAY, Half.MORNING)), {MARK: Presence.PRESENT})
    made.does(servers.NADIA, lambda session: presences.mark(session, MarkCells((came,), TODAY)))
    assert made.minutes() == 180
    return made


def ends_at(meeting: UUID, end: int) -> Callable[[Session], object]:
    return lambda session: meetings.edit(session, EditMeeting(meeting, {"end": end}))


@pytest.mark.parametrize(("which", "end"), [("morning", 600), ("then", 700)])
def test_the_secretariat_is_told_whose_hours_it_would_change(
    shared: Shared, which: str, end: int
) -> None:
    meeting: UUID = getattr(shared, which)
    with pytest.raises(UserError, match="et ses heures changeraient") as refused:
        shared.does(servers.SOLENE, ends_at(meeting, end))
    assert "qui suit le groupe" in refused.value.todo
    assert shared.minutes() == 180
    shared.does(servers.NADIA, ends_at(shared.then, 700))
    assert shared.minutes() == 160


def test_the_secretariat_changes_all_that_changes_nobody_s_hours(shared: Shared) -> None:
    new = NewMeeting(new_id(), shared.cohort, days(1), 540, 720, "atelier", "Bilan")
    for what in (
        lambda session: meetings.edit(session, EditMeeting(shared.then, {"place": "Salle bleue"})),
        lambda session: meetings.set_state(session, shared.then, MeetingState.HELD),
        lambda session: meetings.add(session, new),
        ends_at(new.id, 600),
        lambda session: meetings.remove(session, new.id),
    ):
        shared.does(servers.SOLENE, what)
    told = {each.title: (each.place, each.state) for each in shared.seen_by(servers.NADIA).meetings}
    assert told == {
        "Mon CV": ("", MeetingState.PLANNED),
        "Suite": ("Salle bleue", MeetingState.HELD),
    }


def test_who_is_expected_is_offered_to_who_follows_the_group_alone(shared: Shared) -> None:
    for hand, may in ((servers.NADIA, True), (servers.SOLENE, False), (servers.BRUNO, False)):
        view = shared.seen_by(hand)
        assert [view.names_at(each) for each in view.meetings] == [may, may], hand.login


def test_one_is_offered_ones_own_people_of_other_groups_alone(
    server: Store, shared: Shared
) -> None:
    with server.bulk() as session:
        nadia, karim = make.staff(session), make.staff(session, "Karim", "Benali")
        hers, his = (
            make.participant(session, make.cohort(session, name, conseiller_id=staff), given)[1]
            for name, staff, given in (("Talence", nadia, "Malika"), ("Pessac", karim, "Malo"))
        )

    def offered(hand: servers.Hand) -> list[UUID]:
        with shared.opened(hand).read() as session:
            return [each.id for each in meetings.offered(session, shared.morning, "mal")]

    assert (offered(servers.NADIA), offered(servers.SOLENE)) == ([hers], [])
    shared.does(
        servers.NADIA,
        lambda session: meetings.set_people(session, SetPeople(shared.morning, added=(hers,))),
    )
    assert [each.name for each in shared.seen_by(servers.SOLENE).guests] == ["Malika Diallo"]
    with pytest.raises(UserError):
        shared.does(
            servers.NADIA,
            lambda session: meetings.set_people(session, SetPeople(shared.morning, added=(his,))),
        )


def test_a_programme_where_some_are_named_is_not_drawn_again_by_the_secretariat(
    shared: Shared,
) -> None:
    again = DrawUp(shared.cohort, None, TODAY)
    shared.does(servers.SOLENE, lambda session: programme.draw_up(session, again))
    some = NewMeeting(
        new_id(), shared.cohort, days(7), 1020, 1080, "visite", "Visite", people=shared.journeys[:1]
    )
    shared.does(servers.NADIA, lambda session: meetings.add(session, some))
    before = len(shared.seen_by(servers.SOLENE).meetings)
    alone = pytest.raises(UserError, match="Une séance n’attend que certaines personnes")
    with alone, shared.opened(servers.SOLENE).read() as session:
        programme.preview(session, again)
    with pytest.raises(UserError, match="n’attend que certaines personnes"):
        shared.does(servers.SOLENE, lambda session: meetings.remove(session, some.id))
    assert len(shared.seen_by(servers.SOLENE).meetings) == before
    shared.does(servers.NADIA, lambda session: programme.draw_up(session, again))
    titles = {each.title for each in shared.seen_by(servers.NADIA).meetings}
    assert "Visite" not in titles and "Mon CV" in titles


def at_once(
    shared: Shared,
    first: tuple[servers.Hand, Callable[[Session], object]],
    other: tuple[servers.Hand, Callable[[Session], object]],
) -> None:
    """What the first does, where the other does something else before it is saved. Raises what is
    told to the other."""
    (one, act), (two, meanwhile) = first, other
    with ThreadPoolExecutor(1) as aside:

        def both(session: Session) -> None:
            act(session)
            session.flush()
            told.append(aside.submit(shared.does, two, meanwhile))
            servers.wait_until_they_wait(shared.office, 1, told[0].done)

        told: list[Future[None]] = []
        shared.does(one, both)
        told[0].result(30)


@pytest.fixture
def nobody_noted(shared: Shared) -> UUID:
    """A séance this afternoon, where nobody is noted yet."""
    new = NewMeeting(new_id(), shared.cohort, TODAY, 810, 990, "atelier", "Bilan")
    shared.does(servers.NADIA, lambda session: meetings.add(session, new))
    return new.id


def came(shared: Shared) -> Callable[[Session], object]:
    key = CellKey(shared.journeys[1], Slot(TODAY, Half.AFTERNOON))
    cells = MarkCells((MarkCell(key, {MARK: Presence.PRESENT}),), TODAY)
    return lambda session: presences.mark(session, cells)


@pytest.mark.parametrize("state", [None, MeetingState.CANCELLED], ids=["gone", "cancelled"])
def test_nobody_is_noted_at_a_seance_that_goes_at_that_very_moment(
    shared: Shared, nobody_noted: UUID, state: MeetingState | None
) -> None:
    def leave(session: Session) -> None:
        if state is None:
            meetings.remove(session, nobody_noted)
        else:
            meetings.set_state(session, nobody_noted, state)

    noting, leaving = (servers.NADIA, came(shared)), (servers.SOLENE, leave)
    with pytest.raises(UserError, match="n’a aucune séance"):
        at_once(shared, leaving, noting)
    assert shared.minutes() == 180, "the morning alone is noted"


def test_a_seance_stays_where_somebody_is_noted_at_that_very_moment(
    shared: Shared, nobody_noted: UUID
) -> None:
    noting = (servers.NADIA, came(shared))
    leaving = (servers.SOLENE, lambda session: meetings.remove(session, nobody_noted))
    with pytest.raises(UserError, match="1 présence est notée, elle ne se supprime pas"):
        at_once(shared, noting, leaving)
    assert nobody_noted in {each.id for each in shared.seen_by(servers.NADIA).meetings}


def printed(shared: Shared) -> Callable[[Session], object]:
    query = BoardQuery(shared.cohort, TODAY)
    return lambda session: attendance_sheets.make(session, query, SheetRequest())


@pytest.mark.parametrize("again", [False, True], ids=["first", "changed"])
def test_two_who_print_at_that_very_moment_have_the_same_sheet(shared: Shared, again: bool) -> None:
    if again:
        shared.does(servers.NADIA, printed(shared))
        new = NewMeeting(new_id(), shared.cohort, days(1), 540, 720, "atelier", "Bilan")
        shared.does(servers.NADIA, lambda session: meetings.add(session, new))
    at_once(shared, (servers.NADIA, printed(shared)), (servers.SOLENE, printed(shared)))
    with shared.opened(servers.NADIA).read() as session:
        known = attendance_sheets.known(session, BoardQuery(shared.cohort, TODAY)).sheets
    year = TODAY.year
    made = [(each.paper.number, each.paper.edition) for each in known]
    assert made == [(f"EM-{year}-0001", edition) for edition in range(1 + again, 0, -1)]
