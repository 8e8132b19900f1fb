"""A cycle drawn up from a model, and drawn again when part of it took place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.drawing_up import Circumstances, Drawing, OfferedActivity, draw
from connexion_desktop.domain.meetings import MeetingRow, MeetingState, NewMeeting
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.programme_days import draw_days
from connexion_desktop.domain.programme_template import (
    USUAL_HOURS,
    Template,
    TemplateLine,
    from_content,
    to_content,
)

START = date(2026, 3, 2)


def line_of(week: int, day: int, half: Half, kind: str, title: str) -> TemplateLine:
    return TemplateLine(week, day, kind, title, *USUAL_HOURS[half])


TEMPLATE = Template(
    "Essai",
    tuple(
        line
        for week in range(1, 13)
        for line in (
            line_of(week, 1, Half.MORNING, "atelier", f"Atelier {week}"),
            line_of(week, 1, Half.AFTERNOON, "activite", "Activité"),
            line_of(week, 2, Half.MORNING, "atelier", f"Atelier {week} bis"),
            line_of(week, 2, Half.AFTERNOON, "visite", "Visite"),
        )
    ),
)
COHORT = uuid4()
WHERE = Circumstances(
    COHORT,
    "Salle bleue",
    uuid4(),
    (OfferedActivity("cuisine", "Cuisine"), OfferedActivity("sport", "Sport")),
)
CYCLE = draw_days(START, 12, lambda _day: "")


def drawn(known: list[MeetingRow], today: date) -> Drawing:
    return draw(CYCLE, TEMPLATE, known, WHERE, today)


def row(made: NewMeeting, *, marked: int = 0) -> MeetingRow:
    return MeetingRow(
        made.id, made.on, made.start, made.end, made.kind, "", made.title,
        MeetingState.PLANNED, made.cohort_id, activity=made.activity, marked=marked,
    )  # fmt: skip


def test_each_day_has_what_its_week_holds_and_an_activity_is_held_once_for_each() -> None:
    made = drawn([], START).made
    first = [each for each in made if each.on == START]
    assert [(each.title, each.start) for each in first] == [
        ("Atelier 1", 540), ("Cuisine", 810), ("Sport", 810)
    ]  # fmt: skip
    assert first[0].place == "Salle bleue" and first[0].leader_id == WHERE.leader_id
    assert first[1].leader_id is None, "an activity is led by its partner"
    assert len(made) == 12 * 5


def test_drawn_again_what_took_place_or_is_noted_stays() -> None:
    known = [row(each) for each in drawn([], START).made]
    today = date(2026, 4, 14)  # a Tuesday: week 7
    again = drawn(known, today)
    assert again.kept == len([each for each in known if each.on < today])
    assert min(each.on for each in again.made) == today
    assert next(each for each in again.made if each.on == today).title == "Atelier 7 bis"


def test_a_day_noted_in_the_morning_keeps_its_afternoon() -> None:
    known = [row(each) for each in drawn([], START).made]
    noted = [
        replace(each, marked=11) if (each.on, each.start) == (START, 540) else each
        for each in known
    ]
    again = drawn(noted, START)
    assert again.kept == 3
    assert all(each.on > START for each in again.made)


@given(st.dates(date(2026, 2, 1), date(2026, 6, 30)), st.sets(st.integers(0, 59)))
def test_drawing_again_loses_nothing_noted_and_leaves_one_of_each(
    today: date, noted: set[int]
) -> None:
    first = drawn([], START).made
    known = [row(each, marked=place in noted) for place, each in enumerate(first)]
    again = drawn(known, today)
    kept = [each for each in known if each.id not in again.dropped]
    assert all(each in kept for each in known if each.marked or each.on < today)
    stays = [(each.on, each.start, each.title) for each in kept]
    content = sorted(stays + [(each.on, each.start, each.title) for each in again.made])
    assert content == sorted((each.on, each.start, each.title) for each in first)


def test_what_drawing_up_does_is_told() -> None:
    known = [row(each) for each in drawn([], START).made]
    assert drawn([], START).told == (
        "60 séances à établir. Le cycle : 24 jours, du 2 mars 2026 au 19 mai 2026."
    )
    told = drawn(known, date(2026, 3, 3)).told
    assert "3 séances passées ou notées restent." in told
    assert "57 séances à venir sont remplacées." in told


def test_a_model_comes_back_from_the_base_as_it_went() -> None:
    assert from_content(to_content(TEMPLATE.lines)) == TEMPLATE.lines


def test_what_is_drawn_again_on_the_same_day_and_hours_is_the_same_seance() -> None:
    first = drawn([], START)
    again = drawn([row(each) for each in first.made], START)
    assert [each.id for each in again.made] == [each.id for each in first.made]
    assert again.gone == ()
    assert "remplacées" in again.told
    other = replace(TEMPLATE, lines=TEMPLATE.lines[1:])
    less = draw(CYCLE, other, [row(each) for each in first.made], WHERE, START)
    assert less.gone == (first.made[0].id,)


def test_activities_held_at_once_keep_each_their_own_seance() -> None:
    known = [row(each) for each in drawn([], START).made]
    again = drawn(known[::-1], START)
    before = {each.id: each.activity for each in known}
    assert all(before[each.id] == each.activity for each in again.made)
