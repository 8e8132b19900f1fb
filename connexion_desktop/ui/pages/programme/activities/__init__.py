"""Who does which activity, with whom, and what came of it? Chosen at the keyboard."""

from connexion_desktop.ui.pages.programme.activities.pane import ActivitiesPane

__all__ = ["ActivitiesPane"]
