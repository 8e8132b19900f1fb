"""A real PostgreSQL with a demo base moved into it, and members of the team to open it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from benchmarks import bases
from connexion_desktop.data import models as m
from connexion_desktop.data.audit import StoreSession, Work
from connexion_desktop.data.database import Database
from connexion_desktop.data.server import prepare
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.progress import Silent
from connexion_desktop.domain.servers import ServerAddress
from connexion_desktop.usecases import moving
from tests import servers

PASSWORD = "un mot de passe inventé"  # noqa: S105 - of a server that lasts as long as the figure


@dataclass(frozen=True, slots=True)
class ServerOffice:
    """The server, and where each workstation keeps its drafts."""

    cluster: servers.Cluster
    database: str
    folder: Path

    def address(self, login: str, port: int | None = None) -> ServerAddress:
        """How somebody reaches it, directly or through the `port` of a proxy."""
        return ServerAddress("essai", "127.0.0.1", self.database, login, port or self.cluster.port)

    def owner(self) -> AbstractContextManager[sa.Connection]:
        """A transaction past the rights of rows."""
        return prepare.owned(self.address(servers.ADMIN), servers.ADMIN_PASSWORD)


@contextmanager
def server_office(logins: list[str], people: int = 0) -> Iterator[ServerOffice]:
    """A demo base of that size on a server of its own. Each login is a conseiller; the groups are
    shared out between them, the first group being open to all."""
    with servers.cluster() as cluster, tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        office = ServerOffice(cluster, cluster.new_database(), folder)
        admin = office.address(servers.ADMIN)
        prepare.prepare(admin, servers.ADMIN_PASSWORD, "Association d’essai")
        demo = bases.copy(folder, people)
        key = RawKey(demo.key_file.read_text(encoding="utf-8").strip())
        moving.to_server(demo.path, key, admin, servers.ADMIN_PASSWORD, Silent())
        with prepare.administered(admin, servers.ADMIN_PASSWORD) as connection:
            for login in logins:
                prepare.add_login(connection, login, PASSWORD)
        _share_out(office, logins)
        with cluster.admin(office.database) as connection:
            connection.execute("ANALYZE")
        yield office


def workstation(office: ServerOffice, login: str, port: int | None = None) -> ServerDatabase:
    """The server as a workstation has it open."""
    return opened(office.address(login, port), office.folder)


def opened(address: ServerAddress, folder: Path) -> ServerDatabase:
    """The same, for a process of its own."""
    path = folder / f"{address.login}-{address.port}.brouillons"
    keep = Database.create(path, RawKey.new(), "Brouillons")
    return ServerDatabase.open(address, PASSWORD, keep)


def _share_out(office: ServerOffice, logins: list[str]) -> None:
    with prepare.owned(office.address(servers.ADMIN), servers.ADMIN_PASSWORD) as owner:
        association = owner.execute(sa.select(m.BaseInfo.association_id)).scalar_one()
        info = {"work": Work(None, elsewhere=True), "association_id": association}
        with StoreSession(owner, info=info) as session:
            staff = []
            for rank, login in enumerate(logins):
                row = m.Staff(given_name="Poste", family_name=f"n° {rank + 1}", login=login)
                session.add(row)
                session.flush()
                session.add(m.StaffRole(staff_id=row.id, role="conseiller"))
                staff.append(row.id)
            groups = session.scalars(sa.select(m.Cohort).order_by(m.Cohort.starts_on.desc()))
            for rank, group in enumerate(groups):
                group.conseiller_id = staff[rank % len(staff)] if rank else None
            session.flush()
