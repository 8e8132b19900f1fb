"""Closing: what is typed is saved, the base backed up, then let go."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from uuid import uuid4

import sqlalchemy as sa
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.maintenance import backup_name
from connexion_desktop.domain.progress import Progress
from connexion_desktop.system import folders
from connexion_desktop.system.log import Log
from connexion_desktop.ui.closing import last_backup, place_text
from connexion_desktop.ui.place import Place

from .desk import LONG, Start, key_file, met


def test_closing_saves_what_waits_then_backs_up_and_lets_go(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_open()
    desk.window.jobs.write(
        desk.window,
        lambda session: session.add(m.Person(number="P-1", given_name="Awa", family_name="Diallo")),
        label="Nouvelle personne",
    )
    desk.close()
    (backup,) = folders.backup_folder(path).glob("*.base")
    for file in (path, backup):
        opened = Database.open(file, key)
        with opened.read() as session:
            assert session.query(m.Person).count() == 1
        opened.close()


def test_a_quiet_day_makes_no_second_backup(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    place = Place(path, key_file(tmp_path, key))
    for _ in range(2):
        desk = start(place)
        desk.wait_open()
        desk.close()
    assert len(list(folders.backup_folder(path).glob("*.base"))) == 1


def test_what_a_crash_left_without_a_backup_is_backed_up_at_the_next_closing(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    place = Place(path, key_file(tmp_path, key))
    desk = start(place)
    desk.wait_open()
    desk.close()
    opened = Database.open(path, key)
    with opened.write(Act("Anne Martin", "Nouvelle personne", uuid4())) as session:
        session.add(m.Person(number="P-1", given_name="Awa", family_name="Diallo"))
    opened.close()
    desk = start(place)
    desk.wait_open()
    desk.close()
    assert len(list(folders.backup_folder(path).glob("*.base"))) == 2


def test_a_backup_that_fails_is_told_and_a_second_close_leaves_anyway(
    qtbot: QtBot, start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    folders.backup_folder(path).write_text("un fichier à la place du dossier", encoding="utf-8")
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_open()
    desk.window.close()
    qtbot.waitUntil(lambda: bool(desk.window.banners.shown()), timeout=LONG)
    assert desk.window.isVisible()
    desk.close()


def test_a_save_refused_since_the_warning_is_told_before_leaving(
    qtbot: QtBot, start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_open()
    jobs, told = desk.window.jobs, desk.window.status.news.text

    def refuse(_session: Session) -> None:
        raise UserError("Non.", "Rien n’est écrit.", "Autrement.")

    for rank in range(2):
        refused = jobs.refusals
        jobs.write(desk.window, refuse, label="Essai")
        desk.window.close()
        qtbot.waitUntil(lambda: jobs.refusals == refused + 1, timeout=LONG)  # noqa: B023
        qtbot.waitUntil(lambda: told().startswith("Fermez encore une fois"), timeout=LONG)
        assert desk.window.isVisible(), rank
        desk.window.status.forget()
    desk.close()


def test_a_system_shutting_down_loses_nothing_and_waits_for_no_backup(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_open()
    desk.window.jobs.write(desk.window, lambda session: session.add(met("Awa")), label="Ajout")
    desk.closing.leave_now()
    desk.store = None
    assert not desk.window.isVisible()
    assert not list(folders.backup_folder(path).glob("*"))
    opened = Database.open(path, key)
    with opened.read() as session:
        assert session.query(m.Person).count() == 1
    opened.close()


class Gone(QObject):
    """Set as soon as a window is seen no more."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.told = Event()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.told.set()
        return super().eventFilter(watched, event)


def test_the_window_goes_before_what_still_runs_is_waited_for(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_open()
    gone, started, seen = Gone(desk.window), Event(), []

    def run(progress: Progress) -> None:
        started.set()
        try:
            while True:
                progress.step(0, 0)
        except Cancelled:
            seen.append(gone.told.wait(1))
            raise

    desk.window.jobs.compute(desk.window, run, lambda _none: None)
    assert started.wait(LONG / 1000)
    desk.close()
    assert seen == [True]


def test_closing_waits_for_whoever_typed_what_could_not_be_saved(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_open()

    def refuse(_session: object) -> None:
        raise UserError("Ce métier est trop long.", "Il n’a pas été enregistré.")

    desk.window.jobs.write(desk.window, refuse, label="Projet")
    with desk.qtbot.waitSignal(desk.closing.stayed, timeout=LONG):
        desk.window.close()
    assert desk.window.isVisible()
    assert "sans ce qui n’est pas enregistré" in desk.window.status.news.text()
    desk.close()
    assert not desk.window.isVisible()


def test_a_base_beside_one_that_is_backed_up_is_backed_up_too(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    other = path.with_name("autre.base")
    Database.create(other, key, "Autre association").close()
    file = key_file(tmp_path, key)
    for place in (path, other):
        desk = start(Place(place, file))
        desk.wait_open()
        desk.closing.show_place()
        desk.wait_place("pas encore de sauvegarde")
        desk.close()
    assert len(list(folders.backup_folder(other).glob("*.base"))) == 2


def test_a_picture_that_cannot_be_kept_stops_nobody(
    qtbot: QtBot, start: Start, base: tuple[Path, RawKey], tmp_path: Path, log: Log
) -> None:
    path, key = base
    desk = start(Place(path, key_file(tmp_path, key)))
    desk.wait_open()

    def break_down(session: Session) -> None:
        session.execute(sa.text("INSERT INTO page_snapshot (name) VALUES ('Awa Diallo')"))

    told: list[object] = []
    desk.window.jobs.failed.connect(told.append)
    desk.window.jobs.keep_picture(desk.window, break_down)
    desk.close()
    assert not told
    written = log.path.read_text(encoding="utf-8")
    assert "no picture kept (IntegrityError)" in written
    assert "Diallo" not in written


def test_a_backup_that_is_no_longer_to_be_read_keeps_no_window_open(
    start: Start, base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = base
    desk = start(Place(path, key_file(tmp_path, key)))
    folder = folders.backup_folder(path)
    folder.mkdir()
    name = backup_name(desk.wait_open().base_id, datetime.now(UTC))
    (folder / name).symlink_to(tmp_path / "ailleurs.base")
    desk.closing.show_place()
    desk.wait_place("pas encore de sauvegarde")
    desk.close()


def test_the_status_line_tells_how_old_the_backup_is(tmp_path: Path) -> None:
    base, base_id = tmp_path / "notre.base", uuid4()
    now = datetime.now(UTC)
    assert place_text(None, now).startswith("Enregistré")
    assert place_text(None, now).endswith("pas encore de sauvegarde")
    folder = folders.backup_folder(base)
    folder.mkdir()
    backup = folder / backup_name(base_id, now)
    backup.touch()
    os.utime(backup, (now.timestamp(), now.timestamp()))
    last = last_backup(base, base_id)
    assert last == now
    for later, words in (
        (timedelta(seconds=30), "à l’instant"),
        (timedelta(minutes=20), "il y a 20 min"),
        (timedelta(hours=2, minutes=1), "il y a 2 h"),
        (timedelta(days=3, minutes=1), "il y a 3 jours"),
    ):
        assert place_text(last, now + later).endswith(f"sauvegarde {words}")
