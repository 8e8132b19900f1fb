"""The network goes while one works in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt

from connexion_desktop.data import models as m
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.targets import PersonTarget, SettingsSection
from connexion_desktop.system import folders
from connexion_desktop.ui.new_person import NewPersonStrip
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.ui.pages.server.asked import ServerPassword
from connexion_desktop.ui.pages.settings.server import ServerPane
from connexion_desktop.ui.palette import Palette
from connexion_desktop.ui.widgets.bound_field import BoundField
from connexion_desktop.ui.widgets.empty import Empty
from tests import factories as make
from tests.factories import TODAY
from tests.proxy import Proxy

from .window import Workstation

Sign = Callable[..., Act]


@pytest.fixture
def two(colleague: ServerDatabase, sign: Sign) -> tuple[UUID, UUID]:
    """Two people of the group, on the server."""
    with colleague.write(sign("Groupe")) as session:
        group = make.cohort(session)
        first, _ = make.participant(session, group, "Awa", "Diallo")
        second, _ = make.participant(session, group, "Binta", "Traoré")
        make.note(session, first, TODAY, "Vue au café.")
    return first, second


def person_page(workstation: Workstation, person: UUID) -> PersonPage:
    workstation.window.go("person", PersonTarget(person, (person,)))
    workstation.wait()
    page = workstation.window.current_page()
    assert isinstance(page, PersonPage)
    return page


def address_of(workstation: Workstation, who: UUID) -> BoundField:
    details = person_page(workstation, who).journal.details
    workstation.window.actions_.get("person.details").trigger()
    workstation.until(lambda: details.is_ready)
    return details.slots["person.address"].field


def cut(workstation: Workstation, cable: Proxy) -> None:
    cable.refuse()
    workstation.until(lambda: not workstation.window.jobs.answers)


def place(workstation: Workstation) -> str:
    return workstation.window.status.place.text()


def banners(workstation: Workstation) -> list[str]:
    return [str(each.problem) for each in workstation.window.banners.shown()]


def notes(store: ServerDatabase) -> list[str]:
    with store.read() as session:
        return sorted(session.scalars(sa.select(m.Note.text)))


def test_a_note_written_without_network_is_saved_once_it_is_back(
    workstation: Workstation, cable: Proxy, two: tuple[UUID, UUID], colleague: ServerDatabase
) -> None:
    workstation.open()
    page = person_page(workstation, two[0])
    cut(workstation, cable)
    assert place(workstation).startswith("Hors connexion depuis ")
    assert "ce que vous tapez est gardé sur ce poste" in place(workstation)
    writer = page.journal.writer
    writer.area.setFocus()
    workstation.qtbot.keyClicks(writer.area, "Elle cherche un stage")
    workstation.qtbot.keyClick(writer.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    workstation.until(lambda: "1 acte attend" in place(workstation))
    assert writer.area.toPlainText() == "" and writer.line.isVisible()
    assert "s’enregistrera au retour du serveur" in writer.line.text()
    assert page.journal.feed.isVisible()
    assert notes(colleague) == ["Vue au café."]
    cable.accept()
    workstation.until(lambda: len(notes(colleague)) == 2)
    workstation.until(lambda: place(workstation).startswith("Enregistré sur le serveur"))
    assert "Note enregistrée" in writer.line.text()
    assert banners(workstation) == []


def test_a_page_open_before_stays_readable_and_another_says_what_may_be_done(
    workstation: Workstation, cable: Proxy, two: tuple[UUID, UUID]
) -> None:
    workstation.open()
    page = person_page(workstation, two[0])
    workstation.window.go("group")
    workstation.wait()
    cut(workstation, cable)
    workstation.window.go("person")
    assert workstation.window.stack.currentWidget() is page
    workstation.window.go("person", PersonTarget(two[1], two))
    card = workstation.card(Empty)
    assert "Hors connexion" in card.accessibleName()
    assert "base de ce poste" in card.accessibleName()
    workstation.window.go("pilotage")
    assert workstation.window.stack.currentWidget() is card
    workstation.window.go("group")
    assert workstation.window.stack.currentWidget() is not card
    workstation.window.go("person", PersonTarget(two[1], two))
    cable.accept()
    workstation.until(lambda: workstation.window.stack.currentWidget() is page)
    workstation.wait()
    assert page.about() == two[1]
    assert banners(workstation) == []


def found(palette: Palette) -> list[str]:
    """The headings and the titles that are listed."""
    return [row if isinstance(row, str) else row.thing.title for row in palette.list.rows()]


def test_without_network_the_search_finds_what_was_read_before(
    workstation: Workstation, cable: Proxy, two: tuple[UUID, UUID]
) -> None:
    workstation.open()
    workstation.until(lambda: workstation.window.findChild(Palette) is not None)
    workstation.wait()
    cut(workstation, cable)
    workstation.window.actions_.get("search").trigger()
    palette = workstation.window.findChild(Palette)
    assert isinstance(palette, Palette)
    with workstation.qtbot.waitSignal(palette.shown, check_params_cb=lambda told: told == "traor"):
        workstation.qtbot.keyClicks(palette.line, "traor")
    assert "Binta Traoré" in found(palette)
    assert "Hors connexion" in palette.waiting.text() and palette.waiting.isVisible()
    assert "avant la coupure" in palette.waiting.text()
    cable.accept()
    workstation.until(lambda: not palette.waiting.isVisible())


def test_without_network_a_search_that_read_nothing_says_so_and_offers_the_acts(
    workstation: Workstation, cable: Proxy, two: tuple[UUID, UUID]
) -> None:
    workstation.open()
    workstation.wait()
    cut(workstation, cable)
    palette = Palette(workstation.window, workstation.settings)
    with workstation.qtbot.waitSignal(palette.shown):
        palette.toggle()
    assert "ne peut rien trouver" in palette.waiting.text() and palette.waiting.isVisible()
    assert "Nouvelle personne" in found(palette)
    with workstation.qtbot.waitSignal(palette.shown, check_params_cb=lambda told: told == "traor"):
        workstation.qtbot.keyClicks(palette.line, "traor")
    assert "Nouvelle personne" in found(palette)
    cable.accept()
    workstation.until(lambda: "Binta Traoré" in found(palette))
    assert not palette.waiting.isVisible()


def test_what_colleagues_did_meanwhile_is_shown_once_it_is_back(
    workstation: Workstation,
    cable: Proxy,
    two: tuple[UUID, UUID],
    colleague: ServerDatabase,
    sign: Sign,
) -> None:
    workstation.open()
    page = person_page(workstation, two[0])
    cut(workstation, cable)
    with colleague.write(sign("Note ajoutée")) as session:
        make.note(session, two[0], TODAY, "Rappelée par Karim.")
    cable.accept()
    workstation.until(lambda: page.journal.feed.model().rowCount() >= 2)


def test_closing_while_acts_wait_is_asked_twice_and_never_hangs(
    workstation: Workstation, cable: Proxy, two: tuple[UUID, UUID], colleague: ServerDatabase
) -> None:
    workstation.open()
    page = person_page(workstation, two[0])
    cut(workstation, cable)
    writer = page.journal.writer
    workstation.qtbot.keyClicks(writer.area, "Elle cherche un stage")
    workstation.qtbot.keyClick(writer.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    workstation.until(lambda: workstation.window.jobs.waiting == 1)
    workstation.window.close()
    workstation.until(lambda: workstation.window.banners.noticed() is not None)
    asked = workstation.window.banners.noticed()
    assert asked is not None
    assert asked.text.startswith("Un acte attend le serveur.")
    assert workstation.window.isVisible()
    asked.buttons[-1].click()
    workstation.until(lambda: not workstation.window.isVisible())
    assert notes(colleague) == ["Vue au café."]


def test_a_new_person_waits_in_the_strip_that_says_so(
    workstation: Workstation, cable: Proxy, colleague: ServerDatabase
) -> None:
    workstation.open()
    cut(workstation, cable)
    workstation.window.actions_.get("new-person").trigger()
    strip = workstation.window.findChild(NewPersonStrip)
    assert isinstance(strip, NewPersonStrip)
    workstation.qtbot.keyClicks(strip.given, "Chloe")
    workstation.qtbot.keyClicks(strip.family, "Roux")
    workstation.qtbot.keyClick(strip.family, Qt.Key.Key_Return)
    workstation.until(lambda: "déjà connue" in strip.problem.text())
    strip.act_button.click()
    workstation.until(lambda: "dès que le serveur répondra" in strip.problem.text())
    assert strip.given.text() == "Chloe"
    cable.accept()
    workstation.until(lambda: not strip.isVisible())
    with colleague.read() as session:
        assert "Chloe" in set(session.scalars(sa.select(m.Person.given_name)))


def test_a_start_without_network_says_so_with_the_ways_out(
    workstation: Workstation, cable: Proxy
) -> None:
    workstation.know()
    cable.refuse()
    workstation.start()
    workstation.give_password()
    card = workstation.card(ServerPassword)
    workstation.until(lambda: bool(card.banners.shown()))
    assert card.here.isEnabled()


def test_what_is_typed_without_network_on_a_workstation_without_keyring_is_there_the_next_day(
    workstation: Workstation, cable: Proxy, two: tuple[UUID, UUID]
) -> None:
    workstation.open()
    page = person_page(workstation, two[0])
    cut(workstation, cable)
    writer = page.journal.writer
    workstation.qtbot.keyClicks(writer.area, "Elle cherche un stage")
    workstation.window.close()
    workstation.until(lambda: not workstation.window.isVisible())
    workstation.let_go()
    cable.accept()
    workstation.start()
    workstation.give_password()
    workstation.wait_page()
    again = person_page(workstation, two[0])
    workstation.until(lambda: again.journal.writer.area.toPlainText() == "Elle cherche un stage")


def test_a_workstation_that_can_keep_no_draft_says_so(
    workstation: Workstation,
    cable: Proxy,
    two: tuple[UUID, UUID],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = {PurePosixPath("/"): "ext4", PurePosixPath(folders.draft_folder()): "nfs4"}
    monkeypatch.setattr("connexion_desktop.data.shares.mounts", lambda: table)
    workstation.open()
    notice = workstation.window.banners.noticed()
    assert notice is not None and "se perd à la fermeture" in notice.text
    workstation.window.go("settings", SettingsSection.STORAGE)
    workstation.wait()
    pane = workstation.window.findChild(ServerPane)
    assert isinstance(pane, ServerPane)
    workstation.until(lambda: pane.kept.text().startswith("Rien n’est gardé ici"))
    page = person_page(workstation, two[0])
    cut(workstation, cable)
    assert "gardé jusqu’à fermeture" in place(workstation)
    writer = page.journal.writer
    workstation.qtbot.keyClicks(writer.area, "Elle cherche un stage")
    workstation.qtbot.keyClick(writer.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    workstation.until(lambda: workstation.window.jobs.waiting == 1)
    workstation.window.close()
    workstation.until(lambda: workstation.window.banners.noticed() is not None)
    asked = workstation.window.banners.noticed()
    assert asked is not None and "ne peut pas garder" in asked.text


def test_a_save_that_a_frozen_server_makes_long_is_said_under_way(
    workstation: Workstation, cable: Proxy, two: tuple[UUID, UUID]
) -> None:
    workstation.open()
    page = person_page(workstation, two[0])
    assert place(workstation).startswith("Enregistré sur le serveur")
    cable.fall_silent()
    writer = page.journal.writer
    workstation.qtbot.keyClicks(writer.area, "Elle cherche un stage")
    workstation.qtbot.keyClick(writer.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    workstation.until(lambda: place(workstation).startswith("Enregistrement en cours"))


def test_a_field_that_waited_is_not_saved_the_next_day_over_what_a_colleague_wrote_meanwhile(
    workstation: Workstation,
    cable: Proxy,
    two: tuple[UUID, UUID],
    colleague: ServerDatabase,
    sign: Sign,
) -> None:
    workstation.open()
    address = address_of(workstation, two[0])
    cut(workstation, cable)
    address.take_focus()
    workstation.qtbot.keyClicks(address.editor, "12 rue Leupold")
    address.flush()
    workstation.until(lambda: workstation.window.jobs.waiting == 1)
    workstation.let_go()
    with colleague.write(sign("Fiche modifiée")) as session:
        session.get_one(m.Person, two[0]).address = "4 cours Victor Hugo"
    cable.accept()
    workstation.start()
    workstation.give_password()
    workstation.wait_page()
    again = address_of(workstation, two[0])
    workstation.until(lambda: again.text() == "12 rue Leupold")
    again.flush()
    workstation.until(lambda: again.conflict() is not None)
    with colleague.read() as session:
        assert session.get_one(m.Person, two[0]).address == "4 cours Victor Hugo"
