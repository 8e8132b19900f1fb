"""A workstation on a real server, through a cable that may be cut; and a colleague beside."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from connexion_desktop.data.database import Database
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.system import secrets
from connexion_desktop.ui.jobs import Jobs
from tests import servers
from tests.proxy import Proxy

from .window import Workstation


@pytest.fixture
def team(shared_office: servers.Office) -> servers.Office:
    """A prepared server of this test's own."""
    return shared_office


@pytest.fixture
def cable(team: servers.Office) -> Iterator[Proxy]:
    """Between this workstation and the server."""
    with Proxy(team.cluster.port) as made:
        yield made


OpenFar = Callable[..., ServerDatabase]


@pytest.fixture
def open_far(
    team: servers.Office, cable: Proxy, empty_base: tuple[Path, RawKey], tmp_path: Path
) -> Iterator[OpenFar]:
    """Open the server through the cable, as somebody; `open_far(hand, again=True)` has the drafts
    of the time before."""
    made: list[ServerDatabase] = []
    path = tmp_path / "brouillons"
    template, key = empty_base

    def open_as(hand: servers.Hand = servers.EVERYTHING, *, again: bool = False) -> ServerDatabase:
        if not again:
            shutil.copy(template, path)
        keep = Database.open(path, key)
        address = replace(team.address(hand), port=cable.port)
        made.append(ServerDatabase.open(address, servers.PASSWORD, keep))
        return made[-1]

    yield open_as
    for each in made:
        each.close()


@pytest.fixture
def far(open_far: OpenFar) -> ServerDatabase:
    """The server through the cable, as AUTHOR, who holds every role."""
    return open_far()


@pytest.fixture
def colleague(team: servers.Office, tmp_path: Path) -> ServerDatabase:
    """The same server on another workstation, by a cable of its own."""
    return team.opened(servers.EVERYTHING, tmp_path)


@pytest.fixture
def jobs(qtbot: QtBot, far: ServerDatabase) -> Iterator[Jobs]:
    """Jobs on the server, stopped at the end."""
    made = Jobs()
    made.attach(far, far.author)
    yield made
    made.stop()


@pytest.fixture
def workstation(
    qtbot: QtBot,
    team: servers.Office,
    cable: Proxy,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Workstation]:
    """A computer of the office, without a keyring: that of whoever runs the tests is left alone."""
    monkeypatch.setattr(secrets, "ALLOWED", ())
    made = Workstation(qtbot, tmp_path, team, cable)
    yield made
    made.release()


@pytest.fixture
def sign() -> Callable[..., Act]:
    """An act of the colleague's."""
    return lambda label="Essai": Act("Anne Martin", label, uuid4())
