"""Who has which computer, by the equipment's sheet, the people's column and the base.

What they say against one another is told and not written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from connexion_desktop.data.models import new_id
from connexion_desktop.domain.import_fields import SheetKind
from connexion_desktop.domain.import_reading import EquipmentRead, PersonRead
from connexion_desktop.domain.progress import Progress
from connexion_desktop.usecases.import_decisions import Decision
from connexion_desktop.usecases.import_known import People
from connexion_desktop.usecases.import_things import Item, Stock


@dataclass(frozen=True, slots=True)
class Lending:
    """A hand-over to write."""

    item: Item
    person_id: UUID
    lent_on: date
    due_on: date | None = None
    condition: str | None = None
    accessories: str | None = None


@dataclass(frozen=True, slots=True)
class _Claim:
    """A person's row says that they have this computer."""

    row: Decision
    person_id: UUID
    number: str


@dataclass(slots=True)
class Loans:
    """`new`: the hand-overs to write, by equipment; `due_on`: the return dates to add, by loan."""

    people: People
    stock: Stock
    today: date
    new: dict[UUID, Lending] = field(default_factory=dict)
    due_on: dict[UUID, date] = field(default_factory=dict)
    _entered: dict[UUID, date] = field(default_factory=dict)
    _refused: dict[UUID, str] = field(default_factory=dict)
    """Why nobody can have it, by equipment."""

    def settle(self, rows: Iterable[Decision], progress: Progress) -> None:
        """Once every row is decided, find out the loans; what is wrong goes to the rows."""
        claims: list[_Claim] = []
        listing: list[tuple[Decision, EquipmentRead]] = []
        has_sheet = False
        for row in rows:
            has_sheet = has_sheet or row.plan.kind is SheetKind.EQUIPMENT
            match row.read.value:
                case PersonRead() as person if row.target is not None:
                    if person.entered_on is not None:
                        self._entered.setdefault(row.target, person.entered_on)
                    claims += (_Claim(row, row.target, number) for number in person.equipment)
                case EquipmentRead() as equipment:
                    listing.append((row, equipment))
        claimants: dict[UUID, set[UUID]] = {}
        for claim in claims:
            item = self.stock.get(claim.number)
            if item is not None:
                claimants.setdefault(item.id, set()).add(claim.person_id)
        for done, (row, equipment) in enumerate(listing):
            progress.step(done, len(listing), row.line)
            self._settle_row(row, equipment, claimants)
        for claim in claims:
            self._settle_claim(claim, has_sheet)

    def _settle_row(
        self, row: Decision, read: EquipmentRead, claimants: Mapping[UUID, set[UUID]]
    ) -> None:
        """A computer's row: the borrower that it names; where several may be meant, the one whose
        own row bears this number."""
        item = self.stock.get(read.number)
        if item is None or (read.in_repair and not read.borrower):
            if item is not None:
                self._refused[item.id] = f"Il est en réparation ({row.line})."
            return
        if not read.borrower:
            return
        match = self.people.meant_by(read.borrower)
        claiming = claimants.get(item.id, set())
        meant = {match.id} if match.id else claiming.intersection(match.candidates)
        if len(meant) != 1:
            row.doubt("borrower", read.borrower, match.reason)
            self._refused[item.id] = f"{row.line} nomme « {read.borrower} »."
            return
        person_id = meant.pop()
        row.matched["borrower"] = self.people.told_of(person_id)
        lent_on = read.lent_on or self._entered.get(person_id, self.today)
        lending = Lending(item, person_id, lent_on, read.due_on, read.condition, read.accessories)
        if self._lend(row, "borrower", read.borrower, lending, read.lent_on):
            name = self.people.name_of(person_id)
            row.detail = " · ".join(part for part in (row.detail, f"prêté à {name}") if part)

    def _settle_claim(self, claim: _Claim, has_sheet: bool) -> None:
        """A person's « PC prêté »: the equipment is made where no sheet lists any."""
        item = self.stock.get(claim.number)
        if item is None and has_sheet:
            reason = "Aucune feuille de matériel ne porte ce numéro."
            claim.row.doubt("equipment", claim.number, reason)
            return
        if item is None:
            item = Item(new_id(), claim.number)
            self.stock.put(item)
        if item.holder is None and item.id in self._refused:
            claim.row.doubt("equipment", claim.number, self._refused[item.id])
            return
        lent_on = self._entered.get(claim.person_id, self.today)
        lending = Lending(item, claim.person_id, lent_on)
        self._lend(claim.row, "equipment", claim.number, lending, None)

    def _lend(
        self, row: Decision, column: str, typed: str, lending: Lending, told_on: date | None
    ) -> bool:
        """Whether the person has it, or had it and gave it back; else it is told who has."""
        item, person_id = lending.item, lending.person_id
        name = self.people.name_of(person_id)
        if item.holder is None:
            if not item.was_returned_by(person_id, told_on):
                self.new[item.id] = lending
                self.stock.put(replace(item, holder=person_id, holder_name=name, line=row.line))
            return True
        if item.holder == person_id:
            self._complete(item, lending.due_on)
            return True
        where = item.line or "dans la base"
        row.doubt(column, typed, f"{item.number} est déjà prêté à {item.holder_name} ({where}).")
        return False

    def _complete(self, item: Item, due_on: date | None) -> None:
        if due_on is None:
            return
        if item.loan_id is not None:
            self.due_on.setdefault(item.loan_id, due_on)
        elif self.new[item.id].due_on is None:
            self.new[item.id] = replace(self.new[item.id], due_on=due_on)
