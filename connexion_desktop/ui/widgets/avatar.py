"""A person's initials on a disc: no picture of anyone is kept."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from connexion_desktop.ui import theme


def paint(painter: QPainter, rect: QRect, initials: str) -> None:
    """Draw the disc in `rect`; the initials are those of `domain.names`."""
    tokens = theme.tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.accent_tint)
    painter.drawEllipse(QRectF(rect))
    font = theme.font("small", bold=True)
    font.setPixelSize(max(9, round(rect.height() * 0.36)))
    painter.setFont(font)
    painter.setPen(tokens.accent)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials)
    painter.restore()


class Avatar(QWidget):
    """See the module; `side` in logical pixels at 100 %. Decoration: no accessible name needed
    beside the name itself."""

    def __init__(self, initials: str = "", side: int = 34) -> None:
        super().__init__()
        self._initials = initials
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_initials(self, initials: str) -> None:
        """Show someone else."""
        self._initials = initials
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._side), theme.px(self._side))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, self.rect(), self._initials)
        painter.end()
