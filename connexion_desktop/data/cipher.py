"""An SQLCipher connection, keyed, and the checks made on a file before trusting it.

Standard library and sqlcipher3 only: the start of the application reads through here before
SQLAlchemy is imported.
"""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import Any, Literal

from sqlcipher3 import dbapi2 as sqlite

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import MAGIC, RawKey, WrongKeyError

from .errors import from_os, sqlite_told

APPLICATION_ID = 0x43445031  # « CDP1 »
PAGE_BYTES = 4096
BUSY_SECONDS = 5.0
_ROOM = 1024 * PAGE_BYTES

Connection = Any  # sqlcipher3 ships no types
Mode = Literal["rw", "ro", "immutable"]
_IMMUTABLE = "ro&immutable=1"  # a closed base: nothing is written beside it, its log is not read


def connect(path: Path, key: RawKey, mode: Mode = "rw") -> Connection:
    """Open a keyed connection in autocommit, to a file that exists (empty for a new base).

    The salt is the key's fingerprint, given with the key: it is what the file begins with.
    """
    target = f"{path.absolute().as_uri()}?mode={_IMMUTABLE if mode == 'immutable' else mode}"
    connection = sqlite.connect(
        target,
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex}{key.fingerprint.hex()}'\"")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        connection.close()
        raise
    return connection


def fingerprint_of(path: Path) -> bytes:
    """The fingerprint a base or a backup begins with: which key it wants.

    Raises UserError if the file is missing, empty, or not one of ours.
    """
    try:
        if path.is_fifo():  # opening it would wait for whoever writes there
            raise _not_ours(path)
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise from_os(error, path) from error
    if not head:
        raise UserError(
            f"Le fichier « {path.name} » est vide : il ne contient aucune base.",
            "Rien n’y a été écrit.",
            "Restaurez la dernière sauvegarde, ou choisissez un autre fichier.",
        )
    if len(head) < 16 or not head.startswith(MAGIC):
        raise _not_ours(path)
    return head


def fingerprint_if_base(path: Path) -> bytes:
    """Which key a file wants; empty if it is no base."""
    try:
        return fingerprint_of(path)
    except UserError:
        return b""


def open_checked(path: Path, key: RawKey, mode: Mode = "rw") -> Connection:
    """Open a base that exists, after checking that it is ours, whole, and that the key is its own.

    Raises UserError, one for each cause: missing, empty, another kind of file, wrong key
    (WrongKeyError), cut short, damaged.
    """
    matches = fingerprint_of(path) == key.fingerprint
    try:
        _check_length(path)
        with sqlite_told():
            connection = connect(path, key, mode)
            try:
                _check_inside(connection, path)
            except BaseException:
                connection.close()
                raise
    except UserError as error:
        # a fingerprint may be the only damage: the right key opens the base all the same
        raise error if matches else wrong_key(path) from error
    return connection


def reading_mode(path: Path) -> Mode:
    """How to open a base only to read it: as others may be writing, or, where SQLite could not even
    put beside it what readers and writers share, as a file that nobody changes."""
    effective = os.access in os.supports_effective_ids
    may_write = os.access(path.resolve().parent, os.W_OK, effective_ids=effective)
    return "ro" if may_write or any(log.exists() for log in logs(path)) else "immutable"


def _check_length(path: Path) -> None:
    if any(log.exists() and log.stat().st_size for log in logs(path)):
        return  # SQLite itself mends from its log what a crash left half done
    if path.stat().st_size % PAGE_BYTES:
        raise UserError(
            f"Le fichier « {path.name} » est coupé : sa fin manque.",
            "Rien n’y a été écrit.",
            "La copie s’est sans doute arrêtée en route. Recopiez-le, ou restaurez une sauvegarde.",
        )


def _check_inside(connection: Connection, path: Path) -> None:
    """Read the header and the schema: SQLite compares there the length said and the real one."""
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise _not_ours(path)


def _not_ours(path: Path) -> UserError:
    return UserError(
        f"Le fichier « {path.name} » n’est pas une base de Connexion Desktop.",
        "Il n’a pas été touché.",
        "Choisissez un autre fichier ; si c’était bien votre base, son début est abîmé : "
        "restaurez la dernière sauvegarde.",
    )


def wrong_key(path: Path) -> WrongKeyError:
    """The words for a key that is not this base's."""
    return WrongKeyError(
        f"La clé n’est pas celle de la base « {path.name} ».",
        "La base n’a pas été touchée.",
        "Entrez le code de secours imprimé au premier démarrage, ou choisissez la bonne clé.",
    )


def make_private(path: Path) -> None:
    """Make an empty file that only its owner may read. Raises FileExistsError, OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut; Windows has no such call. Raises OSError."""
    if os.name == "posix":
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def logs(path: Path) -> tuple[Path, ...]:
    """Where SQLite keeps what is not yet in a base: beside the real file, not beside a link."""
    real = path.resolve()
    return tuple(real.with_name(real.name + end) for end in ("-wal", "-journal", "-shm"))


def refuse_log_left(path: Path) -> None:
    """Raise OSError if a closed base still has part of itself in its log: the disk refused that it
    be written in the file, which SQLite tells nobody, and the file alone would be damaged."""
    if any(log.exists() and log.stat().st_size for log in logs(path)[:2]):
        is_full = shutil.disk_usage(path.parent).free < _ROOM
        raise OSError(errno.ENOSPC if is_full else errno.EIO, "the log could not be emptied")


def remove(path: Path) -> None:
    """Remove a base and what SQLite kept beside it, whatever is there of them. Raises OSError."""
    for file in (*logs(path), path):
        file.unlink(missing_ok=True)
