"""Immersions: the period, its hours, its convention when issued, its signatures, its bilan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.placement import Party, PlacementState
from connexion_desktop.usecases import placement_paper

from .days import day_at, open_days, week_of
from .people import Participant
from .places import PLACES
from .rows import Book
from .story import Stay, Story

_HOSTS = {place.code: place for place in PLACES}


@dataclass(frozen=True, slots=True)
class Issued:
    """A convention to number: the days on which it was issued and signed."""

    placement: UUID
    stay: Stay
    on: date
    by: str
    parties: tuple[Party, ...]


def write_stay(
    someone: Participant, stay: Stay, renewal_of: UUID | None = None
) -> tuple[UUID, Issued | None]:
    """Write an immersion and its hours; tells the convention to issue, if it left the draft."""
    book, house, today = someone.book, someone.house, someone.book.today
    monday = week_of(today)
    first, last = monday + timedelta(days=stay.first), monday + timedelta(days=stay.last)
    days = open_days(first, last, stay.weekdays)
    host = _HOSTS[stay.host]
    placement = book.add(
        m.Placement,
        person_id=someone.person,
        journey_id=someone.journey,
        host_id=house.organisations[stay.host],
        staff_id=someone.group.leader,
        state=stay.state,
        state_reason=stay.reason,
        object=stay.object,
        trade=stay.trade,
        family_id=house.families[stay.family] if stay.family else None,
        objectives=stay.objectives or None,
        evaluation=stay.evaluation or None,
        tasks=stay.tasks or None,
        starts_on=days[0],
        ends_on=days[-1],
        tutor_id=house.contacts[stay.host],
        tutor_name=host.contact[0],
        tutor_function=host.contact[1],
        tutor_phone=f"06 39 98 02 {PLACES.index(host) + 1:02}",
        tutor_email=f"{host.code}.tuteur@example.org",
        host_signatory=host.signatory[0],
        host_signatory_function=host.signatory[1],
        insurance_attested=True,
        situation=someone.story.situation,
        situation_detail=someone.story.situation_detail,
        ppe=stay.ppe,
        prevention=stay.prevention,
        observations=stay.observations,
        delegation_id=house.delegation,
        renewal_of_id=renewal_of,
        renewal_reason=stay.renewal,
    )
    for day in days:
        for start, end in stay.hours:
            book.add(m.PlacementSlot, placement_id=placement, on=day, start=start, end=end)
    _write_bilan(book, placement, stay, days)
    if stay.issued is None:
        return placement, None
    parties = _parties(someone.story, days[0])
    on = day_at(today, stay.issued)
    return placement, Issued(placement, stay, on, "Colette Brunet", parties)


def _parties(story: Story, first: date) -> tuple[Party, ...]:
    minor = [Party.REPRESENTATIVE] if story.who.age < 18 else []
    return (Party.BENEFICIARY, *minor, Party.HOST, Party.PRESCRIBER)


def _write_bilan(book: Book, placement: UUID, stay: Stay, days: list[date]) -> None:
    bilan = stay.bilan
    if bilan is None:
        return
    planned = len(days) * sum(end - start for start, end in stay.hours)
    missed = planned if bilan.held == "never" else bilan.missed_minutes
    book.add(
        m.Assessment,
        placement_id=placement,
        held=bilan.held,
        last_day=days[-1] if bilan.held == "partly" else None,
        missed_minutes=missed or None,
        missed_reason=bilan.missed_reason,
        real_minutes=planned - missed,
        host_feedback=bilan.host,
        person_feedback=bilan.person,
        trade_confirmed=bilan.confirmed,
        job_kind=bilan.job_kind,
        job_on=day_at(book.today, bilan.job_on) if bilan.job_on is not None else None,
        signed_on=day_at(book.today, bilan.signed),
    )


def issue_all(session: Session, book: Book, issued: list[Issued]) -> None:
    """Number the conventions in the order they were issued, freeze their papers, sign them.

    The rows they are made from must be in the base already.
    """
    last: dict[str, int] = defaultdict(int)
    for each in sorted(issued, key=lambda item: (item.on, item.placement)):
        series = f"PMSMP-{each.on.year}"
        last[series] += 1
        _issue(session, book, each, f"{series}-{last[series]:04}")
    book.pour(session)
    for series, count in last.items():
        session.merge(m.Counter(association_id=book.association_id, series=series, last=count))


def _issue(session: Session, book: Book, each: Issued, number: str) -> None:
    placement = session.get_one(m.Placement, each.placement)
    placement.number = number
    agreement = book.add(
        m.Agreement,
        placement_id=each.placement,
        number=number,
        issued_at=_noon(each.on),
        issued_by=each.by,
        content=_content(session, placement, each),
    )
    days = dict(each.stay.signed)
    signed: list[date] = []
    for party in each.parties:
        if party in days:
            signed.append(day_at(book.today, days[party]))
            book.add(
                m.Signature,
                agreement_id=agreement,
                party=party,
                name=placement.host_signatory if party is Party.HOST else None,
                signed_on=signed[-1],
            )
    _write_events(book, each, signed)


def _content(session: Session, placement: m.Placement, each: Issued) -> Any:
    paper = placement_paper.draft_paper(session, placement)
    return placement_paper.frozen(paper) | {
        "state": PlacementState.TO_SIGN,
        "issued_on": each.on.isoformat(),
    }


def _write_events(book: Book, each: Issued, signed: list[date]) -> None:
    at = _noon(each.on)
    states = [(at, PlacementState.TO_SIGN)]
    state = PlacementState(each.stay.state)
    if signed and len(signed) == len(each.parties):
        states.append((_noon(max(signed)), PlacementState.SIGNED))
    elif signed:
        states.append((_noon(max(signed)), PlacementState.PARTLY_SIGNED))
    if state is PlacementState.ASSESSED and each.stay.bilan:
        states.append((_noon(day_at(book.today, each.stay.bilan.signed)), state))
    elif state in (PlacementState.REFUSED, PlacementState.CANCELLED):
        states.append((at + timedelta(days=3), state))
    for when, code in states:
        book.add(
            m.PlacementEvent,
            placement_id=each.placement,
            at=when,
            state=code,
            reason=each.stay.reason if code is state else None,
            author=each.by,
        )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)
