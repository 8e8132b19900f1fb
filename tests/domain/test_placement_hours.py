from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.placement import is_signed_by_minor
from connexion_desktop.domain.placement_rules import (
    check,
)
from connexion_desktop.domain.typography import typeset
from tests.domain.placement_cases import (
    MINOR,
    STARTS_ON,
    TODAY,
    UNDER_SIXTEEN,
    found,
    hours_on,
    spoilt,
)


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        pytest.param(((STARTS_ON, "8h-12h / 13h-19h"),), set(), id="dix heures"),
        pytest.param(((STARTS_ON, "8h-12h / 13h-19h01"),), {"day_over_10h"}, id="plus de dix"),
        pytest.param(
            ((STARTS_ON, "14h-21h"), (date(2026, 3, 19), "7h59-12h")),
            {"rest_under_11h"},
            id="repos court",
        ),
        pytest.param(
            ((STARTS_ON, "14h-21h"), (date(2026, 3, 19), "8h-12h")), set(), id="onze heures"
        ),
        pytest.param(((STARTS_ON, "22h-6h"),), {"night"}, id="nuit entière"),
        pytest.param(((STARTS_ON, "13h-21h"),), set(), id="jusqu’à 21 h"),
        pytest.param(((STARTS_ON, "13h-21h01"),), {"night"}, id="après 21 h"),
        pytest.param(((STARTS_ON, "6h-12h"),), set(), id="dès 6 h"),
        pytest.param(((STARTS_ON, "5h59-12h"),), {"night"}, id="avant 6 h"),
        pytest.param(((date(2026, 3, 22), "9h-12h"),), {"sunday"}, id="dimanche"),
        pytest.param(((date(2026, 4, 1), "9h-12h"),), {"timetable_wrong"}, id="hors période"),
        pytest.param(
            ((STARTS_ON, "9h-12h"), (STARTS_ON, "11h-13h")), {"timetable_wrong"}, id="chevauchés"
        ),
    ],
)
def test_hours_of_an_adult(slots: tuple[tuple[date, str], ...], expected: set[str]) -> None:
    assert found(slots=hours_on(*slots)) == expected


def test_a_week_over_48_hours_is_told() -> None:
    days = [date(2026, 3, 18) + timedelta(days=rank) for rank in range(5)]
    week = [*((day, "8h-12h / 13h-19h") for day in days[:4]), (days[4], "9h-17h")]
    assert found(slots=hours_on(*week)) == {"sunday"}
    week[4] = (days[4], "9h-17h01")
    assert found(slots=hours_on(*week)) == {"week_over_48h", "sunday"}


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (5, "lun. 23 mars et mar. 24 mars."),
        (6, "lun. 23 mars, mar. 24 mars et 1 autre jour."),
        (7, "lun. 23 mars, mar. 24 mars et 2 autres jours."),
    ],
)
def test_long_days_are_named_five_at_most(number: int, told: str) -> None:
    days = [date(2026, 3, day) for day in (18, 19, 20, 23, 24, 25, 26)][:number]
    findings = check(spoilt(slots=hours_on(*((day, "8h-12h / 13h-19h01") for day in days))))
    assert findings[0].code == "day_over_10h"
    assert findings[0].message.endswith(told)


def test_a_seventh_day_in_a_row_is_told_once() -> None:
    days = [(STARTS_ON + timedelta(days=rank), "9h-12h") for rank in range(9)]
    findings = check(spoilt(slots=hours_on(*days)))
    assert [each.code for each in findings] == ["seven_days_in_a_row", "sunday"]
    assert "à partir du 18 mars 2026" in findings[0].message


def test_a_public_holiday_is_told_with_its_name() -> None:
    easter_monday = date(2026, 4, 6)
    facts = spoilt(
        starts_on=easter_monday, ends_on=easter_monday, slots=hours_on((easter_monday, "9h-12h"))
    )
    (warning,) = check(facts)
    assert warning.code == "public_holiday"
    assert "Lundi de Pâques" in warning.message


SIXTEEN_THAT_DAY = MINOR | {"birth": ImpreciseDate(date(2010, 3, 18))}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, set(), id="journées ordinaires"),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "8h-12h / 13h-17h30"))},
            {"minor_day_over_8h"},
            id="plus de huit heures",
        ),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "8h-12h / 13h-17h"))}, set(), id="huit heures juste"
        ),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "8h-12h / 13h-17h01"))},
            {"minor_day_over_8h"},
            id="huit heures et une minute",
        ),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "9h-13h31"))}, {"minor_pause_missing"}, id="sans pause"
        ),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "9h-13h30"))}, set(), id="quatre heures trente"
        ),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "9h-12h / 12h15-14h"))},
            {"minor_pause_missing"},
            id="pause trop courte",
        ),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "9h-12h / 12h30-16h"))}, set(), id="pause juste"
        ),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "17h-21h"), (date(2026, 3, 19), "8h-12h"))},
            {"minor_rest_under_12h"},
            id="moins de douze heures",
        ),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "17h-20h30"), (date(2026, 3, 19), "8h30-12h"))},
            set(),
            id="douze heures",
        ),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "19h-22h01"))}, {"minor_night"}, id="après 22 h"
        ),
        pytest.param({"slots": hours_on((STARTS_ON, "5h59-9h"))}, {"minor_night"}, id="avant 6 h"),
        pytest.param({"slots": hours_on((STARTS_ON, "6h-9h"))}, set(), id="dès 6 h"),
        pytest.param(
            UNDER_SIXTEEN | {"slots": hours_on((STARTS_ON, "5h59-9h"))},
            {"minor_night"},
            id="avant 6 h avant 16 ans",
        ),
        pytest.param(
            UNDER_SIXTEEN | {"slots": hours_on((STARTS_ON, "6h-9h"))},
            set(),
            id="dès 6 h avant 16 ans",
        ),
        pytest.param({"slots": hours_on((STARTS_ON, "18h-22h"))}, set(), id="jusqu’à 22 h"),
        pytest.param(
            UNDER_SIXTEEN | {"slots": hours_on((STARTS_ON, "18h-20h01"))},
            {"minor_night"},
            id="après 20 h avant 16 ans",
        ),
        pytest.param(
            UNDER_SIXTEEN | {"slots": hours_on((STARTS_ON, "17h-20h"))},
            set(),
            id="jusqu’à 20 h avant 16 ans",
        ),
        pytest.param(
            SIXTEEN_THAT_DAY
            | {"slots": hours_on((STARTS_ON, "18h-21h"), (date(2026, 3, 19), "9h-12h"))},
            set(),
            id="16 ans ce jour-là",
        ),
        pytest.param(
            UNDER_SIXTEEN
            | {"slots": hours_on((STARTS_ON, "17h-19h"), (date(2026, 3, 19), "9h-12h"))},
            set(),
            id="quatorze heures avant 16 ans",
        ),
        pytest.param(
            UNDER_SIXTEEN
            | {"slots": hours_on((STARTS_ON, "16h-19h"), (date(2026, 3, 19), "8h-12h"))},
            {"minor_rest_under_12h"},
            id="moins de quatorze heures avant 16 ans",
        ),
        pytest.param(
            {"tasks": "Nettoyage, petite menuiserie à la scie"},
            {"minor_risky_task"},
            id="machine",
        ),
        pytest.param({"tasks": "Rangement sur une ÉCHELLE"}, {"minor_risky_task"}, id="hauteur"),
        pytest.param({"tasks": "Usage de solvants"}, {"minor_risky_task"}, id="chimie"),
        pytest.param({"tasks": "Classement, appel des usagers"}, set(), id="tâches sans risque"),
    ],
)
def test_rules_on_minors(changes: dict[str, Any], expected: set[str]) -> None:
    assert found(**(MINOR | changes)) == expected


def test_a_minor_works_35_hours_a_week_at_most() -> None:
    week = [(date(2026, 3, 16) + timedelta(days=rank), "9h-12h / 13h-17h") for rank in range(5)]
    facts = MINOR | {"starts_on": date(2026, 3, 16)}
    assert found(**facts, slots=hours_on(*week)) == set()
    longer = [*week[:4], (date(2026, 3, 20), "9h-12h / 13h-17h01")]
    assert found(**facts, slots=hours_on(*longer)) == {"minor_week_over_35h"}
    until_sunday = [*week[1:], (date(2026, 3, 22), "9h-12h / 13h-17h01")]
    assert found(**facts, slots=hours_on(*until_sunday)) >= {"minor_week_over_35h", "sunday"}


def test_a_minor_does_not_work_on_a_public_holiday() -> None:
    easter_monday = date(2026, 4, 6)
    facts = MINOR | {"starts_on": easter_monday, "ends_on": date(2026, 4, 10)}
    assert found(**facts, slots=hours_on((easter_monday, "9h-12h"))) == {"minor_public_holiday"}


def test_a_minor_has_two_days_of_rest_in_a_row_each_week() -> None:
    tuesday_to_saturday = [
        (date(2026, 3, 17) + timedelta(weeks=week, days=day), "9h-12h")
        for week in range(2)
        for day in range(5)
    ]
    facts = MINOR | {"starts_on": date(2026, 3, 17), "ends_on": date(2026, 4, 5)}
    assert found(**facts, slots=hours_on(*tuesday_to_saturday)) == set()
    scattered = [(date(2026, 3, 23) + timedelta(days=day), "9h-12h") for day in (0, 1, 3, 4, 6)]
    assert found(**facts, slots=hours_on(*scattered)) == {"minor_weekly_rest", "sunday"}


@pytest.mark.parametrize(
    ("first", "days", "rested"),
    [
        pytest.param(date(2026, 6, 2), (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), False, id="onze jours"),
        pytest.param(date(2026, 6, 3), (0, 1, 2, 3, 4, 5, 6, 7, 8, 9), False, id="dix jours"),
        pytest.param(date(2026, 6, 1), (0, 1, 2, 3, 4, 5), False, id="lundi à samedi"),
        pytest.param(date(2026, 6, 1), (0, 2, 4, 6, 8, 10), False, id="un jour sur deux"),
        pytest.param(date(2026, 6, 2), (0, 1, 2, 3, 4, 7, 8, 9, 10, 11), True, id="mardi à samedi"),
        pytest.param(
            date(2026, 6, 1), (0, 1, 2, 3, 4, 7, 8, 9, 10, 11), True, id="lundi à vendredi"
        ),
        pytest.param(date(2026, 6, 1), (0, 1, 2, 5, 6, 7), True, id="jeudi et vendredi libres"),
    ],
)
def test_a_minor_never_goes_more_than_five_days_without_two_days_of_rest(
    first: date, days: tuple[int, ...], rested: bool
) -> None:
    slots = hours_on(*((first + timedelta(days=day), "9h-12h") for day in days))
    facts = MINOR | {"starts_on": first, "ends_on": first + timedelta(days=13)}
    assert ("minor_weekly_rest" not in found(**facts, slots=slots)) is rested


def test_a_risky_word_is_told_as_it_was_typed() -> None:
    (warning,) = check(spoilt(**MINOR, tasks="Usage de solvants, rangement"))
    assert typeset("produits chimiques (« solvants »)") in warning.message
    (warning,) = check(spoilt(**MINOR, tasks="Rangement, usage d’un solvant"))
    assert typeset("(« solvant »)") in warning.message


def test_whoever_comes_of_age_during_the_period_is_an_adult_from_that_day() -> None:
    birthday = date(2008, 3, 20)
    long_day = "8h-12h / 13h-17h30"
    facts = MINOR | {"birth": ImpreciseDate(birthday)}
    day_before, day_after = date(2026, 3, 19), date(2026, 3, 20)
    assert found(**facts, slots=hours_on((day_before, long_day))) == {"minor_day_over_8h"}
    assert found(**facts, slots=hours_on((day_after, long_day))) == set()


TURNS_EIGHTEEN_ON_TUESDAY = MINOR | {"birth": ImpreciseDate(date(2008, 3, 24))}


@pytest.mark.parametrize(
    ("days", "hours", "expected"),
    [
        pytest.param((24, 25, 26, 27), "8h-12h / 13h-18h45", set(), id="39 h, toutes d’adulte"),
        pytest.param(
            (23, 24, 25, 26, 27), "8h-12h / 13h-17h", set(), id="8 h de mineur puis 32 h d’adulte"
        ),
        pytest.param(
            (24, 25, 26, 27, 28), "8h-12h / 13h-19h", {"week_over_48h"}, id="50 h, toutes d’adulte"
        ),
        pytest.param(
            (22, 24, 26, 28, 29), "9h-12h", {"sunday"}, id="un jour de repos à la fois, adulte"
        ),
        pytest.param(
            (23, 25, 27, 29),
            "9h-12h",
            {"sunday"},
            id="un jour de repos à la fois, mineur le lundi",
        ),
    ],
)
def test_the_week_of_the_eighteenth_birthday(
    days: tuple[int, ...], hours: str, expected: set[str]
) -> None:
    facts = TURNS_EIGHTEEN_ON_TUESDAY | {"ends_on": date(2026, 3, 31)}
    slots = hours_on(*((date(2026, 3, day), hours) for day in days))
    assert found(**facts, slots=slots) == expected


def test_six_nights_are_not_seven_days_in_a_row() -> None:
    monday = date(2026, 3, 23)
    facts = {"ends_on": date(2026, 4, 10)}
    nights = [(monday + timedelta(days=rank), "22h-6h") for rank in range(6)]
    assert found(**facts, slots=hours_on(*nights)) == {"night", "sunday"}
    seventh = (monday + timedelta(days=6), "22h-6h")
    assert "seven_days_in_a_row" in found(**facts, slots=hours_on(*nights, seventh))


@pytest.mark.parametrize(
    ("birth", "minor"),
    [
        pytest.param(ImpreciseDate(date(2008, 1, 1), Precision.YEAR), True, id="année"),
        pytest.param(ImpreciseDate(date(2008, 2, 1), Precision.MONTH), False, id="mois passé"),
        pytest.param(ImpreciseDate(date(2008, 3, 1), Precision.MONTH), True, id="mois en cours"),
        pytest.param(ImpreciseDate(date(2007, 1, 1), Precision.YEAR), False, id="année passée"),
    ],
)
def test_an_imprecise_birth_is_read_as_the_youngest(birth: ImpreciseDate, minor: bool) -> None:
    assert is_signed_by_minor(birth, TODAY, STARTS_ON) is minor


@pytest.mark.parametrize(
    ("birth", "today", "minor"),
    [
        pytest.param(date(2008, 3, 10), date(2026, 3, 2), True, id="17 ans à la signature"),
        pytest.param(date(2008, 3, 2), date(2026, 3, 2), False, id="18 ans à la signature"),
        pytest.param(date(2008, 3, 20), date(2026, 3, 25), True, id="17 ans le premier jour"),
    ],
)
def test_a_minor_at_the_signature_or_on_the_first_day_signs_as_one(
    birth: date, today: date, minor: bool
) -> None:
    assert is_signed_by_minor(ImpreciseDate(birth), today, STARTS_ON) is minor
