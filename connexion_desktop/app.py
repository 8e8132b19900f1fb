"""The composition root: the only file that knows every room.

What is imported at the top is what the shell needs to be painted; the rest is imported after that,
by the functions that use it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from connexion_desktop.ui import theme  # first of all: it puts Python's own import back

# isort: split
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from connexion_desktop.domain.errors import UserError
from connexion_desktop.system import folders
from connexion_desktop.system.log import Log
from connexion_desktop.system.resources import resource
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui import garbage
from connexion_desktop.ui.errors import Door
from connexion_desktop.ui.french import speak_french
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.options import Options, read_options
from connexion_desktop.ui.page_table import FIRST, pages
from connexion_desktop.ui.place import Place, known_base, named_place
from connexion_desktop.ui.store import Far, Store
from connexion_desktop.ui.window_size import WindowSize

if TYPE_CHECKING:
    from connexion_desktop.domain.board import GroupBoard
    from connexion_desktop.domain.keys import RawKey

_PLACE_EVERY = 60_000
_AFTER_PAGES = 2_000
"""How long the pages a click away are left to be made ready first, in ms."""
_TURN = 0.00005
"""How long a worker keeps Python to itself while the window waits for it, in seconds: a
hundredth of the usual, since one paint asks for it dozens of times."""


class Bases:
    """How bases are opened and made."""

    def peek(self, path: Path, key: RawKey, today: date) -> GroupBoard | None:
        """What the first page would paint on `today`, if it was kept and nothing was saved since.

        Called on a worker: the page itself is imported there too, while the window stays free.
        """
        import connexion_desktop.ui.pages.group.page  # noqa: F401
        from connexion_desktop.data.snapshot import read_snapshot
        from connexion_desktop.ui.pages.group.snapshot import board_from_json

        kept = read_snapshot(path, key, FIRST, today)
        return None if kept is None else board_from_json(kept)

    def open(self, path: Path, key: RawKey) -> Store:
        """Open a base. Raises UserError."""
        from connexion_desktop.data.database import Database

        return Database.open(path, key)

    def create(self, path: Path, key: RawKey, association: str) -> Store:
        """Make an empty base and open it. Raises UserError."""
        from connexion_desktop.data.database import Database

        folders.make(path.parent)
        return Database.create(path, key, association)


class Application:
    """One window on one base, from its first paint to its closing.

    Once closed, `next` holds the options of the window to open in its place, or None.
    """

    def __init__(self, app: QApplication, options: Options, settings: Settings, door: Door) -> None:
        self._app = app
        self.next: Options | None = None
        self.status = 0
        self._options = options
        self._settings = settings
        self._log = door.log
        day = options.today
        self._place = _place(options, settings)
        self._today: Callable[[], date] = (lambda: day) if day else date.today
        self._pages = pages(settings)
        self.window = MainWindow(self._pages, Jobs(), self._today)
        self._size = WindowSize(self.window, settings)
        self.window.painted.connect(self._after_paint)
        door.user_error.connect(self.window.fail)
        door.crashed.connect(self._tell_crash)

    def gives_way(self) -> bool:
        """Whether another window has this base open: it has then come to the front."""
        if self._options.choose or self._options.images is not None:
            return False
        from connexion_desktop.data.lock import is_held

        if not is_held(self._place.held):
            return False
        from connexion_desktop.ui.single_window import raise_other

        return raise_other(self._place.held)

    def show(self) -> None:
        """Paint the shell; the rest follows."""
        options = self._options
        asks = options.choose or options.restore is not None or options.move is not None
        there = bool(self._place.server) or self._place.base.exists()
        self.window.set_ready(there and not asks)
        self._size.show(framed=options.images is not None)

    def _after_paint(self) -> None:
        """Look for the key first; what the window needs besides is made meanwhile."""
        from connexion_desktop.ui import accessible
        from connexion_desktop.ui.opening import Opening
        from connexion_desktop.ui.slices import Slices

        accessible.install()
        garbage.spare_what_is_there()
        window = self.window
        garbage.Search(window)
        self._opening = Opening(window, Bases(), self._place, self._settings, self._today)
        self._opening.peeked.connect(self._paint_at_once)
        self._opening.opened.connect(self._begin)
        self._opening.asked.connect(self._asked)
        self._opening.gave_way.connect(self._leave_to_other)
        if self._options.choose:
            self._opening.welcome()
        elif self._options.restore is not None:
            self._opening.restore(self._options.restore)
        elif self._options.move is not None:
            self._opening.move(self._options.move)
        else:
            self._opening.start()
        Slices(window, self._get_ready(), lambda: None)

    def _get_ready(self) -> Iterator[object]:
        """A step for each slice; they end before the base can be open."""
        self._make_closing()
        yield "closing"
        self._make_acts()
        yield "acts"
        from connexion_desktop.ui.warming import meet_types

        yield from meet_types()

    def _make_closing(self) -> None:
        from connexion_desktop.ui.closing import Closing

        self._closing = Closing(self.window, lambda: self._opening.place.base)
        self._closing.closed.connect(self._size.remember)
        self._closing.stayed.connect(self._stay)

    def _make_acts(self) -> None:
        from connexion_desktop.ui.shell_actions import ShellActions

        self._acts = ShellActions(self.window, self._settings)
        self._acts.add_first()

    def _paint_at_once(self, board: GroupBoard) -> None:
        """Show the first page as the base would say it, before the base is even open."""
        from connexion_desktop.ui.pages.group.page import GroupPage

        self._seat()
        self.window.go(FIRST)
        page = self.window.current_page()
        if isinstance(page, GroupPage):
            QTimer.singleShot(0, page, lambda: page.show_board(board))

    def _begin(self, store: Store) -> None:
        """The base is open: give it to the jobs; the rest follows, a turn at a time."""
        self.window.jobs.attach(store, self._seat(store))
        if self._opening.place.server:
            from connexion_desktop.ui.following import Following
            from connexion_desktop.ui.offline import Offline

            Following(self.window)
            self.window.offline = Offline(self.window, self._opening.place.server)
        QTimer.singleShot(0, self.window, self._show_first)

    def _show_first(self) -> None:
        """Show the first page, unless it was painted before the base was open."""
        if self.window.current_page() is None:
            self.window.go(FIRST)
        QTimer.singleShot(0, self.window, self._furnish)

    def _furnish(self) -> None:
        """Add what needs an open base around the page."""
        self._acts.add_rest(
            self._pages, self._closing, self._change_base, self._restore, self._move
        )
        self._closing.show_place()
        self._closing.say_if_demo()
        if self._options.images is not None:
            self._photograph(self._options.images)
        else:
            from connexion_desktop.ui.warming import warm_meeting

            self.window.jobs.compute(self.window, warm_meeting, lambda _none: self._settle())

    def _seat(self, store: Store | None = None) -> str:
        """Who works here: on a server, whom it knows by the login."""
        named = store.author if isinstance(store, Far) else ""
        author = named or self._settings.text("author") or folders.login()
        if self.window.desk is None:
            self.window.seat(author)
        return author

    def _settle(self) -> None:
        """What can wait until the first page is there."""
        from connexion_desktop.ui.single_window import SingleWindow
        from connexion_desktop.ui.warming import BREATH

        garbage.spare_what_is_there()
        self._log.listen()
        self._single = SingleWindow(self._opening.place.held, self._come_forward, self.window)
        self._show_icon()
        self._app.commitDataRequest.connect(self._closing.leave_now)
        self._minutes = QTimer(self.window)
        self._minutes.timeout.connect(self._closing.show_place)
        self._minutes.start(_PLACE_EVERY)
        QTimer.singleShot(BREATH, self.window, self._warm_up)

    def _warm_up(self) -> None:
        """Nobody waits: make the first opening of another page as quick as the next ones."""
        from connexion_desktop.ui.warming import warm_up

        if self.window.jobs.is_far:
            QTimer.singleShot(_AFTER_PAGES, self.window, self._acts.read_ahead)
        else:
            self._check_daily()
        warm_up(self.window, self._today())

    def _check_daily(self) -> None:
        from connexion_desktop.ui.daily_check import DailyCheck

        self._check = DailyCheck(self.window, self._settings)
        self._closing.closed.connect(self._check.end)
        self._check.start()

    def _come_forward(self) -> None:
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    def _change_base(self) -> None:
        self.next = self._options._replace(choose=True, restore=None, move=None, server="")
        self.window.close()

    def _restore(self, file: Path) -> None:
        """Let the base go, to put a backup in its place: the next window asks before it does."""
        wanted = self._opening.to_restore(file)
        self.next = self._options._replace(choose=False, restore=wanted, move=None)
        self._closing.start_without_backup()

    def _move(self) -> None:
        """Let the base or the server go: the next window asks before anything moves."""
        self.next = self._options._replace(
            choose=False, restore=None, move=self._opening.to_move(), server=""
        )
        self.window.close()

    def _stay(self) -> None:
        self.next = None

    def release(self) -> None:
        """Let threads and base go, however the event loop ended. Harmless after a closing."""
        store = self.window.jobs.store
        self.window.jobs.stop()
        if store is not None:
            store.close()
        self.window.deleteLater()
        garbage.spare_nothing()

    def _photograph(self, folder: Path) -> None:
        from connexion_desktop.ui.photographs import Photographs
        from connexion_desktop.ui.scenes import SCENES

        self._photographs = Photographs(self.window, SCENES, folder, self._closing.leave_now)
        self._photographs.start()

    def _show_icon(self) -> None:
        self.window.setWindowIcon(QIcon(str(resource("icons/connexion.svg"))))

    def _asked(self) -> None:
        """A card is shown, maybe for long."""
        QTimer.singleShot(0, self.window, self._show_icon)
        self._refuse_to_ask()

    def _refuse_to_ask(self) -> None:
        """Nobody is there to answer while pictures are taken."""
        if self._options.images is not None:
            print("La base ne s’ouvre pas sans réponse.", file=sys.stderr)  # noqa: T201
            self.status = 1
            self.window.finish()

    def _leave_to_other(self) -> None:
        """The window that has the base open is at the front."""
        self._refuse_to_ask()
        self.window.finish()

    def _tell_crash(self, report: str) -> None:
        from connexion_desktop.ui.sheets import crash_sheet

        if self._options.images is not None:
            print(report, file=sys.stderr)  # noqa: T201
            self.status = 1
            self.window.finish()
            return
        crash_sheet(self.window, report)


def _of_a_picture() -> Settings:
    """A picture names nobody of this computer."""
    settings = Settings()
    settings.put("author", "Nadia Ferrand")
    return settings


def main(arguments: Sequence[str], kind: type[Application] = Application) -> int:
    """Open the window as the arguments say; give the exit status."""
    try:
        options = read_options(arguments)
    except UserError as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        return 2
    sys.setswitchinterval(_TURN)
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "fusion"])
    assert isinstance(app, QApplication)  # noqa: S101 - nobody else makes one
    settings = _of_a_picture() if options.images else Settings.of_user()
    door = Door(Log(folders.log_folder() / "journal.log"))
    door.install()
    speak_french(app)
    theme.apply(_scheme(settings), settings.number("text_scale", 100))
    try:
        return _run(lambda options: kind(app, options, settings, door), options)
    finally:
        door.remove()


def _run(make: Callable[[Options], Application], options: Options) -> int:
    while True:
        application = make(options)
        if application.gives_way():
            application.release()
            return 0
        application.show()
        status = QApplication.exec()
        application.release()
        if application.next is None:
            return application.status or status
        options = application.next


def _place(options: Options, settings: Settings) -> Place:
    if options.restore is not None:
        return options.restore.place
    if options.move is not None:
        return options.move.place
    if options.base is not None:
        return Place(options.base, options.key_file, once=True)
    if options.server:
        return known_base(settings)._replace(server=options.server)
    return named_place(settings)


def _scheme(settings: Settings) -> theme.Scheme:
    known = settings.text("scheme", theme.Scheme.SYSTEM)
    return theme.Scheme(known) if known in list(theme.Scheme) else theme.Scheme.SYSTEM


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
