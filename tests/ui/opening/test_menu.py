"""The acts of the window itself, on an open base."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.ui.place import Place

from .desk import (
    LONG,
    Desk,
    Start,
    key_file,
    sheet_shown,
)


@pytest.mark.parametrize(
    ("act", "title"),
    [
        ("help", "Raccourcis clavier"),
        ("legal", "Mentions PMSMP à vérifier"),
        ("rights", "Qui voit quoi, sur le serveur partagé"),
        ("about", "Connexion Desktop"),
        ("verify", "La base est saine"),
        ("recovery", "Code de secours"),
    ],
)
def test_each_sheet_opens_from_the_menu_and_closes(
    qtbot: QtBot, working: Desk, act: str, title: str
) -> None:
    working.window.actions_.get(act).trigger()
    shown = sheet_shown(qtbot, working)
    assert shown.windowTitle() == title
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_a_backup_is_made_on_demand(qtbot: QtBot, working: Desk) -> None:
    working.window.actions_.get("backup").trigger()
    qtbot.waitUntil(lambda: "Sauvegarde faite" in working.window.status.news.text(), timeout=LONG)
    working.wait_place("sauvegarde à l’instant")


def test_the_last_act_is_undone_from_anywhere(qtbot: QtBot, working: Desk) -> None:
    window = working.window
    window.jobs.write(
        window,
        lambda session: session.add(m.Person(number="P-1", given_name="Awa", family_name="Diallo")),
        label="Nouvelle personne",
    )
    undo = window.actions_.get("undo")
    qtbot.waitUntil(lambda: undo.text() == "Annuler : Nouvelle personne")
    undo.trigger()
    qtbot.waitUntil(lambda: window.banners.noticed() is not None)
    notice = window.banners.noticed()
    assert notice is not None and notice.text == "Annulé : Nouvelle personne · Awa Diallo"
    qtbot.waitUntil(lambda: undo.text() == "Annuler le dernier acte")
    redo = window.actions_.get("redo")
    assert redo.text() == "Rétablir : Nouvelle personne"
    notice.buttons[0].click()
    qtbot.waitUntil(lambda: undo.text() == "Annuler : Nouvelle personne")
    undo.trigger()
    qtbot.waitUntil(lambda: undo.text() == "Annuler le dernier acte")
    undo.trigger()
    qtbot.waitUntil(lambda: window.status.news.text() == "Il n’y a rien à annuler.")


def test_a_base_of_invented_people_says_so_all_along(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    with closing(Database.open(path, key)) as opened, opened.bulk() as session:
        session.execute(sa.update(m.BaseInfo).values(demo=True))
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_open()
    desk.closing.say_if_demo()
    place = desk.window.status.place
    desk.qtbot.waitUntil(lambda: "démonstration" in place.text(), timeout=LONG)
    desk.closing.show_place()
    desk.qtbot.waitUntil(lambda: desk.window.jobs.is_idle, timeout=LONG)
    assert place.text() == "Base de démonstration · personnes inventées"
    desk.close()
