"""What the server refuses, told to the user: by code, never by text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import sqlalchemy.exc
import sqlalchemy.orm.exc

from connexion_desktop.data.errors import STALE, again
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.servers import (
    BusyServerError,
    LostServerError,
    ServerAddress,
    ServerError,
)

KEPT = "Ce qui était enregistré est sur le serveur ; ce que vous tapez est gardé sur ce poste."
_UNCHANGED = "Rien n’a été modifié."
_SOON = "Recommencez dans un instant."


@contextmanager
def told(address: ServerAddress) -> Iterator[None]:
    """Turn what the server and SQLAlchemy raise inside into UserError; bugs pass unchanged."""
    try:
        yield
    except sqlalchemy.orm.exc.StaleDataError as error:
        raise again(STALE) from error
    except sqlalchemy.exc.TimeoutError as error:
        raise _busy_here(address) from error
    except sqlalchemy.exc.DBAPIError as error:
        known = _from_server(error.orig, address, invalid=error.connection_invalidated)
        if known is None:
            raise
        raise known from error
    except psycopg.Error as error:
        known = _from_server(error, address, invalid=False)
        if known is None:
            raise
        raise known from error


def lost(address: ServerAddress) -> LostServerError:
    """What is said of a server that no longer answers."""
    return LostServerError(
        f"Le serveur « {address.name} » ne répond plus.",
        KEPT,
        "L’application réessaie seule, et enregistre dès qu’il revient.",
    )


def _busy_here(address: ServerAddress) -> BusyServerError:
    """Each connection of this workstation is taken."""
    return BusyServerError(
        f"Ce poste fait déjà quelque chose de long sur le serveur « {address.name} ».",
        _UNCHANGED,
        _SOON,
    )


def still_saving(address: ServerAddress) -> BusyServerError:
    """What is said where a save of this workstation, cut in the middle, is not ended yet."""
    return BusyServerError(
        f"Le serveur « {address.name} » n’a pas encore fini un enregistrement de ce poste, coupé"
        " en route.",
        "Ce que vous aviez tapé est gardé sur ce poste.",
        "Réessayez dans une minute.",
    )


def forbidden() -> ServerError:
    """What is said of an act that the user's rights do not allow."""
    return ServerError(*_FORBIDDEN)


def _from_server(
    error: BaseException | None, address: ServerAddress, *, invalid: bool
) -> UserError | None:
    state = getattr(error, "sqlstate", None)
    is_cut = state is None and isinstance(error, psycopg.OperationalError)
    if invalid or is_cut or (state or "").startswith(_CUT):
        return lost(address)
    if isinstance(error, psycopg.errors.SerializationFailure | psycopg.errors.DeadlockDetected):
        return again(STALE)
    for cause, kind, (what, safe, todo) in _REFUSALS:
        if isinstance(error, cause):
            return kind(what.format(address.name), safe, todo)
    return None


_FORBIDDEN = (
    "Vos droits ne permettent pas ce geste.",
    _UNCHANGED,
    "« Qui voit quoi », dans l’aide, dit qui peut le faire.",
)
_CUT = ("08", "57P", "25P03")
"""Beginnings of SQLSTATE: the connection broke; the server is going down or coming up; it gave up
an act left in the middle."""
_REFUSALS: tuple[tuple[type[psycopg.Error], type[ServerError], tuple[str, str, str]], ...] = (
    (
        psycopg.errors.InsufficientPrivilege,
        ServerError,
        _FORBIDDEN,
    ),
    (
        psycopg.errors.LockNotAvailable,
        BusyServerError,
        (
            "Quelqu’un d’autre enregistre au même endroit sur le serveur « {} ».",
            _UNCHANGED,
            _SOON,
        ),
    ),
    (
        psycopg.errors.QueryCanceled,
        ServerError,
        (
            "Le serveur « {} » met trop longtemps à répondre.",
            _UNCHANGED,
            f"{_SOON} Si cela se répète, voyez avec qui tient le serveur.",
        ),
    ),
    (
        psycopg.errors.DiskFull,
        ServerError,
        (
            "Le disque du serveur « {} » est plein.",
            "Ce qui était enregistré est intact ; le dernier geste n’a pas été enregistré.",
            "Prévenez qui tient le serveur.",
        ),
    ),
)
