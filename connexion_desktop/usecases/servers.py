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
from connexion_desktop.data.models import Draft
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey
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
    Where there is no keyring, or without `drafts`, they last as long as the server is open.
    Raises UserError; PasswordNeededError if somebody must type the password; ServerError if the
    server is not reached or refuses.
    """
    return open_server(named(name), password, drafts=drafts)


def open_server(
    address: ServerAddress, password: str | None = None, *, drafts: bool = True
) -> ServerDatabase:
    """Open a server at this address, known or not: see `open_known`."""
    secret = password_of(address) if password is None else password
    keep = _drafts_of(address) if drafts else _fleeting()
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


def _drafts_of(address: ServerAddress) -> Database:
    """The drafts of this workstation for a server. Without a keyring to keep their key, or where
    this user's folder is on another computer, they last as long as the server is open: a key in a
    file beside them would hide nothing."""
    path = _drafts_path(address)
    if shares.is_on_a_share(path):
        return _fleeting()
    try:
        key = _key_of(path)
        if key is None:
            key = RawKey.new()
            if not secrets.remember(key):
                return _fleeting()
    except UserError:  # the keyring stays locked
        return _fleeting()
    if cipher.fingerprint_if_base(path) == key.fingerprint:
        return Database.open(path, key)
    _put_aside(path)
    return Database.create(path, key, _DRAFTS)


def _key_of(path: Path) -> RawKey | None:
    fingerprint = cipher.fingerprint_if_base(path)
    return secrets.recall(fingerprint) if fingerprint else None


def _put_aside(path: Path) -> None:
    """Drafts that no key of this keyring opens."""
    if path.exists():
        moment = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
        path.rename(path.with_name(f"{path.name}.sans-cle.{moment}"))


def _forget_empty_drafts(address: ServerAddress) -> None:
    path = _drafts_path(address)
    key = _key_of(path)
    if key is None:
        return
    with closing(Database.open(path, key)) as here, here.read() as session:
        if session.scalar(sa.select(sa.func.count()).select_from(Draft)):
            return
    cipher.remove(path)
    secrets.forget(key)


def _drafts_path(address: ServerAddress) -> Path:
    return folders.draft_file(address.name)
