"""What the rows to be completed hold already, read by parts rather than row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.names import fold
from connexion_desktop.usecases.parts import parts

RowT = TypeVar("RowT", bound=m.Row)


@dataclass(slots=True)
class Choices:
    """The families that a participant has chosen, and those « hors catalogue », folded."""

    families: set[UUID] = field(default_factory=set)
    others: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The rows that an import may complete, by their ids."""

    people: Collection[UUID]
    equipment: Collection[UUID]
    hosts: Collection[UUID]
    loans: Collection[UUID]


class Present:
    """What the base holds of the rows wanted, by what it is looked up by."""

    def __init__(self, session: Session, cohort_id: UUID | None, wanted: Wanted) -> None:
        people, equipment, hosts = wanted.people, wanted.equipment, wanted.hosts

        def rows(
            model: type[RowT], column: InstrumentedAttribute[Any], ids: Collection[UUID]
        ) -> Iterator[RowT]:
            for part in parts(sorted(ids)):
                query = select(model).where(column.in_(part), model.deleted_at.is_(None))
                yield from session.scalars(query.order_by(model.id))

        self.people = {row.id: row for row in rows(m.Person, m.Person.id, people)}
        self.equipment = {row.id: row for row in rows(m.Equipment, m.Equipment.id, equipment)}
        self.hosts = {row.id: row for row in rows(m.Organisation, m.Organisation.id, hosts)}
        self.loans = {row.id: row for row in rows(m.Loan, m.Loan.id, wanted.loans)}
        self.journeys: dict[UUID, m.Journey] = {}
        for journey in rows(m.Journey, m.Journey.person_id, people):
            if journey.cohort_id == cohort_id:
                self.journeys.setdefault(journey.person_id, journey)
        self.choices: dict[UUID, Choices] = defaultdict(Choices)
        journeys = {journey.id for journey in self.journeys.values()}
        for choice in rows(m.FamilyChoice, m.FamilyChoice.journey_id, journeys):
            if choice.family_id is not None:
                self.choices[choice.journey_id].families.add(choice.family_id)
            else:
                self.choices[choice.journey_id].others.add(fold(choice.other_label or ""))
        self.disabilities = {
            row.person_id: row
            for row in rows(m.PersonDisability, m.PersonDisability.person_id, people)
        }
        self.notes: dict[UUID, set[str]] = defaultdict(set)
        for note in rows(m.Note, m.Note.person_id, people):
            self.notes[note.person_id].add(note.text)
        self.contacts: dict[UUID, dict[str, m.Contact]] = defaultdict(dict)
        for contact in rows(m.Contact, m.Contact.organisation_id, hosts):
            self.contacts[contact.organisation_id].setdefault(fold(contact.name), contact)
        self.roles = {
            (row.organisation_id, row.role)
            for row in rows(m.OrganisationRole, m.OrganisationRole.organisation_id, hosts)
        }
        self.flags: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
        for flag in rows(m.DataFlag, m.DataFlag.row_id, {*people, *equipment, *hosts}):
            self.flags[flag.row_id].add((flag.field, flag.typed))
