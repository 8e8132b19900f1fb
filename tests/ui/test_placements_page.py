"""The immersions page, in the real window, on a real base, with real keys and clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QKeyEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from connexion_desktop import usecases
from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.identity import Civility
from connexion_desktop.domain.placement import Party, PlacementState
from connexion_desktop.domain.placement_file import (
    EditPlacement,
    NewPlacement,
    PlacementForm,
    SetTimetable,
)
from connexion_desktop.domain.targets import NewPlacementTarget, PersonTarget
from connexion_desktop.domain.timetable import Slot
from connexion_desktop.domain.typography import typeset
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.file_dialogs import documents
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.page_spec import PageSpec
from connexion_desktop.ui.pages.placements import PlacementsPage
from connexion_desktop.ui.pages.placements.choice_fields import YesNoField
from connexion_desktop.ui.paper_pane import Sheet
from connexion_desktop.usecases import placement_drafts, placement_views, placements, undo
from tests.factories import TODAY, cohort, journey, person
from tests.placement_base import (
    AUTHOR,
    FIRST,
    LAST,
    Office,
    drafted,
    furnished,
    issued,
    new_act,
)

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT, PLAIN = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


def meeting(session: usecases.Session, office: Office) -> None:
    """A collective day of the group, on the first day of the immersion."""
    session.add(
        m.Meeting(
            cohort_id=office.cohort, on=FIRST, start=540, end=1020, kind="workshop", title="CV"
        )
    )


class Elsewhere(Page):
    """A page that notes what it was opened on."""

    name = "person"
    title = "Ailleurs"
    target: object = None

    def open(self, target: object) -> None:
        self.target = target


class Bench:
    """The window on a base, its keyboard and its mouse."""

    def __init__(self, qtbot: QtBot, jobs: Jobs, database: Database, folder: Path) -> None:
        self._qtbot = qtbot
        self.jobs = jobs
        self.database = database
        self.folder = folder
        self.settings = Settings(folder / "reglages.json")
        self._open()

    def reopen(self) -> None:
        """The application, closed and started again."""
        self.page.flush()
        self.settle()
        self.window.finish()
        self.window.deleteLater()
        self._open()

    def _open(self) -> None:
        specs = (
            PageSpec("placements", "Immersions", "briefcase-line", "", self._make),
            PageSpec("person", "Personne", "user-line", "", Elsewhere),
        )
        self.window = MainWindow(specs, self.jobs, lambda: TODAY)
        self.window.seat(AUTHOR)
        self.window.resize(1366, 768)
        with self._qtbot.waitActive(self.window):
            self.window.show()
        self.show()

    def _make(self, desk: Desk) -> PlacementsPage:
        self.page = PlacementsPage(desk, self.settings)
        return self.page

    def show(self, target: object = None) -> None:
        self.window.go("placements", target)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is read, written, drawn or about to be."""
        self.until(self._is_settled)

    def _is_settled(self) -> bool:
        return self.jobs.is_idle and self.page.is_whole

    def until(self, done: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(done, timeout=8000)

    # Keyboard: to whoever has it

    @property
    def focus(self) -> QWidget:
        widget = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        self._qtbot.keyClick(self.focus, key, modifier)

    def type(self, text: str, then: Qt.Key | None = None) -> None:
        self._write(self.focus, text)
        if then is not None:
            self.press(then)

    def _write(self, widget: QWidget, text: str) -> None:
        """Type, accents too: QTest knows none."""
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, PLAIN, letter))

    def pick(self, text: str) -> None:
        """Type in a line where three letters are enough, and take the first thing found."""
        self._write(self.focus, text)
        self.until(lambda: QApplication.activePopupWidget() is not None)
        self.press(Qt.Key.Key_Return)
        self.settle()

    def next_point(self) -> None:
        self.press(Qt.Key.Key_F8)
        QApplication.processEvents()

    # Mouse

    def click(self, widget: QWidget) -> None:
        pos = widget.rect().center()
        if isinstance(widget, QCheckBox):
            pos.setX(10)
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=pos)

    def click_row(self, placement_id: UUID) -> None:
        view = self.page.list.view
        index = self.page.list.model.index_of(placement_id)
        assert index.isValid()
        view.scrollTo(index)
        self._qtbot.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center()
        )
        self.settle()

    def choose(self, title: str) -> None:
        """An act of the menu of the immersion shown."""
        head = (self.page.issued if self.reading else self.page.form).head
        (action,) = [each for each in head._menu.actions() if each.text() == title]
        action.trigger()

    # What is seen

    @property
    def reading(self) -> bool:
        """Whether an issued convention is shown."""
        return self.page.middle.currentWidget() is self.page.issued

    def field(self, name: str) -> QWidget:
        return self.page.form.fields.fields[name].editor

    def put(self, name: str, text: str) -> None:
        """Type in a field, in place of what it holds."""
        editor = self.field(name)
        editor.setFocus()
        self._qtbot.keyClick(editor, Qt.Key.Key_A, CONTROL)
        self._write(editor, text)

    def holds(self, name: str, text: str) -> bool:
        """Whether that is what a field shows."""
        return self.page.form.fields.fields[name].text() == text

    def said(self, name: str) -> list[str]:
        """What the rules say beside a field."""
        return list(self.page.form.fields.fields[name].rules)

    @property
    def checklist(self) -> list[str]:
        return self.page.form.head.checklist.texts()

    def stored(self, placement_id: UUID) -> PlacementForm:
        """What the base holds."""
        self.settle()
        with self.database.read() as session:
            return placement_views.form(session, placement_id, TODAY)


@pytest.fixture
def office(database: Database) -> Office:
    return furnished(database)


@pytest.fixture
def draft(database: Database, office: Office) -> UUID:
    """A draft of which everything is typed."""
    with database.write(new_act()) as session:
        return drafted(session, office)


@pytest.fixture
def blank(database: Database, office: Office) -> UUID:
    """A draft of which nothing is typed."""
    command = NewPlacement(UUID(int=7), office.person, TODAY)
    with database.write(new_act()) as session:
        return placements.create(session, command)


@pytest.fixture
def bench(
    qtbot: QtBot, jobs: Jobs, database: Database, office: Office, tmp_path: Path
) -> Iterator[Bench]:
    made = Bench(qtbot, jobs, database, tmp_path)
    yield made
    made.window.finish()
    made.window.deleteLater()


# From nothing to a paper


def test_a_convention_is_made_and_issued_with_the_keyboard_alone(bench: Bench) -> None:
    assert bench.page.stack.currentWidget() is bench.page.empty
    bench.press(Qt.Key.Key_I, CONTROL | SHIFT)
    bench.pick("dial")
    bench.until(lambda: bench.focus is bench.page.form.host.pick)
    bench.pick("bas")
    bench.until(lambda: bench.focus is bench.field("starts_on"))
    bench.type("18/5/2026", Qt.Key.Key_Return)
    bench.type("22/5", Qt.Key.Key_Return)
    bench.type("9h-12h / 13h-17h", Qt.Key.Key_Return)
    bench.press(Qt.Key.Key_L, ALT)
    bench.next_point()
    bench.press(Qt.Key.Key_Space)
    for text in ("Accompagner les repas", "Voir une journée entière", "Bilan à trois"):
        bench.next_point()
        bench.type(text)
    for _protection in ("ppe", "prevention"):
        bench.next_point()
        bench.press(Qt.Key.Key_Space)
    assert bench.page.form.issue_button.isEnabled(), bench.checklist
    bench.press(Qt.Key.Key_Return, CONTROL)
    bench.press(Qt.Key.Key_Return)
    bench.until(lambda: bench.reading)
    bench.settle()
    assert bench.page.issued.head.number.text() == "PMSMP-2026-0001"
    form = bench.stored(bench.page._current or UUID(int=0))
    assert form.state.state is PlacementState.TO_SIGN
    assert form.paper.period.minutes == 35 * 60
    assert form.paper.host.tutor.name == "Hélène Castagnet"


def test_the_person_s_page_asks_for_an_immersion_and_it_opens(bench: Bench, office: Office) -> None:
    bench.show(NewPlacementTarget(office.person))
    bench.until(lambda: bench.focus is bench.page.form.host.pick)
    assert bench.page.form.head.name.text() == "Aïssatou Diallo"


def test_an_immersion_is_opened_by_its_id(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    other = issued(database, office, starts_on=date(2026, 6, 8), ends_on=date(2026, 6, 12),
                   objectives="Autre but")  # fmt: skip
    bench.show(draft)
    assert bench.page._current == draft
    bench.show(other)
    assert bench.page._current == other
    assert bench.reading


def test_a_name_that_nobody_bears_is_told(bench: Bench) -> None:
    bench.press(Qt.Key.Key_I, CONTROL | SHIFT)
    bench.type("zzz")
    bench.until(bench.page.asking.nobody.isVisible)
    bench.press(Qt.Key.Key_Escape)
    bench.press(Qt.Key.Key_Escape)
    assert not bench.page.is_asking()


def test_an_immersion_that_is_gone_is_told_and_the_list_stays(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.show(UUID(int=404))
    assert "n’existe plus" in bench.window.banners.shown()[0].problem.what
    bench.click_row(draft)
    bench.settle()
    assert bench.page.form.head.name.text() == "Aïssatou Diallo"


def test_asking_for_whom_can_be_given_up(bench: Bench) -> None:
    bench.press(Qt.Key.Key_I, CONTROL | SHIFT)
    bench.press(Qt.Key.Key_Escape)
    assert not bench.page.is_asking()


def test_for_whom_is_asked_alone_and_what_was_open_comes_back(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.press(Qt.Key.Key_I, CONTROL | SHIFT)
    bench.settle()
    assert bench.focus is bench.page.asking.person
    assert not bench.page.list.search.isVisible()
    bench.until(lambda: not sheets(bench))
    assert not bench.page.preview.area.verticalScrollBar().isVisible()
    bench.press(Qt.Key.Key_Escape)
    bench.settle()
    assert bench.page.list.search.isVisible()
    assert bench.page.form.head.name.text() == "Aïssatou Diallo"
    bench.until(lambda: bool(sheets(bench)))


def test_enter_pressed_before_the_answer_takes_the_only_one_found(bench: Bench) -> None:
    bench.press(Qt.Key.Key_I, CONTROL | SHIFT)
    bench.type("dial", Qt.Key.Key_Return)
    bench.until(lambda: bench.focus is bench.page.form.host.pick)
    assert bench.page.form.head.name.text() == "Aïssatou Diallo"


def test_enter_pressed_before_several_answers_drops_them_down(
    bench: Bench, database: Database, office: Office
) -> None:
    with database.write(new_act()) as session:
        journey(session, person(session, "Dior", "Fall"), office.cohort)
    bench.press(Qt.Key.Key_I, CONTROL | SHIFT)
    bench.type("di", Qt.Key.Key_Return)
    bench.until(lambda: len(bench.page.asking.person.offered()) == 2)
    bench.press(Qt.Key.Key_Return)
    bench.until(lambda: bench.focus is bench.page.form.host.pick)


# The accompanying body


def test_another_body_may_accompany_and_then_the_association_again(
    bench: Bench, draft: UUID
) -> None:
    bench.show(draft)
    support = bench.page.form.more.support
    support.setFocus()
    bench.pick("riad")
    assert support.text() == "L’Étoile de Mériadeck"
    assert Party.SUPPORT in bench.stored(draft).paper.parties
    support.setFocus()
    bench.pick("asso")
    assert bench.stored(draft).paper.accompaniment.body is None


# Sundays and nights


def test_a_host_that_works_on_sundays_says_so_on_its_page(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    sunday = FIRST + timedelta(days=6)
    with database.write(new_act()) as session:
        placement_drafts.edit(session, EditPlacement(draft, "ends_on", sunday))
        slots = (Slot(sunday, 540, 720),)
        placement_drafts.set_timetable(session, SetTimetable(draft, slots, None))
    bench.show(draft)
    assert any("dimanche" in line for line in bench.checklist)
    bench.page.form.host.book.unfold()
    bench.page.form._show_whole(bench.field("host.sunday_practice"))
    bench.click(bench.field("host.sunday_practice"))
    bench.settle()
    assert bench.checklist == []


# The host


def test_down_then_enter_adds_the_host_to_the_book(bench: Bench, blank: UUID) -> None:
    bench.show(blank)
    bench.page.form.host.pick.setFocus()
    bench.type("Boulangerie Nouvelle")
    bench.until(lambda: QApplication.activePopupWidget() is not None)
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Return)
    stored = bench.stored(blank)
    assert stored.host is not None and stored.host.name == "Boulangerie Nouvelle"


def test_a_siret_that_gives_no_host_says_why(bench: Bench, blank: UUID) -> None:
    bench.show(blank)
    host = bench.page.form.host
    host.pick.setFocus()
    bench.type("12345678900011")
    below = host.book.geometry()
    bench.until(lambda: host.remark.text() == "La clé de ce SIRET est fausse.")
    assert host.book.geometry() == below, "an error moves nothing"
    bench.press(Qt.Key.Key_Escape)
    assert host.remark.text() == ""


def test_a_host_is_found_by_three_letters_and_brings_its_people(bench: Bench, blank: UUID) -> None:
    bench.show(blank)
    bench.page.form.host.pick.setFocus()
    bench.pick("bas")
    assert bench.field("tutor_name").property("text") == "Hélène Castagnet"
    assert bench.field("host_signatory").property("text") == "Rose Lamy"
    assert "Bègles" in bench.page.form.host.book.summary.text()
    assert "SIRET 213 300 635 00017" in bench.page.form.host.book.summary.text()


def test_a_host_that_is_not_in_the_book_is_added_from_the_form(bench: Bench, blank: UUID) -> None:
    bench.show(blank)
    bench.page.form.host.pick.setFocus()
    bench.pick("Garage du Lac")
    form = bench.stored(blank)
    assert form.host is not None
    assert form.host.name == "Garage du Lac"
    assert bench.page.form.host.book.is_open()


def test_a_wrong_siret_is_told_in_words_as_it_is_typed(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.click(bench.page.form.host.book.toggle)
    bench.put("host.siret", "21330063500018")
    assert bench.said("host.siret") == ["La clé de ce SIRET est fausse."]
    assert "La clé de ce SIRET est fausse." in bench.checklist
    assert not bench.page.form.issue_button.isEnabled()


def test_mending_the_host_mends_the_book(bench: Bench, database: Database, draft: UUID) -> None:
    bench.show(draft)
    bench.click(bench.page.form.host.book.toggle)
    bench.put("host.city", "Bordeaux")
    bench.press(Qt.Key.Key_Return)
    form = bench.stored(draft)
    assert form.host is not None
    assert form.host.city == "Bordeaux"
    assert form.paper.host.body.address.city == "Bordeaux"


def test_numbers_are_shown_in_groups_of_digits_however_they_are_typed(
    bench: Bench, database: Database, office: Office
) -> None:
    with database.write(new_act()) as session:
        session.get_one(m.Organisation, office.host).phone = "0536490200"
    made = issued(database, office)
    with database.write(new_act()) as session:
        placements.revise(session, made)
    bench.show(made)
    bench.page.form.host.book.unfold()
    assert bench.holds("host.siret", "213 300 635 00017")
    assert bench.holds("host.phone", "05 36 49 02 00")
    bench.put("host.siret", "21330063500017")
    assert bench.page.form.head.notice.text() == "Rien n’a encore changé depuis la version émise."
    bench.put("host.phone", "0536490299")
    bench.put("tutor_phone", "05.36.49.02.98")
    bench.press(Qt.Key.Key_Tab)
    bench.until(lambda: bench.holds("host.phone", "05 36 49 02 99"))
    bench.until(lambda: bench.holds("tutor_phone", "05 36 49 02 98"))
    host = bench.stored(made).host
    assert host is not None
    assert (host.siret, host.details["phone"]) == ("21330063500017", "05 36 49 02 99")


def test_escape_gives_the_host_back(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    pick = bench.page.form.host.pick
    pick.setFocus()
    bench.type("zzz")
    bench.until(lambda: QApplication.activePopupWidget() is not None)
    bench.press(Qt.Key.Key_Escape)
    bench.press(Qt.Key.Key_Escape)
    assert pick.text() == "Résidence des Bassins"


# Dates, hours, rules as one types


def test_a_period_over_a_month_is_told_as_it_is_typed_and_before_it_is_saved(
    bench: Bench, draft: UUID
) -> None:
    bench.show(draft)
    bench.put("ends_on", "19/6/2026")
    assert "dépasse un mois" in bench.said("ends_on")[0]
    legal = bench.page.form.period.legal.text()
    assert legal.startswith(typeset("Dernier jour possible : 17 juin 2026"))
    bench.put("ends_on", "17/6/2026")
    assert bench.said("ends_on") == []


def test_what_the_rules_find_as_one_types_moves_no_field(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    monday = bench.page.form.timetable.week_lines[0]
    bench.put("ends_on", "22/5/2026")
    bench.page.form.area.ensureWidgetVisible(monday)
    QApplication.processEvents()

    def places() -> list[QPoint]:
        hours = [line.line for line in bench.page.form.timetable.week_lines]
        seen = [bench.field("tutor_name"), bench.field("ends_on"), *hours]
        return [each.mapTo(bench.page, QPoint()) for each in seen]

    before = places()
    bench.put("ends_on", "19/6/2026")
    monday.line.setFocus()
    bench.type("9h-8", Qt.Key.Key_Return)
    QApplication.processEvents()
    assert bench.said("ends_on") and monday.has_problem()
    assert places() == before


def test_what_is_missing_is_calm_and_what_is_wrong_is_red(bench: Bench, blank: UUID) -> None:
    bench.show(blank)
    assert bench.checklist == ["14 points à compléter"]
    assert bench.page.form.fields.fields["tasks"].state.text() == "à compléter"
    assert not bench.said("tasks")
    bench.put("tasks", "Accueillir")
    assert bench.page.form.fields.fields["tasks"].state.text() == ""
    assert bench.checklist == ["13 points à compléter"]


def test_a_line_of_the_checklist_goes_to_its_field(bench: Bench, blank: UUID) -> None:
    bench.show(blank)
    checklist = bench.page.form.head.checklist
    bench.click(checklist.line_at(0))
    line = checklist.texts().index("Les objectifs précis de l’immersion sont à écrire.")
    bench.click(checklist.line_at(line))
    assert bench.focus is bench.field("objectives")


def test_what_concerns_the_person_opens_their_page(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    with database.write(new_act()) as session:
        session.get_one(m.Person, office.person).birth_date = None
    bench.show(draft)
    assert "naissance" in bench.page.form.person.remark.text()
    checklist = bench.page.form.head.checklist
    bench.click(checklist.line_at(0))
    bench.click(checklist.line_at(1))
    page = bench.window.current_page()
    assert isinstance(page, Elsewhere)
    assert page.target == PersonTarget(office.person, field="person.birth_date")


def test_a_new_person_is_completed_without_leaving_the_form(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    with database.write(new_act()) as session:
        who = session.get_one(m.Person, office.person)
        who.nationality = who.address = who.birth_city = who.birth_place = None
        for contact in session.scalars(select(m.PersonContact)):
            contact.deleted_at = contact.created_at
    bench.show(draft)
    record = bench.page.form.person.record
    assert record.summary.text() == "5 mentions à compléter"
    checklist = bench.page.form.head.checklist
    bench.click(checklist.line_at(0))
    bench.click(checklist.line_at(checklist.texts().index("Le lieu de naissance est à saisir.")))
    assert bench.focus is bench.field("person.birth_city")
    bench.type("Conakry")
    combo = bench.field("person.nationality")
    assert isinstance(combo, QComboBox)
    combo.setFocus()
    bench.press(Qt.Key.Key_F)
    bench.put("person.address", "4 allée des Tilleuls")
    bench.put("emergency.name", "Mariama Diallo")
    bench.put("emergency.phone", "06 39 98 00 12")
    bench.press(Qt.Key.Key_Tab)
    assert bench.page.form.issue_button.isEnabled()
    assert record.summary.text() == "Identité, adresse, personne à prévenir"
    stored = bench.stored(draft)
    assert stored.findings == ()
    assert stored.paper.beneficiary.emergency.phone == "06 39 98 00 12"


def test_a_birth_name_that_is_not_known_is_asked_and_said_to_be_the_same_in_one_click(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    with database.write(new_act()) as session:
        session.get_one(m.Person, office.person).birth_name = None
    bench.show(draft)
    assert not bench.page.form.issue_button.isEnabled()
    same = bench.page.form.person.same_name
    assert same.isVisible()
    bench.click(same)
    assert not same.isVisible()
    assert bench.stored(draft).paper.beneficiary.birth_name == "Diallo"
    assert bench.page.form.issue_button.isEnabled()


def test_the_civility_is_chosen_in_the_form_and_the_paper_ticks_it(
    bench: Bench, draft: UUID
) -> None:
    bench.show(draft)
    bench.page.form.person.record.unfold()
    bench.field("person.civility").setFocus()
    bench.press(Qt.Key.Key_Down)
    assert bench.stored(draft).paper.beneficiary.civility is Civility.MRS


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
    timetable = bench.page.form.timetable
    assert timetable.total.text() == "35 h, 5 jours de présence"
    monday = timetable.week_lines[0].line
    monday.setFocus()
    monday.selectAll()
    bench.type("9h-12h30 / 13h30-17h")
    assert timetable.week_lines[0].total.text() == "7 h"
    monday.selectAll()
    bench.type("9h-13h")
    assert timetable.total.text() == "32 h, 5 jours de présence"
    bench.click(timetable.as_monday)
    assert timetable.total.text() == "20 h, 5 jours de présence"
    assert bench.stored(draft).paper.period.minutes == 20 * 60


def test_hours_that_cannot_be_read_come_back_when_the_application_is_reopened(
    bench: Bench, draft: UUID
) -> None:
    bench.show(draft)
    tuesday = bench.page.form.timetable.week_lines[1].line
    tuesday.setFocus()
    tuesday.selectAll()
    bench.type("le matin")
    for _start in range(2):
        bench.reopen()
        bench.show(draft)
        line = bench.page.form.timetable.week_lines[1]
        assert line.line.text() == "le matin"
        assert "n’est pas compris" in line.problem.text()
        bench.put("starts_on", "31/02")
    bench.reopen()
    bench.show(draft)
    assert bench.page.form.timetable.week_lines[1].line.text() == "le matin"
    assert bench.holds("starts_on", "31/02")


def test_a_day_is_mended_alone_and_stays_so(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    timetable = bench.page.form.timetable
    bench.click(timetable.days_tab)
    assert len(timetable.day_lines) == 5
    line = timetable.day_lines[FIRST].line
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
    monday, tuesday, *_others = bench.page.form.timetable.week_lines
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
    other = issued(database, office, starts_on=date(2026, 6, 8), ends_on=date(2026, 6, 12),
                   objectives="Autre but")  # fmt: skip
    bench.show(draft)
    tuesday = bench.page.form.timetable.week_lines[1]
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
    timetable = bench.page.form.timetable
    assert "jour collectif" in timetable.remark.text()
    bench.click(timetable.free)
    assert timetable.total.text() == "28 h, 4 jours de présence"
    assert bench.page.form.issue_button.isEnabled()
    assert bench.stored(draft).paper.period.minutes == 28 * 60


# Nothing typed is lost


def test_what_is_being_typed_is_saved_when_another_immersion_is_chosen(
    bench: Bench, database: Database, office: Office, draft: UUID, blank: UUID
) -> None:
    bench.show(draft)
    bench.put("objectives", "Voir aussi une nuit")
    bench.click_row(blank)
    assert bench.stored(draft).values["objectives"] == "Voir aussi une nuit"
    assert bench.stored(blank).values["objectives"] is None
    assert bench.field("objectives").property("plainText") == ""


def test_a_date_that_cannot_be_read_comes_back_where_it_was_typed(
    bench: Bench, draft: UUID, blank: UUID
) -> None:
    bench.show(draft)
    bench.put("ends_on", "32/13")
    bench.click_row(blank)
    assert bench.field("ends_on").property("text") == ""
    bench.click_row(draft)
    bench.until(lambda: bench.field("ends_on").property("text") == "32/13")
    assert bench.stored(draft).values["ends_on"] == LAST


def test_what_is_being_typed_is_saved_on_leaving_the_page(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.put("evaluation", "Carnet de bord")
    bench.window.go("person", None)
    assert bench.stored(draft).values["evaluation"] == "Carnet de bord"


def test_an_undone_edit_is_seen_at_once(bench: Bench, database: Database, draft: UUID) -> None:
    bench.show(draft)
    bench.put("trade", "Cuisinière")
    bench.press(Qt.Key.Key_Return)
    bench.settle()
    with database.write(new_act()) as session:
        step = undo.undo_last(session, AUTHOR)
        assert step is not None
        assert step.text == "Métier : immersion modifiée · Aïssatou Diallo"
    bench.until(lambda: bench.field("trade").property("text") == "Aide-soignante")


def test_a_suggested_trade_is_the_one_of_the_project(
    bench: Bench, database: Database, office: Office, blank: UUID
) -> None:
    with database.write(new_act()) as session:
        session.add(m.ProjectChoice(journey_id=office.journey, rank=1, label="Aide-soignante"))
    bench.show(blank)
    assert bench.page.form.purpose._trades.stringList()[0] == "Aide-soignante"


def test_no_protection_is_an_answer(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    ppe = bench.page.form.fields.fields["ppe"]
    bench.click(ppe.yes)  # type: ignore[attr-defined]
    bench.type("Chaussures prêtées", Qt.Key.Key_Return)
    assert bench.stored(draft).values["ppe"] == "Chaussures prêtées"
    bench.click(ppe.no)  # type: ignore[attr-defined]
    assert bench.stored(draft).values["ppe"] == ""


def test_a_draft_is_thrown_away_after_a_question(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.choose("Supprimer le brouillon")
    bench.press(Qt.Key.Key_Return)
    bench.until(lambda: bench.page.stack.currentWidget() is bench.page.empty)


# Issuing


def test_issuing_is_refused_while_something_blocks_and_says_what(bench: Bench, blank: UUID) -> None:
    bench.show(blank)
    assert not bench.page.form.issue_button.isEnabled()
    assert "La structure d’accueil est à choisir." in bench.page.form.issue_button.toolTip()
    bench.press(Qt.Key.Key_Return, CONTROL)
    assert bench.page.form.head.confirm.isHidden()


def test_a_warning_asks_for_a_reason_before_issuing(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    with database.write(new_act()) as session:
        meeting(session, office)
    bench.show(draft)
    bench.click(bench.page.form.issue_button)
    confirm = bench.page.form.head.confirm
    assert not confirm.yes.isEnabled()
    bench.press(Qt.Key.Key_Return)
    assert not confirm.isHidden()
    bench.type("Vu avec le groupe", Qt.Key.Key_Return)
    bench.until(lambda: bench.reading)
    assert bench.stored(draft).editions[0].reason == "Vu avec le groupe"


def test_an_issued_convention_is_read_not_typed(
    bench: Bench, database: Database, office: Office
) -> None:
    made = issued(database, office)
    bench.show(made)
    assert bench.reading
    fields = [each for each in bench.page.issued.findChildren(QLineEdit) if each.isVisible()]
    assert fields == []
    shown = [each.text() for each in bench.page.issued.findChildren(QLabel) if each.isVisible()]
    assert "Résidence des Bassins" in shown
    assert "du 18 au 22 mai 2026" in shown


def test_signatures_are_noted_one_by_one(bench: Bench, database: Database, office: Office) -> None:
    made = issued(database, office)
    bench.show(made)
    boxes = bench.page.issued.signatures.boxes
    for party in (Party.BENEFICIARY, Party.HOST, Party.PRESCRIBER):
        boxes[party].setFocus()
        bench.press(Qt.Key.Key_Space)
        bench.settle()
        assert bench.focus is boxes[party]
    assert bench.page.issued.head.badge.text() == "signée"
    assert bench.page.issued.revise.isHidden()
    form = bench.stored(made)
    assert [each.signed_on for each in form.signatures] == [TODAY] * 3


def test_a_signature_is_never_of_tomorrow(bench: Bench, database: Database, office: Office) -> None:
    made = issued(database, office)
    bench.show(made)
    bench.click(bench.page.issued.signatures.boxes[Party.HOST])
    bench.settle()
    day = bench.page.issued.signatures.days[Party.HOST]
    day.setFocus()
    day.selectAll()
    bench.type(f"{TODAY + timedelta(days=1):%d/%m/%Y}", Qt.Key.Key_Return)
    assert "à venir" in bench.page.issued.signatures.problem.text()
    assert bench.stored(made).signatures[1].signed_on == TODAY


def test_a_convention_is_cancelled_in_place_with_its_reason(
    bench: Bench, database: Database, office: Office
) -> None:
    made = issued(database, office)
    bench.show(made)
    bench.choose("Annuler la convention…")
    bench.type("Fermeture de la structure", Qt.Key.Key_Return)
    bench.until(lambda: bench.page.issued.head.badge.text() == "annulée")
    assert bench.page.issued.head.notice.text() == "Raison : Fermeture de la structure"


def test_a_new_version_says_what_it_changes_and_can_be_given_up(
    bench: Bench, database: Database, office: Office
) -> None:
    made = issued(database, office)
    bench.show(made)
    bench.click(bench.page.issued.signatures.boxes[Party.BENEFICIARY])
    bench.settle()
    bench.click(bench.page.issued.revise)
    bench.until(lambda: not bench.reading)
    bench.settle()
    assert not bench.page.form.issue_button.isEnabled()
    bench.put("tasks", "Tout autre chose")
    assert bench.page.form.issue_button.isEnabled()
    told = bench.page.form.head.notice.text()
    assert told == ("Change : Activités confiées. Les signatures déjà reçues seront à refaire.")
    bench.choose("Abandonner la modification")
    bench.press(Qt.Key.Key_Return)
    bench.until(lambda: bench.reading)
    assert bench.stored(made).paper.period.tasks == "Accompagner les repas, animer un atelier"


def test_a_former_version_is_seen_beside(bench: Bench, database: Database, office: Office) -> None:
    made = issued(database, office)
    bench.show(made)
    bench.click(bench.page.issued.revise)
    bench.until(lambda: not bench.reading)
    bench.put("tasks", "Tout autre chose")
    bench.settle()
    bench.press(Qt.Key.Key_Return, CONTROL)
    bench.press(Qt.Key.Key_Return)
    bench.until(lambda: bench.reading)
    bench.settle()
    looks = [
        each
        for each in bench.page.issued.versions.findChildren(QPushButton)
        if each.toolTip() == "Voir la version 1 dans l’aperçu"
    ]
    looks[-1].click()
    bench.settle()
    assert bench.page.preview.heading.text() == "Version 1, remplacée"


# The paper beside


def sheets(bench: Bench) -> list[Sheet]:
    return [each for each in bench.page.preview.findChildren(Sheet) if each.isVisibleTo(bench.page)]


def test_the_paper_is_drawn_and_follows_what_is_typed(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.until(lambda: len(sheets(bench)) >= 3)
    bar = bench.page.preview.area.verticalScrollBar()
    bench.until(lambda: bar.maximum() > 40)
    bench.page.form.host.book.unfold()
    before = sheets(bench)[0].pixmap().toImage()
    bench.put("trade", "Cuisinière")
    bar.setValue(40)
    bench.put("host.activity", "Hébergement de jour")
    bench.until(lambda: sheets(bench)[0].pixmap().toImage() != before)
    assert bar.value() == 40


@pytest.mark.parametrize("kind", [("pdf", ".pdf", b"%PDF"), ("word", ".docx", b"PK")])
def test_the_paper_is_saved_under_its_number(
    bench: Bench, office: Office, monkeypatch: pytest.MonkeyPatch, kind: tuple[str, str, bytes]
) -> None:
    act, suffix, start = kind
    bench.show(issued(bench.database, office))
    proposed: list[str] = []

    def ask(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        proposed.append(name)
        return str(bench.folder / Path(name).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    action: QAction = bench.window.actions_.get(f"placements.{act}")
    action.trigger()
    target = bench.folder / f"PMSMP-2026-0001{suffix}"
    bench.until(lambda: target.exists() and bench.jobs.is_idle)
    assert proposed == [str(documents() / target.name)]
    assert target.read_bytes().startswith(start)


def test_a_paper_that_comes_back_during_a_revision_is_noted_as_signed(
    bench: Bench, database: Database, office: Office
) -> None:
    made = issued(database, office)
    with database.write(new_act()) as session:
        placements.revise(session, made)
    bench.show(made)
    assert not bench.reading
    section = bench.page.form.signatures
    assert section is not None
    for party in (Party.BENEFICIARY, Party.HOST):
        bench.click(section.boxes[party])
        bench.settle()
    assert bench.stored(made).revising
    bench.click(section.boxes[Party.PRESCRIBER])
    assert "abandonnée" in section.confirm.words.text()
    bench.press(Qt.Key.Key_Escape)
    assert not section.boxes[Party.PRESCRIBER].isChecked()
    bench.click(section.boxes[Party.PRESCRIBER])
    bench.press(Qt.Key.Key_Return)
    bench.until(lambda: bench.reading)
    stored = bench.stored(made)
    assert stored.stored_state is PlacementState.SIGNED
    assert not stored.revising


def test_a_file_whose_name_was_typed_short_is_not_written_over(
    bench: Bench, draft: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "papier.pdf"
    kept.write_bytes(b"autre chose")
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "papier"), "")
    )
    bench.show(draft)
    bench.page.preview.save_pdf()
    bench.settle()
    assert "existe déjà" in bench.window.banners.shown()[0].problem.what
    assert kept.read_bytes() == b"autre chose"


def test_a_folder_that_cannot_be_written_is_told(bench: Bench, draft: UUID, tmp_path: Path) -> None:
    bench.show(draft)
    bench.page.preview.save_to(tmp_path / "absent" / "papier.pdf")
    bench.until(lambda: bool(bench.window.banners.shown()))
    assert "papier.pdf" in bench.window.banners.shown()[0].problem.what


def test_the_paper_is_printed(
    bench: Bench, draft: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = tmp_path / "imprime.pdf"
    copies: list[int] = []

    def accept(dialog: QPrintDialog) -> int:
        copies.append(dialog.printer().copyCount())
        dialog.printer().setOutputFileName(str(printed))
        return int(QPrintDialog.DialogCode.Accepted.value)

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    with bench.database.write(new_act()) as session:
        for who in session.scalars(select(m.Person)):
            who.birth_date = date(2009, 9, 30)
    bench.show(draft)
    bench.press(Qt.Key.Key_P, CONTROL)
    bench.until(lambda: printed.exists() and bench.jobs.is_idle)
    assert printed.read_bytes().startswith(b"%PDF")
    paper = bench.stored(draft).paper
    assert copies == [len(paper.copies)]
    assert len(paper.parties) == len(paper.copies) + 1


# The list, the panes


def test_the_list_is_sorted_by_what_is_to_be_done_and_searched(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    with database.write(new_act()) as session:
        ida = person(session, "Ida", "Roux")
        journey(session, ida, cohort(session, "Talence · mars 2026"))
        waiting = placements.create(session, NewPlacement(UUID(int=9), ida, TODAY))
    made = issued(database, office, starts_on=date(2026, 6, 8), ends_on=date(2026, 6, 12),
                  objectives="Autre but")  # fmt: skip
    bench.show()
    model = bench.page.list.model
    titles = [model.data(model.index(row)) for row in range(model.rowCount())]
    assert titles[0] == "À compléter"
    assert "À signer" in titles
    assert bench.window.header.subtitle.text() == "2 à compléter · 1 à signer"
    bench.press(Qt.Key.Key_F, CONTROL)
    bench.type("roux", Qt.Key.Key_Return)
    assert model.index_of(waiting).isValid()
    assert not model.index_of(made).isValid()


def test_arrows_skip_the_titles_enter_opens_escape_comes_back(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    made = issued(database, office, starts_on=date(2026, 6, 8), ends_on=date(2026, 6, 12),
                  objectives="Autre but")  # fmt: skip
    bench.show(draft)
    bench.page.list.view.setFocus()
    bench.press(Qt.Key.Key_Down)
    bench.settle()
    assert bench.page._current == made
    bench.press(Qt.Key.Key_Up)
    bench.settle()
    assert bench.page._current == draft
    bench.press(Qt.Key.Key_Return)
    assert bench.page.middle.isAncestorOf(bench.focus)
    bench.press(Qt.Key.Key_Escape)
    assert bench.focus is bench.page.list.view


def test_f6_goes_round_the_three_panes(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.page.list.view.setFocus()
    seen = []
    for _ in range(3):
        bench.press(Qt.Key.Key_F6)
        seen.append(
            next(
                name
                for name, pane in (
                    ("list", bench.page.list),
                    ("form", bench.page.middle),
                    ("paper", bench.page.preview),
                )
                if pane.isAncestorOf(bench.focus)
            )
        )
    assert seen == ["form", "paper", "list"]


def test_large_text_leaves_room_to_type_under_the_checklist(bench: Bench, blank: UUID) -> None:
    bench.window.resize(1024, 700)
    theme.apply(theme.Scheme.LIGHT, 200)
    bench.show(blank)
    form = bench.page.form
    form.head.checklist.unfold(True)
    seen = form.area.visibleRegion
    bench.until(lambda: seen().boundingRect().height() >= bench.page.height() // 3)


@pytest.mark.parametrize(
    ("scale", "width"),
    [(100, 1366), (200, 1366), (100, 1024), (150, 1024), (175, 1024), (200, 1024)],
)
def test_nothing_is_cut_at_the_edge_of_the_form(
    bench: Bench, draft: UUID, office: Office, scale: int, width: int
) -> None:
    bench.window.resize(width, 700)
    theme.apply(theme.Scheme.LIGHT, scale)
    bench.show(draft)
    bench.page.form.person.record.unfold()
    bench.page.form.host.book.unfold()
    bench.page.form.prescriber.folded.unfold()
    bench.page.form.timetable.show_days(True)
    bench.settle()
    made = issued(
        bench.database, office, starts_on=date(2026, 6, 8), ends_on=date(2026, 6, 12),
        objectives="Autre but",
    )  # fmt: skip
    middle = bench.page.middle
    assert middle.mapTo(bench.page, middle.rect().topRight()).x() < bench.page.width()
    form = bench.page.form.area
    assert _held(form).width() <= form.viewport().width()
    bench.show(made)
    summary = bench.page.issued.area
    assert _held(summary).width() <= summary.viewport().width()


def _held(area: QScrollArea) -> QWidget:
    held = area.widget()
    assert held is not None
    return held


@pytest.fixture
def narrow(bench: Bench) -> Bench:
    """The window where there is room for one pane only."""
    bench.window.resize(1024, 700)
    theme.apply(theme.Scheme.LIGHT, 200)
    return bench


def test_where_there_is_no_room_the_list_gives_way_to_the_form_and_comes_back(
    narrow: Bench, draft: UUID
) -> None:
    page = narrow.page
    narrow.show()
    assert page.list.isVisible() and not page.form.isVisible()
    narrow.click_row(draft)
    narrow.until(lambda: page.middle.isAncestorOf(narrow.focus))
    assert page.form.isVisible() and not page.list.isVisible()
    narrow.click(page.back)
    assert page.list.isVisible() and not page.form.isVisible()
    assert narrow.focus is page.list.view
    narrow.press(Qt.Key.Key_Return)
    assert page.middle.isAncestorOf(narrow.focus)
    narrow.press(Qt.Key.Key_Escape)
    assert narrow.focus is page.list.view
    narrow.press(Qt.Key.Key_F, CONTROL)
    assert page.list.search.hasFocus()


def test_an_immersion_opened_by_its_id_takes_the_place_of_the_list(
    narrow: Bench, draft: UUID
) -> None:
    narrow.show(draft)
    assert narrow.page.form.isVisible() and not narrow.page.list.isVisible()
    narrow.until(lambda: narrow.page.middle.isAncestorOf(narrow.focus))


def test_who_types_when_the_window_shrinks_goes_on_typing(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.put("tutor_name", "Ana")
    bench.window.resize(1024, 700)
    theme.apply(theme.Scheme.LIGHT, 200)
    bench.settle()
    assert bench.focus is bench.field("tutor_name")
    assert not bench.page.list.isVisible()
    theme.apply(theme.Scheme.LIGHT, 100)
    bench.settle()
    assert bench.page.list.isVisible() and bench.focus is bench.field("tutor_name")


def test_large_text_shows_the_form_and_the_paper_in_turn(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    theme.apply(theme.Scheme.LIGHT, 200)
    bench.settle()
    assert bench.page.form.isVisible()
    assert not bench.page.preview.isVisible()
    bench.click(bench.page._paper_tab)
    assert bench.page.preview.isVisible()
    assert not bench.page.form.isVisible()
    theme.apply(theme.Scheme.LIGHT, 100)
    bench.settle()
    assert bench.page.preview.isVisible()
    assert bench.page.form.isVisible()


def test_the_width_of_the_panes_is_remembered(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.page.panes.setSizes([250, 600, 380])
    sizes = bench.page.panes.sizes()
    bench.window.go("person", None)
    assert bench.settings.text("placements.panes") == ",".join(map(str, sizes))


# From field to field


PERSON_FIELDS = [
    "Civilité", "Nom de naissance", "Ville de naissance", "Département ou pays", "Nationalité",
    "Adresse du bénéficiaire", "Code postal du bénéficiaire", "Ville du bénéficiaire",
    "Personne à prévenir", "Son téléphone",
]  # fmt: skip
HOST_FIELDS = [
    "SIRET", "Nom", "Forme juridique", "Code APE", "Activité principale", "Convention collective",
    "Adresse", "Code postal", "Ville", "Téléphone", "Courriel",
    "Travaille habituellement le dimanche", "Travaille habituellement la nuit",
]  # fmt: skip
TUTOR_FIELDS = [
    "Nom du tuteur", "Fonction du tuteur", "Téléphone du tuteur", "Courriel du tuteur",
    "Nom du signataire", "Fonction du signataire", "Assurance attestée par la structure",
]  # fmt: skip
ASSOCIATION_FIELDS = [
    "Nom de l’association", "Adresse", "Code postal", "Ville", "SIRET", "Téléphone", "Courriel",
    "Signataire", "Fonction du signataire",
    "Référence de la délégation", "Organisme délégant", "Adresse de l’organisme délégant",
    "Début de la délégation", "Fin de la délégation",
    "Enregistrer la délégation", "C’est une nouvelle délégation",
]  # fmt: skip
OTHER_FIELDS = [
    "Premier jour", "Dernier jour",
    "Horaires, Lundi", "Horaires, Mardi", "Horaires, Mercredi", "Horaires, Jeudi",
    "Horaires, Vendredi", "Horaires, Samedi", "Horaires, Dimanche", "Mardi à vendredi comme lundi",
    "Découvrir un métier ou un secteur d’activité", "Métier", "Filière", "Activités confiées",
    "Une annexe jointe détaille les activités", "Objectifs précis",
    "Comment l’immersion sera évaluée",
    "Non", "Oui", "Mesures de prévention particulières : Lesquelles",
    "Lieu, si ce n’est pas l’adresse de la structure", "Observations",
    "Structure d’accompagnement",
]  # fmt: skip


def name_of(widget: QWidget) -> str:
    """How a field or a button is called."""
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return (widget.accessibleName() or words).replace("&", "")


def walked(bench: Bench, first: QWidget, key: Qt.Key) -> list[str]:
    """What the key goes through in the form, from one of its widgets until it leaves it."""
    first.setFocus()
    names: list[str] = []
    while bench.page.form.area.isAncestorOf(bench.focus) and len(names) < 200:
        names.append(name_of(bench.focus))
        bench.press(key)
    return names


def test_tab_goes_through_the_form_as_it_is_read(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    assert walked(bench, bench.page.form.person.go, Qt.Key.Key_Tab) == [
        "Ouvrir sa fiche", "Compléter", "Situation avant l’immersion", "Conseiller référent",
        "Structure d’accueil", "Modifier la fiche", *TUTOR_FIELDS, *OTHER_FIELDS, "Modifier",
    ]  # fmt: skip
    assert bench.page.preview.isAncestorOf(bench.focus)
    bench.press(Qt.Key.Key_Backtab)
    assert name_of(bench.focus) == "Modifier"


def test_tab_goes_from_the_list_to_the_form_then_to_its_paper(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    assert bench.focus is bench.page.list.view
    bench.press(Qt.Key.Key_Tab)
    assert name_of(bench.focus) == "Émettre"
    bench.press(Qt.Key.Key_Backtab)
    assert bench.focus is bench.page.list.view


def test_tab_goes_through_an_issued_convention_as_it_is_read(
    bench: Bench, database: Database, office: Office
) -> None:
    bench.show(issued(database, office))
    bench.page.issued.revise.setFocus()
    names: list[str] = []
    while bench.page.issued.isAncestorOf(bench.focus) and len(names) < 50:
        names.append(name_of(bench.focus))
        bench.press(Qt.Key.Key_Tab)
    assert names == [
        "Modifier", "Autres actes", "Convention émise",
        "Bénéficiaire", "Structure d’accueil", "Organisme prescripteur",
    ]  # fmt: skip
    assert bench.page.preview.isAncestorOf(bench.focus)


def test_tab_goes_through_the_details_where_they_are_unfolded_and_back(
    bench: Bench, draft: UUID
) -> None:
    bench.show(draft)
    form = bench.page.form
    for details in (form.person.record, form.host.book, form.prescriber.folded):
        bench.click(details.toggle)
    forth = walked(bench, form.person.go, Qt.Key.Key_Tab)
    assert forth == [
        "Ouvrir sa fiche", "Replier", *PERSON_FIELDS,
        "Situation avant l’immersion", "Conseiller référent",
        "Structure d’accueil", "Replier", *HOST_FIELDS, *TUTOR_FIELDS, *OTHER_FIELDS,
        "Replier", *ASSOCIATION_FIELDS,
    ]  # fmt: skip
    back = walked(bench, form.prescriber.delegation.new_button, Qt.Key.Key_Backtab)
    assert back == forth[::-1]


def test_tab_goes_through_each_day_of_the_period(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.press(Qt.Key.Key_J, CONTROL)
    QApplication.processEvents()
    first = bench.field("ends_on")
    assert walked(bench, first, Qt.Key.Key_Tab)[:7] == [
        "Dernier jour", "Horaires, Lun. 18 mai", "Horaires, Mar. 19 mai", "Horaires, Mer. 20 mai",
        "Horaires, Jeu. 21 mai", "Horaires, Ven. 22 mai",
        "Découvrir un métier ou un secteur d’activité",
    ]  # fmt: skip


def test_tab_reaches_every_field_that_is_shown(bench: Bench, blank: UUID) -> None:
    bench.show(blank)
    form = bench.page.form
    for details in (form.person.record, form.host.book, form.prescriber.folded):
        details.unfold()
    names = walked(bench, form.person.go, Qt.Key.Key_Tab)
    kinds: tuple[type[QWidget], ...] = (QLineEdit, QPlainTextEdit, QComboBox, QCheckBox)
    shown = [
        name_of(each)
        for kind in kinds
        for each in form.area.findChildren(kind)
        if each.isVisibleTo(form.area)
    ]
    assert len(shown) > 40
    assert [name for name in shown if name not in names] == []


def test_tab_stops_at_the_answer_that_was_given(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    prevention = bench.page.form.fields.fields["prevention"]
    assert isinstance(prevention, YesNoField)
    bench.click(prevention.no)
    bench.field("evaluation").setFocus()
    bench.press(Qt.Key.Key_Tab)
    bench.press(Qt.Key.Key_Tab)
    assert prevention.no.hasFocus()
    bench.press(Qt.Key.Key_Right)
    bench.press(Qt.Key.Key_Backtab)
    bench.press(Qt.Key.Key_Tab)
    assert prevention.yes.hasFocus()
    bench.press(Qt.Key.Key_Tab)
    assert prevention.line.hasFocus()


def test_prevention_that_says_yes_and_not_what_is_completed_where_it_is_written(
    bench: Bench, draft: UUID
) -> None:
    bench.show(draft)
    prevention = bench.page.form.fields.fields["prevention"]
    assert isinstance(prevention, YesNoField)
    bench.click(prevention.yes)
    prevention.line.clear()
    bench.type(" ")
    bench.until(lambda: bench.checklist == ["1 point à compléter"])
    bench.page.list.view.setFocus()
    bench.next_point()
    assert bench.focus is prevention.line


def test_choosing_a_host_goes_on_to_what_comes_next_and_not_back_up(
    bench: Bench, database: Database, office: Office
) -> None:
    with database.write(new_act()) as session:
        session.get_one(m.Person, office.person).birth_name = None
        made = placements.create(session, NewPlacement(UUID(int=7), office.person, TODAY))
    bench.show(made)
    bench.page.form.host.pick.setFocus()
    bench.pick("bas")
    bench.until(lambda: bench.window.focusWidget() is bench.field("starts_on"))
    assert not bench.page.form.person.record.is_open()


def test_choosing_the_conseiller_when_nothing_is_missing_goes_on_to_the_next_field(
    bench: Bench, draft: UUID
) -> None:
    bench.show(draft)
    staff = bench.page.form.person.staff
    staff.setFocus()
    bench.until(staff.hasSelectedText)
    bench.pick("Paul Vidal")
    bench.until(lambda: bench.window.focusWidget() is bench.page.form.host.pick)
    assert staff.text() == "Paul Vidal"


def test_modifying_an_issued_convention_keeps_the_cursor_in_it(
    bench: Bench, database: Database, office: Office
) -> None:
    bench.show(issued(database, office))
    bench.page.issued.revise.setFocus()
    bench.press(Qt.Key.Key_Space)
    bench.until(lambda: not bench.reading)
    bench.settle()
    QApplication.processEvents()
    assert bench.focus is bench.page.form.host.pick
    bench.choose("Abandonner la modification")
    bench.press(Qt.Key.Key_Return)
    bench.until(lambda: bench.reading)
    QApplication.processEvents()
    assert bench.page.issued.isAncestorOf(bench.focus)


def test_a_question_given_up_gives_the_cursor_back(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.field("tasks").setFocus()
    bench.press(Qt.Key.Key_Return, CONTROL)
    assert bench.focus is bench.page.form.head.confirm.yes
    bench.press(Qt.Key.Key_Escape)
    assert bench.focus is bench.field("tasks")


def test_ctrl_n_prepares_an_immersion_and_the_window_says_so(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    assert "Ctrl+N nouvelle immersion" in bench.window.status.keys.text()
    bench.press(Qt.Key.Key_N, CONTROL)
    assert bench.page.is_asking()


# The association itself


def test_without_a_delegation_one_is_written_in_place(
    bench: Bench, database: Database, draft: UUID
) -> None:
    with database.write(new_act()) as session:
        for row in session.query(m.Delegation):
            row.deleted_at = row.created_at
    bench.show(draft)
    assert "délégation à saisir" in bench.page.form.prescriber.folded.summary.text()
    bench.next_point()
    editor = bench.page.form.prescriber.delegation
    assert bench.focus is editor.reference
    bench.type("DEL-40")
    editor.body.setFocus()
    bench.type("France Travail", Qt.Key.Key_Return)
    bench.until(lambda: not editor.problem.isHidden())
    editor.first.setFocus()
    bench.type("1/1/2026")
    editor.last.setFocus()
    bench.type("31/12/2028")
    bench.click(editor.save_button)
    bench.until(bench.page.form.issue_button.isEnabled)
    assert "DEL-40" in bench.page.form.prescriber.folded.summary.text()


def test_every_field_of_the_form_has_a_name_to_be_read_out(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    kinds: tuple[type[QWidget], ...] = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton)
    shown = [
        each
        for kind in kinds
        for each in bench.page.findChildren(kind)
        if each.isVisibleTo(bench.page) and each.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert len(shown) > 40
    read = [QAccessible.queryAccessibleInterface(each) for each in shown]
    nameless = [each.object() for each in read if each and not each.text(QAccessible.Text.Name)]
    assert nameless == []
