"""How many rows of a list a filter keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

FilterT_co = TypeVar("FilterT_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Counted(Generic[FilterT_co]):
    """A counter above a list; the first of them keeps everything."""

    filter: FilterT_co
    label: str
    count: int

    @property
    def told(self) -> str:
        """What stands beside the words."""
        return str(self.count)
