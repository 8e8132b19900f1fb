"""The pane in the middle: for whom an immersion is prepared, the form of a draft, or an issued
convention."""

from __future__ import annotations

from functools import cached_property
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from connexion_desktop.domain.placement_file import PlacementForm
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.placements.asking import Asking
from connexion_desktop.ui.pages.placements.form import DraftForm
from connexion_desktop.ui.pages.placements.issued import IssuedView


class MiddlePane(QStackedWidget):
    """`changed` when it shows something else; `enter_wanted` when what the keyboard was waiting for
    is there; `edition_wanted(number, edition)` when a version of a convention is asked for."""

    changed = Signal()
    enter_wanted = Signal()
    edition_wanted = Signal(str, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._current: UUID | None = None
        self._enter = False
        self._blank = QWidget()
        self.asking = Asking(desk)
        self.form = DraftForm(desk)
        for widget in (self._blank, self.asking, self.form):
            self.addWidget(widget)
        self.form.shown.connect(self._bring_form)

    @cached_property
    def issued(self) -> IssuedView:
        """What shows an issued convention, made when the first one is."""
        made = IssuedView(self._desk)
        self.addWidget(made)
        theme.dress(made)
        made.edition_wanted.connect(self.edition_wanted)
        return made

    def dress(self) -> None:
        """Wear the style sheet, part by part: the form has many fields."""
        self.form.dress()
        theme.dress(self.asking)

    @property
    def current(self) -> UUID | None:
        """The immersion that is shown, or on its way."""
        return self._current

    @property
    def is_blank(self) -> bool:
        """Whether it shows nothing, or not yet."""
        return self.currentWidget() is self._blank

    @property
    def is_asking(self) -> bool:
        """Whether « pour qui ? » is asked."""
        return self.currentWidget() is self.asking

    @property
    def is_form(self) -> bool:
        """Whether a draft is there to be typed in."""
        return self.currentWidget() is self.form

    def ask(self) -> None:
        """Ask for whom an immersion is to be prepared."""
        self.setCurrentWidget(self.asking)
        self.asking.ask()

    def clear(self) -> None:
        """Show nothing."""
        self.setCurrentWidget(self._blank)

    def turn_to(self, placement_id: UUID | None) -> None:
        """What was typed is saved; this immersion is shown next, or nothing."""
        self.form.flush()
        self._current = placement_id
        if placement_id is None:
            self.form.forget()
            self.clear()

    def show_form(self, form: PlacementForm, kept: str | None) -> None:
        """Show an immersion: what is there stays until the other is built. `kept` is what was
        being typed, and could not be saved, last time."""
        wanted = self.issued if form.read_only else self.form
        if self.currentWidget() is not wanted and self._has_keyboard():
            self._enter = True
        if form.read_only:
            self.form.forget()
            self.issued.show_form(form)
            self._bring(self.issued)
            return
        if not self.form.is_built:
            self.clear()
        self.form.show_form(form, kept)

    def _bring_form(self) -> None:
        """In a turn of its own: filling a form and laying it out both take long. By then another
        may be chosen."""
        chosen = self._current

        def bring() -> None:
            if chosen == self._current and not self.is_asking:
                self._bring(self.form)

        QTimer.singleShot(0, self, bring)

    def _bring(self, shown: QWidget) -> None:
        if self.currentWidget() is not shown:
            self.setCurrentWidget(shown)
            self.changed.emit()
        if self._enter:
            self._enter = False
            QTimer.singleShot(0, self, self.enter_wanted.emit)

    # Keyboard

    def _has_keyboard(self) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def enter_when_shown(self) -> None:
        """Have the keyboard come once the immersion asked for is there."""
        self._enter = True

    def enter(self) -> None:
        """Take the keyboard, as soon as something is shown."""
        shown = self.currentWidget()
        self._enter = shown is self._blank
        if isinstance(shown, (DraftForm, IssuedView)):
            shown.focus_first()

    def swap_hours(self) -> None:
        """From the hours of a week to those of each day, or back, where a draft is shown."""
        if self.is_form:
            self.form.timetable.swap()

    def issue(self) -> None:
        """Ask to issue the draft, where one is shown."""
        if self.is_form:
            self.form.acts.ask_issue()
