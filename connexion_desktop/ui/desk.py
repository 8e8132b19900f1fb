"""What every page is given to work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.servers import reads_confidential, reads_people
from connexion_desktop.ui.actions import Actions
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.tickets import Job
from connexion_desktop.usecases.register import Register


@dataclass(frozen=True, slots=True)
class Desk:
    """The tools of a page.

    `go(page, target)` opens another page on something; `tell` says a short thing in the status
    line; `fail` shows a problem in place, at the top of the page; `watch(job, title)` shows how far
    a long job is, and lets it be given up.
    """

    jobs: Jobs
    actions: Actions
    today: Callable[[], date]
    author: str
    go: Callable[[str, object], None]
    tell: Callable[[str], None]
    fail: Callable[[UserError], None]
    watch: Callable[[Job, str], None]
    register: Register = field(default_factory=Register)
    """Everyone, to be looked for among; told of what changes."""

    def __post_init__(self) -> None:
        self.jobs.changed.connect(self.register.hear)

    @property
    def confides(self) -> bool:
        """Whether who works here reads and writes what is confidential: notes, talks, actions."""
        return reads_confidential(self.jobs.roles)

    @property
    def sees_people(self) -> bool:
        """Whether who works here sees people, and not only figures about them."""
        return reads_people(self.jobs.roles)
