"""The page of the day."""

from connexion_desktop.ui.pages.today.page import TodayPage

__all__ = ["TodayPage"]
