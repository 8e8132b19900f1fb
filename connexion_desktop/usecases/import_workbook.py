"""Bringing in the office's table: shown first, then written in one act, undone in one act."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session

from connexion_desktop.domain.acts import COMMAND_LINE, Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.import_columns import SheetPlan, guessed
from connexion_desktop.domain.import_rows import ImportPreview, ImportReport, ImportRequest
from connexion_desktop.domain.progress import Progress
from connexion_desktop.exchange.tables import Tables, read_tables
from connexion_desktop.usecases.asked_elsewhere import AskedElsewhere
from connexion_desktop.usecases.import_elsewhere import with_sites
from connexion_desktop.usecases.import_understanding import Understood, proposed_plans
from connexion_desktop.usecases.import_writing import Writer, take_numbers
from connexion_desktop.usecases.snapshots import stamp

_UNRECOGNISED = (
    "Aucune feuille n’est reconnue à ses titres : dites, à droite, ce que contient chaque colonne."
    " L’application s’en souviendra."
)
_TITLE = re.compile(r"\bgroupe\s+(?:de\s+)?([^()\n:;]{3,60})", re.IGNORECASE)
_TITLE_ROWS = 5
_TITLE_CELLS = 2
_COHORT_LENGTH = 60
_ATTEMPTS_BESIDE = 2


class _Moved(Exception):  # noqa: N818 - not an error: to be tried again
    """Something was saved since the file was understood."""


class Store(Protocol):
    """What an import needs of the base: to read, and one unit of work."""

    def read(self) -> AbstractContextManager[Session]:
        """A session that cannot write."""

    def write(self, act: Act) -> AbstractContextManager[Session]:
        """One unit of work."""


def look(
    store: Store,
    path: Path,
    today: date,
    progress: Progress,
    asked: AskedElsewhere | None = None,
) -> tuple[Tables, ImportPreview]:
    """Read a file and what importing it would do, in the group that its title names; `asked` are
    the names that the office's server was already asked for.

    Where no sheet is recognised, its longest one is shown all the same, to be told column by
    column. Raises UserError for a file without anything.
    """
    tables = read_tables(path, progress)
    request = ImportRequest(proposed_cohort(tables), today)
    with store.read() as session:
        if proposed_plans(session, tables):
            return tables, _preview(session, tables, request, progress, asked)
        told = replace(request, plans=_guess(tables))
        shown = _preview(session, tables, told, progress, asked)
    return tables, replace(shown, warnings=(_UNRECOGNISED, *shown.warnings))


def _guess(tables: Tables) -> tuple[SheetPlan]:
    longest = max(tables.sheets, key=lambda sheet: len(sheet.rows), default=None)
    plan = guessed(longest.name, longest.rows) if longest is not None else None
    if plan is None:
        raise UserError(
            f"« {tables.file_name} » ne contient rien.",
            "Rien n’a été importé.",
            "Vérifiez que c’est le bon fichier, et qu’il est enregistré.",
        )
    return (plan,)


def look_again(
    store: Store,
    tables: Tables,
    request: ImportRequest,
    progress: Progress,
    asked: AskedElsewhere | None = None,
) -> ImportPreview:
    """What importing would do with other columns or another group. `asked`: see `look`."""
    with store.read() as session:
        return _preview(session, tables, request, progress, asked)


def _preview(
    session: Session,
    tables: Tables,
    request: ImportRequest,
    progress: Progress,
    asked: AskedElsewhere | None,
) -> ImportPreview:
    shown = preview(session, tables, request, progress)
    return with_sites(session, shown, asked or AskedElsewhere(), progress)


def proposed_cohort(tables: Tables) -> str:
    """The group's name as the table's title says it (« … groupe Bordeaux mars 2026 (…) »), else
    the file's name."""
    for sheet in tables.sheets:
        for row in sheet.rows[:_TITLE_ROWS]:
            texts = [cell for cell in row if isinstance(cell, str)]
            for text in texts if len(texts) <= _TITLE_CELLS else ():
                found = _TITLE.search(text)
                if found:
                    return " ".join(found[1].split())[:_COHORT_LENGTH]
    return Path(tables.file_name).stem.replace("_", " ")[:_COHORT_LENGTH]


def preview(
    session: Session, tables: Tables, request: ImportRequest, progress: Progress
) -> ImportPreview:
    """What the import would do, row by row. Writes nothing."""
    understood = Understood(session, tables, request, progress)
    return replace(understood.preview, changes=_changes(session, understood))


def _changes(session: Session, understood: Understood) -> bool:
    """Whether importing would write anything: where all is known, it is prepared to see."""
    if not all(row.is_known for row in understood.usable):
        return True
    with session.no_autoflush:
        report = Writer(session, understood, COMMAND_LINE).prepare()
    session.expunge_all()
    return report.changed > 0


def apply(
    store: Store, tables: Tables, request: ImportRequest, act: Act, progress: Progress
) -> ImportReport:
    """Import in one transaction: valid rows, doubtful cells left empty and flagged, others skipped.

    A row that is known already only fills what is empty: importing twice changes nothing. The file
    is understood beside other saves, and again if one of them came in between; where they never
    pause, they wait at last until it is understood and written. On a server those who make people,
    or import, wait for one another meanwhile, and nobody else.
    Raises Cancelled through `progress`, and nothing is kept.
    """
    for _ in range(_ATTEMPTS_BESIDE):
        with store.read() as session:
            seen = stamp(session)
            understood = Understood(session, tables, request, progress)
        with suppress(_Moved), store.write(act) as session:
            numbers = take_numbers(session, understood.new_people)
            if stamp(session) != seen:
                raise _Moved
            return Writer(session, understood, act.author, numbers).write(
                act, tables.sha256, progress
            )
    with store.write(act) as session:
        numbers = take_numbers(session, understood.new_people)
        understood = Understood(session, tables, request, progress)
        return Writer(session, understood, act.author, numbers).write(act, tables.sha256, progress)
