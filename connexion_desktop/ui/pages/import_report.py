"""What an import did, what is left to check, and its undoing."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.import_rows import ImportPreview, ImportReport, RowStatus
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel

_WIDTH = 860


class ImportReportView(QWidget):
    """See the module. `again_wanted()` comes after an undoing: the same file, shown anew."""

    see_wanted = Signal()
    undo_wanted = Signal()
    again_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._panel = Panel("Import terminé")
        self.made = label("", wrap=True)
        self._left_heading = label("", "strong")
        self.left = QPlainTextEdit()  # thousands of lines are laid out as they are seen
        self.left.setReadOnly(True)
        self.left.setProperty("kind", "bare")
        self.left.setAccessibleName("À vérifier")
        self._panel.add(self.made)
        self._panel.add(self._left_heading)
        self._panel.add(self.left, 1)
        self._panel.body.addLayout(self._buttons())
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._panel, 100)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.MARGIN] * 4)
        column.addLayout(row)
        column.addStretch(1)
        theme.changed.connect(self._size)
        self._size()

    def show_report(self, report: ImportReport) -> None:
        """Tell what was done."""
        problems = (*report.preview.warnings, *report.preview.problems)
        self._panel.heading.setText("Import terminé")
        self.made.setText(report.sentence)
        self._left_heading.setText(_left(report.preview))
        self.left.setPlainText("\n".join(f"• {problem}" for problem in problems))
        self._show_left(bool(problems))
        self.see.setVisible(report.cohort_id is not None)
        self.undo.setVisible(report.changed > 0)
        self.undo.setEnabled(True)
        self.again.hide()
        (self.see if report.cohort_id is not None else self.undo).setFocus()

    def show_undone(self, at: datetime, *, can_see_again: bool) -> None:
        """Tell that nothing of it is left since that instant."""
        here = at.astimezone()
        self._panel.heading.setText("Import annulé")
        self.made.setText(
            f"Annulé le {long_day(here)} à {here:%H:%M}. "
            "Le fichier n’a laissé aucune trace dans la base."
        )
        self._show_left(False)
        self.see.hide()
        self.undo.hide()
        self.again.setVisible(can_see_again)
        if can_see_again:
            self.again.setFocus()

    def _buttons(self) -> QHBoxLayout:
        self.see = button("Voir le groupe", "primary", icon="group-line")
        self.undo = button("Annuler cet import", icon="arrow-go-back-line")
        self.again = button("Revoir le fichier", "primary")
        self.see.clicked.connect(self.see_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.again.clicked.connect(self.again_wanted)
        row = QHBoxLayout()
        for each in (self.see, self.undo, self.again):
            row.addWidget(each)
        row.addStretch(1)
        return row

    def _show_left(self, shown: bool) -> None:
        self._left_heading.setVisible(shown)
        self.left.setVisible(shown)
        self._fit()

    def _fit(self) -> None:
        """The list takes the height that it needs, while there is some."""
        lines = self.left.document().size().height()
        needed = round(lines * self.left.fontMetrics().lineSpacing()) + theme.px(18)
        others = theme.px(170)
        self.left.setFixedHeight(max(min(needed, self.height() - others), theme.px(60)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _size(self) -> None:
        self._panel.setMaximumWidth(theme.px(_WIDTH))
        self._fit()


def _left(preview: ImportPreview) -> str:
    """« 4 valeurs à vérifier, 1 ligne laissée de côté »."""
    unusable = preview.count(RowStatus.UNUSABLE)
    doubtful = sum(
        len(row.problems) for row in preview.rows if row.status is not RowStatus.UNUSABLE
    )
    told = []
    if doubtful:
        told.append(f"{doubtful} {'valeurs' if doubtful > 1 else 'valeur'} à vérifier")
    if unusable:
        told.append(f"{unusable} {'lignes laissées' if unusable > 1 else 'ligne laissée'} de côté")
    return ", ".join(told) or "À savoir"
