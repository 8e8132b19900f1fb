"""What the immersions page reads: the office's queue, one form, the host book, a paper."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.convention_paper import ConventionPaper
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.names import fold, full_name
from connexion_desktop.domain.placement import Party, PlacementState, effective_state
from connexion_desktop.domain.placement_file import (
    Choice,
    EditionRow,
    HostChoice,
    PlacementForm,
    PlacementRow,
    SignatureRow,
    TutorChoice,
    draft_number,
)
from connexion_desktop.domain.placement_rules import check
from connexion_desktop.domain.placement_versions import PaperChange, paper_changes
from connexion_desktop.domain.siret import siret_problem
from connexion_desktop.domain.timetable import WeeklyPattern
from connexion_desktop.usecases.placement_facts import gather
from connexion_desktop.usecases.placement_paper import (
    draft_paper,
    get,
    placement_of,
    slots_of,
    thawed,
)
from connexion_desktop.usecases.placements import (
    EDITABLE,
    HOST_EDITABLE,
    latest_agreement,
    signatures_of,
)

_OVER = (PlacementState.ASSESSED, PlacementState.REFUSED, PlacementState.CANCELLED)
_OVER_SHOWN = 200
_HOSTS_SHOWN = 12


def queue(session: Session, today: date) -> tuple[PlacementRow, ...]:
    """Every immersion that waits for something, and the latest of those that are over."""
    waiting = session.execute(_rows().where(m.Placement.state.not_in(_OVER))).all()
    over = session.execute(
        _rows()
        .where(m.Placement.state.in_(_OVER))
        .order_by(m.Placement.starts_on.desc())
        .limit(_OVER_SHOWN)
    ).all()
    rows = (*waiting, *over)
    ids = [row.id for row in rows]
    minutes = _minutes(session, ids)
    missing = _missing_signatures(session, ids)
    return tuple(
        PlacementRow(
            id=row.id,
            number=row.number or draft_number(row.id),
            state=effective_state(PlacementState(row.state), row.starts_on, row.ends_on, today),
            revising=row.revising,
            person_id=row.person_id,
            person=full_name(row.given_name, row.family_name or ""),
            cohort=row.cohort or "",
            host=row.host or "",
            trade=row.trade or "",
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            minutes=minutes.get(row.id, 0),
            missing_signatures=missing.get(row.id, ()),
        )
        for row in rows
    )


def form(session: Session, placement_id: UUID, today: date) -> PlacementForm:
    """The form of one immersion: the draft if one is open, else what was issued."""
    placement = placement_of(session, placement_id)
    person = session.get_one(m.Person, placement.person_id)
    agreement = latest_agreement(session, placement.id)
    stored = PlacementState(placement.state)
    read_only = stored is not PlacementState.DRAFT and not placement.revising
    draft = draft_paper(session, placement)
    facts = gather(session, placement, draft, today)
    issued = thawed(agreement.content["paper"]) if agreement is not None else None
    return PlacementForm(
        id=placement.id,
        number=placement.number or draft_number(placement.id),
        edition=agreement.edition if agreement is not None else 0,
        stored_state=stored,
        state=effective_state(stored, placement.starts_on, placement.ends_on, today),
        read_only=read_only,
        revising=placement.revising,
        person_id=person.id,
        person=full_name(person.given_name, person.family_name or ""),
        host=_host(session, placement.host_id),
        values={field: _plain(getattr(placement, field)) for field in sorted(EDITABLE)},
        slots=slots_of(session, placement.id),
        pattern=msgspec.convert(placement.pattern, WeeklyPattern) if placement.pattern else None,
        facts=facts,
        findings=check(facts),
        paper=issued if read_only and issued is not None else draft,
        signatures=_signature_rows(session, agreement),
        editions=_editions(session, placement.id),
        pending_changes=paper_changes(issued, draft)
        if issued is not None and placement.revising
        else (),
    )


def paper(session: Session, number: str) -> ConventionPaper:
    """The paper of a convention by its number (« PMSMP-2026-0001 », « BROUILLON-… »)."""
    wanted = number.strip().upper()
    content = session.scalar(
        select(m.Agreement.content)
        .where(m.Agreement.number == wanted, m.Agreement.deleted_at.is_(None))
        .order_by(m.Agreement.edition.desc())
        .limit(1)
    )
    if content is not None:
        return thawed(content["paper"])
    drafts = session.scalars(
        select(m.Placement).where(m.Placement.number.is_(None), m.Placement.deleted_at.is_(None))
    )
    for placement in drafts:
        if draft_number(placement.id) == wanted:
            return draft_paper(session, placement)
    raise UserError(
        f"Aucune convention ne porte le numéro « {number} ».",
        todo="La liste : connexion-desktop lister conventions.",
    )


def edition_paper(session: Session, number: str, edition: int) -> ConventionPaper:
    """A former version, as it was issued."""
    row = session.execute(
        select(m.Agreement.content, m.Agreement.superseded_at).where(
            m.Agreement.number == number, m.Agreement.edition == edition
        )
    ).one_or_none()
    if row is None:
        raise UserError(f"La version {edition} de {number} est introuvable.")
    return thawed(row.content["paper"])


def find_hosts(session: Session, typed: str) -> tuple[HostChoice, ...]:
    """Hosts whose name, town or SIRET holds what is typed, those used most first."""
    words = fold(typed).split()
    digits = "".join(letter for letter in typed if letter.isdigit())
    past = (
        select(m.Placement.host_id, func.count().label("past"))
        .where(m.Placement.deleted_at.is_(None))
        .group_by(m.Placement.host_id)
        .subquery()
    )
    statement = (
        select(m.Organisation, func.coalesce(past.c.past, 0))
        .join(m.OrganisationRole, m.OrganisationRole.organisation_id == m.Organisation.id)
        .outerjoin(past, past.c.host_id == m.Organisation.id)
        .where(
            m.Organisation.deleted_at.is_(None),
            m.OrganisationRole.deleted_at.is_(None),
            m.OrganisationRole.role == "host",
        )
        .order_by(func.coalesce(past.c.past, 0).desc(), m.Organisation.folded)
        .limit(_HOSTS_SHOWN)
    )
    by_name = [m.Organisation.folded.contains(word, autoescape=True) for word in words]
    if len(digits) >= 3:
        statement = statement.where(or_(m.Organisation.siret.startswith(digits), *by_name[:1]))
    else:
        statement = statement.where(*by_name)
    found = session.execute(statement).all()
    tutors = _tutors(session, [host.id for host, _ in found])
    return tuple(_choice(host, past, tutors.get(host.id, ())) for host, past in found)


def people_to_place(session: Session, cohort_id: UUID | None, typed: str) -> tuple[Choice, ...]:
    """People in follow-up who may be the beneficiary, those of the group first."""
    words = fold(typed).split()
    rows = session.execute(
        select(m.Person, m.Cohort.name, m.Journey.cohort_id)
        .join(m.Journey, m.Journey.person_id == m.Person.id)
        .join(m.Cohort, m.Cohort.id == m.Journey.cohort_id)
        .where(
            m.Person.deleted_at.is_(None),
            m.Journey.deleted_at.is_(None),
            m.Journey.left_on.is_(None),
        )
        .order_by(m.Journey.cohort_id != cohort_id, m.Person.family_name, m.Person.given_name)
    )
    return tuple(
        Choice(person.id, full_name(person.given_name, person.family_name or ""), cohort)
        for person, cohort, _ in rows
        if all(word in fold(f"{person.given_name} {person.family_name or ''}") for word in words)
    )


def renewable(session: Session, placement_id: UUID) -> tuple[Choice, ...]:
    """The issued conventions of the same person at the same host, which this may renew."""
    placement = placement_of(session, placement_id)
    rows = session.scalars(
        select(m.Placement)
        .where(
            m.Placement.person_id == placement.person_id,
            m.Placement.host_id == placement.host_id,
            m.Placement.id != placement.id,
            m.Placement.number.is_not(None),
            m.Placement.renewal_of_id.is_(None),
            m.Placement.deleted_at.is_(None),
        )
        .order_by(m.Placement.starts_on.desc())
    )
    return tuple(Choice(row.id, row.number or "", row.trade or "") for row in rows)


def _rows() -> Select[Any]:
    return (
        select(
            m.Placement.id,
            m.Placement.number,
            m.Placement.state,
            m.Placement.revising,
            m.Placement.person_id,
            m.Placement.trade,
            m.Placement.starts_on,
            m.Placement.ends_on,
            m.Person.given_name,
            m.Person.family_name,
            m.Organisation.name.label("host"),
            m.Cohort.name.label("cohort"),
        )
        .join(m.Person, m.Person.id == m.Placement.person_id)
        .outerjoin(m.Organisation, m.Organisation.id == m.Placement.host_id)
        .outerjoin(m.Journey, m.Journey.id == m.Placement.journey_id)
        .outerjoin(m.Cohort, m.Cohort.id == m.Journey.cohort_id)
        .where(m.Placement.deleted_at.is_(None))
    )


def _minutes(session: Session, ids: list[UUID]) -> dict[UUID, int]:
    rows = session.execute(
        select(m.PlacementSlot.placement_id, func.sum(m.PlacementSlot.end - m.PlacementSlot.start))
        .where(m.PlacementSlot.placement_id.in_(ids), m.PlacementSlot.deleted_at.is_(None))
        .group_by(m.PlacementSlot.placement_id)
    )
    return dict(row._tuple() for row in rows)


def _missing_signatures(session: Session, ids: list[UUID]) -> dict[UUID, tuple[Party, ...]]:
    rows = session.execute(
        select(m.Agreement.placement_id, m.Signature.party)
        .join(m.Signature, m.Signature.agreement_id == m.Agreement.id)
        .where(
            m.Agreement.placement_id.in_(ids),
            m.Agreement.superseded_at.is_(None),
            m.Agreement.deleted_at.is_(None),
            m.Signature.signed_on.is_(None),
            m.Signature.deleted_at.is_(None),
        )
        .order_by(m.Signature.id)
    )
    missing: dict[UUID, tuple[Party, ...]] = {}
    for placement_id, party in rows:
        missing[placement_id] = (*missing.get(placement_id, ()), Party(party))
    return missing


def _plain(value: Any) -> str | date | bool | None:
    return str(value) if isinstance(value, UUID) else value


def _host(session: Session, host_id: UUID | None) -> HostChoice | None:
    host = get(session, m.Organisation, host_id)
    if host is None:
        return None
    return _choice(host, 0, _tutors(session, [host.id]).get(host.id, ()))


def _choice(host: m.Organisation, past: int, tutors: tuple[TutorChoice, ...]) -> HostChoice:
    return HostChoice(
        id=host.id,
        name=host.name,
        siret=host.siret or "",
        siret_problem=siret_problem(host.siret or "") or "",
        activity=host.activity or "",
        city=host.city or "",
        past=past,
        tutors=tutors,
        details={name: getattr(host, name) or "" for name in HOST_EDITABLE},
    )


def _tutors(session: Session, host_ids: list[UUID]) -> dict[UUID, tuple[TutorChoice, ...]]:
    rows = session.scalars(
        select(m.Contact)
        .where(
            m.Contact.organisation_id.in_(host_ids),
            m.Contact.deleted_at.is_(None),
            m.Contact.left_on.is_(None),
        )
        .order_by(m.Contact.name)
    )
    tutors: dict[UUID, tuple[TutorChoice, ...]] = {}
    for row in rows:
        choice = TutorChoice(row.id, row.name, row.function or "", row.phone or "", row.email or "")
        tutors[row.organisation_id] = (*tutors.get(row.organisation_id, ()), choice)
    return tutors


def _signature_rows(session: Session, agreement: m.Agreement | None) -> tuple[SignatureRow, ...]:
    if agreement is None:
        return ()
    return tuple(
        SignatureRow(Party(row.party), row.name or "", row.signed_on)
        for row in signatures_of(session, agreement.id)
    )


def _editions(session: Session, placement_id: UUID) -> tuple[EditionRow, ...]:
    rows = session.execute(
        select(
            m.Agreement.number,
            m.Agreement.edition,
            m.Agreement.issued_at,
            m.Agreement.issued_by,
            m.Agreement.changes,
        )
        .where(m.Agreement.placement_id == placement_id, m.Agreement.deleted_at.is_(None))
        .order_by(m.Agreement.edition.desc())
    )
    return tuple(
        EditionRow(
            row.number,
            row.edition,
            row.issued_at,
            row.issued_by,
            msgspec.convert(row.changes or [], tuple[PaperChange, ...]),
        )
        for row in rows
    )
