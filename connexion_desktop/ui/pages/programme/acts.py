"""What is done to the séance that has the keyboard, or is open beside: moved, held, cancelled,
taken away. Each is one act that Ctrl+Z takes back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.meetings import EditMeeting, MeetingRow, MeetingState, SetPeople
from connexion_desktop.domain.moving_meetings import When, by_days, moved_told, to_half
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.programme_week import closed_on
from connexion_desktop.ui import theme
from connexion_desktop.ui.history_sheet import save_then_show_history

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.programme.page import ProgrammePage

_UNDO = "Ctrl+Z pour annuler"
_MENU = "Programme"
_DONE = {
    MeetingState.PLANNED: "Séance de nouveau prévue",
    MeetingState.HELD: "Séance tenue",
    MeetingState.CANCELLED: "Séance annulée",
}


class MeetingActs(QObject):
    """Adds its acts to the window's."""

    def __init__(self, page: ProgrammePage) -> None:
        super().__init__(page)
        self._page, self._desk = page, page.desk
        add = partial(self._desk.actions.add, menu=_MENU, owner=page)
        for name, title, keys, move in (
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
        ):
            add(f"programme.{name}", title, keys, partial(self._shift, move))
        add("programme.held", "Séance tenue", "", partial(self._turn, MeetingState.HELD))
        add("programme.planned", "Séance à venir", "", partial(self._turn, MeetingState.PLANNED))
        add(
            "programme.cancel", "Annuler la séance", "", partial(self._turn, MeetingState.CANCELLED)
        )
        add("programme.delete", "Supprimer la séance", "Del", self._remove_by_key)

    def fill_menu(self, menu: QMenu, meeting: MeetingRow) -> None:
        """Put them in the context menu of a séance."""
        menu.setDefaultAction(menu.addAction("Ouvrir", lambda: self._page.open_meeting(meeting.id)))
        menu.addSeparator()
        get = self._desk.actions.get
        for name in ("earlier-day", "later-day", "morning", "afternoon"):
            menu.addAction(get(f"programme.{name}"))
        menu.addSeparator()
        for state, words in (
            (MeetingState.HELD, "Noter tenue"),
            (MeetingState.PLANNED, "Remettre à venir"),
            (MeetingState.CANCELLED, "Annuler la séance"),
        ):
            if state is not meeting.state:
                menu.addAction(words, partial(self._turn, state))
        menu.addSeparator()
        menu.addAction("Historique…", QKeySequence("Ctrl+H"), self._show_history)
        menu.addAction(
            theme.icon("delete-bin-line", "red"),
            "Supprimer",
            QKeySequence(QKeySequence.StandardKey.Delete),
            self.remove,
        )

    def move(self, meeting: MeetingRow, when: When) -> None:
        """Move a séance; it is drawn there at once, and given back if that is refused."""
        seen = {column: meeting.columns[column] for column in when.columns}
        command = EditMeeting(meeting.id, when.columns, seen)
        moved = self._page.put_back_at(meeting, when)

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

    def set_state(self, state: MeetingState) -> None:
        """Say that the séance open, or that has the keyboard, is held, cancelled, to come."""
        meeting = self._page.meeting()
        if meeting is None or meeting.state is state:
            return
        self._write(
            lambda session: usecases.meetings.set_state(session, meeting.id, state), _DONE[state]
        )

    def set_people(self, people: object) -> None:
        """Say who is expected at it; None for the whole group."""
        meeting = self._page.meeting()
        if meeting is None:
            return
        command = SetPeople(meeting.id, people if isinstance(people, tuple) else None)
        self._write(
            lambda session: usecases.meetings.set_people(session, command), "Participants changés"
        )

    def remove(self) -> None:
        """Take it away."""
        meeting = self._page.meeting()
        if meeting is not None:
            self._write(
                lambda session: usecases.meetings.remove(session, meeting.id), "Séance supprimée"
            )

    def _write(self, act: Callable[[usecases.Session], None], done: str) -> None:
        def refused(problem: UserError) -> None:
            self._desk.fail(problem)
            self._page.show_again()

        self._desk.jobs.write(
            self._page,
            act,
            lambda _none: self._desk.tell(f"{done} · {_UNDO}"),
            refused,
            label=done,
        )

    def _shift(self, move: Callable[[MeetingRow], When]) -> None:
        meeting = self._at_hand()
        if meeting is None:
            return
        try:
            when = move(meeting)
        except UserError as problem:
            self._desk.tell(" ".join(part for part in (problem.what, problem.todo) if part))
            return
        self.move(meeting, when)

    def _turn(self, state: MeetingState) -> None:
        if self._page.meeting() is None:
            self._desk.tell("Choisissez d’abord une séance.")
        elif self._page.is_ours():
            self.set_state(state)

    def _remove_by_key(self) -> None:
        if self._at_hand() is not None:
            self.remove()

    def _at_hand(self) -> MeetingRow | None:
        """The séance meant by a key: only where the week or the list is in front."""
        meeting = self._page.meeting() if self._page.is_walked() else None
        if meeting is None:
            self._desk.tell("Choisissez d’abord une séance.")
        return meeting if meeting is None or self._page.is_ours() else None

    def _show_history(self) -> None:
        ref = self._page.record()
        if ref is not None:
            save_then_show_history(self._desk, self._page, ref)
