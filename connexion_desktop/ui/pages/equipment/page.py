"""Where are our computers? The fleet by state; lent and given back in one screen."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QMenu

from connexion_desktop import usecases
from connexion_desktop.domain.equipment import (
    EquipmentFilter,
    EquipmentRow,
    EquipmentState,
    filters_of,
    fleet_counters,
    found_by,
)
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui.pages.list_page import ListPage
from connexion_desktop.ui.widgets.badge import Tint
from connexion_desktop.ui.widgets.counters import Counter
from connexion_desktop.ui.widgets.rows_table import RowColumn

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.equipment.strips import (
        GiveBackStrip,
        LendStrip,
        NewEquipmentStrip,
    )
    from connexion_desktop.ui.widgets.empty import Empty
    from connexion_desktop.usecases import Session

_TINTS: dict[EquipmentState, Tint] = {
    EquipmentState.AVAILABLE: "green",
    EquipmentState.LENT: "accent",
    EquipmentState.REPAIR: "amber",
    EquipmentState.LOST: "red",
    EquipmentState.RETIRED: "grey",
}
_STATES = tuple(EquipmentState)


class EquipmentPage(ListPage[EquipmentRow]):
    """See the module. Enter lends what is there, and takes back what is lent."""

    name = "equipment"
    title = "Matériel"
    icon = "macbook-line"
    shows = frozenset({"equipment", "loan", "person"})
    nouns = ("ordinateur", "ordinateurs")
    search_words = "Numéro, modèle, personne…"
    new_act = ("equipment.new", "Nouvel ordinateur", "add-line")
    everything = EquipmentFilter.ALL

    def columns(self) -> Sequence[RowColumn[EquipmentRow]]:
        today = self.desk.today
        return (
            RowColumn("Numéro", 120, lambda row: row.number, bold=True),
            RowColumn(
                "État",
                130,
                lambda row: row.state.label,
                lambda row: _STATES.index(row.state),
                tint=lambda row: _TINTS[row.state],
            ),
            RowColumn("Prêté à", 210, lambda row: row.person),
            RowColumn(
                "Depuis",
                110,
                lambda row: numeric_day(row.lent_on) if row.lent_on else "",
                lambda row: row.lent_on,
                spared=True,
            ),
            RowColumn(
                "À rendre le",
                110,
                lambda row: numeric_day(row.due_on) if row.due_on else "",
                lambda row: row.due_on,
                ink=lambda row: "red" if row.is_late(today()) else "",
            ),
            RowColumn("Modèle", 200, lambda row: row.model, spared=True),
            RowColumn("Accessoires", 160, lambda row: row.accessories, spared=True),
            RowColumn(
                "N° de série", 130, lambda row: row.serial, ink=lambda _row: "muted", spared=True
            ),
        )

    def told(self, row: EquipmentRow) -> str:
        held = f" à {row.person}" if row.person else ""
        late = ", à rendre" if row.is_late(self.desk.today()) else ""
        return f"{row.number}, {row.state.label}{held}{late}"

    def read(self, session: Session) -> tuple[EquipmentRow, ...]:
        return usecases.loans.fleet(session)

    def counted(self, rows: tuple[EquipmentRow, ...]) -> Sequence[Counter]:
        return fleet_counters(rows, self.desk.today())

    def kept(
        self, rows: tuple[EquipmentRow, ...], chosen: Hashable, typed: str
    ) -> Sequence[EquipmentRow]:
        today = self.desk.today()
        return [row for row in rows if chosen in filters_of(row, today) and found_by(row, typed)]

    def open_row(self, row_id: UUID) -> None:
        """Lend what is there, take back what is lent; say why for the rest."""
        row = next((each for each in self.model.rows() if each.id == row_id), None)
        if row is None:
            return
        if row.state is EquipmentState.AVAILABLE:
            self.lending.ask(row)
        elif row.loan_id is not None:
            self.returning.ask(row)
        else:
            self.desk.tell(f"{row.number} est {row.state.label}.")

    def say_empty(self, empty: Empty) -> None:
        empty.say(
            "macbook-line",
            "Aucun ordinateur pour le moment",
            "Ajoutez le premier par le numéro de son étiquette, ou importez votre tableau : sa "
            "feuille du matériel est lue aussi.",
            [*self.act("equipment.new"), *self.act("import")],
        )

    def fill_menu(self, menu: QMenu, row_id: UUID) -> None:
        row = next(each for each in self.model.rows() if each.id == row_id)
        if row.state is EquipmentState.AVAILABLE:
            menu.setDefaultAction(menu.addAction("Prêter…", lambda: self.open_row(row_id)))
        elif row.loan_id is not None:
            menu.setDefaultAction(menu.addAction("Rendre…", lambda: self.open_row(row_id)))
        person_id = row.person_id
        if person_id is not None:
            target = PersonTarget(person_id, origin=self.name)
            menu.addAction("Ouvrir la fiche", lambda: self.desk.go("person", target))

    def _make_acts(self) -> None:
        super()._make_acts()
        self.desk.actions.add(
            "equipment.new",
            "Nouvel ordinateur",
            "",
            self._begin_new,
            menu="Édition",
            owner=self,
        )

    def _begin_new(self) -> None:
        self.arriving.begin()

    @cached_property
    def arriving(self) -> NewEquipmentStrip:
        """Where a new computer is written."""
        from connexion_desktop.ui.pages.equipment.strips import NewEquipmentStrip

        strip = NewEquipmentStrip(self.desk)
        self.add_strip(strip)
        return strip

    @cached_property
    def lending(self) -> LendStrip:
        """Where a hand-over is written."""
        from connexion_desktop.ui.pages.equipment.strips import LendStrip

        strip = LendStrip(self.desk)
        self.add_strip(strip)
        return strip

    @cached_property
    def returning(self) -> GiveBackStrip:
        """Where a return is written."""
        from connexion_desktop.ui.pages.equipment.strips import GiveBackStrip

        strip = GiveBackStrip(self.desk)
        self.add_strip(strip)
        return strip
