"""A table understood against the base: what each sheet, column and row means, in one session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from connexion_desktop.domain.calendar_fr import monday_of
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.import_columns import SheetPlan, outlined, recognise
from connexion_desktop.domain.import_fields import SheetKind
from connexion_desktop.domain.import_reading import EquipmentRead, PersonRead, RowRead, read_row
from connexion_desktop.domain.import_rows import (
    LONGEST_GROUP,
    ImportPreview,
    ImportRequest,
    RowStatus,
)
from connexion_desktop.domain.progress import Progress
from connexion_desktop.exchange.sheets import clean
from connexion_desktop.exchange.tables import Tables
from connexion_desktop.usecases import import_loading as base
from connexion_desktop.usecases.import_decisions import Decision, Decisions
from connexion_desktop.usecases.import_known import clues, name_clue, traits_of
from connexion_desktop.usecases.import_loans import Loans

_ORDER = (SheetKind.PEOPLE, SheetKind.EQUIPMENT, SheetKind.HOSTS)


class Understood:
    """The rows of a file decided one by one. Writes nothing.

    Raises UserError when no sheet is recognised, when people have no group to enter, or when its
    name is too long to be kept.
    """

    def __init__(
        self, session: Session, tables: Tables, request: ImportRequest, progress: Progress
    ) -> None:
        self._tables = tables
        self._progress = progress
        self.today = request.today
        self._told_start = request.starts_on
        self.cohort = " ".join(str(clean(request.cohort) or "").split())
        if len(self.cohort) > LONGEST_GROUP:
            raise UserError(
                f"Le nom du groupe est trop long : {LONGEST_GROUP} signes au plus, il y en a"
                f" {len(self.cohort)}.",
                "Rien n’a été importé.",
                "Raccourcissez-le.",
            )
        told = request.plans
        self.plans = proposed_plans(session, tables) if told is None else told
        if told is None and not self.plans:
            raise UserError(
                f"« {tables.file_name} » ne contient aucune feuille reconnue.",
                "Rien n’a été importé.",
                "Il faut une ligne de titres : par exemple « Nom », « Prénom », « Né(e) le ».",
            )
        self._words = base.load_vocabulary(session)
        self.cohorts = base.load_cohorts(session, self.cohort)
        read = list(self._read())
        progress.step(0, 0, "Lecture de la base")
        people = base.load_people(session, self.cohorts, _sought(row for _, _, row in read))
        stock = base.load_stock(session)
        decisions = Decisions(people, base.load_hosts(session), stock)
        for done, (plan, number, row) in enumerate(read):
            progress.step(done, len(read), f"{plan.sheet}, ligne {number}")
            decisions.add(plan, number, row)
        self.rows = decisions.rows
        self.loans = Loans(people, stock, self.today)
        self.loans.settle(self.rows, progress)
        if self.entering and not self.cohort:
            raise UserError("Il manque le nom du groupe.", "Rien n’a été importé.")

    @property
    def usable(self) -> Iterator[Decision]:
        """The rows that would be written, or known to be there."""
        return (row for row in self.rows if row.status is not RowStatus.UNUSABLE)

    @cached_property
    def entering(self) -> list[PersonRead]:
        """Those who enter the group."""
        reads = (row.read.value for row in self.usable)
        return [read for read in reads if isinstance(read, PersonRead)]

    @cached_property
    def new_people(self) -> int:
        """How many people are to be made."""
        return sum(
            isinstance(row.read.value, PersonRead) and not row.is_known for row in self.usable
        )

    @property
    def preview(self) -> ImportPreview:
        """All of it as it is shown."""
        planned = {plan.sheet for plan in self.plans}
        sheets = (sheet.name for sheet in self._tables.sheets)
        return ImportPreview(
            file_name=self._tables.file_name,
            plans=tuple(self.plans),
            unknown_sheets=tuple(name for name in sheets if name not in planned),
            rows=tuple(row.shown for row in self.rows),
            cohort=self.cohorts.meant or self.cohort,
            cohort_is_new=self._is_new_cohort,
            starts_on=self._starts_on,
            cohorts=tuple(self.cohorts.names.values()),
            warnings=(*self._tables.warnings, *self._missing(), *self._early()),
            labels=self._words.labels,
            start_is_untold=self._is_new_cohort and self._known_start is None,
            outlines=tuple(
                outline
                for sheet in self._tables.sheets
                if (outline := outlined(sheet.name, sheet.rows)) is not None
            ),
        )

    @property
    def _is_new_cohort(self) -> bool:
        return bool(self.entering) and self.cohorts.meant_id is None

    @property
    def _starts_on(self) -> date | None:
        known = self._known_start
        return monday_of(self.today) if known is None and self._is_new_cohort else known

    @cached_property
    def _known_start(self) -> date | None:
        """The day told, else the entry day shared by most."""
        if self._told_start is not None:
            return self._told_start
        days = Counter(each.entered_on for each in self.entering if each.entered_on)
        most = max(days.values(), default=0)
        return min((day for day, count in days.items() if count == most), default=None)

    def _early(self) -> Iterator[str]:
        """Who enters before the first day that the user tells of a new group."""
        start = self._told_start if self._is_new_cohort else None
        early = [each for each in self.entering if start and (each.entered_on or start) < start]
        if start is not None and early:
            who = "1 personne entre" if len(early) == 1 else f"{len(early)} personnes entrent"
            day = long_day(start)
            yield f"{who} avant le premier jour du groupe, le {day} : lequel est juste ?"

    def _missing(self) -> Iterator[str]:
        for plan in self.plans:
            for field in plan.missing:
                yield f"Feuille {plan.sheet} : aucune colonne ne contient « {field.label} »."
            for column, held in plan.doubles.items():
                where = f"{plan.sheet}, colonne {column.letters} ({column.heading})"
                yield f"{where} : laissée de côté, la colonne {held.letters} dit déjà cela."

    def _read(self) -> Iterator[tuple[SheetPlan, int, RowRead]]:
        """Each row below the headings, people first."""
        sheets = {sheet.name: sheet.rows for sheet in self._tables.sheets}
        plans = sorted(self.plans, key=lambda plan: _ORDER.index(plan.kind))
        total = sum(len(sheets[plan.sheet]) for plan in plans)
        done = 0
        for plan in plans:
            for index, row in enumerate(sheets[plan.sheet]):
                done += 1
                self._progress.step(done, total, f"{plan.sheet}, ligne {index + 1}")
                if index > plan.header_row and not plan.missing:
                    read = read_row(plan, index + 1, row, self._words, self.today)
                    yield plan, index + 1, read


def proposed_plans(session: Session, tables: Tables) -> tuple[SheetPlan, ...]:
    """The sheets that are recognised at their headings, as the office said them before."""
    memory = base.load_memory(session)
    plans = (recognise(sheet.name, sheet.rows, memory) for sheet in tables.sheets)
    return tuple(plan for plan in plans if plan is not None)


def _sought(reads: Iterable[RowRead]) -> base.Sought:
    """What the file says of its people and of its borrowers."""
    found: set[str] = set()
    births: set[date] = set()
    for read in reads:
        match read.value:
            case PersonRead() as person:
                found.update(clues(traits_of(person)))
                if person.birth is not None:
                    births |= {person.birth.day, _swapped(person.birth.day)}
            case EquipmentRead(borrower=str(typed)):
                found.add(name_clue(typed))
    return base.Sought(frozenset(found), frozenset(births))


def _swapped(day: date) -> date:
    """Day and month the other way round, where that is a date."""
    return day.replace(day=day.month, month=day.day) if day.day <= 12 else day
