"""A list written to a file that another program opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.sheet import ListSheet
from connexion_desktop.system.whole_file import write_whole

KINDS = {".xlsx": "Classeur Excel", ".csv": "CSV"}
"""The kinds of files, by the end of their names."""


def write(sheet: ListSheet, path: Path) -> None:
    """Write a list in the kind that the file's name says, whole or not at all.

    Raises UserError without rows, for another kind, where the disk refuses.
    """
    from connexion_desktop.exchange import lists

    sheet.check()
    makers: dict[str, Callable[[ListSheet], bytes]] = {
        ".xlsx": lists.as_xlsx,
        ".csv": lists.as_csv,
    }
    make = makers.get(path.suffix.lower())
    if make is None:
        raise UserError(
            f"« {path.name} » n’est ni un classeur ni un CSV.",
            "Aucun fichier n’a été écrit.",
            "Donnez un nom en .xlsx ou en .csv.",
        )
    content = make(sheet)
    try:
        write_whole(path, content)
    except OSError as error:
        raise UserError(
            f"« {path.name} » n’a pas pu être écrit.",
            "La liste n’a pas changé ; un fichier de ce nom est resté tel qu’il était.",
            "Choisissez un autre dossier, ou fermez le fichier s’il est ouvert.",
        ) from error


def lines(sheet: ListSheet) -> str:
    """A list as a spreadsheet takes it from the clipboard."""
    from connexion_desktop.exchange import lists

    return lists.as_lines(sheet)
