"""The papers around an activity, made from the base: an agreement to sign, the way to a place."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.activities import ConsentKind
from connexion_desktop.domain.activity_papers import ConsentPaper, RoadMap
from connexion_desktop.domain.convention_paper import Address, Contact
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import may_be_minor
from connexion_desktop.domain.names import full_name

from . import meeting_reads
from .paper_parties import address_of, association_of, body_of, contacts_of
from .person_rows import birth_of
from .placement_paper import get

_NOT_MADE = "Aucun papier n’a été fait."


def consent(session: Session, journey_id: UUID, kind: ConsentKind, today: date) -> ConsentPaper:
    """An agreement for somebody of a group to sign. Raises UserError if their journey is gone."""
    journey = get(session, m.Journey, journey_id)
    if journey is None:
        raise UserError("Ce parcours n’est plus dans la base.", _NOT_MADE)
    person = session.get_one(m.Person, journey.person_id)
    group = session.get_one(m.Cohort, journey.cohort_id)
    association = association_of(session)
    return ConsentPaper(
        kind=kind,
        issuer=body_of(association),
        signatory=Contact(association.signatory_name or "", association.signatory_function or ""),
        number=person.number,
        name=full_name(person.given_name, person.family_name or ""),
        group=group.name,
        made_on=today,
        is_minor=may_be_minor(birth_of(person), today),
        representative=contacts_of(session, person.id).get("representative", Contact()),
    )


def road_map(session: Session, meeting_id: UUID) -> RoadMap:
    """How to come to a séance. Raises UserError if it is gone."""
    one = sa.select(m.Meeting.id).where(m.Meeting.id == meeting_id, m.Meeting.deleted_at.is_(None))
    found = meeting_reads.read(session, one).told({})
    if not found:
        raise UserError("Cette séance a été supprimée entre-temps.", _NOT_MADE)
    (meeting,) = found
    association = association_of(session)
    partner = get(session, m.Organisation, meeting.partner_id)
    return RoadMap(
        issuer=body_of(association),
        title=meeting.title,
        on=meeting.on,
        hours=meeting.hours,
        place=meeting.place,
        host=meeting.partner if meeting.partner != meeting.place else "",
        address=address_of(partner) if partner is not None else Address(),
        leader=meeting.leader,
        phone=association.phone or "",
        detail=meeting.detail,
    )
