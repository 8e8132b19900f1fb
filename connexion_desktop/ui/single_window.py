"""Two starts on one base: the second brings the first window to the front."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT = 500


class SingleWindow(QObject):
    """Listens, under a name drawn from the base, for another start on it."""

    def __init__(self, base: Path, on_other: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._on_other = on_other
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        QLocalServer.removeServer(_name(base))
        self._server.listen(_name(base))

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _answer(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnected.connect(caller.deleteLater)
            caller.disconnectFromServer()
            self._on_other()


def raise_other(base: Path) -> bool:
    """Ask the window that has this base open to come to the front; False if there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_name(base))
    found = socket.waitForConnected(_WAIT)
    socket.abort()
    return found


def _name(base: Path) -> str:
    digest = hashlib.sha256(str(base.resolve()).encode()).hexdigest()
    return f"connexion-desktop-{digest[:16]}"
