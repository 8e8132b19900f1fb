"""A base with what is hardest to carry, and servers to carry it to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks import bases
from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.servers import ServerAddress
from connexion_desktop.system import secrets
from connexion_desktop.usecases import server_team
from tests.servers import ADMIN_PASSWORD, Cluster, Office


@pytest.fixture
def demo(tmp_path: Path) -> tuple[Path, RawKey]:
    """The demo base, closed, with what is hardest to carry."""
    made = bases.copy(tmp_path / "demo")
    key = secrets.read_key_file(made.key_file)
    with closing(Database.open(made.path, key)) as database, database.bulk() as session:
        instant = datetime(2026, 3, 29, 1, 30, 0, 1, tzinfo=UTC)
        hard = {"a": [None, 1.5, 1e-7, "« \\ \t ‑ \U0001f600 »"], "": {"\n": False}}
        for code, data in (("un", hard), ("deux", None), ("trois", {}), ("quatre", 10**15)):
            item = m.ReferenceItem(list="essai", code=code, label="a\tb\\N\r\n\\.", data=data)
            item.created_at = instant
            session.add(item)
        session.add(m.Setting(key="essai.rien", value=None))
    return made.path, key


@pytest.fixture
def new_server(cluster: Cluster, new_database: Callable[[], str]) -> ServerAddress:
    """A prepared server where there is nobody."""
    address = cluster.address(new_database())
    server_team.prepare(address, ADMIN_PASSWORD, "Association d’essai")
    return address


@pytest.fixture
def office_server(shared_office: Office) -> ServerAddress:
    """A prepared server with its team, where nobody worked yet."""
    return shared_office.cluster.address(shared_office.database)
