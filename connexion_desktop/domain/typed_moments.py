"""Finding, in a sentence, the words that say when: « jeudi 14h », « lun. 20/4 matin », « +2s ».

Its start and its end are read, where such words are not part of what is told: the date of
« relire le compte rendu du 4 mai » is left alone. What was told of a talk or an absence may name
its day anywhere (`told_day`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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
    """Which « lundi » is meant: the next one, the last one, the nearest one.

    A « 3/9 » without a year is the next one for FUTURE, unless it went by days ago. Otherwise it
    is the last one, or the next one where that is nearer and within weeks.
    """

    FUTURE = "future"
    PLANNED = "planned"
    NEAR = "near"
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


WEEKDAY = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:lun|mar|mer|jeu|ven|sam|dim)\.)"
)
MONTH = (
    r"(?:janvier|janv\.?|f[ée]vrier|f[ée]vr?\.?|mars|avril|avr\.|mai|juin|juillet|juil\.?|ao[uû]t"
    r"|septembre|sept?\.?|octobre|oct\.?|novembre|nov\.?|d[ée]cembre|d[ée]c\.?)"
)
_SPAN = r"(?:jours?|semaines?|sem|mois)"
_COUNTED = (
    r"(?:heures?|h|journ[ée]es?|jours?|semaines?|mois|ans|fois|personnes?|s[ée]ances?|pages?|points?"
    r"|parts?|temps|tarif)\b"
)
"""What « 1/2 » or « 3/4 » before it is a fraction of."""
FRACTION = rf"(?:\d{{1,2}}/\d{{1,2}}\s+{_COUNTED}|(?:1/[234]|2/3|3/4)\s+(?:du|de|des|d['’])\b)"
DAY = (
    rf"(?:(?:{WEEKDAY}\s+)?(?:1er|\d{{1,2}})\s+{MONTH}(?:\s+20\d\d)?"
    rf"|(?:{WEEKDAY}\s+)?(?<!\d[-./])\d{{1,2}}[-.]\d{{1,2}}[-.](?:20)?\d\d(?![-./]\d)"
    rf"|{WEEKDAY}\s+\d{{1,2}}/\d{{1,2}}(?:/(?:20)?\d\d)?"
    rf"|(?!{FRACTION})\d{{1,2}}/\d{{1,2}}(?:/(?:20)?\d\d)?"
    r"|20\d\d-\d\d-\d\d(?![-./]?\d)|(?<=le\s)\d{1,2}-\d{1,2}(?![-./]?\d)"
    rf"|{WEEKDAY}\s+(?:prochain|dernier|passé|en\s+huit|en\s+quinze)"
    rf"|{WEEKDAY}\s+(?:1er|\d{{1,2}}(?!\s?(?:min|mn|heures?|h\b|%|€)))"
    rf"|(?:ce\s+)?{WEEKDAY}"
    r"|aujourd['’]?hui|apr[eè]s[- ]demain|demain|avant[- ]hier|hier"
    rf"|\+\s?\d{{1,3}}\s?(?:j|s|m|{_SPAN})"
    rf"|(?:dans|il\s+y\s+a)\s+(?:une?|\d{{1,3}})\s+{_SPAN}"
    rf"|(?:fin|mi|d[ée]but)[- ](?:du\s+mois|{MONTH})"
    r"|(?<=le\s)(?:1er|\d{1,2})(?=\s*$|\s*(?:[,;:]|\.(?!\d))|\s+(?:[àa]|vers|au|en|chez|par)\s)"
    r")(?!\s?(?:€|euros?\b))"
)
HALF = r"(?:ce\s+|le\s+|l['’]|cet\s+|au\s+)?(?:matin(?:ée)?|apr[eè]s-?\s?midi|aprem|am|pm)"
_CLOCK = r"(?:[01]?\d|2[0-3])\s?(?:h|:)\s?(?:[0-5]\d)?|midi"
_TOLD_LENGTHS = (
    (r"(?:une?|1)\s+heure\s+et\s+demie\b", 90),
    (r"(?:trois\s+quarts|3/4)\s+d['’]heure\b", 45),
    (r"(?:un\s+quart|1/4)\s+d['’]heure\b", 15),
    (r"(?:une\s+demi[- ]|demi[- ]|1/2\s+)heure\b", 30),
    (r"une\s+heure\b", 60),
)
"""Lengths in words, and their minutes."""
_LENGTH = "|".join(
    (
        *(words for words, _ in _TOLD_LENGTHS),
        r"\d{1,3}\s?(?:(?:min(?:utes?)?|mn)\b|['’](?!\w))",
        r"[1-5]\s?h(?:eures?)?(?:\s?[0-5]\d)?\b",
    )
)
_LEAD = r"(?:(?:pour|avant(?!\s+hier)|d['’]ici|vers|dès)\s+)?(?:(?:le|ce|au)\s+)?"
_CLOCK_LEAD = r"(?:à|a|vers|pour|dès|avant)\s+"
_HOURS = rf"(?:{_CLOCK})\s*(?:à|-|–)\s*(?:{_CLOCK})"
_REACH = 200
"""How far from either end such words are looked for, in characters: typing must not wait."""
_GAP = r"[\s,;:.–-]"
_OF = re.compile(r"\b(?:du|de|des|depuis|d['’])\s*$", re.IGNORECASE)

_AFTER_WORD = re.compile(r"(?<!\ble)(?<!\bdu)(?<!\bau)(?<=\w)\s+$", re.IGNORECASE)
_HOUR_BEFORE = re.compile(rf"(?<!\w)(?:{_CLOCK})\s*$", re.IGNORECASE)
_JOINED = re.compile(rf"(?:^|(?<=\s))(?:{DAY})\s+(?:et|ou|puis)\s*$", re.IGNORECASE)
_DURING = re.compile(
    r"\b(?:dans|pendant|durant|en|toutes\s+les|plus\s+d['’]|moins\s+d['’])\s*$", re.IGNORECASE
)
_FROM = re.compile(rf"\b(?:du|de)\s+(?:{DAY}|\d{{1,2}})\s*$", re.IGNORECASE)


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
    _Piece("day", _LEAD, DAY),
    _Piece("half", "", HALF),
    _Piece("length", r"(?:(?:de|pendant)\s+|d['’])", _LENGTH),
    _Piece("hours", r"de\s+", _HOURS),
    _Piece("clock", _CLOCK_LEAD, _CLOCK),
)
_AT_START = {piece.name: piece.at_start() for piece in _PIECES}
_AT_END = {piece.name: piece.at_end() for piece in _PIECES}
_ANYWHERE = re.compile(rf"(?:^|(?<=[\s(]))(?:{DAY})(?=$|[\s,;.:!?…)])", re.IGNORECASE)
_HALF_AFTER = re.compile(rf"\s+(?P<half>{HALF})\b", re.IGNORECASE)
_TODAY = re.compile(
    r"\b(?:ce\s+matin|cet(?:te)?\s+apr[eè]s-?\s?midi|ce\s+soir|tout\s+à\s+l['’]heure)\b",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(
    r"\b(?:du|de|des|d['’]|depuis|avant|apr[eè]s|pour|d[eè]s|partir|jusqu['’](?:à|au)|née?"
    r"|prévenue?)\s*(?:(?:le|ce|du|de)\s*)?$",
    re.IGNORECASE,
)
"""What stands before a day that is not the one when it happened."""
_SENTENCE_END = re.compile(r"\n|[!?…]\s|(?<=\w{3})\.\s+(?=[A-ZÀ-Ý])")


def peel_start(
    text: str,
    today: date,
    tense: Tense,
    *,
    durations: bool = False,
    halves: bool = False,
    known: Moment | None = None,
) -> tuple[Moment, str]:
    """What the first words say of when, beside what is `known`, and the text without them."""
    patterns = [_AT_START[name] for name in _wanted(durations, halves)]
    moment, near = _peel(text[:_REACH], patterns, today, tense, known or Moment())
    return moment, near + text[_REACH:]


def peel_end(
    text: str, today: date, tense: Tense, *, durations: bool = False, halves: bool = False
) -> tuple[Moment, str]:
    """What the last words say of when, and the text without them."""
    patterns = [_AT_END[name] for name in _wanted(durations, halves)]
    moment, near = _peel(text[-_REACH:], patterns, today, tense, Moment())
    return moment, text[:-_REACH] + near


def _wanted(durations: bool, halves: bool) -> list[str]:
    """Lengths first: « 1 h » is then how long, not one o'clock."""
    return ["length", "hours"] * durations + ["day", "clock"] + ["half"] * halves


def within(text: str, today: date, tense: Tense) -> Moment:
    """The last day named near the start of the text, unless it is some thing’s (« du 4 mai »)."""
    found = Moment()
    for match in _ANYWHERE.finditer(text[:_REACH]):
        before = text[: match.start()]
        if not _OF.search(before) and not _is_always(before, match[0]):
            day = read_day(match[0], today, tense)
            found = found if day is None else Moment(day)
    return found


def told_day(text: str, today: date) -> Moment:
    """The day, past or today, that the first sentence names, and its half: a dated one before
    « lundi »."""
    sentence = _SENTENCE_END.split(text[:_REACH], maxsplit=1)[0]
    said = [
        (True, match.start(), Moment(today, half=_half_of(match[0])))
        for match in _TODAY.finditer(sentence)
    ]
    for match in _ANYWHERE.finditer(sentence):
        day = read_day(match[0], today, Tense.PAST)
        before = sentence[: match.start()]
        if day is None or _OTHER_DAY.search(before) or _is_always(before, match[0]):
            continue
        if today - _A_YEAR <= day <= today:
            half = _HALF_AFTER.match(sentence, match.end())
            moment = Moment(day, half=None if half is None else read_half(half["half"]))
            said.append((not any(map(str.isdigit, match[0])), match.start(), moment))
    return min(said, key=lambda each: each[:2])[2] if said else Moment()


def _half_of(words: str) -> Half | None:
    """That of « ce matin », « cet après-midi »; none of « ce soir »."""
    half = _HALF_AFTER.match(f" {words}")
    return None if half is None else read_half(half["half"])


def _peel(
    text: str, patterns: Sequence[re.Pattern[str]], today: date, tense: Tense, moment: Moment
) -> tuple[Moment, str]:
    while True:
        for pattern in patterns:
            match = pattern.search(text)
            before = text[: match.start()] if match is not None else ""
            if match is None or _is_of_something(before, match[0]):
                continue
            if moment.minute is None and _is_always(before, match[0]):
                continue
            found = _read_piece(match, today, tense)
            if found is None or moment.or_else(found) == moment:
                continue
            moment = moment.or_else(found)
            text = text[: match.start()] + text[match.end() :]
            break
        else:
            return moment, text


def _is_of_something(before: str, words: str) -> bool:
    """Whether what says when is some thing's, « du 4 mai », or the end of several, « du 4 au 6 »,
    « lundi et mardi », « de 10h à 11h », or how long, « dans 1h »."""
    said = words.lower()
    ends = said.startswith("au ") and _FROM.search(before) is not None
    hours_end = said.startswith(("à ", "a ")) and _HOUR_BEFORE.search(before) is not None
    return ends or hours_end or any(each.search(before) for each in (_OF, _JOINED, _DURING))


def _is_always(before: str, words: str) -> bool:
    """Whether « 24/7 » is day and night: it follows a word, and no hour follows it."""
    return words.strip(" ,;.)") == "24/7" and _AFTER_WORD.search(before) is not None


def _read_piece(match: re.Match[str], today: date, tense: Tense) -> Moment | None:
    name, words = match.lastgroup, match[0] if match.lastgroup is None else match[match.lastgroup]
    if name == "day":
        day = read_day(words, today, tense)
        return None if day is None else Moment(day)
    if name == "half":
        return Moment(half=read_half(words))
    if name == "length":
        return Moment(minutes=_read_length(words))
    if name == "hours":
        return _read_hours(words)
    minute = parse_time(words)
    return None if minute is None else Moment(minute=minute)


def _read_hours(words: str) -> Moment | None:
    """« 14h à 15h30 »: when it begins, and how long."""
    ends = [parse_time(each) for each in re.split(r"\s*[à–-]\s*", words)]
    if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0] >= ends[1]:
        return None
    return Moment(minute=ends[0], minutes=ends[1] - ends[0])


def _read_length(words: str) -> int:
    for told, minutes in _TOLD_LENGTHS:
        if re.fullmatch(told, words, re.IGNORECASE):
            return minutes
    digits = [int(number) for number in re.findall(r"\d+", words)]
    if re.search(r"m(?:in|n)|['’]", words, re.IGNORECASE):
        return digits[0]
    return digits[0] * 60 + (digits[1] if len(digits) > 1 else 0)


WEEKDAY_THEN_NUMBER = re.compile(
    rf"(?P<weekday>{WEEKDAY})\s+(?P<number>(?:1er|\d).*)", re.IGNORECASE
)
_BARE_WEEKDAY = re.compile(rf"(?:ce\s+)?(?P<weekday>{WEEKDAY})", re.IGNORECASE)
_JUST_GONE = timedelta(days=14)
_SOON = timedelta(days=60)
_A_YEAR = timedelta(days=365)


def read_half(words: str) -> Half:
    """« ce matin », « l’après-midi »."""
    morning = fold(words).endswith(("matin", "matinee", "am"))
    return Half.MORNING if morning else Half.AFTERNOON


def read_day(words: str, today: date, tense: Tense) -> date | None:
    """The day that these words name, None where they name none. « mardi » of something told on a
    Tuesday is that very day, of something to do the next one."""
    words = " ".join(words.split()).replace("’", "'")
    if tense is not Tense.FUTURE and _is_weekday_of(today, words):
        return today
    numbered = WEEKDAY_THEN_NUMBER.fullmatch(words)
    told = numbered["number"] if numbered is not None else words
    past = _typed_day(told, DatePurpose.PAST, today)
    coming = _typed_day(told, DatePurpose.FUTURE, today)
    if numbered is None and coming is None and tense is Tense.FUTURE:
        return None
    weekday = numbered["weekday"] if numbered is not None else ""
    days = [day for day in (past, coming) if day is not None and _is_weekday(day, weekday)]
    if not days:
        return None
    return _chosen(days[0], days[-1], today, tense, dated=any(map(str.isdigit, told)))


def _is_weekday_of(day: date, words: str) -> bool:
    """Whether the words are no more than « mardi », « ce mardi », of a Tuesday."""
    named = _BARE_WEEKDAY.fullmatch(words)
    return named is not None and _is_weekday(day, named["weekday"])


def _typed_day(words: str, purpose: DatePurpose, today: date) -> date | None:
    reading = parse_typed_date(words.removesuffix("."), purpose, today).date
    return None if reading is None or reading.precision is not Precision.DAY else reading.day


def _chosen(past: date, coming: date, today: date, tense: Tense, *, dated: bool) -> date:
    """Of the last and of the next such day, the one that is meant (see `Tense`)."""
    if past == coming:
        return past
    if tense is Tense.FUTURE:
        is_a_date = coming - past > _SOON
        return past if is_a_date and today - past <= _JUST_GONE else coming
    if not dated and tense is not Tense.NEAR:
        return past if tense is Tense.PAST else coming
    return coming if coming - today < min(today - past, _SOON) else past


def _is_weekday(day: date, word: str) -> bool:
    return WEEKDAYS[day.weekday()].startswith(word.rstrip(".").lower())
