"""Makes a new base and fills it with the demo."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.progress import Progress, Silent
from connexion_desktop.usecases.new_base import made_aside

from .generate import fill
from .places import ASSOCIATION

_YEARS = range(2000, 2100)


def create(
    path: Path,
    key: RawKey,
    today: date,
    people: int = 0,
    progress: Progress | None = None,
) -> None:
    """Make the demo base at `path`, with at least `people` people; it is left closed.

    Raises UserError if the file is there already or cannot be written, or for a day of another
    century, Cancelled when `progress` does: no file is left then.
    """
    if today.year not in _YEARS:
        raise UserError(
            f"La démonstration se passe entre {_YEARS[0]} et {_YEARS[-1]}, pas en {today.year}.",
            "Rien n’a été fait.",
            "Choisissez une autre date pour aujourd’hui.",
        )
    with (
        made_aside(path) as unfinished,
        closing(Database.create(unfinished, key, ASSOCIATION)) as database,
        database.bulk() as session,
    ):
        fill(session, today, people, progress or Silent())
