"""A convention in which nothing is wrong, to be spoilt one fact at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from connexion_desktop.domain.hours import parse_ranges
from connexion_desktop.domain.identity import Nationality
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.placement import PlacementObject
from connexion_desktop.domain.placement_rules import (
    ContactFacts,
    Delegation,
    Finding,
    HostFacts,
    PastPlacement,
    Period,
    PlacementFacts,
    Severity,
    check,
)
from connexion_desktop.domain.timetable import Slot, WeeklyPattern, slots_on

TODAY = date(2026, 3, 2)
STARTS_ON = date(2026, 3, 18)  # a Wednesday
ENDS_ON = date(2026, 3, 27)
SIRET = "213 300 635 00017"
OTHER_SIRET = "213 305 220 00013"
OFFICE_HOURS = "9h-12h / 13h-17h"

SOUND = PlacementFacts(
    today=TODAY,
    birth=ImpreciseDate(date(1991, 4, 3)),
    nationality=Nationality.FRENCH,
    journey=Period(date(2026, 3, 2), date(2026, 12, 31)),
    delegations=(Delegation("DEL-33", "France Travail", date(2026, 1, 1), date(2026, 12, 31)),),
    object=PlacementObject.DISCOVER,
    objectives="Voir le métier d’agent d’accueil",
    tasks="Accueillir le public, orienter",
    starts_on=STARTS_ON,
    ends_on=ENDS_ON,
    slots=WeeklyPattern.of(dict.fromkeys((2, 3, 4), parse_ranges(OFFICE_HOURS))).expand(
        STARTS_ON, ENDS_ON
    ),
    host=HostFacts(SIRET),
    tutor=ContactFacts("Claire Sorbier", "Responsable", "accueil@example.org", "05 36 49 00 01"),
    beneficiary=ContactFacts(
        "Aïssatou Diallo", "", "aissatou.diallo@example.org", "06 39 98 00 11"
    ),
    signatory="Paul Vidal",
)


MINOR = {
    "birth": ImpreciseDate(date(2008, 9, 30)),
    "representative": ContactFacts("Anne Petit", "", "", "06 39 98 00 23"),
}
UNDER_SIXTEEN = MINOR | {"birth": ImpreciseDate(date(2010, 9, 30))}


WARNINGS = {
    "delegation_ends_during",
    "delegation_ends_soon",
    "signatures_late",
    "started_unsigned",
    "collective_days",
    "day_over_10h",
    "week_over_48h",
    "rest_under_11h",
    "seven_days_in_a_row",
    "sunday",
    "public_holiday",
    "night",
    "minor_risky_task",
    "permit_provisional",
    "same_name",
    "same_email",
    "same_phone",
}
"""What lets through with a reason; all the rest forbids to sign."""


def spoilt(**changes: Any) -> PlacementFacts:
    """The sound convention with some facts changed."""
    return replace(SOUND, **changes)


def codes(findings: Iterable[Finding]) -> set[str]:
    return {finding.code for finding in findings}


def may_be_signed(findings: Iterable[Finding]) -> bool:
    """Whether none of these findings blocks."""
    return all(finding.severity is not Severity.BLOCK for finding in findings)


def found(**changes: Any) -> set[str]:
    """The codes of what is wrong once these facts are changed; each has the severity of the law."""
    findings = check(spoilt(**changes))
    for finding in findings:
        may_warn = finding.code in WARNINGS
        if finding.code != "two_at_once":  # signed, the other one blocks; else it warns
            assert (finding.severity is Severity.WARN) == may_warn, finding
    return codes(findings)


def hours_on(*typed: tuple[date, str]) -> tuple[Slot, ...]:
    """The slots of some days, typed as in the app."""
    return tuple(slot for day, text in typed for slot in slots_on(day, parse_ranges(text)))


def past(starts_on: date, ends_on: date, **changes: Any) -> PastPlacement:
    """Another signed convention at the same host, with another object."""
    other = PastPlacement(
        key=f"PMSMP-{starts_on:%Y-%m%d}",
        siret=SIRET,
        object=PlacementObject.CONFIRM,
        objectives="Confirmer le projet",
        starts_on=starts_on,
        ends_on=ends_on,
        signed=True,
    )
    return replace(other, **changes)
