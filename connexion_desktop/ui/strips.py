"""What is reached from anywhere: somebody new, a new group, the search. Each is built when first
wanted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from connexion_desktop.ui.main_window import DISCREET, MainWindow

if TYPE_CHECKING:
    from uuid import UUID

    from connexion_desktop.system.settings import Settings
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.new_group import NewGroupStrip
    from connexion_desktop.ui.new_person import NewPersonStrip
    from connexion_desktop.ui.palette import Palette
    from connexion_desktop.ui.widgets.entry_strip import EntryStrip


class Strips:
    """The strips of a window; called once it has its desk."""

    def __init__(self, window: MainWindow, settings: Settings) -> None:
        self._window = window
        self._settings = settings
        self._made: list[EntryStrip] = []

    def person(self) -> None:
        """Begin somebody new. Not in discreet mode: those who resemble them would be named."""
        if self._window.discreet_about is None:
            self._begin(self.new_person)
        else:
            self._window.tell(DISCREET)

    def group(self) -> None:
        """Begin a new group."""
        self._begin(self.new_group)

    def search(self) -> None:
        """Begin to search; stop, where that has begun. Not in discreet mode: others are named."""
        if self._window.discreet_about is None:
            self.palette.toggle()
        else:
            self._window.tell(DISCREET)

    @cached_property
    def palette(self) -> Palette:
        """Search and commands."""
        from connexion_desktop.ui.palette import Palette

        return Palette(self._window, self._settings)

    @cached_property
    def new_person(self) -> NewPersonStrip:
        """The strip for somebody new."""
        from connexion_desktop.ui.new_person import NewPersonStrip

        strip = NewPersonStrip(self._desk())
        strip.made.connect(lambda who: self._open_person(who, write=True))
        strip.known.connect(lambda who: self._open_person(who, write=False))
        self._window.put_above(strip)
        return strip

    @cached_property
    def new_group(self) -> NewGroupStrip:
        """The strip for a new group."""
        from connexion_desktop.ui.new_group import NewGroupStrip

        strip = NewGroupStrip(self._desk())
        strip.made.connect(lambda cohort_id: self._window.go("group", cohort_id))
        self._window.put_above(strip)
        return strip

    def _begin(self, strip: EntryStrip) -> None:
        """One at a time: together they would take the page's room."""
        for other in self._made:
            if other is not strip:
                other.hide()
        if strip not in self._made:
            self._made.append(strip)
        strip.begin()

    def _desk(self) -> Desk:
        if self._window.desk is None:
            raise RuntimeError("no desk yet")
        return self._window.desk

    def _open_person(self, person_id: UUID, *, write: bool) -> None:
        from connexion_desktop.domain.targets import PersonTarget

        self._window.go("person", PersonTarget(person_id, write=write, origin="people"))
