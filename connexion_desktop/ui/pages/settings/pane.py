"""One section of the settings: what they have in common."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.area import Area
from connexion_desktop.ui.widgets.labels import label

_WIDEST = 860


class Pane(QWidget):
    """A section, built when first shown: `column` holds it under its sentence, scrolled where there
    is little room. `left()` when Escape gives the keyboard back to the sections."""

    left = Signal()

    section: ClassVar[SettingsSection]
    icon: ClassVar[str] = ""
    sentence: ClassVar[str] = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setAccessibleName(self.section.label)
        area = Area(self.section.label)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.holder = QWidget()
        self.holder.setMinimumWidth(1)
        self.column = QVBoxLayout(self.holder)
        self.column.setContentsMargins(0, 0, theme.SPACE, 0)
        self.column.setSpacing(theme.GAP)
        self.column.addWidget(label(self.sentence, "muted", wrap=True))
        area.hold(self.holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def minimumSizeHint(self) -> QSize:
        """Never what would make the window larger than its screen."""
        return QSize(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def go_back(self) -> None:
        """Give the keyboard back to what leads here."""
        self.left.emit()

    def refresh(self) -> None:
        """Read again what is shown."""

    def flush(self) -> None:
        """Save what is being typed."""

    def take_focus(self) -> None:
        """Put the cursor where one begins."""
        self.focusNextChild()

    def record(self) -> RecordRef | None:
        """The record shown: Ctrl+H tells its history."""
        return None

    def begin_new(self) -> None:
        """Put the cursor where one more is written, in a section that is a list."""
        self.desk.tell("Rien ne s’ajoute dans cette rubrique.")


class ScrolledPane(Pane):
    """A section whose panels stand one under the other, none wider than is easily read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.fill()
        self.column.addStretch(1)
        theme.changed.connect(self._fit)
        self._fit()

    def fill(self) -> None:
        """Put the panels in `column`."""
        raise NotImplementedError

    def _fit(self) -> None:
        self.holder.setMaximumWidth(theme.px(_WIDEST))
