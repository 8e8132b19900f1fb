"""The server that a command is about: its address known or told, its password found or asked."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from connexion_desktop.cli import bases
from connexion_desktop.cli.order import Order
from connexion_desktop.cli.parser import UsageError
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.servers import PORT, PasswordNeededError, ServerAddress

if TYPE_CHECKING:
    from connexion_desktop.data.server.database import ServerDatabase

_TOLD = ("--hote", "--base", "--identifiant", "--ca")
_LAST_PORT = 65535


@contextmanager
def opened(asked: Order) -> Iterator[ServerDatabase]:
    """The server, as a member of the team, open until the end of the block. Raises UserError."""
    from connexion_desktop.usecases import servers

    address = servers.named(asked.needed("--serveur"))
    with closing(servers.open_server(address, password(asked, address), drafts=False)) as server:
        yield server


@contextmanager
def reached(asked: Order) -> Iterator[tuple[ServerAddress, str]]:
    """The address of a server that may be told on the command, under the administrator's login if
    one is named, and the password; what was told is kept if the block ends well, but the login of
    a server already known, which is that of whoever uses this workstation."""
    from connexion_desktop.usecases import servers

    address = _address(asked)
    address.check()
    under = replace(address, login=asked.command.get("--administrateur") or address.login)
    secret = password(asked, under)
    yield under, secret
    if any(map(asked.command.has, _TOLD)):
        mine = [each.login for each in servers.known() if each.name == address.name]
        servers.remember(replace(address, login=mine[0]) if mine else address, None)


def password(asked: Order, address: ServerAddress) -> str:
    """The password of a login: given in a file, in this computer's keyring, or typed by whoever is
    there. Raises UserError if nobody is."""
    from connexion_desktop.usecases import servers

    file = asked.file("--mot-de-passe")
    if file is not None:
        return line_of(file)
    try:
        return servers.password_of(address)
    except PasswordNeededError as needed:
        if not sys.stdin.isatty():
            raise UserError(
                needed.what, needed.safe, "Donnez-le par --mot-de-passe FICHIER (« - » : l’entrée)."
            ) from needed
    typed = bases.asked(f"Mot de passe de « {address.login} » : ")
    servers.keep_password(address, typed)
    return typed


def line_of(file: Path) -> str:
    """The password that a file holds, on its first line. Raises UserError."""
    return bases.first_line(file, "Écrivez-y le mot de passe.")


def _address(asked: Order) -> ServerAddress:
    """The server as it is known, completed with what is told of it."""
    from connexion_desktop.usecases import servers

    name = asked.needed("--serveur")
    host, port, database, login = "", PORT, "", ""
    ca = asked.file("--ca")
    if not any(map(asked.command.has, _TOLD)) or any(
        each.name.casefold() == name.casefold() for each in servers.known()
    ):
        known = servers.named(name)
        name, host, port = known.name, known.host, known.port
        database, login, ca = known.database, known.login, ca or known.ca
    told = asked.command.get("--hote")
    if told is not None:
        host, port = host_and_port(told)
    return ServerAddress(
        name,
        host,
        asked.command.get("--base") or database,
        asked.command.get("--identifiant") or login or asked.command.get("--administrateur") or "",
        port,
        ca,
    )


def host_and_port(told: str) -> tuple[str, int]:
    """« serveur.example.org:5433 », « 10.0.0.2 », « [::1]:5432 », or a socket's folder."""
    host, colon, port = told.rpartition(":")
    if told.startswith("/") or not colon or (":" in host and not host.endswith("]")):
        return told.strip("[]"), PORT
    if not port.isdecimal() or not 0 < int(port) <= _LAST_PORT:
        raise UsageError(f"« {port} » n’est pas un port (de 1 à {_LAST_PORT})")
    return host.strip("[]"), int(port)
