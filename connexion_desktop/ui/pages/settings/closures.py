"""« Fermetures »: the days when the office, or one site, is closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from PySide6.QtCore import Signal

from connexion_desktop import usecases
from connexion_desktop.domain.closures import NewClosure, state_of
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.office import CLOSURE, Office, Record
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.settings.records import RecordsPane
from connexion_desktop.ui.widgets.badge import Tint
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.entry_strip import EntryStrip, entry_line
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.rows_table import RowColumn

_LONG, _DAY, _SITE = 220, 150, 160
_EVERYWHERE = "Tous les sites"
_TINTS: dict[str, Tint] = {"en cours": "amber", "à venir": "accent", "passée": "grey"}


class ClosureStrip(EntryStrip):
    """`made(id)` once it is written."""

    made = Signal(object)

    def __init__(self, desk: Desk) -> None:
        self.label = entry_line("Nom (Congés d’été)")
        self.first = DateField(desk.today, DatePurpose.EVENT)
        self.last = DateField(desk.today, DatePurpose.EVENT)
        for field, name in ((self.first, "Premier jour"), (self.last, "Dernier jour")):
            field.setAccessibleName(name)
            field.setPlaceholderText(name)
        self.site = Combo()
        self.site.setAccessibleName("Site fermé")
        fields = (
            (self.label, _LONG),
            (self.first, _DAY),
            (self.last, _DAY),
            (self.site, _SITE),
        )
        super().__init__(desk, "Nouvelle fermeture", fields, "Ajouter")
        self.on_enter(self._add, self.label, self.first, self.last)

    def offer(self, sites: Sequence[tuple[str, str]]) -> None:
        """Offer these sites; the one chosen stays."""
        chosen = self.site.currentData()
        self.site.clear()
        for code, name in sites:
            self.site.addItem(name, code)
        self.site.setCurrentIndex(max(self.site.findData(chosen), 0))

    def _add(self) -> None:
        first = self.day_of(self.first, "Il manque le premier jour de la fermeture.")
        if first is None or not self.is_read(self.last):
            return
        site = self.site.currentData()
        new = NewClosure(
            uuid4(), self.label.text(), first, self.last.day(), UUID(site) if site else None
        )

        def added() -> None:
            self.label.clear()
            for day in (self.first, self.last):
                day.show_date(None)
            self._desk.tell("Fermeture ajoutée · Ctrl+Z pour annuler")
            self.leave()
            self.made.emit(new.id)

        self.save(
            lambda session: usecases.closures.add(session, new), added, label="Fermeture ajoutée"
        )


class ClosuresPane(RecordsPane):
    """What a programme skips, and makes up, besides public holidays."""

    section = SettingsSection.CLOSURES
    icon = "calendar-event-line"
    sentence = (
        "Les jours où l’association, ou un seul site, est fermée : un programme que l’on établit "
        "les saute et les rattrape. Les jours fériés sont déjà connus."
    )
    table_name, noun, specs = "closure", "fermeture", CLOSURE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._sites: dict[str, str] = {}
        self.strip = ClosureStrip(desk)
        self.strip.take_margins_away()
        self.strip.made.connect(self._made)
        self.open_strip = button("Nouvelle fermeture", icon="add-line")
        self.open_strip.clicked.connect(self.strip.begin)
        self.top.addWidget(self.open_strip)
        self.top.addStretch(1)
        self.column.insertWidget(1, self.strip)

    def begin_new(self) -> None:
        self.strip.begin()

    def columns(self) -> Sequence[RowColumn[Record]]:
        return (
            RowColumn("Fermeture", 180, lambda row: row.text("label"), bold=True),
            RowColumn("Du", 100, lambda row: numeric_day(_first(row)), _first, spared=True),
            RowColumn("Au", 100, lambda row: numeric_day(_last(row)), _last),
            RowColumn("Site", 130, self._site, spared=True),
            RowColumn("État", 95, self._state, tint=lambda row: _TINTS[self._state(row)]),
        )

    def told(self, row: Record) -> str:
        days = f"du {numeric_day(_first(row))} au {numeric_day(_last(row))}"
        return f"{row.text('label')}, {days}, {self._site(row)}, {self._state(row)}"

    def records(self, office: Office) -> tuple[Record, ...]:
        return office.closures

    def show_office(self, office: Office) -> None:
        sites = (("", _EVERYWHERE), *((str(each.id), each.text("name")) for each in office.sites))
        self._sites = dict(sites)
        self.form.offer("site_id", sites)
        self.strip.offer(sites)
        super().show_office(office)

    def show_row(self, row: Record) -> None:
        super().show_row(row)
        self.usage.setText("Un programme déjà établi ne change pas : établissez-le de nouveau.")

    def _site(self, row: Record) -> str:
        return self._sites.get(row.text("site_id"), "")

    def _state(self, row: Record) -> str:
        return state_of(_first(row), _last(row), self.desk.today())

    def _made(self, made: UUID) -> None:
        self._wanted = made
        self.refresh()


def _first(row: Record) -> date:
    return row.day("first_on") or date.min


def _last(row: Record) -> date:
    return row.day("last_on") or date.min
