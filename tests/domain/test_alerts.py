"""What must not be forgotten about a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.alerts import (
    ALERT_ORDER,
    AlertKind,
    LoanDue,
    PlacementDates,
    Severity,
    Situation,
    alerts_of,
    expiries_of,
)
from connexion_desktop.domain.placement import PlacementState

TODAY = date(2026, 4, 21)


def days(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def texts(situation: Situation) -> list[str]:
    return [alert.text for alert in alerts_of(situation, TODAY)]


def placement(state: PlacementState, first: int, last: int, host: str = "") -> Situation:
    return Situation(placements=(PlacementDates(state, days(first), days(last), host),))


def test_nothing_pending_is_no_alert() -> None:
    assert alerts_of(Situation(), TODAY) == ()


@pytest.mark.parametrize(
    ("state", "first", "last", "expected"),
    [
        (PlacementState.DRAFT, -1, 5, []),
        (PlacementState.TO_SIGN, 10, 15, ["PMSMP à signer"]),
        (PlacementState.PARTLY_SIGNED, 1, 5, ["PMSMP à signer"]),
        (PlacementState.TO_SIGN, 0, 5, ["Démarrée sans signature"]),
        (PlacementState.PARTLY_SIGNED, -3, 5, ["Démarrée sans signature"]),
        (PlacementState.SIGNED, 3, 5, []),
        (PlacementState.SIGNED, 0, 5, ["PMSMP en cours"]),
        (PlacementState.RUNNING, -3, 5, ["PMSMP en cours"]),
        (PlacementState.RUNNING, -3, 0, ["Bilan attendu"]),
        (PlacementState.ENDED, -9, -3, ["Bilan attendu"]),
        (PlacementState.ASSESSED, -9, -3, []),
        (PlacementState.REFUSED, -9, -3, []),
        (PlacementState.CANCELLED, -9, 3, []),
    ],
)
def test_an_immersion_calls_for_what_its_state_and_the_calendar_say(
    state: PlacementState, first: int, last: int, expected: list[str]
) -> None:
    assert texts(placement(state, first, last)) == expected


def test_the_detail_names_the_host_and_the_day() -> None:
    (alert,) = alerts_of(placement(PlacementState.TO_SIGN, 13, 16, "Résidence des Bassins"), TODAY)
    assert alert.sentence == "PMSMP à signer : Résidence des Bassins, début le lun. 4 mai"


@pytest.mark.parametrize(("last", "told"), [(-13, False), (-14, True), (-40, True)])
def test_a_silence_is_told_from_the_fourteenth_day(last: int, told: bool) -> None:
    situation = Situation(last_contact=days(last), followed_since=days(-60))
    assert bool(texts(situation)) is told


def test_who_was_never_met_is_silent_since_their_entry() -> None:
    (alert,) = alerts_of(Situation(followed_since=days(-15)), TODAY)
    assert alert.sentence == "Sans contact 15 j : aucun contact noté"


def test_a_talk_before_the_entry_does_not_make_the_first_days_a_silence() -> None:
    assert texts(Situation(last_contact=days(-40), followed_since=days(-3))) == []


def test_nobody_is_silent_once_nobody_follows_them() -> None:
    assert texts(Situation(last_contact=days(-200))) == []


@pytest.mark.parametrize(("due", "late"), [(None, False), (0, False), (-1, True)])
def test_a_computer_is_late_the_day_after_it_was_due(due: int | None, late: bool) -> None:
    loan = LoanDue("PC-003", None if due is None else days(due))
    assert texts(Situation(loans=(loan,))) == (["PC à rendre, retard 1 j"] if late else [])


@pytest.mark.parametrize(
    ("expiry", "told"),
    [(31, ""), (30, "expire dans 30 j"), (0, "expire aujourd’hui"), (-1, "a expiré hier")],
)
def test_a_paper_is_to_be_renewed_from_thirty_days_before(expiry: int, told: str) -> None:
    alerts = alerts_of(Situation(expiries=(days(expiry),)), TODAY)
    assert [alert.detail for alert in alerts] == ([told] if told else [])


def test_several_papers_are_one_alert() -> None:
    assert texts(Situation(expiries=(days(3), days(9), days(300)))) == ["2 pièces à renouveler"]


def test_doubtful_values_of_an_import_are_counted() -> None:
    assert texts(Situation(doubtful_values=1)) == ["1 valeur à vérifier"]
    assert texts(Situation(doubtful_values=2)) == ["2 valeurs à vérifier"]


def test_a_minor_without_a_representative_is_never_up_to_date() -> None:
    assert texts(Situation(unrepresented_minor=True)) == ["Représentant légal à noter"]


def test_red_comes_before_amber_and_amber_before_green() -> None:
    order = [kind.severity for kind in ALERT_ORDER]
    assert order == sorted(order, key=(Severity.RED, Severity.AMBER, Severity.GREEN).index)


near = st.dates(days(-400), days(400))
situations = st.builds(
    Situation,
    placements=st.lists(
        st.builds(
            PlacementDates, st.sampled_from(PlacementState), st.none() | near, st.none() | near
        ),
        max_size=3,
    ).map(tuple),
    loans=st.lists(st.builds(LoanDue, st.just("PC-001"), st.none() | near), max_size=2).map(tuple),
    expiries=st.lists(near, max_size=3).map(tuple),
    doubtful_values=st.integers(0, 5),
    last_contact=st.none() | near,
    followed_since=st.none() | near,
    unrepresented_minor=st.booleans(),
)


@given(situations)
def test_whatever_the_situation_the_most_pressing_is_first(situation: Situation) -> None:
    ranks = [ALERT_ORDER.index(alert.kind) for alert in alerts_of(situation, TODAY)]
    assert ranks == sorted(ranks)


@given(situations)
def test_one_more_paper_takes_no_other_alert_away(situation: Situation) -> None:
    more = replace(situation, expiries=(*situation.expiries, days(-1)))
    before = {alert.kind for alert in alerts_of(situation, TODAY)}
    after = {alert.kind for alert in alerts_of(more, TODAY)}
    assert after == before | {AlertKind.PAPER_TO_RENEW}


def test_of_two_permits_the_renewed_one_counts() -> None:
    assert expiries_of([("sejour", days(-3)), ("sejour", days(300))]) == (days(300),)
    assert expiries_of([("sejour", days(-3)), ("sejour", None)]) == ()
    assert expiries_of([("sejour", days(9)), ("carte", days(3))]) == (days(3), days(9))
