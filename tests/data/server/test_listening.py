"""What a workstation hears of its server, and how it stops listening."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from connexion_desktop.data.database import Database
from connexion_desktop.data.server import link
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.acts import Changes
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.servers import Role
from tests.proxy import Proxy
from tests.servers import HELENE, NADIA, PASSWORD, Office

LONG = 30


@pytest.fixture
def cable(shared_office: Office) -> Iterator[Proxy]:
    with Proxy(shared_office.cluster.port) as made:
        yield made


@pytest.fixture
def nadia(shared_office: Office, cable: Proxy, tmp_path: Path) -> Iterator[ServerDatabase]:
    """The server as Nadia has it open, through the cable."""
    address = replace(shared_office.address(NADIA), port=cable.port)
    keep = Database.create(tmp_path / "brouillons", RawKey.new(), "Brouillons")
    with closing(ServerDatabase.open(address, PASSWORD, keep)) as opened:
        yield opened


def listening_thread() -> threading.Thread:
    (found,) = [each for each in threading.enumerate() if each.name == "listening"]
    return found


def test_a_change_of_rights_is_followed_even_where_the_server_is_full(
    shared_office: Office, nadia: ServerDatabase
) -> None:
    followed = Event()
    nadia.listeners.append(lambda _changes: followed.set())
    with shared_office.cluster.admin() as admin, shared_office.bare(HELENE) as helene:
        admin.execute(f'ALTER ROLE "{NADIA.login}" CONNECTION LIMIT 0'.encode())
        try:
            helene.execute(
                "INSERT INTO staff_role (id, association_id, staff_id, role, version, created_at)"
                " SELECT gen_random_uuid(), association_id, id, 'secretariat', 1, now()"
                " FROM staff WHERE login = %s",
                (NADIA.login,),
            )
            assert followed.wait(LONG)
        finally:
            admin.execute(f'ALTER ROLE "{NADIA.login}" CONNECTION LIMIT -1'.encode())
    assert nadia.roles == {Role.CONSEILLER, Role.SECRETARIAT}


def test_a_store_closed_while_it_reconnects_says_nothing_more(
    nadia: ServerDatabase, cable: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "CONNECT_SECONDS", LONG)
    thread = listening_thread()
    begun, goes_on = Event(), Event()
    told: list[bool] = []
    heard: list[Changes] = []

    def hold(_number: int) -> None:
        begun.set()
        goes_on.wait(LONG)

    cable.on_connection = hold
    cable.cut()
    assert begun.wait(LONG)
    nadia.links.append(told.append)
    nadia.listeners.append(heard.append)
    nadia.close()
    goes_on.set()
    thread.join(LONG)
    assert not thread.is_alive()
    assert (told, heard) == ([], [])
