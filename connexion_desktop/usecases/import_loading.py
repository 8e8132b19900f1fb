"""What the base knows already, read in a few SELECTs, against which an import's rows are held."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.import_columns import Memory, SheetKind
from connexion_desktop.domain.import_reading import Vocabulary
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.name_matching import PersonTraits
from connexion_desktop.domain.names import fold
from connexion_desktop.usecases.import_known import People, Someone
from connexion_desktop.usecases.import_things import Host, Hosts, Item, Stock


@dataclass(frozen=True, slots=True)
class Cohorts:
    """The groups there are: their names, the latest first, and the one meant by a typed name."""

    names: dict[UUID, str]
    meant_id: UUID | None


def load_cohorts(session: Session, typed: str) -> Cohorts:
    """The groups; « bordeaux mars 2026 » means « Bordeaux · mars 2026 »."""
    rows = session.execute(
        select(m.Cohort.id, m.Cohort.name)
        .where(m.Cohort.deleted_at.is_(None))
        .order_by(m.Cohort.starts_on.desc(), m.Cohort.name)
    ).all()
    names = {row.id: row.name for row in rows}
    wanted = fold(typed) or typed
    meant = next((each for each, name in names.items() if (fold(name) or name) == wanted), None)
    return Cohorts(names, meant)


def load_people(session: Session, cohorts: Cohorts) -> People:
    """Everybody ever met."""
    groups: dict[UUID, list[UUID]] = defaultdict(list)
    for person_id, cohort_id in session.execute(
        select(m.Journey.person_id, m.Journey.cohort_id)
        .where(m.Journey.deleted_at.is_(None))
        .order_by(m.Journey.entered_on)
    ):
        groups[person_id].append(cohort_id)
    others = {each: name for each, name in cohorts.names.items() if each != cohorts.meant_id}
    people = People()
    for row in session.execute(
        select(
            m.Person.id,
            m.Person.number,
            m.Person.family_name,
            m.Person.given_name,
            m.Person.birth_date,
            m.Person.birth_precision,
            m.Person.phone,
            m.Person.email,
        ).where(m.Person.deleted_at.is_(None))
    ):
        birth = None
        if row.birth_date is not None:
            birth = ImpreciseDate(row.birth_date, Precision(row.birth_precision))
        own = groups.get(row.id, ())
        people.add(
            Someone(
                row.id,
                row.number,
                PersonTraits(
                    row.family_name or "", row.given_name, birth, row.phone or "", row.email or ""
                ),
                tuple(others[each] for each in own if each in others),
                near=cohorts.meant_id in own,
            )
        )
    return people


def load_hosts(session: Session) -> Hosts:
    """Every organisation."""
    hosts = Hosts()
    for row in session.execute(
        select(m.Organisation.id, m.Organisation.name, m.Organisation.siret, m.Organisation.city)
        .where(m.Organisation.deleted_at.is_(None))
        .order_by(m.Organisation.id)
    ):
        hosts.add(Host(row.id, row.name, row.siret or "", row.city or ""))
    return hosts


def load_stock(session: Session) -> Stock:
    """Every piece of equipment, who has it, who gave it back and when."""
    holders: dict[UUID, tuple[UUID, UUID]] = {}
    returned: dict[UUID, list[tuple[UUID, date]]] = defaultdict(list)
    for row in session.execute(
        select(m.Loan.id, m.Loan.equipment_id, m.Loan.person_id, m.Loan.returned_on).where(
            m.Loan.deleted_at.is_(None)
        )
    ):
        if row.returned_on is None:
            holders[row.equipment_id] = (row.person_id, row.id)
        else:
            returned[row.equipment_id].append((row.person_id, row.returned_on))
    stock = Stock()
    for equipment_id, number in session.execute(
        select(m.Equipment.id, m.Equipment.number).where(m.Equipment.deleted_at.is_(None))
    ):
        holder, loan_id = holders.get(equipment_id, (None, None))
        ended = tuple(returned.get(equipment_id, ()))
        stock.put(Item(equipment_id, number, "", holder, loan_id, ended))
    return stock


def load_memory(session: Session) -> Memory:
    """What the office answered before of the columns."""
    rows = session.execute(
        select(m.ColumnMapping.sheet_kind, m.ColumnMapping.heading, m.ColumnMapping.field).where(
            m.ColumnMapping.deleted_at.is_(None)
        )
    )
    return {(SheetKind(kind), heading): field for kind, heading, field in rows}


def load_vocabulary(session: Session) -> Vocabulary:
    """The association's own words for activities, channels and families."""
    words: dict[str, dict[str, str]] = {"activity": {}, "channel": {}, "family": {}}
    for row in session.execute(
        select(
            m.ReferenceItem.list, m.ReferenceItem.code, m.ReferenceItem.label, m.ReferenceItem.data
        ).where(
            m.ReferenceItem.list.in_(("activity", "channel")), m.ReferenceItem.deleted_at.is_(None)
        )
    ):
        data = row.data or {}
        _teach(
            words[row.list], row.code, row.label, data.get("short", ""), *data.get("aliases", ())
        )
    for row in session.execute(
        select(m.TradeFamily.code, m.TradeFamily.label, m.TradeFamily.aliases).where(
            m.TradeFamily.deleted_at.is_(None)
        )
    ):
        _teach(words["family"], row.code, row.label, *(row.aliases or "").split(", "))
    return Vocabulary(
        activities=words["activity"], families=words["family"], channels=words["channel"]
    )


def _teach(words: dict[str, str], code: str, *said: str) -> None:
    for word in said:
        if fold(word):
            words.setdefault(fold(word), code)
