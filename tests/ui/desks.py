"""The tools of a page that stands alone, without the window of the application."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from connexion_desktop.ui.actions import Actions
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.jobs import Jobs
from tests.factories import TODAY


def desk_in(window: QWidget, jobs: Jobs, author: str = "Anne Martin") -> Desk:
    """Its acts are in a window; a problem told fails the test."""
    return Desk(
        jobs,
        Actions(window),
        lambda: TODAY,
        author,
        lambda _name, _target: None,
        lambda _text: None,
        lambda problem: pytest.fail(str(problem)),
        lambda _job, _title: None,
    )
