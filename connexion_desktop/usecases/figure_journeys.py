"""The facts of the way through a group: met, entered, present, left, and for what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from connexion_desktop.data import models as m
from connexion_desktop.domain.activity_report import Question

from .figure_facts import Column, done_within, facts, journeys, with_latest_group, within

_POSITIVE = ("durable", "transition", "positive")
_DURABLE = ("durable",)
UNDOCUMENTED = "non_documentee"


def met(asked: Question) -> sa.Select[Any]:
    """People met for the first time; with the group they are in, or were in last."""
    person = m.Person
    return with_latest_group(
        facts(
            person.id, person.id, person.channel, person.public,
            on=person.met_on, site=person.site_id,
        ).select_from(person),
        person.id,
    ).where(within(person.met_on, asked), person.deleted_at.is_(None))  # fmt: skip


def met_undated(_asked: Question) -> sa.Select[Any]:
    """People whose first contact has no date."""
    person = m.Person
    query = facts(person.id, person.id, site=person.site_id).select_from(person)
    return with_latest_group(query, person.id).where(
        person.met_on.is_(None), person.deleted_at.is_(None)
    )


def entered(asked: Question) -> sa.Select[Any]:
    """Journeys begun, but those that go on from another group."""
    journey, person = m.Journey, m.Person
    query = facts(
        journey.id, journey.person_id, journey.activity, person.public, on=journey.entered_on
    )
    return journeys(query).where(
        done_within(journey.entered_on, asked), sa.not_(_goes_on_from_another())
    )


def present(asked: Question) -> sa.Select[Any]:
    """People in a group at least one day."""
    journey = m.Journey
    return journeys(facts(journey.person_id, journey.person_id)).where(
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


def _exits(
    asked: Question, *kinds: Column, weight: Column | None = None, total: Column | None = None
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
        .where(done_within(journey.left_on, asked), sa.not_(_goes_on_in_another()))
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
