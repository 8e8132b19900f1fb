"""What is typed for a server and not saved there: an encrypted base of this workstation, found,
made or put aside. No session: the server is not open yet.

Slow (keyring, Argon2id, network): never on the window's thread.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from connexion_desktop.data import cipher, shares
from connexion_desktop.data.database import Database
from connexion_desktop.data.lock import BaseLock, is_held
from connexion_desktop.data.models import Draft
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey, wrapped_path
from connexion_desktop.domain.servers import OtherDraftsError, ServerAddress
from connexion_desktop.system import folders, secrets

_DRAFTS = "Brouillons"
_PREFIX, _FILE = "connexion-brouillons-", "base"
_BEING_MADE = timedelta(minutes=1)
"""How long a folder may be there without its base being held yet."""


class _Fleeting(Database):
    """A base that goes when it is closed: its key is kept nowhere."""

    outlives_closing = False

    def close(self) -> None:
        super().close()
        shutil.rmtree(self.path.parent, ignore_errors=True)


def fleeting() -> Database:
    """A base for drafts that goes when it is closed."""
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    try:
        return _Fleeting.create(folder / _FILE, RawKey.new(), _DRAFTS)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def sweep() -> None:
    """Remove the drafts that went with a program that was killed: nothing opens them any more."""
    limit = (datetime.now(UTC) - _BEING_MADE).timestamp()
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if folder.stat().st_mtime < limit and not is_held(folder / _FILE):
                shutil.rmtree(folder, ignore_errors=True)


def of(address: ServerAddress, password: str, former: str | None) -> Database:
    """The drafts of this workstation for a server. Their key is in the keyring; where there is
    none, beside them under the password of the server. They last as long as the server is open
    where this user's folder is on another computer, the keyring that has the key stays locked, or
    the password is too short to hide a key.

    Where they are under another password, `former` is the one to try, under which they are no more
    then; empty, they are put aside; None, OtherDraftsError is raised. Raises UserError for a former
    one that opens nothing; ServerError."""
    path = _path(address)
    if shares.is_on_a_share(path):
        return fleeting()
    key = _key_in_keyring(path) or _key_under_password(path, address, password, former)
    if key is None:
        return fleeting()
    if cipher.fingerprint_if_base(path) == key.fingerprint:
        return Database.open(path, key)
    _put_aside(path)
    return Database.create(path, key, _DRAFTS)


def _key_in_keyring(path: Path) -> RawKey | None:
    """The key of these drafts, a new one if the keyring has none; None without a keyring, or if it
    stays locked, or if they are already kept under the password."""
    if wrapped_path(path).exists():
        return None
    with suppress(UserError):
        key = _key_of(path)
        if key is not None:
            return key
        key = RawKey.new()
        if secrets.remember(key):
            return key
    return None


def _key_under_password(
    path: Path, address: ServerAddress, password: str, former: str | None
) -> RawKey | None:
    """The key of these drafts, of those put aside that this password opens, or a new one; None if
    there can be none. Raises ServerError if the server refuses the password: nothing is then moved.
    """
    key = _unwrapped(path, password)
    if key is not None:
        return key
    if path.exists() and not wrapped_path(path).exists():  # their key is in a keyring out of reach
        return None
    if len(password) < secrets.SHORTEST_PASSPHRASE:
        return None
    ServerDatabase.open(address, password, fleeting()).close()
    return _known_key(path, password, former) or _new_key(path, password)


def _known_key(path: Path, password: str, former: str | None) -> RawKey | None:
    """The key of drafts put aside that this password opens, or of those of the former one."""
    aside = next((each for each in _aside(path) if _unwrapped(each, password)), None)
    if aside is not None:
        _bring_back(aside, path)
        return _unwrapped(path, password)
    if former:
        return _under_another(path, former, password)
    if former is None and path.exists():
        raise OtherDraftsError(
            "Ce poste garde, sous un autre mot de passe, ce qui a été tapé et pas enregistré.",
            "Rien n’est perdu.",
            "Si votre mot de passe a changé, donnez l’ancien.",
        )
    return None


def _new_key(path: Path, password: str) -> RawKey | None:
    """The key of drafts to be made; None if it cannot be kept."""
    _put_aside(path)
    key = RawKey.new()
    try:
        secrets.wrap(path, key, password)
    except UserError:
        return None
    return key


def _under_another(path: Path, former: str, password: str) -> RawKey:
    """The key of the drafts that the former password opens: under the present one from now on."""
    for each in (path, *_aside(path)):
        key = _unwrapped(each, former)
        if key is None:
            continue
        if each != path:
            _bring_back(each, path)
        replaced = secrets.wrap(path, key, password)
        if replaced is not None:
            replaced.unlink(missing_ok=True)
        return key
    raise UserError(
        "Ce mot de passe n’ouvre pas ce qui est gardé sur ce poste.",
        "Rien n’est perdu.",
        "Retapez-le, ou continuez sans : ce sera gardé.",
    )


def _bring_back(aside: Path, path: Path) -> None:
    """Put drafts in service, in place of others that are put aside."""
    _put_aside(path)
    _rename(aside, path)


def _unwrapped(path: Path, password: str) -> RawKey | None:
    """The key beside these drafts, if the password gives it and it is theirs."""
    if not wrapped_path(path).exists():
        return None
    try:
        key = secrets.unwrap(path, password)
    except UserError:
        return None
    is_theirs = not path.exists() or cipher.fingerprint_if_base(path) == key.fingerprint
    return key if is_theirs else None


def _key_of(path: Path) -> RawKey | None:
    fingerprint = cipher.fingerprint_if_base(path)
    return secrets.recall(fingerprint) if fingerprint else None


_ASIDE = ".sans-cle."


def _put_aside(path: Path) -> None:
    """Drafts that nothing at hand opens: another's, or those of a former password. Whoever gives
    that password again finds them again."""
    if not path.exists():
        return
    moment = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S-%f")
    lock = BaseLock(path)
    try:
        _rename(path, path.with_name(f"{path.name}{_ASIDE}{moment}"))
    finally:
        lock.release()


def _aside(path: Path) -> list[Path]:
    """The drafts put aside, the last ones first."""
    suffix = wrapped_path(path).name.removeprefix(path.name)
    found = path.parent.glob(f"{path.name}{_ASIDE}*{suffix}")
    return sorted((each.with_name(each.name.removesuffix(suffix)) for each in found), reverse=True)


def _rename(path: Path, to: Path) -> None:
    """Give a base another name, with what SQLite and its passphrase left beside it."""
    for file in (*cipher.logs(path), wrapped_path(path), path):
        if file.exists():
            file.replace(to.with_name(file.name.replace(path.name, to.name, 1)))


def forget_if_empty(address: ServerAddress) -> None:
    """Remove the drafts of a server and their key, if nothing waits there. Raises UserError."""
    path = _path(address)
    key = _key_of(path)
    if key is None:
        return
    with closing(Database.open(path, key)) as here, here.read() as session:
        if session.scalar(sa.select(sa.func.count()).select_from(Draft)):
            return
    lock = BaseLock(path)
    try:
        cipher.remove(path)
    finally:
        lock.release()
    secrets.forget(key)


def _path(address: ServerAddress) -> Path:
    return folders.draft_file(address.name)
