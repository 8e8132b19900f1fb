"""Who may have been written down twice, and who was said not to be.

What is answered of a pair is kept as a setting whose key holds both ids: no table holds pairs of
people, a setting is audited and undone like the rest, and no name stands in it. What was said of
somebody holds for the file that theirs was merged into.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.duplicates import (
    Apart,
    LikelyPair,
    Registered,
    likeliest_first,
    likely_pairs,
)
from connexion_desktop.domain.name_matching import PersonTraits, folded_traits
from connexion_desktop.domain.progress import Progress
from connexion_desktop.usecases.register import Register

from .parts import parts
from .person_rows import birth_of

if TYPE_CHECKING:
    from connexion_desktop.data.store import Store

_STEP = 200
"""As many people as are read between two steps."""

APART, MERGED = "apart:", "merged:"
"""How the keys begin of the settings that say of two files that they are two people's, and of one
into which other it was merged."""


def proposed(store: Store, register: Register, progress: Progress) -> tuple[LikelyPair, ...]:
    """All those who may be one person, the likeliest first: seconds on a very large base, the first
    time, hence on a connection of its own. Raises Cancelled."""
    with register.held(progress), store.read() as session:
        everyone = bring_up_to_date(store, session, register, progress)
        if register.pairs is None:
            found = likely_pairs(everyone or _people(session), frozenset(), progress)
            register.pairs = {pair.id: pair for pair in found}
        said, pairs = apart(session), register.pairs.values()
    kept = (pair for pair in pairs if frozenset((pair.older.id, pair.newer.id)) not in said)
    return tuple(sorted(kept, key=likeliest_first))


def resembling(
    store: Store, register: Register, progress: Progress, person_id: UUID
) -> tuple[LikelyPair, ...]:
    """Those who may be this person. Raises Cancelled."""
    with register.held(progress), store.read() as session:
        bring_up_to_date(store, session, register, progress)
        return tuple(_about(session, register, progress, _people(session, {person_id})))


def bring_up_to_date(
    store: Store, session: Session, register: Register, progress: Progress
) -> Sequence[Registered]:
    """Read again those who changed, everybody the first time; each time on a server, where whom
    one sees changes with the day and the team. The session has asked nothing before. Returns
    everybody where they were all read."""
    if session.info.get("roles") is not None:
        register.forget()
    changed = register.to_read(store)
    people = _people(session, changed)
    for place, person in enumerate(people):
        if place % _STEP == 0:
            progress.step(place, len(people))
        register.put(person.id, folded_traits(person.traits))
    if changed and register.pairs is not None:
        register.part(changed)
        for pair in _about(session, register, progress, people, said=frozenset()):
            register.pairs[pair.id] = pair
    return people if changed is None else ()


def among(session: Session, register: Register, traits: PersonTraits) -> list[Registered]:
    """Those who share a clue with what is told of somebody; `register` is up to date."""
    return _people(session, register.sharing(folded_traits(traits)))


def numbered(session: Session, numbers: Sequence[str]) -> list[Registered]:
    """Those who have these numbers."""
    return [each for part in parts(numbers) for each in _read(session, m.Person.number.in_(part))]


def _about(
    session: Session,
    register: Register,
    progress: Progress,
    people: Collection[Registered],
    said: Apart | None = None,
) -> Iterator[LikelyPair]:
    """The pairs that these people are in, but those `said` to be two, in the base unless told."""
    told_apart = apart(session) if said is None else said
    for person in people:
        near = {each.id: each for each in (person, *among(session, register, person.traits))}
        yield from likely_pairs(tuple(near.values()), told_apart, progress, person.id)


def set_apart(session: Session, one: UUID, other: UUID) -> None:
    """Say that two files are two people's: they are not proposed again."""
    if frozenset((one, other)) not in apart(session):
        session.add(m.Setting(key=apart_key(one, other), value=True))


def apart_key(one: UUID, other: UUID) -> str:
    """Where what was said of two people is kept."""
    first, second = sorted((one, other))
    return f"{APART}{first.hex}:{second.hex}"


def apart(session: Session) -> Apart:
    """Those who were said to be two people, under the files that they have now."""
    into = merged_into(session)
    found = set()
    for key in _keys(session, APART):
        ids = [_now(UUID(part), into) for part in key.removeprefix(APART).split(":")]
        found.add(frozenset(ids))
    return frozenset(found)


def former_numbers(session: Session) -> Mapping[UUID, tuple[str, ...]]:
    """The numbers of the files that were merged into each person's."""
    into = merged_into(session)
    found: dict[UUID, tuple[str, ...]] = {}
    for part in parts(sorted(into)):
        rows = session.execute(sa.select(m.Person.id, m.Person.number).where(m.Person.id.in_(part)))
        for person_id, number in rows:
            kept = _now(person_id, into)
            found[kept] = (*found.get(kept, ()), number)
    return found


def merged_into(session: Session) -> Mapping[UUID, UUID]:
    """The file into which each of those that were merged was."""
    setting = m.Setting
    rows = session.execute(
        sa.select(setting.key, setting.value).where(
            setting.key.startswith(MERGED), setting.deleted_at.is_(None)
        )
    )
    return {UUID(key.removeprefix(MERGED)): UUID(value) for key, value in rows}


def _now(person_id: UUID, into: Mapping[UUID, UUID]) -> UUID:
    while person_id in into:
        person_id = into[person_id]
    return person_id


def _keys(session: Session, beginning: str) -> list[str]:
    setting = m.Setting
    return list(
        session.scalars(
            sa.select(setting.key).where(
                setting.key.startswith(beginning), setting.deleted_at.is_(None)
            )
        )
    )


def _people(session: Session, ids: Collection[UUID] | None = None) -> list[Registered]:
    """Those of these ids who are in the base; everybody without any."""
    if ids is None:
        return _read(session, sa.true())
    everyone = parts(sorted(ids))
    return [each for part in everyone for each in _read(session, m.Person.id.in_(part))]


def _read(session: Session, who: sa.ColumnElement[bool]) -> list[Registered]:
    person = m.Person
    rows = session.execute(
        sa.select(
            person.id,
            person.number,
            person.family_name,
            person.given_name,
            person.birth_date,
            person.birth_precision,
            person.phone,
            person.email,
            person.birth_name,
            person.native_name,
            person.other_phone,
        ).where(person.deleted_at.is_(None), who)
    )
    return [
        Registered(
            row.id,
            row.number,
            PersonTraits(
                row.family_name or "",
                row.given_name,
                birth_of(row),
                row.phone or "",
                row.email or "",
                row.birth_name or "",
                row.native_name or "",
                row.other_phone or "",
            ),
        )
        for row in rows
    ]
