"""A year of groups: who leads them, line by line, and how many begin where."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.groups import GroupRow
from connexion_desktop.domain.year_view import NOBODY, YearPlan, year_of

START = date(2026, 3, 2)


def group(name: str, starts_on: date, conseiller: str = "", site: str = "Bordeaux") -> GroupRow:
    last = starts_on + timedelta(weeks=12, days=-1)
    return GroupRow(uuid4(), name, site, conseiller, starts_on, "", 12, 12, 12, True, last)


def test_each_conseiller_has_a_line_and_two_where_groups_overlap() -> None:
    view = year_of(
        (
            group("A", date(2026, 3, 2), "Nadia"),
            group("B", date(2026, 4, 6), "Nadia"),
            group("C", date(2026, 9, 7), "Nadia"),
            group("D", date(2026, 3, 2), "Karim", "Pessac"),
            group("E", date(2026, 3, 2)),
        ),
        2026,
    )
    lines = [(line.name, "".join(each.name for each in line.groups)) for line in view.lines]
    assert lines == [("Karim", "D"), ("Nadia", "AC"), ("", "B"), (NOBODY, "E")]
    assert view.told == "2026 · 5 groupes : 4 à Bordeaux, 1 à Pessac"


def test_what_begins_is_told_against_what_is_set() -> None:
    plan = YearPlan(4, {"Bordeaux": 2, "Talence": 1, "Pessac": 1})
    planned = (
        group("A", date(2026, 3, 2)),
        group("B", date(2026, 9, 7)),
        group("C", date(2026, 3, 2), site="Talence"),
    )
    assert year_of(planned, 2026, plan).told == (
        "2026 · 3 groupes sur 4 : 2 à Bordeaux, 1 à Talence · il manque Pessac"
    )
    more = (*planned, group("D", date(2026, 9, 7), site="Talence"), group("E", START, site=""))
    assert year_of(more, 2026, plan).told == (
        "2026 · 5 groupes sur 4 : 2 à Bordeaux, 2 à Talence, 1 sans site"
        " · il manque Pessac · en plus Talence"
    )
    assert year_of((), 2027, plan).told == (
        "2027 · aucun groupe prévu sur 4 · il manque Bordeaux (2), Pessac, Talence"
    )


def test_a_group_over_new_year_is_in_both_years_and_counted_in_the_first() -> None:
    only = (group("A", date(2025, 12, 1), "Nadia"),)
    assert year_of(only, 2025).told == "2025 · 1 groupe : 1 à Bordeaux"
    assert year_of(only, 2026).told == "2026 · aucun groupe ne commence · 1 commencé avant"
    assert year_of(only, 2026).groups == only
    assert year_of(only, 2027).groups == ()


starts = st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=12)


@given(starts)
def test_no_two_groups_of_a_line_overlap_and_none_is_lost(days: list[date]) -> None:
    groups = tuple(group(str(place), day, "Nadia") for place, day in enumerate(days))
    view = year_of(groups, 2026)
    assert {each.id for each in view.groups} == {each.id for each in groups}
    for line in view.lines:
        for before, after in zip(line.groups, line.groups[1:], strict=False):
            assert before.weeks_end < after.starts_on
