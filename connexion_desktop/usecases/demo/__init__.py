"""The demo base: invented people whose journeys look lived, of any size."""

from __future__ import annotations

from .create import create as create
from .generate import fill as fill

__all__ = ["create", "fill"]
