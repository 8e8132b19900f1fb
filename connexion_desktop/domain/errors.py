"""What can go wrong in words the user understands."""

from __future__ import annotations


class UserError(Exception):
    """A problem told to the user: what happened, what is safe, what to do (all in French)."""

    def __init__(self, what: str, safe: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.safe = safe
        self.todo = todo

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.safe, self.todo) if part)


class StaleError(UserError):
    """A row changed between its reading and its writing, in one and the same act. Done again, the
    act reads what is there by then."""


class Cancelled(Exception):  # noqa: N818 - not an error: the user changed their mind
    """The user cancelled a long act; nothing of it is kept."""
