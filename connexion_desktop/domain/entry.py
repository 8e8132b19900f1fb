"""What was understood of the one writing field: an `Entry`, and the command that saves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from connexion_desktop.domain.person_commands import (
    Half,
    NewAbsence,
    NewAction,
    NewInterview,
    NewNote,
)
from connexion_desktop.domain.person_file import Reason
from connexion_desktop.domain.typed_days import AbsentDay

COMING = "à venir"
"""The doubt of a talk that is to come."""


class EntryKind(StrEnum):
    """What one may write."""

    NOTE = "note"
    ACTION = "action"
    INTERVIEW = "interview"
    ABSENCE = "absence"

    @property
    def label(self) -> str:
        """The chip's word; its first letter not used by another is Alt's."""
        return _KINDS[self]


_KINDS = {
    EntryKind.NOTE: "Note",
    EntryKind.ACTION: "Action",
    EntryKind.INTERVIEW: "Entretien",
    EntryKind.ABSENCE: "Absence",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What was understood. `also` are the other days of an absence. `problem` (French) says why it
    cannot be saved yet, `doubt` what in it may not be what was meant."""

    kind: EntryKind
    text: str
    on: date | None = None
    minute: int | None = None
    minutes: int | None = None
    place: str = ""
    half: Half | None = None
    reason: Reason | None = None
    excused: bool = False
    also: tuple[AbsentDay, ...] = ()
    problem: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of whom one writes about, by which what is typed is understood.

    `expected_on` are the days when the person is expected; None where that is not known.
    """

    reasons: tuple[Reason, ...] = ()
    expected_on: frozenset[date] | None = None


def days_of(entry: Entry) -> tuple[AbsentDay, ...]:
    """The day of an entry and, of an absence, the others; none without a date."""
    return () if entry.on is None else ((entry.on, entry.half), *entry.also)


Command = NewNote | NewAction | NewInterview | NewAbsence


def command_of(entry: Entry, person_id: UUID, today: date) -> Command:
    """The command that saves the entry."""
    on = entry.on or today
    match entry.kind:
        case EntryKind.NOTE:
            return NewNote(person_id, on, entry.text)
        case EntryKind.ACTION:
            title, _, detail = entry.text.partition("\n")
            return NewAction(person_id, today, title, entry.on, entry.minute, detail)
        case EntryKind.INTERVIEW:
            return NewInterview(
                person_id, today, on, entry.minute, entry.minutes, entry.place, entry.text
            )
        case EntryKind.ABSENCE:
            code = entry.reason.code if entry.reason else ""
            return NewAbsence(
                person_id, on, entry.half, entry.excused, code, entry.text, entry.also
            )
