"""What the rules need to know of an immersion, gathered from the base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ScalarSelect, Select, or_, select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.convention_paper import ConventionPaper
from connexion_desktop.domain.identity import PermitKind
from connexion_desktop.domain.placement import PlacementObject, PlacementState
from connexion_desktop.domain.placement_rules.facts import (
    Delegation,
    EmployeeFacts,
    HostFacts,
    PastPlacement,
    Period,
    Permit,
    PlacementFacts,
    Renewal,
    RuleSettings,
)
from connexion_desktop.domain.placement_typed import restated
from connexion_desktop.domain.timetable import Slot
from connexion_desktop.usecases import placement_standing as standing
from connexion_desktop.usecases.person_rows import latest_first
from connexion_desktop.usecases.placement_paper import get

_SETTINGS = {
    "placement.same_number_day_included": "same_number_day_included",
    "placement.same_host_days_max": "max_same_host_days",
    "placement.same_host_conventions_max": "max_same_host_placements",
    "placement.delegation_warning_months": "delegation_warning_months",
    "placement.late_working_days": "late_working_days",
}
COUNTING = (
    PlacementState.TO_SIGN,
    PlacementState.PARTLY_SIGNED,
    PlacementState.SIGNED,
    PlacementState.RUNNING,
    PlacementState.ENDED,
    PlacementState.ASSESSED,
)


def gather(
    session: Session,
    placement: m.Placement,
    journey: m.Journey | None,
    paper: ConventionPaper,
    today: date,
) -> PlacementFacts:
    """The facts of the draft, in its journey, as the rules read them."""
    return facts_of(known_facts(session, placement, journey), paper, today)


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """What the base knows that the rules need, whatever the paper says."""

    placement: m.Placement
    journey: m.Journey | None
    permit: Permit | None
    delegations: tuple[Delegation, ...]
    past: tuple[PastPlacement, ...]
    host: HostFacts
    collective_days: frozenset[date]
    settings: RuleSettings


def known_facts(session: Session, placement: m.Placement, journey: m.Journey | None) -> KnownFacts:
    """Read them."""
    with together(session) as ask:
        permit = ask(_permit, session, placement.person_id)
        delegations = ask(_delegations, session)
        past = ask(_past, session, placement)
        host = ask(_host, session, placement)
        days = ask(_collective_days, session, journey)
        settings = ask(rule_settings, session)
    return KnownFacts(
        placement,
        journey,
        permit.value,
        delegations.value,
        past.value,
        host.value,
        days.value,
        settings.value,
    )


def facts_of(known: KnownFacts, paper: ConventionPaper, today: date) -> PlacementFacts:
    """The facts of a paper, as the rules read them."""
    renewal = known.placement.renewal_of_id
    facts = PlacementFacts(
        today=today,
        permit=known.permit,
        journey=_journey(known.journey),
        delegations=known.delegations,
        renewal=Renewal(str(renewal)) if renewal else None,
        past=known.past,
        employee=EmployeeFacts() if paper.has_employer else None,
        host=known.host,
        collective_days=known.collective_days,
        all_signed=PlacementState(known.placement.state).is_fully_signed,
        settings=known.settings,
    )
    return restated(facts, paper)


def rule_settings(session: Session) -> RuleSettings:
    """The association's reading of the rules that leave room for one.

    A setting that is no longer there, or holds nonsense, counts for its default.
    """
    rows = session.execute(
        select(m.Setting.key, m.Setting.value).where(
            m.Setting.key.in_(_SETTINGS), m.Setting.deleted_at.is_(None)
        )
    )
    chosen = {_SETTINGS[key]: value for key, value in rows}
    readable = {name: value for name, value in chosen.items() if _reads(name, value)}
    return msgspec.convert(readable, RuleSettings)


def _reads(name: str, value: Any) -> bool:
    try:
        msgspec.convert({name: value}, RuleSettings)
    except msgspec.ValidationError:
        return False
    return True


def valid_delegation(session: Session, day: date) -> m.Delegation | None:
    """The delegation in force on a day."""
    return session.scalar(
        select(m.Delegation)
        .where(
            m.Delegation.deleted_at.is_(None),
            m.Delegation.starts_on <= day,
            m.Delegation.ends_on >= day,
        )
        .order_by(m.Delegation.ends_on.desc())
        .limit(1)
    )


def _permit(session: Session, person_id: UUID) -> Permit | None:
    row = session.scalar(
        select(m.PersonResidence).where(
            m.PersonResidence.person_id == person_id, m.PersonResidence.deleted_at.is_(None)
        )
    )
    if row is None:
        return None
    kind = PermitKind(row.permit_kind) if row.permit_kind else PermitKind.RESIDENCE
    return Permit(row.permit_title or "", row.permit_number or "", row.expires_on, kind)


def _host(session: Session, placement: m.Placement) -> HostFacts:
    host = get(session, m.Organisation, placement.host_id)
    if host is None:
        return HostFacts()
    return HostFacts(host.siret or "", host.sunday_practice, host.night_practice)


def journey_of(session: Session, placement: m.Placement) -> m.Journey | None:
    """The journey in which an immersion takes place.

    An issued convention keeps the one it was issued in. A draft follows the person: the latest
    journey that covers its period, or, while none does, the latest.
    """
    if placement.state != PlacementState.DRAFT and not placement.revising:
        return get(session, m.Journey, placement.journey_id)
    journeys = session.scalars(journeys_of(placement.person_id))
    return journey_among(placement, journeys.all())


def journeys_of(person_id: UUID | ScalarSelect[UUID]) -> Select[tuple[m.Journey]]:
    """The journeys of a person, the latest first."""
    return (
        select(m.Journey)
        .where(m.Journey.person_id == person_id, m.Journey.deleted_at.is_(None))
        .order_by(*latest_first())
    )


def journey_among(placement: m.Placement, journeys: Sequence[m.Journey]) -> m.Journey | None:
    """The one of these in which an immersion takes place; see `journey_of`."""
    if placement.state != PlacementState.DRAFT and not placement.revising:
        return next((each for each in journeys if each.id == placement.journey_id), None)
    first, last = placement.starts_on, placement.ends_on or placement.starts_on
    covering = (
        row
        for row in journeys
        if first and last and Period(row.entered_on, row.left_on).covers(first, last)
    )
    return next(covering, journeys[0] if journeys else None)


def _journey(journey: m.Journey | None) -> Period | None:
    return Period(journey.entered_on, journey.left_on) if journey is not None else None


def _delegations(session: Session) -> tuple[Delegation, ...]:
    rows = session.scalars(select(m.Delegation).where(m.Delegation.deleted_at.is_(None)))
    return tuple(
        Delegation(row.reference, row.body_name, row.starts_on, row.ends_on) for row in rows
    )


def _past(session: Session, placement: m.Placement) -> tuple[PastPlacement, ...]:
    """The issued conventions of the person, as they were issued: one being revised still binds."""
    found = session.execute(
        standing.standing(
            select(
                m.Placement.id,
                m.Placement.state,
                standing.HOST_SIRET,
                standing.OBJECT,
                standing.OBJECTIVES,
                standing.STARTS_ON,
                standing.ENDS_ON,
                standing.RENEWAL_OF_ID,
                standing.IN_FORCE.content["paper"]["period"]["slots"].label("slots"),
            )
        ).where(
            m.Placement.person_id == placement.person_id,
            m.Placement.id != placement.id,
            m.Placement.state.in_(COUNTING),
            standing.STARTS_ON.is_not(None),
            standing.ENDS_ON.is_not(None),
        )
    )
    return tuple(
        PastPlacement(
            key=str(row.id),
            siret=row.siret or "",
            object=PlacementObject(row.object) if row.object else None,
            objectives=row.objectives or "",
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            renewal_of=str(row.renewal_of_id) if row.renewal_of_id else None,
            slots=msgspec.convert(row.slots or (), tuple[Slot, ...]),
            signed=PlacementState(row.state).is_fully_signed,
        )
        for row in found
    )


def _collective_days(session: Session, journey: m.Journey | None) -> frozenset[date]:
    if journey is None:
        return frozenset()
    expected = select(m.MeetingParticipant.meeting_id).where(
        m.MeetingParticipant.journey_id == journey.id, m.MeetingParticipant.deleted_at.is_(None)
    )
    days = session.scalars(
        select(m.Meeting.on).where(
            or_(m.Meeting.cohort_id == journey.cohort_id, m.Meeting.id.in_(expected)),
            m.Meeting.deleted_at.is_(None),
        )
    )
    return frozenset(days)
