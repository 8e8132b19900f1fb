"""Two people at once, however slow the machine is."""

from __future__ import annotations

import pytest

from connexion_desktop.ui.pages.person import project
from connexion_desktop.ui.pages.placements import hours_line
from connexion_desktop.ui.widgets import bound_field

_LONG = 60_000


@pytest.fixture(autouse=True)
def nobody_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed is saved on leaving: a colleague always saves before."""
    for room, name in ((bound_field, "PAUSE"), (hours_line, "PAUSE"), (project, "_PAUSE")):
        monkeypatch.setattr(room, name, _LONG)
