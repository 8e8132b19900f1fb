"""Saves as a page makes them: one act each, on a real base."""

from __future__ import annotations

from uuid import UUID, uuid4

from connexion_desktop.data.models import Person
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import Act


def make_person(database: Store, act: Act, **values: object) -> UUID:
    """Somebody new."""
    with database.write(act) as session:
        person = Person(number=f"P-{uuid4().hex[:6]}", given_name="Zoé", **values)
        session.add(person)
    return person.id


def change(database: Store, act: Act, person_id: UUID, **values: object) -> None:
    """Set these fields of a person."""
    with database.write(act) as session:
        person = session.get_one(Person, person_id)
        for field, value in values.items():
            setattr(person, field, value)
