"""A group at a glance: its people's cards, from a dozen SELECTs whatever the size of the base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from connexion_desktop.data.together import together
from connexion_desktop.domain import alerts
from connexion_desktop.domain.board import BoardQuery, GroupBoard, ProgrammeDay
from connexion_desktop.domain.weeks import days_held, programme_days
from connexion_desktop.usecases import group_reads as reads
from connexion_desktop.usecases import meeting_reads
from connexion_desktop.usecases.chosen_group import choose, closing_names
from connexion_desktop.usecases.group_cards import Frame, cards, gather

SILENCE = "programme.no_contact_days"
"""The setting that says how long a silence is too long."""


def load(session: Session, query: BoardQuery) -> GroupBoard:
    """The board of a group; without one asked for (or if it is gone), of the latest that began."""
    chosen = choose(session, query, (SILENCE,))
    group = chosen.group
    if group is None:
        return GroupBoard(query.today)
    usual = programme_days(group.starts_on, group.weeks, chosen.weekdays)
    with together(session) as ask:
        closings = ask(_closings, session, group.site_id, usual)
        drawn = ask(meeting_reads.days_of, session, group.id)
        facts = ask(gather, session, group.id, query.today)
    closed = closing_names(closings.value)
    usual = tuple(replace(day, closed=closed(day.on)) for day in usual)
    no_contact_days = chosen.settings.get(SILENCE, alerts.NO_CONTACT_DAYS)
    frame = Frame(
        today=query.today,
        days=days_held(usual, drawn.value, {on for _, on in facts.value.marks}),
        no_contact_days=no_contact_days,
        is_over=group.closed_on is not None,
        reserved=not chosen.confides(session),
    )
    return GroupBoard(
        today=query.today,
        cohort=chosen.brief(group, query.today, closed_to_me=chosen.is_closed_to_me(session)),
        days=frame.days,
        cards=cards(facts.value, frame),
        groups=tuple(chosen.brief(row, query.today) for row in chosen.listed),
        no_contact_days=no_contact_days,
    )


def load_days(session: Session, query: BoardQuery, days: int) -> list[GroupBoard]:
    """The boards that `load` gives if nothing changes: on the day asked for, and on the next ones.

    A board depends on the base and on the day alone.
    """
    nexts = (query.today + timedelta(days=later) for later in range(days))
    return [load(session, replace(query, today=day)) for day in nexts]


def _closings(session: Session, site_id: UUID | None, days: Sequence[ProgrammeDay]) -> reads.Rows:
    return reads.closures(session, site_id, days[0].on, days[-1].on) if days else ()
