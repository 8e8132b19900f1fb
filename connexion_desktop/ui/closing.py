"""Closing without losing anything: what is typed is saved, the base backed up, then let go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from connexion_desktop import usecases
from connexion_desktop.domain.acts import Changes
from connexion_desktop.domain.errors import UserError
from connexion_desktop.system import folders
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.store import keeps_drafts
from connexion_desktop.ui.tickets import Job
from connexion_desktop.ui.timers import once_after

_SERVER_MAY_TAKE = 4_000
"""How long closing waits for a server, in ms."""


class Unsaved(NamedTuple):
    """How many acts were refused so far, and how many wait for the server."""

    refused: int
    waiting: int

    def adds_nothing_to(self, told: Unsaved) -> bool:
        """Whether all of it was told before."""
        return self.refused <= told.refused and self.waiting <= told.waiting


class Closing(QObject):
    """Listens to the window's wish to close. What could not be saved, or a backup that fails, is
    told, and the wish asked once more.

    `closed()` comes once the window is gone and the base let go, `stayed()` when it does not go
    after all."""

    closed = Signal()
    stayed = Signal()

    def __init__(self, window: MainWindow, base: Callable[[], Path]) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = window.jobs
        self._base = base
        self._changed = False
        self._is_demo = False
        self._under_way = False
        self._warned: Unsaved | None = None
        self._gives_up = False
        self._backs_up = True
        self._refusals = 0
        self._awaited: Job | None = None
        self._patience = once_after(_SERVER_MAY_TAKE, self._go_on, self)
        self._jobs.changed.connect(self._note_change)
        window.closing.connect(self.start)

    def base(self) -> Path:
        """The base that is open."""
        return self._base()

    def show_place(self) -> None:
        """Say in the status line where the data is and how old the backup: the folder may be far,
        so a worker looks."""
        store = self._jobs.store
        if store is not None and not self._jobs.is_far:
            base, base_id = self._base(), store.base_id
            self._jobs.compute(self, lambda _progress: last_backup(base, base_id), self._tell_place)

    def _tell_place(self, last: datetime | None) -> None:
        text = place_text(last, datetime.now().astimezone(), is_demo=self._is_demo)
        self._window.status.show_place(text)

    def say_if_demo(self) -> None:
        """Find out whether the base is a demonstration, and say so from now on."""
        self._jobs.read(self, usecases.snapshots.is_demo, self._note_demo)

    def _note_demo(self, is_demo: bool) -> None:
        self._is_demo = is_demo
        if is_demo:
            self._window.setWindowTitle("Connexion Desktop · démonstration")
        self.show_place()

    def start(self) -> None:
        """Save, back up if something changed since the last backup, let the base go, close.

        An import under way is waited for; asking once more interrupts it."""
        if self._awaited is not None:
            self._awaited.cancel()
        if self._under_way:
            return
        if self._jobs.store is None:
            self._finish()
            return
        self._under_way = True
        self._gives_up = self._warned is not None and self._unsaved().adds_nothing_to(self._warned)
        self._refusals = self._jobs.refusals
        if self._jobs.long_write is not None:
            self._await(self._jobs.long_write)
            return
        self._save()

    def start_without_backup(self) -> None:
        """The same without a backup: a restoration is about to put this very base aside, and one
        more backup might push out the oldest, which may be the one to restore."""
        self._backs_up = False
        self.start()

    def _await(self, job: Job) -> None:
        self._awaited = job
        job.finished.connect(self._arrived)
        self._window.tell(
            "Un import est en cours : la fenêtre se fermera à la fin. Fermez encore une fois pour"
            " l’interrompre, rien n’en sera écrit."
        )

    def _arrived(self) -> None:
        self._awaited = None
        self._save()

    def _save(self) -> None:
        self._window.flush()
        self._window.leave_pictures()
        self._jobs.after_writes(self, self._go_on)
        if self._jobs.is_far:
            self._patience.start()

    def leave_now(self) -> None:
        """Save what is typed and go, without a backup: the system is being shut down, or nothing
        was done but pictures."""
        self._window.flush()
        self._window.leave_pictures()
        self._finish()

    def back_up(self, on_done: Callable[[Path], object]) -> None:
        """Make a backup now, with its progress shown; problems are told in place."""
        folder = folders.backup_folder(self._base())
        job = self._jobs.maintain(
            self,
            lambda store, progress: usecases.maintenance.back_up(store, folder, progress),
            on_done,
            self._fail,
        )
        self._window.progress.watch(job, "Sauvegarde", can_cancel=False)

    def _go_on(self) -> None:
        """What was typed is saved, or was refused, or waits for the server."""
        if not self._under_way:
            return
        if self._gives_up:
            self._finish()
        elif self._jobs.refusals > self._refusals:
            self._stay("Fermez encore une fois pour quitter sans ce qui n’est pas enregistré.")
        elif self._jobs.unsaved:
            self._ask_before_leaving(self._jobs.unsaved)
        elif self._jobs.is_far or not self._backs_up:
            self._finish()
        elif self._changed:
            self._back_up_and_finish()
        else:
            self._jobs.read(self, usecases.maintenance.last_act, self._catch_up, self._fail)

    def _catch_up(self, last_act: datetime | None) -> None:
        """Nothing was saved this time; a former one may have ended without its backup."""
        store = self._jobs.store
        last = None if store is None else last_backup(self._base(), store.base_id)
        if last is None or (last_act is not None and last_act > last):
            self._back_up_and_finish()
        else:
            self._finish()

    def _back_up_and_finish(self) -> None:
        self.back_up(lambda _path: self._finish_backed_up())

    def _finish_backed_up(self) -> None:
        """With what was typed meanwhile."""
        self._window.flush()
        self._finish()

    def _fail(self, problem: UserError) -> None:
        self._window.fail(problem)
        if self._under_way:
            self._stay("Fermez encore une fois pour quitter sans sauvegarde.")

    def _ask_before_leaving(self, unsaved: int) -> None:
        """Acts wait for the server: told in place, where it can be read whole."""
        self._stay("")
        self._window.banners.notice(
            _unsaved(unsaved, kept=keeps_drafts(self._jobs.store)),
            [("Rester", self._forget_warning), ("Quitter quand même", self.start)],
        )

    def _forget_warning(self) -> None:
        self._warned = None

    def _unsaved(self) -> Unsaved:
        return Unsaved(self._jobs.refusals, self._jobs.unsaved)

    def _stay(self, told: str) -> None:
        self._under_way = False
        self._patience.stop()
        self._warned = self._unsaved()
        self._backs_up = True
        if told:
            self._window.tell(told)
        self.stayed.emit()

    def _finish(self) -> None:
        """The window goes at once: nobody looks at it while what still runs is waited for."""
        self._under_way = False
        self._patience.stop()
        store = self._jobs.store
        self._window.finish()
        self._jobs.stop()
        if store is not None:
            store.close()
        self.closed.emit()

    def _note_change(self, changes: Changes) -> None:
        if not changes.elsewhere:
            self._changed = True
            self._forget_warning()


def _unsaved(many: int, *, kept: bool) -> str:
    acts = f"{many} actes attendent" if many > 1 else "Un acte attend"
    if not kept:
        return (
            f"{acts} le serveur. Si vous quittez maintenant, ce sera à refaire : ce poste ne peut"
            " pas garder ce que vous avez tapé."
        )
    return (
        f"{acts} le serveur. Si vous quittez maintenant, ce que vous avez tapé restera en brouillon"
        " sur ce poste ; le reste (cases, présences) sera à refaire."
    )


def last_backup(base: Path, base_id: UUID) -> datetime | None:
    """When the base was last backed up by closing it, in local time; None if never."""
    latest = next(iter(usecases.maintenance.backups_of(base, base_id)), None)
    return None if latest is None else latest.made_at


def place_text(last: datetime | None, now: datetime, *, is_demo: bool = False) -> str:
    """« Enregistré sur ce poste, chiffré · sauvegarde il y a 2 h »: what is saved at once, then
    how old the last copy of it is. « Base de démonstration · personnes inventées » of a demo."""
    if is_demo:
        return "Base de démonstration · personnes inventées"
    return f"Enregistré sur ce poste, chiffré · {_ago(last, now)}"


def _ago(last: datetime | None, now: datetime) -> str:
    if last is None:
        return "pas encore de sauvegarde"
    minutes = int((now - last).total_seconds() // 60)
    if minutes < 2:
        return "sauvegarde à l’instant"
    if minutes < 60:
        return f"sauvegarde il y a {minutes} min"
    if minutes < 48 * 60:
        return f"sauvegarde il y a {minutes // 60} h"
    return f"sauvegarde il y a {minutes // (24 * 60)} jours"
