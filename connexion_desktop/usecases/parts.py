"""Much, by parts that one statement can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

Value = TypeVar("Value")

_SIZE = 400


def parts(values: Iterable[Value], size: int = _SIZE) -> Iterator[list[Value]]:
    """These values, in their order."""
    listed = list(values)
    return (listed[start : start + size] for start in range(0, len(listed), size))
