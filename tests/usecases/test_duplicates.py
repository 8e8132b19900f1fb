"""Those who may have been written down twice, in the base."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.merging import MergePeople
from connexion_desktop.domain.people import Everyone
from connexion_desktop.domain.progress import Silent
from connexion_desktop.usecases import duplicates, merging, people, undo

from .. import factories as make
from ..factories import TODAY

Acts = Callable[..., Act]


@pytest.fixture
def three(database: Database, act: Acts) -> tuple[UUID, UUID, UUID]:
    """One person written down three times."""
    with database.write(act()) as session:
        first, second, third = (
            make.person(session, given, "Akhmetov", birth_date=date(1991, 3, 4))
            for given in ("Nurlan", "NURLAN", "Нурлан")
        )
    return first, second, third


def proposed(database: Database) -> set[frozenset[UUID]]:
    found = duplicates.proposed(database, Silent())
    return {frozenset((pair.older.id, pair.newer.id)) for pair in found}


def test_every_pair_of_the_base_is_proposed(
    database: Database, three: tuple[UUID, UUID, UUID]
) -> None:
    first, second, third = three
    assert proposed(database) == {
        frozenset((first, second)),
        frozenset((first, third)),
        frozenset((second, third)),
    }
    assert len(duplicates.resembling(database, Silent(), third)) == 2


def test_whoever_is_deleted_is_not_proposed(
    database: Database, act: Acts, three: tuple[UUID, UUID, UUID]
) -> None:
    with database.write(act()) as session:
        session.get_one(m.Person, three[0]).deleted_at = m.utc_now()
    assert proposed(database) == {frozenset(three[1:])}


def test_not_the_same_is_remembered_once_and_undone(
    database: Database, act: Acts, three: tuple[UUID, UUID, UUID]
) -> None:
    first, second, _ = three
    for _time in range(2):
        with database.write(act("Deux personnes distinctes")) as session:
            duplicates.set_apart(session, second, first)
    assert frozenset((first, second)) not in proposed(database)
    with database.write(act("Annulation")) as session:
        undo.undo_last(session, act().author)
    assert frozenset((first, second)) in proposed(database)


def test_what_was_said_of_a_file_holds_for_the_one_it_was_merged_into(
    database: Database, act: Acts, three: tuple[UUID, UUID, UUID]
) -> None:
    first, second, third = three
    with database.write(act()) as session:
        duplicates.set_apart(session, second, third)
        view = merging.compare(session, first, second, TODAY)
    with database.write(act()) as session:
        merging.merge(session, MergePeople(view, TODAY))
    assert proposed(database) == set()
    with database.read() as session:
        grave = merging.compare(session, first, third, TODAY).cautions[0]
    assert grave.grave and "deux personnes" in grave.text


def test_the_number_of_a_file_merged_finds_the_one_kept(
    database: Database, act: Acts, three: tuple[UUID, UUID, UUID]
) -> None:
    first, second, _ = three
    with database.read() as session:
        number = session.get_one(m.Person, second).number
        view = merging.compare(session, first, second, TODAY)
    with database.write(act("Fusion")) as session:
        merging.merge(session, MergePeople(view, TODAY))
    with database.read() as session:
        assert [each.id for each in Everyone(people.everyone(session)).sought(number)] == [first]
    with database.write(act("Annulation")) as session:
        undo.undo_last(session, act().author)
    with database.read() as session:
        assert [each.id for each in Everyone(people.everyone(session)).sought(number)] == [second]
