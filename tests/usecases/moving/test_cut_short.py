"""Whatever interrupts a move leaves both ends as they were, or is finished later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.passing import ToServer
from connexion_desktop.domain.progress import Silent
from connexion_desktop.domain.servers import (
    LostServerError,
    NewUser,
    Role,
    ServerAddress,
    ServerError,
)
from connexion_desktop.usecases import moving, passing, servers
from tests.servers import ADMIN_PASSWORD, Cluster, Office
from tests.usecases.moving.ends import (
    Stop,
    given_up,
    killed,
    rows_of,
    rows_there,
    to_file,
    to_server,
)


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
    with pytest.raises(UserError, match="quelqu’un y a travaillé depuis"):
        to_server(demo, new_server)
    assert demo[0].exists()


@pytest.mark.parametrize("at", ["_empty_server", "take_name"])
def test_killed_near_its_end_a_return_is_undone_or_finished(
    at: str, new_server: ServerAddress, demo: tuple[Path, RawKey], tmp_path: Path
) -> None:
    here = rows_of(*demo)
    to_server(demo, new_server)
    there, path, key = rows_there(new_server), tmp_path / "b.base", RawKey.new()
    killed("to_file", path, key, new_server, at)
    assert not path.exists()
    finished = moving.finish(new_server, ADMIN_PASSWORD, path)
    assert finished == (at == "take_name") == path.exists()
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

        def then_shut(*arguments: object) -> object:
            answer = whole(*arguments)
            self._allow(False)
            return answer

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


def test_a_return_that_nobody_is_sure_of_opens_no_base(
    shut: Shut, new_server: ServerAddress, demo: tuple[Path, RawKey], tmp_path: Path
) -> None:
    to_server(demo, new_server)
    path, key = tmp_path / "b.base", RawKey.new()
    shut.after("_empty_server")
    with pytest.raises(LostServerError, match="s’est tu à la fin") as told:
        passing.to_file(new_server, ADMIN_PASSWORD, path, key, Silent())
    (waiting,) = tmp_path.glob("*.rapatriement")
    assert str(waiting) in told.value.safe and not path.exists()
    shut.no_more()
    assert passing.to_file(new_server, ADMIN_PASSWORD, path, key, Silent()).file == path


def test_what_somebody_typed_in_a_base_that_waits_is_never_removed(
    shut: Shut,
    new_server: ServerAddress,
    demo: tuple[Path, RawKey],
    tmp_path: Path,
    act: Callable[[str], Act],
) -> None:
    to_server(demo, new_server)
    path, key = tmp_path / "b.base", RawKey.new()
    shut.after("_empty_server")
    waiting = to_file(new_server, path, key).file
    shut.no_more()
    with closing(Database.open(waiting, key)) as database:
        with pytest.raises(UserError, match="déjà ouverte"):
            moving.finish(new_server, ADMIN_PASSWORD, path)
        with database.write(act("Essai")) as session:
            session.add(m.Person(number="P-99999", given_name="Zoé"))
    with pytest.raises(UserError, match="a été ouverte depuis"):
        moving.finish(new_server, ADMIN_PASSWORD, path)
    with closing(Database.open(waiting, key)) as database, database.read() as session:
        assert session.scalar(sa.select(m.Person.id).where(m.Person.number == "P-99999"))


def test_a_base_that_is_on_a_server_which_does_not_open_is_told_so(
    shut: Shut, new_server: ServerAddress, demo: tuple[Path, RawKey]
) -> None:
    login = new_server.database.replace("essai_", "z")
    me = NewUser(login, "Zoé Arnaud", (Role.CONSEILLER,))
    wanted = ToServer(new_server, ADMIN_PASSWORD, me, "quatre mots faciles")
    shut.after("_put_aside")
    passed = passing.to_server(*demo, wanted, Silent())
    assert passed.store is None and isinstance(passed.problem, ServerError)
    assert "Tout est sur le serveur" in passed.problem.what and "intacte" in passed.problem.safe
    shut.no_more()
    with closing(servers.open_known(new_server.name, "quatre mots faciles")) as store:
        assert store.author == "Zoé Arnaud"
