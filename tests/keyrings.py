"""A keyring in memory, in the place of the system's own."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend

from connexion_desktop.system import secrets


class Drawer(KeyringBackend):
    """A keyring in memory."""

    priority = 1
    held: dict[tuple[str, str], str] = {}  # noqa: RUF012
    forgetful = False

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if not self.forgetful:
            self.held[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


class OnDisk(Drawer):
    """A keyring that a program started by the test, in the same home, has too."""

    @property
    def _file(self) -> Path:
        return Path(os.environ["CONNEXION_DESKTOP_HOME"]) / "trousseau.json"

    def _all(self) -> dict[str, str]:
        held: dict[str, str] = json.loads(self._file.read_text()) if self._file.exists() else {}
        return held

    def get_password(self, service: str, username: str) -> str | None:
        return self._all().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(self._all() | {f"{service} {username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        held = self._all()
        del held[f"{service} {username}"]
        self._file.write_text(json.dumps(held))


def use(monkeypatch: pytest.MonkeyPatch, kind: type[Drawer] = Drawer) -> None:
    """Let this keyring, empty, be the system's."""
    Drawer.held = {}
    monkeypatch.setattr(secrets, "ALLOWED", ((kind.__module__, kind.__name__),))


def use_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this system have no keyring."""
    monkeypatch.setattr(secrets, "ALLOWED", (("keyring.backends.absent", "Keyring"),))
