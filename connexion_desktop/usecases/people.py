"""Everyone ever met: their list, those who resemble somebody, and somebody new."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.counters import last_number, take_number
from connexion_desktop.data.together import together
from connexion_desktop.domain.duplicates import Registered
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import imprecise_numeric
from connexion_desktop.domain.imprecise import Precision
from connexion_desktop.domain.listing import PersonState
from connexion_desktop.domain.name_matching import Likeness, same_person
from connexion_desktop.domain.people import (
    STEPS,
    AlreadyKnown,
    Beginning,
    KnownPerson,
    Moved,
    MoveOn,
    NewPerson,
    Resemblance,
    known,
    person_number,
)
from connexion_desktop.domain.progress import Progress
from connexion_desktop.domain.servers import asks_elsewhere
from connexion_desktop.usecases.register import Register

from . import drafts, listing
from .duplicates import among, bring_up_to_date, former_numbers, numbered
from .roles import roles_of

if TYPE_CHECKING:
    from connexion_desktop.data.store import Store

_MOST_SHOWN = 3
_SERIES = "P"


def everyone(
    session: Session,
    author: str = "",
    today: date | None = None,
    progress: Progress | None = None,
    among: Collection[UUID] | None = None,
) -> tuple[KnownPerson, ...]:
    """All those ever met, or `among` some told by their ids, by name. What `author` typed of them
    and could not be saved, as of `today`, is to be checked too. Raises Cancelled."""
    with together(session) as ask:
        numbers = ask(former_numbers, session)
        every = ask(listing.people, session, progress, among)
    former = numbers.value
    unsaved = {} if today is None else drafts.unsaved_fields(session, author, today)
    lines = (
        replace(line, to_check=line.to_check + unsaved[line.id]) if line.id in unsaved else line
        for line in every.value
    )
    people = (known(line, former.get(line.id, ())) for line in lines)
    return tuple(sorted(people, key=lambda person: person.by_name))


def beginning(
    session: Session, author: str, today: date, long: int, first: int
) -> Beginning | None:
    """The `first` ones of a `long` list, and how many there are; None for a shorter one. By their
    names as they are written: an accent moves some once all are read."""
    person = m.Person
    counted = session.execute(
        sa.select(person.state, sa.func.count())
        .where(person.deleted_at.is_(None))
        .group_by(person.state)
    )
    states = {PersonState(state): count for state, count in counted.tuples()}
    if sum(states.values()) < long:
        return None
    family = sa.func.nullif(person.family_name, "")
    ids = session.scalars(
        sa.select(person.id)
        .where(person.deleted_at.is_(None))
        .order_by(
            sa.func.lower(sa.func.coalesce(family, person.given_name)),
            sa.func.lower(person.given_name),
            person.number,
        )
        .limit(first)
    )
    return Beginning(everyone(session, author, today, among=ids.all()), states)


def already_known(
    store: Store, register: Register, progress: Progress, command: NewPerson
) -> AlreadyKnown:
    """Whom the one about to be made may be. Raises Cancelled."""
    with store.read() as session:  # before anybody is read: whoever is made since has a later one
        last = last_number(session, _SERIES)
    with register.held(progress), store.read() as session:
        bring_up_to_date(store, session, register, progress)
        like, sites = _resembling(session, register, command), known_at(session, command)
    return AlreadyKnown(like, sites, last)


def _resembling(
    session: Session, register: Register, command: NewPerson
) -> tuple[Resemblance, ...]:
    """Those already known who may be the one about to be made, the likeliest first, a few.

    Names count whatever their order, their accents and their script; see `same_person`.
    """
    traits = command.traits
    compared = (
        (someone, same_person(traits, someone.traits))
        for someone in among(session, register, traits)
    )
    found = sorted(
        (each for each in compared if each[1].likeness is not Likeness.DIFFERENT),
        key=lambda each: (each[1].likeness is not Likeness.SAME, each[0].name, each[0].age),
    )[:_MOST_SHOWN]
    groups = _groups_of(session, {someone.id for someone, _ in found})
    return tuple(
        Resemblance(
            someone.id,
            someone.name,
            _told(someone, groups.get(someone.id, ())),
            comparison.likeness,
            ", ".join(comparison.reasons).lower(),
        )
        for someone, comparison in found
    )


def _groups_of(session: Session, people: Collection[UUID]) -> Mapping[UUID, Sequence[str]]:
    journey, cohort = m.Journey, m.Cohort
    rows = session.execute(
        sa.select(journey.person_id, cohort.name)
        .join(cohort, cohort.id == journey.cohort_id)
        .where(
            journey.person_id.in_(people), journey.deleted_at.is_(None), cohort.deleted_at.is_(None)
        )
        .order_by(journey.entered_on, journey.id)
    )
    groups: dict[UUID, list[str]] = {}
    for person_id, name in rows:
        groups.setdefault(person_id, []).append(name)
    return groups


def known_at(session: Session, command: NewPerson) -> tuple[str, ...]:
    """On a shared server, the sites where a colleague already follows somebody of this name, whom
    who asks may not see; nothing else is told. On a file everybody is seen: none."""
    return sites_elsewhere(session, command.given.latin, command.family.latin) or ()


def sites_elsewhere(session: Session, given: str, family: str) -> tuple[str, ...] | None:
    """As `known_at`, by names in Latin letters; None where the server does not say, since too many
    were asked for within a minute."""
    if not asks_elsewhere(roles_of(session)):
        return ()
    names = (sa.cast(name, sa.Text) for name in (given, family))
    asked = session.scalar(sa.select(sa.func.ask_elsewhere(*names)))  # leaves a trace
    if asked is None:
        return None if given and family else ()
    known = sa.func.known_elsewhere(sa.cast(asked, sa.Uuid))
    return tuple(sorted(session.scalars(sa.select(known))))


def create(session: Session, command: NewPerson) -> None:
    """Keep somebody new, met that day. Raises UserError without a given name, and where somebody
    who resembles them was made since it was looked whom they may be."""
    command.check()
    rank = take_number(session, _SERIES)
    if command.after is not None:
        _refuse_made_meanwhile(session, command, range(command.after + 1, rank))
    given, family, birth = command.given, command.family, command.birth
    native = " ".join(part for part in (given.native, family.native) if part)
    session.add(
        m.Person(
            id=command.id,
            number=person_number(rank),
            given_name=given.latin,
            family_name=family.latin or None,
            native_name=native or None,
            birth_date=birth.day if birth is not None else None,
            birth_precision=(birth.precision if birth is not None else Precision.DAY).value,
            state="met",
            met_on=command.on,
        )
    )


def _refuse_made_meanwhile(session: Session, command: NewPerson, ranks: range) -> None:
    """By a colleague, by an import: their numbers tell who. Whoever takes one waits until the act
    that took the last is over, hence nobody is missed."""
    for someone in numbered(session, [person_number(rank) for rank in ranks]):
        if same_person(command.traits, someone.traits).likeness is not Likeness.DIFFERENT:
            raise UserError(
                f"Une fiche vient d’être faite : {someone.name} ({someone.number}).",
                "Ce que vous avez écrit est gardé.",
                "Entrée montre si c’est la même personne.",
            )


def move_on(session: Session, command: MoveOn) -> Moved:
    """Say where people are on the way in, with its dated step. Who is in a group stays there."""
    moved = in_group = 0
    for person_id in command.people:
        person = session.get(m.Person, person_id)
        if person is None or person.deleted_at is not None:
            continue
        if person.state == PersonState.IN_GROUP:
            in_group += 1
            continue
        if person.state == command.state:
            continue
        moved += 1
        person.state = command.state.value
        step = STEPS.get(command.state)
        if step is not None:
            session.add(
                m.IntakeStep(
                    person_id=person.id,
                    kind=step,
                    on=command.on,
                    site_id=person.site_id,
                    refusal_reason=command.refusal,
                )
            )
    return Moved(command.state, moved, in_group)


def refusals(session: Session) -> tuple[tuple[str, str], ...]:
    """Why somebody does not enter: code and words, in their order."""
    item = m.ReferenceItem
    rows = session.execute(
        sa.select(item.code, item.label)
        .where(item.list == "refusal", item.deleted_at.is_(None), item.retired_on.is_(None))
        .order_by(item.position)
    )
    return tuple((row.code, row.label) for row in rows)


def _told(someone: Registered, groups: Sequence[str]) -> str:
    birth = someone.traits.birth
    born = imprecise_numeric(birth) if birth is not None else ""
    told = f"{someone.number}, groupe {', '.join(groups)}" if groups else someone.number
    return " · ".join(part for part in (born, told) if part)
