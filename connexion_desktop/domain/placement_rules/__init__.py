"""The rules of an immersion, one function each; `check` runs them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from connexion_desktop.domain.placement_rules import frame, hours, minors, parties, period
from connexion_desktop.domain.placement_rules.facts import (
    ContactFacts,
    Delegation,
    EmployeeFacts,
    HostFacts,
    PastPlacement,
    Period,
    Permit,
    PlacementFacts,
    Renewal,
    RuleSettings,
)
from connexion_desktop.domain.placement_rules.findings import Finding, Severity

__all__ = [
    "RULES",
    "ContactFacts",
    "Delegation",
    "EmployeeFacts",
    "Finding",
    "HostFacts",
    "PastPlacement",
    "Period",
    "Permit",
    "PlacementFacts",
    "Renewal",
    "Rule",
    "RuleSettings",
    "Severity",
    "check",
]

Rule = Callable[[PlacementFacts], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    frame.mentions_are_made,
    frame.journey_covers_the_period,
    frame.delegation_is_valid,
    period.period_lasts_a_month_at_most,
    period.renewal_is_allowed,
    period.same_host_is_not_overused,
    period.one_place_at_a_time,
    period.collective_days_are_free,
    hours.timetable_stands,
    hours.host_hours_are_kept,
    hours.unusual_times_are_told,
    minors.minor_hours_are_kept,
    minors.minor_pauses_are_kept,
    minors.minor_rests_are_kept,
    minors.minor_nights_are_free,
    minors.minor_holidays_are_free,
    minors.minor_tasks_are_safe,
    parties.permit_covers_the_period,
    parties.employer_signs_for_an_employee,
    parties.sirets_are_valid,
    parties.host_signatory_is_another_person,
    parties.parties_have_their_own_addresses,
    frame.signed_in_time,
)
"""In the order of the form."""


def check(facts: PlacementFacts) -> tuple[Finding, ...]:
    """Everything the rules say of these facts, however incomplete they are."""
    return tuple(finding for rule in RULES for finding in rule(facts))
