"""Reads asked together of a server, when one of them goes wrong."""

from __future__ import annotations

import gc
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.data.together import Answer, together
from connexion_desktop.domain.acts import Changes
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.servers import LostServerError
from tests import servers
from tests.proxy import Proxy


def count(session: Session, number: int) -> int:
    return session.scalars(sa.select(sa.literal(number))).one()


def fail(session: Session) -> None:
    session.execute(sa.text("SELECT 1 / 0"))


def fail_within(session: Session) -> None:
    with together(session) as ask:
        ask(fail, session)
        ask(count, session, 1)


def three(store: ServerDatabase) -> list[int]:
    with store.read() as session:
        answers: list[Answer[int]] = []
        with together(session) as ask:
            answers += [ask(count, session, number) for number in range(3)]
        return [answer.value for answer in answers]


def wrong(store: ServerDatabase) -> None:
    with store.read() as session, together(session) as ask:
        ask(fail_within, session)
        ask(count, session, 1)


def test_a_question_that_fails_leaves_nothing_to_the_next_block(server: ServerDatabase) -> None:
    with ThreadPoolExecutor(1) as first, ThreadPoolExecutor(1) as second:
        for _ in range(3):
            with pytest.raises(sa.exc.DBAPIError, match="division by zero"):
                first.submit(wrong, server).result()
            assert second.submit(three, server).result() == [0, 1, 2]
            assert first.submit(three, server).result() == [0, 1, 2]


def test_a_read_may_go_on_after_a_question_that_failed(server: ServerDatabase) -> None:
    def careful(session: Session) -> int:
        with pytest.raises(sa.exc.DBAPIError):
            fail(session)
        return count(session, 7)

    with server.read() as session:
        with together(session) as ask:
            seven, other = ask(careful, session), ask(careful, session)
        assert (seven.value, other.value) == (7, 7)
        assert session.scalars(sa.select(m.Association.id)).one() == server.association_id


def test_a_read_that_has_its_answer_finds_those_of_the_questions_before(
    server: ServerDatabase,
) -> None:
    def sum_with(session: Session, before: Answer[int]) -> int:
        with pytest.raises(RuntimeError, match="read together"):
            assert before.value
        with together(session) as ask:
            one, two = ask(count, session, 1), ask(count, session, 2)
        return before.value + one.value + two.value

    with server.read() as session:
        with together(session) as ask:
            first = ask(count, session, 40)
            sums = [ask(sum_with, session, first) for _ in range(2)]
        assert [each.value for each in sums] == [43, 43]


def test_a_line_cut_in_a_block_is_told_and_prints_nothing(
    shared_office: servers.Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "psycopg")
    with Proxy(shared_office.cluster.port) as cable:
        address = replace(shared_office.address(servers.EVERYTHING), port=cable.port)
        keep = Database.create(tmp_path / "brouillons", RawKey.new(), "Brouillons")
        store = ServerDatabase.open(address, servers.PASSWORD, keep)
        try:
            with store.read() as session:
                assert count(session, 1) == 1
                store._hear(Changes(frozenset(), anything=True))
                assert count(session, 2) == 2
            assert three(store) == [0, 1, 2]
            cable.cut_after(1, answered=True)
            with pytest.raises(LostServerError):
                three(store)
        finally:
            store.close()
    del store
    gc.collect()
    assert [record.getMessage() for record in caplog.records if record.name == "psycopg"] == []
