"""The base of this workstation goes over to the office's server, or comes back: asked about before
anything is opened, done with its progress shown, given up at any time before the end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.passing import ToServer
from connexion_desktop.domain.progress import Progress
from connexion_desktop.domain.servers import ServerAddress
from connexion_desktop.ui.asking import Asking
from connexion_desktop.ui.place import Move, Place

if TYPE_CHECKING:
    from pathlib import Path

    from connexion_desktop.usecases.moving import Moved
    from connexion_desktop.usecases.passing import Passed


class Moving(QObject):
    """One move: `on_server(store, name, moved)` or `on_file(place, key, moved)` once it is done;
    `not_opened(name, problem)` and `finished(place)` where it is, and the server, or the key of
    the base, is still to be asked for; `given_up()` with nothing changed; `failed(problem)` where
    nothing could be asked."""

    on_server = Signal(object, str, object)
    on_file = Signal(object, object, object)
    not_opened = Signal(str, object)
    finished = Signal(object)
    given_up = Signal()
    failed = Signal(object)

    def __init__(self, asking: Asking, wanted: Move, author: str, today: date) -> None:
        super().__init__(asking)
        self._asking = asking
        self._place = wanted.place
        self._key = wanted.key
        self._author = author
        self._today = today

    def start(self) -> None:
        """Say what will happen, and ask for what it takes."""
        if self._place.server:
            name, base = self._place.server, self._place.base
            self._asking.compute(
                "Lecture",
                lambda _progress: (
                    usecases.servers.named(name),
                    usecases.passing.free_place(base),
                ),
                lambda found: self._ask_to_come_back(*found),
                self.failed.emit,
            )
        elif self._key is not None:
            self._ask_to_go(self._key)

    def _ask_to_go(self, key: RawKey) -> None:
        from connexion_desktop.ui.pages.server.moving import MoveToServer

        base = self._place.base

        def go(wanted: ToServer) -> None:
            self._asking.compute(
                "Passage au serveur",
                lambda progress: usecases.passing.to_server(base, key, wanted, progress),
                self._arrive,
                card.fail,
                can_cancel=True,
            )

        card = MoveToServer(self._author)
        card.back.connect(self.given_up)
        card.wanted.connect(go)
        self._asking.show(card)

    def _arrive(self, passed: Passed) -> None:
        if passed.store is None:
            self.not_opened.emit(passed.address.name, passed.problem)
        else:
            self.on_server.emit(passed.store, passed.address.name, passed.moved)

    def _ask_to_come_back(self, address: ServerAddress, base: Path) -> None:
        from connexion_desktop.ui.pages.server.moving import MoveBack

        place = self._place._replace(server="", base=base, key_file=None)

        def come_back(admin: ServerAddress, password: str) -> None:
            self._asking.compute(
                "Lecture du serveur",
                lambda _progress: usecases.passing.finished(admin, password, place.base),
                lambda done: self.finished.emit(place) if done else begin(admin, password),
                card.fail,
            )

        def begin(admin: ServerAddress, password: str) -> None:
            self._asking.compute(
                "Création de la clé",
                lambda _progress: usecases.keys.for_new_base(),
                lambda key: self._asking.keep_key(
                    place,
                    key,
                    lambda kept: self._come_back(admin, password, place, kept),
                    self.given_up.emit,
                ),
                card.fail,
            )

        card = MoveBack(address, place.base)
        card.back.connect(self.given_up)
        card.wanted.connect(come_back)
        self._asking.show(card)

    def _come_back(self, admin: ServerAddress, password: str, place: Place, key: RawKey) -> None:
        def move(progress: Progress) -> Moved:
            return usecases.passing.to_file(admin, password, place.base, key, progress)

        self._asking.compute(
            "Rapatriement",
            move,
            lambda moved: self.on_file.emit(place, key, moved),
            self._fail,
            can_cancel=True,
        )

    def _fail(self, problem: UserError) -> None:
        if self._asking.card is not None:
            self._asking.card.fail(problem)
