"""One séance beside the week or the list: opened, followed by the arrows, closed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from connexion_desktop import usecases

if TYPE_CHECKING:
    from connexion_desktop.domain.meeting_choices import MeetingChoices
    from connexion_desktop.domain.meetings import MeetingRow
    from connexion_desktop.ui.pages.programme.meeting_panel import MeetingPanel
    from connexion_desktop.ui.pages.programme.page import ProgrammePage


class Beside(QObject):
    """See the module. The panel is made when the first séance is opened."""

    def __init__(self, page: ProgrammePage) -> None:
        super().__init__(page)
        self._page = page

    @cached_property
    def panel(self) -> MeetingPanel:
        """What shows it; what it may be given is read once."""
        from connexion_desktop.ui.pages.programme.meeting_panel import MeetingPanel

        page = self._page
        panel = MeetingPanel(page.desk)
        panel.left.connect(self.close)
        panel.state_wanted.connect(page.acts.set_state)
        panel.people_wanted.connect(page.acts.set_people)
        panel.removal_wanted.connect(page.acts.remove)
        panel.sheet_wanted.connect(page.papers.meeting_sheet)
        page.frame.put_beside(panel)
        return panel

    @property
    def shown(self) -> UUID | None:
        """The séance that is open."""
        return self.panel.shown if "panel" in self.__dict__ else None

    def open(self, meeting: MeetingRow) -> None:
        """Show a séance, and put the cursor in it."""
        self._show(meeting)
        self._page.frame.show_beside(wanted=True)
        self._page.desk.jobs.read(
            self, _read_choices, self.panel.offer, self._page.desk.fail, key="choices"
        )
        self.panel.take_focus()

    def follow(self, meeting_id: UUID) -> None:
        """The séance open is the one that the keyboard went to."""
        meeting = self._page.row(meeting_id)
        if meeting is not None and self._page.is_walked():
            self.turn_to(meeting)

    def turn_to(self, meeting: MeetingRow) -> None:
        """The séance open, if any is, is that one."""
        if self.shown not in (None, meeting.id):
            self._show(meeting)

    def refresh(self) -> None:
        """Show it as it is by now; close it if it is gone."""
        if self.shown is None:
            return
        meeting = self._page.row(self.shown)
        if meeting is None:
            self.close()
        else:
            self._show(meeting)

    def close(self) -> None:
        """Close it; the keyboard goes back to it in the week or the list."""
        if self.shown is None:
            return
        self.panel.leave()
        self._page.frame.show_beside(wanted=False)
        self._page.week.grid.mark(None)
        self._page.pane.take_focus()

    def flush(self) -> None:
        """Save what is being typed."""
        if "panel" in self.__dict__:
            self.panel.fields.flush()

    def _show(self, meeting: MeetingRow) -> None:
        programme = self._page.programme
        if programme is not None:
            self.panel.show_meeting(programme, meeting)
            self._page.week.grid.mark(meeting.id)


def _read_choices(session: usecases.Session) -> MeetingChoices:
    return usecases.meeting_choices.load(session)
