"""What people type is shown as they typed it: never as HTML, never as a shortcut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent, Qt, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.ui.header import Choice, Header
from connexion_desktop.ui.widgets.banner import Banners
from connexion_desktop.ui.widgets.timeline import Timeline

from .. import factories as make
from ..factories import days
from .office import Office

BOLD = "<b>x</b>"
IMAGE = "<img src=file:///etc/passwd>"
LINK = "<a href=https://example.org>ici</a>"


@pytest.fixture
def hostile(database: Database, act: Callable[..., Act]) -> UUID:
    """Somebody whose every text looks like HTML."""
    with database.write(act()) as session:
        group = make.cohort(session, f"Groupe {BOLD}")
        who, journey = make.participant(session, group, BOLD, IMAGE)
        make.note(session, who, days(-2), LINK)
        make.action(session, who, f"Relancer {BOLD}", days(2))
        make.talk(session, who, days(3), state="planned", place=BOLD)
        host = make.organisation(session, f"Structure {BOLD}")
        make.placement(session, who, "to_sign", days(3), days(9), host_id=host)
        make.put(session, m.ProjectChoice(journey_id=journey, rank=1, label=LINK, state="explore"))
        make.flag(session, "person", who)
    return who


def _as_seen(tip: str) -> str:
    """A tooltip's words once Qt has read it, as HTML where it takes it for HTML."""
    if not Qt.mightBeRichText(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


@pytest.fixture
def tips(qtbot: QtBot) -> Iterator[Callable[[QWidget, QPoint], str]]:
    """Point at a place of a widget, and read what the tooltip says."""

    def point_at(widget: QWidget, at: QPoint) -> str:
        QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
        return _as_seen(QToolTip.text())

    yield point_at
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_no_label_of_a_person_reads_what_was_typed_as_html(office: Office, hostile: UUID) -> None:
    office.open(hostile)
    office.page.journal.show_details()
    office.settle()
    labels = office.page.findChildren(QLabel)
    assert office.page.header.name.text() == f"{BOLD} {IMAGE}"
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_no_tooltip_of_a_person_reads_what_was_typed_as_html(office: Office, hostile: UUID) -> None:
    office.open(hostile)
    told = [_as_seen(widget.toolTip()) for widget in office.page.findChildren(QWidget)]
    assert any(f"Relancer {BOLD}" in tip for tip in told)
    assert any(f"Structure {BOLD}" in tip for tip in told)
    model = office.page.journal.feed.feed
    lines = [
        _as_seen(model.data(model.index(row), Qt.ItemDataRole.ToolTipRole))
        for row in range(model.rowCount())
    ]
    assert any(f"Relancer {BOLD}" in line for line in lines)


def test_the_band_names_what_it_shows_as_it_was_typed(
    office: Office, hostile: UUID, tips: Callable[[QWidget, QPoint], str]
) -> None:
    office.open(hostile)
    band: Timeline = office.page.band
    placed = band.geometry_of_band()
    assert placed is not None
    spots = [spot for spot in placed.spots if BOLD in spot.event.label]
    assert spots
    for spot in spots:
        assert tips(band, spot.rect.center().toPoint()) == spot.event.label


def test_a_problem_that_quotes_a_value_shows_it_as_it_was_typed(qtbot: QtBot) -> None:
    banners = Banners()
    qtbot.addWidget(banners)
    banners.fail(UserError(f"« {LINK} » n’est pas un SIRET.", IMAGE, BOLD))
    formats = {label.textFormat() for label in banners.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}


def test_a_group_called_with_an_ampersand_keeps_it_and_takes_no_shortcut(qtbot: QtBot) -> None:
    header = Header()
    qtbot.addWidget(header)
    header.show_place("Bâtir & Bâtir &B", "", in_group=True)
    header.offer([Choice("Bâtir & Bâtir &B", "semaine 7 sur 12", object())])
    assert header.title.words() == "Bâtir & Bâtir &B"
    assert header.title.shortcut().isEmpty()
    menu = header.findChild(QMenu)
    assert menu is not None
    assert [each.text() for each in menu.actions()] == ["Bâtir && Bâtir &&B\tsemaine 7 sur 12"]
