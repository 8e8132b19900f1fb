"""« Passer au serveur partagé », and back, from the window."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.system import folders, secrets
from connexion_desktop.ui.options import Options
from connexion_desktop.ui.pages.people import PeoplePage
from connexion_desktop.ui.pages.recovery_code import RecoveryCode
from connexion_desktop.ui.pages.server.address import JoinServer
from connexion_desktop.ui.pages.server.asked import ServerTrouble
from connexion_desktop.ui.pages.server.moved import MovedSheet
from connexion_desktop.ui.pages.server.moving import MoveBack, MoveToServer
from connexion_desktop.ui.pages.settings import SettingsPage
from connexion_desktop.ui.pages.settings.server import ServerPane
from connexion_desktop.ui.pages.settings.storage import StoragePane
from connexion_desktop.ui.pages.unlock import NewPassphrase, Unlock
from connexion_desktop.usecases import keys
from tests import factories as make
from tests import servers
from tests.proxy import Proxy
from tests.usecases.moving.ends import killed

from ..names import unnamed
from .window import Workstation

MINE = "quatre mots faciles à dire"


@pytest.fixture
def bare(cluster: servers.Cluster) -> str:
    """An empty database of PostgreSQL."""
    return cluster.new_database()


@pytest.fixture
def home(tmp_path: Path, workstation: Workstation) -> Path:
    """The base of this workstation, with somebody in it, open."""
    base, key_file, key = tmp_path / "notre.base", tmp_path / "notre.cle", RawKey.new()
    secrets.make_key_file(key_file, key)
    made = Database.create(base, key, "Les Possibles")
    with made.write(Act("Nadia Ferrand", "Nouvelle personne", uuid4())) as session:
        make.person(session, "Awa", "Diallo")
    made.close()
    workstation.settings.put("author", "Nadia Ferrand")
    workstation.start(Options(base, key_file))
    workstation.wait_page()
    return base


def section(workstation: Workstation) -> SettingsPage:
    workstation.window.go("settings", SettingsSection.STORAGE)
    workstation.wait()
    page = workstation.window.current_page()
    assert isinstance(page, SettingsPage)
    return page


def leave_to_move(workstation: Workstation) -> Options:
    """The button of the section; the window closes, and asks for another."""
    pane = section(workstation).pane
    assert isinstance(pane, StoragePane | ServerPane)
    pane.acts["move"].click()
    workstation.until(lambda: not workstation.window.isVisible())
    wanted = workstation.application.next
    assert wanted is not None
    workstation.let_go()
    return wanted


def press_move(workstation: Workstation) -> None:
    """The button of the section; the window closes, and the one that it asks for opens."""
    workstation.start(leave_to_move(workstation))


def lines_of(sheet: MovedSheet) -> list[list[str]]:
    """What the sheet shows of each table, column by column."""
    grid = sheet.findChild(QGridLayout)
    assert grid is not None
    return [
        [shown.text() for column in range(3) if (shown := cell(grid, row, column)) is not None]
        for row in range(grid.rowCount())
    ]


def cell(grid: QGridLayout, row: int, column: int) -> QLabel | None:
    item = grid.itemAtPosition(row, column)
    shown = None if item is None else item.widget()
    return shown if isinstance(shown, QLabel) else None


def names(workstation: Workstation) -> list[str]:
    workstation.window.go("people")
    workstation.wait()
    page = workstation.window.current_page()
    assert isinstance(page, PeoplePage)
    return [page.model.index(row, 0).data() for row in range(page.model.rowCount())]


def mine(bare: str) -> str:
    """A login of this test's own: they are of the whole cluster."""
    return bare.replace("essai_", "n.")


def ask_for_it_back(workstation: Workstation) -> None:
    """Fill the card, and send it."""
    back = workstation.card(MoveBack)
    back.login.setText(servers.ADMIN)
    back.password.setText(servers.ADMIN_PASSWORD)
    back.go.click()


def note_the_code(workstation: Workstation) -> None:
    """Say that the recovery code is kept, and go on to the page."""
    code = workstation.card(RecoveryCode)
    code.kept.click()
    code.go_on.click()
    workstation.wait_page()


def go_to_the_server(workstation: Workstation, cluster: servers.Cluster, bare: str) -> None:
    """Fill the card, and send it."""
    press_move(workstation)
    card = workstation.card(MoveToServer)
    assert not unnamed(workstation.window)
    for field, text in (
        (card.fields.host, f"127.0.0.1:{cluster.port}"),
        (card.fields.database, bare),
        (card.fields.login, servers.ADMIN),
        (card.fields.password, servers.ADMIN_PASSWORD),
        (card.login, mine(bare)),
        (card.password, MINE),
    ):
        field.setText(text)
    workstation.qtbot.keyClick(card.password, Qt.Key.Key_Return)


def test_a_base_goes_to_the_server_and_comes_back(
    workstation: Workstation, cluster: servers.Cluster, bare: str, home: Path
) -> None:
    go_to_the_server(workstation, cluster, bare)
    workstation.wait_page()
    assert workstation.window.desk is not None
    assert workstation.window.desk.author == "Nadia Ferrand"
    assert any("Diallo" in name for name in names(workstation))
    assert not home.exists()
    (aside,) = home.parent.glob("notre.base.passee-au-serveur.*")
    assert not list(home.parent.glob("*.verrou"))
    notice = workstation.window.banners.noticed()
    assert notice is not None
    assert "1 personne et" in notice.text and str(aside) in notice.text
    (see,) = notice.buttons
    see.click()
    sheet = workstation.window.findChild(MovedSheet)
    assert sheet is not None
    assert ["Personnes", "1", "1"] in lines_of(sheet)
    assert not unnamed(sheet)
    sheet.close()

    press_move(workstation)
    ask_for_it_back(workstation)
    phrase = workstation.card(NewPassphrase)
    for line in (phrase.first, phrase.second):
        line.setText(MINE)
    phrase.keep.click()
    note_the_code(workstation)
    notice = workstation.window.banners.noticed()
    assert notice is not None and notice.buttons
    assert "de nouveau sur ce poste" in notice.text and "1 personne et" in notice.text
    assert any("Diallo" in name for name in names(workstation))
    assert not workstation.window.jobs.is_far


def test_who_never_said_who_they_are_says_it_there(
    workstation: Workstation, cluster: servers.Cluster, bare: str, home: Path
) -> None:
    workstation.settings.put("author", "")
    go_to_the_server(workstation, cluster, bare)
    card = workstation.card(MoveToServer)
    assert "prénom et votre nom" in card.banners.shown()[0].problem.what
    card.name.setText("Zoé Arnaud")
    card.go.click()
    workstation.wait_page()
    assert workstation.window.desk is not None
    assert workstation.window.desk.author == "Zoé Arnaud"
    assert any("Diallo" in name for name in names(workstation))


def test_a_base_made_meanwhile_on_this_workstation_is_no_dead_end(
    workstation: Workstation, cluster: servers.Cluster, bare: str, home: Path
) -> None:
    go_to_the_server(workstation, cluster, bare)
    workstation.wait_page()
    Database.create(home, RawKey.new(), "Sur le terrain").close()
    press_move(workstation)
    back = workstation.card(MoveBack)
    back.go.click()
    assert "identifiant de l’administrateur" in back.banners.shown()[0].problem.what
    told = [each.text() for each in back.findChildren(QLabel)]
    assert f"La base : {home.with_stem('notre-2')}" in told


def test_what_is_missing_is_said_before_anything_moves(
    workstation: Workstation, home: Path
) -> None:
    press_move(workstation)
    card = workstation.card(MoveToServer)
    card.fields.host.setText("127.0.0.1")
    card.fields.login.setText("postgres")
    card.go.click()
    assert card.banners.shown()[0].problem.what == "Il manque votre identifiant."
    card.login.setText("n.ferrand")
    card.password.setText("court")
    card.go.click()
    assert "trop court" in card.banners.shown()[0].problem.what
    workstation.qtbot.keyClick(card, Qt.Key.Key_Escape)
    workstation.wait_page()
    assert any("Diallo" in name for name in names(workstation))


def test_a_server_mistyped_is_told_to_be_one_whose_address_is_to_be_checked(
    workstation: Workstation, home: Path, cable: Proxy
) -> None:
    cable.refuse()
    press_move(workstation)
    card = workstation.card(MoveToServer)
    for field, text in (
        (card.fields.host, f"127.0.0.1:{cable.port}"),
        (card.fields.login, servers.ADMIN),
        (card.fields.password, servers.ADMIN_PASSWORD),
        (card.login, "n.ferrand"),
        (card.password, MINE),
    ):
        field.setText(text)
    card.go.click()
    workstation.until(lambda: bool(card.banners.shown()))
    told = card.banners.shown()[0].problem
    assert told.safe == "Rien n’a changé sur ce poste."
    assert f"Vérifiez l’adresse, « 127.0.0.1:{cable.port} »" in told.todo
    assert home.exists()


def test_a_base_that_went_to_a_server_which_does_not_open_is_not_looked_for_here(
    workstation: Workstation, cluster: servers.Cluster, bare: str, home: Path
) -> None:
    in_the_way = folders.config_folder() / "serveurs.json"
    in_the_way.mkdir(parents=True)
    go_to_the_server(workstation, cluster, bare)
    trouble = workstation.card(ServerTrouble)
    told = trouble.banners.shown()[0].problem
    assert "Tout est sur le serveur" in told.what and "passee-au-serveur" in told.safe
    assert workstation.settings.text("server")
    in_the_way.rmdir()
    trouble.address.click()
    join = workstation.card(JoinServer)
    for field, text in (
        (join.fields.host, f"127.0.0.1:{cluster.port}"),
        (join.fields.database, bare),
        (join.fields.login, mine(bare)),
        (join.fields.password, MINE),
    ):
        field.setText(text)
    workstation.qtbot.keyClick(join.fields.password, Qt.Key.Key_Return)
    workstation.wait_page()
    assert any("Diallo" in name for name in names(workstation))


def test_a_return_killed_near_its_end_is_finished_under_the_key_made_for_it(
    workstation: Workstation, cluster: servers.Cluster, bare: str, home: Path
) -> None:
    go_to_the_server(workstation, cluster, bare)
    workstation.wait_page()
    wanted = leave_to_move(workstation)
    assert wanted.move is not None
    here, key = wanted.move.place.base, RawKey.new()
    keys.protect(here, key, MINE)
    killed("to_file", here, key, cluster.address(bare), "take_name")
    workstation.start(wanted)
    ask_for_it_back(workstation)
    unlock = workstation.card(Unlock)
    unlock.phrase.setText(MINE)
    unlock.open_button.click()
    note_the_code(workstation)
    assert any("Diallo" in name for name in names(workstation))
    assert not workstation.window.jobs.is_far
