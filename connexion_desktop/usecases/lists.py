"""A list written to a file that another program opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.progress import Progress
from connexion_desktop.domain.sheet import ListPaper, ListSheet
from connexion_desktop.system.whole_file import write_whole


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
            f"« {path.name} » n’est ni un classeur, ni un CSV, ni un PDF.",
            "Aucun fichier n’a été écrit.",
            "Donnez un nom en .xlsx, en .csv ou en .pdf.",
        )
    _write(make(sheet), path)


def write_paper(paper: ListPaper, path: Path, progress: Progress) -> None:
    """Write a list as it is printed, whole or not at all. Raises UserError without rows, with too
    many, or where the disk refuses."""
    from connexion_desktop.documents import list_pdf

    _write(list_pdf.render(paper, progress), path)


def _write(content: bytes, path: Path) -> None:
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
