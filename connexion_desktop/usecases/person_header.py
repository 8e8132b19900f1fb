"""Who the person is, her journey, what presses and what comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from textwrap import shorten
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain import alerts
from connexion_desktop.domain.alerts import AlertKind, LoanDue, PlacementDates, Situation
from connexion_desktop.domain.feed import FeedKind, Tone
from connexion_desktop.domain.feed_rows import NOTE_IMPORTED, FeedRow, near_date
from connexion_desktop.domain.french_dates import WEEKDAYS, age_text, day_number, may_be_minor
from connexion_desktop.domain.hours import clock_text
from connexion_desktop.domain.names import full_name, initials
from connexion_desktop.domain.person_file import Lead, NextDate, PersonAlert, PersonHeader
from connexion_desktop.domain.phones import format_phone
from connexion_desktop.domain.placement import PlacementState
from connexion_desktop.usecases.group_reads import is_represented
from connexion_desktop.usecases.person_feed_arms import PERSON
from connexion_desktop.usecases.person_rows import birth_of, latest_first

_LONGEST_ACTION = 48
"""How much of an action without a date the header says, in characters."""
_RESERVED = NextDate("Prochaine date", "réservée au conseiller")
_TONES = {
    alerts.Severity.RED: Tone.RED,
    alerts.Severity.AMBER: Tone.AMBER,
    alerts.Severity.GREEN: Tone.GREEN,
}
_LEADS = {
    AlertKind.STARTED_UNSIGNED: Lead.PLACEMENT,
    AlertKind.TO_SIGN: Lead.PLACEMENT,
    AlertKind.ASSESSMENT_DUE: Lead.PLACEMENT,
    AlertKind.PLACEMENT_RUNNING: Lead.PLACEMENT,
    AlertKind.NO_CONTACT: Lead.WRITE,
    AlertKind.LOAN_LATE: Lead.EQUIPMENT,
    AlertKind.PAPER_TO_RENEW: Lead.PAPERS,
    AlertKind.DATA_TO_CHECK: Lead.DETAILS,
    AlertKind.REPRESENTATIVE_MISSING: Lead.DETAILS,
}

Row = sa.Row[Any]


def read_person(session: Session, person_id: UUID) -> Row | None:
    """The columns that the header shows, and what its alerts need beside; None if deleted."""
    return session.execute(_person(), {"person_id": person_id}).one_or_none()


@cache
def _person() -> sa.Select[Any]:
    person, permit, setting = m.Person, m.PersonResidence, m.Setting
    silence = (
        sa.select(setting.value)
        .where(setting.key == "programme.no_contact_days", setting.deleted_at.is_(None))
        .scalar_subquery()
    )
    return (
        sa.select(
            person.id,
            person.number,
            person.civility,
            person.given_name,
            person.family_name,
            person.birth_date,
            person.birth_precision,
            person.phone,
            person.postal_code,
            person.city,
            sa.func.coalesce(person.french_observed, person.french_oral).label("french"),
            person.met_on,
            permit.expires_on.label("permit_until"),
            is_represented().label("represented"),
            silence.label("no_contact_days"),
        )
        .outerjoin(permit, sa.and_(permit.person_id == person.id, permit.deleted_at.is_(None)))
        .where(person.id == PERSON, person.deleted_at.is_(None))
    )


def read_journey(session: Session, person_id: UUID) -> Row | None:
    """The latest journey, with its group, its activity and the activity's partner."""
    return session.execute(_journey(), {"person_id": person_id}).one_or_none()


@cache
def _journey() -> sa.Select[Any]:
    journey, cohort, offer = m.Journey, m.Cohort, m.CohortActivity
    return (
        sa.select(
            journey.id,
            journey.cohort_id,
            journey.entered_on,
            journey.left_on,
            journey.extended_to,
            journey.created_at,
            cohort.name.label("cohort"),
            cohort.starts_on,
            cohort.weeks,
            cohort.ends_on,
            cohort.state,
            sa.func.coalesce(m.ReferenceItem.label, journey.activity).label("activity"),
            m.Organisation.name.label("partner"),
        )
        .join(cohort, cohort.id == journey.cohort_id)
        .outerjoin(
            offer,
            sa.and_(
                offer.cohort_id == cohort.id,
                offer.activity == journey.activity,
                offer.deleted_at.is_(None),
            ),
        )
        .outerjoin(m.Organisation, m.Organisation.id == offer.partner_id)
        .outerjoin(
            m.ReferenceItem,
            sa.and_(
                m.ReferenceItem.list == "activity",
                m.ReferenceItem.code == journey.activity,
                m.ReferenceItem.deleted_at.is_(None),
            ),
        )
        .where(journey.person_id == PERSON, journey.deleted_at.is_(None))
        .order_by(*latest_first())
        .limit(1)
    )


def header_of(
    person: Row,
    journey: Row | None,
    rows: Sequence[FeedRow],
    today: date,
    unsaved: int = 0,
    *,
    reserved: bool = False,
) -> PersonHeader:
    """The header, from what was read; `rows` is all that happened or is to happen, `unsaved` how
    many fields hold what cannot be saved as it is. `reserved`: talks and actions are not for who
    asks, and were read as none."""
    family = person.family_name or ""
    return PersonHeader(
        person_id=person.id,
        number=person.number,
        name=full_name(person.given_name, family),
        initials=initials(person.given_name, family),
        facts=tuple(_facts(person, journey, today)),
        phone=person.phone or "",
        loans=tuple(
            row.title for row in rows if row.key.kind is FeedKind.LOAN and row.first is None
        ),
        alerts=tuple(_alerts(person, journey, rows, today, unsaved, reserved=reserved)),
        next_date=_next_date(rows, today) or (_RESERVED if reserved else None),
    )


def _facts(person: Row, journey: Row | None, today: date) -> Iterator[str]:
    birth = birth_of(person)
    if birth is not None:
        yield age_text(birth, today)
    if person.phone:
        yield format_phone(person.phone)
    if place := " ".join(part for part in (person.city, person.postal_code) if part):
        yield place
    if person.french:
        yield f"français {person.french}"
    if journey is not None and journey.activity:
        activity = journey.activity[:1].lower() + journey.activity[1:]
        yield f"{activity} avec {journey.partner}" if journey.partner else activity


def _alerts(
    person: Row,
    journey: Row | None,
    rows: Sequence[FeedRow],
    today: date,
    unsaved: int,
    *,
    reserved: bool,
) -> Iterator[PersonAlert]:
    situation = replace(_situation(person, journey, rows, today), unsaved_values=unsaved)
    if reserved:
        situation = replace(situation, followed_since=None)
    days = person.no_contact_days or alerts.NO_CONTACT_DAYS
    for alert in alerts.alerts_of(situation, today, days):
        lead = _LEADS[alert.kind]
        placement = _placement_of(alert.kind, rows) if lead is Lead.PLACEMENT else None
        yield PersonAlert(alert.text, alert.detail, _TONES[alert.severity], lead, placement)
    late = sum(_is_late_action(row, today) for row in rows)
    if late:
        words = "1 action en retard" if late == 1 else f"{late} actions en retard"
        yield PersonAlert(words, "", Tone.AMBER, Lead.TO_DO)


def _is_late_action(row: FeedRow, today: date) -> bool:
    is_open = row.key.kind is FeedKind.ACTION and row.open
    return is_open and row.until is not None and row.until < today


def _placement_of(kind: AlertKind, rows: Sequence[FeedRow]) -> UUID | None:
    """The immersion that an alert speaks of: the first of the states that raise it."""
    states = {
        AlertKind.STARTED_UNSIGNED: ("to_sign", "partly_signed"),
        AlertKind.TO_SIGN: ("to_sign", "partly_signed"),
        AlertKind.ASSESSMENT_DUE: ("ended", "running", "signed"),
        AlertKind.PLACEMENT_RUNNING: ("running", "signed"),
    }[kind]
    found = [row for row in rows if row.key.kind is FeedKind.PLACEMENT and row.state in states]
    found.sort(key=lambda row: row.first or date.max)
    return found[0].key.id if found else None


def _situation(person: Row, journey: Row | None, rows: Sequence[FeedRow], today: date) -> Situation:
    by_kind: dict[FeedKind, list[FeedRow]] = defaultdict(list)
    for row in rows:
        by_kind[row.key.kind].append(row)
    contacts = [
        row.on for row in by_kind[FeedKind.NOTE] if row.on <= today and row.state != NOTE_IMPORTED
    ]
    contacts += [
        row.on for row in by_kind[FeedKind.INTERVIEW] if row.state == "held" and row.on <= today
    ]
    last_contact = max(contacts, default=None)
    over = journey is None or _is_over(journey, today)
    return Situation(
        placements=tuple(
            PlacementDates(PlacementState(row.state), row.first, row.until, row.text)
            for row in by_kind[FeedKind.PLACEMENT]
        ),
        loans=tuple(
            LoanDue(row.title, row.until) for row in by_kind[FeedKind.LOAN] if row.first is None
        ),
        expiries=() if over else _expiries(by_kind[FeedKind.DOCUMENT], person.permit_until),
        doubtful_values=sum(row.open for row in by_kind[FeedKind.FLAG]),
        last_contact=last_contact,
        followed_since=None
        if over or journey is None
        else alerts.followed_since(journey.entered_on, journey.created_at.date(), last_contact),
        unrepresented_minor=may_be_minor(birth_of(person), today) and not person.represented,
    )


def _is_over(journey: Row, today: date) -> bool:
    return journey.state == "closed" or (journey.left_on is not None and journey.left_on <= today)


def _expiries(papers: Iterable[FeedRow], permit_until: date | None) -> tuple[date, ...]:
    held = [(row.code, row.until) for row in papers if row.state in alerts.PAPER_HELD]
    if permit_until is not None:
        held.append(("sejour", permit_until))
    return alerts.expiries_of(held)


def _next_date(rows: Sequence[FeedRow], today: date) -> NextDate | None:
    coming: list[tuple[date, int, str, str]] = []
    for row in rows:
        if row.key.kind is FeedKind.INTERVIEW and row.state == "planned" and row.on >= today:
            coming.append((row.on, row.minute or 0, "Prochain entretien", row.title))
        if row.key.kind is FeedKind.ACTION and row.open and row.until and row.until >= today:
            title = "Prochain rendez-vous" if row.minute is not None else "Prochaine action"
            coming.append((row.until, row.minute or 0, title, row.title))
        if row.key.kind is FeedKind.PLACEMENT and row.first and row.first > today and row.title:
            coming.append((row.first, 0, "Prochaine immersion", row.code))
    if not coming:
        return _undated_action(rows)
    on, minute, title, detail = min(coming)
    when = f"{WEEKDAYS[on.weekday()]} {day_number(on)} {near_date(on, today).partition(' ')[2]}"
    if near_date(on, today) in ("aujourd’hui", "demain"):
        when = near_date(on, today)
    return NextDate(title, f"{when}, {clock_text(minute)}" if minute else when, detail)


def _undated_action(rows: Sequence[FeedRow]) -> NextDate | None:
    """The oldest action to do that has no date."""
    found = [
        row for row in rows if row.key.kind is FeedKind.ACTION and row.open and row.until is None
    ]
    if not found:
        return None
    title = min(found, key=lambda row: row.on).title
    return NextDate("Prochaine action", shorten(title, _LONGEST_ACTION, placeholder="…"), title)
