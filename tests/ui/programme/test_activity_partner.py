"""Who holds an activity: chosen in the book, never over a colleague's choice, found again."""

from __future__ import annotations

import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.activities import OfferActivity
from connexion_desktop.ui.pages.programme.activities.strips import OfferStrip
from connexion_desktop.usecases import activities

from .activity_bench import LEFT, Desk


def change_partner(desk: Desk, typed: str) -> OfferStrip:
    """Open the strip, and take another partner of the book."""
    desk.choose_on_card("Cuisine", "Changer de partenaire")
    desk.hands.type(typed)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    return desk.pane.offering


def nadia_chooses_partner(desk: Desk, name: str) -> None:
    shown = desk.pane.shown
    assert shown is not None and shown.cohort is not None
    cook = next(each for each in shown.offers if each.code == "cuisine")
    group = shown.cohort.id

    def write(session: Session) -> None:
        wanted = session.scalars(sa.select(m.Organisation).where(m.Organisation.name == name)).one()
        activities.offer(session, OfferActivity(group, "cuisine", wanted.id, cook.id))

    desk.meanwhile(write)


def test_a_partner_that_a_colleague_noted_meanwhile_is_told_to_be_chosen(desk: Desk) -> None:
    strip = change_partner(desk, "cata")
    nadia_chooses_partner(desk, "Energie Prod")
    desk.press(Qt.Key.Key_Return)
    assert strip.isVisible() and strip.conflict is not None
    assert "Partenaire « Energie Prod »" in strip.conflict.words.text()
    QTest.mouseClick(strip.conflict.theirs, LEFT)
    assert strip.partner.text() == "Energie Prod"
    desk.press(Qt.Key.Key_Return)
    assert not strip.isVisible() and not desk.window.banners.shown()


def test_one_keeps_ones_own_partner_over_a_colleagues(desk: Desk) -> None:
    strip = change_partner(desk, "cata")
    nadia_chooses_partner(desk, "Energie Prod")
    desk.press(Qt.Key.Key_Return)
    assert strip.conflict is not None
    QTest.mouseClick(strip.conflict.mine, LEFT)
    desk.hands.wait()
    assert "On catalyse" in desk.card("Cuisine").chosen.text()


def test_a_partner_typed_and_not_saved_is_found_again(desk: Desk) -> None:
    strip = change_partner(desk, "cata")
    desk.press(Qt.Key.Key_Escape)
    assert not strip.isVisible()
    desk.choose_on_card("Cuisine", "Changer de partenaire")
    assert strip.partner.text() == "On catalyse"
    desk.choose_on_card("Sport", "Changer de partenaire")
    assert strip.partner.text() == "On catalyse", "who holds that one"
    desk.choose_on_card("Cuisine", "Changer de partenaire")
    assert strip.partner.text() == "Vision mêlée"
