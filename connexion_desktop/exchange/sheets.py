"""A table's sheets as raw values, and what keeps a hostile or damaged file within bounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.progress import Progress
from connexion_desktop.domain.unread import Unread

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_SHEETS = 50
MAX_TEXT = 131_072
MAX_SHEET_TEXT = 20_000_000

CellValue = str | int | float | bool | date | datetime | time | None
Rows = tuple[tuple[CellValue, ...], ...]

SAFE = "Rien n’a été importé."
_RESAVE = (
    "Ouvrez-le dans le tableur, enregistrez-le au format Excel (.xlsx), OpenDocument (.ods) ou"
    " CSV, puis réessayez."
)
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it stands: rows of raw values, row 0 being the sheet's first line."""

    name: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Content:
    """What was read of a file, and what had to be left unread."""

    sheets: tuple[Sheet, ...]
    warnings: tuple[str, ...] = ()


def unreadable(name: str, reason: str, todo: str = _RESAVE) -> UserError:
    """What the user is told of a file that gives nothing."""
    return UserError(f"« {name} » est illisible : {reason}.", SAFE, todo)


def gathered(
    lines: Iterable[Iterable[Any]], where: str, progress: Progress, most: int = MAX_ROWS
) -> tuple[Rows, tuple[str, ...]]:
    """The `most` first rows of one sheet, cleaned and cut to what is sensible, and what was cut."""
    kept: list[tuple[CellValue, ...]] = []
    warnings: dict[str, None] = {}
    letters = 0
    for number, line in enumerate(lines):
        if number >= most:
            warnings[f"{where} : seules les {most} premières lignes sont lues."] = None
            break
        if number % 500 == 0:
            progress.step(0, 0, f"{where}, ligne {number + 1}")
        values = tuple(islice(line, MAX_COLUMNS + 1))
        if values.count(None) == len(values):
            kept.append(())
            continue
        row = tuple(None if value is None else clean(value) for value in values)
        if any(value is not None for value in row[MAX_COLUMNS:]):
            warnings[f"{where} : seules les {MAX_COLUMNS} premières colonnes sont lues."] = None
        kept.append(row[:MAX_COLUMNS])
        letters += sum(len(value) for value in row if isinstance(value, str))
        if letters > MAX_SHEET_TEXT:
            warnings[f"{where} : trop de texte, seules {number + 1} lignes sont lues."] = None
            break
    return _trimmed(kept), tuple(warnings)


def collected(
    sheets: Sequence[tuple[str, Callable[[], Iterable[Iterable[Any]]]]],
    progress: Progress,
    most: int = MAX_ROWS,
) -> Content:
    """The sheets of a workbook, each by its title and what gives its rows; `most` of each."""
    warnings: list[str] = []
    if len(sheets) > MAX_SHEETS:
        warnings.append(f"Seules les {MAX_SHEETS} premières feuilles sont lues.")
    found: dict[str, Sheet] = {}
    for written, lines in sheets[:MAX_SHEETS]:
        title = _unused(written, found)
        rows, cut = gathered(lines(), f"Feuille {title}", progress, most)
        found[title] = Sheet(title, rows)
        warnings += cut
    return Content(tuple(found.values()), tuple(warnings))


def _unused(title: str, taken: dict[str, Sheet]) -> str:
    names = (title, *(f"{title} ({number})" for number in range(2, MAX_SHEETS + 2)))
    return next(name for name in names if name not in taken)


def clean(value: object) -> CellValue:
    """A cell's value without what no text should hold: control characters, half characters."""
    if isinstance(value, bool | int | float | date | datetime | time) or value is None:
        return value
    if isinstance(value, Unread):
        return Unread(str(clean(str(value)) or ""), value.reason)
    text = str(value)[:MAX_TEXT]
    if text.isprintable():
        return text.strip() or None
    text = _LINE_ENDS.sub("\n", text)
    return "".join(map(_plain, text)).strip() or None


def _plain(letter: str) -> str:
    if letter.isprintable() or letter == "\n":
        return letter
    return " " if letter.isspace() else ""


def _trimmed(rows: list[tuple[CellValue, ...]]) -> Rows:
    """Without the empty lines and columns that hang after the last value."""
    lengths = [_length(row) for row in rows]
    width = max(lengths, default=0)
    last = max((number + 1 for number, length in enumerate(lengths) if length), default=0)
    return tuple((row + (None,) * (width - len(row)))[:width] for row in rows[:last])


def _length(row: tuple[CellValue, ...]) -> int:
    return max((n + 1 for n, value in enumerate(row) if value is not None), default=0)
