"""One person opened: who she is, where she stands, what happened, in a dozen indexed SELECTs."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.attachments import Subject
from connexion_desktop.domain.drafts import texts_kept
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.feed import FeedQuery
from connexion_desktop.domain.feed_rows import FeedRow, Words
from connexion_desktop.domain.person_band import JourneyDates, band_of
from connexion_desktop.domain.person_commands import fields_key
from connexion_desktop.domain.person_fields import unsavable
from connexion_desktop.domain.person_file import JourneyLine, PersonFile, Reason
from connexion_desktop.domain.weeks import programme_days
from connexion_desktop.usecases import attachments, drafts, person_feed, person_side
from connexion_desktop.usecases.person_feed_arms import LIGHT
from connexion_desktop.usecases.person_feed_rows import union
from connexion_desktop.usecases.person_header import header_of, read_journey, read_person
from connexion_desktop.usecases.roles import is_confided


def load(
    session: Session,
    person_id: UUID,
    today: date,
    feed: FeedQuery | None = None,
    *,
    author: str = "",
) -> PersonFile:
    """All that the page shows to `author`; of the feed, the first page or what `feed` asks for.

    Raises UserError if the person is gone.
    """
    with together(session) as ask:
        asked = ask(read_person, session, person_id)
        known = ask(person_feed.read_words, session, person_id)
        latest = ask(read_journey, session, person_id)
        dated = ask(_light_rows, session, person_id)
        confided = ask(is_confided, session, person_id)
        files = ask(attachments.count_of, session, Subject("person", person_id))
    person, words, journey, rows = asked.value, known.value, latest.value, dated.value
    if person is None:
        raise UserError(
            "Cette personne n’est plus dans la base.",
            "Ce qui la concerne est gardé au journal.",
            "Revenez au groupe.",
        )
    journey_id = None if journey is None else journey.id
    with together(session) as ask:
        shown = ask(person_feed.load, session, feed or FeedQuery(person_id, today), words)
        days = ask(_meeting_days, session, journey_id)
        project = ask(person_side.project, session, journey_id)
        obstacles = ask(person_side.obstacles, session, journey_id)
        families = ask(person_side.families, session, journey_id)
    reserved = not confided.value
    unsaved = _unsaved(session, person_id, today, author)
    dates, meetings = None if journey is None else _dates(journey), days.value
    return PersonFile(
        header=header_of(person, journey, rows, today, unsaved, reserved=reserved),
        journey=None if journey is None else _line(journey),
        band=band_of(
            rows,
            dates,
            person.met_on,
            words,
            today,
            coming_days=[] if dates is None else _coming_days(meetings, dates, today),
        ),
        feed=shown.value,
        project=project.value,
        obstacles=obstacles.value,
        families=families.value,
        reasons=_reasons(words),
        expected_on=None if journey is None else meetings | _programme_days(journey),
        files=files.value,
        reserved=reserved,
    )


def _unsaved(session: Session, person_id: UUID, today: date, author: str) -> int:
    """How many fields hold what `author` typed and what cannot be saved as it is."""
    typed = drafts.take(session, author, fields_key(person_id))
    return unsavable(texts_kept(typed), today) if typed else 0


def warm(session: Session, today: date) -> None:
    """Open somebody for nothing: what SQLAlchemy compiles then is ready for the first real one.

    The first opening takes 100 ms more than the next ones; this is for an idle moment.
    """
    anybody = session.scalar(
        sa.select(m.Journey.person_id).where(m.Journey.deleted_at.is_(None)).limit(1)
    )
    if anybody is not None:
        load(session, anybody, today)


def _light_rows(session: Session, person_id: UUID) -> list[FeedRow]:
    rows = session.execute(_light(), {"person_id": person_id})
    return [person_feed.feed_row(row._asdict()) for row in rows]


@cache
def _light() -> sa.Select[Any]:
    """Everything dated, without the long texts; the host's name of an immersion is kept."""
    feed = union()
    columns = [feed.c[name] for name in LIGHT]
    host = sa.case((feed.c.kind == "placement", feed.c.text), else_=None).label("text")
    return sa.select(*columns, host).order_by(feed.c.on)


def _programme_days(journey: sa.Row[Any]) -> frozenset[date]:
    return frozenset(day.on for day in programme_days(journey.starts_on, journey.weeks))


def _dates(journey: sa.Row[Any]) -> JourneyDates:
    last = journey.ends_on or max(_programme_days(journey), default=journey.starts_on)
    return JourneyDates(
        journey.entered_on, last, journey.left_on, journey.extended_to, journey.weeks
    )


def _line(journey: sa.Row[Any]) -> JourneyLine:
    return JourneyLine(
        id=journey.id,
        cohort_id=journey.cohort_id,
        cohort_name=journey.cohort,
        entered_on=journey.entered_on,
        left_on=journey.left_on,
    )


def _coming_days(meetings: frozenset[date], dates: JourneyDates, today: date) -> list[date]:
    """The days on which the group, or this person alone, is still expected."""
    if today >= dates.group_ends_on:
        return []
    return sorted(day for day in meetings if day > today)


def _meeting_days(session: Session, journey_id: UUID | None) -> frozenset[date]:
    """The days of the group's séances, and of this person's own."""
    if journey_id is None:
        return frozenset()
    return frozenset(session.scalars(_select_meeting_days(), {"journey_id": journey_id}))


@cache
def _select_meeting_days() -> sa.CompoundSelect[Any]:
    meeting, place, journey = m.Meeting, m.MeetingParticipant, m.Journey
    asked = sa.bindparam("journey_id", type_=sa.Uuid())
    alive = (meeting.deleted_at.is_(None), meeting.state != "cancelled")
    of_the_group = (
        sa.select(meeting.on)
        .join(journey, journey.cohort_id == meeting.cohort_id)
        .where(journey.id == asked, *alive)
    )
    of_her_own = (
        sa.select(meeting.on)
        .join(place, place.meeting_id == meeting.id)
        .where(place.journey_id == asked, place.deleted_at.is_(None), *alive)
    )
    return sa.union(of_the_group, of_her_own)


def _reasons(words: Words) -> tuple[Reason, ...]:
    return tuple(Reason(code, label) for code, label in words.offered("absence_reason"))
