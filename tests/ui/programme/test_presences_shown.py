"""What is in sight of the presences: of the group shown, whole, and said aloud."""

from __future__ import annotations

import sqlalchemy as sa
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.presence_span import Span
from connexion_desktop.ui import theme
from connexion_desktop.ui.jobs import Jobs
from tests import factories as make
from tests.factories import START, TODAY, days

from .presence_bench import AFTERNOON, MORNING, Bench

Key = Qt.Key


def test_nobody_of_the_group_that_was_left_is_marked_before_the_next_one_is_read(
    bench: Bench,
) -> None:
    with bench.database.bulk() as session:
        other = make.cohort(session, "Talence · mars 2026")
        make.participant(session, other, "Zoé", "Ancel")
    bench.window.go("programme", other)
    bench.press(Key.Key_P, Key.Key_T)
    bench.press(Key.Key_Delete)
    assert not bench.pane.model.columns, "nothing of the group that was left is in sight"
    assert "rien à noter" in bench.window.status.news.text()
    bench.settle()
    assert bench.saved() == []


def test_nobody_of_the_group_that_was_left_is_marked_from_one_without_seances(bench: Bench) -> None:
    with bench.database.bulk() as session:
        other = make.cohort(session, "Talence · mars 2026")
    bench.window.go("programme", other)
    bench.settle()
    assert bench.pane.empty.isVisible()
    for act in ("present", "all", "day", "details", "clear"):
        bench.window.actions_.get(f"presences.{act}").trigger()
    bench.settle()
    assert bench.saved() == []
    assert not bench.window.banners.shown()


def test_minutes_being_typed_are_in_sight_once_other_cells_are_chosen_too(bench: Bench) -> None:
    bench.press(Key.Key_R, Key.Key_1, Key.Key_5)
    view = bench.pane.view
    below = bench.pane.model.index(1, view.currentIndex().column())
    view.selectionModel().select(below, QItemSelectionModel.SelectionFlag.Select)
    assert bench.pane.line.late.text() == "15"
    bench.settle()
    assert bench.saved() == [("Karim", "R", 15)]
    assert bench.pane.line.late.text() == "15"


def test_no_name_is_cut_while_the_days_have_room(bench: Bench) -> None:
    names = bench.pane.view.verticalHeader()
    letters = QFontMetrics(theme.font("body"))
    longest = max(letters.horizontalAdvance(each.name) for each in bench.pane.model.people)
    rate = QFontMetrics(theme.font("small")).horizontalAdvance("100 %")
    assert names.width() >= longest + rate + theme.px(16)


def test_what_stands_beside_the_names_has_its_header(bench: Bench) -> None:
    view = bench.pane.view
    corner = view.corner
    assert corner.isVisible() and corner.accessibleName() == "Présence"
    assert "parmi celles qui sont saisies" in corner.accessibleDescription()
    assert corner.geometry().right() == view.names.geometry().right()
    assert corner.geometry().bottom() == view.horizontalHeader().geometry().bottom()


def test_twelve_people_and_two_weeks_need_no_scrolling(bench: Bench) -> None:
    view = bench.pane.view
    assert len(bench.pane.model.columns) == 8 and bench.pane.model.rowCount() == 12
    assert view.horizontalScrollBar().maximum() == view.verticalScrollBar().maximum() == 0


def test_every_cell_and_every_edge_says_what_it_is(bench: Bench) -> None:
    model, spoken = bench.pane.model, Qt.ItemDataRole.AccessibleTextRole
    bench.press(Key.Key_A)
    index = model.index(0, [each.slot for each in model.columns].index(MORNING))
    assert index.data(spoken) == "Karim Benali, mardi 21 avril 2026 (matin) : absence"
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert "0 présent, 1 absent, 11 à saisir" in model.headerData(index.column(), across, spoken)
    assert model.headerData(1, down, spoken) == "Maria-José Da Silva : 100 % (2 sur 2), 0 h"
    bench.settle()


def test_a_group_without_seances_says_what_to_do_first(
    qtbot: QtBot, jobs: Jobs, database: Database
) -> None:
    with database.bulk() as session:
        cohort = make.cohort(session, starts_on=START)
    bench = Bench(qtbot, jobs, database, cohort)
    assert bench.pane.empty.isVisible() and not bench.pane.body.isVisible()
    assert "Aucune séance" in bench.pane.empty.accessibleName()
    bench.window.finish()


def test_a_week_two_weeks_or_the_cycle_are_in_sight(bench: Bench) -> None:
    bench.click(bench.pane.bar.spans[Span.WEEK])
    assert len(bench.pane.model.columns) == 4
    assert bench.current() == ("Karim Benali", MORNING)
    bench.click(bench.pane.bar.spans[Span.CYCLE])
    assert len(bench.pane.model.columns) == 16
    bench.click(bench.pane.bar.spans[Span.FORTNIGHT])
    bench.press(Key.Key_PageUp, where=bench.pane.view)
    assert bench.pane.model.columns[0].slot.on == days(-15)
    assert bench.letters(bench.pane.model.columns[0].slot) == "P" * 12


def test_people_have_the_room_in_a_low_window(bench: Bench) -> None:
    view = bench.pane.view
    assert bench.pane.counts.isVisible()
    theme.apply(theme.Scheme.LIGHT, 200)
    bench.settle()
    assert not bench.pane.counts.isVisible()
    assert view.viewport().height() >= 3 * view.rowHeight(0), "three people at least"


def test_with_large_letters_the_days_in_sight_are_told_short_not_cut(bench: Bench) -> None:
    bar = bench.pane.bar
    whole = bar.title.text()
    assert whole.startswith("Du ")
    theme.apply(theme.Scheme.LIGHT, 200)
    bench.settle()
    title = bar.title
    assert title.text() != whole
    assert title.fontMetrics().horizontalAdvance(title.text()) <= title.width()
    assert title.accessibleName() == whole and title.toolTip()
    assert bar.spans[Span.FORTNIGHT].accessibleName() == "Deux semaines"
    theme.apply(theme.Scheme.LIGHT, 100)
    bench.settle()
    assert title.text() == whole


def test_a_guest_stands_under_the_group_with_theirs_and_is_marked_like_the_others(
    bench: Bench,
) -> None:
    with bench.database.bulk() as session:
        other = make.cohort(session, "Talence · mars 2026")
        guest = make.participant(session, other, "Zoé", "Ancel")[1]
        meeting = session.scalars(
            sa.select(m.Meeting).where(m.Meeting.on == TODAY, m.Meeting.start == 540)
        ).one()
        group = session.scalars(
            sa.select(m.Journey.id).where(m.Journey.cohort_id == meeting.cohort_id)
        ).all()
        for journey in (*group, guest):
            make.put(session, m.MeetingParticipant(meeting_id=meeting.id, journey_id=journey))
    bench.pane.refresh()
    bench.settle()
    model = bench.pane.model
    assert model.headerData(12, Qt.Orientation.Vertical) == "Zoé Ancel (Talence · mars 2026)"
    assert bench.letters() == "?" * 13 and bench.letters(AFTERNOON) == "?" * 12 + "-"
    bench.press(Key.Key_T)
    bench.settle()
    assert bench.letters() == "P" * 13
    bench.click_cell(12, [each.slot for each in model.columns].index(MORNING))
    bench.press(Key.Key_A)
    bench.settle()
    assert ("Zoé", "A", None) in bench.saved()


def test_a_guest_is_in_sight_where_nobody_has_entered_the_group_yet(
    qtbot: QtBot, jobs: Jobs, database: Database
) -> None:
    with database.bulk() as session:
        cohort = make.cohort(session, starts_on=START)
        other = make.cohort(session, "Talence · mars 2026")
        guest = make.participant(session, other, "Zoé", "Ancel")[1]
        meeting = make.put(
            session,
            m.Meeting(
                cohort_id=cohort, on=TODAY, start=540, end=720, kind="atelier", title="Visite"
            ),
        )
        make.put(session, m.MeetingParticipant(meeting_id=meeting, journey_id=guest))
    bench = Bench(qtbot, jobs, database, cohort)
    assert bench.pane.body.isVisible() and not bench.pane.empty.isVisible()
    bench.press(Key.Key_T)
    bench.settle()
    assert bench.saved() == [("Zoé", "P", None)]
    bench.window.finish()
