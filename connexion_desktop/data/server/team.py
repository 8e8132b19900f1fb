"""The team of a server, kept while everything else is taken out of it or put there.

Those who have a login stay: the base that is moved in may already know them, by login or by name.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.names import fold, full_name


@dataclass(frozen=True, slots=True)
class Mate:
    """Somebody with a login, their function, and their roles: which, at which site (its code; for
    all where None), from when to when."""

    login: str
    given_name: str
    family_name: str
    function: str
    roles: tuple[tuple[str, str | None, object, object], ...]


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
            m.Staff.login.in_(logins), m.Staff.deleted_at.is_(None), m.Staff.left_on.is_(None)
        )
    )
    return tuple(
        Mate(
            each.login or "",
            each.given_name,
            each.family_name,
            each.function,
            tuple(
                (code, where, first, last)
                for who, code, where, first, last in held
                if who == each.id
            ),
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
        member.login, member.left_on = mate.login, None
        session.flush()
        held = {
            (row.role, row.site_id)
            for row in session.scalars(
                sa.select(m.StaffRole).where(
                    m.StaffRole.staff_id == member.id, m.StaffRole.deleted_at.is_(None)
                )
            )
        }
        for code, where, first, last in mate.roles:
            site = sites.get(where) if where is not None else None
            if (where is not None and site is None) or (code, site) in held:
                continue
            session.add(
                m.StaffRole(
                    staff_id=member.id, role=code, site_id=site, starts_on=first, ends_on=last
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
