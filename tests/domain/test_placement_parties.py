from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from connexion_desktop.domain.identity import Nationality, PermitKind
from connexion_desktop.domain.placement_rules import (
    EmployeeFacts,
    HostFacts,
    Permit,
    check,
)
from tests.domain.placement_cases import (
    ENDS_ON,
    MINOR,
    SOUND,
    codes,
    found,
    may_be_signed,
    spoilt,
)

NOT_FRENCH: dict[str, Any] = {"nationality": Nationality.OTHER}


def permit(**changes: Any) -> Permit:
    return replace(Permit("Carte de résident", "9912345678", date(2027, 9, 14)), **changes)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"permit": permit()}, set(), id="titre valable"),
        pytest.param({"permit": permit(expires_on=ENDS_ON)}, set(), id="expire le dernier jour"),
        pytest.param(
            {"permit": permit(expires_on=ENDS_ON - timedelta(days=1))},
            {"permit_expires"},
            id="expire la veille de la fin",
        ),
        pytest.param(
            {"permit": permit(kind=PermitKind.RECEIPT)}, {"permit_provisional"}, id="récépissé"
        ),
        pytest.param(
            {"permit": permit(kind=PermitKind.TEMPORARY_PROTECTION)},
            {"permit_provisional"},
            id="protection temporaire",
        ),
        pytest.param(
            {"nationality": Nationality.EUROPEAN, "permit": None}, set(), id="citoyen européen"
        ),
    ],
)
def test_the_residence_permit(changes: dict[str, Any], expected: set[str]) -> None:
    assert found(**(NOT_FRENCH | changes)) == expected


@pytest.mark.parametrize(
    ("employee", "expected"),
    [
        pytest.param(None, set(), id="sans emploi"),
        pytest.param(EmployeeFacts(False), set(), id="contrat en cours"),
        pytest.param(EmployeeFacts(True), set(), id="contrat suspendu"),
        pytest.param(EmployeeFacts(), {"contract_suspended_unknown"}, id="suspension inconnue"),
    ],
)
def test_the_employer_of_an_employee(employee: EmployeeFacts | None, expected: set[str]) -> None:
    assert found(employee=employee) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"host": HostFacts("36252187900035")}, {"siret_invalid"}, id="clé"),
        pytest.param({"host": HostFacts("0" * 14)}, {"siret_invalid"}, id="zéros"),
        pytest.param({"host": HostFacts("356 000 000 49837")}, set(), id="La Poste"),
        pytest.param(
            {"signatory": "DIALLO Aissatou"}, {"signatory_is_beneficiary"}, id="bénéficiaire"
        ),
    ],
)
def test_the_host(changes: dict[str, Any], expected: set[str]) -> None:
    assert found(**changes) == expected


@pytest.mark.parametrize(
    ("tutor", "expected"),
    [
        pytest.param({"email": "Aissatou.Diallo@example.org "}, {"same_email"}, id="courriel"),
        pytest.param({"phone": "+33 6 39 98 00 11"}, {"same_phone"}, id="téléphone"),
        pytest.param({"name": "Diallo Aïssatou"}, {"same_name"}, id="nom"),
        pytest.param({"email": "", "phone": ""}, set(), id="rien de connu"),
    ],
)
def test_the_parties_have_their_own_addresses(tutor: dict[str, str], expected: set[str]) -> None:
    findings = check(spoilt(tutor=replace(SOUND.tutor, **tutor)))
    assert codes(findings) == expected
    assert may_be_signed(findings)


def test_the_representative_is_compared_too() -> None:
    mother = replace(SOUND.tutor, name="Anne Petit", email="")
    assert found(**(MINOR | {"representative": mother})) == {"same_phone"}


def test_the_association_s_own_siret_is_judged_as_that_of_a_host() -> None:
    wrong = "12345678900011"
    (ours,) = check(spoilt(prescriber_siret=wrong))
    (theirs,) = check(spoilt(host=HostFacts(wrong)))
    assert (ours.field, ours.message) == ("prescriber.siret", theirs.message)
    assert not found(prescriber_siret="732 829 320 00074")
