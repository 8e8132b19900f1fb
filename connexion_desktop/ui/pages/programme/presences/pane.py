"""The presences of a group: the grid, what stands around it, and what is asked there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.presence_grid import PresenceGrid
from connexion_desktop.domain.presence_span import Span, days_of, first_slot
from connexion_desktop.domain.presences import (
    LATE,
    MARK,
    CellKey,
    Correction,
    Slot,
    not_expected,
    sent,
)
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.programme.pane import Pane
from connexion_desktop.ui.pages.programme.presences.acts import PresenceActs
from connexion_desktop.ui.pages.programme.presences.cell_line import CellLine
from connexion_desktop.ui.pages.programme.presences.headers import Counts
from connexion_desktop.ui.pages.programme.presences.marking import Marking
from connexion_desktop.ui.pages.programme.presences.model import PresenceModel
from connexion_desktop.ui.pages.programme.presences.nothing import say_nothing
from connexion_desktop.ui.pages.programme.presences.range_bar import RangeBar
from connexion_desktop.ui.pages.programme.presences.view import PresenceView
from connexion_desktop.ui.widgets.conflict_line import ConflictLine
from connexion_desktop.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from connexion_desktop.ui.page import Page

_UNDO = "Ctrl+Z pour annuler"
_COUNTED_FROM = 360
"""From which height what is counted is shown under the grid, in logical pixels: in a lower window
people have the room, and each half-day still says its count to who points at it."""


class PresencesPane(Pane):
    """See the module. It stands in `page`, which gives it its desk."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.desk = page.desk
        self.span = Span.FORTNIGHT
        self._cohort_id: UUID | None = None
        self._day: date | None = None
        self._is_new = True
        self._wants_keyboard = False
        self.conflict: ConflictLine | None = None
        """What is to be chosen between two people’s marks."""
        self.model = PresenceModel(self)
        self.marking = Marking(self, self.desk, self._show, self._refused)
        self.bar = RangeBar()
        self.view = PresenceView(self.model)
        self.counts = Counts(self.model, self.view)
        self.line = CellLine()
        self.empty = Empty()
        self._build()
        self.acts = PresenceActs(self)
        self._listen()

    def _build(self) -> None:
        self.body = QWidget()
        self._column = QVBoxLayout(self.body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE)
        self._column.addWidget(self.bar)
        grid = QVBoxLayout()
        grid.setSpacing(2)
        grid.addWidget(self.view, 1)
        grid.addWidget(self.counts)
        self._column.addLayout(grid, 1)
        self._column.addWidget(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.body)
        column.addWidget(self.empty)
        self.body.hide()
        self.empty.hide()

    def _listen(self) -> None:
        self.bar.stepped.connect(self.step)
        self.bar.spanned.connect(self.show_span)
        self.bar.everybody.connect(self.everybody)
        self.view.marked.connect(self.mark)
        self.view.everybody.connect(self.everybody)
        self.view.details.connect(self.begin_details)
        self.view.menu_wanted.connect(self.acts.show_menu)
        self.view.paged.connect(self.step)
        self.view.selectionModel().selectionChanged.connect(lambda *_each: self._tell())
        self.line.marked.connect(self._mark_from_line)
        self.line.given.connect(self._give)
        self.line.left.connect(self._back_to_grid)
        theme.changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.counts.setVisible(self.height() >= theme.px(_COUNTED_FROM))

    # What is shown

    def show_group(self, cohort_id: UUID, day: date | None) -> None:
        """Show a group, at the days around one (None: today's)."""
        if cohort_id != self._cohort_id:
            self.flush()
            self.marking.forget()
            self._settle()
            self._show_none()
            self._cohort_id = cohort_id
        self._day, self._is_new = day, True
        self._show_again()
        self.refresh()

    def refresh(self) -> None:
        """Read the presences again."""
        if self._cohort_id is not None:
            self.marking.read(self._cohort_id)

    def flush(self) -> None:
        """Save what is being typed; what is refused is told."""
        if (problem := self.line.flush()) is not None:
            self.desk.fail(problem)

    def record(self) -> RecordRef | None:
        """The presence that has the keyboard, with what else was noted that day."""
        index = self.view.currentIndex()
        key, cell = self.model.key(index), self.model.cell(index)
        if key is None or cell is None or cell.mark is None:
            return None
        return RecordRef("absence", key.journey_id, key.slot.on)

    def take_focus(self) -> None:
        """Put the keyboard on the grid, as soon as it is shown."""
        self._wants_keyboard = self.body.isHidden()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_span(self, span: Span) -> None:
        """Show so many days around the current cell."""
        key = self.model.key(self.view.currentIndex())
        self.span = span
        if key is not None:
            self._day = key.slot.on
        self._show_again()
        self.view.put_current(key)

    def step(self, weeks: int) -> None:
        """Show the days that follow, or that come before: as many as are in sight."""
        if self.marking.grid is not None and self.span is not Span.CYCLE:
            day = self._shown_day(self.marking.grid)
            first, _ = days_of(self.marking.grid, self.span, day)
            self._day, self._is_new = first + weeks * timedelta(weeks=self.span.weeks), True
            self._show_again()

    def _shown_day(self, grid: PresenceGrid) -> date:
        return self._day if self._day is not None else grid.today

    def _show_again(self) -> None:
        if self.marking.grid is not None:
            self._show(self.marking.grid)

    def _show(self, grid: PresenceGrid) -> None:
        if say_nothing(self.desk, self.empty, grid):
            self._show_none()
            self.body.hide()
            self.empty.show()
            return
        first, last = days_of(grid, self.span, self._shown_day(grid))
        shown = grid.between(first, last)
        key = self.model.key(self.view.currentIndex())
        self.model.show(shown)
        self.empty.hide()
        self.body.show()
        days = [each.slot.on for each in shown.columns]
        ends = (days[0], days[-1]) if days else (first, last)
        self.bar.show_range(*ends, self.span, may_mark=grid.may_mark)
        self._put_keyboard(shown, key)
        if self._wants_keyboard:
            self.take_focus()
        self._tell()

    def _show_none(self) -> None:
        """Nobody is in sight, so that nobody is marked."""
        self.model.clear()
        self.line.show_cells(None, (), "")

    def _put_keyboard(self, shown: PresenceGrid, key: CellKey | None) -> None:
        """On the half-day to be marked, at first; where it was, then."""
        if self._is_new or not self.model.index_of(key).isValid():
            self._is_new = False
            self.view.put_slot(first_slot(shown, self._shown_day(shown)))
        elif self.model.index_of(key) != self.view.currentIndex():
            self.view.put_current(key)

    def _tell(self) -> None:
        """Say what the cells chosen hold."""
        keys = self.view.chosen()
        if not self.line.shows(keys):
            self.flush()
        told = f"{len(keys)} demi-journées" if len(keys) > 1 else ""
        self.line.show_cells(
            self.model.grid, keys, told or self.model.told(self.view.currentIndex())
        )

    # What the user asks

    def mark(self, presence: Presence | None, *, goes_on: bool = True) -> None:
        """Mark the cells chosen, or take their marks away; of one, go on to the next person."""
        keys = self._markable(removing=presence is None)
        alone = len(self.view.chosen()) == 1
        done = bool(keys) and self._try(lambda: self.marking.mark(keys, {MARK: presence}))
        if done and alone and presence is not None and goes_on:
            self.view.go_down()
            if presence is Presence.LATE:
                self.view.await_minutes(keys[0])
                self.desk.tell(
                    f"{self._name(keys[0])}, en retard : tapez ses minutes, puis Entrée."
                )

    def everybody(self, *, day: bool = False) -> None:
        """Whoever is expected on the half-days chosen, or that whole day, and has no mark came."""
        slots = self.view.slots()
        if day:
            days = {slot.on for slot in slots}
            slots = tuple(each.slot for each in self.model.columns if each.slot.on in days)
        if self._may_mark() and self._cohort_id is not None and slots:
            cohort_id = self._cohort_id
            self._try(lambda: self._mark_all(cohort_id, slots))

    def _mark_all(self, cohort_id: UUID, slots: Sequence[Slot]) -> None:
        count = self.marking.everybody(cohort_id, slots)
        many = count > 1
        self.desk.tell(
            f"{count} présence{'s' * many} notée{'s' * many} · {_UNDO}"
            if count
            else "Toutes les présences y sont déjà saisies."
        )

    def begin_details(self, digit: str = "") -> None:
        """Say why somebody was away, or how late they came: `digit` begins the minutes."""
        if not self._may_mark() or self.line.begin(digit):
            return
        key = self.model.key(self.view.currentIndex())
        if key is not None and self._cell_is_locked(key):
            self.desk.tell(
                f"La présence de {self._name(key)} a été envoyée. Pour la changer : « Corriger une"
                " présence envoyée… » (menu Programme, ou clic droit)."
            )
        else:
            self.desk.tell("Rien à préciser ici : ni absence, ni retard (R, puis ses minutes).")

    def reopen(self, why: Correction) -> None:
        """Let the presences chosen, which were sent, be corrected."""
        keys = [key for key in self.view.chosen() if self._cell_is_locked(key)]
        if keys:
            self.marking.reopen(keys, why)
        else:
            self.desk.tell("Aucune des présences choisies n’a été envoyée.")

    def point(self) -> QPoint:
        """Where the current cell is on the screen."""
        box = self.view.visualRect(self.view.currentIndex())
        return self.view.viewport().mapToGlobal(box.bottomLeft())

    def _markable(self, *, removing: bool) -> list[CellKey]:
        """The cells chosen that may be marked; what stands in the way is told."""
        grid = self.model.grid
        chosen = self.view.chosen()
        if not self._may_mark() or grid is None or not chosen:
            return []
        reserved = grid.reserved.intersection(key.journey_id for key in chosen)
        if reserved:
            named = next(each for each in grid.guests if each.journey_id in reserved)
            self.desk.tell(f"{named.name} : {grid.reserved_told(named)}.")
        chosen = [key for key in chosen if key.journey_id not in reserved]
        if not chosen:
            return []
        if any(self._cell_is_locked(key) for key in chosen):
            locked = next(key for key in chosen if self._cell_is_locked(key))
            self.desk.fail(sent(self._name(locked), locked.slot))
            return []
        cells = {key: grid.cell(key.journey_id, key.slot) for key in chosen}
        found = [key for key, cell in cells.items() if cell.mark or (cell.is_open and not removing)]
        if not found and not removing:
            self.desk.fail(not_expected(self._name(chosen[0]), chosen[0].slot))
        return found

    def _may_mark(self) -> bool:
        grid = self.model.grid
        if grid is None:
            self.desk.tell("Il n’y a rien à noter ici pour le moment.")
        elif not grid.may_mark:
            self.desk.tell("Les présences de ce groupe se lisent ici ; son conseiller les note.")
        return grid is not None and grid.may_mark

    def _cell_is_locked(self, key: CellKey) -> bool:
        grid = self.model.grid
        return grid is not None and grid.cell(key.journey_id, key.slot).is_locked

    def _name(self, key: CellKey) -> str:
        return next(each.name for each in self.model.people if each.journey_id == key.journey_id)

    def _mark_from_line(self, presence: Presence | None) -> None:
        self.mark(presence, goes_on=False)

    def _give(self, keys: Sequence[CellKey], values: dict[str, Any]) -> None:
        """What is refused of minutes is told where they are typed."""
        try:
            self.marking.mark(keys, values)
        except UserError as problem:
            if LATE in values:
                self.line.refuse(problem)
            else:
                self.desk.fail(problem)

    def _back_to_grid(self, goes_on: bool) -> None:
        self.take_focus()
        if goes_on:
            self.view.go_down()

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except UserError as problem:
            self.desk.fail(problem)
            return False
        return True

    def _refused(self, problem: UserError, again: Callable[[], object]) -> None:
        """A save was refused: what a colleague marked meanwhile is in the grid, and is chosen."""
        self.refresh()
        if not isinstance(problem, ConflictError):
            self.desk.fail(problem)
            return
        self._settle()
        self.conflict = ConflictLine(
            f"{problem.what} Elle est dans la grille.",
            "présence",
            lambda: self._impose(again),
            self._settle,
        )
        self.conflict.stand(self._column, self._column.indexOf(self.line))

    def _impose(self, again: Callable[[], object]) -> None:
        self._settle()
        self._try(again)

    def _settle(self) -> None:
        if self.conflict is not None:
            self.conflict.leave()
            self.conflict = None
            self.take_focus()
