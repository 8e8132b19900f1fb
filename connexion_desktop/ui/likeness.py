"""Who may have been written down twice, looked for while nobody waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from connexion_desktop.ui.timers import once_after

if TYPE_CHECKING:
    from connexion_desktop.domain.progress import Progress
    from connexion_desktop.ui.jobs import Jobs
    from connexion_desktop.ui.tickets import Job

_BREATH = 400
"""How long it waits, in ms: a page that is left at once, or several saves in a row, ask for one."""

TABLES = ("person", "setting")
"""Those whose change may make, or settle, a pair."""

Search = Callable[[Any, "Progress"], Any]
"""A use case that finds pairs, given the open base and the progress."""


class Likeness:
    """A search in the pool, after a breath; the next one asked for takes its place. It shows on
    `owner`, and stops with it."""

    def __init__(self, jobs: Jobs, owner: QWidget) -> None:
        self._jobs, self._owner = jobs, owner
        self._job: Job | None = None
        self._wanted: tuple[Search, Callable[[Any], object]] | None = None
        self._pause = once_after(_BREATH, self._start, owner)

    def ask(self, search: Search, on_done: Callable[[Any], object]) -> None:
        """Look for pairs, then hand them over."""
        self.forget()
        self._wanted = (search, on_done)
        self._pause.start()

    def forget(self) -> None:
        """Look no more."""
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _start(self) -> None:
        if self._wanted is None or not self._owner.isVisible():
            return
        search, on_done = self._wanted
        job = self._jobs.maintain(
            self._owner,
            search,
            lambda pairs: on_done(pairs) if self._job is job else None,
            gives_way=True,
        )
        self._job = job
