"""The hours of a period, a line each: those of a usual week, or those of every day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from connexion_desktop.domain.french_dates import WEEKDAYS, long_day, short_day
from connexion_desktop.domain.hours import hours_text
from connexion_desktop.domain.placement_hours import WeekHours
from connexion_desktop.domain.timetable import WeeklyPattern
from connexion_desktop.ui.pages.placements.hours_line import HoursLine
from connexion_desktop.ui.widgets.labels import button, label

_FRIDAY = 4
_EXAMPLE = "9h-12h30 / 13h30-17h"


class _Lines(QWidget):
    """`settled` when hours are to be saved; `drafted(name, text)` where they cannot be read yet."""

    settled = Signal()
    drafted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def _line(self, title: str, name: str, placeholder: str = "—") -> HoursLine:
        line = HoursLine(title, placeholder)
        line.settled.connect(self.settled)
        line.drafted.connect(lambda text: self.drafted.emit(name, text))
        return line


class WeekLines(_Lines):
    """A usual week. `typed` when one of its days has other hours."""

    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[HoursLine] = []
        for number, name in enumerate(WEEKDAYS):
            example = "—" if number else _EXAMPLE
            line = self._line(name.capitalize(), f"week.{number}", example)
            line.day_before = self.lines[-1] if self.lines else None
            line.typed.connect(self.typed)
            self.lines.append(line)
            self._column.addWidget(line)
        self.as_monday = button("Mardi à vendredi comme &lundi", "link", icon="file-copy-line")
        self.as_monday.setToolTip("Alt+L")
        self.as_monday.clicked.connect(self._copy_monday)
        row = QHBoxLayout()
        row.addWidget(self.as_monday)
        row.addStretch(1)
        self._column.addLayout(row)

    def show_week(self, week: WeeklyPattern) -> None:
        """Show a usual week, but on the days where other hours are being typed."""
        for line, ranges in zip(self.lines, week.days, strict=True):
            line.show_hours(ranges)

    def week(self) -> WeeklyPattern:
        """The week as it is typed."""
        return WeeklyPattern(tuple(line.ranges() for line in self.lines))

    def _copy_monday(self) -> None:
        """Give Tuesday to Friday the hours of Monday, at once."""
        monday = self.lines[0]
        monday.flush()
        if monday.has_problem():
            return
        for line in self.lines[1 : _FRIDAY + 1]:
            line.forget()
            line.show_hours(monday.ranges())
        self.typed.emit()
        self.settled.emit()


class DayLines(_Lines):
    """Every day, week by week. `typed(day)` when one has other hours."""

    typed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[date, HoursLine] = {}
        self._widgets: list[QWidget] = []
        self._headings: list[QLabel] = []
        self._shown: tuple[object, ...] = ()

    def show_weeks(self, weeks: Sequence[WeekHours]) -> None:
        """Show the days of these weeks, but the hours that are being typed."""
        days = tuple((each.day, each.holiday, each.collective) for w in weeks for each in w.days)
        if days != self._shown:
            self._shown = days
            self._rebuild(weeks)
        for week, heading in zip(weeks, self._headings, strict=True):
            heading.setText(f"Semaine du {long_day(week.monday)} · {hours_text(week.minutes)}")
            for each in week.days:
                self.lines[each.day].show_hours(each.ranges)

    def _rebuild(self, weeks: Sequence[WeekHours]) -> None:
        for line in self.lines.values():
            line.flush()
        for widget in self._widgets:
            widget.hide()
            widget.deleteLater()
        self._widgets, self._headings, self.lines = [], [], {}
        if not weeks:
            self._put(label("Choisissez d’abord les dates de la période.", "muted"))
        for week in weeks:
            heading = label("", "small")
            self._headings.append(heading)
            self._put(heading)
            for each in week.days:
                title = short_day(each.day).capitalize()
                line = self._line(title, f"day.{each.day}")
                marks = (each.holiday, "jour collectif du groupe" if each.collective else "")
                line.name(title, " · ".join(filter(None, marks)))
                line.day_before = self.lines.get(each.day - timedelta(days=1))
                line.typed.connect(partial(self.typed.emit, each.day))
                self.lines[each.day] = line
                self._put(line)

    def _put(self, widget: QWidget) -> None:
        self._widgets.append(widget)
        self._column.addWidget(widget)
