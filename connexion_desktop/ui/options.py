"""What the command line asks of the window."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from connexion_desktop.domain.errors import UserError
from connexion_desktop.ui.place import Move, Restoration

_OPTIONS = {
    "--fichier": "base",
    "--cle": "key_file",
    "--aujourd-hui": "today",
    "--images": "images",
    "--serveur": "server",
}


class Options(NamedTuple):
    """`choose` shows the ways to begin, whatever base there is; `restore` a backup to put back
    first, `move` what goes to a server or comes back from it."""

    base: Path | None = None
    key_file: Path | None = None
    today: date | None = None
    images: Path | None = None
    choose: bool = False
    restore: Restoration | None = None
    server: str = ""
    move: Move | None = None


def read_options(arguments: Sequence[str]) -> Options:
    """Read `--fichier BASE`, `--cle FICHIER`, `--serveur NOM`, `--aujourd-hui DATE`,
    `--images DOSSIER`. Raises UserError for anything else."""
    found: dict[str, str] = {}
    left = list(arguments)
    while left:
        word, equals, value = left.pop(0).partition("=")
        if word not in _OPTIONS:
            raise UserError(f"Option inconnue : {word}.")
        if not equals:
            if not left:
                raise UserError(f"{word} attend une valeur.")
            value = left.pop(0)
        found[_OPTIONS[word]] = value
    if "server" in found and "base" in found:
        raise UserError("--fichier et --serveur ne vont pas ensemble : c’est l’un ou l’autre.")
    return Options(
        base=_path(found.get("base")),
        key_file=_path(found.get("key_file")),
        today=_day(found.get("today")),
        images=_path(found.get("images")),
        server=found.get("server", ""),
    )


def _path(text: str | None) -> Path | None:
    return Path(text).expanduser().absolute() if text else None


def _day(text: str | None) -> date | None:
    if not text:
        return None
    with contextlib.suppress(ValueError):
        return date.fromisoformat(text)
    from connexion_desktop.domain.typed_dates import DatePurpose, parse_date

    found = parse_date(text, DatePurpose.EVENT, datetime.now().astimezone().date())
    if found.date is None:
        raise UserError(f"« {text} » n’est pas une date.")
    return found.date.day
