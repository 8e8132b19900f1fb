"""Writing the rows of an import: what is new is made, what is known only has its blanks filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from connexion_desktop.data import counters
from connexion_desktop.data import models as m
from connexion_desktop.domain.acts import COMMAND_LINE, Act
from connexion_desktop.domain.import_columns import answers
from connexion_desktop.domain.import_reading import EquipmentRead, HostRead, PersonRead
from connexion_desktop.domain.import_rows import ImportPreview, ImportReport
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.names import fold, full_name
from connexion_desktop.domain.people import person_number
from connexion_desktop.domain.progress import Progress
from connexion_desktop.usecases.import_decisions import Decision
from connexion_desktop.usecases.import_pending import Pending, told
from connexion_desktop.usecases.import_present import Present, Wanted
from connexion_desktop.usecases.import_things_writing import ThingsWriter
from connexion_desktop.usecases.import_understanding import Understood


class Writer:
    """Makes and completes rows in the session given."""

    def __init__(
        self, session: Session, understood: Understood, author: str, numbers: Sequence[int] = ()
    ) -> None:
        """`numbers` are those already taken for the people to make; what lacks is taken now."""
        self._session = session
        self._author = author
        self._understood = understood
        self._today = understood.today
        self._rows = list(understood.usable)
        self._present = Present(session, understood.cohorts.meant_id, self._wanted())
        self._pending = Pending(self._present)
        self._families = _ids_by_code(session)
        self._cohort = self._meant_cohort(understood.preview)
        lacking = take_numbers(session, understood.new_people - len(numbers))
        self._numbers = chain(numbers, lacking)

    def write(self, act: Act, file_sha256: str, progress: Progress) -> ImportReport:
        """Write everything and tell what was done. Raises Cancelled between two parts."""
        report = self.prepare()
        self._remember()
        if report.changed:
            self._file(act, report, file_sha256)
        self._pending.write(self._session, progress)
        return report

    def prepare(self) -> ImportReport:
        """Make and complete the rows, and tell what is to be written. Called once."""
        things = ThingsWriter(self._pending)
        for row in self._rows:
            match row.read.value:
                case PersonRead() as person:
                    self._person(row, person)
                case EquipmentRead() as equipment:
                    things.equipment(row, equipment)
                case HostRead() as host:
                    things.host(row, host)
        for lending in self._understood.loans.new.values():
            things.lend(lending)
        for loan_id, due_on in self._understood.loans.due_on.items():
            loan = self._present.loans[loan_id]
            self._pending.complete(loan, {"due_on": due_on}, loan.equipment_id)
        made, completed = dict(self._pending.made), len(self._pending.completed)
        cohort_id = self._cohort.id if self._cohort is not None else None
        preview = replace(self._understood.preview, changes=bool(made or completed))
        return ImportReport(cohort_id, preview, made, completed)

    def _wanted(self) -> Wanted:
        targets: dict[type, set[UUID]] = {PersonRead: set(), EquipmentRead: set(), HostRead: set()}
        for row in self._rows:
            if row.target is not None:
                targets[type(row.read.value)].add(row.target)
        loans = self._understood.loans
        return Wanted(
            people=targets[PersonRead],
            equipment=targets[EquipmentRead] | set(loans.new),
            hosts=targets[HostRead],
            loans=set(loans.due_on),
        )

    def _meant_cohort(self, preview: ImportPreview) -> m.Cohort | None:
        """The group that people enter, made where absent; none where the file holds nobody."""
        known = self._understood.cohorts.meant_id
        if known is not None:
            return self._session.get_one(m.Cohort, known)
        if not preview.cohort_is_new or preview.starts_on is None:
            return None
        conseiller = self._staff_named(self._author)
        cohort = m.Cohort(
            name=preview.cohort,
            starts_on=preview.starts_on,
            conseiller_id=conseiller.id if conseiller is not None else None,
            site_id=self._site_named_in(preview.cohort),
        )
        self._pending.make(cohort, "group")
        return cohort

    def _staff_named(self, author: str) -> m.Staff | None:
        """Who imports, of the team or made so; nobody where the author is an account of a computer
        and no full name."""
        if author.startswith(COMMAND_LINE):
            return None
        team = self._session.scalars(
            select(m.Staff).where(m.Staff.deleted_at.is_(None)).order_by(m.Staff.id)
        )
        for staff in team:
            if fold(full_name(staff.given_name, staff.family_name)) == fold(author):
                return staff
        given, _, family = author.strip().partition(" ")
        if not family:
            return None
        made = m.Staff(given_name=given, family_name=family.strip())
        self._pending.add(made)
        return made

    def _site_named_in(self, name: str) -> UUID | None:
        words = fold(name).split()
        sites = self._session.execute(
            select(m.Site.id, m.Site.name).where(m.Site.deleted_at.is_(None))
        )
        return next((site_id for site_id, site in sites if fold(site) in words), None)

    def _person(self, row: Decision, read: PersonRead) -> None:
        if row.target is None or self._cohort is None:
            return
        values = _person_values(read)
        person = self._present.people.get(row.target)
        if person is None:
            number = person_number(next(self._numbers))
            person = m.Person(
                id=row.target, number=number, site_id=self._cohort.site_id, **told(values)
            )
            self._present.people[person.id] = person
            self._pending.make(person, "person")
        else:
            self._pending.complete(person, values, person.id)
        journey = self._journey(person, self._cohort, read)
        self._family_choices(journey, read)
        if read.rqth is not None:
            self._disability(person.id, read.rqth)
        for text in (read.comment, read.kept):
            if text is not None:
                self._note(person.id, read, text)
        self._pending.flag("person", person.id, row)

    def _journey(self, person: m.Person, cohort: m.Cohort, read: PersonRead) -> m.Journey:
        journey = self._present.journeys.get(person.id)
        if journey is not None:
            self._pending.complete(journey, {"activity": read.activity}, person.id)
            return journey
        person.state = "in_group"
        journey = m.Journey(
            person_id=person.id,
            cohort_id=cohort.id,
            entered_on=read.entered_on or cohort.starts_on,
            activity=read.activity,
        )
        self._present.journeys[person.id] = journey
        self._pending.make(journey, "journey")
        return journey

    def _family_choices(self, journey: m.Journey, read: PersonRead) -> None:
        present = self._present.choices[journey.id]
        for rank, (code, label) in enumerate(read.families, 1):
            family_id = self._families.get(code) if code else None
            if family_id in present.families or (
                family_id is None and fold(label) in present.others
            ):
                continue
            if family_id is not None:
                present.families.add(family_id)
            else:
                present.others.add(fold(label))
            other = None if family_id is not None else label
            choice = m.FamilyChoice(
                journey_id=journey.id, family_id=family_id, other_label=other, rank=rank
            )
            self._pending.make(choice, "family")

    def _disability(self, person_id: UUID, rqth: str) -> None:
        row = self._present.disabilities.get(person_id)
        if row is None:
            row = m.PersonDisability(person_id=person_id, rqth=rqth)
            self._present.disabilities[person_id] = row
            self._pending.make(row, "disability")
        else:
            self._pending.complete(row, {"rqth": rqth}, person_id)

    def _note(self, person_id: UUID, read: PersonRead, text: str) -> None:
        if text in self._present.notes[person_id]:
            return
        self._present.notes[person_id].add(text)
        on = min(read.entered_on or self._today, self._today)
        self._pending.make(m.Note(person_id=person_id, on=on, text=text, imported=True), "note")

    def _remember(self) -> None:
        """What the columns were said to mean, for the next file."""
        rows = self._session.scalars(
            select(m.ColumnMapping).where(m.ColumnMapping.deleted_at.is_(None))
        )
        known = {(row.sheet_kind, row.heading): row for row in rows}
        for (kind, heading), field in answers(self._understood.plans).items():
            row = known.get((kind, heading))
            if row is None:
                self._pending.add(m.ColumnMapping(sheet_kind=kind, heading=heading, field=field))
            elif row.field != field:
                row.field = field

    def _file(self, act: Act, report: ImportReport, file_sha256: str) -> None:
        batch = m.ImportBatch(
            command_id=act.command_id,
            author=act.author,
            file_sha256=file_sha256,
            cohort_id=report.cohort_id,
            report={
                "file": self._understood.preview.file_name,
                "made": report.made,
                "completed": report.completed,
                "warnings": list(report.preview.warnings),
                "problems": [
                    f"{problem.sheet}, {problem.cell}" for problem in report.preview.problems
                ],
            },
        )
        self._pending.add(batch)
        for flag in self._pending.flags:
            flag.batch_id = batch.id


def take_numbers(session: Session, people: int) -> Sequence[int]:
    """Numbers for so many people to make; who makes others waits until these are committed."""
    return counters.take_numbers(session, "P", people) if people > 0 else ()


def _ids_by_code(session: Session) -> dict[str, UUID]:
    families = select(m.TradeFamily.code, m.TradeFamily.id).where(
        m.TradeFamily.deleted_at.is_(None)
    )
    return dict(row._tuple() for row in session.execute(families))


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
        "other_phone": read.other_phone,
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


def _date_and_precision(value: ImpreciseDate | None) -> tuple[date | None, str | None]:
    return (None, None) if value is None else (value.day, value.precision)
