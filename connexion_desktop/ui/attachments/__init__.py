"""Files attached to what a page shows: listed, looked at, named, brought in and given back."""

from __future__ import annotations

from .panel import AttachmentsPanel

__all__ = ["AttachmentsPanel"]
