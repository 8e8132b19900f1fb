"""Through every page of the real application, on the demo base: names, sizes, colours, closing."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
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
from pytestqt.qtbot import QtBot

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.person_commands import writing_key
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.ui.pages.placements import PlacementsPage
from connexion_desktop.usecases import drafts

from .stops import PAGES
from .walking import LONG, Walk

SCREEN = QSize(1366, 768)


def test_what_the_start_made_is_never_searched_for_garbage_until_the_window_goes(
    walk: Walk, qtbot: QtBot
) -> None:
    assert gc.get_freeze_count() > 50_000
    qtbot.waitUntil(lambda: bool(walk.window.findChildren(PlacementsPage)), timeout=LONG)
    walk.wait()
    assert len(gc.get_objects()) < gc.get_freeze_count() / 3
    walk.close()
    walk.release()
    assert gc.get_freeze_count() == 0


STYLED = (QLabel, QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QTabBar, QScrollBar)


def is_dressed(widget: QWidget | None) -> bool:
    """Whether a widget or what it stands in wears the style sheet."""
    while widget is not None:
        if widget.styleSheet():
            return True
        widget = widget.parentWidget()
    return False


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_the_smallest_screen_with_text_twice_as_large(walk: Walk, name: str) -> None:
    walk.go(name)
    theme.apply(theme.Scheme.DARK, 200)
    walk.wait()
    smallest = walk.window.minimumSizeHint()
    assert smallest.width() <= SCREEN.width()
    assert smallest.height() <= SCREEN.height()


@pytest.mark.parametrize("name", PAGES)
def test_all_that_is_seen_of_a_page_wears_the_style_sheet(walk: Walk, name: str) -> None:
    walk.go(name)
    walk.show_whole()
    page = walk.window.current_page()
    assert page is not None
    seen = [each for each in page.findChildren(QWidget) if each.isVisible()]
    styled = [each for each in seen if isinstance(each, STYLED)]
    assert styled
    assert [each for each in styled if not is_dressed(each)] == []


def test_ctrl_n_does_what_the_foot_of_each_page_says(walk: Walk) -> None:
    keys = walk.window.status.keys
    walk.go("person")
    assert keys.text().startswith("Ctrl+N noter · ")
    walk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page = walk.window.current_page()
    assert isinstance(page, PersonPage)
    assert page.journal.writer.isAncestorOf(walk.window.focusWidget())
    walk.go("placements")
    assert keys.text().startswith("Ctrl+N nouvelle immersion · ")
    walk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page = walk.window.current_page()
    assert isinstance(page, PlacementsPage)
    assert page.middle.is_asking
    walk.go("import")
    assert "Ctrl+N" not in keys.text()


def test_the_whole_day_is_closed_without_a_word_and_found_again(walk: Walk) -> None:
    for name in PAGES:
        walk.go(name)
    walk.close()
    assert not walk.window.banners.shown()


def test_what_is_typed_while_the_base_is_backed_up_is_kept(walk: Walk, qtbot: QtBot) -> None:
    walk.go("person")
    page, store = walk.window.current_page(), walk.window.jobs.store
    assert isinstance(page, PersonPage) and isinstance(store, Database)
    area, person, desk = page.journal.writer.area, page.about(), walk.window.desk
    assert person is not None and desk is not None

    def is_gone() -> bool:
        if walk.window.isVisible():
            qtbot.keyClicks(area, "encore ")
        return not walk.window.isVisible()

    walk.window.close()
    qtbot.waitUntil(is_gone, timeout=LONG)
    assert area.toPlainText().startswith("encore encore")
    with closing(Database.open(store.path, store.key)) as again, again.read() as session:
        kept = drafts.take(session, desk.author, writing_key(person)) or ""
    assert kept.strip() == area.toPlainText().strip()


def test_after_every_page_nothing_leaves_the_screen_with_text_twice_as_large(walk: Walk) -> None:
    walk.window.resize(SCREEN)
    theme.apply(theme.Scheme.LIGHT, 200)
    for name in PAGES:
        walk.go(name)
        QApplication.processEvents()
        header = walk.window.header
        assert walk.window.size() == SCREEN
        right = header.note.mapTo(walk.window, header.note.rect().topRight()).x()
        assert header.note.isHidden() or right < SCREEN.width()
        page = walk.window.current_page()
        assert page is not None
        assert page.minimumSizeHint().width() <= page.width(), name


def test_the_pictures_say_that_the_base_is_a_demonstration(
    qtbot: QtBot, start: Callable[..., Walk], tmp_path: Path
) -> None:
    pictures = tmp_path / "images"
    window = start(pictures).window
    qtbot.waitUntil((pictures / "groupe-clair.png").exists, timeout=LONG)
    assert window.status.place.text() == "Base de démonstration · personnes inventées"


def test_ctrl_z_in_an_empty_note_undoes_nothing_about_somebody_else_unasked(walk: Walk) -> None:
    walk.go("person")
    window = walk.window
    page = window.current_page()
    assert isinstance(page, PersonPage)
    writer = page.journal.writer
    writer.area.setPlainText("Une note pour la première.")
    writer.send()
    walk.wait()
    window.actions_.get("person.next").trigger()
    walk.wait()
    writer.send()
    assert writer.line.text() == "Rien à enregistrer pour l’instant."
    window.actions_.get("undo").trigger()
    walk.wait()
    asked = window.banners.noticed()
    assert asked is not None and "n’est pas sur cette page : Note ajoutée" in asked.text
    asked.buttons[1].click()
    walk.wait()
    notice = window.banners.noticed()
    assert notice is not None and notice.text.startswith("Annulé : Note ajoutée")


def test_what_is_undone_is_no_longer_told_in_the_status_line(walk: Walk) -> None:
    walk.go("person")
    window = walk.window
    page = window.current_page()
    assert isinstance(page, PersonPage)
    writer = page.journal.writer
    writer.area.setPlainText("action appeler la crèche")
    writer.send()
    walk.wait()
    item = page.journal.feed.current_item()
    assert item is not None
    page.journal.feed.removed.emit(item)
    walk.wait()
    assert window.status.news.text() == "Action supprimée · Ctrl+Z pour annuler"
    window.actions_.get("undo").trigger()
    walk.wait()
    assert window.status.news.text() == ""


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
