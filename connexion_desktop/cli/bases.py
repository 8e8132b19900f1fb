"""Opening and making bases from the command line: the key found, asked for, or made."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from connexion_desktop.cli.output import complain, why_not_read
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import Ask, Locked, RawKey, WrongKeyError
from connexion_desktop.system.secrets import SHORTEST_PASSPHRASE

if TYPE_CHECKING:
    from connexion_desktop.data.database import Database

ASSOCIATION = "Connexion des possibles"


_GIVE_IT = (
    "Donnez la clé par --cle FICHIER, ou la phrase de passe ou le code de secours par "
    "--secret FICHIER (« - » : l’entrée)."
)
_NOTHING_THERE = "Écrivez-y la phrase de passe ou le code de secours."
_LONGEST = 4096  # bytes


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line gives to open a base: a key file, or a file that holds the passphrase
    or the recovery code (« - »: the standard input). Neither: the keyring, or whoever is there."""

    key_file: Path | None = None
    secret: Path | None = None


@contextmanager
def opened(base: Path, given: Given) -> Iterator[Database]:
    """The base, open until the end of the block. Raises UserError."""
    from connexion_desktop.data.database import Database

    with _way_in_told(), closing(Database.open(base, known_key(base, given))) as database:
        yield database


@contextmanager
def opened_to_read(base: Path, given: Given, *, as_is: bool = False) -> Iterator[Database]:
    """The base, only to be read, whoever else has it open; an older one is first brought up to
    date, or with `as_is` refused. Raises UserError."""
    from connexion_desktop.data.database import Database
    from connexion_desktop.data.errors import OlderBaseError

    key = known_key(base, given)
    with _way_in_told():
        try:
            database = Database.open_to_read(base, key, lists=as_is)
        except OlderBaseError:
            if as_is:
                raise
            database = Database.open(base, key)
        with closing(database):
            yield database


@contextmanager
def opened_or_made(base: Path, given: Given) -> Iterator[Database]:
    """The base, made if it is absent; one that was made is kept only if the block succeeds."""
    if base.exists():
        with opened(base, given) as database:
            yield database
        return
    from connexion_desktop.data.database import Database
    from connexion_desktop.usecases.new_base import made_aside

    with (
        new_key(base, given, show_code=True) as key,
        made_aside(base) as unfinished,
        closing(Database.create(unfinished, key, ASSOCIATION)) as database,
    ):
        yield database


def known_key(base: Path, given: Given) -> RawKey:
    """The key of a base: from a file, this computer, or whoever is there."""
    return _key_and_secret(base, given)[0]


def _key_and_secret(base: Path, given: Given, replaced: Path | None = None) -> tuple[RawKey, str]:
    """The key, and what was typed or given in a file to have it; empty if nothing was."""
    from connexion_desktop.usecases import keys

    with _way_in_told():
        if given.secret is not None:
            locked = keys.to_ask(base, replaced)
            secret = first_line(given.secret)
        else:
            found = keys.find(base, given.key_file, replaced)
            if not isinstance(found, Locked):
                return found, ""
            locked = found
            secret = _asked_for(base, locked)
        return keys.with_secret(base, secret, locked.phrase_of), secret


def _asked_for(base: Path, locked: Locked) -> str:
    """What opens the base, typed by whoever is there. Raises UserError if nobody is."""
    if not sys.stdin.isatty():
        raise UserError(
            locked.reason or f"La clé de « {base.name} » n’est pas sur cet ordinateur.",
            "Rien n’a été touché.",
            _GIVE_IT,
        )
    return asked(_QUESTIONS[locked.ask])


@contextmanager
def key_of_backup(backup: Path, base: Path, given: Given) -> Iterator[RawKey]:
    """The key of a backup that takes the place of `base` in the block; one that had to be typed is
    then kept: in the keyring, else under the passphrase typed or a new one."""
    from connexion_desktop.usecases import keys

    key, secret = _key_and_secret(backup, given, replaced=base)
    yield key
    if not secret or keys.keep(key):
        return
    try:
        if keys.opens(base, secret, key):
            return
        if not keys.is_code(secret, key):
            aside = keys.protect(base, key, secret)
        elif given.secret is None:
            aside = keys.protect(base, key, _new_phrase(given))
        else:
            complain(f"Elle s’ouvre avec le code de secours. {_CHOOSE_PHRASE}")
            return
    except UserError as problem:
        raise UserError(
            problem.what, "La base est restaurée ; le code de secours l’ouvre.", _CHOOSE_PHRASE
        ) from problem
    _tell_aside(aside)


_CHOOSE_PHRASE = "Pour choisir une phrase de passe, ouvrez-la dans l’application."


def _tell_aside(aside: Path | None) -> None:
    if aside is not None:
        complain(f"Une clé était à côté de la base, elle est gardée : {aside}")


_QUESTIONS = {
    Ask.PASSPHRASE: "Phrase de passe (ou code de secours) : ",
    Ask.RECOVERY: "Code de secours : ",
}


@contextmanager
def _way_in_told() -> Iterator[None]:
    """Say, of a key that does not do, what can be written on the command line instead."""
    try:
        yield
    except WrongKeyError as problem:
        raise UserError(problem.what, problem.safe, _GIVE_IT) from problem


def asked(question: str) -> str:
    """What somebody types without it being shown. Raises KeyboardInterrupt if they give up."""
    try:
        return getpass.getpass(question, sys.stderr)
    except EOFError as gone:
        raise KeyboardInterrupt from gone


def first_line(path: Path, todo: str = _NOTHING_THERE) -> str:
    """The first line of a file, or of the standard input for « - ». Raises UserError, which says
    `todo` if there is nothing."""
    try:
        if str(path) == "-":
            written = sys.stdin.buffer.readline(_LONGEST)
        else:
            with path.open("rb") as file:
                written = file.readline(_LONGEST)
    except OSError as error:
        raise UserError(f"« {path} » ne peut pas être lu : {why_not_read(error)}.") from error
    text = written.decode("utf-8-sig", "replace").rstrip("\r\n")
    if not text:
        raise UserError(
            f"« {path} » ne contient rien sur sa première ligne.",
            "Rien n’a été touché.",
            todo,
        )
    return text


@contextmanager
def new_key(base: Path, given: Given, *, show_code: bool) -> Iterator[RawKey]:
    """A key for a base about to be made in the block, kept where it will be found again.

    Whatever was written for it, in a file or in the keyring, is taken back if the block fails.
    """
    from connexion_desktop.usecases import keys
    from connexion_desktop.usecases.new_base import refuse_existing

    refuse_existing(base)
    key_file = given.key_file
    with ExitStack() as if_it_fails:
        aside = None
        if key_file is not None:
            key, made = keys.in_file(key_file)
            if made:
                if_it_fails.callback(_forget_file, base, key, key_file)
        else:
            key = keys.for_new_base()
            if given.secret is None and keys.keep(key):
                if_it_fails.callback(keys.forget, key)
            else:
                phrase = _new_phrase(given)
                aside = keys.protect(base, key, phrase)
                if_it_fails.callback(keys.unprotect, base, key, phrase, aside)
        yield key
        if_it_fails.pop_all()
    _tell_aside(aside)
    if key_file is None and show_code:
        complain(
            f"Code de secours, à imprimer et à garder hors de l’ordinateur :\n"
            f"{keys.recovery_code(key)}"
        )


def _forget_file(base: Path, key: RawKey, key_file: Path) -> None:
    """Remove a key file that was made for nothing; not if another program made the base with it."""
    from connexion_desktop.usecases import keys

    if not keys.opens_what_is_there(base, key):
        key_file.unlink(missing_ok=True)


def _new_phrase(given: Given) -> str:
    """The passphrase that is to keep a new key: given in a file, else asked for twice."""
    if given.secret is not None:
        return first_line(given.secret)
    if not sys.stdin.isatty():
        raise UserError(
            "Cet ordinateur n’a pas de trousseau où garder la clé de la base.",
            "Rien n’a été fait.",
            "Donnez --cle FICHIER, où la clé sera écrite, ou --secret FICHIER, qui contient une "
            "phrase de passe.",
        )
    phrase = asked(
        f"Phrase de passe de la nouvelle base ({SHORTEST_PASSPHRASE} caractères au moins) : "
    )
    if asked("Encore une fois : ") != phrase:
        raise UserError("Les deux phrases diffèrent.", "Rien n’a été fait.", "Recommencez.")
    return phrase
