"""Dates and ages as French people read them; reading what they type is `typed_dates`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from connexion_desktop.domain.imprecise import ImpreciseDate

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
SHORT_MONTHS = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
SHORT_WEEKDAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")

MAJORITY = 18
"""In years. C. civ. 388 and 414."""

_DAYS_TOLD_AS_DAYS = 60
_DAYS_TOLD_AS_MONTHS = 730
_MONTH_LENGTH = 30.44


def day_number(day: date) -> str:
    """« 1er », « 2 », « 31 »."""
    return "1er" if day.day == 1 else str(day.day)


def short_day(day: date, today: date | None = None) -> str:
    """« mar. 21 avr. »; with `today`, the year is added when it is another one."""
    text = f"{SHORT_WEEKDAYS[day.weekday()]} {day_number(day)} {SHORT_MONTHS[day.month - 1]}"
    return text if today is None or day.year == today.year else f"{text} {day.year}"


def short_imprecise(value: ImpreciseDate, today: date | None = None) -> str:
    """« mar. 21 avr. », « févr. 2026 » or « 2023 », as much as is known; `today` as `short_day`."""
    from connexion_desktop.domain.imprecise import Precision

    match value.precision:
        case Precision.DAY:
            return short_day(value.day, today)
        case Precision.MONTH:
            return f"{SHORT_MONTHS[value.day.month - 1]} {value.day.year}"
        case Precision.YEAR:
            return str(value.day.year)


def long_day(day: date) -> str:
    """« 4 mars 2026 », « 1er mars 2026 »."""
    return f"{day_number(day)} {MONTHS[day.month - 1]} {day.year}"


def full_day(day: date) -> str:
    """« mercredi 4 mars 2026 »."""
    return f"{WEEKDAYS[day.weekday()]} {long_day(day)}"


def numeric_day(day: date) -> str:
    """« 04/03/2026 »."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def imprecise_text(value: ImpreciseDate) -> str:
    """« 4 mars 2026 », « février 2026 » or « 2023 », as much as is known."""
    from connexion_desktop.domain.imprecise import Precision

    match value.precision:
        case Precision.DAY:
            return long_day(value.day)
        case Precision.MONTH:
            return f"{MONTHS[value.day.month - 1]} {value.day.year}"
        case Precision.YEAR:
            return str(value.day.year)


def imprecise_numeric(value: ImpreciseDate) -> str:
    """« 04/03/2026 », « 02/2026 » or « 2023 », for fields and forms."""
    from connexion_desktop.domain.imprecise import Precision

    match value.precision:
        case Precision.DAY:
            return numeric_day(value.day)
        case Precision.MONTH:
            return f"{value.day.month:02d}/{value.day.year:04d}"
        case Precision.YEAR:
            return f"{value.day.year:04d}"


def known_part(value: ImpreciseDate) -> str:
    """« année seule », « mois et année seuls »: what a date that is not whole holds, « » for one
    that is."""
    from connexion_desktop.domain.imprecise import Precision

    match value.precision:
        case Precision.DAY:
            return ""
        case Precision.MONTH:
            return "mois et année seuls"
        case Precision.YEAR:
            return "année seule"


def period_text(first: date, last: date) -> str:
    """« du 4 au 17 mars 2026 », « du 28 mars au 3 avril 2026 », « le 4 mars 2026 »."""
    if first == last:
        return f"le {long_day(first)}"
    start = day_number(first)
    if (first.year, first.month) != (last.year, last.month):
        start = f"{start} {MONTHS[first.month - 1]}"
    if first.year != last.year:
        start = f"{start} {first.year}"
    return f"du {start} au {long_day(last)}"


def brief_period(first: date, last: date) -> str:
    """« 4 – 17 mars », « 28 mars – 3 avr. », « 4 mars »."""
    end = f"{day_number(last)} {SHORT_MONTHS[last.month - 1]}"
    if first == last:
        return end
    same = (first.year, first.month) == (last.year, last.month)
    month = "" if same else f" {SHORT_MONTHS[first.month - 1]}"
    return f"{day_number(first)}{month} – {end}"


def relative_day(day: date, today: date) -> str:
    """« aujourd’hui », « hier », « demain », « il y a 5 j », « dans 3 mois »: never « 0 jour »."""
    distance = (day - today).days
    near = {0: "aujourd’hui", -1: "hier", 1: "demain"}
    if distance in near:
        return near[distance]
    length = _length_text(abs(distance))
    return f"il y a {length}" if distance < 0 else f"dans {length}"


def _length_text(days: int) -> str:
    if days < _DAYS_TOLD_AS_DAYS:
        return f"{days} j"
    if days < _DAYS_TOLD_AS_MONTHS:
        return f"{int(days / _MONTH_LENGTH)} mois"
    return f"{int(days / 365.25)} ans"


def age_on(birth: date, day: date) -> int:
    """Whole years on a day; someone born on 29 February turns older on 1 March of common years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def ages_on(birth: ImpreciseDate, day: date) -> tuple[int, int]:
    """The youngest and the oldest age that an imprecise birth date allows on a day."""
    return age_on(birth.latest, day), age_on(birth.day, day)


def may_be_minor(birth: ImpreciseDate | None, day: date) -> bool:
    """Whether someone may be under 18 on a day: the youngest age counts. An unknown birth date
    says nothing."""
    return birth is not None and min(ages_on(birth, day)) < MAJORITY


def age_text(birth: ImpreciseDate, day: date) -> str:
    """« 34 ans », « 17 ou 18 ans » when the birth date leaves a doubt, « moins d’un an »."""
    youngest, oldest = ages_on(birth, day)
    if oldest < 1:
        return "moins d’un an"
    if youngest == oldest:
        return "1 an" if oldest == 1 else f"{oldest} ans"
    return f"{max(youngest, 0)} ou {oldest} ans"
