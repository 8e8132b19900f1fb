"""Structures: companies, associations, public bodies; what they are to us, what was done there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from connexion_desktop.domain.counted import Counted
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.siret import bare_siret, siret_problem

HOST = "host."
_SAFE = "Ce que vous avez écrit est gardé."


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """A structure in the list. `roles` are (code, words); `past` counts the immersions there, those
    to come too; `values` holds what is edited, by column."""

    id: UUID
    name: str
    siret: str
    city: str
    roles: tuple[tuple[str, str], ...]
    past: int
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def roles_told(self) -> str:
        """« Structure d’accueil, Partenaire »."""
        return ", ".join(words for _, words in self.roles)

    @property
    def is_siret_wrong(self) -> bool:
        """Whether the SIRET noted cannot be one."""
        return bool(self.siret and siret_problem(self.siret))


@dataclass(frozen=True, slots=True)
class EditOrganisation:
    """The fields of a structure that change, by column, as they are typed. `seen`: what each field
    held when it was shown, by the name that conflicts give it (« host.city »)."""

    id: UUID
    values: Mapping[str, str]
    seen: Mapping[str, str] | None = None


def check_siret(typed: str) -> None:
    """Raise UserError for what cannot be a SIRET; none at all is one to be noted later."""
    problem = siret_problem(typed) if typed.strip() else ""
    if problem:
        raise UserError(problem, _SAFE, "Corrigez-le, ou laissez-le vide.")


def role_counters(rows: Sequence[OrganisationRow]) -> tuple[Counted[str | None], ...]:
    """All of them, then what each role counts, in the order of their list."""
    counted = Counter(code for row in rows for code, _ in row.roles)
    words = dict(each for row in rows for each in row.roles)
    roles: Iterable[Counted[str | None]] = (
        Counted(code, words[code], counted[code]) for code in counted
    )
    return (Counted(None, "Toutes", len(rows)), *roles)


def found_by(row: OrganisationRow, typed: str) -> bool:
    """Whether a structure is meant by what is typed: its name, its town, its roles, its SIRET."""
    words = f" {fold(' '.join((row.name, row.city, row.roles_told)))}"
    digits = bare_siret(typed)
    if digits.isdecimal():
        return digits in row.siret
    return all(f" {word}" in words for word in fold(typed).split())
