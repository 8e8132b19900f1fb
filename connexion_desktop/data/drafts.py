"""Drafts on this workstation, and what a save to a server takes along of them.

What is sent leaves the draft for a row of its own, which names the command: whether that command
was done says, after a crash, whether it is still to be saved. Called with a session of
`Store.scratch()`.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from connexion_desktop.data.models import Draft, utc_now
from connexion_desktop.domain.drafts import Typed, joined, key_of, sent_key


def put(session: Session, author: str, key: str, text: str, command_id: UUID | None = None) -> None:
    """Have that text at `key`, in place of what was there; an empty one leaves nothing."""
    if not text:
        session.connection().execute(sa.delete(Draft).where(*at(session, author, key)))
        return
    values = {"text": text, "at": utc_now(), "command_id": command_id}
    place = {"association_id": session.info["association_id"], "author": author, "key": key}
    session.connection().execute(
        insert(Draft)
        .values(**place, **values)
        .on_conflict_do_update(index_elements=["association_id", "author", "key"], set_=values)
    )


def at(session: Session, author: str, key: str) -> tuple[sa.ColumnElement[bool], ...]:
    """The draft of `author` at `key`."""
    return (
        Draft.association_id == session.info["association_id"],
        Draft.author == author,
        Draft.key == key,
    )


def take_along(session: Session, author: str, typed: Typed, command_id: UUID) -> None:
    """A command is about to be sent with what was typed."""
    put(session, author, typed.key, typed.left)
    put(session, author, sent_key(typed.key, command_id), typed.text, command_id)


def sent(session: Session) -> Collection[UUID]:
    """The commands that took something along, in their order."""
    rows = session.scalars(
        sa.select(Draft.command_id).where(Draft.command_id.is_not(None)).order_by(Draft.at)
    )
    return list(dict.fromkeys(row for row in rows if row is not None))


def forget(session: Session, command_id: UUID) -> None:
    """A command is done: what it took along is saved."""
    session.connection().execute(sa.delete(Draft).where(Draft.command_id == command_id))


def give_back(session: Session, command_id: UUID) -> None:
    """A command will not be done: what it took along is a draft again, before what is being typed
    there by now."""
    for row in session.scalars(sa.select(Draft).where(Draft.command_id == command_id)).all():
        key = key_of(row.key)
        present = session.scalar(sa.select(Draft.text).where(*at(session, row.author, key)))
        put(session, row.author, key, joined(key, row.text, present))
    forget(session, command_id)
