"""What a group is, to be mended: its site, its first day, its conseiller, its name, its size."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.groups import MOST_PEOPLE, MOST_WEEKS, EditGroup, GroupOffer, GroupRow
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.group_strip import GroupStrip
from connexion_desktop.ui.widgets.labels import label

_WEEKS, _PLACES = 132, 108


class EditGroupStrip(GroupStrip):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        self.weeks = _number("Semaines collectives", MOST_WEEKS)
        self.capacity = _number("Places", MOST_PEOPLE)
        more = (
            (_followed(self.weeks, "semaines"), _WEEKS),
            (_followed(self.capacity, "places"), _PLACES),
        )
        super().__init__(desk, "Modifier le groupe", "Enregistrer", DatePurpose.EVENT, more)
        self._group: GroupRow | None = None
        self._is_offered = False
        for field in (self.weeks, self.capacity):
            field.returnPressed.connect(self._save)
            field.textEdited.connect(lambda _text: self.say(""))

    def ask(self, group: GroupRow) -> None:
        """Show what a group is."""
        self._group, self._is_offered = group, False
        self.day.show_date(group.starts_on)
        self.group_name.setText(group.name)
        self.weeks.setText(str(group.weeks))
        self.capacity.setText(str(group.capacity))
        self._day_typed()
        self.begin()
        self.group_name.setFocus()
        self.group_name.selectAll()

    def _offer(self, offered: GroupOffer) -> None:
        super()._offer(offered)
        self._is_offered = True

    def _chosen(self, offered: GroupOffer) -> tuple[UUID | None, UUID | None]:
        group = self._group
        return (group.site_id, group.conseiller_id) if group is not None else (None, None)

    def _save(self) -> None:
        day = self._settled_day()
        if day is None or self._group is None:
            return
        site, conseiller = self._group.site_id, self._group.conseiller_id
        if self._is_offered:
            site, conseiller = self.site.currentData(), self.conseiller.currentData()
        command = EditGroup(
            self._group.id,
            self.group_name.text(),
            day,
            site,
            conseiller,
            int(self.weeks.text() or 0),
            int(self.capacity.text() or 0),
        )

        def saved() -> None:
            self._desk.tell(f"{command.name.strip()} modifié · Ctrl+Z pour annuler")
            self.leave()

        self.save(
            self._desk.jobs,
            lambda session: usecases.groups.edit(session, command),
            saved,
            label="Groupe modifié",
        )


def _followed(field: QLineEdit, words: str) -> QWidget:
    """A number and what it counts, which stay on one line."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(field, 1)
    row.addWidget(label(words))
    holder.setFocusProxy(field)
    return holder


def _number(words: str, most: int) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(words)
    field.setToolTip(words)
    field.setValidator(QIntValidator(0, most * 10, field))
    return field
