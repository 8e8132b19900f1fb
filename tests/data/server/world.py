"""An office of two conseillers, each with a group and somebody in it: one row of every table for
each, so that who sees and changes what can be tried on all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import MODELS, StoreSession, Work
from connexion_desktop.data.server import prepare as prepared
from connexion_desktop.data.server.rights import RIGHTS
from tests import factories as make
from tests import servers
from tests.any_row import any_row

LONG_AGO = date(2020, 1, 1)
TABLES = tuple(sorted(RIGHTS))
_OF_WHOM = ("staff_role", "cohort_access", "access_line", "done_command")
"""Tables where a row is of a member of the team, and not of a person or a group. A conseiller's
replacement is the one that opens their group to somebody else."""
Key = Mapping[str, Any]


@contextmanager
def as_owner(office: servers.Office) -> Iterator[StoreSession]:
    """A session past the rights, as the program's own preparation has."""
    address = office.cluster.address(office.database)
    with prepared.owned(address, servers.ADMIN_PASSWORD) as owner:
        association = owner.execute(sa.select(m.BaseInfo.association_id)).scalar_one()
        info = {"work": Work(None, elsewhere=True), "association_id": association}
        with StoreSession(owner, info=info, expire_on_commit=False) as session:
            yield session
            session.flush()


def staff_id(session: Session, hand: servers.Hand) -> UUID:
    """The member of the team behind a login."""
    return session.scalars(sa.select(m.Staff.id).where(m.Staff.login == hand.login)).one()


@dataclass(frozen=True, slots=True)
class World:
    """The rows of each conseiller, by table, as what finds them; those of each hand too."""

    whose: Mapping[str, Mapping[str, Key]]

    def rows(self, table: str, hand: servers.Hand) -> tuple[Key, Key]:
        """(a row that is of this hand's, if the table has such a thing; one that is not)."""
        other = servers.KARIM.login
        mine = hand.login if table in _OF_WHOM else servers.NADIA.login
        return self.whose[mine][table], self.whose[other][table]


def furnish(session: Session) -> World:
    """Put it all in an office where only the team is."""
    others = {}
    for hand in (servers.NADIA, servers.KARIM):
        others[hand.login] = _belongings(session, hand)
    for hand in (servers.SOLENE, servers.HELENE):
        cohort_id = others[servers.KARIM.login]["cohort"]["id"]
        others[hand.login] = _of_hand(session, hand, cohort_id)
    return World(others)


def _belongings(session: Session, hand: servers.Hand) -> dict[str, Key]:
    me = staff_id(session, hand)
    group = make.cohort(session, f"Groupe de {hand.given}", conseiller_id=me)
    person, journey = make.participant(session, group, f"Personne de {hand.given}")
    known: dict[str, UUID] = {"cohort_id": group, "person_id": person, "journey_id": journey}
    made: dict[str, UUID] = {"cohort": group, "person": person, "journey": journey, "staff": me}
    for table in ("interview", "attendance", "placement", "agreement", "amendment", "accident"):
        made[table] = known[f"{table}_id"] = _row(session, table, known)
    made["attachment"] = known["attachment_id"] = any_row(
        session, "attachment", subject_table="person", subject_id=person
    )
    for table in sorted(MODELS):
        if table not in made and table not in ("association", "staff_role", "cohort_access"):
            made[table] = _row(session, table, known)
    made["association"] = session.info["association_id"]
    made["audit_line"] = _line_of(session, "person", person)
    keys: dict[str, Key] = {table: {"id": row} for table, row in made.items()}
    return keys | _of_store(session, hand, person) | _of_hand(session, hand, group)


def _row(session: Session, table: str, known: Mapping[str, UUID]) -> UUID:
    """A row about what is known; one that two parents could have has the first alone."""
    columns = MODELS[table].__table__.columns
    values: dict[str, Any] = {name: value for name, value in known.items() if name in columns}
    if table == "signature":
        values["amendment_id"] = None
    if table == "document":
        values["attachment_id"] = None
    for subject, row in (("subject_table", "subject_id"), ("table_name", "row_id")):
        if subject in columns:
            values |= {subject: "person", row: known["person_id"]}
    return any_row(session, table, **values)


def _of_hand(session: Session, hand: servers.Hand, cohort_id: UUID) -> dict[str, Key]:
    """What is of a member of the team: a role and a replacement long over, a look, an act."""
    me = staff_id(session, hand)
    has_group = "conseiller" in hand.roles
    replacing = staff_id(session, servers.BRUNO) if has_group else me
    over = {"starts_on": LONG_AGO, "ends_on": LONG_AGO}
    author = f"{hand.given} {hand.family}"
    common = {"association_id": session.info["association_id"], "author": author}
    look = m.AccessLine(**common, kind="opened", table_name="person", row_id=m.new_id())
    command = m.DoneCommand(**common, command_id=m.new_id(), label="Essai")
    session.add_all((look, command))
    session.flush()
    return {
        "staff_role": {"id": any_row(session, "staff_role", staff_id=me, role="rien", **over)},
        "cohort_access": {
            "id": any_row(session, "cohort_access", staff_id=replacing, cohort_id=cohort_id, **over)
        },
        "access_line": {"id": look.id},
        "done_command": {"command_id": command.command_id},
    }


def _of_store(session: Session, hand: servers.Hand, person: UUID) -> dict[str, Key]:
    """What the store keeps for itself."""
    association = session.info["association_id"]
    at = {"association_id": association}
    rows: list[m.Base] = [
        m.Counter(**at, series=hand.login, last=1),
        m.Draft(**at, author=f"{hand.given} {hand.family}", key="essai", text="x"),
        m.SearchToken(**at, token=hand.login, subject_table="person", subject_id=person),
        m.PageSnapshot(**at, name=hand.login, on=LONG_AGO, stamp=1, payload=b"x"),
    ]
    session.add_all(rows)
    session.flush()
    keys: dict[str, Key] = {"base_info": {"id": 1}}
    for row in rows:
        columns = sa.inspect(type(row)).primary_key
        keys[row.__tablename__] = {each.name: getattr(row, each.name) for each in columns}
    return keys


def _line_of(session: Session, table: str, row: UUID) -> UUID:
    """The line of the journal that tells that a row was made."""
    line = sa.select(m.AuditLine.id).where(
        m.AuditLine.table_name == table, m.AuditLine.row_id == row
    )
    return session.scalars(line.limit(1)).one()
