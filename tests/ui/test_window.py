"""The shell: where one is, moving about by mouse and keyboard, what is told, what is dropped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QToolButton, QVBoxLayout
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from connexion_desktop.domain.acts import Changes
from connexion_desktop.domain.board import GroupBrief
from connexion_desktop.domain.errors import UserError
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.page_spec import PageSpec
from connexion_desktop.ui.shell_actions import ShellActions
from connexion_desktop.ui.shortcuts_help import rows
from connexion_desktop.ui.widgets.labels import button

from .names import unnamed

START = date(2026, 3, 9)


class Paper(Page):
    """A page that writes down what is asked of it."""

    shows = frozenset({"person"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.told: list[object] = []
        self.field = QLineEdit()
        self.field.setAccessibleName("Note")
        QVBoxLayout(self).addWidget(self.field)

    def open(self, target: object) -> None:
        self.told.append(("open", target))

    def refresh(self) -> None:
        self.told.append("refresh")

    def flush(self) -> None:
        self.told.append("flush")

    def note(self) -> None:
        self.field.setFocus()


class Group(Paper):
    name = "group"
    title = "Groupe"
    can_note = True


class Placements(Paper):
    name = "placements"
    title = "Immersions"


class Person(Paper):
    name = "person"
    title = "Personne"


class Import(Paper):
    name = "import"
    title = "Importer"


SPECS = (
    PageSpec("group", "Groupe", "team-line", "Ctrl+1", Group, in_group=True),
    PageSpec("placements", "Immersions", "briefcase-4-line", "Ctrl+2", Placements),
    PageSpec("person", "Personne", "user-line", "", Person, place="group", in_group=True),
    PageSpec("import", "Importer", "file-upload-line", "", Import, place="group"),
)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(SPECS, Jobs(), lambda: date(2026, 4, 21))
    qtbot.addWidget(made, before_close_func=lambda w: w.finish())
    made.resize(1366, 768)
    with qtbot.waitSignal(made.painted):
        made.show()
    made.seat("Nadia Ferrand")
    yield made


def page(window: MainWindow) -> Paper:
    found = window.current_page()
    assert isinstance(found, Paper)
    return found


def test_the_shell_is_painted_before_any_page_is_built(window: MainWindow) -> None:
    assert window.current_page() is None
    assert window.header.isHidden()


def test_a_page_is_built_once_when_first_shown(window: MainWindow) -> None:
    window.go("group", "bordeaux")
    first = page(window)
    window.go("placements")
    window.go("group")
    assert page(window) is first
    assert first.told == [("open", "bordeaux"), "flush", ("open", None)]


def test_the_rail_leads_to_the_pages_that_exist(qtbot: QtBot, window: MainWindow) -> None:
    window.go("group")
    assert list(window.rail.buttons()) == ["group", "placements"]
    qtbot.mouseClick(window.rail.buttons()["placements"], Qt.MouseButton.LeftButton)
    assert isinstance(page(window), Placements)
    assert window.rail.buttons()["placements"].isChecked()


def test_a_person_opens_in_the_groups_place(window: MainWindow) -> None:
    window.go("placements")
    window.go("person", "Awa")
    assert window.rail.buttons()["group"].isChecked()


def test_a_page_in_front_is_refreshed_at_once_another_when_it_comes(window: MainWindow) -> None:
    window.go("placements")
    behind = page(window)
    window.go("group")
    front = page(window)
    window.jobs.changed.emit(Changes(frozenset({("person", uuid4())})))
    assert front.told[-1] == "refresh"
    assert "refresh" not in behind.told
    window.go("placements")
    assert behind.told[-1] == "refresh"
    window.go("group")
    window.go("placements")
    assert behind.told.count("refresh") == 1


def test_a_change_of_something_else_disturbs_nobody(window: MainWindow) -> None:
    window.go("group")
    window.jobs.changed.emit(Changes(frozenset({("equipment", uuid4())})))
    assert "refresh" not in page(window).told


def test_the_header_says_where_we_are(window: MainWindow) -> None:
    window.go("group")
    shown = page(window)
    shown.title_changed.emit("Bordeaux · mars 2026")
    shown.subtitle_changed.emit("semaine 7 sur 12")
    shown.summary_changed.emit("12 personnes")
    assert window.header.title.words() == "Bordeaux · mars 2026"
    assert window.header.subtitle.text() == "semaine 7 sur 12"
    assert window.status.summary.text() == "12 personnes"
    window.go("placements")
    assert window.header.title.words() == "Immersions"
    window.go("group")
    assert window.header.title.words() == "Bordeaux · mars 2026"


def test_another_group_is_chosen_from_the_header(qtbot: QtBot, window: MainWindow) -> None:
    window.go("group")
    talence, bordeaux = uuid4(), uuid4()
    page(window).groups_changed.emit(
        [
            GroupBrief(bordeaux, "Bordeaux · mars 2026", START, "semaine 7 sur 12"),
            GroupBrief(talence, "Talence · mars 2026", START, "semaine 7 sur 12"),
        ]
    )
    window.header.open_switcher()
    menu = window.header.title.menu()
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert page(window).told[-1] == ("open", talence)
    window.go("placements")
    assert window.header.title.menu() is None


def test_a_note_is_written_only_where_notes_are(window: MainWindow) -> None:
    window.go("group")
    window.header.note.click()
    assert page(window).field.hasFocus()
    window.go("placements")
    assert window.header.note.isHidden()


def test_news_is_told_then_forgotten(window: MainWindow) -> None:
    window.go("group")
    window.tell("Note enregistrée")
    assert window.status.news.text() == "Note enregistrée"
    window.status.forget()
    assert window.status.news.text() == ""


def test_a_problem_is_told_at_the_top_of_the_page(window: MainWindow) -> None:
    window.go("group")
    window.jobs.failed.emit(UserError("Le disque est plein."))
    assert [banner.problem.what for banner in window.banners.shown()] == ["Le disque est plein."]


def test_an_act_works_from_its_shortcut_while_its_page_is_there(
    qtbot: QtBot, window: MainWindow
) -> None:
    done: list[str] = []
    window.actions_.add("all", "Partout", "Ctrl+K", lambda: done.append("partout"), menu="Aller")
    window.go("group")
    window.actions_.add(
        "here", "Ici", "Ctrl+J", lambda: done.append("ici"), menu="Groupe", owner=page(window)
    )
    press(qtbot, window, Qt.Key.Key_K)
    press(qtbot, window, Qt.Key.Key_J)
    window.go("placements")
    press(qtbot, window, Qt.Key.Key_J)
    assert done == ["partout", "ici"]


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)


def test_menus_and_help_hold_the_acts_that_can_be_done_from_here(window: MainWindow) -> None:
    window.actions_.add("all", "Partout", "Ctrl+K", lambda: None, menu="Fichier")
    window.go("group")
    window.actions_.add("here", "Ici…", "Ctrl+J", lambda: None, menu="Groupe", owner=page(window))
    assert window.actions_.menus() == ["Fichier", "Groupe"]
    menu = window.rail.menu_button.menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["Fichier", "Groupe"]
    assert rows(window.actions_)[:2] == [
        ("Fichier", [("Partout", "Ctrl+K")]),
        ("Groupe", [("Ici", "Ctrl+J")]),
    ]
    window.go("placements")
    assert window.actions_.menus() == ["Fichier"]


def test_the_act_of_a_destroyed_page_is_forgotten(window: MainWindow) -> None:
    field = QLineEdit(window)
    window.actions_.add("here", "Ici", "", lambda: None, menu="Groupe", owner=field)
    delete(field)
    assert "Groupe" not in window.actions_.menus()
    with pytest.raises(KeyError):
        window.actions_.get("here")


def drop(window: MainWindow, path: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(400, 400), Qt.DropAction.CopyAction, data, left, none)
    window.dragEnterEvent(enter)
    if not enter.isAccepted():
        return False
    window.dropEvent(QDropEvent(QPoint(400, 400), Qt.DropAction.CopyAction, data, left, none))
    return True


@pytest.mark.parametrize("name", ["suivi.xlsx", "Suivi.CSV", "suivi.xlsm"])
def test_a_table_dropped_anywhere_is_imported(
    window: MainWindow, tmp_path: Path, name: str
) -> None:
    window.go("group")
    assert drop(window, tmp_path / name)
    assert isinstance(page(window), Import)
    assert page(window).told == [("open", tmp_path / name)]


def test_another_file_dropped_leaves_the_page_and_says_why(
    window: MainWindow, tmp_path: Path
) -> None:
    window.go("group")
    assert drop(window, tmp_path / "photo.png")
    assert isinstance(page(window), Group)
    assert "n’est pas un tableau" in window.banners.shown()[0].problem.what


def test_the_main_menu_goes_with_its_window(window: MainWindow) -> None:
    named = [menu.accessibleName() for menu in window.findChildren(QMenu)]
    assert "Menu principal" in named


def test_closing_first_asks_that_all_be_safe(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.closing):
        assert not window.close()
    assert window.isVisible()


def test_everything_shown_has_a_name_for_screen_readers(window: MainWindow) -> None:
    window.go("group")
    assert not unnamed(window)


def test_a_page_never_makes_the_window_larger_than_its_screen(window: MainWindow) -> None:
    for spec in SPECS:
        window.go(spec.name)
        layout = page(window).layout()
        assert layout is not None
        layout.addWidget(QLabel("Une très longue ligne sans fin " * 40))
    window.resize(800, 600)
    assert window.size() == QSize(800, 600)
    theme.apply(theme.Scheme.LIGHT, 200)
    window.resize(1366, 768)
    for spec in SPECS:
        window.go(spec.name)
        QApplication.processEvents()
        assert window.size() == QSize(1366, 768)
        note = window.header.note
        right = note.mapTo(window, note.rect().topRight()).x()
        assert note.isHidden() or right < window.width()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_button_that_has_the_keyboard(
    qtbot: QtBot, window: MainWindow, key: Qt.Key
) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go("group")
    layout = page(window).layout()
    assert layout is not None
    done: list[str] = []
    tool = QToolButton()
    tool.clicked.connect(lambda: done.append("outil"))
    for made in (button("Importer…"), button("Tout montrer", "link")):
        made.clicked.connect(lambda _checked=False, made=made: done.append(made.text()))
        layout.addWidget(made)
        made.show()
        made.setFocus()
        qtbot.keyClick(made, key)
    layout.addWidget(tool)
    tool.show()
    tool.setFocus()
    qtbot.keyClick(tool, key)
    assert done == ["Importer…", "Tout montrer", "outil"]


def test_a_problem_goes_away_with_the_next_success_or_the_next_page(window: MainWindow) -> None:
    window.go("group")
    window.fail(UserError("Le disque est plein."))
    window.jobs.changed.emit(Changes(frozenset({("person", uuid4())})))
    assert not window.banners.shown()
    window.fail(UserError("Ce fichier est illisible."))
    window.go("placements")
    assert not window.banners.shown()


def test_ten_quick_keys_dress_the_window_once(qtbot: QtBot, window: MainWindow) -> None:
    ShellActions(window, Settings()).add_first()
    window.go("group")
    dressed: list[int] = []
    theme.changed.connect(lambda: dressed.append(theme.text_scale()))
    for _ in range(10):
        window.actions_.get("larger").trigger()
    qtbot.waitUntil(lambda: 200 in dressed)
    assert set(dressed) - {100} == {200}, "no size on the way was dressed"
