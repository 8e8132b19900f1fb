"""The programme of a group as its page shows it: who is in the group, its séances, what clashes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from connexion_desktop.domain.board import GroupBrief
from connexion_desktop.domain.french_dates import period_text
from connexion_desktop.domain.meetings import Clash, MeetingRow
from connexion_desktop.domain.programme_days import Cycle
from connexion_desktop.domain.weeks import MONDAY_AND_TUESDAY, programme_mondays


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody of the group, by their journey; `group`: where they are of another, its name."""

    journey_id: UUID
    person_id: UUID
    name: str
    entered_on: date
    left_on: date | None = None
    activity: str = ""
    group: str = ""

    @property
    def told(self) -> str:
        """« Malik Traoré (Talence · mars 2026) »; the name alone of who is of the group."""
        return f"{self.name} ({self.group})" if self.group else self.name

    def has_left(self, day: date) -> bool:
        """Whether they are gone by that day: the last of theirs is still theirs."""
        return self.left_on is not None and self.left_on < day

    def is_there(self, day: date) -> bool:
        """Whether the day is within the journey: who comes late, or left, has no blank to fill."""
        return self.entered_on <= day and not self.has_left(day)


@dataclass(frozen=True, slots=True)
class Programme:
    """All that is shown of a group's programme. `cycle` is what drawing up would follow; it is None
    where closures leave it no day. Without a group, `cohort` is None."""

    today: date
    cohort: GroupBrief | None = None
    weeks: int = 0
    weekdays: tuple[int, ...] = MONDAY_AND_TUESDAY
    cycle: Cycle | None = None
    people: tuple[Participant, ...] = ()
    guests: tuple[Participant, ...] = ()
    """Those of other groups that are named at one of its séances, or with somebody of the group."""
    meetings: tuple[MeetingRow, ...] = ()
    clashes: tuple[Clash, ...] = ()
    beside: tuple[MeetingRow, ...] = ()
    """The séances of other groups that clash with one of these, as far as who asks reads them."""
    groups: tuple[GroupBrief, ...] = ()
    followed: frozenset[UUID] | None = None
    """On a shared server, the groups whose people are one's own; None on a file: all of them."""

    def is_own(self, meeting: MeetingRow) -> bool:
        """Whether a séance is of the group shown, and not of one that somebody of it goes to."""
        return self.cohort is not None and meeting.cohort_id == self.cohort.id

    @property
    def own(self) -> tuple[MeetingRow, ...]:
        """The séances of the group itself, which make its cycle and its sheets."""
        return tuple(each for each in self.meetings if self.is_own(each))

    def guests_at(self, meetings: Iterable[MeetingRow]) -> tuple[Participant, ...]:
        """Those of other groups that are expected at one of these séances."""
        expected = frozenset().union(*(each.people for each in meetings))
        return tuple(each for each in self.guests if each.journey_id in expected)

    def names_at(self, meeting: MeetingRow) -> bool:
        """Whether who asks says who is expected at a séance."""
        return self.followed is None or meeting.cohort_id in self.followed

    @property
    def mondays(self) -> tuple[date, ...]:
        """The weeks of the programme, by their Mondays (`programme_mondays`)."""
        if self.cohort is None:
            return ()
        held = (each.on for each in self.own if each.is_standing)
        return programme_mondays(self.cohort.starts_on, self.weeks, held, self.weekdays)

    def of_week(self, monday: date) -> tuple[MeetingRow, ...]:
        """The séances of a week, in their order."""
        sunday = monday + timedelta(days=6)
        found = (each for each in self.meetings if monday <= each.on <= sunday)
        return tuple(sorted(found, key=lambda each: (each.on, each.start, each.end, each.title)))

    def clashes_of(self, meeting: UUID) -> tuple[Clash, ...]:
        """What clashes with a séance."""
        return tuple(each for each in self.clashes if meeting in (each.one, each.other))

    def named(self, meeting_id: UUID) -> str:
        """« Pitch » in quotes, then its group where it is another; nothing where who asks does not
        read that group."""
        found = next(each for each in (*self.meetings, *self.beside) if each.id == meeting_id)
        if self.is_own(found) or found.cohort_id is None:
            return f"« {found.title} »"
        return f"« {found.title} », {found.cohort}" if found.cohort else ""

    @property
    def wrong(self) -> frozenset[UUID]:
        """The séances shown that clash with another, be it of another group."""
        clashing = {each for clash in self.clashes for each in (clash.one, clash.other)}
        return frozenset(each.id for each in self.meetings if each.id in clashing)

    @property
    def told(self) -> str:
        """« 92 séances, du 2 mars au 19 mai 2026 · 2 à vérifier »."""
        own = self.own
        if not own:
            return "Aucune séance"
        days = [each.on for each in own]
        count = len(own)
        words = f"{count} séance{'s' * (count > 1)}, {period_text(min(days), max(days))}"
        wrong = len(self.wrong & {each.id for each in own})
        return f"{words} · {wrong} à vérifier" if wrong else words


def expected_at(
    meeting_activity: str, explicit: Collection[UUID], people: Sequence[Participant], on: date
) -> frozenset[UUID]:
    """The journeys expected at a séance: those named, else those of its activity, else all that are
    in the group that day."""
    there = {each.journey_id: each for each in people if each.is_there(on)}
    if explicit:
        absent = {each.journey_id for each in people} - set(there)
        return frozenset(explicit) - absent
    if meeting_activity:
        return frozenset(
            each.journey_id for each in there.values() if each.activity == meeting_activity
        )
    return frozenset(there)
