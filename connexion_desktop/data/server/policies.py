"""The rights as PostgreSQL holds them: policies, grants, triggers, pseudonymous views.

All of it is made again after each upgrade of the schema (`apply`): what is there cannot drift.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from connexion_desktop.data.models import Base
from connexion_desktop.domain.servers import Role

from . import functions, guards, journal, rights
from .rights import PSEUDONYM, TEAM, Rights

_HEAVY = frozenset({"attachment_bytes"})
_FIXED = frozenset({"id", "association_id", "created_at", "command_id", "series"})
"""What no login changes of a row: it would no longer be the one that the journal tells of."""
_FIXED_IN = dict.fromkeys(("attendance", "meeting_participant"), frozenset({"meeting_id"}))
_GUARDED = {
    "done_command": ("keep_command", "BEFORE UPDATE"),
    "access_line": ("keep_look", "BEFORE INSERT"),
} | {table: (f"keep_{table}", when) for table, when in guards.TRIGGERS.items()}
_TOLD_LATER = {"done_command": frozenset({"label", "final", "undoes", "undone_by"})}
"""Where little of a row may change; see `keep_command` for when."""


def statements() -> Iterator[str]:
    """All the rights, in their order; the schema is there, and the owner speaks."""
    yield journal.TABLE
    yield from functions.ALL
    yield "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION {', '.join(functions.FOR_THE_TEAM)} TO {TEAM}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {TEAM}"
    yield f"GRANT USAGE ON SCHEMA public TO {TEAM}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {TEAM}"
    for table in Base.metadata.sorted_tables:
        yield from _of(table, rights.RIGHTS[table.name])
    yield from _pseudonyms()


def apply(connection: sa.Connection) -> None:
    """Make them all again, as the owner."""
    old = connection.execute(
        sa.text("SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'")
    )
    for table, policy in old.all():
        connection.exec_driver_sql(f'DROP POLICY "{policy}" ON "{table}"')
    ours = connection.exec_driver_sql(
        "SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        " AND proowner = current_user::regrole"
    )
    for (function,) in ours.all():
        connection.exec_driver_sql(f"DROP FUNCTION {function} CASCADE")
    for statement in statements():
        connection.exec_driver_sql(statement.replace("%", "%%"))


def _of(table: sa.Table, its: Rights) -> Iterator[str]:
    name = f'"{table.name}"'
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    for role in Role:
        holds = f"(SELECT {_holds(role)})"
        reads, changes, makes = (
            its.reads.get(role),
            its.writes.get(role),
            its.made.get(role),
        )
        if reads is not None:
            yield (
                f"CREATE POLICY {role}_reads ON {name} FOR SELECT TO {TEAM}"
                f" USING ({holds} AND ({reads}))"
            )
        named = _named(table) if role is Role.CONSEILLER else ""
        if changes is not None:
            yield (
                f"CREATE POLICY {role}_changes ON {name} FOR UPDATE TO {TEAM}"
                f" USING ({holds} AND ({changes})) WITH CHECK ({holds} AND ({changes}){named})"
            )
        if makes is not None:
            yield (
                f"CREATE POLICY {role}_makes ON {name} FOR INSERT TO {TEAM}"
                f" WITH CHECK ({holds} AND ({makes}){named})"
            )
    if its.made:
        yield f"GRANT INSERT ON {name} TO {TEAM}"
    if its.writes:
        columns = ", ".join(f'"{column}"' for column in changeable(table))
        yield f"GRANT UPDATE ({columns}) ON {name} TO {TEAM}"
    if "version" in table.columns:
        heavy = "'heavy'" if table.name in _HEAVY else ""
        yield (
            f"CREATE OR REPLACE TRIGGER note_change AFTER INSERT OR UPDATE ON {name}"
            f" FOR EACH ROW EXECUTE FUNCTION note_change({heavy})"
        )
    if table.name in _GUARDED:
        trigger, when = _GUARDED[table.name]
        yield (
            f"CREATE OR REPLACE TRIGGER {trigger} {when} ON {name}"
            f" FOR EACH ROW EXECUTE FUNCTION {trigger}()"
        )


def changeable(table: sa.Table) -> tuple[str, ...]:
    """The columns that a row may change of, for who may change the row."""
    fixed = _FIXED | _FIXED_IN.get(table.name, frozenset())
    later = _TOLD_LATER.get(table.name, frozenset(table.columns.keys()) - fixed)
    return tuple(name for name in table.columns.keys() if name in later)  # noqa: SIM118


def _named(table: sa.Table) -> str:
    """The condition on what a row of this table names."""
    return "".join(
        f" AND ({column} IS NULL OR {rule})"
        for column, rule in rights.NAMING.items()
        if column in table.columns and table.name not in rights.NAMING_APART
    )


def _holds(role: Role) -> str:
    """Whether who asks holds the role; to replace a conseiller is to be one, for that group."""
    return "is_conseiller()" if role is Role.CONSEILLER else f"has_role('{role}')"


def _pseudonyms() -> Iterator[str]:
    yield f"DROP SCHEMA IF EXISTS {PSEUDONYM} CASCADE"
    yield f"CREATE SCHEMA {PSEUDONYM}"
    for name, masks in rights.MASKS.items():
        table = Base.metadata.tables[name]
        seen = " OR ".join(
            f"((SELECT {_holds(role)}) AND ({rows}))"
            for role, rows in rights.RIGHTS[name].reads.items()
        )
        columns = ", ".join(
            f'CASE WHEN seen THEN "{column.name}" ELSE {masks[column.name]} END AS "{column.name}"'
            if column.name in masks
            else f'"{column.name}"'
            for column in table.columns
        )
        whole = f"SELECT *, ({seen}) AS seen FROM public.{name}"  # noqa: S608 - our own words
        shown = f"SELECT {columns} FROM ({whole}) AS whole"  # noqa: S608 - our own words
        yield (
            f"CREATE VIEW {PSEUDONYM}.{name} WITH (security_barrier) AS {shown}"
            " WHERE seen OR (SELECT has_role('direction'))"
        )
    yield f"GRANT USAGE ON SCHEMA {PSEUDONYM} TO {TEAM}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {PSEUDONYM} TO {TEAM}"
