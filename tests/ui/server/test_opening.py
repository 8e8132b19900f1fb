"""Opening the office's server in the window."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.servers import NewUser, Role
from connexion_desktop.system import folders, known_servers
from connexion_desktop.ui.options import Options
from connexion_desktop.ui.pages.first_start import Welcome
from connexion_desktop.ui.pages.server.address import JoinServer
from connexion_desktop.ui.pages.server.asked import ServerPassword, ServerTrouble
from connexion_desktop.ui.pages.server.choosing import ChooseServer
from connexion_desktop.ui.pages.server.former import FormerPassword
from connexion_desktop.ui.place import named_place
from connexion_desktop.usecases import drafts, server_team
from connexion_desktop.usecases import servers as servers_known
from tests import servers
from tests.keyrings import use
from tests.proxy import Proxy

from ..names import unnamed
from .window import Workstation


def test_the_password_is_asked_in_place_until_it_is_right(workstation: Workstation) -> None:
    workstation.know()
    workstation.start()
    workstation.give_password("pas le bon")
    card = workstation.card(ServerPassword)
    workstation.until(lambda: bool(card.banners.shown()))
    assert "mot de passe" in card.banners.shown()[0].problem.what
    assert card.password.hasFocus()
    assert not unnamed(workstation.window)
    card.password.clear()
    card.password.insert(servers.PASSWORD)
    workstation.qtbot.keyClick(card.password, Qt.Key.Key_Return)
    workstation.wait_page()
    assert workstation.window.desk is not None
    assert workstation.window.desk.author == "Anne Martin"
    assert "serveur « bureau »" in workstation.window.status.place.text()
    assert named_place(workstation.settings).server == "bureau"


def test_a_server_of_invented_people_says_so(
    workstation: Workstation, team: servers.Office
) -> None:
    with team.cluster.admin(team.database) as admin:
        admin.execute("UPDATE base_info SET demo = true")
    workstation.open()
    workstation.until(lambda: "démonstration" in workstation.window.windowTitle())


def test_a_server_out_of_reach_is_said_and_tried_again(
    workstation: Workstation, cable: Proxy
) -> None:
    workstation.know()
    cable.refuse()
    workstation.start()
    workstation.give_password()
    card = workstation.card(ServerPassword)
    workstation.until(lambda: bool(card.banners.shown()))
    assert "ne répond pas" in card.banners.shown()[0].problem.what
    cable.accept()
    card.open_button.click()
    workstation.wait_page()


def test_an_address_that_nobody_answers_at_is_to_be_checked(
    workstation: Workstation, cable: Proxy
) -> None:
    cable.refuse()
    workstation.start(Options())
    workstation.card(Welcome).choices.server.click()
    card = workstation.card(JoinServer)
    card.fields.host.setText(f"127.0.0.1:{cable.port}")
    card.fields.login.setText(servers.NADIA.login)
    card.fields.password.setText(servers.PASSWORD)
    card.join.click()
    workstation.until(lambda: bool(card.banners.shown()))
    told = card.banners.shown()[0].problem
    assert "ne répond pas" in told.what
    assert told.safe == "Rien n’a changé sur ce poste."
    assert f"Vérifiez l’adresse, « 127.0.0.1:{cable.port} »" in told.todo


def test_one_may_work_on_the_base_of_this_workstation_instead(workstation: Workstation) -> None:
    workstation.know()
    workstation.start()
    workstation.card(ServerPassword).here.click()
    welcome = workstation.card(Welcome)
    assert not folders.default_base().exists()
    assert welcome.choices.server.isVisible()


def test_an_unknown_server_is_said_with_the_ways_out(workstation: Workstation) -> None:
    workstation.start()
    card = workstation.card(ServerTrouble)
    assert "ne connaît pas" in card.banners.shown()[0].problem.what
    assert not unnamed(workstation.window)
    card.address.click()
    workstation.card(JoinServer)


def test_a_new_workstation_joins_the_server_by_keyboard(workstation: Workstation) -> None:
    workstation.start(Options())
    welcome = workstation.card(Welcome)
    welcome.choices.server.setFocus()
    workstation.qtbot.keyClick(welcome.choices.server, Qt.Key.Key_Return)
    card = workstation.card(JoinServer)
    assert not unnamed(workstation.window)
    address = workstation.address()
    fields = card.fields
    workstation.until(fields.host.hasFocus)
    for field, text in (
        (fields.host, f"{address.host}:{address.port}"),
        (fields.database, address.database),
        (fields.login, address.login),
        (fields.password, servers.PASSWORD),
    ):
        field.clear()
        field.insert(text)
    workstation.qtbot.keyClick(fields.password, Qt.Key.Key_Return)
    workstation.wait_page()
    assert [each.name for each in known_servers.known()] == ["bureau"]
    notice = workstation.window.banners.noticed()
    assert notice is not None
    assert "trousseau" in notice.text


def test_a_server_elsewhere_without_its_certificate_is_refused_before_anything_is_sent(
    workstation: Workstation,
) -> None:
    workstation.start(Options())
    workstation.card(Welcome).choices.server.click()
    card = workstation.card(JoinServer)
    card.fields.host.setText("serveur.bureau.example.org")
    card.fields.login.setText("n.ferrand")
    card.fields.password.setText("secret")
    card.join.click()
    assert "certificat" in card.banners.shown()[0].problem.what
    assert known_servers.known() == ()


def test_what_only_a_base_asks_for_is_not_offered(workstation: Workstation) -> None:
    workstation.open()
    titles = [entry.action.text() for entry in workstation.window.actions_.entries("Fichier")]
    workstation.until(lambda: "Quitter" in str(titles))
    assert not any("auvegarde" in title or "secours" in title for title in titles)
    workstation.window.close()
    workstation.until(lambda: not workstation.window.isVisible())


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_key_hit_before_the_password_is_asked_leads_nowhere(
    workstation: Workstation, key: Qt.Key
) -> None:
    workstation.know()
    workstation.start()
    button = next(iter(workstation.window.rail.buttons().values()))
    assert button.isVisible()
    button.setFocus()
    with workstation.qtbot.captureExceptions() as raised:
        workstation.qtbot.keyClick(button, key)
        button.click()
    assert raised == []
    workstation.card(ServerPassword)
    assert workstation.window.current_page() is None


def test_a_password_changed_since_it_was_kept_is_asked_for_again(
    workstation: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch)
    workstation.know()
    servers_known.keep_password(servers_known.named("bureau"), "celui d’avant")
    workstation.start()
    card = workstation.card(ServerPassword)
    workstation.until(lambda: bool(card.banners.shown()))
    assert "mot de passe" in card.banners.shown()[0].problem.what
    assert card.password.hasFocus()
    card.password.insert(servers.PASSWORD)
    workstation.qtbot.keyClick(card.password, Qt.Key.Key_Return)
    workstation.wait_page()
    assert servers_known.password_of(servers_known.named("bureau")) == servers.PASSWORD


def test_a_server_may_be_forgotten_once_that_is_confirmed(workstation: Workstation) -> None:
    workstation.know()
    workstation.settings.put("server", "bureau")
    workstation.start()
    card = workstation.card(ServerPassword)
    card.forget.click()
    asked = card.banners.noticed()
    assert asked is not None and "Le serveur n’est pas touché" in asked.text
    assert [each.name for each in known_servers.known()] == ["bureau"]
    asked.buttons[0].click()
    workstation.card(Welcome)
    assert known_servers.known() == () and not workstation.settings.text("server")


def test_another_base_may_be_chosen_instead(workstation: Workstation) -> None:
    workstation.know()
    workstation.start()
    workstation.card(ServerPassword).other.click()
    workstation.card(Welcome).choices.server.click()
    card = workstation.card(ChooseServer)
    workstation.qtbot.keyClick(card, Qt.Key.Key_Escape)
    workstation.card(Welcome)


def test_the_server_is_chosen_by_keyboard_among_those_known(workstation: Workstation) -> None:
    workstation.know()
    known_servers.put(replace(workstation.address(), name="formation", port=1))
    workstation.start(Options())
    workstation.card(Welcome).choices.server.click()
    card = workstation.card(ChooseServer)
    workstation.until(card.servers[0].hasFocus)
    assert not unnamed(workstation.window)
    for key, focused in (
        (Qt.Key.Key_Up, card.servers[0]),
        (Qt.Key.Key_Down, card.servers[1]),
        (Qt.Key.Key_Down, card.another),
        (Qt.Key.Key_Up, card.servers[1]),
    ):
        focus = workstation.window.focusWidget()
        assert focus is not None
        workstation.qtbot.keyClick(focus, key)
        assert focused.hasFocus()
    workstation.qtbot.keyClick(card.servers[1], Qt.Key.Key_Return)
    asked = workstation.card(ServerPassword)
    assert "formation" in asked.accessibleName()
    asked.other.click()
    workstation.card(Welcome).choices.server.click()
    workstation.card(ChooseServer).another.click()
    assert workstation.card(JoinServer).fields.host.text() == ""


def test_who_is_refused_may_change_the_login_and_the_address(workstation: Workstation) -> None:
    workstation.know(servers.NADIA)
    workstation.start()
    workstation.give_password("pas le bon")
    refused = workstation.card(ServerPassword)
    workstation.until(lambda: bool(refused.banners.shown()))
    refused.address.click()
    card = workstation.card(JoinServer)
    assert card.fields.login.text() == servers.NADIA.login
    assert card.name.text() == "bureau"
    workstation.qtbot.keyClick(card, Qt.Key.Key_Escape)
    workstation.card(ServerPassword).address.click()
    card = workstation.card(JoinServer)
    card.fields.login.setText(servers.EVERYTHING.login)
    card.fields.password.setText(servers.PASSWORD)
    card.join.click()
    workstation.wait_page()
    assert [each.login for each in known_servers.known()] == [servers.EVERYTHING.login]


def test_what_was_typed_before_a_change_of_password_is_found_with_the_former_one(
    workstation: Workstation, team: servers.Office
) -> None:
    keeper = team.cluster.address(team.database)
    hers = f"z.{team.database}"
    user = NewUser(hers, "Zoé Arnaud", (Role.CONSEILLER,))
    former = server_team.add_user(keeper, servers.ADMIN_PASSWORD, user)
    assert former is not None
    known_servers.put(replace(workstation.address(), login=hers))
    with closing(servers_known.open_known("bureau", former)) as store, store.scratch() as session:
        drafts.keep(session, store.author, "une clé", "un début de phrase")
    new = "quatre mots faciles à dire"
    server_team.add_user(keeper, servers.ADMIN_PASSWORD, NewUser(hers), new)
    workstation.start()
    workstation.give_password(new)
    card = workstation.card(FormerPassword)
    workstation.until(card.password.hasFocus)
    card.password.insert("pas celui-là non plus")
    workstation.qtbot.keyClick(card.password, Qt.Key.Key_Return)
    workstation.until(lambda: bool(card.banners.shown()))
    card.password.insert(former)
    workstation.qtbot.keyClick(card.password, Qt.Key.Key_Return)
    workstation.wait_page()
    found = workstation.window.jobs.store
    assert isinstance(found, ServerDatabase)
    with found.scratch() as session:
        assert drafts.take(session, found.author, "une clé") == "un début de phrase"
