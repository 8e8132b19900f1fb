"""CSV: encoding, separator and quotes found out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.errors import UserError
from connexion_desktop.exchange.tables import read_tables
from tests.workbooks import save_csv, save_xlsx

from .reading import LINES, refusal, rows


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "cp850", "utf-16", "utf-16-le", "utf-16-be"],
)
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encoding_and_separator_are_found_out(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    path = save_csv(tmp_path / "a.csv", LINES, separator=separator, encoding=encoding)
    assert rows(read_tables(path)) == LINES


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_one_accent_in_small_letters_or_in_capitals_is_enough(
    tmp_path: Path, encoding: str
) -> None:
    for lines in ([("NOM", "PRÉNOM"), ("PETIT", "LEO")], [("Nom", "Prenom"), ("Petit", "Hélène")]):
        path = save_csv(tmp_path / "a.csv", lines, encoding=encoding)
        assert rows(read_tables(path)) == lines


def test_a_utf8_file_with_one_wrong_byte_keeps_its_accents(tmp_path: Path) -> None:
    path = save_csv(tmp_path / "a.csv", [*LINES, ("Trait\udce9", "Zoé", "Pessac")][:3])
    path.write_bytes(path.read_bytes() + b"\xe9ric;Zo\xc3\xa9;Bordeaux\r\n")
    assert rows(read_tables(path))[:3] == LINES


def test_lists_inside_a_cell_do_not_pass_for_the_separator(tmp_path: Path) -> None:
    lines = [("Nom", "Filières"), *[("Diallo", "Cuisine, Sport, BTP, Bois")] * 5]
    assert rows(read_tables(save_csv(tmp_path / "a.csv", lines))) == lines


def test_the_hint_that_excel_puts_on_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=|\r\nNom|Prénom\r\nPetit|Léo\r\n", encoding="utf-8")
    assert rows(read_tables(path)) == [("Nom", "Prénom"), ("Petit", "Léo")]


def test_cells_on_several_lines(tmp_path: Path) -> None:
    lines = [("Nom", "Commentaires"), ("Diallo", "un\ndeux"), ("Petit", 'dit « "Léo" »')]
    assert rows(read_tables(save_csv(tmp_path / "a.csv", lines))) == lines


def test_a_quote_never_closed_does_not_eat_the_people_below(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Nom;Prénom\n"Diallo;Aïssatou\nPetit;Léo\nMartin;Jean\n', encoding="utf-8")
    read = read_tables(path)
    assert [row[0] for row in rows(read)] == ["Nom", "Diallo", "Petit", "Martin"]
    assert "guillemet" in read.warnings[0]


def test_a_quote_never_closed_leaves_the_well_formed_rows_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "NOM,Prénom,Tél,Commentaires\n"
        '"DUPOND, dit Le Grand","Luc",0613131313,"ligne1\nligne2; suite"\n'
        'NON FERMÉ,"Lea,0613131314,x\n'
        '"PETIT","Léo ""dit"" Lion",0613131315,y\n',
        encoding="utf-8",
    )
    read = read_tables(path)
    assert rows(read)[1:] == [
        ("DUPOND, dit Le Grand", "Luc", "0613131313", "ligne1\nligne2; suite"),
        ("NON FERMÉ", "Lea", "0613131314", "x"),
        ("PETIT", 'Léo "dit" Lion', "0613131315", "y"),
    ]
    assert read.warnings == (
        "Ligne 3 : un guillemet n’est pas refermé, vérifiez ce qui en est lu.",
    )


def test_a_csv_is_one_sheet_named_after_its_file(tmp_path: Path) -> None:
    path = save_csv(tmp_path / "groupe de Talence.csv", LINES)
    assert [sheet.name for sheet in read_tables(path).sheets] == ["groupe de Talence"]


def test_an_empty_csv_has_no_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    assert rows(read_tables(tmp_path / "a.csv")) == []


def test_a_picture_under_the_name_of_a_csv(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20)
    assert "fichier de texte" in refusal(tmp_path / "a.csv").what


@given(content=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    for name in ("a.csv", "a.xlsx"):
        (folder / name).write_bytes(content)
        try:
            read_tables(folder / name)
        except UserError as problem:
            assert problem.todo


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), min_size=1, max_size=6))
def test_what_a_spreadsheet_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]]
) -> None:
    clean = [[f"x{''.join(filter(str.isalnum, cell))}" for cell in line] for line in lines]
    path = save_csv(tmp_path_factory.mktemp("csv") / "a.csv", clean)
    assert [list(row) for row in rows(read_tables(path))] == clean


def test_the_readers_take_bytes_in_memory_only(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {"F": LINES})
    read_tables(path)
    path.unlink()
    assert not list(tmp_path.iterdir())
