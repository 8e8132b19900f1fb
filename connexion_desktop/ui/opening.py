"""From the painted shell to the open base, or server: what opens it found or asked for, and the
other ways in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import Locked, RawKey
from connexion_desktop.domain.progress import Progress
from connexion_desktop.system import folders, secrets
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.asking import Asking
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.place import Move, Place, Restoration, demo_place
from connexion_desktop.ui.store import Store

if TYPE_CHECKING:
    from connexion_desktop.ui.joining import Joining
    from connexion_desktop.ui.making import Making
    from connexion_desktop.ui.widgets.banner import Offer
    from connexion_desktop.usecases.moving import Moved

CODE_TO_KEEP = "code_to_keep"
"""Where the settings say which base was made whose code nobody has kept yet."""
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
        self._bases = bases
        self._place = place
        self._settings = settings
        self._today = today
        self._key: RawKey | None = None
        self._news = ""
        self._offers: Sequence[Offer] = ()
        self._asking = Asking(window)
        self._asking.asked.connect(self.asked)

    @property
    def place(self) -> Place:
        """Which base is being opened, or is open."""
        return self._place

    def to_restore(self, file: Path) -> Restoration:
        """What it takes to put a backup in the place of this base."""
        return Restoration(file, self._place._replace(server=""), self._key)

    def to_move(self) -> Move:
        """What it takes to move what is open to the office's server, or back."""
        return Move(self._place, self._key)

    def start(self) -> None:
        """Open the base, or the server, or ask which one to make."""
        if self._place.server:
            self._joining().open(self._place.server)
        elif self._place.base.exists():
            self._find_key()
        else:
            self.welcome()

    def welcome(self) -> None:
        """Ask who is here and which base to use."""
        from connexion_desktop.ui.pages.first_start import Welcome

        card = Welcome(
            self._settings.text("author"),
            has_own=folders.default_base().exists(),
            backups=folders.backup_folder(self._place_of_own().base),
            back=self._place.told() if self._place.base.exists() else "",
        )
        card.back_wanted.connect(self.start)
        card.demo_wanted.connect(self._take_demo)
        card.create_wanted.connect(self._create)
        card.open_wanted.connect(self._open_own)
        card.restore_wanted.connect(self._restore_as)
        card.server_wanted.connect(lambda: self._joining().join())
        self._asking.show(card)

    def restore(self, wanted: Restoration) -> None:
        """Put a backup in the place of the base that was open, or open that one after all."""

        def go_back() -> None:
            if wanted.key is None:
                self.start()
            else:
                self._open(wanted.key)

        def fail(problem: UserError) -> None:
            if self._asking.card is None:
                self._window.banners.fail(problem, lasting=True)
                go_back()
            else:
                self._asking.card.fail(problem)

        self._restore(wanted, go_back, fail)

    def move(self, wanted: Move) -> None:
        """Move a base to the server, or back; or open again what was open."""
        from connexion_desktop.ui.moving import Moving

        moving = Moving(self._asking, wanted, self._settings.text("author"), self._today())

        def fail(problem: UserError) -> None:
            self._window.banners.fail(problem, lasting=True)
            self.start()

        moving.on_server.connect(self._open_moved)
        moving.not_opened.connect(self._tell_not_opened)
        moving.on_file.connect(self._open_brought_back)
        moving.finished.connect(self._open_finished)
        moving.given_up.connect(self.start)
        moving.failed.connect(fail)
        moving.start()

    def _open_far(self, store: Store, name: str) -> None:
        self._place = self._place._replace(server=name, once=False)
        self._end(store)

    def _open_moved(self, store: Store, name: str, moved: Moved) -> None:
        from connexion_desktop.ui.pages.server.moved import offers, told_there

        self._news, self._offers = told_there(moved, name), offers(self._window, moved)
        self._open_far(store, name)

    def _tell_not_opened(self, name: str, problem: UserError) -> None:
        """All is on the server: that is where the next start goes, whatever is done now."""
        self._place = self._place._replace(server=name, once=False)
        self._settings.put("server", name)
        self._joining().stop_at(name, problem)

    def _open_finished(self, place: Place) -> None:
        """An earlier return made its key: it is found, or asked for, as that of any base."""
        self._settings.put(CODE_TO_KEEP, str(place.base))
        self._go_to(place)

    def _open_brought_back(self, place: Place, key: RawKey, moved: Moved) -> None:
        """Its recovery code is shown first, as that of any base just made."""
        from connexion_desktop.ui.pages.server.moved import offers, told_back

        self._news, self._offers = told_back(moved), offers(self._window, moved)
        self._place = place
        self._settings.put(CODE_TO_KEEP, str(place.base))
        self._open(key)

    def _find_key(self) -> None:
        base, key_file, today = self._place.base, self._place.key_file, self._today()

        def look(_progress: Progress) -> tuple[RawKey | Locked, object | None]:
            found = usecases.keys.find(base, key_file)
            if isinstance(found, RawKey):
                return found, self._bases.peek(base, found, today)
            return found, None

        self._asking.compute("Ouverture", look, self._open_or_ask, self._show_trouble)

    def _open_or_ask(self, looked: tuple[RawKey | Locked, object | None]) -> None:
        found, painted = looked
        if isinstance(found, Locked):
            self._asking.ask_key(
                self._place.base, found, self._open, self._keep_and_open, self.welcome
            )
        elif painted is None:
            self._open(found)
        else:
            self.peeked.emit(painted)
            QTimer.singleShot(_PAINTS_IN, self, lambda: self._open(found))

    def _open(self, key: RawKey) -> None:
        self._key = key
        base = self._place.base
        if self._settings.text(CODE_TO_KEEP) == str(base):
            self._making().show_code(key, self._open)
            return
        self._asking.compute(
            "Ouverture",
            lambda _progress: self._bases.open(base, key),
            self._end,
            self._show_trouble,
        )

    def _end(self, store: Store) -> None:
        if not self._place.once:
            self._settings.put("base", str(self._place.base))
            self._settings.put("key_file", str(self._place.key_file or ""))
            self._settings.put("server", self._place.server)
        self._asking.end()
        self.opened.emit(store)
        if self._news:
            self._window.banners.notice(self._news, self._offers, lasting=bool(self._offers))

    def _keep_and_open(self, key: RawKey) -> None:
        self._asking.keep_key(self._place, key, self._open, self.welcome)

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
        card.restore_wanted.connect(
            lambda file: self._restore(self.to_restore(file), self.start, self._fail)
        )
        card.quit_wanted.connect(self._window.close)
        self._asking.show(card)

    def _joining(self) -> Joining:
        from connexion_desktop.ui.joining import Joining

        joining = Joining(self._asking)

        def opened(store: Store, name: str) -> None:
            self._news = joining.told
            self._open_far(store, name)

        joining.opened.connect(opened)
        joining.here_wanted.connect(lambda: self._go_to(self._place._replace(server="")))
        joining.given_up.connect(self.welcome)
        joining.forgotten.connect(self._leave_server)
        joining.quit_wanted.connect(self._window.close)
        return joining

    def _leave_server(self) -> None:
        """The next start does not look for it either."""
        self._settings.put("server", "")
        self._go_to(self._place._replace(server=""))

    def _ask_instead_of_key_file(self) -> None:
        """The key file does not do: what is typed opens the base, and is kept in its stead, unless
        the base was only named for this once."""
        place = self._place
        then = self._open if place.once else self._keep_and_open

        def instead(key: RawKey) -> None:
            self._place = place._replace(key_file=None)
            then(key)

        locked = Locked(secrets.ask_for(place.base))
        self._asking.ask_key(place.base, locked, instead, instead, self.start)

    def _go_to(self, place: Place) -> None:
        self._place = place
        self._key = None
        self.start()

    def _take_demo(self, author: str) -> None:
        self._sign(author)
        self._place = demo_place()
        if self._place.base.exists():
            self._find_key()
        else:
            self._making().make_demo(self._place, self._open)

    def _open_own(self, author: str) -> None:
        self._sign(author)
        self._go_to(Place(folders.default_base()))

    def _create(self, author: str, association: str) -> None:
        self._sign(author)
        self._place = self._place_of_own()
        if self._place.base.exists():
            self._place = Place(folders.default_base())
        self._making().make_own(self._bases, self._place, association, self._open)

    def _place_of_own(self) -> Place:
        """Never the demonstration's: the base named, or the user's own."""
        is_demo = self._place == demo_place()
        return Place(folders.default_base()) if is_demo else self._place._replace(server="")

    def _making(self) -> Making:
        from connexion_desktop.ui.making import Making

        return Making(self._asking, self._settings, self._today(), self._fail, self.welcome)

    def _restore_as(self, author: str, file: Path) -> None:
        self._sign(author)
        self._restore(self.to_restore(file), self.welcome, self._fail)

    def _restore(
        self,
        wanted: Restoration,
        back: Callable[[], object],
        fail: Callable[[UserError], object],
    ) -> None:
        from connexion_desktop.ui.restoring import Restoring

        restoring = Restoring(self._asking, wanted)
        restoring.done.connect(self._open_restored)
        restoring.given_up.connect(back)
        restoring.failed.connect(fail)
        restoring.start()

    def _open_restored(self, place: Place, key: RawKey, told: str) -> None:
        self._place = place
        self._news = told
        self._open(key)

    def _sign(self, author: str) -> None:
        self._settings.put("author", author)

    def _fail(self, problem: UserError) -> None:
        if self._asking.card is None:
            self._show_trouble(problem)
        else:
            self._asking.card.fail(problem)
