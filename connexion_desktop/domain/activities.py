"""The activities of a group: each participant chooses one of those it is offered; who holds it,
when, and what came of it; the agreements that it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from connexion_desktop.domain.board import GroupBrief
from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import numeric_day, short_day
from connexion_desktop.domain.programme import Participant
from connexion_desktop.domain.sheet import ListSheet

MOST_OFFERED = 9
"""As many as there are keys to choose one."""


class ConsentKind(StrEnum):
    """What a participant agrees to, or declares, and may take back (the list « consent »)."""

    IMAGE = "image"
    SPORT = "sport"

    @property
    def label(self) -> str:
        """French words."""
        return {"image": "Droit à l’image", "sport": "Déclaration d’aptitude au sport"}[self]

    @property
    def short(self) -> str:
        """The same, at the head of a column."""
        return {"image": "Droit à l’image", "sport": "Aptitude au sport"}[self]


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
    def sessions_told(self) -> str:
        """« 10 séances, 6 tenues, suite lun. 27 avr. »."""
        count = f"{self.sessions} séance{'s' * (self.sessions > 1)}"
        parts = [count if self.sessions else "aucune séance"]
        if self.held:
            parts.append(f"{self.held} tenue{'s' * (self.held > 1)}")
        if self.next_on is not None:
            parts.append(f"suite {short_day(self.next_on)}")
        return ", ".join(parts)

    @property
    def told(self) -> str:
        """The same, after who holds it."""
        return " · ".join(part for part in (self.partner, self.sessions_told) if part)


@dataclass(frozen=True, slots=True)
class Chooser:
    """A participant, what they chose (« » while nothing), and the agreement of each kind: the one
    that holds, else the last."""

    who: Participant
    consents: Mapping[ConsentKind, ConsentRow] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        """That of their journey."""
        return self.who.journey_id

    @property
    def name(self) -> str:
        """« Awa Diallo », « Awa Diallo · sortie le 12/04/2026 »."""
        left = self.who.left_on
        return self.who.name if left is None else f"{self.who.name} · sortie le {numeric_day(left)}"

    def valid(self, kind: ConsentKind) -> ConsentRow | None:
        """The agreement that holds, if one does."""
        found = self.consents.get(kind)
        return found if found is not None and found.is_valid else None

    def lacks(self, activity: str) -> tuple[ConsentKind, ...]:
        """What the activity asks that they did not sign, or took back."""
        return tuple(kind for kind in asked_by(activity) if self.valid(kind) is None)

    def told(self, kind: ConsentKind) -> str:
        """« signé le 02/03/2026 », « retiré le 10/04/2026 », « à signer » where what they chose
        asks for it, else nothing."""
        if (found := self.consents.get(kind)) is not None:
            return found.told
        return "à signer" if kind in self.lacks(self.who.activity) else ""


@dataclass(frozen=True, slots=True)
class Activities:
    """All that is shown of the activities of a group. `others`: what else it could be offered, as
    (code, label). `confides`: whether who asks says what is chosen, and is told of allergies;
    `may_manage`: whether they write the rest."""

    today: date
    cohort: GroupBrief | None = None
    offers: tuple[Offer, ...] = ()
    people: tuple[Chooser, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    confides: bool = True
    may_manage: bool = True

    def label_of(self, activity: str) -> str:
        """How an activity is called; « » for none."""
        offered = {each.code: each.label for each in self.offers}
        return offered.get(activity) or dict(self.others).get(activity, activity)

    def with_choices(self, choices: Mapping[UUID, str]) -> Activities:
        """The same once some, by their journey, have chosen."""
        people = (
            replace(each, who=replace(each.who, activity=choices.get(each.id, each.who.activity)))
            for each in self.people
        )
        return replace(self, people=tuple(people))

    def who_chose(self, activity: str) -> tuple[Chooser, ...]:
        """Who chose an activity and is still in the group, by name."""
        return tuple(each for each in self.still_there if each.who.activity == activity)

    @property
    def still_there(self) -> tuple[Chooser, ...]:
        """Who did not leave the group: until their last day, were it known already."""
        return tuple(each for each in self.people if not each.who.has_left(self.today))

    def to_sign(self, activity: str) -> tuple[tuple[UUID, ConsentKind], ...]:
        """What is still to be signed for an activity: by whose journey, and what."""
        return tuple(
            (each.id, kind) for each in self.who_chose(activity) for kind in each.lacks(activity)
        )

    @property
    def undecided(self) -> tuple[Chooser, ...]:
        """Who has chosen nothing yet."""
        return self.who_chose("")

    @property
    def names_people(self) -> bool:
        """Whether who asks is shown who is in the group."""
        return self.cohort is not None and not self.cohort.is_closed_to_me

    def chosen_told(self, offer: Offer) -> str:
        """« Energie Prod · 4 participants, 2 à signer »; who holds it alone where who is in the
        group is not shown."""
        count, left = len(self.who_chose(offer.code)), len(self.to_sign(offer.code))
        told = f"{count} participant{'s' * (count > 1)}" if count else "personne encore"
        told = f"{told}, {left} à signer" if left else told
        parts = (offer.partner, told if self.names_people else "")
        return " · ".join(part for part in parts if part)

    @property
    def told(self) -> str:
        """« 12 participants, 2 sans activité »; « » where who they are is not shown."""
        if not self.names_people:
            return ""
        count = len(self.still_there)
        left = len(self.undecided)
        told = f"{count} participant{'s' * (count > 1)}"
        return f"{told}, {left} sans activité" if left else told


@dataclass(frozen=True, slots=True)
class Choose:
    """A participant chooses an activity (« » for none). `seen`: what is known of it."""

    journey_id: UUID
    activity: str
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class OfferActivity:
    """A group is offered one more activity; or one that it is offered (`offer_id`) is held by
    another partner. `seen`: who was shown to hold it."""

    cohort_id: UUID
    activity: str
    partner_id: UUID | None = None
    offer_id: UUID | None = None
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class TellOutcome:
    """What came of an activity, for a group."""

    offer_id: UUID
    outcome: str
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class TellAllergies:
    """The allergies of somebody; an empty text: none any more. `seen`: what was shown."""

    person_id: UUID
    text: str
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class GiveConsent:
    """A participant signed an agreement, on a day."""

    person_id: UUID
    kind: ConsentKind
    on: date

    def check(self, today: date) -> None:
        """Raise UserError for a day to come."""
        if self.on > today:
            raise UserError(
                f"Le {numeric_day(self.on)} est à venir : rien n’a pu être signé ce jour-là.",
                "Rien n’a été noté.",
                "Donnez le jour où le papier a été signé.",
            )


class AlreadySignedError(UserError):
    """An agreement of that kind holds: one more would say nothing more."""

    def __init__(self, on: date) -> None:
        super().__init__(f"C’est déjà signé, le {numeric_day(on)}.", "Rien n’a changé.")


@dataclass(frozen=True, slots=True)
class RevokeConsent:
    """A participant took back, on a day, all that they signed of a kind."""

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
