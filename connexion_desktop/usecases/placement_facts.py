"""What the rules need to know of an immersion, gathered from the base."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.convention_paper import Contact, ConventionPaper
from connexion_desktop.domain.placement import PlacementObject, PlacementState
from connexion_desktop.domain.placement_rules.facts import (
    ContactFacts,
    Delegation,
    EmployeeFacts,
    HostFacts,
    PastPlacement,
    Period,
    Permit,
    PermitKind,
    PlacementFacts,
    Renewal,
    RuleSettings,
)
from connexion_desktop.usecases.placement_paper import get, slots_of

_COUNTING = (
    PlacementState.TO_SIGN,
    PlacementState.PARTLY_SIGNED,
    PlacementState.SIGNED,
    PlacementState.RUNNING,
    PlacementState.ENDED,
    PlacementState.ASSESSED,
)


def gather(
    session: Session, placement: m.Placement, paper: ConventionPaper, today: date
) -> PlacementFacts:
    """The facts of the draft, as the rules read them."""
    person = paper.beneficiary
    period = paper.period
    employer = paper.employer
    return PlacementFacts(
        today=today,
        birth=person.birth_date,
        nationality=person.nationality,
        permit=_permit(session, placement.person_id),
        journey=_journey(session, placement),
        delegations=_delegations(session),
        object=period.purpose,
        objectives=period.objectives,
        tasks=period.tasks,
        evaluation=period.evaluation,
        starts_on=period.first_day,
        ends_on=period.last_day,
        slots=period.slots,
        host=HostFacts(
            paper.host.body.siret, paper.host.body.name, placement.insurance_attested or None
        ),
        tutor=_contact(paper.host.tutor),
        beneficiary=ContactFacts(person.full_name, "", person.email, person.phone),
        representative=_contact(person.representative) if person.representative.name else None,
        signatory=paper.host.signatory.name,
        renewal=Renewal(str(placement.renewal_of_id), placement.renewal_reason or "")
        if placement.renewal_of_id
        else None,
        past=_past(session, placement),
        employee=EmployeeFacts(employer.body.name, employer.contract_suspended)
        if employer is not None
        else (EmployeeFacts() if paper.has_employer else None),
        collective_days=_collective_days(session, placement),
        all_signed=PlacementState(placement.state).is_fully_signed,
        settings=rule_settings(session),
    )


def rule_settings(session: Session) -> RuleSettings:
    """The association's reading of the rules that leave room for one."""
    rows = session.execute(
        select(m.Setting.key, m.Setting.value).where(
            m.Setting.key.startswith("placement."), m.Setting.deleted_at.is_(None)
        )
    )
    values = {key.removeprefix("placement."): value for key, value in rows}
    default = RuleSettings()
    return RuleSettings(
        same_number_day_included=values.get(
            "same_number_day_included", default.same_number_day_included
        ),
        max_same_host_days=values.get("same_host_days_max", default.max_same_host_days),
        max_same_host_placements=values.get(
            "same_host_conventions_max", default.max_same_host_placements
        ),
        late_working_days=values.get("late_working_days", default.late_working_days),
    )


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


def _contact(contact: Contact) -> ContactFacts:
    return ContactFacts(contact.name, contact.function, contact.email, contact.phone)


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


def _journey(session: Session, placement: m.Placement) -> Period | None:
    journey = get(session, m.Journey, placement.journey_id)
    return Period(journey.entered_on, journey.left_on) if journey is not None else None


def _delegations(session: Session) -> tuple[Delegation, ...]:
    rows = session.scalars(select(m.Delegation).where(m.Delegation.deleted_at.is_(None)))
    return tuple(
        Delegation(row.reference, row.body_name, row.starts_on, row.ends_on) for row in rows
    )


def _past(session: Session, placement: m.Placement) -> tuple[PastPlacement, ...]:
    rows = session.execute(
        select(m.Placement, m.Organisation.siret)
        .outerjoin(m.Organisation, m.Organisation.id == m.Placement.host_id)
        .where(
            m.Placement.person_id == placement.person_id,
            m.Placement.id != placement.id,
            m.Placement.deleted_at.is_(None),
            m.Placement.state.in_(_COUNTING),
            m.Placement.starts_on.is_not(None),
            m.Placement.ends_on.is_not(None),
        )
    )
    return tuple(_past_placement(session, row, siret) for row, siret in rows)


def _past_placement(session: Session, row: m.Placement, siret: str | None) -> PastPlacement:
    if row.starts_on is None or row.ends_on is None:
        raise ValueError("a past placement has its dates")
    return PastPlacement(
        key=str(row.id),
        siret=siret or "",
        object=PlacementObject(row.object) if row.object else None,
        objectives=row.objectives or "",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        renewal_of=str(row.renewal_of_id) if row.renewal_of_id else None,
        slots=slots_of(session, row.id),
        signed=PlacementState(row.state).is_fully_signed,
    )


def _collective_days(session: Session, placement: m.Placement) -> frozenset[date]:
    journey = get(session, m.Journey, placement.journey_id)
    if journey is None or placement.starts_on is None or placement.ends_on is None:
        return frozenset()
    expected = select(m.MeetingParticipant.meeting_id).where(
        m.MeetingParticipant.journey_id == journey.id, m.MeetingParticipant.deleted_at.is_(None)
    )
    days = session.scalars(
        select(m.Meeting.on).where(
            or_(m.Meeting.cohort_id == journey.cohort_id, m.Meeting.id.in_(expected)),
            m.Meeting.deleted_at.is_(None),
            m.Meeting.on.between(placement.starts_on, placement.ends_on),
        )
    )
    return frozenset(days)
