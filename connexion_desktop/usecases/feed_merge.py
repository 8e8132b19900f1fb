"""A line of the feed that two people write again: what the second did not touch stays the first's,
what both changed is to be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.conflicts import Seen, known_value, merge
from connexion_desktop.domain.corrections import action_head, note_head, talk_head
from connexion_desktop.domain.entry import Command
from connexion_desktop.domain.feed import FeedKey, FeedKind
from connexion_desktop.domain.person_commands import (
    NewAbsence,
    NewAction,
    NewInterview,
    NewNote,
)
from connexion_desktop.domain.typography import capitalised

from .conflicts import Held, refuse, refuse_overwriting

HEAD, TEXT = "head", "text"
"""When (where, why) a line happened, and what it says: the two things that are compared."""


def refuse_text(session: Session, key: FeedKey, text: str, seen: Seen | None) -> None:
    """Raise ConflictError if somebody wrote the text of a line again since it was seen."""
    held = _held(session, key)
    if seen is not None and TEXT in held:
        refuse_overwriting(
            session,
            {TEXT: seen[TEXT]},
            TEXT,
            text,
            held.__getitem__,
            kept=lambda _name, sent: _tidy(key, sent),
        )


def merged(session: Session, key: FeedKey, new: Command, seen: Seen | None) -> Command:
    """The line as it is to be saved. Raises ConflictError for what both changed."""
    if seen is None:
        return new
    held = _held(session, key)
    theirs = {name: _tidy(key, found.value) for name, found in held.items()}
    mine = {name: _tidy(key, text) for name, text in _of(new).items() if name in held}
    base = {
        name: known_value([_tidy(key, each) for each in seen[name]], theirs[name]) for name in mine
    }
    found = merge(
        base,
        mine,
        {name: theirs[name] for name in mine},
        labels={name: each.label for name, each in held.items()},
    )
    refuse(session, found, held)
    return _with(
        session, key, new, {name: found.values[name] for name in mine if base[name] == mine[name]}
    )


def _tidy(key: FeedKey, text: str) -> str:
    """A text as it is compared: where it is kept with its spaces tidied, they say nothing."""
    if key.kind in (FeedKind.NOTE, FeedKind.INTERVIEW):
        return text.strip()
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())


def _of(new: Command) -> Mapping[str, str]:
    match new:
        case NewNote():
            return {HEAD: note_head(new.on), TEXT: new.text}
        case NewAction():
            head = action_head(new.due_on, new.due_minute)
            return {HEAD: head, TEXT: f"{new.title}\n{new.detail}"}
        case NewInterview():
            place = capitalised(" ".join(new.place.split()))
            return {
                HEAD: talk_head(new.on, new.start, new.minutes, place),
                TEXT: new.text,
            }
        case NewAbsence():
            return {TEXT: new.detail}
        case _:
            assert_never(new)


def _with(session: Session, key: FeedKey, new: Command, left: Mapping[str, str]) -> Command:
    """The command with what was not touched as the base holds it."""
    match new:
        case NewNote():
            note = session.get_one(m.Note, key.id)
            on = note.on if HEAD in left else new.on
            return replace(new, on=on, text=left.get(TEXT, new.text))
        case NewAction():
            action = session.get_one(m.Action, key.id)
            if HEAD in left:
                new = replace(new, due_on=action.due_on, due_minute=action.due_minute)
            title, _, detail = left.get(TEXT, f"{new.title}\n{new.detail}").partition("\n")
            return replace(new, title=title, detail=detail)
        case NewInterview():
            talk = session.get_one(m.Interview, key.id)
            if HEAD in left:
                new = replace(
                    new, on=talk.on, start=talk.start, minutes=talk.minutes, place=talk.place or ""
                )
            return replace(new, text=left.get(TEXT, new.text))
        case NewAbsence():
            return replace(new, detail=left.get(TEXT, new.detail))
        case _:
            assert_never(new)


def _held(session: Session, key: FeedKey) -> dict[str, Held]:
    """What the base holds of a line; nothing of one that is gone, which its act refuses."""
    match key.kind:
        case FeedKind.NOTE:
            note = session.get(m.Note, key.id)
            return {} if note is None else _line(note, note_head(note.on), note.text, ("text",))
        case FeedKind.ACTION:
            action = session.get(m.Action, key.id)
            if action is None:
                return {}
            head = action_head(action.due_on, action.due_minute)
            text = f"{action.title}\n{action.outcome or action.detail or ''}"
            return _line(action, head, text, ("title", "detail", "outcome"))
        case FeedKind.INTERVIEW:
            return _talk(session, key)
        case FeedKind.ATTENDANCE:
            return _absence(session, key)
        case _:
            return {}


def _line(row: m.Row, head: str, text: str, columns: tuple[str, ...]) -> dict[str, Held]:
    when = ("on", "due_on", "due_minute", "start", "minutes", "place")
    return {
        HEAD: Held("Quand", head, (row,), when),
        TEXT: Held("Texte", text, (row,), columns),
    }


def _talk(session: Session, key: FeedKey) -> dict[str, Held]:
    talk = session.get(m.Interview, key.id)
    if talk is None:
        return {}
    said = session.scalars(
        sa.select(m.TalkNote).where(
            m.TalkNote.interview_id == talk.id, m.TalkNote.deleted_at.is_(None)
        )
    ).one_or_none()
    head = talk_head(talk.on, talk.start, talk.minutes, talk.place or "")
    found = _line(talk, head, "", ())
    found[TEXT] = Held("Texte", said.text if said else "", (said,) if said else (), ("text",))
    return found


def _absence(session: Session, key: FeedKey) -> dict[str, Held]:
    reason, mark = m.AbsenceReason, m.Attendance
    whys = session.scalars(
        sa.select(reason)
        .join(mark, mark.id == reason.attendance_id)
        .where(
            mark.journey_id == key.id,
            mark.on == key.on,
            mark.deleted_at.is_(None),
            reason.deleted_at.is_(None),
        )
        .order_by(mark.half)
    ).all()
    text = next((why.detail for why in whys if why.detail), "")
    return {TEXT: Held("Texte", text or "", tuple(whys), ("detail",))}
