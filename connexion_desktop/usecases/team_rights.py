"""Roles with their site and dates, and dated replacements: what the server's rights stand on."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.names import fold, full_name
from connexion_desktop.domain.team_rights import (
    REPLACEMENT,
    ROLE,
    GiveRole,
    Replace,
    Right,
    TeamRights,
    check_days,
    told_days,
)

_TABLES: dict[str, type[m.StaffRole | m.CohortAccess]] = {
    ROLE: m.StaffRole,
    REPLACEMENT: m.CohortAccess,
}


def load(session: Session, today: date) -> TeamRights:
    """What everybody holds on `today` or later, and what may be given."""
    roles = _roles(session)
    sites = _sites(session)
    return TeamRights(
        (*_held(session, dict(roles), dict(sites), today), *_replacing(session, today)),
        roles,
        sites,
        _groups(session),
        _conseillers(session),
    )


def _conseillers(session: Session) -> tuple[tuple[UUID, UUID], ...]:
    cohort = m.Cohort
    rows = session.execute(
        sa.select(cohort.id, cohort.conseiller_id).where(
            cohort.deleted_at.is_(None), cohort.conseiller_id.is_not(None)
        )
    )
    return tuple((row.id, row.conseiller_id) for row in rows)


def give_role(session: Session, command: GiveRole) -> None:
    """Give a role. Raises UserError for days that cross, or a role already held there meanwhile."""
    check_days(command.starts_on, command.ends_on)
    held = m.StaffRole
    known = session.scalars(
        sa.select(held).where(
            held.staff_id == command.staff_id,
            held.role == command.role,
            held.deleted_at.is_(None),
        )
    )
    for row in known:
        if row.site_id in (None, command.site_id) and _cross(row, command):
            raise UserError("Ce rôle est déjà tenu à ces dates.", "Rien n’a été enregistré.")
    session.add(
        held(
            id=command.id,
            staff_id=command.staff_id,
            role=command.role,
            site_id=command.site_id,
            starts_on=command.starts_on,
            ends_on=command.ends_on,
        )
    )


def replace(session: Session, command: Replace) -> None:
    """Give access to a group for a leave. Raises UserError for days that cross, or where access is
    given already meanwhile."""
    check_days(command.starts_on, command.ends_on)
    access = m.CohortAccess
    known = session.scalars(
        sa.select(access).where(
            access.staff_id == command.staff_id,
            access.cohort_id == command.cohort_id,
            access.deleted_at.is_(None),
        )
    )
    if any(_cross(row, command) for row in known):
        raise UserError("Ce remplacement est déjà noté à ces dates.", "Rien n’a été enregistré.")
    session.add(
        access(
            id=command.id,
            staff_id=command.staff_id,
            cohort_id=command.cohort_id,
            starts_on=command.starts_on,
            ends_on=command.ends_on,
        )
    )


def take_away(session: Session, table: str, row_id: UUID) -> None:
    """Take a role or a replacement away. Raises UserError if it is no more."""
    row = session.get(_TABLES[table], row_id)
    if row is None or row.deleted_at is not None:
        raise UserError("Ce droit n’est plus dans la base.", "Rien n’a changé.")
    row.deleted_at = m.utc_now()


def _cross(row: m.StaffRole | m.CohortAccess, command: GiveRole | Replace) -> bool:
    begins = command.ends_on is None or row.starts_on is None or row.starts_on <= command.ends_on
    ends = command.starts_on is None or row.ends_on is None or row.ends_on >= command.starts_on
    return begins and ends


def _held(
    session: Session, roles: dict[str, str], sites: dict[UUID, str], today: date
) -> list[Right]:
    held = m.StaffRole
    rows = session.scalars(
        sa.select(held)
        .where(held.deleted_at.is_(None), sa.or_(held.ends_on.is_(None), held.ends_on >= today))
        .order_by(held.role, held.starts_on)
    )
    return [
        Right(
            row.id,
            ROLE,
            row.staff_id,
            _told(
                roles.get(row.role, row.role),
                sites.get(row.site_id, "") if row.site_id else "",
                told_days(row.starts_on, row.ends_on),
            ),
        )
        for row in rows
    ]


def _replacing(session: Session, today: date) -> list[Right]:
    access, cohort, staff = m.CohortAccess, m.Cohort, m.Staff
    rows = session.execute(
        sa.select(
            access.id,
            access.staff_id,
            access.starts_on,
            access.ends_on,
            cohort.name,
            staff.given_name,
            staff.family_name,
        )
        .join(cohort, cohort.id == access.cohort_id)
        .outerjoin(staff, staff.id == cohort.conseiller_id)
        .where(
            access.deleted_at.is_(None),
            sa.or_(access.ends_on.is_(None), access.ends_on >= today),
        )
        .order_by(access.starts_on)
    )
    return [
        Right(
            row.id,
            REPLACEMENT,
            row.staff_id,
            _told(
                f"Remplace {full_name(row.given_name or '', row.family_name or '') or '—'}",
                row.name,
                told_days(row.starts_on, row.ends_on),
            ),
        )
        for row in rows
    ]


def _told(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _roles(session: Session) -> tuple[tuple[str, str], ...]:
    item = m.ReferenceItem
    rows = session.execute(
        sa.select(item.code, item.label)
        .where(item.list == "role", item.deleted_at.is_(None), item.retired_on.is_(None))
        .order_by(item.position)
    )
    return tuple((row.code, row.label) for row in rows)


def _sites(session: Session) -> tuple[tuple[UUID, str], ...]:
    rows = session.scalars(sa.select(m.Site).where(m.Site.deleted_at.is_(None)))
    return tuple((row.id, row.name) for row in sorted(rows, key=lambda row: fold(row.name)))


def _groups(session: Session) -> tuple[tuple[UUID, str], ...]:
    """The groups, the latest first, with whose they are."""
    cohort, staff = m.Cohort, m.Staff
    rows = session.execute(
        sa.select(cohort.id, cohort.name, staff.given_name, staff.family_name)
        .outerjoin(staff, staff.id == cohort.conseiller_id)
        .where(cohort.deleted_at.is_(None))
        .order_by(cohort.starts_on.desc(), cohort.name)
    )
    return tuple(
        (row.id, _told(row.name, full_name(row.given_name or "", row.family_name or "")))
        for row in rows
    )
