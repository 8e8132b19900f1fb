from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.siret import format_siret, read_siret, siret_problem


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("21330063500017", id="chiffres"),
        pytest.param("213 300 635 00017", id="espaces"),
        pytest.param("213.300.635.00017", id="points"),
        pytest.param("213\u00a0300\u202f635 00017", id="espaces insécables"),
        pytest.param("35600000000048", id="siège de La Poste"),
        pytest.param("35600000049837", id="bureau de La Poste"),
    ],
)
def test_a_valid_siret_has_no_problem(typed: str) -> None:
    assert siret_problem(typed) == ""


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        pytest.param("36252187900034"[:-1] + "5", "clé", id="clé fausse"),
        pytest.param("36252187900034", "", id="valide"),
        pytest.param("00000000000000", "zéros", id="zéros"),
        pytest.param("732829320", "SIREN", id="SIREN"),
        pytest.param("1234", "14 chiffres ; celui-ci en a 4", id="trop court"),
        pytest.param("123456789012345", "en a 15", id="trop long"),
        pytest.param("à demander", "que des chiffres", id="texte"),
        pytest.param("", "manque", id="vide"),
        pytest.param("35600000049838", "clé", id="La Poste fausse"),
    ],
)
def test_an_invalid_siret_tells_why(typed: str, reason: str) -> None:
    assert reason in siret_problem(typed)


@pytest.mark.parametrize(
    ("cell", "siret", "valid"),
    [
        pytest.param(21330063500017, "21330063500017", True, id="nombre"),
        pytest.param(21330063500017.0, "21330063500017", True, id="décimal"),
        pytest.param("21330063500017.0", "21330063500017", True, id="décimal en texte"),
        pytest.param("2,1330063500017E+13", "21330063500017", True, id="scientifique entier"),
        pytest.param("SIRET : 213 300 635 00017", "21330063500017", True, id="avec un mot"),
        pytest.param("2,13301E+13", "21330100000000", False, id="scientifique arrondi"),
        pytest.param(2.133e13, "21330000000000", False, id="nombre arrondi"),
        pytest.param("à demander", "àdemander", False, id="texte"),
        pytest.param(None, "", False, id="vide"),
        pytest.param(True, "", False, id="vrai"),
        pytest.param(float("nan"), "nan", False, id="pas un nombre"),
    ],
)
def test_a_cell_gives_its_siret_back(cell: object, siret: str, valid: bool) -> None:
    reading = read_siret(cell)
    assert reading.siret == siret
    assert reading.is_valid is valid


@pytest.mark.parametrize("cell", ["2,13301E+13", 2.133e13])
def test_a_rounded_siret_says_that_the_spreadsheet_rounded_it(cell: object) -> None:
    assert "arrondi" in read_siret(cell).reason


def test_a_siret_is_shown_in_groups() -> None:
    assert format_siret("21330063500017") == "213 300 635 00017"
    assert format_siret("1234 ") == "1234"


@given(st.integers(10**9, 10**14 - 1))
def test_a_number_keeps_its_digits(number: int) -> None:
    assert read_siret(number).siret.lstrip("0") == str(number)


@given(st.integers(10**7, 10**8 - 1), st.integers(0, 9999), st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(siren: int, rank: int, position: int, shift: int) -> None:
    number = _with_luhn_key(_with_luhn_key(f"{siren}") + f"{rank:04d}")
    wrong = (int(number[position]) + shift) % 10
    changed = f"{number[:position]}{wrong}{number[position + 1 :]}"
    if number.startswith("356000000") or changed.startswith("356000000"):
        return
    assert siret_problem(number) == ""
    assert siret_problem(changed) != ""


@given(st.integers(10**6, 10**7 - 1), st.integers(1, 9999))
def test_a_lost_leading_zero_is_given_back(siren: int, rank: int) -> None:
    number = _with_luhn_key(_with_luhn_key(f"0{siren}") + f"{rank:04d}")
    for cell in (int(number), float(number), str(int(number))):
        assert read_siret(cell).siret == number
        assert read_siret(cell).is_valid


def _with_luhn_key(digits: str) -> str:
    return next(f"{digits}{key}" for key in range(10) if _luhn_holds(f"{digits}{key}"))


def _luhn_holds(number: str) -> bool:
    doubled = [int(each) * (2 if rank % 2 else 1) for rank, each in enumerate(reversed(number))]
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none(), st.binary()))
def test_whatever_a_cell_holds_is_read_without_a_crash(cell: object) -> None:
    reading = read_siret(cell)
    assert not (reading.is_valid and len(reading.siret) != 14)
