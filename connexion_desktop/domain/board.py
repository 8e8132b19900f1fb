"""A group at a glance: the cards of its people, their counters and their orders.

Rows only, importable without the store: the start paints a stored copy of a board before any
database library is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from connexion_desktop.domain.alert_kinds import NO_CONTACT_DAYS, Alert, AlertKind, Severity
from connexion_desktop.domain.french_dates import SHORT_MONTHS, SHORT_WEEKDAYS, day_number

RESERVED = "réservé au conseiller"
"""What is said in the place of what who looks may not read."""


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """A day of the programme; `closed` names the holiday or the closing, « » on a working day."""

    on: date
    week: int
    closed: str = ""


class Presence(StrEnum):
    """What is known of a person on a day of the programme; four are the marks of attendance."""

    PRESENT = "P"
    LATE = "R"
    EXCUSED = "E"
    ABSENT = "A"
    MISSING = "?"
    COMING = "."
    CLOSED = "F"
    OUTSIDE = "-"

    @property
    def label(self) -> str:
        """French words, without gender."""
        return _PRESENCE_LABELS[self]


_PRESENCE_LABELS = {
    Presence.PRESENT: "présence",
    Presence.LATE: "retard",
    Presence.EXCUSED: "absence excusée",
    Presence.ABSENT: "absence",
    Presence.MISSING: "pas encore saisi",
    Presence.COMING: "à venir",
    Presence.CLOSED: "jour fermé",
    Presence.OUTSIDE: "hors parcours",
}
_WORST_FIRST = (Presence.ABSENT, Presence.EXCUSED, Presence.LATE, Presence.PRESENT)


def day_presence(marks: frozenset[Presence]) -> Presence:
    """One word for the half-days of a day: the one that calls for attention; none is MISSING."""
    return next((mark for mark in _WORST_FIRST if mark in marks), Presence.MISSING)


@dataclass(frozen=True, slots=True)
class Planned:
    """A thing to come, or that should have come: `minute` is that of the local day."""

    title: str
    on: date | None = None
    minute: int | None = None

    def is_late(self, today: date) -> bool:
        """Whether its day went by."""
        return self.on is not None and self.on < today

    def when(self, today: date) -> str:
        """« jeu. 23 », « demain 14 h », « en retard, 17 avr. »; nothing without a date."""
        if self.on is None:
            return ""
        day = near_day(self.on, today)
        if self.is_late(today):
            return f"en retard, {day}"
        near = self.minute is not None and (self.on - today).days <= 1
        return f"{day} {clock(self.minute or 0)}" if near else day

    def text(self, today: date) -> str:
        """« Enquête métier · jeu. 23 », « Relancer l’entreprise »."""
        return " · ".join(part for part in (self.title, self.when(today)) if part)


def near_day(day: date, today: date) -> str:
    """« aujourd’hui », « demain », « jeu. 23 » within a week, « 4 mai », « 12 janv. 2027 »."""
    distance = (day - today).days
    if distance in (0, 1):
        return ("aujourd’hui", "demain")[distance]
    if 0 < distance <= 7:
        return f"{SHORT_WEEKDAYS[day.weekday()]} {day.day}"
    return calendar_day(day, today)


def calendar_day(day: date, today: date) -> str:
    """« 4 mai », « 12 janv. 2027 »: the year when it is another one."""
    text = f"{day_number(day)} {SHORT_MONTHS[day.month - 1]}"
    return text if day.year == today.year else f"{text} {day.year}"


def clock(minute: int) -> str:
    """« 14 h », « 9 h 30 »."""
    hours, minutes = divmod(minute, 60)
    return f"{hours} h {minutes:02d}" if minutes else f"{hours} h"


def contact_text(last: date | None, today: date) -> str:
    """« contact il y a 2 j », « contact hier », « contact aujourd’hui », « aucun contact »."""
    if last is None:
        return "aucun contact"
    days = (today - last).days
    if days <= 1:
        return f"contact {'hier' if days == 1 else 'aujourd’hui'}"
    return f"contact il y a {days} j" if days < 90 else f"contact le {near_day(last, today)}"


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone of the project, done or not yet."""

    label: str
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class LentItem:
    """A piece of equipment the person has at home."""

    number: str
    due_on: date | None = None
    is_computer: bool = True

    def is_late(self, today: date) -> bool:
        """Whether it should be back."""
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class PlacementLine:
    """The immersion that is being prepared, signed, under way or waiting for its assessment."""

    state: str
    host: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def where(self) -> str:
        """The host, or that there is none yet."""
        return self.host or "structure à trouver"

    def when(self, today: date) -> str:
        """« 15 → 30 avr. », « 20 avr. → 1er mai », « 4 mai »; nothing without dates."""
        first, last = self.starts_on, self.ends_on
        if first is None or last is None or first == last:
            day = first or last
            return calendar_day(day, today) if day else ""
        same_month = (first.year, first.month) == (last.year, last.month)
        start = day_number(first) if same_month else calendar_day(first, today)
        return f"{start} → {calendar_day(last, today)}"

    def text(self, today: date) -> str:
        """« Institut Éclat · 20 avr. → 1er mai »."""
        return " · ".join(part for part in (self.where, self.when(today)) if part)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a journey ended."""

    on: date
    label: str

    def when(self, today: date) -> str:
        """« 12 janv. »."""
        return calendar_day(self.on, today)


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person of the group, as one glance reads them. Health and residence never stand here."""

    person_id: UUID
    journey_id: UUID
    number: str
    name: str
    sort_name: str
    initials: str
    activity: str = ""
    families_discovered: int = 0
    families_chosen: int = 0
    presence: tuple[Presence, ...] = ()
    project: str = ""
    other_projects: tuple[str, ...] = ()
    obstacles: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    lent: tuple[LentItem, ...] = ()
    placement: PlacementLine | None = None
    papers_missing: int = 0
    planned: tuple[Planned, ...] = ()
    visit: Planned | None = None
    last_contact: date | None = None
    ending: Ending | None = None
    alerts: tuple[Alert, ...] = ()
    reserved: bool = False
    """Whether contacts, project, trades and steps are not for who looks."""

    @property
    def subtitle(self) -> str:
        """« Cuisine · filières 4/5 »."""
        if self.reserved:
            return self.activity
        families = (
            f"filières {self.families_discovered}/{self.families_chosen}"
            if self.families_chosen
            else "filières à choisir"
        )
        return " · ".join(part for part in (self.activity, families) if part)

    @property
    def families_told(self) -> str:
        """« 4 filières découvertes sur 5 choisies »."""
        if self.reserved:
            return f"Filières : {RESERVED}"
        if not self.families_chosen:
            return "Aucune filière choisie"
        known = self.families_discovered
        plural = "s" if known > 1 else ""
        return f"{known} filière{plural} découverte{plural} sur {self.families_chosen} choisies"

    @property
    def alert(self) -> Alert | None:
        """The one shown: the most pressing."""
        return self.alerts[0] if self.alerts else None

    @property
    def days_present(self) -> int:
        """Days of the programme when the person came, late or not."""
        return sum(mark in (Presence.PRESENT, Presence.LATE) for mark in self.presence)

    @property
    def days_marked(self) -> int:
        """Days of the programme whose attendance is entered."""
        return sum(mark in _WORST_FIRST for mark in self.presence)

    @property
    def is_silent(self) -> bool:
        """Whether nobody had contact with them for too long."""
        return any(alert.kind is AlertKind.NO_CONTACT for alert in self.alerts)

    @property
    def is_still_to_meet(self) -> bool:
        """Whether nobody had contact with them yet, without it being too long already."""
        met = self.last_contact is not None or self.reserved
        return not met and self.ending is None and not self.is_silent

    @property
    def next_date(self) -> date | None:
        """The day of the first dated thing that is planned."""
        return next((planned.on for planned in self.planned if planned.on), None)


class CardFilter(StrEnum):
    """The counters above the cards; each keeps some of the people."""

    ALL = "all"
    TO_DO = "to_do"
    SILENT = "silent"
    PLACEMENTS = "placements"
    LOANS = "loans"
    PAPERS = "papers"

    def keeps(self, card: PersonCard) -> bool:
        """Whether the person is among those counted."""
        match self:
            case CardFilter.ALL:
                return True
            case CardFilter.TO_DO:
                return any(alert.severity is not Severity.GREEN for alert in card.alerts)
            case CardFilter.SILENT:
                return card.is_silent or card.is_still_to_meet
            case CardFilter.PLACEMENTS:
                return card.placement is not None
            case CardFilter.LOANS:
                return any(item.is_computer for item in card.lent)
            case CardFilter.PAPERS:
                return card.papers_missing > 0 or any(
                    alert.kind is AlertKind.PAPER_TO_RENEW for alert in card.alerts
                )

    def label(self, no_contact_days: int) -> str:
        """The counter's French words."""
        if self is CardFilter.SILENT:
            return f"Sans contact {no_contact_days} j"
        return _FILTER_LABELS[self]


_FILTER_LABELS = {
    CardFilter.ALL: "Tous",
    CardFilter.TO_DO: "À faire",
    CardFilter.PLACEMENTS: "Immersions",
    CardFilter.LOANS: "PC prêtés",
    CardFilter.PAPERS: "Pièces manquantes",
}


class CardOrder(StrEnum):
    """The orders offered; people who are equal in one follow by name."""

    ALERTS = "alerts"
    NAME = "name"
    CONTACT = "contact"
    NEXT = "next"

    @property
    def label(self) -> str:
        """French words."""
        return _ORDER_LABELS[self]

    def key(self, card: PersonCard) -> tuple[int, str]:
        """What to sort by, smallest first."""
        match self:
            case CardOrder.ALERTS:
                rank = _alert_rank(card)
            case CardOrder.NAME:
                rank = 0
            case CardOrder.CONTACT:
                rank = card.last_contact.toordinal() if card.last_contact else 0
            case CardOrder.NEXT:
                rank = (card.next_date or date.max).toordinal()
        return rank, card.sort_name


_ORDER_LABELS = {
    CardOrder.ALERTS: "alertes",
    CardOrder.NAME: "nom",
    CardOrder.CONTACT: "dernier contact",
    CardOrder.NEXT: "prochaine date",
}
_KINDS = tuple(AlertKind)


def _alert_rank(card: PersonCard) -> int:
    if card.alert is None:
        return len(_KINDS) + (card.ending is not None)
    return _KINDS.index(card.alert.kind)


def sort_name(given: str, family: str) -> str:
    """What sorts people as a French list does: family name, then given name, without accents."""
    from connexion_desktop.domain.names import fold

    return fold(f"{family} {given}")


@dataclass(frozen=True, slots=True)
class GroupBrief:
    """A group in a list: `phase` says where it is (« semaine 7 sur 12 »)."""

    id: UUID
    name: str
    starts_on: date
    phase: str
    site: str = ""
    conseiller: str = ""
    is_closed_to_me: bool = False
    """Whether its people are not shown to who looks: a colleague's group, or figures only."""

    @property
    def subtitle(self) -> str:
        """« semaine 7 sur 12 · Nadia Ferrand »."""
        return " · ".join(part for part in (self.phase, self.conseiller) if part)


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter above the cards. `never`: of those kept, how many are not counted but told apart,
    since nobody had contact with them yet."""

    filter: CardFilter
    label: str
    count: int
    never: int = 0

    @property
    def told(self) -> str:
        """« 4 », « 0 · 12 jamais »."""
        return f"{self.count} · {self.never} jamais" if self.never else str(self.count)


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """Which group, on which day; without `cohort_id` the latest group that has begun."""

    cohort_id: UUID | None
    today: date


@dataclass(frozen=True, slots=True)
class GroupBoard:
    """All that the page and the window's header show of a group; `cohort` None: no group yet."""

    today: date
    cohort: GroupBrief | None = None
    days: tuple[ProgrammeDay, ...] = ()
    cards: tuple[PersonCard, ...] = ()
    groups: tuple[GroupBrief, ...] = ()
    no_contact_days: int = NO_CONTACT_DAYS

    @property
    def is_reserved(self) -> bool:
        """Whether what is confidential of its people is for others than who asked."""
        return any(card.reserved for card in self.cards)

    def counters(self) -> tuple[Counter, ...]:
        """Every counter, in its order; that of the contacts only for who may know of them."""
        return tuple(
            self._counter(each)
            for each in CardFilter
            if not (self.is_reserved and each is CardFilter.SILENT)
        )

    def _counter(self, wanted: CardFilter) -> Counter:
        kept = sum(map(wanted.keeps, self.cards))
        to_meet = sum(card.is_still_to_meet for card in self.cards)
        never = to_meet if wanted is CardFilter.SILENT else 0
        return Counter(wanted, wanted.label(self.no_contact_days), kept - never, never)

    def summary(self, shown: int) -> str:
        """« 12 personnes · semaine 7 sur 12 », « 8 personnes sur 12 · … » when a filter shows
        fewer, for the status line."""
        if self.cohort is None:
            return ""
        if self.cohort.is_closed_to_me:
            return self.cohort.phase
        count = len(self.cards)
        of = f" sur {count}" if shown != count else ""
        return f"{shown} personne{'s' if shown > 1 else ''}{of} · {self.cohort.phase}"
