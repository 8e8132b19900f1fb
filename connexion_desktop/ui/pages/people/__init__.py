"""Who was that? Everyone ever met."""

from __future__ import annotations

from connexion_desktop.ui.pages.people.page import PeoplePage as PeoplePage
