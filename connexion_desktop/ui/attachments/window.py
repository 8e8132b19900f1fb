"""The files of a row of a list (an immersion, a computer), in a window that one leaves open."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from connexion_desktop.domain.attachments import Subject
from connexion_desktop.ui import theme
from connexion_desktop.ui.attachments.panel import AttachmentsPanel
from connexion_desktop.ui.drops import WindowDrops, dragged_files, take_copy
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.widgets.banner import Banners
from connexion_desktop.ui.widgets.labels import button, label

_WIDTH, _HEIGHT = 900, 540


class FilesWindow(QDialog):
    """What is told of the files is told here; Ctrl+Z is the main window's; Escape closes it."""

    def __init__(self, page: Page, subject: Subject, title: str) -> None:
        super().__init__(page.window())
        desk = page.desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Fichiers · {title}")
        self.setAcceptDrops(True)
        self.subject = subject
        self.banners = Banners(narrow=True)
        self.news = label("", "small", wrap=True)
        self.news.setAccessibleName("Dernière nouvelle")
        told_here = replace(desk, fail=self.banners.fail, tell=self.news.setText)
        self.panel = AttachmentsPanel(told_here, page)
        close = button("Fermer")
        close.clicked.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, 12, theme.MARGIN, 12)
        column.setSpacing(theme.GAP)
        column.addWidget(label(title, "heading", wrap=True))
        column.addWidget(self.banners)
        column.addWidget(self.panel, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.news, 1)
        foot.addWidget(close)
        column.addLayout(foot)
        theme.dress(self)
        room = self.screen().availableGeometry().size()
        self.resize(
            min(theme.px(_WIDTH), room.width() - 40), min(theme.px(_HEIGHT), room.height() - 80)
        )
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.activated.connect(lambda: desk.actions.get("undo").trigger())
        self.panel.left.connect(self.close)
        desk.jobs.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Read the files again."""
        self.panel.show_subject(self.subject)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        WindowDrops(self)
        self.panel.focus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged_files(event.mimeData()):
            take_copy(event)
            self.news.setText("Lâchez pour joindre.")

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        take_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        take_copy(event)
        self.banners.clear()
        self.panel.take(dragged_files(event.mimeData()))

    def done(self, result: int) -> None:
        self.panel.flush()
        super().done(result)
