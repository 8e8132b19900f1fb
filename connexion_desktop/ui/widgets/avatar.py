"""A person's initials on a disc: no picture of anyone is kept."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from connexion_desktop.ui import theme


def initials(name: str) -> str:
    """« AD » for « Aïssatou Diallo », « JM » for « Jean-François Martin »."""
    words = name.split()
    letters = [word[0] for word in words if word[0].isalpha()]
    return "".join(letters[:1] + letters[-1:] if len(letters) > 1 else letters).upper()


def paint(painter: QPainter, rect: QRect, name: str) -> None:
    """Draw the disc in `rect`."""
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
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.restore()


class Avatar(QWidget):
    """See the module; `side` in logical pixels at 100 %. Decoration: no accessible name needed
    beside the name itself."""

    def __init__(self, name: str = "", side: int = 34) -> None:
        super().__init__()
        self._name = name
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_name(self, name: str) -> None:
        """Show someone else."""
        self._name = name
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._side), theme.px(self._side))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, self.rect(), self._name)
        painter.end()
