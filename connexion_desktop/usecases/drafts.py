"""What is being typed, kept encrypted on this workstation before it is saved: no audit, no notice.

Called with a session of `Store.scratch()`; `saved`, with that of the very act that saves.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import drafts as kept
from connexion_desktop.data.models import Draft
from connexion_desktop.data.store import draft_session
from connexion_desktop.domain.drafts import Typed, texts_kept
from connexion_desktop.domain.person_commands import FIELDS, PERSON, WRITING
from connexion_desktop.domain.person_fields import unsavable

take_along, forget, give_back = kept.take_along, kept.forget, kept.give_back


def keep(session: Session, author: str, key: str, text: str) -> None:
    """Keep what `author` is typing at `key`, in place of what was there."""
    with draft_session(session) as here:
        kept.put(here, author, key, text)


def saved(session: Session, author: str, typed: Typed) -> None:
    """An act saves what was typed. Where it goes to a server, that was taken along before."""
    if session.info.get("keep") is None:
        kept.put(session, author, typed.key, typed.left)


def take(session: Session, author: str, key: str) -> str | None:
    """What `author` was typing at `key`; it stays until dropped. A reading session will do."""
    with draft_session(session) as here:
        return here.scalar(sa.select(Draft.text).where(*kept.at(here, author, key)))


def people(session: Session, author: str) -> frozenset[UUID]:
    """The people about whom `author` began to write something. A reading session will do."""
    with draft_session(session) as here:
        keys = here.scalars(
            sa.select(Draft.key).where(
                Draft.association_id == here.info["association_id"],
                Draft.author == author,
                Draft.key.startswith(PERSON),
                Draft.key.endswith(WRITING),
            )
        ).all()
    return frozenset(UUID(key.removeprefix(PERSON).removesuffix(WRITING)) for key in keys)


def unsaved_fields(session: Session, author: str, today: date) -> dict[UUID, int]:
    """By person, how many fields hold what `author` typed and what cannot be saved as it is."""
    with draft_session(session) as here:
        rows = here.execute(
            sa.select(Draft.key, Draft.text).where(
                Draft.association_id == here.info["association_id"],
                Draft.author == author,
                Draft.key.startswith(PERSON),
                Draft.key.endswith(FIELDS),
            )
        ).all()
    found = {
        UUID(key.removeprefix(PERSON).removesuffix(FIELDS)): unsavable(texts_kept(text), today)
        for key, text in rows
    }
    return {person: count for person, count in found.items() if count}


def drop(session: Session, author: str, key: str) -> None:
    """Forget the draft at `key`: it was given up."""
    with draft_session(session) as here:
        kept.put(here, author, key, "")


def follow(session: Session, person_id: UUID, into: UUID) -> None:
    """Have what everybody is writing about a person be about another: the file was merged. What was
    being written about that other stays first; a field being typed there stays alone."""
    beginning = f"{PERSON}{person_id}"
    with draft_session(session) as here:
        moved = here.scalars(
            sa.select(Draft).where(
                Draft.association_id == here.info["association_id"],
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
