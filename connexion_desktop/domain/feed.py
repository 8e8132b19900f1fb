"""The feed of one person: its dated lines, what it is narrowed to, what is read of it at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision


class Tone(StrEnum):
    """How much a word must be seen; each goes with an icon and a word, never alone."""

    CALM = "calm"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Lane(StrEnum):
    """A line of the band, and the colour of what it holds."""

    GROUP = "group"
    TALK = "talk"
    ACTION = "action"
    PLACEMENT = "placement"
    EQUIPMENT = "equipment"
    PAPER = "paper"

    @property
    def label(self) -> str:
        """What stands before the line."""
        return _LANE_LABELS[self]


_LANE_LABELS = {
    Lane.GROUP: "Groupe",
    Lane.TALK: "Entretiens",
    Lane.ACTION: "Actions",
    Lane.PLACEMENT: "Immersions",
    Lane.EQUIPMENT: "Matériel",
    Lane.PAPER: "Pièces",
}


class FeedKind(StrEnum):
    """What an item of the feed is; the code is that of its table, or of its second date."""

    NOTE = "note"
    INTERVIEW = "interview"
    ACTION = "action"
    ATTENDANCE = "attendance"
    PLACEMENT = "placement"
    LOAN = "loan"
    RETURN = "return"
    DOCUMENT = "document"
    MILESTONE = "milestone"
    INTAKE = "intake"
    ENTRY = "entry"
    EXIT = "exit"
    AFTER = "after"
    FLAG = "flag"


class FeedFilter(StrEnum):
    """What the feed is narrowed to."""

    ALL = "all"
    TO_DO = "to_do"
    NOTES = "notes"
    TALKS = "talks"
    ACTIONS = "actions"
    GROUP = "group"
    PLACEMENTS = "placements"
    EQUIPMENT = "equipment"
    PAPERS = "papers"
    STEPS = "steps"

    @property
    def label(self) -> str:
        """French words of the menu."""
        return _FILTERS[self][0]

    @property
    def kinds(self) -> frozenset[FeedKind]:
        """The kinds it lets through."""
        return _FILTERS[self][1]

    @property
    def open_only(self) -> bool:
        """Whether it keeps only what is still to be done."""
        return self is FeedFilter.TO_DO


_FILTERS = {
    FeedFilter.ALL: ("Tout", frozenset(FeedKind)),
    FeedFilter.TO_DO: (
        "À faire",
        frozenset({FeedKind.ACTION, FeedKind.INTERVIEW, FeedKind.PLACEMENT, FeedKind.FLAG}),
    ),
    FeedFilter.NOTES: ("Notes", frozenset({FeedKind.NOTE})),
    FeedFilter.TALKS: ("Entretiens", frozenset({FeedKind.INTERVIEW})),
    FeedFilter.ACTIONS: ("Actions", frozenset({FeedKind.ACTION})),
    FeedFilter.GROUP: ("Groupe", frozenset({FeedKind.ATTENDANCE})),
    FeedFilter.PLACEMENTS: ("Immersions", frozenset({FeedKind.PLACEMENT})),
    FeedFilter.EQUIPMENT: ("Matériel", frozenset({FeedKind.LOAN, FeedKind.RETURN})),
    FeedFilter.PAPERS: ("Pièces", frozenset({FeedKind.DOCUMENT, FeedKind.FLAG})),
    FeedFilter.STEPS: (
        "Étapes",
        frozenset(
            {
                FeedKind.INTAKE,
                FeedKind.ENTRY,
                FeedKind.MILESTONE,
                FeedKind.EXIT,
                FeedKind.AFTER,
            }
        ),
    ),
}

FEED_PAGE = 60
"""How many items are read at first, then each time the user comes near the end."""

FEED_WHOLE = 10_000
"""More items than a journey has."""


@dataclass(frozen=True, slots=True)
class FeedKey:
    """Which item: a row of the base, or one day of attendance of a journey."""

    kind: FeedKind
    id: UUID
    on: date | None = None

    @property
    def record(self) -> RecordRef | None:
        """The record whose history tells what became of it; None where it has none of its own."""
        kind = _RECORDS.get(self.kind)
        return None if kind is None else RecordRef(kind, self.id, self.on)


_RECORDS = {
    FeedKind.NOTE: "note",
    FeedKind.INTERVIEW: "talk",
    FeedKind.ACTION: "action",
    FeedKind.ATTENDANCE: "absence",
    FeedKind.PLACEMENT: "placement",
    FeedKind.LOAN: "loan",
    FeedKind.RETURN: "loan",
    FeedKind.ENTRY: "journey",
}


@dataclass(frozen=True, slots=True)
class NextAct:
    """What is offered at the right of an item: a date awaited, or an act."""

    label: str
    tone: Tone = Tone.CALM
    opens: bool = False
    """Whether a click leads somewhere (the convention, the field to mend)."""


@dataclass(frozen=True, slots=True)
class Written:
    """A line as it is written again: its head says when, where and why (see `corrections`)."""

    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Author:
    """Who of the team wrote a line: what they are called, and their whole name."""

    given: str
    name: str


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One dated line of the feed.

    `done` is None where nothing can be ticked; what somebody wrote is `written`, and may be
    corrected or deleted. `planned` items are drawn hollow.
    """

    key: FeedKey
    on: date
    lane: Lane
    title: str
    state: str = ""
    text: str = ""
    next_act: NextAct | None = None
    tone: Tone = Tone.CALM
    planned: bool = False
    done: bool | None = None
    written: Written | None = None
    precision: Precision = Precision.DAY
    author: Author | None = None

    @property
    def when(self) -> ImpreciseDate:
        """The day, or the month or the year if that is all that is known."""
        return ImpreciseDate(self.on, self.precision)


@dataclass(frozen=True, slots=True)
class FeedQuery:
    """Which part of a person's feed to read, newest first.

    `search` is any words, accents aside; `count` how many items at most.
    """

    person_id: UUID
    today: date
    narrow: FeedFilter = FeedFilter.ALL
    search: str = ""
    count: int = FEED_PAGE


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Items read, and whether older ones remain."""

    items: tuple[FeedItem, ...]
    more: bool
