"""How are my twelve? The page of a group, as cards or as a table."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.board import BoardQuery, CardFilter, CardOrder, GroupBoard
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.ui import theme
from connexion_desktop.ui.last_group import LastGroup
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.pages.group.card_view import CardView
from connexion_desktop.ui.pages.group.lists import GroupLists
from connexion_desktop.ui.pages.group.model import BoardModel, Sorting
from connexion_desktop.ui.pages.group.nobody import say_nobody
from connexion_desktop.ui.pages.group.person_menu import person_menu
from connexion_desktop.ui.pages.group.snapshot import board_to_json
from connexion_desktop.ui.pages.group.toolbar import Toolbar
from connexion_desktop.ui.timers import once_after

if TYPE_CHECKING:
    from connexion_desktop.system.settings import Settings
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.pages.group.table_view import TableView
    from connexion_desktop.ui.widgets.empty import Empty

SNAPSHOT = "group"
"""The name under which the page's rows are kept for the next start."""

_BREATH = 150
"""Between the group shown and who has a draft waiting, in ms: the cards are painted by then."""

_PICTURES = 8  # a closing, the week after it, a Monday included
_TABLE, _ORDER, _COLUMNS = "group.table", "group.order", "group.columns"


class GroupPage(Page):
    """See the module. `settings` remembers the view, the order, the columns and the group."""

    name = "group"
    title = "Groupe"
    icon = "group-line"
    can_note = True
    shows = frozenset(
        {
            "action",
            "attendance",
            "closure",
            "cohort",
            "data_flag",
            "document",
            "equipment",
            "family_choice",
            "interview",
            "journey",
            "journey_exit",
            "loan",
            "meeting",
            "meeting_participant",
            "milestone",
            "note",
            "obstacle_level",
            "organisation",
            "person",
            "person_contact",
            "person_residence",
            "placement",
            "project_choice",
            "reference_item",
            "setting",
            "site",
            "staff",
            "trade_family",
            "visit",
            "visit_place",
        }
    )

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk)
        self._settings = settings
        self._last = LastGroup(settings)
        self._cohort_id = self._last.get()
        self.model = BoardModel()
        self.toolbar = Toolbar()
        self.cards = CardView(self.model)
        self._build()
        self.lists = GroupLists(self)
        self._make_acts()
        self._drafts = once_after(_BREATH, self._read_drafts, self)
        self._listen()
        self._recall()

    def _build(self) -> None:
        self.stack = QStackedWidget()
        self._waiting = QWidget()
        self.stack.addWidget(self._waiting)
        self.stack.addWidget(self.cards)
        column = QVBoxLayout(self)
        half = theme.GAP // 2
        spare = 1  # the view is a pixel wider than its cells: see grid_for
        column.setContentsMargins(theme.MARGIN - half, theme.GAP, theme.MARGIN - half - spare, half)
        column.setSpacing(half)
        holder = QWidget()
        row = QVBoxLayout(holder)
        row.setContentsMargins(half, 0, half + spare, 0)
        row.addWidget(self.toolbar)
        column.addWidget(holder)
        column.addWidget(self.stack, 1)
        self.toolbar.hide()

    @cached_property
    def table(self) -> TableView:
        """The table, made when it is first wanted: the start paints the cards."""
        from connexion_desktop.ui.pages.group.table_view import TableView

        table = TableView(self.model)
        if columns := self._settings.text(_COLUMNS):
            table.put_columns(columns)
        table.columns_changed.connect(lambda: self._settings.put(_COLUMNS, table.columns()))
        self._wire(table)
        self._table_place = QWidget()
        half = theme.GAP // 2  # as much as the cards have on their own
        column = QVBoxLayout(self._table_place)
        column.setContentsMargins(half, half, half + 1, half)
        column.addWidget(table)
        self.stack.addWidget(self._table_place)
        return table

    @cached_property
    def empty(self) -> Empty:
        """What is said when there is nobody to show."""
        from connexion_desktop.ui.widgets.empty import Empty

        empty = Empty()
        self.stack.addWidget(empty)
        return empty

    def _make_acts(self) -> None:
        add = self.desk.actions.add
        self.everybody = QAction("Voir tout le groupe", self)
        self.everybody.triggered.connect(lambda: self._keep(CardFilter.ALL))
        add("group.view", "Cartes ou tableau", "Ctrl+T", self.toggle, menu="Affichage", owner=self)
        add("group.edit", "Modifier le groupe…", "", self._edit, menu="Groupe", owner=self)
        for order in CardOrder:
            add(
                f"group.order.{order}",
                f"Trier le groupe par {order.label}",
                "",
                partial(self._sort, order),
                menu="Affichage",
                owner=self,
            )

    def _edit(self) -> None:
        from connexion_desktop.domain.targets import EditGroupTarget

        if self._cohort_id is not None:
            self.desk.go("groups", EditGroupTarget(self._cohort_id))

    def _listen(self) -> None:
        self.toolbar.filtered.connect(self._keep)
        self.toolbar.table_wanted.connect(self._show_as)
        self.toolbar.ordered.connect(self._sort)
        self.model.sorted.connect(self._show_sorting)
        self._wire(self.cards)

    def _wire(self, view: CardView | TableView) -> None:
        view.opened.connect(self.open_person)
        view.menu_wanted.connect(self._show_menu)
        view.escaped.connect(lambda: self._keep(CardFilter.ALL))
        view.copied.connect(self.lists.copy)

    def _recall(self) -> None:
        self.model.order(Sorting.recalled(self._settings.text(_ORDER)))
        self.toolbar.show_view(table=self._settings.flag(_TABLE))

    # What is shown

    def open(self, target: object) -> None:
        """Show a group by its id; the last one shown, here or on another page, without."""
        wanted = target if isinstance(target, UUID) else self._last.get()
        if wanted is not None and wanted != self._cohort_id:
            self._cohort_id = wanted
            self.model.keep(CardFilter.ALL)
        self.refresh()
        self.desk.jobs.after_writes(self, self._drafts.start)
        self._focus()

    def refresh(self) -> None:
        """Read the group again."""
        query = self.query()
        self.desk.jobs.read(
            self,
            lambda session: usecases.group_board.load(session, query),
            self.show_board,
            key="board",
        )

    def _read_drafts(self) -> None:
        author = self.desk.author
        self.desk.jobs.read(
            self,
            lambda session: usecases.drafts.people(session, author),
            self.model.show_drafts,
            key="drafts",
        )

    def query(self) -> BoardQuery:
        """What the page shows, as the base is asked for it."""
        return BoardQuery(self._cohort_id, self.desk.today())

    @property
    def offers_note(self) -> bool:
        """Not in a group that a colleague follows."""
        board = self.model.board
        return super().offers_note and not (board is not None and board.is_reserved)

    def show_board(self, board: GroupBoard) -> None:
        """Show a group's rows: those just read, or those kept since the last time."""
        first = self.model.board is None
        person = self.current_person()
        self.model.show_board(board)
        self.toolbar.counters.show_counters(board.counters(), self.model.filter)
        self.cards.fit()
        self._choose_place()
        self.view().put_current(person)
        if first:
            self._focus()
        self.acts_changed.emit()
        self._tell_window(board)

    def leave_picture(self) -> None:
        """Keep what the page would paint today and in the week to come, if nothing is saved
        meanwhile: the next start, be it on a Monday, paints it before the base is open."""
        query = self.query()
        if self.model.board is None:
            return

        def keep(session: usecases.Session) -> None:
            boards = usecases.group_board.load_days(session, query, _PICTURES)
            days = {board.today: board_to_json(board) for board in boards}
            usecases.snapshots.keep(session, SNAPSHOT, usecases.snapshots.stamp(session), days)

        self.desk.jobs.keep_picture(self, keep)

    def note(self) -> None:
        """Write about whose card has the keyboard."""
        person = self.current_person()
        if person is None:
            self.desk.tell("Choisissez d’abord une personne.")
        else:
            self.open_person(person, write=True)

    def record(self) -> RecordRef | None:
        board = self.model.board
        group = None if board is None else board.cohort
        return None if group is None else RecordRef("group", group.id)

    def current_person(self) -> UUID | None:
        """Whose card, or row, has the keyboard."""
        return self.view().current_person()

    def toggle(self) -> None:
        """From the cards to the table, or back."""
        self.toolbar.show_view(table=not self.toolbar.table.isChecked())

    def _tell_window(self, board: GroupBoard) -> None:
        group = board.cohort
        self.title_changed.emit(group.name if group else self.title)
        self.subtitle_changed.emit(group.subtitle if group else "")
        self.summary_changed.emit(board.summary(len(self.model.cards())))
        self.groups_changed.emit(board.groups)
        if group is not None:
            self._cohort_id = group.id
            self._last.put(group.id)

    def _choose_place(self) -> None:
        board = self.model.board
        if board is None:
            self.stack.setCurrentWidget(self._waiting)
            return
        self.toolbar.setVisible(bool(board.cards))
        if not self.model.cards():
            say_nobody(self, board)
            self.stack.setCurrentWidget(self.empty)
        else:
            table = self.view() is not self.cards
            self.stack.setCurrentWidget(self._table_place if table else self.cards)

    def view(self) -> CardView | TableView:
        """What shows the people now."""
        return self.table if self.toolbar.table.isChecked() else self.cards

    def _focus(self) -> None:
        if self.model.cards():
            self.view().setFocus()

    # What the user asks

    def _keep(self, kept: CardFilter) -> None:
        board = self.model.board
        if board is None:
            return
        person = self.current_person()
        self.model.keep(kept)
        self.toolbar.counters.show_counters(board.counters(), kept)
        self.summary_changed.emit(board.summary(len(self.model.cards())))
        self._choose_place()
        self.view().put_current(person)

    def _show_as(self, table: bool) -> None:
        left = self.cards if table else self.table
        person = left.current_person()
        self._settings.put(_TABLE, table)
        self._choose_place()
        self.view().put_current(person)
        self._focus()

    def _sort(self, order: CardOrder) -> None:
        self.model.order(Sorting(order))

    def _show_sorting(self) -> None:
        sorting = self.model.sorting
        self.toolbar.show_sorting(sorting)
        self._settings.put(_ORDER, sorting.kept)

    def open_person(self, person_id: UUID, *, write: bool = False) -> None:
        """Show her page, among those shown here; with the cursor where one writes if `write`."""
        from connexion_desktop.domain.targets import PersonTarget

        order = tuple(card.person_id for card in self.model.cards())
        self.desk.go("person", PersonTarget(person_id, order, write=write))

    def _show_menu(self, person_id: UUID, point: QPoint) -> None:
        menu = self.menu_for(person_id)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    def menu_for(self, person_id: UUID) -> QMenu:
        """The acts on a person, for the context menu."""
        return person_menu(self, person_id)
