"""What the page says before the first immersion."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.labels import button, label

_WIDTH = 460


class Empty(QWidget):
    """`wanted` when the first one is asked for."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.start = button("Nouvelle immersion", "primary", icon="add-line")
        self.start.setToolTip("Ctrl+N")
        self.start.clicked.connect(self.wanted)
        self._words = label(
            "Une immersion (PMSMP) se prépare ici : la personne, la structure d’accueil, les "
            "horaires. La convention s’écrit à côté, prête à imprimer et à signer.",
            "muted",
            wrap=True,
        )
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(label("Aucune immersion pour l’instant", "title"), 0, middle)
        between = QHBoxLayout()
        between.addStretch(1)
        between.addWidget(self._words)
        between.addStretch(1)
        column.addLayout(between)
        column.addWidget(self.start, 0, middle)
        column.addStretch(3)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._words.setFixedWidth(theme.px(_WIDTH))
