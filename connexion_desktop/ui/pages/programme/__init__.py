"""What happens when? The programme of a group: its weeks, its whole cycle."""

from __future__ import annotations

from connexion_desktop.ui.pages.programme.page import ProgrammePage

__all__ = ["ProgrammePage"]
