"""What the base knows already, against which the rows of an import are compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.french_dates import imprecise_numeric
from connexion_desktop.domain.import_columns import SheetPlan, column_letters
from connexion_desktop.domain.import_reading import EquipmentRead, HostRead, PersonRead, RowRead
from connexion_desktop.domain.import_rows import PreviewRow, Problem, RowStatus
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.name_matching import (
    Likeness,
    Match,
    PersonTraits,
    match_person,
    same_person,
)
from connexion_desktop.domain.names import fold, fold_joined, full_name
from connexion_desktop.domain.phones import bare_phone
from connexion_desktop.domain.siret import siret_problem


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the base, or one that this import is about to make."""

    id: UUID
    number: str
    traits: PersonTraits
    cohort_ids: frozenset[UUID] = frozenset()
    is_new: bool = False

    @property
    def name(self) -> str:
        """« Aïssatou Diallo »."""
        return full_name(self.traits.given, self.traits.family)


@dataclass(slots=True)
class Known:
    """The base's people, equipment and organisations, findable by what a row says of them."""

    cohort_id: UUID | None
    people: dict[UUID, Someone] = field(default_factory=dict)
    equipment: dict[str, UUID] = field(default_factory=dict)
    hosts_by_siret: dict[str, UUID] = field(default_factory=dict)
    hosts_by_name: dict[str, UUID] = field(default_factory=dict)
    found: dict[tuple[str, int], UUID] = field(default_factory=dict)
    borrowers: dict[tuple[str, int], UUID] = field(default_factory=dict)
    _by_clue: dict[str, set[UUID]] = field(default_factory=dict)

    def add_person(self, someone: Someone) -> None:
        """Make somebody findable by each word of their name, their phone, their mail."""
        self.people[someone.id] = someone
        for clue in _clues(someone.traits):
            self._by_clue.setdefault(clue, set()).add(someone.id)

    def preview_person(
        self, plan: SheetPlan, number: int, read: RowRead, person: PersonRead
    ) -> PreviewRow:
        """A participant's row: who it is, or somebody new; the next rows then know them."""
        traits = PersonTraits(
            person.family_name or "",
            person.given_name,
            person.birth,
            person.phone or "",
            person.email or "",
        )
        known, reasons = self._recognise(traits)
        row = (plan.sheet, number)
        if known is not None:
            self.found[row] = known.id
            status = RowStatus.KNOWN
            reasons = [f"déjà connu : {known.number}" if known.number else "déjà dans ce fichier"]
        else:
            someone = Someone(m.new_id(), "", traits, is_new=True)
            self.add_person(someone)
            self.found[row] = someone.id
            status = RowStatus.DOUBTFUL if reasons or read.problems else RowStatus.NEW
        if person.is_minor:
            reasons.append("mineur : le représentant légal signe")
        reasons += [problem.message for problem in read.problems]
        return PreviewRow(
            plan.sheet,
            plan.kind,
            number,
            status,
            full_name(person.given_name, person.family_name or ""),
            _person_detail(person),
            " · ".join(reasons),
            read.problems,
        )

    def preview_equipment(
        self, plan: SheetPlan, number: int, read: RowRead, equipment: EquipmentRead
    ) -> PreviewRow:
        """A computer's row, and who has it."""
        problems = read.problems
        borrower = None
        if equipment.borrower:
            match = self._borrower(equipment.borrower)
            if match.id is None:
                problems = (
                    *problems,
                    _problem(plan, number, "borrower", equipment.borrower, match),
                )
            else:
                borrower = self.people[match.id]
                self.borrowers[plan.sheet, number] = match.id
        is_known = fold_joined(equipment.number) in self.equipment
        detail = [equipment.model or "", f"prêté à {borrower.name}" if borrower else ""]
        return PreviewRow(
            plan.sheet,
            plan.kind,
            number,
            _status(is_known, problems),
            equipment.number,
            " · ".join(part for part in detail if part),
            " · ".join(problem.message for problem in problems),
            problems,
        )

    def preview_host(
        self, plan: SheetPlan, number: int, read: RowRead, host: HostRead
    ) -> PreviewRow:
        """A company's row."""
        return PreviewRow(
            plan.sheet,
            plan.kind,
            number,
            _status(self.host_id(host) is not None, read.problems),
            host.name,
            " · ".join(part for part in (host.city, host.contact) if part),
            " · ".join(problem.message for problem in read.problems),
            read.problems,
        )

    def host_id(self, host: HostRead) -> UUID | None:
        """The organisation that this row is about, by its SIRET, else by its name."""
        if host.siret and host.siret in self.hosts_by_siret:
            return self.hosts_by_siret[host.siret]
        return self.hosts_by_name.get(fold(host.name))

    def _recognise(self, traits: PersonTraits) -> tuple[Someone | None, list[str]]:
        perhaps = []
        for someone in self._alike(traits):
            comparison = same_person(traits, someone.traits)
            same_group = someone.is_new or self.cohort_id in someone.cohort_ids
            if comparison.likeness is Likeness.SAME:
                return someone, []
            if comparison.likeness is Likeness.PERHAPS:
                if same_group and _name_key(traits) == _name_key(someone.traits):
                    return someone, []
                reason = ", ".join(comparison.reasons).lower()
                perhaps.append(f"ressemble à {someone.number or someone.name} ({reason})")
        return None, perhaps

    def _alike(self, traits: PersonTraits) -> list[Someone]:
        ids: set[UUID] = set()
        for clue in _clues(traits):
            ids |= self._by_clue.get(clue, set())
        return [self.people[each] for each in sorted(ids)]

    def _borrower(self, typed: str) -> Match[UUID]:
        """Who is meant, among the people of this file and of the group first, then among all."""
        near = [p for p in self.people.values() if p.is_new or self.cohort_id in p.cohort_ids]
        match = match_person(typed, _as_candidates(near))
        if match.candidates:
            return match
        return match_person(typed, _as_candidates(self._alike(PersonTraits(typed, ""))))


def load_known(session: Session, cohort_name: str) -> Known:
    """Read what the base knows, in a few SELECTs."""
    cohort_id = session.scalar(
        select(m.Cohort.id).where(m.Cohort.name == cohort_name, m.Cohort.deleted_at.is_(None))
    )
    known = Known(cohort_id)
    cohorts: dict[UUID, set[UUID]] = {}
    for person_id, its_cohort in session.execute(
        select(m.Journey.person_id, m.Journey.cohort_id).where(m.Journey.deleted_at.is_(None))
    ):
        cohorts.setdefault(person_id, set()).add(its_cohort)
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
        birth = (
            ImpreciseDate(row.birth_date, Precision(row.birth_precision))
            if row.birth_date
            else None
        )
        traits = PersonTraits(
            row.family_name or "", row.given_name, birth, row.phone or "", row.email or ""
        )
        known.add_person(Someone(row.id, row.number, traits, frozenset(cohorts.get(row.id, ()))))
    for equipment_id, number in session.execute(
        select(m.Equipment.id, m.Equipment.number).where(m.Equipment.deleted_at.is_(None))
    ):
        known.equipment[fold_joined(number)] = equipment_id
    for host_id, folded, siret in session.execute(
        select(m.Organisation.id, m.Organisation.folded, m.Organisation.siret).where(
            m.Organisation.deleted_at.is_(None)
        )
    ):
        known.hosts_by_name[folded] = host_id
        if siret and not siret_problem(siret):
            known.hosts_by_siret[siret] = host_id
    return known


def _clues(traits: PersonTraits) -> Iterable[str]:
    yield from fold_joined(f"{traits.family} {traits.given}").split()
    if traits.phone:
        yield bare_phone(traits.phone)
    if traits.email:
        yield traits.email.strip().lower()


def _name_key(traits: PersonTraits) -> str:
    return fold_joined(f"{traits.family} {traits.given}")


def _as_candidates(people: Iterable[Someone]) -> list[tuple[UUID, str, str]]:
    return [(each.id, each.traits.family, each.traits.given) for each in people]


def _status(is_known: bool, problems: tuple[Problem, ...]) -> RowStatus:
    if is_known:
        return RowStatus.KNOWN
    return RowStatus.DOUBTFUL if problems else RowStatus.NEW


def _problem(plan: SheetPlan, number: int, name: str, typed: str, match: Match[UUID]) -> Problem:
    column = plan.column_of(name)
    letters = column_letters(column.index) if column else ""
    heading = column.heading if column else ""
    return Problem(plan.sheet, number, letters, heading, name, typed, match.reason)


def _person_detail(person: PersonRead) -> str:
    born = imprecise_numeric(person.birth) if person.birth else ""
    return " · ".join(part for part in (born, person.phone, person.city) if part)
