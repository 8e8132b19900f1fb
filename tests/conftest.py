"""What every part of the suite needs: a real encrypted base, quickly, and acts to sign."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from uuid import uuid4

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
import sqlalchemy as sa
from hypothesis import settings

from connexion_desktop.data.database import Database
from connexion_desktop.data.models import AuditLine
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.ui import garbage
from tests import servers, statements

AUTHOR = "Anne Martin"
_WHOLE_SEARCH_EVERY = 40
_DONE = pytest.StashKey["count[int]"]()
_OURS = ("read-", "write-", "listening")
"""The threads of a window on a server, which closing does not wait for to their end."""

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")  # a busy machine is no failure


def pytest_configure(config: pytest.Config) -> None:
    """Declare our markers; compile each statement once for the whole run."""
    config.addinivalue_line("markers", "logs_an_error: the test makes the application log one")
    config.addinivalue_line("markers", "file_alone(why): not tried on the shared server")
    statements.compile_once()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """As in the window, garbage is searched on the thread of the tests alone; all of it now and
    then, since each test leaves a window."""
    try:
        return (yield)
    finally:
        done = item.session.stash.setdefault(_DONE, count(1))
        if next(done) % _WHOLE_SEARCH_EVERY:
            garbage.search_what_is_due()
        else:
            gc.collect()
            gc.freeze()


def pytest_collection_finish() -> None:
    """What the modules and the tests are made of stays to the end: no search goes through it."""
    gc.freeze()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What is about a store, or a use case, is tried on both: the file and the shared server."""
    both = metafunc.module.__name__.startswith(("tests.data.", "tests.usecases."))
    alone = metafunc.definition.get_closest_marker("file_alone")
    if both and alone is None and "database" in metafunc.fixturenames:
        metafunc.parametrize("database", ["fichier", "serveur"], indirect=True)


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One worker more than xdist says: each waits now and then for a job or a process."""
    return (yield) + 1


@pytest.fixture(scope="session")
def empty_base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RawKey]:
    """A closed base with its lists and nobody in it, made once; copy it, never open it."""
    path = tmp_path_factory.mktemp("base") / "vide.connexion"
    key = RawKey.new()
    Database.create(path, key, "Association d’essai").close()
    return path, key


@pytest.fixture
def base_file(empty_base: tuple[Path, RawKey], tmp_path: Path) -> Iterator[Database]:
    """An open file of this test's own: reference lists, nobody yet."""
    template, key = empty_base
    path = tmp_path / "base.connexion"
    shutil.copy(template, path)
    opened = Database.open(path, key)
    yield opened
    opened.close()


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Store:
    """An open store of this test's own: reference lists, and on the server its team."""
    on_server = getattr(request, "param", "fichier") == "serveur"
    opened: Store = request.getfixturevalue("server" if on_server else "base_file")
    return opened


@pytest.fixture
def colleague(database: Store, request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """The same store as Bruno Petit has it open: on the server, from another workstation."""
    if isinstance(database, Database):
        return database
    office: servers.Office = request.getfixturevalue("shared_office")
    return office.opened(servers.BRUNO, tmp_path)


@pytest.fixture
def time_passes(database: Store, request: pytest.FixtureRequest) -> Callable[[], None]:
    """What was done so far was done twenty minutes before."""

    def on_file() -> None:
        with database.bulk() as session:
            for line in session.scalars(sa.select(AuditLine)):
                line.at -= timedelta(minutes=20)

    def on_server() -> None:
        office: servers.Office = request.getfixturevalue("shared_office")
        with office.cluster.admin(office.database) as owner:
            owner.execute("UPDATE audit_line SET at = at - interval '20 minutes'")

    return on_file if isinstance(database, Database) else on_server


@pytest.fixture(scope="session")
def cluster() -> Iterator[servers.Cluster]:
    """A real PostgreSQL of this run."""
    if sys.platform == "win32":
        pytest.skip("the server of the suite is run as POSIX runs it")
    with servers.cluster(None, "-c scram_iterations=1") as running:  # each test connects anew
        yield running


@pytest.fixture(scope="session")
def server_template(cluster: servers.Cluster) -> str:
    """A prepared database where only `servers.TEAM` is; copy it, never open it."""
    name = cluster.new_database()
    servers.prepare(cluster, name)
    return name


@pytest.fixture
def new_database(cluster: servers.Cluster) -> Iterator[Callable[[], str]]:
    """Make an empty database, or a copy of one: `new_database()`, `new_database(template)`."""
    made: list[str] = []

    def make(template: str = "template0") -> str:
        made.append(cluster.new_database(template))
        return made[-1]

    yield make
    for name in made:
        cluster.drop(name)


@pytest.fixture
def office_template(server_template: str) -> str:
    """What the server of a test is a copy of."""
    return server_template


@pytest.fixture
def shared_office(
    cluster: servers.Cluster, office_template: str, empty_base: tuple[Path, RawKey]
) -> Iterator[servers.Office]:
    """A prepared server of this test's own, and ways to open it as each member of the team."""
    made = servers.Office(cluster, cluster.new_database(office_template), empty_base)
    yield made
    made.close()


@pytest.fixture
def office(shared_office: servers.Office) -> servers.Office:
    """The same, where no other office is meant."""
    return shared_office


@pytest.fixture
def server(shared_office: servers.Office, tmp_path: Path) -> ServerDatabase:
    """An open server of this test's own, as AUTHOR, who holds every role."""
    return shared_office.opened(servers.EVERYTHING, tmp_path)


@pytest.fixture
def act() -> Callable[..., Act]:
    """Make an act: `act("Nouvelle personne")`, `act("…", author="…", command_id=…)`."""

    def make(label: str = "Essai", **values: object) -> Act:
        return Act(**{"author": AUTHOR, "label": label, "command_id": uuid4(), **values})  # type: ignore[arg-type]

    return make


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Make a disk of that size (« 64k »), in memory; skipped where nobody lets us mount one."""
    made: list[Path] = []

    def make(size: str) -> Path:
        folder = tmp_path / f"disque {len(made)}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        if shutil.which("mount") is None or subprocess.run(command, check=False).returncode:
            pytest.skip("no right to mount a small disk here")
        made.append(folder)
        return folder

    yield make
    for folder in made:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the folders of whoever runs it."""
    monkeypatch.setenv("CONNEXION_DESKTOP_HOME", str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def _nothing_left_running(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """A test ends its threads, those of a server's window too though they may be left behind, and
    logs no error of ours, from its set-up to its teardown, unless it says so."""
    before = set(threading.enumerate())
    yield
    begun = set(threading.enumerate()) - before
    ours = [each for each in begun if not each.daemon or each.name.startswith(_OURS)]
    for thread in ours:
        thread.join(timeout=5)
    left = [thread.name for thread in ours if thread.is_alive()]
    assert not left, f"threads still running: {left}"
    errors = [
        record.getMessage()
        for when in ("setup", "call", "teardown")
        for record in caplog.get_records(when)
        if record.levelno >= logging.ERROR and record.name.startswith("connexion_desktop")
    ]
    expected = request.node.get_closest_marker("logs_an_error") is not None
    assert bool(errors) == expected, f"errors in the log: {errors}"
