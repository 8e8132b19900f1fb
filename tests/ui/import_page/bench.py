"""The import page in the real window, and the drops, keys and clicks of whoever is at it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.page_spec import PageSpec
from connexion_desktop.ui.pages.import_form import ImportForm
from connexion_desktop.ui.pages.import_page import ImportPage
from connexion_desktop.ui.pages.import_report import ImportReportView
from tests.usecases.importing import alive
from tests.workbooks import PEOPLE, office_sheets, save_csv, save_xlsx

from ..elsewhere import Elsewhere, window_of

LONG = 20_000
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Bench:
    """The window on a base, its mouse and its keyboard."""

    def __init__(self, qtbot: QtBot, jobs: Jobs, database: Database, folder: Path) -> None:
        self._qtbot = qtbot
        self.jobs = jobs
        self.database = database
        self.folder = folder
        self.window = window_of(
            qtbot,
            jobs,
            PageSpec("group", "Groupe", "group-line", "", Elsewhere),
            PageSpec("import", "Importer", "file-upload-line", "", self._make, place="group"),
        )
        qtbot.addWidget(self.window, before_close_func=lambda _window: self.window.finish())
        self.window.go("group")

    def _make(self, desk: Desk) -> ImportPage:
        self.page = ImportPage(desk)
        return self.page

    @property
    def form(self) -> ImportForm:
        return self.page.form

    @property
    def report(self) -> ImportReportView:
        return self.page.report

    def settle(self) -> None:
        """Wait until nothing is read, written or about to be."""
        QApplication.processEvents()
        self._qtbot.waitUntil(lambda: self.jobs.is_idle, timeout=LONG)
        QApplication.processEvents()
        self._qtbot.waitUntil(lambda: self.jobs.is_idle)

    def drop(self, *paths: Path) -> bool:
        """Drag files over the window and let them go; whether the window took them."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        copy = Qt.DropAction.CopyAction
        enter = QDragEnterEvent(QPoint(400, 300), copy, data, LEFT, PLAIN)
        QApplication.sendEvent(self.window, enter)
        if enter.isAccepted():
            QApplication.sendEvent(
                self.window, QDropEvent(QPointF(400, 300), copy, data, LEFT, PLAIN)
            )
            self.settle()
        return enter.isAccepted()

    def office(self, *more: object, **sheets: object) -> Path:
        """The office's workbook on the disk, with more people."""
        rows = office_sheets((*PEOPLE, *more), **sheets)  # type: ignore[arg-type]
        return save_xlsx(self.folder / "suivi.xlsx", rows)

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        self._qtbot.mouseClick(widget, LEFT, pos=widget.rect().center())
        self.settle()

    def key(self, key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self.press(focused, key)

    def press(self, widget: QWidget, key: Qt.Key) -> None:
        self._qtbot.keyClick(widget, key)
        self.settle()

    def type_group(self, name: str) -> None:
        edit = self.form.cohort.lineEdit()
        assert edit is not None
        self.type_into(edit, name)

    def type_into(self, edit: QLineEdit, text: str) -> None:
        self.click(edit)
        edit.selectAll()
        self._qtbot.keyClicks(edit, text)

    def shown(self) -> list[str]:
        """« nouveau · Aïssatou Diallo », line by line."""
        model = self.form.table.model()
        return [
            f"{model.index(row, 0).data()} · {model.index(row, 3).data()}"
            for row in range(model.rowCount())
        ]

    def banners(self) -> list[str]:
        return [str(banner.problem) for banner in self.window.banners.shown()]

    def texts(self) -> str:
        labels = self.page.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())


def count(database: Database) -> int:
    return len(alive(database, m.Person))


def unclear(bench: Bench) -> Path:
    lines = [("Nom", "Prénom", "Joindre au"), ("PETIT", "Léo", "06 39 98 01 22")]
    return save_csv(bench.folder / "liste.csv", lines)
