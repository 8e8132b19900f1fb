"""A row of the office's table, cell by cell: read where it is sure, told where it is not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from connexion_desktop.domain.import_columns import Column, SheetPlan, recognise
from connexion_desktop.domain.import_fields import FIELDS, SheetKind
from connexion_desktop.domain.import_reading import (
    EquipmentRead,
    HostRead,
    PersonRead,
    RowRead,
    Vocabulary,
    read_row,
)
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.names import fold
from tests.workbooks import (
    EQUIPMENT_HEADINGS,
    HOST_HEADINGS,
    PEOPLE_HEADINGS,
    host,
    laptop,
    on,
    person,
)

TODAY = date(2026, 4, 21)
WORDS = Vocabulary(
    activities={"sport": "sport", "theatre d impro": "theatre"},
    families={"btp": "batiment", "batiment": "batiment", "commerce": "commerce"},
    channels={"rue": "rue", "tram": "tram", "banque alimentaire": "alimentaire", "cada": "foyer"},
    labels={
        ("channel", "rue"): "Rue",
        ("channel", "alimentaire"): "Banque alimentaire",
        ("channel", "foyer"): "Centre d’hébergement",
    },
)


def read(headings: tuple[str, ...], row: tuple[object, ...], number: int = 5) -> RowRead:
    plan = recognise("Feuille", [headings])
    assert plan is not None
    return read_row(plan, number, row, WORDS, TODAY)


def someone(**values: object) -> tuple[PersonRead, RowRead]:
    found = read(PEOPLE_HEADINGS, person(**{"NOM": "DIALLO", "Prénom": "Aïssatou", **values}))
    assert isinstance(found.value, PersonRead)
    return found.value, found


def company(**values: object) -> tuple[HostRead, RowRead]:
    found = read(HOST_HEADINGS, host("Chez Lulu", **values))
    assert isinstance(found.value, HostRead)
    return found.value, found


def computer(**values: object) -> tuple[EquipmentRead, RowRead]:
    found = read(EQUIPMENT_HEADINGS, laptop("PC-001", **values))
    assert isinstance(found.value, EquipmentRead)
    return found.value, found


def problem(found: RowRead) -> str:
    assert len(found.problems) == 1, found.problems
    return str(found.problems[0])


# --- dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "birth"),
    [
        (on(1991, 4, 3), date(1991, 4, 3)),
        (datetime(1991, 4, 3, 14, 30), date(1991, 4, 3)),  # noqa: DTZ001
        ("12-5-88", date(1988, 5, 12)),
        ("03/02/1979", date(1979, 2, 3)),
        ("9 décembre 2007", date(2007, 12, 9)),
        (33331, date(1991, 4, 3)),
    ],
)
def test_a_birth_date_however_it_is_typed(typed: object, birth: date) -> None:
    value, found = someone(Néele=typed)
    assert value.birth == ImpreciseDate(birth)
    assert found.problems == ()


def test_an_imprecise_date_stays_imprecise() -> None:
    value, found = someone(Date1ercontact="février 2026", Néele="1988")
    assert value.met == ImpreciseDate(date(2026, 2, 1), Precision.MONTH)
    assert value.birth == ImpreciseDate(date(1988, 1, 1), Precision.YEAR)
    assert found.problems == ()


def test_a_doubtful_date_is_left_empty_and_told_as_typed() -> None:
    value, found = someone(Néele="31/02/1990")
    assert value.birth is None
    assert problem(found) == (
        "Feuille, ligne 5, colonne D (Né(e) le) : « 31/02/1990 » : le 31 février 1990 n’existe pas."
    )


def test_an_entry_needs_its_day() -> None:
    value, found = someone(Entréele="mars 2026")
    assert value.entered_on is None
    assert problem(found).endswith(
        "colonne R (Entrée le) : « mars 2026 ». Le jour manque."
        " L’entrée est mise au début du groupe, à corriger."
    )


def test_a_minor_is_noticed_by_the_youngest_reading_of_the_date() -> None:
    assert someone(Néele="22/04/2008")[0].minor
    assert not someone(Néele="21/04/2008", Entréele=None)[0].minor
    assert someone(Néele="2008")[0].minor
    assert not someone(Néele=None)[0].minor


# --- phones, mails, codes --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        (639980112, "06 39 98 01 12"),
        (639980112.0, "06 39 98 01 12"),
        ("0639980112", "06 39 98 01 12"),
        ("06.39.98.01.12", "06 39 98 01 12"),
        ("+33 6 39 98 01 12", "06 39 98 01 12"),
        ("+380 44 000 00 00", "+380 44 000 0000"),
        ("-", None),
        (None, None),
    ],
)
def test_a_phone_that_lost_its_zero_gets_it_back(typed: object, phone: str | None) -> None:
    value, found = someone(Tél=typed)
    assert value.phone == phone
    assert found.problems == ()


def test_a_phone_too_short_is_left_empty_and_told() -> None:
    value, found = someone(Tél="06 39 98 01")
    assert value.phone is None
    assert "« 06 39 98 01 »" in problem(found)


def test_a_phone_that_belongs_to_nobody_is_left_empty_and_told() -> None:
    value, found = someone(Tél="07 00 00 00 00")
    assert value.phone is None
    assert problem(found)


def test_two_phones_in_one_cell_are_both_kept() -> None:
    value, found = someone(Tél="06 39 98 01 12 / 06 39 98 01 13")
    assert (value.phone, value.other_phone) == ("06 39 98 01 12", "06 39 98 01 13")
    assert found.problems == ()


def test_of_three_phones_the_first_is_kept_and_the_others_told() -> None:
    value, found = someone(Tél="06 39 98 01 12 / 06 39 98 01 13 / 06 39 98 01 14")
    assert (value.phone, value.other_phone) == ("06 39 98 01 12", None)
    assert "06 39 98 01 14" in problem(found)


def test_a_mail_without_its_sign_is_told() -> None:
    value, found = someone(Mail="olena.example.org")
    assert value.email is None
    assert "colonne F (Mail) : « olena.example.org »" in problem(found)


@pytest.mark.parametrize(("typed", "code"), [(33300, "33300"), ("1000", "01000"), (1000, "01000")])
def test_a_postal_code_gets_its_zero_back(typed: object, code: str) -> None:
    assert someone(CP=typed)[0].postal_code == code


def test_a_postal_code_of_three_digits_is_told() -> None:
    value, found = someone(CP="333")
    assert value.postal_code is None
    assert "« 333 »" in problem(found)


# --- answers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("inscrite FT sans suivi", "registered"),
        ("Inscrit ML sans suivi", "registered"),
        ("Non", "none"),
        ("suivi ML", "followed"),
        (None, None),
    ],
)
def test_registered_without_follow_up_is_a_third_answer(typed: object, code: str | None) -> None:
    value, found = someone(SuiviMLFT=typed)
    assert value.elsewhere == code
    assert found.problems == ()


def test_an_unclear_answer_is_told_and_not_guessed() -> None:
    value, found = someone(SuiviMLFT="FT")
    assert value.elsewhere is None
    assert "« FT »" in problem(found)


@pytest.mark.parametrize(
    ("typed", "code"), [("OUI", "yes"), ("non", "no"), ("en cours", "pending"), (True, "yes")]
)
def test_rqth(typed: object, code: str) -> None:
    assert someone(RQTH=typed)[0].rqth == code


def test_families_with_an_alias_and_one_out_of_the_list() -> None:
    value, found = someone(
        Filièreschoisies="BTP; Commerce\nBois (Cité Bleue), bâtiment, –, BOIS (cité bleue)"
    )
    assert value.families == (
        ("batiment", "BTP"),
        ("commerce", "Commerce"),
        (None, "Bois (Cité Bleue)"),
    )
    assert found.problems == ()


def test_a_family_too_long_is_cut_and_told() -> None:
    value, found = someone(Filièreschoisies="BTP, " + "a" * 170)
    assert value.families == (("batiment", "BTP"), (None, "a" * 160))
    assert "coupé à 160 caractères" in problem(found)


def test_the_activity_and_the_channel_by_their_words() -> None:
    value, _ = someone(Activité="Théâtre d'impro", Orientépar="rue (tram B)")
    assert (value.activity, value.channel, value.channel_detail) == (
        "theatre",
        "rue",
        "tram B",
    )


@pytest.mark.parametrize(
    ("typed", "channel", "detail"),
    [
        ("Rue", "rue", None),
        ("banque  alimentaire", "alimentaire", None),
        ("BANQUE ALIMENTAIRE – Bacalan", "alimentaire", "Bacalan"),
        ("CADA de Tauzia", "foyer", "CADA de Tauzia"),
        ("par la banque alimentaire", "alimentaire", "par la banque alimentaire"),
        ("tram", "tram", "tram"),
        ("rueil", None, "rueil"),
    ],
)
def test_the_channel_and_what_makes_it_precise_are_not_said_twice(
    typed: str, channel: str | None, detail: str | None
) -> None:
    value, _ = someone(Orientépar=typed)
    assert (value.channel, value.channel_detail) == (channel, detail)


@given(st.text(max_size=20), st.sampled_from(["", "Rue", "Rue ", "rue, ", "Banque alimentaire : "]))
def test_no_letter_of_a_channel_is_ever_lost(typed: str, before: str) -> None:
    value, _ = someone(Orientépar=f"{before}{typed}")
    label = WORDS.labels.get(("channel", value.channel or ""), "")
    kept = fold(f"{label} {value.channel_detail or ''}").split()
    assert set(fold(f"{before}{typed}").split()) <= set(kept)


def test_an_unknown_activity_is_told_an_unknown_channel_is_kept_in_words() -> None:
    value, found = someone(Activité="Poterie", Orientépar="une cousine")
    assert (value.activity, value.channel, value.channel_detail) == (None, None, "une cousine")
    assert "« Poterie »" in problem(found)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("PC-004", ("PC-004",)),
        (4, ("4",)),
        ("PC-004 et PC-009", ("PC-004", "PC-009")),
        ("PC-004, PC-004", ("PC-004",)),
        ("non", ()),
        ("Aucun", ()),
        ("-", ()),
        (None, ()),
    ],
)
def test_what_was_lent_by_its_number(typed: object, numbers: tuple[str, ...]) -> None:
    value, found = someone(PCprêté=typed)
    assert value.equipment == numbers
    assert found.problems == ()


@pytest.mark.parametrize("typed", ["oui", "un portable", True])
def test_a_loan_without_a_number_is_told(typed: object) -> None:
    value, found = someone(PCprêté=typed)
    assert value.equipment == ()
    assert "inventaire" in problem(found)


# --- names -----------------------------------------------------------------------------------


def test_names_get_their_capitals_and_both_scripts() -> None:
    value, _ = someone(NOM="N'GUESSAN", Prénom="Олена / Olena")
    assert (value.family_name, value.given_name, value.native_name) == (
        "N’Guessan",
        "Olena",
        "Олена",
    )


@pytest.mark.parametrize(
    ("heading", "typed", "given_name", "family_name"),
    [
        ("Nom et prénom", "DIALLO Aïssatou", "Aïssatou", "Diallo"),
        ("Nom et prénom", "Aïssatou DIALLO", "Aïssatou", "Diallo"),
        ("Nom et prénom", "Diallo Aïssatou", "Aïssatou", "Diallo"),
        ("Nom et prénom", "DA SILVA Maria-José", "Maria-José", "Da Silva"),
        ("Prénom et nom", "Aïssatou Diallo", "Aïssatou", "Diallo"),
        ("Prénom et nom", "Maria Da Silva", "Maria", "Da Silva"),
        ("Stagiaire", "Aïssatou", "Aïssatou", None),
    ],
)
def test_a_name_in_one_column(
    heading: str, typed: str, given_name: str, family_name: str | None
) -> None:
    found = read((heading, "Né(e) le"), (typed, None))
    assert isinstance(found.value, PersonRead)
    assert (found.value.given_name, found.value.family_name) == (given_name, family_name)


# --- SIRET -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", [21330063500017, 2.133006350001e13 + 7, "213 300 635 00017", "21330063500017.0"]
)
def test_a_siret_that_a_spreadsheet_took_for_a_number(typed: object) -> None:
    value, found = company(SIRET=typed)
    assert value.siret == "21330063500017"
    assert found.problems == ()


def test_a_siret_that_lost_its_leading_zero() -> None:
    value, found = company(SIRET=5780120100013)
    assert value.siret == "05780120100013"
    assert found.problems == ()


@pytest.mark.parametrize(
    "typed", ["36252187900034", 36252187900034, 2.1330063500020e13, "213 300 635", "2,13E+13"]
)
def test_an_invalid_siret_is_told_and_kept_to_be_mended(typed: object) -> None:
    value, found = company(SIRET=typed)
    assert value.siret
    assert found.problems[0].field == "siret"
    assert found.problems[0].typed in problem(found)


def test_what_has_no_digit_is_no_siret_to_keep() -> None:
    value, found = company(SIRET="à demander")
    assert value.siret is None
    assert "« à demander »" in problem(found)


# --- computers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "cents"), [(420, 42000), ("380,50 €", 38050), ("1 200 euros", 120000), (None, None)]
)
def test_a_value_in_euros(typed: object, cents: int | None) -> None:
    assert computer(Valeur=typed)[0].value_cents == cents


@pytest.mark.parametrize("typed", ["cher", -3, "1e300", float("nan"), float("inf")])
def test_an_amount_that_is_none_is_told(typed: object) -> None:
    value, found = computer(Valeur=typed)
    assert value.value_cents is None
    assert problem(found)


def test_a_computer_under_repair() -> None:
    assert computer(État="en réparation")[0].in_repair
    assert not computer(État="bon")[0].in_repair


# --- rows ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        (None,) * 19,
        (13,) + (None,) * 18,
        ("  ", "\n", "-") + (None,) * 16,
        (None, "Total", 12) + (None,) * 16,
        (None, "TOTAL PARTICIPANTS", 12, None, 3.5) + (None,) * 14,
        (None, None, "#N/A") + (None,) * 16,
        PEOPLE_HEADINGS,
    ],
)
def test_empty_rows_totals_and_repeated_headings_are_skipped(row: tuple[object, ...]) -> None:
    assert read(PEOPLE_HEADINGS, row) == RowRead(None)


def test_a_company_called_total_is_no_total() -> None:
    assert read(HOST_HEADINGS, host("Total Énergies", Ville="Paris")).value is not None
    assert read(HOST_HEADINGS, host("Total", SIRET=54205118000066)).value is not None


def test_somebody_whose_family_name_is_somme_is_no_total() -> None:
    assert someone(NOM="SOMME", Prénom="Léa")[0].family_name == "Somme"


def test_a_row_without_first_name_is_unusable_and_says_where() -> None:
    found = read(PEOPLE_HEADINGS, person(NOM="DIALLO"), 9)
    assert found.value is None
    assert found.unusable == "Le prénom manque."
    assert problem(found) == (
        "Feuille, ligne 9, colonne C (Prénom) : cellule vide. Le prénom manque."
    )
    assert found.glimpse == "DIALLO · 02/03/2026"


@pytest.mark.parametrize("typed", ["-", "🙂", "…", "()"])
def test_a_first_name_needs_a_letter(typed: str) -> None:
    assert read(PEOPLE_HEADINGS, person(NOM="DIALLO", Prénom=typed)).unusable


def test_an_error_of_the_spreadsheet_is_told_and_the_rest_is_read() -> None:
    value, found = someone(Tél="#REF!", Ville="Bordeaux")
    assert (value.phone, value.city) == (None, "Bordeaux")
    assert "colonne E (Tél) : « #REF! »" in problem(found)


def test_a_comment_of_forty_thousand_characters_is_cut_and_told() -> None:
    value, found = someone(Commentaires="é" * 40_000)
    assert value.comment == "é" * 20_000
    assert "coupé à 20000 caractères" in problem(found)
    assert len(problem(found)) < 500


def test_what_looks_like_a_command_is_a_name_like_another() -> None:
    value, found = someone(NOM="=cmd|' /C calc'!A0")
    assert value.family_name == "=cmd|' /C calc'!A0"
    assert found.problems == ()


def test_no_word_of_a_problem_is_longer_than_the_base_holds() -> None:
    _, found = someone(Néele="x" * 5000, RQTH="y" * 5000, SuiviMLFT="z" * 5000, Tél="w" * 5000)
    assert len(found.problems) == 4
    for told in found.problems:
        assert len(told.typed) <= 400
        assert len(told.message) <= 400


# --- whatever the cells ----------------------------------------------------------------------

_values: st.SearchStrategy[object] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from(
        ["12-5-88", "février 2026", "#N/A", "06 39 98 00", "Total", "PC-1 et PC-2", "A2/B1"]
    ),
)


def plan_for(kind: SheetKind, fields: list[str]) -> SheetPlan:
    columns = tuple(Column(index, f"titre {index}", code) for index, code in enumerate(fields))
    return SheetPlan("Feuille", kind, 0, columns)


@given(st.data())
def test_reading_never_fails_whatever_the_cells(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(SheetKind))
    fields = data.draw(st.permutations([field.code for field in FIELDS[kind]]))
    row = data.draw(st.lists(_values, max_size=len(fields) + 2))
    plan = plan_for(kind, list(fields))
    found = read_row(plan, 7, row, WORDS, TODAY)
    assert (found.value is None) or not found.unusable
    for told in found.problems:
        assert told.sheet == "Feuille"
        assert told.row == 7
        assert told.column
        assert told.heading.startswith("titre")
        assert told.message.endswith((".", "?", "!"))
        assert "\n" not in told.message or "\n" in told.typed


@given(st.sampled_from([field.code for field in FIELDS[SheetKind.PEOPLE]]), _values)
@example("birth_date", 10**400)
@example("phone", float("inf"))
@example("comment", "\ud800")
@example("birth_date", datetime(1, 1, 1))  # noqa: DTZ001
@example("birth_date", time(12))
@example("given_name", timedelta(days=1))
@example("value", "９" * 30)
def test_no_cell_of_a_person_can_make_it_fail(code: str, value: Any) -> None:
    plan = plan_for(SheetKind.PEOPLE, ["given_name", "family_name", code])
    columns = (*plan.columns[:2], Column(2, "titre 2", code))
    for row in (("Zoé", "Petit", value), ["Zoé"], []):
        read_row(SheetPlan("F", SheetKind.PEOPLE, 0, columns), 2, row, WORDS, TODAY)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"Néele": "10/04/2008", "Entréele": "02/03/2026"}, "à l’entrée"),
        ({"Commentaires": "Mineure, vient avec sa tante"}, "« mineure »"),
        ({"Commentaires": "mère : 06 39 98 01 23"}, "« mere »"),
        ({"Néele": "10/04/1990", "Commentaires": "mère : 06 39 98 01 23"}, ""),
        ({"Commentaires": "sa mère est à Pessac"}, ""),
    ],
)
def test_a_minor_is_noticed_at_the_entry_and_in_the_comment(
    values: dict[str, object], said: str
) -> None:
    minor = someone(**values)[0].minor
    assert said in minor
    assert bool(minor) is bool(said)
