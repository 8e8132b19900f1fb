"""Is the base sound? Seen to in the background, once a day and after a closing that went wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.maintenance import Report
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.main_window import MainWindow

_SOUND = "sound"
"""Where the settings say which base was found sound, and when; empty while a base is open."""


class DailyCheck(QObject):
    """`start` once a base is open; `end` when it is closed as it should be."""

    def __init__(
        self, window: MainWindow, settings: Settings, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._today = today
        self._found_sound = ""

    def start(self) -> None:
        """Check the base unless it was found sound today and closed since."""
        store = self._window.jobs.store
        if store is None:
            return
        stamp = f"{self._today().isoformat()} {store.base_id.hex}"
        known = self._settings.text(_SOUND)
        self._settings.put(_SOUND, "")
        if known == stamp:
            self._found_sound = stamp
            return
        self._window.jobs.maintain(
            self,
            lambda store, progress: usecases.maintenance.verify(store, progress),  # noqa: PLW0108 - imported on the lane
            lambda report: self._told(stamp, report),
        )

    def end(self) -> None:
        """Remember what was found."""
        self._settings.put(_SOUND, self._found_sound)

    def _told(self, stamp: str, report: Report) -> None:
        if report.sound:
            self._found_sound = stamp
            return
        problem = UserError(
            f"La base est abîmée. {report.lines[0]}",
            "Ce qui se lit encore s’affiche ; ne saisissez plus rien ici.",
            "Restaurez la dernière sauvegarde : menu Fichier, « Changer de base… », puis "
            "« Restaurer une sauvegarde ». La base d’aujourd’hui sera gardée à côté.",
        )
        self._window.banners.fail(problem, lasting=True)
