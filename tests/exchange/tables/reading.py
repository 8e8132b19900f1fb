"""Reading a file, and workbooks written as no spreadsheet would."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from connexion_desktop.domain.errors import UserError
from connexion_desktop.exchange.tables import Tables, read_tables
from tests.workbooks import save_xlsx

LINES = [("Nom", "Prénom", "Ville"), ("Lefèvre", "Océane", "Bègles"), ("Petit", "Léo", "Pessac")]


def rows(read: Tables, sheet: int = 0) -> list[tuple[object, ...]]:
    return list(read.sheets[sheet].rows)


def refusal(path: Path) -> UserError:
    with pytest.raises(UserError) as refused:
        read_tables(path)
    assert refused.value.safe == "Rien n’a été importé."
    assert refused.value.todo
    return refused.value


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The workbook with its parts changed, as no spreadsheet would write it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(name, content))
    return path


def one_part(path: Path, part: str, content: bytes) -> Path:
    """A workbook of which one part is this."""
    saved = save_xlsx(path, {"F": LINES})
    return rewritten(saved, lambda name, kept: content if name == part else kept)


def with_cells(path: Path, rows_xml: bytes) -> Path:
    """A workbook whose sheet holds these rows, as XML."""

    def filled(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        start, end = content.index(b"<sheetData"), content.index(b"</sheetData>")
        return content[:start] + b"<sheetData>" + rows_xml + content[end:]

    return rewritten(save_xlsx(path, {"F": LINES}), filled)
