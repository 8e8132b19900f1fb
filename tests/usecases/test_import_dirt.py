"""Dirty tables, as real ones are: each loss told where it stands, nothing made up."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from connexion_desktop.data.database import Database
from connexion_desktop.domain.import_rows import RowStatus
from connexion_desktop.exchange.tables import Tables, read_tables
from tests.usecases.importing import look
from tests.workbooks import Row

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
