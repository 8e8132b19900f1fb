from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from connexion_desktop.domain.placement import PlacementObject
from connexion_desktop.domain.placement_rules import (
    HostFacts,
    Renewal,
    RuleSettings,
    check,
)
from connexion_desktop.domain.typography import typeset
from tests.domain.placement_cases import (
    ENDS_ON,
    OTHER_SIRET,
    SOUND,
    STARTS_ON,
    TODAY,
    found,
    hours_on,
    may_be_signed,
    past,
    spoilt,
)


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


def test_until_somebody_decides_the_stricter_reading_holds() -> None:
    settings = RuleSettings()
    assert not settings.same_number_day_included
    assert (settings.max_same_host_placements, settings.max_same_host_days) == (2, 60)
    assert (settings.late_working_days, settings.delegation_warning_months) == (2, (1, 3))


def test_a_period_the_wrong_way_round_is_refused() -> None:
    assert "period_reversed" in found(starts_on=ENDS_ON, ends_on=STARTS_ON)


INITIAL = past(
    date(2026, 2, 2),
    date(2026, 2, 27),
    object=SOUND.object,
    objectives="voir le métier d'agent d'accueil",
)
RENEWAL = Renewal(INITIAL.key)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, set(), id="régulier"),
        pytest.param(
            {"renewal": Renewal("?")},
            {"renewal_initial_missing"},
            id="convention initiale inconnue",
        ),
        pytest.param(
            {"host": HostFacts(OTHER_SIRET)},
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


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ("9h-12h", "14h-17h", set()),
        ("9h-13h", "13h-17h", set()),
        ("13h-17h", "9h-13h", set()),
        ("9h-13h15", "14h-17h", {"two_at_once"}),
        ("9h-12h", "12h45-17h", {"two_at_once"}),
    ],
)
def test_a_morning_here_and_an_afternoon_there_are_allowed(
    here: str, there: str, expected: set[str]
) -> None:
    elsewhere = past(STARTS_ON, STARTS_ON, siret=OTHER_SIRET, slots=hours_on((STARTS_ON, there)))
    assert found(past=(elsewhere,), slots=hours_on((STARTS_ON, here))) == expected


@pytest.mark.parametrize(
    ("collective", "changes", "expected"),
    [
        pytest.param({STARTS_ON}, {}, {"collective_days"}, id="jour de présence"),
        pytest.param({date(2026, 3, 23)}, {}, set(), id="lundi sans présence"),
        pytest.param(
            {date(2026, 3, 23)},
            {"slots": ()},
            {"collective_days"},
            id="horaires inconnus",
        ),
    ],
)
def test_collective_days(
    collective: set[date], changes: dict[str, Any], expected: set[str]
) -> None:
    assert found(collective_days=frozenset(collective), **changes) == expected


@pytest.mark.parametrize("here", ["9h-12h", "14h-17h"])
def test_a_convention_of_unknown_hours_takes_its_whole_days(here: str) -> None:
    elsewhere = past(STARTS_ON, STARTS_ON, siret=OTHER_SIRET)
    assert found(past=(elsewhere,), slots=hours_on((STARTS_ON, here))) == {"two_at_once"}


def message(**changes: Any) -> str:
    (finding,) = check(spoilt(**changes))
    return finding.message


@pytest.mark.parametrize(
    ("number", "end"),
    [
        (1, "demi-journées : mer. 18 mars."),
        (5, "mer. 18 mars, jeu. 19 mars, ven. 20 mars, sam. 21 mars, lun. 23 mars."),
        (6, "mer. 18 mars, jeu. 19 mars, ven. 20 mars, sam. 21 mars, lun. 23 mars…"),
    ],
)
def test_the_days_taken_twice_are_named_five_at_most(number: int, end: str) -> None:
    days = [date(2026, 3, day) for day in (18, 19, 20, 21, 23, 24)][:number]
    slots = hours_on(*((day, "9h-12h / 14h-17h") for day in days))
    elsewhere = past(STARTS_ON, ENDS_ON, siret=OTHER_SIRET, slots=slots)
    assert message(past=(elsewhere,), slots=slots).endswith(typeset(end))


def test_collective_days_are_named() -> None:
    one, two = frozenset({STARTS_ON}), frozenset({STARTS_ON, date(2026, 3, 19)})
    assert "un jour collectif du groupe, le 18 mars 2026" in message(collective_days=one)
    assert message(collective_days=two).endswith(
        typeset("du groupe : mer. 18 mars et jeu. 19 mars.")
    )


def test_a_convention_of_one_day_counts_too() -> None:
    others = (
        past(date(2025, 9, 1), date(2025, 9, 12)),
        past(date(2025, 11, 3), date(2025, 11, 14), **MORE_GOALS),
    )
    one_day = {"ends_on": STARTS_ON, "slots": hours_on((STARTS_ON, "9h-12h"))}
    assert found(past=others, **one_day) == {"same_host_too_many"}
