"""The facts that figures count: one SELECT for each kind of thing, all with the same columns.

`facts` names them: subject (what counts once), person, cohort, site, on, weight, total, and one
`kind` for each way the figure sorts. A group's site is its own; without a group, the person's.
The facts themselves are in `figure_journeys`, `figure_attendance`, `figure_placements` and
`figure_loans`: made once, whatever is asked, which they are given when they are executed.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from connexion_desktop.data import models as m
from connexion_desktop.domain.activity_report import Question

from .person_rows import latest_first

Column = sa.SQLColumnExpression[Any]
FIRST, LAST, TODAY, LAST_DAY, _SITE, _COHORT = (
    sa.bindparam(name, type_=kind)
    for name, kind in (
        ("first", sa.Date()),
        ("last", sa.Date()),
        ("today", sa.Date()),
        ("last_day", sa.Date()),
        ("asked_site", sa.Uuid()),
        ("asked_cohort", sa.Uuid()),
    )
)
"""What is asked. `LAST_DAY` is the last of the period, or today if that is to come."""


def given(asked: Question) -> dict[str, Any]:
    """What is asked, as the facts are given it."""
    return {
        FIRST.key: asked.period.first,
        LAST.key: asked.period.last,
        TODAY.key: asked.today,
        LAST_DAY.key: min(asked.period.last, asked.today),
        _SITE.key: asked.site,
        _COHORT.key: asked.cohort,
    }


def facts(
    subject: Column,
    person: Column,
    *kinds: Column,
    on: Column | None = None,
    weight: Column | None = None,
    total: Column | None = None,
    site: Column | None = None,
) -> sa.Select[Any]:
    """The columns of a fact, to be selected from tables of which one is `Cohort`."""
    cohort = m.Cohort
    return sa.select(
        subject.label("subject"),
        person.label("person"),
        cohort.id.label("cohort"),
        (cohort.site_id if site is None else sa.func.coalesce(cohort.site_id, site)).label("site"),
        (sa.cast(sa.null(), sa.Date) if on is None else on).label("on"),
        (sa.literal(1) if weight is None else weight).label("weight"),
        (sa.literal(0) if total is None else total).label("total"),
        *(kind.label(f"kind{rank}") for rank, kind in enumerate(kinds)),
    )


def narrowed(query: sa.Select[Any], asked: Question) -> sa.Select[Any]:
    """The facts of one site, or of one group, where that is asked."""
    return _narrowed(query, asked.site is not None, asked.cohort is not None)


@cache
def _narrowed(query: sa.Select[Any], by_site: bool, by_cohort: bool) -> sa.Select[Any]:
    rows = query.subquery()
    narrow = sa.select(rows)
    if by_site:
        narrow = narrow.where(rows.c.site == _SITE)
    if by_cohort:
        narrow = narrow.where(rows.c.cohort == _COHORT)
    return narrow


def within(column: Any) -> Column:
    """Whether a day is in the period asked for."""
    found: Column = column.between(FIRST, LAST)
    return found


def done_within(column: Any) -> Column:
    """Within the period, and not to come: what is only planned may still change."""
    found: Column = column.between(FIRST, LAST_DAY)
    return found


def journeys(query: sa.Select[Any]) -> sa.Select[Any]:
    """Facts read from journeys, with their group and their person."""
    journey, person = m.Journey, m.Person
    return (
        query.select_from(journey)
        .join(m.Cohort, m.Cohort.id == journey.cohort_id)
        .join(person, person.id == journey.person_id)
        .where(journey.deleted_at.is_(None), person.deleted_at.is_(None))
    )


def with_latest_group(query: sa.Select[Any], person: Column) -> sa.Select[Any]:
    """Facts of people, with the group each is in, or was in last."""
    return query.outerjoin(m.Cohort, m.Cohort.id == latest_group(person))


def latest_group(person: Column) -> Column:
    """The group somebody is in, or was in last: looked for by an index, for these people alone."""
    journey = aliased(m.Journey)
    return (
        sa.select(journey.cohort_id)
        .where(journey.person_id == person, journey.deleted_at.is_(None))
        .order_by(*latest_first(journey))
        .limit(1)
        .scalar_subquery()
    )
