"""What the base knows already, read in a few SELECTs, against which an import's rows are held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.import_columns import Memory
from connexion_desktop.domain.import_fields import SheetKind
from connexion_desktop.domain.import_reading import Vocabulary
from connexion_desktop.domain.name_matching import PersonTraits
from connexion_desktop.domain.names import fold, full_name
from connexion_desktop.domain.phones import bare_phone
from connexion_desktop.usecases.import_known import People, Someone, name_clue
from connexion_desktop.usecases.import_things import Host, Hosts, Item, Stock
from connexion_desktop.usecases.parts import parts
from connexion_desktop.usecases.person_rows import birth_of


@dataclass(frozen=True, slots=True)
class Cohorts:
    """The groups there are: their names, the latest first, and the one meant by a typed name."""

    names: dict[UUID, str]
    meant_id: UUID | None

    @property
    def meant(self) -> str:
        """The name, as it is in the base, of the group meant; « » where there is none yet."""
        return self.names[self.meant_id] if self.meant_id is not None else ""


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


@dataclass(frozen=True, slots=True)
class Sought:
    """What a file says of the people it is about: see `clues`."""

    clues: frozenset[str]
    births: frozenset[date]


def load_people(session: Session, cohorts: Cohorts, sought: Sought) -> People:
    """Everybody who may be one of those sought, and everybody in the group meant."""
    person = m.Person
    numbers = _numbers_of(session, sought.clues)
    in_group = select(m.Journey.person_id).where(
        m.Journey.cohort_id == cohorts.meant_id, m.Journey.deleted_at.is_(None)
    )
    conditions = [
        person.id.in_(in_group),
        *(person.number.in_(part) for part in parts(numbers)),
        *(person.birth_date.in_(part) for part in parts(sought.births)),
    ]
    found = {
        row.id: row
        for condition in conditions
        for row in session.execute(
            select(
                person.id,
                person.number,
                person.family_name,
                person.given_name,
                person.birth_date,
                person.birth_precision,
                person.phone,
                person.email,
            ).where(condition, person.deleted_at.is_(None))
        )
    }
    groups = _groups_of(session, found)
    others = {each: name for each, name in cohorts.names.items() if each != cohorts.meant_id}
    people = People()
    for row in found.values():
        traits = PersonTraits(
            row.family_name or "", row.given_name, birth_of(row), row.phone or "", row.email or ""
        )
        own = groups.get(row.id, ())
        named = tuple(others[each] for each in own if each in others)
        near = cohorts.meant_id in own
        people.add(Someone(row.id, row.number, traits, named, near))
    return people


def _numbers_of(session: Session, wanted: frozenset[str]) -> list[str]:
    """Those who share a clue. Everybody is looked at: only the fewest columns are read."""
    person = m.Person
    rows = session.execute(
        select(
            person.number, person.family_name, person.given_name, person.phone, person.email
        ).where(person.deleted_at.is_(None))
    )
    return [
        number
        for number, family, given, phone, email in rows
        if name_clue(family or "", given) in wanted
        or (phone and bare_phone(phone) in wanted)
        or (email and email.strip().lower() in wanted)
    ]


def _groups_of(session: Session, people: Collection[UUID]) -> dict[UUID, list[UUID]]:
    journey = m.Journey
    groups: dict[UUID, list[UUID]] = defaultdict(list)
    for part in parts(people):
        for person_id, cohort_id in session.execute(
            select(journey.person_id, journey.cohort_id)
            .where(journey.person_id.in_(part), journey.deleted_at.is_(None))
            .order_by(journey.entered_on)
        ):
            groups[person_id].append(cohort_id)
    return groups


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
    open_loans: dict[UUID, tuple[UUID, str, UUID]] = {}
    returned: dict[UUID, list[tuple[UUID, date]]] = defaultdict(list)
    for row in session.execute(
        select(
            m.Loan.id,
            m.Loan.equipment_id,
            m.Loan.person_id,
            m.Loan.returned_on,
            m.Person.given_name,
            m.Person.family_name,
        )
        .join(m.Person, m.Person.id == m.Loan.person_id)
        .where(m.Loan.deleted_at.is_(None))
    ):
        if row.returned_on is None:
            name = full_name(row.given_name, row.family_name or "")
            open_loans[row.equipment_id] = (row.person_id, name, row.id)
        else:
            returned[row.equipment_id].append((row.person_id, row.returned_on))
    stock = Stock()
    for equipment_id, number in session.execute(
        select(m.Equipment.id, m.Equipment.number).where(m.Equipment.deleted_at.is_(None))
    ):
        holder, name, loan_id = open_loans.get(equipment_id, (None, "", None))
        ended = tuple(returned.get(equipment_id, ()))
        stock.put(Item(equipment_id, number, "", holder, name, loan_id, ended))
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
    labels: dict[tuple[str, str], str] = {}
    for row in session.execute(
        select(
            m.ReferenceItem.list, m.ReferenceItem.code, m.ReferenceItem.label, m.ReferenceItem.data
        ).where(
            m.ReferenceItem.list.in_(("activity", "channel")), m.ReferenceItem.deleted_at.is_(None)
        )
    ):
        data = row.data or {}
        labels[row.list, row.code] = row.label
        _teach(
            words[row.list], row.code, row.label, data.get("short", ""), *data.get("aliases", ())
        )
    for row in session.execute(
        select(m.TradeFamily.code, m.TradeFamily.label, m.TradeFamily.aliases).where(
            m.TradeFamily.deleted_at.is_(None)
        )
    ):
        labels["family", row.code] = row.label
        _teach(words["family"], row.code, row.label, *(row.aliases or "").split(", "))
    return Vocabulary(
        activities=words["activity"],
        families=words["family"],
        channels=words["channel"],
        labels=labels,
    )


def _teach(words: dict[str, str], code: str, *said: str) -> None:
    for word in said:
        if fold(word):
            words.setdefault(fold(word), code)
