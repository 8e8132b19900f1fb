"""Who opens the office's server: given, given again, retired; and what is to be seen of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import psycopg
import pytest

from connexion_desktop.data.migrations import HEAD
from connexion_desktop.data.server import prepare
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.servers import NewUser, Role, ServerAddress, ServerError
from connexion_desktop.usecases import server_team
from tests import servers
from tests.servers import ADMIN_PASSWORD, NADIA, PASSWORD, Office

TODAY = date(2026, 4, 21)
GIVEN = "un mot de passe donné"


@pytest.fixture
def address(shared_office: Office) -> ServerAddress:
    return shared_office.cluster.address(shared_office.database)


@pytest.fixture
def login(shared_office: Office) -> str:
    """A login that no other test of this cluster has."""
    return shared_office.database.replace("essai_", "z")


def add(address: ServerAddress, login: str, *roles: Role, **values: str) -> str | None:
    """Give Zoé a login."""
    password = values.pop("password", None)
    name = values.pop("name", "Zoé Arnaud")
    user = NewUser(login, name, roles, **values)
    return server_team.add_user(address, ADMIN_PASSWORD, user, password)


def opens(shared_office: Office, login: str, password: str, folder: Path) -> frozenset[Role]:
    """The roles of a login that opens the server."""
    hand = servers.Hand(login, "", "", ())
    return shared_office.opened(hand, folder, password).member.roles


def test_a_new_member_opens_the_server_with_the_password_that_is_shown_once(
    shared_office: Office, address: ServerAddress, login: str, tmp_path: Path
) -> None:
    password = add(address, login, Role.CONSEILLER, Role.SECRETARIAT)
    assert password is not None and len(password) == 23
    roles = opens(shared_office, login, password, tmp_path)
    assert roles == {Role.CONSEILLER, Role.SECRETARIAT}


def test_done_again_it_changes_nothing_and_completes_the_roles(
    shared_office: Office, address: ServerAddress, login: str, tmp_path: Path
) -> None:
    assert add(address, login, Role.CONSEILLER, password=GIVEN) is None
    assert add(address, login, Role.CONSEILLER) is None
    assert add(address, login, Role.DIRECTION, name="") is None
    assert opens(shared_office, login, GIVEN, tmp_path) == {Role.CONSEILLER, Role.DIRECTION}
    (line,) = [one for one in server_team.look(address, ADMIN_PASSWORD).team if one.login == login]
    assert (line.name, line.roles) == ("Zoé Arnaud", ("Conseiller", "Direction"))


def test_a_role_held_twice_at_one_site_is_told_once(
    shared_office: Office, address: ServerAddress, login: str
) -> None:
    add(address, login, Role.CONSEILLER, password=GIVEN)
    with shared_office.cluster.admin(shared_office.database) as admin:
        admin.execute(
            "INSERT INTO staff_role SELECT (jsonb_populate_record(held, jsonb_build_object("
            "'id', gen_random_uuid(), 'starts_on', '2026-01-01'))).*"
            " FROM staff_role AS held JOIN staff ON staff.id = held.staff_id"
            " WHERE staff.login = %s",
            (login,),
        )
    (line,) = [one for one in server_team.look(address, ADMIN_PASSWORD).team if one.login == login]
    assert line.roles == ("Conseiller",)


def test_what_the_server_could_not_keep_is_done_whole_the_next_time(
    shared_office: Office, address: ServerAddress, login: str, tmp_path: Path
) -> None:
    with shared_office.cluster.admin(shared_office.database) as admin:
        admin.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql"
            " AS $$BEGIN RAISE disk_full; END$$"
        )
        admin.execute(
            "CREATE CONSTRAINT TRIGGER no_room AFTER INSERT ON staff DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION no_room()"
        )
        with pytest.raises(ServerError, match="disque"):
            add(address, login, Role.CONSEILLER)
        admin.execute("DROP FUNCTION no_room CASCADE")
    password = add(address, login, Role.CONSEILLER)
    assert password is not None
    assert opens(shared_office, login, password, tmp_path) == {Role.CONSEILLER}


def test_a_role_may_hold_at_one_site_only(address: ServerAddress, login: str) -> None:
    add(address, login, Role.CONSEILLER, site="pessac")
    (line,) = [one for one in server_team.look(address, ADMIN_PASSWORD).team if one.login == login]
    assert line.roles == ("Conseiller (Pessac)",)
    with pytest.raises(UserError, match="n’est pas un site"):
        add(address, login, Role.CONSEILLER, site="Nulle-Part")


def test_somebody_of_the_team_is_found_by_name(
    shared_office: Office, address: ServerAddress
) -> None:
    with pytest.raises(UserError, match="a déjà l’identifiant"):
        add(address, "nadia", Role.CONSEILLER, name="Nadia FERRAND")
    with pytest.raises(UserError, match="déjà celui de Nadia Ferrand"):
        add(address, NADIA.login, Role.CONSEILLER, name="Paul Autre")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"name": ""}, "à qui il est"),
        ({"name": "Zoé"}, "à qui il est"),
        ({"password": "court"}, "trop court"),
    ],
)
def test_what_is_missing_is_asked_for(
    address: ServerAddress, login: str, values: dict[str, str], told: str
) -> None:
    with pytest.raises(UserError) as refused:
        add(address, login, Role.CONSEILLER, **values)
    assert told in str(refused.value)
    assert login not in str(server_team.look(address, ADMIN_PASSWORD).team)


def test_without_any_role_nobody_is_added(address: ServerAddress, login: str) -> None:
    with pytest.raises(UserError, match="n’a aucun rôle"):
        add(address, login)
    assert login not in str(server_team.look(address, ADMIN_PASSWORD).team)


@pytest.mark.parametrize("taken", ["administrateur", "connexion_owner", "Zoé", "a'; drop", ""])
def test_a_login_that_is_none_or_serves_something_else_is_refused(
    address: ServerAddress, taken: str
) -> None:
    with pytest.raises(UserError):
        add(address, taken, Role.CONSEILLER)
    assert "Zoé Arnaud" not in str(server_team.look(address, ADMIN_PASSWORD).team)


def test_who_leaves_is_out_at_once_and_may_come_back(
    shared_office: Office, address: ServerAddress, login: str, tmp_path: Path
) -> None:
    add(address, login, Role.CONSEILLER, password=GIVEN)
    bare = psycopg.connect(
        host=address.host, port=address.port, dbname=address.database, user=login, password=GIVEN
    )
    assert server_team.remove_user(address, ADMIN_PASSWORD, login, TODAY) == "Zoé Arnaud"
    with pytest.raises(psycopg.OperationalError):
        bare.execute("SELECT 1")
    with pytest.raises(ServerError, match="refuse l’identifiant"):
        opens(shared_office, login, GIVEN, tmp_path)
    assert server_team.remove_user(address, ADMIN_PASSWORD, login, TODAY) == "Zoé Arnaud"
    password = add(address, login, name="")
    assert password is not None
    assert opens(shared_office, login, password, tmp_path) == {Role.CONSEILLER}


def test_nobody_leaves_who_never_was(address: ServerAddress) -> None:
    for unknown in ("inconnue", "administrateur", "connexion_owner"):
        with pytest.raises(UserError, match="Personne n’a l’identifiant"):
            server_team.remove_user(address, ADMIN_PASSWORD, unknown, TODAY)


def test_the_journal_says_who_gave_an_access(
    shared_office: Office, address: ServerAddress, login: str
) -> None:
    add(address, login, Role.CONSEILLER)
    with shared_office.cluster.admin(shared_office.database) as admin:
        found = admin.execute(
            "SELECT DISTINCT author, table_name FROM audit_line"
            " WHERE author = 'cli:administrateur' ORDER BY 2"
        ).fetchall()
    assert found == [("cli:administrateur", "staff"), ("cli:administrateur", "staff_role")]


def test_the_state_of_a_server_is_told_to_each_as_far_as_they_may_see(
    shared_office: Office, address: ServerAddress, tmp_path: Path
) -> None:
    shared_office.opened(NADIA, tmp_path)
    whole = server_team.look(address, ADMIN_PASSWORD)
    assert whole.is_present and whole.tls == "" and whole.me is None
    assert int(whole.postgres.split(".")[0]) >= 15
    assert (whole.association, whole.people, whole.connected) == ("Association d’essai", 0, 1)
    assert all(line.opens for line in whole.team) and len(whole.team) == len(servers.TEAM)
    hers = server_team.look(shared_office.address(NADIA), PASSWORD)
    assert hers.me is not None and hers.me.roles == {Role.CONSEILLER}
    assert hers.team == whole.team


def test_a_database_that_nobody_prepared_says_so(
    cluster: servers.Cluster, new_database: Callable[[], str]
) -> None:
    with pytest.raises(ServerError, match="n’est pas préparée"):
        server_team.look(cluster.address(new_database()), ADMIN_PASSWORD)


@pytest.mark.usefixtures("shared_office")
def test_who_may_make_roles_and_owns_the_database_is_enough(
    cluster: servers.Cluster, new_database: Callable[[], str]
) -> None:
    name = new_database()
    keeper = f"tient_{name}"
    with cluster.admin() as admin:
        admin.execute(f"CREATE ROLE {keeper} LOGIN CREATEROLE PASSWORD '{PASSWORD}'".encode())
        admin.execute(f"GRANT connexion_owner TO {keeper} WITH ADMIN OPTION".encode())
        admin.execute(f"GRANT connexion_team TO {keeper} WITH ADMIN OPTION".encode())
        admin.execute(f"ALTER DATABASE {name} OWNER TO {keeper}".encode())
    address = cluster.address(name, keeper)
    assert server_team.prepare(address, PASSWORD, "Association d’essai")
    assert not server_team.prepare(address, PASSWORD, "Une autre")
    login = name.replace("essai_", "y")
    user = NewUser(login, "Zoé Arnaud", (Role.CONSEILLER,))
    password = server_team.add_user(address, PASSWORD, user)
    bare = psycopg.connect(
        host=address.host, port=address.port, dbname=name, user=login, password=password
    )
    assert server_team.remove_user(address, PASSWORD, login, TODAY) == "Zoé Arnaud"
    with pytest.raises(psycopg.OperationalError):
        bare.execute("SELECT 1")


def test_a_server_that_somebody_has_open_is_not_upgraded_under_them(
    shared_office: Office, tmp_path: Path
) -> None:
    keeper = shared_office.cluster.address(shared_office.database)
    window = shared_office.opened(NADIA, tmp_path)
    with pytest.raises(UserError, match="a l’application ouverte") as refused:
        server_team.prepare(keeper, ADMIN_PASSWORD, "Association d’essai")
    assert "pas été touchée" in refused.value.safe
    window.close()
    assert not server_team.prepare(keeper, ADMIN_PASSWORD, "Association d’essai")


def test_prepared_again_a_restored_server_lets_in_who_will_leave_next_month(
    shared_office: Office, address: ServerAddress, tmp_path: Path
) -> None:
    with shared_office.cluster.admin(shared_office.database) as admin:
        admin.execute("UPDATE staff SET left_on = day_here() + 30 WHERE login = %s", (NADIA.login,))
        admin.execute(
            f'REVOKE CONNECT ON DATABASE {address.database} FROM "{NADIA.login}"'.encode()
        )
    server_team.prepare(address, ADMIN_PASSWORD, "Association d’essai")
    assert shared_office.opened(NADIA, tmp_path).member.roles == {Role.CONSEILLER}


Grants = tuple[object, ...] | None


def grants(running: servers.Cluster, database: str) -> Grants:
    """Who may do what with a database, its schema and its large objects."""
    with running.admin(database) as admin:
        return admin.execute(
            "SELECT datacl::text, nspowner::regrole::text, nspacl::text,"
            " (SELECT string_agg(coalesce(proacl::text, ''), ' ' ORDER BY oid) FROM pg_proc"
            "  WHERE proname LIKE 'lo\\_%') FROM pg_database, pg_namespace"
            " WHERE datname = current_database() AND nspname = 'public'"
        ).fetchone()


def test_a_server_that_somebody_has_open_is_not_touched_at_all(
    shared_office: Office, address: ServerAddress, tmp_path: Path
) -> None:
    with shared_office.cluster.admin(shared_office.database) as admin:
        admin.execute(f"GRANT CONNECT ON DATABASE {address.database} TO PUBLIC".encode())
        admin.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
        admin.execute("GRANT EXECUTE ON FUNCTION lo_creat(integer) TO PUBLIC")
    window = shared_office.opened(NADIA, tmp_path)
    before = grants(shared_office.cluster, address.database)
    with pytest.raises(UserError, match="a l’application ouverte"):
        server_team.prepare(address, ADMIN_PASSWORD, "Association d’essai")
    assert grants(shared_office.cluster, address.database) == before
    window.close()
    server_team.prepare(address, ADMIN_PASSWORD, "Association d’essai")
    assert grants(shared_office.cluster, address.database) != before


@pytest.mark.parametrize("version", ["1a2b3c4d5e6f", "0001"])
def test_a_database_that_another_program_made_with_the_same_tool_is_left_alone(
    cluster: servers.Cluster, new_database: Callable[[], str], version: str
) -> None:
    name = new_database()
    with cluster.admin(name) as admin:
        admin.execute("CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)")
        admin.execute("INSERT INTO alembic_version VALUES (%s)", (version,))
    before = grants(cluster, name)
    address = cluster.address(name)
    with pytest.raises(UserError, match="contient déjà autre chose"):
        server_team.prepare(address, ADMIN_PASSWORD, "Association d’essai")
    assert grants(cluster, name) == before
    with pytest.raises(ServerError, match="n’est pas préparée"):
        server_team.look(address, ADMIN_PASSWORD)


def test_a_window_that_comes_back_to_another_program_s_database_is_told(
    shared_office: Office, tmp_path: Path
) -> None:
    window = shared_office.opened(NADIA, tmp_path)
    with shared_office.cluster.admin(shared_office.database) as admin:
        admin.execute("UPDATE alembic_version SET version_num = '1a2b3c4d5e6f'")
    with pytest.raises(ServerError, match="n’est pas préparée"):
        window.connect()


def test_an_upgrade_does_not_wait_for_ever_for_a_table_that_is_held(
    shared_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "_LOCK_SECONDS", 1)
    keeper = shared_office.cluster.address(shared_office.database)
    with shared_office.cluster.admin(shared_office.database) as admin, admin.transaction():
        admin.execute("LOCK TABLE staff")
        with pytest.raises(UserError, match="au même endroit"):
            server_team.prepare(keeper, ADMIN_PASSWORD, "Association d’essai")


def test_a_window_that_comes_back_after_an_upgrade_is_told_to_be_upgraded_too(
    shared_office: Office, tmp_path: Path
) -> None:
    window = shared_office.opened(NADIA, tmp_path)
    window.connect().close()
    with shared_office.cluster.admin(shared_office.database) as admin:
        admin.execute("UPDATE alembic_version SET version_num = %s", (f"{int(HEAD) + 1:04d}",))
    with pytest.raises(ServerError, match="plus récente"):
        window.connect()
