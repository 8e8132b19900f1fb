"""A timetable as it is typed: the usual week, the days that differ, another period."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.calendar_fr import days_between, is_public_holiday
from connexion_desktop.domain.hours import parse_ranges
from connexion_desktop.domain.placement_hours import (
    by_day,
    refit,
    retype,
    span,
    to_slots,
    usual_week,
    week_rows,
    weeks_later,
    with_day,
    without_days,
)
from connexion_desktop.domain.timetable import Slot, WeeklyPattern, slots_on

MONDAY = date(2026, 3, 16)
FRIDAY = date(2026, 3, 20)
OFFICE = parse_ranges("9h-12h / 13h-17h")
WEEK = WeeklyPattern.of(dict.fromkeys(range(5), OFFICE))

spans = st.tuples(
    st.dates(date(2026, 1, 1), date(2026, 12, 1)), st.integers(min_value=0, max_value=31)
).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1])))
weeks = st.lists(
    st.sampled_from(["", "9h-12h", "9h-12h / 13h-17h", "14h-18h30", "8h-12h"]),
    min_size=7,
    max_size=7,
).map(WeeklyPattern.typed)


def test_the_first_period_is_filled_from_the_usual_week() -> None:
    slots = refit((), WEEK, None, (MONDAY, FRIDAY))
    assert slots == WEEK.expand(MONDAY, FRIDAY)


def test_a_longer_period_keeps_what_was_typed_day_by_day() -> None:
    slots = with_day(WEEK.expand(MONDAY, FRIDAY), MONDAY + timedelta(days=1), ())
    longer = refit(slots, WEEK, (MONDAY, FRIDAY), (MONDAY, FRIDAY + timedelta(days=7)))
    assert MONDAY + timedelta(days=1) not in by_day(longer)
    assert by_day(longer)[MONDAY + timedelta(days=8)] == OFFICE


def test_a_shorter_period_drops_the_days_that_go_out() -> None:
    slots = refit(WEEK.expand(MONDAY, FRIDAY), WEEK, (MONDAY, FRIDAY), (MONDAY, MONDAY))
    assert set(by_day(slots)) == {MONDAY}


def test_without_a_period_nothing_is_lost() -> None:
    slots = WEEK.expand(MONDAY, FRIDAY)
    assert refit(slots, WEEK, (MONDAY, FRIDAY), None) == slots


def test_typing_tuesday_again_changes_tuesdays_only() -> None:
    two_weeks = (MONDAY, FRIDAY + timedelta(days=7))
    tuesday = MONDAY + timedelta(days=1)
    slots = with_day(WEEK.expand(*two_weeks), MONDAY, parse_ranges("10h-12h"))
    after = WeeklyPattern(
        tuple(parse_ranges("14h-18h") if day == 1 else hours for day, hours in enumerate(WEEK.days))
    )
    typed = by_day(retype(slots, WEEK, after, two_weeks))
    assert typed[tuesday] == typed[tuesday + timedelta(days=7)] == parse_ranges("14h-18h")
    assert typed[MONDAY] == parse_ranges("10h-12h")


def test_a_public_holiday_gets_no_hours_unless_typed_on_that_day() -> None:
    may = (date(2026, 4, 27), date(2026, 5, 1))
    assert date(2026, 5, 1) not in by_day(refit((), WEEK, None, may))
    worked = with_day(refit((), WEEK, None, may), date(2026, 5, 1), OFFICE)
    assert by_day(retype(worked, WeeklyPattern(), WEEK, may))[date(2026, 5, 1)] == OFFICE


def test_a_night_stays_with_its_evening() -> None:
    slots = slots_on(MONDAY, parse_ranges("22h-6h"))
    assert by_day(slots) == {MONDAY: ((1320, 1800),)}
    assert to_slots(by_day(slots)) == slots
    assert without_days(slots, {MONDAY}) == ()


def test_hours_that_overlap_are_still_shown() -> None:
    wrong = (Slot(MONDAY, 540, 720), Slot(MONDAY, 600, 780))
    assert by_day(wrong) == {MONDAY: ((540, 720), (600, 780))}


def test_the_usual_week_is_what_comes_most_often() -> None:
    slots = with_day(
        WEEK.expand(MONDAY, FRIDAY + timedelta(days=14)), MONDAY, parse_ranges("10h-12h")
    )
    assert usual_week(slots) == WEEK
    assert usual_week(()) == WeeklyPattern()


def test_the_days_of_the_period_come_week_by_week_with_their_marks() -> None:
    period = (date(2026, 4, 30), date(2026, 5, 5))
    rows = week_rows(period, WEEK.expand(*period), {date(2026, 5, 4)})
    assert [week.monday for week in rows] == [date(2026, 4, 27), date(2026, 5, 4)]
    assert [len(week.days) for week in rows] == [4, 2]
    assert rows[0].days[1].holiday == "Fête du Travail"
    assert rows[1].days[0].collective
    assert rows[0].minutes == 7 * 60
    assert rows[1].minutes == 14 * 60


def test_a_day_worked_outside_the_period_is_not_hidden() -> None:
    rows = week_rows((MONDAY, MONDAY), slots_on(FRIDAY, parse_ranges("9h-12h")))
    assert [each.day for each in rows[0].days] == [MONDAY, FRIDAY]


@pytest.mark.parametrize(
    ("first", "weeks", "last"),
    [
        (MONDAY, 1, FRIDAY),
        (MONDAY, 2, FRIDAY + timedelta(days=7)),
        (date(2026, 3, 18), 1, date(2026, 3, 24)),
        (date(2026, 3, 21), 1, date(2026, 3, 27)),
    ],
)
def test_whole_weeks_end_on_a_working_weekday(first: date, weeks: int, last: date) -> None:
    assert weeks_later(first, weeks) == last


def test_a_reversed_period_is_none() -> None:
    assert span(FRIDAY, MONDAY) is None
    assert span(MONDAY, None) is None


@given(weeks, spans)
def test_a_week_expanded_over_a_period_is_found_again_day_by_day(
    week: WeeklyPattern, period: tuple[date, date]
) -> None:
    slots = refit((), week, None, period)
    assert slots == week.expand(*period)
    assert to_slots(by_day(slots)) == slots
    assert sum(each.minutes for each in week_rows(period, slots)) == sum(
        slot.minutes for slot in slots
    )


@given(weeks, spans, spans)
def test_days_common_to_two_periods_never_change(
    week: WeeklyPattern, old: tuple[date, date], new: tuple[date, date]
) -> None:
    before = by_day(refit((), week, None, old))
    after = by_day(refit(to_slots(before), week, old, new))
    for day in days_between(*new):
        if old[0] <= day <= old[1]:
            assert after.get(day) == before.get(day)
        elif is_public_holiday(day):
            assert day not in after
    assert all(new[0] <= day <= new[1] for day in after)
