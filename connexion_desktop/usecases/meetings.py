"""One séance: added, mended, moved, cancelled, taken away; who is expected there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.meetings import (
    EditMeeting,
    MeetingState,
    NewMeeting,
    SetPeople,
    check_meeting,
    halves_of,
)

from .conflicts import merged_columns
from .presence_cells import recount
from .taking_away import hanging, take_away

_SAFE = "Rien n’a changé."
_LINKED = (("start", "end"), ("leader_id", "leader_name"))
"""The columns that say one thing: half of each would be neither's."""

_TEXTS = ("title", "place", "leader_name", "activity", "detail")


def add(session: Session, new: NewMeeting) -> UUID:
    """One more séance of a group. Raises UserError without a title, or for hours that are none."""
    new.check()
    session.add(
        m.Meeting(
            id=new.id,
            cohort_id=new.cohort_id,
            on=new.on,
            start=new.start,
            end=new.end,
            kind=new.kind,
            title=_text(new.title),
            place=_text(new.place),
            leader_id=new.leader_id,
            leader_name=_text(new.leader_name),
            partner_id=new.partner_id,
            activity=new.activity or None,
        )
    )
    _expect(session, new.id, new.people)
    return new.id


def _text(typed: str | None) -> str | None:
    return " ".join((typed or "").split()) or None


def edit(session: Session, command: EditMeeting) -> None:
    """Mend what a séance is. Raises UserError if it is gone, without a title, for hours that are
    none, or for another half-day where presences are noted; ConflictError for what somebody else
    changed too."""
    meeting = _the_meeting(session, command.id)
    typed = {
        column: _text(value) if column in _TEXTS else value
        for column, value in command.values.items()
    }
    values = merged_columns(session, meeting, command.seen, typed, _LINKED)
    wanted: dict[str, Any] = {
        column: values.get(column, getattr(meeting, column))
        for column in ("on", "start", "end", "title")
    }
    check_meeting(wanted["title"] or "", wanted["start"], wanted["end"])
    halves = halves_of(wanted["start"], wanted["end"])
    if (wanted["on"], halves) != (meeting.on, halves_of(meeting.start, meeting.end)):
        _refuse_noted(session, meeting, "elle ne change plus de demi-journée")
    for column, value in values.items():
        setattr(meeting, column, value)
    if {"start", "end"} & values.keys():
        session.flush()
        recount(session, meeting.id)


def set_state(session: Session, meeting_id: UUID, state: MeetingState) -> None:
    """Say that a séance is cancelled, held, or planned again."""
    _the_meeting(session, meeting_id).state = state.value


def set_people(session: Session, command: SetPeople) -> None:
    """Say who is expected: these journeys, or the whole group. Raises UserError where that leaves
    out somebody whose presence is noted."""
    meeting = _the_meeting(session, command.id)
    wanted = set(command.people or ())
    place, mark = m.MeetingParticipant, m.Attendance
    known = session.scalars(
        sa.select(place).where(place.meeting_id == meeting.id, place.deleted_at.is_(None))
    ).all()
    noted = set(
        session.scalars(
            sa.select(mark.journey_id).where(
                mark.meeting_id == meeting.id, mark.deleted_at.is_(None)
            )
        )
    )
    if wanted and noted - wanted:
        _refuse_noted(session, meeting, "qui y a été noté y reste")
    now = m.utc_now()
    for row in known:
        if row.journey_id not in wanted:
            row.deleted_at = now
    _expect(session, meeting.id, sorted(wanted - {row.journey_id for row in known}))


def remove(session: Session, meeting_id: UUID) -> None:
    """Take a séance away; undoing brings it back. Raises UserError where presences are noted."""
    meeting = _the_meeting(session, meeting_id)
    _refuse_noted(session, meeting, "elle ne se supprime pas")
    take_away(session, hanging(session, "meeting", meeting.id))


def _expect(session: Session, meeting_id: UUID, people: Iterable[UUID]) -> None:
    session.add_all(m.MeetingParticipant(meeting_id=meeting_id, journey_id=each) for each in people)


def _the_meeting(session: Session, meeting_id: UUID) -> m.Meeting:
    meeting = session.get(m.Meeting, meeting_id)
    if meeting is None or meeting.deleted_at is not None:
        raise UserError("Cette séance a été supprimée entre-temps.", _SAFE)
    return meeting


def _refuse_noted(session: Session, meeting: m.Meeting, consequence: str) -> None:
    mark = m.Attendance
    noted = session.scalar(
        sa.select(sa.func.count(sa.distinct(mark.journey_id))).where(
            mark.meeting_id == meeting.id, mark.deleted_at.is_(None)
        )
    )
    if noted:
        people = "1 présence est notée" if noted == 1 else f"{noted} présences sont notées"
        raise UserError(
            f"« {meeting.title} » ({long_day(meeting.on)}) : {people}, {consequence}.",
            _SAFE,
            "Annulez la séance, ou retirez d’abord les présences (onglet « Présences »).",
        )
