"""What is written in the one field, and saved with Enter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.feed import FeedKind
from connexion_desktop.ui.pages.person.writing_words import REMINDER

from ... import factories as make
from ...factories import TODAY, days
from ..office import Office


def test_a_note_is_saved_with_enter_and_seen_at_the_top(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    office.write("Va mieux depuis lundi.")
    first = office.items()[0]
    assert (first.title, first.text) == ("Note", "Va mieux depuis lundi.")
    writer = office.page.journal.writer
    assert writer.area.toPlainText() == ""
    assert office.page.journal.feed.current_item() == first
    assert writer.undo.isVisible()
    office.click(writer.undo)
    assert office.titles()[0] == "Entretien, 30 min"
    assert office.told == ["Annulé : Note ajoutée"]


def test_what_is_undone_is_no_longer_said_to_be_saved(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    office.write("Va mieux depuis lundi.")
    writer = office.page.journal.writer
    assert writer.line.text() == "Note enregistrée ·"
    office.page.undone()
    assert (writer.line.text(), writer.undo.isHidden()) == ("", True)


def test_an_action_without_a_date_is_what_comes_next(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[1])
    office.write("action relancer l’entreprise")
    header = office.page.header
    assert header.next_title.text() == "Prochaine action"
    assert header.next_when.text() == "Relancer l’entreprise"


def test_an_action_shows_its_date_before_it_is_saved(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    office.write("action relire le CV vendredi 14h", enter=False)
    writer = office.page.journal.writer
    assert writer.line.text() == "Action · Relire le CV · ven. 24 avril, 14 h"
    assert [chip.isChecked() for chip in writer.chips.values()] == [False, True, False, False]
    assert writer.reminder.text() == REMINDER
    office.key(writer.area, Qt.Key.Key_Return)
    item = office.items()[0]
    assert item.next_act is not None
    assert (item.title, item.next_act.label) == ("Relire le CV", "→ 24 avril, 14 h")


def test_shift_and_enter_goes_to_the_next_line(office: Office, twelve: tuple[UUID, UUID]) -> None:
    office.open(twelve[0])
    office.write("Un", enter=False)
    area = office.page.journal.writer.area
    before = area.height()
    office.key(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    office.type(area, "Deux")
    assert area.toPlainText() == "Un\nDeux"
    assert area.height() > before


def test_alt_and_a_letter_choose_what_is_written(office: Office, twelve: tuple[UUID, UUID]) -> None:
    office.open(twelve[0])
    office.actions.get("person.write.interview").trigger()
    office.write("30 min au bureau : dit oui")
    item = office.items()[0]
    assert (item.title, item.state, item.text) == ("Entretien, 30 min", "Au bureau", "dit oui")


def test_an_absence_marks_the_day(office: Office, twelve: tuple[UUID, UUID]) -> None:
    office.open(twelve[0])
    office.write("absence hier, garde d’enfants")
    absence = next(item for item in office.items() if item.title == "Absence")
    assert (absence.on, absence.state) == (days(-1), "excusée, garde d’enfants")


def test_alt_and_the_letter_of_what_is_chosen_keeps_it(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    for _ in range(2):
        office.actions.get("person.write.action").trigger()
    office.write("appeler la crèche")
    assert office.items()[0].key.kind is FeedKind.ACTION


def test_after_a_save_nothing_stays_chosen(office: Office, twelve: tuple[UUID, UUID]) -> None:
    office.open(twelve[0])
    office.actions.get("person.write.absence").trigger()
    office.write("hier, malade")
    writer = office.page.journal.writer
    assert not any(chip.isChecked() for chip in writer.chips.values())
    assert writer.area.placeholderText() == "Écrire une note…"


def test_an_absence_of_two_days_marks_both_and_is_undone_at_once(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    monday, tuesday = days(-1), TODAY
    office.write(f"absence du {monday:%d/%m} au {tuesday:%d/%m}, malade")

    def marked() -> set[date]:
        mark = m.Attendance
        query = sa.select(mark.on).where(mark.mark == "E", mark.deleted_at.is_(None))
        return {row[0] for row in office.rows(query)}

    assert {monday, tuesday} <= marked()
    office.click(office.page.journal.writer.undo)
    assert not {monday, tuesday} & marked()


def test_a_surprising_day_is_told_in_amber_before_it_is_saved(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    writer = office.page.journal.writer
    for typed, kind, told in (
        ("entretien vu hier", "preview", "Entretien · hier"),
        ("entretien demain 14h", "warning", "Entretien à venir · mer. 22 avril, 14 h"),
        ("action bilan 20/4", "warning", "Action · Bilan · hier · ce jour est déjà passé"),
        (
            "absence demain",
            "warning",
            "Absence · mer. 22 avril, journée · pas de séance mer. 22 avril",
        ),
    ):
        writer.area.setPlainText(typed)
        assert (writer.line.property("kind"), writer.line.text()) == (kind, told)


def test_what_was_being_typed_waits_for_its_person(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    who, other = twelve
    office.open(who, twelve)
    office.write("À finir demain", enter=False)
    office.open(other, twelve)
    area = office.page.journal.writer.area
    assert area.toPlainText() == ""
    office.open(who, twelve)
    assert area.toPlainText() == "À finir demain"
    assert office.page.journal.writer.line.text() == "Votre brouillon est revenu"


def test_what_was_being_typed_survives_closing_the_application(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    office.actions.get("person.write.action").trigger()
    office.write("rappeler la mairie", enter=False)
    page = office.reopened()
    office.open(twelve[0])
    assert page.journal.writer.area.toPlainText() == "rappeler la mairie"
    office.key(page.journal.writer.area, Qt.Key.Key_Return)
    assert office.titles()[0] == "Rappeler la mairie"
    page = office.reopened()
    office.open(twelve[0])
    assert page.journal.writer.area.toPlainText() == ""


def test_what_is_refused_comes_back_with_the_reason(
    office: Office, database: Database, act: Callable[..., Act]
) -> None:
    with database.write(act()) as session:
        who = make.person(session, "Inès", "Roy")
    office.open(who)
    office.write("absence hier")
    writer = office.page.journal.writer
    assert writer.area.toPlainText() == "absence hier"
    assert "aucun groupe" in writer.line.text()


def test_nothing_is_not_saved(office: Office, twelve: tuple[UUID, UUID]) -> None:
    office.open(twelve[0])
    count = len(office.items())
    office.write("   ")
    office.write("action jeudi")
    assert len(office.items()) == count
    assert "ce qu’il faut faire" in office.page.journal.writer.line.text()


def test_ctrl_z_in_the_empty_field_is_left_to_the_window(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    area = office.page.journal.writer.area

    def taken(*more: Qt.KeyboardModifier) -> bool:
        held = Qt.KeyboardModifier.ControlModifier
        for each in more:
            held |= each
        press = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, held)
        press.ignore()
        QApplication.sendEvent(area, press)
        return press.isAccepted()

    shift = Qt.KeyboardModifier.ShiftModifier
    office.write("Va mieux.")
    assert not taken()
    assert not taken(shift)
    office.write("Encore", enter=False)
    assert taken()
    area.undo()
    assert taken(shift)


def test_saving_a_note_moves_nothing_under_the_field(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    office.write("Va mieux depuis lundi.", enter=False)
    writer = office.page.journal.writer
    before = writer.height()
    office.key(writer.area, Qt.Key.Key_Return)
    assert writer.undo.isVisible()
    assert writer.height() == before


def test_enter_too_many_is_no_mistake_and_is_soon_forgotten(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    office.write("")
    writer = office.page.journal.writer
    assert writer.line.text() == "Rien à enregistrer pour l’instant."
    assert writer.line.property("kind") == "small"
    office.page.undone()
    assert writer.line.text() == ""
