"""What one may write or change on the page of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.person_file import ProjectState

PERSON, WRITING, FIELDS = "person.", ".write", ".fields"


def writing_key(person_id: UUID) -> str:
    """Where what one begins to write about a person is kept as a draft."""
    return f"{PERSON}{person_id}{WRITING}"


def fields_key(person_id: UUID) -> str:
    """Where what is typed in the fields of a person, and not saved yet, is kept as a draft."""
    return f"{PERSON}{person_id}{FIELDS}"


@dataclass(frozen=True, slots=True)
class NewNote:
    """A dated note."""

    person_id: UUID
    on: date
    text: str


@dataclass(frozen=True, slots=True)
class NewAction:
    """A next step; `due_minute` in minutes since midnight."""

    person_id: UUID
    on: date
    title: str
    due_on: date | None = None
    due_minute: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class NewInterview:
    """A talk held, or one to come when `on` is after `today`."""

    person_id: UUID
    today: date
    on: date
    start: int | None = None
    minutes: int | None = None
    place: str = ""
    text: str = ""


class Half(StrEnum):
    """A half-day."""

    MORNING = "am"
    AFTERNOON = "pm"

    @property
    def label(self) -> str:
        """« matin », « après-midi »."""
        return "matin" if self is Half.MORNING else "après-midi"


@dataclass(frozen=True, slots=True)
class NewAbsence:
    """An absence: of the whole day without `half`; excused or not. `also` are its other days."""

    person_id: UUID
    on: date
    half: Half | None
    excused: bool
    reason: str = ""
    detail: str = ""
    also: tuple[tuple[date, Half | None], ...] = ()


SIDE = "side"
"""How what stands beside the feed is called where it is compared: the trade and the state of a
rank, the level of an obstacle, a family discovered and its interest."""


@dataclass(frozen=True, slots=True)
class ProjectEdit:
    """The trade of a rank, or its state; an empty label takes it away. `seen`, here and below: what
    was known of it, under `SIDE`; None asks nothing."""

    journey_id: UUID
    rank: int
    label: str
    state: ProjectState
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class ObstacleEdit:
    """The level of an obstacle on a day; 0 takes back what was said that day."""

    journey_id: UUID
    theme: str
    level: int
    on: date
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class FamilyEdit:
    """A family discovered or not, with its interest from 1 to 5, 0 when unsaid."""

    journey_id: UUID
    family_id: UUID | None
    choice_id: UUID | None
    discovered: bool
    interest: int
    on: date
    seen: Seen | None = None
