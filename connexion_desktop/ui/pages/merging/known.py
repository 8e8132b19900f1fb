"""The fields on which two files agree, or that one alone fills: folded away until wanted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from connexion_desktop.domain.merging import Known
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.labels import button, label


class KnownFields(QWidget):
    """A line that unfolds them."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Ce qui ne diffère pas")
        self._fields: Sequence[Known] = ()
        self.more = button("", "link", icon="arrow-right-s-line")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._unfold)
        self.holder = QWidget()
        self._grid = QGridLayout(self.holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(theme.SPACE // 2)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.holder)
        self.holder.hide()

    def show_fields(self, fields: Sequence[Known]) -> None:
        """Show these; nothing at all where there is none."""
        self._fields = fields
        several = "s" * (len(fields) > 1)
        self.more.setText(
            f"{len(fields)} champ{several} sans rien à choisir : identique{several}, ou connu"
            f"{several} d’une seule fiche"
        )
        self.setVisible(bool(fields))
        self._unfold(self.more.isChecked())

    def _unfold(self, unfolded: bool) -> None:
        self.more.setIcon(theme.icon(f"arrow-{'down' if unfolded else 'right'}-s-line", "accent"))
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if unfolded:
            for row, each in enumerate(self._fields):
                name = label(f"{each.section} · {each.label}", "muted", wrap=True)
                self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
                value = label(each.value, wrap=True)
                self._grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
        self.holder.setVisible(unfolded)
