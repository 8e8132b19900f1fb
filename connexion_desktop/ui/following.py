"""The window follows the rights of who works here, while it is open on a server."""

from __future__ import annotations

from PySide6.QtCore import QObject

from connexion_desktop.domain.servers import ROLE_WORDS, Role
from connexion_desktop.ui.main_window import MainWindow


class Following(QObject):
    """Made for a window on a server. Where the roles of who works there become others, what is
    offered follows, and it is said."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._known = window.jobs.roles
        window.jobs.changed.connect(self._look)

    def _look(self) -> None:
        roles = self._window.jobs.roles
        if roles == self._known:
            return
        self._known = roles
        self._window.follow_rights()
        told = ", ".join(ROLE_WORDS[role] for role in Role if role in roles)
        self._window.tell(f"Vos droits ont changé : {told or 'en remplacement'}")
