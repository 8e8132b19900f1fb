"""What is written on a person's page: notes, actions, talks, absences; ticked, mended, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.entry import Command
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.person_commands import (
    Half,
    NewAbsence,
    NewAction,
    NewInterview,
    NewNote,
)
from connexion_desktop.domain.person_file import (
    FeedKey,
    FeedKind,
)
from connexion_desktop.domain.typography import capitalised

RowT = TypeVar("RowT", bound=m.Row)

_LONGEST = {"title": 300, "place": 160, "detail": 400}
_ABSENT, _EXCUSED = "A", "E"
_NOON = 12 * 60 + 30


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
            return add_absence(session, command)


def add_note(session: Session, new: NewNote) -> FeedKey:
    """Write a note. Raises UserError if it is empty."""
    if not new.text.strip():
        raise UserError("La note est vide.", "Rien n’a été enregistré.")
    person = _person(session, new.person_id)
    note = m.Note(id=m.new_id(), person_id=person.id, on=new.on, text=new.text)
    session.add(note)
    return FeedKey(FeedKind.NOTE, note.id)


def add_action(session: Session, new: NewAction) -> FeedKey:
    """Plan an action. Raises UserError without a title, or with one that is too long."""
    title = _fitting(new.title, "title", "Le titre de l’action")
    if not title:
        raise UserError("Dites en quelques mots ce qu’il faut faire.", "Rien n’a été enregistré.")
    person = _person(session, new.person_id)
    action = m.Action(
        id=m.new_id(),
        person_id=person.id,
        journey_id=_journey_on(session, person.id, new.on),
        title=title,
        detail=new.detail or None,
        created_on=new.on,
        due_on=new.due_on,
        due_minute=new.due_minute,
    )
    session.add(action)
    return FeedKey(FeedKind.ACTION, action.id)


def add_interview(session: Session, new: NewInterview) -> FeedKey:
    """Note a talk that was held, or one to come; what was said is kept apart."""
    person = _person(session, new.person_id)
    coming = new.on > new.today
    talk = m.Interview(
        id=m.new_id(),
        person_id=person.id,
        journey_id=_journey_on(session, person.id, new.on),
        on=new.on,
        start=new.start,
        minutes=new.minutes,
        kind=_talk_kind(new.place),
        place=capitalised(_fitting(new.place, "place", "Le lieu")) or None,
        state="planned" if coming else "held",
    )
    session.add(talk)
    session.flush()
    if new.text.strip():
        session.add(m.TalkNote(interview_id=talk.id, text=new.text))
    return FeedKey(FeedKind.INTERVIEW, talk.id)


def _talk_kind(place: str) -> str:
    return "phone" if "téléphone" in place.lower() else "talk"


def add_absence(session: Session, new: NewAbsence) -> FeedKey:
    """Mark an absence, excused or not, on one half-day or on the day's; on each of its days.

    Raises UserError if the person is in no group that day, or if its signed sheet is filed.
    Returns the line of its first day.
    """
    for on, half in new.also:
        _mark_absent(session, new, on, half)
    return FeedKey(FeedKind.ATTENDANCE, _mark_absent(session, new, new.on, new.half), new.on)


def _mark_absent(session: Session, new: NewAbsence, on: date, half: Half | None) -> UUID:
    """Mark the absence on one of its days; returns the journey's id."""
    person = _person(session, new.person_id)
    journey_id = _journey_on(session, person.id, on)
    if journey_id is None:
        raise UserError(
            f"Le {long_day(on)}, cette personne n’était dans aucun groupe.",
            "Rien n’a été enregistré.",
            "Écrivez une note, ou corrigez la date.",
        )
    detail = _fitting(new.detail, "detail", "Le détail de l’absence")
    for each in Half if half is None else (half,):
        for mark in _marks(session, journey_id, on, each):
            mark.mark = _EXCUSED if new.excused else _ABSENT
            mark.justified = new.excused
            mark.late_minutes = None
            session.flush()
            _give_reason(session, mark.id, new.reason, detail)
    return journey_id


def _marks(session: Session, journey_id: UUID, on: date, half: Half) -> list[m.Attendance]:
    """The marks of a half-day: those known, else a new one, tied to the group's séance."""
    table = m.Attendance
    known = list(
        session.scalars(
            sa.select(table).where(
                table.journey_id == journey_id,
                table.on == on,
                table.half == half.value,
                table.deleted_at.is_(None),
            )
        )
    )
    _refuse_filed(known)
    if not known:
        made = table(
            journey_id=journey_id,
            on=on,
            half=half.value,
            mark=_ABSENT,
            meeting_id=_meeting_on(session, journey_id, on, half),
        )
        session.add(made)
        known.append(made)
    return known


def _refuse_filed(marks: Sequence[m.Attendance]) -> None:
    filed = next((mark for mark in marks if mark.locked_at is not None), None)
    if filed is not None:
        raise UserError(
            f"La feuille signée du {long_day(filed.on)} est classée : ses présences ne changent"
            " plus.",
            "Rien n’a été enregistré.",
            "Rouvrez d’abord la feuille, ou écrivez une note.",
        )


def _meeting_on(session: Session, journey_id: UUID, on: date, half: Half) -> UUID | None:
    meeting, journey = m.Meeting, m.Journey
    at_that_time = meeting.start < _NOON if half is Half.MORNING else meeting.end > _NOON
    return session.scalar(
        sa.select(meeting.id)
        .join(journey, journey.cohort_id == meeting.cohort_id)
        .where(
            journey.id == journey_id,
            meeting.on == on,
            at_that_time,
            meeting.deleted_at.is_(None),
        )
        .order_by(meeting.start, meeting.id)
        .limit(1)
    )


def _give_reason(session: Session, attendance_id: UUID, reason: str, detail: str) -> None:
    row = _reason_of(session, attendance_id)
    if row is None and (reason or detail):
        session.add(
            m.AbsenceReason(
                attendance_id=attendance_id, reason=reason or None, detail=detail or None
            )
        )
    elif row is not None:
        row.reason, row.detail = reason or None, detail or None


def _reason_of(session: Session, attendance_id: UUID) -> m.AbsenceReason | None:
    table = m.AbsenceReason
    return session.scalars(
        sa.select(table).where(table.attendance_id == attendance_id, table.deleted_at.is_(None))
    ).one_or_none()


def rewrite(session: Session, key: FeedKey, text: str) -> None:
    """Change the text of a note, of what a talk said, of an absence's detail, or of an action
    (first line: its title)."""
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
            _rewrite_absence(session, key, text)
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
    title = _fitting(first, "title", "Le titre de l’action")
    if not title:
        raise UserError("Une action a besoin d’un titre.", "L’ancien titre est gardé.")
    action.title = title
    if action.outcome is not None:
        action.outcome = rest.strip() or None
    else:
        action.detail = rest.strip() or None


def _rewrite_absence(session: Session, key: FeedKey, text: str) -> None:
    detail = _fitting(text, "detail", "Le détail de l’absence")
    for mark in _missed(session, key):
        why = _reason_of(session, mark.id)
        _give_reason(session, mark.id, why.reason or "" if why is not None else "", detail)


def correct(session: Session, key: FeedKey, new: Command) -> FeedKey:
    """Write a line again, its day and the rest included; returns its line from then on.

    Raises UserError as `add` and `rewrite` do.
    """
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
            return _correct_absence(session, key, new)
    return key


def _correct_talk(session: Session, key: FeedKey, new: NewInterview) -> None:
    rewrite(session, key, new.text)
    talk = _alive(session, m.Interview, key.id)
    talk.on, talk.start, talk.minutes = new.on, new.start, new.minutes
    place = capitalised(_fitting(new.place, "place", "Le lieu")) or None
    if place != talk.place and talk.kind in ("talk", "phone"):
        talk.kind = _talk_kind(new.place)
    talk.place = place
    if new.on > new.today:
        talk.state = "planned"


def _correct_absence(session: Session, key: FeedKey, new: NewAbsence) -> FeedKey:
    """The half-days no more said are noted as they were before; the others are marked again."""
    said = {
        (on, each.value)
        for on, half in ((new.on, new.half), *new.also)
        for each in (Half if half is None else (half,))
    }
    for mark in _missed(session, key):
        if (mark.on, mark.half) not in said:
            _take_away(session, mark)
    session.flush()
    return add_absence(session, new)


def _missed(session: Session, key: FeedKey) -> list[m.Attendance]:
    """The marks of the half-days missed on a day; raises UserError if there are none left."""
    table = m.Attendance
    marks = session.scalars(
        sa.select(table).where(
            table.journey_id == key.id,
            table.on == key.on,
            table.mark.in_((_ABSENT, _EXCUSED)),
            table.deleted_at.is_(None),
        )
    ).all()
    if not marks:
        raise _gone()
    _refuse_filed(marks)
    return list(marks)


def _take_away(session: Session, mark: m.Attendance) -> None:
    """Note the half-day as it was before the absence was; not at all where it was not noted."""
    replaced = _replaced(session, mark)
    if replaced:
        mark.mark, mark.late_minutes = replaced["mark"], replaced.get("late_minutes")
        mark.justified = False
    else:
        mark.deleted_at = m.utc_now()
    why = _reason_of(session, mark.id)
    if why is not None:
        why.deleted_at = m.utc_now()


def _replaced(session: Session, mark: m.Attendance) -> dict[str, Any]:
    """What the absence took the place of, by field, as the journal tells it."""
    line = m.AuditLine
    of_mark = (line.table_name == m.Attendance.__tablename__, line.row_id == mark.id)
    told = session.execute(
        sa.select(line.command_id, line.before)
        .where(*of_mark, line.field == "mark")
        .order_by(line.at.desc(), line.id.desc())
    )
    command_id = next((act for act, was in told if was not in (None, _ABSENT, _EXCUSED)), None)
    if command_id is None:
        return {}
    fields = sa.select(line.field, line.before).where(*of_mark, line.command_id == command_id)
    return {row.field: row.before for row in session.execute(fields)}


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
        for mark in _missed(session, key):
            _take_away(session, mark)
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


def _person(session: Session, person_id: UUID) -> m.Person:
    person = session.get(m.Person, person_id)
    if person is None or person.deleted_at is not None:
        raise UserError(
            "Cette personne n’est plus dans la base.",
            "Votre texte est gardé en brouillon.",
        )
    return person


def _alive(session: Session, table: type[RowT], row_id: UUID) -> RowT:
    row = session.get(table, row_id)
    if row is None or row.deleted_at is not None:
        raise _gone()
    return row


def _gone() -> UserError:
    return UserError("Cette ligne a été supprimée entre-temps.", "Rien n’a changé.")


def _journey_on(session: Session, person_id: UUID, on: date) -> UUID | None:
    """The journey under way on a day: the last begun, not left before."""
    journey = m.Journey
    return session.scalar(
        sa.select(journey.id)
        .where(
            journey.person_id == person_id,
            journey.entered_on <= on,
            sa.or_(journey.left_on.is_(None), journey.left_on >= on),
            journey.deleted_at.is_(None),
        )
        .order_by(journey.entered_on.desc())
        .limit(1)
    )


def _fitting(text: str, field: str, what: str) -> str:
    text = " ".join(text.split()) if field != "detail" else text.strip()
    if len(text) > _LONGEST[field]:
        raise UserError(
            f"{what} dépasse {_LONGEST[field]} signes ({len(text)}).",
            "Votre texte est gardé dans le champ.",
            "Passez à la ligne : la suite ira dans le détail."
            if field == "title"
            else "Raccourcissez-le, ou écrivez une note.",
        )
    return text
