"""What several parts of the activities say."""

from __future__ import annotations

UNDO = "Ctrl+Z pour annuler"
SIGNED = "Accord signé"
"""The act by which an agreement is noted."""
