"""Several days said at once: « du 23 au 24 », « lundi et mardi matin », « depuis le 3 mars »."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from connexion_desktop.domain.french_dates import WEEKDAYS
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.typed_moments import DAY, HALF, WEEKDAY, Tense, read_day, read_half

AbsentDay = tuple[date, Half | None]
"""A day of an absence, and its half; None for the whole day."""

_NUMBER = r"(?:1er|[12]\d|3[01]|[1-9])(?![\d/.]\d|\s?(?:h|%|€)|\d)"
_ITEM = rf"(?:le\s+)?(?:{DAY}|{_NUMBER})(?:\s+{HALF})?"
_JOIN = rf"(?:\s*[,;/&+]\s*(?:et\s+)?|\s+(?:et|puis)\s+|\s+(?={WEEKDAY}))"
_END = r"(?=$|[\s,;:.!?…)])"
_RANGE = re.compile(
    rf"(?:^|(?<=[\s,;:(]))(?:du|de|depuis)\s+(?P<first>{_ITEM})\s+(?:au|à|jusqu['’](?:au|à))\s+"
    rf"(?P<last>{_ITEM}){_END}(?!\s+(?:heures?|min|minutes?|ans|jours?|fois)\b)",
    re.IGNORECASE,
)
_DASHED = re.compile(
    rf"(?:^|(?<=[\s,;:(]))(?P<first>{DAY}|{_NUMBER})\s?[-–]\s?(?P<last>{DAY}){_END}", re.IGNORECASE
)
_OPEN = re.compile(
    rf"(?:^|(?<=[\s,;:(]))(?P<side>depuis|jusqu['’](?:à|au))\s+(?:(?:le|ce)\s+)?"
    rf"(?P<day>{DAY})(?:\s+(?P<half>{HALF}))?{_END}",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    rf"(?:^|(?<=[\s,;:(]))jusqu['’](?:à|au)\s+(?:(?:le|ce)\s+)?(?P<day>{DAY}|{_NUMBER}){_END}",
    re.IGNORECASE,
)
_LIST = re.compile(
    rf"(?:^|(?<=[\s,;:(]))(?P<lead>les?\s+)?(?P<items>{_ITEM}(?:{_JOIN}{_ITEM})+){_END}",
    re.IGNORECASE,
)
_WEEK = re.compile(
    rf"(?:^|(?<=[\s,;:(]))(?P<the>(?:toute\s+)?(?:de\s+)?(?:cette|la)\s+)?semaine"
    rf"(?:\s+(?P<which>prochaine|derni[eè]re|pass[ée]e)|\s+du\s+(?P<day>{DAY}|{_NUMBER}))?{_END}",
    re.IGNORECASE,
)
_WEEKS = {"prochaine": 1, "derniere": -1, "passee": -1}
_PART_OF_WEEK = re.compile(
    r"\d|\b(?:fois|jours?|un|une|deux|trois|quatre|prévenue?|depuis|avant|après|pour|d[eè]s"
    r"|début|fin|milieu|jusqu.à|partir)\b",
    re.IGNORECASE,
)
EDGES = " \t\n,;:–-."
_PARTS = re.compile(rf"(?:le\s+)?(?P<day>{DAY}|{_NUMBER})(?:\s+(?P<half>{HALF}))?", re.IGNORECASE)
_BARE = re.compile(r"(?:1er|\d{1,2})", re.IGNORECASE)
_REACH = 200
_LONGEST = 62


@dataclass(frozen=True, slots=True)
class Days:
    """The days that were read, and where in the text they were said."""

    days: tuple[AbsentDay, ...]
    start: int
    end: int


def read_days(text: str, today: date, expected_on: Collection[date] | None = None) -> Days | None:
    """The days of an absence, where several are said; None otherwise.

    Of « du 23 au 27 », the days on which the person was expected; all the working days where she
    was expected on none, or where that is not known.
    """
    near = text[:_REACH]
    said = _RANGE.search(near) or _DASHED.search(near)
    if said is not None:
        ends = _in_order([_part(said["first"]), _part(said["last"])], today)
        if ends:
            return Days(_between(ends[0], ends[-1], expected_on or ()), *said.span())
    said = _OPEN.search(near)
    if said is not None:
        sides = _open_ended(said, today)
        if sides:
            return Days(_between(*sides, expected_on or ()), *said.span())
    said = _LIST.search(near)
    if said is not None:
        parts = [_part(found[0]) for found in _PARTS.finditer(said["items"])]
        days = _in_order(parts, today)
        if not days or (days[-1][0] > today and all(_is_weekday(words) for words, _ in parts)):
            days = _nearest(days, _backwards(parts, today), today)
        if days and (said["lead"] or not _is_bare(parts[-1][0])):
            return Days(days, *said.span())
    return None


def read_until(
    text: str, first: AbsentDay, expected_on: Collection[date] | None = None
) -> Days | None:
    """The days from the first one, said before, of « malade jusqu’à vendredi »; else None."""
    said = _UNTIL.search(text[:_REACH])
    last = None if said is None else _next(said["day"], first[0])
    if said is not None and last is None:
        last = read_day(said["day"], first[0], Tense.FUTURE)
    if said is None or last is None or not 0 < (last - first[0]).days <= _LONGEST:
        return None
    return Days(_between(first, (last, None), expected_on or ()), *said.span())


def read_week(text: str, today: date, expected_on: Collection[date] | None = None) -> Days | None:
    """The days of « cette semaine », said first or last: those on which the person is expected,
    else the working days; None where no week is said, or only some days of it may be meant."""
    said = _WEEK.search(text[:_REACH])
    if said is None or not (said["the"] or said["which"] or said["day"]):
        return None
    before, after = text[: said.start()].strip(EDGES), text[said.end() :].strip(EDGES)
    if before and (after or _PART_OF_WEEK.search(before)):
        return None
    day = today if said["day"] is None else read_day(said["day"], today, Tense.PAST)
    if day is None:
        return None
    moved = _WEEKS.get(fold(said["which"] or ""), 0)
    monday = day + timedelta(weeks=moved, days=-day.weekday())
    return Days(
        _between((monday, None), (monday + timedelta(days=6), None), expected_on or ()),
        *said.span(),
    )


def _open_ended(said: re.Match[str], today: date) -> tuple[AbsentDay, AbsentDay] | None:
    """« depuis lundi » is up to today, of last week on a Monday; « jusqu’à mardi » from today."""
    since = said["side"].lower() == "depuis"
    day = read_day(said["day"], today, Tense.PAST if since else Tense.FUTURE)
    if since and day == today and _is_weekday(said["day"]):
        day -= timedelta(weeks=1)
    if day is None or abs((day - today).days) > _LONGEST or (day <= today) is not since:
        return None
    half = read_half(said["half"]) if said["half"] else None
    if since:
        return (day, half if half is Half.AFTERNOON else None), (today, None)
    return (today, None), (day, half if half is Half.MORNING else None)


Part = tuple[str, Half | None]
"""The words of a day, and its half."""


def _part(text: str) -> Part:
    found = _PARTS.fullmatch(text)
    if found is None:
        return text, None
    return found["day"], read_half(found["half"]) if found["half"] else None


def _is_bare(words: str) -> bool:
    return _BARE.fullmatch(words) is not None


def _is_weekday(words: str) -> bool:
    return words.lower() in WEEKDAYS


def _between(
    first: AbsentDay, last: AbsentDay, expected_on: Collection[date]
) -> tuple[AbsentDay, ...]:
    length = (last[0] - first[0]).days
    every = [first[0] + timedelta(days=step) for step in range(length + 1)]
    kept = [day for day in every if day in expected_on] or [
        day for day in every if day.weekday() < len(WEEKDAYS) - 2
    ]
    halves = dict((first, last))
    return tuple((day, halves.get(day)) for day in kept or every)


def _in_order(parts: Sequence[Part], today: date) -> tuple[AbsentDay, ...]:
    """Each day after the one before it; nothing if they cannot be."""
    words = [part[0] for part in parts]
    day = _first(words, today)
    found: list[AbsentDay] = []
    for each, half in parts:
        if found:
            after = found[-1][0]
            day = _next(each, after) or read_day(each, today, Tense.PAST)
            if day is not None and not 0 < (day - after).days <= _LONGEST:
                day = None
        if day is None:
            return ()
        found.append((day, half))
    return tuple(found)


def _backwards(parts: Sequence[Part], today: date) -> tuple[AbsentDay, ...]:
    """« hier et avant-hier »: days that each say which one they are, the last one first."""
    read = [
        (None if _is_bare(words) else read_day(words, today, Tense.PAST), half)
        for words, half in parts
    ]
    days = sorted(((day, half) for day, half in read if day is not None), key=lambda each: each[0])
    whole = len(days) == len(parts) == len({day for day, _ in days})
    return tuple(days) if whole and (days[-1][0] - days[0][0]).days <= _LONGEST else ()


def _nearest(
    forth: tuple[AbsentDay, ...], back: tuple[AbsentDay, ...], today: date
) -> tuple[AbsentDay, ...]:
    """Days gone by rather than to come, unless they begin today and are closer together."""
    if not forth or not back:
        return back or forth
    from_today = forth[0][0] == today
    return forth if from_today and _length(forth) < _length(back) else back


def _length(days: tuple[AbsentDay, ...]) -> timedelta:
    return days[-1][0] - days[0][0]


def _first(words: Sequence[str], today: date) -> date | None:
    """« 23 » of « 23 et 24 novembre » is of the month said after it, else of the nearest one."""
    if not _is_bare(words[0]):
        return read_day(words[0], today, Tense.PAST)
    guide = next((each for each in words if not _is_bare(each)), f"le {words[-1]}")
    dated = read_day(guide, today, Tense.NEAR)
    return None if dated is None else _numbered(words[0], dated, -1)


def _next(words: str, after: date) -> date | None:
    """The first « mardi » or « 24 » after a day."""
    if _is_bare(words):
        return _numbered(words, after, 1)
    named = [number for number, name in enumerate(WEEKDAYS) if name == words.lower()]
    return after + timedelta(days=(named[0] - after.weekday() - 1) % 7 + 1) if named else None


def _numbered(words: str, from_day: date, step: int) -> date | None:
    """The nearest day of that number, before (-1) or after (1) a day."""
    number = int(words.lower().removesuffix("er"))
    days = (from_day + timedelta(days=step * distance) for distance in range(1, _LONGEST))
    return next((day for day in days if day.day == number), None)
