"""A window with the page of one person, and who is met in it: for the tests of that page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from connexion_desktop.data import models as m
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.feed import FeedItem, FeedKind
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui.actions import Actions
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.pages.person import PersonPage

from .. import factories as make
from ..factories import TODAY, days

LEFT = Qt.MouseButton.LeftButton


class Office:
    """A window that holds the page, and what the page told it."""

    def __init__(self, qtbot: QtBot, jobs: Jobs, database: Store) -> None:
        self.qtbot, self.jobs, self.database = qtbot, jobs, database
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1280, 720)
        self.actions = Actions(self.window)
        self.gone: list[tuple[str, object]] = []
        self.told: list[str] = []
        self.failed: list[UserError] = []
        self.subtitles: list[str] = []
        self.page = self._new_page()
        self.window.show()
        jobs.changed.connect(lambda _changes: self.page.refresh())
        with qtbot.waitExposed(self.window):
            self.window.activateWindow()

    def _new_page(self) -> PersonPage:
        desk = Desk(
            self.jobs,
            self.actions,
            lambda: TODAY,
            "Anne Martin",
            lambda name, target: self.gone.append((name, target)),
            self.told.append,
            self.failed.append,
            lambda _job, _title: None,
        )
        page = PersonPage(desk)
        page.setParent(self.window)
        page.dress()
        page.subtitle_changed.connect(self.subtitles.append)
        page.resize(self.window.size())
        page.show()
        return page

    def reopened(self) -> PersonPage:
        """The page of another start of the application."""
        self.page.flush()
        self.settle()
        self.page.deleteLater()
        self.page = self._new_page()
        return self.page

    def settle(self) -> None:
        """Wait until nothing is being read or written."""
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.jobs.is_idle)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.jobs.is_idle)

    def open(self, who: UUID, order: tuple[UUID, ...] = (), *, write: bool = False) -> None:
        self.page.open(PersonTarget(who, order, write=write))
        self.settle()

    def write(self, text: str, *, enter: bool = True) -> None:
        self.page.note()
        self.type(self.page.journal.writer.area, text)
        if enter:
            self.qtbot.keyClick(self.page.journal.writer.area, Qt.Key.Key_Return)
        self.settle()

    def items(self) -> list[FeedItem]:
        model = self.page.journal.feed.feed
        return [model.item(model.index(row)) for row in range(model.rowCount())]

    def titles(self) -> list[str]:
        return [item.title for item in self.items()]

    def type(self, widget: QWidget, text: str) -> None:
        """As a French keyboard does: `QTest.keyClicks` knows no accent."""
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                no = Qt.KeyboardModifier.NoModifier
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, no, letter))

    def key(self, widget: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        self.qtbot.keyClick(widget, key, held)
        self.settle()

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        self.qtbot.mouseClick(widget, LEFT, pos=at if at is not None else widget.rect().center())
        self.settle()

    def select(self, kind: FeedKind) -> FeedItem:
        item = next(item for item in self.items() if item.key.kind is kind)
        assert self.page.journal.feed.show_key(item.key)
        return item

    def rows(self, query: sa.Select[Any]) -> list[tuple[Any, ...]]:
        with self.database.read() as session:
            return [tuple(row) for row in session.execute(query)]

    def scalar(self, query: sa.Select[Any]) -> object:
        with self.database.read() as session:
            return session.scalar(query)


@pytest.fixture
def office(qtbot: QtBot, jobs: Jobs, database: Store) -> Iterator[Office]:
    made = Office(qtbot, jobs, database)
    yield made
    made.settle()
    if isValid(made.window):
        made.window.close()


@pytest.fixture
def twelve(database: Store, act: Callable[..., Act]) -> tuple[UUID, UUID]:
    """Aïssatou and Koffi, in one group; Aïssatou's journey is already lived."""
    with database.write(act()) as session:
        group = make.cohort(session)
        who, journey = make.participant(session, group)
        session.get_one(m.Person, who).civility = "mme"
        session.get_one(m.Person, who).phone = "06 39 98 00 11"
        other, _ = make.participant(session, group, "Koffi", "N’Guessan")
        make.mark(session, journey, days(-8), "E")
        talk = make.talk(session, who, days(-2), minutes=30, place="Bureau")
        make.put(session, m.TalkNote(interview_id=talk, text="Veut confirmer le métier."))
        make.note(session, who, days(-5), "La crèche de Bacalan a une place.")
        make.action(session, who, "Appeler l’EHPAD", days(2))
        for theme_code, level in (("famille", 4), ("mobilite", 3)):
            make.put(
                session,
                m.ObstacleLevel(
                    journey_id=journey,
                    theme=theme_code,
                    level=level,
                    on=make.START,
                    stage="entry",
                ),
            )
        family = session.scalars(sa.select(m.TradeFamily.id).order_by(m.TradeFamily.position))
        make.put(session, m.FamilyChoice(journey_id=journey, family_id=family.first(), rank=1))
        make.put(
            session,
            m.ProjectChoice(journey_id=journey, rank=1, label="Aide-soignante", state="explore"),
        )
        return who, other
