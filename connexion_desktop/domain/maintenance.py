"""What a check of the base says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a check: whether the base is sound, and the lines to show, in French."""

    sound: bool
    lines: tuple[str, ...]
