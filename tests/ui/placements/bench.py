"""The immersions page in the real window, and the keys and clicks of whoever is at it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from connexion_desktop import usecases
from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.placement_file import PlacementForm
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.page_spec import PageSpec
from connexion_desktop.ui.pages.placements import PlacementsPage
from connexion_desktop.ui.pages.placements.asking import Asking
from connexion_desktop.ui.pages.placements.form import DraftForm
from connexion_desktop.ui.pages.placements.issued import IssuedView
from connexion_desktop.ui.widgets.pages_area import Sheet
from connexion_desktop.usecases import placement_views
from tests.factories import TODAY
from tests.placement_base import FIRST, Office, issued

from ..elsewhere import Elsewhere, window_of

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT, PLAIN = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


def meeting(session: usecases.Session, office: Office) -> None:
    """A collective day of the group, on the first day of the immersion."""
    session.add(
        m.Meeting(
            cohort_id=office.cohort, on=FIRST, start=540, end=1020, kind="workshop", title="CV"
        )
    )


def issued_in_june(database: Database, office: Office) -> UUID:
    """Another immersion of the same person, some weeks after the draft."""
    return issued(
        database,
        office,
        starts_on=date(2026, 6, 8),
        ends_on=date(2026, 6, 12),
        objectives="Autre but",
    )


class Bench:
    """The window on a base, its keyboard and its mouse."""

    def __init__(self, qtbot: QtBot, jobs: Jobs, database: Database, folder: Path) -> None:
        self._qtbot = qtbot
        self.jobs = jobs
        self.database = database
        self.folder = folder
        self.settings = Settings(folder / "reglages.json")
        self._open()

    def reopen(self) -> None:
        """The application, closed and started again."""
        self.page.flush()
        self.settle()
        self.window.finish()
        self.window.deleteLater()
        self._open()

    def _open(self) -> None:
        self.window = window_of(
            self._qtbot,
            self.jobs,
            PageSpec("placements", "Immersions", "briefcase-line", "", self._make),
            PageSpec("person", "Personne", "user-line", "", Elsewhere),
        )
        self.show()

    def _make(self, desk: Desk) -> PlacementsPage:
        self.page = PlacementsPage(desk, self.settings)
        return self.page

    def show(self, target: object = None) -> None:
        self.window.go("placements", target)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is read, written, drawn or about to be."""
        self.until(self._is_settled)

    def _is_settled(self) -> bool:
        return self.jobs.is_idle and self.page.is_whole

    def until(self, done: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(done, timeout=30_000)

    # Keyboard: to whoever has it

    @property
    def focus(self) -> QWidget:
        widget = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        self._qtbot.keyClick(self.focus, key, modifier)

    def type(self, text: str, then: Qt.Key | None = None) -> None:
        self._write(self.focus, text)
        if then is not None:
            self.press(then)

    def _write(self, widget: QWidget, text: str) -> None:
        """Type, accents too: QTest knows none."""
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, PLAIN, letter))

    def pick(self, text: str) -> None:
        """Type in a line where three letters are enough, and take the first thing found."""
        self._write(self.focus, text)
        self.until(lambda: QApplication.activePopupWidget() is not None)
        self.press(Qt.Key.Key_Return)
        self.settle()

    def next_point(self) -> None:
        self.press(Qt.Key.Key_F8)
        QApplication.processEvents()

    # Mouse

    def click(self, widget: QWidget) -> None:
        pos = widget.rect().center()
        if isinstance(widget, QCheckBox):
            pos.setX(10)
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=pos)

    def click_row(self, placement_id: UUID) -> None:
        view = self.page.list.view
        index = self.page.list.model.index_of(placement_id)
        assert index.isValid()
        view.scrollTo(index)
        self._qtbot.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center()
        )
        self.settle()

    def choose(self, title: str) -> None:
        """An act of the menu of the immersion shown."""
        head = (self.issued if self.reading else self.form).head
        (action,) = [each for each in head._menu.actions() if each.text() == title]
        action.trigger()

    # What is seen

    @property
    def asking(self) -> Asking:
        return self.page.middle.asking

    @property
    def form(self) -> DraftForm:
        return self.page.middle.form

    @property
    def issued(self) -> IssuedView:
        return self.page.middle.issued

    @property
    def reading(self) -> bool:
        """Whether an issued convention is shown."""
        return self.page.middle.currentWidget() is self.issued

    def field(self, name: str) -> QWidget:
        return self.form.fields.fields[name].editor

    def put(self, name: str, text: str) -> None:
        """Type in a field, in place of what it holds."""
        editor = self.field(name)
        editor.setFocus()
        self._qtbot.keyClick(editor, Qt.Key.Key_A, CONTROL)
        self._write(editor, text)

    def holds(self, name: str, text: str) -> bool:
        """Whether that is what a field shows."""
        return self.form.fields.fields[name].text() == text

    def said(self, name: str) -> list[str]:
        """What the rules say beside a field."""
        return list(self.form.fields.fields[name].remarks.rules)

    @property
    def checklist(self) -> list[str]:
        return self.form.head.checklist.texts()

    def stored(self, placement_id: UUID) -> PlacementForm:
        """What the base holds."""
        self.settle()
        with self.database.read() as session:
            return placement_views.form(session, placement_id, TODAY)


def sheets(bench: Bench) -> list[Sheet]:
    return [each for each in bench.page.preview.findChildren(Sheet) if each.isVisibleTo(bench.page)]


def name_of(widget: QWidget) -> str:
    """How a field or a button is called."""
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return (widget.accessibleName() or words).replace("&", "")
