"""OpenDocument workbooks as spreadsheets write them, and as none would."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from tests.workbooks import Row

KIND = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{short}="{long}"'
    for short, long in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }.items()
)
_END_OF_SHEET = (
    '<table:table-row table:number-rows-repeated="1048000">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def save_ods(path: Path, sheets: Mapping[str, Iterable[Row]]) -> Path:
    """A real workbook with these sheets, blank cells and rows repeated to its end."""
    return with_sheets(
        path,
        "".join(
            sheet("".join(row_of(*map(cell_of, line)) for line in rows) + _END_OF_SHEET, name)
            for name, rows in sheets.items()
        ),
    )


def with_rows(path: Path, rows: str) -> Path:
    """A workbook whose only sheet holds these rows, as XML."""
    return with_sheets(path, sheet(rows))


def with_sheets(path: Path, sheets: str, *, before: str = "", kind: str = KIND) -> Path:
    """A workbook of these sheets, as XML."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {_SPACES}>'
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return with_parts(path, {"mimetype": kind, "content.xml": content})


def with_parts(path: Path, parts: Mapping[str, str]) -> Path:
    """A zipped file of these parts, its kind written as it is, as the standard wants."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, packing)
    return path


def sheet(rows: str, name: str = "F") -> str:
    """A sheet of these rows, as XML."""
    return f"<table:table table:name={quoteattr(name)}>{rows}</table:table>"


def row_of(*cells: str, repeated: int = 1) -> str:
    """A row of these cells, as XML."""
    times = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{times}>{''.join(cells)}</table:table-row>"


def cell_of(value: object) -> str:
    """A cell that holds this, as XML."""
    match value:
        case None:
            return "<table:table-cell/>"
        case bool():
            return cell("boolean", "boolean-value", str(value).lower(), "VRAI" if value else "FAUX")
        case int() | float():
            return cell("float", "value", str(value), str(value))
        case date():
            is_day = not isinstance(value, datetime) or value.time() == time()
            written = f"{value:%Y-%m-%d}" if is_day else value.isoformat()
            return cell("date", "date-value", written, f"{value:%d/%m/%Y}")
        case time():
            length = f"PT{value.hour:02}H{value.minute:02}M{value.second:02}S"
            return cell("time", "time-value", length, f"{value:%H:%M}")
        case _:
            return f'<table:table-cell office:value-type="string">{_text(str(value))}' + _CLOSED


def cell(kind: str, attribute: str, value: str, shown: str, more: str = "") -> str:
    """A cell of this kind, as XML."""
    return (
        f'<table:table-cell office:value-type="{kind}" office:{attribute}={quoteattr(value)}'
        f" {more}>{_text(shown)}{_CLOSED}"
    )


_SPACE = re.compile(r"(?:^|(?<= )) ")
_CLOSED = "</table:table-cell>"


def _text(text: str) -> str:
    """Its lines as paragraphs, spaces in a row as OpenDocument keeps them."""
    lines = (_SPACE.sub("<text:s/>", escape(line)) for line in text.split("\n"))
    return "".join(f"<text:p>{line}</text:p>" for line in lines)
