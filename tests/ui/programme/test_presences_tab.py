"""The presences as a tab of the programme: what the page's own keys become there."""

from __future__ import annotations

from PySide6.QtCore import Qt

from benchmarks.bases import TODAY
from connexion_desktop.domain.calendar_fr import monday_of
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.targets import PresencesTarget
from connexion_desktop.ui.history_sheet import HistorySheet
from connexion_desktop.ui.pages.programme.presences import PresencesPane

from .pages import ALT, CONTROL, Programmes


def presences(programmes: Programmes) -> PresencesPane:
    """The tab, come to with the keyboard from that of the week."""
    for _ in range(2):
        programmes.press(Qt.Key.Key_T, CONTROL)
    pane = programmes.page.pane
    assert isinstance(pane, PresencesPane)
    return pane


def first_days(pane: PresencesPane) -> tuple[object, object]:
    return pane.model.columns[0].slot.on, pane.model.columns[-1].slot.on


def test_ctrl_t_comes_to_the_half_day_of_today(programmes: Programmes) -> None:
    pane = presences(programmes)
    key = pane.model.key(pane.view.currentIndex())
    assert key is not None and key.slot.on == TODAY
    assert pane.view.hasFocus()


def test_weeks_turn_there_too_and_today_comes_back(programmes: Programmes) -> None:
    pane = presences(programmes)
    here = first_days(pane)
    programmes.press(Qt.Key.Key_PageUp, ALT)
    assert first_days(pane) < here
    programmes.press(Qt.Key.Key_Home, ALT)
    assert first_days(pane) == here
    assert monday_of(TODAY) in {monday_of(each.slot.on) for each in pane.model.columns}


def test_del_takes_a_mark_away_and_never_a_seance(programmes: Programmes) -> None:
    pane = presences(programmes)
    programme = programmes.page.programme
    programmes.press(Qt.Key.Key_P)
    programmes.press(Qt.Key.Key_Up)
    programmes.press(Qt.Key.Key_Delete)
    cell = pane.model.cell(pane.view.currentIndex())
    assert cell is not None and cell.mark is None
    assert programme is not None and programmes.page.programme is not None
    assert len(programmes.page.programme.meetings) == len(programme.meetings)


def test_ctrl_h_tells_what_was_noted_that_day(programmes: Programmes) -> None:
    presences(programmes)
    programmes.press(Qt.Key.Key_E)
    programmes.press(Qt.Key.Key_Up)
    programmes.press(Qt.Key.Key_H, CONTROL)
    (sheet,) = programmes.window.findChildren(HistorySheet)
    assert sheet.windowTitle() == "Historique des présences de ce jour"
    sheet.close()


def test_the_acts_of_the_presences_are_in_the_menu_there_alone(programmes: Programmes) -> None:
    acts = programmes.window.actions_

    def offered() -> set[str]:
        return {each.id for each in acts.entries("Programme") if each.id.startswith("presences.")}

    assert not offered()
    presences(programmes)
    assert {"presences.all", "presences.day", "presences.reopen"} <= offered()


def test_the_presences_of_a_day_are_come_back_to_wherever_one_went(programmes: Programmes) -> None:
    pane = presences(programmes)
    assert programmes.page.programme is not None and programmes.page.programme.cohort is not None
    wanted = PresencesTarget(programmes.page.programme.cohort.id, TODAY)
    programmes.window.go("programme", wanted)
    programmes.wait()
    programmes.press(Qt.Key.Key_PageUp)
    programmes.window.go("programme", wanted)
    programmes.wait()
    key = pane.model.key(pane.view.currentIndex())
    assert key is not None and key.slot.on == TODAY


def test_escape_closes_what_is_told_in_red(programmes: Programmes) -> None:
    programmes.page.show_tab("Présences")
    programmes.wait()
    programmes.window.fail(UserError("Ceci ne peut être noté."))
    programmes.press(Qt.Key.Key_Escape)
    assert not programmes.window.banners.shown()
    assert programmes.page.pane.isAncestorOf(programmes.focus)
