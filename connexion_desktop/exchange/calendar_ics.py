"""Séances as a calendar (iCalendar, RFC 5545) that a telephone, Outlook or Thunderbird takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import STATUS, Calendar, Event, vText

from connexion_desktop.domain.agenda import Agenda
from connexion_desktop.domain.meetings import MeetingRow, MeetingState
from connexion_desktop.domain.sheet import seen

_PARIS = ZoneInfo("Europe/Paris")
_PRODUCT = "-//Connexion Desktop//Programme//FR"


def as_ics(agenda: Agenda, today: date) -> bytes:
    """The séances, at the hours of Paris. Each keeps its identity and tells its version: imported
    again, what changed takes the place of what was there; what is cancelled, or was taken away and
    is still to come, is struck out."""
    calendar = Calendar.new(prodid=_PRODUCT, name=seen(agenda.name), language="fr")
    stamp = datetime.combine(today, time(), UTC)
    gone = (replace(each, state=MeetingState.CANCELLED) for each in agenda.gone if each.on >= today)
    written = (*agenda.meetings, *gone)
    for meeting in written:
        calendar.add_component(_event(meeting, stamp))
    if written:
        days = [each.on for each in written]
        month = timedelta(days=31)
        calendar.add_missing_timezones(min(days) - month, max(days) + month)
    content: bytes = calendar.to_ical()
    return content


def _event(meeting: MeetingRow, stamp: datetime) -> Event:
    return Event.new(
        uid=f"{meeting.id}@connexion-desktop",
        summary=seen(meeting.title),
        start=_at(meeting, meeting.start),
        end=_at(meeting, meeting.end),
        location=seen(meeting.place) or None,
        categories=[vText(seen(meeting.kind_told))],
        description=seen(_about(meeting)) or None,
        sequence=meeting.version,
        stamp=stamp,
        status=STATUS.CANCELLED if meeting.state is MeetingState.CANCELLED else STATUS.CONFIRMED,
    )


def _at(meeting: MeetingRow, minutes: int) -> datetime:
    return datetime.combine(meeting.on, time(), _PARIS) + timedelta(minutes=minutes)


def _about(meeting: MeetingRow) -> str:
    """A line each: « Groupe Bordeaux · mars 2026 », « Animation : Nadia Ferrand », « Partenaire :
    Vision mêlée »."""
    parts = (
        f"Groupe {meeting.cohort}" if meeting.cohort else "",
        f"Animation : {meeting.leader}" if meeting.leader else "",
        f"Partenaire : {meeting.partner}" if meeting.partner else "",
    )
    return "\n".join(filter(None, parts))
