"""All the groups, year by year."""

from __future__ import annotations

from connexion_desktop.ui.pages.groups.page import GroupsPage as GroupsPage
