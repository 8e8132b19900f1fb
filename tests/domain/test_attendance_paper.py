"""What an attendance sheet has to sign, page by page, and the code of each page."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_97_10

from connexion_desktop.domain.attendance_paper import MOST_COLUMNS, SheetGrid, grids
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.meetings import MeetingRow, MeetingState
from connexion_desktop.domain.programme import Participant, expected_at
from connexion_desktop.domain.sheet_code import LONGEST, SheetPage

START = date(2026, 3, 2)
PEOPLE = tuple(
    Participant(uuid4(), uuid4(), f"Personne {rank:02}", START, activity="cuisine" * (rank < 5))
    for rank in range(12)
)


def meeting(day: date, start: int = 540, activity: str = "", **values: object) -> MeetingRow:
    people = expected_at(activity, (), PEOPLE, day)
    usual = {"id": uuid4(), "on": day, "start": start, "end": start + 180, "kind": "atelier"}
    told = {"kind_told": "Atelier", "title": "Mon CV", "people": people, "activity": activity}
    return MeetingRow(**{**usual, **told, **values})  # type: ignore[arg-type]


def cycle(weeks: int = 12) -> list[MeetingRow]:
    return [
        meeting(START + timedelta(weeks=week, days=day), start)
        for week in range(weeks)
        for day in (0, 1)
        for start in (540, 810)
    ]


def test_the_whole_cycle_is_six_pages_of_two_weeks() -> None:
    pages = grids(cycle(), PEOPLE)
    assert [len(page.columns) for page in pages] == [8] * 6
    assert all(len(page.names) == 12 for page in pages)
    assert pages[0].columns[0].hours == "9 h – 12 h"


def test_who_is_not_expected_has_no_blank_to_fill() -> None:
    late = Participant(uuid4(), uuid4(), "Malik Traoré", START + timedelta(days=1))
    held = [
        meeting(START, people=expected_at("", (), (*PEOPLE, late), START)),
        meeting(
            START + timedelta(days=1),
            people=expected_at("", (), (*PEOPLE, late), START + timedelta(days=1)),
        ),
    ]
    (page,) = grids(held, (*PEOPLE, late))
    assert page.names[-1].expected == (False, True)
    assert page.names[0].expected == (True, True)


def test_parallel_activities_have_a_cell_and_a_leader_each() -> None:
    rest = frozenset(each.journey_id for each in PEOPLE[5:])
    held = [
        meeting(START, 810, "cuisine", title="Cuisine", leader="Samia Laroque"),
        meeting(START, 810, title="Sport", leader="Kévin Dubourg", people=rest),
        meeting(START, 810, title="Théâtre", people=frozenset()),
    ]
    (page,) = grids(held, PEOPLE)
    assert [(each.title, each.leader) for each in page.columns] == [
        ("Cuisine", "Samia Laroque"),
        ("Sport", "Kévin Dubourg"),
    ]
    assert [each.expected for each in page.names] == [(True, False)] * 5 + [(False, True)] * 7


def test_seances_that_follow_one_another_are_signed_once() -> None:
    held = [meeting(START, 540, end=630, title="CV"), meeting(START, 630, end=720, title="Pitch")]
    (page,) = grids(held, PEOPLE)
    (column,) = page.columns
    assert (column.title, column.hours) == ("CV · Pitch", "9 h – 12 h")


def test_a_seance_that_lasts_all_day_is_signed_twice() -> None:
    (page,) = grids([meeting(START, 540, end=990)], PEOPLE)
    assert [each.half.label for each in page.columns] == ["matin", "après-midi"]


def test_a_day_without_seance_or_people_is_told() -> None:
    with pytest.raises(UserError, match="Aucune séance"):
        grids([meeting(START, state=MeetingState.CANCELLED)], PEOPLE)
    with pytest.raises(UserError, match="Personne n’est attendu"):
        grids([meeting(START, people=frozenset())], PEOPLE)


def signed(pages: tuple[SheetGrid, ...]) -> int:
    return sum(sum(each.expected) for page in pages for each in page.names)


@given(
    st.lists(
        st.tuples(st.integers(0, 90), st.integers(0, 22 * 60), st.integers(30, 120)), min_size=1
    ),
    st.integers(1, 60),
)
def test_everybody_signs_each_half_day_once_on_some_page(
    told: list[tuple[int, int, int]], count: int
) -> None:
    people = tuple(
        Participant(uuid4(), uuid4(), f"Personne {rank:02}", START) for rank in range(count)
    )
    held = [
        meeting(
            START + timedelta(days=day), start, end=start + minutes,
            people=frozenset(each.journey_id for each in people),
        )
        for day, start, minutes in told
    ]  # fmt: skip
    pages = grids(held, people)
    half_days = {(each.on, half) for each in held for half in each.halves}
    assert signed(pages) == len(half_days) * count
    assert all(1 <= len(page.columns) <= MOST_COLUMNS for page in pages)


PAGES = st.builds(
    SheetPage,
    st.builds("EM-{}-{:04}".format, st.integers(2020, 2099), st.integers(1, 99_999)),
    st.integers(1, 99),
    st.integers(1, 99),
)


@given(PAGES)
def test_the_code_of_a_page_is_short_and_says_all_of_it(page: SheetPage) -> None:
    assert len(page.code) <= LONGEST
    assert page.code.startswith(f"{page.number}/V{page.edition}/P{page.page}/")
    assert mod_97_10.is_valid("".join(filter(str.isalnum, page.code)))


@given(PAGES, st.integers(0, 24), st.sampled_from("0123456789"))
def test_a_digit_misread_is_seen(page: SheetPage, at: int, digit: str) -> None:
    code = "".join(filter(str.isalnum, page.code))
    at %= len(code)
    wrong = code[:at] + digit + code[at + 1 :]
    assert wrong == code or not code[at].isdigit() or not mod_97_10.is_valid(wrong)
