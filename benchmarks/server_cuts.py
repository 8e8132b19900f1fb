"""A cable that breaks in the middle of saves, before the question or before the answer."""

from __future__ import annotations

import random
from threading import Event
from uuid import UUID

import sqlalchemy as sa

from benchmarks.bases import TODAY
from benchmarks.measure import MeasureError, Result
from benchmarks.server_office import server_office, workstation
from connexion_desktop import usecases
from connexion_desktop.data import models as m
from connexion_desktop.data.models import new_id
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.acts import Act, AlreadyDone
from connexion_desktop.domain.person_commands import NewNote
from connexion_desktop.domain.servers import BusyServerError, LostServerError
from tests.proxy import Proxy

CUTS = 100
_LOGIN = "poste01"
_MOST_WORDS = 7
"""A save speaks about seven times: the cut falls before any of its words, or loses any answer."""
_TRIES = 200
_BACK_SECONDS = 30


def run() -> list[Result]:
    """Notes lost, notes doubled, after a hundred cuts."""
    chance = random.Random(1)  # noqa: S311 - where to cut
    with server_office([_LOGIN]) as office, Proxy(office.cluster.port) as cable:
        store = workstation(office, _LOGIN, cable.port)
        answers = Event()
        answers.set()
        store.links.append(lambda there: answers.set() if there else answers.clear())
        try:
            with store.read() as session:
                person = session.scalars(sa.select(m.Journey.person_id).limit(1)).one()
            rank = 0
            while cable.cuts < CUTS:
                cable.cut_after(chance.randint(1, _MOST_WORDS), answered=chance.random() < 0.5)
                _write(store, answers, person, f"Note {rank} malgré les coupures.")
                rank += 1
        finally:
            store.close()
        with office.owner() as owner:
            found = owner.execute(
                sa.select(m.Note.text, sa.func.count())
                .where(m.Note.text.like("Note % malgré les coupures."))
                .group_by(m.Note.text)
            ).all()
    doubled = sum(count - 1 for _, count in found)
    how = f"{cable.cuts} cuts at a proxy during {rank} saves, each sent again until it is known"
    return [
        Result("server-cuts-lost", rank - len(found), "notes", "0", rank == len(found), how),
        Result("server-cuts-doubled", doubled, "notes", "0", not doubled, how),
    ]


def _write(store: ServerDatabase, answers: Event, person: UUID, text: str) -> None:
    """One note, sent again with its command, once the server answers, until it says that it is
    done."""
    act = Act(store.author, "Note ajoutée", new_id())
    note = NewNote(person, TODAY, text)
    for _ in range(_TRIES):
        try:
            usecases.saving.save(store, act, lambda s: usecases.notes.add_note(s, note))
        except (LostServerError, BusyServerError):
            answers.wait(_BACK_SECONDS)
        except AlreadyDone:
            return
        else:
            return
    raise MeasureError(f"a note was sent {_TRIES} times, and is not known to be saved")
