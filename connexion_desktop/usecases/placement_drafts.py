"""The draft of an immersion, filled in field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.identity import Situation
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.phones import tidy_phone
from connexion_desktop.domain.placement import EffectiveState, PlacementObject, PlacementState
from connexion_desktop.domain.placement_file import (
    SLOTS,
    ChooseHost,
    ChooseTutor,
    EditPlacement,
    SetTimetable,
)
from connexion_desktop.domain.placement_hours import refit, span, usual_week
from connexion_desktop.domain.timetable import Slot, WeeklyPattern, timetable_problems
from connexion_desktop.usecases.conflicts import Held, column_of, refuse_overwriting
from connexion_desktop.usecases.placement_facts import journey_of, valid_delegation
from connexion_desktop.usecases.placement_paper import get, placement_of, slots_of

_Value = str | date | bool | None


def _text(value: _Value) -> Any:
    return value.strip() or None if isinstance(value, str) else None


def _phone(value: _Value) -> Any:
    return tidy_phone(value.strip()) or None if isinstance(value, str) else None


def _answer(value: _Value) -> Any:
    """None while nobody answered, an empty text for « non »."""
    return value.strip() if isinstance(value, str) else None


def _yes(value: _Value) -> Any:
    return value is True


def _day(value: _Value) -> Any:
    return value if isinstance(value, date) else None


def _id(value: _Value) -> Any:
    return UUID(value) if isinstance(value, str) and value else None


def _object(value: _Value) -> Any:
    return PlacementObject(value) if isinstance(value, str) and value else None


def _situation(value: _Value) -> Any:
    return Situation(value) if isinstance(value, str) and value else None


EDITABLE: Mapping[str, Callable[[_Value], Any]] = {
    "object": _object,
    "trade": _text,
    "family_id": _id,
    "objectives": _text,
    "evaluation": _text,
    "tasks": _text,
    "starts_on": _day,
    "ends_on": _day,
    "place": _text,
    "tutor_name": _text,
    "tutor_function": _text,
    "tutor_phone": _phone,
    "tutor_email": _text,
    "host_signatory": _text,
    "host_signatory_function": _text,
    "insurance_attested": _yes,
    "situation": _situation,
    "situation_detail": _text,
    "ppe": _answer,
    "prevention": _answer,
    "observations": _text,
    "annex": _yes,
    "renewal_of_id": _id,
    "renewal_reason": _text,
    "staff_id": _id,
    "support_id": _id,
}
"""The fields of a draft that are edited one by one, and how each takes what was typed."""


def edit(session: Session, command: EditPlacement) -> None:
    """Set one field of the draft. Raises UserError once issued, unless it is being revised;
    ConflictError where somebody changed it, or one linked to it, since it was seen.

    Another first or last day brings the hours of the usual week to the days that come in, and
    takes away those of the days that go out.
    """
    read = EDITABLE.get(command.field)
    if read is None:
        raise ValueError(command.field)
    placement = editable(session, command.id)
    value = read(command.value)
    _refuse_overwriting(session, placement, command.seen, command.field, value)
    before = span(placement.starts_on, placement.ends_on)
    setattr(placement, command.field, value)
    if command.field == "trade":
        placement.trade_id = _known_trade(session, placement.trade)
    if command.field in ("starts_on", "ends_on"):
        _move(session, placement, before)
    if command.field == "tutor_name":
        placement.tutor_id = None


def _refuse_overwriting(
    session: Session, placement: m.Placement, seen: Seen | None, name: str, mine: object
) -> None:
    def held(name: str) -> Held:
        if name != SLOTS:
            return column_of(placement, name)
        rows = session.scalars(
            select(m.PlacementSlot).where(m.PlacementSlot.placement_id == placement.id)
        )
        return Held(
            "Horaires", slots_of(session, placement.id), tuple(rows), ("deleted_at", "start", "end")
        )

    refuse_overwriting(session, seen, name, mine, held, kept=_kept)


def _kept(name: str, value: Any) -> Any:
    """What the base keeps of what a page sent; what the page loaded stays as it is."""
    known = value is None or not isinstance(value, str | bool | date)
    return value if known or name not in EDITABLE else EDITABLE[name](value)


def _known_trade(session: Session, typed: str | None) -> UUID | None:
    """The trade of the list that was typed, for the figures by trade."""
    known = session.execute(
        select(m.Trade.id, m.Trade.label).where(m.Trade.deleted_at.is_(None))
    ).tuples()
    return next((id_ for id_, label in known if typed and fold(label) == fold(typed)), None)


def _move(session: Session, placement: m.Placement, before: tuple[date, date] | None) -> None:
    journey = journey_of(session, placement)
    placement.journey_id = journey.id if journey is not None else None
    if placement.starts_on is not None:
        delegation = valid_delegation(session, placement.starts_on)
        placement.delegation_id = delegation.id if delegation is not None else None
    slots = slots_of(session, placement.id)
    week = pattern_of(placement) or usual_week(slots)
    _write_slots(
        session,
        placement,
        refit(slots, week, before, span(placement.starts_on, placement.ends_on)),
    )


def choose_host(session: Session, command: ChooseHost) -> None:
    """Set the host, its signatory and, where it has only one contact, the tutor."""
    placement = editable(session, command.id)
    host = get(session, m.Organisation, command.host_id)
    if host is None:
        raise UserError("Cette structure n’existe plus.", "L’immersion n’a pas changé.")
    if host.id == placement.host_id:
        return
    _refuse_overwriting(session, placement, command.seen, "host_id", host.id)
    placement.host_id = host.id
    placement.host_signatory = host.signatory_name
    placement.host_signatory_function = host.signatory_function
    placement.insurance_attested = host.insurance_attested_on is not None
    placement.renewal_of_id = None
    placement.renewal_reason = None
    contacts = contacts_of(session, host.id)
    _set_tutor(placement, contacts[0] if len(contacts) == 1 else None)


def choose_tutor(session: Session, command: ChooseTutor) -> None:
    """Set the tutor to someone of the host's, with how to reach them."""
    placement = editable(session, command.id)
    contact = get(session, m.Contact, command.contact_id)
    if contact is None or contact.organisation_id != placement.host_id:
        raise UserError("Cette personne n’est plus dans la structure.", "Le tuteur n’a pas changé.")
    _refuse_overwriting(session, placement, command.seen, "tutor_name", contact.name)
    _set_tutor(placement, contact)


def contacts_of(session: Session, host_id: UUID) -> list[m.Contact]:
    """Who works at a host now."""
    return list(
        session.scalars(
            select(m.Contact)
            .where(
                m.Contact.organisation_id == host_id,
                m.Contact.deleted_at.is_(None),
                m.Contact.left_on.is_(None),
            )
            .order_by(m.Contact.name)
        )
    )


def _set_tutor(placement: m.Placement, contact: m.Contact | None) -> None:
    placement.tutor_id = contact.id if contact else None
    placement.tutor_name = contact.name if contact else None
    placement.tutor_function = contact.function if contact else None
    placement.tutor_phone = contact.phone if contact else None
    placement.tutor_email = contact.email if contact else None


def set_timetable(session: Session, command: SetTimetable) -> None:
    """Replace the slots of the draft. Raises UserError naming the day of a slot that cannot stand,
    ConflictError where somebody changed them, or the dates, since they were seen.

    An empty timetable is kept as such: it is being typed; issuing refuses it.
    """
    placement = editable(session, command.id)
    _refuse_overwriting(session, placement, command.seen, SLOTS, command.slots)
    problems = timetable_problems(command.slots) if command.slots else ()
    if problems:
        raise UserError(problems[0].message, "Les horaires précédents sont gardés.")
    _write_slots(session, placement, command.slots)
    placement.pattern = msgspec.to_builtins(command.pattern) if command.pattern else None


def pattern_of(placement: m.Placement) -> WeeklyPattern | None:
    """The usual week as it was typed."""
    return msgspec.convert(placement.pattern, WeeklyPattern) if placement.pattern else None


def _write_slots(session: Session, placement: m.Placement, slots: tuple[Slot, ...]) -> None:
    present = {
        Slot(row.on, row.start, row.end): row
        for row in session.scalars(
            select(m.PlacementSlot).where(
                m.PlacementSlot.placement_id == placement.id,
                m.PlacementSlot.deleted_at.is_(None),
            )
        )
    }
    wanted = set(slots)
    for slot, row in present.items():
        if slot not in wanted:
            row.deleted_at = datetime.now(UTC)
    session.add_all(
        m.PlacementSlot(placement_id=placement.id, on=slot.on, start=slot.start, end=slot.end)
        for slot in sorted(wanted - present.keys())
    )


def editable(session: Session, placement_id: UUID) -> m.Placement:
    """The placement. Raises UserError once issued, unless it is being revised and may still be."""
    placement = placement_of(session, placement_id)
    state = PlacementState(placement.state)
    being_revised = placement.revising and EffectiveState(state).may_be_revised
    if state is not PlacementState.DRAFT and not being_revised:
        raise UserError(
            "Cette convention est émise : elle ne se modifie plus.",
            "Ce qui est imprimé reste vrai.",
            "Choisissez « Modifier » pour préparer une nouvelle version.",
        )
    return placement
