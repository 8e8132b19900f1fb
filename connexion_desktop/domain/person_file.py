"""What the page of one person shows, and the acts it offers."""

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
    `files` is how many files are attached.
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
