"""Presences without a base: who is expected, for how long, which days are in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.meetings import DAY, MeetingRow, MeetingState
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presence_grid import Cell, Count, PresenceGrid, cells_of, columns_of
from connexion_desktop.domain.presence_span import Span, days_of, first_slot
from connexion_desktop.domain.presences import (
    LATE,
    MARK,
    REASON,
    CellKey,
    Slot,
    attended,
    done_minutes,
    minutes_of,
)
from connexion_desktop.domain.programme import Participant

MONDAY = date(2026, 3, 9)
WHO = Participant(uuid4(), uuid4(), "Aïssatou Diallo", MONDAY)
HOURS = st.tuples(st.integers(0, DAY - 1), st.integers(1, DAY)).filter(
    lambda each: each[0] < each[1]
)


def meeting(
    on: date = MONDAY,
    start: int = 540,
    end: int = 720,
    people: Sequence[UUID] = (),
    **values: object,
) -> MeetingRow:
    return MeetingRow(
        uuid4(), on, start, end, "atelier", "Atelier", "Mon CV",
        people=frozenset(people or (WHO.journey_id,)), **values,  # type: ignore[arg-type]
    )  # fmt: skip


def grid_of(
    days: Sequence[date], today: date = MONDAY, marks: Mapping[date, Presence] | None = None
) -> PresenceGrid:
    meetings = [meeting(day) for day in days]
    columns = columns_of(meetings, ())
    noted = {
        CellKey(WHO.journey_id, Slot(day, Half.MORNING)): Cell(mark=mark)
        for day, mark in (marks or {}).items()
    }
    return PresenceGrid(today, None, (WHO,), columns, cells_of((WHO,), columns, noted))


@given(st.lists(HOURS, max_size=5))
def test_a_day_lasts_what_its_halves_last_and_no_minute_counts_twice(
    hours: list[tuple[int, int]],
) -> None:
    meetings = [meeting(start=start, end=end) for start, end in hours]
    covered = {minute for start, end in hours for minute in range(start, end)}
    halves = sum(minutes_of(Slot(MONDAY, half), meetings) for half in Half)
    assert halves == len(covered)


@given(st.sampled_from(list(Presence)[:4]), st.integers(0, 600), st.integers(0, 600))
def test_nobody_comes_longer_than_planned(mark: Presence, planned: int, late: int) -> None:
    assert 0 <= done_minutes(mark, planned, late) <= planned


def test_who_is_expected_where() -> None:
    morning = Slot(MONDAY, Half.MORNING)
    cancelled = meeting(state=MeetingState.CANCELLED)
    second, first = meeting(start=630), meeting(end=630)
    elsewhere = meeting(people=(uuid4(),))
    found = attended(
        WHO, morning, [cancelled, second, first, elsewhere, meeting(start=800, end=900)]
    )
    assert found == (first, second)
    assert not attended(WHO, Slot(MONDAY - timedelta(1), Half.MORNING), [first])


@given(
    st.sets(st.integers(0, 90), min_size=1, max_size=30),
    st.integers(-20, 120),
    st.sampled_from(list(Span)),
)
def test_every_half_day_is_in_sight_once_as_one_goes_on(
    offsets: set[int], here: int, span: Span
) -> None:
    grid = grid_of([MONDAY + timedelta(each) for each in sorted(offsets)])
    seen: list[date] = []
    day, last = grid.columns[0].slot.on, grid.columns[-1].slot.on
    while day <= last:
        first, end = days_of(grid, span, day)
        assert first <= day <= end
        seen += [column.slot.on for column in grid.between(first, end).columns]
        day = end + timedelta(days=1)
    assert seen == [column.slot.on for column in grid.columns]
    first, end = days_of(grid, span, MONDAY + timedelta(here))
    assert first <= last and end >= grid.columns[0].slot.on, "never out of the cycle"


def test_the_keyboard_goes_to_what_is_to_be_marked() -> None:
    days = [MONDAY, MONDAY + timedelta(1), MONDAY + timedelta(7)]
    grid = grid_of(days, today=days[1])
    assert first_slot(grid, days[1]) == Slot(days[1], Half.MORNING)
    assert first_slot(grid, days[1] + timedelta(2)) == Slot(days[1], Half.MORNING)
    assert first_slot(grid, MONDAY - timedelta(5)) == Slot(MONDAY, Half.MORNING)
    assert first_slot(PresenceGrid(MONDAY), MONDAY) is None


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (Count(11, 1, 0), "11 présents, 1 absent, 0 à saisir"),
        (Count(1, 2, 9), "1 présent, 2 absents, 9 à saisir"),
        (Count(coming=12), "12 attendus"),
    ],
)
def test_what_is_counted_is_said(count: Count, told: str) -> None:
    assert count.told == told


def test_what_is_unknown_is_not_nought_percent() -> None:
    grid = grid_of([MONDAY])
    assert grid.rate(WHO.journey_id).percent is None
    assert grid.rate(WHO.journey_id).told == "pas encore saisi"
    marked = grid_of([MONDAY, MONDAY + timedelta(1)], marks={MONDAY: Presence.ABSENT})
    assert marked.rate(WHO.journey_id).told == "0 % (0 sur 1), 0 h"


def test_a_cell_keeps_what_goes_with_its_mark_alone() -> None:
    late = Cell(is_expected=True).marked({MARK: Presence.LATE, LATE: 20})
    assert late.late == 20 and late.marked({MARK: Presence.PRESENT}).late is None
    away = Cell(is_expected=True, mark=Presence.ABSENT, reason="garde")
    assert away.marked({MARK: Presence.EXCUSED}).reason == "garde"
    assert away.marked({MARK: Presence.PRESENT}).reason == ""
    assert away.marked({REASON: ""}).reason == ""
