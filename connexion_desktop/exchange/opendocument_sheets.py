"""The sheets of an OpenDocument's content, told tag by tag: cells that repeat are kept once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from connexion_desktop.exchange.gaps import Gaps, without_result
from connexion_desktop.exchange.opendocument_cells import value_of
from connexion_desktop.exchange.sheets import MAX_COLUMNS, MAX_ROWS, MAX_TEXT

MAX_TAGS = 1_500_000
"""Opened ones: as many cells as an Excel file may hold."""
MAX_CELLS = 3_000_000
"""Once those that repeat are written out."""
_ATTRIBUTES = 8
_LONGEST_REPEAT = 10_000_000

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SHEET, _ROW = f"{_TABLE}table", f"{_TABLE}table-row"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_PARAGRAPH = f"{_TEXT}p"
_BLANKS = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_ELSEWHERE = f"{_TABLE}table-source"
_ASIDE = (
    f"{_OFFICE}annotation",
    f"{_OFFICE}forms",
    f"{_TABLE}tracked-changes",
    f"{_TABLE}dde-links",
    f"{_TABLE}shapes",
)
_RUNS = re.compile(r"[ \t\r\n]+")


class TooManyError(Exception):
    """More tags or cells than any office's table."""


@dataclass(slots=True)
class RawSheet:
    """A sheet as it is written. `is_elsewhere` where it is the copy of another file's."""

    name: str
    gaps: Gaps = field(default_factory=Gaps)
    height: int = 0
    is_elsewhere: bool = False
    _rows: list[tuple[int, int, tuple[Any, ...]]] = field(default_factory=list)

    def add(self, values: tuple[Any, ...], repeat: int) -> None:
        """The next row, so many times."""
        is_cut = bool(self._rows) and self._rows[-1][0] >= MAX_ROWS
        if values and not is_cut:
            self._rows.append((self.height, repeat, values))
        self.height += repeat

    def lines(self) -> Iterable[tuple[Any, ...]]:
        """Its rows, one by one from the first, those that hold nothing empty."""
        return self.gaps.fill(self._written_out())

    def _written_out(self) -> Iterator[tuple[Any, ...]]:
        number = 0
        for start, repeat, values in self._rows:
            for _ in range(number, start):
                yield ()
            for _ in range(repeat):
                yield values
            number = start + repeat


class SheetsReader:
    """What an XML parser tells of `content.xml`: `sheets`, once it is told to the end.

    Raises TooManyError. Comments, drawings, forms and former versions of a cell are passed over.
    """

    def __init__(self) -> None:
        self.sheets: list[RawSheet] = []
        self._aside = 0
        self._tags = 0
        self._cells = 0
        self._sheet: RawSheet | None = None
        self._row: list[Any] | None = None
        self._row_repeat = 1
        self._cell: Mapping[str, str] | None = None
        self._text = _CellText()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A tag is opened."""
        self._tags += 1 + len(attributes) // _ATTRIBUTES
        if self._tags > MAX_TAGS:
            raise TooManyError
        is_nested = tag == _SHEET and self._sheet is not None
        if self._aside or is_nested or tag in _ASIDE or tag.startswith(_DRAW):
            self._aside += 1
        elif tag == _SHEET:
            self._sheet = RawSheet(attributes.get(f"{_TABLE}name", ""))
        elif self._sheet is None:
            return
        elif tag == _ELSEWHERE:
            self._sheet.is_elsewhere = True
        elif tag == _ROW:
            self._row, self._row_repeat = [], _count(attributes, "rows-repeated")
        elif tag in _CELLS and self._row is not None:
            self._cell, self._text = attributes, _CellText()
        elif self._cell is not None:
            self._text.start(tag, attributes)

    def data(self, text: str) -> None:
        """A text, or a piece of it."""
        if self._cell is not None and not self._aside:
            self._text.add(text)

    def end(self, tag: str) -> None:
        """A tag is closed."""
        if self._aside:
            self._aside -= 1
        elif self._sheet is None:
            return
        elif tag == _SHEET:
            if not self._sheet.is_elsewhere:
                self.sheets.append(self._sheet)
            self._sheet = None
        elif tag == _ROW and self._row is not None:
            self._end_row(self._sheet, self._row)
        elif tag in _CELLS and self._cell is not None and self._row is not None:
            self._end_cell(self._sheet, self._row, self._cell)
        elif tag == _PARAGRAPH:
            self._text.end_paragraph()

    def close(self) -> None:
        """All is told."""

    def _end_row(self, sheet: RawSheet, row: list[Any]) -> None:
        while row and row[-1] is None:
            row.pop()
        self._cells += len(row) * min(self._row_repeat, MAX_ROWS)
        if self._cells > MAX_CELLS:
            raise TooManyError
        sheet.add(tuple(row), self._row_repeat)
        self._row = None

    def _end_cell(self, sheet: RawSheet, row: list[Any], cell: Mapping[str, str]) -> None:
        value = value_of(cell, self._text.text)
        if value is None and cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type"):
            sheet.gaps.uncalculated += 1
            value = without_result(cell[f"{_TABLE}formula"].partition("=")[2])
        rows, columns = _count(cell, "rows-spanned"), _count(cell, "columns-spanned")
        if rows > 1:
            left, top = len(row), sheet.height
            sheet.gaps.note_merged(top, left, top + rows - 1, left + columns - 1)
        room = MAX_COLUMNS + 1 - len(row)
        if room > 0:
            row.extend([value] * min(_count(cell, "columns-repeated"), room))
        elif value is not None:
            row[-1] = value
        self._cell = None


class _CellText:
    """The paragraphs of a cell, their blanks as OpenDocument means them."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._pieces: list[str] = []
        self._depth = 0
        self._length = 0
        self._is_blank = True

    @property
    def text(self) -> str:
        return "\n".join(self._done)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == _PARAGRAPH:
            self._depth += 1
            self._is_blank = True
        elif tag in _BLANKS:
            times = min(_number(attributes.get(f"{_TEXT}c", "")), MAX_TEXT)
            self._keep(_BLANKS[tag] * times)
            self._is_blank = False

    def add(self, text: str) -> None:
        if not self._depth:
            return
        text = _RUNS.sub(" ", text)
        if self._is_blank:
            text = text.lstrip(" ")
        if text:
            self._is_blank = text.endswith(" ")
            self._keep(text)

    def end_paragraph(self) -> None:
        self._depth = max(self._depth - 1, 0)
        self._done.append("".join(self._pieces))
        self._pieces.clear()

    def _keep(self, text: str) -> None:
        """No more than a cell may hold: the rest would be cut in any case."""
        if self._length < MAX_TEXT:
            self._pieces.append(text)
            self._length += len(text)


def _count(attributes: Mapping[str, str], what: str) -> int:
    return _number(attributes.get(f"{_TABLE}number-{what}", ""))


def _number(text: str) -> int:
    """A number of times, as an attribute says it: 1 where it says nothing that makes sense."""
    if not (text.isascii() and text.isdigit()):
        return 1
    return max(int(text), 1) if len(text) < 8 else _LONGEST_REPEAT
