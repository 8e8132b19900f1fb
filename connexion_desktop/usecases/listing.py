"""Plain lists: people, groups, conventions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.listing import (
    GroupLine,
    PaperLine,
    PersonLine,
    PersonState,
)
from connexion_desktop.domain.names import full_name
from connexion_desktop.domain.placement import PlacementState, effective_state
from connexion_desktop.domain.placement_file import draft_number
from connexion_desktop.domain.progress import Progress, Silent
from connexion_desktop.domain.weeks import programme_mondays, week_reached

from . import placement_standing as standing
from .chosen_group import programme_weekdays
from .group_weeks import held_days
from .person_rows import latest_first

_STEP = 2_000
_STATES = {state.value: state for state in PersonState}
_PRECISIONS = {precision.value: precision for precision in Precision}


def people(
    session: Session, progress: Progress | None = None, among: Collection[UUID] | None = None
) -> list[PersonLine]:
    """Everyone, by number; those `among` some, told by their ids. Raises Cancelled."""
    watcher = progress or Silent()
    with together(session) as ask:
        rows = ask(session.execute, _people(among))
        flags = ask(_flags, session)
        words = ask(_labels, session, "activity")
    lines = []
    for place, row in enumerate(rows.value):
        if place % _STEP == 0:
            watcher.step(place, 0)
        lines.append(_person_line(row, flags.value, words.value))
    return lines


def _people(among: Collection[UUID] | None) -> sa.Select[Any]:
    person, latest = m.Person, latest_journeys(among)
    meant: sa.ColumnElement[bool] = person.deleted_at.is_(None)
    if among is not None:
        meant = sa.and_(meant, person.id.in_(among))
    return (
        sa.select(
            person.id,
            person.number,
            person.family_name,
            person.given_name,
            person.birth_date,
            person.birth_precision,
            person.state,
            person.phone,
            person.email,
            person.city,
            person.met_on,
            person.met_precision,
            m.Cohort.name.label("cohort"),
            latest.c.entered_on,
            latest.c.left_on,
            latest.c.activity,
        )
        .outerjoin(latest, sa.and_(latest.c.person_id == person.id, latest.c.rank == 1))
        .outerjoin(m.Cohort, m.Cohort.id == latest.c.cohort_id)
        .where(meant)
        .order_by(sa.func.length(person.number), person.number)
    )


def _person_line(
    row: sa.Row[Any], flags: Mapping[object, int], words: Mapping[str | None, str]
) -> PersonLine:
    """Taken apart at once: by their names, a hundred thousand rows take a second more."""
    (
        person_id, number, family_name, given_name, born, born_precision, state, phone, email, city,
        met, met_precision, cohort, entered_on, left_on, activity,
    ) = row  # fmt: skip
    return PersonLine(
        id=person_id,
        number=number,
        family_name=family_name or "",
        given_name=given_name,
        birth=_imprecise(born, born_precision),
        group=cohort or "",
        state=_STATES[state],
        phone=phone or "",
        email=email or "",
        city=city or "",
        met=_imprecise(met, met_precision),
        entered_on=entered_on,
        left_on=left_on,
        activity=words.get(activity, activity or ""),
        to_check=flags.get(person_id, 0),
    )


def latest_journeys(among: Collection[UUID] | None = None) -> sa.Subquery:
    """Each journey, the latest of a person having the `rank` 1."""
    journey = m.Journey
    meant: sa.ColumnElement[bool] = journey.deleted_at.is_(None)
    if among is not None:
        meant = sa.and_(meant, journey.person_id.in_(among))
    return (
        sa.select(
            journey.person_id,
            journey.cohort_id,
            journey.entered_on,
            journey.left_on,
            journey.activity,
            sa.func.row_number()
            .over(
                partition_by=journey.person_id,
                order_by=latest_first(),
            )
            .label("rank"),
        )
        .where(meant)
        .subquery()
    )


def groups(session: Session, today: date) -> list[GroupLine]:
    """Every group, the latest first."""
    cohort, journey = m.Cohort, m.Journey
    days, weekdays = held_days(session, today), programme_weekdays(session)
    held = (
        sa.select(journey.cohort_id, sa.func.count().label("people"))
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
            cohort.state,
            m.Site.name.label("site"),
            m.Staff.given_name,
            m.Staff.family_name,
            held.c.people,
        )
        .outerjoin(m.Site, m.Site.id == cohort.site_id)
        .outerjoin(m.Staff, m.Staff.id == cohort.conseiller_id)
        .outerjoin(held, held.c.cohort_id == cohort.id)
        .where(cohort.deleted_at.is_(None))
        .order_by(cohort.starts_on.desc(), cohort.name)
    )

    def line(row: sa.Row[Any]) -> GroupLine:
        held = days.get(row.id, ())
        mondays = programme_mondays(row.starts_on, row.weeks, held, weekdays)
        return GroupLine(
            name=row.name,
            site=row.site or "",
            starts_on=row.starts_on,
            week=week_reached(mondays, row.weeks, today) or None,
            weeks=len(mondays),
            people=row.people or 0,
            conseiller=full_name(row.given_name or "", row.family_name or ""),
            is_closed=row.state == "closed",
        )

    return [line(row) for row in rows]


def papers(session: Session, today: date) -> list[PaperLine]:
    """Every convention by number, then the drafts."""
    placement = m.Placement
    rows = session.execute(
        standing.standing(
            sa.select(
                placement.id,
                placement.number,
                placement.state,
                standing.TRADE,
                standing.STARTS_ON,
                standing.ENDS_ON,
                m.Person.given_name,
                m.Person.family_name,
                m.Person.number.label("person_number"),
                standing.HOST,
                standing.MINUTES,
            )
        )
        .join(m.Person, m.Person.id == placement.person_id)
        .order_by(placement.number.is_(None), placement.number, placement.id)
    )
    return [
        PaperLine(
            number=row.number or draft_number(row.id),
            state=effective_state(PlacementState(row.state), row.starts_on, row.ends_on, today),
            person=full_name(row.given_name, row.family_name or ""),
            person_number=row.person_number,
            host=row.host or "",
            trade=row.trade or "",
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            minutes=row.minutes,
        )
        for row in rows
    ]


def _imprecise(day: date | None, precision: str) -> ImpreciseDate | None:
    return None if day is None else ImpreciseDate(day, _PRECISIONS[precision])


def _flags(session: Session) -> dict[object, int]:
    flag = m.DataFlag
    rows = session.execute(
        sa.select(flag.row_id, sa.func.count())
        .where(flag.table_name == "person", flag.mended_on.is_(None), flag.deleted_at.is_(None))
        .group_by(flag.row_id)
    )
    return dict(rows.tuples().all())


def _labels(session: Session, name: str) -> dict[str | None, str]:
    item = m.ReferenceItem
    rows = session.execute(sa.select(item.code, item.label).where(item.list == name))
    return dict(rows.tuples().all())
