"""What is being typed, kept in the encrypted base before it is saved: no audit, no notice.

Called with a session of `Database.scratch()`. A page may `drop` in the very act that saves.
"""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from connexion_desktop.data.models import Draft, utc_now
from connexion_desktop.domain.person_commands import PERSON, WRITING


def keep(session: Session, author: str, key: str, text: str) -> None:
    """Keep what `author` is typing at `key`, in place of what was there."""
    values = {"text": text, "at": utc_now()}
    session.connection().execute(
        insert(Draft)
        .values(association_id=session.info["association_id"], author=author, key=key, **values)
        .on_conflict_do_update(index_elements=["association_id", "author", "key"], set_=values)
    )


def take(session: Session, author: str, key: str) -> str | None:
    """What `author` was typing at `key`; it stays until dropped. A reading session will do."""
    return session.scalar(sa.select(Draft.text).where(*_at(session, author, key)))


def people(session: Session, author: str) -> frozenset[UUID]:
    """The people about whom `author` began to write something. A reading session will do."""
    keys = session.scalars(
        sa.select(Draft.key).where(
            Draft.association_id == session.info["association_id"],
            Draft.author == author,
            Draft.key.startswith(PERSON),
            Draft.key.endswith(WRITING),
        )
    )
    return frozenset(UUID(key.removeprefix(PERSON).removesuffix(WRITING)) for key in keys)


def drop(session: Session, author: str, key: str) -> None:
    """Forget the draft at `key`: it was saved, or given up."""
    session.connection().execute(sa.delete(Draft).where(*_at(session, author, key)))


def follow(session: Session, person_id: UUID, into: UUID) -> None:
    """Have what everybody is writing about a person be about another: the file was merged. What was
    being written about that other stays first; a field being typed there stays alone."""
    beginning = f"{PERSON}{person_id}"
    moved = session.scalars(
        sa.select(Draft).where(
            Draft.association_id == session.info["association_id"],
            Draft.key.startswith(beginning),
        )
    ).all()
    for draft in moved:
        key = f"{PERSON}{into}{draft.key.removeprefix(beginning)}"
        there = take(session, draft.author, key)
        if there is None:
            keep(session, draft.author, key, draft.text)
        elif key.endswith(WRITING):
            _kind, _, text = draft.text.partition("\n")
            keep(session, draft.author, key, f"{there.rstrip()}\n\n{text}")
        else:
            continue
        drop(session, draft.author, draft.key)


def _at(session: Session, author: str, key: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Draft.association_id == session.info["association_id"],
        Draft.author == author,
        Draft.key == key,
    )
