"""What was achieved: figures, their rule, their list."""

from connexion_desktop.ui.pages.pilotage.page import PilotagePage

__all__ = ["PilotagePage"]
