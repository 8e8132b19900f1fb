"""From counter to counter, from card to card and to a person, by keys and clicks."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from connexion_desktop.data.database import Database
from connexion_desktop.domain.board import CardFilter
from connexion_desktop.domain.person_commands import writing_key
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.usecases import drafts

from .bench import Bench

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
    bench.wait(lambda: bench.page.model.drafts == {people["Koffi"]})
    row = bench.page.model.row_of(people["Koffi"])
    said = bench.page.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("Brouillon en attente")
