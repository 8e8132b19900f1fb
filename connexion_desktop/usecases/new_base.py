"""Making a base aside, so that its name is only ever that of a whole one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from connexion_desktop.data import cipher
from connexion_desktop.data.errors import from_os
from connexion_desktop.data.lock import BaseLock
from connexion_desktop.domain.errors import UserError

_PREFIX = ".en-cours-"
_FORGOTTEN = timedelta(days=1)


@contextmanager
def made_aside(path: Path) -> Iterator[Path]:
    """Where to make, and close, a base that takes the name `path` if the block ends well.

    Whatever interrupts the block leaves nothing. Raises UserError if `path` exists, or if its
    folder cannot be written.
    """
    refuse_existing(path)
    try:
        _forget_unfinished(path.parent)
        with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=path.parent) as folder:
            unfinished = Path(folder) / path.name
            yield unfinished
            _put_in_place(unfinished, path)
    except OSError as error:
        raise from_os(error, path.parent) from error


def _forget_unfinished(folder: Path) -> None:
    """Remove what a crash left of bases begun more than a day ago."""
    limit = (datetime.now(UTC) - _FORGOTTEN).timestamp()
    for left in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if left.stat().st_mtime < limit:
                shutil.rmtree(left, ignore_errors=True)


def _put_in_place(unfinished: Path, path: Path) -> None:
    lock = BaseLock(path)
    try:
        refuse_existing(path)
        cipher.refuse_log_left(unfinished)
        unfinished.rename(path)
        cipher.sync_folder(path.parent)
    finally:
        lock.release()


def refuse_existing(path: Path) -> None:
    """Raise UserError if something has that name already."""
    if path.exists():
        raise UserError(
            f"« {path} » existe déjà.", "Il n’a pas été touché.", "Choisissez un autre nom."
        )
