"""A convention's paper, gathered from the rows of the base."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.convention_paper import (
    Accompaniment,
    Beneficiary,
    Body,
    Contact,
    ConventionPaper,
    Delegation,
    Employer,
    Host,
    Period,
    Permit,
    Prescriber,
    Renewal,
)
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.identity import Civility, Nationality, Situation
from connexion_desktop.domain.placement import PlacementObject, is_signed_by_minor
from connexion_desktop.domain.placement_file import draft_number
from connexion_desktop.domain.timetable import Slot
from connexion_desktop.usecases.paper_parties import (
    address_of,
    association_of,
    body_of,
    contacts_of,
)
from connexion_desktop.usecases.person_rows import birth_of

RowT = TypeVar("RowT", bound=m.Row)


def frozen(paper: ConventionPaper) -> Any:
    """The paper as JSON values, to keep with the issued convention."""
    return msgspec.to_builtins(paper)


def thawed(content: Any) -> ConventionPaper:
    """A paper kept with an issued convention."""
    return msgspec.convert(content, ConventionPaper)


def get(session: Session, model: type[RowT], row_id: UUID | None) -> RowT | None:
    """The row of that id, unless it is deleted."""
    row = session.get(model, row_id) if row_id is not None else None
    return row if row is not None and row.deleted_at is None else None


def placement_of(session: Session, placement_id: UUID) -> m.Placement:
    """The placement, or a UserError when a colleague deleted it."""
    placement = get(session, m.Placement, placement_id)
    if placement is None:
        raise UserError("Cette immersion n’existe plus.", "Rien d’autre n’a changé.")
    return placement


def slots_of(session: Session, placement_id: UUID) -> tuple[Slot, ...]:
    """The dated slots of the draft, in order."""
    rows = session.execute(
        select(m.PlacementSlot.on, m.PlacementSlot.start, m.PlacementSlot.end)
        .where(m.PlacementSlot.placement_id == placement_id, m.PlacementSlot.deleted_at.is_(None))
        .order_by(m.PlacementSlot.on, m.PlacementSlot.start)
    )
    return tuple(Slot(on, start, end) for on, start, end in rows)


def _of_person(session: Session, model: type[RowT], person_id: UUID) -> RowT | None:
    return session.scalar(
        select(model).where(model.__table__.c.person_id == person_id, model.deleted_at.is_(None))
    )


def draft_paper(session: Session, placement: m.Placement, today: date) -> ConventionPaper:
    """The paper that issuing would freeze on that day."""
    person = session.get_one(m.Person, placement.person_id)
    with together(session) as ask:
        slots = ask(slots_of, session, placement.id)
        prescriber = ask(_prescriber, session, placement)
        beneficiary = ask(_beneficiary, session, person, placement, today)
        host = ask(_host, session, placement)
        referent = ask(_referent, session, placement)
        support = ask(_support, session, placement)
        former = ask(get, session, m.Placement, placement.renewal_of_id)
        employer = ask(_employer, session, person.id)
    return ConventionPaper(
        number=placement.number or draft_number(placement.id),
        prescriber=prescriber.value,
        beneficiary=beneficiary.value,
        host=host.value,
        accompaniment=Accompaniment(referent=referent.value, body=support.value),
        period=_period(placement, slots.value, former.value),
        employer=employer.value,
    )


def _prescriber(session: Session, placement: m.Placement) -> Prescriber:
    association = association_of(session)
    delegation = get(session, m.Delegation, placement.delegation_id)
    return Prescriber(
        body=body_of(association),
        delegation=Delegation(
            delegation.reference,
            delegation.body_name,
            delegation.body_address or "",
            delegation.starts_on,
            delegation.ends_on,
        )
        if delegation is not None
        else None,
        signatory=Contact(association.signatory_name or "", association.signatory_function or ""),
    )


def _beneficiary(
    session: Session, person: m.Person, placement: m.Placement, today: date
) -> Beneficiary:
    with together(session) as ask:
        noted = ask(_of_person, session, m.PersonDisability, person.id)
        permit = ask(_of_person, session, m.PersonResidence, person.id)
        stated = ask(_of_person, session, m.PersonSituation, person.id)
        contacts = ask(contacts_of, session, person.id)
    disability, residence, situation = noted.value, permit.value, stated.value
    by_kind = contacts.value
    birth = birth_of(person)
    code = placement.situation or (situation.situation if situation else None)
    return Beneficiary(
        given_name=person.given_name,
        birth_name=person.birth_name or "",
        used_name=person.family_name or "",
        civility=Civility(person.civility) if person.civility else None,
        birth_date=birth,
        birth_city=person.birth_city or "",
        birth_place=person.birth_place or "",
        nationality=Nationality(person.nationality) if person.nationality else None,
        permit=Permit(
            residence.permit_title or "", residence.permit_number or "", residence.expires_on
        )
        if residence
        else Permit(),
        rqth=bool(disability and disability.rqth == "yes"),
        aah=bool(disability and disability.aah),
        other_disability=bool(disability and disability.other),
        address=address_of(person),
        phone=person.phone or "",
        email=person.email or "",
        emergency=by_kind.get("emergency", Contact()),
        situation=Situation(code) if code else None,
        situation_detail=placement.situation_detail
        or (situation.situation_detail if situation else "")
        or "",
        jobseeker_number=(situation.jobseeker_number if situation else "") or "",
        registered_on=situation.registered_on if situation else None,
        is_minor=is_signed_by_minor(birth, today, placement.starts_on),
        representative=by_kind.get("representative", Contact()),
    )


def _host(session: Session, placement: m.Placement) -> Host:
    host = get(session, m.Organisation, placement.host_id)
    if host is None:
        return Host(tutor=_tutor(placement))
    return Host(
        body=body_of(host),
        ape=host.ape or "",
        activity=host.activity or "",
        collective_agreement=host.collective_agreement or "",
        tutor=_tutor(placement),
        signatory=Contact(placement.host_signatory or "", placement.host_signatory_function or ""),
        insurance_attested=placement.insurance_attested,
    )


def _support(session: Session, placement: m.Placement) -> Body | None:
    """The accompanying body, where it is not the association itself."""
    support = get(session, m.Organisation, placement.support_id)
    return body_of(support) if support is not None else None


def _tutor(placement: m.Placement) -> Contact:
    return Contact(
        placement.tutor_name or "",
        placement.tutor_function or "",
        placement.tutor_phone or "",
        placement.tutor_email or "",
    )


def _referent(session: Session, placement: m.Placement) -> Contact:
    staff = get(session, m.Staff, placement.staff_id)
    if staff is None:
        return Contact()
    return Contact(
        f"{staff.given_name} {staff.family_name}",
        staff.function,
        staff.phone or "",
        staff.email or "",
    )


def _period(placement: m.Placement, slots: tuple[Slot, ...], former: m.Placement | None) -> Period:
    return Period(
        first_day=placement.starts_on,
        last_day=placement.ends_on,
        slots=slots,
        renewal=Renewal(former.number or "", placement.renewal_reason or "") if former else None,
        place=placement.place or "",
        purpose=PlacementObject(placement.object) if placement.object else None,
        trade=placement.trade or "",
        tasks=placement.tasks or "",
        objectives=placement.objectives or "",
        evaluation=placement.evaluation or "",
        has_annex=placement.annex,
        ppe=placement.ppe,
        prevention=placement.prevention,
        observations=placement.observations or "",
    )


def _employer(session: Session, person_id: UUID) -> Employer | None:
    employer = _of_person(session, m.PersonEmployer, person_id)
    if employer is None:
        return None
    return Employer(
        body=body_of(employer),
        representative=Contact(
            employer.representative or "", employer.representative_function or ""
        ),
        contract_suspended=employer.contract_suspended,
        aided_contract_number=employer.aided_contract_number or "",
        aided_contract_renewal=employer.aided_contract_renewal or "",
        aided_contract_amendment=employer.aided_contract_amendment or "",
    )
