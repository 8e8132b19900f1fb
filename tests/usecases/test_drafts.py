"""What is being typed survives, unseen by others and by the journal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from connexion_desktop.data.database import Database
from connexion_desktop.data.models import AuditLine, DoneCommand
from connexion_desktop.domain.acts import Act, Changes
from connexion_desktop.usecases import drafts

ANNE = "Anne Martin"


def keep(database: Database, text: str, author: str = ANNE) -> None:
    with database.scratch() as session:
        drafts.keep(session, author, "note/P-00001", text)


def taken(database: Database, author: str = ANNE) -> str | None:
    with database.read() as session:
        return drafts.take(session, author, "note/P-00001")


def journal(database: Database) -> list[int | None]:
    """How many lines and commands the journal has."""
    with database.read() as session:
        tables = (AuditLine, DoneCommand)
        return [session.scalar(sa.select(sa.func.count()).select_from(one)) for one in tables]


@pytest.mark.file_alone("a restart with a server is in tests/data/server")
def test_what_is_typed_is_found_again_after_a_restart(database: Database) -> None:
    keep(database, "Vue ce ma")
    keep(database, "Vue ce matin")
    database.close()
    again = Database.open(database.path, database.key)
    assert taken(again) == "Vue ce matin"
    again.close()


def test_each_author_has_their_own(database: Database) -> None:
    keep(database, "Vue ce matin")
    assert taken(database, "Bruno Petit") is None


def test_a_draft_tells_nobody_and_leaves_no_line(database: Database) -> None:
    heard: list[Changes] = []
    database.listeners.append(heard.append)
    before = journal(database)
    keep(database, "Vue ce matin")
    assert journal(database) == before
    assert heard == []


def test_the_act_that_saves_drops_it(database: Database, act: Callable[..., Act]) -> None:
    keep(database, "Vue ce matin")
    with database.write(act("Nouvelle note")) as session:
        drafts.drop(session, ANNE, "note/P-00001")
    assert taken(database) is None
