"""Who needs me now? The séances of the day and their presences, then what presses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.french_dates import full_day, short_day
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.meetings import MeetingState
from connexion_desktop.domain.targets import MeetingTarget, PersonTarget, PresencesTarget
from connexion_desktop.domain.today import Deed, Today
from connexion_desktop.ui import theme
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.pages.today.model import WAKE, DayModel, Shown
from connexion_desktop.ui.pages.today.nothing import say_nothing
from connexion_desktop.ui.pages.today.view import DayView
from connexion_desktop.ui.widgets.empty import Empty
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from connexion_desktop.ui.desk import Desk

_UNDO = "Ctrl+Z pour annuler"
_PRESENCES = "Présences de la séance"
_SEEN = "Vu, rappeler dans 7 jours"
_CLOSE, _CANCEL = "Clôturer la séance (tenue)", "La séance n’a pas eu lieu"
_CLOSED = {MeetingState.HELD: "Séance tenue", MeetingState.CANCELLED: "Séance annulée"}


class TodayPage(Page):
    """See the module."""

    name = "today"
    title = "Aujourd’hui"
    icon = "sun-line"
    shows = frozenset(
        {
            "attendance",
            "cohort",
            "cohort_access",
            "data_flag",
            "document",
            "equipment",
            "interview",
            "journey",
            "journey_exit",
            "loan",
            "meeting",
            "meeting_participant",
            "note",
            "organisation",
            "person",
            "person_contact",
            "person_residence",
            "placement",
            "setting",
            "snooze",
            "staff",
            "visit",
            "visit_place",
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.day: Today | None = None
        self.model = DayModel()
        self.view = DayView(self.model)
        self._build()
        self._make_acts()
        self.view.entered.connect(self.follow)
        self.view.menu_wanted.connect(self._show_menu)
        self.view.moved.connect(self._offer)
        self._offer()

    def _build(self) -> None:
        self.presences_button = button(
            _PRESENCES, icon="team-line", tip="Les présences de ce jour (P)"
        )
        self.presences_button.clicked.connect(self.open_presences)
        self.close_button = button(
            Deed.CLOSE.label, icon="checkbox-circle-line", tip="La séance a eu lieu (C)"
        )
        self.close_button.clicked.connect(self.close_meeting)
        self.seen_button = button(
            _SEEN, icon="time-line", tip="Remettre cette ligne à plus tard, pour toute l’équipe (V)"
        )
        self.seen_button.clicked.connect(self.put_off)
        self.bar = flow(self.presences_button, self.close_button, self.seen_button)
        panel = Panel()
        panel.setAccessibleName(self.view.accessibleName())
        panel.add(self.view, 1)
        self.empty = Empty()
        self._waiting = QWidget()
        self.stack = QStackedWidget()
        for each in (self._waiting, panel, self.empty):
            self.stack.addWidget(each)
        self._panel = panel
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        column.setSpacing(theme.GAP)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)

    def _make_acts(self) -> None:
        add = self.desk.actions.add
        self.acts = [
            add(f"today.{name}", words, keys, do, menu="Édition", owner=self)
            for name, words, keys, do in (
                ("presences", _PRESENCES, "P", self.open_presences),
                ("close", _CLOSE, "C", self.close_meeting),
                ("cancel", _CANCEL, "", self.cancel_meeting),
                ("seen", _SEEN, "V", self.put_off),
            )
        ]

    # What is shown

    def open(self, target: object) -> None:
        """Read the day again: it may be another one."""
        self.refresh()
        self.view.setFocus()

    def refresh(self) -> None:
        today = self.desk.today()
        self.desk.jobs.read(
            self, lambda session: usecases.today.load(session, today), self.show_day, key="today"
        )

    def show_day(self, day: Today) -> None:
        """Show what was read. The keyboard stays on its line, else on the one that took its
        place."""
        index, kept = self.view.currentIndex(), self.view.current()
        first, self.day = self.day is None, day
        self.model.show_day(day)
        found = self.model.index_of(kept.line.key if kept is not None else None)
        self.view.setCurrentIndex(found if found.isValid() else self.model.nearest(index.row()))
        self._choose_place(day)
        if first:
            self.view.setFocus()
        self._offer()
        self.subtitle_changed.emit(full_day(day.today))
        self.summary_changed.emit(day.told)

    def _choose_place(self, day: Today) -> None:
        something = self.model.rowCount() > 0
        self.bar.setVisible(something)
        for act in self.acts:
            act.setVisible(something)
        if not something:
            say_nothing(self.desk, self.empty, day)
        self.stack.setCurrentWidget(self._panel if something else self.empty)

    def record(self) -> RecordRef | None:
        shown = self.view.current()
        return None if shown is None else RecordRef(shown.line.key.table, shown.line.key.id)

    def _offer(self) -> None:
        """Offer what can be done to the line that has the keyboard."""
        shown = self.view.current()
        line = shown.line if shown is not None else None
        self.presences_button.setEnabled(line is not None and line.cohort_id is not None)
        self.close_button.setEnabled(line is not None and line.can_close)
        self.seen_button.setEnabled(line is not None and line.can_wait)
        self.seen_button.setText(WAKE if shown is not None and shown.waits else _SEEN)

    # What the user asks

    def follow(self, shown: Shown) -> None:
        """Do what a line leads to."""
        line = shown.line
        if shown.waits:
            self._put_off(shown)
        elif line.deed is Deed.CLOSE:
            self._close(shown, MeetingState.HELD)
        elif line.deed is Deed.MARK:
            self._show_presences(shown)
        elif line.deed is Deed.OPEN:
            order = tuple(dict.fromkeys(each.line.key.id for each in self.model.of_people()))
            self.desk.go("person", PersonTarget(line.key.id, order, origin=self.name))
        elif line.deed is Deed.IMMERSION:
            self.desk.go("placements", line.key.id)
        elif line.cohort_id is not None:
            self.desk.go("programme", MeetingTarget(line.key.id, line.cohort_id))

    def open_presences(self) -> None:
        """Show the presences of the group that day."""
        self._show_presences(self.view.current())

    def _show_presences(self, shown: Shown | None) -> None:
        if shown is not None and shown.line.cohort_id is not None and shown.line.on is not None:
            self.desk.go("programme", PresencesTarget(shown.line.cohort_id, shown.line.on))
        else:
            self.desk.tell("Choisissez d’abord une séance.")

    def close_meeting(self) -> None:
        """Say that the séance took place."""
        self._close(self.view.current(), MeetingState.HELD)

    def cancel_meeting(self) -> None:
        """Say that it did not."""
        self._close(self.view.current(), MeetingState.CANCELLED)

    def _close(self, shown: Shown | None, state: MeetingState) -> None:
        if shown is None or not shown.line.can_close:
            self.desk.tell("Choisissez d’abord une séance à clôturer.")
            return
        meeting_id, title = shown.line.key.id, shown.line.title
        seen = (MeetingState.PLANNED,)
        self.desk.jobs.write(
            self,
            lambda session: usecases.meetings.set_state(session, meeting_id, state, seen),
            lambda _none: self.desk.tell(f"{_CLOSED[state]} : {title} · {_UNDO}"),
            self.desk.fail,
            label=_CLOSED[state],
        )

    def put_off(self) -> None:
        """Put the line off for seven days, for the whole team; one that waits comes back."""
        self._put_off(self.view.current())

    def _put_off(self, shown: Shown | None) -> None:
        if shown is None or not shown.line.can_wait:
            self.desk.tell("Les séances du jour ne se remettent pas à plus tard.")
            return
        key, today = shown.line.key, self.desk.today()
        if shown.waits:
            self.desk.jobs.write(
                self,
                lambda session: usecases.today.wake(session, key),
                lambda _none: self.desk.tell(f"De nouveau là : {shown.line.title}"),
                label="Rappel repris",
            )
            return
        self.desk.jobs.write(
            self,
            lambda session: usecases.today.snooze(session, key, today),
            lambda until: self.desk.tell(
                f"Remis à {short_day(until)} : {shown.line.title} · {_UNDO}"
            ),
            label="Rappel remis à plus tard",
        )

    def _show_menu(self, shown: Shown, point: QPoint) -> None:
        menu = self.menu_for(shown)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    def menu_for(self, shown: Shown) -> QMenu:
        """The acts on a line, for the context menu."""
        menu = QMenu(self)
        menu.setDefaultAction(menu.addAction(shown.act, partial(self.follow, shown)))
        menu.addSeparator()
        if shown.line.can_close:
            close = partial(self._close, shown, MeetingState.HELD)
            menu.addAction(_CLOSE, QKeySequence("C"), close)
            menu.addAction(_CANCEL, partial(self._close, shown, MeetingState.CANCELLED))
        if shown.line.can_wait and not shown.waits:
            menu.addAction(_SEEN, QKeySequence("V"), partial(self._put_off, shown))
        return menu
