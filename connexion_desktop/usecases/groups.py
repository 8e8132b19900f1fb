"""Groups made by hand: their list, a new one, who enters, moves, leaves and comes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.conflicts import loaded
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.groups import (
    Choice,
    EditGroup,
    Entered,
    EnterGroup,
    GroupOffer,
    GroupRow,
    LeaveGroup,
    NewGroup,
    Stay,
    check_closing,
    check_entering,
    check_leaving,
    check_noted,
)
from connexion_desktop.domain.listing import PersonState
from connexion_desktop.domain.names import full_name, same_name
from connexion_desktop.domain.weeks import first_monday, phase_text, programme_mondays

from .chosen_group import programme_weekdays
from .conflicts import merged_columns
from .group_weeks import held_days
from .person_rows import the_person
from .taken import free_name


def every(session: Session, today: date) -> tuple[GroupRow, ...]:
    """Every group, the last begun first."""
    with together(session) as ask:
        rows = ask(_every, session, today)
        held = ask(held_days, session, today)
        days = ask(programme_weekdays, session)
    weekdays = days.value
    return tuple(
        GroupRow(
            id=row.id,
            name=row.name,
            site=row.site or "",
            conseiller=full_name(row.given_name or "", row.family_name or ""),
            starts_on=row.starts_on,
            phase=phase_text(
                row.starts_on,
                programme_mondays(row.starts_on, row.weeks, held.value.get(row.id, ()), weekdays),
                row.weeks,
                (row.last_exit or row.ends_on) if row.state == "closed" else None,
                today,
            ),
            people=row.people or 0,
            present=row.present or 0,
            capacity=row.capacity,
            is_open=row.state != "closed",
            weeks_end=first_monday(row.starts_on, weekdays) + timedelta(weeks=row.weeks, days=-1),
            weeks=row.weeks,
            site_id=row.site_id,
            conseiller_id=row.conseiller_id,
        )
        for row in rows.value
    )


def _every(session: Session, today: date) -> Sequence[sa.Row[Any]]:
    cohort, journey = m.Cohort, m.Journey
    held = (
        sa.select(
            journey.cohort_id,
            sa.func.count(sa.distinct(journey.person_id)).label("people"),
            sa.func.count(sa.distinct(journey.person_id)).filter(_not_left(today)).label("present"),
            sa.func.max(journey.left_on).label("last_exit"),
        )
        .where(journey.deleted_at.is_(None))
        .group_by(journey.cohort_id)
        .subquery()
    )
    return session.execute(
        sa.select(
            cohort.id,
            cohort.name,
            cohort.starts_on,
            cohort.weeks,
            cohort.capacity,
            cohort.state,
            cohort.ends_on,
            cohort.site_id,
            cohort.conseiller_id,
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
    ).all()


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
    mine = next((each.id for each in team if same_name(each.name, author)), None)
    named = tuple(Choice(site.id, site.name) for site in sites)
    return GroupOffer(named, team, mine, programme_weekdays(session))


def create(session: Session, command: NewGroup) -> None:
    """Make a group. Raises UserError without a name, or where another has it."""
    command.check()
    session.add(
        m.Cohort(
            id=command.id,
            name=_free_name(session, command.name),
            site_id=command.site_id,
            conseiller_id=command.conseiller_id,
            starts_on=command.starts_on,
        )
    )


def edit(session: Session, command: EditGroup) -> None:
    """Mend what a group is. Raises UserError if it is gone, or for a name that another has;
    ConflictError for what somebody else changed too."""
    command.check()
    cohort = _the_cohort(session, command.id)
    typed = {
        "name": " ".join(command.name.split()),
        "starts_on": command.starts_on,
        "site_id": command.site_id,
        "conseiller_id": command.conseiller_id,
        "weeks": command.weeks,
        "capacity": command.capacity,
    }
    values = merged_columns(session, cohort, command.seen and loaded(command.seen), typed)
    name = _free_name(session, values["name"], own=command.id)
    for column, value in {**values, "name": name}.items():
        setattr(cohort, column, value)


def begin_on(session: Session, cohort_id: UUID, on: date, seen: date) -> None:
    """Give a group another first day than the one `seen`. Raises UserError if it is gone;
    ConflictError where somebody else changed that day too."""
    cohort = _the_cohort(session, cohort_id)
    known = loaded({"starts_on": seen})
    cohort.starts_on = merged_columns(session, cohort, known, {"starts_on": on})["starts_on"]


def close(session: Session, cohort_id: UUID, today: date) -> None:
    """Close a group whose follow-up is over. Raises UserError while somebody is in it."""
    cohort = _the_cohort(session, cohort_id)
    check_closing(cohort.name, _present(session, cohort.id, today))
    cohort.state = "closed"
    cohort.ends_on = today


def reopen(session: Session, cohort_id: UUID) -> None:
    """Open a closed group again."""
    cohort = _the_cohort(session, cohort_id)
    cohort.state = "open"
    cohort.ends_on = None


def _the_cohort(session: Session, cohort_id: UUID) -> m.Cohort:
    cohort = session.get(m.Cohort, cohort_id)
    if cohort is None or cohort.deleted_at is not None:
        raise UserError("Ce groupe n’est plus dans la base.", "Rien n’a changé.")
    return cohort


def _free_name(session: Session, typed: str, own: UUID | None = None) -> str:
    todo = "Donnez-lui un autre nom, ou ouvrez ce groupe (Ctrl+G)."
    return free_name(session, m.Cohort.name, typed, what="un groupe", todo=todo, own=own)


def enter(session: Session, command: EnterGroup, today: date) -> Entered:
    """Have people enter a group, from no group or from another one, which they then leave on that
    day without an exit: their follow-up goes on.

    Raises UserError if the group is closed, if it or somebody is gone, or if two journeys would
    cover one day.
    """
    cohort = _the_cohort(session, command.cohort_id)
    if cohort.state == "closed":
        raise UserError(
            f"« {cohort.name} » est terminé.",
            "Rien n’a changé.",
            "Rouvrez-le d’abord : « Tous les groupes », clic droit, « Rouvrir le groupe ».",
        )
    entered = moved = already = 0
    for person_id in command.people:
        person = the_person(session, person_id)
        journeys = _journeys(session, person_id)
        under_way = [each for each in journeys if _stay(each).is_under_way(command.on)]
        if any(journey.cohort_id == cohort.id for journey in under_way):
            already += 1
            continue
        name = full_name(person.given_name, person.family_name or "")
        check_entering(name, map(_stay, journeys), command.on)
        for journey in under_way:
            journey.left_on = command.on
        moved += bool(under_way)
        entered += 1
        _begin(session, person, cohort, command.on)
    session.flush()
    present = _present(session, cohort.id, today)
    return Entered(cohort.name, entered, moved, already, present, cohort.capacity)


def leave(session: Session, command: LeaveGroup, today: date) -> None:
    """Have somebody leave their group; a day of leaving to come is brought forward.

    Raises UserError before their entry, in the future, where they left already, for a way that is
    not of the list, or where presences after that day were sent; NotedAfterError where some are
    noted, unless that was said.
    """
    journey = session.get(m.Journey, command.journey_id)
    if journey is None or journey.deleted_at is not None:
        raise UserError("Ce parcours n’est plus dans la base.", "Rien n’a changé.")
    if not _stay(journey).is_under_way(today):
        raise UserError("Ce parcours est déjà terminé.", "Rien n’a changé.")
    check_leaving(journey.entered_on, command, today)
    check_noted(command, *_noted_after(session, command))
    if command.exit not in dict(exits(session)):
        raise UserError("Cette sortie n’est pas dans la liste.", "Rien n’a changé.")
    journey.left_on = command.on
    session.add(
        m.JourneyExit(
            journey_id=journey.id,
            on=command.on,
            exit=command.exit,
            detail=command.detail.strip() or None,
        )
    )
    person = the_person(session, journey.person_id)
    others = (each for each in _journeys(session, person.id) if each.id != journey.id)
    if not any(_stay(each).is_under_way(today) for each in others):
        person.state = PersonState.OUT.value


def _noted_after(session: Session, command: LeaveGroup) -> tuple[int, int]:
    """How many presences are noted after the day of leaving; how many of them were sent."""
    mark = m.Attendance
    counted = sa.select(sa.func.count(mark.id), sa.func.count(mark.locked_at)).where(
        mark.journey_id == command.journey_id,
        mark.on > command.on,
        mark.deleted_at.is_(None),
    )
    noted, sent = session.execute(counted).one()
    return noted, sent


def still_lent(session: Session, journey_id: UUID) -> tuple[str, ...]:
    """The numbers of what the person of a journey still has on loan."""
    rows = session.scalars(
        sa.select(m.Equipment.number)
        .join(m.Loan, m.Loan.equipment_id == m.Equipment.id)
        .join(m.Journey, m.Journey.person_id == m.Loan.person_id)
        .where(
            m.Journey.id == journey_id,
            m.Loan.returned_on.is_(None),
            m.Loan.deleted_at.is_(None),
        )
        .order_by(m.Equipment.number)
    )
    return tuple(rows)


def exits(session: Session) -> tuple[tuple[str, str], ...]:
    """The ways a journey may end: code and words, in their order."""
    item = m.ReferenceItem
    rows = session.execute(
        sa.select(item.code, item.label)
        .where(item.list == "exit", item.deleted_at.is_(None), item.retired_on.is_(None))
        .order_by(item.position)
    )
    return tuple((row.code, row.label) for row in rows)


def _stay(journey: m.Journey) -> Stay:
    return Stay(journey.entered_on, journey.left_on)


def _not_left(today: date) -> sa.ColumnElement[bool]:
    """Whether a journey is under way: the day of leaving may be to come."""
    return sa.or_(m.Journey.left_on.is_(None), m.Journey.left_on > today)


def _journeys(session: Session, person_id: UUID) -> list[m.Journey]:
    journey = m.Journey
    return list(
        session.scalars(
            sa.select(journey).where(journey.person_id == person_id, journey.deleted_at.is_(None))
        )
    )


def _begin(session: Session, person: m.Person, cohort: m.Cohort, on: date) -> None:
    """A journey; who left this very group on the day they entered only comes back."""
    same_day = next(
        (
            each
            for each in _journeys(session, person.id)
            if each.cohort_id == cohort.id and each.entered_on == on
        ),
        None,
    )
    if same_day is not None:
        same_day.left_on = None
        _drop_exit(session, same_day.id)
    else:
        session.add(m.Journey(person_id=person.id, cohort_id=cohort.id, entered_on=on))
    person.state = PersonState.IN_GROUP.value
    if person.site_id is None:
        person.site_id = cohort.site_id


def _drop_exit(session: Session, journey_id: UUID) -> None:
    leaving = m.JourneyExit
    for row in session.scalars(
        sa.select(leaving).where(leaving.journey_id == journey_id, leaving.deleted_at.is_(None))
    ):
        row.deleted_at = m.utc_now()


def _present(session: Session, cohort_id: UUID, today: date) -> int:
    counted = sa.select(sa.func.count(sa.distinct(m.Journey.person_id))).where(
        m.Journey.cohort_id == cohort_id, _not_left(today), m.Journey.deleted_at.is_(None)
    )
    return session.scalar(counted) or 0
