"""Excel workbooks (.xlsx), read cell by cell without running anything that they contain."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from connexion_desktop.domain.progress import Progress
from connexion_desktop.exchange.archive import Archive, crowded, readable
from connexion_desktop.exchange.excel_cells import lines_of
from connexion_desktop.exchange.excel_gaps import look_in
from connexion_desktop.exchange.gaps import Gaps, told
from connexion_desktop.exchange.sheets import MAX_ROWS, Content, collected

MAX_SHEET_TAGS = 3_000_000
MAX_OTHER_TAGS = 1_500_000
MAX_TAGS_AT_ONCE = 200_000
_CHUNK = 1024 * 1024
_LONGEST_CELL = 64 * 1024
_SHEETS = "xl/worksheets/"
_CELL_END = b"</c>"
_PARSED_AT_ONCE = re.compile(r"(?:.*/)?(?:workbook|styles|\[Content_Types\])\.xml|.*\.rels")
_ENDLESS = re.compile(rb"<numFmt\b[^<]{1000}|(?:\[[^\[\]<]*+){30}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DAMAGED = "il est abîmé ou n’est pas un classeur Excel"


def read(name: str, content: bytes, progress: Progress, most: int = MAX_ROWS) -> Content:
    """The `most` first rows of every sheet. Raises UserError when it cannot be read, Cancelled when
    given up."""
    with readable(name, _DAMAGED), Archive(content, progress) as archive:
        gaps = _checked(name, archive)
        found = _read_sheets(_workbook(content, archive), gaps, progress, most)
    uncalculated = sum(each.uncalculated for each in gaps.values())
    return Content(found.sheets, (*found.warnings, *told(uncalculated)))


def _workbook(content: bytes, archive: Archive) -> Any:
    """What openpyxl understands of the parts that are imported: names of ranges and properties,
    which nobody needs, are left alone."""
    # Entities, external files and billion laughs are refused by defusedxml and lxml's
    # « resolve_entities=False », which openpyxl takes up where they are installed.
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet

    reader = ExcelReader(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    reader.archive = archive
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(archive, reader.wb)
    reader.read_worksheets()
    return reader.wb


def _checked(name: str, archive: Archive) -> dict[str, Gaps]:
    """Refuse a bomb before anything is understood; the gaps of each sheet, by its part."""
    archive.check_size(name)
    gaps: dict[str, Gaps] = defaultdict(Gaps)
    sheet_tags = other_tags = 0
    for part in archive.infolist():
        if part.filename.startswith(_SHEETS) and part.filename.endswith(".xml"):
            sheet_tags += _sheet_tags(name, archive, part, gaps[part.filename])
        elif part.filename.endswith((".xml", ".rels")):
            other_tags += _other_tags(name, archive, part)
        if sheet_tags > MAX_SHEET_TAGS or other_tags > MAX_OTHER_TAGS:
            raise crowded(name)
    return gaps


def _sheet_tags(name: str, archive: Archive, part: zipfile.ZipInfo, gaps: Gaps) -> int:
    """How many tags will be read of a sheet, whose rows beyond the last one read do not count."""
    tags = row = rows = 0
    for chunk in _chunks(archive, part):
        look_in(chunk, gaps)
        if rows > MAX_ROWS:
            continue
        end_of_row, *begun = (piece.count(b"<") for piece in chunk.split(b"<row"))
        longest = max(row + end_of_row, *begun, 0)
        row = begun[-1] if begun else longest
        tags += end_of_row + sum(begun)
        rows += len(begun)
        if longest > MAX_TAGS_AT_ONCE or tags > MAX_SHEET_TAGS:
            raise crowded(name)
    return tags


def _other_tags(name: str, archive: Archive, part: zipfile.ZipInfo) -> int:
    """How many tags a part holds that is not a sheet, most of which are kept in memory."""
    at_once = _PARSED_AT_ONCE.fullmatch(part.filename) is not None
    limit = MAX_TAGS_AT_ONCE if at_once else MAX_OTHER_TAGS
    tags = 0
    for chunk in _chunks(archive, part):
        tags += chunk.count(b"<")
        if tags > limit or (at_once and _ENDLESS.search(chunk)):
            raise crowded(name)
    return tags


def _chunks(archive: Archive, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part piece by piece; what follows a piece's last cell goes with the next piece."""
    rest = b""
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            text = rest + piece
            end = max(text.rfind(_CELL_END) + len(_CELL_END), len(text) - _LONGEST_CELL)
            yield text[:end]
            rest = text[end:]
    yield rest


def _read_sheets(workbook: Any, gaps: Mapping[str, Gaps], progress: Progress, most: int) -> Content:
    sheets = [(str(each.title), partial(_lines, each, gaps)) for each in workbook.worksheets]
    return collected(sheets, progress, most)


def _lines(worksheet: Any, gaps: Mapping[str, Gaps]) -> Iterable[Iterable[Any]]:
    part = _part_of(worksheet)
    lines = lines_of(worksheet)
    return map(_unescaped, gaps[part].fill(lines) if part in gaps else lines)


def _part_of(worksheet: Any) -> str:
    """Which file of the archive a sheet is read from. openpyxl tells it nowhere else than in a name
    of its own; should it change, a formula without a result would no longer be told."""
    return str(worksheet._worksheet_path).lstrip("/")


def _unescaped(row: tuple[Any, ...]) -> list[Any]:
    """Excel writes some characters as « _x000D_ »."""
    return [
        _ESCAPED.sub(_character, value) if type(value) is str and "_x" in value else value
        for value in row
    ]


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))
