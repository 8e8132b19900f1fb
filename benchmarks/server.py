"""The pages on a server: round trips, counted on the cable, and time with a slow one."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from benchmarks.bases import TODAY
from benchmarks.measure import Result, at_most
from benchmarks.server_office import server_office, workstation
from connexion_desktop import usecases
from connexion_desktop.data import models as m
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.activity_report import Question
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.period import Period
from tests.proxy import Proxy

TRIPS_TARGET = 2
PAGE_TARGET = 150
ROUND_TRIP = 0.030
_WARM_UPS = 4
_TURNS = 7
_LOGIN = "poste01"
_REPORT = "pilotage"
"""The page that reads as a report does, on a connection and a snapshot of its own."""
Read = Callable[[Any], object]


def run() -> list[Result]:
    """Both figures, through a proxy, on a connection that has read each page before."""
    with server_office([_LOGIN]) as office, Proxy(office.cluster.port) as cable:
        store = workstation(office, _LOGIN, cable.port)
        try:
            pages = _pages(store)
            for name, read in pages.items():
                for _ in range(_WARM_UPS):
                    _open(store, name, read)
            cable.delay = ROUND_TRIP  # answers that come at once would be taken for round trips
            trips = {name: _trips(store, name, read, cable) for name, read in pages.items()}
            times = {name: _time(store, name, read) for name, read in pages.items()}
        finally:
            cable.delay = 0
            store.close()
    most, slowest = max(trips.values()), max(times.values())
    return [
        at_most(
            "server-trips", most, "round trips", TRIPS_TARGET,
            "to read a page, counted by a proxy on a warm connection, BEGIN, SET and COMMIT"
            f" included (there are none: a page is read in autocommit): {_told(trips)}",
        ),
        at_most(
            "server-page-30ms", slowest, "ms", PAGE_TARGET,
            f"to read a page with {ROUND_TRIP * 1000:.0f} ms a round trip, median of {_TURNS};"
            f" painting not counted: {_told(times)}",
        ),
    ]  # fmt: skip


def _pages(store: ServerDatabase) -> Mapping[str, Read]:
    """What each page of the rail reads when it is opened."""
    with store.read() as session:
        person = session.scalars(
            sa.select(m.Journey.person_id).where(m.Journey.left_on.is_(None)).limit(1)
        ).one()
        placement = session.scalars(
            sa.select(m.Placement.id).where(m.Placement.state != "draft").limit(1)
        ).one()
    u = usecases
    year = Question(Period(TODAY.replace(month=1, day=1), TODAY), TODAY)
    return {
        "groupe": lambda session: u.group_board.load(session, BoardQuery(None, TODAY)),
        "aujourd’hui": lambda session: u.today.load(session, TODAY),
        "groupes": lambda session: u.groups.every(session, TODAY),
        "présences": lambda session: u.presence_reads.load(session, BoardQuery(None, TODAY)),
        "personnes": u.people.everyone,
        "personne": lambda session: u.person_file.load(session, person, TODAY),
        "fiche": lambda session: u.person_details.load(session, person),
        "programme": lambda session: u.programme.load(session, BoardQuery(None, TODAY)),
        "séance": u.meeting_choices.load,
        "immersions": lambda session: u.placement_views.queue(session, TODAY),
        "immersion": lambda session: u.placement_views.form(session, placement, TODAY),
        "structures": u.organisations.every,
        "matériel": u.loans.fleet,
        "réglages": u.office.load,
        "listes": lambda session: u.reference_lists.load(session, "paper"),
        "seuils": u.thresholds.load,
        "annuler": lambda session: u.undo.next_steps(session, store.author),
        _REPORT: lambda session: u.pilotage.report_and_scopes(session, year),
    }


def _open(store: ServerDatabase, name: str, read: Read) -> None:
    with store.report() if name == _REPORT else store.read() as session:
        read(session)


def _trips(store: ServerDatabase, name: str, read: Read, cable: Proxy) -> int:
    before = cable.round_trips
    _open(store, name, read)
    return cable.round_trips - before


def _time(store: ServerDatabase, name: str, read: Read) -> float:
    times = []
    for _ in range(_TURNS):
        begun = time.perf_counter()
        _open(store, name, read)
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


def _told(values: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:.0f}" for name, value in values.items())
