"""Whatever a table holds: a preview or a clear refusal, and importing it twice changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.import_rows import RowStatus
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.exchange.sheets import clean
from tests.usecases.importing import bring_in, look, stamp
from tests.workbooks import (
    EQUIPMENT_HEADINGS,
    HOST_HEADINGS,
    PEOPLE_HEADINGS,
    Row,
    office_sheets,
    tables,
)

Base = tuple[Path, RawKey]


@contextmanager
def new_base(template: Base) -> Iterator[Database]:
    """A base of this example's own."""
    path, key = template
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "base.connexion"
        shutil.copy(path, copy)
        database = Database.open(copy, key)
        try:
            yield database
        finally:
            database.close()


_few = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# Few names, dates and numbers, so that they meet.
_families = st.sampled_from(["DIALLO", "Diallo", "Martin", "MARTIN", "Petit", None, "N'Guessan"])
_givens = st.sampled_from(["Aïssatou", "Aissatou", "Jean", "Léo", "-", None, "Jean Martin"])
_births = st.sampled_from(
    [None, "03/04/1991", "04/03/1991", "1991", "avril 1991", "31/02/1990", date(2008, 9, 30)]
)
_phones = st.sampled_from([None, 639980111, "06 39 98 01 11", "06 39 98 01 12", "06 39", "non"])
_mails = st.sampled_from([None, "a@example.org", "A@EXAMPLE.ORG", "arobase"])
_numbers = st.sampled_from([None, "PC-001", "pc 001", "PC-002", "PC-001 et PC-002", "non", "oui"])
_days = st.sampled_from([None, "02/03/2026", date(2026, 3, 9), "mars 2026", "demain"])
_words = st.sampled_from(
    [None, "oui", "Non", "A2", "Sport", "BTP, Bois", "Bois; Miel", "#N/A", "x"]
)
_borrowers = st.sampled_from([None, "Diallo A.", "Martin", "Leo Petit", "Zidane", "A. Diallo"])
_sirets = st.sampled_from([None, 21330063500017, "36252187900034", "73282932000074", "à voir"])
_hosts = st.sampled_from(["Mairie", "MAIRIE", "Chez Lulu", "Total", None])
_cities = st.sampled_from([None, "Pessac", "Talence", "PESSAC"])

_people_row = st.tuples(
    st.none(), _families, _givens, _births, _phones, _mails, _words, _words, _cities, _words,
    _days, _words, _words, _words, _words, _words, _numbers, _days, _words,
)  # fmt: skip
_equipment_row = st.tuples(
    st.sampled_from(["PC-001", "PC-002", "PC 001", None]), _words, _words, _words, _borrowers,
    _days, _days, st.sampled_from([None, "bon", "en réparation"]), _words,
)  # fmt: skip
_host_row = st.tuples(
    _hosts, _sirets, _words, _words, _words, _cities, _words, _words, _phones, _mails
)


@_few
@given(
    people=st.lists(_people_row, max_size=6),
    equipment=st.none() | st.lists(_equipment_row, max_size=4),
    hosts=st.lists(_host_row, max_size=5),
)
def test_importing_twice_changes_nothing(
    empty_base: Base, people: list[Row], equipment: list[Row] | None, hosts: list[Row]
) -> None:
    read = tables(office_sheets(people, equipment, hosts))
    with new_base(empty_base) as database:
        foreseen = look(database, read)
        report = bring_in(database, read)
        assert report.preview == foreseen
        again = bring_in(database, read)
        assert (again.made, again.completed) == ({}, 0)
        assert again.preview.count(RowStatus.NEW) == 0
        doubtful = [row for row in again.preview.rows if row.status is RowStatus.DOUBTFUL]
        assert all(
            row.is_known for row in doubtful
        )  # a row that contradicts another one still does


@_few
@given(
    first=st.lists(_people_row, max_size=4),
    second=st.lists(_people_row, max_size=4),
    equipment=st.lists(_equipment_row, max_size=3),
)
def test_importing_one_file_then_another_twice_changes_nothing(
    empty_base: Base, first: list[Row], second: list[Row], equipment: list[Row]
) -> None:
    with new_base(empty_base) as database:
        bring_in(database, tables(office_sheets(first, equipment, None)))
        read = tables(office_sheets(second, None, None))
        bring_in(database, read, "Talence")
        again = bring_in(database, read, "Talence")
        assert (again.made, again.completed) == ({}, 0)


_any = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.dates(),
    st.datetimes(),
    st.sampled_from(PEOPLE_HEADINGS + EQUIPMENT_HEADINGS + HOST_HEADINGS),
)


@_few
@given(
    st.dictionaries(
        st.text(min_size=1, max_size=8), st.lists(st.lists(_any, max_size=9), max_size=9)
    )
)
def test_an_arbitrary_table_is_shown_or_refused(
    empty_base: Base, sheets: dict[str, list[list[object]]]
) -> None:
    cleaned = {
        name: [[clean(value) for value in row] for row in rows] for name, rows in sheets.items()
    }
    read = tables(cleaned)
    with new_base(empty_base) as database:
        before = stamp(database)
        try:
            preview = look(database, read)
        except UserError as problem:
            assert problem.safe
            return
        assert stamp(database) == before
        for told in preview.problems:
            assert told.sheet in cleaned
            assert told.row >= 1
            assert told.column
        bring_in(database, read)
        again = bring_in(database, read)
        assert (again.made, again.completed) == ({}, 0)


@_few
@given(rows=st.lists(st.lists(_any, min_size=19, max_size=19), max_size=4))
def test_arbitrary_cells_under_the_office_s_headings(
    empty_base: Base, rows: list[list[object]]
) -> None:
    cleaned = [[clean(value) for value in row] for row in rows]
    read = tables(office_sheets(cleaned, None, None))
    with new_base(empty_base) as database:
        bring_in(database, read)
        again = bring_in(database, read)
        assert (again.made, again.completed) == ({}, 0)


def test_a_date_of_the_first_century_and_one_of_the_last(empty_base: Base) -> None:
    extremes = [datetime(1, 1, 1), datetime(9999, 12, 31)]  # noqa: DTZ001
    rows = [(None, "A", f"Zoé{n}", day, *[None] * 13, day, None) for n, day in enumerate(extremes)]
    with new_base(empty_base) as database:
        bring_in(database, tables(office_sheets(rows, None, None)))
