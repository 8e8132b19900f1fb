"""A list of rows: its order, whatever it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect
from PySide6.QtGui import QFontMetrics, QHoverEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.list_table import shared
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


NOTE: RowColumn[Thing] = RowColumn("Note", 240, lambda _thing: "")


@pytest.mark.parametrize("descending", [False, True])
def test_what_is_not_known_comes_last_both_ways(descending: bool) -> None:
    light, heavy, unknown = Thing("b", 1), Thing("a", 2), Thing("c")
    found = in_order([unknown, heavy, light], WEIGHT, descending=descending)
    assert found == ((heavy, light, unknown) if descending else (light, heavy, unknown))


def test_accents_and_capitals_do_not_sort() -> None:
    names = ["zoé", "Élodie", "eric"]
    found = in_order([Thing(name) for name in names], NAME)
    assert [thing.name for thing in found] == ["Élodie", "eric", "zoé"]


def test_a_row_that_comes_under_a_mouse_at_rest_is_lit_whole(qtbot: QtBot) -> None:
    model = RowsModel([NAME, WEIGHT], lambda thing: thing.name)
    table = RowsTable(model, "Choses")
    qtbot.addWidget(table)
    theme.dress(table)
    table.show()
    model.show_rows([Thing("chaise", 3), Thing("table", 20), Thing("banc", 8)])
    view, index = table.viewport(), model.index(1, 0)
    over = QPointF(table.visualRect(index).center())
    entered = QHoverEvent(QEvent.Type.HoverEnter, over, view.mapToGlobal(over), QPointF(-1, -1))
    QApplication.sendEvent(view, entered)
    shown = view.grab().toImage()
    corners = [table.visualRect(index.siblingAtColumn(each)).topRight() for each in (0, 1)]
    lit = [shown.pixelColor(corner - QPoint(3, -3)).name() for corner in corners]
    assert lit == [theme.tokens().hover.name()] * 2


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


def test_a_column_gives_room_to_one_whose_texts_are_longer(qtbot: QtBot) -> None:
    long = "chargeur, housse, clé 4G, souris"
    model = RowsModel([NAME, WEIGHT, NOTE], lambda thing: thing.name)
    table = RowsTable(model, "Choses")
    qtbot.addWidget(table)
    theme.dress(table)
    table.resize(460, 200)
    table.show()
    before = [table.columnWidth(place) for place in range(3)]
    model.show_rows([Thing(long, 1), Thing("b", 2)])
    after = [table.columnWidth(place) for place in range(3)]
    words = QFontMetrics(theme.font("body")).horizontalAdvance(long)
    assert before[0] < words < after[0]
    assert sum(after) == sum(before)
    model.show_rows([Thing("b", 2)])
    assert [table.columnWidth(place) for place in range(3)] == after, "nothing moves as one seeks"


def test_widths_that_the_user_chose_stay(qtbot: QtBot) -> None:
    model = RowsModel([NAME, WEIGHT, NOTE], lambda thing: thing.name)
    table = RowsTable(model, "Choses")
    qtbot.addWidget(table)
    table.resize(460, 200)
    table.show()
    table.setColumnWidth(0, 70)
    table._choose_widths()
    model.show_rows([Thing("chargeur, housse, clé 4G, souris, tapis")])
    assert table.columnWidth(0) == 70


@given(
    st.dictionaries(st.integers(0, 6), st.integers(40, 300), min_size=1),
    st.floats(0.95, 1.4),
    st.dictionaries(st.integers(0, 6), st.integers(0, 900)),
)
def test_room_is_only_moved(usual: dict[int, int], share: float, needs: dict[int, int]) -> None:
    widths = shared(usual, share, needs)
    assert abs(sum(widths.values()) - sum(width * share for width in usual.values())) <= len(usual)
    for column, width in widths.items():
        assert width >= int(0.6 * usual[column]) - 1
        if width < int(usual[column] * share) - 1:
            assert width >= needs[column] - 1, "nobody gives what it needs"


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
