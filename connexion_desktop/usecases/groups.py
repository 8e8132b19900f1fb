"""Groups made by hand: their list, a new one, who enters, moves, leaves and comes back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.groups import (
    Choice,
    Entered,
    EnterGroup,
    GroupOffer,
    GroupRow,
    LeaveGroup,
    NewGroup,
    check_leaving,
)
from connexion_desktop.domain.listing import PersonState
from connexion_desktop.domain.names import fold, full_name
from connexion_desktop.domain.weeks import phase_text


def every(session: Session, today: date) -> tuple[GroupRow, ...]:
    """Every group, the last begun first."""
    cohort, journey = m.Cohort, m.Journey
    held = (
        sa.select(
            journey.cohort_id,
            sa.func.count(sa.distinct(journey.person_id)).label("people"),
            sa.func.count(sa.distinct(journey.person_id))
            .filter(journey.left_on.is_(None))
            .label("present"),
            sa.func.max(journey.left_on).label("last_exit"),
        )
        .where(journey.deleted_at.is_(None))
        .group_by(journey.cohort_id)
        .subquery()
    )
    rows = session.execute(
        sa.select(
            cohort.id,
            cohort.name,
            cohort.starts_on,
            cohort.weeks,
            cohort.capacity,
            cohort.state,
            cohort.ends_on,
            m.Site.name.label("site"),
            m.Staff.given_name,
            m.Staff.family_name,
            held.c.people,
            held.c.present,
            held.c.last_exit,
        )
        .outerjoin(m.Site, m.Site.id == cohort.site_id)
        .outerjoin(m.Staff, m.Staff.id == cohort.conseiller_id)
        .outerjoin(held, held.c.cohort_id == cohort.id)
        .where(cohort.deleted_at.is_(None))
        .order_by(cohort.starts_on.desc(), cohort.name)
    )
    return tuple(
        GroupRow(
            id=row.id,
            name=row.name,
            site=row.site or "",
            conseiller=full_name(row.given_name or "", row.family_name or ""),
            starts_on=row.starts_on,
            phase=phase_text(
                row.starts_on,
                row.weeks,
                (row.last_exit or row.ends_on) if row.state == "closed" else None,
                today,
            ),
            people=row.people or 0,
            present=row.present or 0,
            capacity=row.capacity,
            is_open=row.state != "closed",
        )
        for row in rows
    )


def offer(session: Session, author: str) -> GroupOffer:
    """What a new group may be given; `author` is looked for in the team."""
    sites = session.scalars(
        sa.select(m.Site).where(m.Site.deleted_at.is_(None)).order_by(m.Site.name)
    )
    staff = session.scalars(
        sa.select(m.Staff)
        .where(m.Staff.deleted_at.is_(None), m.Staff.left_on.is_(None))
        .order_by(m.Staff.family_name, m.Staff.given_name)
    )
    team = tuple(Choice(each.id, full_name(each.given_name, each.family_name)) for each in staff)
    mine = next((each.id for each in team if fold(each.name) == fold(author)), None)
    return GroupOffer(tuple(Choice(site.id, site.name) for site in sites), team, mine)


def create(session: Session, command: NewGroup) -> None:
    """Make a group. Raises UserError without a name, or where another has it."""
    command.check()
    name = " ".join(command.name.split())
    others = session.scalars(sa.select(m.Cohort.name).where(m.Cohort.deleted_at.is_(None)))
    if any((fold(other) or other) == (fold(name) or name) for other in others):
        raise UserError(
            f"Il y a déjà un groupe « {name} ».",
            "Ce que vous avez écrit est gardé.",
            "Donnez-lui un autre nom, ou ouvrez ce groupe (Ctrl+G).",
        )
    session.add(
        m.Cohort(
            id=command.id,
            name=name,
            site_id=command.site_id,
            conseiller_id=command.conseiller_id,
            starts_on=command.starts_on,
        )
    )


def enter(session: Session, command: EnterGroup) -> Entered:
    """Have people enter a group, from no group or from another one, which they then leave on that
    day without an exit: their follow-up goes on. Raises UserError if the group is gone."""
    cohort = session.get(m.Cohort, command.cohort_id)
    if cohort is None or cohort.deleted_at is not None:
        raise UserError("Ce groupe n’est plus dans la base.", "Rien n’a changé.")
    entered = moved = already = 0
    for person_id in command.people:
        under_way = _under_way(session, person_id)
        if any(journey.cohort_id == cohort.id for journey in under_way):
            already += 1
            continue
        for journey in under_way:
            journey.left_on = max(command.on, journey.entered_on)
        moved += bool(under_way)
        entered += 1
        _begin(session, person_id, cohort, command.on)
    session.flush()
    return Entered(
        cohort.name, entered, moved, already, _present(session, cohort.id), cohort.capacity
    )


def leave(session: Session, command: LeaveGroup, today: date) -> None:
    """Have somebody leave their group. Raises UserError before their entry, in the future, or where
    they left already."""
    journey = session.get(m.Journey, command.journey_id)
    if journey is None or journey.deleted_at is not None or journey.left_on is not None:
        raise UserError("Ce parcours est déjà terminé.", "Rien n’a changé.")
    check_leaving(journey.entered_on, command, today)
    journey.left_on = command.on
    session.add(
        m.JourneyExit(
            journey_id=journey.id,
            on=command.on,
            exit=command.exit,
            detail=command.detail.strip() or None,
        )
    )
    session.get_one(m.Person, journey.person_id).state = PersonState.OUT.value


def exits(session: Session) -> tuple[tuple[str, str], ...]:
    """The ways a journey may end: code and words, in their order."""
    item = m.ReferenceItem
    rows = session.execute(
        sa.select(item.code, item.label)
        .where(item.list == "exit", item.deleted_at.is_(None), item.retired_on.is_(None))
        .order_by(item.position)
    )
    return tuple((row.code, row.label) for row in rows)


def _under_way(session: Session, person_id: UUID) -> list[m.Journey]:
    journey = m.Journey
    return list(
        session.scalars(
            sa.select(journey).where(
                journey.person_id == person_id,
                journey.left_on.is_(None),
                journey.deleted_at.is_(None),
            )
        )
    )


def _begin(session: Session, person_id: UUID, cohort: m.Cohort, on: date) -> None:
    """A journey; who left this very group on this very day only comes back."""
    journey = m.Journey
    same_day = session.scalar(
        sa.select(journey).where(
            journey.person_id == person_id,
            journey.cohort_id == cohort.id,
            journey.entered_on == on,
            journey.deleted_at.is_(None),
        )
    )
    if same_day is not None:
        same_day.left_on = None
        _drop_exit(session, same_day.id)
    else:
        session.add(m.Journey(person_id=person_id, cohort_id=cohort.id, entered_on=on))
    person = session.get_one(m.Person, person_id)
    person.state = PersonState.IN_GROUP.value
    if person.site_id is None:
        person.site_id = cohort.site_id


def _drop_exit(session: Session, journey_id: UUID) -> None:
    leaving = m.JourneyExit
    for row in session.scalars(
        sa.select(leaving).where(leaving.journey_id == journey_id, leaving.deleted_at.is_(None))
    ):
        row.deleted_at = m.utc_now()


def _present(session: Session, cohort_id: UUID) -> int:
    journey = m.Journey
    counted = sa.select(sa.func.count(sa.distinct(journey.person_id))).where(
        journey.cohort_id == cohort_id, journey.left_on.is_(None), journey.deleted_at.is_(None)
    )
    return session.scalar(counted) or 0
