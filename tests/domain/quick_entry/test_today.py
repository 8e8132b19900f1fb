"""A weekday that is today, a weekday with its date, and what only looks like a day."""

from __future__ import annotations

from datetime import date

import pytest

from connexion_desktop.domain.entry import Known
from connexion_desktop.domain.entry_preview import preview
from connexion_desktop.domain.quick_entry import read_entry

from .reading import REASONS

TODAY = date(2026, 4, 21)
"""A Tuesday."""

KNOWN = Known(REASONS)


def shown(typed: str) -> str:
    return " · ".join(preview(read_entry(typed, TODAY, KNOWN), TODAY))


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("absente mardi", "Absence · aujourd’hui, journée"),
        ("absence mardi matin, malade", "Absence excusée · aujourd’hui, matin · santé"),
        ("absente mar.", "Absence · aujourd’hui, journée"),
        ("absente lundi et mardi", "Absence · hier et aujourd’hui, journée"),
        ("absente mardi et lundi", "Absence · hier et aujourd’hui, journée"),
        (
            "absente mardi et mercredi",
            "Absence · aujourd’hui et mer. 22 avril, journée",
        ),
        ("absente mardi dernier", "Absence · mar. 14 avril, journée"),
        (
            "absence depuis mardi",
            "Absence · du mar. 14 avril au mar. 21 avril (6 jours)",
        ),
        ("entretien mardi : elle hésite", "Entretien · aujourd’hui"),
        ("entretien mardi 14h", "Entretien · aujourd’hui, 14 h"),
        ("mardi : a pleuré", "Note · aujourd’hui"),
        ("action bilan mardi", "Action · Bilan · mar. 28 avril"),
    ],
)
def test_on_a_tuesday_what_is_told_of_tuesday_is_of_today(typed: str, line: str) -> None:
    assert shown(typed) == line


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("absente lundi 20 avril", "hier, journée"),
        ("absente lundi 20 avril et mardi 21 avril", "hier et aujourd’hui, journée"),
        ("absente lundi 20 et mardi 21", "hier et aujourd’hui, journée"),
        ("absente du lundi 20/4 au mardi 21/4", "hier et aujourd’hui, journée"),
        ("absente lundi 21 avril", "aujourd’hui, journée · le 21 avril 2026 est un mardi"),
    ],
)
def test_a_weekday_and_its_date_are_of_an_absence_whatever_the_year(typed: str, line: str) -> None:
    assert shown(typed) == f"Absence · {line}"


@pytest.mark.parametrize("price", ["12/5 €", "12/5€", "12/5 euros", "12/5/26 €", "12 mai €"])
def test_a_price_is_no_day(price: str) -> None:
    action = read_entry(f"action payer {price}", TODAY)
    assert (action.on, action.text) == (None, f"Payer {price}")
    talk = read_entry(f"entretien {price} dus", TODAY)
    assert (talk.on, talk.text) == (TODAY, f"{price} dus")


def test_a_day_before_a_price_is_a_day() -> None:
    assert shown("action payer mardi 12 €") == "Action · Payer mardi 12 € · mar. 28 avril"
