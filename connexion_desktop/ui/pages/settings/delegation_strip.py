"""A new delegation: all its mentions at once, half a delegation is none."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from connexion_desktop import usecases
from connexion_desktop.domain.placement_file import SaveDelegation
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.entry_strip import EntryStrip

_LONG, _DAY = 210, 150


class DelegationStrip(EntryStrip):
    """`made(id)` once it is written."""

    made = Signal(object)

    def __init__(self, desk: Desk) -> None:
        self.reference, self.body = _line("Référence"), _line("Organisme délégant")
        self.first = DateField(desk.today, DatePurpose.EVENT)
        self.last = DateField(desk.today, DatePurpose.FUTURE)
        for field, name in ((self.first, "Valable du"), (self.last, "Valable jusqu’au")):
            field.setAccessibleName(name)
            field.setPlaceholderText(name.lower())
        fields = (
            (self.reference, _LONG),
            (self.body, _LONG),
            (self.first, _DAY),
            (self.last, _DAY),
        )
        super().__init__("Nouvelle délégation", fields, "Ajouter")
        self._desk = desk
        self.act_button.clicked.connect(self._add)
        for line in (self.reference, self.body, self.first, self.last):
            line.returnPressed.connect(self._add)
            line.textEdited.connect(lambda _text: self.say(""))

    def _add(self) -> None:
        for day in (self.first, self.last):
            if day.text().strip() and not day.settle():
                self.say(day.reading().reason)
                day.setFocus()
                return
        first, last = self.first.value(), self.last.value()
        command = SaveDelegation(
            uuid4(),
            self.reference.text(),
            self.body.text(),
            "",
            first.day if first else None,
            last.day if last else None,
            self._desk.today(),
        )

        def added() -> None:
            for line in (self.reference, self.body):
                line.clear()
            for day in (self.first, self.last):
                day.show_date(None)
            self._desk.tell("Délégation ajoutée · Ctrl+Z pour annuler")
            self.leave()
            self.made.emit(command.id)

        self.save(
            self._desk.jobs,
            lambda session: usecases.placement_prescriber.save_delegation(session, command),
            added,
            label="Délégation de prescription",
        )


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setPlaceholderText(name)
    line.setAccessibleName(name)
    return line
