"""What the sheets and the columns of somebody's table mean: proposed, corrected, remembered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.import_columns import (
    Memory,
    SheetPlan,
    answers,
    column_letters,
    fold_heading,
    recognise,
    with_field,
)
from connexion_desktop.domain.import_fields import FIELDS, SheetKind
from tests.workbooks import EQUIPMENT_HEADINGS, HOST_HEADINGS, PEOPLE_HEADINGS, TITLE

PEOPLE, EQUIPMENT, HOSTS = SheetKind.PEOPLE, SheetKind.EQUIPMENT, SheetKind.HOSTS


def plan_of(*rows: object, sheet: str = "Feuil1", memory: Memory | None = None) -> SheetPlan:
    found = recognise(sheet, [row if isinstance(row, tuple) else () for row in rows], memory)
    assert found is not None
    return found


def meanings(plan: SheetPlan) -> dict[str, str | None]:
    return {column.heading: column.field for column in plan.columns if column.heading}


def test_the_headings_of_the_office_are_all_understood() -> None:
    for kind, headings in (
        (PEOPLE, PEOPLE_HEADINGS),
        (EQUIPMENT, EQUIPMENT_HEADINGS),
        (HOSTS, HOST_HEADINGS),
    ):
        plan = plan_of(headings)
        assert plan.kind is kind
        assert None not in meanings(plan).values()


def test_the_headings_stand_below_a_title_and_an_empty_line() -> None:
    plan = plan_of((TITLE,), (), PEOPLE_HEADINGS, ("1", "DIALLO", "Aïssatou"))
    assert (plan.kind, plan.header_row) == (PEOPLE, 2)


@pytest.mark.parametrize("name", ["Feuil1", "liste à jour", "PC", "Entreprises"])
def test_a_renamed_sheet_is_recognised_by_its_headings(name: str) -> None:
    assert plan_of(PEOPLE_HEADINGS, sheet=name).kind is PEOPLE
    assert plan_of(EQUIPMENT_HEADINGS, sheet=name).kind is EQUIPMENT
    assert plan_of(HOST_HEADINGS, sheet=name).kind is HOSTS


def test_reordered_columns_keep_their_meaning() -> None:
    mixed = meanings(plan_of(tuple(reversed(PEOPLE_HEADINGS))))
    assert mixed == meanings(plan_of(PEOPLE_HEADINGS))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("PRÉNOM", "given_name"),
        ("Prénom(s)", "given_name"),
        ("  Né(e)\n le ", "birth_date"),
        ("NÉE LE", "birth_date"),
        ("Date de\nnaissance", "birth_date"),
        ("TEL.", "phone"),
        ("Téléphone portable", "phone"),
        ("E-MAIL", "email"),
        ("Adresse e-mail", "email"),
        ("Code Postal", "postal_code"),
        ("SUIVI ML/FT ?", "elsewhere"),
        ("filieres choisies", "families"),
        ("Date d’entrée", "entered_on"),
        ("N°", "rank"),
    ],
)
def test_headings_in_capitals_with_line_breaks_or_without_accents(heading: str, field: str) -> None:
    plan = plan_of(("Nom", "Prénom" if field != "given_name" else "RQTH", heading))
    assert meanings(plan)[" ".join(heading.split())] == field


@pytest.mark.parametrize("heading", ["Nom et prénom", "NOM Prénom", "Prénom et nom", "Stagiaire"])
def test_a_name_in_one_column_needs_no_first_name(heading: str) -> None:
    plan = plan_of((heading, "Né(e) le"))
    assert plan.kind is PEOPLE
    assert plan.missing == ()


def test_of_two_columns_of_one_heading_the_first_is_read() -> None:
    plan = plan_of(("Nom", "Prénom", "Tél", "Tél", "Portable"))
    assert [column.field for column in plan.columns[2:]] == ["phone", None, None]


def test_people_without_their_first_names_are_no_companies() -> None:
    plan = plan_of(("Nom", "Né(e) le", "Tél", "Ville"))
    assert plan.kind is PEOPLE
    assert [field.label for field in plan.missing] == ["Prénom"]
    assert recognise("Feuil1", [("Nom", "Tél", "Ville")]) is None


def test_a_sheet_named_after_companies_lists_companies() -> None:
    assert plan_of(("Nom", "Tél", "Ville"), sheet="Entreprises 2026").kind is HOSTS


@pytest.mark.parametrize(
    "rows",
    [[], [()], [("Bonjour",)], [("Recettes", "Dépenses")], [(1, 2.5, None, True)], [("Nom",)]],
)
def test_a_sheet_about_something_else_is_not_recognised(rows: list[tuple[object, ...]]) -> None:
    assert recognise("Comptes", rows) is None


def test_a_correction_is_remembered_for_the_next_file() -> None:
    first = plan_of(("Nom", "Prénom", "Identifiant ML"))
    corrected = with_field(first, 2, "elsewhere")
    memory = answers([corrected])
    again = plan_of(("Identifiant ML", "Prénom", "Nom"), memory=memory)
    assert meanings(again)["Identifiant ML"] == "elsewhere"


def test_not_importing_a_column_is_remembered_too() -> None:
    corrected = with_field(plan_of(("Nom", "Prénom", "RQTH")), 2, None)
    again = plan_of(("Nom", "Prénom", "RQTH"), memory=answers([corrected]))
    assert meanings(again)["RQTH"] is None


def test_a_second_phone_left_out_is_read_where_it_stands_alone() -> None:
    memory = answers([plan_of(("Nom", "Prénom", "Tél", "Portable"))])
    again = plan_of(("Nom", "Prénom", "Portable"), memory=memory)
    assert meanings(again)["Portable"] == "phone"


def test_a_double_heading_is_remembered_as_it_was_read() -> None:
    memory = answers([plan_of(("Nom", "Prénom", "Tél", "Tél"))])
    again = plan_of(("Nom", "Prénom", "Tél", "Tél"), memory=memory)
    assert [column.field for column in again.columns] == [
        "family_name",
        "given_name",
        "phone",
        None,
    ]


def test_a_correction_taken_back_is_forgotten() -> None:
    plan = with_field(plan_of(("Nom", "Prénom", "Contact")), 2, "phone")
    memory = answers([plan]) | answers([with_field(plan, 2, None)])
    assert meanings(plan_of(("Nom", "Prénom", "Contact"), memory=memory))["Contact"] is None


def test_a_field_stands_in_one_column_only() -> None:
    plan = with_field(plan_of(("Nom", "Prénom", "Tél", "Autre")), 3, "phone")
    assert [column.field for column in plan.columns] == ["family_name", "given_name", None, "phone"]


def test_no_word_is_the_heading_of_two_fields() -> None:
    for kind, fields in FIELDS.items():
        words = {field.code: {fold_heading(word) for word in field.headings} for field in fields}
        for code, own in words.items():
            others = set().union(*(each for other, each in words.items() if other != code))
            assert not own & others, (kind, code)


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_named_as_a_spreadsheet_does(index: int, letters: str) -> None:
    assert column_letters(index) == letters


_cells = st.one_of(
    st.none(), st.text(max_size=15), st.integers(), st.sampled_from(PEOPLE_HEADINGS + HOST_HEADINGS)
)


@given(st.lists(st.lists(_cells, max_size=8), max_size=6))
def test_any_sheet_is_recognised_or_not_and_what_is_remembered_changes_nothing(
    rows: list[list[object]],
) -> None:
    plan = recognise("F", rows)
    if plan is not None:
        fields = [column.field for column in plan.columns if column.field]
        assert len(set(fields)) == len(fields)
        assert recognise("F", rows, answers([plan])) == plan
