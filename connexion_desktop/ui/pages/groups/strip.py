"""What a group is, to be mended: its site, its first day, its conseiller, its name, its size."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.conflicts import ConflictError, said
from connexion_desktop.domain.groups import MOST_PEOPLE, MOST_WEEKS, EditGroup, GroupOffer, GroupRow
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.group_strip import GroupStrip
from connexion_desktop.ui.widgets.combo import Combo
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
        self._seen: dict[str, Any] = {}
        self._is_offered = False
        for field in (self.weeks, self.capacity):
            field.returnPressed.connect(self._save)
            field.textEdited.connect(lambda _text: self.say(""))

    def ask(self, group: GroupRow) -> None:
        """Show what a group is."""
        self._group, self._is_offered = group, False
        self._seen = group.columns
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
            dict(self._seen),
        )

        def saved() -> None:
            self._desk.tell(f"{command.name.strip()} modifié · Ctrl+Z pour annuler")
            self.leave()

        self.save(
            lambda session: usecases.groups.edit(session, command),
            saved,
            label="Groupe modifié",
            on_conflict=self._contest,
        )

    def _contest(self, problem: ConflictError) -> None:
        self.contest(problem, self._seen, told=self._told, write=self._write, save=self._save)

    def _write(self, column: str, value: Any) -> None:
        if column == "starts_on":
            self.day.show_date(value)
            self._day_typed()
        elif column in ("site_id", "conseiller_id"):
            combo = self.site if column == "site_id" else self.conseiller
            combo.setCurrentIndex(_place(combo, value))
        else:
            lines = {"name": self.group_name, "weeks": self.weeks, "capacity": self.capacity}
            lines[column].setText(str(value))

    def _told(self, column: str, value: Any) -> str:
        """A value in words."""
        if column in ("site_id", "conseiller_id") and value is not None:
            combo = self.site if column == "site_id" else self.conseiller
            return combo.itemText(_place(combo, value))
        return said(value)


def _place(combo: Combo, value: UUID | None) -> int:
    """Where a choice is; the first, which is none, where it is not offered."""
    places = (place for place in range(combo.count()) if combo.itemData(place) == value)
    return next(places, 0)


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
