"""Scripted tours of the real window, with real keys and clicks; run in a process of their own."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.driver import AfterPaint, Driven, drive, give_up  # before PySide6

# isort: split
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from benchmarks.heartbeat import Heartbeat
from benchmarks.walker import ALT, CONTROL, Script, Wait, Walker, click, pause, press, tell, typed
from connexion_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from connexion_desktop.ui.store import Store

PEOPLE = 8
_ROWS = 300
_LOOKS = {
    "colours changed": ("scheme-dark", "scheme-light"),
    "larger text": ("larger", "normal"),
}


def open_people() -> None:
    """Open several people of the group with Enter; tell how long each took to be painted."""

    class Opened(Driven):
        def settled(self) -> None:
            times: list[float] = []
            self.walker = Walker(
                self.window,
                _people(self.window, times),
                lambda: tell(self.window, {"people": times}),
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
            tell(self.window, {"gaps": longest})

    drive(Walked, sys.argv[1:])


def _people(window: MainWindow, times: list[float]) -> Script:
    window.activateWindow()
    group: Any = window.current_page()
    for rank in range(min(PEOPLE, len(group.model.cards()))):
        group.cards.setCurrentIndex(group.model.index(rank, 0))
        group.cards.setFocus()
        yield pause()
        yield _person_painted(window, group.model.cards()[rank].name, times)
        yield pause()
        press(Qt.Key.Key_Up, ALT)
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
    press(Qt.Key.Key_1, CONTROL)
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
        press(Qt.Key.Key_T, CONTROL)
        yield pause()


def _person(window: MainWindow, group: Any, heart: Heartbeat, quiet: Wait) -> Script:
    heart.enter("person")
    times: list[float] = []
    for rank in range(3):
        if rank:
            press(Qt.Key.Key_Up, ALT)
            yield quiet
        group.cards.setCurrentIndex(group.model.index(rank, 0))
        group.cards.setFocus()
        yield pause()
        yield _person_painted(window, group.model.cards()[rank].name, times)
        yield pause()
    heart.enter("note")
    press(Qt.Key.Key_N, CONTROL)
    yield pause()
    yield from typed("Elle a rappelé l’entreprise, réponse jeudi.")
    press(Qt.Key.Key_Return)
    yield pause()
    yield quiet
    heart.enter("feed searched")
    press(Qt.Key.Key_F, CONTROL)
    yield from typed("stage")
    yield pause(0.5)
    yield quiet
    heart.enter("details")
    press(Qt.Key.Key_E, CONTROL)
    yield pause(0.5)
    yield quiet


def _immersions(window: MainWindow, heart: Heartbeat, quiet: Wait) -> Script:
    """Open the first immersions down to a draft, type in its form, look at its paper."""
    heart.enter("immersions")
    press(Qt.Key.Key_4, CONTROL)
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
        if page.middle.is_form:
            break
    else:
        give_up("no draft among the immersions")
    heart.enter("typing in the form")
    page.middle.form.fields.fields["tasks"].editor.setFocus()
    yield pause()
    yield from typed("Accueillir, ranger, préparer les commandes.")
    heart.enter("preview")
    yield pause(0.5)
    yield lambda: quiet() and page.preview.is_drawn
    yield pause()
