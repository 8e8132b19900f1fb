"""What the menu offers; a group, or a base, with nobody."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from connexion_desktop.data.database import Database
from connexion_desktop.domain.board import CardFilter
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.jobs import Jobs
from tests import factories as make
from tests.factories import days

from .bench import Bench, OtherPage

# The context menu


def test_the_menu_offers_to_open_to_note_to_prepare_an_immersion(
    bench: Bench, people: dict[str, UUID]
) -> None:
    menu = bench.page.menu_for(people["Léo"])
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == [
        "Ouvrir",
        "Noter",
        "Nouvelle immersion",
        "Historique de la fiche…",
        "Copier",
        "Enregistrer la liste…",
        "Imprimer la liste…",
    ]


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
    assert "Ce groupe est encore vide" in bench.page.empty.accessibleName()
