"""Who was that? Everyone ever met, by where they are."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.listing import PersonState
from connexion_desktop.domain.people import (
    KnownPerson,
    PeopleOrder,
    counters,
    in_order,
    sought,
)
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui import theme
from connexion_desktop.ui.entering import choose_group
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.pages.people.columns import ORDERS, columns, told
from connexion_desktop.ui.widgets.counters import Counters
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.rows_table import RowsModel, RowsTable
from connexion_desktop.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from connexion_desktop.system.settings import Settings
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.widgets.empty import Empty

_COLUMNS = "people.columns"
_SEARCH = 230


class PeoplePage(Page):
    """See the module. `settings` remembers the columns."""

    name = "people"
    title = "Personnes"
    icon = "contacts-book-2-line"
    shows = frozenset({"person", "journey", "cohort", "data_flag", "reference_item"})

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk)
        self._settings = settings
        self._people: tuple[KnownPerson, ...] = ()
        self._state: PersonState | None = None
        self._order, self._descending = PeopleOrder.NAME, False
        self._wanted: UUID | None = None
        self.model = RowsModel(columns(desk.today), told)
        self._build()
        self._make_acts()

    def _build(self) -> None:
        self.counters = Counters("Filtrer les personnes")
        self.counters.picked.connect(self._keep)
        self.search = SearchField("Nom, téléphone, groupe…")
        self.search.setToolTip("Chercher une personne (Ctrl+F)")
        self.search.textChanged.connect(lambda _text: self._find())
        self.new = button("Nouvelle personne", icon="user-add-line")
        self.new.setToolTip("Nouvelle personne (Ctrl+Maj+N)")
        self.new.clicked.connect(self._make_somebody)
        self._bar = QWidget()
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(self.counters, 1)
        for widget in (self.search, self.new):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self.table = RowsTable(self.model, self.title)
        if columns := self._settings.text(_COLUMNS):
            self.table.put_columns(columns)
        self.table.columns_changed.connect(
            lambda: self._settings.put(_COLUMNS, self.table.columns())
        )
        self.table.opened.connect(self._open_person)
        self.search.returnPressed.connect(self.table.open_current)
        self.table.menu_wanted.connect(self._show_menu)
        self.table.escaped.connect(self._show_everybody)
        self.table.typed.connect(self._begin_search)
        self.table.sorted.connect(self._sort)
        self._show_sorting()
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.stack.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        column.setSpacing(theme.GAP)
        column.addWidget(self._bar)
        column.addWidget(self.stack, 1)
        self._bar.hide()
        theme.changed.connect(self._fit)
        self._fit()

    def _make_acts(self) -> None:
        self.desk.actions.add(
            "people.search",
            "Chercher une personne",
            "Ctrl+F",
            self.search.setFocus,
            menu="Édition",
            owner=self,
        )
        self.desk.actions.add(
            "people.enter",
            "Entrer dans un groupe…",
            "Ctrl+Shift+E",
            self.enter_group,
            menu="Édition",
            owner=self,
        )
        self._everybody = QAction("Voir tout le monde", self)
        self._everybody.triggered.connect(self._show_everybody)

    @cached_property
    def empty(self) -> Empty:
        """What is said when there is nobody to show."""
        from connexion_desktop.ui.widgets.empty import Empty

        empty = Empty()
        self.stack.addWidget(empty)
        return empty

    def _fit(self) -> None:
        self.search.setFixedWidth(theme.px(_SEARCH))

    # What is shown

    def open(self, target: object) -> None:
        """Show everybody as they were left; a person by their id gets the keyboard."""
        if isinstance(target, UUID):
            self._wanted = target
        self.refresh()
        if not self.search.hasFocus():
            self.table.setFocus()

    def refresh(self) -> None:
        """Read everybody again, and sort them, off the window's thread: there may be many."""
        order, descending = self._order, self._descending

        def read(session: usecases.Session) -> tuple[KnownPerson, ...]:
            return in_order(usecases.people.everyone(session), order, descending=descending)

        self.desk.jobs.read(self, read, self._take, key="people")

    def _take(self, people: tuple[KnownPerson, ...]) -> None:
        self._people = people
        self.counters.show_counters(counters(people), self._state)
        self._bar.setVisible(bool(people))
        self._find()

    def _find(self) -> None:
        current = self._wanted or self.table.current()
        self._wanted = None
        found = sought(self._people, self.search.text(), self._state)
        self.model.show_rows(found)
        self.table.put_current(current)
        self._choose_place()
        everybody = len(self._people)
        words = f"{everybody} personne{'s' * (everybody > 1)}"
        if len(found) != everybody:
            words = f"{len(found)} sur {words}"
        self.summary_changed.emit(words if everybody else "")

    def _choose_place(self) -> None:
        if self.model.rows():
            self.stack.setCurrentWidget(self.table)
            return
        if self._people:
            self.empty.say(
                "user-search-line",
                "Personne ne correspond",
                "Cherchez par le début du nom ou du prénom, le téléphone, la ville ou le groupe.",
                [self._everybody],
            )
        else:
            self.empty.say(
                "user-add-line",
                "Personne pour le moment",
                "Ajoutez la première personne rencontrée, ou importez votre tableau de suivi.",
                [self.desk.actions.get("new-person"), self.desk.actions.get("import")],
            )
        self.stack.setCurrentWidget(self.empty)

    def _show_sorting(self) -> None:
        self.table.show_sorting(ORDERS.index(self._order), descending=self._descending)

    # What the user asks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the field to the list."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Escape) and self.search.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def _keep(self, state: PersonState | None) -> None:
        self._state = state
        self._find()

    def _begin_search(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(text)

    def _sort(self, column: int, descending: bool) -> None:
        self._order, self._descending = ORDERS[column], descending
        self.refresh()

    def _show_everybody(self) -> None:
        self._state = None
        self.counters.choose(None)
        self.search.clear()
        self._find()
        self.table.setFocus()

    def _open_person(self, person_id: UUID, *, write: bool = False) -> None:
        order = tuple(person.id for person in self.model.rows())
        self.desk.go("person", PersonTarget(person_id, order, write=write, origin=self.name))

    def enter_group(self) -> None:
        """Have those selected enter a group, chosen in a menu."""
        people = self.table.selected()
        if not people:
            self.desk.tell("Choisissez d’abord une personne.")
            return
        place = self.table.visualRect(self.table.currentIndex()).bottomLeft()
        choose_group(self.desk, self, people, self.table.viewport().mapToGlobal(place))

    def _make_somebody(self) -> None:
        self.desk.actions.get("new-person").trigger()

    def _show_menu(self, person_id: UUID, point: QPoint) -> None:
        menu = self.menu_for(person_id)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    def menu_for(self, person_id: UUID) -> QMenu:
        """The acts on a person, for the context menu."""
        menu = QMenu(self)
        opening = menu.addAction("Ouvrir", lambda: self._open_person(person_id))
        menu.setDefaultAction(opening)
        menu.addAction(
            theme.icon("edit-line"), "Noter", lambda: self._open_person(person_id, write=True)
        )
        menu.addAction(self.desk.actions.get("people.enter"))
        menu.addSeparator()
        menu.addAction("Copier", QKeySequence(QKeySequence.StandardKey.Copy), self.table.copy)
        return menu
