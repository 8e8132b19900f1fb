"""CSV files: their encoding and their separator found out from what they contain."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from connexion_desktop.domain.progress import Progress
from connexion_desktop.exchange.sheets import Content, Sheet, gathered, unreadable

_SEPARATORS = (";", ",", "\t", "|")
_LINES_TRIED = 60
_SAMPLE = 200_000
_BYTES_TRIED = 4_096
_OLD_ENCODINGS = ("cp1252", "mac_roman", "cp850")
_EXCEL_HINT = re.compile(r"\s{0,9}sep=([;,\t|])[ \t]*(?:\r\n?|\n)", re.IGNORECASE)
_ACCENTED = re.compile(r"(.?)([^\x00-\x7f])(?=(.?))", re.DOTALL)
_LETTERS = frozenset("àâæçéèêëîïôœùûüÿ")
_SIGNS = frozenset("’‘“”«»–—…°€\u00a0\u202f")
_LONGEST_QUOTE = 60
_TOLD = 5
_LONGEST_ROW = 500_000
"""Characters: while the csv module cuts one line, nothing else of Python runs, nor the window."""


def read(name: str, content: bytes, progress: Progress) -> Content:
    """The one sheet of the file, named after it. Raises UserError when it is no text."""
    text = _decoded(name, content)
    hint = _EXCEL_HINT.match(text)
    if hint is not None:
        text = text[hint.end() :]
    is_closed = text.count('"') % 2 == 0
    separator = hint[1] if hint is not None else _separator(text, is_closed)
    unclosed: list[int] = []
    try:
        lines = _split(text, separator, is_closed, unclosed)
        rows, warnings = gathered(lines, Path(name).stem, progress)
    except _EndlessRowError as error:
        raise unreadable(name, f"sa ligne {error} est démesurée") from error
    except csv.Error as error:
        raise unreadable(name, "ce n’est pas un fichier CSV") from error
    told = (*warnings, _told_unclosed(unclosed)) if unclosed else warnings
    return Content((Sheet(Path(name).stem, rows),), told)


def _told_unclosed(rows: list[int]) -> str:
    numbers = ", ".join(map(str, rows[:_TOLD])) + ("…" if len(rows) > _TOLD else "")
    return f"Ligne {numbers} : un guillemet n’est pas refermé, vérifiez ce qui en est lu."


def _split(text: str, separator: str, is_closed: bool, unclosed: list[int]) -> Iterator[list[str]]:
    """Rows of cells; `unclosed` receives the numbers of those whose quote is never closed."""
    source = _Lines(text)
    rows = (
        csv.reader(source, delimiter=separator)
        if is_closed
        else _split_with_care(source, separator, unclosed)
    )
    for row in rows:
        yield row
        source.next_row()


class _EndlessRowError(csv.Error):
    """A row that no table has; its number is the error's text."""


class _Lines:
    """The lines of a text, so long as they make rows of a sensible length."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._row = 1
        self._length = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self._length += len(line)
            if self._length > _LONGEST_ROW:
                raise _EndlessRowError(str(self._row))
            yield line

    def next_row(self) -> None:
        """A row is whole: what follows is of the next one."""
        self._row += 1
        self._length = 0


def _split_with_care(
    text: Iterable[str], separator: str, unclosed: list[int]
) -> Iterator[list[str]]:
    """A quote that is never closed would eat the rest: a row is believed where its quotes are all
    in their place, else its first line stands alone, without them."""
    source = iter(text)
    ahead: list[str] = []
    number = 0
    while ahead or (ahead := list(islice(source, 1))):
        number += 1
        taken = 1
        while '"' in ahead[0] and "".join(ahead[:taken]).count('"') % 2 and taken < _LONGEST_QUOTE:
            if taken == len(ahead):
                ahead += islice(source, 1)
            if taken == len(ahead):
                break
            taken += 1
        row = _strict_row("".join(ahead[:taken]), separator)
        if row is None:
            unclosed.append(number)
            taken = 1
            (row,) = csv.reader(ahead[:1], delimiter=separator, quoting=csv.QUOTE_NONE)
            row = [cell.strip('"').replace('""', '"') for cell in row]
        yield row
        del ahead[:taken]


def _strict_row(text: str, separator: str) -> list[str] | None:
    """The one row that a text is, its quotes being all in their place; None if it is not."""
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else None


def _separator(text: str, is_closed: bool) -> str:
    """The one that cuts most lines in the same number of cells."""

    def regularity(separator: str) -> tuple[int, int]:
        try:
            lines = list(islice(_split(text[:_SAMPLE], separator, is_closed, []), _LINES_TRIED))
        except csv.Error:
            return 0, 0
        widths = Counter(len(line) for line in lines if len(line) > 1)
        width, times = max(widths.items(), key=lambda each: each[::-1], default=(0, 0))
        return times, width

    return max(_SEPARATORS, key=regularity)


def _decoded(name: str, content: bytes) -> str:
    wide = _wide_encoding(content)
    if wide:
        return content.decode(wide, errors="replace").lstrip("\ufeff")
    if b"\0" in content[:_BYTES_TRIED]:
        raise unreadable(name, "ce n’est pas un fichier de texte")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        encodings = ("utf-8", *_OLD_ENCODINGS)
        best = max(encodings, key=lambda each: _french_look(_tried(content, each)))
        return content.decode(best, errors="replace")


def _tried(content: bytes, encoding: str) -> str:
    return content[:_SAMPLE].decode(encoding, errors="replace")


def _wide_encoding(content: bytes) -> str:
    """UTF-16 by its mark, or by the zero of every other byte."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = content[:_BYTES_TRIED]
    zeros = (start[0::2].count(0), start[1::2].count(0))
    if sum(zeros) * 3 < len(start) or min(zeros) * 10 > max(zeros):
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _french_look(text: str) -> int:
    """How many accented characters are French and in their place, less those that are not."""
    return sum(
        1 if letter in _SIGNS or _in_its_place(before, letter, after) else -1
        for before, letter, after in _ACCENTED.findall(text)
    )


def _in_its_place(before: str, letter: str, after: str) -> bool:
    """« Léo », « LÉO », not « PrÈnom » nor « PRêNOM »."""
    if letter.lower() not in _LETTERS:
        return False
    return not before.islower() if letter.isupper() else not after.isupper()
