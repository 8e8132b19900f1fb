"""Nothing typed is lost, nor goes to somebody else: quick fingers, refusals, closing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from uuid import UUID

import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.feed import FeedKind
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui.pages.person.details import Details
from connexion_desktop.ui.pages.person.project import ProjectPanel

from .office import Office

Two = tuple[UUID, UUID]


def test_what_is_typed_before_the_person_is_read_is_about_that_person(
    office: Office, twelve: Two
) -> None:
    first, second = twelve
    office.open(first, twelve)
    office.page.open(PersonTarget(second, twelve, write=True))
    area = office.page.journal.writer.area
    office.type(area, "Appelé ce matin.")
    office.qtbot.keyClick(area, Qt.Key.Key_Return)
    office.settle()
    assert office.rows(sa.select(m.Note.person_id).where(m.Note.text == "Appelé ce matin.")) == [
        (second,)
    ]


def test_the_first_letters_typed_as_the_page_opens_stay(office: Office, twelve: Two) -> None:
    area = office.page.journal.writer.area
    office.page.open(PersonTarget(twelve[0], twelve, write=True))
    assert area.isVisible()
    assert office.window.focusWidget() is area
    office.type(area, "Vue au ")
    office.settle()
    assert area.toPlainText() == "Vue au "


def test_a_draft_that_comes_back_late_stands_before_what_is_typed(
    office: Office, twelve: Two
) -> None:
    office.open(twelve[0], twelve)
    office.write("Le début", enter=False)
    office.open(twelve[1], twelve)
    office.page.open(PersonTarget(twelve[0], twelve, write=True))
    office.type(office.page.journal.writer.area, "La suite")
    office.settle()
    assert office.page.journal.writer.area.toPlainText() == "Le début\nLa suite"


def test_fields_that_are_still_being_made_are_those_of_the_person_shown(
    office: Office, twelve: Two
) -> None:
    first, second = twelve
    office.open(first, twelve)
    office.page.journal.show_details()
    details = office.page.journal.details
    office.qtbot.waitUntil(lambda: "person.phone" in details.slots)
    assert not details.is_ready
    phone = details.slots["person.phone"].field
    office.page.open(PersonTarget(second, twelve))
    name = details.slots["person.given_name"].field
    office.qtbot.waitUntil(lambda: name.text() == "Koffi")
    assert not details.is_ready
    assert phone.text() == ""
    office.type(phone.editor, "06 39 98 00 77")
    office.qtbot.waitUntil(lambda: details.is_ready)
    office.page.flush()
    office.settle()
    assert office.rows(sa.select(m.Person.phone).where(m.Person.id == second)) == [
        ("06 39 98 00 77",)
    ]
    assert office.rows(sa.select(m.Person.phone).where(m.Person.id == first)) == [
        ("06 39 98 00 11",)
    ]


def test_a_trade_typed_while_the_next_person_is_read_stays_with_its_own(
    office: Office, twelve: Two
) -> None:
    first, second = twelve
    office.open(first, twelve)
    trade = office.page.side.project.trades[1]
    office.page.open(PersonTarget(second, twelve))
    trade.setFocus()
    office.type(trade, "Fleuriste")
    office.settle()
    office.page.flush()
    office.settle()
    query = (
        sa.select(m.Journey.person_id)
        .join(m.ProjectChoice, m.ProjectChoice.journey_id == m.Journey.id)
        .where(m.ProjectChoice.label == "Fleuriste")
    )
    assert office.rows(query) == [(first,)]
    assert office.page.side.project.trades[1].text() == ""


def test_a_field_typed_in_while_the_next_person_is_read_stays_with_its_own(
    office: Office, twelve: Two
) -> None:
    first, second = twelve
    office.open(first, twelve)
    details = _details(office)
    city = details.slots["person.city"].field.editor
    office.page.open(PersonTarget(second, twelve))
    office.type(city, "Cenon")
    office.settle()
    office.page.flush()
    office.settle()
    assert office.rows(sa.select(m.Person.id).where(m.Person.city == "Cenon")) == [(first,)]
    assert details.slots["person.city"].field.text() == ""


def test_a_field_saved_on_leaving_leaves_no_draft_that_would_come_back(
    office: Office, twelve: Two
) -> None:
    first, second = twelve
    office.open(first, twelve)
    office.type(_details(office).slots["person.city"].field.editor, "Cenon")
    office.page.open(PersonTarget(second, twelve))
    office.settle()
    assert office.scalar(sa.select(m.Person.city).where(m.Person.id == first)) == "Cenon"
    assert office.rows(sa.select(m.Draft.key)) == []


def test_what_a_field_refuses_waits_for_the_person_to_come_back(
    office: Office, twelve: Two
) -> None:
    first, second = twelve
    office.open(first, twelve)
    phone = _details(office).slots["person.phone"].field
    office.type(phone.editor, "abc")
    wrong = phone.text()
    office.open(second, twelve)
    office.open(first, twelve)
    office.settle()
    assert _details(office).slots["person.phone"].field.text() == wrong


def test_a_trade_that_is_refused_stays_typed(
    office: Office, twelve: Two, act: Callable[..., Act]
) -> None:
    office.open(twelve[0], twelve)
    panel: ProjectPanel = office.page.side.project
    with office.database.write(act("Parcours retiré")) as session:
        for choice in session.scalars(sa.select(m.Journey)):
            choice.deleted_at = m.utc_now()
    office.type(panel.trades[1], "Fleuriste")
    panel.flush()
    QApplication.processEvents()
    office.settle()
    assert office.failed
    assert panel.trades[1].text() == "Fleuriste"


def broken(office: Office, table: str, what: str) -> None:
    """A base that refuses to write in a table, as no rule of ours foresees."""
    assert isinstance(office.database, Database)
    with closing(office.database.connect()) as connection:
        connection.execute(
            f"CREATE TRIGGER broken BEFORE {what} ON {table}"
            " BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )


def test_a_note_that_a_bug_keeps_from_being_saved_comes_back_in_the_field(
    office: Office, twelve: Two
) -> None:
    office.open(twelve[0], twelve)
    broken(office, "note", "INSERT")
    with capture_exceptions() as caught:
        office.write("Elle a trouvé une place en crèche.")
    writer = office.page.journal.writer
    assert writer.area.toPlainText() == "Elle a trouvé une place en crèche."
    assert "Pas enregistré" in writer.line.text()
    assert len(caught) == 1


def test_a_field_that_a_bug_keeps_from_being_saved_says_so_and_is_saved_later(
    office: Office, twelve: Two
) -> None:
    office.open(twelve[0], twelve)
    field = _details(office).slots["person.city"].field
    broken(office, "person", "UPDATE")
    office.type(field.editor, "Bègles")
    with capture_exceptions() as caught:
        field.flush()
        office.settle()
    assert len(caught) == 1
    assert field.text() == "Bègles"
    assert field.is_dirty()
    assert "Pas enregistré" in field.state.text()
    assert isinstance(office.database, Database)
    with closing(office.database.connect()) as connection:
        connection.execute("DROP TRIGGER broken")
    field.flush()
    office.settle()
    assert not field.is_dirty()
    assert office.scalar(sa.select(m.Person.city).where(m.Person.id == twelve[0])) == "Bègles"


def _details(office: Office) -> Details:
    office.page.journal.show_details()
    office.settle()
    office.qtbot.waitUntil(lambda: office.page.journal.details.is_ready)
    return office.page.journal.details


def test_a_note_deleted_while_it_was_rewritten_leaves_its_text_in_the_field(
    office: Office, twelve: Two, act: Callable[..., Act]
) -> None:
    office.open(twelve[0], twelve)
    note = office.select(FeedKind.NOTE)
    with office.database.write(act("Note retirée ailleurs")) as session:
        session.get_one(m.Note, note.key.id).deleted_at = m.utc_now()
    office.page.journal.feed.rewritten.emit(note.key, "Le nouveau texte")
    office.settle()
    assert office.failed
    assert office.page.journal.writer.area.toPlainText() == "Le nouveau texte"


def test_a_note_refused_once_somebody_else_is_open_waits_as_a_draft(
    office: Office, twelve: Two, act: Callable[..., Act]
) -> None:
    first, second = twelve
    office.open(first, twelve)
    office.write("Une note", enter=False)
    with office.database.write(act("Personne retirée ailleurs")) as session:
        session.get_one(m.Person, first).deleted_at = m.utc_now()
    area = office.page.journal.writer.area
    office.qtbot.keyClick(area, Qt.Key.Key_Return)
    office.page.open(PersonTarget(second, twelve))
    office.settle()
    assert area.toPlainText() == ""
    assert office.failed
    assert office.rows(sa.select(m.Draft.text)) == [("\nUne note",)]
