"""Two people on one immersion: its fields, its dates and hours, its host."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt

from connexion_desktop import usecases
from connexion_desktop.domain.hours import parse_ranges
from connexion_desktop.domain.placement_file import (
    EditHost,
    EditPlacement,
    SetTimetable,
)
from connexion_desktop.domain.timetable import Slot, WeeklyPattern
from connexion_desktop.ui.pages.placements.choice_fields import YesNoField
from connexion_desktop.ui.pages.placements.hours_line import HoursLine
from connexion_desktop.ui.widgets.conflict_line import ConflictLine
from tests.placement_base import FIRST, Office

from ..colleague import nadia
from ..placements.bench import ALT, Bench
from ..placements.conftest import bench, blank, draft, office

__all__ = ["bench", "blank", "draft", "office"]


def nadia_sets(bench: Bench, draft: UUID, field: str, value: str | date) -> None:
    command = EditPlacement(draft, field, value)
    nadia(bench.database, lambda session: usecases.placement_drafts.edit(session, command))


def nadia_types_hours(bench: Bench, draft: UUID, weekday: int, hours: str) -> None:
    """Other hours on one day of the week."""
    form, ranges = bench.stored(draft), parse_ranges(hours)
    usual = parse_ranges("9h-12h / 13h-17h")
    week = WeeklyPattern.of({day: ranges if day == weekday else usual for day in range(5)})
    kept = [slot for slot in form.slots if slot.on.weekday() != weekday]
    on = date.fromordinal(FIRST.toordinal() + weekday)
    new = [Slot(on, start, end) for start, end in ranges]
    command = SetTimetable(draft, tuple(sorted([*kept, *new])), week)
    nadia(bench.database, lambda session: usecases.placement_drafts.set_timetable(session, command))


def conflict(bench: Bench, name: str) -> ConflictLine:
    """What is to be chosen under a field, once it is left."""
    field = bench.page.middle.form.fields.fields[name]
    field.flush()
    bench.until(lambda: field.conflict() is not None)
    line = field.conflict()
    assert line is not None
    return line


def types_tuesday(bench: Bench) -> HoursLine:
    """Other hours are typed on Tuesday."""
    tuesday = bench.page.middle.form.timetable.week.lines[1]
    tuesday.line.setFocus()
    tuesday.line.selectAll()
    bench.type("10h-12h")
    return tuesday


def conflict_of_hours(bench: Bench, typed: HoursLine) -> ConflictLine:
    """What is to be chosen about the hours, once those of a day are left."""
    typed.flush()
    timetable = bench.page.middle.form.timetable
    bench.until(lambda: timetable._conflict is not None)
    line = timetable._conflict
    assert line is not None
    return line


def test_a_long_text_written_by_both_may_hold_both(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.put("tasks", "Accompagner les repas")
    nadia_sets(bench, draft, "tasks", "Animer un atelier mémoire")
    line = conflict(bench, "tasks")
    assert "« Animer un atelier mémoire »" in line.words.text()
    assert line.both is not None
    bench.click(line.both)
    whole = "Animer un atelier mémoire\n\nAccompagner les repas"
    assert bench.stored(draft).values["tasks"] == whole
    assert bench.holds("tasks", whole)


def test_an_answer_is_told_in_words(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    field = bench.page.middle.form.fields.fields["ppe"]
    assert isinstance(field, YesNoField)
    bench.click(field.yes)
    field.line.setFocus()
    bench.type("gants")
    nadia_sets(bench, draft, "ppe", "blouse, fournie par la structure")
    line = conflict(bench, "ppe")
    assert line.words.text().endswith("« oui : blouse, fournie par la structure ».")
    bench.press(Qt.Key.Key_P, ALT)
    bench.until(lambda: field.conflict() is None)
    assert bench.holds("ppe", "+blouse, fournie par la structure")
    assert bench.stored(draft).values["ppe"] == "blouse, fournie par la structure"


def test_two_fields_that_do_not_meet_are_merged_and_the_rules_run_again(
    bench: Bench, draft: UUID
) -> None:
    bench.show(draft)
    bench.put("trade", "Auxiliaire de vie")
    nadia_sets(bench, draft, "objectives", "")
    bench.settle()
    bench.field("objectives").setFocus()
    form = bench.stored(draft)
    assert (form.values["trade"], form.values["objectives"]) == ("Auxiliaire de vie", None)
    assert bench.checklist == ["1 point à compléter"]
    assert not bench.page.middle.form.issue_button.isEnabled()


def test_the_dates_and_the_hours_are_chosen_together(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.put("ends_on", "29/05/2026")
    nadia_types_hours(bench, draft, 0, "9h-12h")
    line = conflict(bench, "ends_on")
    assert "a changé « Horaires », lié à ce champ, à " in line.words.text()
    assert "31 h" in line.words.text()
    bench.click(line.mine)
    bench.settle()
    form = bench.stored(draft)
    assert form.values["ends_on"] == date(2026, 5, 29)
    assert sum(1 for slot in form.slots if slot.on == FIRST) == 1
    assert form.slots[-1].on == date(2026, 5, 29)


def test_hours_typed_by_both_keep_the_days_of_each(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    timetable = bench.page.middle.form.timetable
    tuesday = types_tuesday(bench)
    nadia_types_hours(bench, draft, 0, "9h-11h")
    line = conflict_of_hours(bench, tuesday)
    assert "Nadia Ferrand a changé « Horaires » à " in line.words.text()
    assert tuesday.line.text() == "10h-12h"
    bench.click(line.mine)
    form = bench.stored(draft)
    assert timetable._conflict is None
    assert [(slot.on.weekday(), slot.start, slot.end) for slot in form.slots[:2]] == [
        (0, 540, 660),
        (1, 600, 720),
    ]
    assert timetable.week.lines[0].line.text() == "9 h – 11 h"


def test_the_hours_of_the_other_may_be_taken(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    tuesday = types_tuesday(bench)
    nadia_types_hours(bench, draft, 1, "9h-11h")
    line = conflict_of_hours(bench, tuesday)
    bench.click(line.theirs)
    bench.settle()
    assert tuesday.line.text() == "9 h – 11 h"
    assert [slot.end for slot in bench.stored(draft).slots if slot.on.weekday() == 1] == [660]


def test_hours_being_typed_stay_while_a_colleague_saves_something_else(
    bench: Bench, draft: UUID
) -> None:
    bench.show(draft)
    tuesday = types_tuesday(bench)
    nadia_sets(bench, draft, "objectives", "Voir une journée")
    bench.settle()
    assert tuesday.line.text() == "10h-12h"
    tuesday.flush()
    form = bench.stored(draft)
    assert [slot.start for slot in form.slots if slot.on.weekday() == 1] == [600]
    assert bench.page.middle.form.timetable._conflict is None


def test_dates_and_hours_typed_one_after_the_other_are_no_conflict_with_oneself(
    bench: Bench, draft: UUID
) -> None:
    bench.show(draft)
    timetable = bench.page.middle.form.timetable
    bench.put("ends_on", "28/05/2026")
    bench.page.middle.form.fields.fields["ends_on"].flush()
    types_tuesday(bench).flush()
    bench.put("starts_on", "19/05/2026")
    bench.page.middle.form.fields.fields["starts_on"].flush()
    form = bench.stored(draft)
    assert timetable._conflict is None
    assert (form.values["starts_on"], form.values["ends_on"]) == (
        date(2026, 5, 19),
        date(2026, 5, 28),
    )
    assert {slot.on for slot in form.slots if slot.start == 600} == {
        date(2026, 5, 19),
        date(2026, 5, 26),
    }


def test_a_field_of_the_host_s_record_is_compared_too(
    bench: Bench, draft: UUID, office: Office
) -> None:
    bench.show(draft)
    bench.page.middle.form.host.needs("host.phone")
    bench.put("host.phone", "0536490299")
    command = EditHost(office.host, "phone", "05 36 49 02 77")
    nadia(bench.database, lambda session: usecases.placement_hosts.edit_host(session, command))
    line = conflict(bench, "host.phone")
    assert line.words.text().endswith("« 05 36 49 02 77 ».")
    bench.click(line.mine)
    form = bench.stored(draft)
    assert form.host is not None
    assert form.host.details["phone"] == "05 36 49 02 99"


def test_another_immersion_is_shown_by_then_and_what_was_typed_waits(
    bench: Bench, draft: UUID, blank: UUID
) -> None:
    bench.show(draft)
    bench.put("trade", "Auxiliaire de vie")
    nadia_sets(bench, draft, "trade", "Agent de service")
    conflict(bench, "trade")
    bench.show(blank)
    assert bench.holds("trade", "")
    bench.show(draft)
    assert bench.holds("trade", "Auxiliaire de vie")
    assert "« Agent de service »" in conflict(bench, "trade").words.text()
