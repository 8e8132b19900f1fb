"""An office at work, all at once: fifty connections that read and save for a minute, by the real
use cases, then by bare SQL; and what is found in the base afterwards."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import sqlalchemy as sa

from benchmarks.bases import TODAY
from benchmarks.measure import MeasureError, Result
from benchmarks.server_office import PASSWORD, ServerOffice, opened, server_office
from connexion_desktop import usecases
from connexion_desktop.data import models as m
from connexion_desktop.data.models import new_id
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.person_commands import Half, NewAbsence, NewNote
from connexion_desktop.domain.person_fields import EditField
from connexion_desktop.domain.servers import ServerAddress

WORKSTATIONS = 17
CONNECTIONS = 3 * WORKSTATIONS
"""A reader, a writer and a listener each."""
SECONDS = 60
PROCESSES = 2
_PEOPLE = 400
_SHARED = "city"
_BARE_READS = (
    "SELECT * FROM journey WHERE person_id = %s",
    "SELECT * FROM note WHERE person_id = %s",
    "SELECT * FROM person WHERE id = %s",
)


@dataclass(slots=True)
class Told:
    """What a process of workstations did: seconds of each save, how many rows it made or changed
    for certain, the errors, its own CPU."""

    saves: list[float] = field(default_factory=list)
    reads: list[float] = field(default_factory=list)
    notes: int = 0
    edits: dict[str, int] = field(default_factory=dict)
    absences: int = 0
    errors: list[str] = field(default_factory=list)
    cpu: float = 0.0


def run() -> list[Result]:
    """p95 of a save and its ratio to bare SQL; lost updates and errors."""
    logins = [f"poste{rank:02d}" for rank in range(1, WORKSTATIONS + 1)]
    with server_office(logins, _PEOPLE) as office:
        before = _held(office)
        told = _crowd(office, logins, "app")
        after = _held(office)
        bare = _crowd(office, logins, "bare")
    p95, base = _p95(told.saves), _p95(bare.saves)
    lost = (told.notes - (after.notes - before.notes)) + sum(
        abs(count - (after.versions[person] - before.versions[person]))
        for person, count in told.edits.items()
    )
    share = 100 * told.cpu / (SECONDS * (os.cpu_count() or 1))
    how = (
        f"{CONNECTIONS} connections ({WORKSTATIONS} workstations) for {SECONDS} s without a pause:"
        f" {len(told.reads)} pages read (p95 {1000 * _p95(told.reads):.0f} ms), {len(told.saves)}"
        f" saves ({told.notes} notes, {told.absences} absences, {sum(told.edits.values())} edits of"
        f" the same people); p95 of a save {1000 * p95:.0f} ms, median"
        f" {1000 * statistics.median(told.saves):.0f}; by bare SQL {1000 * base:.0f} ms"
        f" ({len(bare.saves)} saves); the loader's own CPU: {told.cpu:.0f} s, {share:.0f} % of the"
        " machine"
    )
    return [
        Result("server-save-p95", round(1000 * p95, 1), "ms", "reported", None, how),
        Result("server-save-ratio", round(p95 / base, 2), "× bare SQL", "reported", None, how),
        Result("server-lost", lost, "updates", "0", lost == 0, "acknowledged, and not in the base"),
        Result(
            "server-errors", len(told.errors), "errors", "0", not told.errors,
            "; ".join(f"{count} × {what}" for what, count in Counter(told.errors).most_common(3))
            or "none",
        ),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Held:
    notes: int
    versions: dict[str, int]


def _held(office: ServerOffice) -> _Held:
    with office.owner() as owner:
        notes = owner.execute(sa.select(sa.func.count()).select_from(m.Note)).scalar_one()
        rows = owner.execute(sa.select(m.Person.id, m.Person.version)).all()
    return _Held(notes, {str(person): version for person, version in rows})


def _crowd(office: ServerOffice, logins: list[str], way: str) -> Told:
    """The workstations, shared out between processes; what they all did."""
    parts = [logins[rank::PROCESSES] for rank in range(PROCESSES)]
    processes = []
    for part in parts:
        asked = json.dumps([asdict(office.address(login)) for login in part])
        command = [sys.executable, "-m", "benchmarks.server_load", way, asked, str(office.folder)]
        processes.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
    whole = Told()
    for process in processes:
        out, _ = process.communicate(timeout=4 * SECONDS)
        if process.returncode:
            raise MeasureError(f"a process of workstations ended badly ({process.returncode})")
        told = json.loads(out)
        whole.saves += told["saves"]
        whole.reads += told["reads"]
        whole.notes += told["notes"]
        whole.absences += told["absences"]
        whole.edits = dict(Counter(whole.edits) + Counter(told["edits"]))
        whole.errors += told["errors"]
        whole.cpu += told["cpu"]
    return whole


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


@dataclass(frozen=True, slots=True)
class _Place:
    """What the workstations of a process share."""

    folder: Path
    ready: threading.Barrier
    told: Told = field(default_factory=Told)
    lock: threading.Lock = field(default_factory=threading.Lock)


def _work(way: str, addresses: list[ServerAddress], folder: Path) -> Told:
    """In a process of its own: a thread for each workstation."""
    at = _Place(folder, threading.Barrier(len(addresses) + 1))
    body = _as_the_application if way == "app" else _by_hand
    threads = [threading.Thread(target=body, args=(at, address)) for address in addresses]
    for thread in threads:
        thread.start()
    at.ready.wait()
    begun = resource.getrusage(resource.RUSAGE_SELF)
    for thread in threads:
        thread.join()
    ended = resource.getrusage(resource.RUSAGE_SELF)
    at.told.cpu = ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime
    return at.told


def _as_the_application(at: _Place, address: ServerAddress) -> None:
    store = opened(address, at.folder)
    try:
        own, shared = _people(store)
        at.ready.wait()
        end = time.monotonic() + SECONDS
        turn = 0
        while time.monotonic() < end:
            _one_turn(at, store, own[turn % len(own)], shared[turn % len(shared)], turn)
            turn += 1
    finally:
        store.close()


def _people(store: ServerDatabase) -> tuple[list[UUID], list[UUID]]:
    """Those of this conseiller alone, and those of the group that is everybody's."""
    with store.read() as session:
        rows = session.execute(
            sa.select(m.Journey.person_id, m.Cohort.conseiller_id)
            .join(m.Cohort, m.Cohort.id == m.Journey.cohort_id)
            .order_by(m.Journey.person_id)
        ).all()
    own = [person for person, conseiller in rows if conseiller is not None]
    shared = [person for person, conseiller in rows if conseiller is None]
    return own or shared, shared


def _one_turn(at: _Place, store: ServerDatabase, mine: UUID, ours: UUID, turn: int) -> None:
    """A board, a person, a note; a person, a field that others change too, an absence."""
    _timed(at.told.reads, lambda: _read_board(store))
    _timed(at.told.reads, lambda: _read_person(store, mine))
    note = NewNote(mine, TODAY, f"Note {turn} du poste {store.address.login}.")
    written = _save(at, store, "Note ajoutée", lambda s: usecases.notes.add_note(s, note))
    _timed(at.told.reads, lambda: _read_person(store, ours))
    edit = EditField(ours, _SHARED, f"Bordeaux {store.address.login} {turn}", TODAY)
    edited = _save(at, store, "Fiche modifiée", lambda s: usecases.person_details.edit(s, edit))
    day = TODAY - timedelta(days=1 + turn % 20)
    absence = NewAbsence(mine, day, Half.MORNING, excused=bool(turn % 2))
    absent = _save(at, store, "Absence", lambda s: usecases.absences.add(s, absence))
    with at.lock:
        at.told.notes += written
        at.told.edits[str(ours)] = at.told.edits.get(str(ours), 0) + edited
        at.told.absences += absent


def _read_board(store: ServerDatabase) -> None:
    with store.read() as session:
        usecases.group_board.load(session, BoardQuery(None, TODAY))


def _read_person(store: ServerDatabase, person: UUID) -> None:
    with store.read() as session:
        usecases.person_file.load(session, person, TODAY)


def _save(
    at: _Place, store: ServerDatabase, label: str, act: Callable[[usecases.Session], object]
) -> bool:
    begun = time.perf_counter()
    try:
        usecases.saving.save(store, Act(store.author, label, new_id()), act)
    except Exception as error:  # noqa: BLE001 - counted, and told at the end
        at.told.errors.append(f"{type(error).__name__}: {error}"[:200])
        return False
    at.told.saves.append(time.perf_counter() - begun)
    return True


def _timed(times: list[float], act: Callable[[], object]) -> None:
    begun = time.perf_counter()
    act()
    times.append(time.perf_counter() - begun)


def _by_hand(at: _Place, address: ServerAddress) -> None:
    """As many connections, under the same rights: the same rows, without the application."""
    lines = [_bare(address) for _ in range(CONNECTIONS // WORKSTATIONS)]
    reader, writer = lines[0], lines[1]
    people = [row[0] for row in reader.execute("SELECT id FROM person ORDER BY id LIMIT 40")]
    association = reader.execute("SELECT association_id FROM base_info").fetchone()
    assert association is not None
    author = reader.execute("SELECT my_author()").fetchone()
    assert author is not None
    at.ready.wait()
    end, turn = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        person = people[turn % len(people)]
        for question in _BARE_READS:
            reader.execute(question, (person,)).fetchall()
        begun = time.perf_counter()
        with writer.transaction():
            writer.execute("SELECT begin_command(%s, %s, 'Note')", (uuid4(), author[0]))
            writer.execute(
                'INSERT INTO note (id, association_id, person_id, "on", text, pinned, imported,'
                " version, created_at) VALUES (%s, %s, %s, %s, %s, false, false, 1, now())",
                (uuid4(), association[0], person, TODAY, f"Note {turn}"),
            )
        at.told.saves.append(time.perf_counter() - begun)
        turn += 1
    for line in lines:
        line.close()


def _bare(address: ServerAddress) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=address.host,
        port=address.port,
        dbname=address.database,
        user=address.login,
        password=PASSWORD,
        autocommit=True,
    )


if __name__ == "__main__":
    way, asked, place = sys.argv[1:]
    done = _work(way, [ServerAddress(**each) for each in json.loads(asked)], Path(place))
    print(json.dumps(asdict(done)))
