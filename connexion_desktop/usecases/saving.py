"""One act, done again where somebody else's save crossed it at that very moment."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol, TypeVar

from connexion_desktop.domain.errors import StaleError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from connexion_desktop.domain.acts import Act

T = TypeVar("T")
TRIES = 3


class Writable(Protocol):
    """A base that is written in units of work."""

    def write(self, act: Act) -> AbstractContextManager[Session]:
        """One unit of work, committed on a clean exit."""


def save(store: Writable, act: Act, run: Callable[[Session], T]) -> T:
    """Run an act in one unit of work. Where a row it read was changed by somebody else before it
    was written, nothing of it is kept and it is run again on fresh rows: its command is then merged
    by field, or refused by the rules, as if it came after.

    Raises StaleError if that still happens the third time, and whatever the act raises.
    """
    for left in reversed(range(TRIES)):
        try:
            with store.write(act) as session:
                return run(session)
        except StaleError:
            if not left:
                raise
    raise AssertionError  # the last try returns or raises
