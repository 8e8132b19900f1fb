"""The facts of immersions: agreed upon, their people, their hours, their assessment."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.domain.activity_report import Question
from connexion_desktop.domain.placement import PlacementState

from . import placement_standing as standing
from .figure_facts import facts, latest_group, within

_WITHDRAWN = (PlacementState.REFUSED.value, PlacementState.CANCELLED.value)


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
    return _agreed(query).where(within(standing.IN_FORCE.starts_on, asked))


def placed_people(asked: Question) -> sa.Select[Any]:
    """People who begin an immersion."""
    query = facts(
        m.Placement.person_id,
        m.Placement.person_id,
        on=standing.IN_FORCE.starts_on,
        site=m.Person.site_id,
    )
    return _agreed(query).where(within(standing.IN_FORCE.starts_on, asked))


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
    return _agreed(query).where(within(standing.IN_FORCE.starts_on, asked))


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
        within(standing.IN_FORCE.ends_on, asked), standing.IN_FORCE.ends_on < asked.today
    )


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
            m.Cohort, m.Cohort.id == sa.func.coalesce(own.cohort_id, latest_group(person.id))
        )
        .where(
            standing.IN_FORCE.id.is_not(None),
            placement.state.not_in(_WITHDRAWN),
            person.deleted_at.is_(None),
        )
    )
