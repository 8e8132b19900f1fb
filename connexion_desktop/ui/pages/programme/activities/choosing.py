"""What each chooses is shown at once and saved behind: what is refused goes back, with why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from connexion_desktop import usecases
from connexion_desktop.domain.activities import Activities, Choose, Chooser
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.errors import UserError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from connexion_desktop.ui.desk import Desk

_LABEL = "Activité choisie"
_COLUMN = "activity"


@dataclass(eq=False, slots=True)
class _Sent:
    """What was sent: shown until a read that was asked for once it was saved (`known_by`)."""

    journey_id: UUID
    activity: str
    known_by: int | None = None


class Choosing:
    """`show(activities)` is called with what to show; `refused(who, activity, problem)` when a
    choice is refused."""

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        show: Callable[[Activities], object],
        refused: Callable[[Chooser, str, UserError], object],
    ) -> None:
        self._owner, self._desk = owner, desk
        self._show, self._refused = show, refused
        self._loaded: Activities | None = None
        self._sent: list[_Sent] = []
        self._asked = 0

    @property
    def shown(self) -> Activities | None:
        """What is loaded, with what was sent since."""
        if self._loaded is None:
            return None
        return self._loaded.with_choices({each.journey_id: each.activity for each in self._sent})

    def forget(self) -> None:
        """Another group is shown."""
        self._loaded = None
        self._sent.clear()

    def read(self, cohort_id: UUID) -> None:
        """Read the activities of a group."""
        query = BoardQuery(cohort_id, self._desk.today())
        self._asked += 1
        asked = self._asked
        self._desk.jobs.read(
            self._owner,
            lambda session: usecases.activities.load(session, query),
            lambda found: self._load(found, asked),
            self._desk.fail,
            key="activities",
        )

    def choose(self, who: Chooser, activity: str, *, over: str | None = None) -> None:
        """Say what somebody chose, `over` what a colleague said, or else what is shown."""
        seen = who.who.activity if over is None else over
        command = Choose(who.id, activity, {_COLUMN: (seen or None,)})
        sent = _Sent(who.id, activity)
        self._sent.append(sent)
        self._show_again()

        def saved(_none: None) -> None:
            sent.known_by = self._asked
            label = self._loaded.label_of(activity) if self._loaded is not None else activity
            told = f"{who.who.name} : {label or 'aucune activité'}"
            self._desk.tell(f"{told} · Ctrl+Z pour annuler")
            if self._loaded is not None and self._loaded.cohort is not None:
                self.read(self._loaded.cohort.id)

        def refuse(problem: UserError) -> None:
            if sent not in self._sent:  # another group is shown by now
                self._desk.fail(problem)
                return
            self._sent.remove(sent)
            self._show_again()
            self._refused(who, activity, problem)

        self._desk.jobs.write(
            self._owner,
            lambda session: usecases.activities.choose_activity(session, command),
            saved,
            refuse,
            label=_LABEL,
        )

    def _load(self, found: Activities, asked: int) -> None:
        self._sent = [
            each for each in self._sent if each.known_by is None or each.known_by >= asked
        ]
        self.put(found)

    def put(self, loaded: Activities) -> None:
        """Have what was just read shown."""
        self._loaded = loaded
        self._show_again()

    def _show_again(self) -> None:
        if (shown := self.shown) is not None:
            self._show(shown)
