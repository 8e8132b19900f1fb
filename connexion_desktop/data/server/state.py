"""What is to be seen of the office's server, by any of its members or by whoever keeps it."""

from __future__ import annotations

from typing import Any, LiteralString

from connexion_desktop.data.migrations import HEAD
from connexion_desktop.domain.servers import (
    Member,
    Role,
    ServerAddress,
    ServerState,
    TeamLine,
)

from . import identity, link, rights
from .prepare import administered, logins, may_own, version_of

_TEAM = """
SELECT btrim(staff.given_name || ' ' || staff.family_name), coalesce(staff.login, ''),
       coalesce(array_agg(DISTINCT coalesce(reference_item.label, staff_role.role)
                || coalesce(' (' || site.name || ')', ''))
                FILTER (WHERE staff_role.id IS NOT NULL), '{}')
FROM staff
LEFT JOIN staff_role ON staff_role.staff_id = staff.id AND staff_role.deleted_at IS NULL
     AND (staff_role.starts_on IS NULL OR staff_role.starts_on <= day_here())
     AND (staff_role.ends_on IS NULL OR staff_role.ends_on >= day_here())
LEFT JOIN site ON site.id = staff_role.site_id
LEFT JOIN reference_item ON reference_item.list = 'role'
     AND reference_item.code = staff_role.role AND reference_item.deleted_at IS NULL
WHERE staff.deleted_at IS NULL AND (staff.left_on IS NULL OR staff.left_on >= day_here())
GROUP BY staff.id ORDER BY staff.family_name, staff.given_name
"""
_CONNECTED = """
SELECT count(DISTINCT usename) FROM pg_stat_activity
WHERE datname = current_database() AND usename = ANY (%s)
"""
"""Who has the application open: of others' connections, only whose they are can be seen."""


def state(address: ServerAddress, password: str) -> ServerState:
    """Look at a server. Raises ServerError: see `link.connect`; also if it is not prepared."""
    with administered(address, password) as connection:
        version = version_of(connection)
        if version is None:
            raise identity.not_prepared(address)
        me, tls = None, _tls(connection)
        if may_own(connection):
            connection.execute(f"SET ROLE {rights.OWNER}".encode())
        else:
            me = _me(connection)
        team = logins(connection)
        return ServerState(
            postgres=connection.info.parameter_status("server_version") or "",
            schema=version,
            is_present=version == HEAD,
            tls=tls,
            association=_one(connection, "SELECT name FROM association"),
            people=_one(connection, _people(me)),
            connected=_one(connection, _CONNECTED, (sorted(team),)),
            team=tuple(
                TeamLine(name, login, tuple(roles), login in team)
                for name, login, roles in connection.execute(_TEAM)
            ),
            me=me,
        )


def _me(connection: link.Connection) -> Member | None:
    found = connection.execute("SELECT staff, name, roles FROM who_am_i()").fetchone()
    if found is None or found[0] is None:
        return None
    staff, name, roles = found
    return Member(str(staff), name, frozenset(Role(role) for role in roles))


def _people(me: Member | None) -> LiteralString:
    """How many people there are: all of them for the owner and for the direction's figures, those
    of the others' rights."""
    if me is not None and Role.DIRECTION in me.roles:
        return "SELECT count(*) FROM pseudonym.person WHERE deleted_at IS NULL"
    return "SELECT count(*) FROM person WHERE deleted_at IS NULL"


def _tls(connection: link.Connection) -> str:
    """The version of TLS that this connection speaks; empty for none."""
    found = _one(connection, "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
    return str(found or "")


def _one(connection: link.Connection, question: LiteralString, given: tuple[Any, ...] = ()) -> Any:
    found = connection.execute(question, given).fetchone()
    return None if found is None else found[0]
