"""Workbooks as offices write them."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

from connexion_desktop.domain.unread import Unread
from connexion_desktop.exchange import sheets
from connexion_desktop.exchange.tables import read_tables
from tests.workbooks import PEOPLE_HEADINGS, office_sheets, on, save_csv, save_xlsx

from .reading import LINES, rewritten, rows


def test_the_three_sheets_of_the_office_with_their_values_as_they_are(tmp_path: Path) -> None:
    read = read_tables(save_xlsx(tmp_path / "suivi.xlsx", office_sheets()))
    assert [sheet.name for sheet in read.sheets] == ["Participants", "PC", "Entreprises"]
    people = rows(read)
    assert people[2] == PEOPLE_HEADINGS
    assert people[3][3] == on(1991, 4, 3)
    assert people[4][3:5] == ("12-5-88", 639980112)
    assert read.warnings == ()
    assert len(read.sha256) == 64


def test_rows_keep_the_numbers_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {"F": [[], [], ["Nom"], [], ["Diallo"]]})
    assert rows(read_tables(path)) == [(None,), (None,), ("Nom",), (None,), ("Diallo",)]


def test_booleans_hours_and_negative_numbers(tmp_path: Path) -> None:
    values = [True, -12, -0.5, datetime(2026, 3, 2, 9, 30), time(8, 15), date(2026, 3, 2)]  # noqa: DTZ001
    (read,) = rows(read_tables(save_xlsx(tmp_path / "a.xlsx", {"F": [values]})))
    assert read[:5] == (True, -12, -0.5, datetime(2026, 3, 2, 9, 30), time(8, 15))  # noqa: DTZ001


def test_merged_cells_hold_their_value_once(tmp_path: Path) -> None:
    workbook = Workbook()
    worksheet = workbook.worksheets[0]
    worksheet["A1"] = "Titre"
    worksheet.merge_cells("A1:D2")
    worksheet["A3"], worksheet["B3"] = "Nom", "Prénom"
    workbook.save(tmp_path / "a.xlsx")
    assert rows(read_tables(tmp_path / "a.xlsx"))[0] == ("Titre", None)


def test_a_formula_gives_its_recorded_result_and_is_never_run(tmp_path: Path) -> None:
    def with_result(name: str, content: bytes) -> bytes:
        return content.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
            b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
        )

    path = save_xlsx(tmp_path / "a.xlsx", {"F": [["Âge"], ["=1+1"]]})
    assert rows(read_tables(rewritten(path, with_result))) == [("Âge",), (2,)]


def test_formulas_without_a_result_are_told(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {"F": [["Nom", "Âge"], ["Diallo", "=1+1"]]})
    read = read_tables(path)
    name, formula = rows(read)[1]
    assert (name, formula) == ("Diallo", "=1+1")
    assert isinstance(formula, Unread)
    assert read.warnings[0].startswith("1 formule n’a pas de résultat")


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+33 6", "@SUM(A1)", "-2+3", "'=1+1"])
def test_what_looks_like_a_command_is_only_text(tmp_path: Path, text: str) -> None:
    path = save_csv(tmp_path / "a.csv", [("Nom", "Prénom"), (text, "Léo")])
    assert rows(read_tables(path))[1] == (text, "Léo")


def test_errors_of_the_spreadsheet_are_read_as_they_show(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {"F": [["#N/A", "#REF!", "#DIV/0!"]]})
    assert rows(read_tables(path)) == [("#N/A", "#REF!", "#DIV/0!")]


def test_control_characters_go_and_every_space_is_a_space(tmp_path: Path) -> None:
    line = ("Jean\u00a0Luc", "a\tb", "\ufeffx\u200b", "l1\r\nl2", "\x01\x02", "  ")
    path = save_csv(tmp_path / "a.csv", [("a", "b", "c", "d", "e", "f"), line], separator=";")
    expected = ("Jean Luc", "a b", "x", "l1\nl2", None, None)
    assert rows(read_tables(path))[1] == expected


def test_a_line_end_that_excel_escapes_is_a_line_end(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {"F": [["un_x000D_\ndeux"]]})
    assert rows(read_tables(path)) == [("un\ndeux",)]


def test_a_cell_of_forty_thousand_characters(tmp_path: Path) -> None:
    path = save_csv(tmp_path / "a.csv", [("Nom", "Commentaires"), ("Diallo", "é" * 40_000)])
    assert rows(read_tables(path))[1] == ("Diallo", "é" * 40_000)


def test_columns_beyond_the_two_hundredth_are_told(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {"F": [list(range(10_000))]})
    read = read_tables(path)
    assert len(rows(read)[0]) == sheets.MAX_COLUMNS
    assert read.warnings == ("Feuille F : seules les 200 premières colonnes sont lues.",)


def test_rows_beyond_the_twenty_thousandth_are_told(tmp_path: Path) -> None:
    path = save_csv(tmp_path / "longue.csv", [("a", "b")] * (sheets.MAX_ROWS + 5))
    read = read_tables(path)
    assert len(rows(read)) == sheets.MAX_ROWS
    assert read.warnings == ("longue : seules les 20000 premières lignes sont lues.",)


@pytest.mark.parametrize("lie", [b"A1:XFD1048576", b"A1:B200000", b"A1"])
def test_a_sheet_that_lies_about_its_size_is_read_as_it_is(tmp_path: Path, lie: bytes) -> None:
    def lying(name: str, content: bytes) -> bytes:
        return content.replace(b'ref="A1:C3"', b'ref="' + lie + b'"')

    path = rewritten(save_xlsx(tmp_path / "a.xlsx", {"F": LINES}), lying)
    assert rows(read_tables(path)) == LINES


def test_a_value_a_million_rows_below_does_not_take_forever(tmp_path: Path) -> None:
    def far(name: str, content: bytes) -> bytes:
        return content.replace(b'<row r="3"', b'<row r="1048576"').replace(
            b'r="A3"', b'r="A1048576"'
        )

    path = rewritten(save_xlsx(tmp_path / "a.xlsx", {"F": LINES}), far)
    read = read_tables(path)
    assert rows(read) == LINES[:2]
    assert read.warnings


def test_sheet_names_with_quotes_and_signs(tmp_path: Path) -> None:
    names = ["L'équipe « d’ici »", 'Le "reste"', "<b>&amp;", "=1+1"]
    path = save_xlsx(tmp_path / "a.xlsx", dict.fromkeys(names, LINES))
    assert [sheet.name for sheet in read_tables(path).sheets] == names


def test_two_sheets_of_one_name_are_told_apart(tmp_path: Path) -> None:
    def alike(name: str, content: bytes) -> bytes:
        return content.replace(b'name="G"', b'name="F"')

    path = rewritten(save_xlsx(tmp_path / "a.xlsx", {"F": LINES, "G": LINES}), alike)
    assert [sheet.name for sheet in read_tables(path).sheets] == ["F", "F (2)"]


def test_more_than_fifty_sheets(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {f"F{number}": LINES for number in range(60)})
    read = read_tables(path)
    assert len(read.sheets) == 50
    assert read.warnings == ("Seules les 50 premières feuilles sont lues.",)


def test_an_empty_workbook_has_empty_sheets(tmp_path: Path) -> None:
    assert rows(read_tables(save_xlsx(tmp_path / "a.xlsx", {"F": []}))) == []


def test_a_workbook_with_only_a_chart_has_no_sheet(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.create_chartsheet("Graphique").add_chart(BarChart())
    workbook.remove(workbook.worksheets[0])
    workbook.save(tmp_path / "a.xlsx")
    assert read_tables(tmp_path / "a.xlsx").sheets == ()


def test_a_workbook_under_the_name_of_a_csv_is_read_all_the_same(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {"F": LINES}).rename(tmp_path / "a.csv")
    assert rows(read_tables(path)) == LINES
