"""The history of a record, in a window of its own: what a field held can be put back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.history import EMPTY, FieldChange
from connexion_desktop.domain.person_fields import EditField
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.sheets import Sheet
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import separator

_WIDTH = 640


class HistorySheet(Sheet):
    """What was changed in a person's record, the last change first."""

    def __init__(self, desk: Desk, parent: QWidget, person_id: UUID) -> None:
        super().__init__(parent, "Historique de la fiche", _WIDTH)
        self._desk = desk
        self._person_id = person_id
        self._opened = False
        self.buttons_back: list[QWidget] = []
        desk.jobs.changed.connect(self._read)
        self._read()

    def _read(self) -> None:
        person_id = self._person_id
        self._desk.jobs.read(
            self,
            lambda session: usecases.history.person_changes(session, person_id),
            self._show,
            lambda _problem: self.close(),
            key="history",
        )

    def _show(self, changes: Sequence[FieldChange]) -> None:
        self._clear()
        if not changes:
            self.say("Rien n’a été modifié dans cette fiche depuis qu’elle existe.", "muted")
        for rank, change in enumerate(changes):
            if rank:
                self.body.addWidget(separator())
            self.body.addWidget(self._line(change))
        if self._opened:
            self.body.addStretch(1)
        else:
            self._opened = True
            self.open_beside()

    def _line(self, change: FieldChange) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(label(f"{change.label} : {change.told}", wrap=True))
        column.addWidget(label(change.when, "small"))
        row.addLayout(column, 1)
        back = button("Revenir", "link", tip=f"Remettre : {change.before or EMPTY}")
        back.setAccessibleName(f"{change.label} : remettre {change.before or EMPTY}")
        back.clicked.connect(lambda _on=False: self._put_back(change))
        self.buttons_back.append(back)
        row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _put_back(self, change: FieldChange) -> None:
        command = EditField(self._person_id, change.name, change.value, self._desk.today())
        self._desk.jobs.write(
            self,
            lambda session: usecases.person_details.edit(session, command),
            lambda _none: self._desk.tell(f"{change.label} : {change.before or EMPTY}, remis"),
            self._desk.fail,
            label=f"Retour en arrière : {change.label}",
        )

    def _clear(self) -> None:
        self.buttons_back = []
        while (item := self.body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
