"""The SELECTs of séances: their rows, who is named at each, how many presences are noted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
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


def own(cohort_id: UUID) -> Few:
    """The séances of a group itself: not those of others, where somebody of it goes."""
    return _with(m.Meeting.cohort_id == cohort_id)


def own_on(cohort_id: UUID, days: Collection[date]) -> Few:
    """The séances of a group alone, on some days."""
    return _with(sa.and_(m.Meeting.cohort_id == cohort_id, m.Meeting.on.in_(days)))


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
    found: dict[UUID, list[Participant]] = defaultdict(list)
    for row in session.execute(_journeys().where(m.Journey.cohort_id.in_(cohorts))):
        found[row.cohort_id].append(_participant(row))
    return {cohort_id: tuple(people) for cohort_id, people in found.items()}


def named_with(cohort_id: UUID) -> Few:
    """The journeys that are named at the séances shown of a group."""
    place = m.MeetingParticipant
    return sa.select(place.journey_id).where(
        place.meeting_id.in_(of_group(cohort_id)), place.deleted_at.is_(None)
    )


def guests(session: Session, cohort_id: UUID) -> tuple[Participant, ...]:
    """Those of other groups that are named at the séances shown of a group, by name."""
    others = m.Journey.cohort_id.is_distinct_from(cohort_id)
    rows = session.execute(_journeys().where(m.Journey.id.in_(named_with(cohort_id)), others))
    return tuple(_participant(row, row.cohort or "") for row in rows)


def may_join(session: Session, meeting_id: UUID) -> tuple[Participant, ...]:
    """Those of the other running groups that may be named at a séance too, by name: in their group
    on its day, and not named there yet."""
    journey, cohort, place = m.Journey, m.Cohort, m.MeetingParticipant
    meeting = session.get(m.Meeting, meeting_id)
    if meeting is None:
        return ()
    named = sa.select(place.journey_id).where(
        place.meeting_id == meeting_id, place.deleted_at.is_(None)
    )
    rows = session.execute(
        _journeys().where(
            journey.cohort_id.is_distinct_from(meeting.cohort_id),
            journey.id.not_in(named),
            is_there(meeting.on),
            cohort.state != "closed",
            cohort.deleted_at.is_(None),
        )
    )
    return tuple(_participant(row, row.cohort) for row in rows)


def is_there(day: date | sa.SQLColumnExpression[date]) -> sa.ColumnElement[bool]:
    """Whether a day is within a journey, as `Participant.is_there` says it."""
    left = m.Journey.left_on
    return sa.and_(m.Journey.entered_on <= day, sa.or_(left.is_(None), left >= day))


def _journeys() -> sa.Select[Any]:
    journey, person, cohort = m.Journey, m.Person, m.Cohort
    return (
        sa.select(
            journey.id,
            journey.cohort_id,
            journey.person_id,
            journey.entered_on,
            journey.left_on,
            journey.activity,
            person.given_name,
            person.family_name,
            cohort.name.label("cohort"),
        )
        .join(person, person.id == journey.person_id)
        .outerjoin(cohort, cohort.id == journey.cohort_id)
        .where(journey.deleted_at.is_(None), person.deleted_at.is_(None))
        .order_by(person.family_name, person.given_name, journey.entered_on, journey.id)
    )


def _participant(row: Row, group: str = "") -> Participant:
    return Participant(
        row.id,
        row.person_id,
        full_name(row.given_name, row.family_name or ""),
        row.entered_on,
        row.left_on,
        row.activity or "",
        group,
    )


@dataclass(frozen=True, slots=True)
class Found:
    """Séances as they were read, by day and time: who is named at each, and those of them who are
    not in their group that day; which are shared with another group; how many are noted."""

    rows: Sequence[Row]
    named: Mapping[UUID, frozenset[UUID]]
    away: Mapping[UUID, frozenset[UUID]]
    shared: frozenset[UUID]
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
            people=expected_at(row.activity or "", named, group, row.on)
            - self.away.get(row.id, frozenset()),
            is_shared=row.id in self.shared,
            is_whole=not named and not row.activity,
            marked=self.noted.get(row.id, 0),
            version=row.version,
        )


def hold(session: Session, few: Few, *, to_change: bool) -> None:
    """Until the end of the act, who would change these séances on a server waits for it; where it
    is `to_change` them, so does who would mark somebody there."""
    meeting = m.Meeting
    held = sa.select(meeting.id).where(meeting.id.in_(few)).order_by(meeting.id)
    session.execute(held.with_for_update(read=not to_change, key_share=to_change)).all()


def read(session: Session, few: Few) -> Found:
    """Read these séances."""
    with together(session) as ask:
        found = ask(session.execute, _rows(few))
        named = ask(_named, session, few)
        noted = ask(_noted, session, few)
    return Found(found.value.all(), *named.value, noted.value)


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


_People = dict[UUID, frozenset[UUID]]


def _named(session: Session, few: Few) -> tuple[_People, _People, frozenset[UUID]]:
    """Who is named at these séances; those of them who are not in their group that day; and at
    which of them another group comes."""
    place, meeting, journey = m.MeetingParticipant, m.Meeting, m.Journey
    named: dict[UUID, set[UUID]] = defaultdict(set)
    away: dict[UUID, set[UUID]] = defaultdict(set)
    shared: set[UUID] = set()
    other = journey.cohort_id.is_distinct_from(meeting.cohort_id)
    for meeting_id, journey_id, there, elsewhere in session.execute(
        sa.select(place.meeting_id, place.journey_id, is_there(meeting.on), other)
        .join(meeting, meeting.id == place.meeting_id)
        .join(journey, journey.id == place.journey_id)
        .where(place.meeting_id.in_(few), place.deleted_at.is_(None))
    ):
        named[meeting_id].add(journey_id)
        if not there:
            away[meeting_id].add(journey_id)
        elif elsewhere:
            shared.add(meeting_id)
    return _frozen(named), _frozen(away), frozenset(shared)


def _frozen(found: Mapping[UUID, set[UUID]]) -> _People:
    return {meeting_id: frozenset(people) for meeting_id, people in found.items()}


def _noted(session: Session, few: Few) -> dict[UUID, int]:
    mark = m.Attendance
    counted = session.execute(
        sa.select(mark.meeting_id, sa.func.count(sa.distinct(mark.journey_id)))
        .where(mark.meeting_id.in_(few), mark.deleted_at.is_(None))
        .group_by(mark.meeting_id)
    )
    return {meeting_id: count for meeting_id, count in counted if meeting_id is not None}
