"""Where are our computers?"""

from __future__ import annotations

from connexion_desktop.ui.pages.equipment.page import EquipmentPage as EquipmentPage
