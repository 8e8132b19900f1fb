"""Which version of the schema a base has, and how an older one is brought up to date."""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlite

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey

from . import cipher
from .errors import DAMAGED, from_os, sqlite_told
from .migrations import HEAD

_VERSION_TABLE = sa.Table(
    "alembic_version",
    sa.MetaData(),
    sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def stamp(connection: sa.Connection) -> None:
    """Write in a new base that its schema is the present one."""
    _VERSION_TABLE.create(connection)
    connection.execute(sa.insert(_VERSION_TABLE).values(version_num=HEAD))


def version_of(connection: cipher.Connection) -> str:
    """The schema version of an open base. Raises UserError if it does not say any."""
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite.OperationalError:
        row = None
    if row is None or not str(row[0]).isdecimal():
        raise UserError(DAMAGED.what, DAMAGED.safe, DAMAGED.todo)
    return str(row[0])


def refuse_newer(version: str, path: Path) -> None:
    """Raise UserError if a later program made this base: this one would spoil what it ignores."""
    if int(version) > int(HEAD):
        raise UserError(
            f"La base « {path.name} » vient d’une version plus récente de Connexion Desktop.",
            "Elle n’a pas été touchée.",
            "Mettez l’application à jour sur ce poste, puis rouvrez la base.",
        )


def bring_up_to_date(path: Path, key: RawKey) -> None:
    """Check the base, and upgrade an older one after saving it beside itself.

    Raises UserError as `cipher.open_checked` does, and for a base made by a newer program.
    Alembic is imported for an older base only.
    """
    with sqlite_told(), closing(cipher.open_checked(path, key)) as connection:
        version = version_of(connection)
        refuse_newer(version, path)
        if version == HEAD:
            return
        _save_beside(connection, path, key)
    from .migrations.upgrade import upgrade

    upgrade(path, key)


def _save_beside(connection: cipher.Connection, path: Path, key: RawKey) -> None:
    moment = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    kept = path.with_name(f"{path.name}.avant-version-{HEAD}.{moment}")
    try:
        cipher.make_private(kept)
        connection.execute("VACUUM INTO ?", (str(kept),))
        cipher.open_checked(kept, key, "ro").close()
    except BaseException as error:
        with suppress(OSError):
            cipher.remove(kept)
        if isinstance(error, OSError):
            raise from_os(error, path.parent) from error
        raise
