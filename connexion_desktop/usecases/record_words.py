"""What the values of a record are in words: names, not identifiers; words, not codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import MODELS
from connexion_desktop.data.references import references_of
from connexion_desktop.domain.french_dates import imprecise_numeric, numeric_day
from connexion_desktop.domain.hours import clock_text, hours_text
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.names import full_name
from connexion_desktop.domain.records.declared import Measure, Part, Told

from .parts import parts
from .record_rows import Rows, Values, told_columns

_LONGEST = 400
_NAMED_BY = {
    "association": ("name",),
    "site": ("name",),
    "cohort": ("name",),
    "organisation": ("name",),
    "contact": ("name",),
    "equipment": ("number",),
    "trade_family": ("label",),
    "trade": ("label",),
    "meeting": ("title",),
    "outreach": ("place",),
    "delegation": ("reference",),
    "attachment": ("name",),
    "interview": ("on",),
    "agreement": ("number",),
    "amendment": ("number",),
    "visit": ("on",),
    "placement": ("number",),
    "loan": ("number",),
    "attendance": ("on",),
}
_PEOPLE = ("person", "staff")
_GONE = "(supprimé)"
_UNNAMED = "sans nom"
_OWNER = Told("")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of codes by list, and the names of the rows that are referred to."""

    lists: dict[tuple[str, str], str]
    names: dict[UUID, str]

    def value(self, part: Part, column: str, told: Told, values: Values) -> str:
        """What a column holds, in words; « » for nothing."""
        return self._told(told, column_types(part.table)[column], column, values)

    def _told(self, told: Told, kind: str, column: str, values: Values) -> str:
        held = values.get(column)
        match held, kind:
            case None | "", _:
                told_as = ""
            case bool(), _:
                told_as = "oui" if held else "non"
            case int(), _:
                told_as = self._code(told, str(held)) if told.words else _number(held, told.measure)
            case str(), "ref":
                told_as = self.names.get(UUID(held), _GONE)
            case str(), "date":
                told_as = _day(date.fromisoformat(held), column, values)
            case str(), "instant":
                told_as = _instant(datetime.fromisoformat(held).astimezone())
            case str(), _:
                told_as = self._code(told, held)
            case list(), _ if told.inside:
                told_as = _short(" ; ".join(", ".join(self._inside(told, each)) for each in held))
            case list(), _:
                told_as = _short(", ".join(self._code(told, str(each)) for each in held))
            case dict(), _:
                told_as = _short(" ; ".join(self._inside(told, held)))
            case _:
                told_as = _short(str(held))
        return told_as

    def _inside(self, told: Told, held: Values) -> Iterator[str]:
        for key, each in told.inside.items():
            if text := self._told(each, "ref" if each.to else "other", key, held):
                yield f"{each.label} : {text}"

    def row(self, part: Part, values: Values) -> str:
        """How one row of a part is called: « Prêt, Awa Diallo »."""
        told = told_columns(part)
        names = (
            self.value(part, column, told.get(column, _OWNER), values) for column in part.named
        )
        return ", ".join(each for each in (part.title, *names) if each)

    def _code(self, told: Told, held: str) -> str:
        if isinstance(told.words, str):
            return self.lists.get((told.words, held), held)
        return dict(told.words).get(held, _short(held))


def _day(day: date, column: str, values: Values) -> str:
    precision = values.get(f"{column.removesuffix('_date').removesuffix('_on')}_precision")
    return (
        imprecise_numeric(ImpreciseDate(day, Precision(precision)))
        if precision
        else numeric_day(day)
    )


def _instant(local: datetime) -> str:
    return f"{numeric_day(local.date())} à {clock_text(local.hour * 60 + local.minute)}"


def _number(held: int, measure: Measure) -> str:
    match measure:
        case Measure.CLOCK:
            return clock_text(held)
        case Measure.DURATION:
            return hours_text(held)
        case Measure.CENTS:
            return f"{held // 100},{held % 100:02d} €"
        case Measure.COUNT:
            return str(held)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"


@cache
def column_types(table: str) -> dict[str, str]:
    """What the columns of a table are: ref, date, instant, or other."""
    found = {}
    for column in MODELS[table].__table__.columns:
        if "to" in column.info:
            found[column.key] = "ref"
        elif isinstance(column.type, sa.Date):
            found[column.key] = "date"
        elif isinstance(column.type, m.Instant):
            found[column.key] = "instant"
        else:
            found[column.key] = "other"
    return found


def wording(session: Session, rows: Rows, known: Iterable[tuple[UUID, Values]]) -> Wording:
    """The words for what these rows hold or held."""
    lists = {
        each.words
        for part in rows.kind.parts
        for told in told_columns(part).values()
        for each in (told, *told.inside.values())
        if isinstance(each.words, str)
    }
    item = m.ReferenceItem
    found = session.execute(
        sa.select(item.list, item.code, item.label).where(item.list.in_(sorted(lists)))
    )
    words = {(row.list, row.code): row.label for row in found}
    return Wording(words, _names(session, _wanted(rows, known)))


def _wanted(rows: Rows, known: Iterable[tuple[UUID, Values]]) -> dict[str, set[UUID]]:
    """By table, the rows that are referred to."""
    wanted: dict[str, set[UUID]] = {}
    for row_id, values in known:
        table = rows.part_of[row_id].table
        for reference in references_of(table):
            if held := values.get(reference.column.key):
                wanted.setdefault(reference.to, set()).add(UUID(held))
        for column, told in told_columns(rows.part_of[row_id]).items():
            for key, each in told.inside.items():
                if each.to:
                    ids = (UUID(one[key]) for one in values.get(column) or () if key in one)
                    wanted.setdefault(each.to, set()).update(ids)
    return wanted


def _names(session: Session, wanted: dict[str, set[UUID]]) -> dict[UUID, str]:
    names: dict[UUID, str] = {}
    if journeys := wanted.pop("journey", None):
        names |= _journeys(session, journeys)
    for table, ids in wanted.items():
        columns = MODELS[table].__table__.c
        keys = ("given_name", "family_name") if table in _PEOPLE else _NAMED_BY[table]
        for part in parts(ids):
            query = sa.select(columns.id, *(columns[key] for key in keys))
            for row_id, *held in session.execute(query.where(columns.id.in_(part))):
                names[row_id] = _name(held)
    return names


def _name(held: list[Any]) -> str:
    words = [numeric_day(each) if isinstance(each, date) else str(each or "") for each in held]
    return " ".join(each for each in words if each) or _UNNAMED


def _journeys(session: Session, ids: set[UUID]) -> dict[UUID, str]:
    """« Awa Diallo (Bordeaux · mars 2026) »."""
    names = {}
    for part in parts(ids):
        found = session.execute(
            sa.select(m.Journey.id, m.Person.given_name, m.Person.family_name, m.Cohort.name)
            .join(m.Person, m.Person.id == m.Journey.person_id)
            .join(m.Cohort, m.Cohort.id == m.Journey.cohort_id)
            .where(m.Journey.id.in_(part))
        )
        for row in found:
            person = full_name(row.given_name, row.family_name or "")
            names[row.id] = f"{person} ({row.name})"
    return names
