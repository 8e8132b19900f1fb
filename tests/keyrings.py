"""A keyring in memory, in the place of the system's own."""

from __future__ import annotations

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


def use(monkeypatch: pytest.MonkeyPatch, kind: type[Drawer] = Drawer) -> None:
    """Let this keyring, empty, be the system's."""
    Drawer.held = {}
    monkeypatch.setattr(secrets, "ALLOWED", ((kind.__module__, kind.__name__),))


def use_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this system have no keyring."""
    monkeypatch.setattr(secrets, "ALLOWED", (("keyring.backends.absent", "Keyring"),))
