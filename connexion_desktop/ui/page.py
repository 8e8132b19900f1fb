"""The base of every page of the main window."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from uuid import UUID

    from connexion_desktop.domain.history import RecordRef


class Page(QWidget):
    """One page: built when first shown, refreshed when visible and a table it shows changed.

    `name` is how `desk.go` calls it; `title` and `icon` stand in the rail; `shows` names the
    tables whose change calls `refresh`.
    """

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    shows: ClassVar[frozenset[str]] = frozenset()
    can_note: ClassVar[bool] = False
    """Whether « + Noter » is offered here, and Ctrl+N writes a note."""

    @property
    def offers_note(self) -> bool:
        """Whether a note may be written from here by who works here."""
        return self.can_note and self.desk.confides

    def follow_rights(self) -> None:
        """Who works here has other rights by now: offer the acts that go with them. What is shown
        is read again besides."""

    makes: ClassVar[str] = ""
    """What Ctrl+N makes here instead (« nouvelle immersion »)."""

    keeps_group: ClassVar[bool] = False
    """Whether a group chosen in the header is shown here, rather than by its own page."""

    acts_changed = Signal()
    """What may be done here is not what it was."""

    title_changed = Signal(str)
    """What stands in the window's header, in large (« Bordeaux · mars 2026 »)."""

    subtitle_changed = Signal(str)
    """What stands beside it (« semaine 7 sur 12 · Nadia Ferrand »)."""

    summary_changed = Signal(str)
    """What stands in the status line (« 12 personnes · semaine 7 sur 12 »)."""

    groups_changed = Signal(object)
    """The groups (`Sequence[GroupBrief]`) that the header's switcher offers, in their order."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.discreet = False
        """Whether nobody is to be shown but the person the page is about."""
        self.place = ""
        """The rail's button to be lit, where it depends on whence the page was opened."""

    def dress(self) -> None:
        """Wear the style sheet: called once the page is in its place. One that holds hundreds of
        fields dresses its parts instead, so that a change of colours never makes a key wait."""
        theme.dress(self)

    def prepare(self) -> None:
        """Build what the page would build when first opened, a slice at a time: nobody waits."""

    def open(self, target: object) -> None:
        """Show something: called each time the page comes to the front. None keeps the last."""

    def refresh(self) -> None:
        """Read again what is shown: something it shows has changed."""

    def flush(self) -> None:
        """Save what is being typed: called before the page is left and before closing."""

    def leave_picture(self) -> None:
        """Keep what the next start paints before the base is open: called before closing."""

    def undone(self, gone: frozenset[UUID] = frozenset()) -> None:
        """The last act was just undone: offer no more to undo it, show no more who is `gone`."""

    def be_discreet(self, discreet: bool) -> None:
        """Show nobody but the person the page is about, or everybody again."""
        self.discreet = discreet

    def about(self) -> UUID | None:
        """The one person this page is about; None where it shows several or none."""
        return None

    def drop_words(self) -> str:
        """What becomes of files dropped here, told while they are dragged; « » where the page has
        no use for them: a table is then imported."""
        return ""

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take files dropped here: asked only where `drop_words` says something."""

    def record(self) -> RecordRef | None:
        """The record that has the keyboard, whose history Ctrl+H shows; None without one."""
        return None

    def note(self) -> None:
        """Put the cursor where a note is written (« + Noter », Ctrl+N)."""


def page_of(part: QObject) -> Page | None:
    """The page that something is in."""
    found: QObject | None = part
    while found is not None and not isinstance(found, Page):
        found = found.parent()
    return found
