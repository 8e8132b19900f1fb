"""What docs/qui-voit-quoi.md promises, tried on every table for every role, without the program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest

from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.servers import Role
from tests import servers

from . import attempts
from .conftest import Furnished
from .world import TABLES, World

PAGE = Path(__file__).parents[3] / "docs" / "qui-voit-quoi.md"
HANDS = {
    Role.CONSEILLER: servers.NADIA,
    Role.SECRETARIAT: servers.SOLENE,
    Role.DIRECTION: servers.HELENE,
}
WHICH = {
    "tout": (True, True),
    "les siens": (True, False),
    "sauf les siens": (False, True),
}
"""What a scope of the page says of (a row of one's own, a row of others)."""
_NOTHING = (False, False)
Cell = Mapping[str, tuple[bool, bool]]


class Tried(NamedTuple):
    """A furnished office, the connection of each role, and one past the rights."""

    world: World
    hands: Mapping[Role, psycopg.Connection[Any]]
    owner: psycopg.Connection[Any]


def promised() -> dict[str, dict[Role, Cell]]:
    """The tables of the page: what each role may do, by the name of the table."""
    found = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        row = re.fullmatch(r"\| [^|]+ \| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|", line)
        if row is not None:
            name, *cells = row.groups()
            assert name not in found, f"{name} is told twice"
            found[name] = {role: _cell(text) for role, text in zip(Role, cells, strict=True)}
    return found


def _cell(text: str) -> Cell:
    """« lit, ajoute : tout · modifie : les siens », « rien »."""
    said: dict[str, tuple[bool, bool]] = {}
    if text.strip() != "rien":
        for part in text.split(" · "):
            verbs, _, scope = part.partition(" : ")
            for verb in verbs.split(", "):
                assert verb.strip() in ("lit", "ajoute", "modifie", "compte"), verb
                said[verb.strip()] = WHICH[scope.strip()]
    return {verb: said.get(verb, _NOTHING) for verb in ("lit", "ajoute", "modifie", "compte")}


@pytest.fixture(scope="module")
def tried(
    cluster: servers.Cluster, furnished: Furnished, empty_base: tuple[Path, RawKey]
) -> Iterator[Tried]:
    """An office that no test changes: what is tried is never kept."""
    office = servers.Office(cluster, cluster.new_database(furnished.template), empty_base)
    hands = {role: office.bare(hand) for role, hand in HANDS.items()}
    owner = cluster.admin(office.database)
    yield Tried(furnished.world, hands, owner)
    for connection in (*hands.values(), owner):
        connection.close()
    office.close()


def found(tried: Tried, table: str, role: Role) -> Cell:
    """What a role may do, as the server answers."""
    connection = tried.hands[role]
    mine, other = tried.world.rows(table, HANDS[role])
    wholes = [attempts.whole(tried.owner, table, key) for key in (mine, other)]
    counted = _counted(tried.owner, table)
    return {
        "lit": _both(attempts.reads(connection, table, key) for key in (mine, other)),
        "ajoute": _both(attempts.makes(connection, table, whole) for whole in wholes),
        "modifie": _both(attempts.changes(connection, table, key) for key in (mine, other)),
        "compte": _both(
            counted
            and attempts.reads(connection, table, key, "pseudonym")
            and not attempts.reads(connection, table, key)
            for key in (mine, other)
        ),
    }


def _counted(owner: psycopg.Connection[Any], table: str) -> bool:
    view = owner.execute("SELECT to_regclass(%s)", (f"pseudonym.{table}",)).fetchone()
    return view is not None and view[0] is not None


def _both(answers: Iterator[bool]) -> tuple[bool, bool]:
    first, second = answers
    return first, second


@pytest.mark.parametrize("table", TABLES)
def test_the_page_says_what_the_server_does(tried: Tried, table: str) -> None:
    assert {role: found(tried, table, role) for role in Role} == promised()[table]


def test_the_page_names_every_table() -> None:
    assert sorted(promised()) == list(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_nobody_deletes_anything_for_good(tried: Tried, table: str) -> None:
    for role, connection in tried.hands.items():
        for key in tried.world.rows(table, HANDS[role]):
            assert not attempts.deletes(connection, table, key)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"TRUNCATE {table} CASCADE")
