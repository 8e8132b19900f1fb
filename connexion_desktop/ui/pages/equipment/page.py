"""Where are our computers? The fleet by state; lent and given back in one screen."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu
from shiboken6 import isValid

from connexion_desktop import usecases
from connexion_desktop.domain.attachments import Subject
from connexion_desktop.domain.equipment import (
    EquipmentFilter,
    EquipmentRow,
    EquipmentState,
    filters_of,
    fleet_counters,
    found_by,
)
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.loan_paper import LoanPaperKind
from connexion_desktop.domain.targets import FileTarget, LoanPaperTarget, PersonTarget, RowTarget
from connexion_desktop.ui.attachments.door import Chosen, FilesDoor
from connexion_desktop.ui.pages.list_page import ListPage
from connexion_desktop.ui.widgets.badge import Tint
from connexion_desktop.ui.widgets.banner import Notice
from connexion_desktop.ui.widgets.counters import Counter
from connexion_desktop.ui.widgets.rows_table import RowColumn

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.equipment.papers import LoanPapers
    from connexion_desktop.ui.pages.equipment.strips import (
        EditEquipmentStrip,
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
_BECOMES = {
    EquipmentState.AVAILABLE: "Disponible de nouveau",
    EquipmentState.REPAIR: "Mettre en réparation",
    EquipmentState.LOST: "Noter perdu",
    EquipmentState.RETIRED: "Réformer",
}
"""What is said of a piece that nobody has."""
_PAPER_KEYS = (("agreement", ""), ("print_paper", ""), ("pdf", "Ctrl+Shift+P"), ("word", ""))


class EquipmentPage(ListPage[EquipmentRow]):
    """See the module. Enter lends what is there, and takes back what is lent."""

    name = "equipment"
    title = "Matériel"
    icon = "macbook-line"
    shows = frozenset({"equipment", "loan", "person"})
    nouns = ("ordinateur", "ordinateurs")
    search_words = "Numéro, modèle, personne…"
    record_kind = "equipment"
    new_act = ("equipment.new", "Nouvel ordinateur", "add-line")
    everything = EquipmentFilter.ALL
    offered: Notice | None = None
    """What offers the paper of what was just lent or given back."""

    def columns(self) -> Sequence[RowColumn[EquipmentRow]]:
        today = self.desk.today
        return (
            RowColumn("Numéro", 100, lambda row: row.number, bold=True),
            RowColumn(
                "État",
                120,
                lambda row: row.state.label,
                lambda row: _STATES.index(row.state),
                tint=lambda row: _TINTS[row.state],
            ),
            RowColumn("Prêté à", 190, lambda row: row.person),
            RowColumn(
                "Depuis",
                110,
                lambda row: numeric_day(row.lent_on) if row.lent_on else "",
                lambda row: row.lent_on,
                spared=True,
            ),
            RowColumn(
                "À rendre le",
                165,
                lambda row: row.due_told(today()),
                lambda row: row.due_on,
                ink=lambda row: "red" if row.is_late(today()) else "",
                spared=True,
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

    def open(self, target: object) -> None:
        if isinstance(target, FileTarget):
            self.files.show(Subject("equipment", target.id), target.title, target.file_id)
            target = RowTarget(target.id)
        super().open(target)
        if isinstance(target, LoanPaperTarget):
            self.papers.ask(target.loan_id, target.kind)

    def refresh(self) -> None:
        super().refresh()
        if self.has_paper:
            self.papers.follow()

    @property
    def has_paper(self) -> bool:
        """Whether the paper of a loan is in sight."""
        return "papers" in self.__dict__ and self.papers.isVisible()

    def open_row(self, row_id: UUID) -> None:
        """Lend what is there, take back what is lent; say why for the rest."""
        if self.has_paper:
            self.papers.leave()
        row = self.row(row_id)
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
            menu.addSeparator()
            for words, after in self._paper_acts():
                menu.addAction(words, partial(self._ask_agreement, row.loan_id, after))
            menu.addSeparator()
        menu.addAction("Modifier…", QKeySequence("F2"), partial(self.editing.ask, row))
        if row.loan_id is None:
            for state, words in _BECOMES.items():
                if state is not row.state:
                    menu.addAction(words, partial(self._set_state, row, state))
        menu.addAction(self.desk.actions.get("equipment.files"))
        person_id = row.person_id
        if person_id is not None:
            target = PersonTarget(person_id, origin=self.name)
            menu.addAction("Ouvrir la fiche", lambda: self.desk.go("person", target))

    def _become(self, state: EquipmentState) -> None:
        row = self.current_row()
        if row is None or row.loan_id is not None:
            self.desk.tell("Choisissez d’abord un ordinateur que personne n’a.")
        else:
            self._set_state(row, state)

    def _set_state(self, row: EquipmentRow, state: EquipmentState) -> None:
        self.desk.jobs.write(
            self,
            lambda session: usecases.loans.set_state(session, row.id, state),
            lambda _none: self.desk.tell(f"{row.number} : {state.label} · Ctrl+Z pour annuler"),
            self.desk.fail,
            label=f"Matériel : {state.label}",
        )

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
        self.desk.actions.add(
            "equipment.lend",
            "Prêter ou rendre l’ordinateur choisi…",
            "",
            self.table.open_current,
            menu="Édition",
            owner=self,
        )
        self.files = FilesDoor(self, "Fichier", self._with_files)
        self.desk.actions.add(
            "equipment.edit",
            "Modifier l’ordinateur…",
            "F2",
            self._begin_editing,
            menu="Édition",
            owner=self,
        )
        for state, words in _BECOMES.items():
            become = partial(self._become, state)
            self.desk.actions.add(
                f"equipment.{state}", words, "", become, menu="Édition", owner=self
            )
        for (words, after), (name, keys) in zip(self._paper_acts(), _PAPER_KEYS, strict=True):
            self.desk.actions.add(
                f"equipment.{name}",
                words,
                keys,
                partial(self._do_with_paper, after),
                menu="Fichier",
                owner=self,
            )

    def _with_files(self) -> Chosen | None:
        row = next((each for each in self.model.rows() if each.id == self.table.current()), None)
        return (Subject("equipment", row.id), f"{row.number} {row.model}".strip()) if row else None

    def _paper_acts(self) -> Sequence[tuple[str, Callable[[], object] | None]]:
        """What can be done with the agreement of a loan: look at it, print it, save it."""
        return (
            ("Convention de prêt", None),
            ("Imprimer la convention de prêt…", self._print_paper),
            ("Convention de prêt en PDF…", self._save_pdf),
            ("Convention de prêt en Word…", self._save_word),
        )

    def print_shown(self) -> None:
        """Print the paper in sight, else the list."""
        if self.has_paper:
            self.papers.print_paper()
        else:
            super().print_shown()

    def _print_paper(self) -> None:
        self.papers.print_paper()

    def _save_pdf(self) -> None:
        self.papers.save_pdf()

    def _save_word(self) -> None:
        self.papers.save_word()

    def _do_with_paper(self, after: Callable[[], object] | None) -> None:
        """With the paper in sight, else with the agreement of the loan the keyboard is on."""
        if after is not None and self.has_paper:
            after()
            return
        row = self.current_row()
        if row is None or row.loan_id is None:
            self.desk.tell("Choisissez d’abord un ordinateur prêté.")
            return
        self._ask_agreement(row.loan_id, after)

    def _ask_agreement(self, loan_id: UUID, after: Callable[[], object] | None) -> None:
        self.papers.ask(loan_id, LoanPaperKind.AGREEMENT, after)

    def _offer(self, kind: LoanPaperKind, loan_id: UUID, told: str) -> None:
        """Tell what was just done, and offer its paper, in place of the offer before."""
        self._offer_no_more()
        self.offered = Notice(told, [(kind.label, lambda: self.papers.ask(loan_id, kind))])
        self.frame.add_above(self.offered)

    def _offer_no_more(self) -> None:
        if self.offered is not None and isValid(self.offered):
            self.offered.dismiss()

    def undone(self, gone: frozenset[UUID] = frozenset()) -> None:
        """The last act was just undone: offer its paper no more."""
        super().undone(gone)
        self._offer_no_more()

    def _begin_new(self) -> None:
        self.arriving.begin()

    def _begin_editing(self) -> None:
        row = self.current_row()
        if row is not None:
            self.editing.ask(row)

    @cached_property
    def editing(self) -> EditEquipmentStrip:
        """Where what is known of a computer is mended."""
        from connexion_desktop.ui.pages.equipment.strips import EditEquipmentStrip

        strip = EditEquipmentStrip(self.desk)
        self.frame.add_strip(strip)
        return strip

    @cached_property
    def arriving(self) -> NewEquipmentStrip:
        """Where a new computer is written."""
        from connexion_desktop.ui.pages.equipment.strips import NewEquipmentStrip

        strip = NewEquipmentStrip(self.desk)
        self.frame.add_strip(strip)
        return strip

    @cached_property
    def lending(self) -> LendStrip:
        """Where a hand-over is written."""
        from connexion_desktop.ui.pages.equipment.strips import LendStrip

        strip = LendStrip(self.desk)
        strip.lent.connect(partial(self._offer, LoanPaperKind.AGREEMENT))
        self.frame.add_strip(strip)
        return strip

    @cached_property
    def returning(self) -> GiveBackStrip:
        """Where a return is written."""
        from connexion_desktop.ui.pages.equipment.strips import GiveBackStrip

        strip = GiveBackStrip(self.desk)
        strip.returned.connect(partial(self._offer, LoanPaperKind.RECEIPT))
        self.frame.add_strip(strip)
        return strip

    @cached_property
    def papers(self) -> LoanPapers:
        """Where the paper of a loan is seen, printed, saved."""
        from connexion_desktop.ui.pages.equipment.papers import LoanPapers

        pane = LoanPapers(self.desk)
        pane.closed.connect(self.table.setFocus)
        self.frame.add_beside(pane)
        return pane
