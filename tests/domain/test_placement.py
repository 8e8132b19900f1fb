from __future__ import annotations

from datetime import date

import pytest

from connexion_desktop.domain.placement import (
    Party,
    PlacementAlert,
    PlacementObject,
    PlacementState,
    effective_state,
    required_parties,
)

MONDAY = date(2026, 3, 9)
FRIDAY = date(2026, 3, 20)


def test_the_three_objects_have_the_words_of_the_form() -> None:
    assert [each.label for each in PlacementObject] == [
        "Découvrir un métier ou un secteur d’activité",
        "Confirmer un projet professionnel",
        "Initier une démarche de recrutement",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PlacementState.DRAFT, PlacementState.TO_SIGN),
        (PlacementState.TO_SIGN, PlacementState.PARTLY_SIGNED),
        (PlacementState.TO_SIGN, PlacementState.SIGNED),
        (PlacementState.PARTLY_SIGNED, PlacementState.TO_SIGN),
        (PlacementState.PARTLY_SIGNED, PlacementState.REFUSED),
        (PlacementState.SIGNED, PlacementState.CANCELLED),
        (PlacementState.RUNNING, PlacementState.ENDED),
        (PlacementState.ENDED, PlacementState.ASSESSED),
    ],
)
def test_a_convention_may_pass_on(before: PlacementState, after: PlacementState) -> None:
    assert before.may_become(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PlacementState.DRAFT, PlacementState.SIGNED),
        (PlacementState.SIGNED, PlacementState.TO_SIGN),
        (PlacementState.SIGNED, PlacementState.DRAFT),
        (PlacementState.RUNNING, PlacementState.ASSESSED),
        (PlacementState.CANCELLED, PlacementState.DRAFT),
        (PlacementState.ASSESSED, PlacementState.ENDED),
    ],
)
def test_a_convention_may_not_jump(before: PlacementState, after: PlacementState) -> None:
    assert not before.may_become(after)


def test_each_state_has_a_french_name_and_the_last_ones_are_final() -> None:
    assert PlacementState.PARTLY_SIGNED.label == "partiellement signée"
    final = {state for state in PlacementState if state.is_over}
    assert final == {PlacementState.ASSESSED, PlacementState.REFUSED, PlacementState.CANCELLED}
    assert not PlacementState.DRAFT.is_issued
    assert PlacementState.RUNNING.is_fully_signed
    assert not PlacementState.PARTLY_SIGNED.is_fully_signed


@pytest.mark.parametrize(
    ("stored", "today", "state", "alert"),
    [
        pytest.param(
            PlacementState.SIGNED, date(2026, 3, 8), PlacementState.SIGNED, None, id="veille"
        ),
        pytest.param(
            PlacementState.SIGNED, MONDAY, PlacementState.RUNNING, None, id="premier jour"
        ),
        pytest.param(
            PlacementState.SIGNED,
            FRIDAY,
            PlacementState.RUNNING,
            PlacementAlert.ASSESSMENT_DUE,
            id="dernier jour",
        ),
        pytest.param(
            PlacementState.RUNNING,
            date(2026, 3, 21),
            PlacementState.ENDED,
            PlacementAlert.ASSESSMENT_DUE,
            id="lendemain",
        ),
        pytest.param(
            PlacementState.ENDED,
            date(2026, 3, 11),
            PlacementState.ENDED,
            PlacementAlert.ASSESSMENT_DUE,
            id="fin anticipée",
        ),
        pytest.param(
            PlacementState.ASSESSED, FRIDAY, PlacementState.ASSESSED, None, id="bilan fait"
        ),
        pytest.param(PlacementState.DRAFT, FRIDAY, PlacementState.DRAFT, None, id="brouillon"),
        pytest.param(
            PlacementState.TO_SIGN, date(2026, 3, 4), PlacementState.TO_SIGN, None, id="à temps"
        ),
        pytest.param(
            PlacementState.TO_SIGN,
            date(2026, 3, 5),
            PlacementState.TO_SIGN,
            PlacementAlert.SIGNATURES_LATE,
            id="deux jours ouvrés avant",
        ),
        pytest.param(
            PlacementState.PARTLY_SIGNED,
            MONDAY,
            PlacementState.PARTLY_SIGNED,
            PlacementAlert.STARTED_UNSIGNED,
            id="démarrée sans signature",
        ),
    ],
)
def test_the_state_is_read_with_the_calendar(
    stored: PlacementState, today: date, state: PlacementState, alert: PlacementAlert | None
) -> None:
    found = effective_state(stored, MONDAY, FRIDAY, today)
    assert (found.state, found.alert) == (state, alert)


def test_a_convention_started_unsigned_says_so_instead_of_its_state() -> None:
    found = effective_state(PlacementState.TO_SIGN, MONDAY, FRIDAY, FRIDAY)
    assert found.label == "démarrée sans signature"
    assert effective_state(PlacementState.SIGNED, MONDAY, FRIDAY, FRIDAY).label == "en cours"


@pytest.mark.parametrize("state", list(PlacementState))
def test_a_convention_without_dates_keeps_its_stored_state(state: PlacementState) -> None:
    assert effective_state(state, None, None, FRIDAY).state is state


def test_up_to_six_parties_sign() -> None:
    assert required_parties(minor=False, employer_signs=False, separate_support=False) == (
        Party.BENEFICIARY,
        Party.HOST,
        Party.PRESCRIBER,
    )
    everyone = required_parties(minor=True, employer_signs=True, separate_support=True)
    assert everyone == tuple(Party)
    assert all(party.label for party in everyone)
