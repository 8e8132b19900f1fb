"""The cells of a sheet that openpyxl gives as empty though something stands there: formulas whose
result the file does not hold, cells merged with another."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from connexion_desktop.domain.import_columns import column_letters
from connexion_desktop.domain.unread import Unread
from connexion_desktop.exchange.sheets import MAX_COLUMNS, MAX_ROWS

_MOST = 100_000
_LONGEST_TAG = 400
_LONGEST_FORMULA = 200
# No quantifier of these gives back what it took: each reads a part once, whatever it holds.
_UNCALCULATED = re.compile(
    rb"<f\b[^<>]*+>(?:(?<=/>)|([^<]*+)</f>)\s*+(?:<v>\s*+</v>\s*+|<v\s*+/>\s*+)?+</c>"
)
_CELL = re.compile(rb'<c\b[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_MERGED = re.compile(rb'<mergeCell\s[^<>]{0,80}?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_NO_RESULT = (
    "La formule n’a pas de résultat enregistré : ouvrez le fichier dans le tableur et"
    " enregistrez-le."
)


@dataclass(slots=True)
class Gaps:
    """The gaps of one sheet; rows and columns are counted from 0."""

    uncalculated: int = 0
    _formulas: dict[int, dict[int, str]] = field(default_factory=dict)
    _merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def look_in(self, chunk: bytes) -> None:
        """Note those of a piece of the sheet's part."""
        for found in _UNCALCULATED.finditer(chunk):
            self.uncalculated += 1
            if self.uncalculated > _MOST:
                continue
            before = chunk[max(0, found.start() - _LONGEST_TAG) : found.start()]
            cell = _CELL.match(before, max(before.rfind(b"<c "), 0))
            if cell is not None:
                formula = html.unescape((found[1] or b"").decode("utf-8", "replace"))
                row = self._formulas.setdefault(int(cell[2]) - 1, {})
                row[_column(cell[1])] = f"={formula[:_LONGEST_FORMULA]}"
        if b"<mergeCell" in chunk:
            for left, top, right, bottom in _MERGED.findall(chunk):
                box = (int(top) - 1, _column(left), int(bottom) - 1, _column(right))
                if len(self._merged) < _MOST:
                    self._merged.append(box)

    def fill(self, lines: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
        """The rows of the sheet, their gaps told apart from what is empty."""
        if not self._formulas and not self._merged:
            return lines
        return self._filled(lines)

    def _filled(self, lines: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        shadows = self._shadows()
        for number, line in enumerate(lines):
            formulas = self._formulas.get(number, {}).items()
            gaps = {column: Unread(text, _NO_RESULT) for column, text in formulas}
            gaps |= shadows.get(number, {})
            yield _with_gaps(line, gaps) if gaps else line

    def _shadows(self) -> dict[int, dict[int, Unread]]:
        """The cells that a merged one of the same column hides. One merged across columns is a
        title, and hides nothing that a row would say."""
        shadows: dict[int, dict[int, Unread]] = {}
        room = _MOST
        for top, left, bottom, right in self._merged:
            if left != right or left >= MAX_COLUMNS:
                continue
            letters = column_letters(left)
            reason = (
                f"Cellule fusionnée avec {letters}{top + 1} : défusionnez-la dans le tableur et"
                " écrivez sa valeur sur chaque ligne."
            )
            for row in range(top + 1, min(bottom + 1, MAX_ROWS, top + 1 + room)):
                shadows.setdefault(row, {})[left] = Unread("", reason)
                room -= 1
        return shadows


def _with_gaps(line: tuple[Any, ...], gaps: Mapping[int, Unread]) -> tuple[Any, ...]:
    width = max(len(line), *(column + 1 for column in gaps))
    values = line + (None,) * (width - len(line))
    return tuple(
        gaps.get(column) if value is None else value for column, value in enumerate(values)
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
