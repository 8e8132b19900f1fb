"""Each column of codes is known: a line of a list is never deleted from under what uses it."""

from __future__ import annotations

import sqlalchemy as sa

from connexion_desktop.data import code_uses
from connexion_desktop.data.database import Database
from connexion_desktop.data.models import Base, ReferenceItem
from connexion_desktop.data.references import references_to
from connexion_desktop.domain.reference_lists import FAMILIES, LISTS, UNREAD
from connexion_desktop.domain.uses import TOLD


def columns_of_codes() -> set[str]:
    return {
        str(column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.info.get("code")
    }


def test_every_column_of_codes_is_declared_once() -> None:
    held = [str(column) for columns in code_uses.HELD.values() for column in columns]
    own = [str(column) for column in (*code_uses.OWN, *code_uses.NAMING)]
    assert len(held) == len(set(held))
    assert set(held).isdisjoint(own)
    assert columns_of_codes() == {*held, *own}


def test_every_list_shipped_is_declared_with_its_columns(database: Database) -> None:
    with database.read() as session:
        shipped = set(session.scalars(sa.select(ReferenceItem.list).distinct()))
    assert shipped == set(code_uses.HELD)
    assert shipped | {FAMILIES} == {spec.name for spec in LISTS} | UNREAD
    assert UNREAD.isdisjoint(spec.name for spec in LISTS)


def test_every_table_that_may_use_something_has_its_words() -> None:
    users = {column.table.name for columns in code_uses.HELD.values() for column in columns}
    users |= {column.table.name for column, _ in code_uses.INSIDE.values()}
    users |= {
        each.table
        for target in ("site", "staff", "trade_family", "delegation")
        for each in references_to(target)
    }
    assert users <= set(TOLD)
