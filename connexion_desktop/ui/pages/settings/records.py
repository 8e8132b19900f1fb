"""« Sites » and « Délégation PMSMP »: rows of the association, each with its fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID, uuid4

from PySide6.QtWidgets import QMenu, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.office import (
    DELEGATION,
    SITE,
    AddRecord,
    EditRecord,
    Office,
    Record,
    delegation_remarks,
    is_in_force,
)
from connexion_desktop.domain.person_fields import FieldSpec, FieldValue
from connexion_desktop.domain.placement_rules.findings import Severity
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.domain.uses import told_uses, total
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.settings.delegation_strip import DelegationStrip
from connexion_desktop.ui.pages.settings.master import MasterPane
from connexion_desktop.ui.pages.settings.record_fields import RecordFields
from connexion_desktop.ui.widgets.badge import Tint
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.rows_table import RowColumn
from connexion_desktop.ui.widgets.told_line import ToldLine

if TYPE_CHECKING:
    from connexion_desktop.usecases import Session


class RecordsPane(MasterPane[Record]):
    """What the three have in common; `noun` names one in the journal."""

    table_name: ClassVar[str] = ""
    noun: ClassVar[str] = ""
    specs: ClassVar[tuple[FieldSpec, ...]] = ()
    used: ClassVar[str] = "utilisé"

    def records(self, office: Office) -> tuple[Record, ...]:
        """Those of the association that are shown here."""
        raise NotImplementedError

    def record_kind(self) -> str:
        return self.table_name

    def make_form(self) -> RecordFields:
        form = RecordFields(self.desk, self.noun, self._saving, several=("roles",))
        form.lay_out(self.specs)
        return form

    def acts(self) -> Sequence[QWidget]:
        self.delete_button = button("Supprimer", "danger", icon="delete-bin-line")
        self.delete_button.clicked.connect(self.delete)
        return (self.delete_button,)

    def refresh(self) -> None:
        self.desk.jobs.read(
            self,
            lambda session: usecases.office.load(session),  # noqa: PLW0108 - imported on the lane
            self.show_office,
            self.desk.fail,
            key="office",
        )

    def show_office(self, office: Office) -> None:
        """Show the association as it was read."""
        self.show_rows(self.records(office))

    def show_row(self, row: Record) -> None:
        self.form.show_record(row.id, row.values)
        told = told_uses(row.uses)
        nowhere = f"N’est encore {self.used} nulle part."
        self.usage.setText(f"{self.used.capitalize()} par : {told}." if told else nowhere)

    def fill_menu(self, menu: QMenu, row: Record) -> None:
        menu.addAction("Supprimer", self.delete)

    def add(self, text: str) -> None:
        command = AddRecord(uuid4(), self.table_name, text)
        self.write(
            lambda session: usecases.office.add(session, command),
            "Ajouté",
            f"Ajout : {self.noun}",
            command.id,
        )

    def delete(self) -> None:
        """Delete the row shown, if nothing uses it."""
        row, today = self.current(), self.desk.today()
        if row is None:
            return
        table = self.table_name
        self.write(
            lambda session: usecases.office.delete(session, table, row.id, today),
            "Supprimé",
            f"Suppression : {self.noun}",
        )

    def _saving(
        self, row_id: UUID, spec: FieldSpec, value: FieldValue, seen: Seen
    ) -> Callable[[Session], object]:
        command = EditRecord(row_id, spec.name, value, self.desk.today(), seen)
        return lambda session: usecases.office.edit(session, command)


class SitesPane(RecordsPane):
    """Where groups meet."""

    section = SettingsSection.SITES
    icon = "map-pin-line"
    sentence = "Les lieux où se réunissent les groupes. Un site qui sert ne se supprime pas."
    adding = "Nouveau site : son nom, puis Entrée"
    table_name, noun, specs = "site", "site", SITE

    def columns(self) -> Sequence[RowColumn[Record]]:
        return (
            RowColumn("Site", 160, lambda row: row.text("name"), bold=True),
            RowColumn("Adresse", 270, _address, spared=True),
            RowColumn("Sessions par an", 120, lambda row: row.text("sessions") or "–", spared=True),
            RowColumn("Utilisations", 100, lambda row: str(total(row.uses) or "–")),
        )

    def told(self, row: Record) -> str:
        return f"{row.text('name')}, {_address(row)}"

    def records(self, office: Office) -> tuple[Record, ...]:
        return office.sites


def _address(row: Record) -> str:
    town = f"{row.text('postal_code')} {row.text('city')}".strip()
    return ", ".join(part for part in (row.text("address"), town) if part)


class DelegationsPane(RecordsPane):
    """By which conventions the association prescribes immersions itself."""

    section = SettingsSection.DELEGATIONS
    icon = "file-shield-2-line"
    sentence = (
        "La convention par laquelle un organisme vous délègue la prescription des immersions. "
        "Les anciennes restent, avec leurs dates."
    )
    table_name, noun, specs = "delegation", "délégation", DELEGATION
    used = "utilisée"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.strip = DelegationStrip(desk)
        self.strip.take_margins_away()
        self.strip.made.connect(self._made)
        self.open_strip = button("Nouvelle délégation", icon="add-line")
        self.open_strip.clicked.connect(self.strip.begin)
        self.top.addWidget(self.open_strip)
        self.top.addStretch(1)
        self.remarks: list[ToldLine] = []
        self.column.insertWidget(1, self.strip)

    def begin_new(self) -> None:
        self.strip.begin()

    def columns(self) -> Sequence[RowColumn[Record]]:
        return (
            RowColumn("Référence", 180, lambda row: row.text("reference"), bold=True),
            RowColumn("Organisme", 135, lambda row: row.text("body_name"), spared=True),
            RowColumn("Du", 98, lambda row: _day(row, "starts_on"), spared=True),
            RowColumn("Au", 98, lambda row: _day(row, "ends_on")),
            RowColumn("État", 105, self._state, tint=self._tint),
        )

    def told(self, row: Record) -> str:
        return f"{row.text('reference')}, {self._state(row)}"

    def records(self, office: Office) -> tuple[Record, ...]:
        return office.delegations

    def show_office(self, office: Office) -> None:
        super().show_office(office)
        for old in self.remarks:
            old.hide()
            old.deleteLater()
        self.remarks = [
            ToldLine(told, "red" if severity is Severity.BLOCK else "amber")
            for severity, told in delegation_remarks(office, self.desk.today())
        ]
        for place, remark in enumerate(self.remarks, 1):
            self.column.insertWidget(place, remark)

    def _made(self, made: UUID) -> None:
        self._wanted = made
        self.refresh()

    def _state(self, row: Record) -> str:
        today, starts = self.desk.today(), row.day("starts_on")
        if is_in_force(row, today):
            return "en vigueur"
        return "à venir" if starts is not None and starts > today else "passée"

    def _tint(self, row: Record) -> Tint:
        return "green" if is_in_force(row, self.desk.today()) else "grey"


def _day(row: Record, column: str) -> str:
    day = row.day(column)
    return numeric_day(day) if day is not None else ""
