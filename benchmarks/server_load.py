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
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import partial
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

WORKSTATIONS = 25
CONNECTIONS = 2 * WORKSTATIONS
"""Busy all the time: each workstation reads on one and saves on another; a third only listens."""
SECONDS = 60
PROCESSES = 2
_PEOPLE = 400
_SHARED = "person.city"
_PATIENCE = 120
_BARE_NOTE = (
    'INSERT INTO note (id, association_id, person_id, "on", text, pinned, imported, version,'
    " created_at) VALUES (%s, %s, %s, %s, %s, false, false, 1, now())"
)
_BARE_EDIT = "UPDATE person SET city = %s, version = version + 1 WHERE id = %s"
_BARE_MARK = (
    "UPDATE attendance SET mark = %s, version = version + 1 WHERE id = (SELECT attendance.id FROM"
    " attendance JOIN journey ON journey.id = journey_id WHERE person_id = %s LIMIT 1)"
)
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
    absences: dict[str, bool] = field(default_factory=dict)
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
    lost = (
        (told.notes - (after.notes - before.notes))
        + sum(
            abs(count - (after.versions[person] - before.versions[person]))
            for person, count in told.edits.items()
        )
        + sum(after.absences.get(where) != excused for where, excused in told.absences.items())
    )
    share = 100 * told.cpu / (SECONDS * (os.cpu_count() or 1))
    how = (
        f"{CONNECTIONS} connections ({WORKSTATIONS} workstations) for {SECONDS} s without a pause:"
        f" {len(told.reads)} pages read (p95 {1000 * _p95(told.reads):.0f} ms), {len(told.saves)}"
        f" saves ({told.notes} notes, absences of {len(told.absences)} half-days,"
        f" {sum(told.edits.values())} edits of the same people); p95 of a save {1000 * p95:.0f} ms,"
        f" median {1000 * statistics.median(told.saves):.0f}; by bare SQL {1000 * base:.0f} ms"
        f" ({len(bare.saves)} saves of the same kinds, {len(bare.reads)} reads); the loader's own"
        f" CPU: {told.cpu:.0f} s, {share:.0f} % of the machine"
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
    absences: dict[str, bool]


def _held(office: ServerOffice) -> _Held:
    with office.owner() as owner:
        notes = owner.execute(sa.select(sa.func.count()).select_from(m.Note)).scalar_one()
        rows = owner.execute(sa.select(m.Person.id, m.Person.version)).all()
        marks = owner.execute(
            sa.select(m.Journey.person_id, m.Attendance.on, m.Attendance.mark)
            .join(m.Journey, m.Journey.id == m.Attendance.journey_id)
            .where(m.Attendance.half == Half.MORNING, m.Attendance.mark.in_(("A", "E")))
        ).all()
    return _Held(
        notes,
        {str(person): version for person, version in rows},
        {_half_day(person, on): mark == "E" for person, on, mark in marks},
    )


def _half_day(person: UUID, on: date) -> str:
    return f"{person} {on.isoformat()}"


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
        whole.absences |= told["absences"]
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
    """In a process of its own: two threads for each workstation."""
    at = _Place(folder, threading.Barrier(2 * len(addresses) + 1, timeout=_PATIENCE))
    stores: list[ServerDatabase] = []
    bodies: list[Callable[[], None]] = []
    for address in addresses:
        if way == "app":
            store = opened(address, folder)
            stores.append(store)
            people = _people(store)
            bodies += [partial(_read, at, store, people), partial(_write, at, store, people)]
        else:
            bodies += [partial(_read_by_hand, at, address), partial(_write_by_hand, at, address)]
    threads = [threading.Thread(target=partial(_told, at, body)) for body in bodies]
    for thread in threads:
        thread.start()
    at.ready.wait()
    begun = resource.getrusage(resource.RUSAGE_SELF)
    for thread in threads:
        thread.join()
    ended = resource.getrusage(resource.RUSAGE_SELF)
    at.told.cpu = ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime
    for store in stores:
        store.close()
    return at.told


def _told(at: _Place, body: Callable[[], None]) -> None:
    """A thread that ends badly is an error like another: it no longer loads the server."""
    try:
        body()
    except Exception as error:  # noqa: BLE001 - counted, and told at the end
        at.told.errors.append(f"{type(error).__name__}: {error}"[:200])


def _turns(at: _Place) -> Iterator[int]:
    """0, 1, 2… until the time is over, once everybody is there."""
    at.ready.wait()
    end, turn = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        yield turn
        turn += 1


_Stay = tuple[UUID, date, date]


@dataclass(frozen=True, slots=True)
class _People:
    """Those of this conseiller, with the first and the last day of each in the group, and those of
    the group that is everybody's."""

    own: list[UUID]
    stays: list[_Stay]
    shared: list[UUID]


def _people(store: ServerDatabase) -> _People:
    journey = m.Journey
    with store.read() as session:
        rows = session.execute(
            sa.select(
                journey.person_id, m.Cohort.conseiller_id, journey.entered_on, journey.left_on
            )
            .join(m.Cohort, m.Cohort.id == journey.cohort_id)
            .order_by(journey.person_id)
        ).all()
    own = [row for row in rows if str(row.conseiller_id) == store.member.staff_id]
    stays = [(row.person_id, row.entered_on, min(row.left_on or TODAY, TODAY)) for row in own]
    shared = [row.person_id for row in rows if row.conseiller_id is None]
    return _People([row.person_id for row in own] or shared, stays, shared)


def _read(at: _Place, store: ServerDatabase, people: _People) -> None:
    """The board, then a person, again and again."""
    for turn in _turns(at):
        if turn % 2:
            _timed(at.told.reads, lambda: _read_board(store))
        else:
            _timed(at.told.reads, partial(_read_person, store, people.own[turn % len(people.own)]))


def _write(at: _Place, store: ServerDatabase, people: _People) -> None:
    """A note, a field that others change too, an absence, again and again."""
    for turn in _turns(at):
        mine = people.own[turn % len(people.own)]
        ours = people.shared[turn % len(people.shared)]
        note = NewNote(mine, TODAY, f"Note {turn} du poste {store.address.login}.")
        written = _save(at, store, "Note ajoutée", partial(_add_note, note))
        edit = EditField(ours, _SHARED, f"Bordeaux {store.address.login} {turn}", TODAY)
        edited = _save(at, store, "Fiche modifiée", partial(_edit, edit))
        with at.lock:
            at.told.notes += written
            at.told.edits[str(ours)] = at.told.edits.get(str(ours), 0) + edited
        if people.stays:
            _be_absent(at, store, people.stays[turn % len(people.stays)], turn)


def _be_absent(at: _Place, store: ServerDatabase, stay: _Stay, turn: int) -> None:
    person, first, last = stay
    day = first + timedelta(days=turn % max(1, (last - first).days))
    excused = bool(turn % 2)
    absence = NewAbsence(person, day, Half.MORNING, excused=excused)
    if _save(at, store, "Absence", partial(_add_absence, absence)):
        with at.lock:
            at.told.absences[_half_day(person, day)] = excused


def _add_note(note: NewNote, session: usecases.Session) -> None:
    usecases.notes.add_note(session, note)


def _edit(edit: EditField, session: usecases.Session) -> None:
    usecases.person_details.edit(session, edit)


def _add_absence(absence: NewAbsence, session: usecases.Session) -> None:
    usecases.absences.add(session, absence)


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


def _read_by_hand(at: _Place, address: ServerAddress) -> None:
    """Under the same rights, the rows of somebody, without the application."""
    with _bare(address) as line:
        people = _first_people(line)
        for turn in _turns(at):
            person = people[turn % len(people)]
            begun = time.perf_counter()
            for question in _BARE_READS:
                line.execute(question, (person,)).fetchall()
            at.told.reads.append(time.perf_counter() - begun)


def _write_by_hand(at: _Place, address: ServerAddress) -> None:
    """The same kinds of saves, in as few statements as they need."""
    with _bare(address) as line:
        people = _first_people(line)
        (association,) = line.execute("SELECT association_id FROM base_info").fetchone() or (None,)
        (author,) = line.execute("SELECT my_author()").fetchone() or (None,)
        for turn in _turns(at):
            person = people[turn % len(people)]
            note = (uuid4(), association, person, TODAY, f"Note {turn}")
            mark = ("AE"[turn % 2], person)
            for statement, given in (
                (_BARE_NOTE, note),
                (_BARE_EDIT, (f"Bordeaux {turn}", person)),
                (_BARE_MARK, mark),
            ):
                begun = time.perf_counter()
                with line.transaction():
                    line.execute("SELECT begin_command(%s, %s, 'Essai')", (uuid4(), author))
                    line.execute(statement, given)
                at.told.saves.append(time.perf_counter() - begun)


def _first_people(line: psycopg.Connection[tuple[object, ...]]) -> list[object]:
    rows = line.execute("SELECT person_id FROM journey ORDER BY person_id LIMIT 40").fetchall()
    return [row[0] for row in rows]


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
