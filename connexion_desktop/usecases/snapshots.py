"""Keeping what a page has just painted, so that the next start paints it at once.

`stamp` is read in the same session as the rows; `keep` is called later, in a session of
`Database.scratch()`: if something was saved in between, what is kept is simply never used.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from connexion_desktop.data.models import BaseInfo, PageSnapshot


def stamp(session: Session) -> int:
    """How many acts were committed in the base, as this session sees it."""
    return session.execute(sa.select(BaseInfo.change_stamp)).scalar_one()


def keep(session: Session, name: str, at: int, today: date, payload: bytes) -> None:
    """Keep the rows that the page `name` painted on `today`, read at the stamp `at`."""
    values = {"stamp": at, "on": today, "payload": payload}
    session.connection().execute(
        insert(PageSnapshot)
        .values(association_id=session.info["association_id"], name=name, **values)
        .on_conflict_do_update(index_elements=["association_id", "name"], set_=values)
    )
