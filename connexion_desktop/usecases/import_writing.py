"""Writing the rows of an import: what is new is made, what is known only has its blanks filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.counters import take_number
from connexion_desktop.domain.import_reading import EquipmentRead, HostRead, PersonRead, RowRead
from connexion_desktop.domain.import_rows import ImportPreview, PreviewRow, Problem
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.names import fold, fold_joined
from connexion_desktop.usecases.import_known import Known

RowT = TypeVar("RowT", bound=m.Row)

_FAMILY_LABEL = 160


class Writer:
    """Writes row by row in the session given; counts what it made and completed."""

    def __init__(self, session: Session, known: Known, preview: ImportPreview, today: date) -> None:
        self.session = session
        self.known = known
        self.today = today
        self.made: Counter[str] = Counter()
        self.completed = 0
        self._families = self._ids_by_code(m.TradeFamily)
        self.cohort_id = self._cohort(preview)

    def write(self, row: PreviewRow, read: RowRead) -> None:
        """Write one row that is not unusable."""
        match read.value:
            case PersonRead() as person:
                self._person(self.known.found[row.sheet, row.row], person, row.problems)
            case EquipmentRead() as equipment:
                borrower = self.known.borrowers.get((row.sheet, row.row))
                self._equipment(equipment, borrower, row.problems)
            case HostRead() as host:
                self._host(host, row.problems)

    def _cohort(self, preview: ImportPreview) -> UUID:
        if self.known.cohort_id is not None:
            return self.known.cohort_id
        starts_on = preview.starts_on or self.today
        monday = starts_on - timedelta(days=starts_on.weekday())
        cohort = m.Cohort(
            name=preview.cohort, starts_on=monday, site_id=self._site_named_in(preview.cohort)
        )
        self._make(cohort, "group")
        self.known.cohort_id = cohort.id
        return cohort.id

    def _site_named_in(self, name: str) -> UUID | None:
        words = fold(name).split()
        sites = self.session.execute(
            select(m.Site.id, m.Site.name).where(m.Site.deleted_at.is_(None))
        )
        return next((site_id for site_id, site in sites if fold(site) in words), None)

    def _person(self, person_id: UUID, read: PersonRead, problems: tuple[Problem, ...]) -> None:
        values = _person_values(read)
        person = self._get(m.Person, person_id)
        if person is None:
            number = f"P-{take_number(self.session, 'P'):05d}"
            cohort = self.session.get_one(m.Cohort, self.cohort_id)
            person = m.Person(
                id=person_id, number=number, state="in_group", site_id=cohort.site_id, **values
            )
            self._make(person, "person")
        else:
            self._complete(person, values)
        self._link(person, read)
        self._flags("person", person_id, problems)

    def _link(self, person: m.Person, read: PersonRead) -> None:
        journey = self._journey(person, read)
        self._family_choices(journey, read.families)
        if read.rqth:
            self._disability(person.id, read.rqth)
        if read.comment:
            self._note(person.id, read)

    def _journey(self, person: m.Person, read: PersonRead) -> m.Journey:
        journey = self.session.scalar(
            select(m.Journey).where(
                m.Journey.person_id == person.id,
                m.Journey.cohort_id == self.cohort_id,
                m.Journey.deleted_at.is_(None),
            )
        )
        if journey is None:
            cohort = self.session.get_one(m.Cohort, self.cohort_id)
            journey = m.Journey(
                person_id=person.id,
                cohort_id=self.cohort_id,
                entered_on=read.entered_on or cohort.starts_on,
                activity=read.activity,
            )
            self._make(journey, "journey")
        else:
            self._complete(journey, {"activity": read.activity})
        return journey

    def _family_choices(
        self, journey: m.Journey, families: Iterable[tuple[str | None, str]]
    ) -> None:
        present = self.session.execute(
            select(m.FamilyChoice.family_id, m.FamilyChoice.other_label).where(
                m.FamilyChoice.journey_id == journey.id, m.FamilyChoice.deleted_at.is_(None)
            )
        ).all()
        known_ids = {family_id for family_id, _ in present if family_id}
        known_labels = {fold(label) for _, label in present if label}
        for rank, (code, label) in enumerate(families, 1):
            family_id = self._families.get(code) if code else None
            if family_id in known_ids or fold(label) in known_labels:
                continue
            known_ids.add(family_id)
            self._make(
                m.FamilyChoice(
                    journey_id=journey.id,
                    family_id=family_id,
                    other_label=None if family_id else label[:_FAMILY_LABEL],
                    rank=rank,
                ),
                "family",
            )

    def _disability(self, person_id: UUID, rqth: str) -> None:
        row = self.session.scalar(
            select(m.PersonDisability).where(
                m.PersonDisability.person_id == person_id, m.PersonDisability.deleted_at.is_(None)
            )
        )
        if row is None:
            self._make(m.PersonDisability(person_id=person_id, rqth=rqth), "disability")
        else:
            self._complete(row, {"rqth": rqth})

    def _note(self, person_id: UUID, read: PersonRead) -> None:
        texts = self.session.scalars(
            select(m.Note.text).where(m.Note.person_id == person_id, m.Note.deleted_at.is_(None))
        )
        if read.comment is not None and read.comment not in set(texts):
            on = read.entered_on or self.today
            self._make(
                m.Note(person_id=person_id, on=min(on, self.today), text=read.comment), "note"
            )

    def _equipment(
        self, read: EquipmentRead, borrower: UUID | None, problems: tuple[Problem, ...]
    ) -> None:
        values = {
            "model": read.model,
            "serial": read.serial,
            "value_cents": read.value_cents,
            "condition": read.condition,
            "accessories": read.accessories,
        }
        key = fold_joined(read.number)
        equipment = self._get(m.Equipment, self.known.equipment.get(key))
        if equipment is None:
            state = "repair" if read.in_repair else "available"
            equipment = m.Equipment(number=read.number, state=state, **values)
            self._make(equipment, "equipment")
            self.known.equipment[key] = equipment.id
        else:
            self._complete(equipment, values)
        if borrower is not None:
            self._loan(equipment, borrower, read)
        self._flags("equipment", equipment.id, problems)

    def _loan(self, equipment: m.Equipment, person_id: UUID, read: EquipmentRead) -> None:
        loan = self.session.scalar(
            select(m.Loan).where(
                m.Loan.equipment_id == equipment.id,
                m.Loan.returned_on.is_(None),
                m.Loan.deleted_at.is_(None),
            )
        )
        if loan is not None:
            if loan.person_id == person_id:
                self._complete(loan, {"due_on": read.due_on})
            return
        journey_id = self.session.scalar(
            select(m.Journey.id).where(
                m.Journey.person_id == person_id,
                m.Journey.cohort_id == self.cohort_id,
                m.Journey.deleted_at.is_(None),
            )
        )
        self._make(
            m.Loan(
                equipment_id=equipment.id,
                person_id=person_id,
                journey_id=journey_id,
                lent_on=read.lent_on or self.today,
                due_on=read.due_on,
                condition_out=read.condition,
                accessories_out=read.accessories,
            ),
            "loan",
        )
        equipment.state = "lent"

    def _host(self, read: HostRead, problems: tuple[Problem, ...]) -> None:
        values = {
            "siret": read.siret,
            "activity": read.activity,
            "address": read.address,
            "postal_code": read.postal_code,
            "city": read.city,
            "phone": read.phone,
            "email": read.email,
        }
        host = self._get(m.Organisation, self.known.host_id(read))
        if host is None:
            host = m.Organisation(name=read.name, folded=fold(read.name), **values)
            self._make(host, "host")
            self.session.add(m.OrganisationRole(organisation_id=host.id, role="host"))
            self.known.hosts_by_name[host.folded] = host.id
        else:
            self._complete(host, values)
        if read.contact:
            self._contact(host.id, read, read.contact)
        self._flags("organisation", host.id, problems)

    def _contact(self, host_id: UUID, read: HostRead, name: str) -> None:
        contacts = self.session.scalars(
            select(m.Contact).where(
                m.Contact.organisation_id == host_id, m.Contact.deleted_at.is_(None)
            )
        )
        known = next((each for each in contacts if fold(each.name) == fold(name)), None)
        values = {"function": read.function, "phone": read.phone, "email": read.email}
        if known is None:
            self._make(m.Contact(organisation_id=host_id, name=name, **values), "contact")
        else:
            self._complete(known, values)

    def _flags(self, table: str, row_id: UUID, problems: tuple[Problem, ...]) -> None:
        present = self.session.execute(
            select(m.DataFlag.field, m.DataFlag.typed).where(
                m.DataFlag.row_id == row_id, m.DataFlag.deleted_at.is_(None)
            )
        ).all()
        for problem in problems:
            if (problem.field, problem.typed) in {(each.field, each.typed) for each in present}:
                continue
            self._make(
                m.DataFlag(
                    table_name=table,
                    row_id=row_id,
                    field=problem.field,
                    typed=problem.typed,
                    problem=problem.message,
                    sheet=problem.sheet[:120],
                    cell=problem.cell,
                ),
                "flag",
            )

    def _get(self, model: type[RowT], row_id: UUID | None) -> RowT | None:
        return self.session.get(model, row_id) if row_id is not None else None

    def _make(self, row: m.Row, what: str) -> None:
        self.session.add(row)
        self.session.flush()
        self.made[what] += 1

    def _complete(self, row: m.Row, values: dict[str, Any]) -> None:
        """Fill what is empty; what is there stays."""
        blanks = {
            name: value
            for name, value in values.items()
            if value is not None and getattr(row, name) is None
        }
        for name, value in blanks.items():
            setattr(row, name, value)
        self.completed += bool(blanks)

    def _ids_by_code(self, model: type[m.TradeFamily]) -> dict[str, UUID]:
        rows = self.session.execute(select(model.code, model.id).where(model.deleted_at.is_(None)))
        return dict(row._tuple() for row in rows)


def _person_values(read: PersonRead) -> dict[str, Any]:
    birth, birth_precision = _date_and_precision(read.birth)
    met, met_precision = _date_and_precision(read.met)
    return {
        "given_name": read.given_name,
        "family_name": read.family_name,
        "birth_name": read.birth_name,
        "native_name": read.native_name,
        "civility": read.civility,
        "birth_date": birth,
        "birth_precision": birth_precision,
        "phone": read.phone,
        "email": read.email,
        "address": read.address,
        "postal_code": read.postal_code,
        "city": read.city,
        "met_on": met,
        "met_precision": met_precision,
        "channel": read.channel,
        "channel_detail": read.channel_detail,
        "elsewhere": read.elsewhere,
        "french_oral": read.french,
    }


def _date_and_precision(value: ImpreciseDate | None) -> tuple[date | None, str]:
    return (None, Precision.DAY) if value is None else (value.day, value.precision)
