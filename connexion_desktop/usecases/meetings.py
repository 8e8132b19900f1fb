"""One séance: added, mended, moved, cancelled, taken away; who is expected there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.meeting_choices import Named, found_among
from connexion_desktop.domain.meetings import (
    EditMeeting,
    ExpectUsual,
    MeetingState,
    NewMeeting,
    SetPeople,
    check_meeting,
)
from connexion_desktop.domain.programme import expected_at

from . import meeting_reads
from .conflicts import Held, column_of, merged_columns, refuse_overwriting
from .presence_following import following
from .roles import not_mine
from .taking_away import hanging, take_away

_SAFE = "Rien n’a changé."
_LINKED = (("start", "end"), ("leader_id", "leader_name"))
"""The columns that say one thing: half of each would be neither's."""

_TEXTS = ("title", "place", "leader_name", "activity", "detail")
_COUNTING = frozenset({"on", "start", "end", "activity"})
"""The columns on which hours depend, and who is expected."""


def add(session: Session, new: NewMeeting) -> UUID:
    """One more séance of a group. Raises UserError without a title, or for hours that are none."""
    with following(session, (new.id,)):
        put(session, new)
    return new.id


def put(session: Session, new: NewMeeting, known: m.Meeting | None = None) -> bool:
    """The same among many: who calls has the presences follow them all. One that is `known` becomes
    what the new one is, whatever it was; False where it was that already."""
    new.check()
    columns = {
        "cohort_id": new.cohort_id,
        "on": new.on,
        "start": new.start,
        "end": new.end,
        "kind": new.kind,
        "title": _text(new.title),
        "place": _text(new.place),
        "leader_id": new.leader_id,
        "leader_name": _text(new.leader_name),
        "partner_id": new.partner_id,
        "activity": new.activity or None,
    }
    if known is None:
        session.add(m.Meeting(id=new.id, **columns))
        _expect(session, new.id, new.people)
        return True
    again = columns | {"state": MeetingState.PLANNED.value, "site_id": None, "detail": None}
    changed = {each: value for each, value in again.items() if getattr(known, each) != value}
    for column, value in changed.items():
        setattr(known, column, value)
    _expect(session, new.id, new.people)
    return bool(changed or new.people)


def _text(typed: str | None) -> str | None:
    return " ".join((typed or "").split()) or None


def edit(session: Session, command: EditMeeting) -> None:
    """Mend what a séance is. Raises UserError if it is gone, without a title, for hours that are
    none, or as `following` does; ConflictError for what somebody else changed too."""
    meeting = _the_meeting(session, command.id)
    typed = {
        column: _text(value) if column in _TEXTS else value
        for column, value in command.values.items()
    }
    values = merged_columns(session, meeting, command.seen, typed, _LINKED)
    title, on, start, end = (
        values.get(column, getattr(meeting, column)) for column in ("title", "on", "start", "end")
    )
    check_meeting(title or "", on, start, end)
    with following(session, (meeting.id,) if _COUNTING & values.keys() else ()):
        for column, value in values.items():
            setattr(meeting, column, value)


def set_state(
    session: Session,
    meeting_id: UUID,
    state: MeetingState,
    seen: Sequence[MeetingState] | None = None,
) -> None:
    """Say that a séance is cancelled, held, or planned again; `seen`: what it was known to be.
    Raises UserError as `following` does; ConflictError where somebody else said so meanwhile."""
    meeting = _the_meeting(session, meeting_id)
    known = None if seen is None else {"state": [each.value for each in seen]}
    refuse_overwriting(session, known, "state", state.value, partial(column_of, meeting))
    counts = MeetingState.CANCELLED in (state, meeting.state)
    with following(session, (meeting.id,) if counts else ()):
        meeting.state = state.value


def set_people(session: Session, command: SetPeople) -> None:
    """Say who is expected too, and who is no more; whoever is expected as a rule is named no more.
    Raises UserError where nobody is left, where who is added is not in a group that day, or as
    `following` does."""
    meeting = _the_meeting(session, command.id)
    _refuse_gone(session, meeting, command.added)
    named = {row.journey_id for row in _named(session, meeting.id)}
    usual = _expected(session, meeting, ())
    wanted = (named or usual).union(command.added).difference(command.removed)
    expected = _expected(session, meeting, wanted) if wanted else frozenset()
    if not expected:
        raise UserError(
            "Une séance attend au moins une personne.",
            _SAFE,
            "Si elle n’a pas lieu, annulez-la ou supprimez-la.",
        )
    _name(session, meeting, frozenset() if expected == usual else wanted)


def offered(session: Session, meeting_id: UUID, typed: str) -> tuple[Named, ...]:
    """Who of another running group may be named at a séance too, by journey, with their group: of
    those whose name, or group, is typed, the ones who are one's own."""
    people = meeting_reads.may_join(session, meeting_id)
    named = tuple(Named(each.journey_id, each.name, each.group) for each in people)
    found = found_among(named, typed)
    beyond = not_mine(session, {each.id for each in found})
    return tuple(each for each in found if each.id not in beyond)


def set_usual(session: Session, command: ExpectUsual) -> None:
    """Name nobody any more. Raises UserError as `following` does; ConflictError where somebody else
    changed who is named meanwhile."""
    meeting = _the_meeting(session, command.id)
    rows = _named(session, meeting.id, gone_too=True)
    named = [row.journey_id for row in rows if row.deleted_at is None]
    held = Held(
        "Attendu",
        _expected(session, meeting, named),
        tuple(rows),
        ("deleted_at",),
    )
    known = None if command.seen is None else {"people": [command.seen]}
    usual = _expected(session, meeting, ())
    refuse_overwriting(session, known, "people", usual, lambda _name: held)
    _name(session, meeting, frozenset())


def remove(session: Session, meeting_id: UUID) -> None:
    """Take a séance away; undoing brings it back. Raises UserError where presences are noted."""
    meeting = _the_meeting(session, meeting_id)
    refuse_named(session, (meeting.id,))
    with following(session, (meeting.id,)):
        take_away(session, hanging(session, "meeting", meeting.id))


def refuse_named(session: Session, meetings: Collection[UUID]) -> None:
    """Raise UserError where people are named at these séances whom who asks may not take off."""
    place = m.MeetingParticipant
    rows = session.execute(
        sa.select(place.meeting_id, place.journey_id).where(
            place.meeting_id.in_(meetings), place.deleted_at.is_(None)
        )
    ).all()
    beyond = not_mine(session, {row.journey_id for row in rows})
    count = len({row.meeting_id for row in rows if row.journey_id in beyond})
    if count:
        many = count > 1
        told = f"{count} séances n’attendent" if many else "Une séance n’attend"
        raise UserError(
            f"{told} que certaines personnes : seul qui suit le groupe change qui est attendu, et"
            f" {'les' if many else 'la'} supprime.",
            _SAFE,
            "Demandez-le-lui, ou à qui le remplace.",
        )


def _refuse_gone(session: Session, meeting: m.Meeting, added: Collection[UUID]) -> None:
    """Raise UserError where one of those who are added is no more, or not yet, in a group."""
    journey, person = m.Journey, m.Person
    there = session.scalars(
        sa.select(journey.id)
        .join(person, person.id == journey.person_id)
        .where(
            journey.id.in_(added),
            meeting_reads.is_there(meeting.on),
            journey.deleted_at.is_(None),
            person.deleted_at.is_(None),
        )
    )
    if set(added).difference(there):
        raise UserError(
            "Cette personne n’est pas dans son groupe le jour de cette séance.",
            _SAFE,
            "Choisissez quelqu’un d’autre, ou corrigez ses dates d’entrée et de sortie.",
        )


def _named(
    session: Session, meeting_id: UUID, *, gone_too: bool = False
) -> list[m.MeetingParticipant]:
    place = m.MeetingParticipant
    query = sa.select(place).where(place.meeting_id == meeting_id)
    if not gone_too:
        query = query.where(place.deleted_at.is_(None))
    return list(session.scalars(query))


def _expected(session: Session, meeting: m.Meeting, named: Collection[UUID]) -> frozenset[UUID]:
    """Who is expected at a séance where these journeys are named."""
    group = meeting.cohort_id
    people = () if group is None else meeting_reads.participants(session, group)
    return expected_at(meeting.activity or "", named, people, meeting.on)


def _name(session: Session, meeting: m.Meeting, wanted: Collection[UUID]) -> None:
    """Have these journeys named at a séance, and no others."""
    with following(session, (meeting.id,)):
        known = _named(session, meeting.id)
        now = m.utc_now()
        for row in known:
            if row.journey_id not in wanted:
                row.deleted_at = now
        _expect(session, meeting.id, sorted(set(wanted) - {row.journey_id for row in known}))


def _expect(session: Session, meeting_id: UUID, people: Iterable[UUID]) -> None:
    session.add_all(m.MeetingParticipant(meeting_id=meeting_id, journey_id=each) for each in people)


def _the_meeting(session: Session, meeting_id: UUID) -> m.Meeting:
    meeting = session.get(m.Meeting, meeting_id)
    if meeting is None or meeting.deleted_at is not None:
        raise UserError("Cette séance a été supprimée entre-temps.", _SAFE)
    return meeting
