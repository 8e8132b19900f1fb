"""A computer that comes in, is handed over, comes back: a few fields and Enter each."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Signal

from connexion_desktop import usecases
from connexion_desktop.domain.amounts import amount_text
from connexion_desktop.domain.conflicts import ConflictError, said
from connexion_desktop.domain.equipment import (
    LEVELS,
    EditEquipment,
    EquipmentRow,
    EquipmentState,
    GiveBack,
    Lend,
    NewEquipment,
    usual_return,
)
from connexion_desktop.domain.placement_file import Choice
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.entry_strip import EntryStrip, entry_line
from connexion_desktop.ui.widgets.pick import Offer, PickLine

_SHORT, _DAY, _LONG = 140, 140, 220
_MOST = 30
_AFTER = (
    EquipmentState.AVAILABLE,
    EquipmentState.REPAIR,
    EquipmentState.LOST,
    EquipmentState.RETIRED,
)


class NewEquipmentStrip(EntryStrip):
    """A new computer, by the number on its label."""

    def __init__(self, desk: Desk) -> None:
        self.number = entry_line("Numéro (PC-012)")
        self.model = entry_line("Modèle")
        self.serial = entry_line("N° de série")
        fields = ((self.number, _SHORT), (self.model, _LONG), (self.serial, _SHORT))
        super().__init__(desk, "Nouvel ordinateur", fields, "Ajouter")
        self.on_enter(self._add, self.number, self.model, self.serial)

    def _add(self) -> None:
        command = NewEquipment(uuid4(), self.number.text(), self.model.text(), self.serial.text())

        def added() -> None:
            self._desk.tell(f"{command.number.strip()} ajouté · Ctrl+Z pour annuler")
            self.number.clear()
            self.serial.clear()
            self.number.setFocus()

        self.save(
            lambda session: usecases.loans.add(session, command),
            added,
            label="Nouvel ordinateur",
        )


class EditEquipmentStrip(EntryStrip):
    """What is known of a computer, to be mended."""

    def __init__(self, desk: Desk) -> None:
        self.number = entry_line("Numéro (PC-012)")
        self.model = entry_line("Modèle")
        self.serial = entry_line("N° de série")
        self.value = entry_line("Valeur (380,50 €)")
        self.bought = DateField(desk.today, DatePurpose.PAST)
        self.bought.setPlaceholderText("Acheté le")
        self.bought.setAccessibleName("Jour de l’achat")
        self.bought.setToolTip("Acheté le")
        self.accessories = entry_line("Accessoires")
        self.condition = entry_line("État, remarques")
        fields = (
            (self.number, _SHORT),
            (self.model, _LONG),
            (self.serial, _SHORT),
            (self.value, _SHORT),
            (self.bought, _DAY),
            (self.accessories, _LONG),
            (self.condition, _LONG),
        )
        super().__init__(desk, "Modifier", fields, "Enregistrer")
        self._equipment: UUID | None = None
        self._seen: dict[str, Any] = {}
        self.on_enter(self._save, *(field for field, _ in fields))

    def ask(self, row: EquipmentRow) -> None:
        """Show what is known of a computer."""
        if self.still_saves():
            return
        self._equipment, self._seen = row.id, row.columns
        self.heading.setText(f"Modifier {row.number}")
        for column, value in self._seen.items():
            self._write(column, value)
        self.say("")
        self.begin()
        self.number.selectAll()

    def _save(self) -> None:
        if not self.is_read(self.bought) or self._equipment is None:
            return
        command = EditEquipment(
            self._equipment,
            self.number.text(),
            self.model.text(),
            self.serial.text(),
            self.value.text(),
            self.bought.day(),
            self.accessories.text(),
            self.condition.text(),
            dict(self._seen),
        )
        today = self._desk.today()

        def saved() -> None:
            self._desk.tell(f"{command.number.strip()} modifié · Ctrl+Z pour annuler")
            self.leave()

        self.save(
            lambda session: usecases.loans.edit(session, command, today),
            saved,
            label="Ordinateur modifié",
            on_conflict=self._contest,
        )

    def _contest(self, problem: ConflictError) -> None:
        self.contest(problem, self._seen, told=_told, write=self._write, save=self._save)

    def _write(self, column: str, value: Any) -> None:
        if column == "bought_on":
            self.bought.show_date(value)
            return
        lines = {
            "number": self.number,
            "model": self.model,
            "serial": self.serial,
            "value_cents": self.value,
            "accessories": self.accessories,
            "condition": self.condition,
        }
        lines[column].setText(_told(column, value))


def _told(column: str, value: Any) -> str:
    return amount_text(value) if column == "value_cents" and value is not None else said(value)


_NOBODY = "Personne de ce nom n’est en parcours : un ordinateur se prête à qui est d’un groupe."


class LendStrip(EntryStrip):
    """A hand-over: to whom, until when, what for. `lent(loan, words)` once it is done."""

    lent = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        self.person = PickLine("Trois lettres de son nom", least=1)
        self.person.setAccessibleName("À qui")
        self.due = DateField(desk.today, DatePurpose.FUTURE)
        self.due.setAccessibleName("Jour du retour prévu")
        self.level = _levels("Aisance au départ")
        self.aim = entry_line("Pour quoi faire")
        fields = (
            (self.person, _LONG),
            (self.due, _DAY),
            (self.level, _LONG),
            (self.aim, _LONG),
        )
        super().__init__(desk, "Prêter", fields, "Prêter")
        self._equipment: UUID | None = None
        self._number = ""
        self._person: UUID | None = None
        self.person.wanted.connect(self._find)
        self.person.picked.connect(self._choose)
        self.on_enter(self._lend, self.due, self.aim)

    def ask(self, row: EquipmentRow) -> None:
        """Ask to whom a computer is lent."""
        if self.still_saves():
            return
        if row.id != self._equipment:
            self._equipment, self._number, self._person = row.id, row.number, None
            self.heading.setText(f"Prêter {row.number}")
            self.person.show_value("")
            self.person.clear()
            self.aim.clear()
            self.level.setCurrentIndex(0)
            self.due.show_date(usual_return(self._desk.today()))
            self.say("")
        self.begin()

    def _find(self, typed: str) -> None:
        def show(found: tuple[Choice, ...]) -> None:
            offers = [Offer(each, each.label, each.detail) for each in found[:_MOST]]
            self.person.offer(typed, offers)
            self.say("" if found or not typed else _NOBODY)

        self._desk.jobs.read(
            self,
            lambda session: usecases.placement_views.people_to_place(session, None, typed),
            show,
            self._desk.fail,
            key="people",
        )

    def _choose(self, value: object) -> None:
        if isinstance(value, Choice):
            self._person = value.id
            self.person.show_value(value.label)
            self.due.setFocus()
            self.due.selectAll()

    def _lend(self) -> None:
        if self._person is None or self._equipment is None:
            self.say("Choisissez à qui le prêter.")
            self.person.setFocus()
            return
        if not self.is_read(self.due):
            return
        command = Lend(
            uuid4(),
            self._equipment,
            self._person,
            self._desk.today(),
            self.due.day(),
            self.aim.text(),
            self.level.currentData(),
        )

        told = f"{self._number} est prêté à {self.person.text()}."

        def lent() -> None:
            self._desk.tell(f"Prêté à {self.person.text()} · Ctrl+Z pour annuler")
            self._equipment = None
            self.leave()
            self.lent.emit(command.loan_id, told)

        today = self._desk.today()
        self.save(
            lambda session: usecases.loans.lend(session, command, today),
            lent,
            label="Prêt d’un ordinateur",
        )


class GiveBackStrip(EntryStrip):
    """A return: when, in what state. `returned(loan, words)` once it is done."""

    returned = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        self.day = DateField(desk.today, DatePurpose.PAST)
        self.day.setAccessibleName("Jour du retour")
        self.state = Combo()
        self.state.setAccessibleName("Ce qu’il devient")
        for state in _AFTER:
            self.state.addItem(state.label.capitalize(), state.value)
        self.level = _levels("Aisance au retour")
        self.condition = entry_line("État constaté, s’il a changé")
        fields = (
            (self.day, _DAY),
            (self.state, _SHORT),
            (self.level, _LONG),
            (self.condition, _LONG),
        )
        super().__init__(desk, "Rendre", fields, "Noter le retour")
        self._loan: UUID | None = None
        self._told = ""
        self.on_enter(self._give_back, self.day, self.condition)

    def ask(self, row: EquipmentRow) -> None:
        """Ask how a computer comes back."""
        if self.still_saves():
            return
        if row.loan_id != self._loan:
            self._loan = row.loan_id
            self._told = f"{row.number} est de retour."
            self.heading.setText(f"Retour de {row.number} · {row.person}")
            self.day.show_date(self._desk.today())
            self.state.setCurrentIndex(0)
            self.level.setCurrentIndex(0)
            self.condition.clear()
            self.say("")
        self.begin()

    def _give_back(self) -> None:
        on = self.day_of(self.day, "Il manque le jour du retour.")
        if on is None or self._loan is None:
            return
        command = GiveBack(
            self._loan,
            on,
            EquipmentState(self.state.currentData()),
            self.condition.text(),
            self.level.currentData(),
        )
        today, told = self._desk.today(), self._told

        def back() -> None:
            self._desk.tell("Retour noté · Ctrl+Z pour annuler")
            self._loan = None
            self.leave()
            self.returned.emit(command.loan_id, told)

        self.save(
            lambda session: usecases.loans.give_back(session, command, today),
            back,
            label="Retour d’un ordinateur",
        )


def _levels(words: str) -> Combo:
    made = Combo()
    made.setAccessibleName(words)
    made.addItem(words, None)
    for level, told in enumerate(LEVELS, 1):
        made.addItem(f"{level} · {told}", level)
    return made
