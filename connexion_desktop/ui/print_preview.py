"""What is about to be printed, seen first: the very PDF, to be printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.ui import theme
from connexion_desktop.ui.file_dialogs import file_to_save
from connexion_desktop.ui.printing import Printing, image_of
from connexion_desktop.ui.timers import once_after
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.pages_area import PagesArea

if TYPE_CHECKING:
    from pathlib import Path

    from connexion_desktop.domain.progress import Progress
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.tickets import Job

MOST = 30
"""How many pages are drawn at most: all are printed."""

_UNISSUED = "le numéro est pris en imprimant, ou en enregistrant"
_UNPRINTED = "Pas imprimé, mais gardé dans la liste (Ctrl+Z l’en retire)"
_SETTLE = 120
_NARROWEST = 80
_WIDTH, _SHARE = 900, 0.86


Taken = Callable[[str, bytes], None]
"""What is done with a title and a PDF that are for good."""


class PrintPreview(QDialog):
    """The pages of a PDF called `title`, over the `page` that it was made from. Enter prints it,
    Escape closes. Of a paper that is not issued yet, `issue(taken)` makes what is printed or
    saved."""

    def __init__(
        self,
        desk: Desk,
        page: QWidget,
        title: str,
        pdf: bytes,
        issue: Callable[[Taken], None] | None = None,
    ) -> None:
        super().__init__(page.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Aperçu : {title}")
        self._desk, self._page, self._title, self._pdf = desk, page, title, pdf
        self._issue = issue
        self._drawn = 0
        self._job: Job | None = None
        self.area = PagesArea(f"Aperçu : {title}")
        self.area.hold_bar(True)
        self.count = label("", "muted", wrap=True)
        self.close_button = button("Fermer")
        self.pdf_button = button("Enregistrer en PDF", icon="download-2-line")
        self.print_button = button("Imprimer…", "primary", icon="printer-line")
        self.close_button.clicked.connect(self.close)
        self.pdf_button.clicked.connect(self._ask_where)
        self.print_button.clicked.connect(self.print_it)
        self.print_button.setDefault(True)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self, self.print_it)
        acts = QHBoxLayout()
        acts.setSpacing(theme.SPACE)
        acts.addWidget(self.count, 1)
        for each in (self.close_button, self.pdf_button, self.print_button):
            acts.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        column.setSpacing(theme.GAP)
        column.addWidget(self.area, 1)
        column.addLayout(acts)
        self._settle = once_after(_SETTLE, self._draw, self)
        theme.dress(self)
        self._fit()

    @property
    def is_drawn(self) -> bool:
        """Whether the pages are seen as wide as there is room."""
        return bool(self._drawn) and not self._settle.isActive()

    def print_it(self) -> None:
        """Ask for a printer, in the system's dialogue; what was issued for it stays, which is told
        to who gives up there."""
        desk, page, issues = self._desk, self._page, self._issue is not None

        def send(title: str, pdf: bytes) -> None:
            printing = Printing(desk, page, title)
            if issues:
                printing.given_up.connect(lambda: desk.tell(f"{_UNPRINTED} : {title}"))
            printing.start(lambda _progress: pdf)

        self._take(send)

    def save_to(self, path: Path) -> None:
        """Write the PDF, whole or not at all."""
        desk, page = self._desk, self._page

        def write(_title: str, pdf: bytes) -> None:
            desk.jobs.compute(
                page,
                lambda _progress: usecases.papers.write_bytes(pdf, path),
                lambda _none: desk.tell(f"Enregistré : {path.name}"),
                desk.fail,
            )

        self._take(write)

    def _take(self, taken: Taken) -> None:
        title, pdf = self._title, self._pdf
        self.close()
        if self._issue is None:
            taken(title, pdf)
        else:
            self._issue(taken)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle.start()

    def _ask_where(self) -> None:
        name = f"{self._title} {self._desk.today().isoformat()}.pdf"
        try:
            path = file_to_save(self, "Enregistrer en PDF", name, "PDF (*.pdf)")
        except UserError as problem:
            self._desk.fail(problem)
            return
        if path is not None:
            self.save_to(path)

    def _draw(self) -> None:
        ratio, pdf = self.devicePixelRatioF(), self._pdf
        width = int(self.area.page_width * ratio)
        if width in (self._drawn, 0) or self.area.page_width < _NARROWEST:
            return

        def draw(progress: Progress) -> tuple[list[QImage], int]:
            from connexion_desktop.documents import preview

            pages, count = preview.fitted_pages(pdf, width, MOST, progress)
            return [image_of(page) for page in pages], count

        def show(drawn: tuple[list[QImage], int]) -> None:
            images, count = drawn
            self._drawn = width
            self.area.show_images(images, ratio)
            told = _told(len(images), count)
            self.count.setText(told if self._issue is None else f"{told} · {_UNISSUED}")

        if self._job is not None:
            self._job.cancel()
        self._job = self._desk.jobs.compute(self, draw, show, self._desk.fail)

    def _fit(self) -> None:
        room = self.screen().availableGeometry().size()
        width = min(int(room.width() * _SHARE), theme.px(_WIDTH))
        self.resize(width, int(room.height() * _SHARE))


def _told(shown: int, count: int) -> str:
    pages = f"{count} page{'s' * (count > 1)}"
    return pages if shown == count else f"{pages} ; les {shown} premières sont montrées"
