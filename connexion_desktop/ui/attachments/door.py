"""The way to the files of a row of a list; its window is made when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, QObject
from shiboken6 import isValid

from connexion_desktop.domain.attachments import Subject
from connexion_desktop.ui.page import Page

if TYPE_CHECKING:
    from connexion_desktop.ui.attachments.window import FilesWindow

Chosen = tuple[Subject, str]
"""What files are attached to, and what it is called."""


class FilesDoor(QObject):
    """The acts of a page of rows that lead to the files of the one `chosen`; the window goes with
    its page."""

    def __init__(self, page: Page, menu: str, chosen: Callable[[], Chosen | None]) -> None:
        super().__init__(page)
        self._page, self._chosen = page, chosen
        self.window: FilesWindow | None = None
        page.installEventFilter(self)
        for name, title, keys, act in (
            ("files", "Fichiers joints", "Ctrl+Shift+F", self.open),
            ("attach", "Joindre un fichier…", "Ctrl+Shift+J", self.choose),
        ):
            page.desk.actions.add(f"{page.name}.{name}", title, keys, act, menu=menu, owner=page)

    def open(self) -> FilesWindow | None:
        """Show the files of what is chosen; None where nothing is."""
        chosen = self._chosen()
        if chosen is None:
            self._page.desk.tell("Choisissez d’abord une ligne.")
            return None
        return self.show(*chosen)

    def show(self, subject: Subject, title: str, file_id: UUID | None = None) -> FilesWindow:
        """Show the files of a row, one of them chosen, in the window that shows them already or in
        another."""
        from connexion_desktop.ui.attachments.window import FilesWindow

        window = self._shown()
        if window is None or window.subject != subject:
            self.close()
            window = self.window = FilesWindow(self._page, subject, title)
        window.panel.show_subject(subject, file_id)
        window.show()
        window.raise_()
        window.activateWindow()
        return window

    def choose(self) -> None:
        """Ask which files to attach to what is chosen."""
        window = self.open()
        if window is not None:
            window.panel.choose()

    def take(self, paths: Sequence[Path]) -> None:
        """Attach files dropped to what is chosen."""
        window = self.open()
        if window is not None:
            window.panel.take(paths)

    def _shown(self) -> FilesWindow | None:
        window = self.window
        there = window is not None and isValid(window) and window.isVisible()
        return window if there else None

    def close(self) -> None:
        """Close the window."""
        if self.window is not None and isValid(self.window):
            self.window.close()
        self.window = None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.close()
        return False
