"""A convention as it stands: the version in force, or the draft where none was issued.

Whoever lists, counts or judges conventions reads them here. The columns of `Placement` may hold the
next version being typed, which binds nobody until it is issued; what the host's page says today
binds nobody either.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from connexion_desktop.data import models as m

IN_FORCE = aliased(m.Agreement, name="in_force")


def _stated(issued: Any, drafted: Any, name: str) -> sa.Label[Any]:
    return sa.case((IN_FORCE.id.is_not(None), issued), else_=drafted).label(name)


_drafted_minutes = (
    sa.select(sa.func.coalesce(sa.func.sum(m.PlacementSlot.end - m.PlacementSlot.start), 0))
    .where(m.PlacementSlot.placement_id == m.Placement.id, m.PlacementSlot.deleted_at.is_(None))
    .correlate(m.Placement)
    .scalar_subquery()
)

STARTS_ON = _stated(IN_FORCE.starts_on, m.Placement.starts_on, "starts_on")
ENDS_ON = _stated(IN_FORCE.ends_on, m.Placement.ends_on, "ends_on")
TRADE = _stated(IN_FORCE.trade, m.Placement.trade, "trade")
OBJECT = _stated(IN_FORCE.object, m.Placement.object, "object")
OBJECTIVES = _stated(IN_FORCE.objectives, m.Placement.objectives, "objectives")
RENEWAL_OF_ID = _stated(IN_FORCE.renewal_of_id, m.Placement.renewal_of_id, "renewal_of_id")
HOST_ID = _stated(IN_FORCE.host_id, m.Placement.host_id, "host_id")
HOST = _stated(IN_FORCE.host_name, m.Organisation.name, "host")
HOST_SIRET = _stated(IN_FORCE.host_siret, m.Organisation.siret, "siret")
MINUTES = _stated(IN_FORCE.minutes, _drafted_minutes, "minutes")
"""Minutes of presence in all."""


def standing(query: sa.Select[Any]) -> sa.Select[Any]:
    """A query on `Placement`, with what the columns of this module are read from."""
    is_in_force = sa.and_(
        IN_FORCE.placement_id == m.Placement.id,
        IN_FORCE.superseded_at.is_(None),
        IN_FORCE.deleted_at.is_(None),
    )
    return (
        query.select_from(m.Placement)
        .outerjoin(IN_FORCE, is_in_force)
        .outerjoin(m.Organisation, m.Organisation.id == m.Placement.host_id)
        .where(m.Placement.deleted_at.is_(None))
    )
