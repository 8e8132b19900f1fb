"""What each role is offered and told: never an act that cannot be done, nor « nothing » for
« reserved »."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QModelIndex, Qt

from connexion_desktop.data import models as m
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.servers import NewUser, Role
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui.new_person import NewPersonStrip
from connexion_desktop.ui.pages.group.model import STEPS, Column
from connexion_desktop.ui.pages.group.page import GroupPage
from connexion_desktop.ui.pages.people import PeoplePage
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.ui.pages.pilotage import PilotagePage
from connexion_desktop.ui.pages.placements.page import PlacementsPage
from connexion_desktop.ui.pages.today import TodayPage
from connexion_desktop.ui.widgets.empty import Empty
from connexion_desktop.usecases import server_team
from tests import factories as make
from tests import servers
from tests.factories import TODAY, days

from .window import Workstation

Sign = Callable[..., Act]
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def nadias_group(colleague: ServerDatabase, sign: Sign) -> UUID:
    """A group of Nadia's, with Awa in it."""
    with colleague.write(sign("Groupe")) as session:
        nadia = session.scalar(sa.select(m.Staff.id).where(m.Staff.login == "n.ferrand"))
        return make.cohort(session, conseiller_id=nadia)


@pytest.fixture
def awa(colleague: ServerDatabase, sign: Sign, nadias_group: UUID) -> UUID:
    with colleague.write(sign("Groupe")) as session:
        who, _ = make.participant(session, nadias_group, "Awa", "Diallo")
        session.get_one(m.Person, who).met_on = TODAY
        return who


def titles(workstation: Workstation) -> list[str]:
    actions = workstation.window.actions_
    return [
        entry.action.text()
        for menu in actions.menus()
        for entry in actions.entries(menu)
        if entry.action.isEnabled()
    ]


def test_the_secretariat_is_offered_no_note_talk_nor_absence(
    workstation: Workstation, awa: UUID
) -> None:
    workstation.open(servers.SOLENE)
    window = workstation.window
    for place, target in (("group", None), ("people", None), ("person", PersonTarget(awa))):
        window.go(place, target)
        workstation.wait()
        assert not window.header.note.isVisible()
        assert not [title for title in titles(workstation) if title.startswith("Écrire")]
    page = window.current_page()
    assert isinstance(page, PersonPage)
    for key, held in ((Qt.Key.Key_N, CONTROL), (Qt.Key.Key_N, ALT), (Qt.Key.Key_B, ALT)):
        workstation.qtbot.keyClick(window, key, held)
    assert not page.journal.writer.area.hasFocus()


def test_who_asks_to_write_where_it_is_reserved_is_told_so(
    workstation: Workstation, awa: UUID
) -> None:
    workstation.open(servers.SOLENE)
    window = workstation.window
    window.go("person", PersonTarget(awa, write=True))
    workstation.wait()
    page = window.current_page()
    assert isinstance(page, PersonPage)
    page.note()
    assert "réservés au conseiller" in window.status.news.text()
    assert not page.journal.writer.area.hasFocus()


def test_the_conseiller_is_offered_all_of_them(workstation: Workstation, awa: UUID) -> None:
    workstation.open(servers.NADIA)
    window = workstation.window
    window.go("person", PersonTarget(awa))
    workstation.wait()
    assert window.header.note.isVisible()
    assert "Écrire un entretien" in titles(workstation)


def test_what_is_reserved_is_not_shown_as_absent(workstation: Workstation, awa: UUID) -> None:
    workstation.open(servers.SOLENE)
    window = workstation.window
    page = window.current_page()
    assert isinstance(page, GroupPage)
    model = page.model
    told = str(model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    for absent in ("Pas encore", "à explorer", "à choisir", "aucun contact"):
        assert absent not in told
    assert "réservé au conseiller" in told
    board = model.board
    assert board is not None
    assert not [each for each in board.counters() if "contact" in each.label]
    assert [step.label for step in board.cards[0].steps] == ["Immersion"]
    window.go("person", PersonTarget(awa))
    workstation.wait()
    person = window.current_page()
    assert isinstance(person, PersonPage)
    assert person.header.next_when.text() == "réservée au conseiller"
    person.journal.show_details()
    workstation.until(lambda: person.journal.details.is_ready)
    assert not person.journal.details.slots["social.resources"].isVisible()
    assert person.journal.details.slots["person.city"].isVisibleTo(person)


def test_the_direction_is_told_that_it_sees_figures_and_opens_no_file(
    workstation: Workstation, awa: UUID
) -> None:
    workstation.open(servers.HELENE)
    window = workstation.window
    for place in ("today", "group", "people", "placements"):
        window.go(place)
        workstation.wait()
        page = window.current_page()
        assert isinstance(page, TodayPage | GroupPage | PeoplePage | PlacementsPage)
        assert isinstance(page.empty, Empty)
        assert page.empty.isVisible()
        assert "La direction voit des chiffres" in page.empty.accessibleName()
    window.go("pilotage")
    workstation.wait()
    figures = window.current_page()
    assert isinstance(figures, PilotagePage)
    workstation.until(lambda: bool(figures.detail.lines()))
    table = figures.detail.table
    table.setCurrentIndex(table.model().index(0, 0))
    workstation.qtbot.keyClick(table, Qt.Key.Key_Return)
    assert window.current_page() is figures
    assert "La direction n’ouvre pas les fiches" in window.banners.shown()[0].problem.what


def test_the_direction_alone_is_not_offered_somebody_new(
    workstation: Workstation, awa: UUID, team: servers.Office
) -> None:
    workstation.open(servers.HELENE)
    window = workstation.window
    window.go("people")
    workstation.wait()
    page = window.current_page()
    assert isinstance(page, PeoplePage)
    assert "Nouvelle personne" not in titles(workstation)
    assert "Nouveau groupe" in titles(workstation)
    assert not page.new.isVisible()
    workstation.qtbot.keyClick(window, Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert window.findChild(NewPersonStrip) is None
    by_hand = (team.cluster.address(team.database), servers.ADMIN_PASSWORD)
    name = f"{servers.HELENE.given} {servers.HELENE.family}"
    server_team.add_user(*by_hand, NewUser(servers.HELENE.login, name, (Role.SECRETARIAT,)))
    workstation.until(page.new.isVisible)
    assert "Nouvelle personne" in titles(workstation)


def test_the_secretariat_is_offered_somebody_new(workstation: Workstation, awa: UUID) -> None:
    workstation.open(servers.SOLENE)
    window = workstation.window
    window.go("people")
    workstation.wait()
    page = window.current_page()
    assert isinstance(page, PeoplePage)
    assert page.new.isVisible() and "Nouvelle personne" in titles(workstation)
    workstation.qtbot.keyClick(window, Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert window.findChild(NewPersonStrip) is not None


def test_a_colleagues_group_says_whose_it_is_and_ones_own_opens_first(
    workstation: Workstation, nadias_group: UUID, awa: UUID, colleague: ServerDatabase, sign: Sign
) -> None:
    with colleague.write(sign("Groupe")) as session:
        karim = session.scalar(sa.select(m.Staff.id).where(m.Staff.login == "k.lopez"))
        own = make.cohort(session, name="Le sien", conseiller_id=karim)
        session.get_one(m.Cohort, own).starts_on = make.START - timedelta(days=30)
    workstation.open(servers.KARIM)
    window = workstation.window
    page = window.current_page()
    assert isinstance(page, GroupPage)
    board = page.model.board
    assert board is not None
    assert board.cohort is not None
    assert board.cohort.id == own
    assert "encore vide" in page.empty.accessibleName()
    window.go("group", nadias_group)
    workstation.wait()
    assert "Le groupe de Nadia Ferrand" in page.empty.accessibleName()
    assert "0 personne" not in window.status.summary.text()


def test_a_replacement_that_a_colleague_gives_opens_the_group_on_the_page_shown(
    workstation: Workstation, nadias_group: UUID, awa: UUID, colleague: ServerDatabase, sign: Sign
) -> None:
    workstation.open(servers.KARIM)
    page = workstation.window.current_page()
    assert isinstance(page, GroupPage)
    assert not page.model.cards()
    with colleague.write(sign("Remplacement")) as session:
        karim = session.scalar(sa.select(m.Staff.id).where(m.Staff.login == "k.lopez"))
        access = {"staff_id": karim, "cohort_id": nadias_group, "starts_on": days(-400)}
        make.put(session, m.CohortAccess(**access))
    workstation.until(lambda: [card.name for card in page.model.cards()] == ["Awa Diallo"])


def test_a_role_given_while_the_page_is_open_is_followed_by_its_acts(
    workstation: Workstation, colleague: ServerDatabase, sign: Sign, team: servers.Office
) -> None:
    with colleague.write(sign("Groupe")) as session:
        of_nobody = make.cohort(session)
        binta, _ = make.participant(session, of_nobody, "Binta", "Traoré")
    workstation.open(servers.SOLENE)
    window = workstation.window
    window.go("person", PersonTarget(binta))
    workstation.wait()
    page = window.current_page()
    assert isinstance(page, PersonPage)
    assert not page.journal.writer.isVisible() and not window.header.note.isVisible()
    by_hand = (team.cluster.address(team.database), servers.ADMIN_PASSWORD)
    name = f"{servers.SOLENE.given} {servers.SOLENE.family}"
    server_team.add_user(*by_hand, NewUser(servers.SOLENE.login, name, (Role.CONSEILLER,)))
    workstation.until(page.journal.writer.isVisible)
    assert window.header.note.isVisible()
    assert "conseiller, secrétariat" in window.status.news.text()
    assert "Écrire un entretien" in titles(workstation)
    workstation.qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    assert page.journal.writer.area.hasFocus()
    window.go("people")
    workstation.wait()
    with team.bare(servers.HELENE) as helene:
        helene.execute(
            "UPDATE staff_role SET deleted_at = now() WHERE role = 'conseiller' AND staff_id ="
            " (SELECT id FROM staff WHERE login = %s)",
            (servers.SOLENE.login,),
        )
    workstation.until(lambda: not window.header.note.isVisible())
    window.go("person", PersonTarget(binta))
    workstation.wait()
    assert not [title for title in titles(workstation) if title.startswith("Écrire")]
    assert not page.journal.writer.isVisible()


def blank_cells(workstation: Workstation, page: GroupPage) -> list[Column]:
    """The steps of which the table paints nothing for the first person."""
    workstation.window.resize(2200, 900)
    page.toolbar.show_view(table=True)
    workstation.wait()
    table = page.table
    assert not any(table.isColumnHidden(step) for step in STEPS)
    table.setCurrentIndex(QModelIndex())
    table.clearSelection()
    painted = table.viewport().grab().toImage()
    blank = []
    for step in STEPS:
        cell = table.visualRect(table.model().index(0, step)).adjusted(3, 3, -3, -3)
        pixels = {
            painted.pixel(x, y)
            for x in range(cell.left(), cell.right())
            for y in range(cell.top(), cell.bottom())
        }
        if len(pixels) == 1:
            blank.append(step)
    page.toolbar.show_view(table=False)
    return blank


def test_a_colleagues_people_seen_as_secretariat_are_reserved_to_a_conseiller_too(
    workstation: Workstation, awa: UUID, nadias_group: UUID, team: servers.Office, tmp_path: Path
) -> None:
    workstation.open(servers.BRUNO)
    window = workstation.window
    window.go("group", nadias_group)
    workstation.wait()
    page = window.current_page()
    assert isinstance(page, GroupPage)
    told = str(page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "réservé au conseiller" in told and "aucun contact" not in told
    assert blank_cells(workstation, page) == [Column.CV, Column.PITCH]
    assert not window.header.note.isVisible()
    window.go("person", PersonTarget(awa))
    workstation.wait()
    person = window.current_page()
    assert isinstance(person, PersonPage)
    assert not person.journal.writer.isVisible() and person.journal.reserved.isVisible()
    assert not window.header.note.isVisible()
    assert not [title for title in titles(workstation) if title.startswith("Écrire")]
    bruno = team.opened(servers.BRUNO, tmp_path)
    with bruno.write(Act("", "Groupe", uuid4())) as session:
        me = session.scalar(sa.select(m.Staff.id).where(m.Staff.login == servers.BRUNO.login))
        own = make.cohort(session, name="Le sien", conseiller_id=me)
        binta, _ = make.participant(session, own, "Binta", "Traoré")
    window.go("person", PersonTarget(binta))
    workstation.wait()
    assert person.journal.writer.isVisible() and window.header.note.isVisible()
    assert "Écrire un entretien" in titles(workstation)
    window.go("group", own)
    workstation.wait()
    assert window.header.note.isVisible()
