"""Who one is on the server, and whether it is of this version of the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.errors import UndefinedFunction, UndefinedTable
from psycopg.rows import namedtuple_row

from connexion_desktop.data.migrations import HEAD
from connexion_desktop.domain.servers import Member, Role, ServerAddress, ServerError

from . import refusals
from .link import Connection

_IDENTITY = "SELECT version_num, who.* FROM alembic_version, who_am_i() AS who"
_VERSION = "SELECT version_num FROM alembic_version"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose base it is, which one, and who is connected to it."""

    association: UUID
    base: UUID
    member: Member


def read(line: Connection, address: ServerAddress) -> Identity:
    """Raises ServerError for a base that is not prepared, or of another version of the program, and
    for a login that is nobody of the team."""
    with refusals.told(address):
        try:
            cursor = line.cursor(row_factory=namedtuple_row)
            found: Any = cursor.execute(_IDENTITY).fetchone()
        except (UndefinedTable, UndefinedFunction) as error:
            raise not_prepared(address) from error
    _refuse_other_version(found.version_num, address)
    if found.staff is None or not found.roles:
        raise ServerError(
            f"« {address.login} » ne fait pas partie de l’équipe sur ce serveur.",
            "Rien n’a été montré.",
            "Demandez à la direction un rôle, ou à qui tient le serveur de vous ajouter.",
        )
    roles = frozenset(Role(role) for role in found.roles)
    return Identity(found.association, found.base, Member(str(found.staff), found.name, roles))


def check_version(line: Connection, address: ServerAddress) -> None:
    """Raise ServerError for a base of another version of the program."""
    with refusals.told(address):
        found = line.execute(_VERSION).fetchone()
    _refuse_other_version("0" if found is None else found[0], address)


def not_prepared(address: ServerAddress) -> ServerError:
    """What is said of a database that is not ours, or not yet."""
    return ServerError(
        f"La base « {address.database} » du serveur n’est pas préparée.",
        "Elle n’a pas été touchée.",
        "Préparez-la : « connexion-desktop serveur preparer ».",
    )


def _refuse_other_version(version: str, address: ServerAddress) -> None:
    if not version.isdecimal():
        raise not_prepared(address)
    if int(version) > int(HEAD):
        raise ServerError(
            f"Le serveur « {address.name} » a été mis à jour par une version plus récente de"
            " Connexion Desktop.",
            "Rien n’a été touché.",
            "Mettez l’application à jour sur ce poste.",
        )
    if int(version) < int(HEAD):
        raise ServerError(
            f"Le serveur « {address.name} » date d’une version précédente de Connexion Desktop.",
            "Rien n’a été touché.",
            "Qui le tient doit le mettre à jour : « connexion-desktop serveur preparer ».",
        )
