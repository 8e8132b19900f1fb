"""An office of two groups, reached without the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from connexion_desktop.domain.keys import RawKey
from tests import servers
from tests.factories import TODAY, days

from .attempts import Connection
from .world import World, as_owner, furnish


class Furnished(NamedTuple):
    """A database with the rows of each conseiller: to be copied, never opened."""

    template: str
    world: World


@pytest.fixture(scope="session")
def furnished(
    cluster: servers.Cluster, server_template: str, empty_base: tuple[Path, RawKey]
) -> Furnished:
    """Made once."""
    office = servers.Office(cluster, cluster.new_database(server_template), empty_base)
    with as_owner(office) as session:
        return Furnished(office.database, furnish(session))


@pytest.fixture
def office_template(request: pytest.FixtureRequest, server_template: str) -> str:
    """Furnished, where the test asks for its rows."""
    if "world" not in request.fixturenames:
        return server_template
    made: Furnished = request.getfixturevalue("furnished")
    return made.template


@pytest.fixture
def world(furnished: Furnished) -> World:
    """The rows of each conseiller."""
    return furnished.world


@pytest.fixture
def bare(shared_office: servers.Office) -> Iterator[Callable[[servers.Hand], Connection]]:
    """Open a connection that goes round the application."""
    with ExitStack() as opened:

        def connect(hand: servers.Hand) -> Connection:
            return opened.enter_context(shared_office.bare(hand))

        yield connect


@pytest.fixture
def owner(shared_office: servers.Office) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection past the rights."""
    with shared_office.cluster.admin(shared_office.database) as connection:
        yield connection


@pytest.fixture
def day(shared_office: servers.Office) -> Callable[[int], str]:
    """The day so many days from the server's, which stays the same until the test is over."""
    shared_office.be_on(TODAY)
    return lambda offset: days(offset).isoformat()
