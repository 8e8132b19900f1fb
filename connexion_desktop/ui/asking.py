"""Whoever starts is asked one thing at a time: a card in the middle of the window, the work it
waits for, and the two questions that open a base: what its key is, where to keep it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import Locked, RawKey
from connexion_desktop.domain.progress import Progress
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.place import Place

if TYPE_CHECKING:
    from connexion_desktop.ui.widgets.card import Card

T = TypeVar("T")
WithKey = Callable[[RawKey], object]


class Asking(QObject):
    """`asked(card)` comes each time a card is shown."""

    asked = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = window.jobs
        self._card: Card | None = None

    @property
    def card(self) -> Card | None:
        """The card that is shown, if there is one."""
        return self._card

    def show(self, card: Card) -> None:
        """Show a card in the place of the one before."""
        old, self._card = self._card, card
        self._window.show_alone(card)
        self.asked.emit(card)
        if old is not None:
            old.deleteLater()

    def end(self) -> None:
        """Nothing more is asked: the window shows something else."""
        self._card = None

    def compute(
        self,
        title: str,
        act: Callable[[Progress], T],
        on_done: Callable[[T], object],
        on_error: Callable[[UserError], object],
        *,
        can_cancel: bool = False,
    ) -> None:
        """Run an act off the window's thread; the card shown, if any, waits for it."""
        job = self._jobs.compute(self, act, on_done, on_error)
        if self._card is not None:
            self._card.wait(job, title, can_cancel=can_cancel)

    def ask_key(
        self,
        file: Path,
        locked: Locked,
        with_phrase: WithKey,
        with_code: WithKey,
        back: Callable[[], object],
    ) -> None:
        """Ask for the passphrase or the recovery code of a base or of a backup; « Retour » goes
        `back`."""
        from connexion_desktop.ui.pages.unlock import Unlock

        def try_phrase(phrase: str) -> None:
            self._try(
                card,
                lambda: usecases.keys.with_passphrase(file, phrase, locked.phrase_of),
                with_phrase,
            )

        def try_code(code: str) -> None:
            self._try(card, lambda: usecases.keys.with_recovery_code(file, code), with_code)

        card = Unlock(locked.ask, locked.reason, file.name)
        card.back.connect(back)
        card.phrase_given.connect(try_phrase)
        card.code_given.connect(try_code)
        self.show(card)

    def keep_key(
        self, place: Place, key: RawKey, then: WithKey, back: Callable[[], object]
    ) -> None:
        """Put the key in the keyring, or under a new passphrase where there is none; one that is
        in its own file stays there."""

        def ask_phrase() -> None:
            self._ask_phrase(place.base, key, then, back)

        if place.key_file is not None:
            then(key)
            return
        self.compute(
            "Rangement de la clé",
            lambda _progress: usecases.keys.keep(key),
            lambda kept: then(key) if kept else ask_phrase(),
            lambda _problem: ask_phrase(),
        )

    def _ask_phrase(
        self, base: Path, key: RawKey, then: WithKey, back: Callable[[], object]
    ) -> None:
        from connexion_desktop.ui.pages.unlock import NewPassphrase

        def protect(phrase: str) -> None:
            self._try(card, lambda: usecases.keys.protect(base, key, phrase), protected)

        def protected(aside: Path | None) -> None:
            if aside is not None:
                self._window.tell(f"La clé qui était à cette place est gardée : {aside.name}")
            then(key)

        card = NewPassphrase()
        card.back.connect(back)
        card.chosen.connect(protect)
        self.show(card)

    def _try(self, card: Card, find: Callable[[], T], then: Callable[[T], object]) -> None:
        job = self._jobs.compute(card, lambda _progress: find(), then, card.fail)
        card.wait(job, "Vérification")
