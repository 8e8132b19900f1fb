"""The band of one person: a whole journey on one line, by lanes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from connexion_desktop.domain.feed import FeedKey, Lane


class EventStyle(StrEnum):
    """How an event of the band is drawn."""

    DONE = "done"
    PLANNED = "planned"
    EXCUSED = "excused"
    MISSED = "missed"
    LATE = "late"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class BandEvent:
    """A mark of the band: a day, or a stretch when `until` is known (both ends included)."""

    lane: Lane
    on: date
    style: EventStyle
    label: str
    key: FeedKey | None = None
    until: date | None = None
    caption: str = ""
    foretold: bool = False
    """Whether it is said of a day still to come: an absence announced."""


class PhaseKind(StrEnum):
    """The parts of a journey, in their order."""

    FINDING = "finding"
    GROUP = "group"
    FOLLOW_UP = "follow_up"
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the journey, both days included; its words, the longest first: one will fit."""

    kind: PhaseKind
    labels: tuple[str, ...]
    first: date
    last: date

    @property
    def label(self) -> str:
        """Its whole words."""
        return self.labels[0]


@dataclass(frozen=True, slots=True)
class BandMark:
    """A dated dashed line across the band: 6 months, 12 months, exit."""

    on: date
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """The whole journey on one line: whole months, from `first` to `last` included."""

    first: date
    last: date
    today: date
    phases: tuple[Phase, ...]
    marks: tuple[BandMark, ...]
    events: tuple[BandEvent, ...]
