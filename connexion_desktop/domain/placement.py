"""What an immersion (PMSMP) is: its object, its parties, and the life of its convention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from connexion_desktop.domain.calendar_fr import working_days_until
from connexion_desktop.domain.french_dates import may_be_minor
from connexion_desktop.domain.imprecise import ImpreciseDate


class PlacementObject(StrEnum):
    """The three objects of an immersion; a convention has exactly one. Article L. 5135-1."""

    DISCOVER = "discover"
    CONFIRM = "confirm"
    RECRUIT = "recruit"

    @property
    def label(self) -> str:
        """The wording of the official form."""
        return _OBJECT_LABELS[self]


_OBJECT_LABELS = {
    PlacementObject.DISCOVER: "Découvrir un métier ou un secteur d’activité",
    PlacementObject.CONFIRM: "Confirmer un projet professionnel",
    PlacementObject.RECRUIT: "Initier une démarche de recrutement",
}


def numbered(number: str) -> str:
    """« n° PMSMP-2026-0001 », as it is said everywhere after « convention »; on one line."""
    return f"n°\u00a0{number}"


class Party(StrEnum):
    """Who may have to sign a convention, in the order of the form's blocks."""

    BENEFICIARY = "beneficiary"
    REPRESENTATIVE = "representative"
    EMPLOYER = "employer"
    HOST = "host"
    PRESCRIBER = "prescriber"
    SUPPORT = "support"

    @property
    def label(self) -> str:
        """French name of the party."""
        return _PARTY_LABELS[self]


_PARTY_LABELS = {
    Party.BENEFICIARY: "Bénéficiaire",
    Party.REPRESENTATIVE: "Représentant légal",
    Party.EMPLOYER: "Employeur",
    Party.HOST: "Structure d’accueil",
    Party.PRESCRIBER: "Organisme prescripteur",
    Party.SUPPORT: "Structure d’accompagnement",
}


def required_parties(
    *, minor: bool, employer_signs: bool, separate_support: bool
) -> tuple[Party, ...]:
    """The parties that must sign. Articles D. 5135-1 and D. 5135-2.

    `employer_signs`: the beneficiary is an employee whose contract is not suspended;
    `separate_support`: the accompanying body is not the prescriber.
    """
    signs = {
        Party.BENEFICIARY: True,
        Party.REPRESENTATIVE: minor,
        Party.EMPLOYER: employer_signs,
        Party.HOST: True,
        Party.PRESCRIBER: True,
        Party.SUPPORT: separate_support,
    }
    return tuple(party for party in Party if signs[party])


def is_signed_by_minor(birth: ImpreciseDate | None, today: date, starts_on: date | None) -> bool:
    """Whether the beneficiary may be a minor when the convention is signed, or on its first day.

    A legal representative signs then (article D. 5135-1). The youngest reading of the birth counts.
    """
    return may_be_minor(birth, min(today, starts_on or today))


class PlacementState(StrEnum):
    """The life of a convention; the code is what is stored.

    « en cours » and « terminée » are read from the dates, by `effective_state`; « terminée » is
    stored only where an immersion ended before its last day.
    """

    DRAFT = "draft"
    TO_SIGN = "to_sign"
    PARTLY_SIGNED = "partly_signed"
    SIGNED = "signed"
    RUNNING = "running"
    ENDED = "ended"
    ASSESSED = "assessed"
    REFUSED = "refused"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """French name of the state."""
        return _STATE_LABELS[self]

    def may_become(self, other: PlacementState) -> bool:
        """Whether the convention may pass from this state to `other`."""
        return other in _TRANSITIONS[self]

    @property
    def is_issued(self) -> bool:
        """Whether it bears a number: its paper is read-only."""
        return self is not PlacementState.DRAFT

    @property
    def is_fully_signed(self) -> bool:
        """Whether all parties signed."""
        return self in _FULLY_SIGNED

    @property
    def is_over(self) -> bool:
        """Whether nothing more is expected of it."""
        return not _TRANSITIONS[self]


_STATE_LABELS = {
    PlacementState.DRAFT: "brouillon",
    PlacementState.TO_SIGN: "à signer",
    PlacementState.PARTLY_SIGNED: "partiellement signée",
    PlacementState.SIGNED: "signée",
    PlacementState.RUNNING: "en cours",
    PlacementState.ENDED: "terminée",
    PlacementState.ASSESSED: "bilan fait",
    PlacementState.REFUSED: "refusée",
    PlacementState.CANCELLED: "annulée",
}

_WITHDRAWN = frozenset({PlacementState.REFUSED, PlacementState.CANCELLED})
_FULLY_SIGNED = frozenset(
    {
        PlacementState.SIGNED,
        PlacementState.RUNNING,
        PlacementState.ENDED,
        PlacementState.ASSESSED,
    }
)
_AWAITING_SIGNATURES = frozenset({PlacementState.TO_SIGN, PlacementState.PARTLY_SIGNED})

_TRANSITIONS: dict[PlacementState, frozenset[PlacementState]] = {
    PlacementState.DRAFT: frozenset({PlacementState.TO_SIGN}),
    PlacementState.TO_SIGN: _WITHDRAWN | {PlacementState.PARTLY_SIGNED, PlacementState.SIGNED},
    # A new version with another host, dates, hours… voids the signatures: back to « à signer ».
    PlacementState.PARTLY_SIGNED: _WITHDRAWN | {PlacementState.TO_SIGN, PlacementState.SIGNED},
    # Until the first day a signature noted by mistake may be taken back.
    PlacementState.SIGNED: frozenset(
        {PlacementState.PARTLY_SIGNED, PlacementState.RUNNING, PlacementState.CANCELLED}
    ),
    PlacementState.RUNNING: frozenset({PlacementState.ENDED}),
    PlacementState.ENDED: frozenset({PlacementState.ASSESSED}),
    PlacementState.ASSESSED: frozenset(),
    PlacementState.REFUSED: frozenset(),
    PlacementState.CANCELLED: frozenset(),
}


class PlacementAlert(StrEnum):
    """What the office must see at once about a convention."""

    STARTED_UNSIGNED = "started_unsigned"
    SIGNATURES_LATE = "signatures_late"
    ASSESSMENT_DUE = "assessment_due"

    @property
    def label(self) -> str:
        """French words of the alert."""
        return _ALERT_LABELS[self]


_ALERT_LABELS = {
    PlacementAlert.STARTED_UNSIGNED: "démarrée sans signature",
    PlacementAlert.SIGNATURES_LATE: "signatures en retard",
    PlacementAlert.ASSESSMENT_DUE: "bilan à faire",
}

LATE_WORKING_DAYS = 2
"""From how many working days before the start missing signatures are an alert."""


@dataclass(frozen=True, slots=True)
class EffectiveState:
    """The state of a convention on a given day, and what is wrong with it."""

    state: PlacementState
    alert: PlacementAlert | None = None

    @property
    def label(self) -> str:
        """The alert when it replaces the state, else the state, in French."""
        if self.alert is PlacementAlert.STARTED_UNSIGNED:
            return self.alert.label
        return self.state.label

    @property
    def may_be_revised(self) -> bool:
        """Whether a next version may be prepared and issued: not signed by all, nor withdrawn."""
        return self.state in _AWAITING_SIGNATURES

    @property
    def may_be_signed(self) -> bool:
        """Whether signatures are still noted, or taken back: not once it runs with all of them."""
        return self.may_be_revised or self.state is PlacementState.SIGNED

    def may_be_withdrawn(self, *, refused: bool) -> bool:
        """Whether a party may refuse it, or it may be cancelled: not once it runs signed."""
        target = PlacementState.REFUSED if refused else PlacementState.CANCELLED
        return self.state.may_become(target)


def effective_state(
    stored: PlacementState, starts_on: date | None, ends_on: date | None, today: date
) -> EffectiveState:
    """The stored state read with the calendar.

    A signed convention runs from its first day and is over after its last; one that is not fully
    signed on its first day is « démarrée sans signature »; the assessment is due from the last day.
    """
    if stored in _AWAITING_SIGNATURES:
        return EffectiveState(stored, _signature_alert(starts_on, today))
    if stored in (PlacementState.SIGNED, PlacementState.RUNNING, PlacementState.ENDED):
        state = _state_by_dates(stored, starts_on, ends_on, today)
        due = state is PlacementState.ENDED or (
            state is PlacementState.RUNNING and ends_on == today
        )
        return EffectiveState(state, PlacementAlert.ASSESSMENT_DUE if due else None)
    return EffectiveState(stored)


def _signature_alert(starts_on: date | None, today: date) -> PlacementAlert | None:
    if starts_on is None:
        return None
    if starts_on <= today:
        return PlacementAlert.STARTED_UNSIGNED
    if working_days_until(today, starts_on) <= LATE_WORKING_DAYS:
        return PlacementAlert.SIGNATURES_LATE
    return None


def _state_by_dates(
    stored: PlacementState, starts_on: date | None, ends_on: date | None, today: date
) -> PlacementState:
    if stored is PlacementState.ENDED or (ends_on is not None and today > ends_on):
        return PlacementState.ENDED
    if starts_on is not None and today >= starts_on:
        return PlacementState.RUNNING
    return stored


def signature_problem(signed_on: date, today: date) -> str:
    """Why a day cannot be that of a signature, in French; nothing when it can."""
    return "Une signature ne peut pas être datée d’un jour à venir." if signed_on > today else ""
