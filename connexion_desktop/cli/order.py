"""A command and what every word needs of it: which base or server, what day it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from connexion_desktop.cli import bases
from connexion_desktop.cli.grammar import FILE, SERVER, Word
from connexion_desktop.cli.output import Ticker
from connexion_desktop.cli.parser import Command, UsageError
from connexion_desktop.domain.imprecise import Precision

MOST_PEOPLE = 100_000
MOST_WEEKS = 99


@dataclass(frozen=True, slots=True)
class Order:
    """A command, and what all words need of it."""

    command: Command
    base: Path
    given: bases.Given
    today: date
    ticker: Ticker

    def argument(self) -> str:
        """What follows the word."""
        return self.command.arguments[0]

    @property
    def names_a_server(self) -> bool:
        """Whether it is about a server rather than a base."""
        return self.command.has("--serveur")

    def file(self, option: str) -> Path | None:
        """The file that an option names, if it was given."""
        text = self.command.get(option)
        return path_of(text) if text else None

    def needed(self, option: str) -> str:
        """The value of an option that the parser demanded."""
        return self.command.values[option]


def order(command: Command, ticker: Ticker) -> Order:
    """Read the options of all words. Raises UsageError."""
    from connexion_desktop.system import folders

    base = command.get("--fichier")
    key_file, secret = (
        path_of(text) if text else None for text in map(command.get, ("--cle", "--secret"))
    )
    if key_file and secret:
        raise UsageError("--cle et --secret ne vont pas ensemble")
    if command.has("--serveur") and SERVER[0] in command.word.where:
        _refuse_base_and_server(command)
    return Order(
        command,
        path_of(base) if base else folders.default_base(),
        bases.Given(key_file, secret),
        day_of(command.get("--aujourd-hui")),
        ticker,
    )


def _refuse_base_and_server(command: Command) -> None:
    for option in FILE:
        if command.has(option.name):
            raise UsageError(f"--serveur et {option.name} ne vont pas ensemble", command.word)


def path_of(text: str) -> Path:
    """The file that a text names."""
    try:
        return Path(text).expanduser()
    except RuntimeError:  # « ~nobody »: a name like another, then
        return Path(text)


def text_of(text: str, word: Word) -> str:
    """A text that is to be looked for or kept. Raises UsageError if it is none."""
    if not text.isprintable() and any("\udc80" <= each <= "\udcff" for each in text):
        raise UsageError(f"« {text} » n’est pas un texte en UTF-8", word)
    return text


def number_of(text: str | None, most: int = MOST_PEOPLE) -> int:
    """The number that is asked for, from 1; 0 where nobody said. Raises UsageError."""
    if text is None:
        return 0
    if not text.isdecimal() or not 0 < int(text) <= most:
        raise UsageError(f"« {text} » n’est pas un nombre de 1 à {most}")
    return int(text)


def day_of(text: str | None) -> date:
    """The day that a text names, else today. Raises UsageError."""
    today = datetime.now().astimezone().date()
    if text is None:
        return today
    from connexion_desktop.domain.typed_dates import DatePurpose, parse_date

    found = parse_date(text, DatePurpose.EVENT, today).date
    if found is None or found.precision is not Precision.DAY:
        raise UsageError(f"« {text} » n’est pas une date (écrivez par exemple 2026-04-21)")
    return found.day
