from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.placement import PlacementObject
from connexion_desktop.domain.placement_rules import (
    RULES,
    ContactFacts,
    Delegation,
    EmployeeFacts,
    HostFacts,
    Nationality,
    Period,
    Permit,
    PermitKind,
    PlacementFacts,
    Renewal,
    RuleSettings,
    Severity,
    check,
    may_be_signed,
)
from connexion_desktop.domain.timetable import Slot
from tests.domain.placement_cases import (
    ENDS_ON,
    OFFICE_HOURS,
    OTHER_SIRET,
    SIRET,
    SOUND,
    STARTS_ON,
    TODAY,
    codes,
    found,
    hours_on,
    past,
    spoilt,
)

NOT_FRENCH: dict[str, Any] = {"nationality": Nationality.THIRD_COUNTRY}


def permit(**changes: Any) -> Permit:
    return replace(Permit("Carte de résident", "9912345678", date(2027, 9, 14)), **changes)


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
        nationality=Nationality.THIRD_COUNTRY,
        permit=Permit(kind=PermitKind.RECEIPT),
        employee=EmployeeFacts(),
        renewal=Renewal("", ""),
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
    assert len(codes(findings)) > 20
    for finding in findings:
        assert finding.source
        assert finding.message.endswith((".", "?", "…"))
        target: object = PlacementFacts
        names = {each.name for each in fields(PlacementFacts)}
        first, _, rest = finding.field.partition(".")
        assert first in names, finding
        if rest:
            holders = (HostFacts, ContactFacts, EmployeeFacts, Permit, Renewal)
            assert any(rest in {each.name for each in fields(holder)} for holder in holders)
        assert is_dataclass(target)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"object": None}, "object_missing", id="objet absent"),
        pytest.param({"objectives": " "}, "objectives_missing", id="objectifs absents"),
        pytest.param({"tasks": ""}, "tasks_missing", id="tâches absentes"),
        pytest.param({"evaluation": ""}, "evaluation_missing", id="évaluation absente"),
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
        pytest.param({"starts_on": None}, "starts_on_missing", id="sans premier jour"),
        pytest.param({"ends_on": None}, "ends_on_missing", id="sans dernier jour"),
        pytest.param({"birth": None}, "birth_missing", id="sans naissance"),
        pytest.param({"nationality": None}, "nationality_missing", id="sans nationalité"),
        pytest.param({"slots": ()}, "slots_missing", id="sans horaires"),
        pytest.param({"signatory": ""}, "signatory_missing", id="sans signataire"),
    ],
)
def test_the_frame_of_a_convention(changes: dict[str, Any], code: str) -> None:
    assert code in found(**changes)


def test_an_open_ended_journey_covers_every_period() -> None:
    assert found(journey=Period(TODAY)) == set()


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
            {"delegation_ends_during", "delegation_ends_soon"},
            id="finit pendant la période",
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


def test_a_delegation_that_ends_within_a_month_says_so() -> None:
    facts = spoilt(delegations=(delegation(NEW_YEAR, date(2026, 3, 31)),))
    (warning,) = check(facts)
    assert "moins d’un mois" in warning.message


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "same_number", "expected"),
    [
        pytest.param(date(2026, 1, 15), date(2026, 2, 14), False, False, id="un mois juste"),
        pytest.param(date(2026, 1, 15), date(2026, 2, 15), False, True, id="un jour de trop"),
        pytest.param(date(2026, 1, 15), date(2026, 2, 15), True, False, id="quantième compris"),
        pytest.param(date(2026, 1, 31), date(2026, 2, 28), False, False, id="31 janvier"),
        pytest.param(date(2026, 1, 31), date(2026, 3, 1), False, True, id="31 janvier dépassé"),
    ],
)
def test_a_convention_over_one_month_is_refused(
    starts_on: date, ends_on: date, same_number: bool, expected: bool
) -> None:
    settings = RuleSettings(same_number_day_included=same_number)
    wrong = found(starts_on=starts_on, ends_on=ends_on, settings=settings)
    assert ("period_too_long" in wrong) is expected


def test_a_period_the_wrong_way_round_is_refused() -> None:
    assert "period_reversed" in found(starts_on=ENDS_ON, ends_on=STARTS_ON)


INITIAL = past(
    date(2026, 2, 2),
    date(2026, 2, 27),
    object=SOUND.object,
    objectives="voir le métier d'agent d'accueil",
)
RENEWAL = Renewal(INITIAL.key, "Absente deux semaines")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, set(), id="régulier"),
        pytest.param(
            {"renewal": Renewal(INITIAL.key)}, {"renewal_reason_missing"}, id="sans motif"
        ),
        pytest.param(
            {"renewal": Renewal("?", "Absente")},
            {"renewal_initial_missing"},
            id="convention initiale inconnue",
        ),
        pytest.param(
            {"host": HostFacts(OTHER_SIRET, "Ville de Talence", insured=True)},
            {"renewal_other_host"},
            id="autre structure",
        ),
        pytest.param(
            {"object": PlacementObject.RECRUIT}, {"renewal_other_object"}, id="autre objet"
        ),
        pytest.param(
            {"objectives": "Autre chose"}, {"renewal_other_objectives"}, id="autres objectifs"
        ),
        pytest.param(
            {"past": (replace(INITIAL, renewal_of="PMSMP-2026-0001"),)},
            {"renewed_twice"},
            id="renouvellement d’un renouvellement",
        ),
        pytest.param(
            {"past": (INITIAL, past(date(2026, 3, 1), date(2026, 3, 10), renewal_of=INITIAL.key))},
            {"renewed_twice"},
            id="deuxième renouvellement",
        ),
        pytest.param(
            {"past": (replace(INITIAL, ends_on=STARTS_ON, slots=hours_on((TODAY, "9h-12h"))),)},
            {"renewal_overlaps"},
            id="avant la fin de la première",
        ),
    ],
)
def test_a_renewal(changes: dict[str, Any], expected: set[str]) -> None:
    facts: dict[str, Any] = {"renewal": RENEWAL, "past": (INITIAL,)}
    assert found(**(facts | changes)) == expected


MORE_GOALS = {"objectives": "Autre but"}


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        pytest.param((past(date(2025, 9, 1), date(2025, 9, 12)),), set(), id="une seule avant"),
        pytest.param(
            (
                past(date(2025, 9, 1), date(2025, 9, 12)),
                past(date(2025, 11, 3), date(2025, 11, 14), **MORE_GOALS),
            ),
            {"same_host_too_many"},
            id="trois conventions en douze mois",
        ),
        pytest.param(
            (
                past(date(2025, 3, 2), date(2025, 3, 27)),
                past(date(2025, 11, 3), date(2025, 11, 14), **MORE_GOALS),
            ),
            set(),
            id="la première finie il y a douze mois",
        ),
        pytest.param(
            (
                past(date(2025, 3, 2), date(2025, 3, 28)),
                past(date(2025, 11, 3), date(2025, 11, 14), **MORE_GOALS),
            ),
            {"same_host_too_many"},
            id="la première finie un jour trop tard",
        ),
        pytest.param(
            (
                past(date(2025, 9, 1), date(2025, 9, 12), siret=OTHER_SIRET),
                past(date(2025, 11, 3), date(2025, 11, 14), **MORE_GOALS),
            ),
            set(),
            id="une autre structure",
        ),
        pytest.param(
            (
                past(date(2025, 9, 1), date(2025, 9, 12)),
                past(date(2025, 9, 15), date(2025, 9, 26), renewal_of="PMSMP-2025-0901"),
            ),
            set(),
            id="un renouvellement n’est pas une convention de plus",
        ),
        pytest.param(
            (
                past(date(2025, 9, 1), date(2025, 9, 30)),
                past(date(2025, 10, 1), date(2025, 10, 20), renewal_of="PMSMP-2025-0901"),
            ),
            set(),
            id="soixante jours juste",
        ),
        pytest.param(
            (
                past(date(2025, 9, 1), date(2025, 9, 30)),
                past(date(2025, 10, 1), date(2025, 10, 21), renewal_of="PMSMP-2025-0901"),
            ),
            {"same_host_too_long"},
            id="soixante et un jours",
        ),
        pytest.param(
            (
                past(date(2026, 6, 1), date(2026, 6, 30)),
                past(date(2026, 7, 1), date(2026, 7, 21), renewal_of="PMSMP-2026-0601"),
            ),
            {"same_host_too_long"},
            id="avec une convention à venir",
        ),
        pytest.param(
            (
                past(
                    date(2025, 9, 1),
                    date(2025, 9, 12),
                    object=SOUND.object,
                    objectives=SOUND.objectives.upper(),
                ),
            ),
            {"same_host_same_goals"},
            id="mêmes objet et objectifs",
        ),
        pytest.param(
            (past(date(2025, 9, 1), date(2025, 9, 12), object=SOUND.object),),
            set(),
            id="même objet, autres objectifs",
        ),
    ],
)
def test_the_same_host_over_twelve_months(others: tuple[Any, ...], expected: set[str]) -> None:
    assert found(past=others) == expected


def test_the_limits_at_one_host_are_settings() -> None:
    others = (past(date(2025, 9, 1), date(2025, 9, 30)),)
    assert found(past=others) == set()
    assert found(past=others, settings=RuleSettings(max_same_host_days=39)) == {
        "same_host_too_long"
    }
    assert found(past=others, settings=RuleSettings(max_same_host_placements=1)) == {
        "same_host_too_many"
    }


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param({"slots": hours_on((STARTS_ON, "9h-12h"))}, {"two_at_once"}, id="même matin"),
        pytest.param({"slots": hours_on((STARTS_ON, "18h-20h"))}, {"two_at_once"}, id="soir"),
        pytest.param({"slots": hours_on((date(2026, 3, 23), "9h-12h"))}, set(), id="autre jour"),
        pytest.param({}, {"two_at_once"}, id="horaires inconnus"),
    ],
)
def test_two_conventions_at_once(other: dict[str, Any], expected: set[str]) -> None:
    elsewhere = past(date(2026, 3, 16), date(2026, 3, 25), siret=OTHER_SIRET, **other)
    assert found(past=(elsewhere,)) == expected
    assert not may_be_signed(check(spoilt(past=(elsewhere,)))) or not expected
    unsigned = replace(elsewhere, signed=False)
    assert may_be_signed(check(spoilt(past=(unsigned,))))


def test_a_morning_here_and_an_afternoon_there_are_allowed() -> None:
    elsewhere = past(
        STARTS_ON, STARTS_ON, siret=OTHER_SIRET, slots=hours_on((STARTS_ON, "14h-17h"))
    )
    assert found(past=(elsewhere,), slots=hours_on((STARTS_ON, "9h-12h"))) == set()


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        pytest.param(((STARTS_ON, "8h-12h / 13h-19h"),), set(), id="dix heures"),
        pytest.param(((STARTS_ON, "8h-12h / 13h-19h30"),), {"day_over_10h"}, id="plus de dix"),
        pytest.param(
            ((STARTS_ON, "14h-21h"), (date(2026, 3, 19), "7h30-12h")),
            {"rest_under_11h"},
            id="repos court",
        ),
        pytest.param(
            ((STARTS_ON, "14h-21h"), (date(2026, 3, 19), "8h-12h")), set(), id="onze heures"
        ),
        pytest.param(((STARTS_ON, "22h-6h"),), {"night"}, id="nuit entière"),
        pytest.param(((STARTS_ON, "13h-21h"),), set(), id="jusqu’à 21 h"),
        pytest.param(((STARTS_ON, "5h-12h"),), {"night"}, id="avant 6 h"),
        pytest.param(((date(2026, 3, 22), "9h-12h"),), {"sunday"}, id="dimanche"),
        pytest.param(((date(2026, 4, 1), "9h-12h"),), {"timetable_wrong"}, id="hors période"),
        pytest.param(
            ((STARTS_ON, "9h-12h"), (STARTS_ON, "11h-13h")), {"timetable_wrong"}, id="chevauchés"
        ),
    ],
)
def test_hours_of_an_adult(slots: tuple[tuple[date, str], ...], expected: set[str]) -> None:
    assert found(slots=hours_on(*slots)) == expected


def test_a_week_over_48_hours_is_told() -> None:
    week = [(date(2026, 3, 18) + timedelta(days=rank), "8h-12h / 13h-19h") for rank in range(5)]
    assert found(slots=hours_on(*week)) == {"week_over_48h", "sunday"}


def test_a_seventh_day_in_a_row_is_told_once() -> None:
    days = [(STARTS_ON + timedelta(days=rank), "9h-12h") for rank in range(9)]
    findings = check(spoilt(slots=hours_on(*days)))
    assert [each.code for each in findings] == ["seven_days_in_a_row", "sunday"]


def test_a_public_holiday_is_told_with_its_name() -> None:
    easter_monday = date(2026, 4, 6)
    facts = spoilt(
        starts_on=easter_monday, ends_on=easter_monday, slots=hours_on((easter_monday, "9h-12h"))
    )
    (warning,) = check(facts)
    assert warning.code == "public_holiday"
    assert "Lundi de Pâques" in warning.message


MINOR = {
    "birth": ImpreciseDate(date(2008, 9, 30)),
    "representative": ContactFacts("Anne Petit", "", "", "06 39 98 00 23"),
}
UNDER_SIXTEEN = MINOR | {"birth": ImpreciseDate(date(2010, 9, 30))}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, set(), id="journées ordinaires"),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "8h-12h / 13h-17h30"))},
            {"minor_day_over_8h"},
            id="plus de huit heures",
        ),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "9h-13h45"))}, {"minor_pause_missing"}, id="sans pause"
        ),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "9h-13h30"))}, set(), id="quatre heures trente"
        ),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "9h-12h / 12h15-14h"))},
            {"minor_pause_missing"},
            id="pause trop courte",
        ),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "9h-12h / 12h30-16h"))}, set(), id="pause juste"
        ),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "17h-21h"), (date(2026, 3, 19), "8h-12h"))},
            {"minor_rest_under_12h"},
            id="moins de douze heures",
        ),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "17h-20h30"), (date(2026, 3, 19), "8h30-12h"))},
            set(),
            id="douze heures",
        ),
        pytest.param(
            {"slots": hours_on((STARTS_ON, "19h-22h15"))}, {"minor_night"}, id="après 22 h"
        ),
        pytest.param({"slots": hours_on((STARTS_ON, "5h-9h"))}, {"minor_night"}, id="avant 6 h"),
        pytest.param({"slots": hours_on((STARTS_ON, "18h-22h"))}, set(), id="jusqu’à 22 h"),
        pytest.param(
            UNDER_SIXTEEN | {"slots": hours_on((STARTS_ON, "18h-21h"))},
            {"minor_night"},
            id="après 20 h avant 16 ans",
        ),
        pytest.param(
            UNDER_SIXTEEN
            | {"slots": hours_on((STARTS_ON, "16h-19h"), (date(2026, 3, 19), "8h-12h"))},
            {"minor_rest_under_12h"},
            id="moins de quatorze heures avant 16 ans",
        ),
        pytest.param({"representative": None}, {"representative_missing"}, id="sans représentant"),
        pytest.param(
            {"representative": ContactFacts(" ")},
            {"representative_missing"},
            id="représentant sans nom",
        ),
        pytest.param(
            {"tasks": "Nettoyage, petite menuiserie à la scie"},
            {"minor_risky_task"},
            id="machine",
        ),
        pytest.param({"tasks": "Rangement sur une ÉCHELLE"}, {"minor_risky_task"}, id="hauteur"),
        pytest.param({"tasks": "Usage de solvants"}, {"minor_risky_task"}, id="chimie"),
        pytest.param({"tasks": "Classement, appel des usagers"}, set(), id="tâches sans risque"),
    ],
)
def test_rules_on_minors(changes: dict[str, Any], expected: set[str]) -> None:
    assert found(**(MINOR | changes)) == expected


def test_a_minor_works_35_hours_a_week_at_most() -> None:
    week = [(date(2026, 3, 16) + timedelta(days=rank), "9h-12h / 13h-17h") for rank in range(5)]
    facts = MINOR | {"starts_on": date(2026, 3, 16)}
    assert found(**facts, slots=hours_on(*week)) == set()
    longer = [*week[:4], (date(2026, 3, 20), "9h-12h / 13h-17h15")]
    assert found(**facts, slots=hours_on(*longer)) == {"minor_week_over_35h"}


def test_a_minor_does_not_work_on_a_public_holiday() -> None:
    easter_monday = date(2026, 4, 6)
    facts = MINOR | {"starts_on": easter_monday, "ends_on": date(2026, 4, 10)}
    assert found(**facts, slots=hours_on((easter_monday, "9h-12h"))) == {"minor_public_holiday"}


def test_a_minor_has_two_days_of_rest_in_a_row_each_week() -> None:
    tuesday_to_saturday = [
        (date(2026, 3, 17) + timedelta(weeks=week, days=day), "9h-12h")
        for week in range(2)
        for day in range(5)
    ]
    facts = MINOR | {"starts_on": date(2026, 3, 17), "ends_on": date(2026, 4, 5)}
    assert found(**facts, slots=hours_on(*tuesday_to_saturday)) == set()
    scattered = [(date(2026, 3, 23) + timedelta(days=day), "9h-12h") for day in (0, 1, 3, 4, 6)]
    assert found(**facts, slots=hours_on(*scattered)) == {"minor_weekly_rest", "sunday"}


def test_whoever_comes_of_age_during_the_period_is_an_adult_from_that_day() -> None:
    birthday = date(2008, 3, 20)
    long_day = "8h-12h / 13h-17h30"
    facts = MINOR | {"birth": ImpreciseDate(birthday)}
    day_before, day_after = date(2026, 3, 19), date(2026, 3, 20)
    assert found(**facts, slots=hours_on((day_before, long_day))) == {"minor_day_over_8h"}
    assert found(**facts, slots=hours_on((day_after, long_day))) == set()


@pytest.mark.parametrize(
    ("birth", "minor"),
    [
        pytest.param(ImpreciseDate(date(2008, 1, 1), Precision.YEAR), True, id="année"),
        pytest.param(ImpreciseDate(date(2008, 2, 1), Precision.MONTH), False, id="mois passé"),
        pytest.param(ImpreciseDate(date(2008, 3, 1), Precision.MONTH), True, id="mois en cours"),
        pytest.param(ImpreciseDate(date(2007, 1, 1), Precision.YEAR), False, id="année passée"),
    ],
)
def test_an_imprecise_birth_is_read_as_the_youngest(birth: ImpreciseDate, minor: bool) -> None:
    assert ("representative_missing" in found(birth=birth)) is minor


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"permit": permit()}, set(), id="titre valable"),
        pytest.param(
            {"permit": None},
            {"permit_title_missing", "permit_number_missing", "permit_expiry_missing"},
            id="sans titre",
        ),
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
        pytest.param(EmployeeFacts("Boulangerie", False), set(), id="employeur nommé"),
        pytest.param(EmployeeFacts("", True), set(), id="contrat suspendu"),
        pytest.param(EmployeeFacts("", False), {"employer_missing"}, id="employeur absent"),
        pytest.param(
            EmployeeFacts("Boulangerie"), {"contract_suspended_unknown"}, id="suspension inconnue"
        ),
    ],
)
def test_the_employer_of_an_employee(employee: EmployeeFacts | None, expected: set[str]) -> None:
    assert found(employee=employee) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"host": HostFacts("36252187900035", "Chez Lulu", True)}, {"siret_invalid"}, id="clé"
        ),
        pytest.param(
            {"host": HostFacts("0" * 14, "Personne", True)}, {"siret_invalid"}, id="zéros"
        ),
        pytest.param(
            {"host": HostFacts("356 000 000 49837", "La Poste", True)}, set(), id="La Poste"
        ),
        pytest.param({"host": HostFacts("", "Ici", True)}, {"siret_missing"}, id="sans SIRET"),
        pytest.param({"host": HostFacts(SIRET, "", True)}, {"host_name_missing"}, id="sans nom"),
        pytest.param(
            {"host": HostFacts(SIRET, "Ici")}, {"insurance_missing"}, id="assurance inconnue"
        ),
        pytest.param(
            {"host": HostFacts(SIRET, "Ici", False)}, {"host_uninsured"}, id="sans assurance"
        ),
        pytest.param({"tutor": ContactFacts("", "Chef")}, {"tutor_name_missing"}, id="sans tuteur"),
        pytest.param(
            {"tutor": ContactFacts("Claire")}, {"tutor_function_missing"}, id="sans fonction"
        ),
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


@pytest.mark.parametrize(
    ("collective", "changes", "expected"),
    [
        pytest.param({STARTS_ON}, {}, {"collective_days"}, id="jour de présence"),
        pytest.param({date(2026, 3, 23)}, {}, set(), id="lundi sans présence"),
        pytest.param(
            {date(2026, 3, 23)},
            {"slots": ()},
            {"collective_days", "slots_missing"},
            id="horaires inconnus",
        ),
    ],
)
def test_collective_days(
    collective: set[date], changes: dict[str, Any], expected: set[str]
) -> None:
    assert found(collective_days=frozenset(collective), **changes) == expected


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
            host=HostFacts(siret, name),
            tutor=ContactFacts(name, name, name, siret),
            signatory=name,
            past=(past(date(2025, 9, 1), date(2025, 9, 12)),),
        )
    )
    assert all(each.message and each.source for each in findings)


def test_the_office_hours_of_the_sound_case_are_ordinary() -> None:
    assert hours_on((STARTS_ON, OFFICE_HOURS)) == SOUND.slots[:2]
