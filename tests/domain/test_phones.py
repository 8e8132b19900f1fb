from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.phones import (
    bare_phone,
    format_phone,
    phone_place,
    read_phone,
    tidy_phone,
)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        pytest.param("06 39 98 00 11", "+33639980011", id="espaces"),
        pytest.param("06.39.98.00.14", "+33639980014", id="points"),
        pytest.param("06-39-98-00-14", "+33639980014", id="tirets"),
        pytest.param("0639980015", "+33639980015", id="collé"),
        pytest.param(639980012, "+33639980012", id="nombre sans zéro"),
        pytest.param(639980012.0, "+33639980012", id="décimal"),
        pytest.param("639980012", "+33639980012", id="texte sans zéro"),
        pytest.param("+33 6 39 98 00 13", "+33639980013", id="international"),
        pytest.param("+33 (0)6 39 98 00 13", "+33639980013", id="zéro entre parenthèses"),
        pytest.param("0033 6 39 98 00 13", "+33639980013", id="00 33"),
        pytest.param(33639980013, "+33639980013", id="plus perdu"),
        pytest.param("O6 39 98 00 13", "+33639980013", id="lettre O"),
        pytest.param("05 36 49 00 05", "+33536490005", id="fixe"),
        pytest.param("0692 12 34 56", "+262692123456", id="La Réunion"),
        pytest.param("0690 12 34 56", "+590690123456", id="Guadeloupe"),
        pytest.param("0696 12 34 56", "+596696123456", id="Martinique"),
        pytest.param("+380 44 000 00 00", "+380440000000", id="Ukraine"),
        pytest.param("+32 475 12 34 56", "+32475123456", id="Belgique"),
    ],
)
def test_a_phone_is_read_without_doubt(cell: object, number: str) -> None:
    reading = read_phone(cell)
    assert reading.number == number
    assert reading.doubt == ""


@pytest.mark.parametrize(
    ("cell", "number", "doubt"),
    [
        pytest.param("07 00 00 00 00", "+33700000000", "attribué à personne", id="non attribué"),
        pytest.param("mère : 06 39 98 00 23", "+33639980023", "texte", id="avec un mot"),
        pytest.param(
            "06 39 98 00 11 / 06 39 98 00 12", "+33639980011", "Plusieurs", id="deux numéros"
        ),
        pytest.param("06 39 98 00", "", "8 au lieu de 10", id="trop court"),
        pytest.param("06 39 98 00 11 22", "", "12 au lieu de 10", id="trop long"),
        pytest.param("+33 6 39", "", "étranger", id="international trop court"),
        pytest.param("néant", "", "Aucun chiffre", id="un mot"),
        pytest.param("115", "", "3 au lieu de 10", id="numéro court"),
    ],
)
def test_a_doubtful_phone_tells_why(cell: object, number: str, doubt: str) -> None:
    reading = read_phone(cell)
    assert reading.number == number
    assert doubt in reading.doubt


@pytest.mark.parametrize("cell", [None, "", "   ", True])
def test_an_empty_cell_is_no_phone_and_no_doubt(cell: object) -> None:
    reading = read_phone(cell)
    assert (reading.number, reading.doubt) == ("", "")


def test_a_phone_is_shown_by_pairs() -> None:
    assert format_phone("+33639980012") == "06 39 98 00 12"
    assert format_phone("+262692123456") == "06 92 12 34 56"
    assert format_phone("+380440000000").startswith("+380 44")
    assert format_phone("") == ""
    assert format_phone("+") == "+"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("0556000000", "05 56 00 00 00"),
        ("05.56.00.00.00", "05 56 00 00 00"),
        ("+33 5 56 00 00 00", "05 56 00 00 00"),
        ("+380 44 000 0000", "+380 44 000 0000"),
        ("05 56 00 00 00 poste 12", "05 56 00 00 00 poste 12"),
        ("0556000000 / 0557000000", "0556000000 / 0557000000"),
        ("3949", "3949"),
        ("", ""),
    ],
)
def test_a_number_is_printed_by_pairs_and_anything_else_as_typed(typed: str, printed: str) -> None:
    assert tidy_phone(typed) == printed


def test_two_spellings_of_a_number_compare_equal() -> None:
    assert bare_phone("06 39 98 00 12") == bare_phone("+33 6 39 98 00 12") == "+33639980012"
    assert bare_phone("à demander") == ""


@given(st.integers(0, 9999), st.sampled_from(["06 39 98", "05 36 49"]))
def test_numbers_reserved_for_fiction_are_good_and_shown_as_typed(last: int, prefix: str) -> None:
    typed = f"{prefix} {last // 100:02d} {last % 100:02d}"
    reading = read_phone(typed)
    assert reading.doubt == ""
    assert format_phone(reading.number) == typed
    assert read_phone(int(typed.replace(" ", ""))) == reading


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none(), st.binary()))
def test_whatever_a_cell_holds_is_read_without_a_crash(cell: object) -> None:
    reading = read_phone(cell)
    assert reading.number == "" or reading.number.startswith("+")
    format_phone(reading.number)


COUNTRIES = {"ES": "Espagne", "RE": "La Réunion", "UA": "Ukraine", "GP": "Guadeloupe"}


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("06 39 98 00 11", "mobile"),
        ("+33 7 56 78 90 12", "mobile"),
        ("05 36 49 00 05", "Sud-Ouest"),
        ("01 99 00 12 34", "Île-de-France"),
        ("0800 94 24 90", "numéro spécial"),
        ("09 72 10 20 30", "par Internet"),
        ("0692 12 34 56", "La Réunion · mobile"),
        ("0590 82 09 30", "Guadeloupe"),
        ("+34 612 34 56 78", "Espagne · mobile"),
        ("00 380 44 000 00 00", "Ukraine"),
        ("+32 475 12 34 56", "mobile"),
        ("06 39", ""),
        ("", ""),
        ("néant", ""),
        ("06 39 98 00 11 22", ""),
    ],
)
def test_where_a_number_belongs_is_said_once_it_is_whole(typed: str, place: str) -> None:
    assert phone_place(typed, COUNTRIES) == place


@given(st.text("0123456789+() .-a", max_size=24))
def test_whatever_is_typed_belongs_somewhere_or_nowhere(typed: str) -> None:
    assert isinstance(phone_place(typed, COUNTRIES), str)
