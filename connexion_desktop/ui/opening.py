"""From the painted shell to the open base: the key found or asked for, the base made if need be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from connexion_desktop import usecases
from connexion_desktop.domain import recovery
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import Locked, RawKey, WrongKeyError
from connexion_desktop.domain.progress import Progress
from connexion_desktop.system import folders, secrets
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.jobs import Store
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.place import Place, demo_place

if TYPE_CHECKING:
    from connexion_desktop.ui.widgets.card import Card

T = TypeVar("T")
OnProblem = Callable[[UserError], None]
_CODE_TO_KEEP, _ASSOCIATION = "code_to_keep", "association"
"""Where the settings say which base was made whose code nobody has kept yet, and for whom."""
_PAINTS_IN = 30
"""How long the first page is left to be painted before the base is opened, in ms: a timer, unlike
a mere turn of the event loop, comes after the painting."""


class Bases(Protocol):
    """How a base is opened and made; the composition root knows."""

    def peek(self, path: Path, key: RawKey, today: date) -> object | None:
        """What the first page can paint at once: exact, or None; cheap."""

    def open(self, path: Path, key: RawKey) -> Store:
        """Open a base. Raises UserError."""

    def create(self, path: Path, key: RawKey, association: str) -> Store:
        """Make an empty base and open it. Raises UserError."""


class Opening(QObject):
    """`peeked(found)` gives what the first page can paint at once, if there is such a thing; then
    `opened(store)` comes once the base is open. Where something must be asked, the window shows a
    card, and `asked(card)` tells it. `gave_way()` if another window has the base open: that one is
    at the front now."""

    peeked = Signal(object)
    opened = Signal(object)
    asked = Signal(object)
    gave_way = Signal()

    def __init__(
        self,
        window: MainWindow,
        bases: Bases,
        place: Place,
        settings: Settings,
        today: Callable[[], date],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = window.jobs
        self._bases = bases
        self._place = place
        self._settings = settings
        self._today = today
        self._card: Card | None = None

    @property
    def place(self) -> Place:
        """Which base is being opened, or is open."""
        return self._place

    def start(self) -> None:
        """Open the base, or ask which one to make."""
        if self._place.base.exists():
            self._find_key()
        else:
            self.welcome()

    def welcome(self) -> None:
        """Ask who is here and which base to use."""
        from connexion_desktop.ui.pages.first_start import Welcome

        card = Welcome(self._settings.text("author"), has_own=folders.default_base().exists())
        card.demo_wanted.connect(self._take_demo)
        card.create_wanted.connect(self._create)
        card.open_wanted.connect(self._open_own)
        card.restore_wanted.connect(self._restore_as)
        self._show(card)

    def _find_key(self) -> None:
        base, key_file, today = self._place.base, self._place.key_file, self._today()

        def look(_progress: Progress) -> tuple[RawKey | Locked, object | None]:
            found = usecases.keys.find(base, key_file)
            if isinstance(found, RawKey):
                return found, self._bases.peek(base, found, today)
            return found, None

        self._compute("Ouverture", look, self._open_or_ask, self._show_trouble)

    def _open_or_ask(self, looked: tuple[RawKey | Locked, object | None]) -> None:
        found, painted = looked
        if isinstance(found, Locked):
            self._ask_key(self._place.base, found, self._open, self._keep_and_open, self.welcome)
        elif painted is None:
            self._open(found)
        else:
            self.peeked.emit(painted)
            QTimer.singleShot(_PAINTS_IN, self, lambda: self._open(found))

    def _open(self, key: RawKey) -> None:
        base = self._place.base
        if self._settings.text(_CODE_TO_KEEP) == str(base):
            self._show_code(key)
            return
        self._compute(
            "Ouverture",
            lambda _progress: self._bases.open(base, key),
            self._end,
            self._show_trouble,
        )

    def _end(self, store: Store) -> None:
        if not self._place.once:
            self._settings.put("base", str(self._place.base))
            self._settings.put("key_file", str(self._place.key_file or ""))
        self._card = None
        self.opened.emit(store)

    def _show_trouble(self, problem: UserError) -> None:
        from connexion_desktop.ui.pages.trouble import Trouble
        from connexion_desktop.ui.single_window import raise_other

        if raise_other(self._place.base):
            self.gave_way.emit()
            return
        card = Trouble(problem, self._place.base)
        card.again.connect(self.start)
        card.secret_wanted.connect(self._ask_instead_of_key_file)
        card.key_wanted.connect(lambda file: self._go_to(self._place._replace(key_file=file)))
        card.base_wanted.connect(lambda file: self._go_to(Place(file)))
        card.restore_wanted.connect(lambda file: self._restore(file, self.start))
        card.quit_wanted.connect(self._window.close)
        self._show(card)

    def _ask_instead_of_key_file(self) -> None:
        """The key file does not do: what is typed opens the base, and is kept in its stead, unless
        the base was only named for this once."""
        place = self._place
        then = self._open if place.once else self._keep_and_open

        def instead(key: RawKey) -> None:
            self._place = place._replace(key_file=None)
            then(key)

        locked = Locked(secrets.ask_for(place.base))
        self._ask_key(place.base, locked, instead, instead, self.start)

    def _go_to(self, place: Place) -> None:
        self._place = place
        self.start()

    def _ask_key(
        self,
        file: Path,
        locked: Locked,
        with_phrase: Callable[[RawKey], None],
        with_code: Callable[[RawKey], None],
        back: Callable[[], None],
    ) -> None:
        """Ask for the passphrase or the recovery code of a base or of a backup; « Retour » goes
        `back`."""
        from connexion_desktop.ui.pages.unlock import Unlock

        card = Unlock(locked.ask, locked.reason, file.name)
        card.back.connect(back)
        card.phrase_given.connect(
            lambda phrase: self._try(
                card,
                lambda: usecases.keys.with_passphrase(file, phrase, locked.phrase_of),
                with_phrase,
            )
        )
        card.code_given.connect(
            lambda code: self._try(
                card, lambda: usecases.keys.with_recovery_code(file, code), with_code
            )
        )
        self._show(card)

    def _try(self, card: Card, find: Callable[[], T], then: Callable[[T], None]) -> None:
        card.wait(
            self._jobs.compute(card, lambda _progress: find(), then, card.fail), "Vérification"
        )

    def _compute(
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

    def _keep_and_open(self, key: RawKey) -> None:
        self._keep(key, self._open)

    def _keep(self, key: RawKey, then: Callable[[RawKey], None]) -> None:
        """Put the key in the keyring, or under a new passphrase where there is none."""
        if self._place.key_file is not None:
            then(key)
            return

        def kept(done: bool) -> None:
            if done:
                then(key)
            else:
                self._ask_passphrase(key, then)

        self._compute(
            "Rangement de la clé",
            lambda _progress: usecases.keys.keep(key),
            kept,
            lambda _problem: self._ask_passphrase(key, then),
        )

    def _ask_passphrase(self, key: RawKey, then: Callable[[RawKey], None]) -> None:
        from connexion_desktop.ui.pages.unlock import NewPassphrase

        base = self._place.base
        card = NewPassphrase()
        card.back.connect(self.welcome)

        def protected(aside: Path | None) -> None:
            if aside is not None:
                self._window.tell(f"La clé qui était à cette place est gardée : {aside.name}")
            then(key)

        card.chosen.connect(
            lambda phrase: self._try(
                card, lambda: usecases.keys.protect(base, key, phrase), protected
            )
        )
        self._show(card)

    def _take_demo(self, author: str) -> None:
        self._sign(author)
        self._place = demo_place()
        base, key_file, today = self._place.base, self._place.key_file, self._today()
        if base.exists():
            self._find_key()
            return

        def make(progress: Progress) -> RawKey:
            base.parent.mkdir(parents=True, exist_ok=True)
            key = usecases.keys.for_new_base(key_file)
            usecases.demo.create(base, key, today, progress=progress)
            return key

        self._compute("Base de démonstration", make, self._open, self._fail_here, can_cancel=True)

    def _open_own(self, author: str) -> None:
        self._sign(author)
        self._place = Place(folders.default_base())
        self._find_key()

    def _create(self, author: str, association: str) -> None:
        """The key is kept before the base exists, and the base exists before its code is shown:
        giving up halfway leaves neither a base that nobody can open nor a printed code that opens
        nothing. Until the code is said to be kept, each start shows it again. A base that is there
        keeps its own."""
        self._sign(author)
        if self._place == demo_place() or self._place.base.exists():
            self._place = Place(folders.default_base())
        key_file = self._place.key_file
        self._compute(
            "Création de la clé",
            lambda _progress: usecases.keys.for_new_base(key_file),
            lambda key: self._keep(key, lambda kept: self._make(kept, association)),
            self._fail_here,
        )

    def _make(self, key: RawKey, association: str) -> None:
        base = self._place.base
        self._settings.put(_CODE_TO_KEEP, str(base))
        self._settings.put(_ASSOCIATION, association)

        def failed(problem: UserError) -> None:
            self._settings.put(_CODE_TO_KEEP, "")
            self._fail_here(problem)

        self._compute(
            "Création de la base",
            lambda _progress: self._bases.create(base, key, association).close(),
            lambda _none: self._show_code(key),
            failed,
        )

    def _show_code(self, key: RawKey) -> None:
        from connexion_desktop.ui.pages.recovery_code import RecoveryCode

        def go_on() -> None:
            self._settings.put(_CODE_TO_KEEP, "")
            self._open(key)

        association = self._settings.text(_ASSOCIATION)
        card = RecoveryCode(recovery.encode(key), association, on=self._today())
        card.done.connect(go_on)
        self._show(card)

    def _restore_as(self, author: str, file: Path) -> None:
        self._sign(author)
        if self._place == demo_place():
            self._place = Place(folders.default_base())
        self._restore(file, self.welcome)

    def _restore(self, file: Path, back: Callable[[], None]) -> None:
        """A key that was typed is only kept once the backup is in its place: what opens the
        present base stays as it is until then. The passphrase of the base replaced goes on."""
        base, key_file = self._place.base, self._place.key_file

        def keep_instead(key: RawKey) -> None:
            self._place = self._place._replace(key_file=None)
            self._keep_and_open(key)

        def put_back(key: RawKey) -> None:
            self._put_back(file, key, keep_instead, self._show_trouble)

        def put_back_as_is(key: RawKey) -> None:
            self._put_back(file, key, self._open, self._show_trouble)

        def ask(locked: Locked) -> None:
            with_phrase = put_back if locked.phrase_of is None else put_back_as_is
            self._ask_key(file, locked, with_phrase, put_back, back)

        def ask_if_key(otherwise: OnProblem) -> OnProblem:
            def tell(problem: UserError) -> None:
                if isinstance(problem, WrongKeyError):
                    ask(Locked(secrets.ask_for(file), problem.what))
                else:
                    otherwise(problem)

            return tell

        def act(found: RawKey | Locked) -> None:
            if isinstance(found, RawKey):
                self._put_back(file, found, self._open, ask_if_key(self._show_trouble))
            else:
                ask(found)

        self._compute(
            "Lecture de la sauvegarde",
            lambda _progress: usecases.keys.find(file, key_file, base),
            act,
            ask_if_key(self._fail_here),
        )

    def _put_back(
        self, file: Path, key: RawKey, then: Callable[[RawKey], None], on_problem: OnProblem
    ) -> None:
        base = self._place.base

        def restore(progress: Progress) -> str:
            aside = usecases.maintenance.restore(file, base, key, progress)
            if aside is None:
                return ""
            if usecases.maintenance.is_another(aside, base, key):
                return f"Une autre base était à cette place, elle est gardée : {aside.name}"
            return f"La base d’avant est gardée : {aside.name}"

        self._compute(
            "Restauration",
            restore,
            lambda told: self._restored(key, told, then),
            on_problem,
            can_cancel=True,
        )

    def _restored(self, key: RawKey, told: str, then: Callable[[RawKey], None]) -> None:
        if told:
            self._window.tell(told)
        then(key)

    def _sign(self, author: str) -> None:
        self._settings.put("author", author)

    def _fail_here(self, problem: UserError) -> None:
        if self._card is None:
            self._show_trouble(problem)
        else:
            self._card.fail(problem)

    def _show(self, card: Card) -> None:
        old, self._card = self._card, card
        self._window.show_alone(card)
        self.asked.emit(card)
        if old is not None:
            old.deleteLater()
