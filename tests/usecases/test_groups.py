"""Groups made by hand, on a real base: made, entered, left, come back to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.groups import (
    EditGroup,
    Entered,
    EnterGroup,
    GroupRow,
    LeaveGroup,
    NewGroup,
    group_name,
    surprise,
    year_counters,
)
from connexion_desktop.domain.programme_days import draw_days
from connexion_desktop.domain.weeks import MONDAY_AND_TUESDAY
from connexion_desktop.usecases import group_board, groups, listing, person_file
from connexion_desktop.usecases.person_rows import journey_on
from connexion_desktop.usecases.undo import undo_last
from tests import factories as make
from tests.factories import START, TODAY, days

NewAct = Callable[..., Act]
MONDAY = date(2026, 9, 7)


@pytest.fixture
def cohort(database: Database) -> UUID:
    with database.bulk() as session:
        return make.cohort(session)


@pytest.fixture
def other(database: Database) -> UUID:
    with database.bulk() as session:
        return make.cohort(session, "Talence · mars 2026")


@pytest.fixture
def aissatou(database: Database) -> UUID:
    with database.bulk() as session:
        return make.person(session)


def enter(
    database: Database, act: NewAct, cohort: UUID, *people: UUID, on: date = START
) -> Entered:
    with database.write(act("Entrée")) as session:
        return groups.enter(session, EnterGroup(people, cohort, on), TODAY)


def leave(database: Database, act: NewAct, person: UUID, on: date, how: str = "cdi") -> None:
    with database.write(act("Sortie")) as session:
        journey = session.scalars(
            sa.select(m.Journey.id).where(
                m.Journey.person_id == person, m.Journey.left_on.is_(None)
            )
        ).one()
        groups.leave(session, LeaveGroup(journey, on, how), TODAY)


def state_of(database: Database, person: UUID) -> tuple[str, str, date | None]:
    """Where somebody is: state, latest group, day of leaving."""
    with database.read() as session:
        line = next(line for line in listing.people(session) if line.id == person)
        return line.state.value, line.group, line.left_on


def test_a_group_is_made_for_a_site_a_day_and_a_conseiller(database: Database, act: NewAct) -> None:
    with database.read() as session:
        offered = groups.offer(session, "Nadia Ferrand")
    site = next(site for site in offered.sites if site.name == "Talence")
    with database.write(act("Équipe")) as session:
        nadia = make.staff(session)
    command = NewGroup(uuid4(), group_name("Talence", MONDAY), MONDAY, site.id, nadia)
    with database.write(act("Nouveau groupe")) as session:
        groups.create(session, command)
    with database.read() as session:
        (found,) = groups.every(session, TODAY)
    assert (found.name, found.site, found.conseiller) == (
        "Talence · septembre 2026",
        "Talence",
        "Nadia Ferrand",
    )
    assert (found.phase, found.filled) == ("commence le 7 septembre 2026", "0 sur 12")


@pytest.mark.file_alone("the server has its team")
def test_the_author_is_proposed_as_conseiller(database: Database, act: NewAct) -> None:
    with database.write(act("Équipe")) as session:
        nadia = make.staff(session)
    with database.read() as session:
        assert groups.offer(session, "nadia FERRAND").mine == nadia
        assert groups.offer(session, "Anne Martin").mine is None


@pytest.mark.parametrize("name", ["Bordeaux · mars 2026", "bordeaux  MARS 2026", ""])
def test_a_name_that_another_group_has_or_none_is_refused(
    database: Database, act: NewAct, cohort: UUID, name: str
) -> None:
    with pytest.raises(UserError), database.write(act("Nouveau groupe")) as session:
        groups.create(session, NewGroup(uuid4(), name, MONDAY))
    with database.read() as session:
        assert len(groups.every(session, TODAY)) == 1


def test_people_met_enter_a_group(
    database: Database, act: NewAct, cohort: UUID, aissatou: UUID
) -> None:
    found = enter(database, act, cohort, aissatou)
    assert found.text == "1 personne dans Bordeaux · mars 2026"
    assert state_of(database, aissatou) == ("in_group", "Bordeaux · mars 2026", None)


def test_who_is_in_the_group_already_is_told_and_left_as_they_are(
    database: Database, act: NewAct, cohort: UUID, aissatou: UUID
) -> None:
    enter(database, act, cohort, aissatou)
    found = enter(database, act, cohort, aissatou, on=TODAY)
    assert found.text == "1 personne déjà dans ce groupe"
    with database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(m.Journey)) == 1


def test_a_thirteenth_is_told_and_never_refused(
    database: Database, act: NewAct, cohort: UUID
) -> None:
    with database.bulk() as session:
        people = [make.person(session, f"Personne {rank}") for rank in range(13)]
    found = enter(database, act, cohort, *people)
    assert (found.entered, found.present) == (13, 13)
    assert found.text.endswith("il compte 13 personnes, pour 12 prévues")


def test_somebody_moves_from_a_group_to_another(
    database: Database, act: NewAct, cohort: UUID, other: UUID, aissatou: UUID
) -> None:
    enter(database, act, cohort, aissatou)
    found = enter(database, act, other, aissatou, on=days(-7))
    assert found.moved == 1
    assert state_of(database, aissatou) == ("in_group", "Talence · mars 2026", None)
    with database.read() as session:
        left = session.scalars(
            sa.select(m.Journey.left_on).where(m.Journey.cohort_id == cohort)
        ).one()
    assert left == days(-7)


def test_somebody_leaves_and_comes_back(
    database: Database, act: NewAct, cohort: UUID, aissatou: UUID
) -> None:
    enter(database, act, cohort, aissatou)
    leave(database, act, aissatou, days(-14))
    assert state_of(database, aissatou) == ("out", "Bordeaux · mars 2026", days(-14))
    enter(database, act, cohort, aissatou, on=TODAY)
    assert state_of(database, aissatou) == ("in_group", "Bordeaux · mars 2026", None)
    with database.read() as session:
        (found,) = groups.every(session, TODAY)
    assert (found.people, found.present) == (1, 1)


def test_who_comes_back_on_the_day_they_entered_has_not_left(
    database: Database, act: NewAct, cohort: UUID, aissatou: UUID
) -> None:
    enter(database, act, cohort, aissatou, on=TODAY)
    leave(database, act, aissatou, TODAY)
    enter(database, act, cohort, aissatou, on=TODAY)
    assert state_of(database, aissatou) == ("in_group", "Bordeaux · mars 2026", None)
    with database.read() as session:
        alive = m.JourneyExit.deleted_at.is_(None)
        assert session.scalars(sa.select(m.JourneyExit).where(alive)).all() == []


def test_who_comes_back_from_another_group_within_a_day_is_in_the_first_one(
    database: Database, act: NewAct, cohort: UUID, other: UUID, aissatou: UUID
) -> None:
    for each in (cohort, other, cohort):
        enter(database, act, each, aissatou, on=TODAY)
    assert state_of(database, aissatou) == ("in_group", "Bordeaux · mars 2026", None)
    with database.read() as session:
        (under_way,) = session.scalars(
            sa.select(m.Journey.id).where(m.Journey.left_on.is_(None))
        ).all()
        assert journey_on(session, aissatou, TODAY) == under_way
        shown = person_file.load(session, aissatou, TODAY).journey
    assert shown is not None and shown.id == under_way


@pytest.mark.parametrize("on", [START.replace(month=2), days(1)])
def test_nobody_leaves_before_their_entry_nor_in_the_future(
    database: Database, act: NewAct, cohort: UUID, aissatou: UUID, on: date
) -> None:
    enter(database, act, cohort, aissatou)
    with pytest.raises(UserError):
        leave(database, act, aissatou, on)
    assert state_of(database, aissatou)[0] == "in_group"


def test_an_entry_and_an_exit_are_undone_whole(
    database: Database, act: NewAct, cohort: UUID, aissatou: UUID
) -> None:
    enter(database, act, cohort, aissatou)
    leave(database, act, aissatou, TODAY)
    with database.write(act("Annuler")) as session:
        undo_last(session, act().author)
    assert state_of(database, aissatou) == ("in_group", "Bordeaux · mars 2026", None)
    with database.write(act("Annuler")) as session:
        undo_last(session, act().author)
    assert state_of(database, aissatou)[:2] == ("met", "")


def test_a_first_day_that_is_no_day_of_the_programme_is_told() -> None:
    assert surprise(MONDAY, MONDAY_AND_TUESDAY) == ""
    assert surprise(date(2026, 9, 10), MONDAY_AND_TUESDAY).startswith(
        "Le 10 septembre 2026 est un jeudi :"
    )
    assert surprise(date(2026, 9, 8), MONDAY_AND_TUESDAY) == (
        "Le 8 septembre 2026 est un mardi : le lundi de cette semaine sera déjà passé, et se "
        "rattrape un autre jour."
    )


def test_a_day_that_is_made_up_after_its_week_is_not_said_to_be_within_it() -> None:
    friday, days = date(2026, 9, 11), (0, 4)
    told = surprise(friday, days)
    assert told.startswith("Le 11 septembre 2026 est un vendredi : le lundi de cette semaine")
    drawn = draw_days(friday, 1, lambda _day: "", days).days
    assert [each.on for each in drawn] == [friday, date(2026, 9, 14)]
    assert "dans la semaine" not in told


def test_groups_are_counted_by_year(database: Database, cohort: UUID) -> None:
    with database.bulk() as session:
        make.cohort(session, "Pessac · mars 2025", date(2025, 3, 3))
    with database.read() as session:
        counted = year_counters(groups.every(session, TODAY))
    assert [(each.label, each.count) for each in counted] == [("Tous", 2), ("2026", 1), ("2025", 1)]


def test_the_ways_to_leave_are_those_of_the_list(database: Database) -> None:
    with database.read() as session:
        found = dict(groups.exits(session))
    assert found["cdi"] == "CDI"


def left_days(database: Database, person: UUID) -> list[date | None]:
    with database.read() as session:
        journey = m.Journey
        return list(
            session.scalars(
                sa.select(journey.left_on)
                .where(journey.person_id == person, journey.deleted_at.is_(None))
                .order_by(journey.id)
            )
        )


def moves_later(database: Database, act: NewAct, cohort: UUID, person: UUID) -> None:
    """Somebody of a group, who will enter another in two months."""
    enter(database, act, cohort, person)
    with database.bulk() as session:
        coming = make.cohort(session, "Pessac · juin 2026", days(60))
    enter(database, act, coming, person, on=days(60))


def test_who_moves_to_a_group_to_come_stays_present_until_then(
    database: Database, act: NewAct, cohort: UUID, aissatou: UUID
) -> None:
    moves_later(database, act, cohort, aissatou)
    with database.read() as session:
        present = {group.name: group.present for group in groups.every(session, TODAY)}
    assert present["Bordeaux · mars 2026"] == 1
    assert left_days(database, aissatou) == [days(60), None]


def test_who_was_to_move_may_leave_before(
    database: Database, act: NewAct, cohort: UUID, aissatou: UUID
) -> None:
    moves_later(database, act, cohort, aissatou)
    with database.read() as session:
        (first, _) = session.scalars(sa.select(m.Journey.id).order_by(m.Journey.id))
    with database.write(act("Sortie")) as session:
        groups.leave(session, LeaveGroup(first, TODAY, "cdi"), TODAY)
    assert left_days(database, aissatou)[0] == TODAY
    assert state_of(database, aissatou)[0] == "in_group"


def test_two_journeys_never_cover_one_day(
    database: Database, act: NewAct, cohort: UUID, other: UUID, aissatou: UUID
) -> None:
    enter(database, act, cohort, aissatou, on=days(-10))
    with pytest.raises(UserError, match="a déjà une entrée"):
        enter(database, act, other, aissatou, on=days(-20))
    assert left_days(database, aissatou) == [None]


def test_somebody_deleted_or_unknown_does_not_enter(
    database: Database, act: NewAct, cohort: UUID, aissatou: UUID
) -> None:
    with database.bulk() as session:
        session.get_one(m.Person, aissatou).deleted_at = m.utc_now()
    for who in (aissatou, uuid4()):
        with pytest.raises(UserError, match="n’est plus dans la base"):
            enter(database, act, cohort, who)


def test_a_way_to_leave_that_is_not_of_the_list_is_refused(
    database: Database, act: NewAct, cohort: UUID, aissatou: UUID
) -> None:
    enter(database, act, cohort, aissatou)
    with pytest.raises(UserError, match="liste"):
        leave(database, act, aissatou, TODAY, "n’importe")


def test_who_left_and_came_back_is_one_card_of_the_group(
    database: Database, act: NewAct, cohort: UUID, aissatou: UUID
) -> None:
    enter(database, act, cohort, aissatou)
    leave(database, act, aissatou, days(-14))
    enter(database, act, cohort, aissatou, on=TODAY)
    with database.read() as session:
        (card,) = group_board.load(session, BoardQuery(cohort, TODAY)).cards
    assert card.ending is None


def test_who_changed_groups_is_not_told_as_gone_for_good(
    database: Database, act: NewAct, cohort: UUID, other: UUID, aissatou: UUID
) -> None:
    enter(database, act, cohort, aissatou)
    enter(database, act, other, aissatou, on=days(-7))
    with database.read() as session:
        (card,) = group_board.load(session, BoardQuery(cohort, TODAY)).cards
    assert card.ending is not None and card.ending.label == "Changement de groupe"


# Mended, closed, opened again


def mended(cohort: UUID, **changes: object) -> EditGroup:
    command = EditGroup(cohort, "Pessac · septembre", MONDAY, None, None, 10, 14)
    return replace(command, **changes)  # type: ignore[arg-type]


def edit(database: Database, act: NewAct, command: EditGroup) -> None:
    with database.write(act("Groupe modifié")) as session:
        groups.edit(session, command)


def close(database: Database, act: NewAct, cohort: UUID) -> None:
    with database.write(act("Groupe clos")) as session:
        groups.close(session, cohort, TODAY)


def the_group(database: Database, cohort: UUID) -> GroupRow:
    with database.read() as session:
        return next(row for row in groups.every(session, TODAY) if row.id == cohort)


def test_a_group_is_mended_in_one_act(database: Database, act: NewAct, cohort: UUID) -> None:
    before = the_group(database, cohort)
    edit(database, act, mended(cohort))
    row = the_group(database, cohort)
    assert (row.name, row.starts_on) == ("Pessac · septembre", MONDAY)
    assert (row.weeks, row.capacity, row.site) == (10, 14, "")
    with database.write(act("Annulation")) as session:
        undo_last(session, "Anne Martin")
    assert the_group(database, cohort) == before


def test_a_group_keeps_its_own_name_and_takes_no_other_s(
    database: Database, act: NewAct, cohort: UUID, other: UUID
) -> None:
    name = the_group(database, cohort).name
    edit(database, act, mended(cohort, name=name.upper()))
    with pytest.raises(UserError, match="déjà un groupe"):
        edit(database, act, mended(cohort, name="TALENCE - mars 2026"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": " "}, "pas de nom"),
        ({"weeks": 0}, "de 1 à 52 semaines"),
        ({"capacity": 61}, "de 1 à 60 places"),
    ],
)
def test_what_no_group_has_is_refused(
    database: Database, act: NewAct, cohort: UUID, change: dict[str, object], reason: str
) -> None:
    with pytest.raises(UserError, match=reason):
        edit(database, act, mended(cohort, **change))


def test_a_group_with_somebody_in_it_is_not_closed_and_says_how_many(
    database: Database, act: NewAct, cohort: UUID, aissatou: UUID
) -> None:
    enter(database, act, cohort, aissatou)
    with pytest.raises(UserError) as refused:
        close(database, act, cohort)
    assert refused.value.what.startswith("1 personne est encore dans")
    assert "sortie" in refused.value.todo
    assert the_group(database, cohort).is_open


def test_a_closed_group_is_over_takes_nobody_in_and_opens_again(
    database: Database, act: NewAct, cohort: UUID, aissatou: UUID
) -> None:
    close(database, act, cohort)
    row = the_group(database, cohort)
    assert not row.is_open
    assert row.phase.startswith("terminé le")
    with pytest.raises(UserError, match="est terminé"):
        enter(database, act, cohort, aissatou)
    with database.write(act("Groupe rouvert")) as session:
        groups.reopen(session, cohort)
    assert the_group(database, cohort).is_open
    assert enter(database, act, cohort, aissatou).entered == 1


def test_closing_is_undone_in_one_act(database: Database, act: NewAct, cohort: UUID) -> None:
    close(database, act, cohort)
    with database.write(act("Annulation")) as session:
        undo_last(session, "Anne Martin")
    assert the_group(database, cohort).is_open
