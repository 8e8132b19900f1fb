"""What is asked of the server by a door of its own: names, whether somebody is known, numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from tests import servers
from tests.servers import HELENE, KARIM, NADIA, SOLENE

from .attempts import Connection, one, person_of
from .world import World

Bare = Callable[[servers.Hand], Connection]
Owner = psycopg.Connection[Any]


def asked_names(connection: Connection, who: UUID, why: str = "Contrôle de la Région") -> list[Any]:
    found = connection.execute("SELECT ask_names(%s, ARRAY[%s::uuid])", (why, who)).fetchall()
    return [line for (line,) in found]


def names(connection: Connection, lines: list[Any]) -> list[Any]:
    found = connection.execute("SELECT given_name FROM names(%s::uuid[])", (lines,)).fetchall()
    return [name for (name,) in found]


def asked_elsewhere(connection: Connection, given: str, family: str = "diallo") -> Any:
    return one(connection, "SELECT ask_elsewhere(%s, %s)", given, family)


def known(connection: Connection, asked: Any) -> list[Any]:
    found = connection.execute("SELECT * FROM known_elsewhere(%s)", (asked,)).fetchall()
    return [site for (site,) in found]


@pytest.fixture
def at_talence(world: World, owner: Owner) -> None:
    owner.execute(
        "UPDATE person SET site_id = (SELECT id FROM site WHERE code = 'talence')"
        " WHERE given_name LIKE 'Personne%'"
    )


def test_names_are_shown_to_the_direction_alone_with_a_reason_and_written_down(
    world: World, bare: Bare
) -> None:
    who, helene = person_of(world, NADIA), bare(HELENE)
    assert names(helene, asked_names(helene, who)) == ["Personne de Nadia"]
    line = helene.execute(
        "SELECT author, row_id, reason FROM access_line WHERE kind = 'names'"
    ).fetchall()
    assert line == [("Hélène Roche", who, "Contrôle de la Région")]
    with pytest.raises(psycopg.errors.CheckViolation):
        asked_names(helene, who, "  x ")
    for hand in (NADIA, SOLENE):
        with pytest.raises(InsufficientPrivilege):
            asked_names(bare(hand), who)


def test_no_name_is_seen_before_the_look_is_written_down(world: World, bare: Bare) -> None:
    """A transaction that is taken back would take its trace along."""
    who, helene = person_of(world, NADIA), bare(HELENE)
    with helene.transaction(force_rollback=True):
        assert names(helene, asked_names(helene, who)) == []
    with helene.transaction(force_rollback=True):
        with helene.transaction():
            lines = asked_names(helene, who)
        assert names(helene, lines) == []
    assert names(helene, lines) == []
    assert one(helene, "SELECT count(*) FROM access_line WHERE kind = 'names'") == 0


def test_a_look_answers_to_who_asked_and_for_a_while(
    world: World, owner: Owner, bare: Bare
) -> None:
    helene = bare(HELENE)
    lines = asked_names(helene, person_of(world, NADIA))
    assert names(bare(NADIA), lines) == []
    assert names(bare(servers.EVERYTHING), lines) == []
    owner.execute("UPDATE journal.signed SET at = now() - interval '11 minutes'")
    assert names(helene, lines) == []


def test_a_look_is_not_made_up(world: World, bare: Bare) -> None:
    """Neither one for names, nor one at another time, nor one that takes a colleague's act."""
    helene, line = bare(HELENE), uuid4()
    made = (
        "INSERT INTO access_line (id, association_id, at, author, kind, table_name, row_id)"
        " SELECT %s, association_id, '2020-01-01', 'Hélène Roche', %s, 'person', %s FROM base_info"
    )
    who = person_of(world, NADIA)
    for kind in ("names", "known"):
        with pytest.raises(InsufficientPrivilege):
            helene.execute(made, (line, kind, who))
    helene.execute(made, (line, "opened", who))
    assert one(helene, "SELECT at > now() - interval '1 hour' FROM access_line WHERE id = %s", line)
    assert names(helene, [line]) == []
    karims = uuid4()
    bare(KARIM).execute("SELECT begin_command(%s, 'Karim Lopez', 'Note')", (karims,))
    with pytest.raises(psycopg.errors.UniqueViolation):
        helene.execute(made, (karims, "opened", who))


@pytest.mark.usefixtures("at_talence")
def test_a_conseiller_knows_of_a_colleagues_person_where_and_nothing_else(bare: Bare) -> None:
    nadia = bare(NADIA)
    assert known(nadia, asked_elsewhere(nadia, "personne de KARIM")) == ["Talence"]
    assert known(nadia, asked_elsewhere(nadia, "Personne de Nadia")) == []
    for given, family in (("", "diallo"), ("Personne de Karim", ""), ("Personne de Karim", "x")):
        assert known(nadia, asked_elsewhere(nadia, given, family)) == []
    for hand in (SOLENE, HELENE):
        assert asked_elsewhere(bare(hand), "Personne de Karim") is None


@pytest.mark.usefixtures("at_talence")
def test_who_asks_whether_somebody_is_known_leaves_a_trace(bare: Bare) -> None:
    nadia = bare(NADIA)
    with nadia.transaction(force_rollback=True):
        asked = asked_elsewhere(nadia, "Personne de Karim")
        assert known(nadia, asked) == []
    assert known(nadia, asked) == []
    asked = asked_elsewhere(nadia, "Personne de Karim")
    assert known(bare(KARIM), asked) == []
    assert known(nadia, asked) == ["Talence"]
    looks = bare(HELENE).execute("SELECT author FROM access_line WHERE kind = 'known'").fetchall()
    assert looks == [("Nadia Ferrand",)]


@pytest.mark.usefixtures("at_talence")
def test_nobody_asks_for_a_whole_list_of_names(bare: Bare) -> None:
    nadia = bare(NADIA)
    answers = [asked_elsewhere(nadia, f"Essai {number}") for number in range(61)]
    assert answers[-1] is None
    assert None not in answers[:-1]


def test_numbers_only_go_up(bare: Bare) -> None:
    nadia, solene = bare(NADIA), bare(SOLENE)
    assert one(nadia, "SELECT take_numbers('PRET-2031', 3)") == 1
    assert one(solene, "SELECT take_numbers('PRET-2031', 1)") == 4
    for many in (0, -3, 20_001):
        with pytest.raises(InsufficientPrivilege):
            nadia.execute("SELECT take_numbers('PRET-2031', %s)", (many,))
    assert one(nadia, "SELECT last FROM counter WHERE series = 'PRET-2031'") == 4


@pytest.mark.parametrize("series", ["Essai", "", "P-2026", "PMSMP", "PMSMP-2026 ", "pmsmp-2026"])
def test_there_are_no_numbers_but_those_of_the_office(bare: Bare, series: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        bare(NADIA).execute("SELECT take_numbers(%s, 1)", (series,))


def test_the_names_asked_about_are_forgotten_by_whoever_asks_next(
    world: World, owner: Owner, bare: Bare
) -> None:
    asked_elsewhere(bare(NADIA), "Awa")
    owner.execute("UPDATE journal.signed SET at = at - interval '11 minutes'")
    asked_elsewhere(bare(KARIM), "Zoé")
    kept = owner.execute("SELECT login FROM journal.signed WHERE words IS NOT NULL").fetchall()
    assert kept == [(KARIM.login,)]
