"""Twelve presences marked at the keyboard, corrected, chosen between two people."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presences import MARK, REASON, Slot
from connexion_desktop.ui.jobs import Jobs
from tests import factories as make
from tests.factories import TODAY, days

from .presence_bench import AFTERNOON, MORNING, Bench

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
P, A = Presence.PRESENT, Presence.ABSENT


def test_the_half_day_of_today_is_ready_to_be_marked(bench: Bench) -> None:
    assert bench.current() == ("Karim Benali", MORNING)
    assert bench.letters() == "?" * 12
    assert bench.pane.view.hasFocus()
    assert [each.slot.on for each in bench.pane.model.columns][::2] == [
        days(-1), TODAY, days(6), days(7),
    ]  # fmt: skip


def test_twelve_presences_but_one_take_sixteen_keys_at_most(bench: Bench) -> None:
    bench.press(Key.Key_T)
    bench.press(*[Key.Key_Down] * 11, Key.Key_A)
    assert bench.keys <= 16
    assert bench.letters() == "P" * 11 + "A"
    bench.settle()
    assert [row[1] for row in bench.saved()] == ["P"] * 11 + ["A"]


def test_each_letter_marks_and_goes_down_to_the_next(bench: Bench) -> None:
    bench.press(Key.Key_P, Key.Key_E, Key.Key_R, Key.Key_A)
    assert bench.current()[0] == "Océane Lefèvre"
    assert bench.letters() == "PERA" + "?" * 8
    bench.settle()
    assert [row[1] for row in bench.saved()] == ["P", "E", "R", "A"]
    bench.press(Key.Key_Z, held=CTRL)
    bench.settle()
    assert bench.letters() == "PER" + "?" * 9


def test_a_letter_is_seen_before_it_is_saved(bench: Bench) -> None:
    bench.press(Key.Key_P)
    assert bench.letters()[0] == "P"
    assert not bench.jobs.is_idle
    bench.settle()
    assert bench.letters()[0] == "P"


def test_who_is_not_expected_is_passed_over(
    qtbot: QtBot, jobs: Jobs, database: Database, cohort: UUID
) -> None:
    with database.bulk() as session:
        journey = m.Journey
        second = session.scalars(
            sa.select(journey)
            .join(m.Person, m.Person.id == journey.person_id)
            .where(m.Person.family_name == "Da Silva")
        ).one()
        second.entered_on = days(3)
    bench = Bench(qtbot, jobs, database, cohort)
    bench.press(Key.Key_P)
    assert bench.current()[0] == "Aïssatou Diallo"
    bench.press(Key.Key_Up, Key.Key_A)
    assert bench.letters() == "P-" + "?" * 10
    (told,) = bench.window.banners.shown()
    assert "n’a aucune séance" in told.problem.what
    bench.settle()
    bench.window.finish()


def test_minutes_typed_right_after_r_are_of_who_was_marked_late(bench: Bench) -> None:
    high = bench.pane.view.rowHeight(0)
    bench.press(Key.Key_P, Key.Key_P, Key.Key_Up, Key.Key_Up)
    bench.press(Key.Key_R)
    assert bench.current()[0] == "Maria-José Da Silva"
    assert "Karim Benali, en retard : tapez ses minutes" in bench.window.status.news.text()
    bench.press(Key.Key_Shift, Key.Key_2, Key.Key_5)
    assert bench.current()[0] == "Karim Benali" and bench.pane.line.late.text() == "25"
    bench.settle()
    assert bench.pane.view.rowHeight(0) == high, "the grid does not move under the eyes"
    bench.press(Key.Key_Return)
    bench.settle()
    assert bench.saved() == [("Karim", "R", 25), ("Maria-José", "P", None)]
    assert bench.current()[0] == "Maria-José Da Silva" and bench.pane.view.hasFocus()
    bench.press(Key.Key_Up, Key.Key_F2, Key.Key_5, Key.Key_Escape)
    assert bench.pane.view.hasFocus()
    bench.press(Key.Key_5, Key.Key_Down)
    bench.settle()
    assert bench.saved() == [("Karim", "R", 5), ("Maria-José", "P", None)]
    assert bench.current()[0] == "Maria-José Da Silva"


def test_minutes_make_nobody_late_without_r(bench: Bench) -> None:
    here = bench.pane.view.currentIndex().column()
    bench.press(Key.Key_2, Key.Key_0, Key.Key_Return)
    assert "R, puis ses minutes" in bench.window.status.news.text()
    bench.press(Key.Key_R, Key.Key_P, Key.Key_Up, Key.Key_2, Key.Key_F2, Key.Key_Return)
    bench.press(Key.Key_Up, Key.Key_R)
    bench.click_cell(1, here)
    bench.press(Key.Key_2, Key.Key_0, Key.Key_Return)
    assert not bench.pane.line.late.isVisible()
    bench.settle()
    assert bench.saved() == [("Karim", "R", None), ("Maria-José", "P", None)]


def test_minutes_of_several_are_of_those_who_are_late_alone(bench: Bench) -> None:
    here = bench.pane.view.currentIndex().column()
    bench.press(Key.Key_P, Key.Key_R, Key.Key_A)
    bench.click_cell(0, here)
    bench.click_cell(2, here, SHIFT)
    bench.press(Key.Key_1, Key.Key_5, Key.Key_Return)
    bench.settle()
    assert [row[1:] for row in bench.saved()] == [("P", None), ("R", 15), ("A", None)]


def test_minutes_that_are_none_are_refused_in_place(bench: Bench) -> None:
    bench.press(Key.Key_R, Key.Key_0, Key.Key_Return)
    line = bench.pane.line
    assert "Un retard va de 1" in line.refusal.text() and line.refusal.isVisible()
    bench.settle()
    assert bench.saved() == [("Karim", "R", None)]
    assert line.late.hasFocus() and line.late.text() == "0"
    bench.press(Key.Key_Escape)
    assert bench.pane.view.hasFocus()
    assert not line.refusal.isVisible() and line.late.text() == ""


def test_a_lateness_as_long_as_the_seance_is_refused_where_it_is_typed(bench: Bench) -> None:
    line = bench.pane.line
    bench.press(Key.Key_R, Key.Key_3, Key.Key_0, Key.Key_0, Key.Key_Return)
    assert "La séance dure 3 h" in line.refusal.text() and line.refusal.isVisible()
    bench.settle()
    assert line.late.hasFocus() and line.late.text() == "300"
    assert bench.current()[0] == "Karim Benali", "and not the next person"
    assert not bench.window.banners.shown()
    bench.press(Key.Key_9, Key.Key_9, Key.Key_9, Key.Key_Down)
    assert line.late.hasFocus() and line.late.text() == "999"
    bench.press(Key.Key_1, Key.Key_8, Key.Key_0, Key.Key_Return)
    assert "La séance dure 3 h" in line.refusal.text()
    bench.press(Key.Key_2, Key.Key_0, Key.Key_Return)
    bench.settle()
    assert bench.saved() == [("Karim", "R", 20)]
    assert bench.current()[0] == "Maria-José Da Silva" and not line.refusal.isVisible()


def test_minutes_refused_wait_where_they_were_typed(bench: Bench) -> None:
    line, column = bench.pane.line, bench.pane.view.currentIndex().column()
    bench.press(Key.Key_R, Key.Key_3, Key.Key_0, Key.Key_0)
    bench.click_cell(3, column)
    (told,) = bench.window.banners.shown()
    assert "La séance dure 3 h" in told.problem.what
    assert not line.refusal.isVisible()
    bench.click_cell(0, column)
    assert line.late.text() == "300" and line.refusal.isVisible()
    bench.settle()
    assert bench.saved() == [("Karim", "R", None)]
    bench.press(Key.Key_A)
    bench.settle()
    assert bench.saved() == [("Karim", "A", None)] and not line.refusal.isVisible()


def test_a_reason_is_said_in_place_and_belongs_to_its_absence(bench: Bench) -> None:
    bench.press(Key.Key_A, Key.Key_Up, Key.Key_Return)
    line = bench.pane.line
    assert line.reason.hasFocus() and line.reason.currentText() == "Motif non précisé"
    bench.press(Key.Key_Down, Key.Key_Return)
    assert bench.current()[0] == "Maria-José Da Silva" and bench.pane.view.hasFocus()
    bench.settle()
    assert bench.scalar(sa.select(m.AbsenceReason.reason)) == "sante"
    bench.press(Key.Key_Up)
    assert bench.pane.line.told.text() == (
        "Karim Benali, mardi 21 avril 2026 (matin) : absence, Santé"
    )
    assert "injustifiée" not in bench.pane.line.told.text()


def test_a_mark_is_taken_away_and_comes_back(bench: Bench) -> None:
    bench.press(Key.Key_E, Key.Key_Up, Key.Key_Delete)
    bench.settle()
    assert bench.letters()[0] == "?" and bench.saved() == []
    bench.press(Key.Key_Z, held=CTRL)
    bench.settle()
    assert bench.letters()[0] == "E"


def test_several_cells_are_marked_at_once_with_the_mouse_and_a_letter(bench: Bench) -> None:
    columns = [each.slot for each in bench.pane.model.columns]
    here = columns.index(MORNING)
    bench.click_cell(1, here)
    bench.click_cell(3, here + 1, SHIFT)
    bench.press(Key.Key_A)
    bench.settle()
    assert bench.letters(MORNING) == bench.letters(AFTERNOON) == "?AAA" + "?" * 8
    bench.press(Key.Key_Z, held=CTRL)
    bench.settle()
    assert bench.letters(MORNING) == bench.letters(AFTERNOON) == "?" * 12


def test_the_buttons_and_the_menu_mark_too(bench: Bench) -> None:
    bench.click(bench.pane.line.marks[Presence.EXCUSED])
    assert bench.letters()[0] == "E" and bench.current()[0] == "Karim Benali"
    bench.pane.view.menu_wanted.emit(bench.pane.point())
    bench.press(Key.Key_A, where=bench.menu())
    bench.settle()
    assert bench.letters()[0] == "A"
    bench.click(bench.pane.bar.all)
    assert bench.letters() == "A" + "P" * 11


def test_all_present_for_the_day_leaves_what_is_marked(bench: Bench) -> None:
    bench.press(Key.Key_E)
    bench.press(Key.Key_T, held=CTRL | SHIFT)
    bench.settle()
    assert bench.letters(MORNING) == "E" + "P" * 11
    assert bench.letters(AFTERNOON) == "P" * 12


def test_nobody_came_next_week_yet(bench: Bench) -> None:
    bench.press(*[Key.Key_Right] * 2, Key.Key_P)
    (told,) = bench.window.banners.shown()
    assert "n’est pas encore venu" in told.problem.what
    bench.press(Key.Key_E)
    bench.settle()
    assert bench.letters(Slot(days(6), Half.MORNING)) == "E" + "." * 11


def test_what_a_colleague_marked_meanwhile_is_chosen_in_place(bench: Bench) -> None:
    bench.colleague_marks(0, MORNING, {MARK: A})
    bench.press(Key.Key_P)
    bench.settle()
    line = bench.pane.conflict
    assert line is not None and "Nadia Ferrand a changé" in line.words.text()
    assert bench.letters()[0] == "A", "hers is in the grid, nothing is overwritten"
    bench.click(line.mine)
    assert bench.letters()[0] == "P"
    assert bench.saved()[0][1] == "P"


def test_a_mark_that_is_refused_goes_and_why_is_told(bench: Bench) -> None:
    with bench.database.bulk() as session:
        meetings = session.scalars(sa.select(m.Meeting).where(m.Meeting.on == TODAY))
        next(each for each in meetings if each.start < 720).state = "cancelled"
    bench.press(Key.Key_P)
    assert bench.letters()[0] == "P"
    bench.settle()
    (told,) = bench.window.banners.shown()
    assert "Karim Benali n’a aucune séance" in told.problem.what
    assert bench.saved() == [] and "P" not in "".join(
        bench.letters(each.slot) for each in bench.pane.model.columns if each.slot.on == TODAY
    )


def test_what_was_to_be_chosen_in_a_group_is_not_asked_in_another(bench: Bench) -> None:
    with bench.database.bulk() as session:
        other = make.cohort(session, "Talence · mars 2026")
    bench.colleague_marks(0, MORNING, {MARK: A})
    bench.press(Key.Key_P)
    bench.settle()
    assert bench.pane.conflict is not None
    bench.window.go("programme", other)
    bench.settle()
    assert bench.pane.conflict is None


def test_the_same_mark_by_both_is_no_conflict(bench: Bench) -> None:
    bench.colleague_marks(0, MORNING, {MARK: P})
    bench.press(Key.Key_P)
    bench.settle()
    assert bench.pane.conflict is None and bench.letters()[0] == "P"


def test_a_colleague_s_reason_is_not_lost_by_a_presence(bench: Bench) -> None:
    bench.press(Key.Key_A, Key.Key_Up)
    bench.settle()
    bench.colleague_marks(0, MORNING, {REASON: "garde"})
    bench.press(Key.Key_P)
    bench.settle()
    line = bench.pane.conflict
    assert line is not None and "Motif" in line.words.text()
    bench.click(line.theirs)
    assert bench.pane.conflict is None and bench.letters()[0] == "A"


def test_what_was_sent_is_reopened_with_a_reason(bench: Bench, database: Database) -> None:
    bench.press(Key.Key_P, Key.Key_Up)
    bench.settle()
    with database.bulk() as session:
        session.scalars(
            sa.select(m.Attendance).where(m.Attendance.on == TODAY)
        ).one().locked_at = m.utc_now()
    bench.pane.refresh()
    bench.settle()
    bench.press(Key.Key_Return)
    assert "a été envoyée" in bench.window.status.news.text()
    assert "« Corriger une présence envoyée… »" in bench.window.status.news.text()
    bench.press(Key.Key_A)
    (told,) = bench.window.banners.shown()
    assert "a été envoyée" in told.problem.what and bench.letters()[0] == "P"
    bench.window.actions_.get("presences.reopen").trigger()
    bench.press(Key.Key_Down, Key.Key_Return, where=bench.menu())
    bench.settle()
    bench.press(Key.Key_A)
    bench.settle()
    assert bench.saved()[0][1] == "A"
    labels = sa.select(m.DoneCommand.label).where(m.DoneCommand.label.like("%rouverte%"))
    assert bench.scalar(labels) == "Présence envoyée rouverte : erreur de saisie"


def test_minutes_being_typed_are_saved_when_the_page_is_left(bench: Bench) -> None:
    bench.press(Key.Key_R, Key.Key_1, Key.Key_5)
    page = bench.window.current_page()
    assert page is not None
    page.flush()
    bench.settle()
    assert bench.saved() == [("Karim", "R", 15)]
