"""The base of the pages that are a list: counters that filter, a field that finds, a table."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.targets import RowTarget
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.pages.list_acts import ListActs
from connexion_desktop.ui.pages.list_frame import ListFrame
from connexion_desktop.ui.widgets.counters import Counter, Counters
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.rows_table import (
    Identified,
    RowColumn,
    RowsModel,
    RowsTable,
    in_order,
)
from connexion_desktop.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from datetime import date

    from connexion_desktop.system.settings import Settings
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.widgets.empty import Empty
    from connexion_desktop.usecases import Session

Row = TypeVar("Row", bound=Identified)


class Found(NamedTuple, Generic[Row]):
    """The rows read on a day, in their order, their counters, what `kept` looks through."""

    rows: tuple[Row, ...]
    counters: Sequence[Counter]
    arranged: Any
    on: date


class ListPage(Page, Generic[Row]):
    """A page whose rows are read whole, then filtered and found as one types.

    `nouns` is what one row, and several, are called; `search_words` stands in the field that finds;
    `new_act` is the act that makes one more, with its words. `settings` remembers the columns.
    """

    nouns: ClassVar[tuple[str, str]] = ("ligne", "lignes")
    search_words: ClassVar[str] = "Chercher…"
    new_act: ClassVar[tuple[str, str, str]] = ("", "", "")
    """The id of the act, its words and its icon."""

    about_people: ClassVar[bool] = False
    """Whether the rows are people, whom not everybody sees."""

    record_kind: ClassVar[str] = ""
    """What kind of record a row is: its history is shown."""

    first_sorting: ClassVar[tuple[int, bool]] = (0, False)
    """The column that sorts at first, and whether backwards."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk)
        self._settings = settings
        self._rows: tuple[Row, ...] = ()
        self._filter: Hashable = self.everything
        self._sorting = self.first_sorting
        self._wanted: UUID | None = None
        self._read_on: date | None = None
        self.model = RowsModel(self.columns(), self.told)
        self._recall_sorting()
        self._build()
        self._make_acts()

    # What each list says of itself

    everything: ClassVar[Hashable] = None
    """The filter that keeps every row."""

    def columns(self) -> Sequence[RowColumn[Row]]:
        """What is told of each row."""
        raise NotImplementedError

    def told(self, row: Row) -> str:
        """What a screen reader says of a row."""
        raise NotImplementedError

    def read(self, session: Session) -> tuple[Row, ...]:
        """Every row, in its natural order; on a lane."""
        raise NotImplementedError

    def counted(self, rows: tuple[Row, ...]) -> Sequence[Counter]:
        """The counters, the first of which keeps everything; on a lane."""
        raise NotImplementedError

    is_whole = True
    """Whether every row is there: of a very long list, the first ones are while it is read."""

    def arranged(self, rows: tuple[Row, ...]) -> Any:
        """What `kept` looks through where there may be many rows; made on a lane."""

    def take_arranged(self, arranged: Any) -> None:
        """Look through that from now on."""

    def kept(self, rows: tuple[Row, ...], chosen: Hashable, typed: str) -> Sequence[Row]:
        """The rows that a counter keeps and that are meant by what is typed."""
        raise NotImplementedError

    def open_row(self, row_id: UUID) -> None:
        """Show what a row is about."""
        raise NotImplementedError

    def row(self, row_id: UUID | None) -> Row | None:
        """The row shown of that id."""
        return next((each for each in self.model.rows() if each.id == row_id), None)

    def current_row(self) -> Row | None:
        """The row that the keyboard is on."""
        return self.row(self.table.current())

    def say_empty(self, empty: Empty) -> None:
        """Say what to do first, where there is no row at all."""
        raise NotImplementedError

    def fill_menu(self, menu: QMenu, row_id: UUID) -> None:
        """Put the acts on a row in its context menu."""
        menu.setDefaultAction(menu.addAction("Ouvrir", lambda: self.open_row(row_id)))

    # What they have in common

    def _build(self) -> None:
        self.counters = Counters(f"Filtrer : {self.title}")
        self.counters.picked.connect(self._keep)
        self.search = SearchField(self.search_words)
        self.search.setToolTip("Chercher (Ctrl+F)")
        self.table = RowsTable(self.model, self.title)
        self.search.textChanged.connect(self._seek)
        self.search.returnPressed.connect(self.table.open_current)
        act, words, icon = self.new_act
        self.new = button(words, icon=icon)
        self.new.clicked.connect(lambda: self.desk.actions.get(act).trigger())
        self._prepare_table()
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.stack.addWidget(self.table)
        self.frame = ListFrame(self.counters, self.search, self.new, self.stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self.follow_rights()

    def follow_rights(self) -> None:
        """Offer one more row to who may make it."""
        self.new.setVisible(not self.about_people or self.desk.sees_people)

    def _prepare_table(self) -> None:
        kept = f"{self.name}.columns"
        if columns := self._settings.text(kept):
            self.table.put_columns(columns)
        self.table.columns_changed.connect(lambda: self._settings.put(kept, self.table.columns()))
        self.table.opened.connect(self.open_row)
        self.table.menu_wanted.connect(self._show_menu)
        self.table.escaped.connect(self.show_everything)
        self.table.typed.connect(self._begin_search)
        self.table.sorted.connect(self._sort)
        self.table.show_sorting(self._sorting[0], descending=self._sorting[1])

    def _recall_sorting(self) -> None:
        """Sort as it was left; what was remembered of other columns is ignored."""
        column, _, descending = self._settings.text(f"{self.name}.sorting").partition(":")
        if column.isdecimal() and int(column) < len(self.model.columns):
            self._sorting = (int(column), descending == "1")

    def _make_acts(self) -> None:
        self.desk.actions.add(
            f"{self.name}.search",
            f"Chercher : {self.title.lower()}",
            "Ctrl+F",
            self.search.setFocus,
            menu="Édition",
            owner=self,
        )
        self.acts = ListActs(self)
        self._everything = QAction("Tout voir", self)
        self._everything.triggered.connect(self.show_everything)

    @cached_property
    def empty(self) -> Empty:
        """What is said when there is nothing to show."""
        from connexion_desktop.ui.widgets.empty import Empty

        empty = Empty()
        self.stack.addWidget(empty)
        return empty

    def open(self, target: object) -> None:
        """Show the rows as they were left; the one of that id gets the keyboard. A row that is
        sought is shown whatever was kept. What has changed since they were read is told by the
        window (`Page.shows`), but not that the day is another one."""
        if isinstance(target, RowTarget):
            self.show_everything()
            target = target.id
        if isinstance(target, UUID):
            self._wanted = target
        if self._wanted is not None or self._read_on != self.desk.today():
            self.refresh()
        if not self.search.hasFocus():
            self.table.setFocus()

    def refresh(self) -> None:
        """Read the rows again, sort and count them, off the window's thread: there may be many."""
        column, descending = self._sorting
        by = self.model.columns[column]
        today = self.desk.today()

        def arrange(rows: tuple[Row, ...]) -> Found[Row]:
            rows = in_order(rows, by, descending=descending)
            return Found(rows, self.counted(rows), self.arranged(rows), today)

        self.fetch(arrange)

    def fetch(self, arrange: Callable[[tuple[Row, ...]], Found[Row]]) -> None:
        """Read every row on a lane, arrange them there, then have them shown."""
        self.desk.jobs.read(
            self, lambda session: arrange(self.read(session)), self.take, key="rows"
        )

    def take(self, found: Found[Row]) -> None:
        """Show these rows."""
        self._rows, counters, arranged, self._read_on = found
        self.take_arranged(arranged)
        if self._filter not in {counter.filter for counter in counters}:
            self._filter = self.everything
        self.counters.show_counters(counters, self._filter)
        self.frame.fit()
        self.frame.head.setVisible(bool(self._rows))
        self._find(anew=False)

    def _find(self, *, anew: bool) -> None:
        current, selected = self._wanted or self.table.current(), set(self.table.selected())
        self._wanted = None
        found = self.kept(self._rows, self._filter, self.search.text())
        self.model.show_rows(found)
        self.table.put_current(current, anew=anew)
        self.table.put_selected(selected)
        self._choose_place()
        self.summary_changed.emit(self._summary(len(found)))

    def _seek(self, typed: str) -> None:
        """The first row found is the one that Enter opens."""
        if typed:
            self.table.clear_current()
        self._find(anew=True)

    def _summary(self, shown: int) -> str:
        count = len(self._rows)
        told = f"{count} {self.nouns[count > 1]}"
        return told if shown == count else f"{shown} sur {told}"

    def _choose_place(self) -> None:
        if self.model.rows():
            self.stack.setCurrentWidget(self.table)
            return
        if not self.is_whole:
            self.empty.say("search-line", "Lecture en cours…", "La suite de la liste arrive.", [])
        elif self._rows:
            self.empty.say(
                "search-line",
                "Rien ne correspond",
                "Cherchez par le début d’un mot, quelques chiffres, ou voyez tout.",
                [self._everything],
            )
        else:
            self._say_nothing()
        self.stack.setCurrentWidget(self.empty)

    def _say_nothing(self) -> None:
        if self.about_people and not self.desk.sees_people:
            from connexion_desktop.ui.figures_only import say_figures_only

            say_figures_only(self.desk, self.empty)
        else:
            self.say_empty(self.empty)

    def show_everything(self) -> None:
        """Keep every row again."""
        self._filter = self.everything
        self.counters.choose(self.everything)
        if self.search.text():
            self.search.clear()
        else:
            self._find(anew=True)
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the field to the list."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Escape) and self.search.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def _keep(self, chosen: Hashable) -> None:
        self._filter = chosen
        self._find(anew=True)

    def _begin_search(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(text)

    def _sort(self, column: int, descending: bool) -> None:
        self._sorting = (column, descending)
        self._settings.put(f"{self.name}.sorting", f"{column}:{int(descending)}")
        self.refresh()

    def _show_menu(self, row_id: UUID, point: QPoint) -> None:
        menu = self.menu_for(row_id)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    def menu_for(self, row_id: UUID) -> QMenu:
        """The acts on a row, for the context menu."""
        menu = QMenu(self)
        self.fill_menu(menu, row_id)
        menu.addSeparator()
        self.acts.fill_menu(menu, row_id)
        return menu

    def print_shown(self) -> None:
        """Print what is in sight (Ctrl+P): the list."""
        self.acts.print_list()

    def about_rows(self) -> str:
        """« En parcours · « diallo » · 12 sur 240 · par nom »: what is shown of the list."""
        kept = self.counters.chip(self._filter).word() if self._filter != self.everything else ""
        typed = self.search.text().strip()
        column, descending = self._sorting
        parts = (
            kept,
            f"« {typed} »" if typed else "",
            self._summary(len(self.model.rows())),
            f"par {self.model.columns[column].title.lower()}{', à l’envers' * descending}",
        )
        return " · ".join(part for part in parts if part)

    def record(self) -> RecordRef | None:
        row_id = self.table.current()
        if row_id is None or not self.record_kind:
            return None
        return RecordRef(self.record_kind, row_id)

    def act(self, known: str) -> list[QAction]:
        """An act of the window by its id, if it exists here."""
        found = self.desk.actions.find(known)
        return [found] if found is not None else []
