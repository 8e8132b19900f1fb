"""The cells of a sheet that look empty, or hold no value, though something stands there: formulas
whose result the file does not hold, cells merged with another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from connexion_desktop.domain.import_columns import column_letters
from connexion_desktop.domain.unread import Unread
from connexion_desktop.exchange.sheets import MAX_COLUMNS, MAX_ROWS

_MOST = 100_000
_LONGEST_FORMULA = 200
_LONGEST_VALUE = 200
_NO_RESULT = (
    "La formule n’a pas de résultat enregistré : ouvrez le fichier dans le tableur et"
    " enregistrez-le."
)
_WRONG = "La cellule ne contient pas la valeur qu’elle annonce : retapez-la dans le tableur."


def without_result(formula: str) -> Unread:
    """A formula that the spreadsheet never computed."""
    return Unread(f"={formula[:_LONGEST_FORMULA]}", _NO_RESULT)


def wrong_value(typed: str) -> Unread:
    """A cell that does not hold what it says: « x » in a cell of number."""
    return Unread(typed[:_LONGEST_VALUE], _WRONG)


def told(uncalculated: int) -> tuple[str, ...]:
    """The warning about formulas without a result, if there are any."""
    if not uncalculated:
        return ()
    what = (
        f"{uncalculated} formules n’ont pas de résultat enregistré et sont lues comme vides"
        if uncalculated > 1
        else "1 formule n’a pas de résultat enregistré et est lue comme vide"
    )
    return (f"{what} : ouvrez le classeur dans le tableur, enregistrez-le, puis réessayez.",)


@dataclass(slots=True)
class Gaps:
    """The gaps of one sheet; rows and columns are counted from 0."""

    uncalculated: int = 0
    _formulas: dict[int, dict[int, Unread]] = field(default_factory=dict)
    _merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def note_formula(self, row: int, column: int, formula: str) -> None:
        """A formula without a result stands there."""
        if self.uncalculated <= _MOST:
            self._formulas.setdefault(row, {})[column] = without_result(formula)

    def note_merged(self, top: int, left: int, bottom: int, right: int) -> None:
        """These cells are merged in one."""
        if len(self._merged) < _MOST:
            self._merged.append((top, left, bottom, right))

    def fill(self, lines: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
        """The rows of the sheet, their gaps told apart from what is empty."""
        if not self._formulas and not self._merged:
            return lines
        return self._filled(lines)

    def _filled(self, lines: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        shadows = self._shadows()
        for number, line in enumerate(lines):
            gaps = self._formulas.get(number, {}) | shadows.get(number, {})
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
