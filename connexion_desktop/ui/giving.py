"""A list given away: copied, written to a file, printed. Whatever it is a list of, its texts are
made away from the window, since there may be many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.sheet import PAPER, ListPaper, ListSheet
from connexion_desktop.ui.file_dialogs import file_to_save

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from connexion_desktop.domain.progress import Progress
    from connexion_desktop.ui.desk import Desk

_KINDS = "Classeur Excel (*.xlsx);;CSV (*.csv);;PDF (*.pdf)"


@dataclass(frozen=True, slots=True)
class Given:
    """A list to give: `make` what makes its sheet on a worker, `title` and `about` what it is and
    what was kept in it, `name` the beginning of its file's name, which names nobody."""

    make: Callable[[], ListSheet]
    title: str
    about: str
    name: str


def copy_list(desk: Desk, page: QWidget, make: Callable[[], ListSheet], count: int) -> None:
    """Put rows on the clipboard, as a spreadsheet pastes them."""

    def put(text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        desk.tell(f"{count} ligne{'s' * (count > 1)} copiée{'s' * (count > 1)}")

    if count:
        desk.jobs.compute(page, lambda _progress: usecases.lists.lines(make()), put)


def ask_where(desk: Desk, page: QWidget, given: Given) -> None:
    """Ask for a file, then write the list to it."""
    name = f"{given.name} {desk.today().isoformat()}.xlsx"
    try:
        path = file_to_save(page, "Enregistrer la liste", name, _KINDS)
    except UserError as problem:
        desk.fail(problem)
        return
    if path is not None:
        save_list(desk, page, given, path)


def save_list(desk: Desk, page: QWidget, given: Given, path: Path) -> None:
    """Write a list to a file, in the kind that its name says."""
    if path.suffix.lower() == PAPER:

        def write(issuer: str) -> None:
            def act(progress: Progress) -> None:
                usecases.lists.write_paper(_paper(desk, given, issuer), path, progress)

            _compute(desk, page, act, path)

        _read_issuer(desk, page, write)
    else:
        _compute(desk, page, lambda _progress: usecases.lists.write(given.make(), path), path)


def print_list(desk: Desk, page: QWidget, given: Given) -> None:
    """Show a list as it would be printed: the association's name, what was kept, titles on each
    page. Not if the page was left meanwhile: somebody may sit beside the screen now."""

    def render(issuer: str) -> None:
        def make(progress: Progress) -> bytes:
            from connexion_desktop.documents import list_pdf

            return list_pdf.render(_paper(desk, given, issuer), progress)

        job = desk.jobs.compute(page, make, show, desk.fail)
        desk.watch(job, f"Aperçu : {given.title}")

    def show(pdf: bytes) -> None:
        from connexion_desktop.ui.print_preview import PrintPreview

        if page.isVisible():
            PrintPreview(desk, page, given.name, pdf).open()

    _read_issuer(desk, page, render)


def _read_issuer(desk: Desk, page: QWidget, then: Callable[[str], None]) -> None:
    desk.jobs.read(
        page,
        lambda session: usecases.maintenance.association(session),  # noqa: PLW0108 - imported on the lane
        then,
        desk.fail,
    )


def _paper(desk: Desk, given: Given, issuer: str) -> ListPaper:
    return ListPaper(given.make(), given.about, desk.today(), issuer)


def _compute(desk: Desk, page: QWidget, act: Callable[[Progress], None], path: Path) -> None:
    job = desk.jobs.compute(
        page, act, lambda _none: desk.tell(f"Enregistré : {path.name}"), desk.fail
    )
    desk.watch(job, "Enregistrement de la liste")
