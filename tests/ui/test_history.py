"""The history of a record, read and put back in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from connexion_desktop.domain.person_fields import EditField
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.ui.pages.person.history import HistorySheet
from connexion_desktop.usecases import person_details

from .names import unnamed
from .walking import Walk


class Record:
    """The first person's page, and the sheet of its history."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        walk.go("person")
        page = walk.window.current_page()
        assert isinstance(page, PersonPage)
        self.page = page

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

    def open(self) -> HistorySheet:
        held = Qt.KeyboardModifier.ControlModifier
        QTest.keyClick(self._walk.window, Qt.Key.Key_H, held)
        self._walk.wait()
        self._walk.until(self.sheet.isVisible)
        return self.sheet

    def told(self) -> str:
        return "\n".join(label.text() for label in self.sheet.findChildren(QLabel))

    def wait(self) -> None:
        self._walk.wait()


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
    assert "06 39 98 00 99" in record.told()
    sheet.close()
