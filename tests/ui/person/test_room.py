"""The page of a person where there is little room: its feed scrolls, and the page with it only
where nothing else is left."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from connexion_desktop.domain.errors import UserError
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.ui.widgets.area import Area

from ..walking import Walk


def fail(walk: Walk, times: int) -> None:
    for number in range(times):
        walk.window.fail(
            UserError(
                f"La note n° {number} n’a pas été enregistrée.",
                "Ce qui était enregistré n’a pas changé.",
                "Vérifiez le réseau, puis recommencez.",
            )
        )


def area(walk: Walk) -> Area:
    page = walk.window.current_page()
    assert isinstance(page, PersonPage)
    found = page.findChild(Area)
    assert isinstance(found, Area)
    return found


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768), (1024, 700)])
def test_two_messages_do_not_make_the_page_scroll(walk: Walk, size: tuple[int, int]) -> None:
    walk.go("person")
    walk.window.resize(*size)
    fail(walk, 2)
    walk.until(lambda: len(walk.window.banners.shown()) == 2)
    QApplication.processEvents()
    assert area(walk).verticalScrollBar().maximum() == 0
    page = walk.window.current_page()
    assert isinstance(page, PersonPage)
    assert page.journal.feed.viewport().height() > 90, "two lines of the feed"


def test_with_large_text_the_page_scrolls_and_the_feed_keeps_its_room(walk: Walk) -> None:
    walk.go("person")
    walk.window.resize(1366, 768)
    theme.apply(theme.scheme(), 200)
    QApplication.processEvents()
    walk.until(lambda: area(walk).verticalScrollBar().maximum() > 0)
    page = walk.window.current_page()
    assert isinstance(page, PersonPage)
    assert page.journal.height() >= theme.px(280)
