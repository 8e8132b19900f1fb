"""What the immersions page shows and asks: rows and commands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.convention_paper import ConventionPaper
from connexion_desktop.domain.placement import EffectiveState, Party, PlacementState
from connexion_desktop.domain.placement_rules import Finding, PlacementFacts
from connexion_desktop.domain.placement_versions import PaperChange
from connexion_desktop.domain.timetable import Slot, WeeklyPattern

SLOTS = "slots"
"""How the hours of an immersion are called beside its fields."""


def draft_number(placement_id: UUID) -> str:
    """What a convention is called before it is issued."""
    return f"BROUILLON-{placement_id.hex[-6:].upper()}"


def typed_number(text: str) -> str:
    """The number of a convention as people type it: in any case, with or without its zeros."""
    known = text.strip().upper()
    issued = _ISSUED.fullmatch(known)
    return f"PMSMP-{issued['year']}-{int(issued['rank']):04}" if issued else known


_ISSUED = re.compile(r"PMSMP-(?P<year>[0-9]{4})-(?P<rank>[0-9]{1,9})")


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

    @property
    def past_text(self) -> str:
        """« déjà 3 immersions »; nothing when there was none."""
        if not self.past:
            return ""
        return f"déjà {self.past} immersion{'s' * (self.past > 1)}"


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """The delegation on which the association prescribes (L. 5135-2, 5°)."""

    id: UUID
    reference: str
    body_name: str
    body_address: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class PrescriberRow:
    """The association as its conventions state it, and the delegation of this one."""

    details: dict[str, str]
    delegation: DelegationRow | None


@dataclass(frozen=True, slots=True)
class FormLists:
    """What the form lets one choose from, besides the host: (value, words) or suggestions."""

    situations: tuple[tuple[str, str], ...] = ()
    nationalities: tuple[tuple[str, str], ...] = ()
    families: tuple[tuple[str, str], ...] = ()
    staff: tuple[Choice, ...] = ()
    renewable: tuple[Choice, ...] = ()
    trades: tuple[str, ...] = ()


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
    reason: str = ""
    """Why it was issued in spite of warnings."""


@dataclass(frozen=True, slots=True)
class PlacementForm:
    """All that the form of one immersion shows.

    `paper` is what it shows now: the draft, or the issued version; `issued` the version in force.
    """

    id: UUID
    number: str
    edition: int
    stored_state: PlacementState
    state: EffectiveState
    read_only: bool
    revising: bool
    person_id: UUID
    person: str
    cohort: str
    host: HostChoice | None
    prescriber: PrescriberRow
    values: dict[str, str | date | bool | None]
    slots: tuple[Slot, ...]
    pattern: WeeklyPattern | None
    facts: PlacementFacts
    findings: tuple[Finding, ...]
    paper: ConventionPaper
    issued: ConventionPaper | None
    signatures: tuple[SignatureRow, ...]
    editions: tuple[EditionRow, ...]
    pending_changes: tuple[PaperChange, ...]
    state_reason: str
    lists: FormLists

    @property
    def may_revise(self) -> bool:
        """Whether a draft of the next version may be opened."""
        return self.read_only and self.state.may_be_revised

    @property
    def may_sign(self) -> bool:
        """Whether signatures are still noted."""
        return self.state.may_be_signed

    @property
    def may_be_refused(self) -> bool:
        """Whether a party may still refuse it."""
        return self.state.may_be_withdrawn(refused=True)

    @property
    def may_be_cancelled(self) -> bool:
        """Whether it may be cancelled: issued, and not begun with all its signatures."""
        return self.state.may_be_withdrawn(refused=False)


@dataclass(frozen=True, slots=True)
class NewPlacement:
    """Prepare an immersion for a person; `id` is made by the caller."""

    id: UUID
    person_id: UUID
    today: date


@dataclass(frozen=True, slots=True)
class EditPlacement:
    """Set one field of the draft. `seen`, here and below: what was known of it and of the fields it
    goes with, by name; None asks nothing."""

    id: UUID
    field: str
    value: str | date | bool | None
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class ChooseHost:
    """Set the host of the draft, and its usual tutor and signatory with it."""

    id: UUID
    host_id: UUID
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class ChooseTutor:
    """Set the tutor of the draft to someone of the host's."""

    id: UUID
    contact_id: UUID
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class NewHost:
    """Write an organisation in the book, from the form: a host, or else a partner."""

    id: UUID
    name: str
    siret: str = ""
    city: str = ""
    is_host: bool = True


@dataclass(frozen=True, slots=True)
class EditHost:
    """Mend one field of a host, in the book itself."""

    id: UUID
    field: str
    value: str
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class EditPrescriber:
    """Set one field of the association itself."""

    field: str
    value: str
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class SaveDelegation:
    """Write a delegation, or correct the one of that id; `today` finds the drafts it serves."""

    id: UUID
    reference: str
    body_name: str
    body_address: str
    starts_on: date | None
    ends_on: date | None
    today: date


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Write a conseiller référent in the team, and set them on the draft."""

    id: UUID
    placement_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class SetTimetable:
    """Set the dated slots of the draft, and the week they were typed as, if they were."""

    id: UUID
    slots: tuple[Slot, ...]
    pattern: WeeklyPattern | None
    seen: Seen | None = None


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
    today: date


@dataclass(frozen=True, slots=True)
class WithdrawPlacement:
    """Cancel a convention, or note that it was refused, with the reason."""

    id: UUID
    reason: str
    today: date
    refused: bool = False
