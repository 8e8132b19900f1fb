"""The steps of a person's way, as arms of the union of all that is dated about them: met, entered,
milestones, left, six months after."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.domain.feed import FeedKind

from .person_feed_arms import PERSON, arm, of_journeys


def intake() -> sa.Select[Any]:
    """The steps of the way in."""
    step = m.IntakeStep
    return arm(
        FeedKind.INTAKE,
        step.id,
        step.on,
        step.created_at,
        title=step.place,
        text=step.detail,
        code=step.kind,
        state=step.outcome,
        other=step.refusal_reason,
    ).where(step.person_id == PERSON, step.deleted_at.is_(None))


def first_contact() -> sa.Select[Any]:
    """When the person was met, as the office's table told it, where no step of the way in does."""
    person, step = m.Person, m.IntakeStep
    told = (
        sa.select(sa.literal(1))
        .where(step.person_id == person.id, step.kind == "met", step.deleted_at.is_(None))
        .exists()
    )
    return arm(
        FeedKind.INTAKE,
        person.id,
        person.met_on,
        person.created_at,
        title=person.channel_detail,
        code=sa.literal("met"),
        precision=person.met_precision,
    ).where(
        person.id == PERSON,
        person.met_on.is_not(None),
        person.deleted_at.is_(None),
        ~told,
    )


def entries() -> sa.Select[Any]:
    """Entries into a group."""
    journey, cohort = m.Journey, m.Cohort
    return (
        arm(
            FeedKind.ENTRY,
            journey.id,
            journey.entered_on,
            journey.created_at,
            title=cohort.name,
        )
        .join(cohort, cohort.id == journey.cohort_id)
        .where(journey.person_id == PERSON, journey.deleted_at.is_(None))
    )


def milestones() -> sa.Select[Any]:
    """Milestones reached."""
    milestone = m.Milestone
    reached = arm(
        FeedKind.MILESTONE,
        milestone.id,
        milestone.done_on,
        milestone.created_at,
        code=milestone.kind,
    )
    return of_journeys(reached, milestone)


def exits() -> sa.Select[Any]:
    """Exits, with where to."""
    leaving = m.JourneyExit
    left = arm(
        FeedKind.EXIT,
        leaving.id,
        leaving.on,
        leaving.created_at,
        title=leaving.employer,
        text=leaving.detail,
        code=leaving.exit,
        number=leaving.contract_months,
    )
    return of_journeys(left, leaving)


def after_exits() -> sa.Select[Any]:
    """What became of somebody six months after."""
    leaving = m.JourneyExit
    after = arm(
        FeedKind.AFTER,
        leaving.id,
        leaving.six_month_on,
        leaving.created_at,
        code=leaving.six_month_exit,
    )
    return of_journeys(after, leaving).where(leaving.six_month_on.is_not(None))
