"""The shell: rail, header, pages, status line. Painted before anything heavy is imported."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from connexion_desktop.domain.errors import UserError
from connexion_desktop.ui import theme
from connexion_desktop.ui.actions import Actions
from connexion_desktop.ui.drops import WindowDrops, dragged_files, table_among, take_copy
from connexion_desktop.ui.header import Choice, Header
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.menus import main_menu, native_bar
from connexion_desktop.ui.page_spec import PageSpec
from connexion_desktop.ui.rail import Rail
from connexion_desktop.ui.status_line import StatusLine
from connexion_desktop.ui.widgets.banner import Banners
from connexion_desktop.ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QKeyEvent,
        QPaintEvent,
    )

    from connexion_desktop.domain.acts import Changes
    from connexion_desktop.domain.board import GroupBrief
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.offline import Offline
    from connexion_desktop.ui.page import Page

NATIVE_MENUS = sys.platform in ("darwin",)
"""Whether the system has its menus at the top of the screen, where they cost no room."""

LEAST = QSize(320, 200)
"""What the pages may at least be reduced to, in logical pixels: never what they would like."""

_BREATH = 10
"""Between two steps of a page built ahead, in ms."""

KEYS = "Ctrl+G groupe · Ctrl+/ raccourcis"


DISCREET = "Mode discret : seule cette fiche est montrée · Ctrl+Maj+D pour en sortir"
"""What is told of whatever would show somebody else."""


def _is_about(person_id: UUID, name: str, target: object) -> bool:
    """Whether a page shows that person and nobody else."""
    shown = getattr(target, "person_id", target)
    return name == "person" and shown in (None, person_id)


class Pages(QStackedWidget):
    """The pages. What one of them holds never makes the window larger than its screen."""

    def minimumSizeHint(self) -> QSize:
        return LEAST

    def hasHeightForWidth(self) -> bool:
        """A page takes what room there is: none is asked for its height, hidden or not."""
        return False


class MainWindow(QMainWindow):
    """See the module. `painted` comes once, after the first paint; `closing` when the user asks to
    close: whoever listens calls `finish` when all is safe."""

    painted = Signal()
    closing = Signal()

    def __init__(
        self, specs: Sequence[PageSpec], jobs: Jobs, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__()
        self.setWindowTitle("Connexion Desktop")
        self.setAcceptDrops(True)
        self.jobs = jobs
        self.actions_ = Actions(self)
        self._today = today
        self._specs = {spec.name: spec for spec in specs}
        self._pages: dict[str, Page] = {}
        self._titles: dict[str, tuple[str, str, str]] = {}
        self._bare: set[str] = set()
        self._stale: set[str] = set()
        self._current = ""
        self._painted = False
        self._done = False
        self._above: list[QWidget] = []
        self.desk: Desk | None = None
        self.discreet_about: UUID | None = None
        self.offline: Offline | None = None
        self._build()
        jobs.changed.connect(self._refresh)
        jobs.failed.connect(self.fail)

    def _build(self) -> None:
        self._menu = main_menu(self.actions_, self)
        if NATIVE_MENUS:
            native_bar(self.menuBar(), self.actions_)
        self.rail = Rail([spec for spec in self._specs.values() if spec.in_rail], self._menu)
        self.rail.chosen.connect(self._go_from_rail)
        self.header = Header()
        self.header.note_wanted.connect(self.write_note)
        self.header.picked.connect(self._switch_group)
        self.banners = Banners()
        self.stack = Pages()
        self.blank = QWidget()
        self.stack.addWidget(self.blank)
        self.progress = ProgressLine()
        self.status = StatusLine()
        holder = QWidget()
        row = QHBoxLayout(holder)
        column = self._column = QVBoxLayout()
        for layout in (row, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        column.addWidget(self.header)
        column.addWidget(self.banners)
        column.addWidget(self.stack, 1)
        column.addWidget(self.progress)
        column.addWidget(self.status)
        self.setCentralWidget(holder)
        for seen in (self.rail, self.header, self.status):
            theme.dress(seen)
        self.set_ready(False)

    def set_ready(self, ready: bool) -> None:
        """With an open base, the rail and the header; without, only what is shown in the middle."""
        self.rail.set_ready(ready)
        self.header.setVisible(ready)
        self.status.setVisible(ready)

    def seat(self, author: str) -> Desk:
        """Give the pages their desk: whoever works here is known now."""
        from connexion_desktop.ui.desk import Desk

        self.desk = Desk(
            self.jobs,
            self.actions_,
            self._today,
            author,
            self.go,
            self.tell,
            self.fail,
            self.progress.watch,
        )
        return self.desk

    def show_alone(self, widget: QWidget) -> None:
        """Show something that is no page: first start, unlocking."""
        from connexion_desktop.ui.widgets.reading_order import put_in_order

        self.set_ready(False)
        if self.stack.indexOf(widget) < 0:
            self.stack.addWidget(widget)
            theme.dress(widget)
            put_in_order(widget)
        self.stack.setCurrentWidget(widget)
        widget.setFocus()

    def put_above(self, widget: QWidget) -> None:
        """Have a widget stand between the header and the pages until another page is shown."""
        self._above.append(widget)
        self._column.insertWidget(self._column.indexOf(self.banners), widget)
        theme.dress(widget)

    def go(self, name: str, target: object = None) -> None:
        """Bring a page to the front and have it show `target`. Raises KeyError for no such page.

        In discreet mode nothing is shown but the person whose page is open.
        """
        spec = self._specs[name]
        if self.discreet_about is not None and not _is_about(self.discreet_about, name, target):
            self.tell(DISCREET)
            self._light_rail()
            return
        leaving = self.current_page()
        if leaving is not None and name != self._current:
            leaving.flush()
        if self.offline is not None and self.offline.stands_for(name, target):
            self._current = name
            self._titles.setdefault(name, (spec.title, "", ""))
            self._show_titles(name)
            self.rail.show_current(spec.place or name)
            self.header.offer_note(False)
            return
        page = self._page(spec)
        if leaving is not None and (target is not None or name != self._current):
            self.banners.clear()
        if name != self._current:
            for strip in self._above:
                strip.hide()
        self._current = name
        self.set_ready(True)
        self.stack.setCurrentWidget(page)
        self._show_titles(name)
        self._offer_note(page)
        page.open(target)
        self._light_rail()
        if name in self._stale:
            self._stale.discard(name)
            page.refresh()

    def _offer_note(self, page: Page) -> None:
        self.header.offer_note(page.offers_note)
        made = "noter" if page.offers_note else page.makes
        self.status.show_keys(f"Ctrl+N {made} · {KEYS}" if made else KEYS)

    def _follow_acts(self, page: Page) -> None:
        if page is self.current_page() and self.stack.currentWidget() is page:
            self._offer_note(page)

    def follow_rights(self) -> None:
        """Who works here has other rights by now: offer what goes with them, on every page."""
        for each in self._pages.values():
            each.follow_rights()
        page = self.current_page()
        if page is not None:
            self._follow_acts(page)

    def _go_from_rail(self, name: str) -> None:
        """The rail is painted before anything is open: it then leads nowhere yet."""
        if self.desk is not None:
            self.go(name)

    def be_discreet(self, about: UUID | None) -> None:
        """Show nothing but the page of that person, whoever sits beside the screen; None: all."""
        self.discreet_about = about
        self.header.show_discreet(discreet=about is not None)
        page = self.current_page()
        if page is not None:
            page.be_discreet(about is not None)

    def _light_rail(self) -> None:
        page, spec = self.current_page(), self._specs.get(self._current)
        if page is not None and spec is not None:
            self.rail.show_current(page.place or spec.place or spec.name)

    def prepare(self, name: str) -> None:
        """Build a page before it is asked for: made, dressed and filled each in a turn of its own.
        Raises KeyError for no such page."""
        spec = self._specs[name]
        if name not in self._pages:
            self._make(spec)
        QTimer.singleShot(_BREATH, self, lambda: self._page(spec))
        QTimer.singleShot(2 * _BREATH, self, lambda: self._page(spec).prepare())

    def current_page(self) -> Page | None:
        """The page at the front, or None before the first."""
        return self._pages.get(self._current)

    def tell(self, text: str) -> None:
        """Say a short thing in the status line."""
        self.status.tell(text)

    def fail(self, problem: UserError) -> None:
        """Show a problem in place. What a server out of reach left unread is told at the foot."""
        from connexion_desktop.domain.servers import NotReadError

        if isinstance(problem, NotReadError):
            self.tell("Hors connexion : ceci se lira au retour du serveur")
            return
        self.banners.fail(problem)

    def write_note(self) -> None:
        """Put the cursor where a note is written, on the page at the front."""
        page = self.current_page()
        if page is not None and page.offers_note:
            page.note()

    def _switch_group(self, target: object) -> None:
        """Show another group: on the page at the front, if it is one of a group."""
        page = self.current_page()
        stays = page is not None and page.keeps_group
        self.go(self._current if stays else "group", target)

    def _offer_groups(self, groups: Sequence[GroupBrief]) -> None:
        self.header.offer([Choice(group.name, group.phase, group.id) for group in groups])
        if self._current:
            self._show_titles(self._current)

    def flush(self) -> None:
        """Save what is being typed on every page."""
        for page in self._pages.values():
            page.flush()

    def leave_pictures(self) -> None:
        """Keep what the next start paints."""
        for page in self._pages.values():
            page.leave_picture()

    def finish(self) -> None:
        """Close for good: all is safe."""
        self._done = True
        self.close()
        self.hide()  # where the window was being closed already, that did nothing yet

    def _page(self, spec: PageSpec) -> Page:
        if spec.name not in self._pages:
            self._make(spec)
        page = self._pages[spec.name]
        if spec.name in self._bare:
            self._bare.discard(spec.name)
            page.dress()
        return page

    def _make(self, spec: PageSpec) -> None:
        """A page in its place, not dressed yet."""
        if self.desk is None:
            raise RuntimeError("no desk yet")
        page = spec.factory(self.desk)
        self._pages[spec.name] = page
        self._bare.add(spec.name)
        self._titles[spec.name] = (page.title, "", "")
        page.groups_changed.connect(self._offer_groups)
        page.acts_changed.connect(lambda: self._follow_acts(page))
        page.title_changed.connect(lambda text: self._put_title(spec.name, 0, text))
        page.subtitle_changed.connect(lambda text: self._put_title(spec.name, 1, text))
        page.summary_changed.connect(lambda text: self._put_title(spec.name, 2, text))
        self.stack.addWidget(page)

    def _put_title(self, name: str, index: int, text: str) -> None:
        titles = list(self._titles[name])
        titles[index] = text
        self._titles[name] = (titles[0], titles[1], titles[2])
        if name == self._current:
            self._show_titles(name)

    def _show_titles(self, name: str) -> None:
        title, subtitle, summary = self._titles[name]
        self.header.show_place(title, subtitle, in_group=self._specs[name].in_group)
        self.status.show_summary(summary)

    def _refresh(self, changes: Changes) -> None:
        for name, page in self._pages.items():
            if not changes.touches(*page.shows):
                continue
            if name == self._current:
                if not changes.elsewhere:
                    self.banners.clear()
                page.refresh()
            else:
                self._stale.add(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._end_painting)

    def _end_painting(self) -> None:
        self.painted.emit()
        WindowDrops(self)
        for unseen in (self.banners, self.progress, self._menu):
            theme.dress(unseen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, where nothing else takes it, closes what is told on top."""
        if event.key() != Qt.Key.Key_Escape or not self.banners.close_newest():
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.desk is None or not dragged_files(event.mimeData()):
            return
        page = self.current_page()
        words = page.drop_words() if page is not None else ""
        if words or "import" in self._specs:
            take_copy(event)
            self.tell(words or "Lâchez le fichier ici pour l’importer.")

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        take_copy(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.status.forget()

    def dropEvent(self, event: QDropEvent) -> None:
        take_copy(event)
        self.status.forget()
        self.banners.clear()
        paths, page = dragged_files(event.mimeData()), self.current_page()
        if page is not None and page.drop_words():
            page.take_files(paths)
            return
        try:
            self.go("import", table_among(paths))
        except UserError as problem:
            self.fail(problem)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._done:
            self.closing.emit()
        event.setAccepted(self._done)
