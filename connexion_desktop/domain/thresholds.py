"""The settings that the association may change: their words, what they may hold, where they come
from. Only those that something reads are here; `resources/reference/settings.toml` has them all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from connexion_desktop.domain.errors import UserError

_KEPT = "Ce qui était réglé avant est gardé."
WEEKDAYS = (
    ("monday", "Lundi"),
    ("tuesday", "Mardi"),
    ("wednesday", "Mercredi"),
    ("thursday", "Jeudi"),
    ("friday", "Vendredi"),
    ("saturday", "Samedi"),
    ("sunday", "Dimanche"),
)
YES_NO = (("no", "Non"), ("yes", "Oui"))


class Shape(StrEnum):
    """What a setting holds."""

    NUMBER = "number"
    NUMBERS = "numbers"
    YES_NO = "yes_no"
    DAYS = "days"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A setting; numbers go from `least` to `most`. `to_check`: its value is to be confirmed."""

    key: str
    section: str
    label: str
    told: str
    shape: Shape = Shape.NUMBER
    unit: str = ""
    least: int = 0
    most: int = 0
    to_check: bool = False


_YEAR, _FOLLOWING, _PLACEMENTS, _LOANS = "Année", "Suivi", "Immersions", "Prêts"

THRESHOLDS = (
    Threshold(
        "programme.sessions_per_year", _YEAR, "Sessions par an",
        "Comparé à ce qui est prévu (Programme, « Année »). Combien sur chaque site se dit dans "
        "« Sites ».", unit="groupes", most=99,
    ),
    Threshold(
        "programme.no_contact_days", _FOLLOWING, "Sans contact depuis",
        "Au-delà, la carte et la fiche le signalent.",
        unit="jours", least=1, most=365,
    ),
    Threshold(
        "programme.days", _FOLLOWING, "Jours du programme",
        "Les jours collectifs, sur la carte de chaque personne.", Shape.DAYS,
    ),
    Threshold(
        "placement.same_host_days_max", _PLACEMENTS, "Dans la même structure, au plus",
        "Sur douze mois glissants (D. 5135-3 et notice du formulaire).",
        unit="jours", least=1, most=366, to_check=True,
    ),
    Threshold(
        "placement.same_host_conventions_max", _PLACEMENTS,
        "Conventions dans la même structure, au plus",
        "Sur douze mois glissants (D. 5135-3).", least=1, most=20,
    ),
    Threshold(
        "placement.same_number_day_included", _PLACEMENTS, "Le jour de même quantième compte",
        "« D’un mois, de date à date » : le 4 mars, finir le 4 avril est-il permis ? (D. 5135-3)",
        Shape.YES_NO, to_check=True,
    ),
    Threshold(
        "placement.late_working_days", _PLACEMENTS, "Signatures en retard à partir de",
        "Avant le premier jour (D. 5135-1 : toutes les signatures avant le début).",
        unit="jours ouvrés", least=0, most=30,
    ),
    Threshold(
        "placement.delegation_warning_months", _PLACEMENTS,
        "Prévenir de la fin de la délégation",
        "Autant de mois avant, séparés par des virgules.", Shape.NUMBERS,
        unit="mois", least=1, most=24,
    ),
    Threshold(
        "loan.terms", _LOANS, "Texte des engagements de la convention de prêt",
        "Une ligne vide sépare les paragraphes ; une ligne qui commence par un tiret est un point. "
        "Une convention déjà faite garde son texte.", Shape.TEXT, most=10_000, to_check=True,
    ),
)  # fmt: skip

_BY_KEY = {each.key: each for each in THRESHOLDS}


def threshold(key: str) -> Threshold:
    """The setting of that key. Raises KeyError."""
    return _BY_KEY[key]


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    """A setting as it stands: as it is typed, and as it was shipped."""

    threshold: Threshold
    text: str
    shipped: str
    id: UUID | None = None
    """Whose history it has; None where nobody ever set it."""

    @property
    def is_shipped(self) -> bool:
        """Whether it holds what it was shipped with."""
        return self.text == self.shipped


def told(spec: Threshold, value: Any) -> str:
    """A value as it is typed; what is not of the setting's shape is nothing."""
    match spec.shape:
        case Shape.NUMBER:
            return str(value) if _is_number(value) else ""
        case Shape.NUMBERS:
            known = value if isinstance(value, list) else []
            return ", ".join(str(each) for each in known if _is_number(each))
        case Shape.YES_NO:
            return "yes" if value is True else "no"
        case Shape.DAYS:
            known = value if isinstance(value, list) else []
            return ",".join(name for name, _ in WEEKDAYS if name in known)
        case Shape.TEXT:
            return value.strip() if isinstance(value, str) else ""


def told_shipped(row: ThresholdRow) -> str:
    """What a setting was shipped with, in words: « 14 jours », « lundi, mardi », « non »."""
    spec = row.threshold
    match spec.shape:
        case Shape.YES_NO:
            return dict(YES_NO)[row.shipped].lower()
        case Shape.DAYS:
            return ", ".join(words.lower() for name, words in WEEKDAYS if name in row.shipped)
        case Shape.TEXT:
            return "le texte fourni"
        case _:
            return f"{row.shipped} {spec.unit}".strip()


def value_of(spec: Threshold, text: str) -> Any:
    """What is kept of what is typed. Raises UserError where it is out of bounds, or no value."""
    match spec.shape:
        case Shape.NUMBER:
            return _number(spec, text)
        case Shape.NUMBERS:
            return sorted({_number(spec, part) for part in re.split(r"[,;\s]+", text.strip())})
        case Shape.YES_NO:
            return text == "yes"
        case Shape.DAYS:
            chosen = text.split(",")
            days = [name for name, _ in WEEKDAYS if name in chosen]
            if not days:
                raise UserError("Il faut au moins un jour.", _KEPT)
            return days
        case Shape.TEXT:
            if len(text) > spec.most:
                raise UserError(f"{spec.most} signes au plus ; il y en a {len(text)}.", _KEPT)
            if not text.strip():
                raise UserError("Ce texte ne peut pas rester vide.", _KEPT)
            return text.strip()


def reason_against_value(spec: Threshold, text: str) -> str | None:
    """Why it cannot be kept; None when it can."""
    try:
        value_of(spec, text)
    except UserError as problem:
        return problem.what
    return None


def _number(spec: Threshold, text: str) -> int:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 6:
        raise UserError(f"Il faut un nombre entier, de {spec.least} à {spec.most}.", _KEPT)
    value = int(digits)
    if not spec.least <= value <= spec.most:
        raise UserError(f"De {spec.least} à {spec.most} {spec.unit}".strip() + ".", _KEPT)
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
