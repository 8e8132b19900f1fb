"""How facts become figures: unknown is never 0, and what is sorted adds up."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.figures import (
    UNKNOWN,
    Fact,
    Measure,
    Sorting,
    Unit,
    breakdown,
    by_month,
    measured,
    told,
)
from connexion_desktop.domain.period import Period, year_of

TODAY = date(2026, 4, 21)
SITES = {UUID(int=1): "Bordeaux", UUID(int=2): "Talence"}
BY_SITE = Sorting("Par site", lambda fact: fact.site, SITES)


def fact(
    subject: int = 1,
    site: int | None = 1,
    on: date | None = TODAY,
    weight: int = 1,
    total: int = 0,
) -> Fact:
    place = None if site is None else UUID(int=site)
    return Fact(UUID(int=subject), UUID(int=subject), None, place, on, (), weight, total)


FACTS = st.lists(
    st.builds(
        fact,
        st.integers(1, 8),
        st.sampled_from([1, 2, 3, None]),
        st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        st.integers(0, 20),
        st.integers(20, 40),
    )
)


def test_a_share_of_nothing_is_not_known() -> None:
    assert measured([], Measure.SHARE) is None
    assert measured([fact(weight=0, total=0)], Measure.SHARE) is None
    assert told(None, Unit.PERCENT) == ""


def test_nobody_is_nought_and_is_told_so() -> None:
    assert told(measured([], Measure.COUNT), Unit.PLAIN) == "0"


def test_whoever_counts_twice_in_a_period_counts_once() -> None:
    assert measured([fact(1), fact(1, on=date(2026, 5, 1)), fact(2)], Measure.COUNT) == 2


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1204.0, Unit.PLAIN, "1\u202f204"),
        (87.4, Unit.PERCENT, "87\u00a0%"),
        (34560, Unit.HOURS, "576\u00a0h"),
        (0, Unit.HOURS, "0\u00a0h"),
    ],
)
def test_a_number_is_told_in_its_unit(value: float, unit: Unit, words: str) -> None:
    assert told(value, unit) == words


@given(FACTS)
def test_what_is_sorted_by_site_adds_up(facts: list[Fact]) -> None:
    parts = breakdown(facts, Measure.SUM, BY_SITE).parts
    assert sum(part.value or 0 for part in parts) == measured(facts, Measure.SUM)
    people = breakdown(facts, Measure.COUNT, BY_SITE).parts
    whole = measured(facts, Measure.COUNT)
    assert whole is not None
    assert max((part.value or 0 for part in people), default=0) <= whole
    assert sum(part.value or 0 for part in people) >= whole


@given(FACTS)
def test_a_share_stays_between_0_and_100(facts: list[Fact]) -> None:
    value = measured(facts, Measure.SHARE)
    assert value is None or 0 <= value <= 100


def test_a_site_that_nobody_knows_comes_last_in_words() -> None:
    parts = breakdown(
        [fact(1, site=None), fact(2, site=9), fact(3, site=2)], Measure.COUNT, BY_SITE
    )
    assert [(part.label, part.value) for part in parts.parts] == [("Talence", 1), (UNKNOWN, 2)]


def test_a_month_without_anything_is_nought_until_today_and_left_out_after() -> None:
    facts = [fact(1, on=date(2026, 2, 3)), fact(2, on=date(2026, 6, 1))]
    parts = by_month(facts, Measure.COUNT, year_of(TODAY), TODAY).parts
    assert [(part.label, part.value) for part in parts] == [
        ("janvier", 0), ("février", 1), ("mars", 0), ("avril", 0), ("juin", 1),
    ]  # fmt: skip


def test_what_has_no_day_or_one_of_another_period_is_not_told_by_month() -> None:
    assert by_month([fact(on=None)], Measure.COUNT, year_of(TODAY), TODAY).parts == ()
    before = fact(on=date(2025, 12, 1))
    assert by_month([before], Measure.COUNT, year_of(TODAY), TODAY).parts == ()


def test_over_two_years_a_month_bears_its_year() -> None:
    period = Period(date(2025, 12, 1), date(2026, 1, 31))
    parts = by_month([fact(on=date(2026, 1, 5))], Measure.COUNT, period, TODAY).parts
    assert [part.label for part in parts] == ["décembre 2025", "janvier 2026"]


@given(FACTS)
def test_the_months_of_a_year_add_up(facts: list[Fact]) -> None:
    parts = by_month(facts, Measure.SUM, year_of(TODAY), TODAY).parts
    if parts:
        assert sum(part.value or 0 for part in parts) == measured(facts, Measure.SUM)
