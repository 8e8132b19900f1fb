"""Acts on the base as a whole: backup, restoration, check."""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import backup, cipher
from connexion_desktop.data.database import Database
from connexion_desktop.data.errors import sqlite_told
from connexion_desktop.data.models import Association, DoneCommand
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.maintenance import Held, Kept, KeptBackup, Report, is_backup
from connexion_desktop.domain.progress import Progress
from connexion_desktop.system import folders

_TOLD = (("person", "personne"), ("cohort", "groupe"))
_COUNTED = (
    *_TOLD,
    ("placement", "immersion"),
    ("agreement", "convention émise"),
    ("equipment", "matériel"),
    ("organisation", "organisation"),
)


def back_up(database: Database, folder: Path, progress: Progress) -> Path:
    """Write an encrypted, checked backup in `folder`; the last ten of this base are kept.

    Saves may go on meanwhile. Raises UserError, Cancelled; nothing is then left behind.
    """
    with closing(database.connect()) as connection:
        return backup.save(connection, folder, database.key, progress)


def kept(database: Database) -> Kept:
    """Where the open base is, and the backups that closing it left."""
    path = database.path
    backups = backups_of(path, database.base_id)
    return Kept(path, path.stat().st_size, folders.backup_folder(path), backups)


def backups_of(base: Path, base_id: UUID) -> tuple[KeptBackup, ...]:
    """The backups that closing a base left, the latest first. Another base may leave its own in the
    same folder."""
    backups = []
    for file in folders.backup_folder(base).glob("*.base"):
        if is_backup(file.name, base_id):
            with suppress(OSError):
                found = file.stat()
                made_at = datetime.fromtimestamp(found.st_mtime).astimezone()
                backups.append(KeptBackup(file.name, made_at, found.st_size))
    return tuple(sorted(backups, key=lambda each: each.made_at, reverse=True))


def last_act(session: Session) -> datetime | None:
    """When something was last saved, in UTC; None in a base where nothing ever was."""
    return session.execute(sa.select(sa.func.max(DoneCommand.at))).scalar_one()


def association(session: Session) -> str:
    """The name of the association whose base it is."""
    return session.execute(
        sa.select(Association.name).where(Association.id == session.info["association_id"])
    ).scalar_one()


def restore(file: Path, base: Path, key: RawKey, progress: Progress) -> Path | None:
    """Put the backup `file` in the place of `base`, which must be closed.

    Returns where the present base was put aside, None if there was none. Raises UserError, and
    Cancelled before anything is replaced.
    """
    return backup.restore(file, base, key, progress)


def look_into(file: Path, base: Path, key: RawKey) -> Held:
    """What the backup `file` holds, beside the base it would replace. Raises UserError if it does
    not open."""
    mode = cipher.reading_mode(file)
    with sqlite_told(), closing(cipher.open_checked(file, key, mode)) as connection:
        counts = tuple(_held(connection, *one) for one in _TOLD)
        (last,) = connection.execute("SELECT max(at) FROM done_command").fetchone()
    moment = datetime.fromisoformat(last).replace(tzinfo=UTC).astimezone() if last else None
    return Held(counts, moment, is_another(base, file, key))


def is_another(replaced: Path, restored: Path, key: RawKey) -> bool:
    """Whether what a restoration replaces is another base than the restored one, rather than the
    same at another time; False where nobody can tell."""
    before, now = (backup.base_id_of(path, key) for path in (replaced, restored))
    if before is None:
        return cipher.fingerprint_if_base(replaced) not in (b"", key.fingerprint)
    return before != now


def verify(database: Database, progress: Progress) -> Report:
    """Check the whole open base: seals, structure, references; say what it holds.

    Raises Cancelled.
    """
    progress.step(0, 1, "Vérification")
    try:
        with sqlite_told(), closing(database.connect()) as connection:
            found = backup.check_open(connection, progress)
            held = [] if found.problems else [_held(connection, *one) for one in _COUNTED]
    except UserError as problem:
        return Report(False, (str(problem),))
    progress.step(1, 1, "Vérification")
    if found.problems:
        return Report(
            False,
            (
                *found.problems,
                "Gardez ce fichier tel quel et restaurez la dernière sauvegarde.",
            ),
        )
    return Report(
        True,
        (
            "La base est saine : chiffrement, structure et liens vérifiés.",
            f"Elle contient {', '.join(held)}.",
            f"Version du schéma : {found.version}.",
        ),
    )


def _held(connection: cipher.Connection, table: str, words: str) -> str:
    query = f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL"  # noqa: S608 - our own names
    (number,) = connection.execute(query).fetchone()
    if number > 1:
        words = " ".join(f"{word}s" for word in words.split())
    return f"{number} {words}"
