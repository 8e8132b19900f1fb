"""How many cards stand side by side, and how high they are."""

from __future__ import annotations

from typing import NamedTuple

from connexion_desktop.ui import theme

NARROWEST, WIDEST = 264, 470
"""A card's width at 100 %, in logical pixels."""


class Grid(NamedTuple):
    """Cells of `width` × `height` (a card and half the gap on each side), `columns` in a row."""

    columns: int
    width: int
    height: int
    scrolls: bool


def grid_for(width: int, height: int, count: int, lowest: int, highest: int) -> Grid:
    """The grid that shows the most of `count` cards in a space, in cells.

    Of the numbers of columns that give readable cards without scrolling, the one of the highest
    cards (they show more lines), then of the widest; if all must scroll, as many as are readable.
    `lowest` and `highest` bound the height of a cell.
    """
    width -= 1  # Qt wraps a row that fills the view to its last pixel
    count = max(count, 1)
    most = max(width // (theme.px(NARROWEST) + theme.GAP), 1)
    fewest = min(max(-(-width // (theme.px(WIDEST) + theme.GAP)), 1), most)
    fitting = [
        _fit(width, height, count, columns, highest)
        for columns in range(fewest, most + 1)
        if height // -(-count // columns) >= lowest
    ]
    if not fitting:
        whole_rows = max(height // lowest, 1)
        cell = min(max(height // whole_rows, lowest), highest)
        return Grid(most, width // most, cell, scrolls=True)
    return max(fitting, key=lambda grid: (grid.height, grid.width))


def _fit(width: int, height: int, count: int, columns: int, highest: int) -> Grid:
    rows = -(-count // columns)
    return Grid(columns, width // columns, min(height // rows, highest), scrolls=False)
