"""Two files side by side, to be made one."""

from __future__ import annotations

from connexion_desktop.ui.pages.merging.page import MergingPage as MergingPage
