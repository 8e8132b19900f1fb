"""Two people on one séance: nothing is written over unseen, and who typed chooses."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from connexion_desktop.domain.meetings import EditMeeting, MeetingState
from connexion_desktop.ui.widgets.conflict_line import ConflictLine
from connexion_desktop.usecases import meetings

from .pages import CONTROL, Programmes

PITCH = "Mon pitch, premier essai"


def nadia_sets(programmes: Programmes, **values: Any) -> None:
    """A colleague mends the séance from another workstation."""
    command = EditMeeting(programmes.meeting(PITCH).id, values)
    programmes.heard(lambda session: meetings.edit(session, command))


def type_in(programmes: Programmes, name: str, text: str) -> None:
    field = programmes.page.beside.panel.fields.fields[name]
    field.take_focus()
    programmes.press(Qt.Key.Key_A, CONTROL)
    programmes.type(text)


def asked(programmes: Programmes, name: str) -> ConflictLine:
    """What is to be chosen under a field once it is left."""
    field = programmes.page.beside.panel.fields.fields[name]
    field.flush()
    programmes.wait()
    line = field.conflict()
    assert line is not None
    return line


@pytest.fixture
def opened(programmes: Programmes) -> Programmes:
    programmes.click(PITCH)
    return programmes


def test_one_keeps_ones_own_place(opened: Programmes) -> None:
    type_in(opened, "place", "Salle rouge")
    nadia_sets(opened, place="Salle bleue")
    line = asked(opened, "place")
    assert line.words.text().startswith("Nadia Ferrand a changé ce champ")
    assert "« Salle bleue »" in line.words.text()
    assert opened.meeting(PITCH).place == "Salle bleue"
    line.mine.click()
    opened.wait()
    assert opened.meeting(PITCH).place == "Salle rouge"


def test_hours_that_both_changed_are_shown_as_they_are_typed(opened: Programmes) -> None:
    type_in(opened, "hours", "10h-12h")
    nadia_sets(opened, start=570, end=690)
    line = asked(opened, "hours")
    assert "9 h 30 – 11 h 30" in line.words.text()
    line.theirs.click()
    opened.wait()
    assert opened.meeting(PITCH).hours == "9 h 30 – 11 h 30"
    assert opened.page.beside.panel.fields.hours.text() == "9 h 30 – 11 h 30"


def test_what_only_the_other_changed_is_shown_beside_what_is_typed(opened: Programmes) -> None:
    type_in(opened, "title", "Mon pitch, suite")
    nadia_sets(opened, place="Salle bleue")
    opened.press(Qt.Key.Key_Return)
    row = opened.meeting("Mon pitch, suite")
    assert row.place == "Salle bleue"
    assert opened.page.beside.panel.fields.place.text() == "Salle bleue"


def test_a_seance_that_a_colleague_cancels_is_not_said_held(opened: Programmes) -> None:
    meeting = opened.meeting(PITCH).id
    opened.unheard(lambda session: meetings.set_state(session, meeting, MeetingState.CANCELLED))
    opened.page.beside.panel.held.click()
    opened.wait()
    assert "Nadia Ferrand a changé « État »" in opened.refused
    assert opened.meeting(PITCH).state is MeetingState.CANCELLED


def test_what_one_just_said_of_a_seance_is_no_change_of_somebody_else_s(
    opened: Programmes,
) -> None:
    panel = opened.page.beside.panel
    panel.held.click()
    panel.cancel.click()
    opened.wait()
    assert opened.meeting(PITCH).state is MeetingState.CANCELLED
