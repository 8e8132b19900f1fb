"""The thresholds: within their bounds, read by the rules, given back as they were shipped."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from connexion_desktop.data import seed
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.loan_paper import LoanPaperKind
from connexion_desktop.domain.thresholds import (
    THRESHOLDS,
    Shape,
    ThresholdRow,
    told_shipped,
    value_of,
)
from connexion_desktop.usecases import group_board, loan_papers, person_file, thresholds
from connexion_desktop.usecases.placement_facts import rule_settings
from tests.factories import TODAY, cohort, days, laptop, note, participant, person


def row(database: Database, key: str) -> ThresholdRow:
    with database.read() as session:
        return next(each for each in thresholds.load(session) if each.threshold.key == key)


@pytest.fixture
def change(database: Database, act: Callable[..., Act]) -> Callable[[str, str], None]:
    def put(key: str, text: str) -> None:
        with database.write(act("Réglage")) as session:
            thresholds.change(session, key, text)

    return put


def test_each_is_shipped_and_starts_as_it_was_shipped(database: Database) -> None:
    shipped = seed.shipped_settings()
    with database.read() as session:
        rows = thresholds.load(session)
    assert {each.key for each in THRESHOLDS} <= set(shipped)
    assert all(each.is_shipped and each.text for each in rows)
    assert all(told_shipped(each) for each in rows)


def test_what_was_shipped_can_be_typed_again(database: Database) -> None:
    shipped = seed.shipped_settings()
    for each in THRESHOLDS:
        value = shipped[each.key]
        kept = value.strip() if each.shape is Shape.TEXT else value
        assert value_of(each, row(database, each.key).text) == kept


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("programme.no_contact_days", "0"),
        ("programme.no_contact_days", "366"),
        ("programme.no_contact_days", ""),
        ("programme.no_contact_days", "-3"),
        ("programme.no_contact_days", "²"),
        ("programme.no_contact_days", "9" * 5000),
        ("programme.days", ""),
        ("programme.days", "someday"),
        ("placement.delegation_warning_months", "1, x"),
        ("placement.delegation_warning_months", "25"),
        ("loan.terms", "   "),
        ("loan.terms", "a" * 10_001),
    ],
)
def test_what_is_out_of_bounds_is_refused_and_changes_nothing(
    database: Database, change: Callable[[str, str], None], key: str, text: str
) -> None:
    before = row(database, key)
    with pytest.raises(UserError):
        change(key, text)
    assert row(database, key) == before


def test_the_silence_that_is_signalled_is_the_one_set(
    database: Database, act: Callable[..., Act], change: Callable[[str, str], None]
) -> None:
    with database.write(act()) as session:
        who, _ = participant(session, cohort(session))
        note(session, who, days(-5), "Une nouvelle.")
    change("programme.no_contact_days", "3")
    with database.read() as session:
        board = group_board.load(session, BoardQuery(None, TODAY))
        assert board.no_contact_days == 3
        header = person_file.load(session, who, TODAY).header
        assert any("contact" in alert.text for alert in header.alerts)
    change("programme.no_contact_days", "365")
    with database.read() as session:
        header = person_file.load(session, who, TODAY).header
        assert not any("contact" in alert.text for alert in header.alerts)


def test_the_days_of_the_programme_are_those_set(
    database: Database, act: Callable[..., Act], change: Callable[[str, str], None]
) -> None:
    with database.write(act()) as session:
        cohort(session)
    change("programme.days", "thursday")
    with database.read() as session:
        days = group_board.load(session, BoardQuery(None, TODAY)).days
    assert days
    assert {day.on.weekday() for day in days} == {3}


def test_the_rules_of_immersions_read_what_is_set(
    database: Database, change: Callable[[str, str], None]
) -> None:
    for key, text in (
        ("placement.same_host_days_max", "30"),
        ("placement.same_host_conventions_max", "1"),
        ("placement.same_number_day_included", "yes"),
        ("placement.late_working_days", "5"),
        ("placement.delegation_warning_months", "6, 2"),
    ):
        change(key, text)
    with database.read() as session:
        rules = rule_settings(session)
    assert rules.max_same_host_days == 30
    assert rules.max_same_host_placements == 1
    assert rules.same_number_day_included
    assert rules.late_working_days == 5
    assert rules.delegation_warning_months == (2, 6)


def test_a_loan_made_later_has_the_new_terms(
    database: Database, act: Callable[..., Act], change: Callable[[str, str], None]
) -> None:
    with database.write(act()) as session:
        loan = laptop(session, person(session, "Awa", "Essai"), "PC-1")
    change("loan.terms", "Prendre soin de l’ordinateur.")
    with database.read() as session:
        paper = loan_papers.paper(session, loan, LoanPaperKind.AGREEMENT, TODAY)
    assert paper.terms == "Prendre soin de l’ordinateur."


def test_a_setting_goes_back_to_what_it_was_shipped_with(
    database: Database, act: Callable[..., Act], change: Callable[[str, str], None]
) -> None:
    change("programme.no_contact_days", "21")
    assert not row(database, "programme.no_contact_days").is_shipped
    with database.write(act()) as session:
        thresholds.give_back(session, "programme.no_contact_days")
    assert row(database, "programme.no_contact_days").text == "14"


@pytest.mark.file_alone("the lists of a server come with its upgrade")
def test_a_setting_changed_survives_an_update_of_what_is_shipped(
    database: Database, change: Callable[[str, str], None]
) -> None:
    change("programme.no_contact_days", "21")
    with database.bulk() as session:
        seed.refresh(session)
    assert row(database, "programme.no_contact_days").text == "21"


def test_it_is_told_in_words_what_was_shipped(database: Database) -> None:
    assert told_shipped(row(database, "programme.no_contact_days")) == "14 jours"
    assert told_shipped(row(database, "programme.days")) == "lundi, mardi"
    assert told_shipped(row(database, "placement.same_number_day_included")) == "non"
