"""What the tests of the window need: a font, our colours, jobs on a real base."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.ui import accessible, theme
from connexion_desktop.ui.jobs import Jobs

from .office import office, twelve
from .walking import start, walk

__all__ = ["office", "start", "twelve", "walk"]

_FONTS = Path("/usr/share/fonts/truetype/dejavu")


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    """Light colours, text at 100 %, a real font; no window left open."""
    accessible.install()
    if not QFontDatabase.families():
        for file in _FONTS.glob("DejaVuSans*.ttf"):
            QFontDatabase.addApplicationFont(str(file))
    assert QFontDatabase.families(), "no font: install fonts-dejavu-core"
    if theme.scheme() is not theme.Scheme.LIGHT or theme.text_scale() != 100:
        theme.apply(theme.Scheme.LIGHT)
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = [found for found in qapp.topLevelWidgets() if found.isVisible()]
    for window in left:
        window.hide()  # so that the next test is not blamed for this one
    assert not left, f"windows still open: {[type(window).__name__ for window in left]}"


@pytest.fixture
def jobs(qtbot: QtBot, database: Database) -> Iterator[Jobs]:
    """Jobs on a real base, stopped at the end. Whatever a test did, the journal says which kind of
    act it was and never names anybody."""
    made = Jobs()
    made.attach(database, "Anne Martin")
    yield made
    is_open = made.store is not None
    made.stop()
    if is_open:
        assert _labels_that_name(database) == []


def _labels_that_name(database: Database) -> list[str]:
    with database.read() as session:
        named = (m.Person.family_name, m.Organisation.name, m.Contact.name, m.Staff.family_name)
        names = {name for column in named for name in session.scalars(sa.select(column)) if name}
        labels = session.scalars(sa.select(m.DoneCommand.label).distinct())
        return [label for label in labels if any(name in label for name in names)]
