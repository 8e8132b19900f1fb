"""The life of an immersion (PMSMP): opened, issued, revised, signed, withdrawn.

What is issued is read-only: issuing, signing and withdrawing have legal effect, and are not undone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import seal
from connexion_desktop.data.counters import take_number
from connexion_desktop.domain.convention_paper import ConventionPaper
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.placement import (
    EffectiveState,
    Party,
    PlacementState,
    effective_state,
    signature_problem,
)
from connexion_desktop.domain.placement_file import (
    IssuePlacement,
    NewPlacement,
    SetTimetable,
    SignPlacement,
    WithdrawPlacement,
)
from connexion_desktop.domain.placement_rules import Finding, Severity, check
from connexion_desktop.domain.placement_versions import PaperChange, paper_changes
from connexion_desktop.domain.timetable import Slot
from connexion_desktop.usecases.placement_drafts import EDITABLE, editable, set_timetable
from connexion_desktop.usecases.placement_facts import gather, journey_of, valid_delegation
from connexion_desktop.usecases.placement_hosts import remember_host
from connexion_desktop.usecases.placement_paper import (
    draft_paper,
    frozen,
    get,
    placement_of,
    slots_of,
    thawed,
)
from connexion_desktop.usecases.taking_away import hanging, take_away

_DRAFT_COLUMNS = sorted(
    {*EDITABLE, "host_id", "tutor_id", "trade_id", "journey_id", "delegation_id", "pattern"}
)


def create(session: Session, command: NewPlacement) -> UUID:
    """Open a draft for a person, with the conseiller of their latest journey."""
    person = get(session, m.Person, command.person_id)
    if person is None:
        raise UserError("Cette personne n’existe plus.", "Aucune immersion n’a été créée.")
    placement = m.Placement(id=command.id, person_id=person.id, state=PlacementState.DRAFT)
    journey = journey_of(session, placement)
    cohort = get(session, m.Cohort, journey.cohort_id) if journey is not None else None
    situation = session.scalar(
        select(m.PersonSituation).where(
            m.PersonSituation.person_id == person.id, m.PersonSituation.deleted_at.is_(None)
        )
    )
    delegation = valid_delegation(session, command.today)
    placement.journey_id = journey.id if journey is not None else None
    placement.staff_id = cohort.conseiller_id if cohort is not None else person.referent_id
    if situation is not None:
        placement.situation = situation.situation
        placement.situation_detail = situation.situation_detail
    placement.delegation_id = delegation.id if delegation is not None else None
    session.add(placement)
    return command.id


def discard(session: Session, placement_id: UUID) -> None:
    """Throw away a draft that was never issued, its hours and its files with it; it can be
    undone."""
    placement = placement_of(session, placement_id)
    if placement.number is not None or placement.state != PlacementState.DRAFT:
        raise UserError(
            "Une convention émise ne se supprime pas : son numéro est pris.",
            "Elle n’a pas changé.",
            "Vous pouvez l’annuler, en disant pourquoi.",
        )
    take_away(session, hanging(session, "placement", placement_id))


def findings(session: Session, placement: m.Placement, today: date) -> tuple[Finding, ...]:
    """What the rules say of the draft."""
    journey = journey_of(session, placement)
    paper = draft_paper(session, placement, today)
    return check(gather(session, placement, journey, paper, today))


def issue(session: Session, command: IssuePlacement) -> str:
    """Number the convention, freeze it and make it « à signer ». Returns its number.

    A blocking rule raises UserError; warnings need a reason. The number is taken once and never
    reused; a new version keeps it. Signatures are voided only by a change of substance.
    """
    placement = editable(session, command.id)
    journey = journey_of(session, placement)
    placement.journey_id = journey.id if journey is not None else None
    found = findings(session, placement, command.today)
    _refuse_blocked(found, command.warnings_reason)
    former = latest_agreement(session, placement.id)
    number = placement.number
    if number is None:
        year = command.today.year
        number = f"PMSMP-{year}-{take_number(session, f'PMSMP-{year}'):04d}"
        placement.number = number
    remember_host(session, placement)
    paper = replace(
        draft_paper(session, placement, command.today),
        number=number,
        edition=former.edition + 1 if former is not None else 1,
        state=PlacementState.TO_SIGN,
        issued_on=command.today,
    )
    paper = replace(paper, issued_at=paper.prescriber.body.address.city)
    changes = paper_changes(thawed(former.content["paper"]), paper) if former is not None else ()
    agreement = m.Agreement(
        placement_id=placement.id,
        number=number,
        edition=paper.edition,
        issued_at=datetime.now(UTC),
        issued_by=session.info["act"].author,
        content={"paper": frozen(paper), "draft": _draft_of(session, placement)},
        host_id=placement.host_id,
        renewal_of_id=placement.renewal_of_id,
        **stated(paper),
        changes=msgspec.to_builtins(changes),
        accepted_warnings=_accepted(found, command.warnings_reason),
    )
    session.add(agreement)
    session.flush()
    _ask_signatures(session, agreement, former, paper, changes)
    placement.revising = False
    _enter(session, placement, _signed_state(session, agreement), command.warnings_reason.strip())
    seal(session)
    return number


def revise(session: Session, placement_id: UUID) -> None:
    """Open a draft of the next version; what was issued stays valid until that one is issued."""
    placement = placement_of(session, placement_id)
    if not EffectiveState(PlacementState(placement.state)).may_be_revised:
        raise UserError(
            f"Une convention « {PlacementState(placement.state).label} » ne se modifie pas.",
            "Elle n’a pas changé.",
            "Une fois signée, seul un avenant peut la modifier.",
        )
    placement.revising = True


def drop_revision(session: Session, placement_id: UUID) -> None:
    """Forget the draft of the next version: the fields are again what was issued."""
    placement = placement_of(session, placement_id)
    former = latest_agreement(session, placement_id)
    if not placement.revising or former is None:
        raise UserError("Aucune modification n’est en cours.", "La convention n’a pas changé.")
    draft = msgspec.convert(former.content["draft"], _Draft)
    set_timetable(session, SetTimetable(placement_id, draft.slots, None))
    for column, value in draft.columns.items():
        setattr(placement, column, _from_json(column, value))
    placement.revising = False


def sign(session: Session, command: SignPlacement) -> bool:
    """Note that a party signed the version in force, or take that back.

    The last signature closes the draft of a next version: only an avenant may change what all
    signed. Returns whether it did. Raises UserError once the convention runs signed, and for a
    signature dated of a day to come.
    """
    placement = placement_of(session, command.id)
    agreement = latest_agreement(session, placement.id)
    now = _state_on(placement, agreement, command.today)
    if agreement is None or not now.may_be_signed:
        raise UserError(
            f"Une convention « {now.label} » n’est pas à signer.",
            "Rien n’a changé.",
        )
    problem = signature_problem(command.signed_on, command.today) if command.signed_on else ""
    if problem:
        raise UserError(problem, "La signature n’a pas été notée.")
    signature = session.scalar(
        select(m.Signature).where(
            m.Signature.agreement_id == agreement.id,
            m.Signature.party == command.party,
            m.Signature.deleted_at.is_(None),
        )
    )
    if signature is None:
        raise UserError(f"{command.party.label} : cette partie ne signe pas cette convention.")
    signature.signed_on = command.signed_on
    session.flush()
    state = _signed_state(session, agreement)
    closes = placement.revising and state is PlacementState.SIGNED
    if closes:
        drop_revision(session, placement.id)
    _enter(session, placement, state, "")
    seal(session)
    return closes


def withdraw(session: Session, command: WithdrawPlacement) -> None:
    """Cancel a convention, or note that it was refused. Its number is never used again."""
    placement = placement_of(session, command.id)
    target = PlacementState.REFUSED if command.refused else PlacementState.CANCELLED
    if not command.reason.strip():
        raise UserError("Il manque la raison.", "La convention n’a pas changé.")
    now = _state_on(placement, latest_agreement(session, placement.id), command.today)
    if not now.may_be_withdrawn(refused=command.refused):
        raise UserError(
            f"Une convention « {now.label} » ne peut pas devenir « {target.label} ».",
            "Elle n’a pas changé.",
        )
    if placement.revising:
        drop_revision(session, placement.id)
    _enter(session, placement, target, command.reason.strip())
    seal(session)


def _state_on(placement: m.Placement, agreement: m.Agreement | None, today: date) -> EffectiveState:
    stated = agreement or placement
    return effective_state(PlacementState(placement.state), stated.starts_on, stated.ends_on, today)


def stated(paper: ConventionPaper) -> dict[str, Any]:
    """What lists and rules read of an issued paper, by the columns of `Agreement`."""
    period, body = paper.period, paper.host.body
    return {
        "starts_on": period.first_day,
        "ends_on": period.last_day,
        "minutes": period.minutes,
        "host_name": body.name or None,
        "host_siret": body.siret or None,
        "object": period.purpose,
        "objectives": period.objectives or None,
        "trade": period.trade or None,
    }


class _Draft(msgspec.Struct):
    columns: dict[str, Any]
    slots: tuple[Slot, ...]


def _draft_of(session: Session, placement: m.Placement) -> dict[str, Any]:
    columns = {column: getattr(placement, column) for column in _DRAFT_COLUMNS}
    content: dict[str, Any] = msgspec.to_builtins(_Draft(columns, slots_of(session, placement.id)))
    return content


def _from_json(column: str, value: Any) -> Any:
    if value is None:
        return None
    if column.endswith("_id"):
        return UUID(value)
    return date.fromisoformat(value) if column.endswith("_on") else value


def _accepted(found: tuple[Finding, ...], reason: str) -> Any:
    codes = [each.code for each in found if each.severity is Severity.WARN]
    return {"codes": codes, "reason": reason.strip()} if codes else None


def _ask_signatures(
    session: Session,
    agreement: m.Agreement,
    former: m.Agreement | None,
    paper: ConventionPaper,
    changes: tuple[PaperChange, ...],
) -> None:
    kept: dict[str, date | None] = {}
    if former is not None:
        former.superseded_at = datetime.now(UTC)
        voided = any(change.voids for change in changes)
        for signature in signatures_of(session, former.id):
            if voided and signature.signed_on is not None:
                signature.voided_on = paper.issued_on
            elif not voided:
                kept[signature.party] = signature.signed_on
    names = {
        Party.BENEFICIARY: paper.beneficiary.full_name,
        Party.REPRESENTATIVE: paper.beneficiary.representative.name,
        Party.EMPLOYER: paper.employer.representative.name if paper.employer else "",
        Party.HOST: paper.host.signatory.name,
        Party.PRESCRIBER: paper.prescriber.signatory.name,
        Party.SUPPORT: paper.accompaniment.referent.name,
    }
    session.add_all(
        m.Signature(
            agreement_id=agreement.id, party=party, name=names[party], signed_on=kept.get(party)
        )
        for party in paper.parties
    )
    session.flush()


def signatures_of(session: Session, agreement_id: UUID) -> list[m.Signature]:
    return list(
        session.scalars(
            select(m.Signature)
            .where(m.Signature.agreement_id == agreement_id, m.Signature.deleted_at.is_(None))
            .order_by(m.Signature.id)
        )
    )


def _signed_state(session: Session, agreement: m.Agreement) -> PlacementState:
    signed = [row.signed_on is not None for row in signatures_of(session, agreement.id)]
    if all(signed):
        return PlacementState.SIGNED
    return PlacementState.PARTLY_SIGNED if any(signed) else PlacementState.TO_SIGN


def _enter(session: Session, placement: m.Placement, state: PlacementState, reason: str) -> None:
    """Pass to a state, or stay in it by another act: a new version, one signature more."""
    before = PlacementState(placement.state)
    if state is not before and not before.may_become(state):
        raise ValueError(f"{before} -> {state}")
    placement.state = state
    placement.state_reason = reason or None
    session.add(
        m.PlacementEvent(
            placement_id=placement.id,
            at=datetime.now(UTC),
            state=state,
            reason=reason or None,
            author=session.info["act"].author,
        )
    )


def _refuse_blocked(found: tuple[Finding, ...], reason: str) -> None:
    blocking = [each for each in found if each.severity is Severity.BLOCK]
    if blocking:
        more = len(blocking) - 1
        raise UserError(
            blocking[0].message + (f" Et {more} autre{'s' * (more > 1)}." if more else ""),
            "La convention reste un brouillon ; rien n’est perdu.",
            "Complétez les points signalés en rouge, puis émettez-la.",
        )
    if any(each.severity is Severity.WARN for each in found) and not reason.strip():
        raise UserError(
            "Cette convention a des points d’attention.",
            "Elle reste un brouillon.",
            "Dites en quelques mots pourquoi vous l’émettez quand même.",
        )


def latest_agreement(session: Session, placement_id: UUID) -> m.Agreement | None:
    return session.scalar(
        select(m.Agreement)
        .where(m.Agreement.placement_id == placement_id, m.Agreement.deleted_at.is_(None))
        .order_by(m.Agreement.edition.desc())
        .limit(1)
    )
