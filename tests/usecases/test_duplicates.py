"""Those who may have been written down twice, in the base."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import Cancelled
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.merging import MergePeople
from connexion_desktop.domain.name_matching import PersonTraits, folded_traits
from connexion_desktop.domain.people import Everyone
from connexion_desktop.domain.progress import Silent
from connexion_desktop.usecases import duplicates, merging, people, undo
from connexion_desktop.usecases.register import Register

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


@pytest.fixture
def register(database: Database) -> Register:
    """Kept while the base is open, as the window keeps it."""
    kept = Register()
    database.listeners.append(kept.hear)
    return kept


def proposed(database: Database, register: Register | None = None) -> set[frozenset[UUID]]:
    found = duplicates.proposed(database, register or Register(), Silent())
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
    assert len(duplicates.resembling(database, Register(), Silent(), third)) == 2


def test_whoever_is_deleted_is_not_proposed(
    database: Database, act: Acts, three: tuple[UUID, UUID, UUID]
) -> None:
    with database.write(act()) as session:
        session.get_one(m.Person, three[0]).deleted_at = m.utc_now()
    assert proposed(database) == {frozenset(three[1:])}


@pytest.fixture
def reads() -> Iterator[list[str]]:
    """Each question asked about people."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "FROM person" in statement:
            found.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    yield found
    sa.event.remove(sa.Engine, "before_cursor_execute", note)


@pytest.mark.file_alone("on a server whom one sees changes with the day: all are read again")
def test_once_everybody_was_read_only_who_changed_is(
    database: Database,
    act: Acts,
    three: tuple[UUID, UUID, UUID],
    register: Register,
    reads: list[str],
) -> None:
    first, second, third = three
    proposed(database, register)
    reads.clear()
    assert len(proposed(database, register)) == 3
    assert reads == [], "nobody changed"
    with database.write(act()) as session:
        session.get_one(m.Person, third).given_name = "Zoé"
    reads.clear()
    assert proposed(database, register) == {frozenset((first, second))}
    assert reads and all("person.id IN" in statement for statement in reads)


def test_what_is_kept_tells_as_what_is_read_anew(
    database: Database, act: Acts, three: tuple[UUID, UUID, UUID], register: Register
) -> None:
    first, second, third = three

    def same() -> set[frozenset[UUID]]:
        kept = proposed(database, register)
        assert kept == proposed(database)
        for each in three:
            told = duplicates.resembling(database, register, Silent(), each)
            assert told == duplicates.resembling(database, Register(), Silent(), each)
        return kept

    assert len(same()) == 3
    with database.write(act("Nom corrigé")) as session:
        session.get_one(m.Person, third).family_name = "Baisalov"
    assert same() == {frozenset((first, second))}
    with database.write(act("Téléphone")) as session:
        for each in (first, third):
            session.get_one(m.Person, each).phone = "06 39 98 00 11"
    assert frozenset((first, third)) in same()
    with database.write(act("Fiche supprimée")) as session:
        session.get_one(m.Person, first).deleted_at = m.utc_now()
    assert first not in frozenset().union(*same())
    with database.write(act("Annulation")) as session:
        undo.undo_last(session, act().author)
    assert frozenset((first, second)) in same()
    with database.write(act()) as session:
        fourth = make.person(session, "Nurlan", "Akhmetov", birth_date=date(1991, 3, 4))
    assert frozenset((second, fourth)) in same()


def test_a_search_given_up_half_way_is_begun_again(
    database: Database, three: tuple[UUID, UUID, UUID], register: Register
) -> None:
    class GivenUp(Silent):
        def step(self, done: int, total: int, label: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        duplicates.proposed(database, register, GivenUp())
    assert len(proposed(database, register)) == 3


def test_another_base_is_read_for_itself(
    database: Database, three: tuple[UUID, UUID, UUID], register: Register, tmp_path: Path
) -> None:
    assert len(proposed(database, register)) == 3
    other = Database.create(tmp_path / "autre.base", RawKey("5eed" * 16), "Les Possibles")
    assert proposed(other, register) == set()
    other.close()
    assert len(proposed(database, register)) == 3


def test_a_phone_that_a_crowd_shares_finds_nobody(register: Register) -> None:
    phone = "05 56 00 00 01"
    office = [folded_traits(PersonTraits(f"Nom{n}", "Zoé", phone=phone)) for n in range(150)]
    for traits in office:
        register.put(uuid4(), traits)
    assert len(register.sharing(office[0])) == 1


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
