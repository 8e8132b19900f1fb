"""What is written above the tabs: a programme drawn up, or kept as a model; one more séance."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from connexion_desktop.domain.calendar_fr import monday_of
from connexion_desktop.domain.programme_week import week_shown

if TYPE_CHECKING:
    from datetime import date

    from connexion_desktop.domain.programme import Programme
    from connexion_desktop.ui.pages.programme.drawing_strip import DrawingStrip
    from connexion_desktop.ui.pages.programme.keep_strip import KeepStrip
    from connexion_desktop.ui.pages.programme.new_strip import NewMeetingStrip
    from connexion_desktop.ui.pages.programme.page import ProgrammePage
    from connexion_desktop.ui.widgets.entry_strip import EntryStrip

_MENU = "Programme"


class Strips(QObject):
    """Adds their acts to the window's; each strip is made when it is first wanted."""

    def __init__(self, page: ProgrammePage) -> None:
        super().__init__(page)
        self._page = page
        add = page.desk.actions.add
        self.new_act = add(
            "programme.new", "Nouvelle séance…", "Ctrl+N", self._new, menu=_MENU, owner=page
        )
        self.draw_act = add(
            "programme.draw", "Établir le programme…", "Ctrl+E", self._draw, menu=_MENU, owner=page
        )
        add(
            "programme.keep",
            "Enregistrer comme modèle…",
            "",
            self._keep,
            menu=_MENU,
            owner=page,
            after="programme.draw",
        )

    @cached_property
    def drawing(self) -> DrawingStrip:
        """The strip that draws the programme up."""
        from connexion_desktop.ui.pages.programme.drawing_strip import DrawingStrip

        strip = DrawingStrip(self._page.desk, self._keep)
        self._page.frame.add_strip(strip)
        return strip

    @cached_property
    def adding(self) -> NewMeetingStrip:
        """The strip for one more séance."""
        from connexion_desktop.ui.pages.programme.new_strip import NewMeetingStrip

        strip = NewMeetingStrip(self._page.desk)
        strip.made.connect(self._page.show_made)
        self._page.frame.add_strip(strip)
        return strip

    @cached_property
    def keeping(self) -> KeepStrip:
        """The strip that makes a model of the programme."""
        from connexion_desktop.ui.pages.programme.keep_strip import KeepStrip

        strip = KeepStrip(self._page.desk)
        self._page.frame.add_strip(strip)
        return strip

    def follow(self, programme: Programme) -> None:
        """They are about the programme shown, as it is by now."""
        if self._is_open("keeping"):
            self.keeping.follow(programme)
        group = programme.cohort
        if group is None or group.is_closed_to_me:
            for name in ("drawing", "adding"):
                if self._is_open(name):
                    getattr(self, name).leave()
            return
        if self._is_open("drawing"):
            self.drawing.follow(programme)
        if self._is_open("adding"):
            self.adding.follow(group.id, self._day(programme))

    def flush(self) -> None:
        """Keep what is being typed."""
        if "adding" in self.__dict__:
            self.adding.flush()

    def _is_open(self, name: str) -> bool:
        strip: EntryStrip | None = self.__dict__.get(name)
        return strip is not None and not strip.isHidden()

    def _new(self) -> None:
        programme = self._page.programme
        if programme is None or programme.cohort is None or not self._page.is_ours():
            return
        self.adding.ask(programme.cohort.id, self._day(programme))

    def _day(self, programme: Programme) -> date:
        """The day offered: that of the séance in hand, today, or one of the week in sight."""
        near, today = self._page.meeting(), self._page.desk.today()
        week = week_shown(programme, self._page.day)
        if near is not None:
            return near.on
        return today if monday_of(today) == week else week

    def _draw(self) -> None:
        programme = self._page.programme
        if programme is not None and self._page.is_ours():
            self.drawing.ask(programme)

    def _keep(self) -> None:
        programme = self._page.programme
        group = programme.cohort if programme is not None else None
        if programme is None or group is None:
            return
        if programme.own:
            self.keeping.ask(group)
        else:
            self._page.desk.tell("Établissez d’abord le programme de ce groupe (Ctrl+E).")
