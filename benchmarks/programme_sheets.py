"""How long the attendance sheets of a whole cycle take, from the base to the PDF."""

from __future__ import annotations

import statistics
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import sqlalchemy as sa

from benchmarks import bases
from benchmarks.measure import Result, at_most
from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.documents import attendance_pdf
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.attendance_paper import MADE, AttendancePaper, SheetRequest
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.drawing_up import DrawUp
from connexion_desktop.domain.progress import Silent
from connexion_desktop.system.secrets import read_key_file
from connexion_desktop.usecases import attendance_sheets, programme

TARGET = 2.0
_RUNS = 9
_START, _NAMES = date(2026, 9, 7), 12


def run() -> list[Result]:
    """The sheets of a cycle of twelve weeks: the first time, and the median."""
    with tempfile.TemporaryDirectory() as folder:
        demo = bases.copy(Path(folder))
        key = read_key_file(demo.key_file)
        with closing(Database.open(demo.path, key)) as database:
            group = _drawn_up(database)
            times = []
            for _ in range(_RUNS):
                start = time.perf_counter()
                paper = _made(database, group)
                attendance_pdf.render(paper, Silent())
                times.append(time.perf_counter() - start)
    names = max(len(page.names) for page in paper.pages)
    how = (
        f"{len(paper.days)} days, {names} names, {len(paper.pages)} pages: read, numbered, kept "
        f"and rendered, the first time; median of {_RUNS}: {statistics.median(times):.2f} s"
    )
    return [at_most("programme-sheets", times[0], "s", TARGET, how)]


def _drawn_up(database: Database) -> UUID:
    """A group of twelve, whose cycle is drawn up."""
    with database.write(Act("benchmark", "Groupe", uuid4())) as session:
        group = m.Cohort(name="Mesure", starts_on=_START)
        session.add(group)
        session.flush()
        people = session.scalars(sa.select(m.Person.id).order_by(m.Person.number).limit(_NAMES))
        session.add_all(
            m.Journey(person_id=person, cohort_id=group.id, entered_on=_START) for person in people
        )
        session.flush()
        programme.draw_up(session, DrawUp(group.id, None, _START))
        return group.id


def _made(database: Database, group: UUID) -> AttendancePaper:
    with database.write(Act("benchmark", MADE, uuid4())) as session:
        return attendance_sheets.make(session, BoardQuery(group, _START), SheetRequest())
