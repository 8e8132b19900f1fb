"""A programme drawn up: told first, done in one act, undone in one, drawn again without loss."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from connexion_desktop.domain.meetings import EditMeeting
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.ui.pages.settings import SettingsPage
from connexion_desktop.ui.pages.settings.closures import ClosuresPane
from connexion_desktop.usecases import meetings

from ..colleague import nadia
from .pages import CONTROL, Programmes, draw, new_group


def test_a_group_without_programme_is_offered_one_first(programmes: Programmes) -> None:
    new_group(programmes, "7/9")
    page = programmes.page
    assert page.empty.isVisible()
    assert "24 jours, du 7 septembre 2026 au 24 novembre 2026" in page.empty.accessibleName()
    programmes.act("programme.draw")
    assert page.strips.drawing.told.text().startswith("47 séances à établir.")
    assert page.strips.drawing.act_button.text() == "Établir 47 séances"
    draw(programmes)
    assert not page.strips.drawing.isVisible()
    assert programmes.told == "Programme établi · Ctrl+Z pour annuler"
    assert programmes.shown()[0] == "Accueil : faire connaissance"
    programmes.press(Qt.Key.Key_Z, CONTROL)
    assert page.empty.isVisible()


def test_days_that_are_closed_are_told_with_what_makes_up_for_them(programmes: Programmes) -> None:
    new_group(programmes, "2/3/2026")
    programmes.act("programme.draw")
    assert "Lundi 6 avril 2026 (Lundi de Pâques) : rattrapé le mercredi 8 avril 2026" in (
        programmes.page.strips.drawing.skipped.text()
    )
    programmes.press(Qt.Key.Key_Escape)


def test_closures_without_end_are_told_and_lead_to_them(programmes: Programmes) -> None:
    programmes.go("settings")
    settings = programmes.front(SettingsPage)
    settings.open(SettingsSection.CLOSURES)
    programmes.wait()
    pane = settings.pane
    assert isinstance(pane, ClosuresPane)
    pane.strip.begin()
    programmes.type("Travaux")
    for field, day in ((pane.strip.first, "1/9/2026"), (pane.strip.last, "1/9/2028")):
        field.setFocus()
        programmes.type(day)
    programmes.press(Qt.Key.Key_Return)
    new_group(programmes, "7/9")
    assert "Les fermetures ne laissent aucun jour" in programmes.page.empty.accessibleName()
    programmes.act("programme.draw")
    drawing = programmes.page.strips.drawing
    assert drawing.problem.text().startswith("Aucun jour n’est ouvert depuis le 7 septembre 2026.")
    assert not drawing.act_button.isEnabled()
    QTest.mouseClick(drawing.closures, Qt.MouseButton.LeftButton)
    programmes.wait()
    assert programmes.front(SettingsPage).pane is pane


def test_a_start_on_a_wednesday_says_which_monday_is_the_first_and_is_drawn_up_there(
    programmes: Programmes,
) -> None:
    new_group(programmes, "9/9/2026")
    programmes.act("programme.draw")
    drawing = programmes.page.strips.drawing
    assert drawing.warned.text().splitlines()[0] == (
        "Le 9 septembre 2026 est un mercredi : le programme se tient le lundi et le mardi, donc à "
        "partir du lundi 14 septembre 2026. Premières séances : lundi 14 septembre 2026 et mardi "
        "15 septembre 2026."
    )
    assert drawing.monday.isVisible() and drawing.mend.isVisible()
    draw(programmes)
    programme = programmes.page.programme
    assert programme is not None and len(programme.meetings) == 47
    assert {each.on.weekday() for each in programme.meetings} == {0, 1}
    assert programme.cohort is not None and programme.cohort.starts_on == date(2026, 9, 9)


def test_a_start_on_a_tuesday_says_that_its_monday_is_made_up(programmes: Programmes) -> None:
    new_group(programmes, "8/9/2026")
    programmes.act("programme.draw")
    drawing = programmes.page.strips.drawing
    assert drawing.warned.text().splitlines()[0] == (
        "Le 8 septembre 2026 est un mardi : le lundi de cette semaine sera déjà passé, et se "
        "rattrape un autre jour. Premières séances : mardi 8 septembre 2026 et mercredi 9 "
        "septembre 2026."
    )
    assert drawing.monday.text() == "Commencer le lundi 14 septembre"
    QTest.mouseClick(drawing.monday, Qt.MouseButton.LeftButton)
    programmes.wait()
    assert "est un mardi" not in drawing.warned.text() and not drawing.monday.isVisible()


def test_a_start_on_a_tuesday_that_is_closed_is_offered_the_next_monday_not_what_makes_up_for_it(
    programmes: Programmes,
) -> None:
    new_group(programmes, "14/7/2026")
    programmes.act("programme.draw")
    drawing = programmes.page.strips.drawing
    assert "Premières séances : mercredi 15 juillet 2026" in drawing.warned.text()
    assert drawing.monday.text() == "Commencer le lundi 20 juillet"
    QTest.mouseClick(drawing.monday, Qt.MouseButton.LeftButton)
    programmes.wait()
    assert "juillet" not in drawing.warned.text() and not drawing.monday.isVisible()


def test_a_group_begins_on_the_monday_at_one_press(programmes: Programmes) -> None:
    new_group(programmes, "9/9/2026")
    programmes.act("programme.draw")
    drawing = programmes.page.strips.drawing
    assert drawing.monday.text() == "Commencer le lundi 14 septembre"
    QTest.mouseClick(drawing.monday, Qt.MouseButton.LeftButton)
    programmes.wait()
    assert programmes.told == "Le groupe commence le lundi 14 septembre 2026 · Ctrl+Z pour annuler"
    programme = programmes.page.programme
    assert programme is not None and programme.cohort is not None
    assert programme.cohort.starts_on == date(2026, 9, 14)
    assert "est un mercredi" not in drawing.warned.text() and not drawing.monday.isVisible()
    assert drawing.act_button.text() == "Établir 47 séances"


def test_a_group_without_conseiller_is_told_and_mended_from_there(programmes: Programmes) -> None:
    new_group(programmes, "7/9")
    programmes.act("programme.draw")
    drawing = programmes.page.strips.drawing
    assert "n’a pas de conseiller" in drawing.warned.text()
    QTest.mouseClick(drawing.mend, Qt.MouseButton.LeftButton)
    programmes.wait()
    page = programmes.window.current_page()
    assert page is not None and page.name == "groups"


def test_drawn_again_what_took_place_stays_and_the_rest_is_replaced(programmes: Programmes) -> None:
    before = {each.id: each for each in programmes.page.programme.meetings}  # type: ignore[union-attr]
    coming = max(before.values(), key=lambda each: each.on)
    store = programmes.window.jobs.store
    assert store is not None
    mend = EditMeeting(coming.id, {"title": "Autre chose"})
    nadia(store, lambda session: meetings.edit(session, mend))
    programmes.act("programme.draw")
    told = programmes.page.strips.drawing.told.text()
    assert "séances passées ou notées restent." in told and "à venir sont remplacées." in told
    draw(programmes)
    programme = programmes.page.programme
    assert programme is not None
    kept = [each for each in programme.meetings if each.id in before]
    assert {each.id for each in before.values() if each.on < programme.today} <= {
        each.id for each in kept
    }
    assert programmes.told.startswith("Programme établi")
    assert "Autre chose" not in {each.title for each in programme.meetings}
    assert sum(each.marked for each in kept) == sum(each.marked for each in before.values())
    programmes.press(Qt.Key.Key_Z, CONTROL)
    assert {each.id for each in programmes.page.programme.meetings} == set(before)  # type: ignore[union-attr]
