"""Importing a table in a real base, and looking at what it left there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.counters import take_number
from connexion_desktop.data.database import Database
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.import_columns import SheetPlan
from connexion_desktop.domain.import_rows import (
    IMPORTED,
    ImportPreview,
    ImportReport,
    ImportRequest,
    PreviewRow,
)
from connexion_desktop.domain.progress import Progress, Silent
from connexion_desktop.exchange.tables import Tables, read_tables
from connexion_desktop.usecases import import_workbook, undo
from tests.factories import put
from tests.workbooks import GROUP

TODAY = date(2026, 4, 21)
Plans = tuple[SheetPlan, ...]
RowT = TypeVar("RowT", bound=m.Row)


def someone(session: Session, given: str, family: str, **values: Any) -> UUID:
    """Somebody of the base, with the next number."""
    number = f"P-{take_number(session, 'P'):05d}"
    return put(session, m.Person(number=number, given_name=given, family_name=family, **values))


def look(
    database: Database, tables: Tables, cohort: str = GROUP, plans: Plans | None = None
) -> ImportPreview:
    """What importing would do."""
    request = ImportRequest(cohort, TODAY, plans)
    return import_workbook.look_again(database, tables, request, Silent())


def bring_in(
    database: Store,
    tables: Tables,
    cohort: str = GROUP,
    plans: Plans | None = None,
    *,
    act: Act | None = None,
    progress: Progress | None = None,
    today: date = TODAY,
) -> ImportReport:
    """Import."""
    signed = act or Act("Anne Martin", IMPORTED, uuid4())
    request = ImportRequest(cohort, today, plans)
    return import_workbook.apply(database, tables, request, signed, progress or Silent())


def bring_in_file(database: Database, path: Path, cohort: str = GROUP) -> ImportReport:
    """Import a real file."""
    return bring_in(database, read_tables(path), cohort)


def take_back(database: Database, act: Act) -> None:
    """Undo that import, in one act."""
    with database.write(Act("Anne Martin", "Annulation", uuid4())) as session:
        undo.undo(session, act.command_id)


def alive(database: Store, model: type[RowT]) -> list[RowT]:
    """The rows of a table that are not deleted, the oldest first."""
    with database.read() as session:
        query = sa.select(model).where(model.deleted_at.is_(None)).order_by(model.id)
        return list(session.scalars(query))


def named(database: Database, given: str) -> m.Person:
    """The one person of that first name."""
    (found,) = [each for each in alive(database, m.Person) if each.given_name == given]
    return found


def flags(database: Database, row_id: object) -> dict[str, m.DataFlag]:
    """The doubtful values told on a row, by field."""
    return {flag.field: flag for flag in alive(database, m.DataFlag) if flag.row_id == row_id}


def holder(database: Database, number: str) -> str | None:
    """The first name of who has that computer now."""
    people = {each.id: each.given_name for each in alive(database, m.Person)}
    (item,) = [each for each in alive(database, m.Equipment) if each.number == number]
    loans = [
        each
        for each in alive(database, m.Loan)
        if each.equipment_id == item.id and each.returned_on is None
    ]
    return people[loans[0].person_id] if loans else None


def stamp(database: Database) -> int:
    """What every committed write moves on."""
    with database.read() as session:
        return session.execute(sa.select(m.BaseInfo.change_stamp)).scalar_one()


def shown(preview: ImportPreview, title: str) -> PreviewRow:
    """The one row of that title."""
    (found,) = [row for row in preview.rows if row.title == title]
    return found
