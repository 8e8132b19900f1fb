from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.levels import (
    AccompaniedElsewhere,
    FrenchLevel,
    YesNo,
    read_accompanied_elsewhere,
    read_french_level,
    read_yes_no,
)

NO = AccompaniedElsewhere.NO
REGISTERED = AccompaniedElsewhere.REGISTERED_WITHOUT_FOLLOWUP
FOLLOWED = AccompaniedElsewhere.FOLLOWED


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("oui", YesNo.YES),
        ("OUI", YesNo.YES),
        ("x", YesNo.YES),
        (True, YesNo.YES),
        (1, YesNo.YES),
        (1.0, YesNo.YES),
        ("Non", YesNo.NO),
        (False, YesNo.NO),
        ("en cours", YesNo.PENDING),
        ("Demande en cours", YesNo.PENDING),
        (None, None),
        ("", None),
        ("peut-être", None),
    ],
)
def test_yes_no_and_pending(cell: object, answer: YesNo | None) -> None:
    assert read_yes_no(cell).value is answer


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        ("A2", FrenchLevel.A2),
        ("b1", FrenchLevel.B1),
        ("A2+", FrenchLevel.A2),
        ("niveau C1", FrenchLevel.C1),
        ("A2/B1", None),
        ("débutant", None),
        (None, None),
    ],
)
def test_levels_of_french(cell: object, level: FrenchLevel | None) -> None:
    assert read_french_level(cell).value is level


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("Non", NO),
        ("non inscrite", NO),
        ("pas de suivi", NO),
        ("inscrite FT sans suivi", REGISTERED),
        ("Inscrit à France Travail, pas de contact depuis 6 mois", REGISTERED),
        ("FT sans suivi", REGISTERED),
        ("suivi ML", FOLLOWED),
        ("suivie par la mission locale", FOLLOWED),
        ("oui", FOLLOWED),
        ("FT", None),
        ("inscrit ML", None),
        ("suivi ML ?", None),
        ("à vérifier", None),
        (None, None),
    ],
)
def test_accompanied_elsewhere_has_three_answers(
    cell: object, answer: AccompaniedElsewhere | None
) -> None:
    assert read_accompanied_elsewhere(cell).value is answer


def test_an_unclear_answer_quotes_what_was_typed() -> None:
    assert "« FT »" in read_accompanied_elsewhere("FT").reason
    assert "« A2/B1 »" in read_french_level("A2/B1").reason
    assert "« bof »" in read_yes_no("bof").reason
    assert read_yes_no(" ").reason == ""


@given(st.one_of(st.text(), st.floats(), st.integers(), st.none(), st.binary()))
def test_whatever_a_cell_holds_is_read_without_a_crash(cell: object) -> None:
    for reading in (read_yes_no(cell), read_french_level(cell), read_accompanied_elsewhere(cell)):
        assert reading.value is None or reading.reason == ""
