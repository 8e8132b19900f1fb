"""Aïssatou, whose journey is already lived."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from connexion_desktop.data.database import Database

from ... import factories as make
from .reading import Acting, Fields


@pytest.fixture
def aissatou(database: Database, act: Acting) -> tuple[UUID, UUID]:
    """(person, journey): Aïssatou, in the seventh week of the group of Bordeaux."""
    with database.write(act()) as session:
        group = make.cohort(session)
        who = make.person(
            session,
            civility="mme",
            birth_date=date(1991, 4, 3),
            phone="06 39 98 00 11",
            city="Bordeaux",
            postal_code="33300",
            french_oral="A2",
            met_on=date(2026, 1, 20),
        )
        return who, make.journey(session, who, group, activity="cuisine")


@pytest.fixture
def fields(database: Database, act: Acting, aissatou: tuple[UUID, UUID]) -> Fields:
    return Fields(database, act, aissatou[0])
