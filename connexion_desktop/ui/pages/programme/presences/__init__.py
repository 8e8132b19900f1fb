"""Who came? The presences of a group, half-day by half-day, at the keyboard."""

from connexion_desktop.ui.pages.programme.presences.pane import PresencesPane

__all__ = ["PresencesPane"]
