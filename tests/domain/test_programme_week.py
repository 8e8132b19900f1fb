"""A week as it is drawn: its days, what is parallel, what is closed and made up."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.board import GroupBrief
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.meeting_choices import Named, Names, found_among, spared
from connexion_desktop.domain.meeting_hours import hours_problem, read_hours
from connexion_desktop.domain.meetings import MeetingRow, halves_of
from connexion_desktop.domain.moving_meetings import When, at, by_days, moved_told, to_half
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.programme import Programme
from connexion_desktop.domain.programme_days import draw_days, skipped_told
from connexion_desktop.domain.programme_week import (
    closed_on,
    hours_drawn,
    side_by_side,
    week_beside,
    week_of,
    week_shown,
)

MONDAY = date(2026, 3, 2)
EASTER = date(2026, 4, 6)
COHORT = uuid4()


def meeting(on: date = MONDAY, start: int = 540, end: int = 720, title: str = "CV") -> MeetingRow:
    return MeetingRow(uuid4(), on, start, end, "atelier", "Atelier", title, cohort_id=COHORT)


def easter(day: date) -> str:
    return "Lundi de Pâques" if day == EASTER else ""


def of(*meetings: MeetingRow, today: date = MONDAY) -> Programme:
    group = GroupBrief(COHORT, "Bordeaux · mars 2026", MONDAY, "")
    cycle = draw_days(MONDAY, 12, easter)
    return Programme(today, group, weeks=12, cycle=cycle, meetings=meetings)


def test_parallel_seances_share_the_width_of_their_day() -> None:
    one, two, after = meeting(title="A"), meeting(title="B", end=600), meeting(start=720, end=800)
    slots = side_by_side((after, two, one))
    assert [(slot.meeting.title, slot.lane, slot.lanes) for slot in slots] == [
        ("B", 0, 2),
        ("A", 1, 2),
        ("CV", 0, 1),
    ]


times = st.tuples(st.integers(0, 1439), st.integers(1, 600)).map(
    lambda each: meeting(start=each[0], end=min(each[0] + each[1], 1440))
)


@given(st.lists(times, max_size=12))
def test_no_two_seances_are_drawn_over_one_another(rows: list[MeetingRow]) -> None:
    slots = side_by_side(rows)
    assert {slot.meeting.id for slot in slots} == {row.id for row in rows}
    for slot in slots:
        assert slot.lane < slot.lanes
        for other in slots:
            at_once = (
                slot.meeting.start < other.meeting.end and other.meeting.start < slot.meeting.end
            )
            if at_once and slot is not other:
                assert slot.lanes == other.lanes and slot.lane != other.lane


def test_a_week_has_the_days_of_the_programme_and_those_that_hold_something() -> None:
    week = week_of(of(meeting(), meeting(date(2026, 3, 5))), MONDAY)
    assert [day.name for day in week.days] == ["Lundi 2 mars", "Mardi 3 mars", "Jeudi 5 mars"]
    assert week.told == "Semaine 1 sur 12 · du 2 au 6 mars 2026"


def test_a_week_without_seance_between_two_that_have_some_is_not_counted() -> None:
    weeks = [*range(5), *range(6, 13)]
    held = of(*(meeting(MONDAY + timedelta(weeks=week)) for week in weeks))
    told = [week_of(held, MONDAY + timedelta(weeks=week)).told for week in (4, 5, 6, 12)]
    assert told == [
        "Semaine 5 sur 12 · du 30 mars au 3 avril 2026",
        "du 6 au 10 avril 2026",
        "Semaine 6 sur 12 · du 13 au 17 avril 2026",
        "Semaine 12 sur 12 · du 25 au 29 mai 2026",
    ]


def test_a_programme_that_is_not_all_drawn_up_has_the_weeks_of_its_group() -> None:
    late = of(meeting(MONDAY + timedelta(weeks=7)))
    assert week_of(late, MONDAY + timedelta(weeks=7)).number == 8
    assert week_of(late, MONDAY + timedelta(weeks=7)).of == 12


def test_a_closed_day_says_what_makes_up_for_it() -> None:
    week = week_of(of(meeting(), meeting(date(2026, 5, 26))), EASTER)
    closed, _, instead = week.days
    assert (closed.closed, closed.told) == (
        "Lundi de Pâques",
        "Lundi de Pâques : rattrapé le mercredi 8 avril",
    )
    assert instead.told == "À la place du lundi 6 avril 2026 (Lundi de Pâques)"
    assert not instead.closed
    cycle = of().cycle
    assert cycle is not None
    assert skipped_told(cycle) == (
        "Lundi 6 avril 2026 (Lundi de Pâques) : rattrapé le mercredi 8 avril 2026",
    )


def test_the_week_shown_is_todays_or_the_nearest_of_the_cycle() -> None:
    assert week_shown(of(today=date(2026, 3, 19)), None) == date(2026, 3, 16)
    assert week_shown(of(today=date(2025, 1, 1)), None) == MONDAY
    assert week_shown(of(today=date(2027, 1, 1)), None) == date(2026, 5, 18)
    assert week_shown(of(), date(2026, 3, 12)) == date(2026, 3, 9)


def test_the_weeks_turn_as_far_as_the_programme_goes() -> None:
    late = of(meeting(date(2026, 3, 10)), meeting(date(2026, 6, 3)))
    assert week_beside(late, MONDAY, 1) == date(2026, 3, 9)
    assert week_beside(late, MONDAY, -1) == MONDAY, "the first that is to be drawn up"
    assert week_beside(late, date(2026, 5, 25), 1) == date(2026, 6, 1)
    assert week_beside(late, date(2026, 6, 1), 1) == date(2026, 6, 1)
    assert week_beside(late, date(2026, 12, 7), 1) == date(2026, 12, 7)
    assert week_beside(late, date(2026, 12, 7), -1) == date(2026, 6, 1)
    assert week_beside(late, date(2025, 12, 1), 1) == MONDAY
    assert week_beside(Programme(MONDAY), MONDAY, 1) == MONDAY


def test_the_hours_drawn_hold_all_that_is_held() -> None:
    assert hours_drawn(()) == (540, 1020)
    assert hours_drawn([meeting(start=510, end=600), meeting(start=1000, end=1130)]) == (480, 1140)


def test_a_seance_goes_to_the_other_half_day_at_the_usual_hours() -> None:
    assert to_half(meeting(), Half.AFTERNOON) == When(MONDAY, 810, 990)
    assert to_half(meeting(start=810, end=990), Half.MORNING) == When(MONDAY, 540, 720)
    with pytest.raises(UserError, match="déjà le matin"):
        to_half(meeting(), Half.MORNING)
    with pytest.raises(UserError, match="toute la journée"):
        to_half(meeting(end=990), Half.MORNING)


@pytest.mark.parametrize(
    ("hours", "half", "wanted"),
    [
        ((17 * 60, 18 * 60 + 30), Half.MORNING, (11 * 60, 12 * 60 + 30)),
        ((16 * 60 + 30, 18 * 60 + 30), Half.MORNING, (10 * 60 + 30, 12 * 60 + 30)),
        ((7 * 60, 8 * 60), Half.AFTERNOON, (12 * 60 + 30, 13 * 60 + 30)),
    ],
)
def test_a_late_or_an_early_seance_goes_to_the_half_day_asked_for(
    hours: tuple[int, int], half: Half, wanted: tuple[int, int]
) -> None:
    assert to_half(meeting(start=hours[0], end=hours[1]), half) == When(MONDAY, *wanted)


@given(times, st.sampled_from(Half))
def test_a_seance_sent_to_a_half_day_is_there_as_long_or_is_refused(
    row: MeetingRow, half: Half
) -> None:
    try:
        moved = to_half(row, half)
    except UserError:
        return
    assert halves_of(moved.start, moved.end) == (half,)
    assert moved.end - moved.start == row.end - row.start


def test_a_seance_longer_than_the_afternoon_is_told_so() -> None:
    with pytest.raises(UserError, match="plus longue que l’après-midi"):
        to_half(meeting(start=0, end=700), Half.AFTERNOON)


def test_a_seance_moved_by_a_day_steps_over_the_weekend() -> None:
    friday = meeting(date(2026, 3, 6))
    assert by_days(friday, 1).on == date(2026, 3, 9)
    assert by_days(meeting(), -1).on == date(2026, 2, 27)


def test_a_seance_dropped_stays_within_its_day() -> None:
    assert at(meeting(), MONDAY, -30) == When(MONDAY, 0, 180)
    assert at(meeting(), MONDAY, 1430) == When(MONDAY, 1260, 1440)


@pytest.mark.parametrize(
    ("typed", "told"),
    [("", "manque"), ("9h-12h / 14h-16h", "un début et une fin"), ("22h-6h", "finit le jour")],
)
def test_hours_that_are_no_seances_are_told(typed: str, told: str) -> None:
    assert told in (hours_problem(typed) or "")


def test_the_hours_of_a_seance_are_read_as_typed() -> None:
    assert read_hours("9h-12h30") == (540, 750) and hours_problem("13:30-16:30") is None


def test_a_partner_is_found_by_three_letters_of_its_name_or_of_its_town() -> None:
    book = (Named(uuid4(), "Décalez !", "Bègles"), Named(uuid4(), "On catalyse", "Bordeaux"))
    assert found_among(book, "dec") == book[:1]
    assert found_among(book, "bor") == book[1:]
    assert found_among(book, "d") == ()


def test_each_is_said_by_a_text_that_means_it_alone() -> None:
    bordeaux, pessac, other, nowhere, again = (
        Named(uuid4(), "Mission locale", "Bordeaux"),
        Named(uuid4(), "mission  locale", "Pessac"),
        Named(uuid4(), "On catalyse", "Pessac"),
        Named(uuid4(), "Relais"),
        Named(uuid4(), "Relais"),
    )
    names = Names((bordeaux, pessac, other, nowhere, again))
    texts = [names.text_of(each.id) for each in (bordeaux, pessac, other, nowhere, again)]
    assert texts == [
        "Mission locale (Bordeaux)",
        "mission  locale (Pessac)",
        "On catalyse",
        "Relais (1)",
        "Relais (2)",
    ]
    assert [names.meant(text)[0] for text in texts[2:]] == [other.id, nowhere.id, again.id]
    assert names.meant("MISSION LOCALE (PESSAC)") == names.meant(texts[1]) == (pessac.id,)
    assert names.meant("Mission locale") == (bordeaux.id, pessac.id)
    assert names.meant("On Catalyse ") == (other.id,)
    assert names.meant("") == names.meant("Ailleurs") == ()


def test_a_detail_is_given_only_to_who_has_a_namesake() -> None:
    team = (
        Named(uuid4(), "Inès Duval", "ines.duval@example.org"),
        Named(uuid4(), "Ines Duval", "ines.d@example.org"),
        Named(uuid4(), "Nadia Ferrand", "nadia@example.org"),
    )
    assert [each.detail for each in spared(team)] == [
        "ines.duval@example.org",
        "ines.d@example.org",
        "",
    ]


def test_a_seance_moved_to_a_closed_day_is_told_so() -> None:
    told = moved_told(meeting(EASTER), closed_on(of(), EASTER))
    assert told == "CV : lundi 6 avril 2026, 9 h – 12 h (jour fermé : Lundi de Pâques)"
    assert "fermé" not in moved_told(meeting(), closed_on(of(), MONDAY))
