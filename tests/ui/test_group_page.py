"""The page of a group, in the real window, on a real base, with real keys and clicks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QGuiApplication, QHelpEvent
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QStyle,
    QStyleOptionViewItem,
    QToolTip,
)
from pytestqt.qtbot import QtBot

from connexion_desktop.data.database import Database
from connexion_desktop.data.models import Journey, Note, ProjectChoice
from connexion_desktop.data.snapshot import read_snapshot
from connexion_desktop.domain.board import CardFilter, CardOrder, LentItem, PersonCard, Step
from connexion_desktop.domain.person_commands import writing_key
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui import theme
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.page_spec import PageSpec
from connexion_desktop.ui.pages.group import card as drawing
from connexion_desktop.ui.pages.group.grid import grid_for
from connexion_desktop.ui.pages.group.model import Column
from connexion_desktop.ui.pages.group.page import SNAPSHOT, GroupPage
from connexion_desktop.ui.pages.group.snapshot import board_from_json, board_to_json
from connexion_desktop.ui.pages.group.words import alert_line
from connexion_desktop.ui.widgets.list_table import RowDelegate
from connexion_desktop.usecases import drafts, group_board
from tests import factories as make
from tests.factories import START, TODAY, days

TWELVE = (
    ("Aïssatou", "Diallo"),
    ("Koffi", "N’Guessan"),
    ("Jean-François", "Martin"),
    ("Elif", "Şahin"),
    ("Maria-José", "Da Silva"),
    ("Océane", "Lefèvre"),
    ("Mamadou", "Traoré"),
    ("Thị Hồng", "Nguyễn"),
    ("Karim", "Benali"),
    ("Siobhán", "O’Connor-Dupuy"),
    ("Olena", "Kovalenko"),
    ("Léo", "Petit"),
)


NO_KEY = Qt.KeyboardModifier.NoModifier


class OtherPage(Page):
    """A page that notes what it was opened on."""

    name = "person"
    title = "Ailleurs"

    opened: object = None

    def open(self, target: object) -> None:
        """Keep the target."""
        self.opened = target


class Bench:
    """The window on a base, and what the tests look at."""

    def __init__(self, qtbot: QtBot, jobs: Jobs, settings: Settings) -> None:
        self._qtbot = qtbot
        specs = (
            PageSpec("group", "Groupe", "team-line", "", self._make_group, in_group=True),
            PageSpec("person", "Personne", "user-line", "", OtherPage, place="group"),
            PageSpec("placements", "Immersions", "briefcase-line", "", OtherPage),
        )
        self._settings = settings
        self.window = MainWindow(specs, jobs, lambda: TODAY)
        self.window.seat("Anne Martin")
        self.window.actions_.add("go-placements", "Immersions", "", lambda: None, menu="Aller")
        self.window.resize(1366, 768)
        self.window.show()
        self.show()

    def _make_group(self, desk: object) -> GroupPage:
        return GroupPage(desk, self._settings)  # type: ignore[arg-type]

    def show(self, target: object = None) -> None:
        """Open the page and wait for its rows."""
        self.window.go("group", target)
        self.wait(lambda: self.page.model.board is not None and self.window.jobs.is_idle)

    def wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=5000)

    @property
    def page(self) -> GroupPage:
        page = self.window.current_page()
        assert isinstance(page, GroupPage)
        return page

    @property
    def elsewhere(self) -> object:
        """What the other page in front was opened on."""
        page = self.window.current_page()
        assert isinstance(page, OtherPage)
        return page.opened

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        view = self.page.table if self.page.toolbar.table.isChecked() else self.page.cards
        self._qtbot.keyClick(view, key, modifier)

    def type(self, text: str) -> None:
        self._qtbot.keyClicks(self.page.cards, text)

    def click(self, widget: QPushButton) -> None:
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def click_card(self, row: int) -> None:
        cards = self.page.cards
        at = cards.visualRect(self.page.model.index(row, 0)).center()
        self._qtbot.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def chip(self, kept: CardFilter) -> QPushButton:
        return self.page.toolbar.counters.chip(kept)

    def place(self, row: int) -> QRect:
        """The cell of a card."""
        return self.page.cards.visualRect(self.page.model.index(row, 0))

    def point_at(self, at: QPoint) -> str:
        """What is told of a point of the cards."""
        viewport = self.page.cards.viewport()
        QApplication.sendEvent(
            viewport, QHelpEvent(QEvent.Type.ToolTip, at, viewport.mapToGlobal(at))
        )
        told = QToolTip.text()
        QToolTip.hideText()
        return told

    def names(self) -> list[str]:
        """The people shown, in their order."""
        return [card.name for card in self.page.model.cards()]

    def current(self) -> str:
        """Whose card or row has the keyboard."""
        row = self.page.model.row_of(self.page.current_person())
        return self.names()[row]


@pytest.fixture
def people(database: Database) -> dict[str, UUID]:
    """Twelve people: Océane is silent, Karim's immersion runs unsigned, six have a computer."""
    found = {}
    with database.bulk() as session:
        cohort = make.cohort(session, conseiller_id=make.staff(session))
        for rank, (given, family) in enumerate(TWELVE):
            who, going = make.participant(session, cohort, given, family)
            found[given] = who
            make.talk(session, who, days(-16 if given == "Océane" else -2))
            make.mark(session, going, START, "P")
            if rank % 2:
                make.laptop(session, who, f"PC-{rank:03d}", days(100))
        make.placement(session, found["Karim"], "to_sign", days(-3), days(5))
        make.action(session, found["Léo"], "Visite chantier", days(7))
        make.action(session, found["Elif"], "Bilan PMSMP", days(6))
        make.paper(session, found["Léo"], "autorisation", "asked")
    return found


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "reglages.json")


@pytest.fixture
def bench(qtbot: QtBot, jobs: Jobs, settings: Settings, people: dict[str, UUID]) -> Iterator[Bench]:
    made = Bench(qtbot, jobs, settings)
    yield made
    made.window.finish()


@pytest.fixture
def bare(qtbot: QtBot, jobs: Jobs, settings: Settings, database: Database) -> Iterator[Bench]:
    """On a base without any group."""
    made = Bench(qtbot, jobs, settings)
    yield made
    made.window.finish()


# Twelve at a glance


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


# Counters


def test_a_counter_keeps_its_people_and_gives_everybody_back(bench: Bench) -> None:
    bench.click(bench.chip(CardFilter.TO_DO))
    assert bench.names() == ["Karim Benali", "Océane Lefèvre"]
    assert bench.window.status.summary.text().startswith("2 personnes sur 12 · ")
    bench.click(bench.chip(CardFilter.TO_DO))
    assert bench.window.status.summary.text().startswith("12 personnes · ")
    assert len(bench.names()) == 12
    assert bench.chip(CardFilter.ALL).isChecked()


def test_counters_say_how_many(bench: Bench) -> None:
    told = [bench.chip(each).accessibleName() for each in CardFilter]
    assert told == [
        "Tous 12",
        "À faire 2",
        "Sans contact 14 j 1",
        "Immersions 1",
        "PC prêtés 6",
        "Pièces manquantes 1",
    ]


def test_counters_are_reached_and_pressed_with_the_keyboard(bench: Bench, qtbot: QtBot) -> None:
    bench.chip(CardFilter.ALL).setFocus(Qt.FocusReason.TabFocusReason)
    counters = bench.page.toolbar.counters
    for _ in range(4):
        qtbot.keyClick(bench.window.focusWidget(), Qt.Key.Key_Right)
    assert bench.window.focusWidget() is counters.chip(CardFilter.LOANS)
    qtbot.keyClick(bench.window.focusWidget(), Qt.Key.Key_Space)
    assert len(bench.names()) == 6


def test_escape_gives_everybody_back(bench: Bench) -> None:
    bench.click(bench.chip(CardFilter.SILENT))
    bench.page.cards.setFocus()
    bench.key(Qt.Key.Key_Escape)
    assert len(bench.names()) == 12


def test_the_cards_keep_their_size_when_a_counter_filters(bench: Bench) -> None:
    before = bench.page.cards.cell_size()
    bench.click(bench.chip(CardFilter.SILENT))
    assert bench.page.cards.cell_size() == before


# The keyboard among the cards


def test_arrows_walk_the_grid(bench: Bench) -> None:
    names = bench.names()
    for key, row in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 5),
        (Qt.Key.Key_Left, 4),
        (Qt.Key.Key_Left, 3),
        (Qt.Key.Key_Up, 3),
        (Qt.Key.Key_End, 11),
        (Qt.Key.Key_Down, 11),
        (Qt.Key.Key_Home, 0),
    ):
        bench.key(key)
        assert bench.current() == names[row], key


def test_typing_letters_goes_to_a_name_accents_aside(bench: Bench) -> None:
    bench.type("sah")
    assert bench.current() == "Elif Şahin"


def test_enter_opens_the_person_among_those_shown(bench: Bench, people: dict[str, UUID]) -> None:
    bench.click(bench.chip(CardFilter.TO_DO))
    bench.page.cards.setFocus()
    bench.key(Qt.Key.Key_Right)
    bench.key(Qt.Key.Key_Return)
    assert bench.elsewhere == PersonTarget(people["Océane"], (people["Karim"], people["Océane"]))


def test_a_click_opens_the_person(bench: Bench, people: dict[str, UUID]) -> None:
    bench.click_card(1)
    assert isinstance(bench.elsewhere, PersonTarget)
    assert bench.elsewhere.person_id == people["Océane"]


def test_coming_back_finds_the_same_card(bench: Bench) -> None:
    bench.type("leo")
    bench.key(Qt.Key.Key_Return)
    bench.show()
    assert bench.current() == "Léo Petit"
    assert bench.window.focusWidget() is bench.page.cards


def test_noting_opens_the_person_ready_to_write(bench: Bench, people: dict[str, UUID]) -> None:
    bench.type("koffi")
    bench.window.write_note()
    assert isinstance(bench.elsewhere, PersonTarget)
    assert bench.elsewhere.person_id == people["Koffi"]
    assert bench.elsewhere.write


def test_a_card_says_that_something_begun_waits(
    bench: Bench, people: dict[str, UUID], database: Database
) -> None:
    with database.scratch() as session:
        drafts.keep(session, "Anne Martin", writing_key(people["Koffi"]), "\nÀ finir")
        drafts.keep(session, "Bruno Petit", writing_key(people["Karim"]), "\nAutre")
    bench.show()
    assert bench.page.model.drafts == {people["Koffi"]}
    row = bench.page.model.row_of(people["Koffi"])
    said = bench.page.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("Brouillon en attente")


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
    words = QFontMetrics(theme.font("small")).horizontalAdvance("Immersion")
    bench.wait(lambda: header.sectionSize(Column.IMMERSION) >= words + 18)


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
    assert remembered.sortIndicatorSection() == Column.ALERT
    assert remembered.sectionSize(Column.PROJECT) == 333
    assert remembered.visualIndex(Column.LENT) == 1
    assert again.page.table.isVisible()
    again.window.finish()


def test_enter_opens_the_person_of_the_row(bench: Bench, people: dict[str, UUID]) -> None:
    bench.page.toggle()
    bench.key(Qt.Key.Key_Down)
    bench.key(Qt.Key.Key_Return)
    assert isinstance(bench.elsewhere, PersonTarget)
    assert bench.elsewhere.person_id == people["Océane"]


# The context menu


def test_the_menu_offers_to_open_to_note_to_prepare_an_immersion(
    bench: Bench, people: dict[str, UUID]
) -> None:
    menu = bench.page.menu_for(people["Léo"])
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == ["Ouvrir", "Noter", "Nouvelle immersion", "Copier"]


def test_a_new_immersion_is_prepared_and_opened(
    bench: Bench, people: dict[str, UUID], database: Database
) -> None:
    menu = bench.page.menu_for(people["Léo"])
    next(act for act in menu.actions() if act.text() == "Nouvelle immersion").trigger()
    bench.wait(lambda: isinstance(bench.window.current_page(), OtherPage))
    assert isinstance(bench.elsewhere, UUID)


# Nothing to show


def test_a_first_start_says_what_to_do_first(bare: Bench) -> None:
    page = bare.page
    assert page.empty.isVisible()
    assert "Aucun groupe" in page.empty.accessibleName()
    assert not page.toolbar.isVisible()
    assert bare.window.header.title.words() == "Groupe"


def test_the_table_of_the_office_is_one_click_away(
    bare: Bench, qtbot: QtBot, jobs: Jobs, settings: Settings
) -> None:
    asked = []
    bare.window.actions_.add(
        "import", "Importer un tableau…", "Ctrl+I", lambda: asked.append("import"), menu="Fichier"
    )
    bare.page.show_board(bare.page.model.board)  # type: ignore[arg-type]
    offered = bare.page.empty.findChildren(QPushButton)
    wanted = next(each for each in offered if each.text() == "Importez votre tableau")
    bare.click(wanted)
    assert asked == ["import"]


def test_a_counter_that_keeps_nobody_says_so_and_gives_everybody_back(
    bench: Bench, database: Database, people: dict[str, UUID]
) -> None:
    with database.bulk() as session:
        for rank in (1, 2, 3):
            make.talk(session, people["Océane"], days(-rank))
    bench.page.refresh()
    bench.wait(lambda: bench.chip(CardFilter.SILENT).accessibleName().endswith(" 0"))
    bench.click(bench.chip(CardFilter.SILENT))
    assert "Sans contact 14 j" in bench.page.empty.accessibleName()
    (back,) = (each for each in bench.page.empty.findChildren(QPushButton) if each.isVisible())
    bench.click(back)
    assert len(bench.names()) == 12


def test_a_group_with_nobody_says_so(bench: Bench, database: Database) -> None:
    with database.bulk() as session:
        other = make.cohort(session, "Talence · avril 2026", date(2026, 4, 20))
    bench.show(other)
    bench.wait(lambda: bench.window.header.title.words() == "Talence · avril 2026")
    assert "Personne dans ce groupe" in bench.page.empty.accessibleName()


# What changes elsewhere


def test_a_note_saved_elsewhere_shows_on_the_card(bench: Bench, people: dict[str, UUID]) -> None:
    def write(session: object) -> None:
        row = Note(person_id=people["Océane"], on=TODAY, text="Elle revient lundi.")
        session.add(row)  # type: ignore[attr-defined]

    bench.window.jobs.write(bench.page, write, label="Note")
    bench.wait(lambda: bench.chip(CardFilter.SILENT).accessibleName().endswith(" 0"))
    assert bench.names()[1] == "Maria-José Da Silva"


def test_a_change_keeps_the_card_that_has_the_keyboard(
    bench: Bench, people: dict[str, UUID]
) -> None:
    bench.type("leo")

    def write(session: object) -> None:
        going = session.query(Journey).filter_by(person_id=people["Léo"]).one()  # type: ignore[attr-defined]
        session.add(ProjectChoice(journey_id=going.id, rank=1, label="Paysagiste"))  # type: ignore[attr-defined]

    bench.window.jobs.write(bench.page, write, label="Projet")
    bench.wait(lambda: any(card.project for card in bench.page.model.cards()))
    assert bench.current() == "Léo Petit"


def test_another_group_is_shown_and_remembered(
    bench: Bench, qtbot: QtBot, jobs: Jobs, settings: Settings, database: Database
) -> None:
    with database.bulk() as session:
        other = make.cohort(session, "Pessac · mai 2026", date(2026, 5, 4))
        make.participant(session, other, "Inès", "Roux")
    bench.show(other)
    bench.wait(lambda: bench.names() == ["Inès Roux"])
    again = Bench(qtbot, jobs, settings)
    assert again.names() == ["Inès Roux"]
    again.window.finish()


# The next start


@pytest.mark.parametrize("later", [0, 1, 7])
def test_the_next_start_finds_what_the_base_would_say_that_day(
    bench: Bench, database: Database, later: int
) -> None:
    bench.window.flush()
    bench.wait(lambda: bench.window.jobs.is_idle)
    day = TODAY + timedelta(days=later)
    payload = read_snapshot(database.path, database.key, SNAPSHOT, day)
    with database.read() as session:
        told = group_board.load(session, replace(bench.page.query(), today=day))
    assert payload is not None
    assert board_from_json(payload) == told


def test_after_a_week_or_before_today_the_next_start_reads_the_base(
    bench: Bench, database: Database
) -> None:
    bench.window.flush()
    bench.wait(lambda: bench.window.jobs.is_idle)
    for later in (-1, 8):
        day = TODAY + timedelta(days=later)
        assert read_snapshot(database.path, database.key, SNAPSHOT, day) is None


def test_leaving_the_page_keeps_nothing_for_the_next_start(
    bench: Bench, database: Database
) -> None:
    bench.key(Qt.Key.Key_Return)
    bench.wait(lambda: bench.window.jobs.is_idle)
    assert read_snapshot(database.path, database.key, SNAPSHOT, TODAY) is None


def test_a_board_comes_back_as_it_was(bench: Bench) -> None:
    board = bench.page.model.board
    assert board is not None
    assert board_from_json(board_to_json(board)) == board


@pytest.mark.parametrize("payload", [b"", b"{}", b"[1]", b'{"today": "hier"}', b"\xff"])
def test_a_board_kept_by_another_version_is_ignored(payload: bytes) -> None:
    assert board_from_json(payload) is None


def test_painting_what_was_kept_imports_no_database() -> None:
    program = """
import sys
from datetime import date
from connexion_desktop.domain.board import GroupBoard
from connexion_desktop.ui.pages.group.snapshot import board_from_json, board_to_json
from connexion_desktop.ui.pages.group.page import GroupPage
board_from_json(board_to_json(GroupBoard(date(2026, 4, 21))))
print(sorted({"sqlalchemy", "sqlcipher3", "holidays", "rapidfuzz"} & set(sys.modules)))
"""
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_somebody_never_met_is_not_up_to_date() -> None:
    card = PersonCard(uuid4(), uuid4(), "P-00001", "Aïssatou Diallo", "diallo aissatou", "AD")
    assert alert_line(card) == "Pas encore de contact"
    assert alert_line(replace(card, last_contact=TODAY)) == "À jour"
