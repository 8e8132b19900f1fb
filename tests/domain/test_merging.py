"""Which of two values is proposed, and when they say the same."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.merging import (
    Held,
    Side,
    best,
    following_text,
    fuller,
    joined,
    says_the_same,
)

DAY = ImpreciseDate(date(1991, 3, 4))
YEAR = ImpreciseDate(date(1991, 1, 1), Precision.YEAR)
OTHER_YEAR = ImpreciseDate(date(1985, 1, 1), Precision.YEAR)


@pytest.mark.parametrize(
    ("column", "kept", "other", "side"),
    [
        ("city", "Bègles", "", Side.KEPT),
        ("city", None, "Bègles", Side.OTHER),
        ("city", "Bègles", "Cenon", Side.KEPT),
        ("city", "BEGLES", "Bègles", Side.OTHER),
        ("city", "Bègles", "BEGLES", Side.KEPT),
        ("address", "rue Achard", "12 rue Achard", Side.OTHER),
        ("address", "12 rue Achard", "rue Achard", Side.KEPT),
        ("given_name", "Нурлан", "Nurlan", Side.OTHER),
        ("given_name", "Nurlan", "Нурлан", Side.KEPT),
        ("birth_date", YEAR, DAY, Side.OTHER),
        ("birth_date", DAY, YEAR, Side.KEPT),
        ("birth_date", OTHER_YEAR, DAY, Side.KEPT),
        ("met_on", DAY, OTHER_YEAR, Side.OTHER),
        ("done_on", date(2026, 4, 2), date(2026, 4, 1), Side.OTHER),
        ("expires_on", date(2026, 4, 2), date(2026, 4, 1), Side.KEPT),
        ("aah", False, True, Side.OTHER),
        ("aah", True, False, Side.KEPT),
    ],
)
def test_the_value_that_tells_more_is_proposed(
    column: str, kept: Held, other: Held, side: Side
) -> None:
    assert fuller(column, kept, other) is side


def test_both_long_texts_are_proposed_unless_one_holds_the_other() -> None:
    assert best("work_impact", "Mal de dos.", "Assis.", joins=True) is Side.BOTH
    assert best("work_impact", "Mal de dos.", "Mal de dos. Assis.", joins=True) is Side.OTHER
    assert best("work_impact", "Mal de dos. Assis.", "Assis.", joins=True) is Side.KEPT
    assert best("city", "Cenon", "Bègles", joins=False) is Side.KEPT


def test_a_phone_and_a_mail_are_the_same_however_they_are_written() -> None:
    assert says_the_same("phone", "06 39 98 00 11", "+33639980011")
    assert says_the_same("email", "Awa@Example.org", "awa@example.org ")
    assert says_the_same("city", "Saint  Denis", "Saint Denis")
    assert not says_the_same("city", "Bègles", "BEGLES")


@given(st.text(), st.text())
def test_what_tells_more_does_not_depend_on_which_file_is_kept(one: str, other: str) -> None:
    assert not (
        fuller("address", one, other) is Side.OTHER and fuller("address", other, one) is Side.OTHER
    )


@given(st.text(min_size=1), st.text(min_size=1))
def test_joining_two_texts_loses_no_word(one: str, other: str) -> None:
    assert joined(one, other).split() == [*one.split(), *other.split()]


def test_what_follows_is_counted_in_words() -> None:
    assert following_text({"note": 3, "loan": 1, "action": 0}) == "1 prêt, 3 notes"
