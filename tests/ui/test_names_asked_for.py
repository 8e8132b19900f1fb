"""The direction of a shared server, who counts without names and says why it wants to see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.acts import Act
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.pages.pilotage import PilotagePage
from connexion_desktop.ui.widgets.labels import label
from tests import factories as make
from tests import servers
from tests.factories import TODAY

from .desks import desk_in


@pytest.fixture
def helene(
    shared_office: servers.Office, tmp_path: Path, act: Callable[..., Act]
) -> ServerDatabase:
    """The server as the direction has it open; Nadia has met Aïssatou and Koffi."""
    nadia = shared_office.opened(servers.NADIA, tmp_path)
    with nadia.write(act()) as session:
        me = session.scalars(sa.select(m.Staff.id).where(m.Staff.login == "n.ferrand")).one()
        group = make.cohort(session, conseiller_id=me)
        for given, family in (("Aïssatou", "Diallo"), ("Koffi", "Mensah")):
            who = make.person(session, given, family, met_on=TODAY)
            make.journey(session, who, group)
    return shared_office.opened(servers.HELENE, tmp_path)


@pytest.fixture
def page(qtbot: QtBot, helene: ServerDatabase) -> Iterator[PilotagePage]:
    jobs, window = Jobs(), QWidget()
    jobs.attach(helene, helene.author)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    made = PilotagePage(desk_in(window, jobs, helene.author))
    made.setParent(window)
    made.dress()
    made.resize(window.size())
    made.show()
    window.show()
    made.open(None)
    settle(qtbot, made)
    yield made
    settle(qtbot, made)
    window.close()
    jobs.stop()


def settle(qtbot: QtBot, page: PilotagePage) -> None:
    for _ in range(3):
        QApplication.processEvents()
        qtbot.waitUntil(lambda: page.desk.jobs.is_idle)


def names(page: PilotagePage) -> list[str]:
    return [line.name for line in page.detail.lines()]


def test_the_direction_counts_everybody_under_numbers(page: PilotagePage) -> None:
    assert page.tiles.tile("met").accessibleName() == "Personnes rencontrées : 2"
    assert len(names(page)) == 2
    assert all(name.startswith("P-") for name in names(page))


def test_names_are_shown_for_a_reason_until_the_page_is_left(
    page: PilotagePage, qtbot: QtBot
) -> None:
    page.names_act.trigger()
    settle(qtbot, page)
    assert page.names_strip.isVisible()
    qtbot.keyClick(page.names_strip.reason, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert "pourquoi" in page.names_strip.problem.text()
    assert all(name.startswith("P-") for name in names(page))
    page.names_strip.reason.setText("Contrôle de la Région")
    qtbot.keyClick(page.names_strip.reason, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert sorted(names(page)) == ["Aïssatou Diallo", "Koffi Mensah"]
    page.hide()
    page.show()
    assert all(name.startswith("P-") for name in names(page))
    page.names_strip.begin()
    settle(qtbot, page)
    looks = [each.text() for each in page.names_strip.findChildren(type(label("")))]
    assert any("Hélène Roche · 2 personnes · Contrôle de la Région" in text for text in looks)


def test_on_a_file_no_name_is_hidden(base_file: Database) -> None:
    assert not base_file.hides_names
