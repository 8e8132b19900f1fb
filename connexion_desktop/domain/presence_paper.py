"""What the papers of presence state: the month of somebody, for whoever pays the participants; the
whole stay, for whom they show it to.

Why somebody was away is on neither: it is theirs. An absence without a reason is an absence, and
is called nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.convention_paper import Body, Contact
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.hours import hours_text
from connexion_desktop.domain.period import Period
from connexion_desktop.domain.presence_grid import Cell, PresenceGrid
from connexion_desktop.domain.presences import CAME, Slot
from connexion_desktop.domain.typography import capitalised

SENT = "Présences du mois envoyées"
"""The act by which a month is locked."""


class PresencePaperKind(StrEnum):
    """A month for who pays; the whole stay for who was there."""

    STATEMENT = "statement"
    CERTIFICATE = "certificate"

    @property
    def label(self) -> str:
        """French words."""
        return "État de présence" if self is PresencePaperKind.STATEMENT else "Attestation"


@dataclass(frozen=True, slots=True)
class PresenceLine:
    """A half-day where somebody was expected, or is marked: what is known of it, how long it was.
    `late`: minutes."""

    slot: Slot
    presence: Presence
    minutes: int = 0
    late: int | None = None

    @property
    def told(self) -> str:
        """« 3 h », « 2 h 40, retard », « absence excusée », « pas encore saisi »."""
        if self.presence is Presence.LATE:
            return f"{hours_text(self.minutes)}, retard"
        return hours_text(self.minutes) if self.presence in CAME else self.presence.label


@dataclass(frozen=True, slots=True)
class Participation:
    """Somebody in a group: their number, their name, and their days in it."""

    number: str
    name: str
    group: str
    entered_on: date
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class PresencePaper:
    """A whole paper, ready to be drawn. `sent_on`: when its month was sent to who pays; from then
    on it does not change without a reason."""

    kind: PresencePaperKind
    issuer: Body
    signatory: Contact
    of: Participation
    period: Period
    lines: tuple[PresenceLine, ...]
    made_on: date
    sent_on: date | None = None

    @property
    def minutes(self) -> int:
        """How long they were there."""
        return sum(line.minutes for line in self.lines)

    def count(self, *kinds: Presence) -> int:
        """How many half-days are so."""
        return sum(line.presence in kinds for line in self.lines)

    @property
    def missing(self) -> tuple[Slot, ...]:
        """The half-days that are over and not marked."""
        return tuple(line.slot for line in self.lines if line.presence is Presence.MISSING)

    @property
    def file_name(self) -> str:
        """What its file is called, without its kind: it names nobody."""
        return f"{self.kind.label} {self.of.number} {self.period.text}"

    @property
    def copies(self) -> tuple[str, ...]:
        """Who gets an original."""
        is_statement = self.kind is PresencePaperKind.STATEMENT
        return ("organisme", "personne", "association") if is_statement else ("personne",)

    @property
    def title(self) -> str:
        """« Avril 2026 », « Du 9 mars 2026 au 26 mai 2026 »."""
        return capitalised(self.period.text)


def lines_of(grid: PresenceGrid, journey_id: UUID, period: Period) -> tuple[PresenceLine, ...]:
    """The half-days of a period where somebody was expected, or is marked within their journey, in
    their order."""
    found = []
    for column in grid.between(period.first, period.last).columns:
        cell = grid.cell(journey_id, column.slot)
        if cell.is_expected or cell.is_counted:
            found.append(_line(column.slot, cell, grid.today))
    return tuple(found)


def _line(slot: Slot, cell: Cell, today: date) -> PresenceLine:
    presence = cell.presence(slot.on, today)
    minutes = cell.minutes if presence in CAME else 0
    return PresenceLine(slot, presence, minutes, cell.late)


@dataclass(frozen=True, slots=True)
class SentMonth:
    """What became of the presences noted in a month of a group: how many are locked, and when the
    last of them was sent to who pays."""

    month: Period
    noted: int
    locked: int = 0
    sent_on: date | None = None

    @property
    def told(self) -> str:
        """« Envoyé le 3 avril 2026 : ses 188 présences ne changent plus sans motif. », « Pas encore
        envoyé : ses présences changent librement. »."""
        if self.sent_on is None:
            return "Pas encore envoyé : ses présences changent librement."
        many = self.locked > 1
        if self.locked == self.noted:
            held = f"ses {self.locked} présences ne changent" if many else "sa présence ne change"
            left = ""
        else:
            changes = "présences sur {} ne changent" if many else "présence sur {} ne change"
            held = f"{self.locked} {changes.format(self.noted)}"
            left = " ; le reste est à envoyer"
        return f"Envoyé le {long_day(self.sent_on)} : {held} plus sans motif{left}."


def sending_told(month: Period, count: int) -> str:
    """What sending a month does, before it is done."""
    many = count > 1
    stay = "ne changeront" if many else "ne changera"
    told = f"{count} présence{'s' * many} {stay} plus sans dire pourquoi"
    return f"{capitalised(month.text)} : {told}. Ctrl+Z l’annule."


def nothing_to_state(period: Period) -> UserError:
    """The refusal of a paper that would say nothing."""
    return UserError(
        f"Aucune séance n’était prévue pour cette personne ({period.text}).",
        "Aucun papier n’a été fait.",
        "Choisissez une autre période.",
    )
