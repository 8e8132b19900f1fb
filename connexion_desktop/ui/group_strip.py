"""The fields of a group: a site, a first day, a conseiller, a name."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.groups import GroupOffer, surprise
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.domain.weeks import MONDAY_AND_TUESDAY
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.entry_strip import EntryStrip, entry_line
from connexion_desktop.ui.widgets.labels import label

_SITE, _DAY, _PERSON, _NAME = 130, 140, 190, 220


class GroupStrip(EntryStrip):
    """`more` fields stand after those that every group has. What surprises in its first day is told
    under them, and blocks nothing."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        words: str,
        purpose: DatePurpose,
        more: tuple[tuple[QWidget, int], ...] = (),
    ) -> None:
        self._weekdays: tuple[int, ...] = MONDAY_AND_TUESDAY
        self.site = _combo("Site")
        self.day = DateField(desk.today, purpose)
        self.day.setPlaceholderText("Premier jour")
        self.day.setAccessibleName("Premier jour du groupe")
        self.conseiller = _combo("Conseiller")
        self.group_name = entry_line("Nom du groupe")
        fields = (
            (self.site, _SITE),
            (self.day, _DAY),
            (self.conseiller, _PERSON),
            (self.group_name, _NAME),
            *more,
        )
        super().__init__(desk, title, fields, words)
        self.hint = label("", "warning", wrap=True)
        self.hint.hide()
        self.below.addWidget(self.hint)
        self.day.textEdited.connect(lambda _text: self._day_typed())
        self.day.date_changed.connect(lambda _date: self._day_typed())
        self.on_enter(self._save, self.day, self.group_name)

    def begin(self) -> None:
        super().begin()
        author = self._desk.author
        self._desk.jobs.read(
            self, lambda session: usecases.groups.offer(session, author), self._offer, key="offer"
        )

    def _save(self) -> None:
        """Do the act, if the first day can be read."""
        raise NotImplementedError

    def _offer(self, offered: GroupOffer) -> None:
        """Fill the lists of sites and of people; what was chosen stays."""
        chosen = self._chosen(offered)
        for combo, choices, kept in zip(
            (self.site, self.conseiller), (offered.sites, offered.team), chosen, strict=True
        ):
            combo.clear()
            combo.addItem(combo.accessibleName(), None)
            for choice in choices:
                combo.addItem(choice.name, choice.id)
            ids = [None, *(choice.id for choice in choices)]
            combo.setCurrentIndex(ids.index(kept) if kept in ids else 0)
        self._weekdays = offered.weekdays
        self._tell_surprise()

    def _chosen(self, offered: GroupOffer) -> tuple[UUID | None, UUID | None]:
        """The site and the conseiller to show among those offered."""
        raise NotImplementedError

    def _first_day(self) -> date | None:
        reading = self.day.reading()
        return reading.date.day if reading.date is not None and not reading.reason else None

    def _settled_day(self) -> date | None:
        """The first day, once it is readable; else why it is not is said."""
        return self.day_of(self.day, "Il manque le premier jour du groupe.")

    def _day_typed(self) -> None:
        self.say("")
        self._tell_surprise()

    def _tell_surprise(self) -> None:
        day = self._first_day()
        told = surprise(day, self._weekdays) if day is not None else ""
        self.hint.setText(told)
        self.hint.setVisible(bool(told))


def _combo(name: str) -> Combo:
    made = Combo()
    made.setAccessibleName(name)
    made.addItem(name, None)
    return made
