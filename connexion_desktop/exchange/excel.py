"""Excel workbooks (.xlsx), read cell by cell without running anything that they contain."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.progress import Progress
from connexion_desktop.exchange.sheets import (
    MAX_COLUMNS,
    MAX_SHEETS,
    Content,
    Sheet,
    gathered,
    unreadable,
)

MAX_UNPACKED_BYTES = 150 * 1024 * 1024
_UNCALCULATED = re.compile(rb"<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v>\s*</v>|<v\s*/>)?\s*</c>")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DAMAGED = "il est abîmé ou n’est pas un classeur Excel"


def read(name: str, content: bytes, progress: Progress) -> Content:
    """Read every sheet. Raises UserError when it cannot be read."""
    with _readable(name):
        uncalculated = _checked(name, content)
        # Entities, external files and billion laughs are refused by defusedxml and lxml's
        # « resolve_entities=False », which openpyxl takes up where they are installed.
        from openpyxl import load_workbook

        workbook = load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        with closing(workbook):
            found = _read_sheets(workbook, progress)
    if not uncalculated:
        return found
    warning = (
        f"{uncalculated} formules n’ont pas de résultat enregistré et sont lues comme vides :"
        " ouvrez le classeur dans le tableur, enregistrez-le, puis réessayez."
    )
    return Content(found.sheets, (*found.warnings, warning))


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """openpyxl raises almost anything on a damaged file: whatever it is, the file is unreadable."""
    try:
        yield
    except (Cancelled, UserError):
        raise
    except Exception as error:
        raise unreadable(name, _DAMAGED) from error


def _checked(name: str, content: bytes) -> int:
    """Refuse a bomb before anything is unpacked; count the formulas without a result."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
            raise unreadable(name, "son contenu, une fois déplié, est démesuré")
        return sum(
            len(_UNCALCULATED.findall(archive.read(member)))
            for member in members
            if member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml")
        )


def _read_sheets(workbook: Any, progress: Progress) -> Content:
    warnings: list[str] = []
    if len(workbook.worksheets) > MAX_SHEETS:
        warnings.append(f"Seules les {MAX_SHEETS} premières feuilles sont lues.")
    sheets: dict[str, Sheet] = {}
    for worksheet in workbook.worksheets[:MAX_SHEETS]:
        title = _unused(str(worksheet.title), sheets)
        worksheet.reset_dimensions()  # what the file says of its size is not to be believed
        lines = worksheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True)
        rows, cut = gathered(map(_unescaped, lines), f"Feuille {title}", progress)
        sheets[title] = Sheet(title, rows)
        warnings += cut
    return Content(tuple(sheets.values()), tuple(warnings))


def _unused(title: str, taken: dict[str, Sheet]) -> str:
    names = (title, *(f"{title} ({number})" for number in range(2, MAX_SHEETS + 2)))
    return next(name for name in names if name not in taken)


def _unescaped(row: tuple[Any, ...]) -> list[Any]:
    """Excel writes some characters as « _x000D_ »."""
    return [
        _ESCAPED.sub(_character, value) if isinstance(value, str) and "_x" in value else value
        for value in row
    ]


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))
