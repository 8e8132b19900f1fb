"""Reading the command line: a word, what it takes, and options before or after it.

Written here rather than with argparse, which reads options on one side of the word only and speaks
English.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field

PROGRAM = "connexion-desktop"


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
class Option:
    """An option; without `value` it is a flag."""

    name: str
    help: str
    value: str = ""
    required: bool = False
    short: str = ""

    @property
    def usage(self) -> str:
        """« --vers BASE », between brackets when it may be left out."""
        text = " ".join(part for part in (self.short or self.name, self.value) if part)
        return text if self.required else f"[{text}]"


@dataclass(frozen=True, slots=True)
class Argument:
    """What follows a word; one of `choices` when there are some."""

    name: str
    help: str
    choices: tuple[str, ...] = ()

    @property
    def usage(self) -> str:
        """« CLASSEUR », « personnes|groupes »."""
        return "|".join(self.choices) or self.name


@dataclass(frozen=True, slots=True)
class Word:
    """One thing to ask for."""

    name: str
    help: str
    arguments: tuple[Argument, ...] = ()
    options: tuple[Option, ...] = ()

    @property
    def usage(self) -> str:
        """The line that shows how it is written."""
        parts = [argument.usage for argument in self.arguments]
        parts += [option.usage for option in self.options]
        return " ".join((PROGRAM, self.name, *parts))


COMMON = (
    Option("--fichier", "la base (celle de ce poste si rien n’est dit)", "BASE"),
    Option(
        "--cle", "un fichier qui contient la clé de la base, en 64 chiffres hexadécimaux", "FICHIER"
    ),
    Option(
        "--secret",
        "un fichier qui contient la phrase de passe ou le code de secours (- : l’entrée)",
        "FICHIER",
    ),
    Option("--aujourd-hui", "la date à prendre pour aujourd’hui", "DATE"),
)
_LISTS = ("personnes", "groupes", "conventions", "materiel")
WORDS = (
    Word(
        "demo",
        "fabriquer une base de démonstration, aux personnes inventées",
        options=(
            Option("--vers", "la base à fabriquer", "BASE", required=True),
            Option("--personnes", "au moins autant de personnes (100000 au plus)", "NOMBRE"),
        ),
    ),
    Word(
        "importer",
        "importer le tableau de suivi d’un groupe (Excel, OpenDocument ou CSV)",
        (Argument("CLASSEUR", "le fichier à importer"),),
        (
            Option("--groupe", "le groupe, créé s’il n’existe pas", "NOM", required=True),
            Option("--debut", "le premier jour d’un nouveau groupe", "DATE"),
            Option("--essai", "dire seulement ce qui serait fait"),
        ),
    ),
    Word(
        "lister",
        "lister ce que contient la base",
        (Argument("LISTE", "ce qu’il faut lister", _LISTS),),
        (Option("--json", "écrire un tableau JSON"),),
    ),
    Word(
        "convention",
        "écrire une convention en PDF ou en DOCX",
        (Argument("NUMERO", "le numéro, par exemple PMSMP-2026-0001"),),
        (Option("--sortie", "le fichier à écrire", "F.pdf|F.docx", required=True, short="-o"),),
    ),
    Word(
        "pilotage",
        "écrire le rapport d’activité d’une période",
        options=(
            Option("--du", "le premier jour de la période", "DATE", required=True),
            Option("--au", "son dernier jour", "DATE", required=True),
            Option(
                "--sortie",
                "le fichier à écrire",
                "F.xlsx|F.pdf|F.docx|F.csv",
                required=True,
                short="-o",
            ),
            Option("--site", "ce site seulement", "NOM"),
            Option("--groupe", "ce groupe seulement", "NOM"),
            Option("--noms", "avec les listes de personnes (classeur seulement)"),
        ),
    ),
    Word(
        "sauvegarder",
        "sauvegarder la base, chiffrée et vérifiée",
        (Argument("DOSSIER", "le dossier qui garde les dix dernières sauvegardes"),),
    ),
    Word(
        "restaurer",
        "remettre une sauvegarde à la place de la base, gardée à côté",
        (Argument("FICHIER", "la sauvegarde"),),
    ),
    Word("verifier", "vérifier toute la base"),
)


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
    word = _word(plain[0]) if plain else None
    if wants_help:
        raise HelpWanted(word)
    if word is None:
        raise UsageError("dites ce qu’il faut faire : " + ", ".join(each.name for each in WORDS))
    _check_arguments(word, plain[1:])
    _check_options(word, given)
    return Command(word, tuple(plain[1:]), given)


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


_OPTIONS = {
    name: option
    for option in (*COMMON, *(option for word in WORDS for option in word.options))
    for name in (option.name, option.short)
    if name
}


def _word(text: str) -> Word:
    names = {word.name: word for word in WORDS}
    if text not in names:
        raise UsageError(f"mot inconnu : « {text} »{_suggestion(text, names)}")
    return names[text]


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
    taken = {option.name for option in (*COMMON, *word.options)}
    for name in given:
        if name not in taken:
            raise UsageError(f"l’option {name} ne va pas avec « {word.name} »", word)
    for option in word.options:
        if option.required and option.name not in given:
            raise UsageError(f"il manque {option.usage} : {option.help}", word)


def usage(word: Word | None) -> str:
    """How to write the command: one line."""
    if word is not None:
        return f"usage : {word.usage}"
    names = "|".join(each.name for each in WORDS)
    return f"usage : {PROGRAM} [OPTIONS] [{names}] …"


def help_text(word: Word | None) -> str:
    """What `--help` prints."""
    lines = [usage(word), ""]
    if word is None:
        lines += ["Sans mot, la fenêtre s’ouvre.", "", "mots :"]
        lines += [f"  {each.name:<14}{each.help}" for each in WORDS]
    else:
        lines += [f"{word.help[0].upper()}{word.help[1:]}.", ""]
        lines += [f"  {each.name:<22}{each.help}" for each in word.arguments]
        lines += [_option_line(each) for each in word.options]
    lines += ["", "options de tous les mots :", *(_option_line(each) for each in COMMON)]
    lines += [_option_line(Option("--help", "cette aide", short="-h"))]
    if word is None:
        lines += [_option_line(Option("--version", "la version"))]
    return "\n".join(lines)


def _option_line(option: Option) -> str:
    names = ", ".join(name for name in (option.short, option.name) if name)
    left = f"{names} {option.value}".strip()
    return f"  {left:<22}{option.help}" if len(left) < 21 else f"  {left}\n{'':<24}{option.help}"
