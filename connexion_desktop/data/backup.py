"""Encrypted backups: made, then opened and checked before they count; restored without loss.

A backup is a base like any other, under the same key: the recovery code opens it anywhere.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlcipher3 import dbapi2 as sqlite

from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.keys import RawKey, wrapped_path
from connexion_desktop.domain.maintenance import backup_name, is_backup
from connexion_desktop.domain.progress import Progress

from . import cipher, schema, shape, shares
from .errors import from_os, sqlite_told
from .lock import BaseLock
from .migrations import HEAD

KEPT = 10
_PAGES_A_STEP = 1024
_STEPS = 100
_INSTRUCTIONS_A_STEP = 10_000  # of SQLite's: a millisecond or so
_FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of a base found. `problems` in French, none if it is sound."""

    problems: tuple[str, ...]
    counts: dict[str, int]
    version: str


def save(source: cipher.Connection, folder: Path, key: RawKey, progress: Progress) -> Path:
    """Copy the base behind `source` into `folder`, check the copy, keep the last ten.

    `source` must be a connection of its own: it holds one snapshot meanwhile, so that saves go on
    and the copy is of one instant. Raises UserError (nothing is left behind), Cancelled.
    """
    with sqlite_told():
        base_id = _base_id(source)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = _free_name(folder, base_id)
        unfinished = path.with_name(path.name + ".partiel")
        cipher.make_private(unfinished)
    except OSError as error:
        raise from_os(error, folder) from error
    try:
        with sqlite_told():
            expected = _copy(source, unfinished, key, progress)
        _refuse_unsound(check(unfinished, key, progress), unfinished, expected)
        cipher.refuse_log_left(unfinished)
        _sync(unfinished)
        unfinished.rename(path)
        cipher.sync_folder(folder)
    except OSError as error:
        raise from_os(error, folder) from error
    finally:
        with contextlib.suppress(OSError):
            cipher.remove(unfinished)
    with contextlib.suppress(OSError):
        _keep_last(folder, path, key, base_id)
        _forget_unfinished(folder)
    return path


def restore(backup: Path, base: Path, key: RawKey, progress: Progress) -> Path | None:
    """Put a backup in the place of `base`, checked first; returns where the base was put aside.

    The present base is kept under another name, never destroyed, and so is the passphrase that
    opens it; None if there was none. Raises UserError (the base is then as it was): backup damaged
    or of another key, base open in another window…
    """
    _refuse_itself(backup, base)
    shares.refuse(base)
    progress.step(0, 3, "Copie de la sauvegarde")
    if cipher.fingerprint_of(backup) != key.fingerprint:
        raise cipher.wrong_key(backup)
    phrase = wrapped_path(base)
    base = base.resolve()
    lock = BaseLock(base)
    try:
        with _folder_beside(base) as folder:
            incoming = _brought(backup, folder)
            progress.step(1, 3, "Vérification")
            found = check(incoming, key, progress)
            _refuse_unsound(found, backup)
            schema.refuse_newer(found.version, backup)
            cipher.refuse_log_left(incoming)
            _sync(incoming)
            progress.step(2, 3, "Remplacement")
            of_another_key = cipher.fingerprint_if_base(base) not in (b"", key.fingerprint)
            aside = _put_aside(base, phrase)
            incoming.replace(base)
            if of_another_key:
                phrase.unlink(missing_ok=True)
            cipher.sync_folder(base.parent)
        progress.step(3, 3, "Base restaurée")
        return aside
    except OSError as error:
        raise from_os(error, base.parent) from error
    finally:
        lock.release()


def _refuse_itself(backup: Path, base: Path) -> None:
    with contextlib.suppress(OSError):
        if backup.samefile(base):
            raise UserError(
                f"« {backup} » est la base elle-même, pas une de ses sauvegardes.",
                "Elle n’a pas été touchée.",
                "Choisissez une sauvegarde.",
            )


def base_id_of(path: Path, key: RawKey) -> UUID | None:
    """Which base a closed one is, whatever its age; None if this key does not open it."""
    try:
        with contextlib.closing(cipher.open_checked(path, key, "immutable")) as connection:
            return _base_id(connection)
    except (UserError, sqlite.Error):
        return None


def _base_id(connection: cipher.Connection) -> UUID:
    return UUID(connection.execute("SELECT base_id FROM base_info").fetchone()[0])


def _folder_beside(base: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder of the same disk, so that the last step is one rename; those a crash left go."""
    prefix = f".restauration-{base.name}-"
    for left in base.parent.iterdir():
        if left.name.startswith(prefix):
            shutil.rmtree(left, ignore_errors=True)
    return tempfile.TemporaryDirectory(prefix=prefix, dir=base.parent)


def _brought(backup: Path, folder: str) -> Path:
    """A copy of a backup, and of its log if it was copied while open; itself is only read."""
    incoming = Path(folder) / backup.name
    shutil.copyfile(backup, incoming)
    incoming.chmod(0o600)
    for log, copy in zip(cipher.logs(backup)[:2], cipher.logs(incoming)[:2], strict=True):
        if log.exists():
            shutil.copyfile(log, copy)
    return incoming


def check(path: Path, key: RawKey, progress: Progress) -> Checked:
    """Open a base that nobody has open, and check every page of it.

    Raises UserError if it does not open at all, Cancelled.
    """
    with sqlite_told(), contextlib.closing(cipher.open_checked(path, key)) as connection:
        found = check_open(connection, progress)
        if not found.problems:
            connection.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        return found


def check_open(connection: cipher.Connection, progress: Progress) -> Checked:
    """Check every page behind a connection: seals, structure, references, tables, counts.

    `cipher_integrity_check` alone lets through a file cut between two pages: hence `quick_check`.
    Raises Cancelled, in the midst of a question too.
    """
    with _given_up_by(progress, connection):
        return _checked(connection)


@contextlib.contextmanager
def _given_up_by(progress: Progress, connection: cipher.Connection) -> Iterator[None]:
    """Have SQLite end its questions as soon as the user gave up: that is then raised, whatever was
    made of the answers. Only `cipher_integrity_check` goes on, a third of a second for 100 MB.
    """

    def is_given_up() -> bool:
        try:
            progress.step(0, 1, "Vérification")
        except (Cancelled, KeyboardInterrupt):  # nothing goes through SQLite: it is raised below
            return True
        return False

    connection.set_progress_handler(is_given_up, _INSTRUCTIONS_A_STEP)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
        progress.step(0, 1, "Vérification")


def _checked(connection: cipher.Connection) -> Checked:
    problems = []
    if _broken_seals(connection):
        problems.append("Le sceau d’une partie du fichier est rompu.")
    structure = _answers(connection, "PRAGMA quick_check(10)")
    if structure != [("ok",)]:
        problems.append("La structure du fichier est abîmée.")
    orphans = _answers(connection, "PRAGMA foreign_key_check")
    if orphans is None:
        problems.append("Les liens entre les fiches ne se lisent plus.")
    elif orphans:
        tables = sorted({str(row[0]) for row in orphans})
        lines = f"{len(orphans)} lignes renvoient" if len(orphans) > 1 else "Une ligne renvoie"
        problems.append(f"{lines} à ce qui n’existe plus ({', '.join(tables)}).")
    if problems:
        return Checked(tuple(problems), {}, "")
    version = schema.version_of(connection)
    difference = shape.difference_of(connection) if version == HEAD else ""
    if difference:
        told = f"Ce n’est pas la structure que cette version attend : {difference}."
        return Checked((told,), {}, "")
    return Checked((), count(connection), version)


def _broken_seals(connection: cipher.Connection) -> bool:
    """Whether a page of the file is not as it was written.

    The pragma reads the file beside SQLite's own locks: what it finds is confirmed with writers
    held off, for a page may have been written under its eyes. Who only reads cannot hold them off:
    what is found twice is then broken.
    """
    question = "PRAGMA cipher_integrity_check"
    first = set(connection.execute(question).fetchall())
    if not first:
        return False
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite.OperationalError:
        return bool(first & set(connection.execute(question).fetchall()))
    try:
        return bool(connection.execute(question).fetchall())
    finally:
        connection.execute("ROLLBACK")


def count(connection: cipher.Connection) -> dict[str, int]:
    """How many rows each table holds."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in names
    }


def _answers(connection: cipher.Connection, question: str) -> list[tuple[object, ...]] | None:
    """What the base answers; None if it is too damaged to."""
    try:
        return list(connection.execute(question).fetchall())
    except sqlite.DatabaseError:
        return None


def _copy(source: cipher.Connection, path: Path, key: RawKey, progress: Progress) -> dict[str, int]:
    """Copy page by page under one reading transaction; returns the counts of that instant."""

    def tell(_status: int, remaining: int, total: int) -> None:
        progress.step(_STEPS * (total - remaining) // max(total, 1), _STEPS, "Copie chiffrée")

    with contextlib.closing(cipher.connect(path, key)) as target:
        source.execute("BEGIN")
        try:
            expected = count(source)
            source.backup(target, pages=_PAGES_A_STEP, progress=tell)
            return expected
        except sqlite.Error as error:
            if hasattr(error, "sqlite_errorcode"):
                raise
            # the driver's copy says that it failed without any code: ask the disk
            is_full = shutil.disk_usage(path.parent).free < _PAGES_A_STEP * cipher.PAGE_BYTES
            raise OSError(errno.ENOSPC if is_full else errno.EIO, str(error)) from error
        finally:
            source.execute("ROLLBACK")


def _refuse_unsound(found: Checked, path: Path, expected: dict[str, int] | None = None) -> None:
    problems = list(found.problems)
    if expected is not None and not problems and found.counts != expected:
        problems.append("La copie ne contient pas les mêmes lignes que l’original.")
    if problems:
        raise UserError(
            f"« {path.name} » ne peut pas servir de sauvegarde : {' '.join(problems)}",
            "La base en service n’a pas été touchée.",
            "Choisissez une autre sauvegarde, ou un autre disque.",
        )


def _free_name(folder: Path, base_id: UUID) -> Path:
    moment = datetime.now().astimezone()
    rank = 1
    while (path := folder / backup_name(base_id, moment, rank)).exists():
        rank += 1
    return path


def _keep_last(folder: Path, made: Path, key: RawKey, base_id: UUID) -> None:
    """Remove the oldest backups of this base beyond ten; other bases' and other files stay.

    `made` stays too, even if the clock went back since the others.
    """
    others = [
        path
        for path in folder.iterdir()
        if path != made
        and is_backup(path.name, base_id)
        and cipher.fingerprint_if_base(path) == key.fingerprint
    ]
    others.sort(key=lambda one: (one.stat().st_mtime_ns, one.name))
    for path in others[: -(KEPT - 1)]:
        with contextlib.suppress(OSError):
            path.unlink()


def _forget_unfinished(folder: Path) -> None:
    """Remove what a crash left of backups begun more than a day ago."""
    limit = (datetime.now(UTC) - _FORGOTTEN).timestamp()
    for path in folder.glob("*.base.partiel"):
        if is_backup(path.stem) and path.stat().st_mtime < limit:
            cipher.remove(path)


def _put_aside(base: Path, phrase: Path) -> Path | None:
    """Keep the present base, its log and a copy of its key under a passphrase, under another name,
    whatever state they are in.

    The base keeps its own name too where the disk can give a file two: a power cut before the
    restored one takes it leaves a base there.
    """
    if not base.exists():
        return None
    moment = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    aside = base.with_name(f"{base.name}.avant-restauration.{moment}")
    rank = 1
    while aside.exists():
        rank += 1
        aside = base.with_name(f"{base.name}.avant-restauration.{moment}-{rank}")
    if phrase.exists():
        kept = wrapped_path(aside)
        cipher.make_private(kept)
        shutil.copyfile(phrase, kept)
        _sync(kept)
    for log, kept in zip(cipher.logs(base), cipher.logs(aside), strict=True):
        if log.exists():
            log.rename(kept)
    try:
        aside.hardlink_to(base)
    except OSError:
        base.rename(aside)
    return aside


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDWR)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
