"""The activities of a group: offered, chosen, what came of them; what was signed for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.activities import (
    MOST_OFFERED,
    Activities,
    AlreadySignedError,
    Choose,
    Chooser,
    ConsentKind,
    ConsentRow,
    GiveConsent,
    Offer,
    OfferActivity,
    RevokeConsent,
    TellAllergies,
    TellOutcome,
)
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.meetings import MeetingState
from connexion_desktop.domain.names import full_name
from connexion_desktop.domain.servers import Role

from . import meeting_reads
from .chosen_group import choose
from .conflicts import Held, merged_columns, refuse_overwriting
from .group_reads import people_of
from .roles import roles_of

_SAFE = "Rien n’a changé."


def load(session: Session, query: BoardQuery) -> Activities:
    """The activities of a group; without one asked for (or if it is gone), of the latest begun."""
    chosen = choose(session, query)
    group = chosen.group
    if group is None:
        return Activities(query.today)
    with together(session) as ask:
        people = ask(meeting_reads.participants, session, group.id)
        offers = ask(_offers, session, group.id, query.today)
        consents = ask(_consents, session, group.id)
        known = ask(_catalogue, session)
    offered = {each.code for each in offers.value}
    signed = consents.value
    confides = chosen.confides(session)
    return Activities(
        today=query.today,
        cohort=chosen.brief(group, query.today, closed_to_me=chosen.is_closed_to_me(session)),
        offers=offers.value,
        people=tuple(Chooser(who, signed.get(who.person_id, {})) for who in people.value),
        others=tuple(each for each in known.value if each[0] not in offered),
        confides=confides,
        may_manage=confides or Role.SECRETARIAT in roles_of(session),
    )


def _offers(session: Session, cohort_id: UUID, today: date) -> tuple[Offer, ...]:
    offered, item, meeting = m.CohortActivity, m.ReferenceItem, m.Meeting
    standing = meeting.state != MeetingState.CANCELLED.value
    counted = (
        sa.select(
            meeting.activity,
            sa.func.count().label("sessions"),
            sa.func.count().filter(meeting.state == MeetingState.HELD.value).label("held"),
            sa.func.min(meeting.on).filter(meeting.on >= today).label("next_on"),
        )
        .where(meeting.cohort_id == cohort_id, standing, meeting.deleted_at.is_(None))
        .group_by(meeting.activity)
        .subquery()
    )
    rows = session.execute(
        sa.select(
            offered.id,
            offered.activity,
            offered.detail,
            offered.partner_id,
            item.label,
            m.Organisation.name.label("partner"),
            counted.c.sessions,
            counted.c.held,
            counted.c.next_on,
        )
        .outerjoin(
            item,
            sa.and_(
                item.list == "activity", item.code == offered.activity, item.deleted_at.is_(None)
            ),
        )
        .outerjoin(m.Organisation, m.Organisation.id == offered.partner_id)
        .outerjoin(counted, counted.c.activity == offered.activity)
        .where(offered.cohort_id == cohort_id, offered.deleted_at.is_(None))
        .order_by(item.position, offered.activity)
    )
    return tuple(
        Offer(
            id=row.id,
            code=row.activity,
            label=row.label or row.activity,
            partner_id=row.partner_id,
            partner=row.partner or "",
            outcome=row.detail or "",
            sessions=row.sessions or 0,
            held=row.held or 0,
            next_on=row.next_on,
        )
        for row in rows
    )


def _consents(session: Session, cohort_id: UUID) -> dict[UUID, dict[ConsentKind, ConsentRow]]:
    """The agreement of each kind, by person: the last that holds, else the last."""
    table = m.Consent
    rows = session.execute(
        sa.select(table.id, table.person_id, table.kind, table.given_on, table.revoked_on)
        .where(
            table.person_id.in_(people_of(cohort_id)),
            table.kind.in_([kind.value for kind in ConsentKind]),
            table.deleted_at.is_(None),
        )
        .order_by(table.revoked_on.is_(None), table.given_on, table.created_at, table.id)
    )
    found: dict[UUID, dict[ConsentKind, ConsentRow]] = {}
    for row in rows:
        kind = ConsentKind(row.kind)
        told = ConsentRow(row.id, kind, row.given_on, row.revoked_on)
        found.setdefault(row.person_id, {})[kind] = told
    return found


def _catalogue(session: Session) -> tuple[tuple[str, str], ...]:
    """What may still be offered, in the order of the list."""
    item = m.ReferenceItem
    rows = session.execute(
        sa.select(item.code, item.label)
        .where(item.list == "activity", item.deleted_at.is_(None), item.retired_on.is_(None))
        .order_by(item.position, item.code)
    )
    return tuple((row.code, row.label) for row in rows)


def choose_activity(session: Session, command: Choose) -> None:
    """Say what a participant chose. Raises UserError if their journey is gone, or for what the
    group is not offered; ConflictError if somebody else said otherwise."""
    journey = session.get(m.Journey, command.journey_id)
    if journey is None or journey.deleted_at is not None:
        raise UserError("Ce parcours n’est plus dans la base.", _SAFE)
    if command.activity:
        _offer(session, journey.cohort_id, command.activity)
    mine = {"activity": command.activity or None}
    for column, value in merged_columns(session, journey, command.seen, mine).items():
        setattr(journey, column, value)


def _offer(session: Session, cohort_id: UUID, activity: str) -> m.CohortActivity:
    table = m.CohortActivity
    found = session.scalars(
        sa.select(table).where(
            table.cohort_id == cohort_id, table.activity == activity, table.deleted_at.is_(None)
        )
    ).first()
    if found is None:
        raise UserError(
            "Cette activité n’est pas proposée au groupe.", _SAFE, "Proposez-la d’abord."
        )
    return found


def offer(session: Session, command: OfferActivity) -> None:
    """Offer an activity to a group, or say who holds it. Raises UserError where the group has as
    many as there are keys, or for one that is no more offered; ConflictError if somebody else said
    otherwise."""
    table = m.CohortActivity
    offered = session.scalars(
        sa.select(table).where(table.cohort_id == command.cohort_id, table.deleted_at.is_(None))
    ).all()
    known = next((each for each in offered if each.activity == command.activity), None)
    if command.offer_id is not None:
        known = _the_offer(session, command.offer_id)
    if known is not None:
        mine = {"partner_id": command.partner_id}
        for column, value in merged_columns(session, known, command.seen, mine).items():
            setattr(known, column, value)
        return
    if len(offered) >= MOST_OFFERED:
        raise UserError(
            f"Un groupe a {MOST_OFFERED} activités au plus.", _SAFE, "Retirez-en une d’abord."
        )
    session.add(
        m.CohortActivity(
            cohort_id=command.cohort_id, activity=command.activity, partner_id=command.partner_id
        )
    )


def withdraw(session: Session, offer_id: UUID) -> None:
    """Offer an activity no more. Raises UserError where somebody chose it."""
    offered = _the_offer(session, offer_id)
    journey = m.Journey
    chosen = session.scalar(
        sa.select(sa.func.count()).where(
            journey.cohort_id == offered.cohort_id,
            journey.activity == offered.activity,
            journey.deleted_at.is_(None),
        )
    )
    if chosen:
        many = chosen > 1
        raise UserError(
            f"{chosen} participant{'s' * many} {'ont' if many else 'a'} choisi cette activité.",
            _SAFE,
            "Proposez-leur d’abord une autre activité.",
        )
    offered.deleted_at = m.utc_now()


def tell_outcome(session: Session, command: TellOutcome) -> None:
    """Say what came of an activity. Raises UserError if it is no more offered; ConflictError if
    somebody else said otherwise."""
    offered = _the_offer(session, command.offer_id)
    mine: dict[str, Any] = {"detail": command.outcome.strip() or None}
    for column, value in merged_columns(session, offered, command.seen, mine).items():
        setattr(offered, column, value)


def _the_offer(session: Session, offer_id: UUID) -> m.CohortActivity:
    found = session.get(m.CohortActivity, offer_id)
    if found is None or found.deleted_at is not None:
        raise UserError("Cette activité n’est plus proposée au groupe.", _SAFE)
    return found


def give_consent(session: Session, command: GiveConsent, today: date) -> None:
    """Note that an agreement was signed. Raises AlreadySignedError where one holds, UserError for a
    day to come."""
    command.check(today)
    if holding := _holding(session, command.person_id, command.kind):
        raise AlreadySignedError(holding[-1].given_on)
    session.add(
        m.Consent(person_id=command.person_id, kind=command.kind.value, given_on=command.on)
    )


def revoke_consent(session: Session, command: RevokeConsent) -> None:
    """Note that an agreement was taken back, however many times it was given: that it was is not
    forgotten. Raises UserError where none holds."""
    holding = _holding(session, command.person_id, command.kind)
    if not holding:
        raise UserError("Cet accord a déjà été retiré.", _SAFE)
    for each in holding:
        each.revoked_on = max(command.on, each.given_on)


def _holding(session: Session, person_id: UUID, kind: ConsentKind) -> Sequence[m.Consent]:
    table = m.Consent
    return session.scalars(
        sa.select(table)
        .where(
            table.person_id == person_id,
            table.kind == kind.value,
            table.revoked_on.is_(None),
            table.deleted_at.is_(None),
        )
        .order_by(table.given_on, table.id)
    ).all()


def allergies(
    session: Session, cohort_id: UUID, activity: str, today: date
) -> tuple[tuple[str, str], ...]:
    """The allergies of whoever chose an activity and has not left the group, as (name, words), for
    who leads it and nobody else: asked for on purpose, on no list."""
    table, person, journey = m.PersonAllergy, m.Person, m.Journey
    people = sa.select(journey.person_id).where(
        journey.cohort_id == cohort_id,
        journey.activity == activity,
        sa.or_(journey.left_on.is_(None), journey.left_on >= today),
        journey.deleted_at.is_(None),
    )
    rows = session.execute(
        sa.select(person.given_name, person.family_name, table.text)
        .join(person, person.id == table.person_id)
        .where(table.person_id.in_(people), table.deleted_at.is_(None))
        .order_by(person.family_name, person.given_name)
    )
    return tuple((full_name(row.given_name, row.family_name or ""), row.text) for row in rows)


def allergies_of(session: Session, person_id: UUID) -> str:
    """The allergies of somebody, to be mended; « » where none is known."""
    return "\n".join(row.text for row in _allergies(session, person_id))


def tell_allergies(session: Session, command: TellAllergies) -> None:
    """Note the allergies of somebody. Raises ConflictError if somebody else told others."""
    known = _allergies(session, command.person_id)
    held = Held("Allergies", "\n".join(row.text for row in known), tuple(known), ("text",))
    told = command.text.strip()
    seen = None if command.seen is None else {"text": (command.seen,)}
    refuse_overwriting(session, seen, "text", told, lambda _name: held)
    first, *others = known or (None,)
    for row in others if told else known:
        row.deleted_at = m.utc_now()
    if told and first is not None:
        first.text = told
    elif told:
        session.add(m.PersonAllergy(person_id=command.person_id, text=told))


def _allergies(session: Session, person_id: UUID) -> Sequence[m.PersonAllergy]:
    table = m.PersonAllergy
    return session.scalars(
        sa.select(table)
        .where(table.person_id == person_id, table.deleted_at.is_(None))
        .order_by(table.created_at, table.id)
    ).all()
