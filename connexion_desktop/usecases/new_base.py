"""Making a base aside, so that its name is only ever that of a whole one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from connexion_desktop.data import cipher
from connexion_desktop.data.errors import from_os
from connexion_desktop.data.lock import BaseLock
from connexion_desktop.domain.errors import UserError


@contextmanager
def made_aside(path: Path) -> Iterator[Path]:
    """Where to make, and close, a base that takes the name `path` if the block ends well.

    Whatever interrupts the block leaves nothing. Raises UserError if `path` exists, or if its
    folder cannot be written.
    """
    refuse_existing(path)
    try:
        with tempfile.TemporaryDirectory(prefix=".en-cours-", dir=path.parent) as folder:
            unfinished = Path(folder) / path.name
            yield unfinished
            _put_in_place(unfinished, path)
    except OSError as error:
        raise from_os(error, path.parent) from error


def _put_in_place(unfinished: Path, path: Path) -> None:
    lock = BaseLock(path)
    try:
        refuse_existing(path)
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
