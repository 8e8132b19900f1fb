"""Who was that? Everyone ever met, by where they are."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from connexion_desktop import usecases
from connexion_desktop.domain.listing import PersonState
from connexion_desktop.domain.people import (
    ON_THE_WAY,
    Beginning,
    Everyone,
    KnownPerson,
    MoveOn,
    counters,
    counters_of,
)
from connexion_desktop.domain.targets import MergeTarget, PersonTarget
from connexion_desktop.ui import theme
from connexion_desktop.ui.entering import choose_group
from connexion_desktop.ui.pages.list_page import Found, ListPage
from connexion_desktop.ui.pages.people.columns import columns
from connexion_desktop.ui.pages.people.written_twice import WrittenTwice
from connexion_desktop.ui.widgets.counters import Counter
from connexion_desktop.ui.widgets.rows_table import RowColumn
from connexion_desktop.ui.widgets.tips import menu_text

if TYPE_CHECKING:
    from connexion_desktop.domain.progress import Progress
    from connexion_desktop.system.settings import Settings
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.tickets import Job
    from connexion_desktop.ui.widgets.empty import Empty
    from connexion_desktop.usecases import Session


class PeoplePage(ListPage[KnownPerson]):
    """See the module."""

    name = "people"
    title = "Personnes"
    icon = "contacts-book-2-line"
    shows = frozenset({"person", "journey", "cohort", "data_flag", "reference_item"})
    can_note = True
    about_people = True
    nouns = ("personne", "personnes")
    search_words = "Nom, téléphone, groupe…"
    record_kind = "person"
    new_act = ("new-person", "Nouvelle personne", "user-add-line")
    long_from = 5_000
    """From how many people on the first ones are shown while all are read."""

    first_rows = 200
    _refusals: tuple[tuple[str, str], ...] = ()
    _everyone = Everyone()

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk, settings)
        self._reading: Job | None = None
        self._total = 0
        self.twice = WrittenTwice(desk, self)
        self.frame.add_below(self.twice)

    def columns(self) -> Sequence[RowColumn[KnownPerson]]:
        return columns(self.desk.today)

    def told(self, row: KnownPerson) -> str:
        return f"{row.name}, {row.line.state.label}"

    def read(self, session: Session) -> tuple[KnownPerson, ...]:
        return usecases.people.everyone(session, self.desk.author, self.desk.today())

    def fetch(self, arrange: Callable[[tuple[KnownPerson, ...]], Found[KnownPerson]]) -> None:
        """A very long list is read aside, so that no other page waits; the first ones are shown
        meanwhile, unless the former ones are there."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        if len(self._rows) >= self.long_from or not self.is_whole:
            self._read_aside(arrange)
            return
        author, today, long, first = (
            self.desk.author, self.desk.today(), self.long_from, self.first_rows,
        )  # fmt: skip

        def begin(session: Session) -> Beginning | Found[KnownPerson]:
            beginning = usecases.people.beginning(session, author, today, long, first)
            return beginning or arrange(self.read(session))

        self.desk.jobs.read(self, begin, partial(self._begin, arrange), key="rows")

    def _begin(
        self,
        arrange: Callable[[tuple[KnownPerson, ...]], Found[KnownPerson]],
        found: Beginning | Found[KnownPerson],
    ) -> None:
        if not isinstance(found, Beginning):
            self.take(found)
            return
        self.is_whole, self._total = False, found.total
        rows = found.people if self._sorting == self.first_sorting else ()
        shown = Found(rows, counters_of(found.states), Everyone(rows), self.desk.today())
        super().take(shown)
        self._read_aside(arrange)

    def _read_aside(self, arrange: Callable[[tuple[KnownPerson, ...]], Found[KnownPerson]]) -> None:
        author, today = self.desk.author, self.desk.today()

        def read(store: Any, progress: Progress) -> Found[KnownPerson]:
            with store.read() as session:
                return arrange(usecases.people.everyone(session, author, today, progress))

        def take(found: Found[KnownPerson]) -> None:
            if self._reading is job:
                self.take(found)

        self._reading = job = self.desk.jobs.maintain(self, read, take)

    def take(self, found: Found[KnownPerson]) -> None:
        self.is_whole = True
        super().take(found)
        self.twice.look()

    def _summary(self, shown: int) -> str:
        if self.is_whole:
            return super()._summary(shown)
        return f"{shown} sur {self._total} personnes, lecture de la suite…"

    def counted(self, rows: tuple[KnownPerson, ...]) -> Sequence[Counter]:
        return counters(rows)

    def arranged(self, rows: tuple[KnownPerson, ...]) -> Everyone:
        return Everyone(rows)

    def take_arranged(self, arranged: Any) -> None:
        self._everyone = arranged

    def kept(
        self, rows: tuple[KnownPerson, ...], chosen: Hashable, typed: str
    ) -> Sequence[KnownPerson]:
        return self._everyone.sought(typed, chosen if isinstance(chosen, PersonState) else None)

    def open_row(self, row_id: UUID) -> None:
        self._open_person(row_id, write=False)

    def note(self) -> None:
        """Write about who has the keyboard."""
        person = self.table.current()
        if person is None:
            self.desk.tell("Choisissez d’abord une personne.")
        else:
            self._open_person(person, write=True)

    def say_empty(self, empty: Empty) -> None:
        empty.say(
            "user-add-line",
            "Personne pour le moment",
            "Ajoutez la première personne rencontrée, ou importez votre tableau de suivi.",
            [*self.act("new-person"), *self.act("import")],
        )

    def fill_menu(self, menu: QMenu, row_id: UUID) -> None:
        super().fill_menu(menu, row_id)
        if self.offers_note:
            menu.addAction(
                theme.icon("edit-line"), "Noter", lambda: self._open_person(row_id, write=True)
            )
        menu.addAction(self.desk.actions.get("people.enter"))
        if len(self.table.selected()) == 2:
            menu.addAction(self.desk.actions.get("people.compare"))
        self._offer_states(menu.addMenu("Où en est-on"))

    def _offer_states(self, where: QMenu) -> None:
        for state in ON_THE_WAY:
            if state is PersonState.REFUSED:
                why = where.addMenu("Sans entrée")
                for code, words in self._refusals:
                    why.addAction(menu_text(words), partial(self.move_on, state, code))
            else:
                where.addAction(state.label.capitalize(), partial(self.move_on, state))

    def _ask_state(self) -> None:
        """Ask in a menu where those selected are on the way in."""
        if not self.table.selected():
            self.desk.tell("Choisissez d’abord une personne.")
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName("Où en est-on")
        self._offer_states(menu)
        place = self.table.visualRect(self.table.currentIndex()).bottomLeft()
        menu.popup(self.table.viewport().mapToGlobal(place))
        menu.setActiveAction(menu.actions()[0])

    def move_on(self, state: PersonState, refusal: str | None = None) -> None:
        """Say where those selected are on the way in, as of today."""
        command = MoveOn(self.table.selected(), state, self.desk.today(), refusal)
        self.desk.jobs.write(
            self,
            lambda session: usecases.people.move_on(session, command),
            lambda moved: self.desk.tell(f"{moved.text} · Ctrl+Z pour annuler"),
            self.desk.fail,
            label=f"Étape : {state.label}",
        )

    def _take_refusals(self, refusals: tuple[tuple[str, str], ...]) -> None:
        self._refusals = refusals

    def open(self, target: object) -> None:
        super().open(target)
        self.desk.jobs.read(
            self,
            lambda session: usecases.people.refusals(session),  # noqa: PLW0108 - imported on the lane
            self._take_refusals,
            key="refusals",
        )

    def compare(self) -> None:
        """Show the two people selected side by side, to make them one."""
        people = self.table.selected()
        if len(people) == 2:
            self.desk.go("merging", MergeTarget(*people, self.name))
        else:
            self.desk.tell("Choisissez deux personnes (Ctrl+clic, ou Maj+flèches) à comparer.")

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
        self.desk.actions.add(
            "people.state",
            "Dire où on en est…",
            "Ctrl+L",
            self._ask_state,
            menu="Édition",
            owner=self,
        )
        self.desk.actions.add(
            "people.compare",
            "Comparer et fusionner deux fiches…",
            "Ctrl+Shift+M",
            self.compare,
            menu="Édition",
            owner=self,
        )

    def _open_person(self, person_id: UUID, *, write: bool) -> None:
        order = tuple(person.id for person in self.model.rows())
        self.desk.go("person", PersonTarget(person_id, order, write=write, origin=self.name))
