"""Where a table is dropped, or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QVBoxLayout

from connexion_desktop.exchange.endings import READ
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.card import Card
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.progress_line import ProgressLine

_FILTERS = f"Tableaux ({' '.join(f'*{suffix}' for suffix in READ)})"


class ImportWelcome(Card):
    """See the module. `chosen(path)` is the file; `reading` follows its reading."""

    chosen = Signal(Path)

    def __init__(self) -> None:
        super().__init__(
            "Votre tableau, tel qu’il est",
            "Les feuilles Participants, PC et Entreprises sont reconnues à leurs titres. Chaque "
            "ligne vous est montrée avant d’être importée, et tout s’annule en une fois.",
        )
        self.choose_file = button("Choisir un fichier…", "primary", icon="folder-open-line")
        self.choose_file.clicked.connect(self._choose)
        area = _DropArea()
        area.column.addWidget(self.choose_file, 0, Qt.AlignmentFlag.AlignHCenter)
        self.reading = ProgressLine()
        self.add(area)
        self.add(self.reading)

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Importer un tableau", "", _FILTERS)
        if path:
            self.chosen.emit(Path(path))


class _DropArea(QFrame):
    """A dashed frame: here is where to drop it. The window itself takes the file."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = QLabel()
        self.column = QVBoxLayout(self)
        self.column.setSpacing(theme.SPACE)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.column.addWidget(self._icon, 0, middle)
        words = label("Glissez le fichier ici (Excel, OpenDocument ou CSV)")
        self.column.addWidget(words, 0, middle)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        side = theme.px(36)
        self._icon.setPixmap(theme.icon("file-excel-2-line", "accent").pixmap(side, side))
        self.column.setContentsMargins(*[theme.px(24)] * 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.tokens().edge, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(theme.tokens().page)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, theme.RADIUS_PANEL, theme.RADIUS_PANEL)
        painter.end()
