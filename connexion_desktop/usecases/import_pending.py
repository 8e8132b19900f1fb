"""The rows that an import makes and completes, kept until they are written by parts."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.progress import Progress
from connexion_desktop.usecases.import_decisions import Decision
from connexion_desktop.usecases.import_present import Present
from connexion_desktop.usecases.parts import parts

_DATES = {"birth_precision": "birth_date", "met_precision": "met_on"}
_ORDER: tuple[type[m.Row], ...] = (
    m.Staff,
    m.Cohort,
    m.Person,
    m.Journey,
    m.FamilyChoice,
    m.PersonDisability,
    m.Note,
    m.Equipment,
    m.Loan,
    m.Organisation,
    m.OrganisationRole,
    m.Contact,
    m.ColumnMapping,
    m.ImportBatch,
    m.DataFlag,
)
"""Each after those that it refers to."""
_AT_ONCE = 500


class Pending:
    """What is to be written; `made` counts it by kind, `completed` are the people, equipment and
    companies of which more is known now."""

    def __init__(self, present: Present) -> None:
        self.present = present
        self.made: Counter[str] = Counter()
        self.completed: set[UUID] = set()
        self.flags: list[m.DataFlag] = []
        self._rows: dict[type[m.Row], list[m.Row]] = {model: [] for model in _ORDER}
        self._new: set[UUID] = set()

    def make(self, row: m.Row, what: str) -> None:
        """Have a row made, and count it."""
        self.add(row)
        self.made[what] += 1

    def add(self, row: m.Row) -> None:
        """Have a row made that nobody counts."""
        self._rows[type(row)].append(row)
        self._new.add(row.id)

    def complete(self, row: m.Row, values: dict[str, Any], subject: UUID) -> None:
        """Fill what is empty; what is there stays. A date brings its precision with it.

        `subject` is the person, equipment or company that the row is about.
        """
        blanks = [
            name
            for name, value in values.items()
            if value is not None and getattr(row, _DATES.get(name, name)) in (None, "")
        ]
        for name in blanks:
            setattr(row, name, values[name])
        if blanks and row.id not in self._new:
            self.completed.add(subject)

    def flag(self, table: str, row_id: UUID, decision: Decision) -> None:
        """Tell the doubtful cells on the row that they were meant for, once."""
        present = self.present.flags[row_id]
        for problem in decision.problems:
            if (problem.field, problem.typed) in present:
                continue
            present.add((problem.field, problem.typed))
            flag = m.DataFlag(
                table_name=table,
                row_id=row_id,
                field=problem.field,
                typed=problem.typed,
                problem=problem.message,
                sheet=problem.sheet[:120],
                cell=problem.cell,
            )
            self.flags.append(flag)
            self.make(flag, "flag")

    def write(self, session: Session, progress: Progress) -> None:
        """Write everything. Raises Cancelled between two parts."""
        total = sum(map(len, self._rows.values()))
        done = 0
        for rows in self._rows.values():
            for part in parts(rows, _AT_ONCE):
                progress.step(done, total, "Écriture")
                session.add_all(part)
                session.flush()
                done += len(part)
        session.flush()


def told(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is unknown."""
    return {name: value for name, value in values.items() if value is not None}
