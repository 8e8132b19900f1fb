from __future__ import annotations

import zoneinfo
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.hours import (
    TimeRange,
    clock_text,
    hours_text,
    parse_ranges,
    parse_time,
    ranges_text,
)
from connexion_desktop.domain.timetable import (
    DAY,
    Slot,
    Timetable,
    WeeklyPattern,
    slots_on,
    timetable_problems,
)

MONDAY = date(2026, 3, 2)
TUESDAY = date(2026, 3, 3)
OFFICE_DAY: tuple[TimeRange, ...] = ((540, 750), (810, 1020))


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(1350, "22 h 30"), (420, "7 h"), (65, "1 h 05"), (45, "45 min"), (0, "0 h")],
)
def test_hours_are_told_as_people_say_them(minutes: int, text: str) -> None:
    assert hours_text(minutes) == text


@pytest.mark.parametrize(
    ("typed", "ranges"),
    [
        pytest.param("9h-12h30 / 13:30-17h", OFFICE_DAY, id="deux demi-journées"),
        pytest.param("9h-12h 13h-17h", ((540, 720), (780, 1020)), id="sans séparateur"),
        pytest.param("9h-12h 13-17", ((540, 720), (780, 1020)), id="heures nues"),
        pytest.param("de 9h à 12h et de 13h30 à 17h30", ((540, 720), (810, 1050)), id="en mots"),
        pytest.param("9 h – 12 h 30", ((540, 750),), id="typographie"),
        pytest.param("0930-1200", ((570, 720),), id="quatre chiffres"),
        pytest.param("midi-14h", ((720, 840),), id="midi"),
        pytest.param("18h-minuit", ((1080, 1440),), id="jusqu’à minuit"),
        pytest.param("22h-6h", ((1320, 1800),), id="nuit"),
        pytest.param("13h-17h, 9h-12h", ((540, 720), (780, 1020)), id="en désordre"),
        pytest.param("", (), id="vide"),
        pytest.param("Repos", (), id="repos"),
    ],
)
def test_typed_hours_are_read(typed: str, ranges: tuple[TimeRange, ...]) -> None:
    assert parse_ranges(typed) == ranges


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("9h-8h", id="fin avant début"),
        pytest.param("25h-26h", id="heure impossible"),
        pytest.param("9h-12h75", id="minutes impossibles"),
        pytest.param("9h-12h / 11h-13h", id="chevauchement"),
        pytest.param("matin", id="un mot"),
        pytest.param("9h-12h environ", id="un mot après"),
        pytest.param("9,5-12", id="décimales"),
        pytest.param("9h12h", id="sans tiret"),
    ],
)
def test_hours_that_cannot_be_read_are_refused_in_french(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_ranges(typed)
    assert refused.value.what


@pytest.mark.parametrize("text", ["9h", "9 h 30", "13:30", "0930", "24h", "minuit"])
def test_a_time_is_read(text: str) -> None:
    minute = parse_time(text)
    assert minute is not None
    assert 0 <= minute <= DAY


@pytest.mark.parametrize("text", ["", "24h30", "9h60", "neuf heures", "9h3", "99999"])
def test_no_time_is_read_from(text: str) -> None:
    assert parse_time(text) is None


day_ranges = (
    st.lists(st.integers(0, DAY), min_size=2, max_size=8, unique=True)
    .map(sorted)
    .map(lambda marks: tuple(zip(marks[::2], marks[1::2], strict=False)))
)


@given(day_ranges)
def test_hours_shown_are_read_back_the_same(ranges: tuple[TimeRange, ...]) -> None:
    assert parse_ranges(ranges_text(ranges)) == ranges


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        ranges = parse_ranges(text)
    except UserError:
        return
    assert all(0 <= start < end for start, end in ranges)


def test_an_empty_timetable_is_refused() -> None:
    with pytest.raises(UserError, match="Aucun horaire"):
        Timetable(())


def test_overlapping_hours_are_refused_with_the_day_named() -> None:
    with pytest.raises(UserError, match=r"lundi 2 mars 2026, deux horaires se chevauchent"):
        Timetable([Slot(MONDAY, 540, 720), Slot(MONDAY, 700, 800)])


def test_a_long_slot_that_holds_two_short_ones_is_found() -> None:
    slots = [Slot(MONDAY, 540, 1020), Slot(MONDAY, 560, 570), Slot(MONDAY, 600, 700)]
    assert len(timetable_problems(slots)) == 2


def test_an_end_before_its_start_is_refused_with_the_day_named() -> None:
    with pytest.raises(UserError, match="lundi 2 mars 2026"):
        Timetable([Slot(MONDAY, 720, 540)])
    with pytest.raises(UserError, match="lundi 2 mars 2026"):
        Timetable([Slot(MONDAY, 540, 540)])


def test_hours_beyond_the_day_are_refused() -> None:
    with pytest.raises(UserError, match="sort de la journée"):
        Timetable([Slot(MONDAY, 1400, 1500)])


def test_a_day_outside_the_period_is_refused_with_the_day_named() -> None:
    slots = [Slot(MONDAY, 540, 720), Slot(TUESDAY, 540, 720)]
    with pytest.raises(UserError, match="mardi 3 mars 2026 est en dehors"):
        Timetable.within(slots, MONDAY, MONDAY)
    assert Timetable.within(slots, MONDAY, TUESDAY).total == 360


def test_slots_that_touch_do_not_overlap() -> None:
    assert Timetable([Slot(MONDAY, 540, 720), Slot(MONDAY, 720, 780)]).total == 240


def test_totals_by_day_and_week() -> None:
    sunday, next_monday = date(2026, 3, 1), MONDAY
    timetable = Timetable(
        [
            Slot(next_monday, 540, 720),
            Slot(sunday, 540, 600),
            Slot(date(2026, 2, 27), 480, 720),
        ]
    )
    assert timetable.days == (date(2026, 2, 27), sunday, next_monday)
    assert timetable.by_week == {date(2026, 2, 23): 300, next_monday: 180}
    assert timetable.total == sum(timetable.by_day.values()) == 480
    assert hours_text(timetable.total) == "8 h"


@pytest.mark.parametrize(
    "change_day",
    [
        pytest.param(date(2026, 3, 29), id="passage à l’heure d’été"),
        pytest.param(date(2026, 10, 25), id="passage à l’heure d’hiver"),
    ],
)
def test_daylight_saving_neither_adds_nor_loses_an_hour(change_day: date) -> None:
    paris = zoneinfo.ZoneInfo("Europe/Paris")
    midnight = datetime(change_day.year, change_day.month, change_day.day, tzinfo=paris)
    elapsed = (midnight + timedelta(days=1)).timestamp() - midnight.timestamp()
    assert elapsed != 24 * 3600
    assert Timetable([Slot(change_day, 60, 300)]).total == 240
    assert Timetable([Slot(change_day, 0, DAY)]).total == DAY


def test_a_night_is_two_slots_and_one_work_day() -> None:
    slots = slots_on(MONDAY, parse_ranges("22h-6h"))
    assert slots == (Slot(MONDAY, 1320, 1440), Slot(TUESDAY, 0, 360))
    (work,) = Timetable(slots).work_days()
    assert (work.on, work.ranges) == (MONDAY, ((1320, 1800),))
    assert (work.first, work.last) == (1320, 1800)
    assert Timetable(slots).total == 480


def test_a_night_with_a_pause_and_the_day_that_follows_it_are_told_apart() -> None:
    slots = (
        *slots_on(MONDAY, parse_ranges("20h-22h / 23h-6h")),
        *slots_on(TUESDAY, parse_ranges("14h-18h")),
    )
    night, day = Timetable(slots).work_days()
    assert (night.on, night.ranges) == (MONDAY, ((1200, 1320), (1380, 1800)))
    assert (day.on, day.ranges) == (TUESDAY, ((840, 1080),))


def test_a_weekly_pattern_skips_public_holidays_unless_asked() -> None:
    pattern = WeeklyPattern.of({0: OFFICE_DAY, 4: [(540, 720)]})
    first, last = date(2026, 4, 3), date(2026, 4, 10)
    assert {slot.on for slot in pattern.expand(first, last)} == {first, last}
    with_holidays = pattern.expand(first, last, skip_holidays=False)
    assert {slot.on for slot in with_holidays} == {first, date(2026, 4, 6), last}
    assert {slot.on for slot in pattern.expand(first, last, skip_days=[last])} == {first}
    assert pattern.total == 600


def test_a_weekly_pattern_is_typed_and_shown() -> None:
    pattern = WeeklyPattern.typed(["9h-12h", "", "", "", "13h30-17h", "", "repos"])
    assert pattern.texts == ("9 h – 12 h", "", "", "", "13 h 30 – 17 h", "", "")
    assert WeeklyPattern.typed(pattern.texts) == pattern


@given(
    st.dates(date(2025, 1, 1), date(2030, 1, 1)),
    st.integers(0, 40),
    st.lists(day_ranges, min_size=7, max_size=7),
)
def test_a_pattern_expanded_stands_and_repeats_each_week(
    first: date, length: int, ranges: list[tuple[TimeRange, ...]]
) -> None:
    last = first + timedelta(days=length)
    slots = WeeklyPattern.of(dict(enumerate(ranges))).expand(first, last)
    assert all(first <= slot.on <= last for slot in slots)
    if not slots:
        return
    timetable = Timetable.within(slots, first, last)
    for day in timetable.days:
        shown = tuple((slot.start, slot.end) for slot in timetable.on(day))
        assert shown == ranges[day.weekday()]
    assert sum(timetable.by_week.values()) == timetable.total


@given(st.integers(0, DAY - 1), st.integers(1, DAY))
def test_splitting_at_midnight_keeps_every_minute(start: int, length: int) -> None:
    slots = slots_on(MONDAY, [(start, start + length)])
    assert Timetable(slots).total == length


def test_a_clock_past_midnight_tells_the_next_days_time() -> None:
    assert (clock_text(1440), clock_text(1800)) == ("24 h", "6 h")
