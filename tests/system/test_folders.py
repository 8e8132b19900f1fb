"""Where things are on this computer, and who is at it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

WHO = """
import getpass, os, pwd
from connexion_desktop.system import folders
os.setuid(54321)
print(folders.login())
"""


def _login(**variables: str) -> str:
    """The name, for somebody whom this computer has no account for."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    answer = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", WHO],
        env=kept | variables,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return answer.stdout.strip()


@pytest.mark.skipif(
    sys.platform == "win32" or os.getuid() != 0, reason="only root may become somebody else"
)
def test_somebody_without_an_account_has_a_name_all_the_same() -> None:
    assert _login() == "Utilisateur de ce poste"
    assert _login(USER="nadia") == "nadia"
