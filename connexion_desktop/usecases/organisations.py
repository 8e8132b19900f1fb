"""The structures: all of them with their roles, and what is known of one, mended."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.conflicts import Seen, linked
from connexion_desktop.domain.organisations import (
    HOST,
    EditOrganisation,
    OrganisationRow,
    check_siret,
)
from connexion_desktop.domain.placement_file import EditHost, NewHost
from connexion_desktop.domain.siret import bare_siret

from .placement_hosts import HOST_EDITABLE, NOT_COUNTED, add_host, edit_host

_ROLES = "organisation_role"


def every(session: Session) -> tuple[OrganisationRow, ...]:
    """All the structures, by name."""
    organisation = m.Organisation
    by_name = (
        sa.select(organisation.id, *(getattr(organisation, name) for name in HOST_EDITABLE))
        .where(organisation.deleted_at.is_(None))
        .order_by(organisation.folded, organisation.id)
    )
    with together(session) as ask:
        held = ask(_roles, session)
        done = ask(_past, session)
        rows = ask(session.execute, by_name)
    roles, past = held.value, done.value
    return tuple(
        OrganisationRow(
            id=row.id,
            name=row.name,
            siret=bare_siret(row.siret or ""),
            city=row.city or "",
            roles=roles.get(row.id, ()),
            past=past.get(row.id, 0),
            values={name: getattr(row, name) or "" for name in HOST_EDITABLE},
        )
        for row in rows.value
    )


def add(session: Session, command: NewHost) -> UUID:
    """Write a structure in the book. Raises UserError without a name, or for what is no SIRET."""
    check_siret(command.siret)
    return add_host(session, command)


def edit(session: Session, command: EditOrganisation) -> None:
    """Mend what is known of a structure. Raises UserError if it is gone, has no name left, or for
    what is no SIRET; ConflictError for what somebody else changed too."""
    if "siret" in command.values:
        check_siret(command.values["siret"])
    for name, value in command.values.items():
        edit_host(session, EditHost(command.id, name, value, _seen(command, name)))


def _seen(command: EditOrganisation, name: str) -> Seen | None:
    """What is known of a field and of those linked to it, as the page of an immersion says it."""
    if command.seen is None:
        return None
    found = {}
    for each in linked(f"{HOST}{name}"):
        sent = command.values.get(each.removeprefix(HOST))
        found[each] = (command.seen[each], *([] if sent is None else [sent]))
    return found


def _roles(session: Session) -> dict[UUID, tuple[tuple[str, str], ...]]:
    role, item = m.OrganisationRole, m.ReferenceItem
    rows = session.execute(
        sa.select(role.organisation_id, role.role, sa.func.coalesce(item.label, role.role))
        .outerjoin(
            item,
            sa.and_(item.list == _ROLES, item.code == role.role, item.deleted_at.is_(None)),
        )
        .where(role.deleted_at.is_(None))
        .order_by(item.position, role.role)
    )
    found: dict[UUID, tuple[tuple[str, str], ...]] = {}
    for organisation_id, code, label in rows:
        found[organisation_id] = (*found.get(organisation_id, ()), (code, label))
    return found


def _past(session: Session) -> dict[UUID, int]:
    placement = m.Placement
    rows = session.execute(
        sa.select(placement.host_id, sa.func.count())
        .where(
            placement.host_id.is_not(None),
            placement.deleted_at.is_(None),
            placement.state.not_in(NOT_COUNTED),
        )
        .group_by(placement.host_id)
    )
    return {host: count for host, count in rows if host is not None}
