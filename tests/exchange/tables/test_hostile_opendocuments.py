"""OpenDocument workbooks that are none, are locked, or are made to be slow or huge."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from time import process_time

import pytest

from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.unread import Unread
from connexion_desktop.exchange import sheets
from connexion_desktop.exchange.archive import MAX_UNPACKED_BYTES
from connexion_desktop.exchange.tables import read_tables
from tests.opendocuments import (
    KIND,
    cell,
    cell_of,
    row_of,
    save_ods,
    sheet,
    with_parts,
    with_rows,
    with_sheets,
)
from tests.workbooks import office_sheets

from .reading import LINES, refusal, rows


def test_a_workbook_under_a_password_says_to_take_it_away(tmp_path: Path) -> None:
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    locked = {"mimetype": KIND, "content.xml": "\x8f\x02", "META-INF/manifest.xml": manifest}
    whole = {"mimetype": KIND, "encrypted-package": "\x8f\x02"}
    for parts in (locked, whole):
        problem = refusal(with_parts(tmp_path / "a.ods", parts))
        assert "protégé par un mot de passe" in problem.what
        assert "sans mot de passe" in problem.todo


def test_a_letter_under_the_name_of_a_workbook(tmp_path: Path) -> None:
    kind = "application/vnd.oasis.opendocument.text"
    problem = refusal(with_sheets(tmp_path / "a.ods", sheet(""), kind=kind))
    assert "pas un classeur" in problem.what


@pytest.mark.parametrize("content", [b"Nom;CP", b"", b"PK\x03\x04rien"])
def test_what_is_no_opendocument_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.ods").write_bytes(content)
    assert "pas un classeur" in refusal(tmp_path / "a.ods").what


def test_a_workbook_without_its_content_is_refused(tmp_path: Path) -> None:
    assert "abîmé" in refusal(with_parts(tmp_path / "a.ods", {"mimetype": KIND})).what


def test_a_workbook_cut_short_or_with_bytes_changed_is_read_or_refused(tmp_path: Path) -> None:
    whole = save_ods(tmp_path / "a.ods", office_sheets()).read_bytes()
    for length in range(0, len(whole), 97):
        (tmp_path / "b.ods").write_bytes(whole[:length])
        refusal(tmp_path / "b.ods")
    chance = random.Random(7)  # noqa: S311 - no secret
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(8):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (tmp_path / "b.ods").write_bytes(damaged)
        try:
            read_tables(tmp_path / "b.ods")
        except UserError as problem:
            assert "« b.ods »" in problem.what


@pytest.mark.parametrize(
    ("kind", "attribute", "typed"),
    [
        ("float", "value", "x"),
        ("float", "value", "NaN"),
        ("float", "value", "9" * 5_000),
        ("date", "date-value", "hier"),
        ("date", "date-value", "12026-01-01"),
        ("time", "time-value", "PT"),
        ("time", "time-value", "PT8"),
        ("boolean", "boolean-value", "peut-être"),
    ],
)
def test_a_cell_that_is_not_what_it_says_leaves_the_others_read(
    tmp_path: Path, kind: str, attribute: str, typed: str
) -> None:
    if typed == "PT":
        typed = "P1Y"
    cells = (cell_of("Awa"), cell(kind, attribute, typed, typed), cell_of("Pessac"))
    ((first, wrong, last),) = rows(read_tables(with_rows(tmp_path / "a.ods", row_of(*cells))))
    assert (first, last) == ("Awa", "Pessac")
    assert isinstance(wrong, Unread) or wrong == float(typed)


def test_a_row_repeated_to_the_end_of_the_sheet_is_cut_and_told(tmp_path: Path) -> None:
    path = with_rows(tmp_path / "a.ods", row_of(cell_of("Awa"), repeated=1_048_576))
    read = read_tables(path)
    assert len(rows(read)) == sheets.MAX_ROWS
    assert read.warnings == ("Feuille F : seules les 20000 premières lignes sont lues.",)


def test_blank_rows_to_the_end_of_the_sheet_are_nothing(tmp_path: Path) -> None:
    blank = row_of('<table:table-cell table:number-columns-repeated="16384"/>', repeated=1_048_575)
    path = with_rows(tmp_path / "a.ods", row_of(cell_of("Awa")) + blank)
    read = read_tables(path)
    assert rows(read) == [("Awa",)]
    assert read.warnings == ()


def test_a_value_a_million_rows_below_does_not_take_forever(tmp_path: Path) -> None:
    blank = row_of("<table:table-cell/>", repeated=1_000_000)
    path = with_rows(tmp_path / "a.ods", row_of(cell_of("Awa")) + blank + row_of(cell_of("Léo")))
    read = read_tables(path)
    assert rows(read) == [("Awa",)]
    assert "20000 premières lignes" in read.warnings[0]


_WIDE = cell("float", "value", "1", "1", 'table:number-columns-repeated="16384"')
_ENDLESS = "9" * 400


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(sheet(row_of(_WIDE, repeated=1_048_576)) * 40, id="repeated everywhere"),
        pytest.param(sheet(row_of("<table:table-cell/>" * 1_500_001)), id="a million cells"),
        pytest.param(sheet(f"<a b='{'x' * 3_000_000}'/>"), id="a tag without end"),
        pytest.param(sheet("<text:p>" * 800_000 + "</text:p>" * 800_000) * 2, id="too deep"),
    ],
)
def test_a_workbook_made_to_be_slow_is_refused(tmp_path: Path, written: str) -> None:
    path = with_sheets(tmp_path / "a.ods", written)
    started = process_time()
    assert "beaucoup plus de cellules" in refusal(path).what
    assert process_time() - started < 20


def test_a_cell_of_endless_blanks_is_cut(tmp_path: Path) -> None:
    blanks = f'<text:s text:c="{_ENDLESS}"/>' * 1_000
    typed = f"<table:table-cell><text:p>a{blanks}b</text:p></table:table-cell>"
    ((value,),) = rows(read_tables(with_rows(tmp_path / "a.ods", row_of(typed))))
    assert value == "a"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = save_ods(tmp_path / "a.ods", {"F": LINES})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Pictures/bombe.bin", bytes(MAX_UNPACKED_BYTES))
    assert "démesuré" in refusal(path).what


def test_a_billion_laughs_are_not_laughed(tmp_path: Path) -> None:
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10)
    )
    path = with_sheets(
        tmp_path / "a.ods",
        sheet(row_of("<table:table-cell><text:p>&l9;</text:p></table:table-cell>")),
        before=f"<!DOCTYPE a [{laughs}]>",
    )
    assert "illisible" in refusal(path).what


def test_no_file_outside_is_read_through_an_entity(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("SECRET", encoding="ascii")
    path = with_sheets(
        tmp_path / "a.ods",
        sheet(row_of("<table:table-cell><text:p>&x;</text:p></table:table-cell>")),
        before=f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>',
    )
    assert "SECRET" not in refusal(path).what


class _Impatient:
    def step(self, done: int, total: int, label: str = "") -> None:
        raise Cancelled


def test_reading_can_be_given_up(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        read_tables(save_ods(tmp_path / "a.ods", {"F": LINES}), _Impatient())
