"""People of other groups at a séance: who is offered, expected, noted, and printed to sign."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from connexion_desktop.data import models as m
from connexion_desktop.data.store import Store
from connexion_desktop.domain.agenda import AgendaOf, Whose
from connexion_desktop.domain.attendance_paper import AttendancePaper, SheetRequest
from connexion_desktop.domain.board import BoardQuery, Presence
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import period_text
from connexion_desktop.domain.meetings import MeetingRow, SetPeople
from connexion_desktop.domain.period import month_of
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presences import MARK, Slot
from connexion_desktop.domain.programme import Programme
from connexion_desktop.domain.signed_sheets import GapKind, Sheets, SignSheet
from connexion_desktop.usecases import (
    agendas,
    attendance_sheets,
    meetings,
    presence_papers,
    programme,
)
from tests import factories as make
from tests.factories import TODAY, days

from .presence_group import AFTERNOON, MORNING, Group, NewAct

TALENCE = "Talence · mars 2026"
LATER = Slot(days(60), Half.MORNING)


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


def test_a_seance_makes_no_day_of_the_cycle_of_a_guest_s_group(
    group: Group, talence: Group
) -> None:
    guest = talence.join("Malik")
    talence.plan(MORNING)
    add(group, group.plan(LATER, title="Visite commune"), guest)
    assert "Visite commune" in [each.title for each in view(talence).meetings]
    assert view(talence).told == f"1 séance, {period_text(TODAY, TODAY)}"
    with group.database.read() as session:
        agenda = agendas.read(session, AgendaOf(Whose.GROUP, talence.cohort))
    assert [each.title for each in agenda.meetings] == ["Mon CV"]


def test_a_guest_signs_on_the_sheet_of_the_group_of_the_seance(
    group: Group, talence: Group
) -> None:
    guest = talence.join("Malik")
    talence.plan(AFTERNOON)
    meeting = group.plan(MORNING)
    add(group, meeting, guest)
    (page,) = sheet(talence, SheetRequest()).pages
    assert [each.half for each in page.columns] == [Half.AFTERNOON]
    with pytest.raises(UserError, match="Cette séance est celle du groupe"):
        sheet(talence, SheetRequest(meeting_id=meeting))
    (page,) = sheet(group, SheetRequest(meeting_id=meeting)).pages
    assert [each.name for each in page.names] == [f"Malik Diallo ({TALENCE})"]


def test_the_signature_of_a_guest_is_looked_for_where_they_sign(
    group: Group, talence: Group
) -> None:
    guest = talence.join("Malik")
    add(group, group.plan(MORNING), guest)
    talence.mark(guest, MORNING, {MARK: Presence.PRESENT})
    assert not known(talence).gaps
    (gap,) = known(group).gaps
    assert (gap.names, gap.kind) == ("Malik Diallo", GapKind.UNSIGNED)
    sheet(group, SheetRequest())
    (printed,) = known(group).sheets
    with group.database.write(group.act("Signée")) as session:
        attendance_sheets.sign(session, SignSheet(printed.id, TODAY))
    assert not known(group).gaps
    with group.database.write(group.act("Mois envoyé")) as session:
        count = presence_papers.send(session, talence.cohort, month_of(TODAY), days(40))
    assert count == 1, "the presence is in the month of their own group"


def sheet(group: Group, request: SheetRequest) -> AttendancePaper:
    with group.database.write(group.act("Feuille")) as session:
        return attendance_sheets.make(session, BoardQuery(group.cohort, TODAY), request)


def known(group: Group) -> Sheets:
    with group.database.read() as session:
        return attendance_sheets.known(session, BoardQuery(group.cohort, TODAY))
