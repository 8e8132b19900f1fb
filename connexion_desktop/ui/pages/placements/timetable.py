"""Horaires: typed as a usual week, mended day by day, with their totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import (
    SHORT_MONTHS,
    WEEKDAYS,
    day_number,
    long_day,
    short_day,
)
from connexion_desktop.domain.hours import hours_text
from connexion_desktop.domain.placement_file import SLOTS, PlacementForm, SetTimetable
from connexion_desktop.domain.placement_hours import (
    Span,
    days_kept,
    presence_text,
    refit,
    retype,
    span,
    usual_week,
    week_rows,
    with_day,
    without_days,
)
from connexion_desktop.domain.placement_rules import Finding
from connexion_desktop.domain.timetable import Slot, WeeklyPattern
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.placements.fields import Fields
from connexion_desktop.ui.pages.placements.hours_line import HoursLine
from connexion_desktop.ui.pages.placements.kit import Section
from connexion_desktop.ui.widgets.chip import Chip
from connexion_desktop.ui.widgets.conflict_line import ConflictLine, told
from connexion_desktop.ui.widgets.labels import button, label

_FRIDAY = 4


class TimetableSection(Section):
    """`typed` when the hours differ; `drafted(name, text)` what cannot be read yet.

    The base (`_slots` over `_period`) is what is saved or was settled last; the hours shown are
    that base on the period being typed.
    """

    typed = Signal()
    drafted = Signal(str, object)

    def __init__(self, desk: Desk, fields: Fields) -> None:
        super().__init__("Horaires")
        self._desk = desk
        self._fields = fields
        fields.hours_typed = self.slots
        self._conflict: ConflictLine | None = None
        self._form: PlacementForm | None = None
        self._slots: tuple[Slot, ...] = ()
        self._period: Span | None = None
        self._moved: Span | None = None
        self._week = WeeklyPattern()
        self._saving = 0
        self._refused = ""
        self._found: Sequence[Finding] = ()
        self.total = label("", "strong")
        self.week_tab, self.days_tab = Chip("Semaine type"), Chip("Jour par jour")
        for tab, daily in ((self.week_tab, False), (self.days_tab, True)):
            tab.setAutoExclusive(True)
            tab.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tab.setToolTip("Ctrl+J")
            tab.clicked.connect(partial(self.show_days, daily))
            self.corner.addWidget(tab)
        self.week_tab.setChecked(True)
        self._build_week()
        self._build_days()
        foot = QHBoxLayout()
        foot.addWidget(self.total)
        foot.addStretch(1)
        self.free = button("Sans les jours du groupe", "link")
        self.free.setToolTip("Retirer les horaires des jours collectifs du groupe")
        self.free.clicked.connect(self._free_collective_days)
        foot.addWidget(self.free)
        self.body.addLayout(foot)
        self.weeks = label("", "small", wrap=True)
        self.add(self.weeks)

    def _build_week(self) -> None:
        self._week_box = QWidget()
        column = QVBoxLayout(self._week_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.week_lines: list[HoursLine] = []
        for number, name in enumerate(WEEKDAYS):
            example = "9h-12h30 / 13h30-17h" if number == 0 else "—"
            line = self._line(name.capitalize(), f"week.{number}", example)
            line.day_before = self.week_lines[-1] if self.week_lines else None
            line.typed.connect(self._retype)
            self.week_lines.append(line)
            column.addWidget(line)
        self.as_monday = button("Mardi à vendredi comme &lundi", "link", icon="file-copy-line")
        self.as_monday.setToolTip("Alt+L")
        self.as_monday.clicked.connect(self.copy_monday)
        row = QHBoxLayout()
        row.addWidget(self.as_monday)
        row.addStretch(1)
        column.addLayout(row)
        self.add(self._week_box)

    def _build_days(self) -> None:
        self._days_box = QWidget()
        self._days_column = QVBoxLayout(self._days_box)
        self._days_column.setContentsMargins(0, 0, 0, 0)
        self._days_column.setSpacing(4)
        self.day_lines: dict[date, HoursLine] = {}
        self._day_widgets: list[QWidget] = []
        self._week_headings: list[QLabel] = []
        self._days_shown: tuple[object, ...] = ()
        self._days_box.hide()
        self.add(self._days_box)

    def _line(self, title: str, name: str, placeholder: str = "—") -> HoursLine:
        line = HoursLine(title, placeholder)
        line.settled.connect(self._save)
        line.drafted.connect(lambda text: self.drafted.emit(name, text))
        return line

    # Showing

    def show_form(self, form: PlacementForm) -> None:
        """Show the hours of the base, unless newer ones are being saved."""
        other = self._form is None or self._form.id != form.id
        if other:
            for line in self._lines():
                line.forget()
            self._saving = 0
            self._say("")
            self._settle_conflict()
        self._form = form
        if self._saving or self._conflict is not None:
            return
        typing = any(line.is_dirty() for line in self._lines())
        self._fields.read_hours(form.slots, typing=typing)
        starts, ends = form.values["starts_on"], form.values["ends_on"]
        self._slots = form.slots
        self._period = span(
            starts if isinstance(starts, date) else None, ends if isinstance(ends, date) else None
        )
        self._moved = self._period
        self._week = form.pattern or usual_week(form.slots)
        for line, ranges in zip(self.week_lines, self._week.days, strict=True):
            line.show_hours(ranges)
        self._refresh()
        if typing:
            self._type_again()

    def _type_again(self) -> None:
        """What is being typed goes on, over what somebody else saved meanwhile."""
        if any(line.is_dirty() for line in self.week_lines):
            self._retype()
        for day, line in self.day_lines.items():
            if line.is_dirty():
                self._retype_day(day)

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Say why the hours are not saved, else what the rules find in them."""
        self._found = found
        if self._refused:
            self.remark.say(self._refused, "red")
        else:
            self.say_findings(found)

    def follow(self, period: Span | None) -> None:
        """Show the hours on the period being typed."""
        if period != self._moved:
            self._moved = period
            self._refresh()

    def slots(self) -> tuple[Slot, ...]:
        """The hours as they are typed, on the period as it is typed."""
        if self._moved == self._period:
            return self._slots
        return refit(self._slots, self._week, self._period, self._moved)

    def show_days(self, daily: bool) -> None:
        """Show each day of the period, or the usual week."""
        (self.days_tab if daily else self.week_tab).setChecked(True)
        self._week_box.setVisible(not daily)
        self._days_box.setVisible(daily)
        self._refresh()

    def swap(self) -> None:
        """Show the other of the two, with the cursor on its first day."""
        self.show_days(self._days_box.isHidden())
        lines = list(self.day_lines.values()) if self._week_box.isHidden() else self.week_lines
        if lines:
            lines[0].line.setFocus(Qt.FocusReason.TabFocusReason)

    def show_draft(self, name: str, text: str) -> None:
        """Bring back what could not be read when the application last stopped."""
        part, _, which = name.partition(".")
        if part == "week":
            self.week_lines[int(which)].show_draft(text)
            return
        self.show_days(True)
        line = self.day_lines.get(date.fromisoformat(which))
        if line is not None:
            line.show_draft(text)

    def flush(self) -> None:
        """Save what is being typed."""
        for line in self._lines():
            line.flush()

    def focus_first(self) -> None:
        """Put the cursor on the first day without hours."""
        self.show_days(False)
        empty = [line for line in self.week_lines[:5] if not line.line.text()]
        (empty or self.week_lines)[0].line.setFocus()

    def _refresh(self) -> None:
        slots = self.slots()
        self.total.setText(presence_text(slots) or "Aucune heure")
        rows = [week for week in week_rows(self._moved, slots) if week.minutes]
        self.weeks.setVisible(len(rows) > 1)
        self.weeks.setText(
            "Par semaine : "
            + " · ".join(f"{_start(w.monday)} {hours_text(w.minutes)}" for w in rows)
        )
        self.free.setVisible(bool(self._collective_days(slots)))
        if not self._days_box.isHidden():
            self._show_each_day(slots)

    def _show_each_day(self, slots: tuple[Slot, ...]) -> None:
        weeks = week_rows(self._moved, slots, self._collective())
        days = tuple((each.day, each.holiday, each.collective) for w in weeks for each in w.days)
        if days != self._days_shown:
            self._days_shown = days
            self._rebuild_days()
        for week, heading in zip(weeks, self._week_headings, strict=True):
            heading.setText(f"Semaine du {long_day(week.monday)} · {hours_text(week.minutes)}")
            for each in week.days:
                self.day_lines[each.day].show_hours(each.ranges)

    def _rebuild_days(self) -> None:
        for line in self.day_lines.values():
            line.flush()
        for widget in self._day_widgets:
            widget.hide()
            widget.deleteLater()
        self._day_widgets, self._week_headings = [], []
        self.day_lines = {}
        weeks = week_rows(self._moved, self.slots(), self._collective())
        if not weeks:
            self._put(label("Choisissez d’abord les dates de la période.", "muted"))
        for week in weeks:
            heading = label("", "small")
            self._week_headings.append(heading)
            self._put(heading)
            for each in week.days:
                line = self._line(short_day(each.day).capitalize(), f"day.{each.day}")
                marks = (each.holiday, "jour collectif du groupe" if each.collective else "")
                line.name(short_day(each.day).capitalize(), " · ".join(filter(None, marks)))
                line.day_before = self.day_lines.get(each.day - timedelta(days=1))
                line.typed.connect(partial(self._retype_day, each.day))
                self.day_lines[each.day] = line
                self._put(line)

    def _put(self, widget: QWidget) -> None:
        self._day_widgets.append(widget)
        self._days_column.addWidget(widget)

    # Typing

    def copy_monday(self) -> None:
        """Give Tuesday to Friday the hours of Monday, at once."""
        monday = self.week_lines[0]
        monday.flush()
        if monday.has_problem():
            return
        for line in self.week_lines[1 : _FRIDAY + 1]:
            line.forget()
            line.show_hours(monday.ranges())
        self._retype()
        self._save()

    def _retype(self) -> None:
        after = WeeklyPattern(tuple(line.ranges() for line in self.week_lines))
        self._settle_base()
        self._slots = retype(self._slots, self._week, after, self._period)
        self._week = after
        self._tell()

    def _retype_day(self, day: date) -> None:
        self._settle_base()
        self._slots = with_day(self._slots, day, self.day_lines[day].ranges())
        self._tell()

    def _free_collective_days(self) -> None:
        self._settle_base()
        self._slots = without_days(self._slots, self._collective())
        self._tell()
        self._save()

    def _settle_base(self) -> None:
        self._slots, self._period = self.slots(), self._moved

    def _tell(self) -> None:
        self._refresh()
        self.typed.emit()

    def _collective(self) -> frozenset[date]:
        return self._form.facts.collective_days if self._form else frozenset()

    def _collective_days(self, slots: Iterable[Slot]) -> set[date]:
        return {slot.on for slot in slots} & self._collective()

    def _lines(self) -> list[HoursLine]:
        return [*self.week_lines, *self.day_lines.values()]

    # Saving

    def _save(self) -> None:
        form = self._form
        if form is None:
            return
        stored = form.pattern or usual_week(form.slots)
        same = self.slots() == form.slots and self._week == stored
        if (same and not self._saving) or self._conflict is not None:
            return
        self._put_in(SetTimetable(form.id, self.slots(), self._week, self._fields.seen(SLOTS)))

    def _put_in(self, command: SetTimetable) -> None:
        form = self._form
        if form is None:
            return
        self._say("")
        self._saving += 1
        self._fields.hours.send(command.slots)
        self._desk.jobs.write(
            self,
            lambda session: usecases.placement_drafts.set_timetable(session, command),
            lambda _none: self._saved(form, None),
            lambda problem: self._saved(form, problem, command),
            label="Horaires de l’immersion",
        )

    def _saved(
        self, form: PlacementForm, problem: UserError | None, command: SetTimetable | None = None
    ) -> None:
        if self._form is None or self._form.id != form.id:
            if problem is not None:
                self._desk.fail(problem)
            return
        self._saving = max(0, self._saving - 1)
        self._fields.hours.answer(kept=problem is None)
        if isinstance(problem, ConflictError) and command is not None:
            self._contest(problem, command)
        elif problem is not None:
            self._say(str(problem))

    # Hours that somebody else changed meanwhile

    def _contest(self, problem: ConflictError, command: SetTimetable) -> None:
        """Say what the other made of the hours or of the dates, to choose."""
        changed = [clash for clash in problem.clashes if clash.is_theirs]
        titles = ", ".join(f"« {clash.label} »" for clash in changed)
        theirs = " · ".join(self._fields.told(clash.field, clash.theirs) for clash in changed)
        self._settle_conflict()
        self._conflict = ConflictLine(
            told(problem, titles, theirs, presence_text(command.slots) or "aucune heure"),
            "Horaires",
            partial(self._keep_mine, problem, command),
            self._take_theirs,
        )
        self._conflict.stand(self.body, 0)

    def _keep_mine(self, problem: ConflictError, command: SetTimetable) -> None:
        """One's own days, over the hours and the period that the other left."""
        seen, theirs = self._fields.hours.loaded, command.slots
        for clash in problem.clashes:
            if clash.field == SLOTS:
                theirs = clash.theirs
        week = command.pattern or self._week
        slots, week = days_kept(seen, command.slots, theirs, week)
        self._fields.take_theirs(problem)
        self._settle_conflict()
        self._put_in(replace(command, slots=slots, pattern=week, seen=self._fields.seen(SLOTS)))

    def _take_theirs(self) -> None:
        self._settle_conflict()
        for line in self._lines():
            line.forget()
        if self._form is not None:
            self.show_form(self._form)
            self.typed.emit()
        self.week_lines[0].line.setFocus()

    def _settle_conflict(self) -> None:
        if self._conflict is not None:
            self._conflict.leave()
            self._conflict = None

    def _say(self, reason: str) -> None:
        self._refused = reason
        self.show_findings(self._found)


def _start(monday: date) -> str:
    return f"{day_number(monday)} {SHORT_MONTHS[monday.month - 1]}"
