"""Bringing an older base to the present schema. Imported only then: Alembic is slow to load."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from connexion_desktop.data import cipher
from connexion_desktop.data.errors import DAMAGED, told
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey

FOLDER = Path(__file__).parent


def config() -> Config:
    """Where Alembic finds the versions; no ini file is shipped."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return made


def upgrade(path: Path, key: RawKey, revision: str = "head") -> None:
    """Run every missing version in one transaction, then check that no reference was broken.

    Foreign keys are off meanwhile (set before the transaction, the only place where it counts):
    with them on, rebuilding a parent table empties its children. Raises UserError if the base
    cannot be upgraded; it is then as it was.
    """
    from connexion_desktop.data.database import make_engine

    def unchecked() -> cipher.Connection:
        connection = cipher.connect(path, key)
        connection.execute("PRAGMA foreign_keys = OFF")
        return connection

    engine = make_engine(unchecked, "BEGIN IMMEDIATE")
    made = config()
    try:
        with told(), engine.begin() as connection:
            made.attributes["connection"] = connection
            command.upgrade(made, revision)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken is not None:
                raise UserError(DAMAGED.what, "Elle est restée telle quelle.", DAMAGED.todo)
    finally:
        engine.dispose()
