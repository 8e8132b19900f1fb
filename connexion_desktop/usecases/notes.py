"""What is written on a person's page: notes, actions, talks, absences; ticked, mended, deleted."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.entry import Command
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.feed import FeedKey, FeedKind
from connexion_desktop.domain.person_commands import (
    NewAbsence,
    NewAction,
    NewInterview,
    NewNote,
)
from connexion_desktop.domain.typography import capitalised

from . import absences
from .feed_merge import merged, refuse_text
from .person_rows import fitting, gone, journey_on, the_person
from .roles import staff_of

RowT = TypeVar("RowT", bound=m.Row)


def add(session: Session, command: Command) -> FeedKey:
    """Save what was written in the one field; returns the line of the feed that tells it."""
    match command:
        case NewNote():
            return add_note(session, command)
        case NewAction():
            return add_action(session, command)
        case NewInterview():
            return add_interview(session, command)
        case NewAbsence():
            return absences.add(session, command)


def add_note(session: Session, new: NewNote) -> FeedKey:
    """Write a note. Raises UserError if it is empty."""
    if not new.text.strip():
        raise UserError("La note est vide.", "Rien n’a été enregistré.")
    person = the_person(session, new.person_id)
    note = m.Note(
        id=m.new_id(),
        person_id=person.id,
        on=new.on,
        text=new.text,
        staff_id=staff_of(session),
    )
    session.add(note)
    return FeedKey(FeedKind.NOTE, note.id)


def add_action(session: Session, new: NewAction) -> FeedKey:
    """Plan an action. Raises UserError without a title, or with one that is too long."""
    title = fitting(new.title, "title", "Le titre de l’action")
    if not title:
        raise UserError("Dites en quelques mots ce qu’il faut faire.", "Rien n’a été enregistré.")
    person = the_person(session, new.person_id)
    action = m.Action(
        id=m.new_id(),
        person_id=person.id,
        journey_id=journey_on(session, person.id, new.on),
        title=title,
        detail=new.detail or None,
        created_on=new.on,
        due_on=new.due_on,
        due_minute=new.due_minute,
        staff_id=staff_of(session),
    )
    session.add(action)
    return FeedKey(FeedKind.ACTION, action.id)


def add_interview(session: Session, new: NewInterview) -> FeedKey:
    """Note a talk that was held, or one to come; what was said is kept apart."""
    person = the_person(session, new.person_id)
    coming = new.on > new.today
    talk = m.Interview(
        id=m.new_id(),
        person_id=person.id,
        journey_id=journey_on(session, person.id, new.on),
        on=new.on,
        start=new.start,
        minutes=new.minutes,
        kind=_talk_kind(new.place),
        place=capitalised(fitting(new.place, "place", "Le lieu")) or None,
        state="planned" if coming else "held",
        staff_id=staff_of(session),
    )
    session.add(talk)
    session.flush()
    if new.text.strip():
        session.add(m.TalkNote(interview_id=talk.id, text=new.text))
    return FeedKey(FeedKind.INTERVIEW, talk.id)


def _talk_kind(place: str) -> str:
    return "phone" if "téléphone" in place.lower() else "talk"


def rewrite(session: Session, key: FeedKey, text: str, seen: Seen | None = None) -> None:
    """Change the text of a note, of what a talk said, of an absence's detail, or of an action
    (first line: its title). Raises ConflictError where somebody did since it was `seen`."""
    refuse_text(session, key, text, seen)
    match key.kind:
        case FeedKind.NOTE:
            if not text.strip():
                raise UserError(
                    "Une note ne peut pas être vide.",
                    "L’ancien texte est gardé.",
                    "Supprimez la note si elle n’a plus lieu d’être.",
                )
            _alive(session, m.Note, key.id).text = text
        case FeedKind.INTERVIEW:
            _rewrite_talk(session, key.id, text)
        case FeedKind.ACTION:
            _rewrite_action(session, key.id, text)
        case FeedKind.ATTENDANCE:
            absences.rewrite(session, key, text)
        case _:
            raise UserError("Ce texte ne se change pas ici.", "Rien n’a changé.")


def _rewrite_talk(session: Session, interview_id: UUID, text: str) -> None:
    _alive(session, m.Interview, interview_id)
    said = session.scalars(
        sa.select(m.TalkNote).where(
            m.TalkNote.interview_id == interview_id, m.TalkNote.deleted_at.is_(None)
        )
    ).one_or_none()
    if said is not None:
        said.text = text
    elif text.strip():
        session.add(m.TalkNote(interview_id=interview_id, text=text))


def _rewrite_action(session: Session, action_id: UUID, text: str) -> None:
    action = _alive(session, m.Action, action_id)
    first, _, rest = text.strip().partition("\n")
    title = fitting(first, "title", "Le titre de l’action")
    if not title:
        raise UserError("Une action a besoin d’un titre.", "L’ancien titre est gardé.")
    action.title = title
    if action.outcome is not None:
        action.outcome = rest.strip() or None
    else:
        action.detail = rest.strip() or None


def correct(session: Session, key: FeedKey, new: Command, seen: Seen | None = None) -> FeedKey:
    """Write a line again, its day and the rest included; returns its line from then on. Of what was
    `seen` of it, what is not written otherwise stays as it is by now.

    Raises UserError as `add` and `rewrite` do, ConflictError for what somebody else changed too.
    """
    new = merged(session, key, new, seen)
    match new:
        case NewNote():
            rewrite(session, key, new.text)
            _alive(session, m.Note, key.id).on = new.on
        case NewAction():
            rewrite(session, key, "\n".join(part for part in (new.title, new.detail) if part))
            action = _alive(session, m.Action, key.id)
            action.due_on, action.due_minute = new.due_on, new.due_minute
        case NewInterview():
            _correct_talk(session, key, new)
        case NewAbsence():
            return absences.correct(session, key, new)
    return key


def _correct_talk(session: Session, key: FeedKey, new: NewInterview) -> None:
    rewrite(session, key, new.text)
    talk = _alive(session, m.Interview, key.id)
    talk.on, talk.start, talk.minutes = new.on, new.start, new.minutes
    place = capitalised(fitting(new.place, "place", "Le lieu")) or None
    if place != talk.place and talk.kind in ("talk", "phone"):
        talk.kind = _talk_kind(new.place)
    talk.place = place
    if new.on > new.today:
        talk.state = "planned"


def tick(session: Session, key: FeedKey, done: bool, today: date) -> None:
    """Say that an action is done, or not any more; that a planned talk was held, or not yet."""
    if key.kind is FeedKind.ACTION:
        action = _alive(session, m.Action, key.id)
        action.done_on = today if done else None
    elif key.kind is FeedKind.INTERVIEW:
        talk = _alive(session, m.Interview, key.id)
        talk.state = "held" if done else "planned"
        if done:
            talk.on = min(talk.on, today)
    else:
        raise UserError("Cette ligne ne se coche pas.", "Rien n’a changé.")


def delete(session: Session, key: FeedKey) -> None:
    """Take away a note, an action, a talk or an absence; undoing brings it back."""
    if key.kind is FeedKind.ATTENDANCE:
        absences.delete(session, key)
        return
    tables: dict[FeedKind, type[m.Row]] = {
        FeedKind.NOTE: m.Note,
        FeedKind.ACTION: m.Action,
        FeedKind.INTERVIEW: m.Interview,
    }
    table = tables.get(key.kind)
    if table is None:
        raise UserError("Cette ligne ne se supprime pas ici.", "Rien n’a changé.")
    _alive(session, table, key.id).deleted_at = m.utc_now()


def _alive(session: Session, table: type[RowT], row_id: UUID) -> RowT:
    row = session.get(table, row_id)
    if row is None or row.deleted_at is not None:
        raise gone()
    return row
