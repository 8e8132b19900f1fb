"""The network goes: acts wait in their order, drafts do not, nothing is lost, nothing doubled."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from uuid import uuid4

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.server import link
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.acts import Act, AlreadyDone, Changes
from connexion_desktop.domain.drafts import Typed
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.progress import Progress
from connexion_desktop.domain.servers import BusyServerError, NotReadError
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.usecases import drafts, undo
from tests import servers
from tests.proxy import Proxy
from tests.servers import wait_until_they_wait, wait_until_they_wait_again

from ..walking import LONG
from .conftest import OpenFar

T = TypeVar("T")
PATIENCE = 30
"""In seconds: what takes longer never comes."""
KEY = "person.00000000-0000-0000-0000-000000000001.write"


@pytest.fixture
def owner() -> Iterator[QObject]:
    yield QObject()


def meet(name: str) -> Callable[[Session], None]:
    def act(session: Session) -> None:
        session.add(m.Person(number=f"P-{name}", given_name=name, family_name="Diallo"))

    return act


def tell(done: list[T], what: T) -> Callable[[object], None]:
    return lambda _answer: done.append(what)


def is_linked(jobs: Jobs) -> bool:
    return jobs.answers


def names(store: ServerDatabase) -> list[str]:
    with store.read() as session:
        return list(session.scalars(sa.select(m.Person.given_name).order_by(m.Person.id)))


def draft(store: ServerDatabase) -> str | None:
    with store.read() as session:
        return drafts.take(session, store.author, KEY)


def test_acts_wait_for_the_server_in_their_order(
    qtbot: QtBot, jobs: Jobs, owner: QObject, cable: Proxy, colleague: ServerDatabase
) -> None:
    done: list[str] = []
    problems: list[UserError] = []
    cable.refuse()
    with qtbot.waitSignal(jobs.link_changed, timeout=LONG):
        jobs.write(owner, meet("Awa"), lambda _none: done.append("Awa"), label="Ajout")
    for name in ("Binta", "Cheikh"):
        jobs.write(owner, meet(name), tell(done, name), problems.append, label="Ajout")
    qtbot.waitUntil(lambda: jobs.waiting == 3, timeout=LONG)
    assert not is_linked(jobs)
    assert not done
    cable.accept()
    qtbot.waitUntil(lambda: done == ["Awa", "Binta", "Cheikh"], timeout=LONG)
    assert (is_linked(jobs), jobs.waiting) == (True, 0)
    assert not problems
    assert names(colleague) == ["Awa", "Binta", "Cheikh"]


def test_a_save_waits_for_a_place_on_a_full_server(
    qtbot: QtBot, jobs: Jobs, owner: QObject, far: ServerDatabase, team: servers.Office
) -> None:
    done: list[None] = []
    problems: list[UserError] = []
    login = servers.EVERYTHING.login
    with team.cluster.admin() as admin:
        admin.execute(f'ALTER ROLE "{login}" CONNECTION LIMIT 1'.encode())
        try:
            jobs.write(owner, meet("Awa"), done.append, problems.append, label="Ajout")
            qtbot.waitUntil(lambda: jobs.waiting == 1 or bool(problems), timeout=LONG)
        finally:
            admin.execute(f'ALTER ROLE "{login}" CONNECTION LIMIT -1'.encode())
    qtbot.waitUntil(lambda: bool(done or problems), timeout=LONG)
    assert not problems
    assert names(far) == ["Awa"]


def test_a_save_whose_answer_was_lost_is_done_once(
    qtbot: QtBot, jobs: Jobs, owner: QObject, cable: Proxy, colleague: ServerDatabase
) -> None:
    jobs.write(owner, meet("Zoé"), label="Ajout")
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=LONG)
    answers: list[str] = []

    def act(session: Session) -> str:
        meet("Awa")(session)
        session.flush()
        # what is said from here on is what commits
        cable.cut_after(1, answered=True)
        return "Awa"

    jobs.write(owner, act, answers.append, label="Ajout")
    qtbot.waitUntil(lambda: bool(answers), timeout=LONG)
    assert answers == ["Awa"]
    assert cable.cuts
    assert sorted(names(colleague)) == ["Awa", "Zoé"]


def test_fifteen_cuts_during_saves_lose_nothing_and_double_nothing(
    qtbot: QtBot, jobs: Jobs, owner: QObject, cable: Proxy, colleague: ServerDatabase
) -> None:
    chance = random.Random(4)  # noqa: S311 - only where the cable breaks
    done: list[int] = []
    problems: list[UserError] = []
    for number in range(15):
        cable.cut_after(chance.randint(1, 5), answered=chance.random() < 0.5)
        jobs.write(
            owner,
            meet(f"{number:02}"),
            tell(done, number),
            problems.append,
            label="Ajout",
        )
        qtbot.waitUntil(lambda n=number: n in done, timeout=LONG)  # type: ignore[misc]
        if cable.is_about_to_cut:
            cable.cut()
    assert cable.cuts >= 12
    assert not problems
    assert done == list(range(15))
    assert sorted(names(colleague)) == [f"{number:02}" for number in range(15)]


def test_a_draft_does_not_wait_for_the_server(
    qtbot: QtBot, jobs: Jobs, owner: QObject, cable: Proxy, far: ServerDatabase
) -> None:
    cable.refuse()
    with qtbot.waitSignal(jobs.link_changed, timeout=LONG):
        jobs.write(owner, meet("Awa"), label="Ajout")
    kept: list[None] = []
    jobs.draft(owner, lambda session: drafts.keep(session, far.author, KEY, "\nVue ce matin"))
    jobs.after_writes(owner, lambda: kept.append(None))
    qtbot.waitUntil(lambda: bool(kept), timeout=30_000)
    assert draft(far) == "\nVue ce matin"
    assert jobs.waiting == 1


def test_what_is_typed_after_a_save_that_waits_stays_a_draft(
    qtbot: QtBot, jobs: Jobs, owner: QObject, cable: Proxy, far: ServerDatabase
) -> None:
    cable.refuse()
    with qtbot.waitSignal(jobs.link_changed, timeout=LONG):
        jobs.write(owner, meet("Awa"), label="Note", typed=Typed(KEY, "\nPremière note"))
    jobs.draft(owner, lambda session: drafts.keep(session, far.author, KEY, "\nSeconde"))
    cable.accept()
    qtbot.waitUntil(lambda: jobs.is_idle and jobs.answers, timeout=LONG)
    assert draft(far) == "\nSeconde"
    far.settle_drafts()
    assert draft(far) == "\nSeconde"


def test_what_waited_when_the_window_closed_is_a_draft_the_next_time(
    qtbot: QtBot, open_far: OpenFar, owner: QObject, cable: Proxy
) -> None:
    store = open_far()
    jobs = Jobs()
    jobs.attach(store, store.author)
    cable.refuse()
    with qtbot.waitSignal(jobs.link_changed, timeout=LONG):
        jobs.write(owner, meet("Awa"), label="Note", typed=Typed(KEY, "\nPremière note"))
    jobs.draft(owner, lambda session: drafts.keep(session, store.author, KEY, "\nSeconde"))
    jobs.stop()
    store.close()
    cable.accept()
    again = open_far(again=True)
    assert draft(again) == "\nPremière note\nSeconde"
    assert names(again) == []


def test_a_save_done_though_nobody_could_say_so_leaves_no_draft(
    qtbot: QtBot, open_far: OpenFar, owner: QObject, cable: Proxy, act: Callable[..., Act]
) -> None:
    store = open_far()
    command = act("Note", command_id=uuid4(), author=store.author)
    with store.scratch() as session:
        drafts.take_along(session, store.author, Typed(KEY, "\nEnregistrée"), command.command_id)
    with store.write(command) as session:
        meet("Awa")(session)
    store.close()
    assert draft(open_far(again=True)) is None


def sent(store: ServerDatabase, command: Act) -> None:
    """A save takes along what was typed, then the program is killed before it knows."""
    with store.scratch() as session:
        drafts.take_along(session, store.author, Typed(KEY, "\nEnvoyée"), command.command_id)
    store.close()


def test_a_save_that_the_server_is_still_ending_is_waited_for(
    open_far: OpenFar, team: servers.Office, colleague: ServerDatabase, act: Callable[..., Act]
) -> None:
    store = open_far()
    command = act("Note", author=store.author)
    sent(store, command)
    with ThreadPoolExecutor(1) as aside:
        with colleague.write(command) as session:
            meet("Awa")(session)
            session.flush()
            opened = aside.submit(lambda: open_far(again=True))
            wait_until_they_wait(team, 1, opened.done)
        assert draft(opened.result(30)) is None
    assert names(colleague) == ["Awa"]


def test_a_save_that_the_server_has_not_given_up_yet_is_waited_for_or_told(
    open_far: OpenFar,
    team: servers.Office,
    colleague: ServerDatabase,
    act: Callable[..., Act],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(link, "LOCK_SECONDS", 1)
    store = open_far()
    command = act("Note", author=store.author)
    sent(store, command)
    with ThreadPoolExecutor(1) as aside:
        with colleague.write(command) as session:
            meet("Awa")(session)
            session.flush()
            with pytest.raises(BusyServerError, match="enregistrement de ce poste"):
                open_far(again=True)
            opened = aside.submit(lambda: open_far(again=True))
            wait_until_they_wait(team, 1, opened.done)
            wait_until_they_wait_again(team, opened.done)
        assert draft(opened.result(30)) is None


def test_what_was_given_back_is_not_saved_by_a_commit_that_comes_late(
    open_far: OpenFar, colleague: ServerDatabase, act: Callable[..., Act]
) -> None:
    store = open_far()
    command = act("Note", author=store.author)
    sent(store, command)
    store = open_far(again=True)
    assert draft(store) == "\nEnvoyée"
    with pytest.raises(AlreadyDone), colleague.write(command) as session:
        meet("Awa")(session)
    assert names(colleague) == []
    with store.read() as here:
        assert undo.next_steps(here, store.author) == (None, None)
    with store.scratch() as here:
        drafts.drop(here, store.author, KEY)
    sent(store, command)  # as if killed again before it was given back
    assert draft(open_far(again=True)) == "\nEnvoyée"


def test_a_network_that_swallows_everything_is_found_out(
    qtbot: QtBot, jobs: Jobs, owner: QObject, cable: Proxy, colleague: ServerDatabase
) -> None:
    done: list[None] = []
    cable.fall_silent()
    jobs.write(owner, meet("Awa"), done.append, label="Ajout")
    with qtbot.waitSignal(jobs.link_changed, timeout=LONG):
        pass
    assert not jobs.answers
    cable.cut()
    cable.accept()
    qtbot.waitUntil(lambda: bool(done), timeout=LONG)
    assert names(colleague) == ["Awa"]


def test_after_a_cut_everything_is_said_to_be_read_again(
    qtbot: QtBot, jobs: Jobs, cable: Proxy
) -> None:
    heard: list[Changes] = []
    jobs.changed.connect(heard.append)
    cable.refuse()
    with qtbot.waitSignal(jobs.link_changed, timeout=LONG):
        pass
    cable.accept()
    qtbot.waitUntil(lambda: any(each.anything for each in heard), timeout=LONG)
    assert jobs.answers


def test_a_question_left_without_an_answer_says_whose_it_was(
    qtbot: QtBot, jobs: Jobs, owner: QObject, cable: Proxy
) -> None:
    cable.refuse()
    with qtbot.waitSignal(jobs.link_changed, timeout=LONG):
        pass
    with qtbot.waitSignal(jobs.unread, timeout=LONG) as told:
        jobs.read(owner, lambda session: session.scalar(sa.select(m.Person.id)), lambda _id: None)
    assert told.args == [owner]


def test_a_question_to_a_lost_server_comes_back_without_being_tried(
    qtbot: QtBot, jobs: Jobs, owner: QObject, cable: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "CONNECT_SECONDS", LONG)
    cable.refuse()
    with qtbot.waitSignal(jobs.link_changed, timeout=LONG):
        pass
    asked, goes_on = threading.Event(), threading.Event()

    def hold(_number: int) -> None:
        """Whoever connects is left without an answer."""
        asked.set()
        assert goes_on.wait(PATIENCE)

    cable.on_connection = hold
    cable.accept()
    assert asked.wait(PATIENCE), "whether it is back"
    with qtbot.waitSignal(jobs.unread, timeout=LONG):
        jobs.read(owner, lambda session: session.scalar(sa.select(m.Person.id)), lambda _id: None)
    goes_on.set()
    qtbot.waitUntil(lambda: jobs.answers, timeout=LONG)


def test_what_is_looked_for_aside_is_no_alarm(
    qtbot: QtBot, jobs: Jobs, owner: QObject, cable: Proxy
) -> None:
    def look(store: ServerDatabase, _progress: Progress) -> None:
        with store.read() as session:
            session.scalar(sa.select(m.Person.id))

    cable.refuse()
    with qtbot.waitSignal(jobs.link_changed, timeout=LONG):
        pass
    with qtbot.waitSignal(jobs.failed, timeout=LONG) as told:
        jobs.maintain(owner, look, lambda _none: None)
    assert isinstance(told.args[0], NotReadError)


def test_a_save_slower_than_closing_waits_ends_in_peace(
    qtbot: QtBot,
    far: ServerDatabase,
    owner: QObject,
    colleague: ServerDatabase,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fallen: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", fallen.append)
    under_way, goes_on = threading.Event(), threading.Event()

    def act(session: Session) -> None:
        meet("Awa")(session)
        under_way.set()
        assert goes_on.wait(PATIENCE)

    jobs = Jobs()
    jobs.attach(far, far.author)
    before = set(threading.enumerate())
    jobs.write(owner, act, label="Ajout")
    jobs.write(owner, meet("Binta"), label="Ajout")
    assert under_way.wait(PATIENCE)
    jobs.stop()
    goes_on.set()
    for thread in before:
        if thread.name.startswith("write-"):
            thread.join(10)
            assert not thread.is_alive()
    assert not fallen
    assert names(colleague) == ["Awa"]
