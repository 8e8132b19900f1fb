"""The page opened, left, walked from person to person; drawn and told to everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.person.header import AlertBadge

from ... import factories as make
from ...factories import days
from ..office import Office
from .fiche import fiche


def test_a_person_opened_shows_who_she_is_and_what_happened(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0], twelve)
    page = office.page
    assert page.header.name.text() == "Aïssatou Diallo"
    assert "06 39 98 00 11" in page.header.facts.text()
    assert page.header.next_when.text() == "jeudi 23 avril"
    assert office.titles()[0] == "Entretien, 30 min"
    assert office.subtitles[-1] == "1 sur 2 · Alt+← Alt+→"
    assert "Aïssatou Diallo" in page.band.accessibleName()


def test_the_walk_goes_along_the_group_and_escape_comes_back_to_it(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0], twelve)
    office.actions.get("person.next").trigger()
    office.settle()
    assert office.page.header.name.text() == "Koffi N’Guessan"
    assert office.subtitles[-1] == "2 sur 2 · Alt+← Alt+→"
    office.actions.get("person.next").trigger()
    assert office.told[-1] == "C’est la dernière personne."
    office.actions.get("person.previous").trigger()
    office.settle()
    assert office.page.header.name.text() == "Aïssatou Diallo"
    office.key(office.page.journal.feed, Qt.Key.Key_Escape)
    group = office.scalar(sa.select(m.Cohort.id))
    assert office.gone == [("group", group)]


def test_an_alert_leads_to_where_it_is_dealt_with(
    office: Office, database: Database, act: Callable[..., Act], twelve: tuple[UUID, UUID]
) -> None:
    who, _ = twelve
    with database.write(act()) as session:
        stay = make.placement(session, who, "to_sign", days(13), days(17))
        make.flag(session, "person", who)
    office.open(who)
    buttons = {each.alert.text: each for each in office.page.header.badges.findChildren(AlertBadge)}
    office.click(buttons["PMSMP à signer"])
    assert office.gone == [("placements", stay)]
    office.click(buttons["1 valeur à vérifier"])
    details = office.page.journal.details
    office.qtbot.waitUntil(lambda: details.is_ready)
    assert details.isVisible()


def test_everything_that_takes_the_keyboard_has_a_name(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    fiche(office, twelve[0])
    nameless = [
        widget
        for widget in office.page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisibleTo(office.page)
        and not widget.objectName().startswith("qt_")
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and type(widget).__name__ not in ("QScrollArea", "QTabBar", "Side", "QScrollBar")
    ]
    assert nameless == []


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
@pytest.mark.parametrize("scale", [100, 200])
def test_the_page_is_drawn_at_any_size_in_any_light(
    office: Office, twelve: tuple[UUID, UUID], scheme: theme.Scheme, scale: int
) -> None:
    theme.apply(scheme, scale)
    office.open(twelve[0])
    picture = office.page.grab().toImage()
    inside = QRect(0, 0, picture.width(), picture.height())
    shades = {
        picture.pixelColor(x, y).name()
        for x in range(inside.left(), inside.right(), 7)
        for y in range(inside.top(), inside.bottom(), 7)
    }
    assert len(shades) > 10
    feed = office.page.journal
    assert feed.height() >= theme.px(280)


def test_somebody_gone_is_told_and_nothing_stays_on_the_page(
    office: Office, database: Database, act: Callable[..., Act], twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    with database.write(act()) as session:
        session.get_one(m.Person, twelve[0]).deleted_at = m.utc_now() + timedelta(0)
    office.settle()
    assert "n’est plus dans la base" in office.failed[-1].what
    assert not office.page.header.isVisible()
