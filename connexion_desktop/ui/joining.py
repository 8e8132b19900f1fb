"""Opening the office's server: by what this workstation knows of it, else by what is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.servers import (
    OtherDraftsError,
    PasswordNeededError,
    RefusedLoginError,
    ServerAddress,
)
from connexion_desktop.domain.typography import typeset
from connexion_desktop.ui.asking import Asking
from connexion_desktop.ui.store import Store, keeps_drafts

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.server.asked import ServerPassword, ServerTrouble

_TITLE = "Connexion au serveur"
_ASKED_EACH_TIME = typeset(
    "Ce poste n’a pas de trousseau de clés : le mot de passe du serveur sera demandé à chaque "
    "ouverture."
)
_TYPE_IT = UserError("Donnez le mot de passe de ce serveur.")
_DRAFTS_GO = "Ce qui est tapé et pas encore enregistré se perd à la fermeture."


class Joining(QObject):
    """`opened(store, name)`; `here_wanted()` for the base of this workstation, `given_up()` for
    another way to begin, `forgotten()` for a server that this workstation knows no more,
    `quit_wanted()`. `told` is to be said once the window is open."""

    opened = Signal(object, str)
    here_wanted = Signal()
    given_up = Signal()
    forgotten = Signal()
    quit_wanted = Signal()

    def __init__(self, asking: Asking) -> None:
        super().__init__(asking)
        self._asking = asking
        self.told = ""

    def open(self, name: str) -> None:
        """Open a server that this workstation knows."""

        def open_with(former: str | None) -> None:
            self._asking.compute(
                _TITLE,
                lambda _progress: usecases.servers.open_known(name, former=former),
                lambda store: self.opened.emit(store, name),
                lambda problem: (
                    self._fail(problem) if former else self._stop_at(name, problem, open_with)
                ),
            )

        open_with(None)

    def join(self) -> None:
        """Ask which server, if some are known here; else for an address."""
        self._asking.compute(
            _TITLE, lambda _progress: usecases.servers.known(), self._choose, self._fail
        )

    def ask_address(self, known: ServerAddress | None = None) -> None:
        """Ask for an address and a password."""
        from connexion_desktop.ui.pages.server.address import JoinServer

        card = JoinServer(known)
        if known is None:
            card.back.connect(self.given_up)
        else:
            card.back.connect(lambda: self.open(known.name))
        card.given.connect(
            lambda address, password: self._try(
                address.name,
                lambda former: usecases.servers.join(address, password, former=former),
                address,
                password,
            )
        )
        self._asking.show(card)

    def _choose(self, known: tuple[ServerAddress, ...]) -> None:
        from connexion_desktop.ui.pages.server.choosing import ChooseServer

        if not known:
            self.ask_address()
            return
        card = ChooseServer(known)
        card.chosen.connect(self.open)
        card.another_wanted.connect(self.ask_address)
        card.back.connect(self.given_up)
        self._asking.show(card)

    def _stop_at(
        self, name: str, problem: UserError, open_with: Callable[[str | None], None]
    ) -> None:
        if isinstance(problem, OtherDraftsError):
            self._ask_former(name, open_with)
        else:
            self.stop_at(name, problem)

    def _ask_former(self, name: str, open_with: Callable[[str | None], None]) -> None:
        from connexion_desktop.ui.pages.server.former import FormerPassword

        card = FormerPassword(name)
        card.given.connect(open_with)
        card.skipped.connect(lambda: open_with(""))
        self._asking.show(card)

    def stop_at(self, name: str, problem: UserError) -> None:
        """A server that this workstation knows did not open: say why, and what else can be done."""
        if isinstance(problem, PasswordNeededError):
            self._ask_password(name, problem)
        elif isinstance(problem, RefusedLoginError):
            self._ask_password(name, _TYPE_IT)
            self._fail(problem)
        else:
            self._show_trouble(name, problem)

    def _ask_password(self, name: str, reason: UserError) -> None:
        from connexion_desktop.ui.pages.server.asked import ServerPassword

        def give(password: str) -> None:
            self._asking.compute(
                _TITLE,
                lambda _progress: usecases.servers.named(name),
                lambda address: self._try(
                    name,
                    lambda former: usecases.servers.open_known(name, password, former=former),
                    address,
                    password,
                ),
                card.fail,
            )

        card = ServerPassword(name, reason)
        card.given.connect(give)
        self._connect_ways(card, name)
        self._asking.show(card)

    def _show_trouble(self, name: str, problem: UserError) -> None:
        from connexion_desktop.ui.pages.server.asked import ServerTrouble

        card = ServerTrouble(name, problem)
        card.again.connect(lambda: self.open(name))
        card.password_wanted.connect(lambda: self._ask_password(name, _TYPE_IT))
        self._connect_ways(card, name)
        card.quit_wanted.connect(self.quit_wanted)
        self._asking.show(card)

    def _connect_ways(self, card: ServerPassword | ServerTrouble, name: str) -> None:
        card.address_wanted.connect(lambda: self._ask_address_of(name))
        card.here_wanted.connect(self.here_wanted)
        card.other_wanted.connect(self.given_up)
        card.forget_wanted.connect(lambda: self._forget(name))

    def _forget(self, name: str) -> None:
        self._asking.compute(
            "Oubli du serveur",
            lambda _progress: usecases.servers.forget(name),
            lambda _none: self.forgotten.emit(),
            self._fail,
        )

    def _ask_address_of(self, name: str) -> None:
        self._asking.compute(
            _TITLE,
            lambda _progress: usecases.servers.named(name),
            self.ask_address,
            lambda _problem: self.ask_address(),
        )

    def _try(
        self,
        name: str,
        open_it: Callable[[str | None], Store],
        address: ServerAddress,
        password: str,
        former: str | None = None,
    ) -> None:
        """Open with what was typed, and keep that only once it does open. `former`: see
        `usecases.servers.open_known`."""

        def open_and_keep() -> tuple[Store, bool]:
            store = open_it(former)
            try:
                return store, usecases.servers.remember(address, password)
            except BaseException:
                store.close()
                raise

        def opened(found: tuple[Store, bool]) -> None:
            store, kept = found
            lost = "" if keeps_drafts(store) else _DRAFTS_GO
            self.told = " ".join(filter(None, ("" if kept else _ASKED_EACH_TIME, lost)))
            self.opened.emit(store, name)

        def fail(problem: UserError) -> None:
            if isinstance(problem, OtherDraftsError):
                self._ask_former(
                    name, lambda typed: self._try(name, open_it, address, password, typed)
                )
            else:
                self._fail(problem)

        self._asking.compute(_TITLE, lambda _progress: open_and_keep(), opened, fail)

    def _fail(self, problem: UserError) -> None:
        if self._asking.card is not None:
            self._asking.card.fail(problem)
