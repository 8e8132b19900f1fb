"""An office of two groups, reached without the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import psycopg
import pytest

from tests import servers
from tests.factories import TODAY, days

from .attempts import Connection
from .world import World, as_owner, furnish


@pytest.fixture
def world(shared_office: servers.Office) -> World:
    """The rows of each conseiller."""
    with as_owner(shared_office) as session:
        return furnish(session)


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
