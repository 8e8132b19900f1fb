"""Phone numbers of France, its overseas departments and abroad, as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT")
_FRENCH_CODES = ("+33", "+262", "+590", "+596", "+594")
_FICTION_PREFIXES = ("+3319900", "+3326191", "+3335301", "+3346571", "+3353649", "+3363998")
_NATIONAL_LENGTH = 9
_FRENCH_PLACES = {
    "1": "Île-de-France",
    "2": "Nord-Ouest",
    "3": "Nord-Est",
    "4": "Sud-Est",
    "5": "Sud-Ouest",
    "6": "mobile",
    "7": "mobile",
    "8": "numéro spécial",
    "9": "par Internet",
}

_SEVERAL = re.compile(r"\s*(?:/|;|,|\bou\b|\bet\b|\n)\s*", re.IGNORECASE)
_TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")
_LETTER_O = re.compile(r"(?<![A-Za-z])[oO](?=[\d\s.])")
_NOISE = re.compile(r"[^\d+]")
_WORDS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """What was found in a cell: the number as +33639980012, and what is doubtful about it.

    A number may be both kept and doubtful; `number` is empty where none could be read.
    """

    number: str
    doubt: str = ""


def bare_phone(text: str) -> str:
    """A number in one spelling, to compare two of them as they are typed; « » without a digit."""
    bare = _with_country(_NOISE.sub("", _TRUNK_ZERO.sub("", text)))
    return f"+33{bare[1:]}" if bare.startswith("0") else bare


def dialled_phone(text: str) -> str:
    """The digits of a number as it is dialled in France; « » without a digit."""
    bare = bare_phone(text)
    return f"0{bare[3:]}" if bare.startswith("+33") else bare.lstrip("+")


def read_phone(value: object) -> PhoneReading:
    """The phone number that a cell holds; gives back the zero that a spreadsheet took.

    Tries France, then Réunion, Guadeloupe, Martinique, Guyane and Mayotte; foreign numbers are
    kept. The ranges reserved for fiction (06 39 98…, 05 36 49…) are good. Never raises.
    """
    if value is None or isinstance(value, bool):
        return PhoneReading("")
    if isinstance(value, float):
        value = f"{value:.0f}"
    text = str(value).strip()
    if not text:
        return PhoneReading("")
    candidates = [part for part in _SEVERAL.split(text) if any(c.isdigit() for c in part)]
    if not candidates:
        return PhoneReading("", "Aucun chiffre : ce n’est pas un numéro.")
    if len(candidates) > 1 and all(_digit_count(part) >= _NATIONAL_LENGTH for part in candidates):
        first = _read_one(candidates[0])
        return PhoneReading(first.number, "Plusieurs numéros : le premier est gardé.")
    return _read_one(text)


def two_phones(value: object) -> tuple[str, str] | None:
    """The two numbers that a cell holds, as they are written in France; None unless it holds two,
    both good."""
    parts = [part for part in _SEVERAL.split(str(value)) if any(c.isdigit() for c in part)]
    if len(parts) != 2 or any(_digit_count(part) < _NATIONAL_LENGTH for part in parts):
        return None
    first, second = map(_read_one, parts)
    if first.doubt or second.doubt:
        return None
    return format_phone(first.number), format_phone(second.number)


def _digit_count(text: str) -> int:
    return sum(letter.isdigit() for letter in text)


def _read_one(text: str) -> PhoneReading:
    cleaned = _LETTER_O.sub("0", _TRUNK_ZERO.sub("", text))
    bare = _with_country(_NOISE.sub("", cleaned))
    number = _as_e164(bare)
    if number is None:
        return PhoneReading("", _why_unreadable(bare))
    doubt = "" if number.startswith(_FICTION_PREFIXES) else _why_doubtful(number)
    words = _WORDS.search(cleaned)
    if words is not None and not doubt:
        doubt = f"Du texte accompagne le numéro (« {words[0]} »)."
    return PhoneReading(number, doubt)


def _with_country(bare: str) -> str:
    """Digits with their lost « + » or « 0 » given back where that is sure."""
    bare = bare[:1] + bare[1:].replace("+", "")
    if bare.startswith("+"):
        return bare
    if bare.startswith("00"):
        return f"+{bare[2:]}"
    if len(bare) == _NATIONAL_LENGTH and bare[0] != "0":
        return f"0{bare}"
    if len(bare) == _NATIONAL_LENGTH + 2 and bare.startswith("33"):
        return f"+{bare}"
    return bare


def _as_e164(bare: str) -> str | None:
    """The international spelling of a possible number, in the first region where it is valid."""
    import phonenumbers

    possible: str | None = None
    for region in _REGIONS:
        try:
            parsed = phonenumbers.parse(bare, region)
        except phonenumbers.NumberParseException:
            continue
        if not phonenumbers.is_possible_number(parsed):
            continue
        spelled = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        if phonenumbers.is_valid_number(parsed) or spelled.startswith(_FICTION_PREFIXES):
            return str(spelled)
        possible = possible or str(spelled)
    return possible


def _why_unreadable(bare: str) -> str:
    digits = len(bare.lstrip("+"))
    if bare.startswith("+"):
        return "Ce numéro étranger n’a pas le bon nombre de chiffres."
    if digits < _NATIONAL_LENGTH + 1:
        return f"Il manque des chiffres : {digits} au lieu de 10."
    return f"Trop de chiffres : {digits} au lieu de 10."


def _why_doubtful(number: str) -> str:
    import phonenumbers

    if phonenumbers.is_valid_number(phonenumbers.parse(number, None)):
        return ""
    if number.startswith(_FRENCH_CODES):
        return "Ce numéro n’est attribué à personne en France."
    return ""


def format_phone(number: str) -> str:
    """« 06 39 98 00 12 » for a French number, « +380 44 000 0000 » for a foreign one."""
    if not number.startswith("+"):
        return number.strip()
    return _format_french(number) or _format_foreign(number)


def warm() -> None:
    """Import the numbering plans ahead: the first number to be placed takes 20 ms with them."""
    import phonenumbers  # noqa: F401


def phone_place(text: str, countries: Mapping[str, str]) -> str:
    """Where a number as it is typed belongs: « mobile », « Sud-Ouest », « La Réunion · mobile »,
    « Espagne »; « » while it is not whole. `countries` are names by ISO code.

    By the numbering plan (ARCEP): since 2023 a fixed line of 05 may be answered anywhere, so that
    the zone is all that is told.
    """
    import phonenumbers

    number = _as_e164(_with_country(_NOISE.sub("", _TRUNK_ZERO.sub("", text))))
    if number is None:
        return ""
    if number.startswith("+33"):
        return _FRENCH_PLACES.get(number[3], "")
    parsed = phonenumbers.parse(number, None)
    region = phonenumbers.region_code_for_number(parsed)
    is_mobile = phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE
    told = (countries.get(region or "", ""), "mobile" if is_mobile else "")
    return " · ".join(part for part in told if part)


def tidy_phone(text: str) -> str:
    """A French number as it is printed; anything else (extension, two numbers) as it was typed."""
    if any(letter.isalpha() for letter in text):
        return text
    return _format_french(bare_phone(text)) or text


def _format_french(number: str) -> str:
    for code in _FRENCH_CODES:
        national = number[len(code) :]
        if number.startswith(code) and len(national) == _NATIONAL_LENGTH:
            digits = f"0{national}"
            return " ".join(digits[start : start + 2] for start in range(0, 10, 2))
    return ""


def _format_foreign(number: str) -> str:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    style = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, style))
