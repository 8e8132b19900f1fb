"""A list of rows: its order, whatever it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.rows_table import RowColumn, RowsModel, RowsTable, in_order


@dataclass(frozen=True, slots=True)
class Thing:
    """A row."""

    name: str
    weight: int | None = None
    id: UUID = field(default_factory=uuid4)


NAME: RowColumn[Thing] = RowColumn("Nom", 100, lambda thing: thing.name)
WEIGHT: RowColumn[Thing] = RowColumn(
    "Poids", 100, lambda thing: str(thing.weight or ""), lambda thing: thing.weight
)


@pytest.mark.parametrize("descending", [False, True])
def test_what_is_not_known_comes_last_both_ways(descending: bool) -> None:
    light, heavy, unknown = Thing("b", 1), Thing("a", 2), Thing("c")
    found = in_order([unknown, heavy, light], WEIGHT, descending=descending)
    assert found == ((heavy, light, unknown) if descending else (light, heavy, unknown))


def test_accents_and_capitals_do_not_sort() -> None:
    names = ["zoé", "Élodie", "eric"]
    found = in_order([Thing(name) for name in names], NAME)
    assert [thing.name for thing in found] == ["Élodie", "eric", "zoé"]


@pytest.mark.parametrize("descending", [False, True])
def test_the_arrow_of_a_title_points_up_where_the_least_is_first(
    qtbot: QtBot, descending: bool
) -> None:
    table = RowsTable(RowsModel([NAME, WEIGHT], lambda thing: thing.name), "Choses")
    qtbot.addWidget(table)
    theme.dress(table)
    table.show()
    table.show_sorting(0, descending=descending)
    plain = _title(table, 1)
    table.show_sorting(1, descending=descending)
    drawn = _changed(plain, _title(table, 1))
    assert drawn
    assert (drawn[0] > drawn[-1]) is descending


def _title(table: RowsTable[Thing], column: int) -> QImage:
    header = table.horizontalHeader()
    left, width = header.sectionPosition(column), header.sectionSize(column)
    return header.grab(QRect(left, 0, width, header.height())).toImage()


def _changed(before: QImage, after: QImage) -> list[int]:
    """By line, how many pixels changed; the lines without change left out."""
    lines = (
        sum(before.pixel(x, y) != after.pixel(x, y) for x in range(after.width()))
        for y in range(after.height())
    )
    return [changed for changed in lines if changed]


@given(
    st.lists(st.builds(Thing, st.text(max_size=5), st.none() | st.integers(0, 3)), max_size=9),
    st.sampled_from([NAME, WEIGHT]),
    st.booleans(),
)
def test_sorting_loses_nobody_and_leaves_equals_as_they_were(
    things: list[Thing], column: RowColumn[Thing], descending: bool
) -> None:
    found = in_order(things, column, descending=descending)
    assert sorted(each.id for each in found) == sorted(each.id for each in things)
    assert in_order(found, column, descending=descending) == found
