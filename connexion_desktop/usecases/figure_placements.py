"""The facts of immersions: agreed upon, their people, their hours, their assessment."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.domain.placement import PlacementState

from . import placement_standing as standing
from .figure_facts import TODAY, Column, facts, latest_group, within

_WITHDRAWN = (PlacementState.REFUSED.value, PlacementState.CANCELLED.value)
_BILAN, _IN_FORCE = m.Assessment, standing.IN_FORCE
_IS_ASSESSED = _BILAN.id.is_not(None)
_OUTCOME = sa.case(
    (_BILAN.held.is_not(None), _BILAN.held),
    (_IN_FORCE.starts_on > TODAY, sa.literal("coming")),
    (_IN_FORCE.ends_on >= TODAY, sa.literal("running")),
    else_=sa.literal("unassessed"),
)


def _agreed(
    subject: Column,
    *kinds: Column,
    on: Column = _IN_FORCE.starts_on,
    weight: Column | None = None,
    total: Column | None = None,
) -> sa.Select[Any]:
    """Immersions whose convention is in force, neither refused nor cancelled, on a day of the
    period, with the group of their journey, else the last of their person."""
    placement, person, own = m.Placement, m.Person, m.Journey
    query = facts(
        subject, placement.person_id, *kinds,
        on=on, weight=weight, total=total, site=person.site_id,
    )  # fmt: skip
    return (
        standing.standing(query)
        .join(person, person.id == placement.person_id)
        .outerjoin(
            _BILAN, sa.and_(_BILAN.placement_id == placement.id, _BILAN.deleted_at.is_(None))
        )
        .outerjoin(own, sa.and_(own.id == placement.journey_id, own.deleted_at.is_(None)))
        .outerjoin(
            m.Cohort, m.Cohort.id == sa.func.coalesce(own.cohort_id, latest_group(person.id))
        )
        .where(
            _IN_FORCE.id.is_not(None),
            placement.state.not_in(_WITHDRAWN),
            person.deleted_at.is_(None),
            within(on),
        )
    )


PLACEMENTS = _agreed(m.Placement.id, _IN_FORCE.object, _OUTCOME, _BILAN.trade_confirmed)
"""Immersions agreed upon that begin, by object, by what became of them."""

PLACED_PEOPLE = _agreed(m.Placement.person_id)
"""People who begin an immersion."""

PLACEMENT_MINUTES = _agreed(m.Placement.id, _IN_FORCE.object, weight=_IN_FORCE.minutes)
"""Minutes agreed upon, for the immersions that begin."""

ASSESSED = _agreed(
    m.Placement.id,
    sa.case((_IS_ASSESSED, "in"), else_="due"),
    on=_IN_FORCE.ends_on,
    weight=sa.case((_IS_ASSESSED, 1), else_=0),
    total=sa.literal(1),
).where(_IN_FORCE.ends_on < TODAY)
"""Immersions over, weighing 1 where their assessment is in."""
