"""The connections that pages are read with: what a block asks goes out together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from typing import Any

import psycopg
import sqlalchemy as sa

from connexion_desktop.data.server.hub import Hub

from .link import Connection, make_engine


def make_reading_engine(creator: Callable[[], Connection], connections: int) -> sa.Engine:
    """An engine to read with: one question is one round trip, and those of a block of
    `data.together` are one for all."""
    engine = make_engine(creator, connections, autocommit=True)
    engine.dialect.supports_server_side_cursors = False  # none in a pipeline
    hubs: dict[Connection, Hub] = {}
    pipelines: dict[Connection, _Pipeline] = {}

    @sa.event.listens_for(engine, "connect")
    def _make_hub(connection: Connection, record: Any) -> None:
        pipelines[connection] = _Pipeline(connection)
        record.info["hub"] = hubs[connection] = Hub(pipelines[connection].send)

    @sa.event.listens_for(engine, "close")
    def _end_pipeline(connection: Connection, _record: Any) -> None:
        hubs.pop(connection, None)
        if (pipeline := pipelines.pop(connection, None)) is not None:
            pipeline.end()

    @sa.event.listens_for(engine, "do_execute")
    def _ask(cursor: Any, statement: str, parameters: Any, _context: Any) -> bool:
        hub = hubs.get(cursor.connection)
        if hub is None:  # SQLAlchemy asks a first connection what it is before anybody knows of it
            return False
        hub.ask(lambda: cursor.execute(statement, parameters))
        return True

    return engine


class _Pipeline:
    """The pipeline mode of a connection, opened at its first question and kept: closing it would be
    one more round trip."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kept: AbstractContextManager[psycopg.Pipeline] | None = None
        self._pipeline: psycopg.Pipeline | None = None

    def send(self, questions: Sequence[Callable[[], object]]) -> None:
        """Send these together, and come back with all the answers: one round trip."""
        if self._pipeline is None:
            self._kept = self._connection.pipeline()
            self._pipeline = self._kept.__enter__()
        try:
            for question in questions:
                question()
            self._pipeline.sync()
        except BaseException:
            self._drain(self._pipeline, len(questions))
            raise

    def _drain(self, pipeline: psycopg.Pipeline, questions: int) -> None:
        """After an error, take what else was answered: the next question would be given it. Then
        begin anew with what was planned: the driver believes planned what came after the error."""
        for _ in range(questions + 1):  # each error takes its answer along
            if self._connection.closed:
                return
            with suppress(psycopg.Error):
                pipeline.sync()
                self._connection.execute("DEALLOCATE ALL")
                pipeline.sync()
                return
        self._connection.close()

    def end(self) -> None:
        """Close the connection, and only then leave the mode: nothing is waited for, and nobody is
        told of what a broken line left without an answer."""
        self._connection.close()
        if self._kept is not None:
            with suppress(psycopg.Error):
                self._kept.__exit__(None, None, None)
