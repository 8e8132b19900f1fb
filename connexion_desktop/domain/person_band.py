"""The band: the whole journey on one line of months, its phases, and its events in lanes."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from connexion_desktop.domain.band import Band, BandEvent, BandMark, EventStyle, Phase, PhaseKind
from connexion_desktop.domain.calendar_fr import add_months
from connexion_desktop.domain.feed import FeedKind, Lane
from connexion_desktop.domain.feed_rows import FeedRow, Words, precision_of, short_period
from connexion_desktop.domain.french_dates import (
    SHORT_MONTHS,
    day_number,
    short_day,
    short_imprecise,
)
from connexion_desktop.domain.hours import hours_text
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.person_attendance import half_marks
from connexion_desktop.domain.person_feed import item_of
from connexion_desktop.domain.placement import PlacementAlert, PlacementState, effective_state

FOLLOW_UP_MONTHS = 6
LONGEST_MONTHS = 12
_MONTHS_BEFORE_ENTRY = 3
_MONTHS_WITHOUT_JOURNEY = 6
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class JourneyDates:
    """What the band needs of a journey: the collective phase ends on `group_ends_on`."""

    entered_on: date
    group_ends_on: date
    left_on: date | None = None
    extended_to: date | None = None
    weeks: int = 12


def band_of(
    rows: Sequence[FeedRow],
    journey: JourneyDates | None,
    met_on: date | None,
    words: Words,
    today: date,
    *,
    coming_days: Iterable[date] = (),
) -> Band:
    """The band of a person. `coming_days` are the group's days still to come."""
    events = [event for row in rows if (event := _event(row, words, today)) is not None]
    if journey is not None and journey.left_on is None:
        events += [_coming_day(day, today) for day in coming_days]
    met = met_on or min((row.on for row in rows), default=None)
    first, last = _span(journey, met, today)
    return Band(
        first=first,
        last=last,
        today=today,
        phases=_phases(journey, met, first),
        marks=_marks(journey),
        events=tuple(
            sorted(
                (event for event in events if (event.until or event.on) >= first),
                key=lambda event: (event.on, event.lane),
            )
        ),
    )


def _span(journey: JourneyDates | None, met: date | None, today: date) -> tuple[date, date]:
    """Whole months: from the first contact, three months before entry at most, to month twelve."""
    if journey is None:
        start = max(met or today, add_months(today, -_MONTHS_WITHOUT_JOURNEY))
        return start.replace(day=1), _last_of_month(add_months(today, _MONTHS_WITHOUT_JOURNEY))
    oldest = add_months(journey.entered_on, -_MONTHS_BEFORE_ENTRY)
    start = min(max(met or journey.entered_on, oldest), journey.entered_on)
    end = max(add_months(journey.entered_on, LONGEST_MONTHS), journey.extended_to or date.min)
    return start.replace(day=1), _last_of_month(end)


def _last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _phases(journey: JourneyDates | None, met: date | None, first: date) -> tuple[Phase, ...]:
    if journey is None:
        return ()
    entered = journey.entered_on
    six, twelve = add_months(entered, FOLLOW_UP_MONTHS), add_months(entered, LONGEST_MONTHS)
    end = max(twelve, journey.extended_to or date.min)
    group_end = min(journey.group_ends_on, six - _ONE_DAY)
    weeks = f"{journey.weeks} semaines"
    longer = ("prolongé",) if end > twelve else ("jusqu’à 12 mois", "12 mois")
    follow_up = ("accompagnement individuel", "accompagnement", "individuel", "indiv.")
    in_group = (f"{weeks} en groupe", weeks, f"{journey.weeks} sem.", f"{journey.weeks} s.")
    parts: tuple[tuple[PhaseKind, tuple[str, ...], date], ...] = (
        (PhaseKind.FINDING, ("repérage", "repér.", "rep."), max(met or entered, first)),
        (PhaseKind.GROUP, in_group, entered),
        (PhaseKind.FOLLOW_UP, follow_up, group_end + _ONE_DAY),
        (PhaseKind.EXTENDED, longer, six),
    )
    ends = [start - _ONE_DAY for _, _, start in parts[1:]] + [end]
    left = journey.left_on or date.max
    return tuple(
        Phase(kind, labels, start, min(last, left))
        for (kind, labels, start), last in zip(parts, ends, strict=True)
        if start <= min(last, left)
    )


def _marks(journey: JourneyDates | None) -> tuple[BandMark, ...]:
    if journey is None:
        return ()
    marks = [
        BandMark(add_months(journey.entered_on, FOLLOW_UP_MONTHS), "6 mois"),
        BandMark(add_months(journey.entered_on, LONGEST_MONTHS), "12 mois"),
    ]
    if journey.left_on is not None:
        marks.insert(0, BandMark(journey.left_on, "sortie"))
    return tuple(marks)


def _coming_day(day: date, today: date) -> BandEvent:
    return BandEvent(
        Lane.GROUP, day, EventStyle.PLANNED, f"{short_day(day, today)} · jour de groupe à venir"
    )


def _event(row: FeedRow, words: Words, today: date) -> BandEvent | None:
    drawer = _DRAWERS.get(row.key.kind)
    return None if drawer is None else drawer(row, words, today)


def _said(row: FeedRow, words: Words, today: date, on: date) -> str:
    item = item_of(row, words, today)
    day = short_imprecise(ImpreciseDate(on, item.precision), today)
    return " · ".join(part for part in (day, item.title, item.state) if part)


def _attendance(row: FeedRow, words: Words, today: date) -> BandEvent:
    marks = {mark.mark for mark in half_marks(row.marks)}
    style = EventStyle.DONE
    for mark, worse in (("E", EventStyle.EXCUSED), ("A", EventStyle.MISSED)):
        style = worse if mark in marks else style
    label, foretold = _said(row, words, today, row.on), row.on > today
    return BandEvent(Lane.GROUP, row.on, style, label, row.key, foretold=foretold)


def _interview(row: FeedRow, words: Words, today: date) -> BandEvent:
    planned = row.state == "planned"
    style = EventStyle.PLANNED if planned else EventStyle.DONE
    return BandEvent(Lane.TALK, row.on, style, _said(row, words, today, row.on), row.key)


def _intake(row: FeedRow, words: Words, today: date) -> BandEvent:
    """A meeting of which only the month is known stands at its middle, hollow."""
    label = _said(row, words, today, row.on)
    known = ImpreciseDate(row.on, precision_of(row))
    if known.precision is Precision.DAY:
        return BandEvent(Lane.TALK, row.on, EventStyle.DONE, label, row.key)
    middle = row.on + (known.latest - row.on) // 2
    return BandEvent(Lane.TALK, min(middle, max(today, row.on)), EventStyle.ABOUT, label, row.key)


def _action(row: FeedRow, words: Words, today: date) -> BandEvent | None:
    if row.state == "dropped" or (row.open and row.until is None):
        return None
    if not row.open:
        label = _said(row, words, today, row.on)
        return BandEvent(Lane.ACTION, row.on, EventStyle.DONE, label, row.key)
    due = row.until or row.on
    style = EventStyle.LATE if due < today else EventStyle.PLANNED
    return BandEvent(Lane.ACTION, due, style, _said(row, words, today, due), row.key)


def _milestone(row: FeedRow, words: Words, today: date) -> BandEvent:
    label = _said(row, words, today, row.on)
    return BandEvent(Lane.ACTION, row.on, EventStyle.DONE, label, row.key)


def _placement(row: FeedRow, words: Words, today: date) -> BandEvent | None:
    if row.first is None or row.until is None or row.state in ("refused", "cancelled"):
        return None
    now = effective_state(PlacementState(row.state), row.first, row.until, today)
    begun = now.state in (PlacementState.RUNNING, PlacementState.ENDED, PlacementState.ASSESSED)
    trade = row.code or "immersion"
    presence = hours_text(row.number) if row.number else ""
    style = EventStyle.DONE if begun else EventStyle.PLANNED
    if now.alert is PlacementAlert.STARTED_UNSIGNED:
        style = EventStyle.LATE
    return BandEvent(
        Lane.PLACEMENT,
        row.first,
        style,
        f"{short_period(row.first, row.until, today)} · {trade} · {now.label}",
        row.key,
        row.until,
        ", ".join(filter(None, (f"{trade[:1].lower()}{trade[1:]}", presence))),
    )


def _loan(row: FeedRow, words: Words, today: date) -> BandEvent:
    is_out = row.first is None
    end = row.first or max(row.until or today, row.on)
    late = is_out and row.until is not None and row.until < today
    verb = "rendu" if not is_out else "retour"
    caption = f"{row.title}, {verb} {day_number(end)} {SHORT_MONTHS[end.month - 1]}"
    if is_out and row.until is None:
        caption = row.title
    return BandEvent(
        Lane.EQUIPMENT,
        row.on,
        EventStyle.LATE if late else EventStyle.DONE,
        f"{short_day(row.on, today)} · {caption}",
        row.key,
        max(end, today) if late else end,
        caption,
    )


def _document(row: FeedRow, words: Words, today: date) -> BandEvent:
    style = EventStyle.PLANNED if row.state == "asked" else EventStyle.DONE
    return BandEvent(Lane.PAPER, row.on, style, _said(row, words, today, row.on), row.key)


_DRAWERS: dict[FeedKind, Callable[[FeedRow, Words, date], BandEvent | None]] = {
    FeedKind.ATTENDANCE: _attendance,
    FeedKind.INTERVIEW: _interview,
    FeedKind.INTAKE: _intake,
    FeedKind.ACTION: _action,
    FeedKind.MILESTONE: _milestone,
    FeedKind.PLACEMENT: _placement,
    FeedKind.LOAN: _loan,
    FeedKind.DOCUMENT: _document,
}
