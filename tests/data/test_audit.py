"""Who changed what, and retries that never double."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from connexion_desktop.data import audit
from connexion_desktop.data.database import Database
from connexion_desktop.data.models import AuditLine, BaseInfo, Person, Setting, utc_now
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import Act, AlreadyDone, Changes
from connexion_desktop.domain.errors import UserError
from tests.saves import change, make_person

NewAct = Callable[..., Act]


def lines(database: Database) -> list[tuple[str, str | None, object, object]]:
    with database.read() as session:
        found = session.execute(
            sa.select(AuditLine.op, AuditLine.field, AuditLine.before, AuditLine.after).order_by(
                AuditLine.at, AuditLine.id
            )
        )
        return [(op, field, before, after) for op, field, before, after in found]


def test_a_new_row_is_one_line_whatever_it_holds(database: Database, act: NewAct) -> None:
    make_person(database, act(), phone="06 39 98 00 01", city="Bordeaux")
    assert lines(database) == [("insert", None, None, None)]


def test_a_new_row_gets_its_association_its_version_and_an_ordered_id(
    database: Database, act: NewAct
) -> None:
    first = make_person(database, act())
    second = make_person(database, act())
    with database.read() as session:
        person = session.get_one(Person, first)
        assert person.association_id == database.association_id
        assert person.version == 1
    assert (first.version, first < second) == (7, True)


def test_each_field_changed_is_one_line_with_before_and_after(
    database: Database, act: NewAct
) -> None:
    person = make_person(database, act("Nouvelle personne"), phone="06 39 98 00 01")
    change(database, act("Modifier"), person, phone="06 39 98 00 02", city="Talence")
    assert set(lines(database)[1:]) == {
        ("update", "phone", "06 39 98 00 01", "06 39 98 00 02"),
        ("update", "city", None, "Talence"),
    }


def test_a_value_put_back_to_itself_is_no_line(database: Database, act: NewAct) -> None:
    person = make_person(database, act("Nouvelle personne"), phone="06 39 98 00 01")
    change(database, act("Modifier"), person, phone="06 39 98 00 01")
    assert len(lines(database)) == 1


def test_saves_of_one_field_within_ten_minutes_are_one_line(
    database: Database, act: NewAct
) -> None:
    person = make_person(database, act("Nouvelle personne"), city="Pes")
    for city in ("Pess", "Pessa", "Pessac"):
        change(database, act("Modifier la ville"), person, city=city)
    assert lines(database)[1:] == [("update", "city", "Pes", "Pessac")]


def test_a_save_after_ten_minutes_is_a_line_of_its_own(
    database: Database, act: NewAct, time_passes: Callable[[], None]
) -> None:
    person = make_person(database, act("Nouvelle personne"))
    change(database, act("Modifier la ville"), person, city="Pessac")
    time_passes()
    change(database, act("Modifier la ville"), person, city="Talence")
    assert lines(database)[1:] == [
        ("update", "city", None, "Pessac"),
        ("update", "city", "Pessac", "Talence"),
    ]


def test_a_colleague_between_two_saves_keeps_them_apart(
    database: Database, colleague: Store, act: NewAct
) -> None:
    person = make_person(database, act("Nouvelle personne"))
    change(database, act("Modifier"), person, city="Pessac")
    change(colleague, act("Modifier", author="Bruno Petit"), person, city="Talence")
    change(database, act("Modifier"), person, city="Bordeaux")
    assert [line[3] for line in lines(database)[1:]] == ["Pessac", "Talence", "Bordeaux"]


def test_acts_of_another_kind_are_not_joined(database: Database, act: NewAct) -> None:
    person = make_person(database, act("Nouvelle personne"))
    change(database, act("Importer"), person, city="Pessac")
    change(database, act("Modifier la ville"), person, city="Talence")
    assert len(lines(database)) == 3


def test_an_act_with_legal_effect_takes_no_earlier_one_along(
    database: Database, act: NewAct
) -> None:
    person = make_person(database, act("Nouvelle personne"))
    change(database, act("Modifier"), person, city="Pessac")
    with database.write(act("Modifier")) as session:
        session.get_one(Person, person).city = "Talence"
        audit.seal(session)
    assert [line[3] for line in lines(database)[1:]] == ["Pessac", "Talence"]


def test_two_flushes_of_one_act_are_one_line_a_field(database: Database, act: NewAct) -> None:
    person = make_person(database, act("Nouvelle personne"))
    with database.write(act("Modifier")) as session:
        for city in ("Pessac", "Talence"):
            session.get_one(Person, person).city = city
            session.flush()
    assert lines(database)[1:] == [("update", "city", None, "Talence")]


def test_deleting_and_restoring_have_their_own_names(database: Database, act: NewAct) -> None:
    person = make_person(database, act("Nouvelle personne"))
    change(database, act("Supprimer"), person, deleted_at=utc_now())
    change(database, act("Rétablir"), person, deleted_at=None)
    assert [line[0] for line in lines(database)] == ["insert", "delete", "restore"]


def test_nothing_is_deleted_for_good(database: Database, act: NewAct) -> None:
    person = make_person(database, act())
    with pytest.raises(TypeError, match="deleted_at"), database.write(act()) as session:
        session.delete(session.get_one(Person, person))
    with database.read() as session:
        assert session.get(Person, person) is not None


def test_a_command_retried_is_not_done_twice(database: Database, act: NewAct) -> None:
    command = act("Nouvelle personne")
    make_person(database, command)
    with pytest.raises(AlreadyDone):
        make_person(database, command)
    with database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == 1


def test_an_act_that_fails_leaves_nothing_and_may_be_retried(
    database: Database, act: NewAct
) -> None:
    command = act()
    with pytest.raises(UserError), database.write(command) as session:
        session.add(Person(number="P-00001", given_name="Zoé"))
        session.flush()
        raise UserError("Non.")
    assert lines(database) == []
    make_person(database, command)


def test_listeners_hear_what_changed_once_it_is_committed(database: Database, act: NewAct) -> None:
    heard: list[Changes] = []
    database.listeners.append(heard.append)
    person = make_person(database, act())
    assert heard == [Changes(frozenset({("person", person)}))]
    assert heard[0].touches("person", "cohort")
    assert not heard[0].touches("cohort")


@pytest.mark.logs_an_error
def test_a_listener_with_a_bug_does_not_undo_the_save(
    database: Database, act: NewAct, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_changes: Changes) -> None:
        raise ZeroDivisionError

    database.listeners.append(broken)
    make_person(database, act())
    assert "a listener failed" in caplog.text
    assert len(lines(database)) == 1


def test_an_act_that_writes_nothing_tells_nobody(database: Database, act: NewAct) -> None:
    heard: list[Changes] = []
    database.listeners.append(heard.append)
    with database.write(act()):
        pass
    assert heard == []


def test_a_bulk_statement_must_say_what_it_did(database: Database, act: NewAct) -> None:
    make_person(database, act())
    with pytest.raises(TypeError, match="declared"), database.write(act()) as session:
        session.execute(sa.update(Person).values(city="Pessac"))
    assert len(lines(database)) == 1


def test_a_bulk_statement_that_says_it_is_audited_and_told(database: Database, act: NewAct) -> None:
    person = make_person(database, act("Nouvelle personne"), city="Talence")
    heard: list[Changes] = []
    database.listeners.append(heard.append)
    with database.write(act("Tout déplacer")) as session:
        session.execute(sa.update(Person).values(city="Pessac"))
        audit.declare_update(session, "person", "city", {person: ("Talence", "Pessac")})
    assert lines(database)[1:] == [("update", "city", "Talence", "Pessac")]
    assert heard[0].touches("person")


def test_a_field_set_before_it_was_loaded_still_tells_what_it_was(
    database: Database, act: NewAct
) -> None:
    person = make_person(database, act("Nouvelle personne"), city="Talence")
    with database.write(act("Modifier")) as session:
        found = session.scalars(
            sa.select(Person)
            .where(Person.id == person)
            .options(sa.orm.load_only(Person.given_name))
        ).one()
        found.city = "Pessac"
    assert lines(database)[1:] == [("update", "city", "Talence", "Pessac")]


def test_a_reading_session_cannot_write(database: Database) -> None:
    with pytest.raises(TypeError, match="only reads"), database.read() as session:
        session.add(Person(number="P-00001", given_name="Zoé"))
        session.flush()


@pytest.mark.file_alone("a server's triggers tell whatever is written")
def test_a_load_in_bulk_leaves_no_line_but_moves_the_stamp(database: Database) -> None:
    with database.read() as session:
        before = session.scalar(sa.select(BaseInfo.change_stamp))
    with database.bulk() as session:
        session.add(Person(number="P-00001", given_name="Zoé"))
    assert lines(database) == []
    with database.read() as session:
        assert session.scalar(sa.select(BaseInfo.change_stamp)) == (before or 0) + 1


def test_a_session_for_drafts_refuses_what_pages_show(database: Database) -> None:
    with pytest.raises(TypeError, match="drafts"), database.scratch() as session:
        session.add(Setting(key="couleur", value="bleu"))
        session.flush()
