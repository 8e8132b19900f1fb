"""The companies and the equipment that rows are about: found in the base or in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from connexion_desktop.data.models import new_id
from connexion_desktop.domain.import_reading import EquipmentRead, HostRead
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.siret import siret_problem

_COMPARED = {
    "model": "le modèle",
    "serial": "le numéro de série",
    "borrower": "l’emprunteur",
    "condition": "l’état",
    "accessories": "les accessoires",
}


@dataclass(frozen=True, slots=True)
class Host:
    """A company of the base, or one that this import is about to make."""

    id: UUID
    name: str
    siret: str = ""
    city: str = ""
    line: str = ""

    @property
    def told(self) -> str:
        """« Mairie (Pessac) »."""
        return f"{self.name} ({self.city or self.siret})" if self.city or self.siret else self.name


@dataclass(frozen=True, slots=True)
class Found:
    """What a row is about; nothing when several may be, then `doubt` says which. Something known
    with a `doubt` is said otherwise by an earlier row of the file, which is kept."""

    id: UUID | None
    is_known: bool = False
    note: str = ""
    doubt: str = ""


@dataclass(slots=True)
class Hosts:
    """Every company known so far."""

    _by_name: dict[str, dict[UUID, Host]] = field(default_factory=dict)
    _by_siret: dict[str, Host] = field(default_factory=dict)
    _read: dict[UUID, tuple[str, str]] = field(default_factory=dict)
    """The name and the line under which this file told of each one first."""
    _unsure: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The same, of each SIRET that is not one."""

    def add(self, host: Host) -> None:
        """Make a company findable by its name, and by its SIRET when that is valid."""
        self._by_name.setdefault(fold(host.name), {})[host.id] = host
        if _is_valid(host.siret):
            known = self._by_siret.setdefault(host.siret, host)
            if known.id == host.id:
                self._by_siret[host.siret] = host

    def identify(self, read: HostRead, line: str) -> Found:
        """Which company a row is about: by its SIRET, else by its name where nothing contradicts.

        One name may be borne by the establishments of several towns.
        """
        told = Host(new_id(), read.name, read.siret or "", read.city or "", line)
        possible = [
            host
            for host in self._by_name.get(fold(read.name), {}).values()
            if _may_be_one(host, told)
        ]
        exact = [host for host in possible if told.siret and host.siret == told.siret]
        by_siret = self._by_siret.get(told.siret)
        found = [by_siret] if by_siret is not None else exact or possible
        if len(found) > 1:
            names = ", ".join(host.told for host in found)
            return Found(None, doubt=f"Ce peut être {len(found)} entreprises ({names}) : SIRET ?")
        if not found:
            self.add(told)
            self._read[told.id] = (read.name, line)
            name, where = self._unsure.setdefault(told.siret, (read.name, line))
            shared = f"Ce SIRET est aussi celui de « {name} » ({where})."
            return Found(told.id, doubt=shared if told.siret and where != line else "")
        host = found[0]
        first_name, first_line = self._read.setdefault(host.id, (read.name, line))
        siret = told.siret if mends_siret(host.siret, told.siret) else host.siret
        elsewhere = bool(host.line and host.city and told.city) and fold(host.city) != fold(
            told.city
        )
        self.add(replace(host, siret=siret, city=host.city or told.city))
        if fold(first_name) != fold(read.name):
            doubt = f"Ce SIRET est celui de « {first_name} » ({first_line}) : ce nom est gardé."
            return Found(host.id, True, doubt=doubt)
        if elsewhere:
            doubt = f"Ce SIRET est celui de « {host.told} » ({first_line}) : sa ville est gardée."
            return Found(host.id, True, doubt=doubt)
        if host.line:
            return Found(host.id, True, f"Déjà {host.line} de ce fichier")
        renamed = fold(host.name) != fold(read.name)
        return Found(host.id, True, f"Déjà connue sous le nom « {host.name} »" if renamed else "")


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of equipment, who has it, and who gave it back when."""

    id: UUID
    number: str
    line: str = ""
    holder: UUID | None = None
    holder_name: str = ""
    loan_id: UUID | None = None
    returned: tuple[tuple[UUID, date], ...] = ()

    def was_returned_by(self, person_id: UUID, lent_on: date | None) -> bool:
        """Whether that loan is an old one, already ended."""
        ends = [on for who, on in self.returned if who == person_id]
        return bool(ends) and (lent_on is None or lent_on <= max(ends))


@dataclass(slots=True)
class Stock:
    """Every piece of equipment known so far, by its number."""

    _by_key: dict[str, Item] = field(default_factory=dict)
    _read: dict[UUID, tuple[EquipmentRead, str]] = field(default_factory=dict)
    """What this file told of each one first, and on which line."""

    def get(self, number: str) -> Item | None:
        """The equipment of that number, however its hyphens and spaces are typed."""
        return self._by_key.get(_key(number))

    def put(self, item: Item) -> None:
        """Add it, or replace what was known of it."""
        self._by_key[_key(item.number)] = item

    def identify(self, read: EquipmentRead, line: str) -> Found:
        """Which equipment a row is about."""
        item = self.get(read.number)
        if item is not None:
            first, first_line = self._read.setdefault(item.id, (read, line))
            others = ", ".join(_told_otherwise(first, read))
            if others:
                kept = f"{item.number} est déjà {first_line}, avec {others}"
                return Found(item.id, True, doubt=f"{kept} : cette ligne-là est gardée.")
            return Found(item.id, True, f"Déjà {item.line} de ce fichier" if item.line else "")
        made = Item(new_id(), read.number, line)
        self.put(made)
        self._read[made.id] = (read, line)
        return Found(made.id)


def _told_otherwise(first: EquipmentRead, read: EquipmentRead) -> Iterator[str]:
    """« modèle « Dell » » for each thing that two rows say differently."""
    for name, word in _COMPARED.items():
        kept, told = getattr(first, name), getattr(read, name)
        if kept and told and fold(kept) != fold(told):
            yield f"{word} « {kept} »"


def mends_siret(kept: str, told: str) -> bool:
    """Whether a SIRET told now takes the place of the one there: an empty or an invalid one."""
    return bool(told) and (not kept or (not _is_valid(kept) and _is_valid(told)))


def _may_be_one(one: Host, other: Host) -> bool:
    same_town = not (one.city and other.city) or fold(one.city) == fold(other.city)
    return same_town and (
        not (one.siret and other.siret)
        or one.siret == other.siret
        or _is_valid(one.siret) != _is_valid(other.siret)
    )


def _is_valid(siret: str) -> bool:
    return bool(siret) and not siret_problem(siret)


def _key(number: str) -> str:
    return fold(number).replace(" ", "")
