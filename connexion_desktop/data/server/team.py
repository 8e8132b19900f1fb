"""The team of a server, kept while everything else is taken out of it or put there.

Those who have a login stay: the base that is moved in may already know them, by login or by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.names import fold, full_name


@dataclass(frozen=True, slots=True)
class Held:
    """A role: at which site (its code; at all where None), from when to when."""

    role: str
    site: str | None
    starts_on: date | None
    ends_on: date | None

    def is_within(self, row: m.StaffRole) -> bool:
        """Whether somebody who has that row has no less from this role."""
        return (
            row.role == self.role
            and (row.starts_on or date.min) <= (self.starts_on or date.min)
            and (row.ends_on or date.max) >= (self.ends_on or date.max)
        )


@dataclass(frozen=True, slots=True)
class Mate:
    """Somebody with a login, their function, the departure that is noted ahead, their roles."""

    login: str
    given_name: str
    family_name: str
    function: str
    left_on: date | None
    roles: tuple[Held, ...]


def still_there() -> sa.ColumnElement[bool]:
    """Those who have not left, on the server's day."""
    return sa.or_(m.Staff.left_on.is_(None), m.Staff.left_on >= sa.func.day_here())


def of(session: Session, logins: frozenset[str]) -> tuple[Mate, ...]:
    """Those whose login is one of these that open the server, and who have not left."""
    role, site = m.StaffRole, m.Site
    held = session.execute(
        sa.select(role.staff_id, role.role, site.code, role.starts_on, role.ends_on)
        .outerjoin(site, site.id == role.site_id)
        .where(role.deleted_at.is_(None))
        .order_by(role.role)
    ).all()
    members = session.scalars(
        sa.select(m.Staff).where(
            m.Staff.login.in_(logins), m.Staff.deleted_at.is_(None), still_there()
        )
    )
    return tuple(
        Mate(
            each.login or "",
            each.given_name,
            each.family_name,
            each.function,
            each.left_on,
            tuple(Held(*role) for who, *role in held if who == each.id),
        )
        for each in members
    )


def bring(session: Session, team: tuple[Mate, ...]) -> None:
    """Let them be of the team of what is there now, with the roles they had."""
    staff = list(session.scalars(sa.select(m.Staff).where(m.Staff.deleted_at.is_(None))))
    sites = dict(
        session.execute(sa.select(m.Site.code, m.Site.id).where(m.Site.deleted_at.is_(None)))
        .tuples()
        .all()
    )
    for mate in team:
        member = _known(staff, mate)
        if member is None:
            member = m.Staff(
                given_name=mate.given_name, family_name=mate.family_name, function=mate.function
            )
            session.add(member)
        member.login, member.left_on = mate.login, mate.left_on
        session.flush()
        rows = session.scalars(
            sa.select(m.StaffRole).where(
                m.StaffRole.staff_id == member.id, m.StaffRole.deleted_at.is_(None)
            )
        ).all()
        for held in mate.roles:
            site = sites.get(held.site) if held.site is not None else None
            if held.site is not None and site is None:
                continue
            if any(row.site_id == site and held.is_within(row) for row in rows):
                continue
            session.add(
                m.StaffRole(
                    staff_id=member.id,
                    role=held.role,
                    site_id=site,
                    starts_on=held.starts_on,
                    ends_on=held.ends_on,
                )
            )
    session.flush()


def _known(staff: list[m.Staff], mate: Mate) -> m.Staff | None:
    """The one of that login; else the one of that name, whatever login the file noted."""
    for each in staff:
        if each.login == mate.login:
            return each
    name = fold(full_name(mate.given_name, mate.family_name))
    for each in staff:
        if fold(full_name(each.given_name, each.family_name)) == name:
            return each
    return None
