"""The day of who asks: the séances of the groups they follow, and what the team has put off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.alert_kinds import NO_CONTACT_DAYS, Alert
from connexion_desktop.domain.names import full_name
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presences import CellKey, Slot
from connexion_desktop.domain.servers import Role, reads_people
from connexion_desktop.domain.today import SNOOZE_DAYS, Gathered, LineKey, PutOff, Today, day_of
from connexion_desktop.domain.today_people import Pressing, lines_of

from . import group_cards, group_reads, meeting_reads
from .group_board import SILENCE
from .roles import roles_of, staff_of

Few = sa.Select[tuple[UUID]]
Row = sa.Row[Any]
Groups = Mapping[UUID, Row]


def load(session: Session, today: date) -> Today:
    """The lines of a day. The direction alone sees figures, and no line."""
    roles = roles_of(session)
    if not reads_people(roles):
        return Today(today)
    followed = _followed(session)
    few = sa.select(m.Meeting.id).where(
        m.Meeting.cohort_id.in_(followed), m.Meeting.deleted_at.is_(None)
    )
    with together(session) as ask:
        groups = ask(_groups, session, followed)
        people = ask(meeting_reads.participants_of, session, followed)
        found = ask(meeting_reads.read, session, few)
        marked = ask(_marked, session, followed, few)
        booked = ask(_booked, session, few)
        put_off = ask(_put_off, session, today)
        facts = ask(group_cards.gather, session, _confided(session, followed), today)
        settings = ask(group_reads.settings, session, (SILENCE,))
    journeys = (each for group in people.value.values() for each in group)
    gathered = Gathered(
        groups=tuple(groups.value),
        confided={row.id for row in groups.value.values() if row.mine},
        meetings=found.value.told(people.value),
        marked=marked.value,
        names={each.journey_id: each.name for each in journeys},
        booked=booked.value,
        put_off=put_off.value,
    )
    frame = group_cards.Frame(
        today, (), settings.value.get(SILENCE, NO_CONTACT_DAYS), is_over=False
    )
    pressing = _pressing(group_cards.alerts(facts.value, frame), groups.value)
    return day_of(gathered, today, lines_of(pressing, gathered.put_off, today))


def _pressing(found: Iterable[tuple[Row, tuple[Alert, ...]]], groups: Groups) -> Iterator[Pressing]:
    several = len(groups) > 1
    for row, alerts in found:
        cohort = groups[row.cohort_id].name if several else ""
        name = full_name(row.given_name, row.family_name or "")
        yield Pressing(row.person_id, name, alerts, cohort)


def _followed(session: Session) -> Few:
    """The running groups of who asks: all of them on a file, and for the secretariat."""
    cohort = m.Cohort
    running = sa.select(cohort.id).where(cohort.state != "closed", cohort.deleted_at.is_(None))
    if staff_of(session) is None or Role.SECRETARIAT in roles_of(session):
        return running
    return running.where(cohort.id.in_(_own()))


def _own() -> sa.Select[Any]:
    """On the shared server, the groups whose people are one's own."""
    return sa.select(sa.func.my_cohorts())


def _confided(session: Session, followed: Few) -> Few:
    """Those of these groups whose people are one's own: on a file, all of them."""
    return followed if staff_of(session) is None else followed.where(m.Cohort.id.in_(_own()))


def _groups(session: Session, followed: Few) -> Groups:
    """These groups by id, and whether their people are one's own."""
    cohort = m.Cohort
    mine = cohort.id.in_(_confided(session, followed))
    rows = session.execute(
        sa.select(cohort.id, cohort.name, mine.label("mine")).where(cohort.id.in_(followed))
    )
    return {row.id: row for row in rows}


def _marked(session: Session, followed: Few, few: Few) -> frozenset[CellKey]:
    """The half-days that hold a mark: of the people of these groups, and at these séances."""
    mark, journey = m.Attendance, m.Journey
    cells = sa.select(mark.journey_id, mark.on, mark.half).where(mark.deleted_at.is_(None))
    own = sa.select(journey.id).where(journey.cohort_id.in_(followed), journey.deleted_at.is_(None))
    either = sa.union(cells.where(mark.journey_id.in_(own)), cells.where(mark.meeting_id.in_(few)))
    rows = session.execute(either)
    return frozenset(CellKey(row.journey_id, Slot(row.on, Half(row.half))) for row in rows)


def _booked(session: Session, few: Few) -> dict[UUID, frozenset[UUID]]:
    """Who chose to come to each of the visits to which one is booked, by séance."""
    visit, place = m.Visit, m.VisitPlace
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for meeting_id, journey_id in session.execute(
        sa.select(visit.meeting_id, place.journey_id)
        .join(place, place.visit_id == visit.id)
        .where(
            visit.meeting_id.in_(few),
            visit.deleted_at.is_(None),
            place.state == "planned",
            place.deleted_at.is_(None),
        )
    ):
        found[meeting_id].add(journey_id)
    return {meeting_id: frozenset(journeys) for meeting_id, journeys in found.items()}


def _put_off(session: Session, today: date) -> dict[LineKey, PutOff]:
    """What is put off beyond a day, by what it is about."""
    off = m.Snooze
    rows = session.execute(
        sa.select(
            off.subject_table,
            off.subject_id,
            off.alert,
            off.until,
            m.Staff.given_name,
            m.Staff.family_name,
        )
        .outerjoin(m.Staff, m.Staff.id == off.staff_id)
        .where(off.until > today, off.deleted_at.is_(None))
        .order_by(off.until, off.id)
    )
    return {
        LineKey(row.subject_table, row.subject_id, row.alert): PutOff(
            row.until, full_name(row.given_name or "", row.family_name or "")
        )
        for row in rows
    }


def snooze(session: Session, key: LineKey, today: date) -> date:
    """Put a line off, for the whole team, in place of what it was put off to; returns the day when
    it comes back."""
    until, by = today + timedelta(days=SNOOZE_DAYS), staff_of(session)
    known = _standing(session, key)
    for row in known:
        if row.until < until:
            row.until, row.staff_id = until, by
    if not known:
        session.add(
            m.Snooze(
                subject_table=key.table,
                subject_id=key.id,
                alert=key.alert,
                until=until,
                staff_id=by,
            )
        )
    return until


def wake(session: Session, key: LineKey) -> None:
    """Show a line that was put off again, whoever did."""
    now = m.utc_now()
    for row in _standing(session, key):
        row.deleted_at = now


def _standing(session: Session, key: LineKey) -> list[m.Snooze]:
    """What puts a line off, or did."""
    off = m.Snooze
    return list(
        session.scalars(
            sa.select(off).where(
                off.subject_table == key.table,
                off.subject_id == key.id,
                off.alert == key.alert,
                off.deleted_at.is_(None),
            )
        )
    )
