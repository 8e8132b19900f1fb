"""Files dragged over the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from connexion_desktop.domain.errors import UserError
from connexion_desktop.exchange.endings import OTHERS, READ

TABLES = READ + OTHERS
"""What may be dropped: the import page says why it cannot read the others, and what to do."""

_SPREADSHEETS = frozenset(TABLES) - {".txt"}
_SAFE = "Rien n’a changé."


def dragged_files(data: QMimeData) -> list[Path]:
    """The files of this computer in what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def is_spreadsheet(path: Path) -> bool:
    """Whether a file is called as a table: a plain text may be one, and seldom is."""
    return path.suffix.lower() in _SPREADSHEETS


def table_among(paths: list[Path]) -> Path:
    """The one spreadsheet dropped. Raises UserError."""
    tables = [path for path in paths if path.suffix.lower() in TABLES]
    if len(tables) > 1:
        raise UserError(
            f"{len(tables)} tableaux ont été déposés ensemble.", _SAFE, "Déposez-les un par un."
        )
    if not tables:
        raise UserError(
            f"« {paths[0].name} » n’est pas un tableau.",
            _SAFE,
            "Déposez un classeur Excel ou OpenDocument, ou un fichier CSV.",
        )
    return tables[0]


def take_copy(event: QDropEvent) -> None:
    """Accept what is dragged as a copy: a file manager told « move » may delete its own."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


class WindowDrops(QObject):
    """Files dragged over any part of a window are the window's. Left to them, its fields would take
    the address of a file for a text."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() not in _OF_DRAGGING:
            return False
        if isinstance(event, QDragLeaveEvent):
            self._window.dragLeaveEvent(event)
            return False
        if not isinstance(event, QDropEvent) or not dragged_files(event.mimeData()):
            return False
        if isinstance(event, QDragEnterEvent):
            self._window.dragEnterEvent(event)
        elif isinstance(event, QDragMoveEvent):
            self._window.dragMoveEvent(event)
        else:
            self._window.dropEvent(event)
        return True


_OF_DRAGGING = (
    QEvent.Type.DragEnter,
    QEvent.Type.DragMove,
    QEvent.Type.DragLeave,
    QEvent.Type.Drop,
)
