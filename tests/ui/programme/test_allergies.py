"""Allergies: told on purpose, read by who leads the activity alone, gone with the tab."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from connexion_desktop.domain.activities import TellAllergies
from connexion_desktop.ui.pages.programme.activities.allergies import AllergiesSheet
from connexion_desktop.usecases import activities

from .activity_bench import AISSATOU, LEFT, OCEANE, Desk
from .pages import CONTROL


def tell_allergies(desk: Desk, name: str, text: str) -> None:
    desk.stand_on(name)
    desk.choose_in_menu("Ses allergies")
    strip = desk.pane.telling
    assert strip.line.hasFocus() and name in strip.heading.text()
    strip.line.selectAll()
    desk.hands.type(text)
    desk.press(Qt.Key.Key_Return)
    assert not strip.isVisible()


def sheet_of(desk: Desk) -> str:
    """All that the sheet of allergies says; it is closed."""
    (sheet,) = desk.window.findChildren(AllergiesSheet)
    words = " · ".join(each.text() for each in sheet.findChildren(QLabel))
    sheet.close()
    desk.come_back()
    return words


def test_allergies_are_told_on_purpose_and_read_by_who_leads_the_activity_alone(
    desk: Desk,
) -> None:
    tell_allergies(desk, AISSATOU, "Arachide, pollen")
    assert "Arachide" not in desk.hands.told and AISSATOU not in desk.hands.told
    assert desk.pane.telling.line.text() == "", "the strip holds nothing once it is closed"
    desk.choose_on_card("Cuisine", "Allergies, pour qui anime")
    words = sheet_of(desk)
    assert f"{AISSATOU} · Arachide, pollen" in words
    assert "à personne d’autre" in words
    desk.choose_on_card("Sport", "Allergies, pour qui anime")
    assert AISSATOU not in sheet_of(desk)
    table = desk.pane.table
    sheet = table.sheet("", alone=False)()
    assert "pollen" not in repr(sheet) and "pollen" not in repr(desk.pane.shown)
    desk.press(Qt.Key.Key_Z, CONTROL)
    desk.choose_on_card("Cuisine", "Allergies, pour qui anime")
    assert "pollen" not in sheet_of(desk)


def test_allergies_are_seen_no_more_once_the_tab_is_left(desk: Desk) -> None:
    tell_allergies(desk, AISSATOU, "Arachide")
    desk.stand_on(AISSATOU)
    desk.choose_in_menu("Ses allergies")
    assert desk.pane.telling.line.text() == "Arachide"
    desk.choose_on_card("Cuisine", "Allergies, pour qui anime")
    desk.window.activateWindow()
    desk.press(Qt.Key.Key_1, CONTROL)
    desk.hands.until(lambda: not desk.window.findChildren(AllergiesSheet))
    desk.hands.go("programme")
    assert not desk.pane.telling.isVisible() and desk.pane.telling.line.text() == ""


def test_allergies_read_too_late_are_not_shown_on_another_page(desk: Desk) -> None:
    tell_allergies(desk, AISSATOU, "Arachide")
    desk.pane.ask_allergies(desk.row(AISSATOU))
    assert desk.pane.shown is not None
    desk.pane.acts.show_allergies(desk.pane.shown.offers[1])
    desk.window.go("group")
    desk.hands.wait()
    assert not desk.window.findChildren(AllergiesSheet)
    desk.hands.go("programme")
    assert not desk.pane.telling.isVisible() and desk.pane.telling.line.text() == ""


def test_allergies_typed_and_not_saved_are_found_again_by_their_person_alone(desk: Desk) -> None:
    strip = desk.pane.telling
    desk.stand_on(AISSATOU)
    desk.choose_in_menu("Ses allergies")
    desk.hands.type("Arachide")
    desk.press(Qt.Key.Key_Escape)
    assert not strip.isVisible() and strip.line.text() == ""
    desk.stand_on(OCEANE)
    desk.choose_in_menu("Ses allergies")
    assert strip.line.text() == ""
    desk.press(Qt.Key.Key_Escape)
    desk.stand_on(AISSATOU)
    desk.choose_in_menu("Ses allergies")
    assert strip.line.text() == "Arachide"
    desk.press(Qt.Key.Key_Return)
    desk.choose_in_menu("Ses allergies")
    strip.line.selectAll()
    desk.hands.type("Rien")
    desk.press(Qt.Key.Key_Escape)
    desk.choose_in_menu("Ses allergies")
    assert strip.line.text() == "Rien"


def test_allergies_refused_once_the_strip_is_closed_are_told_and_kept(desk: Desk) -> None:
    strip = desk.pane.telling
    desk.stand_on(AISSATOU)
    desk.choose_in_menu("Ses allergies")
    desk.hands.type("Arachide")
    command = TellAllergies(desk.row(AISSATOU).who.person_id, "Lait")
    desk.meanwhile(lambda session: activities.tell_allergies(session, command))
    QTest.keyClick(strip.line, Qt.Key.Key_Return)
    QTest.keyClick(strip.line, Qt.Key.Key_Escape)
    desk.hands.wait()
    (told,) = desk.window.banners.shown()
    assert "Nadia Ferrand a changé « Allergies »" in told.problem.what
    assert "Lait" not in str(told.problem) and "Arachide" not in str(told.problem)
    desk.choose_in_menu("Ses allergies")
    assert strip.line.text() == "Arachide"
    desk.press(Qt.Key.Key_Return)
    assert strip.conflict is not None and "« Lait »" in strip.conflict.words.text()
    QTest.mouseClick(strip.conflict.mine, LEFT)
    desk.hands.wait()
    desk.choose_in_menu("Ses allergies")
    assert strip.line.text() == "Arachide"
