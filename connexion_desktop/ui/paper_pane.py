"""A paper beside what it is made from: the very PDF that will be printed, saved or sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QResizeEvent

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.progress import Progress
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.file_dialogs import file_to_save
from connexion_desktop.ui.printing import Printing, image_of
from connexion_desktop.ui.tickets import Job
from connexion_desktop.ui.timers import once_after
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.pages_area import PagesArea
from connexion_desktop.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from connexion_desktop.documents.text import Stated

_SETTLE = 150
_TITLED = 330
_A4_POINTS = 595.3
_KINDS = {
    "pdf": ("Enregistrer en PDF", "PDF (*.pdf)"),
    "docx": ("Enregistrer en Word", "Word (*.docx)"),
}


def _drawing(paper: Stated, logo: bytes, scale: float) -> Callable[[Progress], list[QImage]]:
    """What draws the pages of a paper at `scale` pixels to the point, away from the window."""

    def draw(progress: Progress) -> list[QImage]:
        from connexion_desktop.documents import paper_pdf, preview

        progress.step(0, 1)
        pages = preview.render_pages(paper_pdf.render(paper, logo), scale)
        return [image_of(page) for page in pages]

    return draw


class PaperPane(Panel):
    """Pages as wide as the pane; print, PDF, Word."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Aperçu")
        self._desk = desk
        self._paper: Stated | None = None
        self._drawn: tuple[Stated, int, bytes] | None = None
        self._job: Job | None = None
        self.print_button = button("Imprimer", icon="printer-line", tip="Imprimer (Ctrl+P)")
        self.pdf_button = button("PDF", tip="Enregistrer en PDF")
        self.word_button = button("Word", tip="Enregistrer en Word (.docx)")
        self.print_button.clicked.connect(self.print_paper)
        self.pdf_button.clicked.connect(self.save_pdf)
        self.word_button.clicked.connect(self.save_word)
        for each in (self.print_button, self.pdf_button, self.word_button):
            self.corner.addWidget(each)
        self.area = PagesArea("Aperçu du papier")
        self.add(self.area, 1)
        self._settle = once_after(_SETTLE, self._draw, self)

    def show_paper(self, paper: Stated, title: str = "Aperçu") -> None:
        """Draw a paper as soon as typing pauses; the former stays until then."""
        if self._paper is None or paper.file_name != self._paper.file_name:
            self.area.verticalScrollBar().setValue(0)
        self._paper = paper
        self.heading.setText(title)
        self._enable(True)
        self._settle.start()

    def clear(self) -> None:
        """Show no paper."""
        self._paper = self._drawn = None
        self._settle.stop()
        self.area.show_images([], 1.0)
        self._enable(False)

    @property
    def paper(self) -> Stated | None:
        """The paper shown."""
        return self._paper

    @property
    def is_drawn(self) -> bool:
        """Whether the pages shown are those of the paper as it is now; with no paper, they are."""
        if self._settle.isActive():
            return False
        return self._paper is None or (self._drawn is not None and self._drawn[0] == self._paper)

    def save_pdf(self) -> None:
        """Ask where, then write the paper as PDF."""
        self._save_as("pdf")

    def save_word(self) -> None:
        """Ask where, then write the paper as a Word document."""
        self._save_as("docx")

    def _enable(self, wanted: bool) -> None:
        """Acts, and the bar, only beside a paper."""
        self.area.hold_bar(wanted)
        for each in (self.print_button, self.pdf_button, self.word_button):
            each.setEnabled(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the buttons are whole and the title gives way."""
        self.heading.setVisible(event.size().width() >= theme.px(_TITLED))
        super().resizeEvent(event)
        self._settle.start()

    def _draw(self) -> None:
        paper, width = self._paper, self.area.page_width
        if paper is None or width < 80:
            return
        ratio = self.devicePixelRatioF()
        scale = width * ratio / _A4_POINTS

        def draw(logo: bytes) -> None:
            drawn = (paper, width, logo)
            if self._paper != paper or self._drawn == drawn:
                return

            def show(images: list[QImage]) -> None:
                if self._paper == paper:
                    self._drawn = drawn
                    self.area.show_images(images, ratio)

            if self._job is not None:
                self._job.cancel()
            self._job = self._desk.jobs.compute(self, _drawing(paper, logo, scale), show)

        self._with_logo(draw)

    def _with_logo(self, then: Callable[[bytes], object]) -> None:
        """Go on with the logo as it is now: it is no part of what an issued paper says."""
        self._desk.jobs.read(
            self,
            lambda session: usecases.logo.content(session),  # noqa: PLW0108 - imported on the lane
            then,
        )

    def print_paper(self) -> None:
        """Print the paper shown, through the system's dialogue: all its originals."""
        paper = self._paper
        if paper is None:
            return

        def start(logo: bytes) -> None:
            def make(_progress: Progress) -> bytes:
                from connexion_desktop.documents import paper_pdf

                return paper_pdf.render(paper, logo)

            Printing(self._desk, self, paper.file_name, len(paper.copies)).start(make)

        self._with_logo(start)

    def _save_as(self, suffix: str) -> None:
        paper = self._paper
        if paper is None:
            return
        title, kind = _KINDS[suffix]
        try:
            path = file_to_save(self, title, f"{paper.file_name}.{suffix}", kind)
        except UserError as problem:
            self._desk.fail(problem)
            return
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the paper shown, as PDF or Word by the file's suffix."""
        paper = self._paper
        if paper is None:
            return

        def write(logo: bytes) -> None:
            self._desk.jobs.compute(
                self,
                lambda _progress: usecases.papers.write(paper, path, logo),
                lambda _none: self._desk.tell(f"Enregistré : {path.name}"),
                self._desk.fail,
            )

        self._with_logo(write)
