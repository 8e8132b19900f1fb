"""The last day, and the hours of each day."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt

from connexion_desktop.data.database import Database
from tests.placement_base import FIRST, LAST, Office, new_act

from .bench import ALT, Bench, issued_in_june, meeting


def test_one_key_sets_the_last_day(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    for key, last in (
        (Qt.Key.Key_2, date(2026, 5, 29)),
        (Qt.Key.Key_M, date(2026, 6, 17)),
        (Qt.Key.Key_1, LAST),
    ):
        bench.field("starts_on").setFocus()
        bench.press(key, ALT)
        bench.until(partial(bench.holds, "ends_on", f"{last:%d/%m/%Y}"))
        assert bench.stored(draft).values["ends_on"] == last


def test_the_hours_of_monday_are_copied_and_totalled(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    timetable = bench.form.timetable
    assert timetable.total.text() == "35 h, 5 jours de présence"
    monday = timetable.week.lines[0].line
    monday.setFocus()
    monday.selectAll()
    bench.type("9h-12h30 / 13h30-17h")
    assert timetable.week.lines[0].total.text() == "7 h"
    monday.selectAll()
    bench.type("9h-13h")
    assert timetable.total.text() == "32 h, 5 jours de présence"
    bench.click(timetable.week.as_monday)
    assert timetable.total.text() == "20 h, 5 jours de présence"
    assert bench.stored(draft).paper.period.minutes == 20 * 60


def test_hours_that_cannot_be_read_come_back_when_the_application_is_reopened(
    bench: Bench, draft: UUID
) -> None:
    bench.show(draft)
    tuesday = bench.form.timetable.week.lines[1].line
    tuesday.setFocus()
    tuesday.selectAll()
    bench.type("le matin")
    for _start in range(2):
        bench.reopen()
        bench.show(draft)
        line = bench.form.timetable.week.lines[1]
        assert line.line.text() == "le matin"
        assert "n’est pas compris" in line.problem.text()
        bench.put("starts_on", "31/02")
    bench.reopen()
    bench.show(draft)
    assert bench.form.timetable.week.lines[1].line.text() == "le matin"
    assert bench.holds("starts_on", "31/02")


def test_a_day_is_mended_alone_and_stays_so(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    timetable = bench.form.timetable
    bench.click(timetable.days_tab)
    assert len(timetable.days.lines) == 5
    line = timetable.days.lines[FIRST].line
    line.setFocus()
    line.selectAll()
    bench.type("10h-12h", Qt.Key.Key_Return)
    assert timetable.total.text() == "30 h, 5 jours de présence"
    bench.put("ends_on", "29/5/2026")
    bench.press(Qt.Key.Key_Return)
    form = bench.stored(draft)
    assert form.slots[0].text == "10 h – 12 h"
    assert timetable.weeks.text() == "Par semaine : 18 mai 30 h · 25 mai 28 h"


def test_idem_takes_the_hours_of_the_day_before(bench: Bench, blank: UUID) -> None:
    bench.show(blank)
    bench.put("starts_on", "18/5/2026")
    bench.put("ends_on", "22/5/2026")
    monday, tuesday, *_others = bench.form.timetable.week.lines
    monday.line.setFocus()
    bench.type("idem", Qt.Key.Key_Return)
    assert "il n’y en a pas ici" in monday.problem.text()
    monday.line.clear()
    bench.type("9h-12h", Qt.Key.Key_Return)
    bench.type("Idem", Qt.Key.Key_Return)
    assert tuesday.line.text() == monday.line.text() == "9 h – 12 h"
    assert bench.stored(blank).paper.period.minutes == 6 * 60


def test_hours_that_cannot_be_read_say_so_and_are_kept(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    other = issued_in_june(database, office)
    bench.show(draft)
    tuesday = bench.form.timetable.week.lines[1]
    tuesday.line.setFocus()
    tuesday.line.selectAll()
    bench.type("le matin", Qt.Key.Key_Return)
    assert "n’est pas compris" in tuesday.problem.text()
    bench.click_row(other)
    bench.click_row(draft)
    bench.until(lambda: tuesday.line.text() == "le matin")
    assert bench.stored(draft).paper.period.minutes == 35 * 60


def test_the_days_of_the_group_are_told_and_freed_in_one_click(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    with database.write(new_act()) as session:
        meeting(session, office)
    bench.show(draft)
    timetable = bench.form.timetable
    assert "jour collectif" in timetable.remark.text()
    bench.click(timetable.free)
    assert timetable.total.text() == "28 h, 4 jours de présence"
    assert bench.form.issue_button.isEnabled()
    assert bench.stored(draft).paper.period.minutes == 28 * 60
