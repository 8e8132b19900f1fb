"""Search and commands, from anywhere (Ctrl+K): a card under the header, for the keyboard first.

What can be found is read once on the reader's lane and kept while nothing of it changes; what is
typed is sought in it off the window's thread, a newer key overtaking an older one.
"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from connexion_desktop import usecases
from connexion_desktop.domain.acts import Changes
from connexion_desktop.domain.attachments import FilePlace
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.progress import Progress
from connexion_desktop.domain.search import (
    LONGEST,
    TABLES,
    Hit,
    Kind,
    Section,
    Shelf,
    Shelves,
    Thing,
    at_rest,
    find,
    folded_words,
    remembered,
)
from connexion_desktop.domain.servers import NotReadError
from connexion_desktop.domain.targets import FileTarget, HostTarget, PersonTarget, RowTarget
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui import theme
from connexion_desktop.ui.actions import Entry
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.palette_list import PaletteList
from connexion_desktop.ui.shortcuts_help import keys
from connexion_desktop.ui.tickets import Job
from connexion_desktop.ui.widgets.labels import label
from connexion_desktop.ui.widgets.line_icon import LineIcon

ACT = "search"
"""The id of the act that opens it."""

_RECENT = "search_recent"
_WIDTH = 640
_HEIGHT = 520
_WAYS_ON = ("new-person", "go-people")
_READING = "Lecture de la base…"
_KEPT = "Hors connexion : la recherche porte sur ce qui était lu avant la coupure."
_NOTHING_READ = (
    "Hors connexion : la recherche ne peut rien trouver d’ici au retour du serveur. Les actes, si."
)
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_PageDown: 6,
    Qt.Key.Key_PageUp: -6,
}
_FILES_OF = {"placement": "placements", "equipment": "equipment"}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Line(QLineEdit):
    """Where one types; the keys that walk the list are its own, even against a shortcut."""

    walked = Signal(int)
    entered = Signal()
    given_up = Signal()

    def event(self, event: QEvent) -> bool:
        """Qt keeps Tab for itself before any `keyPressEvent`."""
        if isinstance(event, QKeyEvent) and self._is_ours(event):
            if event.type() == QEvent.Type.KeyPress:
                self._obey(Qt.Key(event.key()))
            event.accept()
            return True
        return super().event(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        return not held and event.key() in (*_STEPS, *_ENTER, Qt.Key.Key_Escape)

    def _obey(self, key: Qt.Key) -> None:
        if key in _STEPS:
            self.walked.emit(_STEPS[key])
        elif key in _ENTER:
            self.entered.emit()
        else:
            self.given_up.emit()


class _Card(QWidget):
    """It paints all of itself, so that a key has nothing painted again under it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.tokens().edge)
        painter.setBrush(theme.tokens().surface)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class Palette(QWidget):
    """Over the whole window while it is shown: a click beside the card closes it. `shown(text)`
    tells that what was found for a text is there."""

    shown = Signal(str)

    def __init__(self, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._shelves: Shelves = {}
        self._fresh = False
        self._entries: dict[str, Entry] = {}
        self._before: QWidget | None = None
        self._job: Job | None = None
        self._answered: str | None = None
        self._entered = False
        self._build()
        window.installEventFilter(self)
        window.jobs.changed.connect(self._hear)
        window.jobs.link_changed.connect(self._tell_link)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]
        theme.changed.connect(self._fit)
        theme.dress(self)
        self.hide()

    def _build(self) -> None:
        self.card = _Card(self)
        self.card.setAccessibleName("Chercher")
        self.line = _Line()
        self.line.setMaxLength(LONGEST)
        self.line.setPlaceholderText(
            "Personne, groupe, structure, convention, matériel, fichier, acte…"
        )
        self.line.setAccessibleName("Chercher")
        LineIcon(self.line, "search-line")
        self.line.textChanged.connect(self._seek)
        self.line.walked.connect(self._walk)
        self.line.entered.connect(self._enter)
        self.line.given_up.connect(self.leave)
        self.list = PaletteList()
        self.list.clicked.connect(lambda _index: self._enter())
        self.waiting = label(_READING, "small", wrap=True)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        column.setSpacing(theme.SPACE // 2)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        column.addWidget(self.waiting)

    # Opening and closing

    def toggle(self) -> None:
        """Open it; where it is open, close it."""
        if self.isVisible():
            self.leave()
        else:
            self._open()

    def leave(self) -> None:
        """Close it and give the keyboard back to where it was."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        self._before = QApplication.focusWidget()
        self._entries = {
            entry.id: entry
            for menu in self._window.actions_.menus()
            for entry in self._window.actions_.entries(menu)
            if entry.id != ACT and entry.action.isEnabled()
        }
        self.list.shortcuts = {
            entry.id: keys(entry.action.shortcut()) for entry in self._entries.values()
        }
        self.list.show_sections(())
        self.line.clear()
        self._fit()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._read()
        self._seek()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Beside the card."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.leave()

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """The keyboard went elsewhere: an act of the window took it."""
        if isValid(self) and self.isVisible() and new is not None and not self.isAncestorOf(new):
            self._before = None
            self.leave()

    def _fit(self) -> None:
        window = self._window
        self.setGeometry(window.rect())
        header = window.header
        top = header.mapTo(window, QPoint(0, header.height())).y() + theme.SPACE // 2
        left = header.mapTo(window, QPoint(0, 0)).x()
        width = min(theme.px(_WIDTH), header.width() - 2 * theme.MARGIN)
        around = self.card.sizeHint().height() - self.list.sizeHint().height()
        room = window.status.mapTo(window, QPoint(0, 0)).y() - top - theme.SPACE
        height = min(around + self.list.whole_height(), theme.px(_HEIGHT), room)
        self.card.setGeometry(left + (header.width() - width) // 2, top, width, height)

    # Reading and seeking

    def _hear(self, changes: Changes) -> None:
        if changes.touches(*TABLES):
            self._fresh = False
            if self.isVisible():
                self._read()

    def read_ahead(self) -> None:
        """Read before anybody searches: a server may be out of reach by then."""
        self._read()

    def _tell_link(self) -> None:
        """Say what is searched where the server is out of reach."""
        answers = self._window.jobs.answers
        offline = _KEPT if self._shelves else _NOTHING_READ
        self.waiting.setText(_READING if answers else offline)
        self.waiting.setVisible(not (answers and self._shelves))
        self._fit()

    def _read(self) -> None:
        self._tell_link()
        if self._fresh or self._window.desk is None:
            return
        self._fresh = True
        today = self._window.desk.today()
        self._window.jobs.read(
            self,
            lambda session: usecases.search.shelves(session, today),
            self._take,
            self._not_read,
            key="shelves",
        )

    def _take(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._tell_link()
        if self.isVisible():
            self._seek()

    def _not_read(self, problem: UserError) -> None:
        self._fresh = False
        if isinstance(problem, NotReadError):
            self._tell_link()
        else:
            self.waiting.hide()
            self._window.fail(problem)

    def _seek(self) -> None:
        """Look for what is typed now; what was looked for before no longer matters."""
        self._answered, self._entered = None, False
        if self._job is not None:
            self._job.cancel()
        if self._window.desk is None:
            return
        typed, today, shelves = self.line.text(), self._window.desk.today(), self._shelves
        acts = [_act(entry) for entry in self._entries.values()]
        recent = self._settings.text(_RECENT).split()

        def seek(progress: Progress) -> tuple[Section, ...]:
            progress.step(0, 1)  # a newer key may have overtaken it in the queue
            every = {**shelves, Kind.ACT: Shelf(Kind.ACT, acts)}
            return find(every, typed, today) if folded_words(typed) else at_rest(every, recent)

        self._job = self._window.jobs.compute(self, seek, partial(self._show, typed))

    def _show(self, typed: str, sections: tuple[Section, ...]) -> None:
        if typed != self.line.text() or not self.isVisible():
            return
        self._answered = typed
        self.list.show_sections(sections or self._ways_on(typed))
        self._fit()
        self._tell()
        self.shown.emit(typed)
        if self._entered and self._is_searched():
            self._enter()

    def _ways_on(self, typed: str) -> tuple[Section, ...]:
        """Nothing was found: what can be done next."""
        if not self._is_searched():
            return ()
        ways = [_act(self._entries[name]) for name in _WAYS_ON if name in self._entries]
        return (Section(f"Rien ne correspond à « {typed.strip()} »", tuple(map(Hit, ways))),)

    def _is_searched(self) -> bool:
        """Whether no more is about to be found."""
        return bool(self._shelves) or not self._window.jobs.answers

    # Choosing

    def _walk(self, step: int) -> None:
        self.list.walk(step)
        self._tell()

    def _tell(self) -> None:
        """Have screen readers say which row Enter would take."""
        self.line.setAccessibleDescription(self.list.told())

    def _enter(self) -> None:
        """Take the row; what is not found yet is taken as soon as it is."""
        if self._answered != self.line.text() or not (self._is_searched() or self.list.current()):
            self._entered = True
            return
        thing = self.list.current()
        if thing is not None:
            self._entered = False
            self.leave()
            self._remember(thing)
            self._go(thing)

    def _remember(self, thing: Thing) -> None:
        recent = self._settings.text(_RECENT).split()
        self._settings.put(_RECENT, " ".join(remembered(recent, thing.key)))

    def _go(self, thing: Thing) -> None:
        match thing.kind:
            case Kind.ACT:
                self._entries[thing.id].action.trigger()
            case Kind.PERSON:
                self._window.go("person", PersonTarget(UUID(thing.id), origin="people"))
            case Kind.GROUP:
                self._window.go("group", UUID(thing.id))
            case Kind.COMPANY:
                self._window.go("placements", HostTarget(thing.title))
            case Kind.PAPER:
                self._window.go("placements", UUID(thing.id))
            case Kind.EQUIPMENT:
                self._window.go("equipment", RowTarget(UUID(thing.id)))
            case Kind.FILE:
                self._go_to_file(FilePlace.of(thing.id), thing.detail)

    def _go_to_file(self, place: FilePlace, title: str) -> None:
        if place.subject.table == "person":
            target = PersonTarget(place.subject.id, origin="people", file=place.file_id)
            self._window.go("person", target)
        else:
            page = _FILES_OF[place.subject.table]
            self._window.go(page, FileTarget(place.subject.id, place.file_id, title))


def _act(entry: Entry) -> Thing:
    return Thing(Kind.ACT, entry.id, entry.action.text(), entry.menu, entry.menu)
