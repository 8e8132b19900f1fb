"""OpenDocument workbooks as offices write them."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connexion_desktop.domain.unread import Unread
from connexion_desktop.exchange import sheets
from connexion_desktop.exchange.tables import read_tables
from tests.opendocuments import cell, cell_of, row_of, save_ods, sheet, with_rows, with_sheets
from tests.workbooks import office_sheets, on, save_csv, save_xlsx

from .reading import LINES, rows


def test_the_table_of_the_office_reads_as_its_excel_file(tmp_path: Path) -> None:
    ods = read_tables(save_ods(tmp_path / "suivi.ods", office_sheets()))
    xlsx = read_tables(save_xlsx(tmp_path / "suivi.xlsx", office_sheets()))
    assert ods.sheets == xlsx.sheets
    assert ods.warnings == ()
    assert rows(ods)[3][3] == on(1991, 4, 3)
    assert rows(ods)[4][3:5] == ("12-5-88", 639980112)


_CELLS = st.one_of(
    st.none(),
    st.text("aé 0’;\"'<&=+-,\n", min_size=1, max_size=12).map(lambda text: f"x{text}x"),
    st.integers(-(10**9), 10**14),
    st.booleans(),
    st.datetimes(datetime(1930, 1, 1), datetime(2030, 1, 1)).map(  # noqa: DTZ001
        lambda moment: moment.replace(microsecond=0)
    ),
)


@settings(max_examples=60)
@given(st.lists(st.lists(_CELLS, min_size=1, max_size=6), min_size=1, max_size=6))
def test_one_table_reads_the_same_in_excel_and_in_opendocument(table: list[list[object]]) -> None:
    with TemporaryDirectory() as folder:
        ods = read_tables(save_ods(Path(folder, "a.ods"), {"F": table}))
        xlsx = read_tables(save_xlsx(Path(folder, "a.xlsx"), {"F": table}))
    assert ods.sheets == xlsx.sheets


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(st.text("aé 0’;\"'<&=+-\n", max_size=12).map(lambda text: f"x{text}x")),
        min_size=2,
        max_size=6,
    ).map(lambda table: [["a", "b", "c"], *table])
)
def test_one_table_of_texts_reads_the_same_in_csv(table: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        ods = read_tables(save_ods(Path(folder, "a.ods"), {"a": table}))
        csv = read_tables(save_csv(Path(folder, "a.csv"), table))
    assert ods.sheets == csv.sheets


def test_percentages_amounts_hours_and_lengths(tmp_path: Path) -> None:
    cells = (
        cell("percentage", "value", "0.5", "50 %"),
        cell("currency", "value", "380.5", "380,50 €", 'office:currency="EUR"'),
        cell_of(time(8, 15)),
        cell("time", "time-value", "PT26H00M00S", "26:00"),
        cell("date", "date-value", "2026-03-02T09:30:00.000000000", "02/03/2026 09:30"),
    )
    (read,) = rows(read_tables(with_rows(tmp_path / "a.ods", row_of(*cells))))
    assert read[:3] == (0.5, 380.5, time(8, 15))
    assert read[3] == "1 day, 2:00:00"
    assert read[4] == datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001


def test_a_formula_gives_its_recorded_result(tmp_path: Path) -> None:
    formula = 'table:formula="of:=[.A1]+1"'
    cells = (
        cell("float", "value", "2", "2", formula),
        cell("string", "string-value", "Léo", "Léo", formula),
    )
    read = read_tables(with_rows(tmp_path / "a.ods", row_of(*cells)))
    assert rows(read) == [(2, "Léo")]
    assert read.warnings == ()


def test_a_formula_without_a_result_is_told(tmp_path: Path) -> None:
    bare = '<table:table-cell table:formula="of:=1+1"/>'
    read = read_tables(with_rows(tmp_path / "a.ods", row_of(cell_of("Diallo"), bare)))
    ((name, formula),) = rows(read)
    assert (name, formula) == ("Diallo", "=1+1")
    assert isinstance(formula, Unread)
    assert read.warnings[0].startswith("1 formule n’a pas de résultat")


@pytest.mark.parametrize("shown", ["#N/D", "#DIV/0 !", "#REF!", "#NOM ?", "Err:508"])
def test_an_error_of_the_spreadsheet_is_no_value(tmp_path: Path, shown: str) -> None:
    cells = (
        cell("string", "string-value", "", shown, 'calcext:value-type="error"'),
        cell("float", "value", "0", shown, 'table:formula="of:=1/0"'),
    )
    (read,) = rows(read_tables(with_rows(tmp_path / "a.ods", row_of(*cells))))
    for value in read:
        assert isinstance(value, Unread)
        assert value == shown
        assert "erreur" in value.reason


def test_a_text_that_only_looks_like_an_error_is_a_text(tmp_path: Path) -> None:
    read = read_tables(save_ods(tmp_path / "a.ods", {"F": [["#coworking!"]]}))
    assert not isinstance(rows(read)[0][0], Unread)


def test_comments_drawings_and_former_versions_are_passed_over(tmp_path: Path) -> None:
    note = (
        "<office:annotation><dc:creator>X</dc:creator><text:p>secret</text:p></office:annotation>"
    )
    drawn = "<draw:frame><draw:text-box><text:p>dessin</text:p></draw:text-box></draw:frame>"
    name = (
        f'<table:table-cell office:value-type="string">{note}{drawn}<text:p>Awa</text:p>'
        "</table:table-cell>"
    )
    changes = (
        "<table:tracked-changes><table:cell-content-change><table:previous>"
        f"{cell_of('ancien')}</table:previous></table:cell-content-change></table:tracked-changes>"
    )
    shapes = f"<table:shapes>{drawn}</table:shapes>"
    path = with_sheets(tmp_path / "a.ods", changes + sheet(shapes + row_of(name)))
    assert rows(read_tables(path)) == [("Awa",)]


def test_the_copy_of_another_file_s_sheet_is_none_of_this_one(tmp_path: Path) -> None:
    source = '<table:table-source table:table-name="F"/>'
    copy = sheet(source + row_of(cell_of("ailleurs")), "'file:///tmp/autre.ods'#F")
    path = with_sheets(tmp_path / "a.ods", sheet(row_of(cell_of("ici"))) + copy)
    assert [each.name for each in read_tables(path).sheets] == ["F"]


def test_a_cell_merged_downwards_is_told_where_it_hides_a_row(tmp_path: Path) -> None:
    merged = cell("string", "string-value", "Diallo", "Diallo", 'table:number-rows-spanned="3"')
    hidden = "<table:covered-table-cell/>"
    lines = (
        row_of(cell_of("Nom"), cell_of("Prénom"))
        + row_of(merged, cell_of("Awa"))
        + row_of(hidden, cell_of("Koffi"))
        + row_of(hidden, cell_of("Léo"))
    )
    read = rows(read_tables(with_rows(tmp_path / "a.ods", lines)))
    assert [line[1] for line in read] == ["Prénom", "Awa", "Koffi", "Léo"]
    for line in read[2:]:
        assert isinstance(line[0], Unread)
        assert "A2" in line[0].reason


def test_a_title_merged_across_columns_holds_its_value_once(tmp_path: Path) -> None:
    title = cell("string", "string-value", "Titre", "Titre", 'table:number-columns-spanned="2"')
    lines = row_of(title, "<table:covered-table-cell/>") + row_of(cell_of("Nom"), cell_of("CP"))
    assert rows(read_tables(with_rows(tmp_path / "a.ods", lines)))[0] == ("Titre", None)


def test_blanks_and_lines_are_kept_as_they_are_typed(tmp_path: Path) -> None:
    typed = (
        "<table:table-cell><text:p> 12  rue\n <text:span> Achard</text:span><text:s/>"
        '<text:s text:c="2"/><text:tab/>bis<text:line-break/>haut</text:p><text:p>fond</text:p>'
        "</table:table-cell>"
    )
    (read,) = rows(read_tables(with_rows(tmp_path / "a.ods", row_of(typed))))
    assert read == ("12 rue Achard    bis\nhaut\nfond",)


def test_grouped_rows_and_repeated_headings_are_rows(tmp_path: Path) -> None:
    first, *others = (row_of(*map(cell_of, line)) for line in LINES)
    lines = (
        f"<table:table-header-rows>{first}</table:table-header-rows>"
        f"<table:table-row-group>{''.join(others)}</table:table-row-group>"
    )
    assert rows(read_tables(with_rows(tmp_path / "a.ods", lines))) == LINES


def test_a_value_far_to_the_right_is_told(tmp_path: Path) -> None:
    gap = '<table:table-cell table:number-columns-repeated="5000"/>'
    path = with_rows(tmp_path / "a.ods", row_of(cell_of("Nom"), gap, cell_of("loin")))
    read = read_tables(path)
    assert rows(read) == [("Nom",)]
    assert read.warnings == (
        f"Feuille F : seules les {sheets.MAX_COLUMNS} premières colonnes sont lues.",
    )


def test_rows_keep_the_numbers_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    lines = row_of("<table:table-cell/>", repeated=2) + row_of(cell_of("Nom"))
    assert rows(read_tables(with_rows(tmp_path / "a.ods", lines))) == [(None,), (None,), ("Nom",)]


def test_a_workbook_under_another_name_is_read_all_the_same(tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx"):
        assert rows(read_tables(save_ods(tmp_path / name, {"F": LINES}))) == LINES
    assert rows(read_tables(save_xlsx(tmp_path / "b.ods", {"F": LINES}))) == LINES


def test_a_day_is_a_day(tmp_path: Path) -> None:
    path = save_ods(tmp_path / "a.ods", {"F": [[date(2026, 3, 2)]]})
    assert rows(read_tables(path)) == [(on(2026, 3, 2),)]
