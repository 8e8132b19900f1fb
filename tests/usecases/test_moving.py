"""From the file to the server and back: all of it, or nothing at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from benchmarks import bases
from connexion_desktop.data import cipher
from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.data.server import prepare
from connexion_desktop.data.server.moving import TABLES
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.keys import RawKey, wrapped_path
from connexion_desktop.domain.progress import Progress, Silent
from connexion_desktop.domain.servers import NewUser, Role, ServerAddress, ServerError
from connexion_desktop.system import secrets
from connexion_desktop.usecases import listing, moving, server_team
from tests import servers
from tests.servers import ADMIN_PASSWORD, EVERYTHING, NADIA, Cluster, Office

Rows = dict[str, list[str]]


@dataclass
class Stop:
    """A Progress that does something from its step of that rank on."""

    at: int
    then: Callable[[], None]
    taken: int = 0

    def step(self, done: int, total: int, label: str = "") -> None:
        self.taken += 1
        if self.taken >= self.at:
            self.then()


def given_up() -> None:
    raise Cancelled


def rows_of(path: Path, key: RawKey) -> Rows:
    """Every row of every table that is moved, as it is written in the file."""
    with closing(cipher.connect(path, key)) as connection:
        return {
            table.name: sorted(map(repr, connection.execute(_all_of(table)))) for table in TABLES
        }


def rows_there(address: ServerAddress) -> Rows:
    """Every row of every table that is moved, as a server holds it."""
    with prepare.owned(address, ADMIN_PASSWORD) as owner:
        return {
            table.name: sorted(repr(tuple(row)) for row in owner.exec_driver_sql(_all_of(table)))
            for table in TABLES
        }


def _all_of(table: sa.Table) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    return f'SELECT {columns} FROM "{table.name}"'  # noqa: S608 - our own names


@pytest.fixture
def demo(tmp_path: Path) -> tuple[Path, RawKey]:
    """The demo base, closed, with what is hardest to carry."""
    made = bases.copy(tmp_path / "demo")
    key = secrets.read_key_file(made.key_file)
    with closing(Database.open(made.path, key)) as database, database.bulk() as session:
        instant = datetime(2026, 3, 29, 1, 30, 0, 1, tzinfo=UTC)
        hard = {"a": [None, 1.5, 1e-7, "« \\ \t ‑ \U0001f600 »"], "": {"\n": False}}
        for code, data in (("un", hard), ("deux", None), ("trois", {}), ("quatre", 10**15)):
            item = m.ReferenceItem(list="essai", code=code, label="a\tb\\N\r\n\\.", data=data)
            item.created_at = instant
            session.add(item)
        session.add(m.Setting(key="essai.rien", value=None))
    return made.path, key


@pytest.fixture
def new_server(cluster: Cluster, new_database: Callable[[], str]) -> ServerAddress:
    """A prepared server where there is nobody."""
    address = cluster.address(new_database())
    server_team.prepare(address, ADMIN_PASSWORD, "Association d’essai")
    return address


@pytest.fixture
def office_server(shared_office: Office) -> ServerAddress:
    """A prepared server with its team, where nobody worked yet."""
    return shared_office.cluster.address(shared_office.database)


def to_server(
    demo: tuple[Path, RawKey], address: ServerAddress, progress: Progress | None = None
) -> moving.Moved:
    return moving.to_server(*demo, address, ADMIN_PASSWORD, progress or Silent())


def to_file(
    address: ServerAddress, path: Path, key: RawKey, progress: Progress | None = None
) -> moving.Moved:
    return moving.to_file(address, ADMIN_PASSWORD, path, key, progress or Silent())


def test_there_and_back_everything_is_as_it_was_to_the_letter(
    demo: tuple[Path, RawKey], new_server: ServerAddress, tmp_path: Path
) -> None:
    before, key = rows_of(*demo), RawKey.new()
    moved = to_server(demo, new_server)
    assert moved.rows == sum(map(len, before.values())) == server_rows(new_server)
    assert not demo[0].exists() and ".passee-au-serveur." in moved.file.name
    assert rows_of(moved.file, demo[1]) == before
    back = to_file(new_server, tmp_path / "rapatriee.base", key)
    assert back == moving.Moved(moved.rows, tmp_path / "rapatriee.base")
    assert rows_of(back.file, key) == before
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
    with pytest.raises(UserError, match="ont l’application ouverte"):
        to_server(demo, office_server)
    opened.close()
    to_server(demo, office_server)
    opened = shared_office.opened(NADIA, tmp_path)
    with pytest.raises(UserError, match="ont l’application ouverte"):
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
    with pytest.raises(UserError, match="ne tiennent pas") as refused:
        to_server(demo, new_server)
    assert "person" in str(refused.value)
    assert rows_there(new_server) == there and demo[0].exists()


@pytest.mark.parametrize("at", [1, 2, 20, 60, 100])
def test_given_up_at_any_point_a_move_leaves_both_ends_as_they_were(
    at: int, office_server: ServerAddress, demo: tuple[Path, RawKey], tmp_path: Path
) -> None:
    there, here = rows_there(office_server), rows_of(*demo)
    with pytest.raises(Cancelled):
        to_server(demo, office_server, Stop(at, given_up))
    assert rows_there(office_server) == there and rows_of(*demo) == here
    to_server(demo, office_server)
    there = rows_there(office_server)
    with pytest.raises(Cancelled):
        to_file(office_server, tmp_path / "b.base", RawKey.new(), Stop(at, given_up))
    assert rows_there(office_server) == there and not list(tmp_path.glob("*b.base*"))


def test_a_cut_in_the_midst_leaves_both_ends_as_they_were(
    shared_office: Office, office_server: ServerAddress, demo: tuple[Path, RawKey], tmp_path: Path
) -> None:
    def cut() -> None:
        with shared_office.cluster.admin() as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                (shared_office.database,),
            )

    there, here = rows_there(office_server), rows_of(*demo)
    with pytest.raises(ServerError, match="ne répond plus") as refused:
        to_server(demo, office_server, Stop(40, cut))
    assert "comme avant" in refused.value.safe
    assert rows_there(office_server) == there and rows_of(*demo) == here
    to_server(demo, office_server)
    there = rows_there(office_server)
    with pytest.raises(ServerError, match="ne répond plus"):
        to_file(office_server, tmp_path / "b.base", RawKey.new(), Stop(40, cut))
    assert rows_there(office_server) == there and not list(tmp_path.glob("*b.base*"))


def test_a_full_disk_leaves_the_server_as_it_was(
    new_server: ServerAddress,
    demo: tuple[Path, RawKey],
    small_disk: Callable[[str], Path],
) -> None:
    to_server(demo, new_server)
    there, disk = rows_there(new_server), small_disk("1500k")
    with pytest.raises(UserError, match="plein"):
        to_file(new_server, disk / "b.base", RawKey.new())
    assert rows_there(new_server) == there and not list(disk.glob("*b.base*"))


KILLED = """
import os, sys
from pathlib import Path
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.servers import ServerAddress
from connexion_desktop.usecases import moving

word, path, key, database, port, password, at = sys.argv[1:]
address = ServerAddress("essai", "127.0.0.1", database, "administrateur", int(port))

class Killed:
    left = int(at) if at.isdecimal() else -1
    def step(self, done, total, label=""):
        Killed.left -= 1
        if not Killed.left:
            os._exit(9)

if not at.isdecimal():
    setattr(moving, at, lambda *_: os._exit(9))
if word == "to_server":
    moving.to_server(Path(path), RawKey(key), address, password, Killed())
else:
    moving.to_file(address, password, Path(path), RawKey(key), Killed())
"""


def killed(word: str, path: Path, key: RawKey, address: ServerAddress, at: str) -> None:
    """A move whose program dies at its step of that rank, or where it would call that function."""
    told = (word, path, key.hex, address.database, address.port, ADMIN_PASSWORD, at)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *map(str, told)], env=dict(os.environ), check=False
    )
    assert done.returncode == 9


@pytest.mark.parametrize("at", ["30", "90"])
def test_killed_in_the_midst_a_move_leaves_both_ends_as_they_were(
    at: str, office_server: ServerAddress, demo: tuple[Path, RawKey], tmp_path: Path
) -> None:
    there, here = rows_there(office_server), rows_of(*demo)
    killed("to_server", *demo, office_server, at)
    assert rows_there(office_server) == there and rows_of(*demo) == here
    to_server(demo, office_server)
    there = rows_there(office_server)
    path = tmp_path / "b.base"
    killed("to_file", path, RawKey.new(), office_server, at)
    assert rows_there(office_server) == there and not path.exists()
    assert not moving.finish(office_server, ADMIN_PASSWORD, path)
    to_file(office_server, path, RawKey.new())


def test_killed_before_its_file_is_put_aside_a_move_is_only_to_be_finished(
    new_server: ServerAddress, demo: tuple[Path, RawKey]
) -> None:
    killed("to_server", *demo, new_server, "_put_aside")
    there, here = rows_there(new_server), rows_of(*demo)
    moved = to_server(demo, new_server)
    assert rows_there(new_server) == there and rows_of(moved.file, demo[1]) == here


def test_work_done_in_a_base_that_is_on_the_server_is_never_put_aside_unseen(
    new_server: ServerAddress, demo: tuple[Path, RawKey], act: Callable[[str], Act]
) -> None:
    killed("to_server", *demo, new_server, "_put_aside")
    with closing(Database.open(*demo)) as database, database.write(act("Essai")) as session:
        session.add(m.Person(number="P-99999", given_name="Zoé"))
    with pytest.raises(UserError, match="on y a travaillé depuis"):
        to_server(demo, new_server)
    assert demo[0].exists()


@pytest.mark.parametrize("at", ["_empty_server", "_take_name"])
def test_killed_near_its_end_a_return_is_undone_or_finished(
    at: str, new_server: ServerAddress, demo: tuple[Path, RawKey], tmp_path: Path
) -> None:
    here = rows_of(*demo)
    to_server(demo, new_server)
    there, path, key = rows_there(new_server), tmp_path / "b.base", RawKey.new()
    killed("to_file", path, key, new_server, at)
    assert not path.exists()
    finished = moving.finish(new_server, ADMIN_PASSWORD, path)
    assert finished == (at == "_take_name") == path.exists()
    if finished:
        assert rows_of(path, key) == here
    else:
        assert rows_there(new_server) == there
    assert not list(tmp_path.glob("*.rapatriement"))


class Shut:
    """Lets nobody into a database any more, and cuts whoever is in, once a step of ours is done."""

    def __init__(self, cluster: Cluster, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self._cluster, self._database, self._patch = cluster, database, monkeypatch

    def after(self, step: str) -> None:
        whole = getattr(moving, step)

        def then_shut(*arguments: object) -> None:
            whole(*arguments)
            self._allow(False)

        self._patch.setattr(moving, step, then_shut)

    def no_more(self) -> None:
        self._patch.undo()
        self._allow(True)

    def _allow(self, may: bool) -> None:
        with self._cluster.admin() as admin:
            name = self._database
            admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {may}".encode())
            if not may:
                admin.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                    (name,),
                )


@pytest.fixture
def shut(cluster: Cluster, new_server: ServerAddress) -> Iterator[Shut]:
    with pytest.MonkeyPatch.context() as patch:
        yield Shut(cluster, new_server.database, patch)


def test_a_server_that_goes_as_it_commits_is_asked_again_later(
    shut: Shut, new_server: ServerAddress, demo: tuple[Path, RawKey], tmp_path: Path
) -> None:
    there, here = rows_there(new_server), rows_of(*demo)
    shut.after("_fill_server")
    with pytest.raises(ServerError, match="s’est tu à la fin") as told:
        to_server(demo, new_server)
    assert "Rien n’est perdu" in told.value.safe
    shut.no_more()
    assert rows_there(new_server) == there and rows_of(*demo) == here
    to_server(demo, new_server)
    there, path = rows_there(new_server), tmp_path / "b.base"
    shut.after("_empty_server")
    moved = to_file(new_server, path, RawKey.new())
    assert not moved.certain and moved.file.exists() and not path.exists()
    with pytest.raises(ServerError, match="ne répond pas") as told:
        moving.finish(new_server, ADMIN_PASSWORD, path)
    assert moved.file.exists()
    shut.no_more()
    assert not moving.finish(new_server, ADMIN_PASSWORD, path)
    assert not moved.file.exists() and rows_there(new_server) == there


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
