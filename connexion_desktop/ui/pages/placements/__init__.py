"""Immersions: the office's queue, the form of one, its paper."""

from __future__ import annotations

from connexion_desktop.ui.pages.placements.page import PlacementsPage

__all__ = ["PlacementsPage"]
