"""The days of a cycle: closed days skipped and made up, whatever the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.calendar_fr import holiday_name, monday_of
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.programme_days import Cycle, draw_days
from connexion_desktop.domain.weeks import MONDAY_AND_TUESDAY

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
WEEKDAYS = st.sets(st.integers(0, 6), min_size=1, max_size=5).map(lambda days: tuple(sorted(days)))


def never(_day: date) -> str:
    return ""


def on_holidays(day: date) -> str:
    return holiday_name(day) or ""


def between(first: date, last: date) -> Callable[[date], str]:
    return lambda day: "Fermeture" if first <= day <= last else ""


def days_of(cycle: Cycle) -> list[date]:
    return [day.on for day in cycle.days]


def test_twelve_weeks_are_twenty_four_mondays_and_tuesdays() -> None:
    cycle = draw_days(date(2026, 9, 7), 12, never)
    assert len(cycle.days) == 24
    assert {day.on.weekday() for day in cycle.days} == {0, 1}
    assert [(day.week, day.rank) for day in cycle.days[:3]] == [(1, 1), (1, 2), (2, 1)]
    assert cycle.days[-1].on == date(2026, 11, 24)
    assert cycle.told == "24 jours, du 7 septembre 2026 au 24 novembre 2026"


def test_easter_monday_is_made_up_on_the_wednesday_of_its_week() -> None:
    cycle = draw_days(date(2026, 3, 2), 12, on_holidays)
    week = [day for day in cycle.days if day.week == 6]
    assert [day.on for day in week] == [date(2026, 4, 7), date(2026, 4, 8)]
    assert week[1].told == "à la place du lundi 6 avril 2026 (Lundi de Pâques)"
    assert (date(2026, 4, 6), "Lundi de Pâques") in cycle.closed


def test_a_week_that_is_closed_whole_is_made_up_at_the_end() -> None:
    closed = between(date(2026, 12, 21), date(2027, 1, 3))
    cycle = draw_days(date(2026, 11, 30), 12, closed)
    assert len(cycle.days) == 24
    assert cycle.days[-1].on == date(2027, 3, 2), "two weeks later than without the closure"
    assert [day.on for day in cycle.days if day.week == 4] == [date(2027, 1, 4), date(2027, 1, 5)]
    assert len(cycle.closed) == 4


@pytest.mark.parametrize("starts_on", [date(2026, 3, day) for day in range(4, 9)])
def test_a_start_after_the_days_of_a_week_begins_on_the_next_monday(starts_on: date) -> None:
    cycle = draw_days(starts_on, 12, never)
    assert len(cycle.days) == 24
    assert {day.on.weekday() for day in cycle.days} == {0, 1}
    assert days_of(cycle)[:2] == [date(2026, 3, 9), date(2026, 3, 10)]
    assert cycle.first_week_told == "Premières séances : lundi 9 mars 2026 et mardi 10 mars 2026."


def test_a_start_on_a_tuesday_loses_no_day() -> None:
    cycle = draw_days(date(2026, 3, 3), 12, never)
    assert days_of(cycle)[:3] == [date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 9)]
    assert cycle.days[1].told == "", "nothing was closed: the group was not there yet"


def test_closures_without_end_are_told() -> None:
    with pytest.raises(UserError, match="Aucun jour n’est ouvert depuis le 2 mars 2026") as refused:
        draw_days(date(2026, 3, 2), 12, lambda _day: "Fermeture")
    assert "fermetures" in refused.value.todo


@given(DAYS, st.integers(1, 52), WEEKDAYS)
def test_every_day_is_held_once_on_an_open_day(
    starts_on: date, weeks: int, weekdays: tuple[int, ...]
) -> None:
    cycle = draw_days(starts_on, weeks, on_holidays, weekdays)
    days = days_of(cycle)
    assert len(days) == weeks * len(weekdays)
    assert days == sorted(set(days))
    assert all(day >= starts_on and not on_holidays(day) for day in days)
    assert [(day.week, day.rank) for day in cycle.days] == [
        (week, rank) for week in range(1, weeks + 1) for rank in range(1, len(weekdays) + 1)
    ]


@given(DAYS, st.lists(st.tuples(DAYS, st.integers(0, 12)), max_size=4))
def test_a_day_made_up_is_in_the_week_of_the_one_that_was_closed(
    starts_on: date, closures: list[tuple[date, int]]
) -> None:
    def closed(day: date) -> str:
        for first, days in closures:
            if first <= day <= first + timedelta(days=days):
                return "Fermeture"
        return on_holidays(day)

    cycle = draw_days(starts_on, 12, closed)
    for day in cycle.days:
        if day.instead is not None:
            assert monday_of(day.on) == monday_of(day.instead)
            assert day.instead.weekday() in MONDAY_AND_TUESDAY
            assert closed(day.instead) == day.reason
            assert day.on.weekday() < 5
