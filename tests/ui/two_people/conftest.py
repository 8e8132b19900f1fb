"""Two people at once, however slow the machine is."""

from __future__ import annotations

import pytest

from connexion_desktop.ui.pages.placements import hours_line
from connexion_desktop.ui.widgets import bound_field

_LONG = 60_000


@pytest.fixture(autouse=True)
def nobody_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed is saved on leaving: a colleague always saves before."""
    for room in (bound_field, hours_line):
        monkeypatch.setattr(room, "PAUSE", _LONG)
