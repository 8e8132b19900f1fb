"""The demo base: invented people whose journeys look lived, of any size."""

from __future__ import annotations

from .generate import fill as fill

__all__ = ["fill"]
