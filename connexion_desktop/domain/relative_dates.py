"""Days typed from where one stands: « lundi », « +2s », « fin mars », « dans 3 semaines »."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from connexion_desktop.domain.calendar_fr import add_months
from connexion_desktop.domain.french_dates import MONTHS
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.typed_dates import (
    LATEST,
    OLDEST,
    WEEKDAY_WORDS,
    DatePurpose,
    DateReading,
    UnreadableDate,
    is_day,
    parse_date,
)

_OFFSET = re.compile(r"([+-])\s*(\d{1,3})\s*(j|jours?|s|sem|semaines?|m|mois|a|an|ans)?")
_IN_WORDS = re.compile(r"(dans|il y a)\s+(\d{1,3}|une?)\s+(j|jours?|sem|semaines?|mois|ans?)")
_RELATIVE_DAYS = {
    "aujourd hui": 0,
    "aujourdhui": 0,
    "auj": 0,
    "demain": 1,
    "apres demain": 2,
    "hier": -1,
    "avant hier": -2,
}


def parse_typed_date(text: str, purpose: DatePurpose, today: date) -> DateReading:
    """As `parse_date`, and what is typed in the app: « 3/9 », « lundi », « +2s », « fin mars ».

    « lundi » is the next one (the last one for PAST), today excluded; « lundi prochain » the one of
    next week. « fin mars » is its last day, « mi-mars » the 15th. Never raises.
    """
    words = fold(text) if not text.strip().startswith(("+", "-")) else text.strip().lower()
    try:
        day = _relative(words, purpose, today)
    except UnreadableDate as problem:
        return DateReading(None, str(problem))
    except OverflowError:
        return DateReading(None, f"« {text.strip()} » est trop loin.")
    if day is not None:
        return DateReading(ImpreciseDate(day))
    reading = parse_date(text, purpose, today)
    return _with_part_of_month(words, reading)


def _relative(words: str, purpose: DatePurpose, today: date) -> date | None:
    if words in _RELATIVE_DAYS:
        return today + timedelta(days=_RELATIVE_DAYS[words])
    if found := _OFFSET.fullmatch(words):
        count = int(found[2]) * (-1 if found[1] == "-" else 1)
        return _moved(today, count, found[3] or "j")
    if found := _IN_WORDS.fullmatch(words):
        count = int(found[2]) if found[2].isdigit() else 1
        return _moved(today, -count if found[1] == "il y a" else count, found[3])
    if words in ("fin du mois", "fin de mois"):
        return _last_of_month(today)
    return _weekday(words, purpose, today) or _day_of_month(words, purpose, today)


def _moved(today: date, count: int, unit: str) -> date:
    if unit.startswith("j"):
        return today + timedelta(days=count)
    if unit.startswith("s"):
        return today + timedelta(weeks=count)
    return _shifted_months(today, count * (12 if unit.startswith("a") else 1))


def _shifted_months(today: date, months: int) -> date:
    if not OLDEST < today.year + months / 12 < LATEST:
        raise UnreadableDate("Cette date est trop loin.")
    return add_months(today, months)


def _weekday(words: str, purpose: DatePurpose, today: date) -> date | None:
    """« lundi », « ce lundi », « lundi prochain », « lundi dernier », « lundi en quinze »."""
    which, _, rest = words.removeprefix("ce ").partition(" ")
    if which not in WEEKDAY_WORDS:
        return None
    monday = today - timedelta(days=today.weekday())
    this_week = monday + timedelta(days=WEEKDAY_WORDS[which])
    following = this_week if this_week > today else this_week + timedelta(weeks=1)
    previous = this_week if this_week < today else this_week - timedelta(weeks=1)
    if not rest:
        if words.startswith("ce "):
            return this_week
        return previous if purpose is DatePurpose.PAST else following
    others = {
        "prochain": this_week + timedelta(weeks=1),
        "dernier": previous,
        "passe": previous,
        "en huit": following + timedelta(weeks=1),
        "en quinze": following + timedelta(weeks=2),
    }
    return others.get(rest)


def _day_of_month(words: str, purpose: DatePurpose, today: date) -> date | None:
    """« 15 », « le 15 »: the next one (the last one for PAST)."""
    found = re.fullmatch(r"(?:le\s+)?(\d{1,2})(?:er)?", words)
    if found is None or purpose is DatePurpose.BIRTH:
        return None
    day = int(found[1])
    step = -1 if purpose is DatePurpose.PAST else 1
    too_far = day < today.day if step == 1 else day > today.day
    month = _shifted_months(today.replace(day=1), step if too_far else 0)
    if not is_day(month.year, month.month, day):
        raise UnreadableDate(f"Le {day} {MONTHS[month.month - 1]} n’existe pas.")
    return month.replace(day=day)


def _with_part_of_month(words: str, reading: DateReading) -> DateReading:
    """« fin mars » made its last day, « mi-mars » the 15th, « début mars » the first."""
    part, _, _ = words.partition(" ")
    found = reading.date
    if found is None or found.precision is not Precision.MONTH:
        return reading
    days = {
        "debut": found.day,
        "mi": found.day.replace(day=15),
        "fin": _last_of_month(found.day),
    }
    return DateReading(ImpreciseDate(days[part])) if part in days else reading


def _last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
