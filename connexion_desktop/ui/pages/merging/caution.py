"""What is to be known before two files are made one, on its own line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from connexion_desktop.domain.merging import Caution
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.badge import Badge
from connexion_desktop.ui.widgets.labels import label


class CautionLine(QWidget):
    """A word on a tint, then the sentence; a grave one fills a red strip."""

    def __init__(self, caution: Caution) -> None:
        super().__init__()
        self._grave = caution.grave
        self.setAccessibleName(caution.text)
        row = QHBoxLayout(self)
        margin = theme.SPACE if caution.grave else 0
        row.setContentsMargins(margin, margin, margin, margin)
        row.setSpacing(theme.GAP)
        mark = Badge("Attention", "red") if caution.grave else Badge("À savoir", "amber")
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(caution.text, "strong" if caution.grave else "", wrap=True), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._grave:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.tokens().red)
        painter.setBrush(theme.tokens().red_tint)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.RADIUS_FIELD, theme.RADIUS_FIELD)
        painter.end()
