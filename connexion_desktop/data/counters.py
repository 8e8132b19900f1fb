"""Numbers taken one by one: never twice the same, never reused."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connexion_desktop.data.models import Counter


def take_number(session: Session, series: str) -> int:
    """The next number of a series of the association (« P », « PMSMP-2026 »), from 1.

    It is kept with the act: two workstations of a server wait for one another, a file has one.
    """
    return take_numbers(session, series, 1)[0]


def last_number(session: Session, series: str) -> int:
    """The last number given of a series; 0 before the first."""
    last = select(Counter.last).where(Counter.series == series)
    return session.scalar(last) or 0


def take_numbers(session: Session, series: str, count: int) -> range:
    """The next `count` numbers of a series, in one go; see `take_number`."""
    if session.get_bind().dialect.name == "postgresql":  # where nobody writes that table
        first: int = session.execute(select(func.take_numbers(series, count))).scalar_one()
        return range(first, first + count)
    association_id = session.info["association_id"]
    row = session.scalar(
        select(Counter).where(Counter.association_id == association_id, Counter.series == series)
    )
    if row is None:
        row = Counter(association_id=association_id, series=series, last=0)
        session.add(row)
    row.last += count
    session.flush()
    return range(row.last - count + 1, row.last + 1)
