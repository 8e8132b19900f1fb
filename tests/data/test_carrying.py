"""Whatever a file may hold comes back from the server as it was, to the letter."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connexion_desktop.data import cipher
from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.data.server import moving, prepare
from connexion_desktop.domain.errors import Cancelled
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.progress import Silent
from connexion_desktop.domain.servers import ServerAddress
from tests.servers import ADMIN_PASSWORD, Cluster

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
FLOATS = st.floats(allow_nan=False)
NUMBERS = st.integers(-(2**31), 2**31 - 1)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(TEXTS, part, max_size=3),
    max_leaves=6,
)  # fmt: skip
INSTANTS = st.datetimes(timezones=st.just(UTC))
DAYS = st.dates(min_value=date(1, 1, 1))
ROWS = st.lists(
    st.tuples(TEXTS, JSON, INSTANTS, DAYS, FLOATS, NUMBERS, st.booleans(), st.binary(max_size=50)),
    min_size=1,
    max_size=8,
)


@pytest.fixture
def server(cluster: Cluster, new_database: Callable[[], str]) -> ServerAddress:
    """A prepared server where there is nobody."""
    address = cluster.address(new_database())
    prepare.prepare(address, ADMIN_PASSWORD, "Association d’essai")
    return address


def add(database: Database, rows: list[tuple[Any, ...]]) -> None:
    """Rows of the tables that have the columns hardest to carry."""
    with database.bulk() as session:
        for text, data, instant, day, number, whole, flag, content in rows:
            code = uuid4().hex
            item = m.ReferenceItem(
                list="essai", code=code, label=text, data=data, position=whole, to_confirm=flag
            )
            item.created_at, item.deleted_at = instant, instant
            target = m.Target(figure="essai", starts_on=day, ends_on=day, value=number)
            file = m.Attachment(
                subject_table="person", subject_id=m.new_id(), name=code, folded=code,
                media_type="x/y", size=len(content), sha256=hashlib.sha256(content).hexdigest(),
            )  # fmt: skip
            session.add_all([item, target, file, m.Setting(key=code, value=data)])
            session.flush()
            session.add(m.AttachmentBytes(attachment_id=file.id, content=content))


def held(connection: cipher.Connection) -> dict[str, list[str]]:
    """Every row, as it is written in a file, with the kind of each value."""
    found = {}
    for table in moving.TABLES:
        columns = ", ".join(f'"{each.name}", typeof("{each.name}")' for each in table.columns)
        question = f'SELECT {columns} FROM "{table.name}"'  # noqa: S608 - our own names
        found[table.name] = sorted(map(repr, connection.execute(question)))
    return found


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_there_and_back_nothing_changes_not_even_a_microsecond(
    rows: list[tuple[Any, ...]], server: ServerAddress, base_file: Database, tmp_path: Path
) -> None:
    add(base_file, rows)
    key, path = RawKey.new(), tmp_path / f"{uuid4().hex}.base"
    Database.create(path, key, "").close()
    with (
        closing(base_file.connect()) as source,
        closing(cipher.connect(path, key)) as target,
        suppress(Cancelled),
        prepare.owned(server, ADMIN_PASSWORD) as owner,
    ):
        with moving.unwatched(owner):
            moving.clear(owner)
            moving.fill_server(source, owner, Silent())
        moving.fill_file(owner, target, Silent())
        assert held(target) == held(source)
        raise Cancelled
