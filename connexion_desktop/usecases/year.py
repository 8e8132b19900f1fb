"""The year of the groups: all of them, and how many are to begin, in all and on each site."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.groups import GroupRow
from connexion_desktop.domain.year_view import YearPlan

from . import group_reads, groups

_IN_ALL = "programme.sessions_per_year"


def load(session: Session, today: date) -> tuple[tuple[GroupRow, ...], YearPlan]:
    """Every group, the last begun first, and what is set of a year."""
    with together(session) as ask:
        known = ask(groups.every, session, today)
        settings = ask(group_reads.settings, session, (_IN_ALL,))
        sites = ask(_sites, session)
    return known.value, YearPlan(settings.value.get(_IN_ALL, 0), sites.value)


def _sites(session: Session) -> dict[str, int]:
    site = m.Site
    rows = session.execute(
        sa.select(site.name, site.sessions).where(site.sessions > 0, site.deleted_at.is_(None))
    )
    return {row.name: row.sessions for row in rows}
