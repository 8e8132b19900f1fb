"""Connections to the server, and why one is not had."""

from __future__ import annotations

import os
import socket
import ssl
import struct
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from connexion_desktop.domain.servers import (
    LEAST_VERSION,
    FullServerError,
    LostServerError,
    RefusedLoginError,
    ServerAddress,
    ServerError,
)

from . import codes
from .refusals import KEPT

CONNECT_SECONDS = 3
SILENCE_SECONDS = 6
"""How long the network may say nothing before the server counts as lost."""
STATEMENT_SECONDS = 30
REPORT_SECONDS = 600
LOCK_SECONDS = 5
"""How long an act waits for whoever is saving on the same rows before it steps aside and is tried
again."""
IDLE_SECONDS = 60
"""How long the server keeps an act that is left in the middle, and its locks."""
WAIT_SECONDS = 30
"""How long one waits for a connection of this workstation that is in use."""
_NOTHING = "Rien n’a été fait."
_WHO = "Demandez à qui tient le serveur."
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)  # PostgreSQL, « Message Formats », SSLRequest
_QUESTIONSKEPT = 400
_WRONG_HOST = 62  # X509_V_ERR_HOSTNAME_MISMATCH
_WRONG_ADDRESS = 64  # X509_V_ERR_IP_ADDRESS_MISMATCH
Connection = psycopg.Connection[Any]


def connect(
    address: ServerAddress,
    password: str,
    *,
    search_path: str = "public",
    statement_seconds: int = STATEMENT_SECONDS,
    often_asked: bool = False,
    one_snapshot: bool = False,
) -> Connection:
    """A connection of its own, in autocommit; the caller closes it. With `often_asked`, a question
    is planned the second time it comes, and never again: the rights make plans long (25 ms for a
    person's feed). With `one_snapshot`, what is sent together sees the base at one instant.

    The server gives up a workstation that went without a word, with what it held: its keepalives
    (11 s), and after `IDLE_SECONDS` in the middle of an act. With another `statement_seconds` than
    the window's (a report, moving a base), one may wait for others and be long between two
    questions.

    Raises LostServerError if the server is not reached within `CONNECT_SECONDS`, has no room left,
    or is starting or stopping; ServerError if it is not the one it says (TLS), refuses the login,
    has no such database or is too old.
    """
    address.check()
    options = _options(search_path, statement_seconds)
    if often_asked:
        options += " -c plan_cache_mode=force_generic_plan"
    if one_snapshot:
        options += r" -c default_transaction_isolation=repeatable\ read"
    try:
        connection = _connect(address, password, options)
    except psycopg.errors.ConnectionTimeout as error:
        raise _not_reached(address) from error
    except psycopg.OperationalError as error:
        problem = _why_refused(address, password)
        if problem is not None:
            raise problem from error
        connection = _once_more(address, password, options)
    if often_asked:
        connection.prepare_threshold = 1
        connection.prepared_max = _QUESTIONSKEPT
    version = connection.info.server_version // 10_000
    if version < LEAST_VERSION:
        connection.close()
        raise ServerError(
            f"Le serveur « {address.name} » est un PostgreSQL {version}, trop ancien.",
            _NOTHING,
            f"Il en faut un de version {LEAST_VERSION} ou plus. {_WHO}",
        )
    return connection


def _options(search_path: str, statement_seconds: int) -> str:
    settings: dict[str, object] = {
        "timezone": "UTC",
        "jit": "off",
        "search_path": search_path,
        "statement_timeout": 1000 * statement_seconds,
        "tcp_keepalives_idle": 5,
        "tcp_keepalives_interval": 2,
        "tcp_keepalives_count": 3,
        "tcp_user_timeout": 10_000,
    }
    if statement_seconds == STATEMENT_SECONDS:
        settings["lock_timeout"] = 1000 * LOCK_SECONDS
        settings["idle_in_transaction_session_timeout"] = 1000 * IDLE_SECONDS
    return " ".join(f"-c {name}={value}" for name, value in settings.items())


def _once_more(address: ServerAddress, password: str, options: str) -> Connection:
    """A line that broke in the middle looks like a refusal, until it is tried again; so does a full
    server where a place was free for an instant."""
    try:
        return _connect(address, password, options)
    except psycopg.OperationalError as error:
        unsaid = _not_reached if codes.are_told() else _refused_login
        raise _why_refused(address, password) or unsaid(address) from error


def cut(connection: Connection) -> None:
    """End whatever waits on a connection, from any thread: it finds the line broken."""
    with (
        suppress(OSError, psycopg.Error),
        socket.socket(fileno=os.dup(connection.fileno())) as line,
    ):
        line.shutdown(socket.SHUT_RDWR)


def _connect(address: ServerAddress, password: str, options: str) -> Connection:
    return psycopg.connect(
        **_wanted(address, password, options),
        connect_timeout=CONNECT_SECONDS,
        autocommit=True,
    )


def _wanted(address: ServerAddress, password: str, options: str) -> dict[str, Any]:
    return {
        "host": address.host,
        "port": address.port,
        "dbname": address.database,
        "user": address.login,
        "password": password,
        "application_name": "connexion-desktop",
        "options": options,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 2,
        "tcp_user_timeout": 1000 * SILENCE_SECONDS,
        **_tls(address),
    }


def _tls(address: ServerAddress) -> dict[str, Any]:
    """Verified to the end, and a password that is never sent as it is; on this very computer, where
    nothing goes over a network, what the server offers."""
    if address.ca is None:
        return {"sslmode": "prefer", "gssencmode": "disable"}
    return {
        "gssencmode": "disable",
        "sslmode": "verify-full",
        "channel_binding": "require",
        "sslrootcert": str(address.ca),
        "require_auth": "scram-sha-256",
    }


def _why_refused(address: ServerAddress, password: str) -> ServerError | None:
    """Ask again why the server did not let in, for the code it gives; None where it now would, or
    where there is no code to be had. Where the server opens that one database only, as it should,
    nobody can tell whether the login, the password or the database is wrong."""
    problem = _why_not_reached(address)
    if problem is not None:
        return problem
    code = codes.of_refusal(_wanted(address, password, ""), CONNECT_SECONDS) or ""
    if code == codes.FULL:
        return FullServerError(
            f"Le serveur « {address.name} » n’a plus de place pour ce poste.",
            KEPT,
            "Réessayez dans un instant ; si cela dure, voyez avec qui tient le serveur.",
        )
    if code.startswith(codes.NOT_NOW):
        return LostServerError(
            f"Le serveur « {address.name} » démarre ou s’arrête.",
            KEPT,
            "Réessayez dans un instant.",
        )
    if code in codes.NO_DATABASE:
        return ServerError(
            f"L’identifiant « {address.login} » n’a pas accès à la base « {address.database} » du"
            f" serveur « {address.name} », ou elle n’y est pas.",
            _NOTHING,
            f"Vérifiez le nom de la base. {_WHO}",
        )
    return _refused_login(address) if code.startswith(codes.LOGIN) else None


def _refused_login(address: ServerAddress) -> RefusedLoginError:
    return RefusedLoginError(
        f"Le serveur « {address.name} » refuse l’identifiant « {address.login} », son mot de"
        f" passe, ou l’accès à la base « {address.database} ».",
        _NOTHING,
        "Vérifiez-les ; si votre accès a été retiré, voyez avec la direction.",
    )


def _why_not_reached(address: ServerAddress) -> ServerError | None:
    if address.host.startswith("/"):
        return None
    try:
        with socket.create_connection((address.host, address.port), CONNECT_SECONDS) as plain:
            return None if address.ca is None else _why_not_trusted(address, plain)
    except OSError:
        return _not_reached(address)


def _not_reached(address: ServerAddress) -> LostServerError:
    return LostServerError(
        f"Le serveur « {address.name} » ne répond pas.",
        KEPT,
        "Vérifiez le réseau de ce poste, puis réessayez.",
    )


def _why_not_trusted(address: ServerAddress, plain: socket.socket) -> ServerError | None:
    try:
        context = ssl.create_default_context(cafile=str(address.ca))
    except (OSError, ssl.SSLError):
        return ServerError(
            f"Le certificat « {address.ca} » ne se lit pas.",
            "Rien n’a été envoyé au serveur.",
            f"Redonnez le fichier du certificat de l’autorité. {_WHO}",
        )
    plain.settimeout(CONNECT_SECONDS)
    plain.sendall(_SSL_REQUEST)
    answer = plain.recv(1)
    if not answer:
        return _not_reached(address)
    if answer != b"S":
        return ServerError(
            f"Le serveur « {address.name} » ne chiffre pas ses échanges.",
            "Rien ne lui a été envoyé.",
            f"Il doit accepter TLS. {_WHO}",
        )
    try:
        with context.wrap_socket(plain, server_hostname=address.host):
            return None
    except ssl.SSLCertVerificationError as error:
        if error.verify_code in (_WRONG_HOST, _WRONG_ADDRESS):
            what = f"Le certificat présenté n’est pas celui de « {address.host} »."
        else:
            what = f"Le certificat du serveur « {address.name} » n’est pas signé par l’autorité du"
            what += " bureau, ou il n’est plus valable."
        return ServerError(
            what,
            "Rien n’a été envoyé : un autre pourrait se faire passer pour lui.",
            f"Ne passez pas outre. {_WHO}",
        )


class _Pool(QueuePool):
    """What comes back to it once it is given up is closed: nobody asks it for anything any more."""

    def __init__(self, *given: Any, **how: Any) -> None:
        super().__init__(*given, **how)
        self._ending = Lock()
        self._is_over = False

    def dispose(self) -> None:
        """Close those that wait for a use now, the others as they come back."""
        with self._ending:
            self._is_over = True
            super().dispose()

    def _do_return_conn(self, record: ConnectionPoolEntry) -> None:
        with self._ending:
            if self._is_over:
                record.close()
            super()._do_return_conn(record)


def make_engine(
    creator: Callable[[], Connection], connections: int, *, autocommit: bool = False
) -> sa.Engine:
    """An engine over these connections. What a statement was given never goes into an error: it may
    be a name. In autocommit there is no cursor on the server's side: it lives in a transaction."""
    engine = sa.create_engine(
        "postgresql+psycopg://",
        creator=creator,
        poolclass=_Pool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        hide_parameters=True,
        pool_reset_on_return=None if autocommit else "rollback",
        isolation_level="AUTOCOMMIT" if autocommit else "READ COMMITTED",
        skip_autocommit_rollback=True,  # there is nothing to roll back: one round trip less
        use_native_hstore=False,
    )
    engine.dialect.supports_server_side_cursors = not autocommit
    return engine
