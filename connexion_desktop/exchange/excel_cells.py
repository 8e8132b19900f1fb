"""The cells of a workbook's sheet; one that does not hold what it says is told, the others read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from connexion_desktop.exchange.gaps import wrong_value
from connexion_desktop.exchange.sheets import MAX_COLUMNS


def lines_of(worksheet: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet from its first one, those left out of the file empty."""
    book = worksheet.parent
    with worksheet._get_source() as source:
        parser = _parser()(
            source,
            worksheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        seen = 0
        for number, cells in parser.parse():
            for _ in range(seen + 1, number):
                yield ()
            if number > seen:
                yield worksheet._get_row(cells, 1, MAX_COLUMNS + 1, values_only=True)
            seen = max(seen, number)


def _parser() -> Any:
    """openpyxl's own, which gives up the whole file for « x » in a cell of number."""
    from openpyxl.utils.cell import coordinate_to_tuple
    from openpyxl.worksheet._reader import VALUE_TAG, WorkSheetParser

    class Parser(WorkSheetParser):
        def parse_cell(self, element: Any) -> dict[str, Any]:
            try:
                return super().parse_cell(element)
            except (ValueError, IndexError, OverflowError):
                typed = element.findtext(VALUE_TAG)
                if not typed:
                    raise
                if element.get("r"):
                    coordinate_to_tuple(element.get("r"))
                return {
                    "row": self.row_counter,
                    "column": self.col_counter,
                    "value": wrong_value(typed),
                    "data_type": "s",
                    "style_id": 0,
                }

    return Parser
