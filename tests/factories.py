"""Plain functions that put invented rows in a base, for tests: `session` is one that writes."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m

TODAY = date(2026, 4, 21)
"""A Tuesday, in the seventh week of a group that began on START."""

START = date(2026, 3, 9)
_numbers = count(1)


def put(session: Session, row: m.Row) -> UUID:
    """Add any row and give back its identifier."""
    session.add(row)
    session.flush()
    return row.id


def days(offset: int) -> date:
    """The day `offset` days from TODAY."""
    return TODAY + timedelta(days=offset)


def staff(session: Session, given: str = "Nadia", family: str = "Ferrand") -> UUID:
    """A member of the team: the one of that name, where there is one already."""
    named = (m.Staff.given_name == given, m.Staff.family_name == family)
    known = session.scalar(sa.select(m.Staff.id).where(*named, m.Staff.deleted_at.is_(None)))
    if known is not None:
        return known
    return put(session, m.Staff(given_name=given, family_name=family))


def cohort(
    session: Session, name: str = "Bordeaux · mars 2026", starts_on: date = START, **values: Any
) -> UUID:
    """A group of twelve weeks."""
    return put(session, m.Cohort(name=name, starts_on=starts_on, **values))


def led_cohort(session: Session, leader: UUID, **values: Any) -> UUID:
    """A group that somebody else leads; on a server, who is connected follows it meanwhile."""
    if session.info.get("roles") is None:
        return cohort(session, conseiller_id=leader, **values)
    me = session.scalars(sa.select(m.Staff.id).where(m.Staff.id == sa.func.my_staff())).one()
    made = cohort(session, conseiller_id=me, **values)
    put(session, m.CohortAccess(staff_id=me, cohort_id=made, starts_on=date(2020, 1, 1)))
    session.get_one(m.Cohort, made).conseiller_id = leader
    session.flush()
    return made


def person(
    session: Session, given: str = "Aïssatou", family: str = "Diallo", **values: Any
) -> UUID:
    """Somebody met."""
    number = f"P-{next(_numbers):05d}"
    return put(session, m.Person(number=number, given_name=given, family_name=family, **values))


def journey(
    session: Session, person_id: UUID, cohort_id: UUID, entered_on: date = START, **values: Any
) -> UUID:
    """A person's time in a group."""
    return put(
        session,
        m.Journey(person_id=person_id, cohort_id=cohort_id, entered_on=entered_on, **values),
    )


def participant(
    session: Session, cohort_id: UUID, given: str = "Aïssatou", family: str = "Diallo"
) -> tuple[UUID, UUID]:
    """A person and their journey in the group."""
    who = person(session, given, family)
    return who, journey(session, who, cohort_id)


def mark(
    session: Session, journey_id: UUID, on: date, letter: str, half: str = "am", **values: Any
) -> UUID:
    """Attendance at a half-day: P, A, E or R."""
    return put(
        session, m.Attendance(journey_id=journey_id, on=on, half=half, mark=letter, **values)
    )


def talk(session: Session, person_id: UUID, on: date, **values: Any) -> UUID:
    """A talk held; `state="planned"` for one to come."""
    return put(session, m.Interview(person_id=person_id, on=on, **values))


def note(session: Session, person_id: UUID, on: date, text: str = "Vue au café.") -> UUID:
    """A note."""
    return put(session, m.Note(person_id=person_id, on=on, text=text))


def action(session: Session, person_id: UUID, title: str, due_on: date | None = None) -> UUID:
    """A next step."""
    return put(session, m.Action(person_id=person_id, title=title, created_on=START, due_on=due_on))


def organisation(session: Session, name: str = "Résidence des Bassins", **values: Any) -> UUID:
    """A company or an association."""
    return put(session, m.Organisation(name=name, folded=name.lower(), **values))


def placement(
    session: Session,
    person_id: UUID,
    state: str,
    first: date | None,
    last: date | None,
    **more: Any,
) -> UUID:
    """An immersion, in a state of `PlacementState`."""
    return put(
        session,
        m.Placement(person_id=person_id, state=state, starts_on=first, ends_on=last, **more),
    )


def laptop(session: Session, person_id: UUID, number: str, due_on: date | None = None) -> UUID:
    """A computer at somebody's home."""
    item = put(session, m.Equipment(number=number))
    return put(
        session, m.Loan(equipment_id=item, person_id=person_id, lent_on=START, due_on=due_on)
    )


def paper(session: Session, person_id: UUID, kind: str, state: str, **values: Any) -> UUID:
    """A pièce."""
    return put(session, m.Document(person_id=person_id, kind=kind, state=state, **values))


def flag(session: Session, table: str, row_id: UUID, field: str = "birth_date") -> UUID:
    """A doubtful value that an import left empty."""
    return put(
        session,
        m.DataFlag(table_name=table, row_id=row_id, field=field, typed="31/02/90", problem="?"),
    )
