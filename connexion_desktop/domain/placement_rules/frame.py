"""Rules on the frame: object, journey, delegation, what must be stated, signatures in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from connexion_desktop.domain.calendar_fr import add_months, working_days_until
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.placement_rules.facts import Delegation, PlacementFacts
from connexion_desktop.domain.placement_rules.findings import Finding, block, lacks, warn

_SUPPORT = "L. 5135-2"
_DELEGATION = "L. 5135-2, 5°"
_SIGNATURE = "D. 5135-1"


def mentions_are_made(facts: PlacementFacts) -> Iterator[Finding]:
    """All that a convention must state is stated. Articles L. 5135-1, D. 5135-2 and D. 5135-3."""
    for mention in facts.unstated:
        yield lacks(mention.code, mention.field, mention.message, mention.source)


def journey_covers_the_period(facts: PlacementFacts) -> Iterator[Finding]:
    """The beneficiary is under personalised support over the whole period. Article L. 5135-2."""
    journey = facts.journey
    if journey is None:
        yield lacks(
            "journey_missing",
            "journey",
            "Aucun parcours d’accompagnement n’est ouvert pour cette personne.",
            _SUPPORT,
        )
        return
    if facts.starts_on is not None and facts.starts_on < journey.first:
        yield block(
            "journey_not_begun",
            "starts_on",
            f"La période commence avant l’accompagnement (ouvert le {long_day(journey.first)}).",
            _SUPPORT,
        )
    if facts.ends_on is not None and journey.last is not None and facts.ends_on > journey.last:
        yield block(
            "journey_over",
            "ends_on",
            f"La période s’achève après l’accompagnement (clos le {long_day(journey.last)}).",
            _SUPPORT,
        )


def delegation_is_valid(facts: PlacementFacts) -> Iterator[Finding]:
    """The association prescribes by a delegation valid on the first day, of which the reference
    and the body are stated. Article L. 5135-2, 5°.

    Warns when it ends within three months, then one, and when it ends during the period.
    """
    if not facts.delegations:
        yield lacks(
            "delegation_missing",
            "delegations",
            "Aucune délégation de prescription n’est enregistrée.",
            _DELEGATION,
        )
        return
    day = facts.starts_on or facts.today
    valid = [each for each in facts.delegations if each.is_valid_on(day)]
    if not valid:
        yield block(
            "delegation_invalid",
            "delegations",
            f"Aucune délégation de prescription n’est valable le {long_day(day)}.",
            _DELEGATION,
        )
        return
    for field, value, message in (
        ("reference", valid[0].reference, "La référence de la délégation est à saisir."),
        ("body", valid[0].body, "L’organisme qui délègue la prescription est à nommer."),
    ):
        if not value.strip():
            yield lacks(f"delegation_{field}_missing", "delegations", message, _DELEGATION)
    yield from _delegation_ends_soon(facts, valid[0])


def _delegation_ends_soon(facts: PlacementFacts, used: Delegation) -> Iterator[Finding]:
    end = used.ends_on
    while end is not None:
        follower = _delegation_valid_on_next_day(facts, used)
        if follower is None:
            break
        used, end = follower, follower.ends_on
    if end is None:
        return
    if facts.ends_on is not None and end < facts.ends_on:
        yield warn(
            "delegation_ends_during",
            "delegations",
            f"La délégation {used.reference} prend fin le {long_day(end)}, pendant la période : "
            "demandez son renouvellement.",
            _DELEGATION,
        )
        return
    for months in sorted(facts.settings.delegation_warning_months):
        if end < add_months(facts.today, months):
            length = "d’un mois" if months == 1 else f"de {months} mois"
            yield warn(
                "delegation_ends_soon",
                "delegations",
                f"La délégation {used.reference} prend fin dans moins {length} "
                f"(le {long_day(end)}) : demandez son renouvellement.",
                _DELEGATION,
            )
            return


def _delegation_valid_on_next_day(facts: PlacementFacts, used: Delegation) -> Delegation | None:
    if used.ends_on is None:
        return None
    next_day = used.ends_on + timedelta(days=1)
    return next((each for each in facts.delegations if each.is_valid_on(next_day)), None)


def signed_in_time(facts: PlacementFacts) -> Iterator[Finding]:
    """All sign before the first day. Article D. 5135-1.

    Warns from two working days before; on the first day it is « démarrée sans signature ».
    """
    if facts.starts_on is None or facts.all_signed:
        return
    if facts.starts_on <= facts.today:
        yield warn(
            "started_unsigned",
            "starts_on",
            f"Démarrée sans signature : la période a commencé le {long_day(facts.starts_on)} "
            "et tout le monde n’a pas signé.",
            _SIGNATURE,
        )
    elif working_days_until(facts.today, facts.starts_on) <= facts.settings.late_working_days:
        yield warn(
            "signatures_late",
            "starts_on",
            f"La période commence le {long_day(facts.starts_on)} et tout le monde n’a pas signé.",
            _SIGNATURE,
        )
