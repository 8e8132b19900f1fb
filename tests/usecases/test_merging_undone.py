"""Whatever hangs on two people and whatever is chosen, nothing is left behind by a merge, and all
comes back when it is undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import MODELS
from connexion_desktop.data.database import Database
from connexion_desktop.data.references import POINTERS, references_to
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.merging import MergePeople, Side
from connexion_desktop.usecases import merging, undo

from .. import factories as make
from ..any_row import any_row, dump
from ..factories import TODAY

Acts = Callable[..., Act]
Dump = dict[tuple[str, UUID], dict[str, object]]


class Couple:
    """Two people of a base, for one example."""

    def __init__(self, database: Database, act: Acts) -> None:
        self.database, self.act = database, act

    def start(self) -> None:
        with self.database.write(self.act()) as session:
            self.older = make.person(session, "Olena", "Kovalenko")
            self.newer = make.person(session, "Olena", "Kovalenko")

    def merge(self, pick: Callable[[tuple[Side, ...]], Side]) -> None:
        with self.database.write(self.act("Fusion de deux fiches")) as session:
            view = merging.compare(session, self.older, self.newer, TODAY)
            sides = {each.key: pick(each.sides) for each in view.differences}
            merging.merge(session, MergePeople(view, TODAY, sides))

    def undo(self) -> None:
        with self.database.write(self.act("Annulation")) as session:
            undo.undo_last(session, self.act().author)

    def redo(self) -> None:
        with self.database.write(self.act("Rétablissement")) as session:
            undo.redo_last(session, self.act().author)

    def dump(self) -> Dump:
        with self.database.read() as session:
            return {key: dict(row) for key, row in dump(session).items()}


@pytest.fixture
def couple(database: Database, act: Acts) -> Couple:
    return Couple(database, act)


def _named(session: Session, person_id: UUID) -> Iterator[str]:
    """The rows, not deleted, that name somebody."""
    for _, column, _ in references_to("person"):
        query = sa.select(column).where(column == person_id, column.table.c.deleted_at.is_(None))
        if session.connection().execute(query).first() is not None:
            yield str(column)
    for model, table, row in POINTERS:
        columns = model.__table__.c
        about = sa.select(model).where(
            columns[table] == "person", columns[row] == person_id, model.deleted_at.is_(None)
        )
        if session.scalars(about).first() is not None:
            yield f"{model.__tablename__}.{row}"


@pytest.mark.parametrize("both", [False, True])
def test_a_row_of_every_table_follows_and_all_comes_back(couple: Couple, both: bool) -> None:
    couple.start()
    with couple.database.write(couple.act()) as session:
        for who in [couple.newer, couple.older][: 1 + both]:
            for _, column, _ in references_to("person"):
                any_row(session, column.table.name, **{column.name: who})
            for model, table, row in POINTERS:
                any_row(session, model.__tablename__, **{table: "person", row: who})
        named = set(_named(session, couple.newer))
    assert len(named) >= 20
    before = couple.dump()
    couple.merge(lambda sides: sides[0])
    with couple.database.read() as session:
        assert list(_named(session, couple.newer)) == []
        assert set(_named(session, couple.older)) == named
    couple.undo()
    _nothing_changed(before, couple.dump())


def _nothing_changed(before: Dump, after: Dump) -> None:
    assert {key: after[key] for key in before} == before
    made = [row for key, row in after.items() if key not in before]
    assert all(row["deleted_at"] is not None for row in made)


_WORDS = st.sampled_from(["Bègles", "BEGLES", "Cenon", "rue des Faures", "", None])
_DAYS = st.sampled_from([date(1991, 3, 4), date(1991, 1, 1), date(1988, 7, 4), None])
_FIELDS = st.fixed_dictionaries(
    {
        "city": _WORDS,
        "address": _WORDS,
        "birth_date": _DAYS,
        "birth_precision": st.sampled_from(["day", "month", "year"]),
        "met_on": _DAYS,
        "phone": st.sampled_from(["06 39 98 00 11", "+33639980012", None]),
        "other_phone": st.sampled_from(["06 39 98 00 13", None]),
        "state": st.sampled_from(["met", "waiting", "refused", "out"]),
    }
)
_ONE_EACH = (
    "person_contact", "person_disability", "person_employer", "person_health",
    "person_residence", "person_situation", "person_social",
)  # fmt: skip


class Story(NamedTuple):
    """What is known of two people: their fields; (table, whose) rows; (whose, group, days ago,
    days lasted) journeys; (table, whose, which) rows of these."""

    fields: tuple[dict[str, object], dict[str, object]]
    rows: list[tuple[str, bool]]
    stays: list[tuple[bool, int, int, int]]
    of_journeys: list[tuple[str, bool, int]]


_ABOUT_PEOPLE = sorted({each.table for each in references_to("person")} - {"journey"})
_ABOUT_JOURNEYS = ("attendance", "family_choice", "milestone", "project_choice", "action")
_STORIES = st.builds(
    Story,
    st.tuples(_FIELDS, _FIELDS),
    st.lists(st.tuples(st.sampled_from(_ABOUT_PEOPLE), st.booleans()), max_size=12),
    st.lists(
        st.tuples(st.booleans(), st.integers(0, 1), st.integers(0, 60), st.integers(-1, 30)),
        max_size=3,
        unique_by=lambda stay: (stay[0], stay[1]),
    ),
    st.lists(
        st.tuples(st.sampled_from(_ABOUT_JOURNEYS), st.booleans(), st.integers(1, 3)),
        max_size=10,
        unique=True,
    ),
)


def _write(session: Session, story: Story, older: UUID, newer: UUID) -> None:
    for person_id, values in zip((older, newer), story.fields, strict=True):
        person = session.get_one(m.Person, person_id)
        for name, value in values.items():
            setattr(person, name, value)
    once: set[tuple[str, bool]] = set()
    for table, is_newer in story.rows:
        if (table, is_newer) not in once:
            once |= {(table, is_newer)} if table in _ONE_EACH else set()
            fixed = {"kind": "emergency"} if table == "person_contact" else {}
            any_row(session, table, person_id=newer if is_newer else older, **fixed)
    groups = [any_row(session, "cohort") for _ in range(2)]
    journeys: dict[bool, UUID] = {}
    for is_newer, group, since, lasted in story.stays:
        left = None if lasted < 0 else make.days(lasted - since)
        who, entered = newer if is_newer else older, make.days(-since)
        journeys[is_newer] = make.journey(session, who, groups[group], entered, left_on=left)
    for table, is_newer, rank in story.of_journeys:
        if is_newer in journeys:
            _hang(session, table, journeys[is_newer], rank)


def _hang(session: Session, table: str, journey: UUID, n: int) -> None:
    who = session.get_one(m.Journey, journey).person_id
    match table:
        case "attendance":
            marked = make.mark(session, journey, make.days(-n), "PAE"[n - 1])
            if n > 1:
                any_row(session, "absence_reason", attendance_id=marked, detail=str(journey))
        case "family_choice":
            families = list(session.scalars(sa.select(m.TradeFamily.id).order_by(m.TradeFamily.id)))
            make.put(session, m.FamilyChoice(journey_id=journey, family_id=families[n], rank=n))
        case "milestone":
            make.put(session, m.Milestone(journey_id=journey, kind=f"k{n}", done_on=make.days(-n)))
        case "project_choice":
            label = f"Métier {n if who.int % 2 else 4 - n}"
            make.put(session, m.ProjectChoice(journey_id=journey, rank=n, label=label))
        case _:
            any_row(session, table, journey_id=journey, person_id=who)


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(_STORIES, st.data())
def test_nothing_is_left_behind_and_all_is_undone(
    couple: Couple, story: Story, data: st.DataObject
) -> None:
    couple.start()
    with couple.database.write(couple.act()) as session:
        _write(session, story, couple.older, couple.newer)
    before = couple.dump()
    try:
        couple.merge(lambda sides: data.draw(st.sampled_from(sides)))
    except UserError as refused:
        assert "deux groupes à la fois" in refused.what
        assert couple.dump() == before
        return
    with couple.database.read() as session:
        assert list(_named(session, couple.newer)) == []
        _no_orphan(session)
    merged = couple.dump()
    couple.undo()
    _nothing_changed(before, couple.dump())
    couple.redo()
    assert couple.dump() == merged


def _no_orphan(session: Session) -> None:
    """No row, not deleted, refers to one that is."""
    for name in ("person", "journey", "attendance"):
        parent = MODELS[name].__table__
        for _, column, _ in references_to(name):
            query = (
                sa.select(column)
                .join(parent, parent.c.id == column)
                .where(column.table.c.deleted_at.is_(None), parent.c.deleted_at.is_not(None))
            )
            assert session.connection().execute(query).first() is None, column


def test_hundreds_of_rows_are_one_step_of_undo(couple: Couple) -> None:
    couple.start()
    with couple.database.write(couple.act()) as session:
        for rank in range(450):
            make.note(session, couple.newer, make.days(-rank), f"Note {rank}")
    before = couple.dump()
    couple.merge(lambda sides: sides[0])
    couple.undo()
    _nothing_changed(before, couple.dump())
