"""`pilotage`: the report of a period, from a script."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from benchmarks import bases
from tests.e2e.conftest import Shell

YEAR = ("--du", "2026-01-01", "--au", "2026-12-31")


@pytest.mark.parametrize(
    ("kind", "begins"),
    [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")],
)
def test_a_report_is_written_as_its_file_says(
    shell: Shell, demo: bases.DemoBase, tmp_path: Path, kind: str, begins: bytes
) -> None:
    path = tmp_path / f"activite.{kind}"
    assert shell("pilotage", *YEAR, "-o", path, *demo.options) == 0, shell.err
    assert path.read_bytes().startswith(begins)
    assert "année 2026" in shell.out


def test_a_site_and_a_group_are_named_as_people_type_them(
    shell: Shell, demo: bases.DemoBase, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    assert shell("pilotage", *YEAR, "-o", path, "--site", "TALENCE", *demo.options) == 0
    assert "Bordeaux" not in path.read_text("utf-8-sig")
    assert shell("pilotage", *YEAR, "-o", path, "--groupe", "Nulle part", *demo.options) == 1
    assert "Au choix : Bordeaux · mars 2026" in shell.err


def test_names_come_only_when_asked_and_in_a_workbook_alone(
    shell: Shell, demo: bases.DemoBase, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    assert shell("pilotage", *YEAR, "-o", path, "--noms", *demo.options) == 0
    assert "Entrées" in load_workbook(path).sheetnames
    assert shell("pilotage", *YEAR, "-o", path.with_suffix(".pdf"), "--noms", *demo.options) == 2


def test_an_empty_report_is_refused_and_leaves_no_file(
    shell: Shell, demo: bases.DemoBase, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    old = ("--du", "2001-01-01", "--au", "2001-12-31")
    assert shell("pilotage", *old, "-o", path, *demo.options) == 1
    assert "rien à compter" in shell.err
    assert not path.exists()


def test_what_is_badly_asked_is_told(shell: Shell, demo: bases.DemoBase, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    assert shell("pilotage", "--du", "2026-01-01", "-o", path, *demo.options) == 2
    assert shell("pilotage", *YEAR, "-o", tmp_path / "a.odt", *demo.options) == 2
    upside_down = ("--du", "2026-12-31", "--au", "2026-01-01")
    assert shell("pilotage", *upside_down, "-o", path, *demo.options) == 1
    assert "avant de commencer" in shell.err
