"""The facts that figures count: one SELECT for each kind of thing, all with the same columns.

`facts` names them: subject (what counts once), person, cohort, site, on, weight, total, and one
`kind` for each way the figure sorts. A group's site is its own; without a group, the person's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from connexion_desktop.data import models as m
from connexion_desktop.domain.activity_report import Question
from connexion_desktop.domain.placement import PlacementState

from . import placement_standing as standing
from .person_rows import latest_first

Column = sa.SQLColumnExpression[Any]

_PRESENT = ("P", "R")
_WITHDRAWN = (PlacementState.REFUSED.value, PlacementState.CANCELLED.value)
_POSITIVE = ("durable", "transition", "positive")
_DURABLE = ("durable",)
UNDOCUMENTED = "non_documentee"


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


def met(asked: Question) -> sa.Select[Any]:
    """People met for the first time; with the group they are in, or were in last."""
    person = m.Person
    return _with_latest_group(
        facts(
            person.id, person.id, person.channel, person.public,
            on=person.met_on, site=person.site_id,
        ).select_from(person),
        person.id,
    ).where(_within(person.met_on, asked), person.deleted_at.is_(None))  # fmt: skip


def met_undated(_asked: Question) -> sa.Select[Any]:
    """People whose first contact has no date."""
    person = m.Person
    query = facts(person.id, person.id, site=person.site_id).select_from(person)
    return _with_latest_group(query, person.id).where(
        person.met_on.is_(None), person.deleted_at.is_(None)
    )


def entered(asked: Question) -> sa.Select[Any]:
    """Journeys begun, but those that go on from another group."""
    journey, person = m.Journey, m.Person
    query = facts(
        journey.id, journey.person_id, journey.activity, person.public, on=journey.entered_on
    )
    return _journeys(query).where(
        _done_within(journey.entered_on, asked), sa.not_(_goes_on_from_another())
    )


def present(asked: Question) -> sa.Select[Any]:
    """People in a group at least one day."""
    journey = m.Journey
    return _journeys(facts(journey.person_id, journey.person_id)).where(
        journey.entered_on <= min(asked.period.last, asked.today),
        sa.or_(journey.left_on.is_(None), journey.left_on >= asked.period.first),
    )


def left(asked: Question) -> sa.Select[Any]:
    """Journeys ended, with how, and what family of endings that is."""
    return _exits(asked, _category(), m.JourneyExit.exit)


def documented(asked: Question) -> sa.Select[Any]:
    """Journeys ended of which it is known how."""
    return _exits(asked, _category(), m.JourneyExit.exit).where(_is_documented())


def undocumented(asked: Question) -> sa.Select[Any]:
    """Journeys ended of which nobody knows how."""
    return _exits(asked).where(sa.not_(_is_documented()))


def positive_exits(asked: Question) -> sa.Select[Any]:
    """Documented endings, weighing 1 where they lead to work or training."""
    return _shared_exits(asked, _POSITIVE)


def durable_exits(asked: Question) -> sa.Select[Any]:
    """Documented endings, weighing 1 where they lead to lasting work."""
    return _shared_exits(asked, _DURABLE)


def attendance(asked: Question) -> sa.Select[Any]:
    """For each journey, half-days there among those marked."""
    mark = m.Attendance.mark
    there = sa.func.sum(sa.case((mark.in_(_PRESENT), 1), else_=0))
    query = facts(
        m.Journey.id, m.Journey.person_id, weight=there, total=sa.func.count(m.Attendance.id)
    )
    return _half_days(query, asked)


def absences(asked: Question) -> sa.Select[Any]:
    """For each journey, half-days away, by how."""
    mark = m.Attendance.mark
    query = facts(m.Journey.id, m.Journey.person_id, mark, weight=sa.func.count(m.Attendance.id))
    return _half_days(query, asked).where(mark.in_(("A", "E"))).group_by(mark)


def late(asked: Question) -> sa.Select[Any]:
    """For each journey, half-days begun late."""
    query = facts(m.Journey.id, m.Journey.person_id, weight=sa.func.count(m.Attendance.id))
    return _half_days(query, asked).where(m.Attendance.mark == "R")


def placements(asked: Question) -> sa.Select[Any]:
    """Immersions agreed upon that begin, by object, by what became of them."""
    bilan = m.Assessment
    outcome = sa.case(
        (bilan.held.is_not(None), bilan.held),
        (standing.IN_FORCE.starts_on > asked.today, sa.literal("coming")),
        (standing.IN_FORCE.ends_on >= asked.today, sa.literal("running")),
        else_=sa.literal("unassessed"),
    )
    query = facts(
        m.Placement.id,
        m.Placement.person_id,
        standing.IN_FORCE.object,
        outcome,
        bilan.trade_confirmed,
        on=standing.IN_FORCE.starts_on,
        site=m.Person.site_id,
    )
    return _agreed(query).where(_within(standing.IN_FORCE.starts_on, asked))


def placed_people(asked: Question) -> sa.Select[Any]:
    """People who begin an immersion."""
    query = facts(
        m.Placement.person_id,
        m.Placement.person_id,
        on=standing.IN_FORCE.starts_on,
        site=m.Person.site_id,
    )
    return _agreed(query).where(_within(standing.IN_FORCE.starts_on, asked))


def placement_minutes(asked: Question) -> sa.Select[Any]:
    """Minutes agreed upon, for the immersions that begin."""
    query = facts(
        m.Placement.id,
        m.Placement.person_id,
        standing.IN_FORCE.object,
        on=standing.IN_FORCE.starts_on,
        weight=standing.IN_FORCE.minutes,
        site=m.Person.site_id,
    )
    return _agreed(query).where(_within(standing.IN_FORCE.starts_on, asked))


def assessed(asked: Question) -> sa.Select[Any]:
    """Immersions over, weighing 1 where their assessment is in."""
    is_in = m.Assessment.id.is_not(None)
    query = facts(
        m.Placement.id,
        m.Placement.person_id,
        sa.case((is_in, "in"), else_="due"),
        on=standing.IN_FORCE.ends_on,
        weight=sa.case((is_in, 1), else_=0),
        total=sa.literal(1),
        site=m.Person.site_id,
    )
    return _agreed(query).where(
        _within(standing.IN_FORCE.ends_on, asked), standing.IN_FORCE.ends_on < asked.today
    )


def lent(asked: Question) -> sa.Select[Any]:
    """Loans begun."""
    return _loans(on=m.Loan.lent_on).where(_within(m.Loan.lent_on, asked))


def returned(asked: Question) -> sa.Select[Any]:
    """Loans ended."""
    return _loans(on=m.Loan.returned_on).where(_within(m.Loan.returned_on, asked))


def still_lent(asked: Question) -> sa.Select[Any]:
    """Loans under way on the last day of the period, or today if that is to come."""
    return _under_way(_last_day(asked))


def overdue(asked: Question) -> sa.Select[Any]:
    """Loans under way that day and due before it."""
    day = _last_day(asked)
    return _under_way(day).where(m.Loan.due_on < day)


def narrowed(query: sa.Select[Any], asked: Question) -> sa.Select[Any]:
    """The facts of one site, or of one group, where that is asked."""
    rows = query.subquery()
    limits = [
        column == wanted
        for column, wanted in ((rows.c.site, asked.site), (rows.c.cohort, asked.cohort))
        if wanted is not None
    ]
    return sa.select(rows).where(*limits)


def _within(column: Any, asked: Question) -> Column:
    found: Column = column.between(asked.period.first, asked.period.last)
    return found


def _done_within(column: Any, asked: Question) -> Column:
    """Within the period, and not to come: what is only planned may still change."""
    found: Column = column.between(asked.period.first, _last_day(asked))
    return found


def _goes_on_in_another() -> Column:
    """Whether a journey ended without an exit on the day its person entered another group."""
    other, ending = aliased(m.Journey), aliased(m.JourneyExit)
    journey = m.Journey
    next_one = (
        sa.select(other.id)
        .where(
            other.person_id == journey.person_id,
            other.id != journey.id,
            other.entered_on == journey.left_on,
            other.deleted_at.is_(None),
        )
        .correlate(journey)
    )
    exit_noted = (
        sa.select(ending.id)
        .where(ending.journey_id == journey.id, ending.deleted_at.is_(None))
        .correlate(journey)
    )
    return sa.and_(next_one.exists(), sa.not_(exit_noted.exists()))


def _goes_on_from_another() -> Column:
    """Whether a journey began on the day its person left another group without an exit."""
    other, ending = aliased(m.Journey), aliased(m.JourneyExit)
    journey = m.Journey
    return (
        sa.select(other.id)
        .outerjoin(ending, sa.and_(ending.journey_id == other.id, ending.deleted_at.is_(None)))
        .where(
            other.person_id == journey.person_id,
            other.id != journey.id,
            other.left_on == journey.entered_on,
            other.deleted_at.is_(None),
            ending.id.is_(None),
        )
        .correlate(journey)
        .exists()
    )


def _last_day(asked: Question) -> date:
    return min(asked.period.last, asked.today)


def _with_latest_group(query: sa.Select[Any], person: Column) -> sa.Select[Any]:
    return query.outerjoin(m.Cohort, m.Cohort.id == _latest_group(person))


def _latest_group(person: Column) -> Column:
    """The group somebody is in, or was in last: looked for by an index, for these people alone."""
    journey = aliased(m.Journey)
    return (
        sa.select(journey.cohort_id)
        .where(journey.person_id == person, journey.deleted_at.is_(None))
        .order_by(*latest_first(journey))
        .limit(1)
        .scalar_subquery()
    )


def _journeys(query: sa.Select[Any]) -> sa.Select[Any]:
    journey, person = m.Journey, m.Person
    return (
        query.select_from(journey)
        .join(m.Cohort, m.Cohort.id == journey.cohort_id)
        .join(person, person.id == journey.person_id)
        .where(journey.deleted_at.is_(None), person.deleted_at.is_(None))
    )


def _half_days(query: sa.Select[Any], asked: Question) -> sa.Select[Any]:
    return (
        _journeys(query)
        .join(m.Attendance, m.Attendance.journey_id == m.Journey.id)
        .where(_within(m.Attendance.on, asked), m.Attendance.deleted_at.is_(None))
        .group_by(m.Journey.id, m.Journey.person_id, m.Cohort.id, m.Cohort.site_id)
    )


def _exits(
    asked: Question, *kinds: Column, weight: Column | None = None, total: Column | None = None
) -> sa.Select[Any]:
    journey, ending, item = m.Journey, m.JourneyExit, m.ReferenceItem
    query = facts(
        journey.id, journey.person_id, *kinds, on=journey.left_on, weight=weight, total=total
    )
    return (
        _journeys(query)
        .outerjoin(ending, sa.and_(ending.journey_id == journey.id, ending.deleted_at.is_(None)))
        .outerjoin(
            item,
            sa.and_(item.list == "exit", item.code == ending.exit, item.deleted_at.is_(None)),
        )
        .where(_done_within(journey.left_on, asked), sa.not_(_goes_on_in_another()))
    )


def _category() -> Column:
    found: Column = m.ReferenceItem.data["category"].as_string()
    return found


def _shared_exits(asked: Question, categories: Sequence[str]) -> sa.Select[Any]:
    counts = sa.case((_category().in_(categories), 1), else_=0)
    return _exits(asked, _category(), m.JourneyExit.exit, weight=counts, total=sa.literal(1)).where(
        _is_documented()
    )


def _is_documented() -> Column:
    return sa.func.coalesce(m.JourneyExit.exit, UNDOCUMENTED) != UNDOCUMENTED


def _agreed(query: sa.Select[Any]) -> sa.Select[Any]:
    """Immersions whose convention is in force, neither refused nor cancelled, with the group of
    their journey, else the last of their person."""
    placement, person, bilan, own = m.Placement, m.Person, m.Assessment, m.Journey
    return (
        standing.standing(query)
        .join(person, person.id == placement.person_id)
        .outerjoin(bilan, sa.and_(bilan.placement_id == placement.id, bilan.deleted_at.is_(None)))
        .outerjoin(own, sa.and_(own.id == placement.journey_id, own.deleted_at.is_(None)))
        .outerjoin(
            m.Cohort, m.Cohort.id == sa.func.coalesce(own.cohort_id, _latest_group(person.id))
        )
        .where(
            standing.IN_FORCE.id.is_not(None),
            placement.state.not_in(_WITHDRAWN),
            person.deleted_at.is_(None),
        )
    )


def _loans(on: Any) -> sa.Select[Any]:
    loan, person, equipment = m.Loan, m.Person, m.Equipment
    query = facts(loan.id, loan.person_id, equipment.kind, on=on, site=person.site_id)
    joined = (
        query.select_from(loan)
        .join(person, person.id == loan.person_id)
        .join(equipment, equipment.id == loan.equipment_id)
    )
    return _with_latest_group(joined, person.id).where(
        loan.deleted_at.is_(None), person.deleted_at.is_(None)
    )


def _under_way(day: date) -> sa.Select[Any]:
    loan = m.Loan
    return _loans(on=loan.lent_on).where(
        loan.lent_on <= day, sa.or_(loan.returned_on.is_(None), loan.returned_on > day)
    )
