"""What a séance may be given, read in one question."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.meeting_choices import MeetingChoices, Named, spared
from connexion_desktop.domain.names import full_name

_LISTS = ("meeting_kind", "activity")


def load(session: Session) -> MeetingChoices:
    """The kinds and the activities in use, the team that is here, every structure by name."""
    item, staff, organisation = m.ReferenceItem, m.Staff, m.Organisation
    with together(session) as ask:
        items = ask(
            session.execute,
            sa.select(item.list, item.code, item.label)
            .where(item.list.in_(_LISTS), item.retired_on.is_(None), item.deleted_at.is_(None))
            .order_by(item.position, item.label),
        )
        team = ask(
            session.execute,
            sa.select(staff.id, staff.given_name, staff.family_name, staff.email)
            .where(staff.deleted_at.is_(None), staff.left_on.is_(None))
            .order_by(staff.family_name, staff.given_name),
        )
        partners = ask(
            session.execute,
            sa.select(organisation.id, organisation.name, organisation.city)
            .where(organisation.deleted_at.is_(None))
            .order_by(organisation.folded, organisation.id),
        )
    codes = items.value.all()
    kinds, activities = (
        tuple((code, words) for listed, code, words in codes if listed == wanted)
        for wanted in _LISTS
    )
    return MeetingChoices(
        kinds,
        activities,
        spared(
            Named(row.id, full_name(row.given_name, row.family_name), row.email or "")
            for row in team.value
        ),
        tuple(Named(row.id, row.name, row.city or "") for row in partners.value),
    )
