"""Horaires: typed as a usual week, mended day by day, with their totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from connexion_desktop import usecases
from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import (
    SHORT_MONTHS,
    day_number,
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
from connexion_desktop.ui.pages.placements.fields import Fields, name_of
from connexion_desktop.ui.pages.placements.hours_line import HoursLine
from connexion_desktop.ui.pages.placements.hours_lines import DayLines, WeekLines
from connexion_desktop.ui.pages.placements.kit import Section
from connexion_desktop.ui.widgets.chip import Chip
from connexion_desktop.ui.widgets.conflict_line import ConflictLine, told
from connexion_desktop.ui.widgets.conflicts import told_elsewhere
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
        self.week, self.days = WeekLines(), DayLines()
        self.week.typed.connect(self._retype)
        self.days.typed.connect(self._retype_day)
        self.days.hide()
        for lines in (self.week, self.days):
            lines.settled.connect(self._save)
            lines.drafted.connect(self.drafted)
            self.add(lines)
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
        self.week.show_week(self._week)
        self._refresh()
        if typing:
            self._type_again()

    def _type_again(self) -> None:
        """What is being typed goes on, over what somebody else saved meanwhile."""
        if any(line.is_dirty() for line in self.week.lines):
            self._retype()
        for day, line in self.days.lines.items():
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
        self.week.setVisible(not daily)
        self.days.setVisible(daily)
        self._refresh()

    def swap(self) -> None:
        """Show the other of the two, with the cursor on its first day."""
        self.show_days(self.days.isHidden())
        lines = list(self.days.lines.values()) if self.week.isHidden() else self.week.lines
        if lines:
            lines[0].line.setFocus(Qt.FocusReason.TabFocusReason)

    def show_draft(self, name: str, text: str) -> None:
        """Bring back what could not be read when the application last stopped."""
        part, _, which = name.partition(".")
        if part == "week":
            self.week.lines[int(which)].show_draft(text)
            return
        self.show_days(True)
        line = self.days.lines.get(date.fromisoformat(which))
        if line is not None:
            line.show_draft(text)

    def flush(self) -> None:
        """Save what is being typed."""
        for line in self._lines():
            line.flush()

    def focus_first(self) -> None:
        """Put the cursor on the first day without hours."""
        self.show_days(False)
        empty = [line for line in self.week.lines[:5] if not line.line.text()]
        (empty or self.week.lines)[0].line.setFocus()

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
        if not self.days.isHidden():
            self.days.show_weeks(week_rows(self._moved, slots, self._collective()))

    # Typing

    def _retype(self) -> None:
        after = self.week.week()
        self._settle_base()
        self._slots = retype(self._slots, self._week, after, self._period)
        self._week = after
        self._tell()

    def _retype_day(self, day: date) -> None:
        self._settle_base()
        self._slots = with_day(self._slots, day, self.days.lines[day].ranges())
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
        return [*self.week.lines, *self.days.lines.values()]

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
                self._desk.fail(told_elsewhere(problem, name_of(form)))
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
        self.week.lines[0].line.setFocus()

    def _settle_conflict(self) -> None:
        if self._conflict is not None:
            self._conflict.leave()
            self._conflict = None

    def _say(self, reason: str) -> None:
        self._refused = reason
        self.show_findings(self._found)


def _start(monday: date) -> str:
    return f"{day_number(monday)} {SHORT_MONTHS[monday.month - 1]}"
