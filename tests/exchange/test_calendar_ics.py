"""Séances as a calendar: at the right hours all year, the same events, whatever is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from connexion_desktop.domain.agenda import Agenda
from connexion_desktop.domain.meetings import MeetingRow, MeetingState
from connexion_desktop.exchange.calendar_ics import as_ics

TODAY = date(2026, 3, 2)
CV = MeetingRow(
    id=UUID(int=7),
    on=date(2026, 3, 9),
    start=540,
    end=720,
    kind="atelier",
    kind_told="Atelier",
    title="Mon CV",
    cohort="Bordeaux · mars 2026",
    place="Salle du fleuve",
    leader="Nadia Ferrand",
    detail="Une phrase sur quelqu’un",
    version=3,
)


def events(*meetings: MeetingRow) -> list[Event]:
    calendar = Calendar.from_ical(as_ics(Agenda("Bordeaux · mars 2026", meetings), TODAY))
    return [each for each in calendar.walk("VEVENT") if isinstance(each, Event)]


def told(event: Event, name: str) -> str:
    return str(event.get(name))


def instant(event: Event, name: str) -> datetime:
    found = event.decoded(name)
    assert isinstance(found, datetime)
    return found


def test_an_event_says_when_where_and_who_leads_and_no_remark() -> None:
    (event,) = events(CV)
    assert (told(event, "SUMMARY"), told(event, "LOCATION")) == ("Mon CV", "Salle du fleuve")
    assert "Nadia Ferrand" in told(event, "DESCRIPTION")
    assert "Une phrase" not in event.to_ical().decode("utf-8")


def test_the_same_seance_is_the_same_event_and_tells_its_version() -> None:
    (before,), (after,) = events(CV), events(replace(CV, start=600, version=4))
    assert told(before, "UID") == told(after, "UID")
    assert (told(before, "SEQUENCE"), told(after, "SEQUENCE")) == ("3", "4")


def test_a_seance_cancelled_is_struck_out() -> None:
    (event,) = events(replace(CV, state=MeetingState.CANCELLED))
    assert told(event, "STATUS") == "CANCELLED"


def test_a_seance_taken_away_is_struck_out_while_somebody_may_go_to_it() -> None:
    gone = (replace(CV, version=4), replace(CV, id=UUID(int=8), on=date(2026, 3, 1)))
    calendar = Calendar.from_ical(as_ics(Agenda("Bordeaux · mars 2026", (), gone), TODAY))
    (event,) = (each for each in calendar.walk("VEVENT") if isinstance(each, Event))
    assert told(event, "UID") == f"{CV.id}@connexion-desktop"
    assert (told(event, "STATUS"), told(event, "SEQUENCE")) == ("CANCELLED", "4")
    assert instant(event, "DTSTART").hour == 9


def test_nine_o_clock_is_nine_o_clock_on_both_sides_of_a_change_of_clock_and_of_the_year() -> None:
    days = (date(2026, 3, 23), date(2026, 3, 30), date(2026, 12, 28), date(2027, 1, 4))
    found = events(*(replace(CV, id=UUID(int=rank), on=on) for rank, on in enumerate(days)))
    starts = [instant(event, "DTSTART") for event in found]
    assert [(start.date(), start.hour) for start in starts] == [(on, 9) for on in days]
    assert [start.astimezone(UTC).hour for start in starts] == [8, 7, 8, 8]


def test_a_seance_may_last_until_midnight() -> None:
    (event,) = events(replace(CV, start=1200, end=1440))
    assert instant(event, "DTEND") == datetime(2026, 3, 10, tzinfo=ZoneInfo("Europe/Paris"))


@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_is_typed_makes_one_event_and_nothing_else(title: str, place: str) -> None:
    (event,) = events(replace(CV, title=title, place=place))
    assert [each.name for each in event.walk()] == ["VEVENT"]
    assert told(event, "UID") == f"{CV.id}@connexion-desktop"


def test_a_title_cannot_add_an_event_of_its_own() -> None:
    hostile = "Mon CV\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:autre\r\nATTACH:file:///etc/passwd"
    (event,) = events(replace(CV, title=hostile, place=hostile))
    assert told(event, "ATTACH") == "None"
