"""Immersions: the period, its hours, its convention when issued, its signatures, its bilan."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import work_of
from connexion_desktop.data.models import new_id
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.placement import Party, PlacementState
from connexion_desktop.domain.placement_file import (
    IssuePlacement,
    SignPlacement,
    WithdrawPlacement,
)
from connexion_desktop.domain.placement_rules import Severity
from connexion_desktop.usecases import placements

from .days import day_at, open_days, week_of
from .people import Participant
from .places import PLACES
from .rows import Book
from .story import Stay

_HOSTS = {place.code: place for place in PLACES}


_WITHDRAWN = (PlacementState.REFUSED, PlacementState.CANCELLED)
_WARNED = "Vu avec la structure d’accueil et avec le groupe."


@dataclass(frozen=True, slots=True)
class Issued:
    """A convention to issue: by whom, when, and on which day each party signed, in order."""

    placement: UUID
    stay: Stay
    on: date
    by: str
    signed: tuple[tuple[str, date], ...]


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
    signed = sorted(
        ((party, day_at(today, day)) for party, day in stay.signed), key=lambda one: one[1]
    )
    on = day_at(today, stay.issued)
    return placement, Issued(placement, stay, on, "Colette Brunet", tuple(signed))


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


def issue_all(session: Session, issued: list[Issued]) -> None:
    """Issue the conventions in the order of their days, by the use cases of the application.

    The rows they are made from must be in the base already.
    """
    for each in sorted(issued, key=lambda item: (item.on, item.placement)):
        with _as_author(session, each.by):
            _issue(session, each)
    session.flush()


@contextmanager
def _as_author(session: Session, author: str) -> Iterator[None]:
    """For a while, make what the bulk session does an act of this author, audited as such."""
    work = work_of(session)
    session.info["act"] = work.act = Act(author, "Démonstration", new_id())
    try:
        yield
        session.flush()
    finally:
        session.info["act"] = work.act = None


def _issue(session: Session, each: Issued) -> None:
    placement = session.get_one(m.Placement, each.placement)
    found = placements.findings(session, placement, each.on)
    warned = any(finding.severity is Severity.WARN for finding in found)
    placements.issue(session, IssuePlacement(placement.id, each.on, _WARNED if warned else ""))
    agreement = placements.latest_agreement(session, placement.id)
    if agreement is not None:
        agreement.issued_at = _noon(each.on)
    days = [each.on]
    for party, signed_on in each.signed:
        placements.sign(session, SignPlacement(placement.id, Party(party), signed_on, signed_on))
        days.append(signed_on)
    if each.stay.state in _WITHDRAWN:
        refused = each.stay.state == PlacementState.REFUSED
        reason = each.stay.reason or ""
        day = max(days) + timedelta(days=2)
        placements.withdraw(session, WithdrawPlacement(placement.id, reason, day, refused))
        days.append(day)
    elif each.stay.state == PlacementState.ASSESSED:
        placement.state = PlacementState.ASSESSED
    _date_events(session, placement.id, days)


def _date_events(session: Session, placement: UUID, days: list[date]) -> None:
    """Put back the changes of state on the days when they are said to have happened."""
    session.flush()
    events = session.scalars(
        select(m.PlacementEvent)
        .where(m.PlacementEvent.placement_id == placement)
        .order_by(m.PlacementEvent.id)
    )
    for event, day in zip(events, days, strict=True):
        event.at = _noon(day)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)
