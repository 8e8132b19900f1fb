"""What each thing written about somebody needs: the person, the journey of that day, a text that
fits its column."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.imprecise import ImpreciseDate, imprecise

_LONGEST = {"title": 300, "place": 160, "detail": 400}


def the_person(session: Session, person_id: UUID) -> m.Person:
    """The person. Raises UserError if they are gone."""
    person = session.get(m.Person, person_id)
    if person is None or person.deleted_at is not None:
        raise UserError(
            "Cette personne n’est plus dans la base.",
            "Votre texte est gardé en brouillon.",
        )
    return person


def birth_of(person: m.Person | sa.Row[Any]) -> ImpreciseDate | None:
    """The birth date with its precision."""
    return imprecise(person.birth_date, person.birth_precision)


def latest_first(journey: type[m.Journey] = m.Journey) -> tuple[sa.ColumnElement[Any], ...]:
    """The order of somebody's journeys, the last begun first; of those begun on one day, the one
    still under way: a group may be left and come back to within a day."""
    return journey.entered_on.desc(), journey.left_on.is_not(None), journey.id.desc()


def journey_on(session: Session, person_id: UUID, on: date) -> UUID | None:
    """The journey under way on a day: the latest of those not left before."""
    journey = m.Journey
    return session.scalar(
        sa.select(journey.id)
        .where(
            journey.person_id == person_id,
            journey.entered_on <= on,
            sa.or_(journey.left_on.is_(None), journey.left_on >= on),
            journey.deleted_at.is_(None),
        )
        .order_by(*latest_first())
        .limit(1)
    )


def fitting(text: str, field: str, what: str) -> str:
    """The text, cleaned. Raises UserError if it is too long for its column."""
    text = " ".join(text.split()) if field != "detail" else text.strip()
    if len(text) > _LONGEST[field]:
        raise UserError(
            f"{what} dépasse {_LONGEST[field]} signes ({len(text)}).",
            "Votre texte est gardé dans le champ.",
            "Passez à la ligne : la suite ira dans le détail."
            if field == "title"
            else "Raccourcissez-le, ou écrivez une note.",
        )
    return text


def gone() -> UserError:
    """What is told of a line that is no more."""
    return UserError("Cette ligne a été supprimée entre-temps.", "Rien n’a changé.")
