"""The activities of a group: each participant chooses one of those it is offered; who holds it,
when, and what came of it; the agreements that it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from connexion_desktop.domain.board import GroupBrief
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.programme import Participant
from connexion_desktop.domain.sheet import ListSheet

MOST_OFFERED = 9
"""As many as there are keys to choose one."""

COOKING = "cuisine"
"""The activity whose leader must know of allergies."""


class ConsentKind(StrEnum):
    """What a participant agrees to, or declares, and may take back (the list « consent »)."""

    IMAGE = "image"
    SPORT = "sport"

    @property
    def label(self) -> str:
        """French words."""
        return {"image": "Droit à l’image", "sport": "Déclaration d’aptitude au sport"}[self]


_ASKED = {"podcast": (ConsentKind.IMAGE,), "sport": (ConsentKind.SPORT,)}


def asked_by(activity: str) -> tuple[ConsentKind, ...]:
    """What an activity asks whoever chooses it to sign."""
    return _ASKED.get(activity, ())


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """An agreement given on a day; taken back on another."""

    id: UUID
    kind: ConsentKind
    given_on: date
    revoked_on: date | None = None

    @property
    def is_valid(self) -> bool:
        """Whether it was not taken back."""
        return self.revoked_on is None

    @property
    def told(self) -> str:
        """« signé le 02/03/2026 », « retiré le 10/04/2026 »."""
        if self.revoked_on is not None:
            return f"retiré le {numeric_day(self.revoked_on)}"
        return f"signé le {numeric_day(self.given_on)}"


@dataclass(frozen=True, slots=True)
class Offer:
    """An activity that the group is offered. `sessions` counts its séances, `held` those that took
    place, `next_on` is the next one; `outcome`: what came of it."""

    id: UUID
    code: str
    label: str
    partner_id: UUID | None = None
    partner: str = ""
    outcome: str = ""
    sessions: int = 0
    held: int = 0
    next_on: date | None = None

    @property
    def told(self) -> str:
        """« Energie Prod · 10 séances, 6 tenues, prochaine le 27/04/2026 »."""
        count = "aucune séance" if not self.sessions else f"{self.sessions} séances"
        count = "1 séance" if self.sessions == 1 else count
        parts = [count]
        if self.held:
            parts.append(f"{self.held} tenue{'s' * (self.held > 1)}")
        if self.next_on is not None:
            parts.append(f"prochaine le {numeric_day(self.next_on)}")
        return " · ".join(part for part in (self.partner, ", ".join(parts)) if part)


@dataclass(frozen=True, slots=True)
class Chooser:
    """A participant, what they chose (« » while nothing), the last agreement of each kind."""

    who: Participant
    consents: Mapping[ConsentKind, ConsentRow] = field(default_factory=dict)

    def lacks(self, activity: str) -> tuple[ConsentKind, ...]:
        """What the activity asks that they did not sign, or took back."""
        return tuple(
            kind
            for kind in asked_by(activity)
            if (found := self.consents.get(kind)) is None or not found.is_valid
        )


@dataclass(frozen=True, slots=True)
class Activities:
    """All that is shown of the activities of a group. `others`: what else it could be offered, as
    (code, label)."""

    today: date
    cohort: GroupBrief | None = None
    offers: tuple[Offer, ...] = ()
    people: tuple[Chooser, ...] = ()
    others: tuple[tuple[str, str], ...] = ()

    def who_chose(self, activity: str) -> tuple[Chooser, ...]:
        """Who chose an activity and is still in the group, by name."""
        return tuple(
            each
            for each in self.people
            if each.who.activity == activity and each.who.left_on is None
        )

    @property
    def undecided(self) -> tuple[Chooser, ...]:
        """Who has chosen nothing yet."""
        return self.who_chose("")

    @property
    def told(self) -> str:
        """« 12 participants, 2 sans activité »."""
        count = sum(each.who.left_on is None for each in self.people)
        left = len(self.undecided)
        told = f"{count} participant{'s' * (count > 1)}"
        return f"{told}, {left} sans activité" if left else told


@dataclass(frozen=True, slots=True)
class Choose:
    """A participant chooses an activity (« » for none). `seen`: what was shown as chosen."""

    journey_id: UUID
    activity: str
    seen: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class OfferActivity:
    """A group is offered one more activity, or it is held by another partner."""

    cohort_id: UUID
    activity: str
    partner_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TellOutcome:
    """What came of an activity, for a group."""

    offer_id: UUID
    outcome: str
    seen: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class GiveConsent:
    """A participant signed an agreement, on a day."""

    person_id: UUID
    kind: ConsentKind
    on: date


def partner_list(shown: Activities, offer: Offer) -> ListSheet:
    """Who comes, for the partner that holds the activity: names and nothing else."""
    group = shown.cohort.name if shown.cohort is not None else ""
    rows = tuple(
        (str(rank), each.who.name, "") for rank, each in enumerate(shown.who_chose(offer.code), 1)
    )
    return ListSheet(f"{offer.label} – {group}", ("N°", "Nom", "Remarques"), rows)
