"""A paper written to a file that another program opens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from connexion_desktop.domain.errors import UserError
from connexion_desktop.system.whole_file import why_not_written, write_whole

if TYPE_CHECKING:
    from connexion_desktop.documents.text import Stated


def write(stated: Stated, path: Path, logo: bytes = b"") -> None:
    """Write a paper as PDF or Word, by the end of the file's name, whole or not at all, under the
    issuer's `logo` (PNG) if there is one.

    Raises UserError where the disk refuses.
    """
    from connexion_desktop.documents import paper_docx, paper_pdf

    render = paper_pdf.render if path.suffix.lower() == ".pdf" else paper_docx.render
    write_bytes(render(stated, logo), path)


def write_bytes(content: bytes, path: Path) -> None:
    """Write a file, whole or not at all. Raises UserError where the disk refuses."""
    try:
        write_whole(path, content)
    except OSError as error:
        raise UserError(
            f"« {path.name} » n’a pas pu être écrit : {why_not_written(error)}.",
            "Rien n’a changé ; un fichier de ce nom est resté tel qu’il était.",
            "Choisissez un autre dossier, ou fermez le fichier s’il est ouvert.",
        ) from error
