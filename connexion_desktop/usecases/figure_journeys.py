"""The facts of the way through a group: met, entered, present, left, and for what."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from connexion_desktop.data import models as m

from .figure_facts import (
    FIRST,
    LAST_DAY,
    Column,
    done_within,
    facts,
    journeys,
    with_latest_group,
    within,
)

_UNKNOWN = "non_documentee"
_CATEGORY: Column = m.ReferenceItem.data["category"].as_string()
_IS_DOCUMENTED = sa.func.coalesce(m.JourneyExit.exit, _UNKNOWN) != _UNKNOWN


def _people(*kinds: Column, on: Column | None = None) -> sa.Select[Any]:
    """People with the group they are in, or were in last."""
    person = m.Person
    query = facts(person.id, person.id, *kinds, on=on, site=person.site_id).select_from(person)
    return with_latest_group(query, person.id).where(person.deleted_at.is_(None))


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


def _exits(
    *kinds: Column, weight: Column | None = None, total: Column | None = None
) -> sa.Select[Any]:
    journey, ending, item = m.Journey, m.JourneyExit, m.ReferenceItem
    query = facts(
        journey.id, journey.person_id, *kinds, on=journey.left_on, weight=weight, total=total
    )
    return (
        journeys(query)
        .outerjoin(ending, sa.and_(ending.journey_id == journey.id, ending.deleted_at.is_(None)))
        .outerjoin(
            item,
            sa.and_(item.list == "exit", item.code == ending.exit, item.deleted_at.is_(None)),
        )
        .where(done_within(journey.left_on), sa.not_(_goes_on_in_another()))
    )


def _shared_exits(*categories: str) -> sa.Select[Any]:
    counts = sa.case((_CATEGORY.in_(categories), 1), else_=0)
    exits = _exits(_CATEGORY, m.JourneyExit.exit, weight=counts, total=sa.literal(1))
    return exits.where(_IS_DOCUMENTED)


MET = _people(m.Person.channel, m.Person.public, on=m.Person.met_on).where(within(m.Person.met_on))
"""People met for the first time."""

MET_UNDATED = _people().where(m.Person.met_on.is_(None))
"""People whose first contact has no date."""

ENTERED = journeys(
    facts(
        m.Journey.id, m.Journey.person_id, m.Journey.activity, m.Person.public,
        on=m.Journey.entered_on,
    )
).where(done_within(m.Journey.entered_on), sa.not_(_goes_on_from_another()))  # fmt: skip
"""Journeys begun, but those that go on from another group."""

PRESENT = journeys(facts(m.Journey.person_id, m.Journey.person_id)).where(
    m.Journey.entered_on <= LAST_DAY,
    sa.or_(m.Journey.left_on.is_(None), m.Journey.left_on >= FIRST),
)
"""People in a group at least one day."""

LEFT = _exits(_CATEGORY, m.JourneyExit.exit)
"""Journeys ended, with how, and what family of endings that is."""

DOCUMENTED = LEFT.where(_IS_DOCUMENTED)
"""Journeys ended of which it is known how."""

UNDOCUMENTED = _exits().where(sa.not_(_IS_DOCUMENTED))
"""Journeys ended of which nobody knows how."""

POSITIVE_EXITS = _shared_exits("durable", "transition", "positive")
"""Documented endings, weighing 1 where they lead to work or training."""

DURABLE_EXITS = _shared_exits("durable")
"""Documented endings, weighing 1 where they lead to lasting work."""
