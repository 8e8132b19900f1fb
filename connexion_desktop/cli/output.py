"""What the command line prints: aligned columns, JSON, progress on a terminal."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from connexion_desktop.domain.equipment import EquipmentRow
from connexion_desktop.domain.french_dates import imprecise_numeric, numeric_day
from connexion_desktop.domain.hours import hours_text
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.listing import GroupLine, PaperLine, PersonLine

LineT = TypeVar("LineT")
_WIDEST = 40


@dataclass(frozen=True, slots=True)
class Hours:
    """A duration in minutes, printed in hours."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Column(Generic[LineT]):
    """A column: its key in JSON, its heading in text (none: in JSON only), and its value."""

    key: str
    heading: str
    value: Callable[[LineT], Any]


PEOPLE: tuple[Column[PersonLine], ...] = (
    Column("numero", "Numéro", lambda line: line.number),
    Column("nom", "Nom", lambda line: line.family_name),
    Column("prenom", "Prénom", lambda line: line.given_name),
    Column("naissance", "Naissance", lambda line: line.birth),
    Column("groupe", "Groupe", lambda line: line.group),
    Column("etat", "État", lambda line: line.state.label),
    Column("telephone", "Téléphone", lambda line: line.phone),
    Column("courriel", "", lambda line: line.email),
    Column("ville", "", lambda line: line.city),
    Column("premier_contact", "", lambda line: line.met),
    Column("entree", "", lambda line: line.entered_on),
    Column("sortie", "", lambda line: line.left_on),
    Column("activite", "", lambda line: line.activity),
    Column("a_verifier", "À vérifier", lambda line: line.to_check),
)
GROUPS: tuple[Column[GroupLine], ...] = (
    Column("nom", "Nom", lambda line: line.name),
    Column("site", "Site", lambda line: line.site),
    Column("debut", "Début", lambda line: line.starts_on),
    Column("semaine", "Semaine", lambda line: line.week),
    Column("semaines", "", lambda line: line.weeks),
    Column("personnes", "Personnes", lambda line: line.people),
    Column("conseiller", "Conseiller", lambda line: line.conseiller),
    Column("termine", "", lambda line: line.is_closed),
)
PAPERS: tuple[Column[PaperLine], ...] = (
    Column("numero", "Numéro", lambda line: line.number),
    Column("etat", "État", lambda line: line.state.label),
    Column("alerte", "", lambda line: line.state.alert.label if line.state.alert else ""),
    Column("personne", "Personne", lambda line: line.person),
    Column("numero_personne", "", lambda line: line.person_number),
    Column("structure", "Structure", lambda line: line.host),
    Column("metier", "", lambda line: line.trade),
    Column("du", "Du", lambda line: line.starts_on),
    Column("au", "Au", lambda line: line.ends_on),
    Column("heures", "Heures", lambda line: Hours(line.minutes)),
)
EQUIPMENT: tuple[Column[EquipmentRow], ...] = (
    Column("numero", "Numéro", lambda line: line.number),
    Column("modele", "Modèle", lambda line: line.model),
    Column("serie", "", lambda line: line.serial),
    Column("etat", "État", lambda line: line.state.label),
    Column("prete_a", "Prêté à", lambda line: line.person),
    Column("numero_personne", "", lambda line: line.person_number),
    Column("depuis", "", lambda line: line.lent_on),
    Column("retour_prevu", "Retour prévu", lambda line: line.due_on),
    Column("accessoires", "", lambda line: line.accessories),
)


def as_json(columns: Sequence[Column[LineT]], lines: Sequence[LineT]) -> str:
    """A JSON array; null for what is not known, « 2026-04 » or « 2026 » for imprecise dates."""
    rows = [{column.key: _plain(column.value(line)) for column in columns} for line in lines]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def as_text(columns: Sequence[Column[LineT]], lines: Sequence[LineT]) -> str:
    """Aligned columns under their headings."""
    shown = [column for column in columns if column.heading]
    rows = [[column.heading for column in shown]]
    rows += [[_words(column.value(line)) for column in shown] for line in lines]
    widths = [max(len(row[place]) for row in rows) for place in range(len(shown))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _plain(value: Any) -> Any:
    match value:
        case "":
            return None
        case Hours():
            return value.minutes / 60
        case ImpreciseDate():
            return f"{value.day:{_KNOWN[value.precision]}}"
        case date():
            return value.isoformat()
        case _:
            return value


_KNOWN = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}


def _words(value: Any) -> str:
    match value:
        case None | 0:
            return ""
        case Hours():
            return hours_text(value.minutes) if value.minutes else ""
        case ImpreciseDate():
            return imprecise_numeric(value)
        case date():
            return numeric_day(value)
        case _:
            text = " ".join(str(value).split())
            return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def why_not_read(error: OSError) -> str:
    """Why a file cannot be read, in French."""
    return {
        errno.ENOENT: "il est introuvable",
        errno.ENOTDIR: "il est introuvable",
        errno.EISDIR: "c’est un dossier",
        errno.EACCES: "vous n’en avez pas le droit",
        errno.ENAMETOOLONG: "son nom est trop long",
    }.get(error.errno or 0, "le disque a refusé")


class Ticker:
    """Progress on stderr, where somebody is watching, nothing elsewhere; `interrupt` is Ctrl+C."""

    def __init__(self) -> None:
        self._shown = ""
        self._watched = sys.stderr.isatty()
        self._interrupted = False

    def interrupt(self, *_signal: object) -> None:
        """Raise KeyboardInterrupt. Python drops it where it is collecting garbage or called back by
        a library: the next step then raises it again."""
        self._interrupted = True
        raise KeyboardInterrupt

    def step(self, done: int, total: int, label: str = "") -> None:
        """Show where the act is, on one line that replaces itself."""
        if self._interrupted:
            raise KeyboardInterrupt
        if not self._watched:
            return
        text = f"{label} {100 * done // max(total, 1)} %"[:78]
        if text != self._shown:
            sys.stderr.write(f"\r{text.ljust(len(self._shown))}")
            sys.stderr.flush()
            self._shown = text

    def clear(self) -> None:
        """Wipe the line, before anything else is printed."""
        if self._shown:
            sys.stderr.write(f"\r{' ' * len(self._shown)}\r")
            sys.stderr.flush()
            self._shown = ""


def say(text: str) -> None:
    """Print on stdout; a character that the terminal lacks becomes « ? »."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stdout.flush()


def say_json(text: str) -> None:
    """Print on stdout in UTF-8, whatever the terminal's habit."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Print on stderr; a character that the terminal lacks becomes « ? ». Where nothing can be
    written there, nobody is told: the exit status says it."""
    encoding = sys.stderr.encoding or "utf-8"
    with suppress(OSError):
        sys.stderr.write(text.encode(encoding, "replace").decode(encoding) + "\n")
        sys.stderr.flush()
