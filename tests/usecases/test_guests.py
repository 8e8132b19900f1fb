"""People of other groups at a séance: who is offered, expected, noted, and printed to sign."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from connexion_desktop.data import models as m
from connexion_desktop.data.store import Store
from connexion_desktop.domain.attendance_paper import SheetRequest
from connexion_desktop.domain.board import BoardQuery, Presence
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.meetings import MeetingRow, SetPeople
from connexion_desktop.domain.presences import MARK
from connexion_desktop.domain.programme import Programme
from connexion_desktop.usecases import attendance_sheets, meetings, programme
from tests import factories as make
from tests.factories import TODAY, days

from .presence_group import MORNING, Group, NewAct

TALENCE = "Talence · mars 2026"


@pytest.fixture
def group(database: Store, act: NewAct) -> Group:
    with database.bulk() as session:
        return Group(database, act, make.cohort(session))


@pytest.fixture
def talence(database: Store, act: NewAct) -> Group:
    with database.bulk() as session:
        return Group(database, act, make.cohort(session, TALENCE))


def add(group: Group, meeting: UUID, *who: UUID) -> None:
    with group.database.write(group.act("Participants changés")) as session:
        meetings.set_people(session, SetPeople(meeting, added=who))


def offered(group: Group, meeting: UUID, typed: str) -> list[tuple[UUID, str, str]]:
    with group.database.read() as session:
        found = meetings.offered(session, meeting, typed)
    return [(each.id, each.name, each.detail) for each in found]


def view(group: Group) -> Programme:
    with group.database.read() as session:
        return programme.load(session, BoardQuery(group.cohort, TODAY))


def only(group: Group) -> MeetingRow:
    (row,) = view(group).meetings
    return row


def test_those_of_the_other_running_groups_are_offered(group: Group, talence: Group) -> None:
    group.join("Aïssatou")
    malik = talence.join("Malik")
    talence.join("Malika", days(1))
    with group.database.bulk() as session:
        over = make.cohort(session, "Pessac · 2025", state="closed")
        make.participant(session, over, "Malika")
    meeting = group.plan(MORNING)
    assert offered(group, meeting, "mali") == [(malik, "Malik Diallo", TALENCE)]
    assert offered(group, meeting, "talence") == [(malik, "Malik Diallo", TALENCE)]
    assert not offered(group, meeting, "aïss") and not offered(group, meeting, "m")
    add(group, meeting, malik)
    assert not offered(group, meeting, "mali"), "already expected"
    assert not offered(group, uuid4(), "mali")


def test_who_is_added_is_expected_with_the_group_and_undone(group: Group, talence: Group) -> None:
    own, guest = group.join("Aïssatou"), talence.join("Malik")
    meeting = group.plan(MORNING)
    add(group, meeting, guest)
    assert only(group).people == {own, guest}
    assert [each.told for each in view(group).guests] == [f"Malik Diallo ({TALENCE})"]
    assert only(talence).people == {own, guest}
    assert only(group).whom == only(talence).whom == "plusieurs groupes"
    group.undo()
    assert only(group).people == {own} and only(group).whom == "" and not view(group).guests


def test_two_who_each_add_somebody_add_both(group: Group, talence: Group) -> None:
    own = group.join("Aïssatou")
    malik, lea = talence.join("Malik"), talence.join("Léa")
    meeting = group.plan(MORNING)
    for each in (malik, lea):
        add(group, meeting, each)
    assert only(group).people == {own, malik, lea}


def test_the_presence_of_a_guest_is_noted_in_their_own_group(group: Group, talence: Group) -> None:
    group.join("Aïssatou")
    guest = talence.join("Malik")
    add(group, group.plan(MORNING), guest)
    assert talence.cell(guest).is_expected
    talence.mark(guest, MORNING, {MARK: Presence.PRESENT})
    assert talence.cell(guest).minutes == 180
    assert only(group).marked == 1


def test_the_sheet_prints_a_guest_with_their_group_where_they_are_expected(
    group: Group, talence: Group
) -> None:
    group.join("Aïssatou")
    guest = talence.join("Malik")
    add(group, group.plan(MORNING), guest)
    group.plan(MORNING, title="Suite", start=840, end=960)
    with group.database.write(group.act("Feuille")) as session:
        query = BoardQuery(group.cohort, TODAY)
        (page,) = attendance_sheets.make(session, query, SheetRequest()).pages
    assert [(each.name, each.expected) for each in page.names] == [
        ("Aïssatou Diallo", (True, True)),
        (f"Malik Diallo ({TALENCE})", (True, False)),
    ]


def test_a_guest_who_left_is_expected_no_more(group: Group, talence: Group) -> None:
    own, guest = group.join("Aïssatou"), talence.join("Malik")
    add(group, group.plan(MORNING), guest)
    with group.database.bulk() as session:
        session.get_one(m.Journey, guest).left_on = days(-1)
    assert only(group).people == {own}


def test_who_left_meanwhile_is_not_added(group: Group, talence: Group) -> None:
    group.join("Aïssatou")
    guest = talence.join("Malik")
    meeting = group.plan(MORNING)
    with group.database.bulk() as session:
        session.get_one(m.Journey, guest).left_on = days(-1)
    with pytest.raises(UserError, match="n’est pas dans son groupe le jour de cette séance"):
        add(group, meeting, guest)
    assert only(group).is_whole
