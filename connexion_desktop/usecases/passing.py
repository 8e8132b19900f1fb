"""« Passer au serveur partagé » as one act: the server prepared, one's own login made, the base
moved, the server opened. Slow: never on the window's thread."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from connexion_desktop.data.database import Database
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.passing import ToServer
from connexion_desktop.domain.progress import Progress
from connexion_desktop.domain.servers import ServerAddress
from connexion_desktop.usecases import maintenance, moving, server_team, servers
from connexion_desktop.usecases.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Passed:
    """A base that is on the server: `store` is that server, open; else `problem` says why it did
    not open, though everything is there."""

    moved: moving.Moved
    address: ServerAddress
    store: ServerDatabase | None
    problem: UserError | None = None


def to_server(base: Path, key: RawKey, wanted: ToServer, progress: Progress) -> Passed:
    """Move a base that nobody has open to a server, and open that as who asks for it. Whatever is
    refused before the end leaves the base as it was. Raises UserError, ServerError, Cancelled."""
    wanted.check()
    address, password = wanted.address, wanted.password
    progress.step(0, 1, "Préparation du serveur")
    with servers.first_time(address):
        server_team.prepare(address, password, _association(base, key))
        server_team.add_user(address, password, wanted.me, wanted.my_password)
    moved = moving.to_server(base, key, address, password, progress)
    mine = my_address(wanted)
    try:
        servers.remember(mine, wanted.my_password)
        return Passed(moved, mine, servers.open_server(mine, wanted.my_password))
    except UserError as error:
        problem = type(error)(
            f"Tout est sur le serveur « {mine.name} », mais il ne s’est pas ouvert. {error.what}",
            f"La base de ce poste est mise de côté, intacte : {moved.file}",
            error.todo,
        )
        problem.__cause__ = error
        return Passed(moved, mine, None, problem)


def my_address(wanted: ToServer) -> ServerAddress:
    """The server as who asks will reach it."""
    return replace(wanted.address, login=wanted.me.login)


def _association(base: Path, key: RawKey) -> str:
    with closing(Database.open(base, key)) as opened, opened.read() as session:
        return maintenance.association(session)


def to_file(
    admin: ServerAddress, password: str, path: Path, key: RawKey, progress: Progress
) -> moving.Moved:
    """Bring all that a server holds back to a new base at `path`, under the administrator's login;
    what an interrupted return left is settled first: see `finished`.

    Raises UserError, ServerError, Cancelled; LostServerError too where nobody can say whether the
    server was emptied: the base is then whole, and opened by nobody until that is known.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if moving.finish(admin, password, path):
        return moving.Moved({}, path)
    moved = moving.to_file(admin, password, path, key, progress)
    if not moved.certain:
        raise moving.unsettled(admin, moved)
    return moved


def finished(admin: ServerAddress, password: str, path: Path) -> bool:
    """Whether a return that was interrupted is finished by now: its base is at `path`, under the
    key made for it then. To be asked before any new key is. Raises ServerError; UserError, also
    if there is nothing to bring back, or if another base is at `path`."""
    if moving.finish(admin, password, path):
        return True
    moving.refuse_twice(admin, password, path)
    return False


def free_place(path: Path) -> Path:
    """Where to bring a base back: `path`, or beside it where another base has that name. One that
    waits for its name keeps it."""
    names = chain((path,), (path.with_stem(f"{path.stem}-{rank}") for rank in count(2)))
    return next(each for each in names if not each.exists() or any(Waiting.beside(each)))
