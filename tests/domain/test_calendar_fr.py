from __future__ import annotations

import calendar
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.calendar_fr import (
    add_months,
    holiday_name,
    is_public_holiday,
    is_working_day,
    last_day_of_month_from,
    public_holidays,
    working_days_until,
)

days = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize("year", range(2008, 2100))
def test_the_holidays_are_those_of_the_reference_library(year: int) -> None:
    assert set(public_holidays(year)) == set(holidays.country_holidays("FR", years=year))


def test_a_holiday_has_its_french_name() -> None:
    assert holiday_name(date(2026, 5, 25)) == "Lundi de Pentecôte"
    assert holiday_name(date(2026, 5, 26)) is None
    assert is_public_holiday(date(2026, 7, 14))


def test_two_holidays_on_one_day_keep_both_names() -> None:
    assert holiday_name(date(2008, 5, 1)) == "Fête du Travail et Ascension"


@pytest.mark.parametrize(
    ("day", "working"),
    [
        pytest.param(date(2026, 3, 6), True, id="un vendredi"),
        pytest.param(date(2026, 3, 7), False, id="un samedi"),
        pytest.param(date(2026, 4, 6), False, id="le lundi de Pâques"),
    ],
)
def test_working_days_are_neither_week_ends_nor_holidays(day: date, working: bool) -> None:
    assert is_working_day(day) is working


def test_from_friday_to_monday_there_is_one_working_day() -> None:
    assert working_days_until(date(2026, 3, 6), date(2026, 3, 9)) == 1
    assert working_days_until(date(2026, 3, 9), date(2026, 3, 9)) == 0
    assert working_days_until(date(2026, 4, 3), date(2026, 4, 7)) == 1


@pytest.mark.parametrize(
    ("start", "last", "last_with_same_number"),
    [
        pytest.param(date(2026, 1, 15), date(2026, 2, 14), date(2026, 2, 15), id="mi-janvier"),
        pytest.param(date(2026, 1, 31), date(2026, 2, 28), date(2026, 2, 28), id="31 janvier"),
        pytest.param(date(2028, 1, 31), date(2028, 2, 29), date(2028, 2, 29), id="bissextile"),
        pytest.param(date(2026, 1, 29), date(2026, 2, 28), date(2026, 2, 28), id="29 janvier"),
        pytest.param(date(2028, 1, 29), date(2028, 2, 28), date(2028, 2, 29), id="29 bissextile"),
        pytest.param(date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1), id="1er février"),
        pytest.param(date(2026, 3, 31), date(2026, 4, 30), date(2026, 4, 30), id="31 mars"),
        pytest.param(date(2026, 12, 10), date(2027, 1, 9), date(2027, 1, 10), id="fin d’année"),
    ],
)
def test_the_legal_month_runs_from_date_to_date(
    start: date, last: date, last_with_same_number: date
) -> None:
    assert last_day_of_month_from(start) == last
    assert last_day_of_month_from(start, same_number_day_included=True) == last_with_same_number


@given(days)
def test_the_legal_month_is_never_longer_than_a_calendar_month(start: date) -> None:
    last = last_day_of_month_from(start)
    length = (last - start).days + 1
    assert 28 <= length <= 31
    assert last <= add_months(start, 1)


@given(days)
def test_starting_later_never_ends_sooner(start: date) -> None:
    later = start + timedelta(days=1)
    assert last_day_of_month_from(start) <= last_day_of_month_from(later)


@given(days, st.integers(-60, 60))
def test_adding_months_lands_in_that_month(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == min(day.day, calendar.monthrange(moved.year, moved.month)[1])
