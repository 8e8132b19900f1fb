"""The gaps that openpyxl gives as empty, found in the text of a sheet's part."""

from __future__ import annotations

import html
import re

from connexion_desktop.exchange.gaps import Gaps

_LONGEST_TAG = 400
# No quantifier of these gives back what it took: each reads a part once, whatever it holds.
_UNCALCULATED = re.compile(
    rb"<f\b[^<>]*+>(?:(?<=/>)|([^<]*+)</f>)\s*+(?:<v>\s*+</v>\s*+|<v\s*+/>\s*+)?+</c>"
)
_CELL = re.compile(rb'<c\b[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_MERGED = re.compile(rb'<mergeCell\s[^<>]{0,80}?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


def look_in(chunk: bytes, gaps: Gaps) -> None:
    """Note the gaps of a piece of the sheet's part."""
    for found in _UNCALCULATED.finditer(chunk):
        gaps.uncalculated += 1
        before = chunk[max(0, found.start() - _LONGEST_TAG) : found.start()]
        cell = _CELL.match(before, max(before.rfind(b"<c "), 0))
        if cell is not None:
            formula = html.unescape((found[1] or b"").decode("utf-8", "replace"))
            gaps.note_formula(int(cell[2]) - 1, _column(cell[1]), formula)
    if b"<mergeCell" in chunk:
        for left, top, right, bottom in _MERGED.findall(chunk):
            gaps.note_merged(int(top) - 1, _column(left), int(bottom) - 1, _column(right))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
