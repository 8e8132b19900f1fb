"""Who was that? Everyone ever met, by where they are."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QMenu

from connexion_desktop import usecases
from connexion_desktop.domain.listing import PersonState
from connexion_desktop.domain.people import KnownPerson, counters, sought
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui import theme
from connexion_desktop.ui.entering import choose_group
from connexion_desktop.ui.pages.list_page import ListPage
from connexion_desktop.ui.pages.people.columns import columns
from connexion_desktop.ui.widgets.counters import Counter
from connexion_desktop.ui.widgets.rows_table import RowColumn

if TYPE_CHECKING:
    from connexion_desktop.ui.widgets.empty import Empty
    from connexion_desktop.usecases import Session


class PeoplePage(ListPage[KnownPerson]):
    """See the module."""

    name = "people"
    title = "Personnes"
    icon = "contacts-book-2-line"
    shows = frozenset({"person", "journey", "cohort", "data_flag", "reference_item"})
    nouns = ("personne", "personnes")
    search_words = "Nom, téléphone, groupe…"
    new_act = ("new-person", "Nouvelle personne", "user-add-line")

    def columns(self) -> Sequence[RowColumn[KnownPerson]]:
        return columns(self.desk.today)

    def told(self, row: KnownPerson) -> str:
        return f"{row.name}, {row.line.state.label}"

    def read(self, session: Session) -> tuple[KnownPerson, ...]:
        return usecases.people.everyone(session)

    def counted(self, rows: tuple[KnownPerson, ...]) -> Sequence[Counter]:
        return counters(rows)

    def kept(
        self, rows: tuple[KnownPerson, ...], chosen: Hashable, typed: str
    ) -> Sequence[KnownPerson]:
        return sought(rows, typed, chosen if isinstance(chosen, PersonState) else None)

    def open_row(self, row_id: UUID) -> None:
        self._open_person(row_id, write=False)

    def say_empty(self, empty: Empty) -> None:
        empty.say(
            "user-add-line",
            "Personne pour le moment",
            "Ajoutez la première personne rencontrée, ou importez votre tableau de suivi.",
            [*self.act("new-person"), *self.act("import")],
        )

    def fill_menu(self, menu: QMenu, row_id: UUID) -> None:
        super().fill_menu(menu, row_id)
        menu.addAction(
            theme.icon("edit-line"), "Noter", lambda: self._open_person(row_id, write=True)
        )
        menu.addAction(self.desk.actions.get("people.enter"))

    def enter_group(self) -> None:
        """Have those selected enter a group, chosen in a menu."""
        people = self.table.selected()
        if not people:
            self.desk.tell("Choisissez d’abord une personne.")
            return
        place = self.table.visualRect(self.table.currentIndex()).bottomLeft()
        choose_group(self.desk, self, people, self.table.viewport().mapToGlobal(place))

    def _make_acts(self) -> None:
        super()._make_acts()
        self.desk.actions.add(
            "people.enter",
            "Entrer dans un groupe…",
            "Ctrl+Shift+E",
            self.enter_group,
            menu="Édition",
            owner=self,
        )

    def _open_person(self, person_id: UUID, *, write: bool) -> None:
        order = tuple(person.id for person in self.model.rows())
        self.desk.go("person", PersonTarget(person_id, order, write=write, origin=self.name))
