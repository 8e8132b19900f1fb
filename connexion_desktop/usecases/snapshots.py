"""Keeping what a page would paint, so that the next start paints it at once.

`stamp` and the rows are read in one session, which may be the one that keeps them
(`Database.scratch()`); if something was saved in between, what is kept is simply never used.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data.models import BaseInfo, PageSnapshot


def stamp(session: Session) -> int | str:
    """What moves on with each act committed, as this session sees it: their number in a base; on a
    server, which of them can be seen."""
    if session.get_bind().dialect.name == "postgresql":
        seen = sa.cast(sa.func.pg_current_snapshot(), sa.Text)
        return str(session.execute(sa.select(seen)).scalar_one())
    return session.execute(sa.select(BaseInfo.change_stamp)).scalar_one()


def is_demo(session: Session) -> bool:
    """Whether the base is a demonstration, where everyone is invented."""
    return session.execute(sa.select(BaseInfo.demo)).scalar_one()


def keep(session: Session, name: str, at: int | str, days: Mapping[date, bytes]) -> None:
    """Keep what the page `name` would paint on each of these days, read at the stamp `at`; what
    was kept of it before is forgotten. Of a server nothing is kept: who starts has to ask it who
    they are."""
    if isinstance(at, str):
        return
    connection = session.connection()
    connection.execute(sa.delete(PageSnapshot).where(PageSnapshot.name == name))
    known = {"association_id": session.info["association_id"], "name": name, "stamp": at}
    rows = [known | {"on": day, "payload": payload} for day, payload in days.items()]
    if rows:
        connection.execute(sa.insert(PageSnapshot), rows)
