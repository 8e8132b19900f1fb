"""A PDF sent to a printer chosen in the system's dialogue: each page drawn away from the window,
then given a band at a time, so that a long list neither holds it nor fills the memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QImage, QPageLayout, QPainter

from connexion_desktop.domain.errors import UserError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from connexion_desktop.documents.preview import PageImage
    from connexion_desktop.domain.progress import Progress
    from connexion_desktop.ui.desk import Desk

_DPI = 200
_BAND = 400
"""How high a band is, in dots: what the printer takes in well under 50 ms."""

_PATIENCE = 0.1


@dataclass(frozen=True, slots=True)
class Band:
    """A part of a page, from `top` on, and the size of the page, in dots."""

    image: QImage
    top: int
    page: QSize

    @property
    def is_last(self) -> bool:
        """Whether the page ends with it."""
        return self.top + self.image.height() >= self.page.height()


def bands(page: QImage) -> Iterator[Band]:
    """A page from top to bottom."""
    for top in range(0, page.height(), _BAND):
        height = min(_BAND, page.height() - top)
        yield Band(page.copy(0, top, page.width(), height), top, page.size())


def image_of(page: PageImage) -> QImage:
    """A page drawn, as a picture that owns its bytes."""
    picture = QImage(page.rgba, page.width, page.height, QImage.Format.Format_RGBA8888)
    return picture.copy()


class Printing(QObject):
    """Prints what `make` gives; `title` is how the system calls it, in the queue of the printer."""

    given_up = Signal()
    """In the system's dialogue: nothing is printed."""

    _drawn = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, title: str, copies: int = 1) -> None:
        super().__init__(parent)
        self._desk, self._over, self._title, self._copies = desk, parent, title, copies
        self._pdf = b""
        self._count = 0
        self._sent = 0
        self._room = threading.Semaphore()
        self._painter = QPainter()
        self._drawn.connect(self._send)

    def start(self, make: Callable[[Progress], bytes]) -> None:
        """Make the PDF away from the window, then ask for a printer."""

        def made(progress: Progress) -> tuple[bytes, list[tuple[float, float]]]:
            import PySide6.QtPrintSupport  # noqa: F401 - loaded here, off the window's thread

            from connexion_desktop.documents import preview

            pdf = make(progress)
            return pdf, preview.page_sizes(pdf)

        job = self._desk.jobs.compute(self, made, self._ask, self._fail)
        self._desk.watch(job, f"Impression : {self._title}")

    def _fail(self, problem: UserError) -> None:
        self._desk.fail(problem)
        self.deleteLater()

    def _ask(self, made: tuple[bytes, list[tuple[float, float]]]) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        self._pdf, sizes = made
        self._count = len(sizes)
        printer = self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._title)
        printer.setCopyCount(self._copies)
        width, height = sizes[0]
        lying = QPageLayout.Orientation.Landscape
        printer.setPageOrientation(lying if width > height else QPageLayout.Orientation.Portrait)
        if QPrintDialog(printer, self._over).exec() != QPrintDialog.DialogCode.Accepted:
            self.given_up.emit()
            self.deleteLater()
        elif not self._painter.begin(printer):
            self._fail(
                UserError(
                    "L’imprimante n’a pas répondu.",
                    "Rien d’autre n’a changé.",
                    "Vérifiez l’imprimante, ou enregistrez en PDF.",
                )
            )
        else:
            job = self._desk.jobs.compute(self, self._draw_all, lambda _none: None, self._desk.fail)
            job.finished.connect(self._end)
            self._desk.watch(job, f"Impression : {self._title}")

    def _draw_all(self, progress: Progress) -> None:
        """On the pool: never ahead of what the printer took."""
        from connexion_desktop.documents import preview

        for number in range(self._count):
            told = f"page {number + 1} sur {self._count}"
            progress.step(number, self._count, told)
            for band in bands(image_of(preview.render_page(self._pdf, number, _DPI / 72))):
                while not self._room.acquire(timeout=_PATIENCE):
                    progress.step(number, self._count, told)
                self._drawn.emit(band)

    def _send(self, band: Band) -> None:
        from PySide6.QtPrintSupport import QPrinter

        sheet = self._printer.pageRect(QPrinter.Unit.DevicePixel)
        if self._sent and not band.top:
            self._printer.newPage()
        fit = min(sheet.width() / band.page.width(), sheet.height() / band.page.height())
        top, bottom = (round(y * fit) for y in (band.top, band.top + band.image.height()))
        self._painter.drawImage(
            QRect(0, top, round(band.page.width() * fit), bottom - top), band.image
        )
        self._sent += band.is_last
        QTimer.singleShot(0, self._room.release)  # once the window has answered its keys

    def _end(self) -> None:
        """All is sent, or the rest was given up."""
        if self._sent == self._count:
            self._painter.end()
            self._desk.tell("Envoyé à l’imprimante.")
        else:
            self._printer.abort()
            self._painter.end()
            self._desk.tell("Impression interrompue.")
        self.deleteLater()
