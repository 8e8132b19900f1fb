"""Asking for a file: in the user's Documents unless told otherwise."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from connexion_desktop.domain.errors import UserError

_ANY = "Tous les fichiers (*)"
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


def files_to_open(parent: QWidget, title: str) -> list[Path]:
    """Files of any kind chosen by the user; none if they gave up."""
    chosen, _ = QFileDialog.getOpenFileNames(parent, title, str(documents()), _ANY)
    return [Path(each) for each in chosen]


def file_to_save(
    parent: QWidget, title: str, name: str, filters: str, folder: Path | None = None
) -> Path | None:
    """Where to write, `name` being offered; None if the user gave up. A name without one of the
    endings of `filters` gets that of the kind chosen.

    Raises UserError where a file has that longer name: the dialog asked about another.
    """
    start = folder if folder is not None and folder.is_dir() else documents()
    chosen, kind = QFileDialog.getSaveFileName(parent, title, str(start / name), filters)
    if not chosen:
        return None
    path = Path(chosen)
    endings = _ENDING.findall(filters)
    if path.suffix.lower() in endings:
        return path
    ending = next(iter(_ENDING.findall(kind)), endings[0])
    whole = path.with_name(f"{path.name}{ending}")
    if whole.exists():
        raise UserError(
            f"« {whole.name} » existe déjà.",
            "Rien n’a été écrit.",
            f"Pour le remplacer, choisissez-le avec « {ending} » à la fin de son nom.",
        )
    return whole


_ENDING = re.compile(r"\*(\.\w+)")
