"""The list, the panes, and where there is little room."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from connexion_desktop.data.database import Database
from connexion_desktop.domain.placement_file import NewPlacement
from connexion_desktop.ui import theme
from connexion_desktop.usecases import placements
from tests.factories import TODAY, cohort, journey, person
from tests.placement_base import Office, new_act

from .bench import CONTROL, Bench, issued_in_june


def test_the_list_is_sorted_by_what_is_to_be_done_and_searched(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    with database.write(new_act()) as session:
        ida = person(session, "Ida", "Roux")
        journey(session, ida, cohort(session, "Talence · mars 2026"))
        waiting = placements.create(session, NewPlacement(UUID(int=9), ida, TODAY))
    made = issued_in_june(database, office)
    bench.show()
    model = bench.page.list.model
    titles = [model.data(model.index(row)) for row in range(model.rowCount())]
    assert titles[0] == "À compléter"
    assert "À signer" in titles
    assert bench.window.header.subtitle.text() == "2 à compléter · 1 à signer"
    bench.press(Qt.Key.Key_F, CONTROL)
    bench.type("roux", Qt.Key.Key_Return)
    assert model.index_of(waiting).isValid()
    assert not model.index_of(made).isValid()


def test_arrows_skip_the_titles_enter_opens_escape_comes_back(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    made = issued_in_june(database, office)
    bench.show(draft)
    bench.page.list.view.setFocus()
    bench.press(Qt.Key.Key_Down)
    bench.settle()
    assert bench.page.middle.current == made
    bench.press(Qt.Key.Key_Up)
    bench.settle()
    assert bench.page.middle.current == draft
    bench.press(Qt.Key.Key_Return)
    assert bench.page.middle.isAncestorOf(bench.focus)
    bench.press(Qt.Key.Key_Escape)
    assert bench.focus is bench.page.list.view


def test_f6_goes_round_the_three_panes(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.page.list.view.setFocus()
    seen = []
    for _ in range(3):
        bench.press(Qt.Key.Key_F6)
        seen.append(
            next(
                name
                for name, pane in (
                    ("list", bench.page.list),
                    ("form", bench.page.middle),
                    ("paper", bench.page.preview),
                )
                if pane.isAncestorOf(bench.focus)
            )
        )
    assert seen == ["form", "paper", "list"]


def test_large_text_leaves_room_to_type_under_the_checklist(bench: Bench, blank: UUID) -> None:
    bench.window.resize(1024, 700)
    theme.apply(theme.Scheme.LIGHT, 200)
    bench.show(blank)
    form = bench.form
    form.head.checklist.unfold(True)
    seen = form.area.visibleRegion
    bench.until(lambda: seen().boundingRect().height() >= bench.page.height() // 3)


@pytest.mark.parametrize(
    ("scale", "width"),
    [(100, 1366), (200, 1366), (100, 1024), (150, 1024), (175, 1024), (200, 1024)],
)
def test_nothing_is_cut_at_the_edge_of_the_form(
    bench: Bench, draft: UUID, office: Office, scale: int, width: int
) -> None:
    bench.window.resize(width, 700)
    theme.apply(theme.Scheme.LIGHT, scale)
    bench.show(draft)
    bench.form.person.record.unfold()
    bench.form.host.book.unfold()
    bench.form.prescriber.folded.unfold()
    bench.form.timetable.show_days(True)
    bench.settle()
    made = issued_in_june(bench.database, office)
    middle = bench.page.middle
    assert middle.mapTo(bench.page, middle.rect().topRight()).x() < bench.page.width()
    form = bench.form.area
    assert _held(form).width() <= form.viewport().width()
    bench.show(made)
    summary = bench.issued.area
    assert _held(summary).width() <= summary.viewport().width()


def _held(area: QScrollArea) -> QWidget:
    held = area.widget()
    assert held is not None
    return held


@pytest.fixture
def narrow(bench: Bench) -> Bench:
    """The window where there is room for one pane only."""
    bench.window.resize(1024, 700)
    theme.apply(theme.Scheme.LIGHT, 200)
    return bench


def test_where_there_is_no_room_the_list_gives_way_to_the_form_and_comes_back(
    narrow: Bench, draft: UUID
) -> None:
    page = narrow.page
    narrow.show()
    assert page.list.isVisible() and not page.middle.form.isVisible()
    narrow.click_row(draft)
    narrow.until(lambda: page.middle.isAncestorOf(narrow.focus))
    assert page.middle.form.isVisible() and not page.list.isVisible()
    narrow.click(page.panes.back)
    assert page.list.isVisible() and not page.middle.form.isVisible()
    assert narrow.focus is page.list.view
    narrow.press(Qt.Key.Key_Return)
    assert page.middle.isAncestorOf(narrow.focus)
    narrow.press(Qt.Key.Key_Escape)
    assert narrow.focus is page.list.view
    narrow.press(Qt.Key.Key_F, CONTROL)
    assert page.list.search.hasFocus()


def test_an_immersion_opened_by_its_id_takes_the_place_of_the_list(
    narrow: Bench, draft: UUID
) -> None:
    narrow.show(draft)
    assert narrow.page.middle.form.isVisible() and not narrow.page.list.isVisible()
    narrow.until(lambda: narrow.page.middle.isAncestorOf(narrow.focus))


def test_who_types_when_the_window_shrinks_goes_on_typing(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.put("tutor_name", "Ana")
    bench.window.resize(1024, 700)
    theme.apply(theme.Scheme.LIGHT, 200)
    bench.settle()
    assert bench.focus is bench.field("tutor_name")
    assert not bench.page.list.isVisible()
    theme.apply(theme.Scheme.LIGHT, 100)
    bench.settle()
    assert bench.page.list.isVisible() and bench.focus is bench.field("tutor_name")


def test_large_text_shows_the_form_and_the_paper_in_turn(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    theme.apply(theme.Scheme.LIGHT, 200)
    bench.settle()
    assert bench.form.isVisible()
    assert not bench.page.preview.isVisible()
    bench.click(bench.page.panes.paper_tab)
    assert bench.page.preview.isVisible()
    assert not bench.form.isVisible()
    theme.apply(theme.Scheme.LIGHT, 100)
    bench.settle()
    assert bench.page.preview.isVisible()
    assert bench.form.isVisible()


def test_the_width_of_the_panes_is_remembered(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.page.panes.setSizes([250, 600, 380])
    sizes = bench.page.panes.sizes()
    bench.window.go("person", None)
    assert bench.settings.text("placements.panes") == ",".join(map(str, sizes))
