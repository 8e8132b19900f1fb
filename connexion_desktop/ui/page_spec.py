"""What the window knows of a page before it is built."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.page import Page


class PageSpec(NamedTuple):
    """One page. The factory imports it, at its first show. The first of its shortcuts is the one
    told; the next is the same key of a French keyboard, where digits need Shift.

    `place` is the rail's button lit while it is shown (its own name if empty); a page whose place
    is another one has no button. `in_group` says that it shows one group: the header then offers
    the switch to another. `at_foot` puts its button apart, at the foot of the rail.
    """

    name: str
    title: str
    icon: str
    shortcut: str
    factory: Callable[[Desk], Page]
    place: str = ""
    in_group: bool = False
    at_foot: bool = False

    @property
    def tip(self) -> str:
        """« Groupe (Ctrl+1) »."""
        keys, _, _ = self.shortcut.partition(";")
        return f"{self.title} ({keys})" if keys else self.title

    @property
    def in_rail(self) -> bool:
        """Whether it has its own button."""
        return not self.place
