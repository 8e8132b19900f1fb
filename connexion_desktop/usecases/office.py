"""The association, its sites, delegations and closures, its team, edited field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.closures import check_closure
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.names import fold, full_name
from connexion_desktop.domain.office import (
    ASSOCIATION,
    CLOSURE,
    DELEGATION,
    ROLES,
    SITE,
    SPECS,
    STAFF,
    AddRecord,
    EditRecord,
    Office,
    Record,
    check_period,
)
from connexion_desktop.domain.person_fields import (
    FieldKind,
    FieldSpec,
    FieldValue,
    checked,
    spelled,
)
from connexion_desktop.domain.reference_lists import code_for
from connexion_desktop.domain.uses import Use, refuse_in_use
from connexion_desktop.usecases.conflicts import Held, refuse_overwriting
from connexion_desktop.usecases.paper_parties import association_of
from connexion_desktop.usecases.placement_facts import rule_settings
from connexion_desktop.usecases.placement_prescriber import put_drafts_on
from connexion_desktop.usecases.team_names import refuse_homonym
from connexion_desktop.usecases.uses import uses_of_rows

_TABLES: Mapping[str, type[m.Row]] = {
    "association": m.Association,
    "site": m.Site,
    "delegation": m.Delegation,
    "closure": m.Closure,
    "staff": m.Staff,
}
_PARTS = {"site": SITE, "delegation": DELEGATION, "closure": CLOSURE, "staff": STAFF}
_NO_USE: tuple[Use, ...] = ()


def load(session: Session) -> Office:
    """All of it: sites and team by name, the latest delegation and closure first."""
    with together(session) as ask:
        ours = ask(association_of, session)
        held = ask(_roles_held, session)
        sites = ask(_rows, session, "site")
        delegations = ask(_rows, session, "delegation")
        closures = ask(_rows, session, "closure")
        staff = ask(_rows, session, "staff")
        roles = ask(_roles, session)
        rules = ask(rule_settings, session)
    return Office(
        association=_record(ours.value, ASSOCIATION, _NO_USE, ()),
        sites=_records(sites.value, "site", held.value, lambda row: fold(row.name)),
        delegations=_records(
            delegations.value, "delegation", held.value, lambda row: -row.ends_on.toordinal()
        ),
        closures=_records(
            closures.value, "closure", held.value, lambda row: -row.first_on.toordinal()
        ),
        staff=_records(
            staff.value,
            "staff",
            held.value,
            lambda row: (row.left_on is not None, fold(row.family_name), fold(row.given_name)),
        ),
        roles=roles.value,
        rules=rules.value,
    )


def edit(session: Session, command: EditRecord) -> None:
    """Set a field. Raises UserError where it cannot hold that, ConflictError where somebody changed
    it since it was seen; nothing is saved then. Issued conventions keep what they said."""
    spec = SPECS[command.name]
    row = _row(session, spec.table, command.id)
    value = command.value if spec.name == ROLES else checked(spec, command.value)
    refuse_overwriting(
        session,
        command.seen,
        spec.name,
        value or None,
        lambda name: _held(session, row, SPECS[name]),
        kept=lambda name, sent: spelled(SPECS[name], sent),
    )
    if spec.name == ROLES:
        _set_roles(session, command.id, str(value or ""))
        return
    if spec.name == "staff.login" and value is not None:
        _refuse_known_login(session, command.id, str(value))
    if isinstance(row, m.Closure) and spec.column == "site_id":
        row.site_id = UUID(str(value)) if value else None
        return
    if spec.kind is FieldKind.COUNT:
        setattr(row, spec.column, int(str(value)) if value is not None else None)
        return
    if value is None and not row.__table__.c[spec.column].nullable:
        value = ""
    setattr(row, spec.column, value.day if isinstance(value, ImpreciseDate) else value)
    if isinstance(row, m.Closure):
        check_closure(row.first_on, row.last_on)
    if isinstance(row, m.Delegation):
        check_period(row.starts_on, row.ends_on)
        session.flush()
        put_drafts_on(session, command.today)


def _held(session: Session, row: m.Row, spec: FieldSpec) -> Held:
    roles = _roles_held(session).get(row.id, ()) if spec.name == ROLES else ()
    return Held(spec.label, _value(row, spec, roles), (row,), (spec.column,))


def add(session: Session, command: AddRecord) -> None:
    """One more site, or member of the team (« Prénom Nom »). Raises UserError without a name, or
    if a site or somebody of the team has it."""
    name = " ".join(command.name.split())
    if command.table == "site":
        name = str(checked(SPECS["site.name"], name) or "")
        sites = session.scalars(sa.select(m.Site)).all()
        if any(fold(site.name) == fold(name) for site in sites if site.deleted_at is None):
            raise UserError(f"« {name} » est déjà un site.", "Rien n’a été ajouté.")
        code = code_for(name, frozenset(site.code for site in sites))
        session.add(m.Site(id=command.id, code=code, name=name))
        return
    given, _, family = name.partition(" ")
    checked(SPECS["staff.given_name"], given)
    checked(SPECS["staff.family_name"], family)
    refuse_homonym(session, name)
    session.add(m.Staff(id=command.id, given_name=given, family_name=family))


def delete(session: Session, table: str, row_id: UUID, today: date) -> None:
    """Delete a site, a delegation, a closure or a member of the team that nothing refers to. Raises
    UserError saying where it is used, how many times."""
    row = _row(session, table, row_id)
    uses = _uses(session, table).get(row_id, _NO_USE)
    if isinstance(row, m.Staff):
        name = full_name(row.given_name, row.family_name)
        refuse_in_use(name, uses, "Notez plutôt son départ.")
        _set_roles(session, row_id, "")
    elif isinstance(row, m.Site):
        refuse_in_use(row.name, uses, "Un site qui sert peut changer de nom et d’adresse.")
    elif isinstance(row, m.Delegation):
        refuse_in_use(row.reference, uses, "Elle reste dans l’historique, avec ses dates.")
    row.deleted_at = m.utc_now()
    if isinstance(row, m.Delegation):
        session.flush()
        put_drafts_on(session, today)


def team(session: Session) -> tuple[str, ...]:
    """The names of those who have not left."""
    rows = session.scalars(
        sa.select(m.Staff)
        .where(m.Staff.deleted_at.is_(None), m.Staff.left_on.is_(None))
        .order_by(m.Staff.family_name, m.Staff.given_name)
    )
    return tuple(full_name(row.given_name, row.family_name) for row in rows)


def _row(session: Session, table: str, row_id: UUID) -> m.Row:
    row = session.get(_TABLES[table], row_id)
    if row is None or row.deleted_at is not None:
        raise UserError("Cette fiche n’est plus dans la base.", "Rien n’a changé.")
    return row


_Held = tuple[list[Any], dict[UUID, tuple[Use, ...]]]


def _rows(session: Session, table: str) -> _Held:
    """The rows of a table that are not deleted, and where they are used."""
    model = _TABLES[table]
    with together(session) as ask:
        rows = ask(session.scalars, sa.select(model).where(model.deleted_at.is_(None)))
        uses = ask(_uses, session, table)
    return list(rows.value), uses.value


def _records(
    held: _Held, table: str, roles: Mapping[UUID, list[str]], order: Callable[[Any], Any]
) -> tuple[Record, ...]:
    rows, uses = held
    return tuple(
        _record(row, _PARTS[table], uses.get(row.id, _NO_USE), roles.get(row.id, ()))
        for row in sorted(rows, key=order)
    )


def _uses(session: Session, table: str) -> dict[UUID, tuple[Use, ...]]:
    """Where each row is used; the roles of somebody are part of who they are."""
    held = m.StaffRole.__tablename__ if table == m.Staff.__tablename__ else ""
    return {
        row_id: tuple(use for use in uses if use.table != held)
        for row_id, uses in uses_of_rows(session, table).items()
    }


def _record(
    row: m.Row, specs: tuple[FieldSpec, ...], uses: tuple[Use, ...], roles: list[str] | tuple[()]
) -> Record:
    return Record(row.id, {spec.column: _value(row, spec, roles) for spec in specs}, uses)


def _value(row: m.Row, spec: FieldSpec, roles: Sequence[str]) -> FieldValue:
    if spec.name == ROLES:
        return ",".join(roles) or None
    stored: str | int | date | UUID | None = getattr(row, spec.column)
    if isinstance(stored, UUID | int):
        return str(stored)
    return ImpreciseDate(stored) if isinstance(stored, date) else stored or None


def _roles(session: Session) -> tuple[tuple[str, str], ...]:
    item = m.ReferenceItem
    rows = session.execute(
        sa.select(item.code, item.label)
        .where(item.list == "role", item.deleted_at.is_(None))
        .order_by(item.position)
    )
    return tuple((row.code, row.label) for row in rows)


def _roles_held(session: Session) -> dict[UUID, list[str]]:
    held: dict[UUID, list[str]] = {}
    for row in session.scalars(
        sa.select(m.StaffRole).where(m.StaffRole.deleted_at.is_(None)).order_by(m.StaffRole.role)
    ):
        held.setdefault(row.staff_id, []).append(row.role)
    return held


def _set_roles(session: Session, staff_id: UUID, codes: str) -> None:
    wanted = {code for code in codes.split(",") if code}
    unknown = wanted - {code for code, _ in _roles(session)}
    if unknown:
        raise UserError("Ce rôle n’existe pas.", "Rien n’a changé.")
    role = m.StaffRole
    for row in session.scalars(
        sa.select(role).where(role.staff_id == staff_id, role.deleted_at.is_(None))
    ):
        if row.role in wanted:
            wanted.discard(row.role)
        else:
            row.deleted_at = m.utc_now()
    for code in sorted(wanted):
        session.add(role(staff_id=staff_id, role=code))


def _refuse_known_login(session: Session, staff_id: UUID, login: str) -> None:
    staff = m.Staff
    other = session.scalar(
        sa.select(staff.id).where(
            sa.func.lower(staff.login) == login.lower(),
            staff.id != staff_id,
            staff.deleted_at.is_(None),
        )
    )
    if other is not None:
        raise UserError("Cet identifiant est déjà pris.", "Ce qui était noté avant est gardé.")
