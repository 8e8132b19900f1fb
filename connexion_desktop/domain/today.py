"""Who needs me now? A line for each thing of the day: séances and their presences first, then what
is to be closed and the visits to come, the most pressing first; what was put off stands apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from connexion_desktop.domain.french_dates import relative_day, short_day
from connexion_desktop.domain.meetings import MeetingRow, MeetingState
from connexion_desktop.domain.presences import CellKey, Slot
from connexion_desktop.domain.programme_template import VISIT

SNOOZE_DAYS = 7
"""How long what was seen is put off."""

_LATE_DAYS = 7


class Press(StrEnum):
    """How much a line presses, the most first."""

    RED = "red"
    AMBER = "amber"
    GREY = "grey"

    @property
    def label(self) -> str:
        """French words."""
        return {"red": "Urgent", "amber": "À faire", "grey": "À venir"}[self.value]


_PRESSES = tuple(Press)


class Matter(StrEnum):
    """What a line is about; the code kept with what is put off."""

    DAY = "meeting_of_the_day"
    CLOSE = "meeting_to_close"
    VISIT = "next_visit"


class Deed(StrEnum):
    """The act that a line leads to."""

    MARK = "mark"
    SEE = "see"
    CLOSE = "close"
    OPEN = "open"
    IMMERSION = "immersion"

    @property
    def label(self) -> str:
        """French words."""
        return _DEEDS[self]


_DEEDS = {
    Deed.MARK: "Noter les présences",
    Deed.SEE: "Voir le programme",
    Deed.CLOSE: "Clôturer",
    Deed.OPEN: "Ouvrir la fiche",
    Deed.IMMERSION: "Ouvrir l’immersion",
}


@dataclass(frozen=True, slots=True)
class LineKey:
    """What a line is about: a row of the base, and what is said of it."""

    table: str
    id: UUID
    alert: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line: how much it presses with the word for it, when, what, where; `who` comes, where it is
    to be known; the act it leads to. Of a séance, its group, its day, and `can_close`: whether it
    may be said held, or not."""

    key: LineKey
    press: Press
    word: str
    when: str
    title: str
    detail: str
    deed: Deed
    who: str = ""
    cohort_id: UUID | None = None
    on: date | None = None
    can_close: bool = False

    @property
    def can_wait(self) -> bool:
        """Whether it may be put off: the séances of the day may not."""
        return self.key.alert != Matter.DAY

    @property
    def told(self) -> str:
        """The whole of it, to be read out."""
        parts = (self.when, self.title, self.word, self.detail, self.who)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class PutOff:
    """« Vu, rappeler dans 7 jours »: until when, and who said so (« » on a file)."""

    until: date
    by: str = ""

    def told(self, today: date) -> str:
        """« vu par Nadia Ferrand, rappelé mar. 28 avr. »."""
        who = f"vu par {self.by}" if self.by else "vu"
        return f"{who}, rappelé {short_day(self.until, today)}"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was read of the groups one follows: their séances, the half-days marked, the names of
    their people by journey, who is booked for a visit that people choose, what is put off.
    `confided`: the groups whose presences one notes."""

    groups: Collection[UUID] = ()
    confided: Collection[UUID] = ()
    meetings: tuple[MeetingRow, ...] = ()
    marked: Collection[CellKey] = frozenset()
    names: Mapping[UUID, str] = field(default_factory=dict)
    booked: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    put_off: Mapping[LineKey, PutOff] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Today:
    """What the page shows. `groups`: how many one follows; `next_on`: the next day of séances."""

    today: date
    groups: int = 0
    day: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()
    put_off: tuple[tuple[Line, PutOff], ...] = ()
    next_on: date | None = None

    @property
    def told(self) -> str:
        """« 2 séances aujourd’hui · 1 urgent · 3 à faire »."""
        count = len(self.day)
        parts = [f"{count or 'aucune'} séance{'s' * (count > 1)} aujourd’hui"]
        for press in (Press.RED, Press.AMBER):
            pressing = sum(each.press is press for each in self.lines)
            if pressing:
                plural = "s" * (press is Press.RED and pressing > 1)
                parts.append(f"{pressing} {press.label.lower()}{plural}")
        return " · ".join(parts)


def put_off_on(put_off: Mapping[LineKey, PutOff], key: LineKey, today: date) -> PutOff | None:
    """Until when a line waits; None where it does not, or no more."""
    off = put_off.get(key)
    return off if off is not None and today < off.until else None


def day_of(gathered: Gathered, today: date, others: Iterable[Line] = ()) -> Today:
    """The lines of a day. Of two that press as much, those of the groups come before `others`."""
    standing = sorted(
        (each for each in gathered.meetings if each.is_standing),
        key=lambda each: (each.on, each.start, each.end, each.title),
    )
    day, rest, put_off = [], [], []
    for line in (*_lines(gathered, standing, today), *others):
        if not line.can_wait:
            day.append(line)
        elif (off := put_off_on(gathered.put_off, line.key, today)) is not None:
            put_off.append((line, off))
        else:
            rest.append(line)
    return Today(
        today=today,
        groups=len(gathered.groups),
        day=tuple(day),
        lines=tuple(sorted(rest, key=lambda each: _PRESSES.index(each.press))),
        put_off=tuple(sorted(put_off, key=lambda each: each[1].until)),
        next_on=next((each.on for each in standing if each.on > today), None),
    )


def _lines(gathered: Gathered, standing: list[MeetingRow], today: date) -> Iterator[Line]:
    """By day and hour."""
    visited: set[UUID | None] = set()
    for meeting in standing:
        if meeting.on == today:
            yield _of_the_day(gathered, meeting)
        elif meeting.on < today:
            line = _to_close(gathered, meeting, today)
            if line is not None:
                yield line
        elif meeting.kind == VISIT and meeting.cohort_id not in visited:
            visited.add(meeting.cohort_id)
            yield _visit(gathered, meeting, today)


def _of_the_day(gathered: Gathered, meeting: MeetingRow) -> Line:
    missing = _missing(gathered, meeting)
    press, word, deed = Press.AMBER, f"{missing} à noter", _marking(gathered, meeting)
    if not meeting.people:
        press, word, deed = Press.GREY, "sans participants", Deed.SEE
    elif not missing:
        press, word = Press.GREY, f"{_span(meeting)} notée"
        deed = Deed.CLOSE if meeting.state is MeetingState.PLANNED else Deed.SEE
    return Line(
        key=LineKey("meeting", meeting.id, Matter.DAY),
        press=press,
        word=word,
        when=meeting.hours,
        title=meeting.title,
        detail=_detail(gathered, meeting, _noted(meeting, missing)),
        deed=deed,
        who=_comers(gathered, meeting) if meeting.kind == VISIT else "",
        cohort_id=meeting.cohort_id,
        on=meeting.on,
        can_close=meeting.state is MeetingState.PLANNED,
    )


def _to_close(gathered: Gathered, meeting: MeetingRow, today: date) -> Line | None:
    missing = _missing(gathered, meeting)
    if not missing and meeting.state is MeetingState.HELD:
        return None
    is_late = missing and today - meeting.on > timedelta(days=_LATE_DAYS)
    return Line(
        key=LineKey("meeting", meeting.id, Matter.CLOSE),
        press=Press.RED if is_late else Press.AMBER,
        word=f"{missing} à noter" if missing else "à clôturer",
        when=short_day(meeting.on, today),
        title=meeting.title,
        detail=_detail(gathered, meeting, _noted(meeting, missing), meeting.hours),
        deed=_marking(gathered, meeting) if missing else Deed.CLOSE,
        cohort_id=meeting.cohort_id,
        on=meeting.on,
        can_close=meeting.state is MeetingState.PLANNED,
    )


def _visit(gathered: Gathered, meeting: MeetingRow, today: date) -> Line:
    return Line(
        key=LineKey("meeting", meeting.id, Matter.VISIT),
        press=Press.GREY,
        word=relative_day(meeting.on, today),
        when=short_day(meeting.on, today),
        title=meeting.title,
        detail=_detail(gathered, meeting, "", meeting.hours),
        deed=Deed.SEE,
        who=_comers(gathered, meeting),
        cohort_id=meeting.cohort_id,
        on=meeting.on,
    )


def _detail(gathered: Gathered, meeting: MeetingRow, last: str, first: str = "") -> str:
    """Where, and with whom; of which group, where one follows several."""
    group = meeting.cohort if len(gathered.groups) > 1 else ""
    parts = (first, group, meeting.place, meeting.partner, meeting.leader, last)
    return " · ".join(dict.fromkeys(part for part in parts if part))


def _marking(gathered: Gathered, meeting: MeetingRow) -> Deed:
    return Deed.MARK if meeting.cohort_id in gathered.confided else Deed.SEE


def _missing(gathered: Gathered, meeting: MeetingRow) -> int:
    """How many of those expected have a half-day of it without a mark."""
    slots = [Slot(meeting.on, half) for half in meeting.halves]
    return sum(
        any(CellKey(journey, slot) not in gathered.marked for slot in slots)
        for journey in meeting.people
    )


def _noted(meeting: MeetingRow, missing: int) -> str:
    count = len(meeting.people)
    if not count:
        return ""
    noted = count - missing
    if not noted:
        return f"{count} attendu{'s' * (count > 1)}"
    return f"{_span(meeting)} notée : {noted} sur {count}"


def _span(meeting: MeetingRow) -> str:
    """What presences are noted of: all the séances of a half-day share them."""
    return "journée" if len(meeting.halves) > 1 else "demi-journée"


def _comers(gathered: Gathered, meeting: MeetingRow) -> str:
    """« Viennent : Awa Diallo, Karim Benali », all who are expected; where only some of them are
    booked, « 1 inscrit sur 2 attendus : Karim Benali »."""
    expected = meeting.people
    coming = gathered.booked.get(meeting.id, expected) & expected or expected
    told = [name for journey, name in gathered.names.items() if journey in coming]
    others = len(coming) - len(told)
    if others:
        told.append(f"{others} d’{'autres groupes' if others > 1 else 'un autre groupe'}")
    if not told:
        return "Personne n’y est encore attendu"
    if coming != expected:
        booked = f"{len(coming)} inscrit{'s' * (len(coming) > 1)}"
        return f"{booked} sur {len(expected)} attendus : {', '.join(told)}"
    return f"{'Vient' if len(coming) == 1 else 'Viennent'} : {', '.join(told)}"
