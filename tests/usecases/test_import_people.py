"""Whom a row is about: found in the base or in the file, never guessed; homonyms kept apart."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from string import ascii_lowercase
from typing import Any

import pytest

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.import_rows import RowStatus
from connexion_desktop.exchange.tables import Tables
from tests import factories
from tests.usecases.importing import alive, bring_in, flags, look, named, shown, someone
from tests.workbooks import GROUP, Row, office_sheets, person, tables

NewAct = Callable[..., Act]
BORN = date(1991, 4, 3)
NEW, KNOWN = RowStatus.NEW, RowStatus.KNOWN
DOUBTFUL, UNUSABLE = RowStatus.DOUBTFUL, RowStatus.UNUSABLE


def people(*rows: Row) -> Tables:
    return tables(office_sheets(rows, None, None))


def diallo(**values: object) -> Row:
    return person(**{"NOM": "DIALLO", "Prénom": "Aïssatou", **values})


def statuses(database: Database, *rows: Row) -> list[RowStatus]:
    return [row.status for row in look(database, people(*rows)).rows]


def met_elsewhere(database: Database, act: Act, **values: Any) -> None:
    """Aïssatou Diallo, in the group of Talence."""
    with database.write(act) as session:
        group = factories.cohort(session, "Talence printemps")
        who = someone(session, "Aïssatou", "Diallo", **values)
        factories.journey(session, who, group)


def settled(database: Database, *rows: Row) -> list[m.Person]:
    """Who is in the base after these rows are imported; a second time changes nothing."""
    bring_in(database, people(*rows))
    again = bring_in(database, people(*rows))
    assert (again.made, again.completed) == ({}, 0)
    return alive(database, m.Person)


def test_somebody_known_by_name_and_birth_date_is_not_made_again(
    database: Database, act: NewAct
) -> None:
    met_elsewhere(database, act(), birth_date=BORN, phone="06 39 98 01 11")
    row = diallo(Néele="03/04/1991", Ville="Bordeaux")
    assert statuses(database, row) == [KNOWN]
    assert [each.city for each in settled(database, row)] == ["Bordeaux"]


def test_somebody_known_in_another_group_says_which_and_enters_this_one(
    database: Database, act: NewAct
) -> None:
    met_elsewhere(database, act(), birth_date=BORN)
    row = diallo(Néele="03/04/1991")
    reason = look(database, people(row)).rows[0].reason
    assert reason.startswith("Déjà connu : P-")
    assert reason.endswith("groupe Talence printemps")
    settled(database, row)
    names = {each.id: each.name for each in alive(database, m.Cohort)}
    journeys = [names[each.cohort_id] for each in alive(database, m.Journey)]
    assert sorted(journeys) == [GROUP, "Talence printemps"]


def test_two_namesakes_with_two_unreadable_birth_dates_are_not_made_one(
    database: Database,
) -> None:
    rows = (diallo(Néele="31/02/1991"), diallo(Néele="12/13/1988"))
    first, second = look(database, people(*rows)).rows
    assert (first.status, second.status) == (DOUBTFUL, DOUBTFUL)
    assert "Ressemble à Participants, ligne 4 de ce fichier" in second.reason
    assert len(settled(database, *rows)) == 2


def test_two_rows_with_the_same_unreadable_birth_date_are_one(database: Database) -> None:
    assert len(settled(database, diallo(Néele="31/02/1991"), diallo(Néele="31/02/1991"))) == 1


def test_a_readable_and_an_unreadable_birth_date_are_not_made_one(database: Database) -> None:
    assert statuses(database, diallo(Néele="03/04/1991"), diallo(Néele="31/02/90"))[1] is DOUBTFUL


def test_somebody_met_before_is_now_in_a_group(database: Database, act: NewAct) -> None:
    with database.write(act()) as session:
        someone(session, "Aïssatou", "Diallo", birth_date=BORN, state="waiting")
    (who,) = settled(database, diallo(Néele="03/04/1991"))
    assert who.state == "in_group"


def test_the_phone_tells_who_it_is_where_the_birth_date_is_unknown(
    database: Database, act: NewAct
) -> None:
    met_elsewhere(database, act(), phone="+33 6 39 98 01 11")
    assert statuses(database, diallo(Tél=639980111)) == [KNOWN]


def test_a_homonym_of_another_group_is_doubtful_and_told_on_the_person(
    database: Database, act: NewAct
) -> None:
    met_elsewhere(database, act())
    preview = look(database, people(diallo()))
    assert preview.rows[0].status is DOUBTFUL
    assert "groupe Talence printemps (même nom, date de naissance inconnue)" in (
        preview.rows[0].reason
    )
    made = [each for each in settled(database, diallo()) if each.state == "in_group"][-1]
    assert "Ressemble à" in flags(database, made.id)["given_name"].problem


def test_a_swapped_day_and_month_is_doubtful_not_merged(database: Database, act: NewAct) -> None:
    met_elsewhere(database, act(), birth_date=date(1991, 3, 4))
    assert statuses(database, diallo(Néele="03/04/1991")) == [DOUBTFUL]


def test_the_same_person_twice_in_a_file_is_one(database: Database) -> None:
    rows = (diallo(Néele="03/04/1991"), diallo(Néele="03/04/1991", Mail="a@example.org"))
    preview = look(database, people(*rows))
    assert [row.status for row in preview.rows] == [NEW, KNOWN]
    assert preview.rows[1].reason == "Déjà Participants, ligne 4 de ce fichier"
    assert [each.email for each in settled(database, *rows)] == ["a@example.org"]


def test_homonyms_with_their_birth_dates_are_two_people(database: Database) -> None:
    rows = (diallo(Néele="03/04/1991"), diallo(Néele="09/12/2007"))
    assert statuses(database, *rows) == [NEW, NEW]
    assert len(settled(database, *rows)) == 2


def test_homonyms_with_two_phones_are_two_people_and_told(database: Database) -> None:
    rows = (diallo(Tél="06 39 98 01 11"), diallo(Tél="06 39 98 01 12"))
    assert statuses(database, *rows) == [NEW, DOUBTFUL]
    assert len(settled(database, *rows)) == 2


def test_a_homonym_that_may_be_two_people_is_unusable_not_guessed(database: Database) -> None:
    rows = (diallo(Néele="03/04/1991"), diallo(Néele="09/12/2007"), diallo(Ville="Pessac"))
    preview = look(database, people(*rows))
    assert [row.status for row in preview.rows] == [NEW, NEW, UNUSABLE]
    assert preview.rows[2].title == "Aïssatou Diallo"
    assert str(preview.rows[2].problems[0]) == (
        "Participants, ligne 6, colonne C (Prénom) : « Aïssatou Diallo »."
        " Ce peut être Participants, ligne 4 de ce fichier ou Participants, ligne 5 de ce fichier :"
        " ajoutez la date de naissance."
    )
    assert [each.city for each in settled(database, *rows)] == [None, None]


def test_what_a_row_completes_tells_the_next_homonym_apart(database: Database) -> None:
    rows = (diallo(), diallo(Néele="03/04/1991"), diallo(Néele="09/12/2007"))
    assert len(settled(database, *rows)) == 2


@pytest.mark.parametrize(
    "row",
    [diallo(), diallo(Néele="31/02/1990"), diallo(Tél="06 39"), diallo(Néele="1991", RQTH="bof")],
)
def test_somebody_with_doubtful_cells_or_no_phone_is_known_the_second_time(
    database: Database, row: Row
) -> None:
    assert len(settled(database, row)) == 1


def test_what_is_there_already_is_kept_and_the_difference_is_told(
    database: Database, act: NewAct
) -> None:
    met_elsewhere(database, act(), birth_date=BORN, phone="06 39 98 01 11", city="Talence")
    row = diallo(Néele="03/04/1991", Tél="06 39 98 01 99", Ville="Pessac")
    assert (
        "autre téléphone : 06 39 98 01 11 est gardé" in look(database, people(row)).rows[0].reason
    )
    (who,) = settled(database, row)
    assert (who.phone, who.city) == ("06 39 98 01 11", "Talence")


def test_a_date_that_completes_brings_its_precision(database: Database) -> None:
    bring_in(database, people(diallo()))
    (who,) = settled(database, diallo(Néele="1991", Date1ercontact="février 2026"))
    assert (who.birth_date, who.birth_precision) == (date(1991, 1, 1), "year")
    assert (who.met_on, who.met_precision) == (date(2026, 2, 1), "month")


def test_a_date_there_already_keeps_its_precision(database: Database, act: NewAct) -> None:
    met_elsewhere(database, act(), birth_date=BORN)
    (who,) = settled(database, diallo(Néele="1991", Mail="a@example.org", Tél="06 39 98 01 11"))[:1]
    assert (who.birth_date, who.birth_precision) == (BORN, "day")


def test_what_was_mended_since_is_not_told_again(database: Database, act: NewAct) -> None:
    row = diallo(Néele="31/02/1990")
    bring_in(database, people(row))
    with database.write(act("Corriger")) as session:
        who = session.get_one(m.Person, named(database, "Aïssatou").id)
        who.birth_date = BORN
        session.get_one(m.DataFlag, alive(database, m.DataFlag)[0].id).mended_on = BORN
    (who,) = settled(database, row)
    assert who.birth_date == BORN
    assert len(alive(database, m.DataFlag)) == 1


def test_a_phone_shared_by_a_crowd_says_nothing(database: Database) -> None:
    chance = random.Random(3)  # noqa: S311 - no secret
    names = ["".join(chance.choices(ascii_lowercase, k=9)) for _ in range(300)]
    rows = [
        person(NOM=family, Prénom=given, Tél="05 36 49 01 00")
        for family, given in zip(names[::2], names[1::2], strict=True)
    ]
    assert set(statuses(database, *rows)) == {NEW}


def test_someone_deleted_is_new_again(database: Database, act: NewAct) -> None:
    bring_in(database, people(diallo(Néele="03/04/1991")))
    with database.write(act("Supprimer")) as session:
        who = session.get_one(m.Person, named(database, "Aïssatou").id)
        who.deleted_at = m.utc_now()
    assert (
        shown(look(database, people(diallo(Néele="03/04/1991"))), "Aïssatou Diallo").status is NEW
    )
