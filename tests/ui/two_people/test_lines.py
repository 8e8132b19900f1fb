"""Two people who write one line of the feed again."""

from __future__ import annotations

from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from connexion_desktop import usecases
from connexion_desktop.data import models as m
from connexion_desktop.domain.feed import FeedItem, FeedKind
from connexion_desktop.domain.person_commands import NewNote
from connexion_desktop.ui.pages.person.line_in_place import LineInPlace

from ...factories import days
from ..colleague import nadia
from ..office import Office
from ..walking import LONG
from .bench import ALT

Two = tuple[UUID, UUID]
TEXTS = {
    FeedKind.NOTE: m.Note.text,
    FeedKind.INTERVIEW: m.TalkNote.text,
    FeedKind.ACTION: m.Action.title,
}


def opened(
    office: Office, who: UUID, kind: FeedKind = FeedKind.NOTE
) -> tuple[FeedItem, LineInPlace]:
    """A line being written again."""
    office.open(who)
    item = office.select(kind)
    feed = office.page.journal.feed
    office.key(feed, Qt.Key.Key_F2)
    editor = feed.drawing.editor
    assert editor is not None
    return item, editor


def nadia_writes(office: Office, item: FeedItem, text: str) -> None:
    nadia(office.database, lambda session: usecases.notes.rewrite(session, item.key, text))


def meets(office: Office) -> str:
    """What is said in the line once it is saved."""
    editor = office.page.journal.feed.drawing.editor
    assert editor is not None
    editor.rested.emit()
    office.qtbot.waitUntil(lambda: _conflict(office) is not None, timeout=LONG)
    return str(_conflict(office).words.text())


def _conflict(office: Office):  # type: ignore[no-untyped-def]
    editor = office.page.journal.feed.drawing.editor
    return None if editor is None else editor.conflict


def text_of(office: Office, kind: FeedKind = FeedKind.NOTE) -> object:
    return office.scalar(sa.select(TEXTS[kind]))


@pytest.mark.parametrize("kind", TEXTS)
def test_both_texts_are_seen_and_both_may_be_kept(
    office: Office, twelve: Two, kind: FeedKind
) -> None:
    item, editor = opened(office, twelve[0], kind)
    before = editor.text.toPlainText()
    office.type(editor.text, " Vue à la PMI.")
    nadia_writes(office, item, "Place trouvée à Lormont.")
    said = meets(office)
    assert said.startswith("Nadia Ferrand a changé cette ligne à ")
    assert "« Place trouvée à Lormont. »" in said
    assert editor.text.toPlainText() == f"{before} Vue à la PMI."
    assert str(text_of(office, kind)) == "Place trouvée à Lormont."
    office.click(_conflict(office).both)
    office.settle()
    now = office.select(kind)
    whole = f"{now.title}\n{now.text}" if kind is FeedKind.ACTION else now.text
    assert whole.startswith("Place trouvée à Lormont.")
    assert whole.endswith(f"{before} Vue à la PMI.")


def test_keeping_one_s_own_writes_over_the_other_s(office: Office, twelve: Two) -> None:
    item, editor = opened(office, twelve[0])
    office.type(editor.text, " Dès mai.")
    nadia_writes(office, item, "Autre chose.")
    meets(office)
    office.key(editor.text, Qt.Key.Key_G, ALT)
    office.qtbot.waitUntil(lambda: text_of(office) == f"{item.text} Dès mai.", timeout=LONG)
    office.settle()
    assert _conflict(office) is None
    assert editor.isVisible()


def test_taking_the_other_s_shows_it_and_saves_nothing(office: Office, twelve: Two) -> None:
    item, editor = opened(office, twelve[0])
    office.type(editor.text, " Dès mai.")
    nadia_writes(office, item, "Autre chose.")
    meets(office)
    office.click(_conflict(office).theirs)
    assert editor.text.toPlainText() == "Autre chose."
    office.key(editor.text, Qt.Key.Key_Return)
    authors = office.rows(sa.select(m.AuditLine.author).where(m.AuditLine.field == "text"))
    assert authors == [("Nadia Ferrand",)]


def test_a_line_already_closed_opens_again_with_what_was_typed(office: Office, twelve: Two) -> None:
    item, editor = opened(office, twelve[0])
    office.type(editor.text, " Dès mai.")
    nadia_writes(office, item, "Autre chose.")
    office.key(editor.text, Qt.Key.Key_Return)
    office.qtbot.waitUntil(lambda: _conflict(office) is not None, timeout=LONG)
    again = office.page.journal.feed.drawing.editor
    assert again is not None
    assert again.text.toPlainText() == f"{item.text} Dès mai."
    office.click(_conflict(office).mine)
    office.settle()
    assert text_of(office) == f"{item.text} Dès mai."


def test_the_day_changed_by_one_and_the_text_by_the_other_are_both_kept(
    office: Office, twelve: Two
) -> None:
    who = twelve[0]
    item, editor = opened(office, who)
    office.type(editor.text, " Dès mai.")
    moved = NewNote(who, days(-9), item.text)
    nadia(office.database, lambda session: usecases.notes.correct(session, item.key, moved))
    editor.head.setFocus()
    office.key(editor.head, Qt.Key.Key_Return)
    office.settle()
    assert office.rows(sa.select(m.Note.on, m.Note.text)) == [(days(-9), f"{item.text} Dès mai.")]


def test_pauses_of_one_s_own_typing_are_no_conflict(office: Office, twelve: Two) -> None:
    item, editor = opened(office, twelve[0])
    for word in (" Un.", " Deux.", " Trois."):
        office.type(editor.text, word)
        editor.rested.emit()
    office.settle()
    assert _conflict(office) is None
    assert text_of(office) == f"{item.text} Un. Deux. Trois."
    office.key(editor.text, Qt.Key.Key_Escape)
    assert text_of(office) == item.text


def test_the_page_left_before_one_chose_keeps_what_was_typed_to_be_written(
    office: Office, twelve: Two
) -> None:
    item, editor = opened(office, twelve[0])
    office.type(editor.text, " Dès mai.")
    nadia_writes(office, item, "Autre chose.")
    meets(office)
    office.open(twelve[1], twelve)
    office.open(twelve[0], twelve)
    assert office.page.journal.writer.area.toPlainText() == f"{item.text} Dès mai."
    assert text_of(office) == "Autre chose."


def test_tab_goes_from_the_text_to_the_choice(office: Office, twelve: Two) -> None:
    item, editor = opened(office, twelve[0])
    office.type(editor.text, " Dès mai.")
    nadia_writes(office, item, "Autre chose.")
    meets(office)
    editor.text.setFocus()
    office.qtbot.keyClick(editor.text, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is _conflict(office).mine


def test_spaces_that_a_title_does_not_keep_are_no_conflict_with_oneself(
    office: Office, twelve: Two
) -> None:
    _item, editor = opened(office, twelve[0], FeedKind.ACTION)
    for word in ("  demain", "  matin"):
        office.type(editor.text, word)
        editor.rested.emit()
        office.settle()
    assert _conflict(office) is None
    assert text_of(office, FeedKind.ACTION) == "Appeler l’EHPAD demain matin"
