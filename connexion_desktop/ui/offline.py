"""What the window tells of its server: at its foot whether it answers, and in the place of a page
that nothing can fill meanwhile, what may be done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction

from connexion_desktop.ui import theme
from connexion_desktop.ui.page import page_of
from connexion_desktop.ui.store import keeps_drafts
from connexion_desktop.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from connexion_desktop.domain.errors import UserError
    from connexion_desktop.ui.main_window import MainWindow

_CLOSED = (
    "Cette page n’était pas ouverte : elle se lira dès que le serveur répondra. Celles qui"
    " l’étaient restent lisibles. Pour travailler sans réseau, sur le terrain, c’est la base de ce"
    " poste qui convient."
)
_FULL = (
    "Il répond, mais n’a plus de place pour ce poste. Cette page se lira dès qu’une place se"
    " libère ; celles qui étaient ouvertes restent lisibles. Si cela dure, voyez avec qui tient le"
    " serveur."
)
_LOOKS_EVERY = 250
"""In ms: how often it looks whether a save is long."""
_LONG = 1.0
"""In seconds: after how long a save under way is told."""


class Offline(QObject):
    """Made for a window on a server; `name` is what this workstation calls it."""

    def __init__(
        self,
        window: MainWindow,
        name: str,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        super().__init__(window)
        self._window, self._jobs, self._name, self._now = window, window.jobs, name, now
        self._since: datetime | None = None
        self._waited = 0
        self._refused: UserError | None = None
        self._read: dict[str, object] = {}
        self._wanted: tuple[str, object] = ("", None)
        self.card = Empty()
        window.stack.addWidget(self.card)
        theme.dress(self.card)
        self._jobs.link_changed.connect(self._turn)
        self._jobs.waiting_changed.connect(self._wait)
        self._jobs.unread.connect(self._miss)
        self._jobs.read_done.connect(self._note)
        self._saving_since: float | None = None
        self._says_saving = False
        self._look = QTimer(self)
        self._look.timeout.connect(self._watch_saves)
        self._look.start(_LOOKS_EVERY)
        self._tell()

    def stands_for(self, name: str, target: object) -> bool:
        """Whether a page has nothing to show, and the card stands in its place."""
        self._wanted = (name, target)
        if self._jobs.answers or self._is_readable(name, target):
            return False
        self._show_card()
        return True

    def _is_readable(self, name: str, target: object) -> bool:
        return name in self._read and target in (None, self._read[name])

    def _show_card(self) -> None:
        window = self._window
        title, words = "Hors connexion", _CLOSED
        if self._is_full:
            title, words = "Serveur plein", _FULL
        elif self._refused is not None:
            title, words = "Accès refusé", f"{self._refused.what} {self._refused.todo}"
        self.card.say("wifi-off-line", title, words, self._ways_out())
        window.stack.setCurrentWidget(self.card)

    def _ways_out(self) -> list[QAction]:
        """None before the window has its acts."""
        with suppress(KeyError):
            return [self._window.actions_.get("change-base")]
        return []

    def _turn(self, answers: bool) -> None:
        self._show_refusal()
        if not answers:
            self._since = self._since or self._now()
            self._tell()
            self._window.status.announce(self._words())
            return
        self._since = None
        self._tell()
        waited, self._waited = self._waited, 0
        self._window.tell(_back(waited))
        if self._window.stack.currentWidget() is self.card:
            self._window.go(*self._wanted)

    def _show_refusal(self) -> None:
        """What no waiting mends is told as what it is, until it is mended."""
        if self._refused is not None:
            for banner in self._window.banners.shown():
                if banner.problem is self._refused:
                    banner.dismiss()
        self._refused = self._jobs.refusal
        if self._refused is not None and not self._is_full:
            self._window.banners.fail(self._refused, lasting=True)

    @property
    def _is_full(self) -> bool:
        """Waiting mends it: a place is free as soon as a colleague's window closes."""
        from connexion_desktop.domain.servers import FullServerError

        return isinstance(self._refused, FullServerError)

    def _wait(self, waiting: int) -> None:
        self._waited = max(self._waited, waiting)
        self._tell()

    def _tell(self) -> None:
        if self._since is None:
            on = f"le serveur « {self._name} »"
            place = f"Enregistré sur {on}"
            if self._jobs.waiting:
                place = f"Serveur « {self._name} »{self._waiting()}"
            elif self._says_saving:
                place = f"Enregistrement en cours sur {on}…"
            self._window.status.show_place(place)
        else:
            self._window.status.show_place(self._words(), self._few_words(), "wifi-off-line")

    def _watch_saves(self) -> None:
        """A server that does not answer yet is not a server out of reach: the save is under way."""
        if not self._jobs.unsaved:
            self._saving_since = None
        elif self._saving_since is None:
            self._saving_since = monotonic()
        since = self._saving_since
        is_long = since is not None and monotonic() - since >= _LONG
        if is_long != self._says_saving:
            self._says_saving = is_long
            self._tell()

    def _words(self) -> str:
        kept = "gardé sur ce poste" if keeps_drafts(self._jobs.store) else "gardé jusqu’à fermeture"
        return f"{self._beginning()} : ce que vous tapez est {kept}{self._waiting()}"

    def _few_words(self) -> str:
        return f"{self._beginning()}{self._waiting()}"

    def _beginning(self) -> str:
        if self._is_full:
            return f"Serveur « {self._name} » plein depuis {self._since:%H:%M}"
        if self._refused is not None:
            return f"Accès refusé par le serveur « {self._name} »"
        return f"Hors connexion depuis {self._since:%H:%M}"

    def _waiting(self) -> str:
        many = self._jobs.waiting
        return f" · {many} {'actes attendent' if many > 1 else 'acte attend'}" if many else ""

    def _miss(self, owner: QObject) -> None:
        """A question of the page at the front has no answer: it may have nothing to show."""
        page = self._window.current_page()
        if page is None or page is not page_of(owner):
            return
        if not self._is_readable(*self._wanted):
            self._read.pop(self._wanted[0], None)
            self._show_card()

    def _note(self, owner: QObject) -> None:
        """A page has read what it was opened on."""
        page, (name, target) = page_of(owner), self._wanted
        if page is not None and page is self._window.current_page():
            self._read[name] = self._read.get(name) if target is None else target


def _back(waited: int) -> str:
    if not waited:
        return "De nouveau connecté"
    done = "un acte s’enregistre" if waited == 1 else f"{waited} actes s’enregistrent"
    return f"De nouveau connecté : {done}"
