"""Discreet mode: nobody but the person whose file is open, whatever key is pressed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from connexion_desktop.ui.main_window import DISCREET
from connexion_desktop.ui.pages.person import PersonPage

from .walking import Walk


def person(walk: Walk) -> PersonPage:
    page = walk.window.current_page()
    assert isinstance(page, PersonPage)
    return page


def turn(walk: Walk) -> None:
    walk.window.actions_.get("discreet").trigger()
    walk.wait()


@pytest.fixture
def discreet(walk: Walk) -> Walk:
    """The first person's file, in discreet mode."""
    walk.go("person")
    turn(walk)
    return walk


def test_the_mode_is_seen_and_a_click_on_it_ends_it(discreet: Walk) -> None:
    button = discreet.window.header.discreet
    assert button.isVisible()
    assert discreet.window.actions_.get("discreet").isChecked()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isVisible()
    assert not discreet.window.actions_.get("discreet").isChecked()


@pytest.mark.parametrize(
    "name",
    [
        "today",
        "group",
        "groups",
        "people",
        "duplicates",
        "merging",
        "placements",
        "equipment",
        "import",
    ],
)
def test_no_page_that_shows_others_is_opened(discreet: Walk, name: str) -> None:
    discreet.window.go(name)
    discreet.wait()
    assert discreet.window.current_page() is person(discreet)
    assert discreet.window.status.news.text() == DISCREET


def test_a_click_on_the_rail_leaves_it_lit_where_one_is(discreet: Walk) -> None:
    button = discreet.window.rail.buttons()["people"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert not button.isChecked()
    assert discreet.window.rail.buttons()["group"].isChecked()


@pytest.mark.parametrize("act", ["person.next", "person.group", "new-person", "search"])
def test_no_act_leads_to_somebody_else(discreet: Walk, act: str) -> None:
    before = discreet.window.status.summary.text()
    discreet.window.actions_.get(act).trigger()
    discreet.wait()
    assert discreet.window.status.summary.text() == before
    assert person(discreet).isVisible()
    assert "Mode discret" in discreet.window.status.news.text()


def test_the_last_act_about_somebody_else_is_not_named(walk: Walk) -> None:
    walk.go("person")
    person(walk).journal.writer.area.setPlainText("Une note pour la première.")
    person(walk).journal.writer.send()
    walk.wait()
    walk.window.actions_.get("person.next").trigger()
    walk.wait()
    turn(walk)
    walk.window.actions_.get("undo").trigger()
    walk.wait()
    assert walk.window.banners.noticed() is None
    assert walk.window.status.news.text() == DISCREET


def test_a_note_is_written_as_ever(discreet: Walk) -> None:
    writer = person(discreet).journal.writer
    writer.area.setPlainText("Nous avons relu son CV ensemble.")
    writer.send()
    discreet.wait()
    assert writer.line.text() == "Note enregistrée ·"
    discreet.window.actions_.get("undo").trigger()
    discreet.wait()
    notice = discreet.window.banners.noticed()
    assert notice is not None and notice.text.startswith("Annulé : Note ajoutée")


def test_everybody_is_back_once_it_ends(discreet: Walk) -> None:
    turn(discreet)
    discreet.window.actions_.get("person.next").trigger()
    discreet.wait()
    discreet.window.go("group")
    discreet.wait()
    page = discreet.window.current_page()
    assert page is not None and page.name == "group"


def test_without_a_file_open_it_says_what_to_do_first(walk: Walk) -> None:
    walk.go("group")
    turn(walk)
    assert "Ouvrez d’abord la fiche" in walk.window.status.news.text()
    assert not walk.window.header.discreet.isVisible()
    assert not walk.window.actions_.get("discreet").isChecked()
