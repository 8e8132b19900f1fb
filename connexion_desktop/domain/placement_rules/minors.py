"""Rules on minors, by the age at each worked day and the youngest reading of the birth date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import zip_longest

from connexion_desktop.domain.calendar_fr import days_between, holiday_name
from connexion_desktop.domain.french_dates import long_day, short_day
from connexion_desktop.domain.hours import hours_text
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.placement_rules.facts import PlacementFacts, day_list
from connexion_desktop.domain.placement_rules.findings import Finding, block, warn
from connexion_desktop.domain.placement_rules.hours import night_days, rests_between, weeks_of
from connexion_desktop.domain.timetable import WorkDay

_HOURS = "L. 3162-1"
_PAUSE = "L. 3162-3"
_NIGHT = "L. 3163-1 et L. 3163-2"
_DAILY_REST = "L. 3164-1"
_WEEKLY_REST = "L. 3164-2"
_HOLIDAYS = "L. 3164-6"
_FORBIDDEN_WORK = "D. 4153-15 et suivants"

_MOST_A_DAY = 8 * 60
_MOST_A_WEEK = 35 * 60
_LONGEST_STRETCH = 4 * 60 + 30
_LEAST_PAUSE = 30
_MOST_DAYS_WITHOUT_REST = 5
_REST_DAYS = 2
_SIXTEEN = 16

_RISKS = (
    (
        "machines",
        "machine|scie|tronconneuse|meuleuse|ponceuse|raboteuse|degauchisseuse|toupie|presse|"
        "massicot|broyeur|debroussailleuse|tondeuse|perceuse|petrin|trancheuse|chariot elevateur|"
        "nacelle|engin|tracteur|conduite d",
    ),
    ("travail en hauteur", "hauteur|echelle|echafaudage|toit|toiture|charpente|couverture|elagage"),
    (
        "produits chimiques",
        "chimique|solvant|acide|javel|detergent|decapant|amiante|plomb|peinture|vernis|pesticide|"
        "phytosanitaire|resine|teinture",
    ),
)
_RISK_PATTERNS = tuple((label, re.compile(rf"\b(?:{words})")) for label, words in _RISKS)


def minor_hours_are_kept(facts: PlacementFacts) -> Iterator[Finding]:
    """A minor: 8 h a day and 35 h a week at most, on the days of that age. Article L. 3162-1."""
    timetable = facts.timetable
    if timetable is None:
        return
    as_minor = {day: each for day, each in timetable.by_day.items() if facts.is_minor_on(day)}
    long = [day for day, minutes in as_minor.items() if minutes > _MOST_A_DAY]
    if long:
        yield block(
            "minor_day_over_8h",
            "slots",
            f"Une personne mineure est présente 8 h par jour au plus : {day_list(long)}.",
            _HOURS,
        )
    for monday in weeks_of(timetable):
        week = days_between(monday, monday + timedelta(days=6))
        minutes = sum(as_minor.get(day, 0) for day in week)
        if minutes > _MOST_A_WEEK:
            yield block(
                "minor_week_over_35h",
                "slots",
                f"La semaine du {long_day(monday)} compte {hours_text(minutes)} : "
                "35 h au plus pour une personne mineure.",
                _HOURS,
            )


def minor_pauses_are_kept(facts: PlacementFacts) -> Iterator[Finding]:
    """A minor: a pause of 30 min in a row past 4 h 30 of presence. Article L. 3162-3."""
    timetable = facts.timetable
    if timetable is None:
        return
    tiring = [
        day.on
        for day in timetable.work_days()
        if facts.is_minor_on(day.on) and _longest_stretch(day) > _LONGEST_STRETCH
    ]
    if tiring:
        yield block(
            "minor_pause_missing",
            "slots",
            "Une personne mineure fait une pause de 30 min au moins après 4 h 30 : "
            f"{day_list(tiring)}.",
            _PAUSE,
        )


def _longest_stretch(day: WorkDay) -> int:
    """Minutes of presence without a pause of 30 minutes; shorter pauses interrupt nothing."""
    longest = worked = 0
    previous_end: int | None = None
    for start, end in day.ranges:
        if previous_end is None or start - previous_end >= _LEAST_PAUSE:
            worked = 0
        worked += end - start
        previous_end = end
        longest = max(longest, worked)
    return longest


def minor_rests_are_kept(facts: PlacementFacts) -> Iterator[Finding]:
    """A minor: 12 h between two days, 14 h under sixteen (L. 3164-1); two days of rest in a row
    each week, hence never more than five days without (L. 3164-2).
    """
    timetable = facts.timetable
    if timetable is None:
        return
    short = [
        following.on
        for one, following, rest in rests_between(timetable)
        if facts.is_minor_on(one.on) and rest < _least_rest(facts, one.on)
    ]
    if short:
        yield block(
            "minor_rest_under_12h",
            "slots",
            "Une personne mineure se repose 12 h au moins (14 h avant 16 ans) depuis la veille : "
            f"{day_list(short)}.",
            _DAILY_REST,
        )
    as_minor = [day for day in timetable.days if facts.is_minor_on(day)]
    for first, last in _stretches(as_minor):
        if (last - first).days >= _MOST_DAYS_WITHOUT_REST:
            yield block(
                "minor_weekly_rest",
                "slots",
                "Une personne mineure a deux jours de repos de suite chaque semaine : il n’y en a "
                f"pas du {short_day(first)} au {short_day(last)}.",
                _WEEKLY_REST,
            )


def _least_rest(facts: PlacementFacts, day: date) -> int:
    return (14 if _is_under_sixteen(facts, day) else 12) * 60


def _is_under_sixteen(facts: PlacementFacts, day: date) -> bool:
    age = facts.age_on(day)
    return age is not None and age < _SIXTEEN


def _stretches(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """First and last day of each run of days between two rests of two days in a row."""
    first: date | None = None
    for day, following in zip_longest(days, days[1:]):
        first = first or day
        if following is None or (following - day).days > _REST_DAYS:
            yield first, day
            first = None


def minor_nights_are_free(facts: PlacementFacts) -> Iterator[Finding]:
    """A minor: no presence from 22 h to 6 h, from 20 h to 6 h under sixteen.

    Articles L. 3163-1 and L. 3163-2.
    """
    timetable = facts.timetable
    if timetable is None:
        return
    late = [
        day
        for day in night_days(timetable, 22 * 60, 6 * 60)
        if facts.is_minor_on(day) and not _is_under_sixteen(facts, day)
    ]
    evening = [
        day for day in night_days(timetable, 20 * 60, 6 * 60) if _is_under_sixteen(facts, day)
    ]
    for days, hours in ((late, "22 h – 6 h"), (evening, "20 h – 6 h avant 16 ans")):
        if days:
            yield block(
                "minor_night",
                "slots",
                f"Une personne mineure n’est pas présente la nuit ({hours}) : {day_list(days)}.",
                _NIGHT,
            )


def minor_holidays_are_free(facts: PlacementFacts) -> Iterator[Finding]:
    """A minor is not present on a public holiday. Article L. 3164-6."""
    timetable = facts.timetable
    if timetable is None:
        return
    for day in timetable.days:
        name = holiday_name(day)
        if name is not None and facts.is_minor_on(day):
            yield block(
                "minor_public_holiday",
                "slots",
                f"Une personne mineure n’est pas présente un jour férié : {long_day(day)} "
                f"({name}).",
                _HOLIDAYS,
            )


def minor_tasks_are_safe(facts: PlacementFacts) -> Iterator[Finding]:
    """Tasks of a minor that name machines, height or chemicals. Articles D. 4153-15 and following.

    They may be forbidden or regulated work: the words only call for a check.
    """
    if not facts.is_signed_by_minor:
        return
    tasks = fold(facts.tasks)
    for label, words in _RISK_PATTERNS:
        found = words.search(tasks)
        if found is not None:
            yield warn(
                "minor_risky_task",
                "tasks",
                f"Tâches d’une personne mineure : {label} (« {_whole_word(tasks, found)} ») ? "
                "Travail interdit ou réglementé, à vérifier.",
                _FORBIDDEN_WORK,
            )


def _whole_word(text: str, found: re.Match[str]) -> str:
    end = text.find(" ", found.end())
    return text[found.start() : end if end >= 0 else len(text)]
