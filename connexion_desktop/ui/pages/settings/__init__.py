"""The settings: the association, its lists and thresholds, this computer, the data."""

from connexion_desktop.ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
