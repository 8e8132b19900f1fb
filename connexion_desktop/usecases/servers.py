"""The servers that this workstation knows, and opening one. No session: it is not open yet.

Slow (keyring, network): never on the window's thread.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from connexion_desktop.data import cipher, shares
from connexion_desktop.data.database import Database
from connexion_desktop.data.lock import BaseLock
from connexion_desktop.data.models import Draft
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey, wrapped_path
from connexion_desktop.domain.servers import PasswordNeededError, ServerAddress
from connexion_desktop.system import folders, known_servers, secrets

_DRAFTS = "Brouillons"


def known() -> tuple[ServerAddress, ...]:
    """The servers of this workstation, by name."""
    return known_servers.known()


def named(name: str) -> ServerAddress:
    """A server of this workstation. Raises UserError if it knows none of that name."""
    for each in known():
        if each.name.casefold() == name.casefold():
            return each
    raise UserError(
        f"Ce poste ne connaît pas de serveur « {name} ».",
        "Rien n’a été fait.",
        "Donnez son adresse : l’hôte, la base, l’identifiant et le certificat de l’autorité.",
    )


def remember(address: ServerAddress, password: str | None) -> bool:
    """Keep an address, and the password, if one is given, in the keyring; False if it is not there:
    it is then asked for each time. Raises UserError."""
    kept = known_servers.put(address)
    return password is not None and keep_password(kept, password)


def keep_password(address: ServerAddress, password: str) -> bool:
    """Put a password in the keyring; False if this system has none to trust, or that opens."""
    try:
        return secrets.remember_password(_whose(address), password)
    except UserError:
        return False


def forget(name: str) -> None:
    """Forget a server and its password. What was typed for it and never saved stays, encrypted, for
    the day it is known again. Raises UserError."""
    address = named(name)
    secrets.forget_password(_whose(address))
    known_servers.remove(address.name)
    with suppress(UserError):
        _forget_empty_drafts(address)


def password_of(address: ServerAddress) -> str:
    """The password that the keyring holds. Raises PasswordNeededError if it holds none, or does not
    open."""
    reason = ""
    try:
        found = secrets.recall_password(_whose(address))
    except UserError as locked:
        found, reason = None, f" {locked.what}"
    if found is None:
        raise PasswordNeededError(
            f"Le mot de passe de « {address.login} » pour le serveur « {address.name} » n’est pas"
            f" sur ce poste.{reason}",
            "Rien n’a été envoyé.",
            "Donnez-le.",
        )
    return found


def open_known(name: str, password: str | None = None, *, drafts: bool = True) -> ServerDatabase:
    """Open a server of this workstation: with the password given, else the keyring's.

    `drafts`: with what was typed and not saved on this workstation; one window at a time has them.
    Without `drafts`, or where they cannot be kept (see `_drafts_of`), they last as long as the
    server is open.
    Raises UserError; PasswordNeededError if somebody must type the password; ServerError if the
    server is not reached or refuses.
    """
    return open_server(named(name), password, drafts=drafts)


def open_server(
    address: ServerAddress, password: str | None = None, *, drafts: bool = True
) -> ServerDatabase:
    """Open a server at this address, known or not: see `open_known`."""
    secret = password_of(address) if password is None else password
    keep = _drafts_of(address, secret) if drafts else _fleeting()
    try:
        return ServerDatabase.open(address, secret, keep)
    except BaseException:
        keep.close()
        raise


def _whose(address: ServerAddress) -> str:
    """By which name the keyring holds a password: what it opens, not what this workstation calls
    it, so that an address changed in the file is not given another's password."""
    return f"{address.login}@{address.host}:{address.port}/{address.database}"


class _Fleeting(Database):
    """A base that goes when it is closed: its key is kept nowhere."""

    outlives_closing = False

    def close(self) -> None:
        super().close()
        shutil.rmtree(self.path.parent, ignore_errors=True)


def _fleeting() -> Database:
    folder = Path(tempfile.mkdtemp(prefix="connexion-brouillons-"))
    try:
        return _Fleeting.create(folder / "base", RawKey.new(), _DRAFTS)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _drafts_of(address: ServerAddress, password: str) -> Database:
    """The drafts of this workstation for a server. Their key is in the keyring; where there is
    none, beside them under the password of the server. They last as long as the server is open
    where this user's folder is on another computer, the keyring that has the key stays locked, or
    the password is too short to hide a key."""
    path = _drafts_path(address)
    if shares.is_on_a_share(path):
        return _fleeting()
    key = _key_in_keyring(path) or _key_under_password(path, address, password)
    if key is None:
        return _fleeting()
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


def _key_under_password(path: Path, address: ServerAddress, password: str) -> RawKey | None:
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
    ServerDatabase.open(address, password, _fleeting()).close()
    aside = next((each for each in _aside(path) if _unwrapped(each, password)), None)
    _put_aside(path)
    if aside is not None:
        _rename(aside, path)
        return _unwrapped(path, password)
    key = RawKey.new()
    try:
        secrets.wrap(path, key, password)
    except UserError:
        return None
    return key


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


def _forget_empty_drafts(address: ServerAddress) -> None:
    path = _drafts_path(address)
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


def _drafts_path(address: ServerAddress) -> Path:
    return folders.draft_file(address.name)
