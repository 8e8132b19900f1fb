"""Keeping the office's server: preparing it, who opens it, what is to be seen of it.

Asked by whoever keeps the server, under an administrator's login (`address.login`); `look` by any
member too. Slow (network): never on the window's thread.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import StoreSession, Work
from connexion_desktop.data.server import prepare as server
from connexion_desktop.data.server import state
from connexion_desktop.domain.acts import COMMAND_LINE
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.names import fold, full_name
from connexion_desktop.domain.passing import SHORTEST
from connexion_desktop.domain.servers import NewUser, ServerAddress, ServerState, check_login

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read for another
_GROUPS, _GROUP = 4, 5  # 99 bits


def prepare(address: ServerAddress, password: str, association: str) -> bool:
    """Make an empty database the office's, or bring it up to date: see `data.server.prepare`.
    Returns whether it was empty."""
    return server.prepare(address, password, association)


def look(address: ServerAddress, password: str) -> ServerState:
    """What is to be seen of a server: see `data.server.state`."""
    return state.state(address, password)


def add_user(
    address: ServerAddress, password: str, user: NewUser, new_password: str | None = None
) -> str | None:
    """Give somebody of the team a login, the roles they lack, and a password: the new one, else one
    that is made and returned unless their login opens the server already.

    The login is there once the team's own is committed, or not at all: its password is then made
    the next time. Done again, it changes nothing more. Raises UserError; ServerError.
    """
    check_login(user.login)
    if new_password is not None and len(new_password) < SHORTEST:
        raise UserError(
            f"Le mot de passe est trop court : {SHORTEST} caractères au moins.",
            "Rien n’a été fait.",
            "Quatre ou cinq mots sans rapport en font un bon.",
        )
    made = None
    with (
        server.administered(address, password) as admin,
        admin.transaction(),
        server.owned(address, password) as owner,
    ):
        with _acting(owner, address, "Accès au serveur donné") as session:
            staff = _member(session, user)
            _complete_roles(session, staff, user)
        if new_password is None and user.login not in server.logins(admin):
            new_password = made = _new_password()
        if new_password is not None:
            server.add_login(admin, user.login, new_password)
    return made


def remove_user(address: ServerAddress, password: str, login: str, today: date) -> str:
    """Note somebody's departure and close their login; returns their name.

    What they wrote stays. Done again, it changes nothing more. Raises UserError; ServerError.
    """
    with server.administered(address, password) as admin, server.owned(address, password) as owner:
        with _acting(owner, address, "Accès au serveur retiré") as session:
            staff = _by_login(session, login)
            if staff is not None and (staff.left_on is None or staff.left_on > today):
                staff.left_on = today
            name = full_name(staff.given_name, staff.family_name) if staff else login
        if not server.remove_login(admin, login) and staff is None:
            raise UserError(
                f"Personne n’a l’identifiant « {login} » sur ce serveur.",
                "Rien n’a été fait.",
                "« connexion-desktop serveur etat » dit qui a quel identifiant.",
            )
    return name


@contextmanager
def _acting(owner: sa.Connection, address: ServerAddress, label: str) -> Iterator[StoreSession]:
    """A session of the owner's, whose changes the journal of the server says to be asked on the
    command line by the administrator; what is done is flushed on a clean exit."""
    association = owner.execute(sa.select(m.BaseInfo.association_id)).scalar_one()
    info = {"work": Work(None, elsewhere=True), "association_id": association}
    author = f"{COMMAND_LINE}{address.login}"
    owner.execute(sa.select(sa.func.begin_command(uuid4(), author, label)))
    with StoreSession(owner, info=info) as session:
        yield session
        session.flush()


def _by_login(session: Session, login: str) -> m.Staff | None:
    return session.scalar(
        sa.select(m.Staff).where(m.Staff.login == login, m.Staff.deleted_at.is_(None))
    )


def _member(session: Session, user: NewUser) -> m.Staff:
    """The member of the team meant: by login, else by name, else a new one."""
    staff = _by_login(session, user.login)
    if staff is None:
        staff = _named(session, user)
    elif user.name and fold(user.name) != fold(full_name(staff.given_name, staff.family_name)):
        raise UserError(
            f"L’identifiant « {user.login} » est déjà celui de"
            f" {full_name(staff.given_name, staff.family_name)}.",
            "Rien n’a été fait.",
            "Choisissez-en un autre, ou corrigez le nom.",
        )
    staff.login = user.login
    staff.left_on = None
    session.flush()
    return staff


def _named(session: Session, user: NewUser) -> m.Staff:
    given, _, family = " ".join(user.name.split()).partition(" ")
    if not family:
        raise UserError(
            f"Personne n’a encore l’identifiant « {user.login} ».",
            "Rien n’a été fait.",
            "Dites à qui il est : --nom « Prénom Nom ».",
        )
    everybody = session.scalars(sa.select(m.Staff).where(m.Staff.deleted_at.is_(None)))
    for each in everybody:
        if fold(full_name(each.given_name, each.family_name)) != fold(user.name):
            continue
        if each.login is not None:
            raise UserError(
                f"{full_name(each.given_name, each.family_name)} a déjà l’identifiant"
                f" « {each.login} ».",
                "Rien n’a été fait.",
                "Gardez-le, ou changez-le dans les réglages de l’association.",
            )
        return each
    made = m.Staff(given_name=given, family_name=family)
    session.add(made)
    return made


def _complete_roles(session: Session, staff: m.Staff, user: NewUser) -> None:
    site = _site(session, user.site)
    role = m.StaffRole
    held = {
        (each.role, each.site_id)
        for each in session.scalars(
            sa.select(role).where(
                role.staff_id == staff.id, role.deleted_at.is_(None), role.ends_on.is_(None)
            )
        )
    }
    wanted = {(each.value, site) for each in user.roles if (each.value, None) not in held}
    for code, where in sorted(wanted - held, key=str):
        session.add(role(staff_id=staff.id, role=code, site_id=where))
    if not held and not wanted:
        raise UserError(
            f"{full_name(staff.given_name, staff.family_name)} n’a aucun rôle.",
            "Rien n’a été fait.",
            "Dites lequel : --role conseiller, secretariat ou direction.",
        )


def _site(session: Session, name: str) -> UUID | None:
    if not name:
        return None
    sites = session.scalars(sa.select(m.Site).where(m.Site.deleted_at.is_(None))).all()
    for each in sites:
        if fold(each.name) == fold(name):
            return each.id
    raise UserError(
        f"« {name} » n’est pas un site de l’association.",
        "Rien n’a été fait.",
        f"Il y a : {', '.join(sorted(each.name for each in sites))}.",
    )


def _new_password() -> str:
    """One that can be read aloud and typed once."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
