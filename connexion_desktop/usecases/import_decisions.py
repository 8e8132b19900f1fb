"""What will become of each row of an import: whom or what it is about, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from connexion_desktop.domain.french_dates import imprecise_numeric
from connexion_desktop.domain.import_cells import required_field
from connexion_desktop.domain.import_columns import SheetPlan, column_letters
from connexion_desktop.domain.import_reading import EquipmentRead, HostRead, PersonRead, RowRead
from connexion_desktop.domain.import_rows import PreviewRow, Problem, RowSource, RowStatus
from connexion_desktop.domain.names import full_name
from connexion_desktop.usecases.import_known import People, traits_of
from connexion_desktop.usecases.import_things import Found, Hosts, Stock


@dataclass(slots=True)
class Decision:
    """What will become of one row. `target` is the person, equipment or company it is about:
    without one, the row is unusable."""

    plan: SheetPlan
    number: int
    read: RowRead
    target: UUID | None = None
    is_known: bool = False
    is_contradicted: bool = False
    minor: str = ""
    title: str = ""
    detail: str = ""
    matched: dict[str, str] = field(default_factory=dict)
    """Who or what was found under a field, as it is told."""
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def line(self) -> str:
        """« Participants, ligne 5 »."""
        return f"{self.plan.sheet}, ligne {self.number}"

    def doubt(self, name: str, typed: str, message: str) -> None:
        """Tell what is wrong with a field's cell."""
        column = self.plan.column_of(name) or self.plan.column_of(required_field(self.plan))
        if column is not None:
            place = (self.plan.sheet, self.number, column_letters(column.index), column.heading)
            self.problems.append(Problem(*place, name, typed, message))

    @property
    def status(self) -> RowStatus:
        """New, known, doubtful or unusable."""
        if self.target is None:
            return RowStatus.UNUSABLE
        if self.is_contradicted or (self.problems and not self.is_known):
            return RowStatus.DOUBTFUL
        return RowStatus.KNOWN if self.is_known else RowStatus.NEW

    @property
    def shown(self) -> PreviewRow:
        """The row as the preview shows it."""
        return PreviewRow(
            self.plan.sheet,
            self.plan.kind,
            self.number,
            self.status,
            self.title,
            self.detail,
            tuple(self.notes),
            tuple(self.problems),
            self.is_known,
            self.minor,
            RowSource(self.plan, self.read.cells, self.read.value, self.matched),
        )


def _told_birth(row: Decision, person: PersonRead) -> str:
    """The birth date as it is read, else as it was typed."""
    if person.birth is not None:
        return imprecise_numeric(person.birth)
    return next((each.typed for each in row.problems if each.field == "birth_date"), "")


@dataclass(slots=True)
class Decisions:
    """The rows decided one by one, people first; what is decided is known to the rows after."""

    people: People
    hosts: Hosts
    stock: Stock
    rows: list[Decision] = field(default_factory=list)

    def add(self, plan: SheetPlan, number: int, read: RowRead) -> None:
        """Decide on one row; those that say nothing are left out."""
        row = Decision(plan, number, read, problems=list(read.problems))
        match read.value:
            case PersonRead() as person:
                self._decide_person(row, person)
            case EquipmentRead() as equipment:
                detail = equipment.model or ""
                found = self.stock.identify(equipment, row.line)
                self._decide(row, equipment.number, detail, found)
            case HostRead() as host:
                detail = " · ".join(part for part in (host.city, host.contact) if part)
                self._decide(row, host.name, detail, self.hosts.identify(host, row.line))
            case None if read.unusable:
                row.title = read.glimpse
            case None:
                return
        self.rows.append(row)

    def _decide_person(self, row: Decision, person: PersonRead) -> None:
        identity = self.people.identify(traits_of(person), row.line, _told_birth(row, person))
        row.title = full_name(person.given_name, person.family_name or "")
        born = imprecise_numeric(person.birth) if person.birth else ""
        row.detail = " · ".join(part for part in (born, person.phone, person.city) if part)
        row.notes += identity.notes
        row.is_known = identity.is_known
        row.target = identity.someone.id if identity.someone else None
        if identity.doubt:
            row.doubt(required_field(row.plan), row.title, identity.doubt)
        row.minor = person.minor
        if person.minor:
            row.notes.append(person.minor)

    def _decide(self, row: Decision, title: str, detail: str, found: Found) -> None:
        row.title, row.detail = title, detail
        row.target, row.is_known = found.id, found.is_known
        row.is_contradicted = found.is_known and bool(found.doubt)
        if found.note:
            row.notes.append(found.note)
        if found.doubt:
            row.doubt(required_field(row.plan), title, found.doubt)
