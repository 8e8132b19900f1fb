"""The code by which the server says why it does not let in: the driver only gives it in words."""

from __future__ import annotations

import ctypes
import re
import select
import sys
from functools import cache
from time import monotonic
from typing import Any

from psycopg import pq
from psycopg.conninfo import make_conninfo

FULL = "53300"
NOT_NOW = "57P"
"""The beginning of what a server that starts, stops or restarts says."""
LOGIN = "28"
"""The beginning of what is said of a login, of its password, or of where it comes from."""
NO_DATABASE = ("3D000", "42501")
"""Not there; not open to this login."""
_SQLSTATE_ONLY = 3  # libpq, PQERRORS_SQLSTATE
_CODE = re.compile(rb": +([0-9A-Z]{5})\s*$")


def of_refusal(wanted: dict[str, Any], seconds: float) -> str | None:
    """Try once to connect as `wanted` says, and tell the SQLSTATE of the refusal; None where there
    is none to be had: let in, cut, or refused on this side (TLS)."""
    tell = _telling()
    if tell is None:
        return None
    line: Any = pq.PGconn.connect_start(make_conninfo(**wanted).encode())
    try:
        tell(line.pgconn_ptr, _SQLSTATE_ONLY)
        until = monotonic() + seconds
        while (step := line.connect_poll()) in (
            pq.PollingStatus.READING,
            pq.PollingStatus.WRITING,
        ):
            ways = ([line.socket], []) if step == pq.PollingStatus.READING else ([], [line.socket])
            if not any(select.select(*ways, [], max(0.0, until - monotonic()))):
                return None
        found = _CODE.search(line.error_message)
        return found[1].decode() if found else None
    finally:
        line.finish()


def are_told() -> bool:
    """Whether this system lets the codes of refusals be asked for."""
    return _telling() is not None


@cache
def _telling() -> Any:
    """PQsetErrorVerbosity, which psycopg does not wrap, of the very libpq that it uses; None where
    the system does not look for it behind the module (Windows)."""
    try:
        library = ctypes.CDLL(sys.modules[pq.PGconn.__module__].__file__ or "")
        tell: Any = library.PQsetErrorVerbosity
    except (OSError, AttributeError):
        return None
    tell.argtypes = [ctypes.c_void_p, ctypes.c_int]
    return tell
