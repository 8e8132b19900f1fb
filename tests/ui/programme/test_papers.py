"""The papers of a programme in the real window: sheets made, signed, checked; months stated."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from icalendar import Calendar
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from benchmarks.bases import TODAY
from connexion_desktop.data import models as m
from connexion_desktop.domain.attendance_paper import AttendancePaper
from connexion_desktop.domain.signed_sheets import GapKind, SheetState
from connexion_desktop.ui.pages.programme.papers_pane import PapersPane
from connexion_desktop.ui.pages.programme.presences import PresencesPane
from connexion_desktop.ui.print_preview import PrintPreview

from ..walking import Walk
from .pages import CONTROL, SHIFT, Programmes, new_group


def papers(programmes: Programmes) -> PapersPane:
    programmes.page.show_tab("Papiers")
    programmes.wait()
    pane = programmes.page.pane
    assert isinstance(pane, PapersPane) and pane.isVisible()
    return pane


def preview(programmes: Programmes, walk: Walk) -> str:
    """The title of what is shown to be printed, once it is drawn; it is closed."""
    walk.until(lambda: any(p.is_drawn for p in programmes.window.findChildren(PrintPreview)))
    (shown,) = programmes.window.findChildren(PrintPreview)
    title = shown.windowTitle()
    shown.close()
    QApplication.processEvents()
    walk.until(lambda: not programmes.window.findChildren(PrintPreview))
    programmes.window.activateWindow()
    walk.until(programmes.window.isActiveWindow)
    return title


class Saving:
    """Where what is shown to be printed is saved instead."""

    def __init__(self, programmes: Programmes, walk: Walk, path: Path) -> None:
        self._programmes, self._walk, self.path = programmes, walk, path

    def __call__(self) -> str:
        """Save it: the title of what was shown, until then without a number."""
        window, walk = self._programmes.window, self._walk
        walk.until(lambda: any(p.is_drawn for p in window.findChildren(PrintPreview)))
        (shown,) = window.findChildren(PrintPreview)
        title = shown.windowTitle()
        assert "le numéro est pris en imprimant" in shown.count.text()
        self.path.unlink(missing_ok=True)
        QTest.mouseClick(shown.pdf_button, Qt.MouseButton.LeftButton)
        walk.until(self.path.exists)
        self._programmes.wait()
        window.activateWindow()
        walk.until(window.isActiveWindow)
        return title


@pytest.fixture
def save(
    programmes: Programmes, walk: Walk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Saving:
    path = tmp_path / "feuille.pdf"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_asked, **_more: (str(path), "PDF (*.pdf)")
    )
    return Saving(programmes, walk, path)


def test_a_sheet_that_is_only_looked_at_takes_no_number(programmes: Programmes, walk: Walk) -> None:
    programmes.press(Qt.Key.Key_E, CONTROL | SHIFT)
    assert preview(programmes, walk) == "Aperçu : Émargement, du 9 mars au 26 mai 2026"
    assert len(papers(programmes).sheets.rows()) == 4


def test_the_sheets_of_the_cycle_are_made_by_a_key_from_the_week(
    programmes: Programmes, walk: Walk, save: Saving
) -> None:
    programmes.press(Qt.Key.Key_E, CONTROL | SHIFT)
    assert "EM-" not in save()
    made = PdfReader(save.path).metadata
    assert made is not None and "EM-2026-0005" in str(made.title)
    pane = papers(programmes)
    walk.until(lambda: len(pane.sheets.rows()) == 5)
    newest = pane.sheets.rows()[0].paper
    assert (newest.number, newest.edition, len(newest.pages)) == ("EM-2026-0005", 1, 12)


def test_a_sheet_that_comes_back_is_noted_by_space_and_ctrl_z_takes_it_back(
    programmes: Programmes, walk: Walk
) -> None:
    tabs = programmes.page.tabs
    while tabs.tabText(tabs.currentIndex()) != "Papiers":
        programmes.press(Qt.Key.Key_T, CONTROL)
    pane = programmes.page.pane
    assert isinstance(pane, PapersPane)
    assert pane.table.hasFocus(), "the keyboard goes to the sheets once they are read"
    assert pane.sheets.rows()[0].state(TODAY) is SheetState.RUNNING
    assert pane.told.text() == "4 feuilles · 2 demi-journées à vérifier"
    programmes.press(Qt.Key.Key_Space)
    walk.until(lambda: bool(programmes.window.banners.shown()))
    (refused,) = programmes.window.banners.shown()
    assert "elle n’est pas encore entière" in refused.problem.what
    assert pane.sheets.rows()[0].signed_on is None
    programmes.press(Qt.Key.Key_Down)
    before = pane.sheets.rows()[1].signed_on
    assert before is not None
    programmes.press(Qt.Key.Key_Space)
    walk.until(lambda: pane.sheets.rows()[1].signed_on is None)
    assert "1 à récupérer" in pane.told.text()
    programmes.press(Qt.Key.Key_Space)
    walk.until(lambda: pane.sheets.rows()[1].signed_on == TODAY)
    assert "signée, reçue" in programmes.told
    programmes.press(Qt.Key.Key_Z, CONTROL)
    walk.until(lambda: pane.sheets.rows()[1].signed_on is None)
    assert "1 à récupérer" in pane.told.text()


def test_who_gives_up_printing_a_sheet_is_told_that_it_is_kept(
    programmes: Programmes, walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: QPrintDialog.DialogCode.Rejected)
    programmes.press(Qt.Key.Key_E, CONTROL | SHIFT)
    walk.until(lambda: any(p.is_drawn for p in programmes.window.findChildren(PrintPreview)))
    (shown,) = programmes.window.findChildren(PrintPreview)
    QTest.mouseClick(shown.print_button, Qt.MouseButton.LeftButton)
    news = programmes.window.status.news
    walk.until(lambda: "EM-2026-0005" in news.text())
    assert "Pas imprimé, mais gardé dans la liste" in news.text()
    assert papers(programmes).sheets.rows()[0].paper.number == "EM-2026-0005"


def test_a_sheet_that_is_undone_once_on_paper_is_to_be_destroyed(
    programmes: Programmes, walk: Walk, save: Saving
) -> None:
    programmes.press(Qt.Key.Key_E, CONTROL | SHIFT)
    save()
    programmes.press(Qt.Key.Key_Z, CONTROL)
    banners = programmes.window.banners
    walk.until(lambda: banners.noticed() is not None)
    notice = banners.noticed()
    assert notice is not None
    assert (
        "Détruisez tout exemplaire imprimé ou enregistré de EM-2026-0005, version 1." in notice.text
    )


def test_two_weeks_from_the_one_in_sight_are_printed_again_as_they_were(
    programmes: Programmes, walk: Walk
) -> None:
    programmes.page.go_to(date(2026, 3, 23))
    programmes.act("programme.sheet-weeks")
    assert "EM-2026-0002" in preview(programmes, walk)
    pane = papers(programmes)
    assert len(pane.sheets.rows()) == 4


def test_enter_shows_a_sheet_again_as_it_was_printed(programmes: Programmes, walk: Walk) -> None:
    pane = papers(programmes)
    pane.take_focus()
    programmes.press(Qt.Key.Key_End)
    programmes.press(Qt.Key.Key_Return)
    assert "EM-2026-0001" in preview(programmes, walk)


def test_a_half_day_to_check_opens_its_presences(programmes: Programmes) -> None:
    pane = papers(programmes)
    programmes.page.go_to(date(2026, 3, 9))
    pane.checks.setFocus()
    programmes.press(Qt.Key.Key_Return)
    shown = programmes.page.pane
    assert isinstance(shown, PresencesPane) and shown.isVisible()
    assert shown.bar.title.text().endswith("avril 2026")


def test_the_month_of_each_is_stated_then_sent(programmes: Programmes, walk: Walk) -> None:
    pane = papers(programmes)
    assert pane.months.currentText() == "Mars 2026"
    pane.month_button.click()
    assert "États de présence, mars 2026" in preview(programmes, walk)
    pane.send_button.click()
    strip = pane.sending
    walk.until(strip.act_button.isEnabled)
    assert strip.month.currentText() == "Mars 2026" and strip.month.hasFocus()
    assert strip.told.text().startswith("Mars 2026 : 188 présences ne changeront plus")
    assert not locked(programmes), "nothing is locked before it is answered"
    programmes.press(Qt.Key.Key_Return)
    walk.until(lambda: "présences envoyées" in programmes.told)
    assert locked(programmes) == 188 and not strip.isVisible()
    programmes.press(Qt.Key.Key_Z, CONTROL)
    walk.until(lambda: not locked(programmes))


def test_the_button_of_two_weeks_says_from_when(programmes: Programmes, walk: Walk) -> None:
    pane = papers(programmes)
    monday = programmes.page.papers.first_monday()
    assert monday is not None
    assert pane.weeks_button.text() == f"Deux semaines, du {monday.day} avr."
    programmes.page.show_tab("Semaine")
    programmes.press(Qt.Key.Key_PageDown)
    pane = papers(programmes)
    later = monday + timedelta(weeks=1)
    assert pane.weeks_button.text() == f"Deux semaines, du {later.day} avr."


def test_what_is_asked_about_a_group_goes_when_another_is_shown(
    programmes: Programmes, walk: Walk
) -> None:
    pane = papers(programmes)
    pane.send_button.click()
    walk.until(pane.sending.act_button.isEnabled)
    programmes.choose_group("Talence")
    assert not pane.sending.isVisible()
    programmes.choose_group("Bordeaux")
    programmes.page.show_tab("Papiers")
    programmes.wait()
    pane.ask_missing(next(each for each in pane.sheets.rows() if each.signed_on is not None))
    assert pane.missing.isVisible()
    programmes.choose_group("Talence")
    assert not pane.missing.isVisible()


def test_no_sheet_of_a_group_is_left_in_sight_of_another(programmes: Programmes) -> None:
    pane = papers(programmes)
    pane.take_focus()
    assert pane.table.hasFocus()
    seen: list[tuple[int, str]] = []
    pane.meetings.currentTextChanged.connect(
        lambda _words: seen.append((len(pane.sheets.rows()), pane.sent_told.text()))
    )
    programmes.choose_group("Talence")
    assert set(seen) == {(0, "")}, "the séances are those of Talence, whose sheets are not read yet"
    shown = pane.table if pane.sheets.rows() else pane.cycle_button
    assert shown.hasFocus(), "the keyboard stays with the papers"


def test_beside_its_month_it_is_told_whether_it_was_sent_since_when_and_what_that_locks(
    programmes: Programmes, walk: Walk
) -> None:
    pane = papers(programmes)
    assert pane.sent_told.text() == "Pas encore envoyé : ses présences changent librement."
    pane.send_button.click()
    walk.until(pane.sending.act_button.isEnabled)
    programmes.press(Qt.Key.Key_Return)
    walk.until(lambda: pane.sent_told.text().startswith("Envoyé le "))
    assert pane.sent_told.isVisible()
    assert pane.sent_told.text().endswith("ses 188 présences ne changent plus sans motif.")
    pane.months.setCurrentIndex(pane.months.findText("Avril 2026"))
    assert pane.sent_told.text().startswith("Pas encore envoyé")
    pane.months.setCurrentIndex(pane.months.findText("Mars 2026"))
    programmes.press(Qt.Key.Key_Z, CONTROL)
    walk.until(lambda: pane.sent_told.text().startswith("Pas encore envoyé"))


def test_a_month_that_cannot_be_sent_says_why_before_it_is_asked(
    programmes: Programmes, walk: Walk
) -> None:
    pane = papers(programmes)
    pane.months.setCurrentIndex(pane.months.findText("Avril 2026"))
    pane.send_button.click()
    walk.until(lambda: "n’est pas fini" in pane.sending.problem.text())
    programmes.press(Qt.Key.Key_Return)
    assert not pane.sending.act_button.isEnabled() and not locked(programmes)
    programmes.press(Qt.Key.Key_Escape)
    assert not pane.sending.isVisible()


def locked(programmes: Programmes) -> int:
    """How many presences were sent."""
    store = programmes.window.jobs.store
    assert store is not None
    with store.read() as session:
        sent = sa.select(sa.func.count()).where(m.Attendance.locked_at.is_not(None))
        return session.scalar(sent) or 0


def test_a_signature_that_is_missing_is_told_in_a_few_keys_and_found_again(
    programmes: Programmes, walk: Walk
) -> None:
    pane = papers(programmes)
    pane.take_focus()
    programmes.press(Qt.Key.Key_M)
    assert "notez d’abord qu’elle est revenue" in programmes.told
    programmes.press(Qt.Key.Key_Down)
    assert pane.sheets.rows()[1].signed_on is not None
    programmes.press(Qt.Key.Key_M)
    strip = pane.missing
    assert strip.who.hasFocus() and pane.sheets.rows()[1].paper.number in strip.heading.text()
    programmes.type("Koffi")
    programmes.press(Qt.Key.Key_Return)
    walk.until(lambda: any(each.kind is GapKind.MISSING for each in pane.gaps.rows()))
    assert "Koffi N’Guessan" in programmes.told and "signature manquante" in programmes.told
    assert strip.isVisible(), "it waits for the next"
    programmes.press(Qt.Key.Key_Escape)
    place = [each.kind for each in pane.gaps.rows()].index(GapKind.MISSING)
    assert pane.gaps.rows()[place].names == "Koffi N’Guessan"
    pane.checks.setFocus()
    pane.checks.put_current(pane.gaps.rows()[place].id, anew=False)
    programmes.press(Qt.Key.Key_Space)
    walk.until(lambda: not any(each.kind is GapKind.MISSING for each in pane.gaps.rows()))
    assert "a signé" in programmes.told
    programmes.press(Qt.Key.Key_Z, CONTROL)
    walk.until(lambda: any(each.kind is GapKind.MISSING for each in pane.gaps.rows()))


def test_a_certificate_is_made_for_one(programmes: Programmes, walk: Walk) -> None:
    pane = papers(programmes)
    pane.people.setCurrentIndex(3)
    pane.certificate_button.click()
    assert "Attestation de présence" in preview(programmes, walk)


def test_a_seance_has_its_sheet_and_its_road_map(programmes: Programmes, walk: Walk) -> None:
    programmes.go_to("Visite d’un plateau technique")
    programmes.act("programme.sheet-meeting")
    assert "Émargement, le 21 avril 2026" in preview(programmes, walk)
    programmes.act("programme.road-map")
    assert "Feuille de route" in preview(programmes, walk)


def test_the_sheet_of_a_seance_is_a_button_of_its_panel(
    programmes: Programmes, save: Saving
) -> None:
    visit = programmes.go_to("Visite d’un plateau technique")
    programmes.press(Qt.Key.Key_Return)
    panel = programmes.page.beside.panel
    QTest.mouseClick(panel.sheet, Qt.MouseButton.LeftButton)
    save()
    assert newest(programmes).request.meeting_id == visit.id


def test_the_sheet_of_a_seance_is_a_key_of_the_week(programmes: Programmes, save: Saving) -> None:
    visit = programmes.go_to("Visite d’un plateau technique")
    programmes.press(Qt.Key.Key_L, CONTROL | SHIFT)
    save()
    assert newest(programmes).request.meeting_id == visit.id


def test_the_papers_offer_the_sheet_of_a_seance_the_next_one_first(
    programmes: Programmes, walk: Walk, save: Saving
) -> None:
    pane = papers(programmes)
    assert pane.meetings.currentText().startswith("mar. 21 avr. matin · Mon pitch")
    wanted = programmes.meeting("Visite d’un plateau technique")
    pane.meetings.setFocus()
    pane.meetings.setCurrentIndex(pane.meetings.findData(wanted.id))
    QTest.mouseClick(pane.meeting_button, Qt.MouseButton.LeftButton)
    save()
    assert newest(programmes).request.meeting_id == wanted.id
    assert pane.meetings.currentData() == wanted.id, "what was chosen stays"
    programmes.press(Qt.Key.Key_L, CONTROL | SHIFT)
    assert "EM-2026-0005" in preview(programmes, walk)


def newest(programmes: Programmes) -> AttendancePaper:
    pane = papers(programmes)
    return pane.sheets.rows()[0].paper


def test_the_calendar_of_the_group_is_saved(
    programmes: Programmes, walk: Walk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "groupe.ics"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_asked, **_more: (str(path), "Calendrier (*.ics)")
    )
    programmes.act("programme.calendar")
    walk.until(path.exists)
    assert len(Calendar.from_ical(path.read_bytes()).walk("VEVENT")) == 74


def test_the_keyboard_stays_in_the_papers_of_a_group_that_has_none(programmes: Programmes) -> None:
    page = programmes.page
    assert page.programme is not None and page.programme.cohort is not None
    full = page.programme.cohort.name
    new_group(programmes, "14/9")
    assert page.programme.cohort is not None
    empty = page.programme.cohort.name
    pane = papers(programmes)
    narrow = pane.people.width()
    programmes.choose_group(full)
    assert pane.people.width() == pane.people.sizeHint().width() > narrow
    assert pane.isAncestorOf(programmes.focus)
    pane.table.setFocus()
    programmes.choose_group(empty)
    assert pane.isAncestorOf(programmes.focus) and not pane.table.isVisible()


def test_the_keyboard_follows_a_click_on_a_tab(programmes: Programmes) -> None:
    page = programmes.page
    page.draw_button.setFocus()
    for place in range(page.tabs.count() - 1, -1, -1):
        middle = page.tabs.tabRect(place).center()
        QTest.mouseClick(page.tabs, Qt.MouseButton.LeftButton, pos=middle)
        programmes.wait()
        assert page.pane.isAncestorOf(programmes.focus), page.tabs.tabText(place)
        page.draw_button.setFocus()
