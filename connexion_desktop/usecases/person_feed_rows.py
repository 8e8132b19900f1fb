"""Everything dated about a person, as one UNION ALL over the real tables.

`union()` is built once: its person is the parameter `PERSON`. Columns a table does not know are
NULL. SQLite flattens the union, so that columns nobody asks for are not computed. Statements over
it are to be built once too: SQLAlchemy takes 15 ms to recognise one that it has compiled already.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.domain.feed import FeedKind
from connexion_desktop.domain.feed_rows import NOTE_IMPORTED

from . import person_feed_steps
from . import placement_standing as standing
from .person_feed_arms import PERSON, arm, day_of, of_journeys, signed

_SEPARATOR = "\n"


@cache
def union() -> sa.Subquery:
    """One row for each thing that happened, or is to happen; attendance by day."""
    return sa.union_all(*(each() for each in _ARMS)).subquery("feed")


def _notes() -> sa.Select[Any]:
    note = m.Note
    origin = sa.case((note.imported, NOTE_IMPORTED), else_="")
    return arm(
        FeedKind.NOTE,
        note.id,
        note.on,
        note.created_at,
        text=note.text,
        state=origin,
        **signed(note),
    ).where(note.person_id == PERSON, note.deleted_at.is_(None))


def _interviews() -> sa.Select[Any]:
    talk, said = m.Interview, m.TalkNote
    return (
        arm(
            FeedKind.INTERVIEW,
            talk.id,
            talk.on,
            talk.created_at,
            title=talk.place,
            text=said.text,
            code=talk.kind,
            state=talk.state,
            minute=talk.start,
            number=talk.minutes,
            open=talk.state == "planned",
            **signed(talk),
        )
        .outerjoin(said, sa.and_(said.interview_id == talk.id, said.deleted_at.is_(None)))
        .where(talk.person_id == PERSON, talk.deleted_at.is_(None))
    )


def _actions() -> sa.Select[Any]:
    action = m.Action
    is_open = sa.and_(action.done_on.is_(None), action.dropped_on.is_(None))
    return arm(
        FeedKind.ACTION,
        action.id,
        sa.func.coalesce(action.done_on, action.dropped_on, action.created_on),
        action.created_at,
        title=action.title,
        text=sa.func.coalesce(action.outcome, action.detail),
        code=action.kind,
        state=sa.case(
            (action.done_on.is_not(None), "done"),
            (action.dropped_on.is_not(None), "dropped"),
            else_="open",
        ),
        other=action.owner,
        first=action.created_on,
        until=action.due_on,
        minute=action.due_minute,
        open=is_open,
        **signed(action),
    ).where(action.person_id == PERSON, action.deleted_at.is_(None))


def _attendance() -> sa.Select[Any]:
    mark, why, meeting = m.Attendance, m.AbsenceReason, m.Meeting
    late = sa.func.coalesce(sa.cast(mark.late_minutes, sa.String()), "")
    days = arm(
        FeedKind.ATTENDANCE,
        mark.journey_id,
        mark.on,
        sa.func.min(mark.created_at),
        title=sa.func.aggregate_strings(meeting.title, _SEPARATOR),
        text=sa.func.max(why.detail),
        code=sa.func.max(why.reason),
        marks=sa.func.aggregate_strings(mark.half + ":" + mark.mark + ":" + late, " "),
    )
    return (
        of_journeys(days, mark)
        .outerjoin(why, sa.and_(why.attendance_id == mark.id, why.deleted_at.is_(None)))
        .outerjoin(meeting, meeting.id == mark.meeting_id)
        .group_by(mark.journey_id, mark.on)
    )


def _placements() -> sa.Select[Any]:
    placement, event, signature = m.Placement, m.PlacementEvent, m.Signature
    last_event = (
        sa.select(sa.func.max(event.at))
        .where(event.placement_id == placement.id, event.deleted_at.is_(None))
        .scalar_subquery()
    )
    missing = (
        sa.select(sa.func.aggregate_strings(signature.party, " "))
        .where(
            signature.agreement_id == standing.IN_FORCE.id,
            signature.signed_on.is_(None),
            signature.voided_on.is_(None),
            signature.deleted_at.is_(None),
        )
        .scalar_subquery()
    )
    return standing.standing(
        arm(
            FeedKind.PLACEMENT,
            placement.id,
            day_of(sa.func.coalesce(last_event, placement.created_at)),
            placement.created_at,
            title=placement.number,
            text=standing.HOST,
            code=standing.TRADE,
            state=placement.state,
            other=missing,
            first=standing.STARTS_ON,
            until=standing.ENDS_ON,
            number=standing.MINUTES,
            open=sa.and_(
                placement.state != "assessed",
                placement.state != "refused",
                placement.state != "cancelled",
            ),
        )
    ).where(placement.person_id == PERSON)


def _of_loans(kind: FeedKind, on: Any, **values: Any) -> sa.Select[Any]:
    loan, equipment = m.Loan, m.Equipment
    lent = {"title": equipment.number, "code": equipment.kind, "other": equipment.model}
    return (
        arm(kind, loan.id, on, loan.created_at, **lent, **values)
        .join(equipment, equipment.id == loan.equipment_id)
        .where(loan.person_id == PERSON, loan.deleted_at.is_(None))
    )


def _loans() -> sa.Select[Any]:
    loan = m.Loan
    return _of_loans(
        FeedKind.LOAN,
        loan.lent_on,
        text=sa.func.coalesce(loan.aim, loan.condition_out),
        state=sa.case((loan.returned_on.is_(None), "out"), else_="back"),
        first=loan.returned_on,
        until=loan.due_on,
    )


def _returns() -> sa.Select[Any]:
    loan = m.Loan
    given_back = _of_loans(FeedKind.RETURN, loan.returned_on, text=loan.condition_in)
    return given_back.where(loan.returned_on.is_not(None))


def _documents() -> sa.Select[Any]:
    paper = m.Document
    return arm(
        FeedKind.DOCUMENT,
        paper.id,
        sa.func.coalesce(
            paper.checked_on, paper.received_on, paper.asked_on, day_of(paper.created_at)
        ),
        paper.created_at,
        text=paper.detail,
        code=paper.kind,
        state=paper.state,
        first=paper.asked_on,
        until=paper.expires_on,
    ).where(paper.person_id == PERSON, paper.deleted_at.is_(None))


def subjects() -> sa.Select[Any]:
    """The ids of the rows whose doubtful values are told on this person's page."""
    own = sa.select(PERSON.label("id"))
    satellites = [
        sa.select(model.id).where(model.person_id == PERSON)
        for model in (
            m.Journey,
            m.Loan,
            m.PersonSituation,
            m.PersonSocial,
            m.PersonResidence,
            m.PersonContact,
        )
    ]
    return sa.select(sa.union_all(own, *satellites).subquery("subjects").c.id)


def _flags() -> sa.Select[Any]:
    flag = m.DataFlag
    return arm(
        FeedKind.FLAG,
        flag.id,
        day_of(flag.created_at),
        flag.created_at,
        title=flag.typed,
        text=flag.problem,
        code=flag.table_name + "." + flag.field,
        first=flag.mended_on,
        open=flag.mended_on.is_(None),
    ).where(flag.row_id.in_(subjects()), flag.deleted_at.is_(None))


_ARMS = (
    _notes,
    _interviews,
    _actions,
    _attendance,
    _placements,
    _loans,
    _returns,
    _documents,
    person_feed_steps.milestones,
    person_feed_steps.intake,
    person_feed_steps.first_contact,
    person_feed_steps.entries,
    person_feed_steps.exits,
    person_feed_steps.after_exits,
    _flags,
)
