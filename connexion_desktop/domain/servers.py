"""The office's shared server: where it is, who knocks, and what each role may do there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path

from connexion_desktop.domain.errors import UserError

PORT = 5432
LEAST_VERSION = 15
"""The oldest PostgreSQL that will do: views that obey the rights of who looks (15)."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{0,62}")
_RESERVED = ("pg_", "connexion_")


class Role(StrEnum):
    """What somebody does in the team; the codes of the reference list « role »."""

    CONSEILLER = "conseiller"
    SECRETARIAT = "secretariat"
    DIRECTION = "direction"


ROLE_WORDS = {
    Role.CONSEILLER: "conseiller",
    Role.SECRETARIAT: "secrétariat",
    Role.DIRECTION: "direction",
}
"""What a role is called in a sentence."""

Roles = frozenset[Role]
"""The roles somebody holds today; none on a file, where who opens it sees all, and for who is there
to replace a conseiller."""


def reads_confidential(roles: Roles) -> bool:
    """Whether these roles read and write notes, talks, obstacles, projects, reasons of absence."""
    return not roles or Role.CONSEILLER in roles


def reads_people(roles: Roles) -> bool:
    """Whether these roles read who people are: the direction alone counts them."""
    return reads_confidential(roles) or Role.SECRETARIAT in roles


def asks_elsewhere(roles: Roles) -> bool:
    """Whether these roles know of colleagues' people that somebody is known, and where; who reads
    everybody has nothing to ask."""
    return Role.CONSEILLER in roles and Role.SECRETARIAT not in roles


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A server as this workstation knows it: a name of its own, and how to reach it.

    `ca` is the office's certificate authority; without it only a server on this very computer is
    spoken to, since nothing then goes over a network.
    """

    name: str
    host: str
    database: str
    login: str
    port: int = PORT
    ca: Path | None = None

    @property
    def is_here(self) -> bool:
        """Whether the server is on this computer: its loopback, or a socket's folder."""
        if self.host.startswith("/") or self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    def check(self) -> None:
        """Raise UserError for an address that cannot be one, or that would go without TLS."""
        if not _NAME.fullmatch(self.name):
            raise UserError(
                f"« {self.name} » ne peut pas nommer un serveur.",
                "Rien n’a été fait.",
                "Choisissez un nom court, en lettres sans accents et chiffres.",
            )
        if not self.host.strip() or not self.database.strip() or not self.login.strip():
            raise UserError(
                f"L’adresse du serveur « {self.name} » est incomplète.",
                "Rien n’a été fait.",
                "Donnez l’hôte, la base et l’identifiant.",
            )
        if self.ca is None and not self.is_here:
            raise UserError(
                f"Le certificat de l’autorité du serveur « {self.name} » manque.",
                "Rien n’a été envoyé : sans lui, personne ne sait à qui parle ce poste.",
                "Donnez le fichier du certificat (.crt, .pem) remis par qui tient le serveur.",
            )


def check_login(login: str) -> str:
    """A login that a new user may have. Raises UserError."""
    if not _LOGIN.fullmatch(login) or login.startswith(_RESERVED):
        raise UserError(
            f"« {login} » ne peut pas être un identifiant.",
            "Rien n’a été fait.",
            "Écrivez-le en minuscules sans accents : « n.ferrand ».",
        )
    return login


@dataclass(frozen=True, slots=True)
class Member:
    """Who is connected: the member of the team that a login names, and their roles of today."""

    staff_id: str
    name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody to give a login to; without `name` or `roles`, who has that login already.

    `name` is « Prénom Nom »; `site` is the name of the only one where the roles hold, else all.
    """

    login: str
    name: str = ""
    roles: tuple[Role, ...] = ()
    site: str = ""


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A member of the team: their roles of today with where they hold, in French, and whether
    their login opens the server."""

    name: str
    login: str
    roles: tuple[str, ...]
    opens: bool


@dataclass(frozen=True, slots=True)
class ServerState:
    """What is to be seen of a server. `people` are those that whoever asks may count, `connected`
    the members of the team who have it open, `me` who asks where it is one of them."""

    postgres: str
    schema: str
    is_present: bool
    tls: str
    association: str
    people: int
    connected: int
    team: tuple[TeamLine, ...]
    me: Member | None = None


class ServerError(UserError):
    """What a server refuses, or why it cannot be reached."""


class LostServerError(ServerError):
    """The server is not reachable (any more): what was asked may be asked again later."""


class FullServerError(LostServerError):
    """The server answers, and has no place left for this workstation."""


class BusyServerError(ServerError):
    """Somebody else holds what was asked for: it may be asked again in a moment."""


class RefusedLoginError(ServerError):
    """The server does not let this login in with this password: another may be typed."""


class PasswordNeededError(ServerError):
    """The password of a login is not on this workstation: somebody must type it."""


class OtherDraftsError(UserError):
    """What was typed on this workstation and not saved is under another password: a former one, or
    somebody else's."""


class NotReadError(LostServerError):
    """What was to be shown could not be read, the server being out of reach: it will be."""
