"""The server answers, and lets this workstation in no more: it is said, rather than waited for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from connexion_desktop.data.migrations import HEAD
from connexion_desktop.data.server import listening
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.servers import NewUser, Role
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.ui.widgets.empty import Empty
from connexion_desktop.usecases import server_team
from tests import factories as make
from tests import servers
from tests.proxy import Proxy

from .window import Workstation


@pytest.fixture
def person(colleague: ServerDatabase, sign: Callable[..., Act]) -> UUID:
    with colleague.write(sign("Groupe")) as session:
        return make.participant(session, make.cohort(session), "Awa", "Diallo")[0]


def told(workstation: Workstation) -> list[str]:
    return [each.problem.what for each in workstation.window.banners.shown()]


def test_who_is_removed_is_told_so_and_keeps_what_was_typed(
    workstation: Workstation, team: servers.Office, person: UUID
) -> None:
    keeper = team.cluster.address(team.database)
    hers = servers.Hand(f"z.{team.database}", "Zoé", "Arnaud", ("conseiller",))
    user = NewUser(hers.login, "Zoé Arnaud", (Role.CONSEILLER,))
    password = server_team.add_user(keeper, servers.ADMIN_PASSWORD, user)
    assert password is not None
    workstation.know(hers)
    workstation.start()
    workstation.give_password(password)
    workstation.wait_page()
    workstation.window.go("person", PersonTarget(person, (person,)))
    workstation.wait()
    page = workstation.window.current_page()
    assert isinstance(page, PersonPage)
    server_team.remove_user(keeper, servers.ADMIN_PASSWORD, hers.login, date(2026, 4, 21))
    workstation.until(lambda: not workstation.window.jobs.answers)
    workstation.until(lambda: bool(told(workstation)))
    assert "refuse l’identifiant" in told(workstation)[0]
    place = workstation.window.status.place.text()
    assert place.startswith("Accès refusé par le serveur « bureau »")
    area = page.journal.writer.area
    workstation.qtbot.keyClicks(area, "Elle cherche un stage")
    workstation.qtbot.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    workstation.until(lambda: workstation.window.jobs.waiting == 1)
    workstation.window.go("pilotage")
    assert workstation.card(Empty).accessibleName().startswith("Accès refusé")
    assert len(told(workstation)) == 1


def test_a_server_brought_up_to_date_meanwhile_is_told_and_opens_again_once_it_may(
    workstation: Workstation,
    team: servers.Office,
    cable: Proxy,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listening, "REFUSED_SECONDS", 1)
    workstation.open()

    def become(version: int) -> None:
        with team.cluster.admin(team.database) as admin:
            admin.execute("UPDATE alembic_version SET version_num = %s", (f"{version:04d}",))

    become(int(HEAD) + 1)
    cable.cut()
    workstation.until(lambda: bool(told(workstation)))
    assert "plus récente" in told(workstation)[0]
    assert not workstation.window.jobs.answers
    become(int(HEAD))
    workstation.until(lambda: workstation.window.jobs.answers)
    workstation.until(lambda: told(workstation) == [])
    assert workstation.window.status.place.text().startswith("Enregistré sur le serveur")


def test_who_has_no_role_left_is_told_so_until_one_is_given_again(
    workstation: Workstation, team: servers.Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "REFUSED_SECONDS", 1)
    workstation.open(servers.NADIA)
    turn = (
        "UPDATE staff_role SET deleted_at = {} WHERE staff_id ="
        " (SELECT id FROM staff WHERE login = %s)"
    )
    with team.bare(servers.HELENE) as helene:
        helene.execute(turn.format("now()").encode(), (servers.NADIA.login,))
    workstation.until(lambda: bool(told(workstation)))
    assert "ne fait pas partie de l’équipe" in told(workstation)[0]
    assert not workstation.window.jobs.answers
    with team.bare(servers.HELENE) as helene:
        helene.execute(turn.format("NULL").encode(), (servers.NADIA.login,))
    workstation.until(lambda: workstation.window.jobs.answers)
    workstation.until(lambda: told(workstation) == [])


def test_a_server_that_is_only_full_is_said_full_until_there_is_room(
    workstation: Workstation, team: servers.Office, cable: Proxy
) -> None:
    workstation.open()
    status = workstation.window.status
    with team.cluster.admin() as admin:
        limit = f'ALTER ROLE "{servers.EVERYTHING.login}" CONNECTION LIMIT '
        admin.execute(f"{limit} 0".encode())
        try:
            cable.cut()
            workstation.until(lambda: not workstation.window.jobs.answers)
            beginning = "Serveur « bureau » plein depuis "
            workstation.until(lambda: status.place.text().startswith(beginning))
            workstation.window.go("pilotage")
            assert workstation.card(Empty).accessibleName().startswith("Serveur plein")
            assert told(workstation) == []
        finally:
            admin.execute(f"{limit} -1".encode())
    workstation.until(lambda: status.place.text().startswith("Enregistré sur le serveur"))
