"""Somebody holds what one saves: a workstation gone in the middle, or something long. Acts wait."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
import sqlalchemy as sa
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.data.server import link
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.servers import BusyServerError, LostServerError, ServerError
from connexion_desktop.ui.jobs import Jobs
from tests import factories as make
from tests import servers
from tests.proxy import Proxy
from tests.servers import wait_until_gone

from ..walking import LONG

Sign = Callable[..., Act]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same in seconds rather than in minutes."""
    monkeypatch.setattr(link, "LOCK_SECONDS", 1)
    monkeypatch.setattr(link, "IDLE_SECONDS", 4)
    monkeypatch.setattr(link, "WAIT_SECONDS", 1)


@pytest.fixture
def person(colleague: ServerDatabase, sign: Sign) -> UUID:
    with colleague.write(sign("Groupe")) as session:
        return make.participant(session, make.cohort(session), "Awa", "Diallo")[0]


def rename(person: UUID, name: str) -> Callable[[Session], None]:
    def act(session: Session) -> None:
        session.get_one(m.Person, person).given_name = name
        session.flush()

    return act


def name_of(store: ServerDatabase, person: UUID) -> str:
    with store.read() as session:
        return session.get_one(m.Person, person).given_name


class Saver:
    """Saves a name in the window, and what became of it."""

    def __init__(self, qtbot: QtBot, jobs: Jobs, person: UUID) -> None:
        self.done: list[None] = []
        self.problems: list[UserError] = []
        self._qtbot, self._jobs, self._person = qtbot, jobs, person
        self._owner = QObject()

    def save_and_wait(self, name: str) -> None:
        act = rename(self._person, name)
        self._jobs.write(self._owner, act, self.done.append, self.problems.append, label="Prénom")
        self._qtbot.waitUntil(lambda: self._jobs.waiting == 1, timeout=LONG)
        assert not self.done and self._jobs.answers

    def expect_saved(self) -> None:
        self._qtbot.waitUntil(lambda: bool(self.done), timeout=LONG)
        assert not self.problems and self._jobs.waiting == 0


@pytest.fixture
def saver(qtbot: QtBot, jobs: Jobs, person: UUID) -> Saver:
    return Saver(qtbot, jobs, person)


def test_a_workstation_that_goes_in_the_middle_holds_nobody_for_long(
    saver: Saver, team: servers.Office, person: UUID, colleague: ServerDatabase, tmp_path: Path
) -> None:
    with Proxy(team.cluster.port) as theirs:
        address = replace(team.address(servers.BRUNO), port=theirs.port)
        keep = Database.create(tmp_path / "autres", RawKey.new(), "Brouillons")
        with closing(ServerDatabase.open(address, servers.PASSWORD, keep)) as store:
            act = Act(store.author, "Prénom", uuid4())
            with pytest.raises(LostServerError), store.write(act) as session:
                rename(person, "Perdue")(session)
                theirs.unplug()
                saver.save_and_wait("Binta")
            saver.expect_saved()
    assert name_of(colleague, person) == "Binta"


def test_a_save_waits_for_something_long_of_the_same_workstation(
    saver: Saver, far: ServerDatabase, person: UUID, sign: Sign
) -> None:
    with far.write(sign("Import")) as session:
        rename(person, "Importée")(session)
        saver.save_and_wait("Binta")
    saver.expect_saved()
    assert name_of(far, person) == "Binta"


def test_what_is_held_is_told_without_any_antivirus(
    far: ServerDatabase, colleague: ServerDatabase, person: UUID, sign: Sign
) -> None:
    with colleague.write(sign("Prénom")) as session:
        rename(person, "Binta")(session)
        with pytest.raises(BusyServerError) as told, far.write(sign("Prénom")) as mine:
            rename(person, "Chloé")(mine)
    assert "Quelqu’un d’autre enregistre" in told.value.what
    assert "antivirus" not in str(told.value)


def test_a_question_that_takes_too_long_is_told(far: ServerDatabase) -> None:
    with pytest.raises(ServerError, match="trop longtemps") as told, far.read() as session:
        session.execute(sa.text("SET statement_timeout = 50"))
        session.execute(sa.text("SELECT pg_sleep(5)"))
    assert not isinstance(told.value, BusyServerError)


def test_the_server_looks_whether_a_workstation_is_still_there(far: ServerDatabase) -> None:
    def setting(line: psycopg.Connection[tuple[str, ...]], name: str) -> str:
        found = line.execute(f"SELECT current_setting('{name}')".encode()).fetchone()
        assert found
        return found[0]

    with closing(far.connect()) as line:
        assert setting(line, "tcp_keepalives_idle") == "5"
        assert setting(line, "tcp_keepalives_interval") == "2"
        assert setting(line, "tcp_keepalives_count") == "3"
        assert setting(line, "tcp_user_timeout") == "10000"
    with far.report() as session:
        long = sa.text("SELECT current_setting('idle_in_transaction_session_timeout')")
        assert session.scalar(long) == "0"


def test_a_process_of_the_server_is_ours_as_long_as_its_line_is_open(
    far: ServerDatabase, sign: Sign
) -> None:
    with far.write(sign()) as session:
        make.cohort(session)
        pid = session.scalar(sa.text("SELECT pg_backend_pid()"))
    assert isinstance(pid, int) and far._lines.is_ours(pid)
    far._lines.forget()
    assert not far._lines.is_ours(pid)


def test_a_line_in_use_while_all_are_made_anew_is_closed_once_it_has_saved(
    far: ServerDatabase, team: servers.Office, sign: Sign
) -> None:
    with far.write(sign()) as session:
        make.cohort(session)
        pid = session.scalar(sa.text("SELECT pg_backend_pid()"))
        far._lines.forget()
    assert isinstance(pid, int) and not far._lines.is_ours(pid)
    wait_until_gone(team, pid)
