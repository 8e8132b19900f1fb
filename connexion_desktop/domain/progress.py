"""How a long act tells where it is, and learns that it must stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told by a long act; drawn by the window, printed by the command line."""

    def step(self, done: int, total: int, label: str = "") -> None:
        """Tell that `done` of `total` steps are over. Raises Cancelled if the user gave up."""


class Silent:
    """A Progress for acts that nobody watches."""

    def step(self, done: int, total: int, label: str = "") -> None:
        """Tell nobody."""
