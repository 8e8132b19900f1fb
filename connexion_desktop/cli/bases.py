"""Opening and making bases from the command line: the key found, asked for, or made."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from connexion_desktop.cli.output import complain
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import Ask, Locked, RawKey, wrapped_path

if TYPE_CHECKING:
    from connexion_desktop.data.database import Database

ASSOCIATION = "Connexion des possibles"


@contextmanager
def opened(base: Path, key_file: Path | None, *, as_is: bool = False) -> Iterator[Database]:
    """The base, open until the end of the block; with `as_is` never brought up to date. Raises
    UserError."""
    from connexion_desktop.data.database import Database

    with closing(Database.open(base, known_key(base, key_file), as_is=as_is)) as database:
        yield database


@contextmanager
def opened_or_made(base: Path, key_file: Path | None) -> Iterator[Database]:
    """The base, made if it is absent; one that was made is kept only if the block succeeds."""
    if base.exists():
        with opened(base, key_file) as database:
            yield database
        return
    from connexion_desktop.data.database import Database
    from connexion_desktop.usecases.new_base import made_aside

    with (
        new_key(base, key_file, show_code=True) as key,
        made_aside(base) as unfinished,
        closing(Database.create(unfinished, key, ASSOCIATION)) as database,
    ):
        yield database


def known_key(base: Path, key_file: Path | None) -> RawKey:
    """The key of a base or of a backup: from its file, this computer, or whoever is there."""
    from connexion_desktop.usecases import keys

    found = keys.find(base, key_file)
    if not isinstance(found, Locked):
        return found
    if not sys.stdin.isatty():
        raise UserError(
            found.reason or f"La clé de « {base.name} » n’est pas sur cet ordinateur.",
            "Rien n’a été touché.",
            "Donnez-la par --cle FICHIER.",
        )
    if found.ask is Ask.PASSPHRASE:
        return keys.with_passphrase(base, getpass.getpass("Phrase de passe : ", sys.stderr))
    return keys.with_recovery_code(base, getpass.getpass("Code de secours : ", sys.stderr))


@contextmanager
def new_key(base: Path, key_file: Path | None, *, show_code: bool) -> Iterator[RawKey]:
    """A key for a base about to be made in the block, kept where it will be found again.

    Whatever was written for it, in a file or in the keyring, is taken back if the block fails.
    """
    from connexion_desktop.usecases import keys
    from connexion_desktop.usecases.new_base import refuse_existing

    refuse_existing(base)
    made = [] if key_file is None or key_file.exists() else [key_file]
    key = keys.for_new_base(key_file)
    in_keyring = False
    try:
        if key_file is None:
            in_keyring = keys.keep(key)
            if not in_keyring:
                keys.protect(base, key, _new_passphrase())
                made.append(wrapped_path(base))
        yield key
    except BaseException:
        if in_keyring:
            keys.forget(key)
        for file in made:
            file.unlink(missing_ok=True)
        raise
    if key_file is None and show_code:
        complain(
            f"Code de secours, à imprimer et à garder hors de l’ordinateur :\n"
            f"{keys.recovery_code(key)}"
        )


def _new_passphrase() -> str:
    if not sys.stdin.isatty():
        raise UserError(
            "Cet ordinateur n’a pas de trousseau où garder la clé de la base.",
            "Rien n’a été fait.",
            "Donnez --cle FICHIER : la clé y sera écrite.",
        )
    phrase = getpass.getpass("Phrase de passe de la nouvelle base : ", sys.stderr)
    if getpass.getpass("Encore une fois : ", sys.stderr) != phrase:
        raise UserError("Les deux phrases diffèrent.", "Rien n’a été fait.", "Recommencez.")
    return phrase
