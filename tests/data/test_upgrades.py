"""A base of each older version, with rows in every table, is brought up to date on both engines."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from connexion_desktop.data import cipher, schema
from connexion_desktop.data import models as m
from connexion_desktop.data.audit import MODELS
from connexion_desktop.data.database import Database
from connexion_desktop.data.migrations import HEAD, upgrade
from connexion_desktop.data.server import link, moving, prepare, rights
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.progress import Silent
from connexion_desktop.domain.servers import Role, ServerAddress
from tests.any_row import any_row
from tests.servers import ADMIN_PASSWORD, Cluster

OLDER = [f"{number:04d}" for number in range(1, int(HEAD))]
Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def full_base(base_file: Database) -> Database:
    """A base with a row, and what it refers to, in every table; closed."""
    with base_file.bulk() as session:
        for table in MODELS:
            any_row(session, table)
        person = m.new_id()
        told = {"author": "Anne Martin", "table_name": "person", "row_id": person}
        session.add(m.AuditLine(command_id=person, op="update", field="city", after="Pau", **told))
        session.add(m.AccessLine(kind="opened", **told))
        session.add(m.DoneCommand(command_id=person, author="Anne Martin", label="Essai"))
        session.add(m.Draft(author="Anne Martin", key="une clé", text="un début"))
    base_file.close()
    return base_file


def columns_of(connection: cipher.Connection) -> dict[str, list[str]]:
    """The columns of each table, but the one that says the version."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
        for (name,) in names
        if name != "alembic_version" and not name.startswith("sqlite_")
    }


def rows(connection: cipher.Connection, columns: dict[str, list[str]]) -> Rows:
    """What a base holds in these columns."""
    return {
        table: sorted(connection.execute(_all_of(table, names)).fetchall(), key=repr)
        for table, names in columns.items()
    }


def _all_of(table: str, names: list[str]) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    return f'SELECT {listed} FROM "{table}"'  # noqa: S608 - our own names


def of_version(version: str, path: Path, full: Database) -> tuple[Path, RawKey, Rows]:
    """A base made by the versions up to that one, holding what `full` holds of it."""
    key = RawKey.new()
    cipher.make_private(path)
    with closing(cipher.connect(path, key)) as connection:
        connection.execute(f"PRAGMA application_id = {cipher.APPLICATION_ID}")
    upgrade.upgrade(path, key, version)
    with (
        closing(cipher.connect(path, key)) as old,
        closing(cipher.connect(full.path, full.key)) as source,
    ):
        columns = columns_of(old)
        held = rows(source, columns)
        old.execute("PRAGMA foreign_keys = OFF")
        old.execute("BEGIN")
        for table, names in columns.items():
            marks = ", ".join("?" for _ in names)
            old.executemany(f'INSERT INTO "{table}" VALUES ({marks})', held[table])  # noqa: S608
        old.execute("COMMIT")
        assert old.execute("PRAGMA foreign_key_check").fetchall() == []
    return path, key, held


@pytest.mark.parametrize("version", OLDER)
def test_a_file_of_an_older_version_is_upgraded_with_all_its_rows(
    version: str, full_base: Database, tmp_path: Path
) -> None:
    path, key, held = of_version(version, tmp_path / "ancienne.base", full_base)
    assert all(held.values()) or [name for name in held if not held[name]] == UNFILLED
    with closing(cipher.connect(path, key)) as connection:
        columns = columns_of(connection)
    Database.open(path, key).close()
    with closing(cipher.connect(path, key)) as connection:
        assert schema.version_of(connection) == HEAD
        assert rows(connection, columns) == held
    (kept,) = tmp_path.glob("ancienne.base.avant-version-*")
    with closing(cipher.open_checked(kept, key)) as connection:
        assert schema.version_of(connection) == version


def test_a_sheet_of_two_weeks_printed_before_is_known_by_its_monday(
    full_base: Database, tmp_path: Path
) -> None:
    path, key, _ = of_version("0002", tmp_path / "ancienne.base", full_base)
    told = {"asked": "2026-03-17", "request": {"meeting_id": None, "week": 3}}
    with closing(cipher.connect(path, key)) as connection:
        connection.execute(
            "UPDATE attendance_sheet SET first_on = '2026-03-17', content = ?", [json.dumps(told)]
        )
    with closing(Database.open(path, key)) as base, base.read() as session:
        (kept,) = session.scalars(sa.select(m.AttendanceSheet.content))
    assert kept["request"] == {"meeting_id": None, "monday": "2026-03-16"}


UNFILLED = ["counter", "page_snapshot", "search_token"]
"""Tables where nobody refers to anything and nothing refers to them."""


def prepared(cluster: Cluster, database: str) -> ServerAddress:
    address = cluster.address(database)
    prepare.prepare(address, ADMIN_PASSWORD, "Association d’essai")
    return address


def test_the_versions_and_the_models_make_one_schema_on_the_server(
    cluster: Cluster, new_database: Callable[[], str]
) -> None:
    address = prepared(cluster, new_database())
    with prepare.owned(address, ADMIN_PASSWORD) as owner:
        context = MigrationContext.configure(owner, opts={"compare_type": True})
        assert compare_metadata(context, m.Base.metadata) == []
        made = dict(
            owner.exec_driver_sql(
                "SELECT relname, pg_get_expr(indpred, indrelid) FROM pg_index"
                " JOIN pg_class ON pg_class.oid = indexrelid"
                " WHERE indisunique AND relname LIKE 'uq_%%' AND indpred IS NOT NULL"
            )
            .tuples()
            .all()
        )
    wanted = {
        index.name: index.info["where"].text
        for table in m.Base.metadata.sorted_tables
        for index in table.indexes
        if index.unique
    }
    assert made.keys() == wanted.keys()
    for name, where in wanted.items():
        assert plain(made[name]) == plain(where), name


def plain(condition: str) -> str:
    """A condition without what PostgreSQL adds to it."""
    for added in ("(", ")", "::text", "::character varying", " "):
        condition = condition.replace(added, "")
    return condition


@pytest.mark.parametrize("version", OLDER)
def test_a_server_of_an_older_version_is_upgraded_with_all_its_rows(
    version: str, cluster: Cluster, new_database: Callable[[], str], full_base: Database
) -> None:
    address = cluster.address(new_database())
    held = server_of_version(version, address, full_base)
    assert not prepare.prepare(address, ADMIN_PASSWORD, "Association d’essai")
    with prepare.owned(address, ADMIN_PASSWORD) as owner:
        assert server_rows(owner, {name: list(columns) for name, (columns, _) in held.items()}) == {
            name: rows for name, (_, rows) in held.items()
        }
        triggers = owner.exec_driver_sql(
            "SELECT count(*) FROM pg_trigger WHERE tgname = 'note_change' AND tgenabled = 'O'"
        ).scalar_one()
        policies = owner.exec_driver_sql("SELECT count(*) FROM pg_policies").scalar_one()
    assert triggers == len(MODELS) and policies > 100
    with prepare.administered(address, ADMIN_PASSWORD) as admin:
        assert prepare.version_of(admin) == HEAD


def server_of_version(
    version: str, address: ServerAddress, full: Database
) -> dict[str, tuple[list[str], list[str]]]:
    """A server made by the versions up to that one, holding what `full` holds of it: by table, its
    columns and its rows."""
    with prepare.administered(address, ADMIN_PASSWORD) as admin:
        prepare._make_roles(admin, address)
        prepare._take_over(admin, address)
    with (
        prepare.owned(address, ADMIN_PASSWORD) as owner,
        closing(cipher.connect(full.path, full.key)) as source,
    ):
        made = upgrade.config()
        made.attributes["connection"] = owner
        command.upgrade(made, version)
        held = {}
        for table in moving.TABLES:
            known = {column["name"] for column in sa.inspect(owner).get_columns(table.name)}
            older = sa.Table(table.name, sa.MetaData())
            for column in table.columns:
                if column.name in known:
                    older.append_column(sa.Column(column.name, column.type))
            steps = moving._Steps(Silent(), 1, "")
            moving._copy_in(source, moving.bare_of(owner), older, steps)
            names = [column.name for column in older.columns]
            held[table.name] = names, server_rows(owner, {table.name: names})[table.name]
            assert held[table.name][1] or table.name in UNFILLED
    return held


def server_rows(owner: sa.Connection, columns: dict[str, list[str]]) -> dict[str, list[str]]:
    """What a server holds in these columns."""
    return {
        table: sorted(repr(tuple(row)) for row in owner.exec_driver_sql(_all_of(table, names)))
        for table, names in columns.items()
    }


def test_the_lists_of_a_newer_program_are_brought_to_the_server(
    cluster: Cluster, new_database: Callable[[], str]
) -> None:
    address = prepared(cluster, new_database())
    with prepare.owned(address, ADMIN_PASSWORD) as owner:
        owner.execute(sa.delete(m.ReferenceItem).where(m.ReferenceItem.list == "role"))
        owner.execute(sa.update(m.BaseInfo).values(reference_digest="une ancienne"))
    prepare.prepare(address, ADMIN_PASSWORD, "Association d’essai")
    with prepare.owned(address, ADMIN_PASSWORD) as owner:
        roles = sa.select(m.ReferenceItem.code).where(m.ReferenceItem.list == "role")
        assert set(owner.scalars(roles)) >= {"conseiller", "secretariat", "direction"}


def test_an_upgrade_that_fails_leaves_the_server_as_it_was(
    cluster: Cluster,
    new_database: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = prepared(cluster, new_database())
    monkeypatch.setattr(
        rights,
        "RIGHTS",
        {**rights.RIGHTS, "person": rights.Rights({}, {Role.CONSEILLER: "absent()"})},
    )
    with pytest.raises(Exception, match="absent"):
        prepare.prepare(address, ADMIN_PASSWORD, "Association d’essai")
    with closing(link.connect(address, ADMIN_PASSWORD)) as connection:
        (number,) = connection.execute(
            "SELECT count(*) FROM pg_policies WHERE tablename = 'person'"
        ).fetchone() or (0,)
    assert number > 2


def test_a_sheet_of_two_weeks_on_a_server_is_known_by_its_monday(
    cluster: Cluster, new_database: Callable[[], str], full_base: Database
) -> None:
    address = cluster.address(new_database())
    server_of_version("0002", address, full_base)
    table = m.Base.metadata.tables["attendance_sheet"]
    with prepare.owned(address, ADMIN_PASSWORD) as owner:
        told = {"request": {"meeting_id": None, "week": 3}}
        owner.execute(sa.update(table).values(first_on=date(2026, 3, 17), content=told))
    prepare.prepare(address, ADMIN_PASSWORD, "Association d’essai")
    with prepare.owned(address, ADMIN_PASSWORD) as owner:
        (kept,) = owner.scalars(sa.select(table.c.content))
    assert kept["request"] == {"meeting_id": None, "monday": "2026-03-16"}
