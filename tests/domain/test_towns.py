"""Towns and their postal codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.towns import Town, Towns, countries
from connexion_desktop.system import places

TOWNS = Towns(
    [
        "33000 Bordeaux",
        "33170 Gradignan",
        "33300 Bordeaux",
        "33650 La Brède|Saint-Selve|Saucats",
        "33910 Saint-Denis-de-Pile|Sablons",
        "45340 Bordeaux-en-Gâtinais",
        "93200 Saint-Denis",
    ]
)


def test_a_code_has_its_towns_the_largest_first() -> None:
    assert TOWNS.at("33170") == ("Gradignan",)
    assert TOWNS.at("33 650") == ("La Brède", "Saint-Selve", "Saucats")
    assert TOWNS.at("33076") == TOWNS.at("BT-1234") == TOWNS.at("") == ()


@pytest.mark.parametrize(
    ("code", "town", "doubted"),
    [
        ("33999", "Bordeaux", True),
        ("33 999", "", True),
        ("33170", "Gradignan", False),
        ("33170", "Bordeaux", False),
        ("33076", "Bordeaux Cédex", False),
        ("3399", "", False),
        ("BT-1234", "", False),
        ("", "", False),
    ],
)
def test_a_code_that_no_town_has_is_doubted(code: str, town: str, doubted: bool) -> None:
    assert bool(TOWNS.doubt(code, town)) is doubted


@pytest.mark.parametrize("typed", ["gradi", "GRADIGNAN", "Gradignan CEDEX 2"])
def test_a_town_is_found_however_it_is_spelt(typed: str) -> None:
    assert TOWNS.named(typed) == (Town("Gradignan", "33170"),)


def test_saint_is_found_by_its_short_form_the_nearest_first() -> None:
    assert [town.code for town in TOWNS.named("St Den")] == ["33910", "93200"]
    assert [town.code for town in TOWNS.named("st-denis", near="93")] == ["93200", "33910"]


def test_a_town_of_several_codes_is_offered_with_each() -> None:
    assert [town.code for town in TOWNS.named("bordeaux")] == ["33000", "33300", "45340"]


def test_a_letter_alone_finds_nothing() -> None:
    assert TOWNS.named("b") == TOWNS.named("") == ()


def test_a_town_with_its_cedex_is_at_its_code() -> None:
    assert TOWNS.is_at("BORDEAUX CEDEX", "33000")
    assert not TOWNS.is_at("Talence", "33000")
    assert not TOWNS.is_at("Bordeaux", "33076")


@given(st.text(max_size=400))
def test_whatever_is_typed_is_answered(typed: str) -> None:
    assert len(TOWNS.named(typed)) <= 8


def test_the_list_that_ships_knows_the_office_s_towns_and_the_overseas() -> None:
    towns = places.towns()
    assert towns.at("33000") == ("Bordeaux",)
    assert towns.at("33170") == ("Gradignan",)
    assert "Saint-Denis" in towns.at("97400")
    assert Town("Saint-Médard-en-Jalles", "33160") in towns.named("st medard en j")
    assert "Saint-Médard-d’Eyrans" in towns.at("33650")


def test_countries_are_named_in_french() -> None:
    assert countries(["ES Espagne", "RE La Réunion"]) == {"ES": "Espagne", "RE": "La Réunion"}
    shipped = places.countries()
    assert (shipped["UA"], shipped["RE"], shipped["MA"]) == ("Ukraine", "La Réunion", "Maroc")
    assert all(shipped.values())
