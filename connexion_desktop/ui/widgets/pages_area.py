"""Pages one under the other, each with the edge of its paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from connexion_desktop.ui import theme

_BESIDE = 8
"""What the pages leave of the width, in pixels."""


class Sheet(QLabel):
    """A page, with the edge of its paper."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(theme.tokens().edge)
        size = self.pixmap().deviceIndependentSize().toSize()
        painter.drawRect(0, 0, size.width() - 1, size.height() - 1)
        painter.end()


class PagesArea(QScrollArea):
    """See the module. `page_width` is how wide a page should be drawn."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._pages = QVBoxLayout()
        self._pages.setSpacing(theme.GAP)
        self._pages.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 4, 0)
        column.addLayout(self._pages)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(holder)
        self.setAccessibleName(name)

    @property
    def page_width(self) -> int:
        """In logical pixels."""
        return self.viewport().width() - _BESIDE

    def hold_bar(self, wanted: bool) -> None:
        """The bar that keeps the width of the pages steady, only beside pages."""
        bar = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(bar.ScrollBarAlwaysOn if wanted else bar.ScrollBarAlwaysOff)

    def show_images(self, images: Sequence[QImage], ratio: float) -> None:
        """Show these pages, drawn at `ratio` pixels to the logical one."""
        while self._pages.count() > len(images):
            item = self._pages.takeAt(self._pages.count() - 1)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        while self._pages.count() < len(images):
            self._pages.addWidget(Sheet())
        for number, image in enumerate(images):
            item = self._pages.itemAt(number)
            sheet = item.widget() if item is not None else None
            if isinstance(sheet, Sheet):
                pixmap = QPixmap.fromImage(image)
                pixmap.setDevicePixelRatio(ratio)
                sheet.setPixmap(pixmap)
                sheet.setAccessibleName(f"Page {number + 1} sur {len(images)}")
