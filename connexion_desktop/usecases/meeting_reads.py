"""The SELECTs of séances: their rows, who is named at each, how many presences are noted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.meetings import MeetingRow, MeetingState
from connexion_desktop.domain.names import full_name
from connexion_desktop.domain.programme import Participant, expected_at

Row = sa.Row[Any]
Few = sa.Select[tuple[UUID]]


def of_group(cohort_id: UUID) -> Few:
    """The séances of a group, and those that somebody of it is named at."""
    meeting, place, journey = m.Meeting, m.MeetingParticipant, m.Journey
    named = (
        sa.select(place.meeting_id)
        .join(journey, journey.id == place.journey_id)
        .where(journey.cohort_id == cohort_id, place.deleted_at.is_(None))
    )
    return sa.select(meeting.id).where(
        sa.or_(meeting.cohort_id == cohort_id, meeting.id.in_(named)), meeting.deleted_at.is_(None)
    )


def beside(cohort_id: UUID) -> Few:
    """The séances of the other groups on the days of a group's."""
    meeting, other = m.Meeting, aliased(m.Meeting)
    days = sa.select(other.on).where(other.cohort_id == cohort_id, other.deleted_at.is_(None))
    return sa.select(meeting.id).where(
        meeting.on.in_(days),
        sa.or_(meeting.cohort_id.is_(None), meeting.cohort_id != cohort_id),
        meeting.deleted_at.is_(None),
    )


def led_by(staff_id: UUID) -> Few:
    """The séances that somebody of the team leads."""
    return _with(m.Meeting.leader_id == staff_id)


def held_by(partner_id: UUID) -> Few:
    """The séances that a partner holds."""
    return _with(m.Meeting.partner_id == partner_id)


def gone_of_group(cohort_id: UUID) -> Few:
    """The séances of a group that were taken away."""
    return _with(m.Meeting.cohort_id == cohort_id, gone=True)


def gone_led_by(staff_id: UUID) -> Few:
    """The séances that somebody of the team led, and that were taken away."""
    return _with(m.Meeting.leader_id == staff_id, gone=True)


def gone_held_by(partner_id: UUID) -> Few:
    """The séances that a partner held, and that were taken away."""
    return _with(m.Meeting.partner_id == partner_id, gone=True)


def _with(condition: sa.ColumnElement[bool], *, gone: bool = False) -> Few:
    deleted = m.Meeting.deleted_at
    return sa.select(m.Meeting.id).where(
        condition, deleted.is_not(None) if gone else deleted.is_(None)
    )


def days_of(session: Session, cohort_id: UUID) -> dict[date, bool]:
    """The days when a group has a séance that takes place, and whether it is all expected there."""
    meeting, place = m.Meeting, m.MeetingParticipant
    named = sa.exists().where(place.meeting_id == meeting.id, place.deleted_at.is_(None))
    rows = session.execute(
        sa.select(meeting.on, named.label("named"))
        .where(
            meeting.cohort_id == cohort_id,
            meeting.state != MeetingState.CANCELLED.value,
            meeting.deleted_at.is_(None),
        )
        .distinct()
    )
    found: dict[date, bool] = {}
    for row in rows:
        found[row.on] = found.get(row.on, False) or not row.named
    return found


def participants(session: Session, cohort_id: UUID) -> tuple[Participant, ...]:
    """The journeys of a group, by name."""
    few = sa.select(m.Cohort.id).where(m.Cohort.id == cohort_id)
    return participants_of(session, few).get(cohort_id, ())


def participants_of(session: Session, cohorts: Few) -> dict[UUID, tuple[Participant, ...]]:
    """The journeys of some groups, by group and by name."""
    journey, person = m.Journey, m.Person
    rows = session.execute(
        sa.select(
            journey.id,
            journey.cohort_id,
            journey.person_id,
            journey.entered_on,
            journey.left_on,
            journey.activity,
            person.given_name,
            person.family_name,
        )
        .join(person, person.id == journey.person_id)
        .where(
            journey.cohort_id.in_(cohorts),
            journey.deleted_at.is_(None),
            person.deleted_at.is_(None),
        )
        .order_by(person.family_name, person.given_name, journey.entered_on, journey.id)
    )
    found: dict[UUID, list[Participant]] = defaultdict(list)
    for row in rows:
        found[row.cohort_id].append(
            Participant(
                row.id,
                row.person_id,
                full_name(row.given_name, row.family_name or ""),
                row.entered_on,
                row.left_on,
                row.activity or "",
            )
        )
    return {cohort_id: tuple(people) for cohort_id, people in found.items()}


@dataclass(frozen=True, slots=True)
class Found:
    """Séances as they were read, by day and time: who is named at each, how many are noted."""

    rows: Sequence[Row]
    named: Mapping[UUID, frozenset[UUID]]
    noted: Mapping[UUID, int]

    def told(self, people: Mapping[UUID, Sequence[Participant]]) -> tuple[MeetingRow, ...]:
        """As they are shown; `people` are the journeys of each group that is known."""
        return tuple(self._row(row, people.get(row.cohort_id, ())) for row in self.rows)

    def _row(self, row: Row, group: Sequence[Participant]) -> MeetingRow:
        named = self.named.get(row.id, frozenset())
        return MeetingRow(
            id=row.id,
            on=row.on,
            start=row.start,
            end=row.end,
            kind=row.kind,
            kind_told=row.kind_told or row.kind,
            title=row.title,
            state=MeetingState(row.state),
            cohort_id=row.cohort_id,
            cohort=row.cohort or "",
            place=row.place or "",
            leader_id=row.leader_id,
            leader=full_name(row.given_name or "", row.family_name or "") or row.leader_name or "",
            partner_id=row.partner_id,
            partner=row.partner or "",
            activity=row.activity or "",
            activity_told=row.activity_told or row.activity or "",
            detail=row.detail or "",
            people=expected_at(row.activity or "", named, group, row.on),
            is_whole=not named and not row.activity,
            marked=self.noted.get(row.id, 0),
            version=row.version,
        )


def read(session: Session, few: Few) -> Found:
    """Read these séances."""
    with together(session) as ask:
        found = ask(session.execute, _rows(few))
        named = ask(_named, session, few)
        noted = ask(_noted, session, few)
    return Found(found.value.all(), named.value, noted.value)


def _rows(few: Few) -> sa.Select[Any]:
    meeting, kind, activity = m.Meeting, aliased(m.ReferenceItem), aliased(m.ReferenceItem)
    return (
        sa.select(
            *meeting.__table__.columns,
            kind.label.label("kind_told"),
            activity.label.label("activity_told"),
            m.Cohort.name.label("cohort"),
            m.Staff.given_name,
            m.Staff.family_name,
            m.Organisation.name.label("partner"),
        )
        .outerjoin(m.Cohort, m.Cohort.id == meeting.cohort_id)
        .outerjoin(m.Staff, m.Staff.id == meeting.leader_id)
        .outerjoin(m.Organisation, m.Organisation.id == meeting.partner_id)
        .outerjoin(kind, _named_by(kind, "meeting_kind", meeting.kind))
        .outerjoin(activity, _named_by(activity, "activity", meeting.activity))
        .where(meeting.id.in_(few))
        .order_by(meeting.on, meeting.start, meeting.end, meeting.title, meeting.id)
    )


def _named_by(item: Any, listed: str, code: Any) -> sa.ColumnElement[bool]:
    return sa.and_(item.list == listed, item.code == code, item.deleted_at.is_(None))


def _named(session: Session, few: Few) -> dict[UUID, frozenset[UUID]]:
    place = m.MeetingParticipant
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for meeting_id, journey_id in session.execute(
        sa.select(place.meeting_id, place.journey_id).where(
            place.meeting_id.in_(few), place.deleted_at.is_(None)
        )
    ):
        found[meeting_id].add(journey_id)
    return {meeting_id: frozenset(people) for meeting_id, people in found.items()}


def _noted(session: Session, few: Few) -> dict[UUID, int]:
    mark = m.Attendance
    counted = session.execute(
        sa.select(mark.meeting_id, sa.func.count(sa.distinct(mark.journey_id)))
        .where(mark.meeting_id.in_(few), mark.deleted_at.is_(None))
        .group_by(mark.meeting_id)
    )
    return {meeting_id: count for meeting_id, count in counted if meeting_id is not None}
