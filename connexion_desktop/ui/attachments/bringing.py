"""Bringing files in: read away from the window, kept in one act, told in one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from connexion_desktop import usecases
from connexion_desktop.domain.attachments import Attached, Subject, files_text
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.progress import Progress
from connexion_desktop.ui import theme
from connexion_desktop.ui.attachments.gathering import (
    Gathered,
    gather,
    gather_picture,
    told_together,
)
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.drops import dragged_files, is_spreadsheet
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.widgets.banner import Notice, Offer
from connexion_desktop.ui.widgets.progress_line import ProgressLine

_ALREADY = "Déjà joint à la fiche que vous avez quittée : rien n’a été doublé."
_NOT_IMPORTED = "Ce tableau est joint ici ; il n’est pas importé."


class Bringing(QWidget):
    """How far the reading is, and what is to be known of it. `brought(Subject, Attached)` once
    files are kept.

    What is begun goes on for as long as its `page` lives, even once this is gone or shows somebody
    else: then it is told by the page's desk, and no file is named over another person's.
    """

    brought = Signal(object, object)

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__()
        self._desk, self._page = desk, page
        self._subject: Subject | None = None
        self.progress = ProgressLine()
        self.notice: Notice | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.progress)

    def take(self, subject: Subject, paths: Sequence[Path]) -> None:
        """Attach files to a subject; a table alone may rather be imported."""
        offers: list[Offer] = []
        if len(paths) == 1 and is_spreadsheet(paths[0]):
            offers = [("Plutôt l’importer", partial(self._desk.go, "import", paths[0]))]
        if paths:
            self._gather(subject, len(paths), partial(gather, tuple(paths)), offers)

    def paste(self, subject: Subject) -> None:
        """Attach what is on the clipboard: files, or an image."""
        clipboard = QGuiApplication.clipboard()
        held = clipboard.mimeData()
        paths = dragged_files(held)
        image = clipboard.image() if held.hasImage() else QImage()
        if paths:
            self.take(subject, paths)
        elif not image.isNull():
            name = f"Image collée le {numeric_day(self._desk.today()).replace('/', '-')}.png"
            self._gather(subject, 1, partial(gather_picture, image, name))
        else:
            self._desk.tell("Il n’y a ni image ni fichier à coller.")

    def be_about(self, subject: Subject) -> None:
        """Show what becomes of the files of a subject, and nothing more of another's."""
        self._subject = subject
        self.forget()

    def forget(self) -> None:
        """Take away what was said of other files."""
        if self.notice is not None and isValid(self.notice):
            self.notice.dismiss()
        self.notice = None

    def _gather(
        self,
        subject: Subject,
        count: int,
        act: Callable[[Progress], Gathered],
        offers: Sequence[Offer] = (),
    ) -> None:
        def ready(gathered: Gathered) -> None:
            if not job.stop.is_set():  # given up just as the last byte was read
                self._attach(subject, count, offers, gathered)

        def failed(problem: UserError) -> None:
            self._fail(subject, count, problem)

        self.forget()
        job = self._desk.jobs.compute(self._page, act, ready, failed)
        self.progress.watch(job, "Lecture")

    def _attach(
        self, subject: Subject, count: int, offers: Sequence[Offer], gathered: Gathered
    ) -> None:
        problems = gathered.problems
        refused = len(problems)
        if not gathered.files:
            self._fail(subject, refused, told_together(problems, count))
            return

        def done(attached: Attached) -> None:
            if self._is_in_sight(subject):
                self._tell(gathered, attached, offers)
            else:
                self._page.desk.tell(_joined(attached) if attached.ids else _ALREADY)
            if isValid(self):
                self.brought.emit(subject, attached)
            if problems:
                self._fail(subject, refused, told_together(problems, count))

        def failed(problem: UserError) -> None:
            self._fail(subject, count, problem)

        self._desk.jobs.write(
            self._page,
            lambda session: usecases.attachments.attach(session, subject, gathered.files),
            done,
            failed,
            label="Fichier joint" if len(gathered.files) == 1 else "Fichiers joints",
        )

    def _is_in_sight(self, subject: Subject) -> bool:
        """Whether one still looks at whom these files are of, and goes to nobody else."""
        if not isValid(self) or subject != self._subject or not self._page.isVisible():
            return False
        return subject.table != "person" or self._page.about() == subject.id

    def _fail(self, subject: Subject, count: int, problem: UserError) -> None:
        if self._is_in_sight(subject):
            self._desk.fail(problem)
        else:
            self._page.desk.fail(
                UserError(
                    f"{files_text(count)} n’{'ont' if count > 1 else 'a'} pas été "
                    f"joint{'s' * (count > 1)} à la fiche que vous avez quittée.",
                    "L’original reste où il est.",
                    "Revenez à cette fiche et joignez de nouveau : la raison y sera dite.",
                )
            )

    def _tell(self, gathered: Gathered, attached: Attached, offers: Sequence[Offer]) -> None:
        count, doubles = len(attached.ids), attached.doubles
        said = list(gathered.remarks) if count else []
        if len(doubles) == 1:
            said.append(f"« {doubles[0]} » est déjà joint ici : rien n’a été doublé.")
        elif doubles:
            said.append(f"{files_text(len(doubles))} sont déjà joints ici : rien n’a été doublé.")
        if count:
            self._desk.tell(_joined(attached))
            said += [_NOT_IMPORTED] * bool(offers)
        if said:
            self.forget()
            self.notice = Notice(" ".join(said), offers if count else ())
            self._column.insertWidget(0, self.notice)
            theme.dress(self.notice)


def _joined(attached: Attached) -> str:
    count = len(attached.ids)
    return f"{files_text(count)} joint{'s' * (count > 1)} · Ctrl+Z pour annuler"
