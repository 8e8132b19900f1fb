"""The « Fiche » tab of a person."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from ..office import Office


def fiche(office: Office, who: UUID) -> dict[str, QWidget]:
    """The fields of the « Fiche » tab, opened with its shortcut."""
    office.open(who)
    office.actions.get("person.details").trigger()
    details = office.page.journal.details
    office.qtbot.waitUntil(lambda: details.is_ready)
    office.settle()
    return {name: slot.field for name, slot in details.slots.items()}
