"""Two files side by side: what differs, what does not, what follows, what to beware of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.french_dates import (
    imprecise_numeric,
    numeric_day,
)
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.merging import (
    SECTIONS,
    Difference,
    FileHead,
    Held,
    Known,
    MergeView,
    Side,
    best,
    following_text,
    is_empty,
    says_the_same,
)
from connexion_desktop.domain.names import full_name
from connexion_desktop.domain.phones import bare_phone, tidy_phone

from .merge_cautions import cautions, rivals
from .merge_plan import Join, Plan, unique_indexes
from .merge_words import Words
from .person_details import PRECISIONS

UNDER_WAY = "journey.open"
"""The key of the choice of the journey that goes on."""

_OF_THE_ROW = frozenset({"id", "association_id", "version", "created_at", "deleted_at"})
_SETTLED = {"person": frozenset({"number", "state"})}
_BOTH = "Les deux, l’un sous l’autre"
_BOTH_PHONES = "Les deux : le second comme autre téléphone"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of two rows that become one, and what each holds."""

    join: Join
    column: str
    kept: Held
    other: Held

    @property
    def key(self) -> str:
        """What it is chosen by."""
        return key_of(self.join, self.column)

    @property
    def is_same(self) -> bool:
        """Whether there is nothing to choose: equal, or empty on a side. A journey under way is not
        an empty field."""
        if self.column == "left_on":
            return self.kept == self.other
        if self.column == "other_phone" and self.join.table == "person" and _two_numbers(self.join):
            return True  # they are told by the first phone
        if is_empty(self.kept) or is_empty(self.other):
            return True
        return says_the_same(self.column, self.kept, self.other)


def key_of(join: Join, column: str = "") -> str:
    """What a choice is known by: « person.phone », « attendance:… »."""
    field = f"{join.table}.{column}" if column else join.table
    return f"{field}:{join.other.id.hex}" if join.column else field


def fields_of(join: Join) -> Iterator[Field]:
    """The fields of two rows that become one; a date with its precision is one field."""
    for column in field_columns(join.kept.__table__, join.column):
        yield Field(join, column, held(join.kept, column), held(join.other, column))


def field_columns(table: sa.Table, reference: str) -> list[str]:
    """The columns of a table that say something of whom it refers to by `reference`, rather than
    which row it is."""
    told = _OF_THE_ROW | {reference} | frozenset(PRECISIONS.values())
    told |= _SETTLED.get(table.name, frozenset())
    if reference and table.name != "journey":
        for index in unique_indexes(table.c[reference]):
            told |= {column.name for column in index.columns}
    if table.name == "journey":
        told |= {"cohort_id"}
    return [column.name for column in table.columns if column.name not in told]


def held(row: Any, column: str) -> Held:
    """What a field of a row holds."""
    value: Held = getattr(row, column)
    if isinstance(value, date) and column in PRECISIONS:
        return ImpreciseDate(value, Precision(getattr(row, PRECISIONS[column])))
    return value


def make_view(
    session: Session, kept: m.Person, other: m.Person, plan: Plan, today: date
) -> MergeView:
    """See the module."""
    words = Words(session)
    differences: list[Difference] = []
    known: list[Known] = []
    for join in sorted(plan.joins, key=_place):
        if join.is_whole:
            differences += _whole(words, join)
            continue
        for field in fields_of(join):
            if field.is_same:
                known += _known(words, field)
            else:
                differences.append(_difference(words, field))
    differences += _which_goes_on(session, words, plan, today)
    sections = list(dict.fromkeys(each.section for each in differences))
    return MergeView(
        _head(words, session, kept),
        _head(words, session, other),
        tuple(sorted(differences, key=lambda each: sections.index(each.section))),
        tuple(known),
        tuple(cautions(session, words, plan, today)),
        following_text(plan.counts),
    )


def _place(join: Join) -> int:
    """Where the fields of a table stand among the others."""
    places = list(SECTIONS)
    return places.index(join.table) if join.table in places else len(places)


def _difference(words: Words, field: Field) -> Difference:
    join, column = field.join, field.column
    joins = _joins(field)
    return Difference(
        field.key,
        words.section(join, column),
        words.label(join, column),
        words.told(join, column, field.kept),
        words.told(join, column, field.other),
        best(column, field.kept, field.other, joins=bool(joins)),
        joins,
    )


def _joins(field: Field) -> str:
    """What keeping both values would do; « » where one has to be chosen."""
    table = field.join.kept.__table__
    if isinstance(table.c[field.column].type, sa.Text):
        return _BOTH
    is_phone = table.name == "person" and field.column == "phone"
    return _BOTH_PHONES if is_phone and _two_numbers(field.join) else ""


def _two_numbers(join: Join) -> bool:
    """Whether two people have two phone numbers between them, which one file can hold."""
    people = (join.kept, join.other)
    phones = [phone for each in people for phone in (each.phone, each.other_phone) if phone]
    return all(each.phone for each in people) and len(set(map(bare_phone, phones))) == 2


def _known(words: Words, field: Field) -> list[Known]:
    value = field.other if is_empty(field.kept) else field.kept
    told = words.told(field.join, field.column, value)
    if is_empty(value) or not told:
        return []
    section = words.section(field.join, field.column)
    return [Known(section, words.label(field.join, field.column), told)]


def _whole(words: Words, join: Join) -> list[Difference]:
    kept, other = words.whole(join.kept), words.whole(join.other)
    if kept == other:
        return []
    section, label = words.section(join, ""), words.whole_label(join.kept)
    filed = [getattr(row, "locked_at", None) is not None for row in (join.kept, join.other)]
    takes = filed[1] if any(filed) else other.startswith(kept)
    proposed = Side.OTHER if takes else Side.KEPT
    return [Difference(key_of(join), section, label, kept, other, proposed)]


def _which_goes_on(session: Session, words: Words, plan: Plan, today: date) -> list[Difference]:
    found = rivals(session, plan, today)
    if found is None:
        return []
    kept, other = (f"{words.group(row.cohort_id)}, depuis le {numeric_day(row.entered_on)}"
                   for row in found)  # fmt: skip
    later = Side.OTHER if found[1].entered_on > found[0].entered_on else Side.KEPT
    return [Difference(UNDER_WAY, "Parcours", "Groupe où le parcours continue", kept, other, later)]


def _head(words: Words, session: Session, person: m.Person) -> FileHead:
    birth = held(person, "birth_date")
    journeys = session.scalars(
        sa.select(m.Journey.cohort_id)
        .where(m.Journey.person_id == person.id, m.Journey.deleted_at.is_(None))
        .order_by(m.Journey.entered_on.desc())
    )
    group = next((words.group(each) for each in journeys), "")
    facts = (
        imprecise_numeric(birth) if isinstance(birth, ImpreciseDate) else "",
        tidy_phone(person.phone) if person.phone else "",
        group or person.city or "",
    )
    name = full_name(person.given_name, person.family_name or "")
    return FileHead(person.id, person.number, name, " · ".join(fact for fact in facts if fact))
