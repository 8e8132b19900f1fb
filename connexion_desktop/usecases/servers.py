"""The servers that this workstation knows, and opening one. No session: it is not open yet.

Slow (keyring, network): never on the window's thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.servers import LostServerError, PasswordNeededError, ServerAddress
from connexion_desktop.system import known_servers, secrets

from . import server_drafts


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
        server_drafts.forget_if_empty(address)


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


def open_known(
    name: str, password: str | None = None, *, drafts: bool = True, former: str | None = ""
) -> ServerDatabase:
    """Open a server of this workstation: with the password given, else the keyring's.

    `drafts`: with what was typed and not saved on this workstation; one window at a time has them.
    Without `drafts`, or where they cannot be kept, they last as long as the server is open. As for
    `former`, see `server_drafts.of`.
    Raises UserError; OtherDraftsError; PasswordNeededError if somebody must type the password;
    ServerError if the server is not reached or refuses.
    """
    return open_server(named(name), password, drafts=drafts, former=former)


def open_server(
    address: ServerAddress,
    password: str | None = None,
    *,
    drafts: bool = True,
    former: str | None = "",
) -> ServerDatabase:
    """Open a server at this address, known or not: see `open_known`."""
    secret = password_of(address) if password is None else password
    server_drafts.sweep()
    keep = server_drafts.of(address, secret, former) if drafts else server_drafts.fleeting()
    return ServerDatabase.open(address, secret, keep)


def join(address: ServerAddress, password: str, *, former: str | None = "") -> ServerDatabase:
    """Open a server at an address just typed: see `open_known`."""
    with first_time(address):
        return open_server(address, password, former=former)


@contextmanager
def first_time(address: ServerAddress) -> Iterator[None]:
    """Where a server whose address was just typed does not answer: nothing of this workstation is
    there yet, and the address may be wrong."""
    try:
        yield
    except LostServerError as error:
        raise LostServerError(
            error.what,
            "Rien n’a changé sur ce poste.",
            f"Vérifiez l’adresse, « {address.host}:{address.port} ». {error.todo}",
        ) from error


def _whose(address: ServerAddress) -> str:
    """By which name the keyring holds a password: what it opens, not what this workstation calls
    it, so that an address changed in the file is not given another's password."""
    return f"{address.login}@{address.host}:{address.port}/{address.database}"
