"""Rules on who takes part: permit, employer, host, tutor, and each with their own address."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.identity import Nationality, PermitKind
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.phones import bare_phone
from connexion_desktop.domain.placement_rules.facts import (
    ContactFacts,
    Permit,
    PlacementFacts,
)
from connexion_desktop.domain.placement_rules.findings import Finding, block, lacks, warn
from connexion_desktop.domain.siret import siret_problem

_HOST = "D. 5135-2"
_NOTICE = "notice du Cerfa 13912"
_EMPLOYER = "D. 5135-1"


def permit_covers_the_period(facts: PlacementFacts) -> Iterator[Finding]:
    """A third-country national holds a permit valid to the last day. Source: the Cerfa notice.

    A récépissé or a temporary protection only warns.
    """
    if facts.nationality is not Nationality.OTHER:
        return
    permit = facts.permit or Permit()
    yield from _permit_expiry(facts, permit)
    if permit.kind in (PermitKind.RECEIPT, PermitKind.TEMPORARY_PROTECTION):
        yield warn(
            "permit_provisional",
            "permit.kind",
            f"{permit.kind.label} : vérifiez que ce document permet l’immersion.",
            _NOTICE,
        )


def _permit_expiry(facts: PlacementFacts, permit: Permit) -> Iterator[Finding]:
    if permit.expires_on is None or facts.ends_on is None:
        return
    if permit.expires_on < facts.ends_on:
        yield block(
            "permit_expires",
            "permit.expires_on",
            f"Le titre de séjour expire le {long_day(permit.expires_on)}, "
            "avant la fin de la période.",
            _NOTICE,
        )


def employer_signs_for_an_employee(facts: PlacementFacts) -> Iterator[Finding]:
    """Whether an employee's employer signs depends on the contract being suspended or not, which
    somebody must say. Article D. 5135-1."""
    employee = facts.employee
    if employee is not None and employee.contract_suspended is None:
        yield lacks(
            "contract_suspended_unknown",
            "employee.contract_suspended",
            "Indiquez si le contrat de travail est suspendu pendant l’immersion.",
            _EMPLOYER,
        )


def sirets_are_valid(facts: PlacementFacts) -> Iterator[Finding]:
    """The association's SIRET and the host's, once typed, are valid. Article D. 5135-2."""
    if facts.prescriber_siret.strip() and (problem := siret_problem(facts.prescriber_siret)):
        yield block("prescriber_siret_invalid", "prescriber.siret", problem, _HOST)
    if facts.host.siret.strip() and (problem := siret_problem(facts.host.siret)):
        yield block("siret_invalid", "host.siret", problem, _HOST)


def host_signatory_is_another_person(facts: PlacementFacts) -> Iterator[Finding]:
    """Whoever signs for the host is not the beneficiary. Article D. 5135-2."""
    if facts.signatory.strip() and _same_name(facts.signatory, facts.beneficiary.name):
        yield block(
            "signatory_is_beneficiary",
            "signatory",
            "La personne qui signe pour la structure ne peut pas être le bénéficiaire.",
            _HOST,
        )


def _same_name(one: str, other: str) -> bool:
    return sorted(fold(one).split()) == sorted(fold(other).split())


def parties_have_their_own_addresses(facts: PlacementFacts) -> Iterator[Finding]:
    """Tutor, beneficiary and representative share neither name, mail nor phone.

    Source: what goes wrong in Immersion Facilitée, where papers reach the wrong person.
    """
    people: list[tuple[str, str, ContactFacts]] = [
        ("beneficiary", "du bénéficiaire", facts.beneficiary),
        ("representative", "du représentant légal", facts.representative or ContactFacts()),
        ("tutor", "du tuteur", facts.tutor),
    ]
    for (_, one_of, one), (field, other_of, other) in combinations(people, 2):
        whose = f"{one_of} et {other_of}"
        if fold(one.name) and _same_name(one.name, other.name):
            yield warn("same_name", f"{field}.name", f"Même nom {whose}.", _NOTICE)
        if one.email.strip() and one.email.strip().lower() == other.email.strip().lower():
            yield warn("same_email", f"{field}.email", f"Même courriel {whose}.", _NOTICE)
        if bare_phone(one.phone) and bare_phone(one.phone) == bare_phone(other.phone):
            yield warn("same_phone", f"{field}.phone", f"Même téléphone {whose}.", _NOTICE)
