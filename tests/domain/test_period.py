"""Periods as they are asked for and told."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.period import (
    Period,
    month_of,
    quarter_of,
    usual_periods,
    year_of,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), "année 2026"),
        (date(2026, 4, 1), date(2026, 6, 30), "2e trimestre 2026"),
        (date(2026, 1, 1), date(2026, 3, 31), "1er trimestre 2026"),
        (date(2024, 2, 1), date(2024, 2, 29), "février 2024"),
        (date(2026, 4, 21), date(2026, 4, 21), "le 21 avril 2026"),
        (date(2026, 3, 3), date(2026, 4, 1), "du 3 mars 2026 au 1er avril 2026"),
    ],
)
def test_a_period_is_told_as_people_call_it(first: date, last: date, words: str) -> None:
    assert Period(first, last).text == words


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UserError, match="avant de commencer"):
        Period(date(2026, 4, 21), date(2026, 4, 20)).check()
    Period(date(2026, 4, 21), date(2026, 4, 21)).check()


def test_what_is_asked_most_is_offered() -> None:
    offered = dict(usual_periods(date(2026, 1, 15)))
    assert offered["Ce mois-ci"].text == "janvier 2026"
    assert offered["Le mois dernier"].text == "décembre 2025"
    assert offered["Le trimestre dernier"].text == "4e trimestre 2025"
    assert offered["L’année dernière"].text == "année 2025"


@given(DAYS)
def test_a_day_is_in_its_month_its_quarter_and_its_year(day: date) -> None:
    spans = [period_of(day) for period_of in (month_of, quarter_of, year_of)]
    for inner, outer in pairwise(spans):
        assert outer.first <= inner.first <= day <= inner.last <= outer.last


@given(DAYS, st.integers(0, 900))
def test_the_months_of_a_period_are_all_those_of_its_days(first: date, length: int) -> None:
    period = Period(first, first + timedelta(days=length))
    days = (first + timedelta(days=step) for step in range(length + 1))
    assert list(period.months) == sorted({day.replace(day=1) for day in days})
