"""Cells of a table that hold something, but no value."""

from __future__ import annotations

SPREADSHEET_ERROR = "Le tableur affiche une erreur au lieu d’une valeur."


class Unread(str):
    """What stands in such a cell (a formula; nothing); `reason` says why, and what to do."""

    __slots__ = ("reason",)
    reason: str

    def __new__(cls, text: str, reason: str) -> Unread:
        made = super().__new__(cls, text)
        made.reason = reason
        return made
