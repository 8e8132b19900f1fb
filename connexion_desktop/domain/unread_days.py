"""Days that were typed and that nobody can read: « 31/02 », « lundi 24/11 » where it is a Tuesday.

What looks like a day and is none is told: saved without its date, or of today, an action or an
absence is lost.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from connexion_desktop.domain.french_dates import MONTHS, WEEKDAYS, day_number
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.relative_dates import parse_typed_date
from connexion_desktop.domain.typed_dates import MONTH_WORDS, DatePurpose
from connexion_desktop.domain.typed_moments import (
    DAY,
    MONTH,
    WEEKDAY,
    WEEKDAY_THEN_NUMBER,
    Tense,
    read_day,
)


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_REACH = 400
_ANY_LEAP_YEAR = 2024
_LATE = r"(?<![\d/.-])(?P<day>29|30|31)"
_NUMBER = r"(?P<month>0?[1-9]|1[0-2])"
_YEAR = r"(?P<year>\d{4}|\d\d)"
_LATE_DAYS = _compiled(
    rf"{_LATE}\s?/\s?{_NUMBER}(?:/{_YEAR})?(?![\w/])",
    rf"{_LATE}(?P<sign>[-.]){_NUMBER}(?P=sign){_YEAR}(?![-./]?\w)",
    rf"(?<=le\s){_LATE}-{_NUMBER}(?![-./]?\w)",
    rf"{_LATE}[/\s]\s?(?P<month>{MONTH})(?:[/\s](?P<year>\d{{4}}))?(?![\w/])",
    rf"(?<![\d/.-])(?P<year>\d{{4}})-{_NUMBER}-(?P<day>29|30|31)(?![-./]?\w)",
)
_HEAD_END = re.compile(r"\n|\s:")
_NUMBERS = r"\d{1,2}(?P<sign>[/.-])\d{1,2}(?:(?P=sign)\d{2,4})?(?![/.-]?\w)"
_ALONE = r"\d{1,2}(?=\s*$|\s*[,;:]|\.(?!\d)|\s+(?:[àa]|vers|au|en|chez|par|pour|matin|apr)\b)"
_LIKE_DAYS = _compiled(
    rf"(?:(?<=\ble\s)|(?<=\bau\s)|(?<=\bdu\s))(?:{WEEKDAY}\s+)?(?:{_NUMBERS})",
    rf"\b{WEEKDAY}\s+(?:{_NUMBERS})",
    r"(?<![\d/.-])\d{1,2}(?P<sign>[/.-])\d{1,2}(?P=sign)(?:20)?\d\d(?![/.-]?\w)",
    rf"(?<=\ble\s){_ALONE}|\b{WEEKDAY}\s+\d{{1,2}}(?!\d|[/.-]\d|\s?(?:h|:|min))",
    rf"(?<![\d/.-])(?:\b{WEEKDAY}\s+)?\d{{1,2}}\s+{MONTH}(?!\w)(?:\s+\d{{4}})?",
)
_VAGUE = re.compile(
    r"(?<![\d/.-])\d{1,2}/20\d\d(?!\w)|\b(?:(?:toute\s+)?(?:cette|la)\s+semaine(?:\s+(?:prochaine|derni[eè]re|pass[ée]e))?"
    r"|semaine\s+(?:prochaine|derni[eè]re|pass[ée]e)"
    r"|(?:d[ée]but|fin|milieu)\s+de\s+semaine|ce\s+mois(?:[- ]ci)?"
    r"|(?:le\s+)?mois\s+(?:prochain|dernier|passé)"
    r"|(?:deux|trois|quatre|cinq|\d{1,2})\s+(?:jours|semaines))\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    rf"[\s,;]*(?:(?:et|puis|au|à|jusqu['’](?:au|à))\s+(?:le\s+)?(?:{DAY})"
    r"|de\s+la\s+semaine\s+(?:prochaine|derni[eè]re|pass[ée]e))(?!\w)",
    re.IGNORECASE,
)


def unreal_day(text: str) -> str:
    """« 31/02 », as typed, where the first words name a day that no month has; else « »."""
    for pattern in _LATE_DAYS:
        for found in pattern.finditer(_head(text)):
            named = found.groupdict()
            month = fold(named["month"])
            number = int(month) if month.isdigit() else MONTH_WORDS[month]
            year = int(named.get("year") or _ANY_LEAP_YEAR)
            if int(named["day"]) > monthrange(year + 2000 * (year < 100), number)[1]:
                return found[0]
    return ""


def unread_day(text: str, today: date, tense: Tense) -> str:
    """Why what looks like a day in the first words is not one, in French; else « »."""
    head = _head(text)
    for pattern in _LIKE_DAYS:
        for found in pattern.finditer(head):
            if read_day(found[0], today, tense) is None:
                return _why(found[0], today, tense)
    return ""


def another_day(text: str) -> str:
    """The day that is left at the start of a text once others were read there, as typed."""
    found = _ANOTHER.match(text)
    return "" if found is None else found[0].strip(" ,;")


def vague_day(text: str) -> str:
    """« cette semaine », as typed: something is said of when, and no day; else « »."""
    found = _VAGUE.search(_head(text))
    return "" if found is None else found[0]


def _why(words: str, today: date, tense: Tense) -> str:
    dated = WEEKDAY_THEN_NUMBER.fullmatch(words)
    day = None if dated is None else read_day(dated["number"], today, tense)
    if day is not None:
        told = f"{day_number(day)} {MONTHS[day.month - 1]} {day.year}"
        return f"le {told} est un {WEEKDAYS[day.weekday()]}"
    purpose = DatePurpose.FUTURE if tense is Tense.FUTURE else DatePurpose.PAST
    reason = parse_typed_date(words, purpose, today).reason.rstrip(".")
    return reason[:1].lower() + reason[1:] or f"« {words} » n’est pas une date comprise"


def _head(text: str) -> str:
    return _HEAD_END.split(text, maxsplit=1)[0][:_REACH]
