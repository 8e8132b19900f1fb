"""What is told before two files are made one: whether they are one person, and what that person
would then have twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.french_dates import imprecise_numeric, period_text
from connexion_desktop.domain.groups import Stay
from connexion_desktop.domain.merging import Caution

from .duplicates import apart
from .merge_plan import Plan, overlap
from .merge_words import Words
from .person_rows import birth_of

_CALLED_OFF = ("cancelled", "refused")


def journeys_under_way(session: Session, person_id: UUID, today: date) -> list[m.Journey]:
    """Those not over."""
    journey = m.Journey
    rows = session.scalars(
        sa.select(journey)
        .where(journey.person_id == person_id, journey.deleted_at.is_(None))
        .order_by(journey.entered_on, journey.id)
    )
    return [row for row in rows if Stay(row.entered_on, row.left_on).is_under_way(today)]


def rivals(session: Session, plan: Plan, today: date) -> tuple[m.Journey, m.Journey] | None:
    """The journeys under way of each file, where the person would have two."""
    first = plan.joins[0]
    joined = {row.id for join in plan.joins for row in (join.kept, join.other)}
    ours, theirs = (
        [row for row in journeys_under_way(session, each.id, today) if row.id not in joined]
        for each in (first.kept, first.other)
    )
    return (ours[-1], theirs[-1]) if ours and theirs else None


def cautions(session: Session, words: Words, plan: Plan, today: date) -> Iterator[Caution]:
    kept, other = plan.joins[0].kept, plan.joins[0].other
    if frozenset((kept.id, other.id)) in apart(session):
        yield Caution(
            "Il a été dit que ce sont deux personnes. Est-ce bien la même personne ?", grave=True
        )
    births = [birth for each in (kept, other) if (birth := birth_of(each)) is not None]
    if len(births) > 1 and not births[0].may_be(births[1]):
        told = " et ".join(map(imprecise_numeric, births))
        yield Caution(
            f"Deux dates de naissance différentes : {told}. Est-ce bien la même personne ?",
            grave=True,
        )
    yield from _of_journeys(session, words, plan, today)
    yield from _of_loans(session, (kept.id, other.id))
    yield from _of_placements(session, (kept.id, other.id))


def _of_journeys(session: Session, words: Words, plan: Plan, today: date) -> Iterator[Caution]:
    found = rivals(session, plan, today)
    if found is not None:
        groups = " et ".join(words.group(row.cohort_id) for row in found)
        to_come = max(row.entered_on for row in found) > today
        when = "au premier jour du suivant" if to_come else "aujourd’hui"
        yield Caution(
            f"En parcours dans deux groupes : {groups}. Choisissez celui où le parcours continue ; "
            f"l’autre est quitté {when}, sans sortie."
        )
    if any(join.table == "journey" for join in plan.joins):
        yield Caution("Dans le même groupe sous les deux noms : les deux parcours n’en font qu’un.")
    first = plan.joins[0]
    joined = {row.id for join in plan.joins for row in (join.kept, join.other)}
    ours, theirs = (_of(session, m.Journey, each.id) for each in (first.kept, first.other))
    for one, another in product(ours, theirs):
        if joined & {one.id, another.id} or (one, another) == found or not overlap(one, another):
            continue
        yield Caution(
            f"{words.group(one.cohort_id)} et {words.group(another.cohort_id)} se chevauchent : "
            "les deux parcours restent."
        )


def _of_loans(session: Session, people: tuple[UUID, UUID]) -> Iterator[Caution]:
    lent = [
        [
            session.get_one(m.Equipment, loan.equipment_id).number
            for loan in _of(session, m.Loan, person_id)
            if loan.returned_on is None
        ]
        for person_id in people
    ]
    if all(lent):
        told = " et ".join([*lent[0], *lent[1]])
        yield Caution(
            f"Deux prêts en cours : {told}. Les deux restent, au nom de la même personne."
        )


def _of_placements(session: Session, people: tuple[UUID, UUID]) -> Iterator[Caution]:
    ours, theirs = (
        [row for row in _of(session, m.Placement, each) if row.state not in _CALLED_OFF]
        for each in people
    )
    for one, another in product(ours, theirs):
        first, last = _shared_days(one, another)
        if first is not None and last is not None and first <= last:
            yield Caution(f"Deux immersions se chevauchent, {period_text(first, last)}.")
    issued = [row.number for row in theirs if row.number]
    if issued:
        several = len(issued) > 1
        yield Caution(
            f"{'Les conventions' if several else 'La convention'} {', '.join(issued)} "
            f"{'gardent' if several else 'garde'} le nom imprimé : un papier émis ne change pas."
        )


def _shared_days(one: m.Placement, other: m.Placement) -> tuple[date | None, date | None]:
    starts = [row.starts_on for row in (one, other) if row.starts_on is not None]
    ends = [row.ends_on for row in (one, other) if row.ends_on is not None]
    if len(starts) < 2 or len(ends) < 2:
        return None, None
    return max(starts), min(ends)


def _of(session: Session, model: Any, person_id: UUID) -> Sequence[Any]:
    query = sa.select(model).where(model.person_id == person_id, model.deleted_at.is_(None))
    return session.scalars(query.order_by(model.id)).all()
