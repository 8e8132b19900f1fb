"""The association's logo: chosen or dropped here, seen as it is printed, on white paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.drops import dragged_files, take_copy
from connexion_desktop.ui.file_dialogs import file_to_open
from connexion_desktop.ui.widgets.alert import announce
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from connexion_desktop.documents.picture import Picture

_IMAGES = "Images (*.png *.jpg *.jpeg);;Tous les fichiers (*)"
_WIDTH, _HEIGHT, _INSET = 260, 96, 10


class _Preview(QWidget):
    """The logo on a sheet of paper; where it would stand, without one."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        theme.changed.connect(self._fit)
        self._fit()
        self.show_image(QImage())

    def show_image(self, image: QImage) -> None:
        """Show another, or none."""
        self.image = image
        self.setAccessibleName("Aucun logo" if image.isNull() else "Logo de l’association")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        painter.setPen(tokens.edge)
        is_empty = self.image.isNull()
        painter.setBrush(tokens.page if is_empty else theme.LIGHT.surface)
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, theme.RADIUS_FIELD, theme.RADIUS_FIELD)
        room = edge.adjusted(_INSET, _INSET, -_INSET, -_INSET)
        if is_empty:
            painter.setPen(tokens.muted)
            painter.setFont(theme.font("small"))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), "Aucun logo")
        else:
            size = self.image.size().toSizeF()
            size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            box = QRectF(room.topLeft(), size)
            box.moveCenter(room.center())
            painter.drawImage(box, self.image)
        painter.end()

    def _fit(self) -> None:
        self.setFixedSize(QSize(theme.px(_WIDTH), theme.px(_HEIGHT)))


class LogoBox(Panel):
    """See the module. A file is read away from the window, whatever it holds."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Logo")
        self._desk = desk
        self._png = b""
        self.setAcceptDrops(True)
        self.preview = _Preview()
        self.choose = button("Choisir une image…", icon="image-add-line")
        self.choose.clicked.connect(self._choose)
        self.remove = button("Retirer", "link")
        self.remove.clicked.connect(self._remove)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        hint = "PNG ou JPEG. Vous pouvez aussi glisser l’image ici."
        acts = QHBoxLayout()
        acts.setSpacing(theme.SPACE)
        acts.addWidget(self.choose)
        acts.addWidget(self.remove)
        acts.addStretch(1)
        beside = QVBoxLayout()
        beside.setSpacing(theme.SPACE)
        beside.addLayout(acts)
        beside.addWidget(label(hint, "small", wrap=True))
        beside.addWidget(self.problem)
        beside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.MARGIN)
        row.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(beside, 1)
        self.body.addLayout(row)
        self.remove.hide()

    def show_logo(self, png: bytes) -> None:
        """Show what is kept."""
        if png == self._png:
            return
        self._png = png
        self.remove.setVisible(bool(png))
        self._desk.jobs.compute(
            self, lambda _progress: QImage.fromData(png), self.preview.show_image
        )

    def put(self, file: Path) -> None:
        """Take the picture of a file for the logo."""
        self._say("")
        self._desk.jobs.compute(
            self,
            lambda _progress: usecases.logo.read(file),
            self._keep,
            lambda problem: self._say(str(problem)),
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged_files(event.mimeData()):
            take_copy(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        take_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        take_copy(event)
        self.put(dragged_files(event.mimeData())[0])

    def _choose(self) -> None:
        file = file_to_open(self, "Choisir le logo", _IMAGES)
        if file is not None:
            self.put(file)

    def _keep(self, picture: Picture) -> None:
        self._desk.jobs.write(
            self,
            lambda session: usecases.logo.put(session, picture),
            lambda _none: self._desk.tell("Logo changé · Ctrl+Z pour annuler"),
            self._refuse,
            label="Logo de l’association",
        )

    def _remove(self) -> None:
        self._desk.jobs.write(
            self,
            lambda session: usecases.logo.remove(session),  # noqa: PLW0108 - imported on the lane
            lambda _none: self._desk.tell("Logo retiré · Ctrl+Z pour annuler"),
            self._refuse,
            label="Logo retiré",
        )
        self.choose.setFocus()

    def _refuse(self, problem: UserError) -> None:
        self._say(str(problem))

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if problem:
            announce(self.problem)
