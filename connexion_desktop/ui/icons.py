"""Icons drawn from the font of Remix Icon that QtAwesome ships.

Importing QtAwesome itself loads eleven fonts and their lists (350 ms, three bare windows): its one
font and one list that we use are read here, at the first icon, in about 2 ms.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPixmap, QRawFont

from connexion_desktop.ui import theme

_FONT = "remixicon-2.5.0.ttf"
_NAMES = "remixicon-charmap-2.5.0.json"
_GRID = 96.0


def make(name: str, color: QColor | str | None = None, checked: str = "") -> QIcon:
    """The icon of that name; `checked` names the ink of a pressed button. Raises KeyError."""
    _path(name)
    return QIcon(_Engine(name, color, checked))


def draw(painter: QPainter, rect: QRect, name: str, color: QColor) -> None:
    """Paint an icon in the largest square at the centre of `rect`."""
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(
        rect.x() + (rect.width() - side) / 2.0, rect.y() + (rect.height() - side) / 2.0
    )
    painter.scale(side / _GRID, side / _GRID)
    painter.fillPath(_path(name), color)
    painter.restore()


@cache
def _folder() -> Path:
    spec = importlib.util.find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("qtawesome")
    return Path(spec.origin).parent / "fonts"


@cache
def _names() -> str:
    return (_folder() / _NAMES).read_text(encoding="ascii")


def _letter(name: str) -> str:
    """The letter of the font that draws an icon. Raises KeyError. The list is searched as it
    stands: of its 2,300 names a window uses forty."""
    _, found, rest = _names().partition(f'"{name}": "0x')
    if not found:
        raise KeyError(name)
    return chr(int(rest[: rest.index('"')], 16))


@cache
def _font() -> QRawFont:
    return QRawFont(str(_folder() / _FONT), _GRID)


@cache
def _path(name: str) -> QPainterPath:
    font = _font()
    glyph = font.glyphIndexesForString(_letter(name))[0]
    path = font.pathForGlyph(glyph)
    path.translate(0, font.ascent())
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


class _Engine(QIconEngine):
    """Draws one icon in the colour that its token has at that moment.

    In a wide rectangle it stands at the left: the rest parts it from the words of a button.
    """

    def __init__(self, name: str, color: QColor | str | None, checked: str) -> None:
        super().__init__()
        self._name = name
        self._color = color
        self._checked = checked

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._color, self._checked)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        if rect.width() > rect.height():
            rect = QRect(rect.topLeft(), QSize(rect.height(), rect.height()))
        draw(painter, rect, self._name, self._ink(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def _ink(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        tokens = theme.tokens()
        if mode == QIcon.Mode.Disabled:
            return tokens.muted
        if self._checked and state == QIcon.State.On:
            ink: QColor = getattr(tokens, self._checked)
            return ink
        if isinstance(self._color, QColor):
            return self._color
        return getattr(tokens, self._color or "ink")  # type: ignore[no-any-return]
