"""Asking for a file: in the user's Documents unless told otherwise."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

BACKUPS = "Sauvegardes et bases (*.base);;Tous les fichiers (*)"


def documents() -> Path:
    """The user's Documents, or their home where there is no such folder."""
    places = QStandardPaths.StandardLocation
    for place in (places.DocumentsLocation, places.HomeLocation):
        folder = Path(QStandardPaths.writableLocation(place))
        if folder.is_dir():
            return folder
    return Path.home()


def file_to_open(
    parent: QWidget, title: str, filters: str, folder: Path | None = None
) -> Path | None:
    """A file that exists, chosen by the user; None if they gave up. A `folder` that is not there
    is forgotten."""
    start = folder if folder is not None and folder.is_dir() else documents()
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(start), filters)
    return Path(chosen) if chosen else None


def file_to_save(
    parent: QWidget, title: str, name: str, filters: str, folder: Path | None = None
) -> Path | None:
    """Where to write, `name` being offered; None if the user gave up."""
    start = folder if folder is not None and folder.is_dir() else documents()
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(start / name), filters)
    return Path(chosen) if chosen else None
