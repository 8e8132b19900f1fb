"""Finding, in a sentence, the words that say when: « jeudi 14h », « lun. 20/4 matin », « +2s ».

Only its start and its end are read, where such words are not part of what is told: the date of
« relire le compte rendu du 4 mai » is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from connexion_desktop.domain.french_dates import WEEKDAYS
from connexion_desktop.domain.hours import parse_time
from connexion_desktop.domain.imprecise import Precision
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.person_commands import (
    Half,
)
from connexion_desktop.domain.relative_dates import parse_typed_date
from connexion_desktop.domain.typed_dates import DatePurpose


class Tense(StrEnum):
    """Which « lundi » or « 3/9 » is meant: the next one, or the last one."""

    FUTURE = "future"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Moment:
    """What was said of when; `minute` since midnight, `minutes` how long."""

    on: date | None = None
    minute: int | None = None
    minutes: int | None = None
    half: Half | None = None

    def or_else(self, other: Moment) -> Moment:
        """This moment, completed by another."""
        return Moment(
            self.on if self.on is not None else other.on,
            self.minute if self.minute is not None else other.minute,
            self.minutes if self.minutes is not None else other.minutes,
            self.half if self.half is not None else other.half,
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return self == Moment()


_WEEKDAY = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:lun|mar|mer|jeu|ven|sam|dim)\.)"
)
_MONTH = (
    r"(?:janvier|janv\.?|f[ée]vrier|f[ée]vr?\.?|mars|avril|avr\.|mai|juin|juillet|juil\.?|ao[uû]t"
    r"|septembre|sept?\.?|octobre|oct\.?|novembre|nov\.?|d[ée]cembre|d[ée]c\.?)"
)
_SPAN = r"(?:jours?|semaines?|sem|mois)"
_DAY = (
    rf"(?:{_WEEKDAY}\s+)?(?:1er|\d{{1,2}})\s+{_MONTH}(?:\s+20\d\d)?"
    rf"|(?:{_WEEKDAY}\s+)?\d{{1,2}}/\d{{1,2}}(?:/(?:20)?\d\d)?"
    rf"|{_WEEKDAY}\s+(?:prochain|dernier|passé|en\s+huit)"
    rf"|{_WEEKDAY}\s+(?:1er|\d{{1,2}})"
    rf"|(?:ce\s+)?{_WEEKDAY}"
    r"|aujourd['’]?hui|apr[eè]s[- ]demain|demain|avant[- ]hier|hier"
    rf"|\+\s?\d{{1,3}}\s?(?:j|s|m|{_SPAN})"
    rf"|(?:dans|il\s+y\s+a)\s+(?:une?|\d{{1,3}})\s+{_SPAN}"
    rf"|(?:fin|mi|d[ée]but)[- ](?:du\s+mois|{_MONTH})"
    r"|(?<=le\s)(?:1er|\d{1,2})(?=\s*$|\s*[,.;:]|\s+(?:[àa]|vers)\s)"
)
_HALF = r"(?:ce\s+|le\s+|l['’]|cet\s+|au\s+)?(?:matin(?:ée)?|apr[eè]s-?\s?midi|aprem|am|pm)"
_CLOCK = r"(?:[01]?\d|2[0-3])\s?(?:h|:)\s?(?:[0-5]\d)?|midi"
_LENGTH = r"\d{1,3}\s?(?:min(?:utes?)?|mn)\b|[1-5]\s?h(?:eures?)?(?:\s?[0-5]\d)?\b"
_LEAD = r"(?:(?:pour|avant|d['’]ici|vers|dès)\s+)?(?:(?:le|ce|au)\s+)?"
_CLOCK_LEAD = r"(?:à|a|vers|pour|dès)\s+"
_REACH = 200
"""How far from either end such words are looked for, in characters: typing must not wait."""
_GAP = r"[\s,;:.–-]"
_OF = re.compile(r"\b(?:du|de|des|depuis|d['’])\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One thing that may be said of when; `lead` are the words that may stand before it."""

    name: str
    lead: str
    what: str

    def at_start(self) -> re.Pattern[str]:
        return re.compile(
            rf"^{_GAP}*(?:{self.lead})?(?P<{self.name}>{self.what})(?=$|{_GAP})", re.IGNORECASE
        )

    def at_end(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:^|(?<=[\s,;:(–-]))(?:{self.lead})?(?P<{self.name}>{self.what})[\s,;.)]*$",
            re.IGNORECASE,
        )


_PIECES = (
    _Piece("day", _LEAD, _DAY),
    _Piece("half", "", _HALF),
    _Piece("length", r"(?:de|pendant)\s+", _LENGTH),
    _Piece("clock", _CLOCK_LEAD, _CLOCK),
)
_AT_START = {piece.name: piece.at_start() for piece in _PIECES}
_AT_END = {piece.name: piece.at_end() for piece in _PIECES}
_ANYWHERE = re.compile(rf"(?:^|(?<=[\s(]))(?:{_DAY})(?=$|[\s,;.:)])", re.IGNORECASE)


def peel_start(
    text: str, today: date, tense: Tense, *, durations: bool = False, halves: bool = False
) -> tuple[Moment, str]:
    """What the first words say of when, and the text without them."""
    patterns = [_AT_START[name] for name in _wanted(durations, halves)]
    moment, near = _peel(text[:_REACH], patterns, today, tense)
    return moment, near + text[_REACH:]


def peel_end(
    text: str, today: date, tense: Tense, *, durations: bool = False, halves: bool = False
) -> tuple[Moment, str]:
    """What the last words say of when, and the text without them."""
    patterns = [_AT_END[name] for name in _wanted(durations, halves)]
    moment, near = _peel(text[-_REACH:], patterns, today, tense)
    return moment, text[:-_REACH] + near


def _wanted(durations: bool, halves: bool) -> list[str]:
    """Lengths first: « 1 h » is then how long, not one o'clock."""
    return ["length"] * durations + ["day", "clock"] + ["half"] * halves


def within(text: str, today: date, tense: Tense) -> Moment:
    """The last day named near the start of the text, unless it is some thing’s (« du 4 mai »)."""
    found = Moment()
    for match in _ANYWHERE.finditer(text[:_REACH]):
        if not _OF.search(text[: match.start()]):
            day = _read_day(match[0], today, tense)
            found = found if day is None else Moment(day)
    return found


def _peel(
    text: str, patterns: Sequence[re.Pattern[str]], today: date, tense: Tense
) -> tuple[Moment, str]:
    moment = Moment()
    while True:
        for pattern in patterns:
            match = pattern.search(text)
            if match is None or _OF.search(text[: match.start()]):
                continue
            found = _read_piece(match, today, tense)
            if found is None or moment.or_else(found) == moment:
                continue
            moment = moment.or_else(found)
            text = text[: match.start()] + text[match.end() :]
            break
        else:
            return moment, text


def _read_piece(match: re.Match[str], today: date, tense: Tense) -> Moment | None:
    name, words = match.lastgroup, match[0] if match.lastgroup is None else match[match.lastgroup]
    if name == "day":
        day = _read_day(words, today, tense)
        return None if day is None else Moment(day)
    if name == "half":
        folded = fold(words)
        return Moment(
            half=Half.MORNING if folded.endswith(("matin", "matinee", "am")) else Half.AFTERNOON
        )
    if name == "length":
        return Moment(minutes=_read_length(words))
    minute = parse_time(words)
    return None if minute is None else Moment(minute=minute)


def _read_length(words: str) -> int:
    digits = [int(number) for number in re.findall(r"\d+", words)]
    if re.search(r"m(?:in|n)", words, re.IGNORECASE):
        return digits[0]
    return digits[0] * 60 + (digits[1] if len(digits) > 1 else 0)


_NUMBERED_WEEKDAY = re.compile(rf"({_WEEKDAY})\s+(1er|\d{{1,2}})", re.IGNORECASE)


def _read_day(words: str, today: date, tense: Tense) -> date | None:
    purpose = DatePurpose.FUTURE if tense is Tense.FUTURE else DatePurpose.PAST
    words = " ".join(words.split()).replace("’", "'")
    numbered = _NUMBERED_WEEKDAY.fullmatch(words)
    if numbered is not None:
        words = numbered[2]
    reading = parse_typed_date(words.removesuffix("."), purpose, today).date
    if reading is None or reading.precision is not Precision.DAY:
        return None
    if numbered is not None and not _is_weekday(reading.day, numbered[1]):
        return None
    return reading.day


def _is_weekday(day: date, word: str) -> bool:
    return WEEKDAYS[day.weekday()].startswith(word.rstrip(".").lower())
