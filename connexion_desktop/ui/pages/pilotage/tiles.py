"""The figures at a glance, section by section: pressing one shows what is behind it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from connexion_desktop.domain.activity_report import ActivityReport, Figure
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.labels import label

_MOST_ACROSS = 4
_HEIGHT, _LEAST_WIDTH = 58, 106
_NUMBER, _LINE = 26, 17
_PADDING, _PADDING_END = 12, 6
NOT_KNOWN = "–"


class Tile(QPushButton):
    """A figure in large, its words under it. Its frame is the style sheet’s."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__()
        self.code = code
        self._words = words
        self._number = NOT_KNOWN
        self.setProperty("kind", "choice")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_figure(self, figure: Figure) -> None:
        """Show its number, and what is told of it by a screen reader."""
        self._number = figure.told or NOT_KNOWN
        self.setAccessibleName(f"{figure.label} : {figure.told or 'non connu'}")
        self.setAccessibleDescription(figure.rule)
        self.setToolTip(figure.label)
        self.update()

    def lines_at(self, width: int) -> int:
        """How many lines its words take in a tile of that width."""
        room = QRect(0, 0, width - theme.px(_PADDING) - theme.px(_PADDING_END), 999)
        metrics = QFontMetrics(theme.font("small"))
        wrapped = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self._words)
        return max(round(wrapped.height() / metrics.lineSpacing()), 1)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_LEAST_WIDTH), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(_LEAST_WIDTH), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        tokens = theme.tokens()
        area = self.rect().adjusted(
            theme.px(_PADDING), theme.px(5), -theme.px(_PADDING_END), -theme.px(6)
        )
        top, foot = QRect(area), QRect(area)
        top.setHeight(theme.px(_NUMBER))
        foot.setTop(top.bottom() + 1)
        painter.setFont(theme.font("title"))
        known = self._number != NOT_KNOWN
        painter.setPen(tokens.accent if self.isChecked() else tokens.ink if known else tokens.muted)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(top, left, self._number)
        painter.setFont(theme.font("small"))
        painter.setPen(tokens.muted)
        painter.drawText(
            foot,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap,
            self._words,
        )
        painter.end()


class Tiles(QWidget):
    """One tile is pressed at a time: `picked(code)`. One stop for the Tab key; the arrows walk
    among them, and pressing the one that is pressed already goes to its list: `entered()`."""

    picked = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Chiffres")
        self._tiles: dict[str, Tile] = {}
        self._sections: list[tuple[QLabel, list[Tile]]] = []
        self._rows: list[list[Tile]] = []
        self._across = 0
        self._chosen = ""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.SPACE)
        theme.changed.connect(self._fit)

    def tile(self, code: str) -> Tile:
        """The tile of a figure. Raises KeyError before any is shown."""
        return self._tiles[code]

    def show_report(self, report: ActivityReport, chosen: str) -> None:
        """Show the numbers, and which one is looked into."""
        if not self._tiles:
            self._make(report)
        for figure in report.figures:
            self._tiles[figure.code].show_figure(figure)
        self.choose(chosen)

    def choose(self, chosen: str) -> None:
        """Press one and release the others."""
        self._chosen = chosen
        for code, tile in self._tiles.items():
            tile.setChecked(code == chosen)
            tile.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if code == chosen else Qt.FocusPolicy.ClickFocus
            )

    def _make(self, report: ActivityReport) -> None:
        for title, figures in report.sections:
            tiles = []
            for figure in figures:
                tile = Tile(figure.code, figure.label)
                tile.clicked.connect(lambda _on=False, code=figure.code: self._pick(code))
                tile.installEventFilter(self)
                self._tiles[figure.code] = tile
                tiles.append(tile)
            self._sections.append((label(title, "heading"), tiles))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As many in a row as there is room for, each as high as the longest words need."""
        room = self.width() + theme.SPACE
        across = min(max(room // (theme.px(_LEAST_WIDTH) + theme.SPACE), 1), _MOST_ACROSS)
        if self._tiles and across != self._across:
            self._across = across
            self._arrange()
        width = room // across - theme.SPACE
        lines = max((tile.lines_at(width) for tile in self._tiles.values()), default=1)
        for tile in self._tiles.values():
            tile.setFixedHeight(theme.px(_HEIGHT + (lines - 1) * _LINE))

    def _arrange(self) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        for place in range(_MOST_ACROSS):
            self._grid.setColumnStretch(place, int(place < self._across))
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        self._rows = []
        line = 0
        for title, tiles in self._sections:
            self._grid.addWidget(title, line, 0, 1, self._across)
            line += 1
            for start in range(0, len(tiles), self._across):
                beside = tiles[start : start + self._across]
                self._rows.append(beside)
                for place, tile in enumerate(beside):
                    self._grid.addWidget(tile, line, place)
                line += 1
        self._grid.setRowStretch(line, 1)

    def _pick(self, code: str) -> None:
        again = code == self._chosen
        self.choose(code)
        if again:
            self.entered.emit()
        else:
            self.picked.emit(code)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(watched, Tile)
        ):
            return self._walk(watched, Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _walk(self, tile: Tile, key: Qt.Key) -> bool:
        order = [each for row in self._rows for each in row]
        row = next(rank for rank, each in enumerate(self._rows) if tile in each)
        place = self._rows[row].index(tile)
        match key:
            case Qt.Key.Key_Right | Qt.Key.Key_Left:
                step = 1 if key == Qt.Key.Key_Right else -1
                wanted = order[(order.index(tile) + step) % len(order)]
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                step = 1 if key == Qt.Key.Key_Down else -1
                other = self._rows[(row + step) % len(self._rows)]
                wanted = other[min(place, len(other) - 1)]
            case _:
                return False
        self._pick(wanted.code)
        wanted.setFocus(Qt.FocusReason.TabFocusReason)
        return True
