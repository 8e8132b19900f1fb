"""What each role is offered and told: never an act that cannot be done, nor « nothing » for
« reserved »."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt

from connexion_desktop.data import models as m
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui.pages.person import PersonPage
from tests import factories as make
from tests import servers

from .window import Workstation

Sign = Callable[..., Act]
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def nadias_group(colleague: ServerDatabase, sign: Sign) -> UUID:
    """A group of Nadia's, with Awa in it."""
    with colleague.write(sign("Groupe")) as session:
        nadia = session.scalar(sa.select(m.Staff.id).where(m.Staff.login == "n.ferrand"))
        return make.cohort(session, conseiller_id=nadia)


@pytest.fixture
def awa(colleague: ServerDatabase, sign: Sign, nadias_group: UUID) -> UUID:
    with colleague.write(sign("Groupe")) as session:
        return make.participant(session, nadias_group, "Awa", "Diallo")[0]


def titles(workstation: Workstation) -> list[str]:
    actions = workstation.window.actions_
    return [
        entry.action.text()
        for menu in actions.menus()
        for entry in actions.entries(menu)
        if entry.action.isEnabled()
    ]


def test_the_secretariat_is_offered_no_note_talk_nor_absence(
    workstation: Workstation, awa: UUID
) -> None:
    workstation.open(servers.SOLENE)
    window = workstation.window
    for place, target in (("group", None), ("people", None), ("person", PersonTarget(awa))):
        window.go(place, target)
        workstation.wait()
        assert not window.header.note.isVisible()
        assert not [title for title in titles(workstation) if title.startswith("Écrire")]
    page = window.current_page()
    assert isinstance(page, PersonPage)
    for key, held in ((Qt.Key.Key_N, CONTROL), (Qt.Key.Key_N, ALT), (Qt.Key.Key_B, ALT)):
        workstation.qtbot.keyClick(window, key, held)
    assert not page.journal.writer.area.hasFocus()


def test_who_asks_to_write_where_it_is_reserved_is_told_so(
    workstation: Workstation, awa: UUID
) -> None:
    workstation.open(servers.SOLENE)
    window = workstation.window
    window.go("person", PersonTarget(awa, write=True))
    workstation.wait()
    page = window.current_page()
    assert isinstance(page, PersonPage)
    page.note()
    assert "réservés au conseiller" in window.status.news.text()
    assert not page.journal.writer.area.hasFocus()


def test_the_conseiller_is_offered_all_of_them(workstation: Workstation, awa: UUID) -> None:
    workstation.open(servers.NADIA)
    window = workstation.window
    window.go("person", PersonTarget(awa))
    workstation.wait()
    assert window.header.note.isVisible()
    assert "Écrire un entretien" in titles(workstation)
