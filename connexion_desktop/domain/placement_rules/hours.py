"""Rules on hours that hold for everyone: those of the host's own employees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from connexion_desktop.domain.calendar_fr import holiday_name, monday_of
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.hours import hours_text
from connexion_desktop.domain.placement_rules.facts import PlacementFacts, day_list
from connexion_desktop.domain.placement_rules.findings import Finding, block, warn
from connexion_desktop.domain.timetable import Timetable, WorkDay, timetable_problems

_MENTIONS = "D. 5135-2"
_HOST_RULES = "L. 5135-6"
_NOTICE = "notice du Cerfa 13912"

_DAY = 24 * 60
_SUNDAY = 6
_MOST_A_DAY = 10 * 60
_MOST_A_WEEK = 48 * 60
_LEAST_REST = 11 * 60
_MOST_DAYS_IN_A_ROW = 6
_NIGHT_START = 21 * 60
_NIGHT_END = 6 * 60


def timetable_stands(facts: PlacementFacts) -> Iterator[Finding]:
    """The timetable is within the period, without overlap. Article D. 5135-2."""
    if not facts.slots:
        return
    for problem in timetable_problems(facts.slots, facts.starts_on, facts.ends_on):
        yield block("timetable_wrong", "slots", problem.message, _MENTIONS)


def host_hours_are_kept(facts: PlacementFacts) -> Iterator[Finding]:
    """10 h a day, 48 h a week, 11 h between two days, no seventh day in a row. Article L. 5135-6.

    Days on which the beneficiary may be a minor have their own, stricter rules.
    """
    timetable = facts.timetable
    if timetable is None:
        return
    yield from _long_days(facts, timetable)
    yield from _long_weeks(facts, timetable)
    yield from _short_rests(facts, timetable)
    yield from _days_in_a_row(timetable)


def _long_days(facts: PlacementFacts, timetable: Timetable) -> Iterator[Finding]:
    long = [
        day
        for day, minutes in timetable.by_day.items()
        if minutes > _MOST_A_DAY and not facts.is_minor_on(day)
    ]
    if long:
        yield warn(
            "day_over_10h",
            "slots",
            f"Plus de 10 h de présence par jour : {day_list(long)}.",
            _HOST_RULES,
        )


def _long_weeks(facts: PlacementFacts, timetable: Timetable) -> Iterator[Finding]:
    for monday, minutes in timetable.by_week.items():
        if minutes > _MOST_A_WEEK and not facts.is_minor_on(monday + timedelta(days=6)):
            yield warn(
                "week_over_48h",
                "slots",
                f"La semaine du {long_day(monday)} compte {hours_text(minutes)} : 48 h au plus.",
                _HOST_RULES,
            )


def rests_between(timetable: Timetable) -> Iterator[tuple[WorkDay, WorkDay, int]]:
    """Each pair of days worked one after the other, and the minutes of rest between them."""
    for one, following in pairwise(timetable.work_days()):
        rest = (following.on - one.on).days * _DAY + following.first - one.last
        yield one, following, rest


def _short_rests(facts: PlacementFacts, timetable: Timetable) -> Iterator[Finding]:
    short = [
        following.on
        for _, following, rest in rests_between(timetable)
        if rest < _LEAST_REST and not facts.is_minor_on(following.on)
    ]
    if short:
        yield warn(
            "rest_under_11h",
            "slots",
            f"Moins de 11 h de repos depuis la veille : {day_list(short)}.",
            _HOST_RULES,
        )


def _days_in_a_row(timetable: Timetable) -> Iterator[Finding]:
    streak: list[date] = []
    for day in (each.on for each in timetable.work_days()):
        if streak and day - streak[-1] != timedelta(days=1):
            streak = []
        streak.append(day)
        if len(streak) == _MOST_DAYS_IN_A_ROW + 1:
            yield warn(
                "seven_days_in_a_row",
                "slots",
                f"Sept jours de suite sans repos, à partir du {long_day(streak[0])}.",
                _HOST_RULES,
            )


def unusual_times_are_told(facts: PlacementFacts) -> Iterator[Finding]:
    """Sundays, public holidays and nights are for hosts whose normal practice it is, which the
    host's page says of Sundays and nights. Cerfa notice.

    Public holidays and nights of minors are forbidden by rules of their own.
    """
    timetable = facts.timetable
    if timetable is None:
        return
    sundays = [day for day in timetable.days if day.weekday() == _SUNDAY]
    if sundays and not facts.host.sunday_practice:
        yield _unusual("sunday", f"Présence un dimanche : {day_list(sundays)}.")
    adult = [day for day in timetable.days if not facts.is_minor_on(day)]
    for day in adult:
        name = holiday_name(day)
        if name is not None:
            yield _unusual("public_holiday", f"Présence un jour férié : {long_day(day)} ({name}).")
    nights = [day for day in night_days(timetable, _NIGHT_START, _NIGHT_END) if day in adult]
    if nights and not facts.host.night_practice:
        yield _unusual("night", f"Présence de nuit (21 h – 6 h) : {day_list(nights)}.")


def _unusual(code: str, fact: str) -> Finding:
    practice = "Vérifiez que c’est la pratique normale de la structure."
    return warn(code, "slots", f"{fact.rstrip('.')}. {practice}", _NOTICE)


def night_days(timetable: Timetable, night_start: int, night_end: int) -> list[date]:
    """The days with presence after `night_start` or before `night_end` (minutes)."""
    nights = (
        slot.on for slot in timetable.slots if slot.end > night_start or slot.start < night_end
    )
    return list(dict.fromkeys(nights))


def weeks_of(timetable: Timetable) -> Iterator[date]:
    """Each Monday from the first week with presence to the last."""
    days = timetable.days
    monday = monday_of(days[0])
    while monday <= days[-1]:
        yield monday
        monday += timedelta(weeks=1)
