"""What is done to the séance that has the keyboard, is open beside, or whose menu is open: moved,
held, cancelled, taken away. Each is one act that Ctrl+Z takes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from connexion_desktop import usecases
from connexion_desktop.domain.conflicts import loaded
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.meetings import (
    EditMeeting,
    ExpectUsual,
    MeetingRow,
    MeetingState,
    SetPeople,
)
from connexion_desktop.domain.moving_meetings import When, by_days, moved_told, to_half
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.programme_week import closed_on
from connexion_desktop.ui import theme
from connexion_desktop.ui.history_sheet import save_then_show_history

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.programme.page import ProgrammePage

_UNDO = "Ctrl+Z pour annuler"
_MENU = "Programme"
_NONE = "Choisissez d’abord une séance."
_GONE = "Cette séance a été supprimée entre-temps : rien n’a changé."
_DONE = {
    MeetingState.PLANNED: "Séance de nouveau prévue",
    MeetingState.HELD: "Séance tenue",
    MeetingState.CANCELLED: "Séance annulée",
}
_MOVES: tuple[tuple[str, str, str, Callable[[MeetingRow], When]], ...] = (
    (
        "earlier-day",
        "Séance : le jour d’avant",
        "Ctrl+Shift+Left",
        partial(by_days, step=-1),
    ),
    ("later-day", "Séance : le jour d’après", "Ctrl+Shift+Right", partial(by_days, step=1)),
    ("morning", "Séance : le matin", "Ctrl+Shift+Up", partial(to_half, half=Half.MORNING)),
    (
        "afternoon",
        "Séance : l’après-midi",
        "Ctrl+Shift+Down",
        partial(to_half, half=Half.AFTERNOON),
    ),
)


class MeetingActs(QObject):
    """Adds its acts to the window's."""

    def __init__(self, page: ProgrammePage) -> None:
        super().__init__(page)
        self._page, self._desk = page, page.desk
        self._said: dict[UUID, MeetingState] = {}
        add = partial(self._desk.actions.add, menu=_MENU, owner=page)
        for name, title, keys, move in _MOVES:
            add(f"programme.{name}", title, keys, partial(self._shift, move))
        add("programme.held", "Séance tenue", "", partial(self.set_state, MeetingState.HELD))
        add(
            "programme.planned", "Séance à venir", "", partial(self.set_state, MeetingState.PLANNED)
        )
        add(
            "programme.cancel",
            "Annuler la séance",
            "",
            partial(self.set_state, MeetingState.CANCELLED),
        )
        add("programme.delete", "Supprimer la séance", "Del", self._remove_by_key)

    def show_menu(self, meeting_id: UUID, point: QPoint) -> None:
        """What may be done with a séance, which has the keyboard then and is the one open."""
        meeting, walked = self._page.row(meeting_id), self._page.walked
        if meeting is None:
            return
        if walked.current() != meeting_id:
            walked.put_current(meeting_id)
        self._page.beside.turn_to(meeting)
        menu = QMenu(self._page)
        self._fill(menu, meeting)
        self._page.papers.fill_menu(menu, meeting)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    def _fill(self, menu: QMenu, meeting: MeetingRow) -> None:
        """Its lines are about that one, whatever is read again while the menu is open."""
        menu.setDefaultAction(menu.addAction("Ouvrir", lambda: self._page.open_meeting(meeting.id)))
        menu.addSeparator()
        for _name, title, keys, move in _MOVES:
            menu.addAction(title, QKeySequence(keys), partial(self._shift, move, meeting.id))
        menu.addSeparator()
        for state, words in (
            (MeetingState.HELD, "Noter tenue"),
            (MeetingState.PLANNED, "Remettre à venir"),
            (MeetingState.CANCELLED, "Annuler la séance"),
        ):
            if state is not meeting.state:
                menu.addAction(words, partial(self.set_state, state, meeting.id))
        menu.addSeparator()
        ref = RecordRef("meeting", meeting.id)
        menu.addAction(
            "Historique…",
            QKeySequence("Ctrl+H"),
            lambda: save_then_show_history(self._desk, self._page, ref),
        )
        menu.addAction(
            theme.icon("delete-bin-line", "red"),
            "Supprimer",
            QKeySequence(QKeySequence.StandardKey.Delete),
            partial(self.remove, meeting.id),
        )

    def drop(self, meeting_id: UUID, when: When) -> None:
        """Move a séance to where the mouse left it."""
        meeting = self._of(meeting_id)
        if meeting is not None:
            self.move(meeting, when)

    def move(self, meeting: MeetingRow, when: When) -> None:
        """Move a séance; it is drawn there at once, and given back if that is refused."""
        seen = loaded({column: meeting.columns[column] for column in when.columns})
        command = EditMeeting(meeting.id, when.columns, seen)
        moved = self._draw_at(meeting, when)

        def refused(problem: UserError) -> None:
            self._desk.fail(problem)
            self._page.refresh()

        programme = self._page.programme
        closed = closed_on(programme, moved.on) if programme is not None else ""
        self._desk.jobs.write(
            self._page,
            lambda session: usecases.meetings.edit(session, command),
            lambda _none: self._desk.tell(f"{moved_told(moved, closed)} · {_UNDO}"),
            refused,
            label="Séance déplacée",
        )

    def _draw_at(self, meeting: MeetingRow, when: When) -> MeetingRow:
        """Show a séance where it is moved to, before the base has it; gives it so."""
        page, moved = self._page, replace(meeting, **when.columns)  # type: ignore[arg-type]
        if page.programme is not None:
            meetings = (
                moved if each.id == meeting.id else each for each in page.programme.meetings
            )
            page.programme = replace(page.programme, meetings=tuple(meetings))
            page.go_with(moved)
            page.show_again()
        return moved

    def set_state(self, state: MeetingState, meant: UUID | None = None) -> None:
        """Say that a séance is held, cancelled, to come: the one open, or that has the keyboard,
        unless another is `meant`. What was just said of it, and is not read again yet, is known."""
        meeting = self._of(meant)
        if meeting is None or meeting.state is state:
            return
        seen = (meeting.state, self._said.get(meeting.id, meeting.state))
        self._said[meeting.id] = state
        self._write(
            lambda session: usecases.meetings.set_state(session, meeting.id, state, seen),
            _DONE[state],
        )

    def set_people(self, command: SetPeople | ExpectUsual) -> None:
        """Say who is expected at a séance."""

        def act(session: usecases.Session) -> None:
            if isinstance(command, SetPeople):
                usecases.meetings.set_people(session, command)
            else:
                usecases.meetings.set_usual(session, command)

        self._write(act, "Participants changés")

    def remove(self, meant: UUID | None = None) -> None:
        """Take one away: the one open, or that has the keyboard, unless another is `meant`."""
        meeting = self._of(meant)
        if meeting is not None:
            self._write(
                lambda session: usecases.meetings.remove(session, meeting.id), "Séance supprimée"
            )

    def _write(self, act: Callable[[usecases.Session], None], done: str) -> None:
        def refused(problem: UserError) -> None:
            self._desk.fail(problem)
            self._page.refresh()

        self._desk.jobs.write(
            self._page,
            act,
            lambda _none: self._desk.tell(f"{done} · {_UNDO}"),
            refused,
            label=done,
        )

    def _shift(self, move: Callable[[MeetingRow], When], meant: UUID | None = None) -> None:
        meeting = self._of(meant) if meant is not None else self._at_hand()
        if meeting is None:
            return
        try:
            when = move(meeting)
        except UserError as problem:
            self._desk.tell(" ".join(part for part in (problem.what, problem.todo) if part))
            return
        self.move(meeting, when)

    def _remove_by_key(self) -> None:
        if self._at_hand() is not None:
            self.remove()

    def _at_hand(self) -> MeetingRow | None:
        """The séance meant by a key: only where the week or the list is in front."""
        if self._page.is_walked():
            return self._of(None)
        self._desk.tell(_NONE)
        return None

    def _of(self, meant: UUID | None) -> MeetingRow | None:
        """The séance of that id, else the one open or that has the keyboard; where there is none,
        or it may not be changed, that is told."""
        meeting = self._page.meeting() if meant is None else self._page.row(meant)
        if meeting is None:
            self._desk.tell(_NONE if meant is None else _GONE)
            return None
        return meeting if self._page.is_ours() else None
