"""What is written above the tabs: of which group it is, and when it is seen no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy.orm import Session

from benchmarks import bases
from connexion_desktop.data import models as m
from connexion_desktop.domain.programme_template import to_content
from connexion_desktop.ui import theme
from connexion_desktop.usecases.programme_templates import shipped

from ..colleague import nadia
from ..walking import Walk
from .activity_bench import AISSATOU, Desk
from .pages import CONTROL, Programmes


def test_a_seance_is_added_to_the_group_shown_by_then_and_its_title_is_kept(
    programmes: Programmes,
) -> None:
    programmes.go_to("Mon pitch, premier essai")
    programmes.press(Qt.Key.Key_N, CONTROL)
    strip = programmes.page.strips.adding
    programmes.type("Permanence du mediateur")
    programmes.choose_group("Talence")
    assert strip.isVisible() and strip.title.text() == "Permanence du mediateur"
    shown = programmes.page.programme
    assert shown is not None and shown.cohort is not None
    day = strip.day.day()
    assert day is not None and shown.mondays[0] <= day, "a day of that group, nobody typed one"
    QTest.mouseClick(strip.act_button, Qt.MouseButton.LeftButton)
    programmes.wait()
    assert programmes.meeting("Permanence du mediateur").cohort_id == shown.cohort.id


def test_a_day_that_was_typed_stays_when_another_group_is_shown(programmes: Programmes) -> None:
    programmes.press(Qt.Key.Key_N, CONTROL)
    strip = programmes.page.strips.adding
    strip.day.setFocus()
    strip.day.selectAll()
    programmes.type("14/5")
    programmes.choose_group("Talence")
    assert strip.day.text() == "14/05/2026"
    strip.leave()


def test_a_seance_that_was_begun_is_there_again_in_another_window_until_it_is_added(
    start: Callable[..., Walk], tmp_path: Path
) -> None:
    base = bases.copy(tmp_path / "demo")

    def another() -> Programmes:
        programmes = Programmes(start(base=base))
        programmes.press(Qt.Key.Key_N, CONTROL)
        return programmes

    first = another()
    first.type("Permanence du mediateur")
    first.press(Qt.Key.Key_Tab)
    first.press(Qt.Key.Key_A, CONTROL)
    first.type("14/5")
    first.walk.close()

    second = another()
    strip = second.page.strips.adding
    assert (strip.title.text(), strip.day.text()) == ("Permanence du mediateur", "14/5")
    assert strip.hours.text() == "9 h – 12 h" and strip.title.hasFocus()
    second.press(Qt.Key.Key_Return)
    assert str(second.meeting("Permanence du mediateur").on) == "2026-05-14"
    second.walk.close()

    third = another()
    strip = third.page.strips.adding
    assert strip.title.text() == "" and not strip.day.text().startswith("14/05")
    strip.leave()


def test_what_is_begun_of_a_seance_stays_when_its_strip_is_closed(programmes: Programmes) -> None:
    programmes.press(Qt.Key.Key_N, CONTROL)
    strip = programmes.page.strips.adding
    programmes.type("Permanence")
    strip.day.setFocus()
    strip.day.selectAll()
    programmes.type("14/5")
    programmes.press(Qt.Key.Key_Escape)
    assert not strip.isVisible()
    programmes.press(Qt.Key.Key_N, CONTROL)
    assert (strip.title.text(), strip.day.text()) == ("Permanence", "14/05/2026")
    strip.leave()


@pytest.mark.parametrize("act", ["programme.new", "programme.draw"])
def test_nothing_is_asked_above_the_programme_of_a_colleague(
    programmes: Programmes, act: str
) -> None:
    page = programmes.page
    programmes.act(act)
    strip = page.strips.adding if act == "programme.new" else page.strips.drawing
    known = page.programme
    assert strip.isVisible() and known is not None and known.cohort is not None
    page.show_programme(replace(known, cohort=replace(known.cohort, is_closed_to_me=True)))
    assert not strip.isVisible()


def test_what_is_offered_to_a_group_is_not_offered_to_the_next_one(desk: Desk) -> None:
    desk.choose_on_card("Cuisine", "Changer de partenaire")
    assert desk.pane.offering.isVisible()
    desk.hands.choose_group("Talence")
    assert not desk.pane.offering.isVisible()


def test_the_allergies_of_somebody_are_seen_no_more_in_another_group(desk: Desk) -> None:
    desk.stand_on(AISSATOU)
    desk.choose_in_menu("Ses allergies")
    assert desk.pane.telling.isVisible()
    desk.hands.choose_group("Talence")
    assert not desk.pane.telling.isVisible()


@pytest.fixture
def low(desk: Desk) -> Desk:
    """Letters twice as large in a low window: a strip takes all the room."""
    theme.apply(theme.Scheme.LIGHT, 200)
    desk.window.resize(1366, 600)
    desk.hands.wait()
    return desk


def test_a_strip_that_takes_all_the_room_stays_until_its_tab_is_left(low: Desk) -> None:
    low.choose_on_card("Cuisine", "Changer de partenaire")
    strip = low.pane.offering
    assert strip.isVisible() and not low.hands.page.stack.isVisible()
    low.press(Qt.Key.Key_T, CONTROL)
    assert not strip.isVisible() and low.hands.page.stack.isVisible()


def test_a_strip_that_takes_all_the_room_is_seen_no_more_once_its_page_is_left(low: Desk) -> None:
    low.stand_on(AISSATOU)
    low.choose_in_menu("Ses allergies")
    strip = low.pane.telling
    assert strip.isVisible() and not low.hands.page.stack.isVisible()
    low.press(Qt.Key.Key_1, CONTROL)
    low.hands.go("programme")
    assert not strip.isVisible() and low.hands.page.stack.isVisible()


def test_what_is_told_of_drawing_up_is_that_of_the_model_in_sight(programmes: Programmes) -> None:
    store = programmes.window.jobs.store
    assert store is not None
    short = to_content(shipped().lines[:3])
    made = m.ProgrammeTemplate(name="Trois séances", content=short)
    nadia(store, lambda session: session.add(made))
    programmes.act("programme.draw")
    strip = programmes.page.strips.drawing
    whole = strip.told.text()
    strip.model.setFocus()
    programmes.press(Qt.Key.Key_Down)
    assert strip.model.currentText() == "Trois séances" and strip.told.text() != whole

    def rename(session: Session) -> None:
        (row,) = session.query(m.ProgrammeTemplate).all()
        row.name = "Trois"

    nadia(store, rename)
    programmes.wait()
    assert strip.model.currentText() == "Trois" and strip.told.text() != whole

    def take_away(session: Session) -> None:
        (row,) = session.query(m.ProgrammeTemplate).all()
        row.deleted_at = m.utc_now()

    nadia(store, take_away)
    programmes.wait()
    assert strip.model.count() == 1 and strip.told.text() == whole
