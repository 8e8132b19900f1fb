"""Making a base: one's own, with its recovery code to keep, or the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from connexion_desktop import usecases
from connexion_desktop.domain import recovery
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.progress import Progress
from connexion_desktop.system import folders
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.asking import Asking, WithKey
from connexion_desktop.ui.opening import CODE_TO_KEEP
from connexion_desktop.ui.place import TO_IMPORT, Place

if TYPE_CHECKING:
    from connexion_desktop.ui.opening import Bases

_ASSOCIATION = "association"
"""Where the settings say for whom the base was made whose code nobody has kept yet."""


class Making(QObject):
    """The key is kept before the base exists, and the base exists before its code is shown: giving
    up halfway leaves neither a base that nobody can open nor a printed code that opens nothing.
    Until the code is said to be kept, each start shows it again. A base that is there keeps its
    own.

    `failed` is told what prevents it; `back` is called when the user gives up."""

    def __init__(
        self,
        asking: Asking,
        settings: Settings,
        today: date,
        failed: Callable[[UserError], object],
        back: Callable[[], object],
    ) -> None:
        super().__init__(asking)
        self._asking = asking
        self._settings = settings
        self._today = today
        self._failed = failed
        self._back = back

    def make_own(self, bases: Bases, place: Place, association: str, then: WithKey) -> None:
        """An empty base for an association; `then` its key is known, its code kept."""

        def make(key: RawKey) -> None:
            self._make(bases, place.base, key, association, then)

        self._asking.compute(
            "Création de la clé",
            lambda _progress: usecases.keys.for_new_base(place.key_file),
            lambda key: self._asking.keep_key(place, key, make, self._back),
            self._failed,
        )

    def make_demo(self, place: Place, then: WithKey) -> None:
        """The demonstration, its key in a file beside it."""

        def make(progress: Progress) -> RawKey:
            folders.make(place.base.parent)
            key = usecases.keys.for_new_base(place.key_file)
            usecases.demo.create(place.base, key, self._today, progress=progress)
            return key

        self._asking.compute("Base de démonstration", make, then, self._failed, can_cancel=True)

    def show_code(self, key: RawKey, then: WithKey) -> None:
        """Show the recovery code of the base just made, until it is said to be kept."""
        from connexion_desktop.ui.pages.recovery_code import RecoveryCode

        def go_on(to_import: bool) -> None:
            base = self._settings.text(CODE_TO_KEEP)
            self._settings.put(TO_IMPORT, base if to_import else "")
            self._settings.put(CODE_TO_KEEP, "")
            then(key)

        association = self._settings.text(_ASSOCIATION)
        card = RecoveryCode(recovery.encode(key), association, on=self._today)
        card.done.connect(go_on)
        self._asking.show(card)

    def _make(self, bases: Bases, base: Path, key: RawKey, association: str, then: WithKey) -> None:
        self._settings.put(CODE_TO_KEEP, str(base))
        self._settings.put(_ASSOCIATION, association)

        def failed(problem: UserError) -> None:
            self._settings.put(CODE_TO_KEEP, "")
            self._failed(problem)

        self._asking.compute(
            "Création de la base",
            lambda _progress: bases.create(base, key, association).close(),
            lambda _none: self.show_code(key, then),
            failed,
        )
