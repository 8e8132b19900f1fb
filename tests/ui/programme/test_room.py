"""What is written above the tabs leaves them their room, and gives the keyboard back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.programme.papers_pane import PapersPane
from connexion_desktop.ui.pages.programme.presences import PresencesPane
from connexion_desktop.ui.pages.programme.tabs import TABS
from connexion_desktop.ui.pages.programme.year_pane import YearPane
from connexion_desktop.ui.widgets.entry_strip import EntryStrip

from .activity_bench import AISSATOU, Desk
from .pages import CONTROL, SHIFT, Programmes, draw, new_group


def show(programmes: Programmes, tab: str) -> None:
    programmes.page.show_tab(tab)
    programmes.wait()


def is_seen_under(programmes: Programmes, strip: EntryStrip) -> bool:
    """Whether a strip is whole, and what the tab shows has the room it needs."""
    assert programmes.window.size() == QSize(1366, 768)
    assert strip.isVisible() and strip.height() >= strip.heightForWidth(strip.width())
    stack = programmes.page.stack
    return stack.isVisible() and stack.height() >= stack.minimumSizeHint().height()


@pytest.mark.parametrize("tab", [words for words, *_ in TABS])
def test_a_tab_is_seen_while_something_is_written_above_whatever_the_others_need(
    programmes: Programmes, tab: str
) -> None:
    show(programmes, "Papiers")
    show(programmes, tab)
    strips = programmes.page.strips
    programmes.press(Qt.Key.Key_N, CONTROL)
    assert is_seen_under(programmes, strips.adding)
    programmes.press(Qt.Key.Key_Escape)
    programmes.press(Qt.Key.Key_E, CONTROL)
    assert is_seen_under(programmes, strips.drawing)
    programmes.press(Qt.Key.Key_Escape)
    assert programmes.page.stack.isAncestorOf(programmes.focus)


def test_the_sheet_is_seen_while_what_is_missing_on_it_is_noted(programmes: Programmes) -> None:
    show(programmes, "Papiers")
    pane = programmes.page.pane
    assert isinstance(pane, PapersPane) and pane.table.hasFocus()
    programmes.press(Qt.Key.Key_Down)
    programmes.press(Qt.Key.Key_M)
    assert is_seen_under(programmes, pane.missing)
    programmes.press(Qt.Key.Key_Escape)
    assert pane.table.hasFocus()
    QTest.mouseClick(pane.send_button, Qt.MouseButton.LeftButton)
    programmes.wait()
    assert is_seen_under(programmes, pane.sending)


def test_the_activities_are_seen_under_the_allergies_of_somebody(desk: Desk) -> None:
    show(desk.hands, "Papiers")
    show(desk.hands, "Activités")
    desk.stand_on(AISSATOU)
    desk.choose_in_menu("Ses allergies")
    assert is_seen_under(desk.hands, desk.pane.telling)


@pytest.fixture
def low(programmes: Programmes) -> Programmes:
    """Letters twice as large in a low window: a strip takes all the room."""
    theme.apply(theme.Scheme.LIGHT, 200)
    programmes.window.resize(1366, 600)
    programmes.wait()
    return programmes


def ask_and_escape(hands: Programmes, key: Qt.Key) -> None:
    hands.press(key, CONTROL)
    assert not hands.page.stack.isVisible()
    hands.press(Qt.Key.Key_Escape)


def has_keyboard(part: QWidget) -> bool:
    return part.hasFocus() and part.isVisible()


def test_the_keyboard_goes_back_to_the_seance_that_a_strip_hid(low: Programmes) -> None:
    wanted = low.go_to("Mon pitch, premier essai")
    grid = low.page.week.grid
    ask_and_escape(low, Qt.Key.Key_E)
    current = grid.current()
    assert has_keyboard(grid) and current is not None and current.id == wanted.id


def test_the_keyboard_goes_back_to_the_presence_that_a_strip_hid(low: Programmes) -> None:
    show(low, "Présences")
    pane = low.page.pane
    assert isinstance(pane, PresencesPane)
    low.press(Qt.Key.Key_Down)
    key = pane.model.key(pane.view.currentIndex())
    ask_and_escape(low, Qt.Key.Key_E)
    assert has_keyboard(pane.view)
    assert pane.model.key(pane.view.currentIndex()) == key


def test_a_strip_that_took_the_place_of_another_gives_the_keyboard_to_the_week(
    programmes: Programmes,
) -> None:
    programmes.go_to("Mon pitch, premier essai")
    programmes.press(Qt.Key.Key_E, CONTROL)
    programmes.press(Qt.Key.Key_N, CONTROL)
    programmes.press(Qt.Key.Key_Escape)
    assert has_keyboard(programmes.page.week.grid)


def test_the_keyboard_stays_with_a_programme_drawn_up_taken_back_and_drawn_up_again(
    programmes: Programmes,
) -> None:
    new_group(programmes, "7/9")
    page = programmes.page
    programmes.press(Qt.Key.Key_E, CONTROL)
    draw(programmes)
    assert has_keyboard(page.week.grid)
    programmes.press(Qt.Key.Key_Z, CONTROL)
    assert page.empty.isVisible() and page.empty.isAncestorOf(programmes.focus)
    programmes.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert has_keyboard(page.week.grid)


def test_the_keyboard_goes_back_to_the_week_from_the_button_that_does_an_act_again(
    programmes: Programmes,
) -> None:
    programmes.go_to("Mon pitch, premier essai")
    programmes.press(Qt.Key.Key_Down, CONTROL | SHIFT)
    programmes.press(Qt.Key.Key_Z, CONTROL)
    grid = programmes.page.week.grid
    assert has_keyboard(grid)
    notice = programmes.window.banners.noticed()
    assert notice is not None
    QTest.mouseClick(notice.buttons[0], Qt.MouseButton.LeftButton)
    programmes.wait()
    assert programmes.meeting("Mon pitch, premier essai").hours == "13 h 30 – 16 h 30"
    assert has_keyboard(grid)


TITLE_BAR = 20
"""What a window manager takes of a small screen."""


def shows_whole(desk: Desk, row: int) -> bool:
    """Whether somebody of the table is seen from head to foot."""
    area, table = desk.pane.area.viewport(), desk.pane.table
    cell = table.visualRect(table.model().index(row, 0))
    at = table.viewport().mapTo(area, cell.topLeft())
    return table.viewport().rect().contains(cell) and area.rect().contains(QRect(at, cell.size()))


def test_the_twelve_and_their_activities_are_whole_on_a_laptop(desk: Desk) -> None:
    desk.window.resize(1366, 768 - TITLE_BAR)
    desk.hands.wait()
    assert len(desk.rows()) == 12
    assert all(shows_whole(desk, row) for row in range(12))
    for card in desk.pane.cards.cards.values():
        for line in (card.name, card.chosen, card.held):
            assert line.fontMetrics().horizontalAdvance(line.text()) <= line.width(), line.text()


def test_with_text_twice_as_large_the_activities_scroll_and_nothing_is_cut(desk: Desk) -> None:
    theme.apply(theme.Scheme.LIGHT, 200)
    desk.window.resize(1366, 768 - TITLE_BAR)
    desk.hands.wait()
    pane = desk.pane
    cards = pane.cards
    assert cards.height() >= cards.sizeHint().height(), "no card is cut by the table"
    assert pane.keys.height() >= pane.keys.heightForWidth(pane.keys.width())
    assert not shows_whole(desk, 11)
    desk.press(Qt.Key.Key_End)
    assert shows_whole(desk, 11), "the page follows the keyboard"
    desk.press(Qt.Key.Key_Home)
    assert shows_whole(desk, 0)


def test_who_a_key_is_about_is_seen_even_if_the_page_was_scrolled_away(desk: Desk) -> None:
    theme.apply(theme.Scheme.LIGHT, 200)
    desk.hands.wait()
    desk.press(Qt.Key.Key_End)
    bar = desk.pane.area.verticalScrollBar()
    bar.setValue(0)
    desk.press(Qt.Key.Key_1)
    assert shows_whole(desk, 11)


def test_the_papers_are_whole_on_a_laptop(programmes: Programmes) -> None:
    programmes.window.resize(1366, 768 - TITLE_BAR)
    show(programmes, "Papiers")
    pane = programmes.page.pane
    assert isinstance(pane, PapersPane) and not pane.area.verticalScrollBar().isVisible()


def test_with_text_twice_as_large_the_papers_scroll_and_each_table_shows_rows(
    programmes: Programmes,
) -> None:
    theme.apply(theme.Scheme.LIGHT, 200)
    programmes.window.resize(1366, 768 - TITLE_BAR)
    show(programmes, "Papiers")
    pane = programmes.page.pane
    assert isinstance(pane, PapersPane)
    for table in (pane.table, pane.checks):
        assert table.viewport().rect().contains(table.visualRect(table.model().index(1, 0)))
    assert pane.keys.height() >= pane.keys.heightForWidth(pane.keys.width())
    assert not pane.table.visibleRegion().isEmpty(), "where the keyboard is is in sight"


def test_with_text_twice_as_large_the_sentence_of_the_year_is_whole(
    programmes: Programmes,
) -> None:
    theme.apply(theme.Scheme.LIGHT, 200)
    show(programmes, "Année")
    pane = programmes.page.pane
    assert isinstance(pane, YearPane)
    assert pane.title.height() >= pane.title.heightForWidth(pane.title.width()) > 0
