"""A month that drops down under a date to pick a day from."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from connexion_desktop.domain.french_dates import MONTHS, WEEKDAYS
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.labels import button, label

_CELL = QSize(38, 30)
_WEEKS = 6


class _Month(QCalendarWidget):
    """The days alone, in the colours of the theme."""

    def __init__(self, day: date, today: date) -> None:
        super().__init__()
        self._today = _day(today)
        self.setAccessibleName("Calendrier")
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setNavigationBarVisible(False)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.NoHorizontalHeader)
        self.setSelectedDate(_day(day))
        self.setFixedSize(7 * theme.px(_CELL.width()), _WEEKS * theme.px(_CELL.height()))
        days = self.findChild(QTableView)
        if days is not None:
            days.installEventFilter(self)

    def move_months(self, count: int) -> None:
        """Go to the same day of another month."""
        self.setSelectedDate(self.selectedDate().addMonths(count))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """With Maj the page keys move by a year; the calendar itself moves by a month."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_PageUp: -12, Qt.Key.Key_PageDown: 12}
            step = steps.get(Qt.Key(event.key()), 0)
            if step and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
                self.move_months(step)
                return True
        return super().eventFilter(watched, event)

    def paintCell(self, painter: QPainter, rect: QRect, day: QDate | date) -> None:
        tokens, shown = theme.tokens(), day if isinstance(day, QDate) else _day(day)
        ink = tokens.ink if shown.month() == self.monthShown() else tokens.muted
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, tokens.surface)
        painter.setPen(Qt.PenStyle.NoPen)
        if shown == self.selectedDate():
            painter.setBrush(tokens.accent)
            ink = tokens.on_accent
        elif shown == self._today:
            painter.setPen(QPen(tokens.accent, 1))
            ink = tokens.accent
        painter.drawRoundedRect(rect.adjusted(2, 2, -3, -3), theme.RADIUS_BADGE, theme.RADIUS_BADGE)
        painter.setFont(theme.font("body", bold=shown == self._today))
        painter.setPen(ink)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(shown.day()))
        painter.restore()


class Calendar(QFrame):
    """`picked(date)`, then it closes itself, as at Escape or at a click elsewhere."""

    picked = Signal(object)

    def __init__(self, parent: QWidget, day: date, today: date) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "popup")
        self.month = _Month(day, today)
        self.month.clicked.connect(self._take)
        self.month.activated.connect(self._take)
        self.month.currentPageChanged.connect(self._name)
        self._month_name, self._year = label("", "strong"), label("", "strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addLayout(self._heading())
        column.addLayout(self._weekdays())
        column.addWidget(self.month)
        now = button("Aujourd’hui", "link")
        now.clicked.connect(lambda: self._take(_day(today)))
        column.addWidget(now, 0, Qt.AlignmentFlag.AlignHCenter)
        self._name()

    def _heading(self) -> QHBoxLayout:
        """‹ avril › ‹ 2026 ›"""
        row = QHBoxLayout()
        row.setSpacing(0)
        for name, what, keys, months in (
            (self._month_name, "Mois", "Page", 1),
            (self._year, "Année", "Maj+Page", 12),
        ):
            before = self._step("left", f"{what} d’avant ({keys} préc.)", -months)
            after = self._step("right", f"{what} d’après ({keys} suiv.)", months)
            name.setAlignment(Qt.AlignmentFlag.AlignCenter)
            row.addWidget(before)
            row.addWidget(name, 1)
            row.addWidget(after)
        return row

    def _step(self, way: str, tip: str, months: int) -> QPushButton:
        made = button("", "ghost", icon=f"arrow-{way}-s-line", tip=tip)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAutoRepeat(True)
        made.clicked.connect(lambda: self.month.move_months(months))
        return made

    def _weekdays(self) -> QHBoxLayout:
        """« lu ma me je ve sa di »"""
        row = QHBoxLayout()
        row.setSpacing(0)
        for name in WEEKDAYS:
            short = label(name[:2], "small")
            short.setAlignment(Qt.AlignmentFlag.AlignCenter)
            short.setFixedWidth(theme.px(_CELL.width()))
            row.addWidget(short)
        return row

    def _name(self) -> None:
        self._month_name.setText(MONTHS[self.month.monthShown() - 1])
        self._year.setText(str(self.month.yearShown()))

    def open_under(self, field: QWidget) -> None:
        """Show it below the field, or above where the screen ends."""
        self.adjustSize()
        below = field.mapToGlobal(QPoint(0, field.height() + 2))
        screen = QGuiApplication.screenAt(below) or field.screen()
        room = screen.availableGeometry()
        box = QRect(below, self.size())
        if box.bottom() > room.bottom():
            box.moveBottom(field.mapToGlobal(QPoint(0, -2)).y())
        box.moveTop(max(box.top(), room.top()))
        box.moveRight(min(box.right(), room.right()))
        self.move(box.topLeft())
        self.show()
        self.month.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _take(self, day: QDate) -> None:
        self.picked.emit(date(day.year(), day.month(), day.day()))
        self.close()


def _day(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
