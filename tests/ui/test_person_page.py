"""The page of one person, with real keys and real clicks on a real base."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from connexion_desktop import usecases
from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.person_file import FeedFilter, FeedItem, FeedKind, ProjectState
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.person.feed_model import ITEM
from connexion_desktop.ui.pages.person.line_in_place import LineInPlace
from connexion_desktop.ui.pages.person.writer import REMINDER

from .. import factories as make
from ..factories import TODAY, days
from .office import Office

LEFT = Qt.MouseButton.LeftButton


def test_a_person_opened_shows_who_she_is_and_what_happened(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0], twelve)
    page = office.page
    assert page.header.name.text() == "Aïssatou Diallo"
    assert "06 39 98 00 11" in page.header.facts.text()
    assert page.header.next_when.text() == "jeudi 23 avril"
    assert office.titles()[0] == "Entretien, 30 min"
    assert office.subtitles[-1] == "1 sur 2 · Alt+← Alt+→"
    assert "Aïssatou Diallo" in page.band.accessibleName()


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
            "Absence non excusée · mer. 22 avril, journée · pas de séance mer. 22 avril",
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


def test_space_says_that_an_action_is_done(office: Office, twelve: tuple[UUID, UUID]) -> None:
    office.open(twelve[0])
    office.select(FeedKind.ACTION)
    feed = office.page.journal.feed
    office.key(feed, Qt.Key.Key_Space)
    assert office.select(FeedKind.ACTION).done is True
    office.key(feed, Qt.Key.Key_Space)
    assert office.select(FeedKind.ACTION).done is False
    assert office.told[-1] == "Action à faire · Ctrl+Z pour annuler"


def test_a_click_on_its_disc_ticks_an_action(office: Office, twelve: tuple[UUID, UUID]) -> None:
    office.open(twelve[0])
    feed = office.page.journal.feed
    item = office.select(FeedKind.ACTION)
    row = feed.visualRect(feed.currentIndex())
    disc = QPoint(row.left() + theme.px(2) + _date_width(feed), row.top() + theme.px(18))
    office.click(feed.viewport(), disc)
    assert next(each for each in office.items() if each.key == item.key).done is True


def _date_width(widget: QWidget) -> int:
    return widget.fontMetrics().horizontalAdvance("mer. 30 sept.") + theme.px(10)


def test_f2_rewrites_a_note_in_place_and_it_saves_by_itself(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    note = office.select(FeedKind.NOTE)
    editor = _edit(office)
    office.type(editor, " Dès mai.")
    office.qtbot.waitUntil(lambda: _note_text(office, note).endswith("Dès mai."))
    office.settle()
    assert editor.isVisible()
    office.key(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert office.select(FeedKind.NOTE).text.endswith("Dès mai.")


def test_enter_saves_a_correction_and_shift_enter_goes_to_the_next_line(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    note = office.select(FeedKind.NOTE)
    editor = _edit(office)
    line = _line_in_place(office)
    assert (line.head.text(), line.keys.isVisible()) == (numeric_day(note.on), True)
    assert "Échap" in line.keys.text()
    office.key(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    office.type(editor, "Dès mai.")
    office.key(editor, Qt.Key.Key_Return)
    assert office.select(FeedKind.NOTE).text == f"{note.text}\nDès mai."
    feed = office.page.journal.feed
    assert (feed.is_editing(), feed.hasFocus()) == (False, True)


def test_the_day_of_a_note_is_corrected_in_its_head(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    note = office.select(FeedKind.NOTE)
    _edit(office)
    head = _line_in_place(office).head
    head.clear()
    office.type(head, "31/02")
    office.key(head, Qt.Key.Key_Return)
    assert "n’existe pas" in _line_in_place(office).line.text()
    head.clear()
    office.type(head, "hier")
    office.key(head, Qt.Key.Key_Return)
    assert office.page.journal.feed.current_item() == office.select(FeedKind.NOTE)
    assert (office.select(FeedKind.NOTE).on, _note_text(office, note)) == (days(-1), note.text)


def test_an_absence_is_corrected_by_f2_and_deleted_by_the_key(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    office.write("absence hier, garde d’enfants")
    assert office.select(FeedKind.ATTENDANCE).on == days(-1)
    _edit(office)
    line = _line_in_place(office)
    assert line.head.text() == f"{numeric_day(days(-1))}, garde d’enfants, excusée"
    assert line.head.hasFocus()
    line.head.clear()
    office.type(line.head, "hier matin, santé, non excusée")
    assert line.line.text().startswith("Absence non excusée · hier, matin · santé")
    office.key(line.head, Qt.Key.Key_Return)
    mended = office.select(FeedKind.ATTENDANCE)
    assert (mended.on, mended.state) == (days(-1), "non excusée, santé")
    office.key(office.page.journal.feed, Qt.Key.Key_Delete)
    assert days(-1) not in [item.on for item in office.items() if item.title == "Absence"]
    assert office.told[-1] == "Absence supprimée · Ctrl+Z pour annuler"
    with office.database.write(Act("Anne Martin", "Annulation", m.new_id())) as session:
        usecases.undo.undo_last(session, "Anne Martin")
    office.page.refresh()
    office.settle()
    assert mended in office.items()


def test_a_line_corrected_is_whole_in_sight_even_where_the_page_scrolls(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    theme.apply(theme.Scheme.LIGHT, 200)
    office.open(twelve[0])
    office.select(FeedKind.NOTE)
    _edit(office)
    line = _line_in_place(office)
    office.settle()
    for field in (line.text, line.keys):
        assert field.visibleRegion().boundingRect() == field.rect()


def test_each_line_that_was_written_offers_to_be_corrected_and_deleted(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    feed = office.page.journal.feed
    for kind in (FeedKind.NOTE, FeedKind.ACTION, FeedKind.INTERVIEW, FeedKind.ATTENDANCE):
        menu = feed.menu_for(office.select(kind))
        words = {each.text().partition("\t")[0] for each in menu.actions()}
        assert {"Modifier", "Supprimer"} <= words


def test_a_talk_to_come_is_marked_as_held_and_an_action_as_done(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    office.write("entretien vendredi 14h")
    feed = office.page.journal.feed
    words = [
        [each.text() for each in feed.menu_for(office.select(kind)).actions()]
        for kind in (FeedKind.INTERVIEW, FeedKind.ACTION)
    ]
    assert "Marquer comme tenu" in words[0]
    assert "Marquer comme faite" in words[1]


def test_a_head_left_unreadable_keeps_the_day_and_says_so(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    note = office.select(FeedKind.NOTE)
    _edit(office)
    line = _line_in_place(office)
    line.head.clear()
    office.type(line.head, "un de ces jours")
    office.page.journal.search.setFocus()
    office.settle()
    assert "n’est pas un jour compris" in office.failed[-1].what
    assert office.select(FeedKind.NOTE) == note


def test_what_was_given_up_can_be_taken_again(office: Office, twelve: tuple[UUID, UUID]) -> None:
    office.open(twelve[0])
    note = office.select(FeedKind.NOTE)
    editor = _edit(office)
    office.type(editor, " Trois phrases de plus.")
    office.key(editor, Qt.Key.Key_Escape)
    assert _note_text(office, note) == note.text
    assert office.told[-1] == "Correction abandonnée · Ctrl+Z pour la reprendre"
    with office.database.write(Act("Anne Martin", "Annulation", m.new_id())) as session:
        usecases.undo.undo_last(session, "Anne Martin")
    office.page.refresh()
    office.settle()
    assert office.select(FeedKind.NOTE).text.endswith("Trois phrases de plus.")


def test_escape_gives_back_the_note_as_it_was(office: Office, twelve: tuple[UUID, UUID]) -> None:
    office.open(twelve[0])
    note = office.select(FeedKind.NOTE)
    editor = _edit(office)
    office.type(editor, " Faux.")
    office.qtbot.waitUntil(lambda: _note_text(office, note).endswith("Faux."))
    office.key(editor, Qt.Key.Key_Escape)
    assert _note_text(office, note) == note.text
    assert not office.gone


def test_leaving_the_page_saves_the_note_being_rewritten(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    note = office.select(FeedKind.NOTE)
    office.type(_edit(office), " Vite.")
    office.page.flush()
    office.settle()
    assert _note_text(office, note).endswith("Vite.")


def _edit(office: Office) -> QPlainTextEdit:
    feed = office.page.journal.feed
    feed.setFocus()
    office.key(feed, Qt.Key.Key_F2)
    return next(each for each in feed.findChildren(QPlainTextEdit) if each.isVisible())


def _line_in_place(office: Office) -> LineInPlace:
    found = office.page.journal.feed.findChildren(LineInPlace)
    return next(each for each in found if each.isVisible())


def _note_text(office: Office, note: FeedItem) -> str:
    return str(office.scalar(sa.select(m.Note.text).where(m.Note.id == note.key.id)))


def test_a_note_deleted_is_gone_and_can_be_undone(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    note = office.select(FeedKind.NOTE)
    office.key(office.page.journal.feed, Qt.Key.Key_Delete)
    assert note.key not in [item.key for item in office.items()]
    assert office.told[-1] == "Note supprimée · Ctrl+Z pour annuler"


def test_a_click_on_the_band_selects_the_line_below(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    band = office.page.band
    placed = band.geometry_of_band()
    assert placed is not None
    spot = next(spot for spot in placed.spots if spot.event.label.startswith("dim. 19"))
    office.click(band, spot.rect.center().toPoint())
    item = office.page.journal.feed.current_item()
    assert item is not None
    assert item.title == "Entretien, 30 min"


def test_the_arrows_walk_along_the_band_and_enter_finds_the_line(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    band = office.page.band
    band.setFocus()
    office.key(band, Qt.Key.Key_Home)
    first = band.current_event()
    assert first is not None
    office.key(band, Qt.Key.Key_Right)
    event = band.current_event()
    assert event is not None
    assert event.on > first.on
    assert band.accessibleDescription() == event.label
    office.key(band, Qt.Key.Key_Return)
    item = office.page.journal.feed.current_item()
    assert item is not None
    assert item.key == event.key


def test_the_band_finds_a_line_that_is_not_read_yet(
    office: Office, database: Database, act: Callable[..., Act], twelve: tuple[UUID, UUID]
) -> None:
    who, _ = twelve
    with database.write(act()) as session:
        for _ in range(70):
            make.note(session, who, TODAY)
    office.open(who)
    office.page.journal.narrow(FeedFilter.NOTES)
    office.settle()
    band = office.page.band
    band.setFocus()
    office.key(band, Qt.Key.Key_Home)
    office.key(band, Qt.Key.Key_Return)
    item = office.page.journal.feed.current_item()
    event = band.current_event()
    assert item is not None
    assert event is not None
    assert item.key == event.key


def test_the_feed_is_narrowed_then_shown_whole_again(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    journal = office.page.journal
    menu = journal.filter.menu()
    next(each for each in menu.actions() if each.text() == "Notes").trigger()
    office.settle()
    assert office.titles() == ["Note"]
    journal.search.setFocus()
    office.type(journal.search, "introuvable")
    office.key(journal.search, Qt.Key.Key_Return)
    assert journal.empty.text() == "Rien de tel dans ce parcours."
    office.click(journal.show_all)
    assert len(office.titles()) > 3


def test_searching_does_not_mind_accents(office: Office, twelve: tuple[UUID, UUID]) -> None:
    office.open(twelve[0])
    search = office.page.journal.search
    office.actions.get("person.search").trigger()
    office.type(search, "CRECHE")
    office.key(search, Qt.Key.Key_Return)
    assert office.titles() == ["Note"]


def test_older_lines_are_read_when_one_comes_near_the_end(
    office: Office, database: Database, act: Callable[..., Act], twelve: tuple[UUID, UUID]
) -> None:
    who, _ = twelve
    with database.write(act()) as session:
        for number in range(150):
            make.note(session, who, days(-10 - number))
    office.open(who)
    seen = len(office.items())
    feed = office.page.journal.feed
    office.key(feed, Qt.Key.Key_End)
    feed.scrollToBottom()
    office.settle()
    assert len(office.items()) > seen


def test_a_colleagues_save_does_not_move_what_is_read_nor_typed(
    office: Office, database: Database, act: Callable[..., Act], twelve: tuple[UUID, UUID]
) -> None:
    who, _ = twelve
    with database.write(act()) as session:
        for number in range(50):
            make.note(session, who, days(-10 - number), f"Note {number}\nsuite\nsuite")
    office.open(who)
    office.write("En cours", enter=False)
    feed = office.page.journal.feed
    feed.verticalScrollBar().setValue(400)
    office.settle()
    top = feed.indexAt(QPoint(4, 1))
    seen, at = feed.feed.item(top).key, feed.visualRect(top).top()
    with database.write(act(author="Yves")) as session:
        make.note(session, who, TODAY, "D’un collègue")
    office.settle()
    assert "D’un collègue" in [item.text for item in office.items()]
    row = feed.feed.row_of(seen)
    assert row is not None
    assert feed.visualRect(feed.feed.index(row)).top() == at
    assert office.page.journal.writer.area.toPlainText() == "En cours"


def test_a_long_text_is_folded_then_read_whole(
    office: Office, database: Database, act: Callable[..., Act], twelve: tuple[UUID, UUID]
) -> None:
    who, _ = twelve
    with database.write(act()) as session:
        make.note(session, who, TODAY, "Un mot puis un autre. " * 400)
    office.open(who)
    feed = office.page.journal.feed
    feed.setCurrentIndex(feed.feed.index(0))
    folded = feed.visualRect(feed.feed.index(0)).height()
    office.key(feed, Qt.Key.Key_Right)
    whole = feed.visualRect(feed.feed.index(0)).height()
    assert whole > 5 * folded
    office.key(feed, Qt.Key.Key_Right)
    assert feed.visualRect(feed.feed.index(0)).height() == folded


def test_a_line_with_nothing_more_to_show_offers_nothing(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    feed = office.page.journal.feed
    short = next(row for row in range(feed.feed.rowCount()) if feed.feed.index(row).data(ITEM).text)
    feed.setCurrentIndex(feed.feed.index(short))
    before = feed.visualRect(feed.feed.index(short)).height()
    office.key(feed, Qt.Key.Key_Right)
    assert feed.visualRect(feed.feed.index(short)).height() == before


def test_the_walk_goes_along_the_group_and_escape_comes_back_to_it(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0], twelve)
    office.actions.get("person.next").trigger()
    office.settle()
    assert office.page.header.name.text() == "Koffi N’Guessan"
    assert office.subtitles[-1] == "2 sur 2 · Alt+← Alt+→"
    office.actions.get("person.next").trigger()
    assert office.told[-1] == "C’est la dernière personne."
    office.actions.get("person.previous").trigger()
    office.settle()
    assert office.page.header.name.text() == "Aïssatou Diallo"
    office.key(office.page.journal.feed, Qt.Key.Key_Escape)
    group = office.scalar(sa.select(m.Cohort.id))
    assert office.gone == [("group", group)]


def test_an_alert_leads_to_where_it_is_dealt_with(
    office: Office, database: Database, act: Callable[..., Act], twelve: tuple[UUID, UUID]
) -> None:
    who, _ = twelve
    with database.write(act()) as session:
        stay = make.placement(session, who, "to_sign", days(13), days(17))
        make.flag(session, "person", who)
    office.open(who)
    buttons = {
        each.alert.text: each  # type: ignore[attr-defined]
        for each in office.page.header.badges.findChildren(QAbstractButton)
    }
    office.click(buttons["PMSMP à signer"])
    assert office.gone == [("placements", stay)]
    office.click(buttons["1 valeur à vérifier"])
    details = office.page.journal.details
    office.qtbot.waitUntil(lambda: details.is_ready)
    assert details.isVisible()


def test_the_file_opens_on_the_field_that_a_convention_lacks(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    details = office.page.journal.details
    for who, name in ((twelve[0], "person.birth_date"), (twelve[1], "person.phone")):
        office.page.open(PersonTarget(who, field=name))
        office.qtbot.waitUntil(lambda: details.is_ready)
        office.settle()
        assert office.page.window().focusWidget() is details.slots[name].field.editor


def fiche(office: Office, who: UUID) -> dict[str, QWidget]:
    """The fields of the « Fiche » tab, opened with its shortcut."""
    office.open(who)
    office.actions.get("person.details").trigger()
    details = office.page.journal.details
    office.qtbot.waitUntil(lambda: details.is_ready)
    office.settle()
    return {name: slot.field for name, slot in details.slots.items()}


def test_each_field_of_the_file_saves_by_itself(office: Office, twelve: tuple[UUID, UUID]) -> None:
    fields = fiche(office, twelve[0])
    phone = fields["person.phone"].line  # type: ignore[attr-defined]
    phone.setFocus()
    phone.selectAll()
    office.type(phone, "0639980099")
    office.key(phone, Qt.Key.Key_Return)
    assert office.scalar(sa.select(m.Person.phone).where(m.Person.id == twelve[0])) == (
        "06 39 98 00 99"
    )
    assert phone.text() == "06 39 98 00 99"
    assert "06 39 98 00 99" in office.page.header.facts.text()


def test_a_number_that_cannot_be_is_told_beside_its_field_and_kept(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    fields = fiche(office, twelve[0])
    field = fields["person.phone"]
    line = field.line  # type: ignore[attr-defined]
    line.setFocus()
    line.selectAll()
    editors = [each.editor for each in fields.values()]  # type: ignore[attr-defined]
    places = [each.mapTo(office.page, QPoint()) for each in editors]
    office.type(line, "0639")
    office.key(line, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert [each.mapTo(office.page, QPoint()) for each in editors] == places
    assert "Il manque des chiffres" in field.state.text()  # type: ignore[attr-defined]
    assert office.scalar(sa.select(m.Person.phone).where(m.Person.id == twelve[0])) == (
        "06 39 98 00 11"
    )
    office.reopened()
    again = fiche(office, twelve[0])["person.phone"]
    assert again.line.text() == "0639"  # type: ignore[attr-defined]


def test_what_is_typed_for_one_person_never_goes_to_the_next(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    who, other = twelve
    fields = fiche(office, who)
    line = fields["person.city"].line  # type: ignore[attr-defined]
    line.setFocus()
    office.type(line, "Lormont")
    bad = fields["person.phone"].line  # type: ignore[attr-defined]
    bad.setFocus()
    bad.selectAll()
    office.type(bad, "12")
    office.open(other, twelve)
    office.settle()
    cities = dict(office.rows(sa.select(m.Person.id, m.Person.city)))
    assert (cities[who], cities[other]) == ("Lormont", None)
    assert bad.text() == ""


def _retype(office: Office, line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    office.type(line, text)


def test_a_birth_date_is_never_erased_by_walking_from_one_person_to_another(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0], twelve)
    fields = fiche(office, twelve[0])
    office.open(twelve[0], twelve)
    phone = fields["person.phone"].line  # type: ignore[attr-defined]
    birth = fields["person.birth_date"].field  # type: ignore[attr-defined]
    born = sa.select(m.Person.birth_date).where(m.Person.id == twelve[0])
    _retype(office, phone, "06 12 34")
    office.key(phone, Qt.Key.Key_Tab)
    for typed in ("vers 1988", "1988"):
        _retype(office, birth, typed)
        office.key(birth, Qt.Key.Key_Tab)
    assert office.scalar(born) == date(1988, 1, 1)
    _retype(office, birth, "31/02/1990")
    for walk in ("person.next", "person.previous"):
        office.actions.get(walk).trigger()
        office.settle()
    assert phone.text() == "06 12 34"
    assert birth.text() == "31/02/1990"
    assert fields["person.birth_date"].state.text()  # type: ignore[attr-defined]
    birth.setFocus()
    office.key(birth, Qt.Key.Key_Tab)
    assert office.scalar(born) == date(1988, 1, 1)
    assert birth.text() == "31/02/1990"


def test_a_doubtful_value_is_mended_where_it_stands(
    office: Office, database: Database, act: Callable[..., Act], twelve: tuple[UUID, UUID]
) -> None:
    who, _ = twelve
    with database.write(act()) as session:
        make.flag(session, "person", who)
    fields = fiche(office, who)
    words = [
        label.text()
        for label in office.page.journal.details.findChildren(QWidget)
        if hasattr(label, "text") and "valeur lue" in str(label.text())
    ]
    assert words == ["valeur lue : 31/02/90 · ?"]
    birth = fields["person.birth_date"].field  # type: ignore[attr-defined]
    birth.setFocus()
    office.type(birth, "28/2/1990")
    office.key(birth, Qt.Key.Key_Return)
    office.settle()
    assert office.scalar(sa.select(m.Person.birth_date).where(m.Person.id == who)) == date(
        1990, 2, 28
    )
    assert office.scalar(sa.select(m.DataFlag.mended_on)) == TODAY


def test_the_employer_is_asked_of_an_employee_only(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    fields = fiche(office, twelve[0])
    assert not fields["employer.name"].isVisibleTo(office.page)
    combo = fields["situation.situation"].combo  # type: ignore[attr-defined]
    combo.setCurrentIndex(combo.findData("salarie"))
    combo.activated.emit(combo.currentIndex())
    office.settle()
    assert fields["employer.name"].isVisibleTo(office.page)


def test_a_digit_or_a_click_says_the_level_of_an_obstacle(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    rows = office.page.side.obstacles.rows
    assert [rows.row(row).theme for row in range(rows.count())] == ["mobilite", "famille"]
    rows.setFocus()
    office.key(rows, Qt.Key.Key_Down)
    office.key(rows, Qt.Key.Key_2)
    assert (rows.row(1).entry, rows.row(1).today) == (4, 2)
    marks = rows.marks_rect(0)
    office.click(rows, QPoint(marks.left() + 3, marks.center().y()))
    assert rows.row(0).today == 1
    assert "Se déplace sans difficulté" in rows.tip(0, 1)
    office.key(rows, Qt.Key.Key_0)
    assert rows.row(0).today == 3


def test_the_other_obstacles_are_one_click_away(office: Office, twelve: tuple[UUID, UUID]) -> None:
    office.open(twelve[0])
    panel = office.page.side.obstacles
    assessed = panel.rows.count()
    assert 0 < assessed < 10
    office.click(panel.others)
    assert panel.rows.count() == 10
    assert panel.rows.told(0) == "Logement : non évalué"
    office.open(twelve[1])
    office.open(twelve[0])
    assert panel.rows.count() == assessed


def test_a_family_is_discovered_and_given_its_stars(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    panel = office.page.side.families
    assert panel.counted.text() == "0 découverte sur 1"
    panel.rows.setFocus()
    office.key(panel.rows, Qt.Key.Key_Space)
    assert panel.counted.text() == "1 découverte sur 1"
    office.key(panel.rows, Qt.Key.Key_4)
    assert (panel.rows.row(0).discovered, panel.rows.row(0).interest) == (True, 4)
    panel.menu().actions()[0].trigger()
    office.settle()
    assert panel.counted.text() == "1 découverte sur 2"
    panel.rows.go_to(1)
    office.key(panel.rows, Qt.Key.Key_Delete)
    assert panel.rows.count() == 1


def test_the_trades_are_written_and_confirmed_in_place(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    panel = office.page.side.project
    office.click(panel.badges[0])
    assert panel.badges[0].state() is ProjectState.TO_CONFIRM
    trade = panel.trades[1]
    trade.setFocus()
    office.type(trade, "Agente hôtelière")
    office.key(trade, Qt.Key.Key_Return)
    kept = sa.select(m.ProjectChoice.rank, m.ProjectChoice.label, m.ProjectChoice.state)
    assert sorted(office.rows(kept)) == [
        (1, "Aide-soignante", "to_confirm"),
        (2, "Agente hôtelière", "explore"),
    ]
    assert panel.badges[1].isVisible()


def test_everything_that_takes_the_keyboard_has_a_name(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    fiche(office, twelve[0])
    nameless = [
        widget
        for widget in office.page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisibleTo(office.page)
        and not widget.objectName().startswith("qt_")
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and type(widget).__name__ not in ("QScrollArea", "QTabBar", "Side", "QScrollBar")
    ]
    assert nameless == []


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
@pytest.mark.parametrize("scale", [100, 200])
def test_the_page_is_drawn_at_any_size_in_any_light(
    office: Office, twelve: tuple[UUID, UUID], scheme: theme.Scheme, scale: int
) -> None:
    theme.apply(scheme, scale)
    office.open(twelve[0])
    picture = office.page.grab().toImage()
    inside = QRect(0, 0, picture.width(), picture.height())
    shades = {
        picture.pixelColor(x, y).name()
        for x in range(inside.left(), inside.right(), 7)
        for y in range(inside.top(), inside.bottom(), 7)
    }
    assert len(shades) > 10
    feed = office.page.journal
    assert feed.height() >= theme.px(280)


def test_somebody_gone_is_told_and_nothing_stays_on_the_page(
    office: Office, database: Database, act: Callable[..., Act], twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    with database.write(act()) as session:
        session.get_one(m.Person, twelve[0]).deleted_at = m.utc_now() + timedelta(0)
    office.settle()
    assert "n’est plus dans la base" in office.failed[-1].what
    assert not office.page.header.isVisible()


def test_enter_and_right_do_no_harm_on_a_line_without_text(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    feed = office.page.journal.feed
    model = feed.model()
    bare = [
        model.index(row, 0)
        for row in range(model.rowCount())
        if not feed.feed.item(model.index(row, 0)).text
    ]
    assert bare
    for index in bare:
        feed.setCurrentIndex(index)
        office.key(feed, Qt.Key.Key_Right)
        office.key(feed, Qt.Key.Key_Return)
    assert not office.failed
