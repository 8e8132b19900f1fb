"""What a page would paint, read before SQLAlchemy is imported, to paint it at once.

It is exact or absent: it counts only if no write was committed since (the base's change stamp), for
the very day it was made for (what a page says depends on today) and under the same schema. Written
by `usecases.snapshots` at closing, for that day and the following ones. Standard library and
sqlcipher3 only.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey

from . import cipher
from .migrations import HEAD

_EXACT = """
SELECT page_snapshot.payload
FROM page_snapshot, base_info, alembic_version
WHERE page_snapshot.association_id = base_info.association_id
  AND page_snapshot.name = ? AND page_snapshot."on" = ?
  AND page_snapshot.stamp = base_info.change_stamp
  AND alembic_version.version_num = ?
"""


def read_snapshot(path: Path, key: RawKey, name: str, today: date) -> bytes | None:
    """What the page `name` would paint today, if it was kept and nothing was saved since.

    Only reads, and without the application's lock: the base is opened properly right after, and
    whatever is wrong with it is told then.
    """
    try:
        connection = cipher.open_checked(path, key, "ro")
    except UserError:
        return None
    try:
        row = connection.execute(_EXACT, (name, today.isoformat(), HEAD)).fetchone()
    except sqlite.Error:
        return None
    finally:
        connection.close()
    return None if row is None else bytes(row[0])
