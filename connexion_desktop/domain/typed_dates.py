"""Reading the dates that people type and that spreadsheets hold."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from connexion_desktop.domain.french_dates import MONTHS, WEEKDAYS, long_day
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.names import fold


class DatePurpose(StrEnum):
    """What a date is for: it settles two-digit years and days typed without a year.

    BIRTH is past, the year is needed; PAST is the latest such day up to today, FUTURE the next one
    from today; EVENT is the nearest.
    """

    BIRTH = "birth"
    EVENT = "event"
    PAST = "past"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class DateReading:
    """The date that was meant, or why it could not be told (in French)."""

    date: ImpreciseDate | None
    reason: str = ""


class UnreadableDate(Exception):  # noqa: N818 - never leaves the reading of dates
    """Why a text is no date, in French."""


OLDEST = 1900
LATEST = 2100
_LONGEST_LIFE = 115
_EVENT_YEARS_AHEAD = 20
_FIRST_SERIAL = date(1899, 12, 30)
_SERIALS = range(3_000, 80_000)

MONTH_WORDS = {fold(name): number for number, name in enumerate(MONTHS, 1)} | {
    word: number
    for number, words in enumerate(
        (
            "janv jan", "fevr fev", "mar", "avr", "", "", "juil jul", "aou", "sept sep", "oct",
            "nov", "dec",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
WEEKDAY_WORDS = {name: number for number, name in enumerate(WEEKDAYS)} | {
    name[:3]: number for number, name in enumerate(WEEKDAYS)
}

_TIME_OF_DAY = re.compile(r"[T\s]+\d{1,2}[:h]\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})")
_YEAR_MONTH_DAY = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{4})")
_DAY_MONTH = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})")
_YEAR = re.compile(r"\d{4}")
_COMPACT = re.compile(r"\d{8}|\d{6}")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_WORDED = re.compile(
    r"(?:(?P<part>debut|mi|fin)\s+(?:de\s+|d\s+)?)?(?:(?P<day>\d{1,2})(?:er)?\s+)?"
    r"(?P<month>[a-z]+)(?:\s+(?P<year>\d{4}|\d{2}))?"
)
_ABOUT = re.compile(r"(?:vers|environ|env|autour de|circa)\s+(?:le\s+|en\s+)?")
_WEEKDAY_THEN_DATE = re.compile(r"(?P<weekday>[a-z]+)\s*[.,]?\s+(?=\d)")

_NOTHING = frozenset({"", "?", "??", "-", "–", "—", "/", "nc", "n/a", "na", "néant", "inconnu"})


def parse_date(value: object, purpose: DatePurpose, today: date) -> DateReading:
    """The date that a cell or a field holds: text, date, Excel serial. Never raises.

    Day before month, as in France. « février 2026 » and « 2023 » stay imprecise, « fin mars 2026 »
    and « vers 1990 » too. An empty cell gives no date and no reason.
    """
    try:
        found = _read(value, purpose, today)
        return DateReading(found if found is None else _plausible(found, purpose, today))
    except UnreadableDate as problem:
        return DateReading(None, str(problem))


def _read(value: object, purpose: DatePurpose, today: date) -> ImpreciseDate | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return ImpreciseDate(value.date())
    if isinstance(value, date):
        return ImpreciseDate(value)
    if isinstance(value, bool):
        raise UnreadableDate("Ce n’est pas une date.")
    if isinstance(value, int | float):
        return _from_number(value)
    text = " ".join(str(value).split())
    if text.lower() in _NOTHING:
        return None
    return _from_text(text, purpose, today)


def _from_number(value: float) -> ImpreciseDate:
    if value == value // 1 and OLDEST <= value <= LATEST:
        return ImpreciseDate(date(int(value), 1, 1), Precision.YEAR)
    if _SERIALS.start <= value < _SERIALS.stop:
        return ImpreciseDate(_FIRST_SERIAL + timedelta(days=int(value)))
    raise UnreadableDate(f"Le nombre {value:g} n’est pas une date.")


def _from_text(text: str, purpose: DatePurpose, today: date) -> ImpreciseDate:
    text = _TIME_OF_DAY.sub("", text).strip(" .,")
    numeric = _from_digits(text, purpose, today)
    if numeric is not None:
        return numeric
    words = fold(text)
    words = words.removeprefix("le ").removeprefix("en ").removeprefix("depuis ")
    about = _ABOUT.match(words)
    if about is not None:
        words = words[about.end() :]
    weekday = _WEEKDAY_THEN_DATE.match(words)
    expected: int | None = None
    if weekday is not None and weekday["weekday"] in WEEKDAY_WORDS:
        expected = WEEKDAY_WORDS[weekday["weekday"]]
        words = words[weekday.end() :]
    found = _from_digits(words, purpose, today) or _from_words(words, purpose, today)
    if found is None or (about is not None and found.precision is Precision.DAY):
        raise UnreadableDate(f"« {text} » n’est pas une date comprise.")
    if expected is not None and found.day.weekday() != expected:
        raise UnreadableDate(
            f"Le {long_day(found.day)} est un {WEEKDAYS[found.day.weekday()]}, "
            f"pas un {WEEKDAYS[expected]}."
        )
    return found


def _from_digits(text: str, purpose: DatePurpose, today: date) -> ImpreciseDate | None:
    return _whole_date(text, purpose, today) or _part_of_date(text, purpose, today)


def _whole_date(text: str, purpose: DatePurpose, today: date) -> ImpreciseDate | None:
    """« 12-5-88 », « 20/01/2026 », « 2026-01-20 », « 12051988 », a serial as text."""
    if found := _DAY_MONTH_YEAR.fullmatch(text):
        year = _full_year(found[3], purpose, today, int(found[2]), int(found[1]))
        return ImpreciseDate(_day(year, int(found[2]), int(found[1]), text))
    if found := _YEAR_MONTH_DAY.fullmatch(text):
        return ImpreciseDate(_day(int(found[1]), int(found[2]), int(found[3]), text))
    if _SERIAL.fullmatch(text):
        return _from_number(float(text.replace(",", ".")))
    if _COMPACT.fullmatch(text):
        return ImpreciseDate(_compact(text, purpose, today))
    return None


def _part_of_date(text: str, purpose: DatePurpose, today: date) -> ImpreciseDate | None:
    """« 02/2026 », « 3/9 », « 2023 »."""
    if found := _MONTH_YEAR.fullmatch(text):
        return ImpreciseDate(_day(int(found[2]), int(found[1]), 1, text), Precision.MONTH)
    if found := _DAY_MONTH.fullmatch(text):
        return ImpreciseDate(_without_year(int(found[1]), int(found[2]), purpose, today, text))
    if _YEAR.fullmatch(text):
        return ImpreciseDate(_day(int(text), 1, 1, text), Precision.YEAR)
    return None


def _compact(text: str, purpose: DatePurpose, today: date) -> date:
    """« 12051988 », « 120588 » or « 19880512 »: no number is two of them."""
    day, month, year = int(text[:2]), int(text[2:4]), text[4:]
    readings = {(_full_year(year, purpose, today, month, day), month, day)}
    if len(text) == 8:
        readings.add((int(text[:4]), int(text[4:6]), int(text[6:])))
    possible = [(year, month, day) for year, month, day in readings if is_day(year, month, day)]
    if len(possible) != 1:
        raise UnreadableDate(f"« {text} » : écrivez la date avec des barres (jj/mm/aaaa).")
    return date(*possible[0])


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the day exists, in the years that the association may meet."""
    if not (OLDEST <= year <= LATEST and 1 <= month <= 12):
        return False
    return 1 <= day <= calendar.monthrange(year, month)[1]


def _day(year: int, month: int, day: int, text: str) -> date:
    if not 1 <= month <= 12:
        raise UnreadableDate(f"« {text} » : il n’y a pas de mois {month} (jour/mois/année).")
    if not OLDEST <= year <= LATEST:
        raise UnreadableDate(f"« {text} » : l’année {year} n’est pas plausible.")
    if not is_day(year, month, day):
        raise UnreadableDate(f"« {text} » : le {day} {MONTHS[month - 1]} {year} n’existe pas.")
    return date(year, month, day)


def _full_year(text: str, purpose: DatePurpose, today: date, month: int, day: int) -> int:
    """A four-digit year; two digits are read as the latest birth up to today, or around today."""
    year = int(text)
    if len(text) == 4:
        return year
    year += today.year // 100 * 100
    if purpose is DatePurpose.BIRTH:
        return year - 100 if (year, month, day) > (today.year, today.month, today.day) else year
    if year > today.year + _EVENT_YEARS_AHEAD:
        return year - 100
    return year + 100 if year <= today.year - 100 + _EVENT_YEARS_AHEAD else year


def _from_words(words: str, purpose: DatePurpose, today: date) -> ImpreciseDate | None:
    """« 1er mars 2026 », « 3 mars », « février 2026 », « fin mars », « avril »."""
    found = _WORDED.fullmatch(words)
    if found is None or found["month"] not in MONTH_WORDS:
        return None
    month = MONTH_WORDS[found["month"]]
    if found["day"] is None:
        if found["year"] is None:
            return _month_without_year(month, purpose, today, words)
        year = _full_year(found["year"], purpose, today, month, 1)
        return ImpreciseDate(_day(year, month, 1, words), Precision.MONTH)
    if found["part"] is not None:
        return None
    day = int(found["day"])
    if found["year"] is None:
        return ImpreciseDate(_without_year(day, month, purpose, today, words))
    year = _full_year(found["year"], purpose, today, month, day)
    return ImpreciseDate(_day(year, month, day, words))


def _without_year(day: int, month: int, purpose: DatePurpose, today: date, text: str) -> date:
    if purpose is DatePurpose.BIRTH:
        raise UnreadableDate(f"« {text} » : l’année manque.")
    if not 1 <= month <= 12:
        raise UnreadableDate(f"« {text} » : il n’y a pas de mois {month} (jour/mois).")
    years = [year for year in range(today.year - 8, today.year + 9) if is_day(year, month, day)]
    if not years:
        raise UnreadableDate(f"« {text} » : le {day} {MONTHS[month - 1]} n’existe pas.")
    days = [date(year, month, day) for year in years]
    if purpose is DatePurpose.PAST:
        return max(each for each in days if each <= today)
    if purpose is DatePurpose.FUTURE:
        return min(each for each in days if each >= today)
    return min(days, key=lambda each: (abs((each - today).days), each))


def _month_without_year(month: int, purpose: DatePurpose, today: date, text: str) -> ImpreciseDate:
    """The month now running counts as past and as future."""
    if month == today.month and purpose is not DatePurpose.BIRTH:
        return ImpreciseDate(today.replace(day=1), Precision.MONTH)
    return ImpreciseDate(_without_year(1, month, purpose, today, text), Precision.MONTH)


def _plausible(found: ImpreciseDate, purpose: DatePurpose, today: date) -> ImpreciseDate:
    if not OLDEST <= found.day.year <= LATEST:
        raise UnreadableDate(f"L’année {found.day.year} n’est pas plausible.")
    if purpose is DatePurpose.BIRTH:
        if found.day > today:
            raise UnreadableDate("Cette date de naissance est dans le futur.")
        if today.year - found.day.year > _LONGEST_LIFE:
            raise UnreadableDate("Cette date de naissance est trop ancienne.")
    return found
