"""A colleague saves: it is seen, and nothing of what one does moves. How soon is measured by the
benchmark `server-live`."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.acts import Act, Changes
from connexion_desktop.domain.person_commands import NewAction, NewNote
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui.pages.group.page import GroupPage
from connexion_desktop.ui.pages.people import PeoplePage
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.ui.pages.person.feed_model import ITEM, SIGNED
from connexion_desktop.usecases import notes
from tests import factories as make
from tests import servers
from tests.factories import TODAY, days

from .window import Workstation

Sign = Callable[..., Act]
MANY = 60


@pytest.fixture
def people(colleague: ServerDatabase, sign: Sign) -> list[UUID]:
    """A full list, and one person with a long feed."""
    with colleague.write(sign("Groupe")) as session:
        group = make.cohort(session)
        found = [
            make.participant(session, group, f"Prénom{number:02}", "Diallo")[0]
            for number in range(MANY)
        ]
        for number in range(MANY):
            make.note(session, found[0], days(-number), f"Note {number}")
    return found


def lines(feed: QAbstractItemView) -> list[str]:
    model = feed.model()
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    return [str(row.data(Qt.ItemDataRole.AccessibleTextRole)) for row in rows]


def saves(store: ServerDatabase, sign: Sign, person: UUID, text: str) -> None:
    with store.write(sign("Note ajoutée")) as session:
        make.note(session, person, TODAY, text)


def test_a_note_of_a_colleague_appears_while_one_types_and_moves_nothing(
    workstation: Workstation, people: list[UUID], colleague: ServerDatabase, sign: Sign
) -> None:
    workstation.open()
    workstation.window.go("person", PersonTarget(people[0], tuple(people)))
    workstation.wait()
    page = workstation.window.current_page()
    assert isinstance(page, PersonPage)
    feed, area = page.journal.feed, page.journal.writer.area
    workstation.qtbot.keyClicks(area, "Elle cherche un stage")
    area.setFocus()
    for _ in range(7):
        workstation.qtbot.keyClick(area, Qt.Key.Key_Left)
    feed.verticalScrollBar().setValue(feed.verticalScrollBar().maximum() // 2)
    workstation.wait()
    QApplication.processEvents()
    read = feed.indexAt(QPoint(20, 40)).data(Qt.ItemDataRole.AccessibleTextRole)
    cursor = area.textCursor().position()
    saves(colleague, sign, people[0], "Rappelée par Karim.")
    workstation.until(lambda: any("Rappelée" in line for line in lines(feed)))
    workstation.wait()
    QApplication.processEvents()
    assert feed.indexAt(QPoint(20, 40)).data(Qt.ItemDataRole.AccessibleTextRole) == read
    assert area.toPlainText() == "Elle cherche un stage"
    assert area.textCursor().position() == cursor
    assert area.hasFocus()


def test_the_list_of_people_keeps_its_place_and_its_choice(
    workstation: Workstation, people: list[UUID], colleague: ServerDatabase, sign: Sign
) -> None:
    workstation.open()
    workstation.window.go("people")
    workstation.wait()
    page = workstation.window.current_page()
    assert isinstance(page, PeoplePage)
    table = page.table
    workstation.until(lambda: page.model.rowCount() == MANY)
    table.setCurrentIndex(page.model.index(40, 0))
    QApplication.processEvents()
    current, scroll = table.current(), table.verticalScrollBar().value()
    assert scroll
    with colleague.write(sign("Nouvelle personne")) as session:
        make.person(session, "Zoé", "Zidane")
    workstation.until(lambda: page.model.rowCount() == MANY + 1)
    assert (table.current(), table.verticalScrollBar().value()) == (current, scroll)


def test_the_group_keeps_the_chosen_card(
    workstation: Workstation, people: list[UUID], colleague: ServerDatabase, sign: Sign
) -> None:
    workstation.open()
    page = workstation.window.current_page()
    assert isinstance(page, GroupPage)
    workstation.until(lambda: page.model.rowCount() == MANY)
    page.cards.setCurrentIndex(page.model.index(30, 0))
    scroll = page.cards.verticalScrollBar().value()
    with colleague.write(sign("Fiche modifiée")) as session:
        person = session.get(m.Person, people[1])
        assert person is not None
        person.given_name = "Awa"
    workstation.until(lambda: any(card.name.startswith("Awa") for card in page.model.cards()))
    assert page.cards.currentIndex().row() in range(29, 32)
    assert page.cards.verticalScrollBar().value() == scroll


def test_a_page_that_is_not_shown_is_read_again_when_it_is(
    workstation: Workstation, people: list[UUID], colleague: ServerDatabase, sign: Sign
) -> None:
    workstation.open()
    workstation.window.go("people")
    workstation.wait()
    page = workstation.window.current_page()
    assert isinstance(page, PeoplePage)
    workstation.window.go("group")
    workstation.wait()
    heard: list[object] = []
    workstation.window.jobs.changed.connect(heard.append)
    with colleague.write(sign("Nouvelle personne")) as session:
        make.person(session, "Zoé", "Zidane")
    workstation.until(lambda: bool(heard))
    workstation.wait()
    assert page.model.rowCount() == MANY
    workstation.window.go("people")
    workstation.until(lambda: page.model.rowCount() == MANY + 1)


def test_a_colleagues_save_does_not_close_what_one_reads(
    workstation: Workstation, people: list[UUID], colleague: ServerDatabase, sign: Sign
) -> None:
    workstation.open()
    workstation.window.banners.notice("Annulé : Note ajoutée")
    heard: list[object] = []
    workstation.window.jobs.changed.connect(heard.append)
    saves(colleague, sign, people[0], "Rappelée.")
    workstation.until(lambda: bool(heard))
    workstation.wait()
    assert workstation.window.banners.noticed() is not None


def test_ones_own_save_is_told_once(
    workstation: Workstation, people: list[UUID], colleague: ServerDatabase, sign: Sign
) -> None:
    workstation.open()
    jobs, page = workstation.window.jobs, workstation.window.current_page()
    assert page is not None
    heard: list[Changes] = []
    jobs.changed.connect(heard.append)
    made: list[UUID] = []

    def act(session: Session) -> UUID:
        return make.note(session, people[0], TODAY, "Mienne")

    jobs.write(page, act, made.append, label="Note ajoutée")
    workstation.until(lambda: bool(made))
    with colleague.write(sign("Note ajoutée")) as session:
        theirs = make.note(session, people[0], TODAY, "D’une collègue, après")
    workstation.until(lambda: any(("note", theirs) in each.rows for each in heard))
    assert [each.elsewhere for each in heard if ("note", made[0]) in each.rows] == [False]


def test_each_line_says_which_colleague_wrote_it(
    workstation: Workstation, colleague: ServerDatabase, sign: Sign
) -> None:
    with colleague.write(sign("Groupe")) as session:
        group = make.led_cohort(session, make.staff(session))
        who, _ = make.participant(session, group, "Awa", "Diallo")
    with colleague.write(sign("Note ajoutée")) as session:
        notes.add(session, NewNote(who, TODAY, "Rappelée ce matin."))
        notes.add(session, NewAction(who, TODAY, "Appeler la crèche"))
    workstation.open(servers.NADIA)
    workstation.window.go("person", PersonTarget(who))
    workstation.wait()
    page = workstation.window.current_page()
    assert isinstance(page, PersonPage)
    feed = page.journal.feed
    workstation.qtbot.keyClicks(page.journal.writer.area, "Elle cherche un stage")
    workstation.qtbot.keyClick(
        page.journal.writer.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    workstation.until(lambda: any("Elle cherche un stage" in line for line in lines(feed)))
    signed = {
        row.data(ITEM).title + row.data(ITEM).text: row.data(SIGNED)
        for row in (feed.model().index(row, 0) for row in range(feed.model().rowCount()))
    }
    assert signed["NoteRappelée ce matin."] == signed["Appeler la crèche"] == "Anne"
    assert signed["NoteElle cherche un stage"] == ""
    (hers,) = [line for line in lines(feed) if "Rappelée" in line]
    (mine,) = [line for line in lines(feed) if "Elle cherche un stage" in line]
    assert "par Anne Martin" in hers and "par Nadia Ferrand" in mine
