"""An act that somebody else's save crosses at that very moment is done again on fresh rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import StaleError, UserError
from connexion_desktop.usecases.saving import TRIES, save
from tests import factories as make

NewAct = Callable[..., Act]


def _crossed(session: sa.orm.Session, who: object) -> None:
    """Somebody else saves the row between its reading and its writing."""
    person = m.Person
    session.connection().execute(
        sa.update(person).where(person.id == who).values(version=person.version + 1)
    )


@pytest.mark.file_alone("the crossing is in the act itself: a server tells it from a colleague's")
def test_an_act_crossed_once_is_done_again(database: Database, act: NewAct) -> None:
    with database.write(act()) as session:
        who = make.person(session, "Zoé")
    tries: list[str] = []

    def rename(session: sa.orm.Session) -> str:
        person = session.get_one(m.Person, who)
        tries.append(person.given_name)
        if len(tries) == 1:
            _crossed(session, who)
        person.city = "Cenon"
        return "fait"

    command = act("Ville")
    assert save(database, command, rename) == "fait"
    assert tries == ["Zoé", "Zoé"]
    with database.read() as session:
        assert session.get_one(m.Person, who).city == "Cenon"
        lines = session.scalars(
            sa.select(m.AuditLine.after).where(m.AuditLine.command_id == command.command_id)
        )
        assert lines.all() == ["Cenon"]


@pytest.mark.file_alone("the crossing is in the act itself: a server tells it from a colleague's")
def test_an_act_always_crossed_is_told_and_leaves_nothing(database: Database, act: NewAct) -> None:
    with database.write(act()) as session:
        who = make.person(session, "Zoé")
    tries: list[int] = []

    def rename(session: sa.orm.Session) -> None:
        tries.append(1)
        person = session.get_one(m.Person, who)
        _crossed(session, who)
        person.city = "Cenon"

    with pytest.raises(StaleError, match="modifiée entre-temps"):
        save(database, act("Ville"), rename)
    assert len(tries) == TRIES
    with database.read() as session:
        assert session.get_one(m.Person, who).city is None
        done = sa.select(sa.func.count()).where(m.DoneCommand.label == "Ville")
        assert session.scalar(done) == 0


def test_a_refusal_is_not_tried_again(database: Database, act: NewAct) -> None:
    tries: list[int] = []

    def refuse(_session: sa.orm.Session) -> None:
        tries.append(1)
        raise UserError("Non.")

    with pytest.raises(UserError, match="Non"):
        save(database, act(), refuse)
    assert tries == [1]
