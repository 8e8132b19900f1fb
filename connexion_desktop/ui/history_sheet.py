"""The history of a record, in a window of its own: a field, or the whole record, goes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.history import (
    EMPTY,
    PAGE,
    Change,
    PastAct,
    PutBack,
    PutBackVersion,
    RecordHistory,
    RecordRef,
)
from connexion_desktop.ui import theme
from connexion_desktop.ui.sheets import Sheet
from connexion_desktop.ui.slices import Slices
from connexion_desktop.ui.widgets.banner import Banners
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import separator
from connexion_desktop.ui.widgets.tips import tip_text

if TYPE_CHECKING:
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.page import Page
    from connexion_desktop.usecases import Session

_WIDTH = 720


class HistorySheet(Sheet):
    """What became of a record, the last act first."""

    def __init__(self, desk: Desk, parent: QWidget, ref: RecordRef) -> None:
        super().__init__(parent, "Historique", _WIDTH)
        self._desk = desk
        self._ref = ref
        self._most = PAGE
        self._opened = False
        self._building: Slices | None = None
        self.buttons_back: list[QPushButton] = []
        self.versions: list[QPushButton] = []
        self.older = button("Voir plus ancien", icon="history-line")
        self.older.clicked.connect(self._read_older)
        self.older.hide()
        self.buttons.insertWidget(0, self.older)
        self.banners = Banners(narrow=True)
        self.column.insertWidget(1, self.banners)
        for known in ("undo", "redo"):
            with suppress(KeyError):
                self.addAction(desk.actions.get(known))
        desk.jobs.changed.connect(self._read)
        self._read()

    def _read(self) -> None:
        ref, most = self._ref, self._most
        self._desk.jobs.read(
            self,
            lambda session: usecases.history.told(session, ref, most),
            self._show,
            self._refuse,
            key="history",
        )

    def _read_older(self) -> None:
        self._most += PAGE
        self._read()

    def _refuse(self, problem: UserError) -> None:
        """The record is no more: said in place, until it is back."""
        self._clear()
        self.older.hide()
        self.banners.clear()
        self.banners.fail(problem)
        if not self._opened:
            self._show_whole()

    def _show(self, history: RecordHistory) -> None:
        self.call(history.title)
        self._clear()
        self.banners.clear()
        self.older.setVisible(history.more)
        if not history.acts:
            self.say("Rien n’a été modifié dans cette fiche depuis qu’elle existe.", "muted")
        self._building = Slices(self, self._build(history), self._show_whole)

    def _show_whole(self) -> None:
        self._building = None
        if self._opened:
            self.body.addStretch(1)
            return
        self._opened = True
        self.open_beside()

    def _build(self, history: RecordHistory) -> Iterator[None]:
        for rank, act in enumerate(history.acts):
            if rank:
                self.body.addWidget(separator())
            self.body.addWidget(self._head(act))
            yield
            for change in act.changes:
                self.body.addWidget(self._line(change))
                yield

    def _head(self, act: PastAct) -> QWidget:
        told = QWidget()
        column = QVBoxLayout(told)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(label(act.label, "strong", wrap=True))
        column.addWidget(label(act.when, "small", wrap=True))
        if not act.is_version:
            return told
        back = button("Revenir à cette version", "link", tip="Remettre la fiche comme alors")
        back.setAccessibleName(f"Revenir à cette version : {act.when}")
        back.clicked.connect(lambda _on=False: self._put_version_back(act))
        self.versions.append(back)
        return _beside(told, back)

    def _line(self, change: Change) -> QWidget:
        told = label(change.text, wrap=True)
        if change.line is None:
            return _beside(told, None)
        back = button("Revenir", "link", tip=tip_text(f"Remettre : {change.before or EMPTY}"))
        back.setAccessibleName(f"{change.label} : remettre {change.before or EMPTY}")
        back.clicked.connect(lambda _on=False: self._put_back(change))
        self.buttons_back.append(back)
        return _beside(told, back)

    def _put_back(self, change: Change) -> None:
        if change.line is not None:
            command = PutBack(self._ref, change.line)
            self._write(
                lambda session: usecases.record_return.put_back(session, command),
                f"{change.label} : remis · Ctrl+Z pour annuler",
                "Retour en arrière",
            )

    def _put_version_back(self, act: PastAct) -> None:
        command = PutBackVersion(self._ref, act.id)
        self._write(
            lambda session: usecases.record_return.put_back_version(session, command),
            "Version remise · Ctrl+Z pour annuler",
            "Retour à une version",
        )

    def _write(self, act: Callable[[Session], None], told: str, name: str) -> None:
        self._desk.jobs.write(
            self,
            act,
            lambda _none: self._desk.tell(told),
            self.banners.fail,
            label=name,
        )

    def _clear(self) -> None:
        if self._building is not None:
            self._building.deleteLater()
            self._building = None
        self.buttons_back, self.versions = [], []
        while (item := self.body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()


def _beside(told: QWidget, back: QPushButton | None) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SPACE)
    row.addWidget(told, 1)
    if back is not None:
        row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
    return line


def show_history(desk: Desk, parent: QWidget, ref: RecordRef) -> None:
    """Open the history of a record."""
    HistorySheet(desk, parent, ref)


def save_then_show_history(desk: Desk, page: Page, ref: RecordRef) -> None:
    """Open the history of something on a page once what is typed there is saved; not if the page,
    or whom it is about, was left meanwhile: somebody may sit beside the screen now."""
    about = page.about()

    def show() -> None:
        if page.isVisible() and page.about() == about:
            show_history(desk, page, ref)

    page.flush()
    desk.jobs.after_writes(page, show)


def history_act(desk: Desk, parent: QWidget, ref: RecordRef) -> Callable[[], None]:
    """What opens the history of a record, for a context menu."""
    return partial(show_history, desk, parent, ref)
