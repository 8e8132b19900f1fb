"""The words of the group page."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.alerts import Alert, AlertKind
from connexion_desktop.domain.board import (
    CardFilter,
    CardOrder,
    Ending,
    GroupBoard,
    PersonCard,
    PlacementLine,
    Planned,
    Presence,
    contact_text,
    day_presence,
    near_day,
    sort_name,
)
from connexion_desktop.domain.weeks import (
    first_monday,
    phase_text,
    programme_days,
    programme_mondays,
)

TODAY = date(2026, 4, 21)


def card(family: str, **values: object) -> PersonCard:
    name = sort_name("Zoé", family)
    return PersonCard(uuid4(), uuid4(), "P-00001", f"Zoé {family}", name, "ZZ", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 4, 21), "aujourd’hui"),
        (date(2026, 4, 22), "demain"),
        (date(2026, 4, 23), "jeu. 23"),
        (date(2026, 4, 28), "mar. 28"),
        (date(2026, 4, 29), "29 avr."),
        (date(2026, 5, 1), "1er mai"),
        (date(2027, 1, 12), "12 janv. 2027"),
        (date(2026, 4, 17), "17 avr."),
    ],
)
def test_a_day_is_told_as_one_would_say_it(day: date, text: str) -> None:
    assert near_day(day, TODAY) == text


@pytest.mark.parametrize(
    ("last", "text"),
    [
        (0, "contact aujourd’hui"),
        (-1, "contact hier"),
        (-2, "contact il y a 2 j"),
        (-90, "contact le 21 janv."),
        (None, "aucun contact"),
    ],
)
def test_the_last_contact_is_never_zero_days_ago(last: int | None, text: str) -> None:
    day = None if last is None else TODAY + timedelta(days=last)
    assert contact_text(day, TODAY) == text


@pytest.mark.parametrize(
    ("planned", "text"),
    [
        (Planned("Pitch", date(2026, 4, 28), 570), "Pitch · mar. 28"),
        (Planned("Pitch", date(2026, 4, 22), 570), "Pitch · demain 9 h 30"),
        (Planned("Pitch", date(2026, 4, 17)), "Pitch · en retard, 17 avr."),
        (Planned("Relancer l’entreprise"), "Relancer l’entreprise"),
    ],
)
def test_the_hour_is_told_when_it_is_near(planned: Planned, text: str) -> None:
    assert planned.text(TODAY) == text


def test_an_immersion_without_host_says_so() -> None:
    assert PlacementLine("brouillon").text(TODAY) == "structure à trouver"


@pytest.mark.parametrize(
    ("marks", "day"), [("PP", "P"), ("PR", "R"), ("RE", "E"), ("EA", "A"), ("PA", "A"), ("", "?")]
)
def test_a_day_keeps_the_mark_that_calls_for_attention(marks: str, day: str) -> None:
    assert day_presence(frozenset(map(Presence, marks))) == day


@pytest.mark.parametrize(
    ("today", "text"),
    [
        (date(2026, 3, 1), "commence le 2 mars 2026"),
        (date(2026, 3, 2), "semaine 1 sur 12"),
        (date(2026, 3, 8), "semaine 1 sur 12"),
        (date(2026, 4, 13), "semaine 7 sur 12"),
        (date(2026, 5, 24), "semaine 12 sur 12"),
        (date(2026, 5, 25), "mois 3"),
        (date(2026, 7, 2), "mois 5"),
    ],
)
def test_where_a_group_is(today: date, text: str) -> None:
    start = date(2026, 3, 2)
    assert phase_text(start, programme_mondays(start, 12, ()), 12, None, today) == text


@pytest.mark.parametrize(
    ("today", "text"),
    [
        (date(2026, 12, 4), "commence le 7 décembre 2026"),
        (date(2026, 12, 8), "semaine 1 sur 12"),
        (date(2026, 12, 30), "semaine 3 sur 12"),
        (date(2027, 1, 4), "semaine 4 sur 12"),
        (date(2027, 3, 5), "semaine 12 sur 12"),
        (date(2027, 3, 8), "mois 4"),
    ],
)
def test_a_week_that_is_closed_whole_is_not_one_of_the_programme(today: date, text: str) -> None:
    start = date(2026, 12, 2)
    weeks = [week for week in range(13) if week != 3]
    held = [date(2026, 12, 8) + timedelta(weeks=week) for week in weeks]
    assert phase_text(start, programme_mondays(start, 12, held), 12, None, today) == text


def test_a_group_that_begins_on_a_tuesday_has_one_day_less() -> None:
    days = programme_days(date(2026, 3, 3), 12)
    assert (len(days), days[0].on, days[-1].on) == (23, date(2026, 3, 3), date(2026, 5, 19))


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 30))
def test_the_days_are_mondays_and_tuesdays_in_their_weeks(start: date, weeks: int) -> None:
    days = programme_days(start, weeks)
    assert all(day.on.weekday() < 2 and day.on >= start for day in days)
    first = first_monday(start)
    assert all(day.on - first < timedelta(weeks=day.week) for day in days)
    assert all(day.on - first >= timedelta(weeks=day.week - 1) for day in days)
    assert len(days) == len({day.on for day in days})
    assert not days or days[-1].on < first + timedelta(weeks=weeks)


def test_orders_put_first_what_matters_and_settle_ties_by_name() -> None:
    red = Alert(AlertKind.NO_CONTACT, "Sans contact")
    green = Alert(AlertKind.PLACEMENT_RUNNING, "PMSMP en cours")
    zan = card("Zan", alerts=(red,), last_contact=date(2026, 4, 1))
    ely = card("Élysée", alerts=(green,), planned=(Planned("x", date(2026, 4, 30)),))
    evan = card("Evan", last_contact=date(2026, 4, 20), planned=(Planned("sans date"),))
    people = [evan, zan, ely]

    def ranked(order: CardOrder) -> list[UUID]:
        return [each.person_id for each in sorted(people, key=order.key)]

    def ids(*cards: PersonCard) -> list[UUID]:
        return [each.person_id for each in cards]

    assert ranked(CardOrder.ALERTS) == ids(zan, ely, evan)
    assert ranked(CardOrder.NAME) == ids(ely, evan, zan)
    assert ranked(CardOrder.CONTACT) == ids(ely, zan, evan)
    assert ranked(CardOrder.NEXT) == ids(ely, evan, zan)


def test_who_was_never_met_is_told_apart_from_who_is_silent_and_filtered_with_them() -> None:
    silent = card("Silence", alerts=(Alert(AlertKind.NO_CONTACT, "Sans contact 16 j"),))
    met = card("Vue", last_contact=TODAY)
    new = [card("Nouveau"), card("Nouvelle")]
    gone = card("Partie", ending=Ending(TODAY, "emploi"))
    board = GroupBoard(TODAY, cards=(silent, met, *new, gone))
    counter = board.counters()[2]
    assert (counter.filter, counter.told) == (CardFilter.SILENT, "1 · 2 jamais")
    assert [each for each in board.cards if CardFilter.SILENT.keeps(each)] == [silent, *new]


def test_a_counter_says_nothing_of_never_once_everybody_was_met() -> None:
    board = GroupBoard(TODAY, cards=(card("Vue", last_contact=TODAY),))
    assert board.counters()[2].told == "0"
