"""One application at a time on one base: a lock held by the system, freed by it on a crash."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from connexion_desktop.domain.errors import UserError

from .errors import from_os


class BaseLock:
    """Held while a base is open. The file beside the base stays there as long as the base does:
    only its lock counts."""

    def __init__(self, base: Path) -> None:
        """Take the lock. Raises UserError if another application, or another window, has it."""
        self._base = base.resolve()
        self._path = _beside(self._base)
        self._fd = -1
        while self._fd < 0:
            self._fd = _held_file(self._path, base.name)

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        if self._fd < 0:
            return
        if self._base.exists():
            os.close(self._fd)
        else:
            _close_and_remove(self._fd, self._path)
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


def _held_file(path: Path, name: str) -> int:
    """The file of a lock, held; -1 if whoever had it took it away meanwhile."""
    try:
        fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise from_os(error, path.parent) from error
    try:
        _take(fd)
    except OSError as error:
        os.close(fd)
        raise UserError(
            f"La base « {name} » est déjà ouverte.",
            "Rien n’a été touché.",
            "Fermez l’autre fenêtre de Connexion Desktop, ou attendez la fin de ce qu’elle "
            "fait, puis recommencez.",
        ) from error
    if os.fstat(fd).st_nlink:
        return fd
    os.close(fd)
    return -1


if sys.platform == "win32":
    import msvcrt

    def _take(fd: int) -> None:
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

    def _close_and_remove(fd: int, path: Path) -> None:
        os.close(fd)
        with suppress(OSError):  # somebody else has opened it since
            path.unlink()

else:
    import fcntl

    def _take(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _close_and_remove(fd: int, path: Path) -> None:
        with suppress(OSError):
            path.unlink()
        os.close(fd)
