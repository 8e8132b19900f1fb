"""SIRET numbers: checked, shown, and restored when a spreadsheet took them for numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

LENGTH_OF_SIRET = 14
_SIREN_LENGTH = 9
_ROUNDED = "Le tableur a arrondi ce SIRET : ses derniers chiffres sont perdus."
_SEPARATORS = re.compile(r"[\s.\-_/]+")
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d*))?[eE]\+?(\d{1,2})")
_LABEL = re.compile(r"^\s*(?:n°\s*)?(?:de\s+)?siret\s*(?:n°)?\s*:?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SiretReading:
    """What was found in a cell: the digits to keep, and why they are no valid SIRET (« » if so)."""

    siret: str
    reason: str = ""

    @property
    def is_valid(self) -> bool:
        """Whether it may stand on a convention."""
        return bool(self.siret) and not self.reason


def bare_siret(text: str) -> str:
    """The number without spaces, dots or hyphens."""
    return _SEPARATORS.sub("", text)


def siret_problem(text: str) -> str:
    """Why this is no valid SIRET, in French; nothing when it is valid.

    Luhn's key; La Poste's establishments have their own (the sum of their digits is a multiple of
    five); the zeros that pass every key are refused.
    """
    number = bare_siret(text)
    return _shape_problem(number) or _key_problem(number)


def _shape_problem(number: str) -> str:
    if not number:
        return "Le SIRET manque."
    if not (number.isascii() and number.isdigit()):
        return "Un SIRET ne contient que des chiffres."
    if len(number) == _SIREN_LENGTH:
        return "C’est un SIREN (9 chiffres) : il manque les 5 derniers chiffres du SIRET."
    if len(number) != LENGTH_OF_SIRET:
        return f"Un SIRET compte 14 chiffres ; celui-ci en a {len(number)}."
    return ""


def _key_problem(number: str) -> str:
    from stdnum.fr import siret

    if number.startswith("0" * _SIREN_LENGTH):
        return "Ce SIRET est fait de zéros : il n’existe pas."
    if siret.is_valid(number):
        return ""
    return _ROUNDED if number.endswith("00000") else "La clé de ce SIRET est fausse."


def format_siret(text: str) -> str:
    """« 213 300 635 00017 »; what does not have 14 digits is shown as it is."""
    number = bare_siret(text)
    if len(number) != LENGTH_OF_SIRET:
        return text.strip()
    return f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}"


def read_siret(value: object) -> SiretReading:
    """The SIRET that a cell holds: text, whole number, decimal, with its leading zero given back.

    An invalid one is kept, with the reason, to be mended. Never raises.
    """
    if value is None or isinstance(value, bool):
        return SiretReading("")
    if isinstance(value, int):
        return _checked(str(value))
    if isinstance(value, float):
        return _checked(f"{value:.0f}" if abs(value) < 1e15 else repr(value))
    text = _LABEL.sub("", str(value)).strip().removesuffix(".0").removesuffix(",0")
    rounded = _SCIENTIFIC.fullmatch("".join(text.split()))
    return _read_rounded(rounded) if rounded else _checked(text)


def _read_rounded(found: re.Match[str]) -> SiretReading:
    decimals, exponent = found[2] or "", int(found[3])
    digits = (found[1] + decimals).ljust(exponent + 1, "0")
    if len(decimals) > exponent or exponent > LENGTH_OF_SIRET - 1:
        return SiretReading("", "Ce nombre n’est pas un SIRET.")
    reading = _checked(digits)
    if len(decimals) < exponent - 1:
        return SiretReading(reading.siret, _ROUNDED)
    return reading


def _checked(text: str) -> SiretReading:
    number = bare_siret(text)
    if not number:
        return SiretReading("")
    if number.isascii() and number.isdigit() and _SIREN_LENGTH < len(number) < LENGTH_OF_SIRET:
        restored = number.zfill(LENGTH_OF_SIRET)
        if not siret_problem(restored):
            return SiretReading(restored)
    return SiretReading(number, siret_problem(number))
