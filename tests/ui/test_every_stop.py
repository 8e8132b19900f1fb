"""Everything there is to see, with the keyboard and a screen reader, and with large text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from connexion_desktop.ui import theme
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.pages.group.page import GroupPage
from connexion_desktop.ui.pages.list_page import ListPage
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.ui.pages.today import TodayPage
from connexion_desktop.ui.sheets import Sheet
from connexion_desktop.ui.widgets.card import Card
from connexion_desktop.ui.widgets.entry_strip import EntryStrip

from .cut import cut
from .keyboard import clashes, out_of_reach
from .names import speechless, unnamed, without_role
from .stops import PAGES, Stop, cards, kinds, on_pages, sheets
from .walking import Walk

STOPS: tuple[Stop, ...] = (*on_pages(), *sheets())
SIZES = ((1366, 768, 100), (1024, 700, 100), (1366, 768, 200))
PATIENCE = 40
BEHIND = {"acte search"}
"""What covers the page, and keeps the keyboard until it is left."""


def show(walk: Walk, stop: Stop) -> QWidget:
    name, bring = stop
    seen = bring(walk)
    QTest.qWait(0)
    assert seen.isVisible(), name
    return seen


def still_cut(seen: QWidget) -> list[str]:
    """What stays cut once sections built in slices have found their place."""
    told = cut(seen)
    for _ in range(PATIENCE):
        if not told:
            break
        QTest.qWait(25)
        told = cut(seen)
    return told


def close(walk: Walk, seen: QWidget) -> None:
    if seen is not walk.window:
        seen.close()


def test_everything_is_walked_and_has_a_name_and_a_role_and_keys_of_its_own(
    walk: Walk, tmp_path: Path
) -> None:
    walk.window.resize(1366, 768)
    found: dict[str, list[str]] = {}
    walked: set[type] = {kind for _, make in cards(tmp_path) for kind in type(make()).__mro__}
    for stop in STOPS:
        seen = show(walk, stop)
        name = stop[0]
        reach = [] if name in BEHIND else out_of_reach(seen)
        told = [*unnamed(seen), *without_role(seen), *speechless(seen), *reach]
        found[name] = [*told, *clashes(walk.window.actions_)]
        every = [seen, *seen.findChildren(QWidget)]
        walked |= {kind for each in every if each.isVisible() for kind in type(each).__mro__}
        close(walk, seen)
    assert {name: told for name, told in found.items() if told} == {}
    for base in (EntryStrip, Card, Sheet):
        assert kinds(base) - walked == set(), f"show it in stops.py: a {base.__name__}"


@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
def test_nothing_is_cut_nor_larger_than_its_screen(
    walk: Walk, width: int, height: int, scale: int
) -> None:
    walk.window.resize(width, height)
    theme.apply(theme.Scheme.LIGHT, scale)
    found: dict[str, list[str]] = {}
    for stop in STOPS:
        seen = show(walk, stop)
        found[stop[0]] = still_cut(seen)
        least = walk.window.minimumSizeHint()
        if least.width() > width or least.height() > height:
            found[stop[0]].append(f"larger than the screen: {least}")
        close(walk, seen)
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
def test_the_pages_of_a_base_just_made_say_what_to_do_first(
    start: Callable[..., Walk], width: int, height: int, scale: int
) -> None:
    walk = start(empty=True)
    walk.window.resize(width, height)
    found = {}
    for scheme in (theme.Scheme.LIGHT, theme.Scheme.DARK):
        theme.apply(scheme, scale)
        for name in PAGES:
            if name != "person":
                walk.window.go(name)
                walk.wait()
                QTest.qWait(0)
                found[name] = [*unnamed(walk.window), *still_cut(walk.window)]
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize(("width", "height", "scale"), [*SIZES, (1024, 700, 200)])
def test_what_is_shown_before_a_base_is_open_is_named_reached_and_whole(
    qtbot: QtBot, tmp_path: Path, width: int, height: int, scale: int
) -> None:
    window = MainWindow((), Jobs())
    qtbot.addWidget(window, before_close_func=lambda shown: shown.finish())
    window.resize(width, height)
    window.show()
    theme.apply(theme.Scheme.LIGHT, scale)
    found: dict[str, list[str]] = {}
    for name, make in cards(tmp_path):
        window.show_alone(make())
        QTest.qWait(0)
        told = [*unnamed(window), *without_role(window), *out_of_reach(window), *still_cut(window)]
        found[name] = told
    assert window.size() == QSize(width, height)
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize("name", ["today", "group", "groups", "people", "equipment", "person"])
def test_the_menu_key_opens_the_acts_on_what_is_chosen(walk: Walk, name: str) -> None:
    walk.go(name)
    page = walk.window.current_page()
    view: QWidget
    match page:
        case GroupPage():
            view = page.cards
        case ListPage():
            view = page.table
        case PersonPage():
            view = page.journal.feed
        case TodayPage():
            view = page.view
        case _:
            pytest.fail(f"no view known on {name}")
    view.setFocus()
    middle = view.rect().center()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(view, QContextMenuEvent(reason, middle, view.mapToGlobal(middle)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    acts = [act for act in menu.actions() if not act.isSeparator()]
    assert acts and all(act.text().strip() for act in acts)
    menu.close()
