"""A new group: a site, a first day, a conseiller, and Enter."""

from __future__ import annotations

from uuid import UUID, uuid4

from PySide6.QtCore import Signal

from connexion_desktop import usecases
from connexion_desktop.domain.groups import GroupOffer, NewGroup, group_name
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.group_strip import GroupStrip


class NewGroupStrip(GroupStrip):
    """`made(cohort_id)` once the group is there. Its name follows the site and the day until the
    user writes another."""

    made = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Nouveau groupe", "Créer le groupe", DatePurpose.FUTURE)
        self._named = False
        self.site.currentIndexChanged.connect(lambda _index: self._name())
        self.group_name.textEdited.connect(self._take_name)

    def _chosen(self, offered: GroupOffer) -> tuple[UUID | None, UUID | None]:
        return self.site.currentData(), self.conseiller.currentData() or offered.mine

    def _day_typed(self) -> None:
        super()._day_typed()
        self._name()

    def _name(self) -> None:
        day = self._first_day()
        if day is not None and not self._named:
            site = self.site.currentText() if self.site.currentData() else ""
            self.group_name.setText(group_name(site, day))
            self.group_name.setCursorPosition(0)

    def _take_name(self, text: str) -> None:
        self._named = bool(text.strip())

    def _save(self) -> None:
        day = self._settled_day()
        if day is None:
            return
        self._name()
        command = NewGroup(
            uuid4(),
            self.group_name.text(),
            day,
            self.site.currentData(),
            self.conseiller.currentData(),
        )

        def made() -> None:
            self._clear()
            self.made.emit(command.id)

        self.save(
            lambda session: usecases.groups.create(session, command),
            made,
            label="Nouveau groupe",
        )

    def _clear(self) -> None:
        self._named = False
        self.day.show_date(None)
        self.group_name.clear()
        self.hint.hide()
        self.hide()
