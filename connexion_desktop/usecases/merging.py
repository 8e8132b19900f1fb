"""Two files of one person made one, in one act that is undone as a whole.

The older file is kept. What hangs on the other follows it; what cannot stand twice is joined, as
was chosen; the other file is deleted, and its number still finds the one kept.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import sqlalchemy.exc
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.listing import PersonState
from connexion_desktop.domain.merging import (
    Held,
    MergePeople,
    MergeView,
    Side,
    is_empty,
    joined,
)
from connexion_desktop.domain.names import full_name, split_scripts

from . import drafts
from .duplicates import MERGED, apart_key
from .merge_cautions import journeys_under_way, rivals
from .merge_plan import Join, Plan, alive, hanging, make_plan, overlap
from .merge_view import UNDER_WAY, Field, field_columns, fields_of, key_of, make_view
from .person_details import PRECISIONS

_SAFE = "Rien n’a été fusionné."
_LEAVE_IT = "Ouvrez la liste des doublons possibles : elle est à jour."
_ON_THE_WAY = (PersonState.WAITING, PersonState.INVITED, PersonState.REFUSED, PersonState.MET)


def compare(session: Session, one: UUID, other: UUID, today: date) -> MergeView:
    """Two files side by side, the older first. Raises UserError if either is gone, or if they are
    one and the same."""
    kept, lost = _both(session, one, other)
    return make_view(session, kept, lost, make_plan(session, kept, lost), today)


def merge(session: Session, command: MergePeople) -> UUID:
    """Make two files one; whose it is now.

    Raises UserError if either changed since it was shown, or if their journeys cannot stand
    together (two under way); nothing is written then.
    """
    view, today = command.view, command.today
    kept, lost = _both(session, view.kept.id, view.other.id)
    plan = make_plan(session, kept, lost)
    if make_view(session, kept, lost, plan, today) != view:
        raise UserError(
            "Une des deux fiches a changé depuis qu’elles sont comparées.",
            _SAFE,
            "Relisez-les : elles sont affichées comme elles sont maintenant.",
        )
    already = any(_clash(session, each.id, today) for each in (kept, lost))
    found = rivals(session, plan, today)
    try:
        _write(session, command, plan)
    except sqlalchemy.exc.IntegrityError as error:
        raise UserError(
            "Les parcours de ces deux fiches ne peuvent pas tenir ensemble.",
            _SAFE,
            "Corrigez d’abord les dates d’entrée et de sortie sur l’une des deux fiches.",
        ) from error
    if found is not None:
        _end(found, command)
    if _clash(session, kept.id, today) and not already:
        raise UserError(
            "Cette personne serait en parcours dans deux groupes à la fois.",
            _SAFE,
            "Choisissez la date de sortie du groupe qu’elle a quitté.",
        )
    _drop_exits(session, plan)
    _say_where(session, kept, lost, today)
    _remember(session, kept, lost)
    drafts.follow(session, lost.id, kept.id)
    session.flush()
    return kept.id


def _both(session: Session, one: UUID, other: UUID) -> tuple[m.Person, m.Person]:
    if one == other:
        raise UserError("C’est deux fois la même fiche.", _SAFE, "Choisissez-en deux.")
    people = [session.get(m.Person, each) for each in (one, other)]
    found = [each for each in people if each is not None and each.deleted_at is None]
    if len(found) < 2:
        raise UserError("Une des deux fiches n’est plus dans la base.", _SAFE, _LEAVE_IT)
    older, newer = sorted(found, key=lambda each: (len(each.number), each.number))
    return older, newer


def _write(session: Session, command: MergePeople, plan: Plan) -> None:
    """Fill the rows kept, delete those they stand for, and only then have the others follow: two
    rows that say the same thing are never there together."""
    followers: list[tuple[Any, str, UUID]] = []
    now = m.utc_now()
    native = _in_own_script(plan.joins[0])
    for join in plan.joins:
        if join.is_whole:
            followers += _choose(session, command, join)
        else:
            _fill(command, join)
        join.other.deleted_at = now
    plan.joins[0].kept.native_name = plan.joins[0].kept.native_name or native
    session.flush()
    for move in plan.moves:
        for name, value in move.values.items():
            setattr(move.row, name, value)
    for row, name, row_id in followers:
        setattr(row, name, row_id)
    session.flush()
    for stays, goes in plan.doubles:
        goes.deleted_at = now
        for column, rows in hanging(session, goes):
            if column.table.name != "attachment_bytes":
                for row in rows:
                    setattr(row, column.name, stays.id)
    session.flush()


def _in_own_script(join: Join) -> str | None:
    """The name that one of two files writes in another alphabet: it is kept beside the other."""
    for person in (join.kept, join.other):
        native = split_scripts(full_name(person.given_name, person.family_name or "")).native
        if native:
            return native
    return None


def _fill(command: MergePeople, join: Join) -> None:
    """Give the row kept what was chosen of the other."""
    other_phone = None
    for field in list(fields_of(join)):
        if field.is_same:
            if is_empty(field.kept) and not is_empty(field.other) and field.column != "left_on":
                _put(field, field.other)
            continue
        match command.side(field.key):
            case Side.OTHER:
                _put(field, field.other)
            case Side.BOTH if field.column == "phone":
                other_phone = field.other
            case Side.BOTH:
                _put(field, joined(str(field.kept), str(field.other)))
    if other_phone is not None:
        join.kept.other_phone = other_phone


def _put(field: Field, value: Held) -> None:
    row, column = field.join.kept, field.column
    if column in PRECISIONS and isinstance(value, ImpreciseDate):
        setattr(row, PRECISIONS[column], value.precision.value)
    setattr(row, column, value.day if isinstance(value, ImpreciseDate) else value)


def _choose(session: Session, command: MergePeople, join: Join) -> list[tuple[Any, str, UUID]]:
    """Keep one of two rows as it stands, with what hangs on it: what follows, and by which column.

    Where nothing parts them, what only the other fills is taken."""
    key = key_of(join)
    differs = any(each.key == key for each in command.view.differences)
    takes = differs and command.side(key) is Side.OTHER
    for column in field_columns(join.kept.__table__, join.column):
        is_lock = column == "locked_at"  # what was sent stays so
        fills = getattr(join.kept, column) is None and (is_lock or not differs)
        if fills or (takes and not is_lock):
            setattr(join.kept, column, getattr(join.other, column))
    now = m.utc_now()
    for _column, rows in list(hanging(session, join.kept if takes else join.other)):
        for row in rows:
            row.deleted_at = now
    if not takes:
        return []
    return [
        (row, column.name, join.kept.id)
        for column, rows in hanging(session, join.other)
        for row in rows
    ]


def _end(found: tuple[m.Journey, m.Journey], command: MergePeople) -> None:
    """End, without an exit, the journey that does not go on: today, or on the day when the other
    begins if that is to come."""
    ending, going_on = found if command.side(UNDER_WAY) is Side.OTHER else (found[1], found[0])
    begins_after = going_on.entered_on > ending.entered_on
    other = going_on.entered_on if begins_after else ending.entered_on
    ending.left_on = max(command.today, other)


def _clash(session: Session, person_id: UUID, today: date) -> bool:
    """Whether somebody is, or will be, in two groups at once."""
    return any(
        overlap(one, another)
        for one, another in combinations(journeys_under_way(session, person_id, today), 2)
    )


def _drop_exits(session: Session, plan: Plan) -> None:
    """A journey that goes on after all has no exit."""
    for join in plan.joins:
        if join.table == "journey" and join.kept.left_on is None:
            for row in alive(session, "journey_exit", "journey_id", join.kept.id):
                row.deleted_at = m.utc_now()


def _say_where(session: Session, kept: m.Person, lost: m.Person, today: date) -> None:
    """Where the person is, from their journeys; without any, the further of the two steps."""
    if journeys_under_way(session, kept.id, today):
        state = PersonState.IN_GROUP
    elif alive(session, "journey", "person_id", kept.id):
        state = PersonState.OUT
    else:
        known = {kept.state, lost.state}
        state = next((each for each in _ON_THE_WAY if each in known), PersonState(kept.state))
    if kept.state != state:
        kept.state = state.value


def _remember(session: Session, kept: m.Person, lost: m.Person) -> None:
    """Keep which file the other was merged into; what was said of both is no longer so."""
    setting = m.Setting
    session.add(setting(key=f"{MERGED}{lost.id.hex}", value=str(kept.id)))
    said = sa.select(setting).where(
        setting.key == apart_key(kept.id, lost.id), setting.deleted_at.is_(None)
    )
    for row in session.scalars(said):
        row.deleted_at = m.utc_now()
