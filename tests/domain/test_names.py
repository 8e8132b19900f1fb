from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.name_matching import (
    Certainty,
    Likeness,
    PersonTraits,
    match_person,
    same_person,
)
from connexion_desktop.domain.names import (
    NameForms,
    display_name,
    fold,
    fold_joined,
    full_name,
    initials,
    split_scripts,
    transliterate,
)
from connexion_desktop.domain.typed_dates import DatePurpose, parse_date


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("DIALLO", "Diallo"),
        ("N'GUESSAN", "N’Guessan"),
        ("DA SILVA", "Da Silva"),
        ("da silva", "Da Silva"),
        ("O'Connor-Dupuy", "O’Connor-Dupuy"),
        ("ŞAHİN", "Şahin"),
        ("IŞIK", "Işık"),
        ("YILDIZ", "Yildiz"),
        ("LEFÈVRE", "Lefèvre"),
        ("NGUYỄN", "Nguyễn"),
        ("Thị Hồng", "Thị Hồng"),
        ("jean-françois", "Jean-François"),
        ("DIALLO Aïssatou", "Diallo Aïssatou"),
        ("КОВАЛЕНКО", "Коваленко"),
        ("  MARTIN   DUPONT ", "Martin Dupont"),
        ("A.", "A."),
        ("", ""),
    ],
)
def test_names_are_shown_with_their_capitals(typed: str, shown: str) -> None:
    assert display_name(typed) == shown


@given(st.text(max_size=30))
def test_a_name_shown_is_stable_and_no_other_name(typed: str) -> None:
    shown = display_name(typed)
    assert fold(shown).replace(" ", "") == fold(typed).replace(" ", "") or not typed.isascii()
    assert " ".join(shown.split()) == shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("N’GUESSAN", "n'guessan"),
        ("Şahin", "SAHIN"),
        ("ŞAHİN", "sahin"),
        ("ışık", "Isik"),
        ("Nguyễn Thị Hồng", "nguyen thi hong"),
        ("Олена", "olena"),
        ("Jean-François", "jean francois"),
        ("Œuvrard", "oeuvrard"),
        ("Łukasz", "lukasz"),
        ("Søren", "soren"),
        ("Lefe\u0300vre", "Lefèvre"),
        ("Strauß", "STRAUSS"),
    ],
)
def test_two_spellings_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_an_apostrophe_joins_when_asked() -> None:
    assert fold_joined("N’Guessan") == "nguessan"
    assert fold_joined("O'Connor-Dupuy") == "oconnor dupuy"


def test_cyrillic_is_read_the_ukrainian_way_where_it_shows() -> None:
    assert transliterate("Сергій Григорович") == "Serhii Hryhorovych"
    assert transliterate("Григорий") == "Grigorii"
    assert transliterate("Olena") == "Olena"


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("Олена / Olena", NameForms("Olena", "Олена")),
        ("Olena (Олена)", NameForms("Olena", "Олена")),
        ("Олена", NameForms("Olena", "Олена")),
        ("محمد / Mohamed", NameForms("Mohamed", "محمد")),
        ("Jean  Paul", NameForms("Jean Paul", "")),
        ("", NameForms("", "")),
    ],
)
def test_a_name_in_two_scripts_is_split(typed: str, forms: NameForms) -> None:
    assert split_scripts(typed) == forms


@pytest.mark.parametrize(
    ("given_name", "family", "letters"),
    [
        ("Aïssatou", "DIALLO", "AD"),
        ("Олена / Olena", "KOVALENKO", "OK"),
        ("Élodie", "", "É"),
        ("", "", "?"),
    ],
)
def test_initials(given_name: str, family: str, letters: str) -> None:
    assert initials(given_name, family) == letters


def test_a_full_name_leaves_no_stray_space() -> None:
    assert full_name("Koffi", "N’Guessan") == "Koffi N’Guessan"
    assert full_name("", "N’Guessan") == "N’Guessan"


GROUP = (
    ("diallo", "DIALLO", "Aïssatou"),
    ("nguessan", "N'GUESSAN", "Koffi"),
    ("martin", "Martin", "Jean-François"),
    ("sahin", "ŞAHİN", "Elif"),
    ("dasilva", "DA SILVA", "Maria-José"),
    ("lefevre", "LEFÈVRE", "Océane"),
    ("nguyen", "NGUYỄN", "Thị Hồng"),
    ("benali", "BENALI", "Karim"),
    ("oconnor", "O'Connor-Dupuy", "Siobhán"),
    ("kovalenko", "KOVALENKO", "Олена / Olena"),
    ("petit", "PETIT", "Léo"),
)


@pytest.mark.parametrize(
    ("typed", "who", "certainty"),
    [
        ("Lefevre Oceane", "lefevre", Certainty.EXACT),
        ("Océane LEFÈVRE", "lefevre", Certainty.EXACT),
        ("Nguyen Thi Hong", "nguyen", Certainty.EXACT),
        ("Şahin Elif", "sahin", Certainty.EXACT),
        ("Martin Jean-François", "martin", Certainty.EXACT),
        ("Olena Kovalenko", "kovalenko", Certainty.EXACT),
        ("Коваленко Олена", "kovalenko", Certainty.EXACT),
        ("NGuessan Koffi", "nguessan", Certainty.EXACT),
        ("N Guessan Koffi", "nguessan", Certainty.EXACT),
        ("Diallo A.", "diallo", Certainty.LIKELY),
        ("Kovalenko", "kovalenko", Certainty.LIKELY),
        ("J-F Martin", "martin", Certainty.LIKELY),
        ("Mme Da Silva", "dasilva", Certainty.LIKELY),
        ("Dasilva", "dasilva", Certainty.LIKELY),
        ("M. Petit", "petit", Certainty.LIKELY),
        ("Benaly K", "benali", Certainty.LIKELY),
        ("Siobhan", "oconnor", Certainty.LIKELY),
    ],
)
def test_a_typed_name_finds_its_person(typed: str, who: str, certainty: Certainty) -> None:
    found = match_person(typed, GROUP)
    assert (found.id, found.certainty, found.candidates) == (who, certainty, (who,))
    assert found.reason


@pytest.mark.parametrize("typed", ["Diallo B.", "Martin Bernard", "Petit Léa", "Dupont", "A.", ""])
def test_a_name_of_nobody_finds_nobody(typed: str) -> None:
    found = match_person(typed, GROUP)
    assert (found.id, found.certainty, found.candidates) == (None, Certainty.NONE, ())
    assert found.reason


@pytest.mark.parametrize("typed", ["Diallo", "Diallo A.", "Dialo"])
def test_between_two_people_nobody_is_chosen(typed: str) -> None:
    found = match_person(typed, [*GROUP, ("other", "Diallo", "Amadou")])
    assert (found.id, found.certainty) == (None, Certainty.AMBIGUOUS)
    assert set(found.candidates) == {"diallo", "other"}
    assert "Aïssatou" in found.reason


def test_a_whole_name_wins_over_a_namesake_s_longer_one() -> None:
    people = [*GROUP, ("other", "Nguyễn", "Thị Hồng Hạnh")]
    assert match_person("Nguyen Thi Hong", people).id == "nguyen"


def traits(
    family: str, given: str, birth: str = "", phone: str = "", email: str = ""
) -> PersonTraits:
    read = parse_date(birth, DatePurpose.BIRTH, date(2026, 3, 18)).date
    return PersonTraits(family, given, read, phone, email)


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        pytest.param(
            traits("DIALLO", "Aïssatou", "3/4/1991"),
            traits("Aissatou", "Diallo", "3/4/91"),
            Likeness.SAME,
            id="ordre et accents",
        ),
        pytest.param(
            traits("KOVALENKO", "Олена", phone="+33 6 39 98 00 30"),
            traits("Kovalenko", "Olena", phone="0639980030"),
            Likeness.SAME,
            id="translittération et téléphone",
        ),
        pytest.param(
            traits("Traoré", "Mamadou", "1996", email="M@example.org"),
            traits("Traoré", "Mamadou", "1/1/1996", email="m@example.org"),
            Likeness.SAME,
            id="année compatible et courriel",
        ),
        pytest.param(
            traits("Traoré", "Mamadou"),
            traits("Traoré", "Mamadou", "1/1/1996"),
            Likeness.PERHAPS,
            id="naissance inconnue",
        ),
        pytest.param(
            traits("Martin", "Jean", "3/4/1991"),
            traits("Martin", "Jean", "5/6/1975"),
            Likeness.DIFFERENT,
            id="homonymes",
        ),
        pytest.param(
            traits("Martin", "Jean", "3/4/1991"),
            traits("Martin", "Jean", "4/3/1991"),
            Likeness.PERHAPS,
            id="jour et mois inversés",
        ),
        pytest.param(
            traits("Benali", "Karim", "14/9/1973"),
            traits("Benaly", "Karim", "14/9/1973"),
            Likeness.PERHAPS,
            id="faute de frappe",
        ),
        pytest.param(
            traits("Nguyễn", "Thị Hồng", "21/6/1985"),
            traits("Nguyen", "Hong", "21/6/1985"),
            Likeness.PERHAPS,
            id="un prénom sur deux",
        ),
        pytest.param(
            traits("Benali", "Karim"), traits("Benaly", "Karim"), Likeness.DIFFERENT, id="proches"
        ),
        pytest.param(
            traits("Petit", "Léo", phone="06 39 98 00 22"),
            traits("Petit", "Anne", phone="06 39 98 00 22"),
            Likeness.DIFFERENT,
            id="une famille, un téléphone",
        ),
        pytest.param(traits("", ""), traits("", ""), Likeness.DIFFERENT, id="sans nom"),
    ],
)
def test_duplicates_are_told_from_namesakes(
    one: PersonTraits, other: PersonTraits, likeness: Likeness
) -> None:
    assert same_person(one, other).likeness is likeness
    assert same_person(other, one) == same_person(one, other)


def test_an_imprecise_birth_is_only_compatible() -> None:
    known = PersonTraits("Diallo", "Awa", ImpreciseDate(date(1991, 4, 3)))
    vague = PersonTraits("Diallo", "Awa", ImpreciseDate(date(1991, 4, 1), Precision.MONTH))
    assert same_person(known, vague).likeness is Likeness.PERHAPS
