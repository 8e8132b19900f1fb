"""From the file to the server and back: all of it, and nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from connexion_desktop.data import cipher
from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey, wrapped_path
from connexion_desktop.domain.moved import TABLES
from connexion_desktop.domain.servers import NewUser, Role, ServerAddress, ServerError
from connexion_desktop.system import secrets
from connexion_desktop.usecases import listing, moving, server_team
from tests import servers
from tests.servers import ADMIN_PASSWORD, EVERYTHING, NADIA, Cluster, Office
from tests.usecases.moving.ends import rows_of, rows_there, to_file, to_server


def test_there_and_back_everything_is_as_it_was_to_the_letter(
    demo: tuple[Path, RawKey], new_server: ServerAddress, tmp_path: Path
) -> None:
    before, key = rows_of(*demo), RawKey.new()
    moved = to_server(demo, new_server)
    assert moved.counts == {name: len(rows) for name, rows in before.items()}
    assert sum(moved.counts.values()) == server_rows(new_server)
    assert set(moved.counts) == set(TABLES)
    assert not list(demo[0].parent.glob("*.verrou"))
    assert not demo[0].exists() and ".passee-au-serveur." in moved.file.name
    assert rows_of(moved.file, demo[1]) == before
    back = to_file(new_server, tmp_path / "rapatriee.base", key)
    assert back == moving.Moved(moved.counts, tmp_path / "rapatriee.base")
    assert rows_of(back.file, key) == before
    assert not list(tmp_path.glob("*.verrou"))
    with closing(Database.open(back.file, key)) as database, database.read() as session:
        assert len(listing.people(session)) > 30
    assert server_team.look(new_server, ADMIN_PASSWORD).people == 0


def server_rows(address: ServerAddress) -> int:
    return sum(map(len, rows_there(address).values()))


def test_the_server_is_in_service_once_the_base_is_there(
    shared_office: Office, office_server: ServerAddress, demo: tuple[Path, RawKey], tmp_path: Path
) -> None:
    to_server(demo, office_server)
    opened = shared_office.opened(EVERYTHING, tmp_path)
    with opened.read() as session:
        someone = session.scalars(sa.select(m.Person)).first()
        lines = session.scalar(sa.select(sa.func.count()).select_from(m.AuditLine))
    assert someone is not None
    with opened.write(Act("", "Essai", m.new_id())) as session:
        person = session.get(m.Person, someone.id)
        assert person is not None
        person.city = "Pessac"
    with opened.read() as session:
        after = session.scalar(sa.select(sa.func.count()).select_from(m.AuditLine))
    assert lines is not None and after == lines + 1


def test_those_who_have_a_login_keep_it_and_are_not_there_twice(
    shared_office: Office, office_server: ServerAddress, demo: tuple[Path, RawKey], tmp_path: Path
) -> None:
    with closing(Database.open(*demo)) as database, database.bulk() as session:
        known = session.scalars(sa.select(m.Staff).where(m.Staff.family_name == NADIA.family)).one()
        known.given_name, known.login = NADIA.given.upper(), "un-autre"
        session.add(m.StaffRole(staff_id=known.id, role="secretariat"))
    to_server(demo, office_server)
    assert shared_office.opened(NADIA, tmp_path).member.roles == {Role.CONSEILLER, Role.SECRETARIAT}
    team = server_team.look(office_server, ADMIN_PASSWORD).team
    assert [one.name for one in team if one.login == NADIA.login] == ["NADIA Ferrand"]
    key = RawKey.new()
    for one in list(shared_office._open):
        one.close()
    to_file(office_server, tmp_path / "b.base", key)
    left = server_team.look(office_server, ADMIN_PASSWORD).team
    assert {one.login for one in left} == {hand.login for hand in servers.TEAM}
    assert shared_office.opened(NADIA, tmp_path).member.roles == {Role.CONSEILLER, Role.SECRETARIAT}


def test_a_role_that_ended_in_the_file_takes_nobody_s_role_on_the_server(
    shared_office: Office, office_server: ServerAddress, demo: tuple[Path, RawKey], tmp_path: Path
) -> None:
    with closing(Database.open(*demo)) as database, database.bulk() as session:
        known = session.scalars(sa.select(m.Staff).where(m.Staff.family_name == NADIA.family)).one()
        ended = date(2020, 6, 30)
        for role in session.scalars(sa.select(m.StaffRole).filter_by(staff_id=known.id)):
            role.ends_on = ended
    to_server(demo, office_server)
    assert shared_office.opened(NADIA, tmp_path).member.roles == {Role.CONSEILLER}
    with shared_office.cluster.admin(shared_office.database) as admin:
        kept = admin.execute(
            "SELECT ends_on FROM staff_role JOIN staff ON staff.id = staff_id WHERE login = %s"
            " ORDER BY ends_on",
            (NADIA.login,),
        ).fetchall()
    assert kept == [(ended,), (None,)]


def test_who_will_leave_next_month_stays_of_the_team_there_and_back(
    shared_office: Office, office_server: ServerAddress, demo: tuple[Path, RawKey], tmp_path: Path
) -> None:
    def roles_and_departure() -> tuple[set[Role], object]:
        opened = shared_office.opened(NADIA, tmp_path)
        with opened.read() as session:
            leaves = session.scalar(sa.select(m.Staff.left_on).where(m.Staff.login == NADIA.login))
        opened.close()
        return set(opened.member.roles), leaves

    with shared_office.cluster.admin(shared_office.database) as admin:
        admin.execute(
            "UPDATE staff SET left_on = %s WHERE login = %s",
            (far := date(2999, 1, 31), NADIA.login),
        )
    to_server(demo, office_server)
    assert roles_and_departure() == ({Role.CONSEILLER}, far)
    to_file(office_server, tmp_path / "rapatriee.base", RawKey.new())
    assert roles_and_departure() == ({Role.CONSEILLER}, far)


def test_a_role_at_one_site_follows_the_site(
    shared_office: Office, office_server: ServerAddress, demo: tuple[Path, RawKey]
) -> None:
    login = shared_office.database.replace("essai_", "u")
    user = NewUser(login, "Zoé Arnaud", (Role.CONSEILLER,), "Pessac")
    server_team.add_user(office_server, ADMIN_PASSWORD, user)
    to_server(demo, office_server)
    team = server_team.look(office_server, ADMIN_PASSWORD).team
    assert [one.roles for one in team if one.login == login] == [("Conseiller (Pessac)",)]


def test_a_base_never_goes_over_what_was_typed_on_the_server(
    shared_office: Office, office_server: ServerAddress, demo: tuple[Path, RawKey], tmp_path: Path
) -> None:
    opened = shared_office.opened(EVERYTHING, tmp_path)
    with opened.write(Act("", "Essai", m.new_id())) as session:
        session.add(m.Person(number="P-00001", given_name="Zoé"))
    opened.close()
    there, here = rows_there(office_server), rows_of(*demo)
    with pytest.raises(UserError, match="contient déjà"):
        to_server(demo, office_server)
    assert rows_there(office_server) == there and rows_of(*demo) == here


def test_nothing_moves_while_a_colleague_is_connected(
    shared_office: Office, office_server: ServerAddress, demo: tuple[Path, RawKey], tmp_path: Path
) -> None:
    opened = shared_office.opened(NADIA, tmp_path)
    with pytest.raises(UserError, match="a l’application ouverte"):
        to_server(demo, office_server)
    opened.close()
    to_server(demo, office_server)
    opened = shared_office.opened(NADIA, tmp_path)
    with pytest.raises(UserError, match="a l’application ouverte"):
        to_file(office_server, tmp_path / "b.base", RawKey.new())
    assert not list(tmp_path.glob("*b.base*"))


def test_a_base_open_in_the_window_does_not_move(
    new_server: ServerAddress, demo: tuple[Path, RawKey]
) -> None:
    with (
        closing(Database.open(*demo)),
        pytest.raises(UserError, match="déjà ouverte"),
    ):
        to_server(demo, new_server)


def test_a_server_where_nobody_worked_has_nothing_to_bring_back(
    office_server: ServerAddress, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="rien à rapatrier"):
        to_file(office_server, tmp_path / "b.base", RawKey.new())
    assert not list(tmp_path.glob("*b.base*"))


def test_a_text_that_a_server_does_not_hold_is_told_before_anything_moves(
    new_server: ServerAddress, demo: tuple[Path, RawKey]
) -> None:
    with closing(cipher.connect(*demo)) as connection:
        connection.execute("UPDATE person SET city = 'a' || char(0) WHERE number = 'P-00001'")
    there = rows_there(new_server)
    with pytest.raises(UserError, match="Un texte de la base ne tient pas") as refused:
        to_server(demo, new_server)
    assert "Personnes" in refused.value.what and "person" not in refused.value.what
    assert rows_there(new_server) == there and demo[0].exists()
    with closing(cipher.connect(*demo)) as connection:
        connection.execute("UPDATE person_contact SET name = 'a' || char(0)")
        connection.execute("UPDATE person SET city = NULL WHERE number = 'P-00001'")
        (many,) = connection.execute("SELECT count(*) FROM person_contact").fetchone()
    with pytest.raises(UserError, match=f"{many} textes de la base ne tiennent pas") as refused:
        to_server(demo, new_server)
    assert refused.value.what.endswith("Proches à prévenir, champ « Nom ».")


def test_the_passphrase_of_a_base_put_aside_still_opens_it(
    new_server: ServerAddress, demo: tuple[Path, RawKey]
) -> None:
    secrets.wrap(*demo, "quatre mots sans rapport")
    moved = to_server(demo, new_server)
    assert wrapped_path(moved.file).exists()
    assert secrets.unwrap(moved.file, "quatre mots sans rapport") == demo[1]


def test_a_server_that_is_not_prepared_is_told(
    cluster: Cluster, new_database: Callable[[], str], demo: tuple[Path, RawKey]
) -> None:
    with pytest.raises(ServerError, match="n’est pas préparé"):
        to_server(demo, cluster.address(new_database()))
    assert demo[0].exists()
