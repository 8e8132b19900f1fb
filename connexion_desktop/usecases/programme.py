"""The programme of a group: read, drawn up from a model, drawn again without losing what is
noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.drawing_up import (
    Circumstances,
    Drawing,
    DrawUp,
    OfferedActivity,
    draw,
)
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.kept_template import Kept, lines_of
from connexion_desktop.domain.meetings import Clash, MeetingRow, clashes
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.programme import Programme
from connexion_desktop.domain.programme_days import Cycle, draw_days
from connexion_desktop.domain.template_editing import KeepAsTemplate

from . import group_reads, meeting_reads, programme_templates
from .chosen_group import Chosen, choose, closing_names
from .meetings import put, refuse_named
from .presence_following import following
from .roles import staff_of
from .taking_away import hanging, take_away

_LONGEST = timedelta(days=3 * 365)
"""How far closures are looked for: no cycle is longer."""


def load(session: Session, query: BoardQuery) -> Programme:
    """The programme of a group; without one asked for (or if it is gone), of the latest begun."""
    chosen = choose(session, query)
    group = chosen.group
    if group is None:
        return Programme(query.today)
    with together(session) as ask:
        known = ask(meeting_reads.participants, session, group.id)
        guests = ask(meeting_reads.guests, session, group.id)
        found = ask(meeting_reads.read, session, meeting_reads.of_group(group.id))
        others = ask(meeting_reads.read, session, meeting_reads.beside(group.id))
        closed = ask(_closed, session, group.site_id, group.starts_on)
    people = known.value
    meetings = found.value.told({group.id: people})
    elsewhere = others.value.told({})
    own_clashes = _own_clashes(meetings, elsewhere)
    clashing = {each for clash in own_clashes for each in (clash.one, clash.other)}
    return Programme(
        today=query.today,
        cohort=chosen.brief(group, query.today, closed_to_me=chosen.is_closed_to_me(session)),
        weeks=group.weeks,
        weekdays=chosen.weekdays,
        cycle=_cycle(chosen, closed.value),
        people=people,
        guests=guests.value,
        meetings=meetings,
        clashes=own_clashes,
        beside=tuple(each for each in elsewhere if each.id in clashing),
        groups=tuple(chosen.brief(row, query.today) for row in chosen.listed),
        followed=_followed(session, chosen),
    )


def _followed(session: Session, chosen: Chosen) -> frozenset[UUID] | None:
    if staff_of(session) is None:
        return None
    group = chosen.group
    return chosen.mine | {group.id} if group and chosen.confides(session) else chosen.mine


def _own_clashes(
    meetings: tuple[MeetingRow, ...], others: tuple[MeetingRow, ...]
) -> tuple[Clash, ...]:
    """What clashes with a séance of the group, be it another group's."""
    own = {each.id for each in meetings}
    found = clashes((*meetings, *(each for each in others if each.id not in own)))
    return tuple(each for each in found if each.one in own or each.other in own)


def _closed(session: Session, site_id: UUID | None, first: date) -> Callable[[date], str]:
    return closing_names(group_reads.closures(session, site_id, first, first + _LONGEST))


def _cycle(chosen: Chosen, closed: Callable[[date], str]) -> Cycle | None:
    """None where closures leave no day: who draws it up is told so."""
    try:
        return _drawn(chosen, closed)
    except UserError:
        return None


def _group_gone() -> UserError:
    return UserError(
        "Ce groupe n’est plus dans la base.",
        "Rien n’a changé.",
        "Choisissez un autre groupe (Ctrl+G).",
    )


def _drawn(chosen: Chosen, closed: Callable[[date], str]) -> Cycle:
    group = chosen.group
    if group is None:
        raise _group_gone()
    return draw_days(group.starts_on, group.weeks, closed, chosen.weekdays)


def preview(session: Session, command: DrawUp) -> Drawing:
    """What drawing up would do; nothing is written. Raises UserError where the group, or the model,
    is gone, where closures leave no day, or where who is named at a séance is not to be changed by
    who asks."""
    query = BoardQuery(command.cohort_id, command.today)
    chosen = choose(session, query)
    group = chosen.group
    if group is None or group.id != command.cohort_id:
        raise _group_gone()
    with together(session) as ask:
        models = ask(programme_templates.every, session)
        people = ask(meeting_reads.participants, session, group.id)
        found = ask(meeting_reads.read, session, meeting_reads.own(group.id))
        closed = ask(_closed, session, group.site_id, group.starts_on)
        activities = ask(_activities, session, group.id)
        place = ask(_place, session, group)
    template = next((each for each in models.value if each.id == command.template_id), None)
    if template is None:
        raise UserError(
            "Ce modèle de programme n’est plus dans la base.",
            "Rien n’a changé.",
            "Choisissez-en un autre.",
        )
    template = programme_templates.standing_partners(session, template)
    where = Circumstances(
        group.id,
        place.value,
        group.conseiller_id,
        activities.value,
        closed.value,
    )
    known = found.value.told({group.id: people.value})
    drawing = draw(_drawn(chosen, closed.value), template, known, where, command.today)
    refuse_named(session, drawing.dropped)
    return drawing


def draw_up(session: Session, command: DrawUp) -> Drawing:
    """Put the model on the days of the group. What took place, or is noted, stays. Raises UserError
    as `preview` does, and where all is so already."""
    drawing = preview(session, command)
    with following(session, (*drawing.dropped, *(new.id for new in drawing.made))):
        for meeting_id in drawing.gone:
            take_away(session, hanging(session, "meeting", meeting_id))
        known = _standing(session, drawing)
        is_other = bool(drawing.gone)
        for new in drawing.made:
            if new.id in known:
                rest = {**hanging(session, "meeting", new.id), "meeting": set()}
                take_away(session, rest)
                is_other = is_other or any(rest.values())
            is_other = put(session, new, known.get(new.id)) or is_other
    if not is_other:
        raise UserError(
            "Le programme est déjà celui de ce modèle.",
            "Rien n’a changé.",
            "Choisissez un autre modèle, ou modifiez les séances une à une.",
        )
    return drawing


def _standing(session: Session, drawing: Drawing) -> dict[UUID, m.Meeting]:
    """The séances that are drawn again, by their ids."""
    again = {*drawing.dropped} - {*drawing.gone}
    found = session.scalars(sa.select(m.Meeting).where(m.Meeting.id.in_(again)))
    return {each.id: each for each in found}


def keep_as_template(session: Session, command: KeepAsTemplate) -> Kept:
    """Make a model of what a group's programme holds; gives what is kept of it. Raises UserError
    where the group is gone or has no séance, without a name, or where another model has it."""
    chosen = choose(session, BoardQuery(command.cohort_id, date.max))
    group = chosen.group
    if group is None or group.id != command.cohort_id:
        raise _group_gone()
    with together(session) as ask:
        found = ask(meeting_reads.read, session, meeting_reads.own(group.id))
        closed = ask(_closed, session, group.site_id, group.starts_on)
        activities = ask(_activities, session, group.id)
        place = ask(_place, session, group)
    kept = lines_of(
        found.value.told({}),
        _drawn(chosen, closed.value),
        chosen.weekdays,
        places=frozenset(each for each in (place.value, group.room, group.site) if each),
        offered=activities.value,
    )
    if not kept.lines:
        raise UserError(
            "Ce groupe n’a aucune séance à reprendre dans un modèle.",
            "Aucun modèle n’a été fait.",
            "Établissez d’abord son programme (Ctrl+E).",
        )
    programme_templates.add(session, command.id, command.name, kept.lines)
    return kept


def _place(session: Session, group: sa.Row[Any]) -> str:
    """Where a group meets: the room of its site, which is named too where another has a room of
    that name; the site, without a room."""
    if not group.room:
        return group.site or ""
    others = sa.select(m.Site.room).where(
        m.Site.id != group.site_id, m.Site.room.is_not(None), m.Site.deleted_at.is_(None)
    )
    known = {fold(each or "") for each in session.scalars(others)}
    return f"{group.room}, {group.site}" if fold(group.room) in known else group.room


def _activities(session: Session, cohort_id: UUID) -> tuple[OfferedActivity, ...]:
    """The activities of a group: those it is offered, and those that its people chose."""
    offered, item, journey = m.CohortActivity, m.ReferenceItem, m.Journey
    partners = dict(
        session.execute(
            sa.select(offered.activity, offered.partner_id).where(
                offered.cohort_id == cohort_id, offered.deleted_at.is_(None)
            )
        )
        .tuples()
        .all()
    )
    chosen = session.scalars(
        sa.select(journey.activity).where(
            journey.cohort_id == cohort_id,
            journey.activity.is_not(None),
            journey.deleted_at.is_(None),
        )
    )
    wanted = {*partners, *chosen}
    rows = session.execute(
        sa.select(item.code, item.label)
        .where(item.list == "activity", item.code.in_(wanted), item.deleted_at.is_(None))
        .order_by(item.position)
    )
    return tuple(OfferedActivity(code, label, partners.get(code)) for code, label in rows)
