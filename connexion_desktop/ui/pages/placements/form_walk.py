"""Where the cursor goes in the form of an immersion: to what is missing, from top to bottom, and to
where a finding is mended."""

from __future__ import annotations

from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from connexion_desktop.domain.placement_rules import Finding
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.placements.finding_places import (
    OF_HOST,
    field_of,
    is_of_person,
    record_field,
)

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.placements.form import DraftForm


class FormWalk(QObject):
    """Moves the cursor in `form`, whose sections are built by then."""

    def __init__(self, form: DraftForm) -> None:
        super().__init__(form)
        self._form = form
        self._left: QWidget | None = None

    def _has_host(self) -> bool:
        return self._form.current is not None and self._form.current.host is not None

    def focus_first(self) -> None:
        """Put the cursor on the first thing missing, in the form's order; else on the host."""
        if not self._has_host():
            self._focus(self._form.host.pick)
            return
        missing = self._missing_by_height()
        if missing:
            self.focus_finding(missing[0][1])
        else:
            issue, host = self._form.issue_button, self._form.host
            self._focus(issue if issue.isEnabled() else host.pick)

    def leave(self, pick: QWidget, _chosen: object) -> None:
        """After the next reading, which tells what is missing then, the cursor goes on."""
        self._left = pick

    def go_on(self) -> None:
        """Go on from what was left, if anything was, now that the form is read again."""
        if self._left is not None:
            left, self._left = self._left, None
            self._go_on_from(left)

    def _go_on_from(self, left: QWidget) -> None:
        """Put the cursor on the next thing missing under a widget; else on the next field."""
        missing = self._missing_by_height()
        under = [each for height, each in missing if height > self._height(left)]
        if under:
            self.focus_finding(under[0])
        else:
            left.focusNextChild()

    def _missing_by_height(self) -> list[tuple[int, Finding]]:
        """What is missing in the form, from top to bottom."""
        places = [(self._place(each), each) for each in self._form.findings if each.missing]
        found = [(self._height(place), each) for place, each in places if place is not None]
        return sorted(found, key=itemgetter(0))

    def focus_finding(self, finding: Finding) -> None:
        """Put the cursor where a finding is mended: here, or on the person's page."""
        form, name = self._form, field_of(finding)
        if is_of_person(name) and name not in form.fields.fields:
            form.person.open_record(record_field(finding))
            return
        if name == "slots":
            form.area.ensureWidgetVisible(form.timetable)
            form.timetable.focus_first()
            return
        if name == "delegations":
            form.prescriber.folded.unfold()
            self._focus(form.prescriber.delegation.reference)
            return
        if name.startswith(OF_HOST) and not self._has_host():
            self._focus(form.host.pick)
            return
        form.host.needs(name)
        form.person.needs(name)
        form.prescriber.needs(name)
        if name == "staff_id":
            self._focus(form.person.staff)
        elif name in form.fields.fields:
            form.fields.fields[name].take_focus()
            self._show_soon(form.fields.fields[name])

    def _place(self, finding: Finding) -> QWidget | None:
        form, name = self._form, field_of(finding)
        others: dict[str, QWidget] = {
            "slots": form.timetable,
            "delegations": form.prescriber,
            "staff_id": form.person.staff,
        }
        return others.get(name) or form.fields.fields.get(name)

    def _height(self, widget: QWidget) -> int:
        inside = self._form.area.widget()
        shown: QWidget | None = widget
        while shown and inside and not shown.isVisibleTo(inside):
            shown = shown.parentWidget()
        return shown.mapTo(inside, shown.rect().topLeft()).y() if shown and inside else 0

    def _focus(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        self._show_soon(widget)

    def _show_soon(self, widget: QWidget) -> None:
        """Scroll to it once what was just unfolded has its place."""
        QTimer.singleShot(0, self, partial(self._show_whole, widget))

    def _show_whole(self, widget: QWidget) -> None:
        if self._form.area.isAncestorOf(widget):
            self._form.area.ensureWidgetVisible(widget, 0, theme.px(24))
