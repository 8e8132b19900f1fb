"""Dirty tables, as real ones are: each loss told where it stands, nothing made up."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import Workbook

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.import_rows import RowStatus
from connexion_desktop.exchange.tables import Tables, read_tables
from connexion_desktop.usecases import group_board, person_file
from tests.usecases.importing import TODAY, alive, bring_in, flags, look, take_back
from tests.workbooks import Row, host, laptop, office_sheets, person, tables

# --- cells that hold something, but no value ---------------------------------------------------


def dirty(folder: Path, *rows: Row, merged: str = "") -> Tables:
    """A real workbook, whose formulas have never been calculated."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Participants"
    for line in (("NOM", "Prénom", "Né(e) le", "Ville"), *rows):
        sheet.append(list(line))
    if merged:
        sheet.merge_cells(merged)
    workbook.save(folder / "sale.xlsx")
    return read_tables(folder / "sale.xlsx")


def test_a_name_that_is_a_formula_without_result_is_doubtful(
    database: Database, tmp_path: Path
) -> None:
    (row,) = look(database, dirty(tmp_path, ('="DU"&"PONT"', "Jean", "01/02/1990", "Bègles"))).rows
    assert row.status is RowStatus.DOUBTFUL
    (problem,) = map(str, row.problems)
    assert problem.startswith('Participants, ligne 2, colonne A (NOM) : « ="DU"&"PONT" ».')
    assert "ouvrez le fichier dans le tableur et enregistrez-le" in problem


def test_a_name_hidden_by_a_merged_cell_is_doubtful_and_says_where_it_is(
    database: Database, tmp_path: Path
) -> None:
    rows = (("DEUX", "Bis", "01/02/1991", "Pessac"), (None, "Ter", "01/02/1992", "Pessac"))
    kept, hidden = look(database, dirty(tmp_path, *rows, merged="A2:A3")).rows
    assert kept.status is RowStatus.NEW
    assert hidden.status is RowStatus.DOUBTFUL
    assert "colonne A (NOM) : cellule vide. Cellule fusionnée avec A2" in str(hidden.problems[0])


def test_a_row_of_formulas_alone_is_nobody(database: Database, tmp_path: Path) -> None:
    formulas = ("=A1", "=B1", "=C1", "=D1")
    preview = look(database, dirty(tmp_path, ("ROUX", "Inès", "1990", ""), formulas))
    assert [row.title for row in preview.rows] == ["Inès Roux"]
    assert "4 formules" in preview.warnings[0]


def test_somebody_without_a_family_name_is_doubtful(database: Database, tmp_path: Path) -> None:
    (row,) = look(database, dirty(tmp_path, (None, "Zoé", "01/02/1990", "Bègles"))).rows
    assert row.status is RowStatus.DOUBTFUL
    assert str(row.problems[0]).endswith("colonne A (NOM) : cellule vide. Le nom manque.")


# --- what would be lost in silence -------------------------------------------------------------


def test_a_second_column_of_the_same_heading_is_told(database: Database) -> None:
    rows = [("NOM", "Prénom", "NOM", "Tél"), ("PETIT", "Léo", "DURAND", "0639980111")]
    preview = look(database, tables({"Participants": rows}))
    assert preview.warnings == (
        "Participants, colonne C (NOM) : laissée de côté, la colonne A dit déjà cela.",
    )


def test_an_inventory_number_told_twice_otherwise_is_doubtful(database: Database) -> None:
    rows = (laptop("PC-101", Marquemodèle="Dell"), laptop("PC-101", Marquemodèle="Dell bis"))
    sheets = tables(office_sheets((), rows, None))
    first, second = look(database, sheets).rows
    assert (first.status, second.status) == (RowStatus.NEW, RowStatus.DOUBTFUL)
    assert "PC-101 est déjà PC, ligne 2, avec le modèle « Dell »" in second.reason
    assert second.outcome.startswith("Seuls les champs vides")
    bring_in(database, sheets)
    assert bring_in(database, sheets).changed == 0


def test_an_inventory_number_told_twice_alike_is_known(database: Database) -> None:
    rows = (laptop("PC-101"), laptop("PC 101"))
    preview = look(database, tables(office_sheets((), rows, None)))
    assert [row.status for row in preview.rows] == [RowStatus.NEW, RowStatus.KNOWN]


def test_two_names_for_one_siret_are_doubtful_and_the_second_is_told(database: Database) -> None:
    rows = (host("Float", SIRET=21330063500017), host("Sci", SIRET="21330063500017"))
    sheets = tables(office_sheets((), None, rows))
    first, second = look(database, sheets).rows
    assert (first.status, second.status) == (RowStatus.NEW, RowStatus.DOUBTFUL)
    assert str(second.problems[0]) == (
        "Entreprises, ligne 3, colonne A (Nom) : « Sci ». Ce SIRET est celui de « Float »"
        " (Entreprises, ligne 2) : ce nom est gardé."
    )
    bring_in(database, sheets)
    assert bring_in(database, sheets).changed == 0


def test_a_company_known_under_another_name_says_which(database: Database) -> None:
    bring_in(database, tables(office_sheets((), None, (host("Float", SIRET=21330063500017),))))
    renamed = (host("Mairie", SIRET=21330063500017),)
    (row,) = look(database, tables(office_sheets((), None, renamed))).rows
    assert row.status is RowStatus.KNOWN
    assert row.reason == "Déjà connue sous le nom « Float »"


# --- what the rows become ----------------------------------------------------------------------


def only_person(database: Database, **values: object) -> m.Person:
    row = person(**{"NOM": "ROUX", "Prénom": "Inès", **values})
    bring_in(database, tables(office_sheets((row,), None, None)))
    (who,) = alive(database, m.Person)
    return who


def test_two_numbers_in_one_cell_are_the_phone_and_the_other_phone(database: Database) -> None:
    who = only_person(database, Tél="06 39 98 01 23 / 06 39 98 01 24")
    assert (who.phone, who.other_phone) == ("06 39 98 01 23", "06 39 98 01 24")
    assert flags(database, who.id) == {}


def test_names_have_one_apostrophe(database: Database) -> None:
    assert only_person(database, NOM="O'Connor").family_name == "O’Connor"


def test_a_comment_of_the_table_is_a_note_but_no_contact(database: Database) -> None:
    who = only_person(database, Commentaires="garde d’enfants le mercredi")
    with database.read() as session:
        board = group_board.load(session, BoardQuery(None, TODAY))
        file = person_file.load(session, who.id, TODAY)
    assert board.cards[0].last_contact is None
    (note,) = [item for item in file.feed.items if item.text == "garde d’enfants le mercredi"]
    assert note.state == "importée du tableau"
    assert "contact le" not in str(file.header)


@pytest.mark.file_alone("the server has its team")
def test_who_imports_is_the_conseiller_of_the_new_group_until_it_is_undone(
    database: Database,
) -> None:
    act = Act("Anne Martin", "Import", uuid4())
    bring_in(database, tables(office_sheets()), act=act)
    (staff,) = alive(database, m.Staff)
    assert (staff.given_name, staff.family_name) == ("Anne", "Martin")
    assert alive(database, m.Cohort)[0].conseiller_id == staff.id
    take_back(database, act)
    assert alive(database, m.Staff) == []


@pytest.mark.file_alone("the server has its team")
def test_a_conseiller_of_the_team_is_not_made_again(database: Database) -> None:
    bring_in(database, tables(office_sheets()), cohort="Un")
    bring_in(database, tables(office_sheets()), cohort="Deux")
    (staff,) = alive(database, m.Staff)
    assert {each.conseiller_id for each in alive(database, m.Cohort)} == {staff.id}


@pytest.mark.file_alone("the server has its team")
def test_an_account_is_not_made_a_conseiller(database: Database) -> None:
    act = Act("jdupont", "Import", uuid4())
    bring_in(database, tables(office_sheets()), act=act)
    assert alive(database, m.Staff) == []
    assert alive(database, m.Cohort)[0].conseiller_id is None


@pytest.mark.file_alone("the server has its team")
def test_the_command_line_has_no_name_to_give_to_a_group(database: Database) -> None:
    act = Act("cli:root", "Import", uuid4())
    bring_in(database, tables(office_sheets()), act=act)
    assert alive(database, m.Staff) == []
