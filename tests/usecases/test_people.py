"""Everyone met, on a real base: listed, made, not made twice."""

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
from connexion_desktop.domain.drafts import as_draft, typed_over
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.listing import PersonState
from connexion_desktop.domain.name_matching import Likeness
from connexion_desktop.domain.people import MoveOn, NewPerson
from connexion_desktop.domain.person_commands import fields_key
from connexion_desktop.domain.progress import Silent
from connexion_desktop.usecases import drafts, people
from connexion_desktop.usecases.register import Register
from connexion_desktop.usecases.undo import undo_last
from tests import factories as make
from tests.conftest import AUTHOR
from tests.factories import TODAY

NewAct = Callable[..., Act]


def new(given: str, family: str = "", birth: ImpreciseDate | None = None) -> NewPerson:
    return NewPerson(uuid4(), given, family, birth, TODAY)


def made(database: Database, act: NewAct, command: NewPerson) -> m.Person:
    with database.write(act("Nouvelle personne")) as session:
        people.create(session, command)
    with database.read() as session:
        return session.get_one(m.Person, command.id)


def names(database: Database) -> list[str]:
    with database.read() as session:
        return sorted(person.name for person in people.everyone(session))


def alike(database: Database, command: NewPerson) -> list[tuple[str, Likeness]]:
    found = people.already_known(database, Register(), Silent(), command)
    return [(each.name, each.likeness) for each in found.like]


def test_two_names_are_enough_to_make_somebody(database: Database, act: NewAct) -> None:
    found = made(database, act, new("aïssatou", "DIALLO"))
    assert (found.given_name, found.family_name) == ("Aïssatou", "Diallo")
    assert (found.number, found.state, found.met_on) == ("P-00001", "met", TODAY)


def test_a_family_name_and_a_birth_date_may_be_unknown(database: Database, act: NewAct) -> None:
    found = made(database, act, new("Olena"))
    assert (found.family_name, found.birth_date) == (None, None)


def test_an_imprecise_birth_stays_imprecise(database: Database, act: NewAct) -> None:
    found = made(database, act, new("Olena", "", ImpreciseDate(date(1988, 1, 1), Precision.YEAR)))
    assert (found.birth_date, found.birth_precision) == (date(1988, 1, 1), "year")


def test_numbers_follow_those_of_an_import(database: Database, act: NewAct) -> None:
    made(database, act, new("Olena"))
    assert made(database, act, new("Koffi")).number == "P-00002"


def test_somebody_without_a_given_name_is_refused_and_takes_no_number(
    database: Database, act: NewAct
) -> None:
    with pytest.raises(UserError), database.write(act("Nouvelle personne")) as session:
        people.create(session, new("", "Diallo"))
    assert names(database) == []
    assert made(database, act, new("Olena")).number == "P-00001"


def test_a_name_longer_than_its_place_is_refused_in_words(database: Database, act: NewAct) -> None:
    with pytest.raises(UserError), database.write(act("Nouvelle personne")) as session:
        people.create(session, new("Anne" * 100))
    assert names(database) == []


def test_whom_a_colleague_made_meanwhile_is_not_made_twice(
    database: Database, colleague: Database, act: NewAct
) -> None:
    command = new("Aïssatou", "Diallo")
    looked = people.already_known(database, Register(), Silent(), command)
    made(colleague, act, new("Diallo", "Aissatou"))
    made(colleague, act, new("Olena"))
    with (
        pytest.raises(UserError, match=r"Diallo Aissatou \(P-00001\)") as told,
        database.write(act("Nouvelle personne")) as session,
    ):
        people.create(session, replace(command, after=looked.last))
    assert "est gardé" in told.value.safe
    assert names(database) == ["Diallo Aissatou", "Olena"]
    again = people.already_known(database, Register(), Silent(), command)
    assert [each.name for each in again.like] == ["Diallo Aissatou"]
    assert made(database, act, replace(command, after=again.last)).number == "P-00003"


def test_whom_nobody_resembles_is_made_whoever_was_made_meanwhile(
    database: Database, colleague: Database, act: NewAct
) -> None:
    command = new("Aïssatou", "Diallo")
    looked = people.already_known(database, Register(), Silent(), command)
    made(colleague, act, new("Olena"))
    assert made(database, act, replace(command, after=looked.last)).number == "P-00002"


def test_somebody_made_is_undone(database: Database, act: NewAct) -> None:
    made(database, act, new("Olena"))
    with database.write(act("Annuler")) as session:
        step = undo_last(session, act().author)
    assert step is not None
    assert names(database) == []


@pytest.fixture
def aissatou(database: Database) -> UUID:
    with database.bulk() as session:
        return make.person(
            session, "Aïssatou", "Diallo", birth_date=date(1991, 4, 3), phone="06 39 98 00 11"
        )


@pytest.mark.parametrize(
    ("command", "likeness"),
    [
        (new("Aissatou", "DIALLO"), Likeness.PERHAPS),
        (new("diallo", "aissatou"), Likeness.PERHAPS),
        (new("Aïssatou", "Diallo", ImpreciseDate(date(1991, 4, 3))), Likeness.SAME),
        (new("Aïssatou", "Dialo", ImpreciseDate(date(1991, 4, 3))), Likeness.PERHAPS),
        (new("Aïssatou", "Diallo", ImpreciseDate(date(1991, 3, 4))), Likeness.PERHAPS),
    ],
)
def test_who_resembles_is_told(
    database: Database, aissatou: UUID, command: NewPerson, likeness: Likeness
) -> None:
    assert alike(database, command) == [("Aïssatou Diallo", likeness)]


@pytest.mark.parametrize(
    "command",
    [new("Aïssatou", "Traoré"), new("Aïssatou", "Diallo", ImpreciseDate(date(1960, 1, 1)))],
)
def test_who_is_somebody_else_is_not(
    database: Database, aissatou: UUID, command: NewPerson
) -> None:
    assert alike(database, command) == []


def test_what_is_told_of_who_resembles(database: Database) -> None:
    with database.bulk() as session:
        cohort = make.cohort(session)
        who = make.person(session, "Olena", "Kovalenko", birth_date=date(1991, 4, 3))
        make.journey(session, who, cohort)
    (found,) = people.already_known(database, Register(), Silent(), new("Олена", "Kovalenko")).like
    assert found.id == who
    assert "03/04/1991" in found.told
    assert "Bordeaux · mars 2026" in found.told
    assert "même nom" in found.reasons


def test_the_deleted_are_neither_listed_nor_alike(database: Database, aissatou: UUID) -> None:
    with database.bulk() as session:
        session.get_one(m.Person, aissatou).deleted_at = m.utc_now()
    assert names(database) == []
    assert alike(database, new("Aïssatou", "Diallo")) == []


def moved(
    database: Database, act: NewAct, who: UUID, state: PersonState, refusal: str | None = None
) -> str:
    with database.write(act("Étape")) as session:
        return people.move_on(session, MoveOn((who,), state, TODAY, refusal)).text


def steps(database: Database) -> list[tuple[str, str | None]]:
    with database.read() as session:
        alive = m.IntakeStep.deleted_at.is_(None)
        rows = session.scalars(sa.select(m.IntakeStep).where(alive).order_by(m.IntakeStep.id))
        return [(row.kind, row.refusal_reason) for row in rows]


def test_somebody_goes_on_the_waiting_list_with_its_date(
    database: Database, act: NewAct, aissatou: UUID
) -> None:
    assert moved(database, act, aissatou, PersonState.WAITING) == "1 personne : en attente"
    assert steps(database) == [("waiting", None)]
    with database.write(act("Annuler")) as session:
        undo_last(session, act().author)
    assert steps(database) == []


def test_somebody_who_does_not_enter_says_why(
    database: Database, act: NewAct, aissatou: UUID
) -> None:
    with database.read() as session:
        assert ("choix", "Choix de la personne") in people.refusals(session)
    moved(database, act, aissatou, PersonState.REFUSED, "choix")
    assert steps(database) == [("refused", "choix")]


def test_who_is_in_a_group_stays_there(database: Database, act: NewAct) -> None:
    with database.bulk() as session:
        who, _ = make.participant(session, make.cohort(session))
        session.get_one(m.Person, who).state = "in_group"
    told = moved(database, act, who, PersonState.WAITING)
    assert told == "1 en parcours n’a pas changé"
    assert steps(database) == []


def test_saying_it_twice_writes_one_step(database: Database, act: NewAct, aissatou: UUID) -> None:
    moved(database, act, aissatou, PersonState.WAITING)
    moved(database, act, aissatou, PersonState.WAITING)
    assert steps(database) == [("waiting", None)]


def test_what_somebody_typed_and_could_not_save_is_to_be_checked(
    database: Database, act: NewAct
) -> None:
    with database.write(act("Nouvelle personne")) as session:
        who = make.person(session)
    typed = {
        "person.phone": typed_over("45", "0639980011"),
        "person.email": "awa chez example",
        "person.birth_date": typed_over("trente", ""),
        "person.met_on": typed_over("03/04/2026", "01/04/2026"),
        "person.city": "Cenon",
    }
    with database.scratch() as session:
        drafts.keep(session, AUTHOR, fields_key(who), as_draft(typed))
    with database.read() as session:
        (mine,) = people.everyone(session, AUTHOR, TODAY)
        (another_s,) = people.everyone(session, "Koffi Mensah", TODAY)
    assert (mine.line.to_check, another_s.line.to_check) == (3, 0)
