"""Through every page of the real application, on the demo base: names, sizes, colours, closing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)

from connexion_desktop.data import models as m
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui import theme

from .cut import cut
from .names import unnamed
from .walking import Walk

SCREEN = QSize(1366, 768)
STYLED = (QLabel, QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QTabBar, QScrollBar)


def is_dressed(widget: QWidget | None) -> bool:
    """Whether a widget or what it stands in wears the style sheet."""
    while widget is not None:
        if widget.styleSheet():
            return True
        widget = widget.parentWidget()
    return False


NAMES = ("group", "groups", "people", "person", "placements", "equipment", "import")


@pytest.mark.parametrize("name", NAMES)
def test_every_widget_of_a_page_has_a_name_for_screen_readers(walk: Walk, name: str) -> None:
    walk.go(name)
    assert not unnamed(walk.window)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_fits_the_smallest_screen_with_text_twice_as_large(walk: Walk, name: str) -> None:
    walk.go(name)
    theme.apply(theme.Scheme.DARK, 200)
    walk.wait()
    smallest = walk.window.minimumSizeHint()
    assert smallest.width() <= SCREEN.width()
    assert smallest.height() <= SCREEN.height()


@pytest.mark.parametrize("name", NAMES)
def test_all_that_is_seen_of_a_page_wears_the_style_sheet(walk: Walk, name: str) -> None:
    walk.go(name)
    walk.show_whole()
    page = walk.window.current_page()
    assert page is not None
    seen = [each for each in page.findChildren(QWidget) if each.isVisible()]
    styled = [each for each in seen if isinstance(each, STYLED)]
    assert styled
    assert [each for each in styled if not is_dressed(each)] == []


def test_the_whole_day_is_closed_without_a_word_and_found_again(walk: Walk) -> None:
    for name in NAMES:
        walk.go(name)
    walk.close()
    assert not walk.window.banners.shown()


def test_after_every_page_nothing_leaves_the_screen_with_text_twice_as_large(walk: Walk) -> None:
    walk.window.resize(SCREEN)
    theme.apply(theme.Scheme.LIGHT, 200)
    for name in NAMES:
        walk.go(name)
        QApplication.processEvents()
        header = walk.window.header
        assert walk.window.size() == SCREEN
        right = header.note.mapTo(walk.window, header.note.rect().topRight()).x()
        assert header.note.isHidden() or right < SCREEN.width()
        page = walk.window.current_page()
        assert page is not None
        assert page.minimumSizeHint().width() <= page.width(), name


@pytest.mark.parametrize(
    ("width", "height", "scale"), [(1366, 768, 100), (1024, 700, 100), (1366, 768, 200)]
)
def test_no_text_is_cut_and_nothing_scrolls_sideways(
    walk: Walk, width: int, height: int, scale: int
) -> None:
    walk.window.resize(width, height)
    theme.apply(theme.Scheme.LIGHT, scale)
    found = {}
    for name in NAMES:
        walk.go(name)
        walk.show_whole()
        found[name] = cut(walk.window)
    assert found == {name: [] for name in NAMES}


def test_taking_several_people_away_is_asked_then_leads_back_to_the_group(walk: Walk) -> None:
    walk.go("group")
    window = walk.window
    people = [
        m.Person(id=m.new_id(), number=f"P-9{rank}", given_name="Awa", family_name=f"Ba {rank}")
        for rank in range(4)
    ]
    order = tuple(person.id for person in people)
    window.jobs.write(window, lambda session: session.add_all(people), label="Quatre personnes")
    walk.wait()
    window.go("person", PersonTarget(order[0], order))
    walk.wait()
    for answer, page_after in ((0, "person"), (1, "group")):
        window.actions_.get("undo").trigger()
        walk.wait()
        asked = window.banners.noticed()
        assert asked is not None and "4 personnes" in asked.text
        asked.buttons[answer].click()
        walk.wait()
        page = window.current_page()
        assert page is not None and page.name == page_after
    notice = window.banners.noticed()
    assert notice is not None and notice.text == "Annulé : Quatre personnes · 4 personnes"
    assert not window.banners.shown()
    window.actions_.get("redo").trigger()
    walk.wait()
    window.go("person", PersonTarget(order[0], order))
    walk.wait()
    assert window.status.summary.text() == "P-90 · Awa Ba 0"
