"""The structures of our book: found, mended, taken away; how many immersions were done there."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtGui import QKeySequence

from connexion_desktop import usecases
from connexion_desktop.domain.organisations import OrganisationRow, found_by, role_counters
from connexion_desktop.domain.siret import format_siret
from connexion_desktop.domain.targets import HostTarget
from connexion_desktop.ui.pages.list_page import ListPage
from connexion_desktop.ui.widgets.counters import Counter
from connexion_desktop.ui.widgets.rows_table import RowColumn

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from connexion_desktop.ui.pages.organisations.strips import (
        EditOrganisationStrip,
        NewOrganisationStrip,
    )
    from connexion_desktop.ui.widgets.empty import Empty
    from connexion_desktop.usecases import Session

_SHOWN: tuple[RowColumn[OrganisationRow], ...] = (
    RowColumn("Nom", 250, lambda row: row.name, bold=True),
    RowColumn("Ville", 130, lambda row: row.city, spared=True),
    RowColumn("Rôles", 220, lambda row: row.roles_told, spared=True),
    RowColumn(
        "Immersions",
        100,
        lambda row: str(row.past or ""),
        lambda row: row.past or None,
        spared=True,
    ),
    RowColumn("Téléphone", 130, lambda row: row.values.get("phone", ""), spared=True),
    RowColumn(
        "SIRET",
        160,
        lambda row: format_siret(row.siret),
        ink=lambda row: "amber" if row.is_siret_wrong else "muted",
        spared=True,
    ),
)


class OrganisationsPage(ListPage[OrganisationRow]):
    """See the module. Enter mends."""

    name = "organisations"
    title = "Structures"
    icon = "building-line"
    shows = frozenset({"organisation", "organisation_role", "placement", "reference_item"})
    nouns = ("structure", "structures")
    makes = "nouvelle structure"
    search_words = "Nom, ville, rôle, SIRET…"
    record_kind = "organisation"
    new_act = ("organisations.new", "Nouvelle structure", "add-line")

    def columns(self) -> Sequence[RowColumn[OrganisationRow]]:
        return _SHOWN

    def told(self, row: OrganisationRow) -> str:
        return ", ".join(part for part in (row.name, row.city, row.roles_told) if part)

    def read(self, session: Session) -> tuple[OrganisationRow, ...]:
        return usecases.organisations.every(session)

    def counted(self, rows: tuple[OrganisationRow, ...]) -> Sequence[Counter]:
        return role_counters(rows)

    def kept(
        self, rows: tuple[OrganisationRow, ...], chosen: Hashable, typed: str
    ) -> Sequence[OrganisationRow]:
        return [
            row
            for row in rows
            if (chosen is None or chosen in dict(row.roles)) and found_by(row, typed)
        ]

    def open_row(self, row_id: UUID) -> None:
        row = self.row(row_id)
        if row is not None:
            self.editing.ask(row)

    def say_empty(self, empty: Empty) -> None:
        empty.say(
            "building-line",
            "Aucune structure pour le moment",
            "Ajoutez la première ici, ou en préparant une immersion : elle entre au carnet.",
            [*self.act("organisations.new"), *self.act("import")],
        )

    def fill_menu(self, menu: QMenu, row_id: UUID) -> None:
        menu.setDefaultAction(
            menu.addAction("Modifier…", QKeySequence("F2"), partial(self.open_row, row_id))
        )
        row = self.row(row_id)
        if row is not None and row.past:
            menu.addAction("Voir ses immersions", partial(self._show_placements, row))

    def _make_acts(self) -> None:
        super()._make_acts()
        for name, words, keys, do in (
            ("new", "Nouvelle structure", "Ctrl+N", self._begin_new),
            ("edit", "Modifier la structure…", "F2", self.table.open_current),
            ("placements", "Voir les immersions de la structure", "", self._see_placements),
        ):
            self.desk.actions.add(
                f"organisations.{name}", words, keys, do, menu="Immersions", owner=self
            )

    def _begin_new(self) -> None:
        self.adding.begin()

    def _see_placements(self) -> None:
        row = self.current_row()
        if row is None or not row.past:
            self.desk.tell("Choisissez d’abord une structure où il y a eu une immersion.")
        else:
            self._show_placements(row)

    def _show_placements(self, row: OrganisationRow) -> None:
        self.desk.go("placements", HostTarget(row.name))

    @cached_property
    def adding(self) -> NewOrganisationStrip:
        """Where a structure is written in the book."""
        from connexion_desktop.ui.pages.organisations.strips import NewOrganisationStrip

        strip = NewOrganisationStrip(self.desk)
        self.frame.add_strip(strip)
        return strip

    @cached_property
    def editing(self) -> EditOrganisationStrip:
        """Where what is known of a structure is mended."""
        from connexion_desktop.ui.pages.organisations.strips import EditOrganisationStrip

        strip = EditOrganisationStrip(self.desk)
        self.frame.add_strip(strip)
        return strip
