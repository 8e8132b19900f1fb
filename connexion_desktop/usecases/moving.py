"""Moving what an association holds from its local file to its server, and back.

Whatever interrupts a move (given up, killed, a full disk, a cut) leaves both ends as they were: the
server commits last, once the other end is whole. Slow: never on the window's thread.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from connexion_desktop.data import backup, cipher
from connexion_desktop.data.audit import StoreSession, Work
from connexion_desktop.data.database import Database
from connexion_desktop.data.errors import from_os, sqlite_told
from connexion_desktop.data.lock import BaseLock
from connexion_desktop.data.migrations import HEAD
from connexion_desktop.data.models import Association, BaseInfo
from connexion_desktop.data.server import moving, prepare, team
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey, wrapped_path
from connexion_desktop.domain.progress import Progress
from connexion_desktop.domain.servers import LostServerError, ServerAddress, ServerError
from connexion_desktop.usecases.new_base import made_aside, refuse_existing
from connexion_desktop.usecases.waiting import Waiting, move_base

_NOTHING = "Rien n’a été déplacé : la base et le serveur sont comme avant."
_LOCK_SECONDS = 10
_ASIDE = ".passee-au-serveur."


@dataclass(frozen=True, slots=True)
class Moved:
    """A move that is done: how many rows each table has, found the same on both sides, and where
    the file is now: put aside after a move to the server, in service after one from it.

    `certain`: whether the server said so; else its answer was lost, and `finish` settles it later.
    """

    counts: Mapping[str, int]
    file: Path
    certain: bool = True


def to_server(
    base: Path, key: RawKey, address: ServerAddress, password: str, progress: Progress
) -> Moved:
    """Move a base that nobody has open into a prepared server where nobody worked yet, under the
    administrator's login; then put its file aside, under a name that says so.

    Those who have a login on the server keep it. Raises UserError: base open elsewhere, server that
    holds people already, somebody connected; ServerError; Cancelled.
    """
    with closing(Database.open(base, key)) as database:
        base_id = database.base_id
        with closing(database.connect()) as source:
            counts = moving.counts_here(source)
            filled = False
            try:
                with _held(address, password) as server:
                    if moving.base_id(server) == base_id:
                        _refuse_another_state(server, source)
                    else:
                        _fill_server(server, source, progress)
                    filled = True
            except BaseException as problem:
                if not filled or not _was_committed(problem, address, password, base_id):
                    raise
    return Moved(counts, _put_aside(base))


def to_file(
    address: ServerAddress, password: str, path: Path, key: RawKey, progress: Progress
) -> Moved:
    """Move all that a server holds into a new base at `path`, under the administrator's login; then
    leave on it only the association, its lists and its team.

    Call `finish` first. Raises UserError: a file is there, nothing to bring back, somebody
    connected; ServerError; Cancelled. Not when it is unknown whether the server was emptied: see
    `Moved.certain`; the base is then whole, beside `path`.
    """
    refuse_existing(path)
    waiting: Waiting | None = None
    counts: Mapping[str, int] = {}
    emptied = False
    try:
        with _held(address, password) as server:
            if moving.is_empty(server):
                raise _nothing_left(address, "Rien n’a été touché.")
            waiting = Waiting.to_make(path, moving.base_id(server))
            with made_aside(waiting.file) as unfinished:
                counts = _build(unfinished, key, server, progress)
            waiting = waiting.sealed()
            _empty_server(server)
            emptied = True
    except BaseException as problem:
        if waiting is None:
            raise
        still_there = _holds(address, password, waiting.base_id) if emptied else True
        if still_there is None:
            return Moved(counts, waiting.file, certain=False)
        if still_there:
            with suppress(OSError, UserError), waiting.held():
                waiting.remove()
            raise problem
    waiting.take_name()
    return Moved(counts, path)


def refuse_gone(base: Path) -> None:
    """Raise UserError for a base that went to a server already, and says where its file is."""
    aside = sorted(base.parent.glob(f"{escape(base.name)}{_ASIDE}*")) if not base.exists() else []
    files = [each for each in aside if each.suffix[1:].replace("-", "").isdecimal()]
    if files:
        raise UserError(
            f"La base « {base.name} » est déjà passée au serveur : il n’y a rien à refaire.",
            f"Tout y est ; son fichier est gardé, intact : {files[-1]}",
            "Travaillez sur le serveur. Si c’était le mauvais, donnez ce fichier-là par --fichier.",
        )


def refuse_twice(address: ServerAddress, password: str, path: Path) -> None:
    """Raise UserError if a base is at `path`: the one brought back already, where the server holds
    nothing any more; else another. Raises ServerError."""
    if not path.exists():
        return
    with _cut_told(), prepare.owned(address, password) as server:
        is_over = moving.is_empty(server)
    if is_over:
        raise _nothing_left(address, f"La base « {path} » est là ; elle n’a pas été touchée.")
    raise UserError(
        f"« {path} » existe déjà, et le serveur « {address.name} » contient encore tout.",
        "Ni l’un ni l’autre n’a été touché.",
        "Choisissez un autre nom : ce que contient le serveur va dans une base neuve.",
    )


def _nothing_left(address: ServerAddress, safe: str) -> UserError:
    return UserError(
        f"Il n’y a rien à rapatrier : le serveur « {address.name} » ne contient que l’association,"
        " ses listes et son équipe.",
        safe,
        "Si tout en a déjà été rapatrié, travaillez dans la base faite alors : elle est complète.",
    )


def unsettled(address: ServerAddress, moved: Moved) -> LostServerError:
    """What is told of a return that is not `certain`."""
    return LostServerError(
        f"Le serveur « {address.name} » s’est tu à la fin du déplacement.",
        f"Rien n’est perdu : la base rapatriée est entière : {moved.file}",
        "N’y travaillez pas ; recommencez quand il répond : ce qui était commencé sera fini.",
    )


def finish(address: ServerAddress, password: str, path: Path) -> bool:
    """Settle what an interrupted `to_file` left beside `path`: if the server was emptied, the whole
    base takes its name (True); else it goes, since the server still holds everything.

    Raises LostServerError if the server cannot say; UserError for a base that is open, or that was
    opened since though the server still holds everything.
    """
    for waiting in Waiting.beside(path):
        still_there = _holds(address, password, waiting.base_id)
        if still_there is None:
            raise LostServerError(
                f"Le serveur « {address.name} » ne répond pas.",
                f"La base rapatriée est entière : {waiting.file}.",
                "Recommencez quand il répond : ce qui était commencé sera fini.",
            )
        with waiting.held():
            if not still_there:
                refuse_existing(path)
                waiting.take_name()
                return True
            _refuse_touched(waiting)
            waiting.remove()
    return False


def _refuse_touched(waiting: Waiting) -> None:
    if waiting.is_touched:
        raise UserError(
            f"La base « {waiting.file.name} » a été ouverte depuis ; le serveur n’a pas été vidé.",
            "Rien n’a été touché, ni d’un côté ni de l’autre.",
            "Ce qui y aurait été saisi n’est pas sur le serveur : gardez-la, déplacez-la dans un"
            " autre dossier, puis recommencez.",
        )


@contextmanager
def _held(address: ServerAddress, password: str) -> Iterator[sa.Connection]:
    """A transaction as the owner of a server that nobody else uses meanwhile."""
    with _cut_told():
        with prepare.administered(address, password) as admin:
            version = prepare.version_of(admin)
            if version != HEAD:
                raise ServerError(
                    f"Le serveur « {address.name} » n’est pas préparé pour cette version de"
                    " l’application.",
                    _NOTHING,
                    "Préparez-le : « connexion-desktop serveur preparer ».",
                )
        with prepare.owned(address, password) as server:
            bare = moving.bare_of(server)
            bare.execute(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'".encode())
            moving.lock(server)
            moving.refuse_others(server, prepare.logins(bare), _NOTHING)
            yield server


@contextmanager
def _cut_told() -> Iterator[None]:
    try:
        yield
    except LostServerError as error:
        raise LostServerError(error.what, _NOTHING, "Recommencez quand il répond.") from error


def _fill_server(server: sa.Connection, source: cipher.Connection, progress: Progress) -> None:
    if not moving.is_empty(server):
        raise UserError(
            "Le serveur contient déjà une autre base, ou ce qui y a été saisi.",
            _NOTHING,
            "Si c’est là que votre équipe travaille, il n’y a rien à déplacer : ouvrez-le. Sinon,"
            " une base locale ne va que sur un serveur neuf : « serveur preparer », sur une base"
            " PostgreSQL vide.",
        )
    mates = _team_of(server)
    with moving.unwatched(server), sqlite_told():
        moving.clear(server)
        moving.fill_server(source, server, progress)
        with _session(server) as session:
            team.bring(session, mates)


def _empty_server(server: sa.Connection) -> None:
    mates = _team_of(server)
    name = server.execute(sa.select(Association.name)).scalar_one()
    with moving.unwatched(server):
        moving.clear(server)
        prepare.fill(server, name)
        with _session(server) as session:
            team.bring(session, mates)


def _team_of(server: sa.Connection) -> tuple[team.Mate, ...]:
    with _session(server) as session:
        return team.of(session, prepare.logins(moving.bare_of(server)))


def _session(server: sa.Connection) -> StoreSession:
    association = server.execute(sa.select(BaseInfo.association_id)).scalar_one()
    info = {"work": Work(None, elsewhere=True), "association_id": association}
    return StoreSession(server, info=info)


def _build(path: Path, key: RawKey, server: sa.Connection, progress: Progress) -> Mapping[str, int]:
    """Make a whole base of what a server holds, and check it as a backup is; how many rows each
    table has."""
    Database.create(path, key, "").close()
    with sqlite_told(), closing(cipher.connect(path, key)) as target:
        moving.fill_file(server, target, progress)
    found = backup.check(path, key, progress)
    if found.problems:
        raise UserError(" ".join(found.problems), _NOTHING, "Signalez-le.")
    expected = moving.counts_there(server)
    moving.refuse_different(expected, found.counts)
    return expected


def _refuse_another_state(server: sa.Connection, source: cipher.Connection) -> None:
    """A base that is on the server already, since a move was interrupted before its file was put
    aside, is only to be put aside; not if somebody worked in it since."""
    there = server.execute(sa.select(BaseInfo.change_stamp)).scalar_one()
    (here,) = source.execute("SELECT change_stamp FROM base_info").fetchone()
    if here != there:
        raise UserError(
            "Cette base est déjà sur le serveur, et ce fichier n’en est plus la copie exacte : il"
            " est plus ancien, ou quelqu’un y a travaillé depuis.",
            "Rien n’a été déplacé ni effacé : le serveur et le fichier sont entiers.",
            "Travaillez sur le serveur. Gardez ce fichier à part : ce qui n’a été saisi que dans"
            " lui est à ressaisir.",
        )


def _was_committed(
    problem: BaseException, address: ServerAddress, password: str, base_id: UUID
) -> bool:
    """Whether a server whose answer was lost holds the base. Raises LostServerError if it cannot
    say."""
    held = _holds(address, password, base_id)
    if held is None:
        raise LostServerError(
            f"Le serveur « {address.name} » s’est tu à la fin du déplacement.",
            "Rien n’est perdu : le fichier est entier, et le serveur l’a peut-être aussi.",
            "N’y travaillez pas ; recommencez quand il répond : ce qui était commencé sera fini.",
        ) from problem
    return held


def _holds(address: ServerAddress, password: str, base_id: UUID | None) -> bool | None:
    """Whether a server holds that base; None if it cannot be asked."""
    try:
        with prepare.owned(address, password) as server:
            return moving.base_id(server) == base_id
    except ServerError:
        return None


def _put_aside(base: Path) -> Path:
    """Give the file that was moved a name that says so, and the key kept beside it as well."""
    phrase, base = wrapped_path(base), base.resolve()
    moment = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    aside = base.with_name(f"{base.name}{_ASIDE}{moment}")
    try:
        lock = BaseLock(base)
        try:
            if phrase.exists():
                shutil.copy(phrase, wrapped_path(aside))
            move_base(base, aside)
        finally:
            lock.release()
    except OSError as error:
        refused = from_os(error, base.parent)
        raise UserError(
            f"Tout est sur le serveur, mais le fichier n’a pas pu être mis de côté. {refused.what}",
            "Rien n’est perdu.",
            f"Ne travaillez plus dans « {base} » : renommez-le.",
        ) from error
    return aside
