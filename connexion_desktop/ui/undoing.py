"""Undoing the last act, and doing it again, from anywhere: Ctrl+Z and Ctrl+Shift+Z.

What was undone is told at the top of the page. The buttons there, and those of the question asked
before much is taken away, do to the act that is named, or nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Qt

from connexion_desktop import usecases
from connexion_desktop.domain.acts import AskFirstError, Step
from connexion_desktop.domain.errors import UserError
from connexion_desktop.ui.main_window import DISCREET, MainWindow
from connexion_desktop.ui.widgets.banner import Notice
from connexion_desktop.ui.widgets.tips import menu_text

_UNDO, _REDO = "Annuler le dernier acte", "Rétablir"


@dataclass(frozen=True, slots=True)
class _Offered:
    """A notice, the act that its button is about, and whether it is one already undone."""

    notice: Notice
    act: UUID
    is_undone: bool


class Undoing(QObject):
    """Adds both acts to the window's."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        add = window.actions_.add
        self._undo_action = add("undo", _UNDO, "Ctrl+Z", self._undo_last, menu="Édition")
        self._redo_action = add(
            "redo", _REDO, "Ctrl+Shift+Z; Ctrl+Y", self._redo_last, menu="Édition"
        )
        self._offered: _Offered | None = None
        window.jobs.changed.connect(self._look)

    def _undo_last(self) -> None:
        author, page = self._author(), self._window.current_page()
        about = None if page is None else page.about()
        self._window.jobs.write(
            self,
            lambda session: usecases.undo.undo_last(session, author, about),
            self._tell_undone,
            self._ask_or_fail,
            label="Annulation",
        )

    def _ask_or_fail(self, problem: UserError) -> None:
        if not isinstance(problem, AskFirstError):
            self._window.fail(problem)
            return
        if self._window.discreet_about is not None:  # the question names somebody else
            self._window.tell(DISCREET)
            return
        act = problem.command_id
        asked = self._window.banners.notice(
            problem.what,
            [("Ne rien annuler", lambda: None), ("Annuler cet acte", partial(self._undo, act))],
        )
        asked.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._offered = _Offered(asked, act, is_undone=False)

    def _undo(self, act: UUID) -> None:
        self._window.jobs.write(
            self,
            lambda session: usecases.undo.undo(session, act),
            self._tell_undone,
            label="Annulation",
        )

    def _tell_undone(self, step: Step | None) -> None:
        if step is None:
            self._window.tell("Il n’y a rien à annuler.")
            return
        page = self._window.current_page()
        if page is not None:
            page.undone(step.gone)
        self._window.status.forget()
        act = step.command_id
        words = f"Annulé : {step.text}"
        told = self._window.banners.notice(
            f"{words}. {step.to_destroy}" if step.to_destroy else words,
            [("Rétablir", partial(self._redo, act))],
            lasting=bool(step.to_destroy),
        )
        self._offered = _Offered(told, act, is_undone=True)

    def _redo_last(self) -> None:
        author = self._author()
        self._window.jobs.write(
            self,
            lambda session: usecases.undo.redo_last(session, author),
            self._tell_redone,
            label="Rétablissement",
        )

    def _redo(self, act: UUID) -> None:
        self._window.jobs.write(
            self,
            lambda session: usecases.undo.redo(session, act),
            self._tell_redone,
            label="Rétablissement",
        )

    def _tell_redone(self, step: Step | None) -> None:
        if step is None:
            self._window.tell("Il n’y a rien à rétablir.")
        else:
            self._window.banners.notice(f"Rétabli : {step.text}")

    def _look(self) -> None:
        """Find out what the keys would do now."""
        author = self._author()
        self._window.jobs.read(
            self,
            lambda session: usecases.undo.next_steps(session, author),
            self._show,
            key="undo",
        )

    def _show(self, steps: tuple[Step | None, Step | None]) -> None:
        last, undone = steps
        self._undo_action.setText(menu_text(f"Annuler : {last.label}") if last else _UNDO)
        self._redo_action.setText(menu_text(f"Rétablir : {undone.label}") if undone else _REDO)
        offered = self._offered
        if offered is None or self._window.banners.noticed() is not offered.notice:
            return
        now = undone if offered.is_undone else last
        if now is None or now.command_id != offered.act:
            offered.notice.dismiss()

    def _author(self) -> str:
        return self._window.desk.author if self._window.desk else ""
