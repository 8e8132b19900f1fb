"""What the immersions page reads: the office's queue, one form, a paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, Select, or_, select
from sqlalchemy.orm import Session, aliased

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.convention_paper import ConventionPaper
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import period_text
from connexion_desktop.domain.names import fold, full_name
from connexion_desktop.domain.placement import Party, PlacementState, effective_state
from connexion_desktop.domain.placement_file import (
    Choice,
    EditionRow,
    FormLists,
    PlacementForm,
    PlacementRow,
    SignatureRow,
    draft_number,
    typed_number,
)
from connexion_desktop.domain.placement_rules import check
from connexion_desktop.domain.placement_versions import PaperChange, paper_changes
from connexion_desktop.usecases import placement_standing as standing
from connexion_desktop.usecases.placement_drafts import EDITABLE, pattern_of
from connexion_desktop.usecases.placement_facts import (
    COUNTING,
    facts_of,
    journey_among,
    journeys_of,
    known_facts,
)
from connexion_desktop.usecases.placement_hosts import host_of
from connexion_desktop.usecases.placement_paper import draft_paper, placement_of, thawed
from connexion_desktop.usecases.placement_prescriber import prescriber, staff_choices
from connexion_desktop.usecases.placements import latest_agreement, signatures_of

_OVER = (PlacementState.ASSESSED, PlacementState.REFUSED, PlacementState.CANCELLED)
_OVER_SHOWN = 200


def queue(session: Session, today: date) -> tuple[PlacementRow, ...]:
    """Every immersion that waits for something, and the latest of those that are over."""
    # What is over is not being revised: its own dates are those in force, and they have an index.
    latest = (
        _rows()
        .where(m.Placement.state.in_(_OVER))
        .order_by(m.Placement.starts_on.desc())
        .limit(_OVER_SHOWN)
    )
    with together(session) as ask:
        waiting = ask(session.execute, _rows().where(m.Placement.state.not_in(_OVER)))
        over = ask(session.execute, latest)
    rows = (*waiting.value, *over.value)
    ids = [row.id for row in rows]
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
            minutes=row.minutes,
            missing_signatures=missing.get(row.id, ()),
        )
        for row in rows
    )


def warm(session: Session, today: date) -> None:
    """Read the queue and a form for nothing: what SQLAlchemy compiles then, two thirds of the first
    opening, is ready for the first real one."""
    rows = queue(session, today)
    if rows:
        form(session, rows[0].id, today)


def form(session: Session, placement_id: UUID, today: date) -> PlacementForm:
    """The form of one immersion: the draft if one is open, else what was issued."""
    with together(session) as ask:
        found = ask(_held, session, placement_id)
        lived = ask(_journeys, session, placement_id)
        issued_last = ask(latest_agreement, session, placement_id)
        editions = ask(_editions, session, placement_id)
    held, journeys, agreement = found.value, lived.value, issued_last.value
    placement = placement_of(session, placement_id)
    person = session.get_one(m.Person, placement.person_id)
    journey = journey_among(placement, [each for each, _ in journeys])
    stored = PlacementState(placement.state)
    stated = agreement or placement
    read_only = stored is not PlacementState.DRAFT and not placement.revising
    with together(session) as ask:
        drafted = ask(draft_paper, session, placement, today)
        known = ask(known_facts, session, placement, journey)
        host = ask(host_of, session, placement)
        signatures = ask(_signature_rows, session, agreement)
        lists = None if read_only else ask(_lists, session, placement, journey)
    draft = drafted.value
    facts = facts_of(known.value, draft, today)
    issued = thawed(agreement.content["paper"]) if agreement is not None else None
    shown = PlacementForm(
        id=placement.id,
        number=placement.number or draft_number(placement.id),
        edition=agreement.edition if agreement is not None else 0,
        stored_state=stored,
        state=effective_state(stored, stated.starts_on, stated.ends_on, today),
        read_only=read_only,
        revising=placement.revising,
        person_id=person.id,
        person=full_name(person.given_name, person.family_name or ""),
        cohort=next((cohort.name for each, cohort in journeys if each is journey), ""),
        host=host.value,
        prescriber=prescriber(session, placement.delegation_id),
        values=_values(placement, draft),
        slots=draft.period.slots,
        pattern=pattern_of(placement),
        facts=facts,
        findings=check(facts),
        paper=replace(issued, state=stored) if read_only and issued is not None else draft,
        issued=issued,
        signatures=signatures.value,
        editions=editions.value,
        pending_changes=paper_changes(issued, draft)
        if issued is not None and placement.revising
        else (),
        state_reason=placement.state_reason or "",
        lists=FormLists() if lists is None else lists.value,
    )
    del held
    return shown


def _values(placement: m.Placement, draft: ConventionPaper) -> dict[str, str | date | bool | None]:
    """What the fields hold; the situation is the person's own while none is chosen here."""
    values = {field: _plain(getattr(placement, field)) for field in EDITABLE}
    return values | {
        "situation": draft.beneficiary.situation,
        "situation_detail": draft.beneficiary.situation_detail or None,
    }


def _held(session: Session, placement_id: UUID) -> Row[Any] | None:
    """The rows that an immersion names, read at once: several parts of the form look them up, and a
    session forgets those that nobody holds."""
    placement, support, former = m.Placement, aliased(m.Organisation), aliased(m.Placement)
    return session.execute(
        select(
            placement, m.Person, m.Organisation, support, m.Delegation, m.Staff, former,
            m.Association,
        )
        .join(m.Person, m.Person.id == placement.person_id)
        .join(m.Association, m.Association.id == placement.association_id)
        .outerjoin(m.Organisation, m.Organisation.id == placement.host_id)
        .outerjoin(support, support.id == placement.support_id)
        .outerjoin(m.Delegation, m.Delegation.id == placement.delegation_id)
        .outerjoin(m.Staff, m.Staff.id == placement.staff_id)
        .outerjoin(former, former.id == placement.renewal_of_id)
        .where(placement.id == placement_id)
    ).one_or_none()  # fmt: skip


def _journeys(session: Session, placement_id: UUID) -> list[tuple[m.Journey, m.Cohort]]:
    """The journeys of whoever an immersion is for, each with its group, the latest first."""
    person = select(m.Placement.person_id).where(m.Placement.id == placement_id).scalar_subquery()
    rows = session.execute(
        journeys_of(person).add_columns(m.Cohort).join(m.Cohort, m.Cohort.id == m.Journey.cohort_id)
    )
    return [(journey, cohort) for journey, cohort in rows]


def _lists(session: Session, placement: m.Placement, journey: m.Journey | None) -> FormLists:
    item, family = m.ReferenceItem, m.TradeFamily
    offered = (
        select(item.list, item.code, item.label)
        .where(item.list.in_(("situation", "nationality")), item.deleted_at.is_(None))
        .order_by(item.position)
    )
    catalogue = (
        select(family.id, family.label)
        .where(
            family.deleted_at.is_(None),
            or_(family.retired_on.is_(None), family.id == placement.family_id),
        )
        .order_by(family.position)
    )
    with together(session) as ask:
        answered = ask(session.execute, offered)
        families = ask(session.execute, catalogue)
        staff = ask(staff_choices, session)
        renewable = ask(_renewable, session, placement)
        trades = ask(_trades, session, journey.id if journey is not None else None)
    items = answered.value.all()
    return FormLists(
        situations=tuple((code, label) for name, code, label in items if name == "situation"),
        nationalities=tuple((code, label) for name, code, label in items if name == "nationality"),
        families=tuple((str(id_), label) for id_, label in families.value),
        staff=staff.value,
        renewable=renewable.value,
        trades=trades.value,
    )


def _trades(session: Session, journey_id: UUID | None) -> tuple[str, ...]:
    """The trades to suggest: those of the person's project first, then all that are known."""
    choice, trade = m.ProjectChoice, m.Trade
    hers = (
        select(choice.label)
        .where(choice.journey_id == journey_id, choice.deleted_at.is_(None))
        .order_by(choice.rank)
    )
    every = select(trade.label).where(trade.deleted_at.is_(None)).order_by(trade.label)
    with together(session) as ask:
        project = ask(session.scalars, hers)
        known = ask(session.scalars, every)
    return tuple(dict.fromkeys((*project.value, *known.value)))


def paper(session: Session, number: str, today: date) -> ConventionPaper:
    """The paper of a convention by its number (« PMSMP-2026-0001 », « BROUILLON-… »), in any case
    and with or without the zeros before it."""
    wanted = typed_number(number)
    issued = session.execute(
        _issued().where(m.Agreement.number == wanted).order_by(m.Agreement.edition.desc()).limit(1)
    ).one_or_none()
    if issued is not None:
        return _as_it_stands(issued)
    drafts = session.scalars(
        select(m.Placement).where(m.Placement.number.is_(None), m.Placement.deleted_at.is_(None))
    )
    for placement in drafts:
        if draft_number(placement.id) == wanted:
            return draft_paper(session, placement, today)
    raise UserError(
        f"Aucune convention ne porte le numéro « {number} ».",
        todo="La liste : connexion-desktop lister conventions.",
    )


def edition_paper(session: Session, number: str, edition: int) -> ConventionPaper:
    """A former version, as it was issued."""
    issued = session.execute(
        _issued().where(m.Agreement.number == number, m.Agreement.edition == edition)
    ).one_or_none()
    if issued is None:
        raise UserError(f"La version {edition} de {number} est introuvable.")
    return _as_it_stands(issued)


def _issued() -> Select[Any]:
    return (
        select(m.Agreement.content, m.Agreement.superseded_at, m.Placement.state)
        .join(m.Placement, m.Placement.id == m.Agreement.placement_id)
        .where(m.Agreement.deleted_at.is_(None))
    )


def _as_it_stands(issued: Any) -> ConventionPaper:
    """A version as it was issued, stamped if it was replaced or withdrawn since."""
    return replace(
        thawed(issued.content["paper"]),
        superseded=issued.superseded_at is not None,
        state=PlacementState(issued.state),
    )


def people_to_place(session: Session, cohort_id: UUID | None, typed: str) -> tuple[Choice, ...]:
    """People in follow-up who may be the beneficiary, those of the group first."""
    words = fold(typed).split()
    rows = session.execute(
        select(m.Person.id, m.Person.given_name, m.Person.family_name, m.Cohort.name)
        .join(m.Journey, m.Journey.person_id == m.Person.id)
        .join(m.Cohort, m.Cohort.id == m.Journey.cohort_id)
        .where(
            m.Person.deleted_at.is_(None),
            m.Journey.deleted_at.is_(None),
            m.Journey.left_on.is_(None),
        )
        .order_by(m.Journey.cohort_id != cohort_id, m.Person.family_name, m.Person.given_name)
    )
    names = ((id_, full_name(given, family or ""), cohort) for id_, given, family, cohort in rows)
    return tuple(
        Choice(id_, name, cohort)
        for id_, name, cohort in names
        if all(word in fold(name) for word in words)
    )


def _renewable(session: Session, placement: m.Placement) -> tuple[Choice, ...]:
    """The issued conventions of the same person at the same host, which this one may renew.

    A renewal, one withdrawn and one renewed already cannot be (D. 5135-3).
    """
    if placement.host_id is None:
        return ()
    issued = session.execute(
        standing.standing(
            select(
                m.Placement.id,
                m.Placement.number,
                standing.STARTS_ON,
                standing.ENDS_ON,
                standing.HOST_ID,
                standing.RENEWAL_OF_ID,
            )
        )
        .where(
            m.Placement.person_id == placement.person_id,
            m.Placement.id != placement.id,
            m.Placement.state.in_(COUNTING),
        )
        .order_by(standing.STARTS_ON.desc())
    ).all()
    renewed = {row.renewal_of_id for row in issued}
    return tuple(
        Choice(
            row.id,
            row.number or "",
            period_text(row.starts_on, row.ends_on) if row.starts_on and row.ends_on else "",
        )
        for row in issued
        if row.host_id == placement.host_id and not row.renewal_of_id and row.id not in renewed
    )


def _rows() -> Select[Any]:
    return (
        standing.standing(
            select(
                m.Placement.id,
                m.Placement.number,
                m.Placement.state,
                m.Placement.revising,
                m.Placement.person_id,
                standing.TRADE,
                standing.STARTS_ON,
                standing.ENDS_ON,
                standing.HOST,
                standing.MINUTES,
                m.Person.given_name,
                m.Person.family_name,
                m.Cohort.name.label("cohort"),
            )
        )
        .join(m.Person, m.Person.id == m.Placement.person_id)
        .outerjoin(m.Journey, m.Journey.id == m.Placement.journey_id)
        .outerjoin(m.Cohort, m.Cohort.id == m.Journey.cohort_id)
    )


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
            m.Agreement.accepted_warnings,
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
            (row.accepted_warnings or {}).get("reason", ""),
        )
        for row in rows
    )
