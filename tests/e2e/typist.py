"""The real window in a process of its own, on a server it knows: a note is typed about somebody,
and sent. Whoever started it kills it.

`python -m tests.e2e.typist PERSON NOTE`
"""

from __future__ import annotations

import sys
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from connexion_desktop import app
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.system import secrets
from connexion_desktop.ui.pages.person import PersonPage
from tests.keyrings import OnDisk

_TURN = 20


class Typist(app.Application):
    """The application, and somebody at its keyboard."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._turns = QTimer(self.window)
        self._turns.timeout.connect(self._turn)
        self._turns.start(_TURN)

    def _turn(self) -> None:
        page = self.window.current_page()
        if page is None or not self.window.jobs.is_idle:
            return
        if not isinstance(page, PersonPage):
            person = UUID(sys.argv[1])
            self.window.go("person", PersonTarget(person, (person,)))
            return
        self._turns.stop()
        area = page.journal.writer.area
        area.setFocus()
        QTest.keyClicks(area, sys.argv[2])
        QTest.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


if __name__ == "__main__":
    secrets.ALLOWED = ((OnDisk.__module__, OnDisk.__name__),)
    sys.exit(app.main(["--serveur", "essai", "--aujourd-hui", "2026-04-21"], Typist))
