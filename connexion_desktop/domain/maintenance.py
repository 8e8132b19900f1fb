"""What a check of the base says, and how its backups are named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

_BACKUP = re.compile(
    r"connexion-sauvegarde-\d{4}-\d{2}-\d{2}-\d{6}-(?P<mark>[0-9a-f]{8})(-\d+)?\.base"
)


def backup_name(base_id: UUID, moment: datetime, rank: int = 1) -> str:
    """The name of a backup: when, and of which base; `rank` tells those of one second apart.

    Two bases may have one key, and one folder.
    """
    once_more = f"-{rank}" if rank > 1 else ""
    return f"connexion-sauvegarde-{moment:%Y-%m-%d-%H%M%S}-{_mark(base_id)}{once_more}.base"


def is_backup(name: str, base_id: UUID | None = None) -> bool:
    """Whether a file's name is that of a backup: of that base, or of any."""
    found = _BACKUP.fullmatch(name)
    return found is not None and (base_id is None or found["mark"] == _mark(base_id))


def _mark(base_id: UUID) -> str:
    """The end of the identity: it is drawn by chance, where the beginning only says when."""
    return base_id.hex[-8:]


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a check: whether the base is sound, and the lines to show, in French."""

    sound: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup in its folder: when it was made, in local time, and its size in bytes."""

    name: str
    made_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the open base is, its size in bytes, the folder of its backups, the latest first."""

    base: Path
    size: int
    folder: Path
    backups: tuple[KeptBackup, ...] = ()


def told_size(size: int) -> str:
    """« 640 Ko », « 12,4 Mo »."""
    if size < 1_000_000:
        return f"{max(round(size / 1000), 1)} Ko"
    return f"{size / 1_000_000:.1f} Mo".replace(".", ",")


@dataclass(frozen=True, slots=True)
class Held:
    """What a backup holds, told before it is put back: « 36 personnes », « 3 groupes »; when
    something was last saved in it, in local time; whether it is of another base."""

    counts: tuple[str, ...]
    last_act: datetime | None
    is_another: bool
