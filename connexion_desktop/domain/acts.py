"""An act of a user, and what it changed: the two ends of every save."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Act:
    """Who does what. `command_id` is made by the client: a retry with the same never doubles."""

    author: str
    label: str
    command_id: UUID


@dataclass(frozen=True, slots=True)
class Changes:
    """The rows one committed act touched, as (table name, primary key)."""

    rows: frozenset[tuple[str, UUID]]

    def touches(self, *tables: str) -> bool:
        """Whether a row of one of these tables changed."""
        return any(table in tables for table, _ in self.rows)


class AlreadyDone(Exception):  # noqa: N818 - not an error: the answer was lost, not the act
    """This command was done before: nothing is written again, and nothing is lost."""
