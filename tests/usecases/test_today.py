"""The day of who asks, on a real base: their groups, their séances, what the team has put off."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.data.store import Store
from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.meetings import MeetingState
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presences import MARK, Slot
from connexion_desktop.domain.today import Deed, Line, LineKey, Press, Today
from connexion_desktop.usecases import meetings, today
from tests import factories as make
from tests import servers
from tests.conftest import AUTHOR
from tests.factories import START, TODAY, days

from .presence_group import MORNING, Group, NewAct

YESTERDAY = Slot(days(-1), Half.MORNING)


@pytest.fixture
def group(database: Store, act: NewAct) -> Group:
    with database.bulk() as session:
        return Group(database, act, make.cohort(session))


def seen(store: Store, on: date = TODAY) -> Today:
    with store.read() as session:
        return today.load(session, on)


def snooze(group: Group, key: LineKey) -> date:
    with group.database.write(group.act("Rappel remis de 7 jours")) as session:
        return today.snooze(session, key, TODAY)


def only(store: Store, on: date = TODAY) -> Line:
    (line,) = seen(store, on).lines
    return line


def test_the_day_says_what_is_noted_as_it_is_noted(group: Group) -> None:
    here, other = group.join("Aïssatou"), group.join("Malik")
    group.plan(MORNING, place="Salle bleue")
    (line,) = seen(group.database).day
    assert (line.word, line.deed) == ("2 à noter", Deed.MARK)
    assert "Salle bleue · 2 attendus" in line.detail
    group.mark(here, MORNING, {MARK: Presence.PRESENT})
    group.mark(other, MORNING, {MARK: Presence.ABSENT})
    (line,) = seen(group.database).day
    assert (line.word, line.deed) == ("demi-journée notée", Deed.CLOSE)


def test_who_joins_or_leaves_in_mid_cycle_leaves_nothing_to_note(group: Group) -> None:
    group.join("Malik", TODAY)
    group.join("Awa", left_on=days(-5))
    here = group.join("Aïssatou")
    group.plan(YESTERDAY)
    assert only(group.database).word == "1 à noter"
    group.mark(here, YESTERDAY, {MARK: Presence.PRESENT})
    assert only(group.database).word == "à clôturer"


def test_closing_a_seance_takes_its_line_away_and_undoing_brings_it_back(group: Group) -> None:
    made = group.plan(YESTERDAY)
    line = only(group.database)
    assert (line.word, line.key.id) == ("à clôturer", made)
    with group.database.write(group.act("Séance tenue")) as session:
        meetings.set_state(session, made, MeetingState.HELD)
    assert not seen(group.database).lines
    group.undo()
    assert only(group.database).told == line.told


def test_a_mark_of_another_seance_at_once_is_enough(group: Group) -> None:
    who = group.join("Aïssatou")
    for title in ("Mon CV", "Podcast"):
        group.plan(YESTERDAY, title=title)
    group.mark(who, YESTERDAY, {MARK: Presence.PRESENT})
    assert [each.word for each in seen(group.database).lines] == ["à clôturer", "à clôturer"]


def test_a_closed_group_presses_nobody(group: Group) -> None:
    group.join("Aïssatou")
    group.plan(YESTERDAY)
    assert seen(group.database).groups == 1
    with group.database.bulk() as session:
        session.get_one(m.Cohort, group.cohort).state = "closed"
    assert seen(group.database) == Today(TODAY)


def test_the_next_visit_names_who_is_booked(group: Group) -> None:
    here = group.join("Aïssatou")
    group.join("Malik")
    with group.database.bulk() as session:
        partner = make.organisation(session, "Campus des Métiers")
    visit = group.plan(
        Slot(days(6), Half.MORNING), "Visite", kind="visite", partner_id=partner, place="Bordeaux"
    )
    line = only(group.database)
    assert (line.press, line.word) == (Press.GREY, "dans 6 j")
    assert "Bordeaux · Campus des Métiers" in line.detail
    assert line.who == "Viennent : Aïssatou Diallo, Malik Diallo"
    with group.database.bulk() as session:
        booking = m.Visit(cohort_id=group.cohort, meeting_id=visit, on=days(6))
        place = m.VisitPlace(visit_id=make.put(session, booking), journey_id=here, state="planned")
        make.put(session, place)
    assert only(group.database).who == "1 inscrit sur 2 attendus : Aïssatou Diallo"


def test_what_was_seen_is_put_off_seven_days_for_the_whole_team(
    group: Group, colleague: Store
) -> None:
    group.plan(YESTERDAY)
    line = only(group.database)
    assert snooze(group, line.key) == days(7)
    for store in (group.database, colleague):
        there = seen(store)
        assert not there.lines
        ((off, why),) = there.put_off
        assert (off.key, why.until) == (line.key, days(7))
    assert only(colleague, days(7)).key == line.key


def test_on_the_server_who_put_it_off_is_told(group: Group, colleague: Store) -> None:
    group.plan(YESTERDAY)
    snooze(group, only(group.database).key)
    ((_, why),) = seen(colleague).put_off
    assert why.by == (AUTHOR if isinstance(group.database, ServerDatabase) else "")


def test_putting_off_is_undone_as_any_act(group: Group) -> None:
    group.plan(YESTERDAY)
    line = only(group.database)
    snooze(group, line.key)
    group.undo()
    assert only(group.database) == line


def test_what_is_put_off_twice_is_put_off_once(group: Group, colleague: Store) -> None:
    group.plan(YESTERDAY)
    line = only(group.database)
    for store, on in ((group.database, TODAY), (colleague, TODAY), (colleague, days(2))):
        with store.write(group.act("Rappel remis de 7 jours")) as session:
            until = today.snooze(session, line.key, on)
    with group.database.read() as session:
        rows = session.scalars(sa.select(m.Snooze).where(m.Snooze.deleted_at.is_(None))).all()
        assert [row.until for row in rows] == [until] == [days(9)]


def test_what_was_put_off_is_shown_again_whoever_put_it_off(
    group: Group, colleague: Store, act: NewAct
) -> None:
    group.plan(YESTERDAY)
    line = only(group.database)
    snooze(group, line.key)
    snooze(group, line.key)
    with colleague.write(act("Rappel remis", author="Bruno Petit")) as session:
        today.wake(session, line.key)
    assert only(group.database) == line
    assert not seen(group.database).put_off


def test_a_line_of_the_same_seance_about_something_else_is_not_hidden(group: Group) -> None:
    made = group.plan(Slot(days(6), Half.MORNING), "Visite", kind="visite")
    snooze(group, only(group.database).key)
    assert only(group.database, days(7)).key.id == made
    with group.database.write(group.act()) as session:
        session.get_one(m.Meeting, made).on = days(-1)
    assert only(group.database).word == "à clôturer"


def staffed(session: Session, hand: servers.Hand) -> UUID:
    return make.staff(session, hand.given, hand.family)


def test_on_the_server_each_sees_the_groups_they_follow(
    server: ServerDatabase, office: servers.Office, tmp_path: Path
) -> None:
    with server.bulk() as session:
        for hand in (servers.NADIA, servers.KARIM):
            led = make.cohort(session, hand.given, conseiller_id=staffed(session, hand))
            values = {"cohort_id": led, "start": 540, "end": 720, "kind": "atelier"}
            make.put(session, m.Meeting(on=TODAY, title=f"Chez {hand.given}", **values))
    titles = {
        hand.given: [line.title for line in seen(office.opened(hand, tmp_path)).day]
        for hand in (servers.NADIA, servers.KARIM, servers.SOLENE, servers.HELENE)
    }
    assert titles == {
        "Nadia": ["Chez Nadia"],
        "Karim": ["Chez Karim"],
        "Solène": ["Chez Karim", "Chez Nadia"],
        "Hélène": [],
    }


def test_on_the_server_who_replaces_sees_the_group_that_day(
    server: ServerDatabase, office: servers.Office, tmp_path: Path
) -> None:
    with server.bulk() as session:
        led = make.cohort(session, conseiller_id=staffed(session, servers.NADIA))
        karim = staffed(session, servers.KARIM)
        make.put(session, m.CohortAccess(staff_id=karim, cohort_id=led, starts_on=START))
    assert seen(office.opened(servers.KARIM, tmp_path)).groups == 1


def test_on_the_server_a_second_role_does_not_note_in_a_colleagues_group(
    server: ServerDatabase, office: servers.Office, tmp_path: Path, act: NewAct
) -> None:
    with server.bulk() as session:
        cohorts = (make.cohort(session, hand.given) for hand in (servers.NADIA, servers.BRUNO))
        groups = [Group(server, act, each) for each in cohorts]
    for group in groups:
        group.join("Aïssatou")
        group.plan(MORNING)
    with server.bulk() as session:
        for group, hand in zip(groups, (servers.NADIA, servers.BRUNO), strict=True):
            session.get_one(m.Cohort, group.cohort).conseiller_id = staffed(session, hand)
    lines = seen(office.opened(servers.BRUNO, tmp_path)).day
    deeds = {line.cohort_id: line.deed for line in lines}
    assert deeds == {groups[0].cohort: Deed.SEE, groups[1].cohort: Deed.MARK}


def test_on_the_server_the_secretariat_closes_and_puts_off(
    server: ServerDatabase, office: servers.Office, tmp_path: Path, act: NewAct
) -> None:
    with server.bulk() as session:
        group = Group(server, act, make.cohort(session))
    group.join("Aïssatou")
    made = group.plan(YESTERDAY)
    solene = office.opened(servers.SOLENE, tmp_path)
    line = only(solene)
    assert line.deed is Deed.SEE, "it is not for the secretariat to note presences"
    with solene.write(act("Séance tenue", author="Solène Petit")) as session:
        meetings.set_state(session, made, MeetingState.HELD)
        today.snooze(session, line.key, TODAY)
    ((off, why),) = seen(server).put_off
    assert not off.can_close and why.by == "Solène Petit"


def test_the_alerts_of_ones_people_are_told_after_their_groups(group: Group) -> None:
    here = group.join("Aïssatou")
    with group.database.bulk() as session:
        who = session.get_one(m.Journey, here).person_id
        make.laptop(session, who, "PC-004", due_on=days(-3))
        make.talk(session, who, days(-20))
    group.plan(YESTERDAY)
    red, amber = seen(group.database).lines
    assert (red.press, red.word, red.key.id) == (Press.RED, "Sans contact 20 j", who)
    assert red.detail.endswith("PC à rendre, retard 3 j")
    assert (amber.press, amber.word) == (Press.AMBER, "1 à noter")
    snooze(group, red.key)
    assert seen(group.database).lines[0].word == "PC à rendre, retard 3 j"


def test_an_immersion_to_sign_is_put_off_by_itself(group: Group, colleague: Store) -> None:
    here = group.join("Aïssatou")
    with group.database.bulk() as session:
        who = session.get_one(m.Journey, here).person_id
        immersion = make.placement(session, who, "to_sign", days(10), days(14))
    line = only(group.database)
    assert (line.deed, line.key.id, line.title) == (Deed.IMMERSION, immersion, "Aïssatou Diallo")
    snooze(group, line.key)
    assert not seen(colleague).lines


def test_how_long_a_silence_is_too_long_is_a_setting(group: Group) -> None:
    here = group.join("Aïssatou")
    with group.database.bulk() as session:
        make.talk(session, session.get_one(m.Journey, here).person_id, days(-20))
        silence = sa.select(m.Setting).where(m.Setting.key == "programme.no_contact_days")
        session.scalars(silence).one().value = 30
    assert not seen(group.database).lines


def test_on_the_server_the_alerts_are_those_of_ones_own(
    server: ServerDatabase, office: servers.Office, tmp_path: Path, act: NewAct
) -> None:
    with server.bulk() as session:
        group = Group(server, act, make.cohort(session))
    here = group.join("Aïssatou")
    with server.bulk() as session:
        make.talk(session, session.get_one(m.Journey, here).person_id, days(-20))
        session.get_one(m.Cohort, group.cohort).conseiller_id = staffed(session, servers.NADIA)
    told = {
        hand.given: [line.word for line in seen(office.opened(hand, tmp_path)).lines]
        for hand in (servers.NADIA, servers.BRUNO, servers.SOLENE)
    }
    assert told == {"Nadia": ["Sans contact 20 j"], "Bruno": [], "Solène": []}


@pytest.mark.parametrize("size", [1, 4])
def test_the_day_asks_the_base_as_often_for_one_group_as_for_four(
    database: Store, act: NewAct, size: int
) -> None:
    for rank in range(size):
        with database.bulk() as session:
            group = Group(database, act, make.cohort(session, f"Groupe {rank}"))
        group.join("Aïssatou")
        group.plan(MORNING)
    sent: list[str] = []

    def hear(_c: Any, _cursor: Any, text: str, _values: Any, _x: Any, _m: Any) -> None:
        sent.append(text)

    with database.read() as session:
        engine = session.get_bind()
        session.connection()
        sa.event.listen(engine, "before_cursor_execute", hear)
        assert len(today.load(session, TODAY).day) == size
        sa.event.remove(engine, "before_cursor_execute", hear)
    assert len(sent) == 18
