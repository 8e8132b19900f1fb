"""An icon at an end of a line to type in. Qt's own, made by `QLineEdit.addAction`, keep their size
whatever the size of the text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from connexion_desktop.ui import icons, theme

_SIDE, _MARGIN, _PARTED = 16, 9, 7


class LineIcon(QAbstractButton):
    """As high as the text of its line, which makes room for it while it is not hidden. It
    decorates unless it has a tip: then it is a button, for the mouse alone."""

    def __init__(self, line: QLineEdit, name: str, *, at_end: bool = False, tip: str = "") -> None:
        super().__init__(line)
        self._line = line
        self._name = name
        self._at_end = at_end
        if not tip:
            self.accessible_role = QAccessible.Role.Graphic
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not tip)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        line.installEventFilter(self)
        theme.changed.connect(self._fit)
        self._fit()

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.draw(painter, QRect(self.rect()), self._name, theme.tokens().muted)
        painter.end()

    def _fit(self) -> None:
        side = 0 if self.isHidden() else theme.px(_SIDE) + _PARTED
        margins = self._line.textMargins()
        if self._at_end:
            margins.setRight(side)
        else:
            margins.setLeft(side)
        self._line.setTextMargins(margins)
        self._place()

    def _place(self) -> None:
        side = theme.px(_SIDE)
        left = self._line.width() - _MARGIN - side if self._at_end else _MARGIN
        self.setGeometry(left, (self._line.height() - side) // 2, side, side)
