"""What each chooses is shown at once and saved behind: what is refused goes back, with why."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from connexion_desktop import usecases
from connexion_desktop.domain.activities import Activities, Choose, Chooser
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.errors import UserError
from connexion_desktop.ui.sent_until_read import SentUntilRead

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from connexion_desktop.ui.desk import Desk

_LABEL = "Activité choisie"
_COLUMN = "activity"


class _Chosen(NamedTuple):
    journey_id: UUID
    activity: str


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
        self._desk, self._refused = desk, refused
        self._kept = SentUntilRead[Activities, _Chosen](
            owner, desk, "activities", lambda read, sent: read.with_choices(dict([sent])), show
        )

    @property
    def shown(self) -> Activities | None:
        """What is loaded, with what was sent since."""
        return self._kept.shown

    def forget(self) -> None:
        """Another group is shown."""
        self._kept.forget()

    def read(self, cohort_id: UUID) -> None:
        """Read the activities of a group."""
        query = BoardQuery(cohort_id, self._desk.today())
        self._kept.read(lambda session: usecases.activities.load(session, query))

    def choose(self, who: Chooser, activity: str, *, over: str | None = None) -> None:
        """Say what somebody chose, `over` what a colleague said, or else what is known."""
        known = self._known(who) if over is None else (over,)
        command = Choose(who.id, activity, {_COLUMN: tuple(each or None for each in known)})

        def saved() -> None:
            loaded = self._kept.loaded
            label = loaded.label_of(activity) if loaded is not None else activity
            told = f"{who.who.name} : {label or 'aucune activité'}"
            self._desk.tell(f"{told} · Ctrl+Z pour annuler")

        self._kept.send(
            _Chosen(who.id, activity),
            lambda session: usecases.activities.choose_activity(session, command),
            _LABEL,
            lambda problem: self._refused(who, activity, problem),
            saved,
        )

    def _known(self, who: Chooser) -> tuple[str, ...]:
        """What is known of their choice: what was read, then what was sent."""
        read = self._kept.loaded.people if self._kept.loaded is not None else (who,)
        return (
            *(each.who.activity for each in read if each.id == who.id),
            *(sent.activity for sent in self._kept.sent if sent.journey_id == who.id),
        )
