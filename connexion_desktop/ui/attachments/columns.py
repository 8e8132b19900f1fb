"""What a list says of a file."""

from __future__ import annotations

from collections.abc import Sequence

from connexion_desktop.domain.attachments import FileRow
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.names import fold
from connexion_desktop.ui.widgets.rows_table import RowColumn


def told(row: FileRow) -> str:
    """A file in words."""
    return ", ".join(part for part in (row.name, row.sort, row.remark) if part)


def is_meant(row: FileRow, words: Sequence[str]) -> bool:
    """Whether a file is meant by these folded words."""
    held = fold(f"{row.name} {row.sort} {row.kind_label}")
    return all(word in held for word in words)


COLUMNS: tuple[RowColumn[FileRow], ...] = (
    RowColumn("Nom", 185, lambda row: row.name, bold=True),
    RowColumn(
        "Sorte",
        115,
        lambda row: row.sort,
        ink=lambda row: "amber" if row.remark else "muted",
    ),
    RowColumn(
        "Ajouté le",
        100,
        lambda row: numeric_day(row.added_on),
        lambda row: row.added_on,
        ink=lambda _row: "muted",
        spared=True,
    ),
)
FIRST_SORTING = (2, True)
"""The last added first."""
