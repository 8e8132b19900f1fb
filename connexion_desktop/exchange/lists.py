"""Lists given to a spreadsheet: XLSX and CSV, where what somebody typed is never a formula."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Any

from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.sheet import Cell, ListSheet, harmless, seen

_NARROWEST, _WIDEST = 8, 48
_LONGEST_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\\/*?:\[\]]")


def as_csv(sheet: ListSheet) -> bytes:
    """In UTF-8 with its mark and « ; », as Excel opens it in France. A text that a spreadsheet
    would compute gets an apostrophe before it (OWASP, CSV injection)."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(sheet.titles)
    writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(*sheets: ListSheet) -> bytes:
    """A workbook of a page for each sheet, its titles in bold and kept in sight, its days as days
    and its numbers as numbers. Every text is marked as text: none is computed."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        _fill(book.create_sheet(_NOT_IN_TITLES.sub(" ", sheet.title)[:_LONGEST_TITLE]), sheet)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(page: Any, sheet: ListSheet) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    page.freeze_panes = "A2"
    for place, width in enumerate(_widths(sheet), 1):
        page.column_dimensions[get_column_letter(place)].width = width

    def cell(value: Cell, *, bold: bool = False) -> Any:
        made: Any = WriteOnlyCell(page)
        made.value = seen(value) if isinstance(value, str) else value
        if isinstance(value, str):
            made.data_type = "s"
        elif isinstance(value, date):
            made.number_format = "DD/MM/YYYY"
        if bold:
            made.font = Font(bold=True)
        return made

    page.append([cell(title, bold=True) for title in sheet.titles])
    for row in sheet.rows:
        page.append([cell(value) for value in row])


def as_lines(sheet: ListSheet) -> str:
    """As a spreadsheet takes them from the clipboard: titles first, cells apart by tabulations."""
    rows = [sheet.titles, *([_plain(cell) for cell in row] for row in sheet.rows)]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)


def _plain(cell: Cell) -> str:
    match cell:
        case date():
            return numeric_day(cell)
        case float():
            return str(cell).replace(".", ",")
        case str():
            return harmless(cell)
    return str(cell)


def _widths(sheet: ListSheet) -> list[int]:
    columns = zip(sheet.titles, *sheet.rows, strict=True)
    longest = (max(len(_plain(cell)) for cell in column) for column in columns)
    return [min(max(width + 2, _NARROWEST), _WIDEST) for width in longest]
