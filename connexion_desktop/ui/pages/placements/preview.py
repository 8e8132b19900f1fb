"""The paper beside the form: the very PDF that will be printed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPixmap, QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from connexion_desktop.domain.convention_paper import ConventionPaper
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.progress import Progress
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel

_SETTLE = 150
_A4_POINTS = 595.3
_PRINT_DPI = 200


class PreviewPane(Panel):
    """Pages as wide as the pane; print, PDF, Word."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Aperçu")
        self._desk = desk
        self._paper: ConventionPaper | None = None
        self._drawn: tuple[ConventionPaper, int] | None = None
        self.print_button = button("Imprimer", icon="printer-line", tip="Imprimer (Ctrl+P)")
        self.pdf_button = button("PDF", tip="Enregistrer en PDF")
        self.word_button = button("Word", tip="Enregistrer en Word (.docx)")
        self.print_button.clicked.connect(self.print_paper)
        self.pdf_button.clicked.connect(lambda: self._save_as("pdf"))
        self.word_button.clicked.connect(lambda: self._save_as("docx"))
        for each in (self.print_button, self.pdf_button, self.word_button):
            self.corner.addWidget(each)
        self._pages = QVBoxLayout()
        self._pages.setSpacing(theme.GAP)
        self._pages.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 4, 0)
        column.addLayout(self._pages)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setWidget(holder)
        self._scroll.setAccessibleName("Aperçu de la convention")
        self.add(self._scroll, 1)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self._draw)

    def show_paper(self, paper: ConventionPaper) -> None:
        """Draw a paper as soon as typing pauses; the former stays until then."""
        self._paper = paper
        self._settle.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle.start()

    def _draw(self) -> None:
        paper, width = self._paper, self._scroll.viewport().width() - 8
        if paper is None or width < 80 or self._drawn == (paper, width):
            return
        ratio = self.devicePixelRatioF()
        scale = width * ratio / _A4_POINTS

        def draw(_progress: Progress) -> list[QImage]:
            from connexion_desktop.documents import convention_pdf, preview

            pages = preview.render_pages(convention_pdf.render(paper), scale)
            return [
                QImage(page.rgba, page.width, page.height, QImage.Format.Format_RGBA8888).copy()
                for page in pages
            ]

        def show(images: list[QImage]) -> None:
            if self._paper == paper:
                self._drawn = (paper, width)
                self._show(images, ratio)

        self._desk.jobs.compute(self, draw, show)

    def _show(self, images: list[QImage], ratio: float) -> None:
        while self._pages.count() > len(images):
            item = self._pages.takeAt(self._pages.count() - 1)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        while self._pages.count() < len(images):
            page = label()
            page.setProperty("kind", "paper")
            self._pages.addWidget(page)
        for number, image in enumerate(images):
            item = self._pages.itemAt(number)
            page_label = item.widget() if item is not None else None
            if isinstance(page_label, QLabel):
                pixmap = QPixmap.fromImage(image)
                pixmap.setDevicePixelRatio(ratio)
                page_label.setPixmap(pixmap)
                page_label.setAccessibleName(f"Page {number + 1} sur {len(images)}")

    def print_paper(self) -> None:
        """Print the paper shown, through the system's dialogue."""
        paper = self._paper
        if paper is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(paper.number)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return

        def draw(_progress: Progress) -> list[QImage]:
            from connexion_desktop.documents import convention_pdf, preview

            pages = preview.render_pages(convention_pdf.render(paper), _PRINT_DPI / 72)
            return [
                QImage(page.rgba, page.width, page.height, QImage.Format.Format_RGBA8888).copy()
                for page in pages
            ]

        self._desk.jobs.compute(self, draw, lambda pages: self._send(printer, pages))

    def _send(self, printer: QPrinter, pages: list[QImage]) -> None:
        painter = QPainter()
        if not painter.begin(printer):
            self._desk.fail(
                UserError(
                    "L’imprimante n’a pas répondu.",
                    "La convention n’a pas changé.",
                    "Vérifiez l’imprimante, ou enregistrez en PDF.",
                )
            )
            return
        sheet = printer.pageRect(QPrinter.Unit.DevicePixel)
        for number, page in enumerate(pages):
            if number:
                printer.newPage()
            fit = min(sheet.width() / page.width(), sheet.height() / page.height())
            painter.drawImage(QRectF(0, 0, page.width() * fit, page.height() * fit), page)
        painter.end()
        self._desk.tell("Envoyé à l’imprimante.")

    def _save_as(self, suffix: str) -> None:
        paper = self._paper
        if paper is None:
            return
        kinds = {"pdf": "PDF (*.pdf)", "docx": "Word (*.docx)"}
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Enregistrer la convention", f"{paper.number}.{suffix}", kinds[suffix]
        )
        if chosen:
            self.save_to(Path(chosen).with_suffix(f".{suffix}"))

    def save_to(self, path: Path) -> None:
        """Write the paper shown, as PDF or Word by the file's suffix."""
        paper = self._paper
        if paper is None:
            return

        def write(_progress: Progress) -> None:
            from connexion_desktop.documents import convention_docx, convention_pdf

            render = convention_pdf.render if path.suffix == ".pdf" else convention_docx.render
            try:
                path.write_bytes(render(paper))
            except OSError as error:
                raise UserError(
                    f"« {path.name} » n’a pas pu être écrit : {error.strerror}.",
                    "La convention n’a pas changé.",
                    "Choisissez un autre dossier, ou fermez le fichier s’il est ouvert.",
                ) from error

        self._desk.jobs.compute(
            self, write, lambda _none: self._desk.tell(f"Enregistré : {path.name}")
        )
