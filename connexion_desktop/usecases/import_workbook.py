"""Bringing in the office's table: shown first, then written in one act, undone in one act."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.import_columns import SheetKind, SheetPlan, answers, recognise
from connexion_desktop.domain.import_reading import (
    EquipmentRead,
    HostRead,
    PersonRead,
    RowRead,
    Vocabulary,
    read_row,
)
from connexion_desktop.domain.import_rows import (
    ImportPreview,
    ImportReport,
    ImportRequest,
    PreviewRow,
    Problem,
    RowStatus,
)
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.progress import Progress
from connexion_desktop.exchange.tables import Tables, read_tables
from connexion_desktop.usecases.import_known import load_known
from connexion_desktop.usecases.import_writing import Writer

_TITLE = re.compile(r"\bgroupe\s+([^()\n:;]{3,60})", re.IGNORECASE)
_TITLE_ROWS = 5
_COHORT_LENGTH = 60
_ORDER = (SheetKind.PEOPLE, SheetKind.EQUIPMENT, SheetKind.HOSTS)


class Store(Protocol):
    """What an import needs of the base: to read, and one unit of work."""

    def read(self) -> AbstractContextManager[Session]:
        """A session that cannot write."""

    def write(self, act: Act) -> AbstractContextManager[Session]:
        """One unit of work."""


def look(store: Store, path: Path, today: date, progress: Progress) -> tuple[Tables, ImportPreview]:
    """Read a file and what importing it would do, in the group that its title names."""
    tables = read_tables(path, progress)
    request = ImportRequest(proposed_cohort(tables), today)
    return tables, look_again(store, tables, request, progress)


def look_again(
    store: Store, tables: Tables, request: ImportRequest, progress: Progress
) -> ImportPreview:
    """What importing would do with other columns or another group."""
    with store.read() as session:
        return preview(session, tables, request, progress)


def proposed_cohort(tables: Tables) -> str:
    """The group's name as the table's title says it (« … groupe Bordeaux mars 2026 (…) »)."""
    for sheet in tables.sheets:
        for row in sheet.rows[:_TITLE_ROWS]:
            for cell in row:
                found = _TITLE.search(cell) if isinstance(cell, str) else None
                if found:
                    return " ".join(found[1].split())[:_COHORT_LENGTH]
    return Path(tables.file_name).stem.replace("_", " ")[:_COHORT_LENGTH]


def preview(
    session: Session, tables: Tables, request: ImportRequest, progress: Progress
) -> ImportPreview:
    """What the import would do, row by row. Writes nothing."""
    return _Understood(session, tables, request, progress).preview()


def apply(
    store: Store, tables: Tables, request: ImportRequest, act: Act, progress: Progress
) -> ImportReport:
    """Import in one transaction: valid rows, doubtful cells left empty and flagged, others skipped.

    A row that is known already only fills what is empty: importing twice changes nothing.
    Raises Cancelled through `progress`, and nothing is kept.
    """
    with store.write(act) as session:
        return _Understood(session, tables, request, progress).write(act)


class _Understood:
    """A table read against the base, in one session."""

    def __init__(
        self, session: Session, tables: Tables, request: ImportRequest, progress: Progress
    ) -> None:
        self.session = session
        self.tables = tables
        self.request = request
        self.progress = progress
        self.plans = request.plans or _propose(session, tables)
        self.words = _vocabulary(session)
        self.known = load_known(session, request.cohort)
        if not self.plans:
            raise UserError(
                f"« {tables.file_name} » ne contient aucune feuille reconnue.",
                "Rien n’a été importé.",
                "Il faut une ligne de titres : par exemple « Nom », « Prénom », « Né(e) le ».",
            )

    def rows(self) -> Iterable[tuple[SheetPlan, int, RowRead]]:
        """Each row of the recognised sheets, people first."""
        sheets = {sheet.name: sheet for sheet in self.tables.sheets}
        plans = sorted(self.plans, key=lambda plan: _ORDER.index(plan.kind))
        total = sum(len(sheets[plan.sheet].rows) for plan in plans)
        done = 0
        for plan in plans:
            for index, row in enumerate(sheets[plan.sheet].rows):
                done += 1
                self.progress.step(done, total, f"{plan.sheet}, ligne {index + 1}")
                if index > plan.header_row and not plan.missing:
                    read = read_row(plan, index + 1, row, self.words, self.request.today)
                    yield plan, index + 1, read

    def preview(self) -> ImportPreview:
        """The rows as they would be imported; each person seen is known to the rows after."""
        return self._preview(self._shown())

    def write(self, act: Act) -> ImportReport:
        """Write every row that can be, and the report that tells the rest."""
        shown = self._shown()
        kept = [(row, read) for row, read in shown if row.status is not RowStatus.UNUSABLE]
        writer = Writer(self.session, self.known, self._preview(shown), self.request.today)
        for done, (row, read) in enumerate(kept):
            self.progress.step(done, len(kept), f"Écriture : {row.title}")
            writer.write(row, read)
        self._remember()
        report = ImportReport(
            writer.cohort_id, self._preview(shown), dict(writer.made), writer.completed
        )
        if report.changed:
            self.session.add(_batch(act, report, self.tables.sha256))
        return report

    def _shown(self) -> list[tuple[PreviewRow, RowRead]]:
        rows = ((self._preview_row(*row), row[2]) for row in self.rows())
        return [(row, read) for row, read in rows if row is not None]

    def _preview(self, shown: list[tuple[PreviewRow, RowRead]]) -> ImportPreview:
        recognised = {plan.sheet for plan in self.plans}
        people = [read.value for _, read in shown if isinstance(read.value, PersonRead)]
        entries = [person.entered_on for person in people if person.entered_on]
        return ImportPreview(
            file_name=self.tables.file_name,
            plans=tuple(self.plans),
            unknown_sheets=tuple(
                sheet.name for sheet in self.tables.sheets if sheet.name not in recognised
            ),
            rows=tuple(row for row, _ in shown),
            cohort=self.request.cohort,
            cohort_is_new=self.known.cohort_id is None,
            starts_on=min(_most_common(entries), default=None),
            warnings=self.tables.warnings,
        )

    def _preview_row(self, plan: SheetPlan, number: int, read: RowRead) -> PreviewRow | None:
        if read.unusable:
            problem = Problem(plan.sheet, number, "", "", "", "", read.unusable)
            problems = (*read.problems, problem)
            return PreviewRow(
                plan.sheet, plan.kind, number, RowStatus.UNUSABLE, "", "", read.unusable, problems
            )
        match read.value:
            case PersonRead():
                return self.known.preview_person(plan, number, read, read.value)
            case EquipmentRead():
                return self.known.preview_equipment(plan, number, read, read.value)
            case HostRead():
                return self.known.preview_host(plan, number, read, read.value)
        return None

    def _remember(self) -> None:
        known = {(row.sheet_kind, row.heading): row for row in self.session.scalars(_mappings())}
        for (kind, heading), field in answers(self.plans).items():
            row = known.get((kind, heading))
            if row is None:
                self.session.add(
                    m.ColumnMapping(sheet_kind=kind, heading=heading[:160], field=field)
                )
            elif row.field != field:
                row.field = field


def _mappings() -> Any:
    return select(m.ColumnMapping).where(m.ColumnMapping.deleted_at.is_(None))


def _propose(session: Session, tables: Tables) -> tuple[SheetPlan, ...]:
    memory = {
        (SheetKind(row.sheet_kind), row.heading): row.field for row in session.scalars(_mappings())
    }
    plans = (recognise(sheet.name, sheet.rows, memory) for sheet in tables.sheets)
    return tuple(plan for plan in plans if plan is not None)


def _vocabulary(session: Session) -> Vocabulary:
    items = session.execute(
        select(
            m.ReferenceItem.list, m.ReferenceItem.code, m.ReferenceItem.label, m.ReferenceItem.data
        ).where(
            m.ReferenceItem.list.in_(("activity", "channel")), m.ReferenceItem.deleted_at.is_(None)
        )
    ).all()
    families = session.execute(
        select(m.TradeFamily.code, m.TradeFamily.label, m.TradeFamily.aliases).where(
            m.TradeFamily.deleted_at.is_(None)
        )
    )
    return Vocabulary(
        activities=_words((i.code, i.label, (i.data or {})) for i in items if i.list == "activity"),
        channels=_words((i.code, i.label, (i.data or {})) for i in items if i.list == "channel"),
        families=_words(
            (code, label, {"aliases": (aliases or "").split(", ")})
            for code, label, aliases in families
        ),
    )


def _words(items: Iterable[tuple[str, str, dict[str, Any]]]) -> dict[str, str]:
    words: dict[str, str] = {}
    for code, label, data in items:
        for word in (label, data.get("short", ""), *data.get("aliases", ())):
            if fold(word):
                words.setdefault(fold(word), code)
    return words


def _most_common(days: list[date]) -> list[date]:
    """The entry day shared by most: the group's start."""
    counted = Counter(days)
    most = max(counted.values(), default=0)
    return [day for day, count in counted.items() if count == most]


def _batch(act: Act, report: ImportReport, file_sha256: str) -> m.ImportBatch:
    preview = report.preview
    return m.ImportBatch(
        command_id=act.command_id,
        author=act.author,
        file_sha256=file_sha256,
        cohort_id=report.cohort_id,
        report={
            "made": report.made,
            "completed": report.completed,
            "skipped": [str(p) for row in preview.rows for p in row.problems],
        },
    )
