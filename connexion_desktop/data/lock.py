"""One application at a time on one base: a lock held by the system, freed by it on a crash."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from connexion_desktop.domain.errors import UserError

from .errors import from_os


class BaseLock:
    """Held while a base is open. The file beside the base stays there: only its lock counts."""

    def __init__(self, base: Path) -> None:
        """Take the lock. Raises UserError if another application, or another window, has it."""
        self._fd = -1
        path = _beside(base)
        try:
            fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise from_os(error, path.parent) from error
        try:
            _take(fd)
        except OSError as error:
            os.close(fd)
            raise UserError(
                f"La base « {base.name} » est déjà ouverte.",
                "Rien n’a été touché.",
                "Fermez l’autre fenêtre de Connexion Desktop, ou attendez la fin de ce qu’elle "
                "fait, puis recommencez.",
            ) from error
        self._fd = fd

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def lock_if_free(base: Path) -> BaseLock | None:
    """The lock; None if another application has it, or if it cannot be written beside the base."""
    try:
        return BaseLock(base)
    except UserError:
        return None


def is_held(base: Path) -> bool:
    """Whether another application has this base open, or its lock cannot be had."""
    if not _beside(base).exists():
        return False
    lock = lock_if_free(base)
    if lock is not None:
        lock.release()
    return lock is None


def _beside(base: Path) -> Path:
    real = base.resolve()  # a link to a base is that base
    return real.with_name(real.name + ".verrou")


if sys.platform == "win32":
    import msvcrt

    def _take(fd: int) -> None:
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
