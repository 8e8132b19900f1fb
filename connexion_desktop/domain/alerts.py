"""What must not be forgotten about a person: the rules of the alerts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from connexion_desktop.domain.alert_kinds import (
    ALERT_ORDER,
    NO_CONTACT_DAYS,
    Alert,
    AlertKind,
    Severity,
)
from connexion_desktop.domain.french_dates import relative_day, short_day
from connexion_desktop.domain.placement import (
    EffectiveState,
    PlacementAlert,
    PlacementState,
    effective_state,
)

__all__ = [
    "ALERT_ORDER",
    "NO_CONTACT_DAYS",
    "PAPER_HELD",
    "RENEWAL_NOTICE_DAYS",
    "Alert",
    "AlertKind",
    "LoanDue",
    "PlacementDates",
    "Severity",
    "Situation",
    "alerts_of",
    "days_without_contact",
    "expiries_of",
    "followed_since",
    "is_silent",
]

PAPER_HELD = frozenset({"received", "checked"})
"""The states of a paper that the office has in hand."""

RENEWAL_NOTICE_DAYS = 30
"""How many days before it expires a paper is to be renewed."""


@dataclass(frozen=True, slots=True)
class PlacementDates:
    """An immersion as its alerts see it."""

    state: PlacementState
    starts_on: date | None
    ends_on: date | None
    host: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LoanDue:
    """A piece of equipment that is not back yet."""

    number: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Situation:
    """What the rules need to know of a person.

    `followed_since` is the day from which a silence counts, contact or not; None when nobody
    follows the person (any more). `expiries` are the last valid days of the papers:
    the rules never know which papers, so that no card can tell. `unsaved_values` were typed and
    cannot be saved as they are.
    """

    placements: tuple[PlacementDates, ...] = ()
    loans: tuple[LoanDue, ...] = ()
    expiries: tuple[date, ...] = ()
    doubtful_values: int = 0
    last_contact: date | None = None
    followed_since: date | None = None
    unsaved_values: int = 0
    unrepresented_minor: bool = False


def alerts_of(
    situation: Situation, today: date, no_contact_days: int = NO_CONTACT_DAYS
) -> tuple[Alert, ...]:
    """Every alert of a person on a day, the most pressing first."""
    found = [_placement_alert(each, today) for each in situation.placements]
    found += [_loan_alert(each, today) for each in situation.loans]
    found += [
        _contact_alert(situation, today, no_contact_days),
        _papers_alert(situation.expiries, today),
        _minor_alert(situation.unrepresented_minor),
        _data_alert(situation.doubtful_values, situation.unsaved_values),
    ]
    alerts = [alert for alert in found if alert is not None]
    return tuple(sorted(alerts, key=lambda alert: ALERT_ORDER.index(alert.kind)))


def expiries_of(held: Iterable[tuple[str, date | None]]) -> tuple[date, ...]:
    """The last valid day of each kind of paper held, given as (kind, last valid day).

    Of several of one kind the best counts: the renewed one, not the old; without a day it never
    expires.
    """
    best: dict[str, date] = {}
    for kind, until in held:
        best[kind] = max(best.get(kind, date.min), until or date.max)
    return tuple(sorted(day for day in best.values() if day < date.max))


def followed_since(entered_on: date, typed_on: date, last_contact: date | None) -> date:
    """The entry; for who was typed in later and has no contact yet, the day of typing."""
    return entered_on if last_contact else max(entered_on, typed_on)


def days_without_contact(situation: Situation, today: date) -> int | None:
    """How long a followed person has been silent, in days; None if nobody follows them."""
    if situation.followed_since is None:
        return None
    since = max(situation.last_contact or date.min, situation.followed_since)
    return max((today - since).days, 0)


def is_silent(situation: Situation, today: date, no_contact_days: int) -> bool:
    """Whether a followed person has had no contact for the number of days of the setting."""
    days = days_without_contact(situation, today)
    return days is not None and days >= no_contact_days


def _placement_alert(placement: PlacementDates, today: date) -> Alert | None:
    now = effective_state(placement.state, placement.starts_on, placement.ends_on, today)
    kind = _placement_kind(now)
    if kind is None:
        return None
    detail = _placement_detail(kind, placement, today)
    return Alert(kind, _PLACEMENT_WORDS[kind], detail, placement.id)


def _placement_kind(now: EffectiveState) -> AlertKind | None:
    if now.alert is PlacementAlert.STARTED_UNSIGNED:
        return AlertKind.STARTED_UNSIGNED
    if now.alert is PlacementAlert.ASSESSMENT_DUE:
        return AlertKind.ASSESSMENT_DUE
    if now.state in (PlacementState.TO_SIGN, PlacementState.PARTLY_SIGNED):
        return AlertKind.TO_SIGN
    if now.state is PlacementState.RUNNING:
        return AlertKind.PLACEMENT_RUNNING
    return None


_PLACEMENT_WORDS = {
    AlertKind.STARTED_UNSIGNED: "Démarrée sans signature",
    AlertKind.ASSESSMENT_DUE: "Bilan attendu",
    AlertKind.TO_SIGN: "PMSMP à signer",
    AlertKind.PLACEMENT_RUNNING: "PMSMP en cours",
}


def _placement_detail(kind: AlertKind, placement: PlacementDates, today: date) -> str:
    words = {
        AlertKind.STARTED_UNSIGNED: ("depuis le", placement.starts_on),
        AlertKind.ASSESSMENT_DUE: ("terminée le", placement.ends_on),
        AlertKind.TO_SIGN: ("début le", placement.starts_on),
        AlertKind.PLACEMENT_RUNNING: ("jusqu’au", placement.ends_on),
    }
    prefix, day = words[kind]
    when = f"{prefix} {short_day(day, today)}" if day else ""
    return ", ".join(part for part in (placement.host, when) if part)


def _loan_alert(loan: LoanDue, today: date) -> Alert | None:
    if loan.due_on is None or loan.due_on >= today:
        return None
    late = (today - loan.due_on).days
    detail = f"{loan.number}, attendu le {short_day(loan.due_on, today)}"
    return Alert(AlertKind.LOAN_LATE, f"PC à rendre, retard {late} j", detail)


def _contact_alert(situation: Situation, today: date, no_contact_days: int) -> Alert | None:
    if not is_silent(situation, today, no_contact_days):
        return None
    text = f"Sans contact {days_without_contact(situation, today)} j"
    last = situation.last_contact
    detail = f"dernier contact le {short_day(last, today)}" if last else "aucun contact noté"
    return Alert(AlertKind.NO_CONTACT, text, detail)


def _papers_alert(expiries: tuple[date, ...], today: date) -> Alert | None:
    soon = [day for day in expiries if day <= today + timedelta(days=RENEWAL_NOTICE_DAYS)]
    if not soon:
        return None
    first = min(soon)
    verb = "a expiré" if first < today else "expire"
    text = "Pièce à renouveler" if len(soon) == 1 else f"{len(soon)} pièces à renouveler"
    return Alert(AlertKind.PAPER_TO_RENEW, text, f"{verb} {relative_day(first, today)}")


def _minor_alert(is_unrepresented: bool) -> Alert | None:
    if not is_unrepresented:
        return None
    return Alert(
        AlertKind.REPRESENTATIVE_MISSING,
        "Représentant légal à noter",
        "il signe les conventions d’une personne mineure",
    )


def _data_alert(doubtful: int, unsaved: int) -> Alert | None:
    count = doubtful + unsaved
    if not count:
        return None
    words = "1 valeur à vérifier" if count == 1 else f"{count} valeurs à vérifier"
    why = "laissées vides par l’import" if doubtful else ""
    kept = "tapées, pas encore enregistrées" if unsaved else ""
    return Alert(AlertKind.DATA_TO_CHECK, words, ", ".join(part for part in (why, kept) if part))
