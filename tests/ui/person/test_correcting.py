"""A line of the feed ticked, corrected in place, deleted."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit, QWidget

from connexion_desktop import usecases
from connexion_desktop.data import models as m
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.feed import FeedItem, FeedKind
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.person.line_in_place import LineInPlace

from ...factories import days
from ..office import Office


def test_space_says_that_an_action_is_done(office: Office, twelve: tuple[UUID, UUID]) -> None:
    office.open(twelve[0])
    office.select(FeedKind.ACTION)
    feed = office.page.journal.feed
    office.key(feed, Qt.Key.Key_Space)
    assert office.select(FeedKind.ACTION).done is True
    office.key(feed, Qt.Key.Key_Space)
    assert office.select(FeedKind.ACTION).done is False
    assert office.told[-1] == "Action à faire · Ctrl+Z pour annuler"


def test_what_is_done_with_a_line_is_in_the_menu_of_the_window_too(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    act = {name: office.actions.get(f"person.line-{name}") for name in ("tick", "edit", "delete")}
    office.page.journal.feed.setCurrentIndex(QModelIndex())
    for each in act.values():
        each.trigger()
    assert len(office.told) == 3 and all("Choisissez d’abord" in told for told in office.told)
    office.select(FeedKind.ACTION)
    act["tick"].trigger()
    office.settle()
    assert office.select(FeedKind.ACTION).done is True
    note = office.select(FeedKind.NOTE)
    act["edit"].trigger()
    assert office.page.journal.feed.is_editing()
    office.key(_editor(office), Qt.Key.Key_Escape)
    act["delete"].trigger()
    office.settle()
    assert note.key not in [item.key for item in office.items()]


def test_the_menu_key_opens_the_menu_of_the_line_that_has_the_keyboard(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0])
    feed = office.page.journal.feed
    office.select(FeedKind.NOTE)
    chosen = feed.currentIndex()
    center = feed.rect().center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, center, feed.mapToGlobal(center))
    QApplication.sendEvent(feed, asked)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert feed.currentIndex() == chosen
    assert feed.visualRect(chosen).contains(feed.viewport().mapFromGlobal(menu.pos()))
    menu.close()


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
    assert line.line.text().startswith("Absence · hier, matin · santé")
    office.key(line.head, Qt.Key.Key_Return)
    mended = office.select(FeedKind.ATTENDANCE)
    assert (mended.on, mended.state) == (days(-1), "matin, santé")
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
    return _editor(office)


def _editor(office: Office) -> QPlainTextEdit:
    feed = office.page.journal.feed
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
