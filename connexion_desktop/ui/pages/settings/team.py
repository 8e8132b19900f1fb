"""« Équipe »: who works here, what they may do and until when, and who signs on this computer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.names import full_name
from connexion_desktop.domain.office import STAFF, Office, Record
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.domain.team_rights import ROLE, Right, TeamRights
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.settings.records import RecordsPane
from connexion_desktop.ui.pages.settings.rights_box import RightsBox
from connexion_desktop.ui.pages.settings.rights_strips import ReplacementStrip, RoleStrip
from connexion_desktop.ui.pages.settings.signing import SigningLine
from connexion_desktop.ui.widgets.rows_table import RowColumn

if TYPE_CHECKING:
    from connexion_desktop.system.settings import Settings


class TeamPane(RecordsPane):
    """Who works here, and who signs the acts on this computer."""

    section = SettingsSection.TEAM
    icon = "user-settings-line"
    sentence = (
        "Les membres de l’équipe, proposés comme conseillers référents. Sur le serveur partagé, "
        "rôles, remplacements et départs y disent qui voit quoi ; sur une base de ce poste ils ne "
        "limitent rien."
    )
    adding = "Nouveau membre : prénom et nom, puis Entrée"
    table_name, noun, specs = "staff", "membre de l’équipe", STAFF

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self.rights = RightsBox()
        super().__init__(desk)
        self._roles: dict[str, str] = {}
        self._held = TeamRights()
        self.role_strip, self.replacement_strip = RoleStrip(desk), ReplacementStrip(desk)
        for place, strip in enumerate((self.role_strip, self.replacement_strip), 1):
            strip.take_margins_away()
            strip.made.connect(self.refresh)
            self.column.insertWidget(place, strip)
        self.rights.role_wanted.connect(lambda: self._begin(self.role_strip))
        self.rights.replacement_wanted.connect(lambda: self._begin(self.replacement_strip))
        self.rights.taken_away.connect(self._take_away)
        self.signing = SigningLine(desk, settings)
        self.column.addWidget(self.signing)
        if desk.jobs.is_far:  # the server knows who signs
            self.signing.hide()

    def below(self) -> Sequence[QWidget]:
        return (self.rights,)

    def refresh(self) -> None:
        super().refresh()
        today = self.desk.today()
        self.desk.jobs.read(
            self,
            lambda session: usecases.team_rights.load(session, today),
            self._show_rights,
            self.desk.fail,
            key="rights",
        )

    def show_row(self, row: Record) -> None:
        super().show_row(row)
        self.rights.show_rights(self._held.of(row.id))

    def _show_rights(self, held: TeamRights) -> None:
        self._held = held
        for strip in (self.role_strip, self.replacement_strip):
            strip.offer(held)
        row = self.current()
        if row is not None:
            self.rights.show_rights(held.of(row.id))

    def _begin(self, strip: RoleStrip | ReplacementStrip) -> None:
        row = self.current()
        if row is not None:
            strip.about(row.id, _name(row))

    def _take_away(self, right: Right) -> None:
        is_role = right.table == ROLE
        self.write(
            lambda session: usecases.team_rights.take_away(session, right.table, right.id),
            "Rôle retiré" if is_role else "Remplacement retiré",
            "Rôle retiré dans l’équipe" if is_role else "Remplacement retiré",
            self.current_id(),
        )

    def current_id(self) -> UUID | None:
        """Whose fields are shown."""
        row = self.current()
        return row.id if row is not None else None

    def columns(self) -> Sequence[RowColumn[Record]]:
        return (
            RowColumn("Nom", 150, _name, bold=True),
            RowColumn("Rôles", 160, self._roles_told, spared=True),
            RowColumn("Téléphone", 120, lambda row: row.text("phone"), spared=True),
            RowColumn("Courriel", 170, lambda row: row.text("email"), spared=True),
            RowColumn("État", 130, _left, tint=lambda _row: "grey"),
        )

    def told(self, row: Record) -> str:
        return ", ".join(part for part in (_name(row), self._roles_told(row), _left(row)) if part)

    def records(self, office: Office) -> tuple[Record, ...]:
        return office.staff

    def show_office(self, office: Office) -> None:
        self._roles = dict(office.roles)
        self.form.offer("roles", office.roles)
        super().show_office(office)
        here = [_name(row) for row in office.staff if row.day("left_on") is None]
        self.signing.offer(here)

    def _roles_told(self, row: Record) -> str:
        codes = row.text("roles").split(",")
        return ", ".join(words for code, words in self._roles.items() if code in codes)


def _name(row: Record) -> str:
    return full_name(row.text("given_name"), row.text("family_name"))


def _left(row: Record) -> str:
    day = row.day("left_on")
    return f"parti le {numeric_day(day)}" if day is not None else ""
