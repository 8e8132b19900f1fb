"""Where a file is seen: its pages, its text, its rows, or a calm card."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from connexion_desktop.domain.attachments import FileContent, FileRow
from connexion_desktop.ui import theme
from connexion_desktop.ui.attachments.grid import Grid
from connexion_desktop.ui.attachments.look import Look, look_at
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.tickets import Job
from connexion_desktop.ui.timers import once_after
from connexion_desktop.ui.widgets.labels import label
from connexion_desktop.ui.widgets.pages_area import PagesArea

_SETTLE = 120
_NARROWEST = 80
_ICON = 44
_SHARE = 0.86
_LEAST_HEIGHT = 96


class Card(QWidget):
    """What a file is, where it is not shown."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = QLabel()
        self.title = label("", "strong", wrap=True)
        self.words = label("", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.addStretch(2)
        for each in (self._mark, self.title, self.words):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(each)
        column.addStretch(3)
        self._icon = "file-line"
        theme.changed.connect(self._draw)

    def say(self, row: FileRow, words: str) -> None:
        """Say what a file is."""
        self._icon = row.media.icon
        self.title.setText(row.media.label)
        self.words.setText(words)
        self.setAccessibleName(f"{row.media.label}. {words}")
        self._draw()

    def _draw(self) -> None:
        side = theme.px(_ICON)
        self._mark.setPixmap(theme.icon(self._icon, "muted").pixmap(side, side))


class LookView(QStackedWidget):
    """Shows one file at a time, as wide as it is; what is drawn for another is dropped."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._file: FileContent | None = None
        self._drawn: tuple[FileContent, int] | None = None
        self._job: Job | None = None
        self.more = ""
        self.nothing = QWidget()
        self.pages = PagesArea("Aperçu du fichier")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Texte du fichier")
        self.grid = Grid()
        self.card = Card()
        for each in (self.nothing, self.pages, self.text, self.grid, self.card):
            self.addWidget(each)
        self._settle = once_after(_SETTLE, self._draw, self)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def is_drawn(self) -> bool:
        """Whether what is shown is the file asked for; with none, it is."""
        if self._settle.isActive():
            return False
        return self._file is None or (self._drawn is not None and self._drawn[0] is self._file)

    def show_file(self, file: FileContent) -> None:
        """Show a file."""
        self._file = file
        self.setAccessibleName(f"Aperçu de {file.row.name}")
        self.pages.verticalScrollBar().setValue(0)
        self._draw()

    def clear(self) -> None:
        """Show nothing."""
        self._file = self._drawn = None
        self.more = ""
        self._settle.stop()
        self.pages.show_images((), 1.0)
        self.text.clear()
        self.grid.show_cells(())
        self.setCurrentWidget(self.nothing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle.start()

    def _fit(self) -> None:
        self.setMinimumHeight(theme.px(_LEAST_HEIGHT))
        self._settle.start()

    def _draw(self) -> None:
        file, ratio = self._file, self.devicePixelRatioF()
        bar = self.pages.verticalScrollBar().sizeHint().width()
        width = int((self.width() - bar - theme.SPACE) * ratio)
        if file is None or width < _NARROWEST or self._drawn == (file, width):
            return
        if self._job is not None:
            self._job.cancel()
        self._job = self._desk.jobs.compute(
            self, partial(look_at, file, width), partial(self._show, file, width, ratio)
        )

    def _show(self, file: FileContent, width: int, ratio: float, look: Look) -> None:
        if file is not self._file:
            return
        self._drawn = (file, width)
        self.more = look.more
        if look.images:
            self.pages.show_images(look.images, ratio)
            self.setCurrentWidget(self.pages)
        elif look.text is not None:
            self.text.setPlainText(look.text)
            self.setCurrentWidget(self.text)
        elif look.cells:
            self.grid.show_cells(look.cells)
            self.setCurrentWidget(self.grid)
        else:
            self.card.say(file.row, look.words)
            self.setCurrentWidget(self.card)


class LargeView(QDialog):
    """A file as large as the screen allows; Escape closes it."""

    def __init__(self, desk: Desk, parent: QWidget, file: FileContent) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(file.row.name)
        self.view = LookView(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        column.addWidget(self.view)
        theme.dress(self)
        room = self.screen().availableGeometry().size()
        self.resize(min(int(room.width() * _SHARE), theme.px(1000)), int(room.height() * _SHARE))
        self.view.show_file(file)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)
