"""Files dragged over the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

TABLES = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".xls", ".xlsb", ".ods")
"""What may be dropped: the import page says why it cannot read the last ones, and what to do."""


def dropped_table(data: QMimeData) -> Path | None:
    """The spreadsheet in what is dragged, if it is one file of this computer."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    tables = [path for path in paths if path.suffix.lower() in TABLES]
    return tables[0] if len(tables) == 1 else None
