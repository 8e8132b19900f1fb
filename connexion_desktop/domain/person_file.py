"""What the page of one person shows at first, and what stands beside the feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from connexion_desktop.domain.band import Band
from connexion_desktop.domain.feed import FeedPage, Tone


class Lead(StrEnum):
    """Where an alert leads when one clicks it."""

    PLACEMENT = "placement"
    TO_DO = "to_do"
    EQUIPMENT = "equipment"
    PAPERS = "papers"
    WRITE = "write"
    DETAILS = "details"


@dataclass(frozen=True, slots=True)
class PersonAlert:
    """What must be seen about the person in a few words, more on pointing, and where to act."""

    text: str
    detail: str
    tone: Tone
    lead: Lead
    placement_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NextDate:
    """The next thing expected: « Prochain rendez-vous », « jeudi 23 avril, 14 h »."""

    title: str
    when: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PersonHeader:
    """Who she is, in one glance."""

    person_id: UUID
    number: str
    name: str
    initials: str
    facts: tuple[str, ...]
    phone: str
    loans: tuple[str, ...]
    alerts: tuple[PersonAlert, ...]
    next_date: NextDate | None


@dataclass(frozen=True, slots=True)
class JourneyLine:
    """The journey that the page shows, and its group."""

    id: UUID
    cohort_id: UUID
    cohort_name: str
    entered_on: date
    left_on: date | None


class ProjectState(StrEnum):
    """How sure the person is of a trade."""

    EXPLORE = "explore"
    TO_CONFIRM = "to_confirm"
    CONFIRMED = "confirmed"

    @property
    def label(self) -> str:
        """French words of the badge."""
        return _PROJECT_STATES[self]

    @property
    def next(self) -> ProjectState:
        """The state that a click gives, round and round."""
        states = list(ProjectState)
        return states[(states.index(self) + 1) % len(states)]


_PROJECT_STATES = {
    ProjectState.EXPLORE: "à explorer",
    ProjectState.TO_CONFIRM: "à confirmer",
    ProjectState.CONFIRMED: "confirmé",
}

PROJECT_RANKS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A trade considered, by rank; an empty label is a place to fill."""

    rank: int
    label: str = ""
    state: ProjectState = ProjectState.EXPLORE


NOT_ASSESSED = 0
OBSTACLE_LEVELS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class ObstacleRow:
    """An obstacle: its level at entry and today (0 not assessed), `levels` its six words."""

    theme: str
    label: str
    levels: tuple[str, ...]
    entry: int = NOT_ASSESSED
    today: int = NOT_ASSESSED

    @property
    def assessed(self) -> bool:
        """Whether any level is known."""
        return bool(self.entry or self.today)


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A trade family, or a discovery « hors catalogue » (no `family_id`)."""

    family_id: UUID | None
    choice_id: UUID | None
    label: str
    discovered: bool = False
    interest: int = 0
    to_confirm: bool = False

    @property
    def chosen(self) -> bool:
        """Whether the person chose it, or was shown it."""
        return self.choice_id is not None


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for an absence, of the closed list."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class PersonFile:
    """All that the page shows at first.

    `expected_on` are the days of the group and of this person's own séances; None outside a group.
    `files` is how many files are attached. `reserved`: what is confidential is not for who asks,
    and an empty list of it says nothing.
    """

    header: PersonHeader
    journey: JourneyLine | None
    band: Band
    feed: FeedPage
    project: tuple[ProjectRow, ...]
    obstacles: tuple[ObstacleRow, ...]
    families: tuple[FamilyRow, ...]
    reasons: tuple[Reason, ...]
    expected_on: frozenset[date] | None = None
    files: int = 0
    reserved: bool = False
