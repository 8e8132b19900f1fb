"""A new group: a site, a first day, a conseiller, and Enter."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from connexion_desktop import usecases
from connexion_desktop.domain.groups import GroupOffer, NewGroup, group_name, surprise
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.entry_strip import EntryStrip
from connexion_desktop.ui.widgets.labels import label

_SITE, _DAY, _PERSON, _NAME = 130, 140, 190, 220


class NewGroupStrip(EntryStrip):
    """`made(cohort_id)` once the group is there. Its name follows the site and the day until the
    user writes another."""

    made = Signal(object)

    def __init__(self, desk: Desk) -> None:
        self.site = _combo("Site")
        self.day = DateField(desk.today, DatePurpose.FUTURE)
        self.day.setPlaceholderText("Premier jour")
        self.day.setAccessibleName("Premier jour du groupe")
        self.conseiller = _combo("Conseiller")
        self.group_name = QLineEdit()
        self.group_name.setPlaceholderText("Nom du groupe")
        self.group_name.setAccessibleName("Nom du groupe")
        fields = (
            (self.site, _SITE),
            (self.day, _DAY),
            (self.conseiller, _PERSON),
            (self.group_name, _NAME),
        )
        super().__init__("Nouveau groupe", fields, "Créer le groupe")
        self._desk = desk
        self._named = False
        self.hint = label("", "warning", wrap=True)
        self.hint.hide()
        self.below.addWidget(self.hint)
        self.site.currentIndexChanged.connect(lambda _index: self._name())
        self.day.textEdited.connect(lambda _text: self._typed())
        self.day.date_changed.connect(lambda _date: self._typed())
        self.group_name.textEdited.connect(self._take_name)
        self.act_button.clicked.connect(self._create)
        for field in (self.day, self.group_name):
            field.returnPressed.connect(self._create)

    def begin(self) -> None:
        super().begin()
        author = self._desk.author
        self._desk.jobs.read(
            self, lambda session: usecases.groups.offer(session, author), self._offer, key="offer"
        )

    def _offer(self, offered: GroupOffer) -> None:
        site, conseiller = self.site.currentData(), self.conseiller.currentData()
        for combo, choices, kept in (
            (self.site, offered.sites, site),
            (self.conseiller, offered.team, conseiller or offered.mine),
        ):
            combo.clear()
            combo.addItem(combo.accessibleName(), None)
            for choice in choices:
                combo.addItem(choice.name, choice.id)
            combo.setCurrentIndex(max(combo.findData(kept), 0))

    def _first_day(self) -> date | None:
        reading = self.day.reading()
        return reading.date.day if reading.date is not None and not reading.reason else None

    def _typed(self) -> None:
        self.say("")
        day = self._first_day()
        told = surprise(day) if day is not None else ""
        self.hint.setText(told)
        self.hint.setVisible(bool(told))
        self._name()

    def _name(self) -> None:
        day = self._first_day()
        if day is not None and not self._named:
            site = self.site.currentText() if self.site.currentData() else ""
            self.group_name.setText(group_name(site, day))
            self.group_name.setCursorPosition(0)

    def _take_name(self, text: str) -> None:
        self.say("")
        self._named = bool(text.strip())

    def _create(self) -> None:
        settled, day = self.day.settle(), self._first_day()
        if not settled or day is None:
            self.say(self.day.reading().reason or "Il manque le premier jour du groupe.")
            self.day.setFocus()
            return
        self._name()
        site: UUID | None = self.site.currentData()
        conseiller: UUID | None = self.conseiller.currentData()
        command = NewGroup(uuid4(), self.group_name.text(), day, site, conseiller)

        def made() -> None:
            self._clear()
            self.made.emit(command.id)

        self.save(
            self._desk.jobs,
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


def _combo(name: str) -> Combo:
    made = Combo()
    made.setAccessibleName(name)
    made.addItem(name, None)
    return made
