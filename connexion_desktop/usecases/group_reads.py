"""The SELECTs of the group page: one for each kind of thing, for all its people at once.

Each goes from the group by indexes, so that a base of 100,000 people answers as fast as one of
twelve; none needs the answer of another: on a server they are asked together.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m

from . import placement_standing as standing
from .meeting_reads import is_there
from .roles import staff_of

GROUPS_LISTED = 40
"""How many groups the switcher offers: the most recent; older ones are found by searching."""

_NO_TEXT = sa.cast(sa.null(), sa.String)
_NO_NUMBER = sa.cast(sa.null(), sa.Integer)
_NO_DATE = sa.cast(sa.null(), sa.Date)

Rows = Sequence[sa.Row[Any]]


def groups(session: Session) -> Rows:
    """The most recent groups, the last begun first; those of one day by their names."""
    latest = _groups().order_by(m.Cohort.starts_on.desc()).limit(GROUPS_LISTED)
    rows = sorted(session.execute(latest).all(), key=lambda row: str(row.name))
    return sorted(rows, key=lambda row: row.starts_on.toordinal(), reverse=True)


def group(session: Session, cohort_id: UUID) -> sa.Row[Any] | None:
    """One group, None when it is gone."""
    return session.execute(_groups().where(m.Cohort.id == cohort_id)).one_or_none()


def own_groups(session: Session, today: date) -> frozenset[UUID]:
    """On a shared server, the groups that who asks follows or replaces in; none on a file."""
    me = staff_of(session)
    if me is None:
        return frozenset()
    cohort, access = m.Cohort, m.CohortAccess
    replaced = sa.select(access.cohort_id).where(
        access.staff_id == me,
        access.starts_on <= today,
        sa.or_(access.ends_on.is_(None), access.ends_on >= today),
        access.deleted_at.is_(None),
    )
    mine = sa.or_(cohort.conseiller_id == me, cohort.id.in_(replaced))
    return frozenset(session.scalars(sa.select(cohort.id).where(mine)))


def _groups() -> sa.Select[Any]:
    last_exit = (
        sa.select(sa.func.max(m.Journey.left_on))
        .where(m.Journey.cohort_id == m.Cohort.id, m.Journey.deleted_at.is_(None))
        .scalar_subquery()
    )
    return (
        sa.select(
            m.Cohort.id,
            m.Cohort.name,
            m.Cohort.starts_on,
            m.Cohort.weeks,
            sa.case(
                (m.Cohort.state == "closed", sa.func.coalesce(last_exit, m.Cohort.ends_on))
            ).label("closed_on"),
            m.Cohort.site_id,
            m.Cohort.conseiller_id,
            m.Site.name.label("site"),
            m.Site.room,
            m.Staff.given_name,
            m.Staff.family_name,
        )
        .outerjoin(m.Site, m.Site.id == m.Cohort.site_id)
        .outerjoin(m.Staff, m.Staff.id == m.Cohort.conseiller_id)
        .where(m.Cohort.deleted_at.is_(None))
    )


def is_represented() -> sa.ColumnElement[bool]:
    """Whether a legal representative of the person is noted."""
    relative = m.PersonContact
    return (
        sa.select(sa.literal(True))
        .where(
            relative.person_id == m.Person.id,
            relative.kind == "representative",
            relative.deleted_at.is_(None),
        )
        .exists()
    )


Few = sa.Select[tuple[UUID]]
"""The identifiers of a few rows, as a question to put within another."""


def journeys_of(cohorts: UUID | Few) -> Few:
    """The journeys of a group, or of several."""
    return sa.select(m.Journey.id).where(_in(cohorts), m.Journey.deleted_at.is_(None))


def people_of(cohorts: UUID | Few) -> Few:
    """Who lives them."""
    return journeys_of(cohorts).with_only_columns(m.Journey.person_id)


def _in(cohorts: UUID | Few) -> sa.ColumnElement[bool]:
    column = m.Journey.cohort_id
    return column == cohorts if isinstance(cohorts, UUID) else column.in_(cohorts)


def people(session: Session, cohorts: UUID | Few) -> Rows:
    """The journeys of a group, or of several, with who lives them: the one under way, or the last,
    of whoever left and came back."""
    rows = session.execute(
        sa.select(
            m.Journey.id,
            m.Journey.person_id,
            m.Journey.cohort_id,
            m.Journey.entered_on,
            m.Journey.left_on,
            m.Journey.activity,
            m.Journey.created_at,
            m.Person.number,
            m.Person.given_name,
            m.Person.family_name,
            m.Person.birth_date,
            m.Person.birth_precision,
            is_represented().label("represented"),
        )
        .join(m.Person, m.Person.id == m.Journey.person_id)
        .where(
            _in(cohorts),
            m.Journey.deleted_at.is_(None),
            m.Person.deleted_at.is_(None),
        )
        .order_by(m.Journey.left_on.is_(None), m.Journey.entered_on, m.Journey.id)
    ).all()
    last = {row.person_id: row for row in rows}
    return sorted(last.values(), key=lambda row: str(row.id))


def attendance(session: Session, journeys: Few) -> Rows:
    """(journey_id, on, mark) of each half-day that counts."""
    mark = m.Attendance
    return session.execute(
        sa.select(mark.journey_id, mark.on, mark.mark)
        .join(m.Journey, m.Journey.id == mark.journey_id)
        .where(mark.journey_id.in_(journeys), is_there(mark.on), mark.deleted_at.is_(None))
    ).all()


def journey_facts(session: Session, journeys: Few) -> Rows:
    """(subject, what, text, number, on): families, trades, milestones, obstacles, exits."""
    family, trade, step = m.FamilyChoice, m.ProjectChoice, m.Milestone
    obstacle, ending = m.ObstacleLevel, m.JourneyExit
    arms = (
        (family, "family", _NO_TEXT, family.rank, family.discovered_on),
        (trade, "trade", trade.label, trade.rank, _NO_DATE),
        (step, "step", step.kind, _NO_NUMBER, step.done_on),
        (obstacle, "obstacle", obstacle.theme, obstacle.level, obstacle.on),
        (ending, "exit", ending.exit, _NO_NUMBER, ending.on),
    )
    return session.execute(
        sa.union_all(
            *(
                sa.select(
                    table.journey_id.label("subject"),
                    sa.literal(what).label("what"),
                    text.label("text"),
                    number.label("number"),
                    on.label("on"),
                ).where(table.journey_id.in_(journeys), table.deleted_at.is_(None))
                for table, what, text, number, on in arms
            )
        )
    ).all()


def placements(session: Session, people: Few) -> Rows:
    """The immersions of these people, the first to begin first."""
    return session.execute(
        standing.standing(
            sa.select(
                m.Placement.id,
                m.Placement.person_id,
                m.Placement.journey_id,
                m.Placement.state,
                standing.STARTS_ON,
                standing.ENDS_ON,
                standing.HOST,
            )
        )
        .where(m.Placement.person_id.in_(people))
        .order_by(standing.STARTS_ON, m.Placement.id)
    ).all()


def loans(session: Session, people: Few) -> Rows:
    """What these people have at home; computers first."""
    return session.execute(
        sa.select(m.Loan.person_id, m.Loan.due_on, m.Equipment.number, m.Equipment.kind)
        .join(m.Equipment, m.Equipment.id == m.Loan.equipment_id)
        .where(
            m.Loan.person_id.in_(people),
            m.Loan.returned_on.is_(None),
            m.Loan.deleted_at.is_(None),
        )
        .order_by(m.Equipment.kind != "computer", m.Loan.lent_on, m.Loan.id)
    ).all()


def papers(session: Session, people: Few) -> Rows:
    """(person_id, kind, state, expires_on) of papers, a residence permit being one of them."""
    permit = m.PersonResidence
    asked = sa.select(
        m.Document.person_id, m.Document.kind, m.Document.state, m.Document.expires_on
    ).where(m.Document.person_id.in_(people), m.Document.deleted_at.is_(None))
    permits = sa.select(
        permit.person_id, sa.literal("sejour"), sa.literal("checked"), permit.expires_on
    ).where(
        permit.person_id.in_(people),
        permit.expires_on.is_not(None),
        permit.deleted_at.is_(None),
    )
    return session.execute(sa.union_all(asked, permits)).all()


def agenda(session: Session, people: Few, journeys: Few, today: date) -> Rows:
    """(subject, what, text, on, minute): what is planned, and the last talk and the last note.

    The subject is the person; for a visit, the journey.
    """
    arms = (
        _open_actions(people),
        _coming_talks(people, today),
        _coming_visits(journeys, today),
        _last(m.Interview, people, m.Interview.state == "held", m.Interview.on <= today),
        _last(m.Note, people, m.Note.on <= today, m.Note.imported.is_(False)),
    )
    return session.execute(sa.union_all(*arms)).all()


def _open_actions(people: Few) -> sa.Select[Any]:
    return sa.select(
        m.Action.person_id.label("subject"),
        sa.literal("action").label("what"),
        m.Action.title.label("text"),
        m.Action.due_on.label("on"),
        m.Action.due_minute.label("minute"),
    ).where(
        m.Action.person_id.in_(people),
        m.Action.done_on.is_(None),
        m.Action.dropped_on.is_(None),
        m.Action.deleted_at.is_(None),
    )


def _coming_talks(people: Few, today: date) -> sa.Select[Any]:
    talk = m.Interview
    return sa.select(talk.person_id, sa.literal("talk"), talk.kind, talk.on, talk.start).where(
        talk.person_id.in_(people),
        talk.state == "planned",
        talk.on >= today,
        talk.deleted_at.is_(None),
    )


def _coming_visits(journeys: Few, today: date) -> sa.Select[Any]:
    place = m.VisitPlace
    name = sa.func.coalesce(m.TradeFamily.label, m.Organisation.name)
    return (
        sa.select(place.journey_id, sa.literal("visit"), name, m.Visit.on, _NO_NUMBER)
        .join(m.Visit, m.Visit.id == place.visit_id)
        .outerjoin(m.TradeFamily, m.TradeFamily.id == m.Visit.family_id)
        .outerjoin(m.Organisation, m.Organisation.id == m.Visit.organisation_id)
        .where(
            place.journey_id.in_(journeys),
            place.state == "planned",
            place.deleted_at.is_(None),
            m.Visit.deleted_at.is_(None),
            m.Visit.on >= today,
        )
    )


def _last(
    table: type[m.Interview | m.Note], people: Few, *limits: sa.ColumnElement[bool]
) -> sa.Select[Any]:
    return (
        sa.select(
            table.person_id, sa.literal("contact"), _NO_TEXT, sa.func.max(table.on), _NO_NUMBER
        )
        .where(table.person_id.in_(people), table.deleted_at.is_(None), *limits)
        .group_by(table.person_id)
    )


def doubtful_values(session: Session, *rows: Few) -> dict[UUID, int]:
    """How many values an import left empty on each of these rows, still to be mended."""
    counts = session.execute(
        sa.select(m.DataFlag.row_id, sa.func.count())
        .where(
            sa.or_(*(m.DataFlag.row_id.in_(few) for few in rows)),
            m.DataFlag.mended_on.is_(None),
            m.DataFlag.deleted_at.is_(None),
        )
        .group_by(m.DataFlag.row_id)
    )
    return dict(counts.tuples().all())


def closures(session: Session, site_id: UUID | None, first: date, last: date) -> Rows:
    """The closings of the office, or of this site, between two days."""
    return session.execute(
        sa.select(m.Closure.first_on, m.Closure.last_on, m.Closure.label).where(
            m.Closure.deleted_at.is_(None),
            m.Closure.first_on <= last,
            m.Closure.last_on >= first,
            sa.or_(m.Closure.site_id.is_(None), m.Closure.site_id == site_id),
        )
    ).all()


def settings(session: Session, keys: Collection[str]) -> dict[str, Any]:
    """The association's settings that are set, by key."""
    rows = session.execute(
        sa.select(m.Setting.key, m.Setting.value).where(
            m.Setting.key.in_(keys), m.Setting.deleted_at.is_(None)
        )
    )
    return dict(rows.tuples().all())


def words(session: Session, lists: Collection[str]) -> dict[tuple[str, str], str]:
    """The words of reference lists by (list, code): the short ones where there are."""
    item = m.ReferenceItem
    rows = session.execute(
        sa.select(item.list, item.code, item.label, item.data).where(
            item.list.in_(lists), item.deleted_at.is_(None)
        )
    )
    return {(name, code): (data or {}).get("short", label) for name, code, label, data in rows}
