"""One person: where she stands, what happened, what comes next."""

from __future__ import annotations

from connexion_desktop.ui.pages.person.page import PersonPage

__all__ = ["PersonPage"]
