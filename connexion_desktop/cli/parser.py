"""Reading the command line: a word, what it takes, and options before or after it.

Written here rather than with argparse, which reads options on one side of the word only and speaks
English.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field

from connexion_desktop.cli.grammar import DAY, FILE, GROUPS, PROGRAM, WORDS, Option, Word


class UsageError(Exception):
    """The command was not written as it should: what is wrong, in French, and for which word."""

    def __init__(self, message: str, word: Word | None = None) -> None:
        super().__init__(message)
        self.word = word


class HelpWanted(Exception):  # noqa: N818 - not an error: somebody asked
    """Somebody asked for help, on a word or on all."""

    def __init__(self, word: Word | None) -> None:
        super().__init__()
        self.word = word


class VersionWanted(Exception):  # noqa: N818 - not an error: somebody asked
    """Somebody asked for the version."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it was understood. `values` by option name; "" for a flag."""

    word: Word
    arguments: tuple[str, ...]
    values: dict[str, str] = field(default_factory=dict)

    def has(self, option: str) -> bool:
        """Whether the option was given."""
        return option in self.values

    def get(self, option: str) -> str | None:
        """The value of an option, None if it was not given."""
        return self.values.get(option)


def read(arguments: Sequence[str]) -> Command:
    """Understand a command line. Raises UsageError, HelpWanted, VersionWanted."""
    plain, given, wants_help = _sort(arguments)
    if wants_help and plain in ([group] for group in GROUPS):
        raise HelpWanted(None)
    word, rest = _word(plain)
    if wants_help:
        raise HelpWanted(word)
    if word is None:
        raise UsageError("dites ce qu’il faut faire : " + ", ".join(_NAMES))
    _check_arguments(word, rest)
    _check_options(word, given)
    return Command(word, tuple(rest), given)


def _sort(arguments: Sequence[str]) -> tuple[list[str], dict[str, str], bool]:
    """Tell plain words from options, whatever their order; after « -- », all are plain."""
    plain: list[str] = []
    given: dict[str, str] = {}
    wants_help = False
    left = list(arguments)
    while left:
        text = left.pop(0)
        if text == "--":
            plain += left
            break
        if text in ("-h", "--help", "--aide"):
            wants_help = True
        elif text == "--version":
            raise VersionWanted
        elif text.startswith("-") and len(text) > 1:
            option, value = _option(text, left)
            if option.name in given:
                raise UsageError(f"l’option {option.name} est donnée deux fois")
            given[option.name] = value
        else:
            plain.append(text)
    return plain, given, wants_help


def _option(text: str, left: list[str]) -> tuple[Option, str]:
    name, equals, value = text.partition("=")
    option = _OPTIONS.get(name)
    if option is None:
        raise UsageError(f"option inconnue : {name}{_suggestion(name, _OPTIONS)}")
    if not option.value:
        if equals:
            raise UsageError(f"l’option {option.name} ne prend pas de valeur")
        return option, ""
    if not equals:
        if not left or left[0].startswith("--"):
            raise UsageError(f"l’option {option.name} attend une valeur : {option.value}")
        value = left.pop(0)
    if not value:
        raise UsageError(f"l’option {option.name} attend une valeur : {option.value}")
    return option, value


_NAMES = (*(word.name for word in WORDS if " " not in word.name), *GROUPS)
_OPTIONS = {
    name: option
    for option in (option for word in WORDS for option in word.all_options)
    for name in (option.name, option.short)
    if name
}


def _word(plain: list[str]) -> tuple[Word | None, list[str]]:
    """The word that these begin with, if there is one, and what follows it."""
    if not plain:
        return None, []
    first, rest = plain[0], plain[1:]
    if first in GROUPS:
        if not rest:
            told = ", ".join(word.name for word in _words_of(first))
            raise UsageError(f"dites ce qu’il faut faire : {told}")
        first, rest = f"{first} {rest[0]}", rest[1:]
    names = {word.name: word for word in WORDS}
    if first not in names:
        raise UsageError(f"mot inconnu : « {first} »{_suggestion(first, names)}")
    return names[first], rest


def _words_of(group: str) -> list[Word]:
    return [word for word in WORDS if word.name.startswith(f"{group} ")]


def _suggestion(text: str, known: dict[str, Option] | dict[str, Word]) -> str:
    close = difflib.get_close_matches(text, known, n=1)
    return f" ; vouliez-vous dire « {close[0]} » ?" if close else ""


def _check_arguments(word: Word, found: list[str]) -> None:
    given = [text for text in found if text.strip()]
    if len(given) < len(word.arguments):
        missing = word.arguments[len(given)]
        raise UsageError(f"il manque {missing.usage} : {missing.help}", word)
    if len(found) > len(word.arguments):
        raise UsageError(f"« {found[len(word.arguments)]} » est de trop", word)
    for argument, text in zip(word.arguments, found, strict=True):
        if argument.choices and text not in argument.choices:
            choices = ", ".join(argument.choices)
            raise UsageError(f"« {text} » ne se liste pas ; au choix : {choices}", word)


def _check_options(word: Word, given: dict[str, str]) -> None:
    taken = {option.name for option in word.all_options}
    for name in given:
        if name not in taken:
            raise UsageError(f"l’option {name} ne va pas avec « {word.name} »", word)
    for option in word.all_options:
        if option.required and option.name not in given:
            raise UsageError(f"il manque {option.usage} : {option.help}", word)


def usage(word: Word | None) -> str:
    """How to write the command: one line."""
    if word is not None:
        return f"usage : {word.usage}"
    names = "|".join(_NAMES)
    return f"usage : {PROGRAM} [OPTIONS] [{names}] …"


def help_text(word: Word | None) -> str:
    """What `--help` prints."""
    lines = [usage(word), ""]
    if word is None:
        lines += ["Sans mot, la fenêtre s’ouvre.", "", "mots :"]
        lines += [f"  {each.name:<14}{each.help}" for each in WORDS if " " not in each.name]
        for group, told in GROUPS.items():
            lines += ["", f"{told} :"]
            lines += [f"  {each.name:<29}{each.help}" for each in _words_of(group)]
        lines += ["", "options de presque tous les mots :"]
        lines += [_option_line(each) for each in (*FILE, *DAY)]
        lines += [_option_line(Option("--version", "la version"))]
    else:
        lines += [f"{word.help[0].upper()}{word.help[1:]}.", ""]
        lines += [f"  {each.name:<22}{each.help}" for each in word.arguments]
        lines += [_option_line(each) for each in word.options]
        lines += ["", "de quoi il s’agit :", *(_option_line(each) for each in word.where)]
    lines += [_option_line(Option("--help", "cette aide", short="-h"))]
    return "\n".join(lines)


def _option_line(option: Option) -> str:
    names = ", ".join(name for name in (option.short, option.name) if name)
    left = f"{names} {option.value}".strip()
    return f"  {left:<22}{option.help}" if len(left) < 21 else f"  {left}\n{'':<24}{option.help}"
