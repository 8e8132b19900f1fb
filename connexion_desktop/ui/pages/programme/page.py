"""What happens when? The programme of a group: its weeks, its whole cycle, one séance at a time."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.calendar_fr import monday_of
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.domain.programme import Programme
from connexion_desktop.domain.programme_week import week_shown
from connexion_desktop.domain.targets import MeetingTarget, PresencesTarget, RowTarget
from connexion_desktop.ui.last_group import LastGroup
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.pages.programme.acts import MeetingActs
from connexion_desktop.ui.pages.programme.beside import Beside
from connexion_desktop.ui.pages.programme.cycle_pane import CyclePane
from connexion_desktop.ui.pages.programme.frame import Front, ProgrammeFrame
from connexion_desktop.ui.pages.programme.lists import CycleLists
from connexion_desktop.ui.pages.programme.nothing import RESERVED, say_nothing
from connexion_desktop.ui.pages.programme.pane import Pane
from connexion_desktop.ui.pages.programme.papers import ProgrammePapers
from connexion_desktop.ui.pages.programme.strips import Strips
from connexion_desktop.ui.pages.programme.tabs import PRESENCES, TABS, WEEK
from connexion_desktop.ui.pages.programme.week_pane import WeekPane
from connexion_desktop.ui.widgets.labels import button

if TYPE_CHECKING:
    from connexion_desktop.system.settings import Settings
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.widgets.empty import Empty

_TAB = "programme.tab"
_NAMES = tuple(words for words, *_ in TABS)


class ProgrammePage(Page):
    """See the module. `settings` remembers the group, the tab and the columns of the list."""

    name = "programme"
    title = "Programme"
    icon = "calendar-2-line"
    makes = "nouvelle séance"
    keeps_group = True
    shows = frozenset(
        {
            "absence_reason",
            "attendance",
            "attendance_sheet",
            "closure",
            "cohort",
            "cohort_activity",
            "consent",
            "journey",
            "meeting",
            "meeting_participant",
            "organisation",
            "person",
            "programme_template",
            "reference_item",
            "setting",
            "site",
            "staff",
        }
    )

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk)
        self._settings = settings
        self._last = LastGroup(settings)
        self._cohort_id: UUID | None = None
        self._wanted: UUID | None = None
        self._shown: tuple[UUID, date | None] | None = None
        self._panes: dict[int, Pane] = {}
        self.programme: Programme | None = None
        self.day: date | None = None
        """A day of the week in sight; None for the one that is right today."""
        self.week = WeekPane(self)
        self.cycle = CyclePane(self, settings)
        self._build()
        self._make_acts()
        self._listen()

    def _build(self) -> None:
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Ce qui est montré du programme")
        for place, (words, tip, _) in enumerate(TABS):
            self.tabs.addTab(words)
            self.tabs.setTabToolTip(place, tip)
        self.new_button = button("Nouvelle séance", icon="add-line", tip="Nouvelle séance (Ctrl+N)")
        self.draw_button = button(
            "Établir le programme…", icon="calendar-check-line", tip="Établir le programme (Ctrl+E)"
        )
        self.stack = Front()
        self._waiting = QWidget()
        self.stack.addWidget(self._waiting)
        self.frame = ProgrammeFrame(self.tabs, (self.new_button, self.draw_button), self.stack)
        self.frame.head.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        kept = self._settings.text(_TAB)
        if kept in _NAMES:
            self.tabs.setCurrentIndex(_NAMES.index(kept))

    def _make_acts(self) -> None:
        add = self.desk.actions.add
        self.strips = Strips(self)
        self.new_button.clicked.connect(self.strips.new_act.trigger)
        self.draw_button.clicked.connect(self.strips.draw_act.trigger)
        for name, title, keys, act in (
            ("tab", "Onglet suivant du programme", "Ctrl+T", self._turn),
            ("before", "Semaine précédente", "Alt+PgUp", lambda: self.pane.step(-1)),
            ("after", "Semaine suivante", "Alt+PgDown", lambda: self.pane.step(1)),
            ("today", "Semaine d’aujourd’hui", "Alt+Home", self.go_to_today),
        ):
            add(f"programme.{name}", title, keys, act, menu="Affichage", owner=self)
        self.acts = MeetingActs(self)
        self.beside = Beside(self)
        self.lists = CycleLists(self)
        self.papers = ProgrammePapers(self)

    def _listen(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        self.week.wanted.connect(self.go_to)
        grid, table = self.week.grid, self.cycle.table
        grid.dropped.connect(self.acts.drop)
        grid.chosen.connect(self.beside.follow)
        self.cycle.chosen.connect(self.beside.follow)
        for view in (grid, table):
            view.opened.connect(self.open_meeting)
            view.menu_wanted.connect(self.acts.show_menu)
        table.escaped.connect(self.beside.close)

    @cached_property
    def empty(self) -> Empty:
        """What is said when there is nothing to show."""
        from connexion_desktop.ui.widgets.empty import Empty

        empty = Empty()
        self.stack.addWidget(empty)
        return empty

    # What is shown

    def open(self, target: object) -> None:
        """Show a group by its id, its presences (`PresencesTarget`), or a séance (`MeetingTarget`,
        or `RowTarget` where it is one of the group shown last); that group without."""
        cohort_id = target if isinstance(target, UUID) else self._last.get()
        if isinstance(target, MeetingTarget | PresencesTarget):
            cohort_id = target.cohort_id
        if cohort_id != self._cohort_id:
            self.beside.close()
            self._cohort_id, self.day = cohort_id, None
        if isinstance(target, MeetingTarget | RowTarget):
            self._wanted = target.id
        self.refresh()
        if isinstance(target, PresencesTarget):
            self.show_presences(target.day)
        else:
            self.pane.take_focus()

    def refresh(self) -> None:
        """Read the programme again."""
        query = BoardQuery(self._cohort_id, self.desk.today())
        self.desk.jobs.read(
            self,
            lambda session: usecases.programme.load(session, query),
            self.show_programme,
            key="programme",
        )

    def show_programme(self, programme: Programme) -> None:
        """Show a programme just read. What one reads or types does not move."""
        self.programme = programme
        group = programme.cohort
        self.title_changed.emit(group.name if group else self.title)
        self.subtitle_changed.emit(group.subtitle if group else "")
        self.summary_changed.emit(programme.told)
        self.groups_changed.emit(programme.groups)
        if group is not None:
            self._cohort_id = group.id
            self._last.put(group.id)
        self.show_again()
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.open_meeting(wanted)

    def show_again(self) -> None:
        """Show what is known, again."""
        programme = self.programme
        if programme is None:
            return
        group = programme.cohort
        self.frame.head.setVisible(group is not None)
        for each in (self.new_button, self.draw_button):
            each.setVisible(group is not None and not group.is_closed_to_me)
        if group is None or (not programme.meetings and self._walks_meetings):
            had_keyboard = self.is_walked()
            say_nothing(self.desk, self.empty, programme)
            self.stack.setCurrentWidget(self.empty)
            if had_keyboard:
                self.stack.take_focus()
        else:
            self._show_pane(group.id)
        self.strips.follow(programme)
        self.beside.refresh()

    def _show_pane(self, cohort_id: UUID) -> None:
        pane, wanted = self.pane, (cohort_id, self.day)
        if self._shown == wanted and self.stack.currentWidget() is pane:
            pane.refresh()
        else:
            self._shown = wanted
            pane.show_group(cohort_id, self.day)
        self.stack.put(pane)

    @property
    def pane(self) -> Pane:
        """What the tab chosen shows."""
        place = self.tabs.currentIndex()
        if place not in self._panes:
            self._panes[place] = made = TABS[place][2](self)
            self.stack.addWidget(made)
        return self._panes[place]

    @property
    def _walks_meetings(self) -> bool:
        """Whether the tab chosen shows séances: one of them may be open beside."""
        return self.pane in (self.week, self.cycle)

    def flush(self) -> None:
        for pane in self._panes.values():
            pane.flush()
        self.beside.flush()
        self.strips.flush()

    def record(self) -> RecordRef | None:
        meeting = self.meeting()
        if meeting is not None:
            return RecordRef("meeting", meeting.id)
        group = self.programme.cohort if self.programme is not None else None
        whole = RecordRef("group", group.id) if group is not None else None
        return self.pane.record() or whole

    def meeting(self) -> MeetingRow | None:
        """The séance that is open beside, else the one that has the keyboard."""
        if not self._walks_meetings:
            return None
        return self.row(self.beside.shown or self.walked.current())

    @property
    def walked(self) -> WeekPane | CyclePane:
        """What shows séances: the week, or the list."""
        return self.cycle if self.pane is self.cycle else self.week

    def row(self, meeting_id: UUID | None) -> MeetingRow | None:
        """A séance of the programme shown."""
        meetings = self.programme.meetings if self.programme is not None else ()
        return next((each for each in meetings if each.id == meeting_id), None)

    # What the user asks

    def go_to(self, day: date | None) -> None:
        """Show the week of a day; that of today without."""
        self.day = day
        self.show_again()

    def show_presences(self, day: date) -> None:
        """Show the presences of a day."""
        self.day, self._shown = day, None
        self.show_tab(PRESENCES)

    def show_tab(self, words: str) -> None:
        """Show what a tab shows, and give it the keyboard."""
        self.tabs.setCurrentIndex(_NAMES.index(words))
        self.pane.take_focus()

    def go_to_today(self) -> None:
        """Show the week that is right today."""
        self._shown = None
        self.go_to(None)

    def open_meeting(self, meeting_id: UUID) -> None:
        """Show a séance beside the week or the list, and give it the keyboard there."""
        meeting = self.row(meeting_id)
        if meeting is None or not self.is_ours():
            return
        if not self._walks_meetings:
            self.tabs.setCurrentIndex(_NAMES.index(WEEK))
        self.go_with(meeting)
        self.beside.open(meeting)

    def is_ours(self) -> bool:
        """Whether who works here may change the programme; where not, why is told."""
        group = self.programme.cohort if self.programme is not None else None
        if group is not None and group.is_closed_to_me:
            self.desk.tell(RESERVED)
        return group is not None and not group.is_closed_to_me

    def is_walked(self) -> bool:
        """Whether the week or the list has the keyboard."""
        focus = self.window().focusWidget()
        return focus is not None and self.stack.isAncestorOf(focus)

    def go_with(self, meeting: MeetingRow) -> None:
        """Have its week in sight, and the keyboard on it there."""
        programme = self.programme
        if programme is not None and week_shown(programme, self.day) != monday_of(meeting.on):
            self.go_to(meeting.on)
        self.walked.put_current(meeting.id)

    def show_made(self, meeting_id: UUID, day: date) -> None:
        """What was just added is opened once it is read again."""
        self.day, self._wanted = day, meeting_id
        self.refresh()

    def _turn(self) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())
        self.pane.take_focus()

    def _show_tab(self, place: int) -> None:
        self._settings.put(_TAB, _NAMES[place])
        if not self._walks_meetings:
            self.beside.close()
        for pane in self._panes.values():
            if pane is not self.pane:
                pane.leave()
        self.show_again()
        if self.programme is not None and not self.tabs.hasFocus():
            self.stack.take_focus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for pane in self._panes.values():
            pane.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.beside.shown is not None:
            self.beside.close()
        else:
            super().keyPressEvent(event)
