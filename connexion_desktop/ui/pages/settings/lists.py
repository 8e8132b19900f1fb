"""« Listes »: the reference lists, line by line. What served is retired, not deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtWidgets import QMenu, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.person_fields import FieldSpec, FieldValue
from connexion_desktop.domain.reference_lists import (
    FAMILIES,
    LISTS,
    LONG_TEXTS,
    AddLine,
    EditLine,
    ListLine,
    ListLines,
    ListSpec,
)
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.domain.uses import told_uses
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.settings.master import MasterPane
from connexion_desktop.ui.pages.settings.record_fields import RecordFields
from connexion_desktop.ui.widgets.badge import Tint
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.rows_table import RowColumn

if TYPE_CHECKING:
    from connexion_desktop.usecases import Session

_KNOWN = "Le logiciel s’appuie sur ces lignes : leurs mots et leur ordre sont à vous."
_KNOWN_LINE = "Le logiciel s’appuie sur cette ligne : ses mots et son ordre sont à vous."


class ListsPane(MasterPane[ListLine]):
    """See the module. Alt and the arrows move the line that has the keyboard."""

    section = SettingsSection.LISTS
    icon = "list-check-2"
    sentence = (
        "Les mots que proposent les fiches. Une ligne qui a servi se retire : elle reste écrite là "
        "où elle sert, et n’est plus proposée."
    )
    adding = "Nouvelle ligne, puis Entrée"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.spec = LISTS[0]
        self.which = Combo()
        self.which.setAccessibleName("Liste")
        for spec in LISTS:
            self.which.addItem(spec.title, spec.name)
        self.which.activated.connect(lambda place: self.show_list(LISTS[place]))
        self.top.insertWidget(0, self.which)
        self.form.lay_out(self.spec.fields)
        add = partial(desk.actions.add, menu="Édition", owner=self)
        add("settings.line-up", "Monter la ligne", "Alt+Up", lambda: self.move_line(-1))
        add("settings.line-down", "Descendre la ligne", "Alt+Down", lambda: self.move_line(1))

    def show_list(self, spec: ListSpec) -> None:
        """Show another list."""
        self.flush()
        self.spec = spec
        self.which.setCurrentIndex(LISTS.index(spec))
        self.new.clear()
        self.refresh()

    def columns(self) -> Sequence[RowColumn[ListLine]]:
        return (
            RowColumn("Libellé", 230, lambda line: line.label, bold=True),
            RowColumn("Utilisations", 90, lambda line: str(line.used or "–"), spared=True),
            RowColumn("État", 140, lambda line: line.state, tint=_tint),
        )

    def told(self, row: ListLine) -> str:
        uses = f"{row.used} utilisation{'s' * (row.used > 1)}"
        return ", ".join(part for part in (row.label, uses, row.state) if part)

    def record_kind(self) -> str:
        return "trade_family" if self.spec.name == FAMILIES else "reference_item"

    def make_form(self) -> RecordFields:
        return RecordFields(self.desk, "ligne de liste", self._saving, long=LONG_TEXTS)

    def acts(self) -> Sequence[QWidget]:
        self.confirm_button = button("Confirmer", icon="check-line")
        self.up_button = button("", icon="arrow-up-line", tip="Monter la ligne (Alt+↑)")
        self.down_button = button("", icon="arrow-down-line", tip="Descendre la ligne (Alt+↓)")
        self.retire_button = button("Retirer", icon="archive-line")
        self.delete_button = button("Supprimer", "danger", icon="delete-bin-line")
        self.confirm_button.clicked.connect(self.confirm)
        self.up_button.clicked.connect(lambda: self.move_line(-1))
        self.down_button.clicked.connect(lambda: self.move_line(1))
        self.retire_button.clicked.connect(self.retire)
        self.delete_button.clicked.connect(self.delete)
        return (
            self.confirm_button,
            self.up_button,
            self.down_button,
            self.retire_button,
            self.delete_button,
        )

    def refresh(self) -> None:
        name = self.spec.name
        self.desk.jobs.read(
            self,
            lambda session: usecases.reference_lists.load(session, name),
            self._show,
            self.desk.fail,
            key="list",
        )

    def _show(self, found: ListLines) -> None:
        self.form.lay_out(found.spec.fields)
        self.offer_new(not found.spec.known)
        self.show_rows(found.lines)

    def show_row(self, row: ListLine) -> None:
        self.form.show_record(row.id, row.values)
        told = told_uses(row.uses)
        used = f"Utilisée par : {told}." if told else "N’est encore utilisée nulle part."
        is_known = self.spec.knows(row.code)
        told = _KNOWN if self.spec.known else _KNOWN_LINE
        self.usage.setText(f"{used} {told}" if is_known else used)
        self.confirm_button.setVisible(row.to_confirm)
        self.retire_button.setText("Retirer" if row.retired_on is None else "Reprendre")
        self.retire_button.setVisible(not is_known)
        self.delete_button.setVisible(not is_known)
        place = self.table.currentIndex().row()
        self.up_button.setEnabled(place > 0)
        self.down_button.setEnabled(place < self.model.rowCount() - 1)

    def fill_menu(self, menu: QMenu, row: ListLine) -> None:
        menu.addAction(self.desk.actions.get("settings.line-up"))
        menu.addAction(self.desk.actions.get("settings.line-down"))
        if row.to_confirm:
            menu.addAction("Confirmer", self.confirm)
        if not self.spec.knows(row.code):
            menu.addSeparator()
            menu.addAction("Retirer" if row.retired_on is None else "Reprendre", self.retire)
            menu.addAction("Supprimer", self.delete)

    def add(self, text: str) -> None:
        command = AddLine(uuid4(), self.spec.name, text)
        self.write(
            lambda session: usecases.reference_lists.add(session, command),
            "Ligne ajoutée",
            "Ligne ajoutée à une liste",
            command.id,
        )

    def move_line(self, step: int) -> None:
        """Put the line shown higher or lower."""
        line, name = self.current(), self.spec.name
        if line is None:
            return
        self.write(
            lambda session: usecases.reference_lists.move(session, name, line.id, step),
            "Ordre changé",
            "Ordre d’une liste",
            line.id,
        )

    def retire(self) -> None:
        """Offer the line shown no more, or again."""
        line, name = self.current(), self.spec.name
        if line is None:
            return
        on = self.desk.today() if line.retired_on is None else None
        self.write(
            lambda session: usecases.reference_lists.retire(session, name, line.id, on),
            "Ligne retirée" if on else "Ligne reprise",
            "Ligne de liste retirée" if on else "Ligne de liste reprise",
            line.id,
        )

    def confirm(self) -> None:
        """Say that the line shown is right."""
        line, name = self.current(), self.spec.name
        if line is None:
            return
        self.write(
            lambda session: usecases.reference_lists.confirm(session, name, line.id),
            "Ligne confirmée",
            "Ligne de liste confirmée",
            line.id,
        )

    def delete(self) -> None:
        """Delete the line shown, if it never served."""
        line, name = self.current(), self.spec.name
        if line is None:
            return
        self.write(
            lambda session: usecases.reference_lists.delete(session, name, line.id),
            "Ligne supprimée",
            "Ligne de liste supprimée",
        )

    def _saving(
        self, row_id: UUID, spec: FieldSpec, value: FieldValue, seen: Seen
    ) -> Callable[[Session], object]:
        known = {spec.name: tuple(each or "" for each in seen[spec.name])}
        command = EditLine(self.spec.name, row_id, spec.column, str(value or ""), known)
        return lambda session: usecases.reference_lists.edit(session, command)


def _tint(line: ListLine) -> Tint:
    return "grey" if line.retired_on is not None else "amber"
