"""Plain lists of what the base holds, for scripts and for whoever looks after the computers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.placement import EffectiveState


class PersonState(StrEnum):
    """Where a person is, from the first meeting on."""

    MET = "met"
    INVITED = "invited"
    WAITING = "waiting"
    IN_GROUP = "in_group"
    OUT = "out"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """French words, without gender."""
        return _PERSON_STATES[self]


_PERSON_STATES = {
    PersonState.MET: "repérage",
    PersonState.INVITED: "réunion proposée",
    PersonState.WAITING: "en attente",
    PersonState.IN_GROUP: "en parcours",
    PersonState.OUT: "parcours terminé",
    PersonState.REFUSED: "sans entrée",
}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person; the group is that of the latest journey."""

    id: UUID
    number: str
    family_name: str
    given_name: str
    birth: ImpreciseDate | None
    group: str
    state: PersonState
    phone: str
    email: str
    city: str
    met: ImpreciseDate | None
    entered_on: date | None
    left_on: date | None
    activity: str
    to_check: int
    """Doubtful values that an import left empty."""


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group; `week` is 1 to `weeks` during the collective phase, None before and after."""

    name: str
    site: str
    starts_on: date
    week: int | None
    weeks: int
    people: int
    conseiller: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A convention, or a draft of one; `minutes` of presence."""

    number: str
    state: EffectiveState
    person: str
    person_number: str
    host: str
    trade: str
    starts_on: date | None
    ends_on: date | None
    minutes: int
