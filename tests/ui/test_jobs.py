"""The only door to threads: order, answers dropped, problems told, nothing lost on closing."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from uuid import UUID
from weakref import finalize

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Changes
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.progress import Progress
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.store import Store
from connexion_desktop.ui.tickets import Steps
from connexion_desktop.usecases import drafts


@pytest.fixture
def owner() -> Iterator[QObject]:
    yield QObject()


def people(session: Session) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(m.Person)) or 0


def meet(name: str) -> m.Person:
    return m.Person(number=f"P-{name}", given_name=name, family_name="Diallo")


def test_an_answer_comes_back_on_the_windows_thread(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    threads: list[QThread] = []
    answers: list[int] = []

    def done(count: int) -> None:
        threads.append(QThread.currentThread())
        answers.append(count)

    jobs.read(owner, people, done)
    qtbot.waitUntil(lambda: answers == [0])
    app = QApplication.instance()
    assert app is not None
    assert threads == [app.thread()]


def test_what_is_asked_before_the_base_is_open_waits_for_it(
    qtbot: QtBot, database: Database, owner: QObject
) -> None:
    jobs = Jobs()
    answers: list[object] = []
    jobs.read(owner, people, answers.append)
    jobs.write(owner, lambda session: session.add(meet("Awa")), answers.append, label="Ajout")
    jobs.maintain(owner, lambda store, _progress: store is database, answers.append)
    jobs.compute(owner, lambda _progress: "calcul", answers.append)
    qtbot.waitUntil(lambda: answers == ["calcul"])
    jobs.attach(database, "Anne")
    qtbot.waitUntil(lambda: len(answers) == 4)
    assert True in answers
    jobs.stop()


def test_a_save_tells_what_changed_before_it_answers(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    told: list[object] = []
    jobs.changed.connect(told.append)
    jobs.write(
        owner,
        lambda session: session.add(meet("Awa")),
        lambda _none: told.append("fait"),
        label="Ajout",
    )
    qtbot.waitUntil(lambda: len(told) == 2)
    changes = told[0]
    assert isinstance(changes, Changes)
    assert changes.touches("person")
    assert told[1] == "fait"


def test_a_save_is_signed_and_named(
    qtbot: QtBot, jobs: Jobs, owner: QObject, database: Database
) -> None:
    done: list[object] = []
    command: UUID = jobs.write(
        owner, lambda session: session.add(meet("Awa")), done.append, label="Nouvelle personne"
    )
    qtbot.waitUntil(lambda: bool(done))
    with database.read() as session:
        act = session.get(m.DoneCommand, command)
        assert act is not None
        assert (act.author, act.label) == ("Anne Martin", "Nouvelle personne")


def test_a_newer_question_overtakes_the_older(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    gate = threading.Event()
    answers: list[str] = []

    def slow(_session: Session) -> str:
        gate.wait(5)
        return "ancienne"

    jobs.read(owner, slow, answers.append, key="fiche")
    jobs.read(owner, lambda _session: "jamais lue", answers.append, key="fiche")
    jobs.read(owner, lambda _session: "nouvelle", answers.append, key="fiche")
    gate.set()
    qtbot.waitUntil(lambda: bool(answers))
    jobs.read(owner, people, lambda _count: answers.append("fin"))
    qtbot.waitUntil(lambda: "fin" in answers)
    assert answers == ["nouvelle", "fin"]


def test_questions_without_a_key_are_all_answered(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    answers: list[int] = []
    for number in range(3):
        jobs.read(owner, lambda _session, n=number: n, answers.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: answers == [0, 1, 2])


def test_the_answer_of_a_destroyed_widget_is_dropped(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    page = QWidget()
    answers: list[object] = []
    gate = threading.Event()
    jobs.read(page, lambda _session: gate.wait(5), lambda _answer: answers.append("page"))
    delete(page)
    gate.set()
    jobs.read(owner, people, lambda _count: answers.append("autre"))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["autre"]


def test_a_save_is_done_even_if_its_page_is_gone(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    page = QWidget()
    jobs.write(page, lambda session: session.add(meet("Awa")), label="Ajout")
    delete(page)
    counts: list[int] = []
    jobs.after_writes(owner, lambda: jobs.read(owner, people, counts.append))
    qtbot.waitUntil(lambda: counts == [1])


def refuse(_session: Session) -> None:
    raise UserError("Refusé.", "Rien n’a été changé.")


def test_a_problem_goes_to_whoever_asked(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    mine: list[UserError] = []
    others: list[UserError] = []
    jobs.failed.connect(others.append)
    jobs.write(owner, refuse, None, mine.append, label="Essai")
    qtbot.waitUntil(lambda: bool(mine))
    assert mine[0].what == "Refusé."
    assert not others


def test_a_problem_nobody_asked_for_is_told_by_the_window(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    with qtbot.waitSignal(jobs.failed) as told:
        jobs.read(owner, refuse, lambda _none: None)
    assert str(told.args[0]) == "Refusé. Rien n’a été changé."


def test_a_save_refused_after_its_page_is_gone_is_still_told(qtbot: QtBot, jobs: Jobs) -> None:
    page = QWidget()
    with qtbot.waitSignal(jobs.failed):
        jobs.write(page, refuse, None, lambda _problem: None, label="Essai")
        delete(page)


def test_a_bug_in_a_job_goes_to_the_door_for_errors(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    answers: list[object] = []
    with capture_exceptions() as caught:
        jobs.read(owner, lambda _session: 1 / 0, answers.append)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
    assert not answers


def test_a_long_act_tells_where_it_is_and_can_be_given_up(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    steps: list[tuple[int, int, str]] = []
    answers: list[object] = []
    first = threading.Event()

    def count(progress: Progress) -> str:
        for number in range(1_000_000):
            progress.step(number, 1_000_000, "compte")
            first.set()
        return "fini"

    job = jobs.compute(owner, count, answers.append)
    job.progressed.connect(lambda *step: steps.append(step))
    qtbot.waitUntil(lambda: bool(steps))
    with qtbot.waitSignal(job.finished):
        job.cancel()
    assert steps[0] == (0, 1_000_000, "compte")
    assert not answers


class Breath(threading.Event):
    """Does not last, and tells how long it should have."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.asked.append(timeout or 0.0)
        return self.is_set()


def work(seconds: float) -> None:
    """Keep the processor for that long."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_what_nobody_waits_for_rests_longer_than_it_works() -> None:
    work(0.01)
    breath = Breath()
    steps = Steps(lambda *_told: None, breath, lambda: True)
    steps.step(0, 2)
    assert not breath.asked, "it begins: what its thread did before was another's"
    work(0.01)
    steps.step(1, 2)
    assert breath.asked
    assert breath.asked[0] >= 0.02


def test_what_somebody_waits_for_does_not_rest() -> None:
    breath = Breath()
    steps = Steps(lambda *_told: None, breath)
    work(0.01)
    steps.step(1, 2)
    assert not breath.asked


def test_what_gives_way_hurries_while_somebody_waits_for_another(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    asked, told = threading.Event(), threading.Event()
    steps: list[float] = []

    def look(progress: Progress) -> None:
        while len(steps) < 5:
            work(0.005)
            began = time.perf_counter()
            progress.step(0, 1)
            if asked.is_set():
                steps.append(time.perf_counter() - began)
        told.set()

    def wait_for_it(_progress: Progress) -> None:
        asked.set()
        told.wait()

    jobs.compute(owner, look, lambda _none: None, gives_way=True)
    with qtbot.waitSignal(jobs.compute(owner, wait_for_it, lambda _none: None).finished):
        pass
    assert sorted(steps)[2] < 0.01, "a rest would last 15 ms at least"


def test_what_gives_way_stops_as_soon_as_it_is_given_up(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    begun = threading.Event()

    def look(progress: Progress) -> None:
        while True:
            work(0.005)
            progress.step(0, 1)
            begun.set()

    job = jobs.compute(owner, look, lambda _none: None, gives_way=True)
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(job.finished):
        job.cancel()


def test_a_long_act_asked_before_the_base_is_open_begins_with_it(
    qtbot: QtBot, database: Database, owner: QObject
) -> None:
    jobs = Jobs()
    found: list[object] = []
    jobs.maintain(owner, lambda store, _progress: store, found.append)
    assert not found
    jobs.attach(database, "Anne")
    qtbot.waitUntil(lambda: found == [database])
    jobs.stop()


def test_a_paper_does_not_wait_for_what_gives_way(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    made: list[str] = []
    begun: list[int] = []
    enough = threading.Event()

    def look(progress: Progress) -> None:
        begun.append(1)
        while not enough.is_set():
            work(0.002)
            progress.step(0, 1)

    looking = [jobs.compute(owner, look, lambda _none: None, gives_way=True) for _each in range(2)]
    qtbot.waitUntil(lambda: len(begun) == 2)
    jobs.compute(owner, lambda _progress: "paper", made.append)
    try:
        qtbot.waitUntil(lambda: made == ["paper"])
    finally:
        enough.set()
    qtbot.waitUntil(lambda: jobs.is_idle)
    assert not any(job.stop.is_set() for job in looking)


def test_stopping_first_finishes_every_save(database: Database, owner: QObject) -> None:
    jobs = Jobs()
    jobs.attach(database, "Anne")
    gate = threading.Event()
    jobs.write(owner, lambda _session: gate.wait(5), label="Attente")
    for number in range(20):
        jobs.write(owner, lambda session, n=number: session.add(meet(str(n))), label="Ajout")  # type: ignore[misc]
    gate.set()
    jobs.stop()
    with database.read() as session:
        assert people(session) == 20
    assert not database.listeners


def test_nothing_is_answered_once_stopped(qapp: QApplication, database: Database) -> None:
    jobs = Jobs()
    jobs.attach(database, "Anne")
    page = QWidget()
    answers: list[object] = []
    jobs.read(page, people, answers.append)
    jobs.stop()
    jobs.read(page, people, answers.append)
    qapp.processEvents()
    assert not answers


def test_a_draft_is_kept_without_any_act(
    qtbot: QtBot, jobs: Jobs, owner: QObject, database: Database
) -> None:
    told: list[object] = []
    jobs.changed.connect(told.append)
    jobs.draft(owner, lambda session: drafts.keep(session, "Anne", "note", "Vu ce matin"))
    done: list[None] = []
    jobs.after_writes(owner, lambda: done.append(None))
    qtbot.waitUntil(lambda: bool(done))
    with database.read() as session:
        assert drafts.take(session, "Anne", "note") == "Vu ce matin"
    assert not told


def test_the_real_base_is_what_the_jobs_need(database: Database) -> None:
    store: Store = database
    assert store.listeners == []


def test_the_window_may_look_at_what_is_asked_while_the_writer_asks_for_more(
    owner: QObject,
) -> None:
    jobs = Jobs()

    def settle() -> None:
        for _each in range(3_000):
            jobs.draft(owner, lambda _session: None)

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    writer = threading.Thread(target=settle)
    try:
        writer.start()
        while writer.is_alive():
            assert (jobs.unsaved, jobs.is_reading, jobs.long_write) == (0, False, None)
    finally:
        sys.setswitchinterval(usual)
        writer.join()
    assert not jobs.is_idle


class Held:
    """Something of the window's that a job holds."""


@pytest.fixture
def impatient() -> Iterator[None]:
    """Threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("impatient")
def test_what_a_job_held_ends_on_the_windows_thread(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    ended: list[threading.Thread] = []
    answers: list[object] = []

    def ask() -> None:
        held = Held()
        finalize(held, lambda: ended.append(threading.current_thread()))
        jobs.compute(owner, lambda _progress: held, lambda _held: answers.append(1))
        jobs.read(owner, lambda _session: held, lambda _held: answers.append(1))
        jobs.write(owner, lambda _session: held, lambda _held: answers.append(1), label="Essai")

    for rank in range(100):
        ask()
        qtbot.waitUntil(lambda: len(answers) == 3 * (rank + 1))  # noqa: B023
    qtbot.waitUntil(lambda: len(ended) == 100)
    assert set(ended) == {threading.main_thread()}
