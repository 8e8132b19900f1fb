"""What one page asks another to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from connexion_desktop.domain.loan_paper import LoanPaperKind


@dataclass(frozen=True, slots=True)
class PersonTarget:
    """A person to open, among others in the order they are seen: the arrows go along `order`.

    With `write` the cursor goes at once where a note is written; with `field`, to that field of
    the record (« person.birth_date »); with `file`, that file of theirs is shown. `origin` is the
    page to go back to.
    """

    person_id: UUID
    order: tuple[UUID, ...] = ()
    write: bool = False
    field: str = ""
    origin: str = "group"
    file: UUID | None = None


@dataclass(frozen=True, slots=True)
class MergeTarget:
    """Two files to compare, and perhaps to make one. `origin` is the page to go back to; a person's
    is gone back to as it was (`back`)."""

    one: UUID
    other: UUID
    origin: str = "people"
    back: PersonTarget | None = None


@dataclass(frozen=True, slots=True)
class SettledTarget:
    """Two files just said to be one, or two people's: the list of pairs shows them no more, nor any
    pair of the one that is `gone`."""

    pair: frozenset[UUID]
    gone: UUID | None = None


@dataclass(frozen=True, slots=True)
class RowTarget:
    """A row of a list, to be shown even where the list keeps only others."""

    id: UUID


@dataclass(frozen=True, slots=True)
class MeetingTarget:
    """A séance of a group, to be shown in its programme."""

    id: UUID
    cohort_id: UUID


@dataclass(frozen=True, slots=True)
class PresencesTarget:
    """The presences of a group, at a day."""

    cohort_id: UUID
    day: date


@dataclass(frozen=True, slots=True)
class FileTarget:
    """A file of a row of a list, which is called `title`: both are shown."""

    id: UUID
    file_id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class EditGroupTarget:
    """A group of the list, whose name, days and size are to be mended."""

    id: UUID


@dataclass(frozen=True, slots=True)
class HostTarget:
    """The immersions in a host organisation: the list keeps those that hold its name."""

    name: str


@dataclass(frozen=True, slots=True)
class NewPlacementTarget:
    """An immersion to prepare for a person: the immersions page opens it as soon as it is made."""

    person_id: UUID


@dataclass(frozen=True, slots=True)
class LoanPaperTarget:
    """A paper of a loan: the equipment page shows it beside its list."""

    loan_id: UUID
    kind: LoanPaperKind


class SettingsSection(StrEnum):
    """A section of the settings to be shown, in their order."""

    ASSOCIATION = "association"
    SITES = "sites"
    CLOSURES = "closures"
    TEMPLATES = "templates"
    DELEGATIONS = "delegations"
    TEAM = "team"
    LISTS = "lists"
    THRESHOLDS = "thresholds"
    APPEARANCE = "appearance"
    STORAGE = "storage"

    @property
    def label(self) -> str:
        """Its words."""
        return _SECTIONS[self]


_SECTIONS = {
    SettingsSection.ASSOCIATION: "Association",
    SettingsSection.SITES: "Sites",
    SettingsSection.CLOSURES: "Fermetures",
    SettingsSection.TEMPLATES: "Modèles",
    SettingsSection.DELEGATIONS: "Délégation PMSMP",
    SettingsSection.TEAM: "Équipe",
    SettingsSection.LISTS: "Listes",
    SettingsSection.THRESHOLDS: "Seuils",
    SettingsSection.APPEARANCE: "Apparence",
    SettingsSection.STORAGE: "Données",
}
