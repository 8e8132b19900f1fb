"""How soon a colleague's save is seen on another workstation."""

from __future__ import annotations

import os
import statistics
import time
from uuid import UUID, uuid4

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import sqlalchemy as sa
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from benchmarks.bases import TODAY
from benchmarks.measure import MeasureError, Result, at_most
from benchmarks.server_office import server_office, workstation
from connexion_desktop import usecases
from connexion_desktop.data import models as m
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.acts import Act, Changes
from connexion_desktop.domain.person_commands import NewNote
from connexion_desktop.domain.person_file import PersonFile
from connexion_desktop.ui.jobs import Jobs

TARGET = 1000
_SAVES = 40
_LONGEST = 10_000  # ms


def run() -> list[Result]:
    """From the end of a save to the page read again elsewhere: 95 of 100, and the slowest."""
    with server_office(["poste01", "poste02"]) as office:
        here, there = workstation(office, "poste01"), workstation(office, "poste02")
        application = QCoreApplication.instance() or QCoreApplication([])
        jobs = Jobs()
        try:
            jobs.attach(here, here.author)
            with there.read() as session:
                person = session.scalars(sa.select(m.Journey.person_id).limit(1)).one()
            times = sorted(_seen_after(jobs, there, person, rank) for rank in range(_SAVES))
        finally:
            jobs.stop()
            here.close()
            there.close()
            application.processEvents()
    how = (
        f"from a colleague's commit to the person's page read again, {_SAVES} notes, painting not "
        f"counted: p95; median {statistics.median(times):.0f} ms, slowest {times[-1]:.0f} ms"
    )
    return [at_most("server-live", times[round(0.95 * _SAVES) - 1], "ms", TARGET, how)]


def _seen_after(jobs: Jobs, there: ServerDatabase, person: UUID, rank: int) -> float:
    """Milliseconds from the end of a colleague's save to the page that shows it."""
    loop = QEventLoop()
    text = f"Note {rank} d’un collègue."
    seen: list[float] = []

    def read_again(changes: Changes) -> None:
        if changes.touches("note"):
            jobs.read(jobs, lambda session: usecases.person_file.load(session, person, TODAY), show)

    def show(file: PersonFile) -> None:
        if any(text in item.text for item in file.feed.items):
            seen.append(time.perf_counter())
            loop.quit()

    jobs.changed.connect(read_again)
    QTimer.singleShot(_LONGEST, loop, loop.quit)
    with there.write(Act("bench", "Note ajoutée", uuid4())) as session:
        usecases.notes.add_note(session, NewNote(person, TODAY, text))
    saved = time.perf_counter()
    loop.exec()
    jobs.changed.disconnect(read_again)
    if not seen:
        raise MeasureError("a colleague's save was never seen")
    return 1000 * (seen[0] - saved)
