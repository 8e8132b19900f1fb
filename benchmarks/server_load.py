"""An office at work, all at once: fifty connections that read and save for a minute, by the real
use cases, then by bare SQL; and what is found in the base afterwards."""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from benchmarks import server_bare
from benchmarks.bases import TODAY
from benchmarks.measure import MeasureError, Result, side_by_side
from benchmarks.server_office import ServerOffice, opened, server_office
from benchmarks.server_turns import SECONDS, Place, Told, timed, turns
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
PROCESSES = 2
_PEOPLE = 400
_SHARED = "person.city"
_PATIENCE = 120
_ENOUGH = 2
"""Without two of each, there is no 95th percentile."""


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
            "server-errors", len(told.errors), "errors", "0", not told.errors, _most(told.errors)
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
    commands = []
    for part in parts:
        asked = json.dumps([asdict(office.address(login)) for login in part])
        module = ("-m", "benchmarks.server_load")
        commands.append([sys.executable, *module, way, asked, str(office.folder)])
    whole = Told()
    for out in side_by_side(commands, 4 * SECONDS):
        told = json.loads(out)
        whole.saves += told["saves"]
        whole.reads += told["reads"]
        whole.notes += told["notes"]
        whole.absences |= told["absences"]
        whole.edits = dict(Counter(whole.edits) + Counter(told["edits"]))
        whole.errors += told["errors"]
        whole.cpu += told["cpu"]
    if min(len(whole.saves), len(whole.reads)) < _ENOUGH:
        raise MeasureError(
            f"{len(whole.saves)} saves and {len(whole.reads)} reads ({way}): {_most(whole.errors)}"
        )
    return whole


def _most(errors: list[str]) -> str:
    found = Counter(errors).most_common(3)
    return "; ".join(f"{count} × {what}" for what, count in found) or "none"


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def _work(way: str, addresses: list[ServerAddress], folder: Path) -> Told:
    """In a process of its own: two threads for each workstation."""
    at = Place(folder, threading.Barrier(2 * len(addresses) + 1, timeout=_PATIENCE))
    stores: list[ServerDatabase] = []
    bodies: list[Callable[[], None]] = []
    for address in addresses:
        if way == "app":
            store = opened(address, folder)
            stores.append(store)
            people = _people(store)
            bodies += [partial(_read, at, store, people), partial(_write, at, store, people)]
        else:
            bodies += [
                partial(server_bare.read, at, address),
                partial(server_bare.write, at, address),
            ]
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


def _told(at: Place, body: Callable[[], None]) -> None:
    """A thread that ends badly is an error like another: it no longer loads the server."""
    try:
        body()
    except Exception as error:  # noqa: BLE001 - counted, and told at the end
        at.told.errors.append(f"{type(error).__name__}: {error}"[:200])


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


def _read(at: Place, store: ServerDatabase, people: _People) -> None:
    """The board, then a person, again and again."""
    for turn in turns(at):
        if turn % 2:
            timed(at.told.reads, lambda: _read_board(store))
        else:
            timed(at.told.reads, partial(_read_person, store, people.own[turn % len(people.own)]))


def _write(at: Place, store: ServerDatabase, people: _People) -> None:
    """A note, a field that others change too, an absence, again and again."""
    for turn in turns(at):
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


def _be_absent(at: Place, store: ServerDatabase, stay: _Stay, turn: int) -> None:
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
    at: Place, store: ServerDatabase, label: str, act: Callable[[usecases.Session], object]
) -> bool:
    begun = time.perf_counter()
    try:
        usecases.saving.save(store, Act(store.author, label, new_id()), act)
    except Exception as error:  # noqa: BLE001 - counted, and told at the end
        at.told.errors.append(f"{type(error).__name__}: {error}"[:200])
        return False
    at.told.saves.append(time.perf_counter() - begun)
    return True


if __name__ == "__main__":
    way, asked, place = sys.argv[1:]
    done = _work(way, [ServerAddress(**each) for each in json.loads(asked)], Path(place))
    print(json.dumps(asdict(done)))
