"""What is no workbook, or holds a cell that is not what it says."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.unread import Unread
from connexion_desktop.exchange.archive import MAX_UNPACKED_BYTES
from connexion_desktop.exchange.tables import read_tables
from tests.workbooks import office_sheets, save_xlsx

from .reading import LINES, refusal, rows, with_cells


@pytest.mark.parametrize("suffix", [".xls", ".fods", ".xlsb", ".numbers"])
def test_other_spreadsheets_are_refused_with_the_way_out(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"suivi{suffix}"
    path.write_bytes(b"whatever")
    problem = refusal(path)
    assert f"« suivi{suffix} »" in problem.what
    assert "Enregistrer sous" in problem.todo


@pytest.mark.parametrize("name", ["convention.pdf", "lettre.docx", "photo.jpg", "sans_suffixe"])
def test_what_is_no_table_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"%PDF-1.7")
    assert refusal(tmp_path / name).what == f"« {name} » n’est pas un tableau."


def test_a_workbook_under_a_password_says_to_take_it_away(tmp_path: Path) -> None:
    path = tmp_path / "secret.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000)
    problem = refusal(path)
    assert "mot de passe" in problem.what
    assert "retirez le mot de passe" in problem.todo


def test_a_workbook_cut_short_at_any_byte(tmp_path: Path) -> None:
    whole = save_xlsx(tmp_path / "a.xlsx", office_sheets()).read_bytes()
    for length in range(0, len(whole), 611):
        (tmp_path / "b.xlsx").write_bytes(whole[:length])
        refusal(tmp_path / "b.xlsx")


def test_a_workbook_with_bytes_changed_is_read_or_refused(tmp_path: Path) -> None:
    whole = save_xlsx(tmp_path / "a.xlsx", office_sheets()).read_bytes()
    chance = random.Random(7)  # noqa: S311 - no secret
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(8):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (tmp_path / "b.xlsx").write_bytes(damaged)
        try:
            read_tables(tmp_path / "b.xlsx")
        except UserError as problem:
            assert "« b.xlsx »" in problem.what


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("bonjour.txt", "bonjour")
    assert "illisible" in refusal(tmp_path / "a.xlsx").what


def test_a_text_under_the_name_of_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("Nom;Prénom", encoding="utf-8")
    assert "n’est pas un classeur" in refusal(tmp_path / "a.xlsx").what


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {"F": LINES})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bombe.bin", bytes(MAX_UNPACKED_BYTES))
    assert path.stat().st_size < 1_000_000
    assert "démesuré" in refusal(path).what


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="B2"><v>x</v></c>',
        b'<c r="B2" t="n"><v>NaN</v></c>',
        b'<c t="b"><v>peut-etre</v></c>',
        b'<c r="B2" t="s"><v>99999</v></c>',
        b'<c r="B2" t="d"><v>hier</v></c>',
    ],
)
def test_a_cell_that_is_not_what_it_says_leaves_the_others_read(
    tmp_path: Path, cell: bytes
) -> None:
    said = b'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>'
    xml = b'<row r="1">%s%s</row><row r="2">%s%s%s</row><row r="5">%s</row>' % (
        said % (b"A1", b"Nom"),
        said % (b"B1", b"Tel"),
        said % (b"A2", b"Awa"),
        cell,
        said % (b"C2", b"Pessac"),
        said % (b"A5", b"Koffi"),
    )
    first, second, *_, last = rows(read_tables(with_cells(tmp_path / "a.xlsx", xml)))
    assert (first[0], second[0], second[2], last[0]) == ("Nom", "Awa", "Pessac", "Koffi")
    assert isinstance(second[1], Unread)
    assert second[1] in cell.decode()
    assert "retapez-la" in second[1].reason
