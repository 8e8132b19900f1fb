"""Makes a new base and fills it with the demo."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

from connexion_desktop.data.database import Database
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.progress import Progress, Silent
from connexion_desktop.usecases.new_base import made_aside

from .generate import fill
from .places import ASSOCIATION


def create(
    path: Path,
    key: RawKey,
    today: date,
    people: int = 0,
    progress: Progress | None = None,
) -> None:
    """Make the demo base at `path`, with at least `people` people; it is left closed.

    Raises UserError if the file is there already or cannot be written, Cancelled when `progress`
    does: no file is left then.
    """
    with (
        made_aside(path) as unfinished,
        closing(Database.create(unfinished, key, ASSOCIATION)) as database,
        database.bulk() as session,
    ):
        fill(session, today, people, progress or Silent())
