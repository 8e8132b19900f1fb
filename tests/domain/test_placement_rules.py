from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.identity import Nationality, PermitKind
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.placement_rules import (
    RULES,
    ContactFacts,
    Delegation,
    EmployeeFacts,
    HostFacts,
    Period,
    Permit,
    PlacementFacts,
    Renewal,
    Severity,
    check,
)
from connexion_desktop.domain.timetable import Slot
from tests.domain.placement_cases import (
    ENDS_ON,
    SOUND,
    STARTS_ON,
    TODAY,
    codes,
    found,
    hours_on,
    may_be_signed,
    past,
    spoilt,
)


def test_nothing_is_wrong_with_a_sound_convention() -> None:
    assert check(SOUND) == ()
    assert may_be_signed(check(SOUND))


def test_an_empty_form_only_lacks_things() -> None:
    findings = check(PlacementFacts(today=TODAY))
    assert findings
    assert all(each.missing and each.severity is Severity.BLOCK for each in findings)
    assert not may_be_signed(findings)


def test_a_warning_lets_the_convention_be_signed() -> None:
    findings = check(spoilt(collective_days=frozenset({STARTS_ON})))
    assert codes(findings) == {"collective_days"}
    assert may_be_signed(findings)


def test_each_rule_tells_its_article() -> None:
    for rule in RULES:
        assert re.search(r"Article|L\. \d|D\. \d|Source|notice", rule.__doc__ or ""), rule


def test_each_finding_names_a_real_fact_and_its_source() -> None:
    worst = spoilt(
        nationality=Nationality.OTHER,
        permit=Permit(kind=PermitKind.RECEIPT),
        employee=EmployeeFacts(),
        renewal=Renewal(""),
        birth=ImpreciseDate(date(2009, 1, 1)),
        representative=None,
        host=HostFacts("1"),
        tutor=replace(SOUND.beneficiary),
        signatory="Diallo Aïssatou",
        journey=None,
        delegations=(),
        ends_on=date(2026, 5, 1),
    )
    findings = [*check(worst), *check(PlacementFacts(today=TODAY))]
    assert len(codes(findings)) > 10
    for finding in findings:
        assert finding.source
        assert finding.message.endswith((".", "?", "…"))
        names = {each.name for each in fields(PlacementFacts)}
        first, _, rest = finding.field.partition(".")
        assert first in names, finding
        if rest:
            holders = (HostFacts, ContactFacts, EmployeeFacts, Permit, Renewal)
            assert any(rest in {each.name for each in fields(holder)} for holder in holders)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"journey": None}, "journey_missing", id="sans accompagnement"),
        pytest.param(
            {"journey": Period(STARTS_ON + timedelta(days=1))},
            "journey_not_begun",
            id="accompagnement après le début",
        ),
        pytest.param(
            {"journey": Period(TODAY, ENDS_ON - timedelta(days=1))},
            "journey_over",
            id="accompagnement clos avant la fin",
        ),
    ],
)
def test_the_frame_of_a_convention(changes: dict[str, Any], code: str) -> None:
    assert code in found(**changes)


@pytest.mark.parametrize(
    "journey", [Period(TODAY), Period(STARTS_ON), Period(STARTS_ON, ENDS_ON)], ids=str
)
def test_a_journey_that_covers_the_period(journey: Period) -> None:
    assert found(journey=journey) == set()


def delegation(starts_on: date, ends_on: date | None) -> Delegation:
    return Delegation("DEL-33", "France Travail", starts_on, ends_on)


NEW_YEAR = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("delegations", "expected"),
    [
        pytest.param((), {"delegation_missing"}, id="aucune"),
        pytest.param(
            (delegation(NEW_YEAR, STARTS_ON - timedelta(days=1)),),
            {"delegation_invalid"},
            id="finie la veille",
        ),
        pytest.param(
            (delegation(STARTS_ON + timedelta(days=1), None),),
            {"delegation_invalid"},
            id="commence le lendemain",
        ),
        pytest.param((delegation(NEW_YEAR, None),), set(), id="sans fin"),
        pytest.param(
            (delegation(NEW_YEAR, date(2026, 6, 1)),), {"delegation_ends_soon"}, id="trois mois"
        ),
        pytest.param((delegation(NEW_YEAR, date(2026, 6, 2)),), set(), id="plus de trois mois"),
        pytest.param(
            (delegation(NEW_YEAR, ENDS_ON - timedelta(days=1)),),
            {"delegation_ends_during"},
            id="finit pendant la période",
        ),
        pytest.param(
            (delegation(NEW_YEAR, ENDS_ON),), {"delegation_ends_soon"}, id="finit le dernier jour"
        ),
        pytest.param(
            (
                delegation(NEW_YEAR, date(2026, 3, 31)),
                delegation(date(2026, 4, 2), date(2027, 3, 31)),
            ),
            {"delegation_ends_soon"},
            id="renouvelée, mais un jour manque",
        ),
        pytest.param(
            (
                delegation(NEW_YEAR, date(2026, 3, 31)),
                delegation(date(2026, 4, 1), date(2027, 3, 31)),
            ),
            set(),
            id="déjà renouvelée",
        ),
    ],
)
def test_the_delegation_is_valid_on_the_first_day(
    delegations: tuple[Delegation, ...], expected: set[str]
) -> None:
    assert found(delegations=delegations) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(("DEL-33", "France Travail"), set(), id="complète"),
        pytest.param((" ", "France Travail"), {"delegation_reference_missing"}, id="sans numéro"),
        pytest.param(("DEL-33", ""), {"delegation_body_missing"}, id="sans organisme"),
    ],
)
def test_the_delegation_says_its_reference_and_its_body(
    written: tuple[str, str], expected: set[str]
) -> None:
    assert found(delegations=(Delegation(*written, NEW_YEAR, date(2026, 12, 31)),)) == expected


def test_a_delegation_that_ends_within_a_month_says_so() -> None:
    facts = spoilt(delegations=(delegation(NEW_YEAR, date(2026, 3, 31)),))
    (warning,) = check(facts)
    assert "moins d’un mois" in warning.message


@pytest.mark.parametrize(
    ("today", "signed", "expected"),
    [
        pytest.param(date(2026, 3, 13), False, set(), id="trois jours ouvrés avant"),
        pytest.param(date(2026, 3, 16), False, {"signatures_late"}, id="deux jours ouvrés avant"),
        pytest.param(STARTS_ON, False, {"started_unsigned"}, id="premier jour"),
        pytest.param(ENDS_ON, False, {"started_unsigned"}, id="après le début"),
        pytest.param(STARTS_ON, True, set(), id="signée"),
    ],
)
def test_signatures_in_time(today: date, signed: bool, expected: set[str]) -> None:
    assert found(today=today, all_signed=signed) == expected


maybe_day = st.none() | st.dates(date(2025, 1, 1), date(2027, 12, 31))
any_slots = st.lists(
    st.builds(
        Slot,
        st.dates(date(2026, 3, 1), date(2026, 4, 30)),
        st.integers(-9, 1500),
        st.integers(-9, 1500),
    ),
    max_size=12,
).map(tuple)


@given(
    starts_on=maybe_day,
    ends_on=maybe_day,
    slots=any_slots,
    birth=st.none()
    | st.builds(
        ImpreciseDate, st.dates(date(1950, 1, 1), date(2015, 1, 1)), st.sampled_from(Precision)
    ),
    siret=st.text(max_size=15),
    name=st.text(max_size=10),
)
def test_a_form_being_typed_never_breaks_the_rules(
    *,
    starts_on: date | None,
    ends_on: date | None,
    slots: tuple[Slot, ...],
    birth: ImpreciseDate | None,
    siret: str,
    name: str,
) -> None:
    findings = check(
        spoilt(
            starts_on=starts_on,
            ends_on=ends_on,
            slots=slots,
            birth=birth,
            host=HostFacts(siret),
            tutor=ContactFacts(name, name, name, siret),
            signatory=name,
            past=(past(date(2025, 9, 1), date(2025, 9, 12)),),
        )
    )
    assert all(each.message and each.source for each in findings)


def test_a_sentence_that_ends_with_a_month_cut_short_has_one_dot() -> None:
    days = (date(2026, 4, 13), date(2026, 4, 14))
    (finding,) = check(
        spoilt(
            starts_on=days[0],
            ends_on=days[1],
            slots=hours_on(*((day, "9h-12h") for day in days)),
            collective_days=frozenset(days),
        )
    )
    assert finding.message.endswith("mar. 14 avr.")
