"""What the cards show, at any size, and what a screen reader hears."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QFontMetrics

from connexion_desktop.data.database import Database
from connexion_desktop.domain.board import LentItem, Step
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.group import card as drawing
from connexion_desktop.ui.pages.group.grid import grid_for
from tests import factories as make
from tests.factories import days

from .bench import Bench


def test_all_twelve_are_seen_without_scrolling_at_1366_by_768(bench: Bench) -> None:
    cards = bench.page.cards
    seen = cards.viewport().rect()
    places = [cards.visualRect(bench.page.model.index(row, 0)) for row in range(12)]
    assert all(seen.contains(place) for place in places)
    assert len({place.x() for place in places}) == 4
    assert len({place.y() for place in places}) == 3


@pytest.mark.parametrize(("width", "columns"), [(1080, 3), (1366, 4), (1920, 4)])
def test_the_cards_flow_with_the_window(bench: Bench, width: int, columns: int) -> None:
    bench.window.resize(width, 900)
    cards = bench.page.cards
    xs = {cards.visualRect(bench.page.model.index(row, 0)).x() for row in range(12)}
    assert len(xs) == columns


@given(st.integers(300, 4000), st.integers(200, 3000), st.integers(1, 40))
def test_whatever_the_space_no_card_is_cut(width: int, height: int, count: int) -> None:
    lowest, highest = 180, 250
    grid = grid_for(width, height, count, lowest, highest)
    assert grid.columns * grid.width < width
    assert lowest <= grid.height <= highest
    if not grid.scrolls:
        assert -(-count // grid.columns) * grid.height <= height


def test_the_header_says_which_group_which_week_and_who_follows_it(bench: Bench) -> None:
    header = bench.window.header
    assert header.title.words() == "Bordeaux · mars 2026"
    assert header.subtitle.text() == "semaine 7 sur 12 · Nadia Ferrand"


def test_a_screen_reader_hears_the_whole_card(bench: Bench) -> None:
    view = QAccessible.queryAccessibleInterface(bench.page.cards)
    heard = view.child(1).text(QAccessible.Text.Name)
    assert "Océane Lefèvre" in heard
    assert "Sans contact 16 j" in heard
    assert "aucune prochaine date" in heard


@pytest.mark.parametrize("scale", [100, 125, 150, 200])
def test_no_name_is_cut_whatever_the_size_of_text(bench: Bench, scale: int) -> None:
    theme.apply(theme.Scheme.LIGHT, scale)
    cards = bench.page.cards
    metrics = QFontMetrics(theme.font("heading"))
    for row, name in enumerate(bench.names()):
        where = drawing.places(cards.visualRect(bench.page.model.index(row, 0)))
        assert metrics.horizontalAdvance(name) <= where.name.width()
        assert len(where.lines) >= 3
        assert where.lines[2].bottom() <= where.footer.top()


@given(room=st.integers(130, 300))
def test_a_card_never_cuts_a_date(room: int) -> None:
    metrics = QFontMetrics(theme.font("small"))
    shown = drawing.fitted(metrics, "Livraisons des Quais", "15 → 30 avr.", room)
    assert shown.endswith(" · 15 → 30 avr.")
    assert shown.startswith("Livr")
    assert metrics.horizontalAdvance(shown) <= room


def test_what_is_lent_leaves_the_steps_whole(bench: Bench) -> None:
    metrics = QFontMetrics(theme.font("small"))
    card = replace(
        bench.page.model.cards()[0],
        steps=(Step("CV"), Step("Pitch"), Step("Immersion")),
        lent=(LentItem("PC-004"),),
    )
    assert drawing.lent_number(metrics, card, 400) == "PC-004"
    assert drawing.lent_number(metrics, card, 210) == ""


def test_pointing_at_a_day_of_the_strip_names_it(bench: Bench) -> None:
    where = drawing.places(bench.place(0))
    assert "lundi 9 mars 2026 : présence" in bench.point_at(where.strip.topLeft())
    assert "lundi 25 mai 2026 : lundi de pentecôte" in bench.point_at(
        where.strip.topRight() - QPoint(where.strip.width() // 16, 0)
    )


def test_pointing_at_the_badges_tells_every_alert(bench: Bench) -> None:
    where = drawing.places(bench.place(1))
    assert "dernier contact le dim. 5 avr." in bench.point_at(where.footer.center())


def test_what_was_typed_is_never_read_as_html(
    bench: Bench, people: dict[str, UUID], database: Database
) -> None:
    with database.bulk() as session:
        make.action(session, people["Karim"], "<b>Relancer</b>", days(1))
    bench.page.refresh()
    bench.wait(lambda: bool(bench.page.model.cards()[0].planned))
    where = drawing.places(bench.place(0))
    assert "&lt;b&gt;Relancer" in bench.point_at(where.lines[2].center())
