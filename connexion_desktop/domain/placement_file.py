"""What the immersions page shows and asks: rows and commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from connexion_desktop.domain.convention_paper import ConventionPaper
from connexion_desktop.domain.placement import EffectiveState, Party, PlacementState
from connexion_desktop.domain.placement_rules import Finding, PlacementFacts
from connexion_desktop.domain.placement_versions import PaperChange
from connexion_desktop.domain.timetable import Slot, WeeklyPattern


def draft_number(placement_id: UUID) -> str:
    """What a convention is called before it is issued."""
    return f"BROUILLON-{placement_id.hex[-6:].upper()}"


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A convention in the list."""

    id: UUID
    number: str
    state: EffectiveState
    revising: bool
    person_id: UUID
    person: str
    cohort: str
    host: str
    trade: str
    starts_on: date | None
    ends_on: date | None
    minutes: int
    missing_signatures: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose in a list: a person, a former convention…"""

    id: UUID
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TutorChoice:
    """Someone at a host who may be the tutor."""

    id: UUID
    name: str
    function: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class HostChoice:
    """A host of the book; `siret_problem` says in words why its SIRET cannot stand."""

    id: UUID
    name: str
    siret: str
    siret_problem: str
    activity: str
    city: str
    past: int
    tutors: tuple[TutorChoice, ...]
    details: dict[str, str]


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A party that must sign, and when it did."""

    party: Party
    name: str
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class EditionRow:
    """A version of a convention as it was issued."""

    number: str
    edition: int
    issued_at: datetime
    issued_by: str
    changes: tuple[PaperChange, ...]


@dataclass(frozen=True, slots=True)
class PlacementForm:
    """All that the form of one immersion shows. `paper` is the draft, or the issued version."""

    id: UUID
    number: str
    edition: int
    stored_state: PlacementState
    state: EffectiveState
    read_only: bool
    revising: bool
    person_id: UUID
    person: str
    host: HostChoice | None
    values: dict[str, str | date | bool | None]
    slots: tuple[Slot, ...]
    pattern: WeeklyPattern | None
    facts: PlacementFacts
    findings: tuple[Finding, ...]
    paper: ConventionPaper
    signatures: tuple[SignatureRow, ...]
    editions: tuple[EditionRow, ...]
    pending_changes: tuple[PaperChange, ...]


@dataclass(frozen=True, slots=True)
class NewPlacement:
    """Prepare an immersion for a person; `id` is made by the caller."""

    id: UUID
    person_id: UUID
    today: date


@dataclass(frozen=True, slots=True)
class EditPlacement:
    """Set one field of the draft."""

    id: UUID
    field: str
    value: str | date | bool | None


@dataclass(frozen=True, slots=True)
class ChooseHost:
    """Set the host of the draft, and its usual tutor and signatory with it."""

    id: UUID
    host_id: UUID


@dataclass(frozen=True, slots=True)
class NewHost:
    """Write a host in the book, from the form."""

    id: UUID
    name: str
    siret: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class EditHost:
    """Mend one field of a host, in the book itself."""

    id: UUID
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class SetTimetable:
    """Set the dated slots of the draft, and the week they were typed as, if they were."""

    id: UUID
    slots: tuple[Slot, ...]
    pattern: WeeklyPattern | None


@dataclass(frozen=True, slots=True)
class IssuePlacement:
    """Number the convention and make it « à signer »; the reason lets its warnings through."""

    id: UUID
    today: date
    warnings_reason: str = ""


@dataclass(frozen=True, slots=True)
class SignPlacement:
    """A party signed on a day; `signed_on` None takes the signature back."""

    id: UUID
    party: Party
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class WithdrawPlacement:
    """Cancel a convention, or note that it was refused, with the reason."""

    id: UUID
    reason: str
    refused: bool = False
