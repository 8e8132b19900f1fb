"""An import on a server, while colleagues save too: nobody is doubled, and nobody waits for it who
makes nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from connexion_desktop.data import models as m
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.people import NewPerson
from connexion_desktop.domain.progress import Silent
from connexion_desktop.usecases import people
from connexion_desktop.usecases.register import Register
from tests.factories import TODAY
from tests.saves import change, make_person
from tests.servers import EVERYTHING, Office, wait_until_they_wait
from tests.usecases.importing import alive, bring_in, someone
from tests.usecases.test_import_workbook import MADE
from tests.workbooks import office_sheets, tables

NewAct = Callable[..., Act]


@pytest.fixture
def server(server: ServerDatabase, act: Callable[..., Act]) -> ServerDatabase:
    """A server where somebody is already."""
    with server.write(act()) as session:
        someone(session, "Zoé", "Arnaud")
    return server


@pytest.fixture
def colleague(shared_office: Office, tmp_path: Path) -> ServerDatabase:
    """The same server, on another workstation of hers."""
    return shared_office.opened(EVERYTHING, tmp_path)


@pytest.fixture
def aside() -> Iterator[ThreadPoolExecutor]:
    """Another thread."""
    with ThreadPoolExecutor(1) as pool:
        yield pool


def count(store: ServerDatabase, given: str) -> int:
    return [each.given_name for each in alive(store, m.Person)].count(given)


def test_somebody_being_made_by_a_colleague_at_that_instant_is_not_doubled(
    shared_office: Office,
    server: ServerDatabase,
    colleague: ServerDatabase,
    act: NewAct,
    aside: ThreadPoolExecutor,
) -> None:
    with colleague.write(act("Nouvelle personne")) as session:
        someone(session, "Aïssatou", "Diallo", birth_date=date(1991, 4, 3))
        session.flush()
        imported = aside.submit(bring_in, server, tables(office_sheets()))
        wait_until_they_wait(shared_office, 1, imported.done)
        assert not imported.done()
    assert imported.result(30).made["person"] == MADE["person"] - 1
    assert count(server, "Aïssatou") == 1


def test_somebody_typed_by_a_colleague_during_an_import_that_makes_them_is_not_doubled(
    shared_office: Office,
    server: ServerDatabase,
    colleague: ServerDatabase,
    act: NewAct,
    aside: ThreadPoolExecutor,
) -> None:
    command = NewPerson(uuid4(), "Aïssatou", "Diallo", None, TODAY)
    looked = people.already_known(colleague, Register(), Silent(), command)
    assert not looked.like
    typed: list[Future[None]] = []

    def create() -> None:
        with colleague.write(act("Nouvelle personne")) as session:
            people.create(session, replace(command, after=looked.last))

    class Meanwhile:
        def step(self, done: int, total: int, label: str = "") -> None:
            if label == "Écriture" and not typed:
                typed.append(aside.submit(create))
                wait_until_they_wait(shared_office, 1, typed[0].done)

    bring_in(server, tables(office_sheets()), progress=Meanwhile())
    with pytest.raises(UserError, match="Aïssatou Diallo"):
        typed[0].result(30)
    assert count(server, "Aïssatou") == 1


def test_one_table_imported_by_two_people_at_once_doubles_nobody(
    shared_office: Office,
    server: ServerDatabase,
    colleague: ServerDatabase,
    aside: ThreadPoolExecutor,
) -> None:
    others: list[Future[object]] = []

    class Meanwhile:
        def step(self, done: int, total: int, label: str = "") -> None:
            if label == "Écriture" and not others:
                others.append(aside.submit(bring_in, colleague, tables(office_sheets())))
                wait_until_they_wait(shared_office, 1, others[0].done)

    assert bring_in(server, tables(office_sheets()), progress=Meanwhile()).made == MADE
    others[0].result(30)
    assert len(alive(server, m.Person)) == MADE["person"] + 1
    assert len(alive(server, m.Cohort)) == 1


def test_what_one_types_during_one_s_own_import_is_saved_at_once(
    server: ServerDatabase, act: NewAct
) -> None:
    person = make_person(server, act())
    saved: list[str] = []

    class Typing:
        def step(self, done: int, total: int, label: str = "") -> None:
            if label == "Écriture" and not saved:
                change(server, act("Ville"), person, city="Talence")
                saved.append("Talence")

    bring_in(server, tables(office_sheets()), progress=Typing())
    with server.read() as session:
        assert saved == [session.get_one(m.Person, person).city]


def test_an_import_ends_even_if_colleagues_never_pause(
    server: ServerDatabase, colleague: ServerDatabase, act: NewAct
) -> None:
    person = make_person(server, act())
    rank = iter(range(1000))

    class NeverPauses:
        def step(self, done: int, total: int, label: str = "") -> None:
            change(colleague, act("Ville"), person, city=f"Talence {next(rank)}")

    assert bring_in(server, tables(office_sheets()), progress=NeverPauses()).made == MADE
    assert len(alive(server, m.Person)) == MADE["person"] + 2
