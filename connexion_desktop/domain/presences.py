"""Presences per half-day: what may be marked, for whom, and for how long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import full_day
from connexion_desktop.domain.hours import hours_text
from connexion_desktop.domain.meetings import DAY, NOON, MeetingRow
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.programme import Participant

SAFE = "Rien n’a changé."
MARKS = (Presence.PRESENT, Presence.ABSENT, Presence.EXCUSED, Presence.LATE)
CAME = frozenset({Presence.PRESENT, Presence.LATE})
MISSED = frozenset({Presence.ABSENT, Presence.EXCUSED})
MARK, LATE, REASON = "mark", "late", "reason"
"""What is said of a half-day, by the names that commands and conflicts give it."""
_LATEST = 8 * 60


@dataclass(frozen=True, slots=True)
class Slot:
    """A half-day."""

    on: date
    half: Half

    @property
    def told(self) -> str:
        """« mardi 21 avril 2026 (matin) »."""
        return f"{full_day(self.on)} ({self.half.label})"

    @property
    def rank(self) -> tuple[date, bool]:
        """Where it comes in the order of time."""
        return self.on, self.half is Half.AFTERNOON

    @property
    def bounds(self) -> tuple[int, int]:
        """Its first and last minute in the day."""
        return (0, NOON) if self.half is Half.MORNING else (NOON, DAY)


@dataclass(frozen=True, slots=True)
class CellKey:
    """A half-day of somebody, by their journey."""

    journey_id: UUID
    slot: Slot


@dataclass(frozen=True, slots=True)
class MarkCell:
    """What changes in a cell, by name: `MARK` (None takes it away), `LATE` in minutes, `REASON` (a
    code of its list, « » for none). `seen`: what each of them held when the cell was shown."""

    key: CellKey
    values: Mapping[str, Any]
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class MarkCells:
    """Cells marked in one act, on `today`."""

    cells: tuple[MarkCell, ...]
    today: date


@dataclass(frozen=True, slots=True)
class AllPresent:
    """Whoever of a group is expected on these half-days, and has no mark yet, came."""

    cohort_id: UUID
    slots: tuple[Slot, ...]
    today: date


class Correction(StrEnum):
    """Why a presence that was sent is corrected."""

    MISTAKE = "mistake"
    SIGNED_PAPER = "signed_paper"
    PROOF = "proof"
    PAYER = "payer"

    @property
    def label(self) -> str:
        """French words."""
        return _CORRECTIONS[self]

    @property
    def act(self) -> str:
        """How the act is told in the journal, which keeps why."""
        return f"Présence envoyée rouverte : {self.label.lower()}"


_CORRECTIONS = {
    Correction.MISTAKE: "Erreur de saisie",
    Correction.SIGNED_PAPER: "Feuille signée différente",
    Correction.PROOF: "Justificatif reçu depuis",
    Correction.PAYER: "Demande de l’organisme",
}


@dataclass(frozen=True, slots=True)
class Reopen:
    """Presences that were sent may be corrected again, and why."""

    keys: tuple[CellKey, ...]
    why: Correction


_ACTS = {
    Presence.PRESENT: "Présence notée",
    Presence.ABSENT: "Absence notée",
    Presence.EXCUSED: "Absence excusée notée",
    Presence.LATE: "Retard noté",
    None: "Présence retirée",
}
ALL_PRESENT_ACT = "Tous présents"


def act_of(values: Mapping[str, Any]) -> str:
    """How marking is told in the journal: each mark by its own words, so that one after another on
    the same half-day are as many steps back."""
    if MARK in values:
        return _ACTS[values[MARK]]
    return "Motif d’absence" if REASON in values else "Minutes de retard"


def attended(
    person: Participant, slot: Slot, meetings: Iterable[MeetingRow]
) -> tuple[MeetingRow, ...]:
    """The séances where somebody is expected on a half-day, by time; none outside their journey."""
    if not person.is_there(slot.on):
        return ()
    found = (
        each
        for each in meetings
        if each.on == slot.on
        and slot.half in each.halves
        and each.is_standing
        and person.journey_id in each.people
    )
    return tuple(sorted(found, key=lambda each: (each.start, each.end, str(each.id))))


def minutes_of(slot: Slot, meetings: Iterable[MeetingRow]) -> int:
    """How long these séances last within a half-day; what two of them share counts once."""
    first, last = slot.bounds
    total, reached = 0, first
    for start, end in sorted((max(each.start, first), min(each.end, last)) for each in meetings):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def done_minutes(mark: Presence, planned: int, late: int | None) -> int:
    """How long somebody came: nothing where they did not; less what they were late."""
    if mark not in CAME:
        return 0
    return max(0, planned - (late or 0)) if mark is Presence.LATE else planned


def check_late(late: int | None, lasting: int | None) -> None:
    """Raise UserError for minutes that are no lateness: who came when all was over, where it is
    `lasting` so many minutes, was away."""
    if late is None:
        return
    if lasting is not None and late >= lasting > 0:
        raise UserError(
            f"La séance dure {hours_text(lasting)} : un retard est plus court.",
            SAFE,
            "Corrigez les minutes, ou notez une absence (A).",
        )
    if not 0 < late <= _LATEST:
        raise UserError(
            f"Un retard va de 1 à {_LATEST} minutes.", SAFE, "Écrivez-le en minutes : « 20 »."
        )


def check_day(mark: Presence, slot: Slot, today: date) -> None:
    """Raise UserError where somebody would have come on a day that has not come."""
    if mark in CAME and slot.on > today:
        raise UserError(
            f"{slot.told.capitalize()} n’est pas encore venu.",
            SAFE,
            "D’avance, seule une absence se note : A, ou E si elle est excusée.",
        )


def sent(who: str, slot: Slot) -> UserError:
    """The refusal to change a presence that was sent, with the way on."""
    return UserError(
        f"La présence de {who}, {slot.told}, a été envoyée : elle ne change plus ainsi.",
        SAFE,
        "« Corriger une présence envoyée… » la rouvre, et garde le motif de la correction.",
    )


def not_expected(who: str, slot: Slot) -> UserError:
    """The refusal to mark somebody where they are not expected."""
    return UserError(
        f"{who} n’a aucune séance {slot.told}.",
        SAFE,
        "Ajoutez d’abord cette personne à une séance de ce jour.",
    )
