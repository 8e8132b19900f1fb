"""A colleague at another workstation, and what is seen of what she saves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from connexion_desktop import usecases
from connexion_desktop.data import models as m
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.person_fields import EditField
from connexion_desktop.ui.widgets.bound_field import BoundField
from connexion_desktop.ui.widgets.conflict_line import ConflictLine
from tests.factories import TODAY

from ..colleague import nadia
from ..office import Office
from ..person import fiche
from ..walking import LONG

ALT = Qt.KeyboardModifier.AltModifier


def nadia_sets(office: Office, who: UUID, name: str, value: str | ImpreciseDate | None) -> None:
    command = EditField(who, name, value, TODAY)
    nadia(office.database, lambda session: usecases.person_details.edit(session, command))


def fields_of(office: Office, who: UUID) -> dict[str, Any]:
    """The fields of somebody's « Fiche »."""
    return {**fiche.fiche(office, who)}


def put(office: Office, field: BoundField, text: str) -> None:
    """Type in a field, in place of what it holds."""
    field.editor.setFocus()
    if isinstance(field.editor, QLineEdit):
        field.editor.selectAll()
    office.type(field.editor, text)


def put_in(qtbot: QtBot, line: QLineEdit, text: str) -> None:
    """The same, where the line stands alone."""
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)


def meets(office: Office, field: BoundField) -> ConflictLine:
    """What is to be chosen under a field once it is left."""
    field.flush()
    office.qtbot.waitUntil(lambda: field.conflict() is not None, timeout=LONG)
    line = field.conflict()
    assert line is not None
    return line


def held(office: Office, who: UUID, column: str) -> object:
    return office.scalar(sa.select(getattr(m.Person, column)).where(m.Person.id == who))
