"""Files dragged over the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDropEvent

from connexion_desktop.domain.errors import UserError

TABLES = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".xls", ".xlsb", ".ods")
"""What may be dropped: the import page says why it cannot read the last ones, and what to do."""

_SAFE = "Rien n’a changé."


def dragged_files(data: QMimeData) -> list[Path]:
    """The files of this computer in what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def table_among(paths: list[Path]) -> Path:
    """The one spreadsheet dropped. Raises UserError."""
    tables = [path for path in paths if path.suffix.lower() in TABLES]
    if len(tables) > 1:
        raise UserError(
            f"{len(tables)} tableaux ont été déposés ensemble.", _SAFE, "Déposez-les un par un."
        )
    if not tables:
        raise UserError(
            f"« {paths[0].name} » n’est pas un tableau.",
            _SAFE,
            "Déposez un classeur Excel ou un fichier CSV.",
        )
    return tables[0]


def take_copy(event: QDropEvent) -> None:
    """Accept what is dragged as a copy: a file manager told « move » may delete its own."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
