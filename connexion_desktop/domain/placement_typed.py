"""A convention with what is being typed over what is saved: its paper, and what the rules read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Any

from connexion_desktop.domain.convention_mentions import unstated
from connexion_desktop.domain.convention_paper import Contact, ConventionPaper
from connexion_desktop.domain.identity import Civility, Nationality
from connexion_desktop.domain.placement import PlacementObject, is_signed_by_minor
from connexion_desktop.domain.placement_rules import ContactFacts, PlacementFacts
from connexion_desktop.domain.timetable import Slot

TypedValue = str | date | bool | tuple[Slot, ...] | None

_PLACES = {
    "object": "period.purpose",
    "trade": "period.trade",
    "objectives": "period.objectives",
    "evaluation": "period.evaluation",
    "tasks": "period.tasks",
    "starts_on": "period.first_day",
    "ends_on": "period.last_day",
    "slots": "period.slots",
    "place": "period.place",
    "ppe": "period.ppe",
    "prevention": "period.prevention",
    "observations": "period.observations",
    "annex": "period.has_annex",
    "renewal_reason": "period.renewal.reason",
    "situation_detail": "beneficiary.situation_detail",
    "insurance_attested": "host.insurance_attested",
    "tutor_name": "host.tutor.name",
    "tutor_function": "host.tutor.function",
    "tutor_phone": "host.tutor.phone",
    "tutor_email": "host.tutor.email",
    "host_signatory": "host.signatory.name",
    "host_signatory_function": "host.signatory.function",
    "host.name": "host.body.name",
    "host.siret": "host.body.siret",
    "host.legal_form": "host.body.legal_form",
    "host.ape": "host.ape",
    "host.activity": "host.activity",
    "host.collective_agreement": "host.collective_agreement",
    "host.address": "host.body.address.street",
    "host.postal_code": "host.body.address.postal_code",
    "host.city": "host.body.address.city",
    "host.phone": "host.body.phone",
    "host.email": "host.body.email",
    "person.civility": "beneficiary.civility",
    "person.birth_name": "beneficiary.birth_name",
    "person.birth_city": "beneficiary.birth_city",
    "person.birth_place": "beneficiary.birth_place",
    "person.nationality": "beneficiary.nationality",
    "person.address": "beneficiary.address.street",
    "person.postal_code": "beneficiary.address.postal_code",
    "person.city": "beneficiary.address.city",
    "emergency.name": "beneficiary.emergency.name",
    "emergency.phone": "beneficiary.emergency.phone",
    "representative.name": "beneficiary.representative.name",
    "prescriber.name": "prescriber.body.name",
    "prescriber.siret": "prescriber.body.siret",
    "prescriber.address": "prescriber.body.address.street",
    "prescriber.postal_code": "prescriber.body.address.postal_code",
    "prescriber.city": "prescriber.body.address.city",
    "prescriber.phone": "prescriber.body.phone",
    "prescriber.email": "prescriber.body.email",
    "prescriber.signatory_name": "prescriber.signatory.name",
    "prescriber.signatory_function": "prescriber.signatory.function",
}


def typed_paper(
    paper: ConventionPaper, typed: Mapping[str, TypedValue], today: date
) -> ConventionPaper:
    """The paper with these fields as they are typed; those it does not show are left out.

    `today` is the day on which it would be issued: a minor's representative signs too.
    """
    for name, value in typed.items():
        path = _PLACES.get(name)
        if path is None or (name == "renewal_reason" and paper.period.renewal is None):
            continue
        paper = _put(paper, path, _read(name, value))
    minor = is_signed_by_minor(paper.beneficiary.birth_date, today, paper.period.first_day)
    return replace(paper, beneficiary=replace(paper.beneficiary, is_minor=minor))


_CODES: Mapping[str, type[Enum]] = {
    "object": PlacementObject,
    "person.civility": Civility,
    "person.nationality": Nationality,
}


def _read(name: str, value: TypedValue) -> object:
    """A code that is chosen in a list as what it means; anything else as it is."""
    code = _CODES.get(name)
    if code is None:
        return value
    return code(value) if value else None


def typed_value(paper: ConventionPaper, name: str) -> str:
    """What the paper holds where that field is stated, as text; nothing where it states none."""
    value: Any = paper
    for part in _PLACES[name].split("."):
        value = getattr(value, part)
    return str(value or "")


def restated(facts: PlacementFacts, paper: ConventionPaper) -> PlacementFacts:
    """These facts with all that the paper itself states; the rest is what the base knows."""
    person, host, period, employer = paper.beneficiary, paper.host, paper.period, paper.employer
    return replace(
        facts,
        unstated=tuple(unstated(paper)),
        birth=person.birth_date,
        nationality=person.nationality,
        object=period.purpose,
        objectives=period.objectives,
        tasks=period.tasks,
        starts_on=period.first_day,
        ends_on=period.last_day,
        slots=period.slots,
        prescriber_siret=paper.prescriber.body.siret,
        host=replace(facts.host, siret=host.body.siret),
        tutor=_facts_of(host.tutor),
        beneficiary=ContactFacts(person.full_name, "", person.email, person.phone),
        representative=_facts_of(person.representative) if person.representative.name else None,
        signatory=host.signatory.name,
        employee=replace(facts.employee, contract_suspended=employer.contract_suspended)
        if facts.employee is not None and employer is not None
        else facts.employee,
    )


def _facts_of(contact: Contact) -> ContactFacts:
    return ContactFacts(contact.name, contact.function, contact.email, contact.phone)


def _put(node: Any, path: str, value: object) -> Any:
    head, _, rest = path.partition(".")
    return replace(node, **{head: _put(getattr(node, head), rest, value) if rest else value})
