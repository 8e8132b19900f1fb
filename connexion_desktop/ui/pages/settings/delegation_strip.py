"""A new delegation: all its mentions at once, half a delegation is none."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Signal

from connexion_desktop import usecases
from connexion_desktop.domain.placement_file import SaveDelegation
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.entry_strip import EntryStrip, entry_line

_LONG, _DAY = 210, 150


class DelegationStrip(EntryStrip):
    """`made(id)` once it is written."""

    made = Signal(object)

    def __init__(self, desk: Desk) -> None:
        self.reference, self.body = entry_line("Référence"), entry_line("Organisme délégant")
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
        super().__init__(desk, "Nouvelle délégation", fields, "Ajouter")
        self.on_enter(self._add, self.reference, self.body, self.first, self.last)

    def _add(self) -> None:
        if not (self.is_read(self.first) and self.is_read(self.last)):
            return
        command = SaveDelegation(
            uuid4(),
            self.reference.text(),
            self.body.text(),
            "",
            self.first.day(),
            self.last.day(),
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
            lambda session: usecases.placement_prescriber.save_delegation(session, command),
            added,
            label="Délégation de prescription",
        )
