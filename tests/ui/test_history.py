"""The history of a record, read and put back in the real window."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from connexion_desktop.domain.equipment import NewEquipment
from connexion_desktop.domain.feed import FeedKey
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.person_commands import NewNote
from connexion_desktop.domain.person_fields import EditField
from connexion_desktop.ui.history_sheet import HistorySheet, show_history
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.ui.slices import Slices
from connexion_desktop.usecases import deletions, loans, notes, person_details

from .names import unnamed
from .walking import Walk


class Record:
    """The first person's page, and the sheet of its history."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        walk.go("person")
        page = walk.window.current_page()
        assert isinstance(page, PersonPage)
        self.page, self.window = page, walk.window

    @property
    def sheet(self) -> HistorySheet:
        return self._walk.window.findChildren(HistorySheet)[-1]

    def edit(self, name: str, value: str | None) -> None:
        who = self.page.about()
        assert who is not None
        command = EditField(who, name, value, self.page.desk.today())
        self.page.desk.jobs.write(
            self.page, lambda session: person_details.edit(session, command), label="Fiche modifiée"
        )
        self._walk.wait()

    def write(self, text: str) -> None:
        """Write a note, which has the keyboard then."""
        who = self.page.about()
        assert who is not None
        today = self.page.desk.today()
        keys: list[FeedKey] = []
        self.page.desk.jobs.write(
            self.page,
            lambda session: notes.add_note(session, NewNote(who, today, text)),
            keys.append,
            label="Note ajoutée",
        )
        self._walk.until(lambda: bool(keys) and self.page.journal.feed.show_key(keys[0]))

    def rewrite(self, text: str) -> None:
        item = self.page.journal.feed.current_item()
        assert item is not None
        self.page.journal.feed.rewritten.emit(item.key, text)
        self._walk.wait()

    def open(self) -> HistorySheet:
        held = Qt.KeyboardModifier.ControlModifier
        QTest.keyClick(self.window, Qt.Key.Key_H, held)
        self.until_open()
        return self.sheet

    def until_open(self) -> None:
        self._walk.until(lambda: bool(self.window.findChildren(HistorySheet)))
        self._walk.until(self.sheet.isVisible)

    def told(self) -> str:
        return "\n".join(label.text() for label in self.sheet.findChildren(QLabel))

    def until_told(self, text: str) -> None:
        self._walk.until(lambda: text in self.told() and is_built(self.sheet))

    def wait(self) -> None:
        self._walk.wait()
        if self.window.findChildren(HistorySheet):
            self._walk.until(lambda: is_built(self.sheet))


def is_built(sheet: HistorySheet) -> bool:
    """Whether all that was read is in sight."""
    return not sheet.findChildren(Slices)


@pytest.fixture
def record(walk: Walk) -> Record:
    return Record(walk)


def test_a_record_that_nobody_changed_says_so(record: Record) -> None:
    sheet = record.open()
    assert "Rien n’a été modifié" in record.told()
    sheet.close()


def test_what_was_changed_is_read_and_put_back(record: Record) -> None:
    record.edit("person.city", "Talence")
    sheet = record.open()
    assert "Ville : Bordeaux → Talence" in record.told()
    assert not unnamed(sheet)
    QTest.mouseClick(sheet.buttons_back[0], Qt.MouseButton.LeftButton)
    record.wait()
    assert "Ville : Talence → Bordeaux" in record.told()
    assert "Bordeaux" in record.page.header.facts.text()
    sheet.close()


def test_a_change_made_meanwhile_comes_in_by_itself(record: Record) -> None:
    sheet = record.open()
    record.edit("person.phone", "0639980099")
    record.until_told("06 39 98 00 99")
    sheet.close()


def test_a_whole_record_goes_back_by_one_button(record: Record) -> None:
    record.edit("person.city", "Talence")
    record.edit("person.phone", "0639980099")
    sheet = record.open()
    assert len(sheet.versions) == 1  # the last act is the present
    QTest.mouseClick(sheet.versions[0], Qt.MouseButton.LeftButton)
    record.wait()
    assert "Téléphone : 06 39 98 00 99 →" in record.told()
    assert "Retour à une version" in record.told()
    sheet.close()


def test_a_line_of_the_feed_has_its_history(record: Record) -> None:
    record.write("Vue au café.")
    record.rewrite("Vue au café, contente.")
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(record.window, Qt.Key.Key_H, held)
    record.until_open()
    assert "→ Vue au café, contente." in record.told()
    assert record.sheet.windowTitle() == "Historique de la note"
    record.sheet.close()


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("people", "Historique de la fiche"),
        ("groups", "Historique du groupe"),
        ("group", "Historique du groupe"),
        ("equipment", "Historique du matériel"),
        ("placements", "Historique de l’immersion"),
    ],
)
def test_ctrl_h_shows_the_history_of_what_has_the_keyboard(
    walk: Walk, page: str, title: str
) -> None:
    walk.go(page)
    QTest.keyClick(walk.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    walk.until(lambda: any(each.isVisible() for each in walk.window.findChildren(HistorySheet)))
    sheet = walk.window.findChildren(HistorySheet)[-1]
    assert sheet.windowTitle() == title
    sheet.close()


def test_the_host_of_an_immersion_has_its_history(walk: Walk) -> None:
    walk.go("placements")
    walk.wait()
    walk.window.actions_.get("placements.host_history").trigger()
    walk.until(lambda: any(each.isVisible() for each in walk.window.findChildren(HistorySheet)))
    sheet = walk.window.findChildren(HistorySheet)[-1]
    assert sheet.windowTitle() == "Historique de la structure"
    sheet.close()


def test_a_history_left_open_is_closed_by_the_discreet_mode(walk: Walk) -> None:
    walk.go("group")
    QTest.keyClick(walk.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    walk.until(lambda: any(each.isVisible() for each in walk.window.findChildren(HistorySheet)))
    walk.go("person")
    walk.window.actions_.get("discreet").trigger()
    walk.until(lambda: not walk.window.findChildren(HistorySheet))
    walk.window.actions_.get("discreet").trigger()


def test_a_history_asked_for_just_before_the_discreet_mode_is_not_shown_in_it(walk: Walk) -> None:
    walk.go("person")
    walk.window.go("group")
    walk.wait()
    walk.window.actions_.get("history").trigger()
    walk.window.go("person")
    walk.window.actions_.get("discreet").trigger()
    assert walk.window.discreet_about is not None
    walk.wait()
    QApplication.processEvents()
    walk.wait()
    assert not [each for each in walk.window.findChildren(HistorySheet) if each.isVisible()]
    walk.window.actions_.get("discreet").trigger()


def test_what_was_typed_is_never_read_as_html(record: Record) -> None:
    record.edit("person.city", "<img src=x><b>Talence</b>")
    record.edit("person.phone", "0639980099")
    record.edit("person.city", "Bègles")
    sheet = record.open()
    assert "<img src=x><b>Talence</b>" in record.told()
    tips = "".join(each.toolTip() for each in sheet.buttons_back)
    assert "&lt;img" in tips
    assert "<img" not in tips
    sheet.close()


def test_a_record_deleted_meanwhile_is_said_in_its_open_history_and_read_again_once_back(
    walk: Walk,
) -> None:
    walk.go("equipment")
    page = walk.window.current_page()
    assert page is not None
    command = NewEquipment(uuid4(), "PC-ESSAI")
    ref = RecordRef("equipment", command.id)
    page.desk.jobs.write(page, lambda session: loans.add(session, command), label="Nouveau")
    walk.wait()
    show_history(page.desk, page, ref)
    walk.until(lambda: any(each.isVisible() for each in page.findChildren(HistorySheet)))
    (sheet,) = page.findChildren(HistorySheet)
    page.desk.jobs.write(page, lambda session: deletions.delete(session, ref), label="Supprimé")
    walk.until(lambda: bool(sheet.banners.shown()))
    assert sheet.banners.shown()[0].problem.what == "Cette fiche n’est plus dans la base."
    assert sheet.isVisible()
    assert sheet.body.count() == 0
    walk.window.actions_.get("undo").trigger()
    walk.until(lambda: not sheet.banners.shown() and is_built(sheet))
    assert sheet.body.count() > 0
    sheet.close()


def test_the_history_of_what_is_gone_already_says_so_in_its_own_window(walk: Walk) -> None:
    walk.go("equipment")
    page = walk.window.current_page()
    assert page is not None
    show_history(page.desk, page, RecordRef("equipment", uuid4()))
    (sheet,) = page.findChildren(HistorySheet)
    walk.until(sheet.isVisible)
    assert [each.problem.safe for each in sheet.banners.shown()] == ["Rien n’a changé."]
    assert sheet.close_button.hasFocus()
    sheet.close()


def test_ctrl_z_undoes_from_the_sheet_itself(record: Record) -> None:
    record.edit("person.city", "Talence")
    sheet = record.open()
    QTest.mouseClick(sheet.buttons_back[0], Qt.MouseButton.LeftButton)
    record.wait()
    assert "Ville : Talence → Bordeaux" in record.told()
    sheet.activateWindow()
    QTest.keyClick(sheet, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    record.until_told("Annulation : Retour en arrière")
    sheet.close()
