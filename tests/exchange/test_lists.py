"""Lists given to a spreadsheet: read again as one would, and nothing in them computes."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.sheet import Cell, ListSheet
from connexion_desktop.exchange.lists import as_csv, as_xlsx
from connexion_desktop.usecases import lists

SHEET = ListSheet(
    "Personnes",
    ("Nom", "Né(e) le", "Prêts"),
    (("N’Guessan", date(1988, 5, 12), 2), ("=1+1", "", 0)),
)


def csv_rows(sheet: ListSheet) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(sheet).decode("utf-8-sig")), delimiter=";"))


def workbook_cells(sheet: ListSheet) -> list[list[object]]:
    page = load_workbook(io.BytesIO(as_xlsx(sheet))).worksheets[0]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_a_csv_opens_in_france_with_its_accents() -> None:
    assert as_csv(SHEET).startswith(b"\xef\xbb\xbfNom;")
    assert csv_rows(SHEET)[1] == ["N’Guessan", "12/05/1988", "2"]


@pytest.mark.parametrize(
    "typed", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\n=1", " =1", "＝1+1"]
)
def test_what_somebody_typed_is_never_a_formula(typed: str) -> None:
    sheet = ListSheet("Essai", ("Nom",), ((typed,),))
    assert csv_rows(sheet)[1][0].startswith("'")
    page = load_workbook(io.BytesIO(as_xlsx(sheet))).worksheets[0]
    assert page["A2"].data_type == "s"


def test_a_workbook_has_days_as_days_and_numbers_as_numbers() -> None:
    assert workbook_cells(SHEET)[1] == ["N’Guessan", datetime(1988, 5, 12), 2]  # noqa: DTZ001
    assert workbook_cells(SHEET)[2][1] in (None, "")


@pytest.mark.parametrize("typed", ["+33 6 39 98 00 11", "-1", "06 39 98 00 11", "12/05/1988"])
def test_a_phone_or_a_number_is_left_as_it_is(typed: str) -> None:
    assert csv_rows(ListSheet("Essai", ("Nom",), ((typed,),)))[1] == [typed]


def test_a_name_that_no_file_holds_loses_only_what_cannot_be_held() -> None:
    assert workbook_cells(ListSheet("Essai", ("Nom",), (("Ana\uffff",),)))[1] == ["Ana"]


CELLS = st.text(max_size=20) | st.dates(date(1900, 3, 1)) | st.integers(0, 10**9)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_whatever_a_list_holds_it_is_written(rows: list[tuple[Cell, Cell]]) -> None:
    sheet = ListSheet("Liste [1/2] : tout", ("A", "B"), tuple(rows))
    assert len(workbook_cells(sheet)) == len(rows) + 1
    assert len(csv_rows(sheet)) == len(rows) + 1


def test_an_empty_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="aucune ligne"):
        lists.write(ListSheet("Personnes", ("Nom",), ()), tmp_path / "vide.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["liste.pdf", "liste", "liste.exe"])
def test_another_kind_of_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match=r"\.xlsx"):
        lists.write(SHEET, tmp_path / name)


def test_a_folder_that_is_not_there_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="n’a pas pu être écrit"):
        lists.write(SHEET, tmp_path / "absent" / "liste.csv")


def test_a_file_of_that_name_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("ancien")
    lists.write(SHEET, path)
    assert path.read_bytes() == as_csv(SHEET)
    assert [each.name for each in tmp_path.iterdir()] == ["liste.csv"]
