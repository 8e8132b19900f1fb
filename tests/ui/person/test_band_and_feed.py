"""The band, and the lines of the feed below it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QPoint, Qt

from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.feed import FeedFilter
from connexion_desktop.ui.pages.person.feed_model import ITEM

from ... import factories as make
from ...factories import TODAY, days
from ..office import Office


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
