"""The cards of a group's people, put together from what was read for all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data.together import together
from connexion_desktop.domain.alerts import (
    PAPER_HELD,
    Alert,
    LoanDue,
    PlacementDates,
    Situation,
    alerts_of,
    expiries_of,
    followed_since,
)
from connexion_desktop.domain.board import (
    RESERVED,
    Ending,
    LentItem,
    PersonCard,
    PlacementLine,
    Planned,
    Presence,
    ProgrammeDay,
    Step,
    day_presence,
    sort_name,
)
from connexion_desktop.domain.french_dates import may_be_minor
from connexion_desktop.domain.names import full_name, initials
from connexion_desktop.domain.placement import PlacementState, effective_state
from connexion_desktop.usecases import group_reads as reads
from connexion_desktop.usecases.person_rows import birth_of

_MARKS = {
    mark.value: mark
    for mark in (Presence.PRESENT, Presence.LATE, Presence.EXCUSED, Presence.ABSENT)
}
_STEPS = (("cv", "CV"), ("pitch", "Pitch"))
_HEAVY = 4
_UNSHOWN_OBSTACLES = frozenset({"sante", "justice", "administratif"})
_WITHDRAWN = frozenset({PlacementState.REFUSED, PlacementState.CANCELLED})
_PLANNED_KEPT = 5

Row = sa.Row[Any]
Key = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the cards of a group have in common; `is_over`: nobody follows the group any more;
    `reserved`: what is confidential is not for who asks, and was read as nothing."""

    today: date
    days: tuple[ProgrammeDay, ...]
    no_contact_days: int
    is_over: bool
    reserved: bool = False


def cards(facts: Facts, frame: Frame) -> tuple[PersonCard, ...]:
    """A card for each journey of the group."""
    return tuple(_card(row, facts, frame) for row in facts.people)


def alerts(facts: Facts, frame: Frame) -> Iterator[tuple[Row, tuple[Alert, ...]]]:
    """The alerts of each, as their card tells them."""
    for row in facts.people:
        yield row, alerts_of(_situation(row, facts, frame), frame.today, frame.no_contact_days)


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read of one group, or more: by person, by journey, or by either and what it is."""

    people: reads.Rows
    words: dict[tuple[str, str], str]
    marks: dict[tuple[UUID, date], set[Presence]]
    journey: dict[Key, list[Row]]
    agenda: dict[Key, list[Row]]
    placements: dict[UUID, list[Row]]
    loans: dict[UUID, list[Row]]
    papers: dict[UUID, list[Row]]
    doubtful: dict[UUID, int]


def gather(session: Session, cohorts: UUID | reads.Few, today: date) -> Facts:
    """Read it, of a group or of several."""
    journeys, persons = reads.journeys_of(cohorts), reads.people_of(cohorts)
    with together(session) as ask:
        people = ask(reads.people, session, cohorts)
        words = ask(reads.words, session, ("activity", "obstacle", "exit"))
        attendance = ask(reads.attendance, session, journeys)
        journey = ask(reads.journey_facts, session, journeys)
        agenda = ask(reads.agenda, session, persons, journeys, today)
        placements = ask(reads.placements, session, persons)
        loans = ask(reads.loans, session, persons)
        papers = ask(reads.papers, session, persons)
        doubtful = ask(reads.doubtful_values, session, persons, journeys)
    person_of = {row.id: row.person_id for row in people.value}
    marks = defaultdict(set)
    for row in attendance.value:
        if row.mark in _MARKS:
            marks[row.journey_id, row.on].add(_MARKS[row.mark])
    return Facts(
        people=people.value,
        words=words.value,
        marks=marks,
        journey=_grouped(journey.value, lambda row: (row.subject, row.what)),
        agenda=_grouped(
            agenda.value, lambda row: (person_of.get(row.subject, row.subject), row.what)
        ),
        placements=_by_person(placements.value),
        loans=_by_person(loans.value),
        papers=_by_person(papers.value),
        doubtful=doubtful.value,
    )


def _grouped(rows: Iterable[Row], key: Callable[[Row], Any]) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _by_person(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    return _grouped(rows, lambda row: row.person_id)


def _card(row: Row, facts: Facts, frame: Frame) -> PersonCard:
    today = frame.today
    given, family = row.given_name, row.family_name or ""
    situation = _situation(row, facts, frame)
    families = facts.journey[row.id, "family"]
    trades = sorted(facts.journey[row.id, "trade"], key=lambda trade: trade.number)
    placements = _placements(row, facts)
    loans = facts.loans[row.person_id]
    missing, _ = _papers(facts.papers[row.person_id])
    ending = _ending(row, facts, frame)
    return PersonCard(
        person_id=row.person_id,
        journey_id=row.id,
        number=row.number,
        name=full_name(given, family),
        sort_name=sort_name(given, family),
        initials=initials(given, family),
        activity=facts.words.get(("activity", row.activity), row.activity or ""),
        families_discovered=sum(each.on is not None for each in families),
        families_chosen=len(families),
        presence=_presence(row, facts, frame),
        project=trades[0].text if trades else "",
        other_projects=tuple(trade.text for trade in trades[1:]),
        obstacles=() if ending else _obstacles(facts.journey[row.id, "obstacle"], facts),
        steps=_steps(facts.journey[row.id, "step"], placements, frame),
        lent=tuple(LentItem(each.number, each.due_on, each.kind == "computer") for each in loans),
        placement=_placement_line(placements, today),
        papers_missing=0 if ending else missing,
        planned=() if ending else _planned(row.person_id, placements, facts, today),
        visit=_next_visit(facts.agenda[row.person_id, "visit"]),
        last_contact=situation.last_contact,
        ending=ending,
        alerts=alerts_of(situation, today, frame.no_contact_days),
        reserved=frame.reserved,
    )


def _situation(row: Row, facts: Facts, frame: Frame) -> Situation:
    """What the alerts of somebody are made of."""
    _, expiries = _papers(facts.papers[row.person_id])
    last_contact = max((each.on for each in facts.agenda[row.person_id, "contact"]), default=None)
    is_over = frame.is_over or _ending(row, facts, frame) is not None
    return Situation(
        placements=tuple(_dates(each) for each in _placements(row, facts)),
        loans=tuple(LoanDue(each.number, each.due_on) for each in facts.loans[row.person_id]),
        expiries=() if is_over else expiries,
        doubtful_values=facts.doubtful.get(row.person_id, 0) + facts.doubtful.get(row.id, 0),
        last_contact=last_contact,
        followed_since=None
        if is_over or frame.reserved
        else followed_since(row.entered_on, row.created_at.date(), last_contact),
        unrepresented_minor=not is_over
        and not row.represented
        and may_be_minor(birth_of(row), frame.today),
    )


def _placements(row: Row, facts: Facts) -> list[Row]:
    """The immersions of a journey; those of no journey are of each."""
    return [each for each in facts.placements[row.person_id] if each.journey_id in (None, row.id)]


def _presence(row: Row, facts: Facts, frame: Frame) -> tuple[Presence, ...]:
    return tuple(_presence_on(day, row, facts, frame.today) for day in frame.days)


def _presence_on(day: ProgrammeDay, row: Row, facts: Facts, today: date) -> Presence:
    marks = facts.marks.get((row.id, day.on))
    if marks:
        return day_presence(frozenset(marks))
    if day.closed:
        return Presence.CLOSED
    if day.on < row.entered_on or (row.left_on is not None and day.on > row.left_on):
        return Presence.OUTSIDE
    return Presence.COMING if day.on > today else Presence.MISSING


def _ending(row: Row, facts: Facts, frame: Frame) -> Ending | None:
    today = frame.today
    told = next(iter(facts.journey[row.id, "exit"]), None)
    if told is not None and told.on <= today:
        return Ending(told.on, facts.words.get(("exit", told.text), told.text))
    if row.left_on is not None and row.left_on <= today:
        return Ending(row.left_on, RESERVED if frame.reserved else "Changement de groupe")
    return None


def _obstacles(rows: Iterable[Row], facts: Facts) -> tuple[str, ...]:
    """The themes that weigh now, the heaviest first; those that nobody may read over a shoulder
    (health, justice, papers) are left out."""
    latest = {row.text: row.number for row in sorted(rows, key=lambda row: row.on)}
    heavy = [
        (-level, facts.words.get(("obstacle", theme), theme))
        for theme, level in latest.items()
        if level >= _HEAVY and theme not in _UNSHOWN_OBSTACLES
    ]
    return tuple(label for _, label in sorted(heavy))


def _steps(rows: Iterable[Row], placements: Iterable[Row], frame: Frame) -> tuple[Step, ...]:
    done = {row.text: row.on for row in rows}
    begun = min(
        (
            each.starts_on
            for each in placements
            if each.starts_on and each.starts_on <= frame.today and _is_standing(each)
        ),
        default=None,
    )
    told = () if frame.reserved else _STEPS
    return (*(Step(label, done.get(kind)) for kind, label in told), Step("Immersion", begun))


def _dates(row: Row) -> PlacementDates:
    state = PlacementState(row.state)
    return PlacementDates(state, row.starts_on, row.ends_on, row.host or "", row.id)


def _placement_line(rows: Iterable[Row], today: date) -> PlacementLine | None:
    """The open immersion; of several, the one whose last day comes first."""
    open_ones = [row for row in rows if not PlacementState(row.state).is_over]
    if not open_ones:
        return None
    row = min(open_ones, key=lambda each: each.ends_on or date.max)
    now = effective_state(PlacementState(row.state), row.starts_on, row.ends_on, today)
    return PlacementLine(now.label, row.host or "", row.starts_on, row.ends_on)


def _papers(rows: Collection[Row]) -> tuple[int, tuple[date, ...]]:
    """How many papers are missing, and the last valid day of those that expire."""
    held = [(row.kind, row.expires_on) for row in rows if row.state in PAPER_HELD]
    missing = {row.kind for row in rows} - {kind for kind, _ in held}
    return len(missing), expiries_of(held)


def _planned(
    person: UUID, placements: Iterable[Row], facts: Facts, today: date
) -> tuple[Planned, ...]:
    """What comes first, by date; then what is late, the latest first; then what has no date.

    An immersion to come stands here only for who has nothing before it: it has its own line.
    """
    actions = [Planned(row.text, row.on, row.minute) for row in facts.agenda[person, "action"]]
    talks = [Planned("Rendez-vous", row.on, row.minute) for row in facts.agenda[person, "talk"]]
    planned = [*actions, *talks]
    if not any(each.on is not None and each.on >= today for each in planned):
        planned += _next_immersion(placements, today)
    return tuple(sorted(planned, key=_by_urgency(today)))[:_PLANNED_KEPT]


def _next_immersion(placements: Iterable[Row], today: date) -> list[Planned]:
    starts = sorted(
        row.starts_on
        for row in placements
        if row.starts_on and row.starts_on > today and _is_standing(row)
    )
    return [Planned("Immersion", day) for day in starts[:1]]


def _is_standing(placement: Row) -> bool:
    """Whether a convention was issued and not withdrawn."""
    state = PlacementState(placement.state)
    return state.is_issued and state not in _WITHDRAWN


def _next_visit(rows: Iterable[Row]) -> Planned | None:
    visits = sorted((row.on, row.text or "chez un partenaire") for row in rows)
    return Planned(visits[0][1], visits[0][0]) if visits else None


def _by_urgency(today: date) -> Callable[[Planned], tuple[int, int, int]]:
    def key(planned: Planned) -> tuple[int, int, int]:
        if planned.on is None:
            return 2, 0, 0
        day = planned.on.toordinal()
        return (1, -day, 0) if planned.on < today else (0, day, planned.minute or 0)

    return key
