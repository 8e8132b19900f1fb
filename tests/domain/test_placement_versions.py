"""What changed from one version of a convention to the next; what is being typed over it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from connexion_desktop.domain.convention_paper import (
    Body,
    Contact,
    ConventionPaper,
    Employer,
    Renewal,
)
from connexion_desktop.domain.hours import parse_ranges
from connexion_desktop.domain.placement import PlacementObject
from connexion_desktop.domain.placement_rules import check
from connexion_desktop.domain.placement_typed import TypedValue, restated, typed_paper
from connexion_desktop.domain.placement_versions import paper_changes
from connexion_desktop.domain.timetable import slots_on
from tests.documents.papers import employee_paper
from tests.documents.papers import issued_paper as paper
from tests.domain.placement_cases import SOUND, TODAY, codes


def test_the_same_paper_has_no_change() -> None:
    assert paper_changes(paper(), replace(paper(), number="PMSMP-2026-0099", edition=2)) == ()


@pytest.mark.parametrize(
    ("field", "value", "label"),
    [
        ("tutor_name", "Karine Belin", "Tuteur"),
        ("ends_on", date(2026, 5, 29), "Dernier jour"),
        ("slots", slots_on(date(2026, 5, 4), parse_ranges("9h-12h")), "Horaires"),
        ("place", "Chantier du quai", "Lieu"),
        ("tasks", "Autre chose", "Activités confiées"),
        ("object", "recruit", "Objet"),
        ("objectives", "Autre but", "Objectifs"),
        ("host.siret", "21330522000013", "SIRET"),
    ],
)
def test_a_change_of_substance_voids_the_signatures(
    field: str, value: TypedValue, label: str
) -> None:
    changes = paper_changes(paper(), typed_paper(paper(), {field: value}, TODAY))
    assert [(change.label, change.voids) for change in changes] == [(label, True)]


@pytest.mark.parametrize(
    ("field", "value", "label"),
    [
        ("observations", "Venir par le tram C.", "Observations"),
        ("host.activity", "Autre activité", "Activité de la structure d’accueil"),
        ("host.address", "3 quai des Marques", "Adresse de la structure d’accueil"),
        ("ppe", "Chaussures de sécurité neuves", "Équipements de protection"),
    ],
)
def test_a_clerical_correction_voids_nothing(field: str, value: TypedValue, label: str) -> None:
    changes = paper_changes(paper(), typed_paper(paper(), {field: value}, TODAY))
    assert [(change.label, change.voids) for change in changes] == [(label, False)]


def employed(base: ConventionPaper, **changes: Any) -> ConventionPaper:
    """The same person, whose employer signs."""
    return replace(base, employer=replace(employee_paper().employer or Employer(), **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"aided_contract_number": "033 26 00099"},
        {"aided_contract_renewal": "2"},
        {"aided_contract_amendment": "1"},
        {"body": Body("Régie de quartier imaginaire", siret="41816609600069")},
    ],
    ids=["number", "renewal", "amendment", "address and phone"],
)
def test_correcting_what_is_said_of_the_employer_voids_nothing(changes: dict[str, Any]) -> None:
    (change,) = paper_changes(employed(paper()), employed(paper(), **changes))
    assert (change.label, change.voids) == ("Employeur", False)


@pytest.mark.parametrize(
    "changes",
    [
        {"body": Body("Régie de la Benauge", siret="41816609600069")},
        {"body": Body("Régie de quartier imaginaire", siret="21330522000013")},
        {"representative": Contact("Jeanne Petit", "directrice")},
        {"contract_suspended": True},
    ],
    ids=["name", "siret", "who signs", "signs no more"],
)
def test_another_employer_or_another_signatory_of_theirs_voids_the_signatures(
    changes: dict[str, Any],
) -> None:
    (change,) = paper_changes(employed(paper()), employed(paper(), **changes))
    assert (change.label, change.voids) == ("Employeur", True)


def test_another_accompanying_body_is_told_as_such_and_voids_the_signatures() -> None:
    body = Body("Mission d’accompagnement fictive", phone="05 36 49 55 55")
    helped = replace(paper(), accompaniment=replace(paper().accompaniment, body=body))
    (change,) = paper_changes(paper(), helped)
    assert (change.label, change.voids) == ("Structure d’accompagnement", True)
    assert change.after == "Mission d’accompagnement fictive, France, 05 36 49 55 55"
    called = replace(body, phone="05 36 49 55 56")
    moved = replace(paper(), accompaniment=replace(paper().accompaniment, body=called))
    (change,) = paper_changes(helped, moved)
    assert (change.label, change.voids) == ("Structure d’accompagnement", False)


def test_another_conseiller_is_told_as_such_and_voids_nothing() -> None:
    referent = Contact("Paul Essai", "Conseiller", "05 36 49 00 01")
    other = replace(paper(), accompaniment=replace(paper().accompaniment, referent=referent))
    (change,) = paper_changes(paper(), other)
    assert (change.label, change.voids) == ("Conseiller référent", False)


def test_the_tutor_s_new_phone_voids_nothing() -> None:
    called = typed_paper(paper(), {"tutor_phone": "05 36 49 00 02"}, TODAY)
    (change,) = paper_changes(paper(), called)
    assert (change.label, change.voids) == ("Tuteur", False)


def test_a_new_address_is_told_in_one_line() -> None:
    typed = {"host.address": "1 rue Neuve", "host.postal_code": "33000", "host.city": "Pau"}
    moved = typed_paper(paper(), typed, TODAY)
    (change,) = paper_changes(paper(), moved)
    assert change.after == "1 rue Neuve, 33000, Pau"


def test_renewing_is_a_change_of_substance() -> None:
    base = paper()
    renewed = replace(
        base, period=replace(base.period, renewal=Renewal("PMSMP-2026-0001", "Trop court"))
    )
    (change,) = paper_changes(base, renewed)
    assert (change.label, change.after) == ("Renouvellement", "PMSMP-2026-0001, Trop court")
    assert change.voids


def test_what_is_typed_goes_to_its_place_on_the_paper() -> None:
    typed = typed_paper(
        ConventionPaper(
            "BROUILLON-1",
            paper().prescriber,
            paper().beneficiary,
            paper().host,
            paper().accompaniment,
            paper().period,
        ),
        {
            "object": "confirm",
            "prescriber.city": "Talence",
            "host_signatory": "Rose Lamy",
            "renewal_reason": "sans objet",
            "family_id": "unseen on the paper",
        },
        TODAY,
    )
    assert typed.period.purpose is PlacementObject.CONFIRM
    assert typed.prescriber.body.address.city == "Talence"
    assert typed.host.signatory.name == "Rose Lamy"
    assert typed.period.renewal == paper().period.renewal


def test_the_rules_read_what_is_typed_and_keep_what_only_the_base_knows() -> None:
    typed = typed_paper(paper(), {"ends_on": date(2026, 9, 1), "host.siret": "1234"}, TODAY)
    facts = restated(SOUND, typed)
    assert facts.delegations == SOUND.delegations
    assert facts.journey == SOUND.journey
    assert {"period_too_long", "siret_invalid"} <= codes(check(facts))
