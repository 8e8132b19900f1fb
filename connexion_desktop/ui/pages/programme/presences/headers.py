"""The edges of the grid: days above, names at the left, what is counted below."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from connexion_desktop.domain.french_dates import SHORT_MONTHS, SHORT_WEEKDAYS, day_number
from connexion_desktop.domain.presence_grid import Count
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.programme.presences.model import PresenceModel
from connexion_desktop.ui.widgets.tips import put_tip

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_LINE = 19
_NAMES, _ASIDE, _NARROW = 190, 8, 60
_COUNTED = ("Présents", "Absents", "À saisir")
_RATE = "Présence"
_RATE_TOLD = (
    "La part des demi-journées où la personne est venue, parmi celles qui sont saisies sur les "
    "jours montrés."
)


class DaysHeader(QHeaderView):
    """A day, its half and the title of its séance, one under the other."""

    def __init__(self, model: PresenceModel, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._shown = model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        lines = 3 if self.defaultSectionSize() >= theme.px(_NARROW) else 2
        return QSize(super().sizeHint().width(), lines * theme.px(_LINE) + theme.px(8))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        grid = self._shown.grid
        if grid is None or section >= len(grid.columns):
            return
        tokens, column = theme.tokens(), grid.columns[section]
        is_today = column.slot.on == grid.today
        painter.save()
        painter.fillRect(rect, tokens.surface)
        if is_today:
            painter.fillRect(QRect(rect.x(), rect.y(), rect.width(), 3), tokens.accent)
        line = QRect(rect.x() + 4, rect.y() + theme.px(4), rect.width() - 8, theme.px(_LINE))
        painter.setClipRect(rect)
        self._day(painter, QRect(rect.x(), line.y(), rect.width(), line.height()), section)
        line.translate(0, line.height())
        painter.setFont(theme.font("small", bold=True))
        painter.setPen(tokens.ink)
        half = column.slot.half.label
        painter.drawText(line, _MIDDLE, half if rect.width() >= theme.px(_NARROW) else half[0])
        line.translate(0, line.height())
        if rect.width() >= theme.px(_NARROW):
            painter.setFont(theme.font("small"))
            painter.setPen(tokens.muted)
            elide = Qt.TextElideMode.ElideRight
            title = painter.fontMetrics().elidedText(column.title, elide, line.width())
            painter.drawText(line, _MIDDLE, title)
        painter.setPen(tokens.edge)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _day(self, painter: QPainter, line: QRect, section: int) -> None:
        """The day, over both its halves; each draws its part of it."""
        columns = self._shown.columns
        on = columns[section].slot.on
        if section and columns[section - 1].slot.on == on:
            line.setLeft(line.left() - self.sectionSize(section - 1))
        if section + 1 < len(columns) and columns[section + 1].slot.on == on:
            line.setRight(line.right() + self.sectionSize(section + 1))
        tokens, grid = theme.tokens(), self._shown.grid
        painter.setFont(theme.font("small", bold=True))
        painter.setPen(tokens.accent if grid and on == grid.today else tokens.ink)
        words = f"{SHORT_WEEKDAYS[on.weekday()]} {day_number(on)} {SHORT_MONTHS[on.month - 1]}"
        if painter.fontMetrics().horizontalAdvance(words) > line.width() - 4:
            words = f"{on.day}/{on.month}"
        painter.drawText(line, _MIDDLE, words)


class NamesHeader(QHeaderView):
    """Who, and how often they came, always in sight at the left: as wide as the longest name, if
    there is room for it."""

    def __init__(self, model: PresenceModel, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._shown = model
        self._room = 0
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        wide = max(theme.px(_NAMES), min(self._room, self._wanted()))
        return QSize(wide, super().sizeHint().height())

    def give(self, room: int) -> None:
        """Say how wide it may be."""
        self._room = room

    def _wanted(self) -> int:
        """How wide it is to be for no name to be cut."""
        metrics = QFontMetrics(theme.font("body"))
        names = (metrics.horizontalAdvance(each.told) for each in self._shown.people)
        return max(names, default=0) + _rate_room() + 2 * theme.px(_ASIDE) + 1

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        grid = self._shown.grid
        if grid is None or section >= len(grid.rows):
            return
        tokens, person = theme.tokens(), grid.rows[section]
        current = self.parentWidget()
        is_current = isinstance(current, QTableView) and current.currentIndex().row() == section
        painter.save()
        painter.fillRect(rect, tokens.accent_tint if is_current else tokens.surface)
        inner = rect.adjusted(theme.px(_ASIDE), 0, -theme.px(_ASIDE), 0)
        painter.setFont(theme.font("small"))
        percent = grid.rate(person.journey_id).percent
        told = "" if percent is None else f"{percent} %"
        painter.setPen(tokens.muted)
        painter.drawText(inner, _RIGHT, told)
        room = inner.width() - _rate_room()
        painter.setFont(theme.font("body"))
        painter.setPen(tokens.muted if person.journey_id in grid.reserved else tokens.ink)
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(inner, _LEFT, painter.fontMetrics().elidedText(person.told, elide, room))
        painter.setPen(tokens.line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(tokens.edge)
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.restore()


def _rate_room() -> int:
    """What a rate takes at the right of a name."""
    return QFontMetrics(theme.font("small")).horizontalAdvance("100 %") + theme.px(6)


class Corner(QWidget):
    """Above the names: what the figures beside them are."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self.setAccessibleName(_RATE)
        put_tip(self, _RATE_TOLD)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, high = theme.tokens(), theme.px(_LINE)
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.surface)
        inner = self.rect().adjusted(theme.px(_ASIDE), 0, -theme.px(_ASIDE), -theme.px(4))
        painter.setFont(theme.font("small"))
        painter.setPen(tokens.muted)
        painter.drawText(inner.adjusted(0, inner.height() - high, 0, 0), _RIGHT, _RATE)
        painter.setPen(tokens.edge)
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.end()


class Counts(QWidget):
    """Under each half-day, how many came, were away, are still to be marked."""

    def __init__(self, model: PresenceModel, view: QTableView) -> None:
        super().__init__()
        self._shown, self._view = model, view
        view.horizontalScrollBar().valueChanged.connect(lambda _value: self.update())
        model.modelReset.connect(self.update)
        model.dataChanged.connect(self.update)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(0, len(_COUNTED) * theme.px(_LINE) + theme.px(4))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        grid = self._shown.grid
        if grid is None:
            return
        tokens, high = theme.tokens(), theme.px(_LINE)
        names = self._view.verticalHeader().width() + self._view.frameWidth()
        painter = QPainter(self)
        painter.setFont(theme.font("small"))
        painter.setPen(tokens.muted)
        for rank, words in enumerate(_COUNTED):
            box = QRect(0, rank * high, names - theme.px(8), high)
            painter.drawText(box, _RIGHT, words)
        painter.setClipRect(self.rect().adjusted(names, 0, 0, 0))
        for place, column in enumerate(grid.columns):
            left = names + self._view.columnViewportPosition(place)
            self._column(painter, left, self._view.columnWidth(place), grid.count(column.slot))
        painter.end()

    def _column(self, painter: QPainter, left: int, wide: int, count: Count) -> None:
        tokens, high = theme.tokens(), theme.px(_LINE)
        is_known = bool(count.came or count.missed)
        told = (
            (str(count.came) if is_known else "·", bool(count.came)),
            (str(count.missed) if is_known else "·", bool(count.missed)),
            (str(count.left), bool(count.missing)),
        )
        for rank, (number, strong) in enumerate(told):
            painter.setFont(theme.font("small", bold=strong))
            painter.setPen(tokens.ink if strong else tokens.muted)
            painter.drawText(QRect(left, rank * high, wide, high), _MIDDLE, number)
