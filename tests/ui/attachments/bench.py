"""The page of a person in the real window, and the files dragged over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from connexion_desktop import usecases
from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui.attachments.panel import AttachmentsPanel
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.page_spec import PageSpec
from connexion_desktop.ui.pages.person import PersonPage

from ..elsewhere import Elsewhere, window_of

LONG = 20_000
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
COPY = Qt.DropAction.CopyAction


class Bench:
    """The window on a base, its mouse and its keyboard."""

    def __init__(self, qtbot: QtBot, jobs: Jobs, database: Database) -> None:
        self.qtbot, self.jobs, self.database = qtbot, jobs, database
        self.window = window_of(
            qtbot,
            jobs,
            PageSpec("group", "Groupe", "group-line", "", Elsewhere, in_group=True),
            PageSpec("person", "Personne", "user-line", "", PersonPage, place="group"),
            PageSpec("import", "Importer", "file-upload-line", "", Elsewhere, place="group"),
        )
        qtbot.addWidget(self.window, before_close_func=lambda _window: self.window.finish())

    @property
    def page(self) -> PersonPage:
        page = self.window.current_page()
        assert isinstance(page, PersonPage)
        return page

    @property
    def panel(self) -> AttachmentsPanel:
        return self.page.journal.files

    def open(self, who: UUID, file_id: UUID | None = None) -> None:
        self.window.go("person", PersonTarget(who, file=file_id))
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is read, written, drawn, or about to be."""
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.jobs.is_idle, timeout=LONG)
        page = self.window.current_page()
        if isinstance(page, PersonPage) and page.journal.has_files:
            self.qtbot.waitUntil(lambda: page.journal.files.is_ready, timeout=LONG)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.jobs.is_idle, timeout=LONG)

    def drag(self, *paths: Path, over: QWidget | None = None) -> tuple[QMimeData, QPoint]:
        """Drag files from a file manager over a part of the window, as the system tells it."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        data.setText("\n".join(map(str, paths)))
        target = over or self.page
        at = target.mapTo(self.window, target.rect().center())
        handle = self.window.windowHandle()
        enter = QDragEnterEvent(at, COPY, data, LEFT, PLAIN)
        QApplication.sendEvent(handle, enter)
        assert enter.isAccepted()
        move = QDragMoveEvent(at, COPY, data, LEFT, PLAIN)
        QApplication.sendEvent(handle, move)
        assert move.isAccepted()
        return data, at

    def drop(self, *paths: Path, over: QWidget | None = None) -> None:
        """Drag files over a part of the window and let them go."""
        data, at = self.drag(*paths, over=over)
        let_go = QDropEvent(QPointF(at), COPY, data, LEFT, PLAIN)
        QApplication.sendEvent(self.window.windowHandle(), let_go)
        assert let_go.isAccepted()
        assert let_go.dropAction() is COPY
        self.settle()

    def act(self, name: str) -> None:
        self.window.actions_.get(name).trigger()
        self.settle()

    def key(self, widget: QWidget, key: Qt.Key) -> None:
        self.qtbot.keyClick(widget, key)
        self.settle()

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        self.qtbot.mouseClick(widget, LEFT, pos=widget.rect().center())
        self.settle()

    def undo(self) -> None:
        self.jobs.write(
            self.window,
            lambda session: usecases.undo.undo_last(session, "Anne Martin"),
            label="Annuler",
        )
        self.settle()

    def names(self) -> list[str]:
        """The files listed, from the top."""
        return [row.name for row in self.panel.model.rows()]

    def kept(self) -> dict[str, bytes]:
        """The files of the base and their bytes."""
        query = sa.select(m.Attachment.name, m.AttachmentBytes.content).join(
            m.AttachmentBytes, m.AttachmentBytes.attachment_id == m.Attachment.id
        )
        with self.database.read() as session:
            rows = session.execute(query.where(m.Attachment.deleted_at.is_(None)))
            return {row.name: row.content for row in rows}

    def problems(self) -> list[str]:
        return [str(banner.problem) for banner in self.window.banners.shown()]

    def notice(self) -> str:
        made = self.panel.bringing.notice
        return made.text if made is not None else ""

    def told(self) -> str:
        return self.window.status.news.text()

    def until(self, found: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(found, timeout=LONG)


def photo(path: Path, width: int = 60, height: int = 40, kind: str = "PNG") -> Path:
    """A picture on the disk: red at the left, blue at the right."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    for x in range(width // 2, width):
        for y in range(height):
            image.setPixelColor(x, y, QColor("blue"))
    assert image.save(str(path), kind)  # type: ignore[call-overload]
    return path


def pdf(path: Path, pages: int = 1, size: tuple[float, float] = (595, 842)) -> Path:
    """A PDF on the disk."""
    canvas = Canvas(str(path), pagesize=size, invariant=True)
    for page in range(pages):
        canvas.drawString(72, size[1] / 2, f"Page {page + 1}")
        canvas.showPage()
    canvas.save()
    return path
