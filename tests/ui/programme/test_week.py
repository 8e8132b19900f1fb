"""A week of the programme: looked at, walked through, its séances moved with keys and mouse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QTextDocument
from PySide6.QtTest import QTest

from benchmarks.bases import TODAY
from connexion_desktop.domain.meetings import MeetingState
from connexion_desktop.ui.pages.programme.new_strip import NewMeetingStrip

from .pages import ALT, CONTROL, NO, SHIFT, Programmes

PITCH, VISIT = "Mon pitch, premier essai", "Visite d’un plateau technique"
WEEK = [
    "Se présenter",
    "Cuisine",
    "Podcast vidéo",
    "Remise en forme",
    "Théâtre d’improvisation",
    PITCH,
    VISIT,
]


def test_ctrl_3_shows_the_week_of_today(programmes: Programmes) -> None:
    programmes.window.go("group")
    programmes.wait()
    programmes.press(Qt.Key.Key_3, CONTROL)
    assert programmes.shown() == WEEK
    assert programmes.days() == [TODAY - timedelta(days=1), TODAY]
    assert programmes.page.week.title.text() == "Semaine 7 sur 12 · du 20 au 24 avril 2026"
    assert not programmes.page.week.today.isVisible()


def test_a_screen_reader_is_told_each_seance(programmes: Programmes) -> None:
    grid = programmes.page.week.grid
    seen = QAccessible.queryAccessibleInterface(grid)
    assert seen is not None and seen.role() is QAccessible.Role.List
    said = seen.child(0).text(QAccessible.Text.Name)
    assert said.startswith("lundi 20 avril 2026, 9 h – 12 h, Se présenter")
    assert "prévue" in said and "12 personnes attendues" in said


def test_each_thing_said_of_a_seance_has_its_line_in_the_tip(programmes: Programmes) -> None:
    programmes.go_to("Mes forces, mes envies")
    grid = programmes.page.week.grid
    tip = QTextDocument()
    tip.setHtml(grid.currentIndex().data(Qt.ItemDataRole.ToolTipRole))
    lines = tip.toPlainText().splitlines()
    assert lines[1] == "Mes forces, mes envies"


def test_the_arrows_walk_the_seances_and_the_parallel_ones(programmes: Programmes) -> None:
    grid = programmes.page.week.grid
    programmes.go_to("Se présenter")
    walked = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Left):
        programmes.press(key)
        current = grid.current()
        assert current is not None
        walked.append(current.title)
    assert walked == ["Cuisine", "Podcast vidéo", WEEK[-1], PITCH, "Se présenter"]


def test_weeks_turn_by_keys_and_buttons_and_today_comes_back(programmes: Programmes) -> None:
    week = programmes.page.week
    programmes.press(Qt.Key.Key_PageUp, ALT)
    assert programmes.days()[0] == date(2026, 4, 13)
    programmes.press(Qt.Key.Key_PageUp)
    assert programmes.days()[0] == date(2026, 4, 6)
    QTest.mouseClick(week.after, Qt.MouseButton.LeftButton)
    assert programmes.days()[0] == date(2026, 4, 13)
    QTest.mouseClick(week.today, Qt.MouseButton.LeftButton)
    assert programmes.days()[0] == date(2026, 4, 20)


def test_the_weeks_stop_at_both_ends_of_the_programme_and_it_is_told(
    programmes: Programmes,
) -> None:
    week = programmes.page.week
    for _ in range(20):
        programmes.press(Qt.Key.Key_PageDown)
    assert week.title.text().startswith("Semaine 12 sur 12") and programmes.shown()
    assert programmes.told == "C’est la dernière semaine du programme."
    for _ in range(20):
        QTest.mouseClick(week.before, Qt.MouseButton.LeftButton)
    assert week.title.text().startswith("Semaine 1 sur 12") and programmes.shown()
    assert programmes.told == "C’est la première semaine du programme."


def test_a_public_holiday_is_told_in_the_head_of_its_day(programmes: Programmes) -> None:
    programmes.page.go_to(date(2026, 4, 6))
    placed = programmes.page.week.grid.placed()
    assert placed is not None
    assert placed.week.days[0].told == "Lundi de Pâques : rattrapé le mercredi 8 avril"


def test_a_seance_moves_by_a_half_day_and_by_days_and_ctrl_z_takes_it_back(
    programmes: Programmes,
) -> None:
    programmes.go_to(PITCH)
    programmes.press(Qt.Key.Key_Down, CONTROL | SHIFT)
    assert programmes.meeting(PITCH).hours == "13 h 30 – 16 h 30"
    assert "Ctrl+Z pour annuler" in programmes.told
    programmes.press(Qt.Key.Key_Right, CONTROL | SHIFT)
    assert programmes.meeting(PITCH).on == date(2026, 4, 22)
    assert date(2026, 4, 22) in programmes.days()
    for _ in range(2):
        programmes.press(Qt.Key.Key_Z, CONTROL)
    moved = programmes.meeting(PITCH)
    assert (moved.on, moved.hours) == (TODAY, "9 h – 12 h")


def test_a_seance_moved_to_another_week_is_followed_there(programmes: Programmes) -> None:
    programmes.go_to(PITCH)
    for _ in range(4):
        programmes.press(Qt.Key.Key_Right, CONTROL | SHIFT)
    assert programmes.meeting(PITCH).on == date(2026, 4, 27)
    current = programmes.page.week.grid.current()
    assert current is not None and current.title == PITCH
    assert programmes.days()[0] == date(2026, 4, 27)


def test_the_mouse_moves_a_seance_to_another_time(programmes: Programmes) -> None:
    placed = programmes.page.week.grid.placed()
    assert placed is not None
    programmes.drag(PITCH, QPoint(0, round(placed.per_hour)))
    assert programmes.meeting(PITCH).hours == "10 h – 13 h"
    programmes.drag(PITCH, QPoint(-placed.column(0).width(), 0))
    assert programmes.meeting(PITCH).on == TODAY - timedelta(days=1)


def test_escape_gives_up_a_seance_that_is_drawn(programmes: Programmes) -> None:
    grid = programmes.page.week.grid
    start = grid.visualRect(grid.week_model.index(5)).center()
    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(grid.viewport(), start + QPoint(0, 120))
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(0, 120))
    programmes.wait()
    assert programmes.meeting(PITCH).hours == "9 h – 12 h"


def test_a_seance_where_presences_are_noted_does_not_move_and_says_why(
    programmes: Programmes,
) -> None:
    programmes.go_to("Se présenter")
    programmes.press(Qt.Key.Key_Down, CONTROL | SHIFT)
    (told,) = programmes.window.banners.shown()
    assert "12 présences sont notées" in str(told.problem)
    assert programmes.meeting("Se présenter").hours == "9 h – 12 h"


def test_a_seance_is_taken_away_by_its_key_and_comes_back(programmes: Programmes) -> None:
    programmes.go_to(PITCH)
    programmes.press(Qt.Key.Key_Delete)
    assert programmes.meetings(PITCH) == []
    assert programmes.told == "Séance supprimée · Ctrl+Z pour annuler"
    programmes.press(Qt.Key.Key_Z, CONTROL)
    assert programmes.meeting(PITCH).on == TODAY


def test_the_menu_acts_on_the_seance_pointed_at_not_on_the_one_with_the_keyboard(
    programmes: Programmes,
) -> None:
    programmes.go_to(PITCH)
    programmes.choose_in_menu(VISIT, "Supprimer")
    assert programmes.shown() == [each for each in WEEK if each != VISIT]
    programmes.press(Qt.Key.Key_Z, CONTROL)
    programmes.go_to(PITCH)
    programmes.choose_in_menu(VISIT, "le jour d’après")
    assert programmes.meeting(VISIT).on == TODAY + timedelta(days=1)
    assert programmes.meeting(PITCH).on == TODAY


def test_the_menu_of_a_seance_acts_on_it_while_another_is_open_beside(
    programmes: Programmes,
) -> None:
    programmes.click(PITCH)
    panel = programmes.page.beside.panel
    panel.fields.place.take_focus()
    programmes.choose_in_menu(VISIT, "Annuler la séance")
    assert programmes.meeting(VISIT).state is MeetingState.CANCELLED
    assert programmes.meeting(PITCH).state is MeetingState.PLANNED
    assert panel.fields.title.text() == VISIT


def test_the_menu_of_a_seance_taken_away_meanwhile_acts_on_no_other(
    programmes: Programmes,
) -> None:
    visit = programmes.go_to(VISIT)
    page = programmes.page

    def is_taken_away() -> None:
        known = page.programme
        assert known is not None
        others = tuple(each for each in known.meetings if each.id != visit.id)
        page.show_programme(replace(known, meetings=others))

    programmes.choose_in_menu(VISIT, "Supprimer", meanwhile=is_taken_away)
    assert "supprimée entre-temps" in programmes.told
    assert programmes.shown() == [each for each in WEEK if each != VISIT]


def test_another_group_is_shown_here_and_then_by_its_own_page(programmes: Programmes) -> None:
    programmes.choose_group("Talence")
    assert programmes.page.programme is not None
    assert programmes.window.header.title.words() == "Talence · décembre 2025"
    programmes.press(Qt.Key.Key_1, CONTROL)
    assert programmes.window.header.title.words() == "Talence · décembre 2025"


def test_the_programme_of_a_colleagues_group_is_read_and_not_changed(
    programmes: Programmes,
) -> None:
    page = programmes.page
    programmes.go_to(PITCH)
    known = page.programme
    assert known is not None and known.cohort is not None
    page.show_programme(replace(known, cohort=replace(known.cohort, is_closed_to_me=True)))
    assert not page.draw_button.isVisible() and not page.new_button.isVisible()
    for key, held in ((Qt.Key.Key_Right, CONTROL | SHIFT), (Qt.Key.Key_Delete, NO)):
        programmes.press(key, held)
        assert programmes.told.startswith("Ce programme se change par le conseiller")
    programmes.press(Qt.Key.Key_Return)
    assert page.beside.shown is None
    programmes.press(Qt.Key.Key_N, CONTROL)
    assert not [strip for strip in page.findChildren(NewMeetingStrip) if strip.isVisible()]
