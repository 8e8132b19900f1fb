"""Cells of a table that hold something, but no value."""

from __future__ import annotations


class Unread(str):
    """What stands in such a cell (a formula; nothing); `reason` says why, and what to do."""

    __slots__ = ("reason",)
    reason: str

    def __new__(cls, text: str, reason: str) -> Unread:
        made = super().__new__(cls, text)
        made.reason = reason
        return made
