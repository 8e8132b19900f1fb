"""A base brought back from a server, whole, under a name of its own until the server is known to
have been emptied.

That name says for which one it waits, which base it is, and the digest of the file: one that was
opened since, where somebody may have worked, is never taken for what the server still holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from connexion_desktop.data import cipher
from connexion_desktop.data.errors import from_os
from connexion_desktop.data.lock import BaseLock
from connexion_desktop.domain.errors import UserError

_END = ".rapatriement"
_SEAL = 16


@dataclass(frozen=True, slots=True)
class Waiting:
    """The base in `file`, which waits for the name `path`. Without a `seal` it was only being
    made."""

    file: Path
    path: Path
    base_id: UUID
    seal: str = ""

    @classmethod
    def to_make(cls, path: Path, base_id: UUID) -> Waiting:
        """Where to make it."""
        return cls(path.with_name(f"{path.name}.{base_id.hex}{_END}"), path, base_id)

    @classmethod
    def beside(cls, path: Path) -> Iterator[Waiting]:
        """Those that wait for this name."""
        for file in sorted(path.parent.iterdir()) if path.parent.is_dir() else ():
            start = f"{path.name}."
            if file.name.startswith(start) and file.name.endswith(_END):
                told, _, seal = file.name[len(start) : -len(_END)].partition(".")
                with suppress(ValueError):
                    yield cls(file, path, UUID(told), seal)

    def sealed(self) -> Waiting:
        """The same, now whole, under a name that tells if it is opened. Raises UserError."""
        seal = _digest(self.file)
        file = self.path.with_name(f"{self.path.name}.{self.base_id.hex}.{seal}{_END}")
        try:
            with self.held():
                self.file.replace(file)
            cipher.sync_folder(file.parent)
        except OSError as error:
            raise from_os(error, self.path.parent) from error
        return Waiting(file, self.path, self.base_id, seal)

    @contextmanager
    def held(self) -> Iterator[None]:
        """While nobody has it open. Raises UserError if somebody has."""
        lock = BaseLock(self.file)
        try:
            yield
        finally:
            lock.release()

    @property
    def is_touched(self) -> bool:
        """Whether it was opened since it was made. Raises UserError if it is not read."""
        if not self.seal:
            return False
        log = cipher.logs(self.file)[0]
        return (log.exists() and log.stat().st_size > 0) or _digest(self.file) != self.seal

    def remove(self) -> None:
        """The server holds everything: nothing waits any more. Raises OSError."""
        cipher.remove(self.file)

    def take_name(self) -> None:
        """It is the office's base from now on. Raises UserError."""
        try:
            move_base(self.file, self.path)
        except OSError as error:
            raise UserError(
                f"La base rapatriée n’a pas pu prendre le nom « {self.path.name} ».",
                f"Rien n’est perdu : elle est entière, sous le nom « {self.file} ».",
                "Renommez-la.",
            ) from error


def move_base(base: Path, to: Path) -> None:
    """Give a base that nobody has open another name, with what SQLite left beside it. Raises
    OSError."""
    for log, kept in zip(cipher.logs(base), cipher.logs(to), strict=True):
        if log.exists():
            log.rename(kept)
    base.rename(to)
    cipher.sync_folder(to.parent)


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()[:_SEAL]
    except OSError as error:
        raise from_os(error, file) from error
