"""The two ends of a move: what each holds, and how to go from one to the other."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from connexion_desktop.data import cipher
from connexion_desktop.data.server import prepare
from connexion_desktop.data.server.moving import TABLES
from connexion_desktop.domain.errors import Cancelled
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.progress import Progress, Silent
from connexion_desktop.domain.servers import ServerAddress
from connexion_desktop.usecases import moving
from tests.servers import ADMIN_PASSWORD

Rows = dict[str, list[str]]


@dataclass
class Stop:
    """A Progress that does something from its step of that rank on."""

    at: int
    then: Callable[[], None]
    taken: int = 0

    def step(self, done: int, total: int, label: str = "") -> None:
        self.taken += 1
        if self.taken >= self.at:
            self.then()


def given_up() -> None:
    raise Cancelled


def rows_of(path: Path, key: RawKey) -> Rows:
    """Every row of every table that is moved, as it is written in the file."""
    with closing(cipher.connect(path, key)) as connection:
        return {
            table.name: sorted(map(repr, connection.execute(_all_of(table)))) for table in TABLES
        }


def rows_there(address: ServerAddress) -> Rows:
    """Every row of every table that is moved, as a server holds it."""
    with prepare.owned(address, ADMIN_PASSWORD) as owner:
        return {
            table.name: sorted(repr(tuple(row)) for row in owner.exec_driver_sql(_all_of(table)))
            for table in TABLES
        }


def _all_of(table: sa.Table) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    return f'SELECT {columns} FROM "{table.name}"'  # noqa: S608 - our own names


def to_server(
    demo: tuple[Path, RawKey], address: ServerAddress, progress: Progress | None = None
) -> moving.Moved:
    return moving.to_server(*demo, address, ADMIN_PASSWORD, progress or Silent())


def to_file(
    address: ServerAddress, path: Path, key: RawKey, progress: Progress | None = None
) -> moving.Moved:
    return moving.to_file(address, ADMIN_PASSWORD, path, key, progress or Silent())


KILLED = """
import os, sys
from pathlib import Path
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.servers import ServerAddress
from connexion_desktop.usecases import moving

word, path, key, database, port, password, at = sys.argv[1:]
address = ServerAddress("essai", "127.0.0.1", database, "administrateur", int(port))

class Killed:
    left = int(at) if at.isdecimal() else -1
    def step(self, done, total, label=""):
        Killed.left -= 1
        if not Killed.left:
            os._exit(9)

if not at.isdecimal():
    owner = moving if hasattr(moving, at) else moving.Waiting
    setattr(owner, at, lambda *_: os._exit(9))
if word == "to_server":
    moving.to_server(Path(path), RawKey(key), address, password, Killed())
else:
    moving.to_file(address, password, Path(path), RawKey(key), Killed())
"""


def killed(word: str, path: Path, key: RawKey, address: ServerAddress, at: str) -> None:
    """A move whose program dies at its step of that rank, or where it would call that function."""
    told = (word, path, key.hex, address.database, address.port, ADMIN_PASSWORD, at)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *map(str, told)], env=dict(os.environ), check=False
    )
    assert done.returncode == 9
