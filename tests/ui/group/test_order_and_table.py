"""The order of the cards, and the same people as a table."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from connexion_desktop.domain.board import CardOrder
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui import theme
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.pages.group.model import Column
from connexion_desktop.ui.widgets.list_table import RowDelegate

from .bench import Bench

# Order


def test_alerts_come_first_then_names(bench: Bench) -> None:
    assert bench.names()[:4] == [
        "Karim Benali",
        "Océane Lefèvre",
        "Maria-José Da Silva",
        "Aïssatou Diallo",
    ]


def test_the_order_chosen_is_remembered(
    bench: Bench, qtbot: QtBot, jobs: Jobs, settings: Settings
) -> None:
    menu = bench.page.toolbar.order.menu()
    menu.actions()[list(CardOrder).index(CardOrder.NEXT)].trigger()
    assert bench.names()[:2] == ["Elif Şahin", "Léo Petit"]
    assert bench.page.toolbar.order.text() == "Trier : prochaine date"
    again = Bench(qtbot, jobs, settings)
    assert again.names()[:2] == ["Elif Şahin", "Léo Petit"]
    again.window.finish()


def test_who_was_seen_the_longest_ago_comes_first(bench: Bench) -> None:
    bench.window.actions_.get(f"group.order.{CardOrder.CONTACT}").trigger()
    assert bench.names()[0] == "Océane Lefèvre"


# The table


def test_ctrl_t_shows_the_same_people_as_a_table(bench: Bench, qtbot: QtBot) -> None:
    bench.type("olena")
    names = bench.names()
    qtbot.keyClick(bench.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    table = bench.page.table
    assert table.isVisible()
    assert [table.model().index(row, Column.NAME).data() for row in range(12)] == names
    assert bench.current() == "Olena Kovalenko"


def test_a_click_on_a_heading_sorts_and_again_reverses(bench: Bench, qtbot: QtBot) -> None:
    bench.page.toggle()
    header = bench.page.table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(Column.NAME) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert bench.names()[0] == "Karim Benali"
    assert bench.page.toolbar.order.text() == "Trier : nom"
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert bench.names()[0] == "Mamadou Traoré"
    bench.page.toggle()
    assert bench.page.toolbar.order.accessibleName() == "Trier : nom, à l’envers"


def test_the_whole_row_is_lit_under_the_mouse_and_the_table_fits_the_usual_screen(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.page.toggle()
    table, model = bench.page.table, bench.page.model
    bench.wait(lambda: table.horizontalScrollBar().maximum() == 0)
    spot = table.visualRect(model.index(2, Column.PROJECT)).center()
    qtbot.mouseMove(table.viewport(), spot)
    bench.wait(lambda: table.pointed_row == 2)
    option = QStyleOptionViewItem()
    delegate = table.itemDelegateForIndex(model.index(2, Column.NAME))
    assert isinstance(delegate, RowDelegate)
    delegate.initStyleOption(option, model.index(2, Column.NAME))
    assert option.state & QStyle.StateFlag.State_MouseOver


def test_the_columns_of_the_table_grow_with_the_text(bench: Bench) -> None:
    bench.page.toggle()
    table = bench.page.table
    bench.wait(lambda: table.horizontalScrollBar().maximum() == 0)
    theme.apply(theme.Scheme.LIGHT, 200)
    header = table.horizontalHeader()
    words = QFontMetrics(theme.font("small")).horizontalAdvance("Dernier contact")
    bench.wait(lambda: header.sectionSize(Column.NAME) >= words + 18)
    assert table.horizontalScrollBar().maximum() == 0


def test_a_column_drawn_with_the_mouse_keeps_its_width(bench: Bench, qtbot: QtBot) -> None:
    bench.page.toggle()
    header = bench.page.table.horizontalHeader()
    before = header.sectionSize(Column.PROJECT)
    edge = header.sectionViewportPosition(Column.PROJECT) + before - 1
    at, to = QPoint(edge, 10), QPoint(edge + 40, 10)
    qtbot.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(header.viewport(), to)
    qtbot.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=to)
    drawn = header.sectionSize(Column.PROJECT)
    assert drawn == before + 40
    bench.window.resize(1200, 700)
    bench.wait(lambda: bench.window.width() == 1200)
    QApplication.processEvents()
    assert header.sectionSize(Column.PROJECT) == drawn


def test_the_strip_of_the_table_is_told_in_words(bench: Bench) -> None:
    cell = bench.page.model.index(0, Column.PRESENCE)
    told = cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "jours à venir" in told
    assert told in cell.data(Qt.ItemDataRole.ToolTipRole)


def test_a_selection_follows_its_people_when_the_order_changes(bench: Bench) -> None:
    bench.page.toggle()
    table = bench.page.table
    bench.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    bench.window.actions_.get(f"group.order.{CardOrder.NEXT}").trigger()
    rows = {index.row() for index in table.selectionModel().selectedRows()}
    assert {bench.names()[row] for row in rows} == {"Karim Benali", "Océane Lefèvre"}


def test_selected_rows_are_copied_as_a_spreadsheet_pastes_them(bench: Bench) -> None:
    bench.page.toggle()
    bench.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    bench.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    bench.wait(lambda: bench.page.desk.jobs.is_idle)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert [line[0] for line in lines] == ["Nom", "Karim Benali", "Océane Lefèvre"]
    assert lines[2][1] == "Sans contact 16 j"
    assert {len(line) for line in lines} == {len(Column)}


def test_columns_keep_the_width_and_place_they_were_given(
    bench: Bench, qtbot: QtBot, jobs: Jobs, settings: Settings
) -> None:
    header = bench.page.table.horizontalHeader()
    header.resizeSection(Column.PROJECT, 333)
    header.moveSection(header.visualIndex(Column.LENT), 1)
    bench.page.model.sort(Column.PROJECT)
    header.resizeSection(Column.CONTACT, 111)
    bench.page.toggle()
    again = Bench(qtbot, jobs, settings)
    remembered = again.page.table.horizontalHeader()
    assert remembered.sortIndicatorSection() == Column.PROJECT
    assert remembered.sectionSize(Column.PROJECT) == 333
    assert remembered.visualIndex(Column.LENT) == 1
    assert again.page.table.isVisible()
    again.window.finish()


def test_a_column_taken_out_stays_out_and_is_neither_copied_nor_printed(
    bench: Bench, qtbot: QtBot, jobs: Jobs, settings: Settings
) -> None:
    bench.page.toggle()
    bench.page.table.choose_column(Column.CONTACT, wanted=False)
    bench.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    bench.wait(lambda: jobs.is_idle)
    titles = QGuiApplication.clipboard().text().splitlines()[0].split("\t")
    assert "Contact" not in titles
    assert len(titles) == len(Column) - 1
    again = Bench(qtbot, jobs, settings)
    assert again.page.table.isColumnHidden(Column.CONTACT)
    again.page.table.restore_columns()
    assert not again.page.table.isColumnHidden(Column.CONTACT)
    again.window.finish()


def test_enter_opens_the_person_of_the_row(bench: Bench, people: dict[str, UUID]) -> None:
    bench.page.toggle()
    bench.key(Qt.Key.Key_Down)
    bench.key(Qt.Key.Key_Return)
    assert isinstance(bench.elsewhere, PersonTarget)
    assert bench.elsewhere.person_id == people["Océane"]
