"""Scripted tours of the real window, with real keys and clicks; run in a process of their own."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.driver import AfterPaint, Driven, drive, give_up  # before PySide6

# isort: split
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.heartbeat import Heartbeat
from connexion_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from connexion_desktop.ui.jobs import Store

Wait = Callable[[], bool]
Script = Iterator[Wait]

PEOPLE = 8
QUESTIONS = (
    "aissatou diallo",
    "coulibaly fatoumta",
    "0639980",
    "12/05/1988",
    "pmsmp-2026-7",
    "xqzt",
    "sauvegarder",
)
QUESTION_ROUNDS = 3
_POLL = 2
_STEP_LIMIT = 20.0
_BREATH = 0.25
_ROWS = 300
_PLAIN = Qt.KeyboardModifier.NoModifier
_LOOKS = {
    "colours changed": ("scheme-dark", "scheme-light"),
    "larger text": ("larger", "normal"),
}
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier


def open_people() -> None:
    """Open several people of the group with Enter; tell how long each took to be painted."""

    class Opened(Driven):
        def settled(self) -> None:
            times: list[float] = []
            self.walker = Walker(
                self.window,
                _people(self.window, times),
                lambda: _tell(self.window, {"people": times}),
            )

    drive(Opened, sys.argv[1:])


def walk_through() -> None:
    """Go through the whole application; tell the longest gap between two beats at each step."""

    class Walked(Driven):
        def _after_paint(self) -> None:
            self.heart = Heartbeat(self.window)
            self.heart.start("start")
            super()._after_paint()

        def _begin(self, store: Store) -> None:
            self.heart.enter("base opened")
            super()._begin(store)

        def settled(self) -> None:
            self.walker = Walker(self.window, _day(self.window, self.heart), self.tell)

        def tell(self) -> None:
            self.heart.stop()
            longest = {step: (gap.seconds, gap.where) for step, gap in self.heart.longest.items()}
            _tell(self.window, {"gaps": longest})

    drive(Walked, sys.argv[1:])


def search() -> None:
    """Type several questions in the palette; tell how long each key took to be answered on the
    screen, and the longest gap between two beats while typing."""

    class Sought(Driven):
        def settled(self) -> None:
            self.heart = Heartbeat(self.window)
            self.times: dict[str, list[float]] = {}
            self.walker = Walker(
                self.window, _questions(self.window, self.heart, self.times), self.tell
            )

        def tell(self) -> None:
            self.heart.stop()
            gap = max(self.heart.longest.values(), key=lambda each: each.seconds)
            _tell(self.window, {"keys": self.times, "gap": (gap.seconds, gap.where)})

    drive(Sought, sys.argv[1:])


def _tell(window: MainWindow, found: dict[str, Any]) -> None:
    print(f"MARK {json.dumps(found)}", flush=True)
    window.close()


class Walker(QObject):
    """Walks a script: a generator that acts, then yields what must be true before it goes on."""

    def __init__(self, window: MainWindow, script: Script, on_end: Callable[[], None]) -> None:
        super().__init__(window)
        self._script = script
        self._on_end = on_end
        self._wait: Wait = lambda: True
        self._since = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_POLL)

    def _look(self) -> None:
        if not self._wait():
            if time.perf_counter() - self._since > _STEP_LIMIT:
                line = self._script.gi_frame.f_lineno  # type: ignore[attr-defined]
                give_up(f"tour.py:{line}: what is waited for does not come")
            return
        self._since = time.perf_counter()
        try:
            self._wait = next(self._script)
        except StopIteration:
            self._timer.stop()
            self._on_end()


def pause(seconds: float = _BREATH) -> Wait:
    """Wait as somebody does between two gestures."""
    until = time.perf_counter() + seconds
    return lambda: time.perf_counter() >= until


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
    """Press a key for whoever has the keyboard."""
    QTest.keyClick(_focus(), key, modifier)


def write(letter: str) -> None:
    """Type one letter, accents too, which QTest does not know."""
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        QApplication.sendEvent(_focus(), QKeyEvent(kind, 0, _PLAIN, letter))


def click(widget: QWidget) -> None:
    """Click in the middle of a widget."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, _PLAIN, widget.rect().center())


def _focus() -> QWidget:
    widget = QApplication.activePopupWidget() or QApplication.focusWidget()
    if widget is None:
        give_up("nothing has the keyboard")
    return widget


def _typed(text: str) -> Script:
    for letter in text:
        write(letter)
        yield pause(0.03)


def _questions(window: MainWindow, heart: Heartbeat, times: dict[str, list[float]]) -> Script:
    """Each question a few times over; a key counts from its press to the paint of its answer."""
    from connexion_desktop.ui.palette import Palette

    window.activateWindow()
    press(Qt.Key.Key_K, _CONTROL)
    palette: Any = window.findChild(Palette)
    began = time.perf_counter()
    yield lambda: palette.isVisible() and not palette.waiting.isVisible()
    times["read"] = [time.perf_counter() - began]
    yield pause(1)
    heart.start("typing")
    for question in QUESTIONS * QUESTION_ROUNDS:
        palette.line.clear()
        yield pause(0.1)
        for count in range(1, len(question) + 1):
            yield from _key_answered(palette, question[:count], times)


def _key_answered(palette: Any, typed: str, times: dict[str, list[float]]) -> Script:
    kept = times.setdefault(typed, [])
    answered: list[str] = []
    known = len(kept)
    palette.shown.connect(answered.append)
    began = time.perf_counter()
    AfterPaint(
        palette.list.viewport(),
        lambda: typed in answered,
        lambda: kept.append(time.perf_counter() - began),
    )
    write(typed[-1])
    yield lambda: len(kept) > known
    palette.shown.disconnect(answered.append)
    yield pause(0.05)


def _people(window: MainWindow, times: list[float]) -> Script:
    window.activateWindow()
    group: Any = window.current_page()
    for rank in range(min(PEOPLE, len(group.model.cards()))):
        group.cards.setCurrentIndex(group.model.index(rank, 0))
        group.cards.setFocus()
        yield pause()
        yield _person_painted(window, group.model.cards()[rank].name, times)
        yield pause()
        press(Qt.Key.Key_Up, _ALT)
        yield lambda: window.current_page() is group and window.jobs.is_idle


def _person_painted(window: MainWindow, name: str, times: list[float]) -> Wait:
    """Press Enter on a card; true once the person's page is painted with what was read."""
    began, known = time.perf_counter(), len(times)

    def is_there() -> bool:
        return window.status.summary.text().endswith(name)

    press(Qt.Key.Key_Return)
    person: Any = window.current_page()
    view = person.journal.feed.viewport()
    AfterPaint(view, is_there, lambda: times.append(time.perf_counter() - began))
    return lambda: len(times) > known


def _day(window: MainWindow, heart: Heartbeat) -> Script:
    def quiet() -> bool:
        return window.jobs.is_idle

    window.activateWindow()
    group: Any = window.current_page()
    yield from _group(group, heart)
    yield from _person(window, group, heart, quiet)
    yield from _immersions(window, heart, quiet)
    yield from _import(window, heart, quiet)
    heart.enter("back to the group")
    press(Qt.Key.Key_1, _CONTROL)
    yield pause(0.5)
    yield quiet
    for step, acts in _LOOKS.items():
        heart.enter(step)
        for act in acts:
            window.actions_.get(act).trigger()
            yield pause(0.5)


def _import(window: MainWindow, heart: Heartbeat, quiet: Wait) -> Script:
    """Drop a table of a few hundred people, look at it, import it, see it told."""
    heart.enter("import")
    window.go("import")
    yield pause(0.5)
    page: Any = window.current_page()
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "Pessac septembre 2026.csv"
        lines = [f"INVENTÉE{n};Jeanne;{n % 28 + 1:02}/0{n % 9 + 1}/1990" for n in range(_ROWS)]
        table.write_text("\n".join(["NOM;Prénom;Né(e) le", *lines]), encoding="utf-8")
        heart.enter("table read")
        window.go("import", table)
        yield lambda: quiet() and page.form.isVisible()
        yield pause(0.5)
        heart.enter("table imported")
        click(page.form.import_button)
        yield lambda: quiet() and page.report.isVisible()
        yield pause(0.5)


def _group(page: Any, heart: Heartbeat) -> Script:
    heart.enter("group")
    page.cards.setFocus()
    for _ in range(4):
        press(Qt.Key.Key_Right)
        yield pause(0.1)
    for chip in page.toolbar.counters.findChildren(QWidget)[:2]:
        for _ in range(2):
            click(chip)
            yield pause()
    heart.enter("table")
    for _ in range(2):
        press(Qt.Key.Key_T, _CONTROL)
        yield pause()


def _person(window: MainWindow, group: Any, heart: Heartbeat, quiet: Wait) -> Script:
    heart.enter("person")
    times: list[float] = []
    for rank in range(3):
        if rank:
            press(Qt.Key.Key_Up, _ALT)
            yield quiet
        group.cards.setCurrentIndex(group.model.index(rank, 0))
        group.cards.setFocus()
        yield pause()
        yield _person_painted(window, group.model.cards()[rank].name, times)
        yield pause()
    heart.enter("note")
    press(Qt.Key.Key_N, _CONTROL)
    yield pause()
    yield from _typed("Elle a rappelé l’entreprise, réponse jeudi.")
    press(Qt.Key.Key_Return)
    yield pause()
    yield quiet
    heart.enter("feed searched")
    press(Qt.Key.Key_F, _CONTROL)
    yield from _typed("stage")
    yield pause(0.5)
    yield quiet
    heart.enter("details")
    press(Qt.Key.Key_E, _CONTROL)
    yield pause(0.5)
    yield quiet


def _immersions(window: MainWindow, heart: Heartbeat, quiet: Wait) -> Script:
    """Open the first immersions down to a draft, type in its form, look at its paper."""
    heart.enter("immersions")
    press(Qt.Key.Key_3, _CONTROL)
    yield pause(0.5)
    page: Any = window.current_page()
    yield lambda: quiet() and page.preview.is_drawn
    view = page.list.view
    heart.enter("form")
    for row in range(view.model().rowCount()):
        index = view.model().index(row, 0)
        if index.flags() & Qt.ItemFlag.ItemIsSelectable:
            view.setCurrentIndex(index)
            yield pause()
            yield lambda: quiet() and page.preview.is_drawn
        if page.middle.currentWidget() is page.form:
            break
    else:
        give_up("no draft among the immersions")
    heart.enter("typing in the form")
    page.form.fields.fields["tasks"].editor.setFocus()
    yield pause()
    yield from _typed("Accueillir, ranger, préparer les commandes.")
    heart.enter("preview")
    yield pause(0.5)
    yield lambda: quiet() and page.preview.is_drawn
    yield pause()
