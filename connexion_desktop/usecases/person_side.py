"""Beside the feed: the project, the obstacles, the trade families; read, and edited in place."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.person_commands import (
    SIDE,
    FamilyEdit,
    ObstacleEdit,
    ProjectEdit,
)
from connexion_desktop.domain.person_file import (
    NOT_ASSESSED,
    OBSTACLE_LEVELS,
    PROJECT_RANKS,
    FamilyRow,
    ObstacleRow,
    ProjectRow,
    ProjectState,
)

from .conflicts import Held, refuse_overwriting

_LONGEST_LABEL = 160
_MOST_INTEREST = 5


_JOURNEY: sa.BindParameter[Any] = sa.bindparam("journey_id", type_=sa.Uuid())


def project(session: Session, journey_id: UUID | None) -> tuple[ProjectRow, ...]:
    """The three ranks, filled or not; nothing without a journey."""
    if journey_id is None:
        return ()
    known = {
        rank: ProjectRow(rank, label, ProjectState(state))
        for rank, label, state in session.execute(_choices(), {"journey_id": journey_id})
    }
    return tuple(known.get(rank, ProjectRow(rank)) for rank in PROJECT_RANKS)


@cache
def _choices() -> sa.Select[Any]:
    choice = m.ProjectChoice
    return (
        sa.select(choice.rank, choice.label, choice.state)
        .where(choice.journey_id == _JOURNEY, choice.deleted_at.is_(None))
        .order_by(choice.rank, choice.id.desc())
    )


def obstacles(session: Session, journey_id: UUID | None) -> tuple[ObstacleRow, ...]:
    """Every theme of the list: its level at entry, and the latest. One that was retired is there
    only where it was assessed."""
    if journey_id is None:
        return ()
    with together(session) as ask:
        levels = ask(session.execute, _levels(), {"journey_id": journey_id})
        themes = ask(session.execute, _themes())
    entry: dict[str, int] = {}
    latest: dict[str, int] = {}
    for theme, value, stage in levels.value:
        if stage == "entry" or theme not in entry:
            entry[theme] = value
        latest[theme] = value
    return tuple(
        ObstacleRow(
            theme=code,
            label=(data or {}).get("short", label),
            levels=tuple((data or {}).get("levels", ())),
            entry=entry.get(code, NOT_ASSESSED),
            today=latest.get(code, NOT_ASSESSED),
        )
        for code, label, data, retired_on in themes.value
        if retired_on is None or code in latest
    )


@cache
def _levels() -> sa.Select[Any]:
    level = m.ObstacleLevel
    return (
        sa.select(level.theme, level.level, level.stage)
        .where(level.journey_id == _JOURNEY, level.deleted_at.is_(None))
        .order_by(level.on, level.created_at, level.id)
    )


@cache
def _themes() -> sa.Select[Any]:
    item = m.ReferenceItem
    return (
        sa.select(item.code, item.label, item.data, item.retired_on)
        .where(item.list == "obstacle", item.deleted_at.is_(None))
        .order_by(item.position)
    )


def families(session: Session, journey_id: UUID | None) -> tuple[FamilyRow, ...]:
    """Those chosen, by rank, discoveries « hors catalogue » among them; then all the others."""
    if journey_id is None:
        return ()
    with together(session) as ask:
        choices = ask(session.execute, _chosen(), {"journey_id": journey_id})
        offered = ask(session.execute, _catalogue())
    rows, catalogue = choices.value.all(), offered.value.all()
    labels = {row.id: row.short or row.label for row in catalogue}
    chosen = [
        FamilyRow(
            family_id=row.family_id,
            choice_id=row.id,
            label=row.other_label or labels.get(row.family_id, "Filière retirée"),
            discovered=row.discovered_on is not None,
            interest=row.interest or 0,
        )
        for row in rows
    ]
    known = {row.family_id for row in rows}
    others = [
        FamilyRow(row.id, None, labels[row.id], to_confirm=row.to_confirm)
        for row in catalogue
        if row.id not in known and row.retired_on is None
    ]
    return tuple(chosen + others)


@cache
def _chosen() -> sa.Select[Any]:
    choice = m.FamilyChoice
    return (
        sa.select(
            choice.id,
            choice.family_id,
            choice.other_label,
            choice.discovered_on,
            choice.interest,
        )
        .where(choice.journey_id == _JOURNEY, choice.deleted_at.is_(None))
        .order_by(choice.rank, choice.id)
    )


@cache
def _catalogue() -> sa.Select[Any]:
    family = m.TradeFamily
    return (
        sa.select(family.id, family.short, family.label, family.to_confirm, family.retired_on)
        .where(family.deleted_at.is_(None))
        .order_by(family.position)
    )


def set_project(session: Session, edit: ProjectEdit) -> None:
    """Set the trade of a rank, or take it away. Raises UserError on a name too long, and where the
    journey is gone, ConflictError where somebody changed it since it was seen, as each act below
    does."""
    label = " ".join(edit.label.split())
    if len(label) > _LONGEST_LABEL:
        raise UserError(f"Ce métier dépasse {_LONGEST_LABEL} signes.", "Il n’a pas été enregistré.")
    _refuse_gone(session, edit.journey_id)
    choice = m.ProjectChoice
    row = session.scalars(
        sa.select(choice)
        .where(
            choice.journey_id == edit.journey_id,
            choice.rank == edit.rank,
            choice.deleted_at.is_(None),
        )
        .order_by(choice.id)
        .limit(1)
    ).one_or_none()
    now = ("", ProjectState.EXPLORE) if row is None else (row.label, ProjectState(row.state))
    rows = () if row is None else (row,)
    held = Held(f"Projet, choix {edit.rank}", now, rows, ("label", "state"))
    refuse_overwriting(session, edit.seen, SIDE, (label, edit.state), lambda _name: held)
    if row is None and label:
        session.add(
            choice(journey_id=edit.journey_id, rank=edit.rank, label=label, state=edit.state.value)
        )
    elif row is not None and label:
        if row.label != label:
            row.trade_id = None
        row.label, row.state = label, edit.state.value
    elif row is not None:
        row.deleted_at = m.utc_now()


def _refuse_gone(session: Session, journey_id: UUID) -> None:
    journey = session.get(m.Journey, journey_id)
    if journey is None or journey.deleted_at is not None:
        raise UserError("Ce parcours n’est plus dans la base.", "Rien n’a changé.")


def set_obstacle(session: Session, edit: ObstacleEdit) -> None:
    """Say the level of an obstacle on a day; said twice that day, the second counts."""
    if edit.level not in (NOT_ASSESSED, *OBSTACLE_LEVELS):
        raise UserError("Un frein va de 1 (sans difficulté) à 5 (bloquant).", "Rien n’a changé.")
    _refuse_gone(session, edit.journey_id)
    level = m.ObstacleLevel
    _refuse_overwriting_level(session, edit)
    row = session.scalars(
        sa.select(level)
        .where(
            level.journey_id == edit.journey_id,
            level.theme == edit.theme,
            level.on == edit.on,
            level.stage == "follow_up",
            level.deleted_at.is_(None),
        )
        .limit(1)
    ).one_or_none()
    if row is not None and edit.level == NOT_ASSESSED:
        row.deleted_at = m.utc_now()
    elif row is not None:
        row.level = edit.level
    elif edit.level != NOT_ASSESSED:
        session.add(
            level(journey_id=edit.journey_id, theme=edit.theme, level=edit.level, on=edit.on)
        )


def _refuse_overwriting_level(session: Session, edit: ObstacleEdit) -> None:
    if edit.seen is None:
        return
    level = m.ObstacleLevel
    rows = session.scalars(
        sa.select(level).where(level.journey_id == edit.journey_id, level.theme == edit.theme)
    )
    shown = {row.theme: row for row in obstacles(session, edit.journey_id)}
    now = shown.get(edit.theme)
    held = Held(
        f"Frein : {now.label}" if now is not None else "Frein",
        now.today if now is not None else NOT_ASSESSED,
        tuple(rows),
        ("level", "deleted_at"),
    )
    refuse_overwriting(session, edit.seen, SIDE, edit.level, lambda _name: held)


def set_family(session: Session, edit: FamilyEdit) -> None:
    """Mark a family as discovered or not, with its interest; one never chosen is chosen thereby."""
    if not 0 <= edit.interest <= _MOST_INTEREST:
        raise UserError("L’intérêt va de 1 à 5 étoiles.", "Rien n’a changé.")
    _refuse_gone(session, edit.journey_id)
    row = _chosen_already(session, edit)
    now = (False, 0) if row is None else (row.discovered_on is not None, row.interest or 0)
    rows = () if row is None else (row,)
    held = Held("Filière", now, rows, ("discovered_on", "interest"))
    mine = (edit.discovered, edit.interest)
    refuse_overwriting(session, edit.seen, SIDE, mine, lambda _name: held)
    if row is None:
        row = m.FamilyChoice(
            journey_id=edit.journey_id,
            family_id=edit.family_id,
            rank=_next_rank(session, edit.journey_id),
        )
        session.add(row)
    if not edit.discovered:
        row.discovered_on = None
    elif row.discovered_on is None:
        row.discovered_on = edit.on
    row.interest = edit.interest or None


def _chosen_already(session: Session, edit: FamilyEdit) -> m.FamilyChoice | None:
    """The choice meant, or that of the same family made in the meantime."""
    choice = m.FamilyChoice
    row = None if edit.choice_id is None else session.get(choice, edit.choice_id)
    if row is not None and row.deleted_at is None:
        return row
    return session.scalar(
        sa.select(choice).where(
            choice.journey_id == edit.journey_id,
            choice.family_id == edit.family_id,
            choice.deleted_at.is_(None),
        )
    )


def _next_rank(session: Session, journey_id: UUID) -> int:
    choice = m.FamilyChoice
    highest = session.scalar(
        sa.select(sa.func.max(choice.rank)).where(
            choice.journey_id == journey_id, choice.deleted_at.is_(None)
        )
    )
    return (highest or 0) + 1


def drop_family(session: Session, choice_id: UUID) -> None:
    """Take a family away from the choices."""
    row = session.get(m.FamilyChoice, choice_id)
    if row is not None and row.deleted_at is None:
        row.deleted_at = m.utc_now()
